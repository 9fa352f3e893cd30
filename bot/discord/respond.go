package discord

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"

	"studybot/bot/chat"
)

// Types of a first response (https://discord.com/developers/docs/interactions/receiving-and-responding).
const (
	respondMessage = 4
	respondLater   = 5 // with a message
	respondNothing = 6 // to a press
	respondEdit    = 7 // of the message whose button was pressed
	respondChoices = 8
	respondForm    = 9
)

type response struct {
	Type int `json:"type"`
	Data any `json:"data,omitempty"`
}

// An answer is what came of an event.
type answer struct {
	chat.Response
	err error
}

// interact answers an interaction: at once where the bot does, else by saying first that the answer comes later, to the
// member alone. The handler runs in its member's turn.
func (n *Network) interact(ctx context.Context, i interaction, handle chat.Handler, t *turn) {
	handed := false
	defer func() {
		if !handed { // what was done needed no turn, but those behind it do
			<-t.before
			t.end()
		}
	}()
	at := time.Now().UTC()
	ctx, cancel := context.WithTimeout(ctx, n.wait.token)
	defer cancel()
	ev, ok := n.event(i, at)
	var of part
	switch {
	case !ok:
		n.cfg.Log.Warn("an interaction of a kind that is not known", "type", i.Type, "channel", i.Channel)
		if i.Type == typeCommand || i.Type == typePress || i.Type == typeSubmit {
			n.first(ctx, i, respondMessage, n.private(phrase(ev.Language).unknown))
		}
		return
	case ev.Complete != nil:
		n.complete(ctx, i, ev, handle)
		return
	case ev.Press != nil:
		var out outgoing
		var done bool
		if of, out, done = n.own(&ev); done {
			n.first(ctx, i, respondMessage, out)
			return
		}
	case ev.Command != nil:
		of.Command = *ev.Command
	}
	done := make(chan answer, 1)
	handed = true
	go func() {
		defer t.end()
		<-t.before
		done <- n.ask(ctx, handle, ev)
	}()
	soon := time.NewTimer(n.wait.answer)
	defer soon.Stop()
	select {
	case a := <-done:
		n.respond(ctx, i, ev, a, of)
	case <-soon.C:
		n.respondLate(ctx, i, ev, done, of)
	}
}

// ask asks the handler. A panic of it is an error.
func (n *Network) ask(ctx context.Context, handle chat.Handler, ev chat.Event) (a answer) {
	defer func() {
		if p := recover(); p != nil {
			a = answer{err: fmt.Errorf("panic: %v", p)}
		}
		if a.err != nil {
			n.cfg.Log.Error("an event could not be handled", "channel", string(ev.Channel), "member", string(ev.Member.ID), "err", a.err)
		}
	}()
	res, err := handle(ctx, ev)
	return answer{res, err}
}

// complete answers while a member types. An answer that comes late is worth nothing.
func (n *Network) complete(ctx context.Context, i interaction, ev chat.Event, handle chat.Handler) {
	soon, cancel := context.WithTimeout(ctx, n.wait.answer)
	defer cancel()
	type offer struct {
		Choices []choice `json:"choices"`
	}
	choices := offer{Choices: []choice{}}
	for _, c := range n.ask(soon, handle, ev).Choices {
		if c = cut(oneLine(c), 100); c != "" && len(choices.Choices) < maxChoices {
			choices.Choices = append(choices.Choices, choice{Name: c, Value: c})
		}
	}
	n.first(ctx, i, respondChoices, choices)
}

// respond gives the first response, and what else there is to say.
func (n *Network) respond(ctx context.Context, i interaction, ev chat.Event, a answer, of part) {
	res := a.Response
	if res.Public != nil {
		of.press = "" // what a press says aloud it does not say twice
	}
	switch {
	case a.err != nil:
		n.first(ctx, i, respondMessage, n.private(phrase(ev.Language).failed))
	case res.Form != nil:
		n.first(ctx, i, respondForm, modalOf(*res.Form))
		return
	case res.Edit != nil && n.isPressed(i, ev, res.Edit.Message):
		n.first(ctx, i, respondEdit, n.render(res.Edit.To, i.Message.key()))
		res.Edit = nil
	case res.Public != nil:
		n.first(ctx, i, respondMessage, n.renderPart(*res.Public, "", of))
		res.Public = nil
	case res.Private != nil:
		n.first(ctx, i, respondMessage, hidden(n.renderPart(*res.Private, "", of)))
		res.Private = nil
	case i.Type == typePress:
		n.first(ctx, i, respondNothing, nil)
	default:
		n.first(ctx, i, respondMessage, n.private(phrase(ev.Language).done))
	}
	n.rest(ctx, i, ev, res, of)
}

// rest says what the first response did not.
func (n *Network) rest(ctx context.Context, i interaction, ev chat.Event, res chat.Response, of part) {
	if res.Edit != nil {
		if err := n.Edit(ctx, ev.Channel, res.Edit.Message, res.Edit.To); err != nil {
			n.cfg.Log.Warn("a message was not edited", "channel", string(ev.Channel), "err", err)
		}
	}
	if res.Public != nil {
		n.follow(ctx, i, n.renderPart(*res.Public, "", of))
	}
	if res.Private != nil {
		n.follow(ctx, i, hidden(n.renderPart(*res.Private, "", of)))
	}
}

// respondLate says that the answer comes later, waits for it, and puts it in that place.
func (n *Network) respondLate(ctx context.Context, i interaction, ev chat.Event, done <-chan answer, of part) {
	n.first(ctx, i, respondLater, map[string]int{"flags": ephemeral})
	var a answer
	select {
	case a = <-done:
	case <-ctx.Done():
		n.cfg.Log.Warn("an answer came too late for Discord", "channel", string(ev.Channel), "member", string(ev.Member.ID))
		return
	}
	res := a.Response
	if res.Public != nil {
		of.press = ""
	}
	var here outgoing
	switch {
	case a.err != nil:
		here = n.private(phrase(ev.Language).failed)
	case res.Form != nil: // a form can only be the first response
		here = n.private(phrase(ev.Language).again)
	case res.Private != nil:
		here = n.renderPart(*res.Private, "", of)
		res.Private = nil
	case res.Edit != nil && n.isPressed(i, ev, res.Edit.Message) && i.Message.Flags&ephemeral != 0:
		here = n.render(res.Edit.To, "") // what only the member sees cannot be edited from here: he sees the new text below
		res.Edit = nil
	default:
		here = n.private(phrase(ev.Language).done)
	}
	here.Flags = 0 // it stays as hidden as it was announced
	if err := n.call(ctx, http.MethodPatch, discordgo.EndpointWebhookMessage(i.App, i.Token, "@original"), here, nil); err != nil {
		n.cfg.Log.Warn("an answer was not delivered", "channel", string(ev.Channel), "member", string(ev.Member.ID), "err", err)
	}
	n.rest(ctx, i, ev, res, of)
}

func (n *Network) isPressed(i interaction, ev chat.Event, id chat.MessageID) bool {
	return ev.Press != nil && i.Message != nil && ev.Press.Message == id
}

// first gives the first response. Where it is unknown whether Discord took it, it is given once more: Discord refuses a
// second one.
func (n *Network) first(ctx context.Context, i interaction, kind int, data any) {
	var err error
	for try := range 2 {
		err = n.firstOnce(ctx, i, response{kind, data})
		if try > 0 && hasCode(err, alreadyAnswered) {
			err = nil
		}
		if err == nil || isRefused(err) || ctx.Err() != nil {
			break
		}
	}
	if err != nil {
		n.cfg.Log.Warn("a response was not delivered", "channel", i.Channel, "late", isTooLate(err), "err", err)
	}
}

func (n *Network) firstOnce(ctx context.Context, i interaction, r response) error {
	ctx, cancel := context.WithTimeout(ctx, n.wait.first)
	defer cancel()
	return n.call(ctx, http.MethodPost, discordgo.EndpointInteractionResponse(i.ID, i.Token), r, nil)
}

// follow says more, after the first response.
func (n *Network) follow(ctx context.Context, i interaction, out outgoing) {
	if err := n.call(ctx, http.MethodPost, discordgo.EndpointWebhookToken(i.App, i.Token), out, nil); err != nil {
		n.cfg.Log.Warn("a message was not delivered", "channel", i.Channel, "err", err)
	}
}

// hidden is a message that one member sees.
func hidden(out outgoing) outgoing {
	out.Flags = ephemeral
	return out
}

// private is a line of this package's own, for one member.
func (n *Network) private(text string) outgoing {
	return hidden(n.render(chat.Message{Blocks: []chat.Block{chat.Text(text)}}, ""))
}
