package slack

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"studybot/bot/chat"
)

// answerPatience is how long an answer waits where Slack limits the channel; then it is dropped and logged. Unlike a
// question it is in no ledger: the member asks again.
const answerPatience = 60 * time.Second

// serve answers a delivery.
func (n *Network) serve(ctx context.Context, d delivery, handle chat.Handler) {
	n.introduce(ctx, &d.event)
	switch {
	case d.home:
		n.report("home", d, n.showHome(ctx, d.event, handle))
		return
	case d.more != nil:
		n.report("more", d, n.whisper(ctx, d, *d.more))
		return
	}
	res, err := handle(ctx, d.event)
	if err != nil {
		n.cfg.Log.Error("the bot failed", "channel", d.event.Channel, "member", d.event.Member.ID, "err", err)
		n.apologize(ctx, d, n.words(d.event.Language).failed)
		return
	}
	n.deliver(ctx, d, res)
	if d.back.page {
		n.report("home", d, n.showHome(ctx, d.event, handle))
	}
}

// deliver does all that a response says. What fails is logged, and does not keep the rest from being done.
func (n *Network) deliver(ctx context.Context, d delivery, res chat.Response) {
	if res.Form != nil {
		n.open(ctx, d, *res.Form)
	}
	if res.Edit != nil {
		n.report("edit", d, n.replace(ctx, d, *res.Edit))
	}
	if res.Public != nil {
		n.report("public", d, n.tell(ctx, d, *res.Public))
	}
	if res.Private != nil {
		n.report("private", d, n.whisper(ctx, d, *res.Private))
	}
	if res.Taken && d.event.Reply != nil {
		n.report("reaction", d, n.tick(ctx, d))
	}
}

func (n *Network) report(what string, d delivery, err error) {
	if err != nil && !errors.Is(err, context.Canceled) {
		n.cfg.Log.Error("not delivered", "what", what, "channel", d.event.Channel, "member", d.event.Member.ID, "err", err)
	}
}

// apologize tells the member what did not work.
func (n *Network) apologize(ctx context.Context, d delivery, text string) {
	n.report("apology", d, n.whisper(ctx, d, chat.Message{Blocks: []chat.Block{chat.Text(text)}}))
}

// whisper shows a message to the member alone: by the response_url, which works everywhere and is limited least; as
// an ephemeral message in the channel; or, where neither is possible, as a direct message.
func (n *Network) whisper(ctx context.Context, d delivery, m chat.Message) error {
	at := d.event.Channel
	if d.event.Direct && d.back.url == "" {
		m.Thread = chat.MessageID(d.back.thread)
		_, err := n.send(ctx, at, m, "")
		return err
	}
	if d.back.url != "" {
		err := n.respond(ctx, d, m, slack.WebhookMessage{ResponseType: slack.ResponseTypeEphemeral})
		if err == nil || at == "" {
			return err
		}
		n.cfg.Log.Info("the response_url did not take the answer", "channel", at, "member", d.event.Member.ID, "err", err)
	}
	if at != "" && !d.event.Direct {
		err := n.ephemeral(ctx, d, m)
		if !refused(err) {
			return err
		}
	}
	_, err := n.send(ctx, chat.ChannelID(d.event.Member.ID), m, "")
	return err
}

// ephemeral shows a message in the channel, or in the thread where people talk already: in one that is not begun yet
// nobody would see it.
func (n *Network) ephemeral(ctx context.Context, d delivery, m chat.Message) error {
	options := append(n.content(m), slack.MsgOptionLinkNames(false), slack.MsgOptionParse(false))
	if d.back.thread != "" {
		options = append(options, slack.MsgOptionTS(d.back.thread))
	}
	return n.call(ctx, "chat.postEphemeral", d.event.Channel, answerPatience, func(ctx context.Context) error {
		_, err := n.api.PostEphemeralContext(ctx, string(d.event.Channel), string(d.event.Member.ID), options...)
		return err
	})
}

// respond posts to a response_url.
func (n *Network) respond(ctx context.Context, d delivery, m chat.Message, as slack.WebhookMessage) error {
	as.Text = fallback(m)
	as.Blocks = &slack.Blocks{BlockSet: n.blocks(m)}
	as.ThreadTimestamp = d.back.thread
	return n.call(ctx, "response_url", d.event.Channel, answerPatience, func(ctx context.Context) error {
		return slack.PostWebhookCustomHTTPContext(ctx, d.back.url, n.client, &as)
	})
}

// tell shows a message to the channel. Where the bot is no member it does so as the answer to the command.
func (n *Network) tell(ctx context.Context, d delivery, m chat.Message) error {
	if m.Thread == "" {
		m.Thread = d.event.Thread
	}
	at := d.event.Channel
	if at == "" {
		return n.whisper(ctx, d, m)
	}
	_, err := n.send(ctx, at, m, "")
	if refused(err) && d.back.url != "" {
		return n.respond(ctx, d, m, slack.WebhookMessage{ResponseType: slack.ResponseTypeInChannel})
	}
	return err
}

// replace edits a message. One that its member alone sees can be replaced only by the press on its own button.
func (n *Network) replace(ctx context.Context, d delivery, e chat.Edit) error {
	if p := d.event.Press; p != nil && p.Message == e.Message && d.back.ephemeral && d.back.url != "" {
		return n.respond(ctx, d, e.To, slack.WebhookMessage{ReplaceOriginal: true})
	}
	return n.Edit(ctx, d.event.Channel, e.Message, e.To)
}

// takenMark acknowledges a reply that was taken as an answer.
const takenMark = "white_check_mark"

func (n *Network) tick(ctx context.Context, d delivery) error {
	err := n.call(ctx, "reactions.add", d.event.Channel, answerPatience, func(ctx context.Context) error {
		return n.api.AddReactionContext(ctx, takenMark, slack.NewRefToMessage(string(d.event.Channel), d.back.said))
	})
	if codeOf(err) == "already_reacted" {
		return nil
	}
	return err
}

// open opens a form. Without a trigger, as from a direct message, it shows a button for it.
func (n *Network) open(ctx context.Context, d delivery, f chat.Form) {
	w := n.words(d.event.Language)
	if d.back.trigger == "" {
		if c := d.event.Command; c != nil {
			n.report("form", d, n.whisper(ctx, d, formButton(f, *c, w)))
		}
		return
	}
	from := origin{Action: f.Action, Channel: d.event.Channel, Thread: d.back.thread, URL: d.back.url, Page: d.back.page}
	view, err := modal(f, from, w)
	if err != nil {
		n.report("form", d, err)
		n.apologize(ctx, d, w.failed)
		return
	}
	err = n.call(ctx, "views.open", "", formPatience, func(ctx context.Context) error {
		_, err := n.api.OpenViewContext(ctx, d.back.trigger, view)
		return err
	})
	if err == nil {
		return
	}
	n.report("form", d, err)
	sorry := w.failed
	if _, busy := errors.AsType[busyError](err); busy {
		sorry = w.busy
	} else if strings.Contains(codeOf(err), "trigger") {
		sorry = w.tooLate
	}
	n.apologize(ctx, d, sorry)
}

// formPatience is how long opening a form waits where Slack limits it: its trigger is valid for 3 s in all.
const formPatience = 1500 * time.Millisecond

// formButton is a message with a button that gives the command again, and so opens its form.
func formButton(f chat.Form, c chat.Command, w words) chat.Message {
	return chat.Message{
		Blocks:  []chat.Block{chat.Text(w.openForm)},
		Buttons: []chat.Button{{Action: commandMark + strings.TrimSpace(c.Name+" "+c.Args), Label: f.Title, Primary: true}},
	}
}
