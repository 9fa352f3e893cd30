package discord

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"studybot/bot/chat"
)

// Types of messages that people write.
const (
	plainMessage = 0
	replyMessage = 19
)

// hear tells the bot of a message: a mention of the bot and a direct message give a command, or ask; a message in a
// thread, and a reply to a message of the bot, may be an answer. Other messages are people talking.
func (n *Network) hear(ctx context.Context, m message, handle chat.Handler) {
	at := time.Now().UTC()
	if m.Author.Bot || m.WebhookID != "" || !isID(m.Author.ID) || m.Type != plainMessage && m.Type != replyMessage {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, n.wait.token)
	defer cancel()
	me, err := n.myself(ctx)
	if err != nil || m.Author.ID == me {
		return
	}
	ev := chat.Event{
		Network: n.Name(), Channel: chat.ChannelID(m.Channel), Member: m.Author.member(m.Member), At: at,
		Admin: n.isAdmin(m.Author, nil), Direct: m.Guild == "",
	}
	text, named := unmentioned(m.Content, me)
	toUs := m.Referenced != nil && m.Referenced.Author.ID == me
	if !named && !ev.Direct && (text == "" || !toUs && !n.cfg.Content) {
		return // nothing that we could read
	}
	if !ev.Direct {
		if above, parent := n.threadOf(ctx, m.Channel); above != "" {
			ev.Channel, ev.Thread = chat.ChannelID(parent), chat.MessageID(above)
		}
	}
	switch {
	case named || ev.Direct:
		ev.Aloud = !ev.Direct
		ev.Command = chat.Spoken(n.cfg.Usages, text)
		if ev.Command.Args == text && text != "" { // no command is named
			if a, ok := n.answered(ctx, ev, text, handle); ok {
				n.reply(ctx, m, ev, a)
				return
			}
		}
	case ev.Thread != "":
		ev.Reply = &chat.Reply{To: ev.Thread, Text: text}
	case toUs:
		ev.Reply = &chat.Reply{To: chat.MessageID(m.Referenced.ID), Text: text}
	default:
		return
	}
	n.reply(ctx, m, ev, n.ask(ctx, handle, ev))
}

// answered offers a mention in a thread as an answer to the question above it: where other messages are not told, it is
// the only way to write one. ok is false where the bot takes it for none.
func (n *Network) answered(ctx context.Context, ev chat.Event, text string, handle chat.Handler) (a answer, ok bool) {
	if ev.Thread == "" || n.cfg.Content {
		return a, false
	}
	ev.Command, ev.Aloud, ev.Reply = nil, false, &chat.Reply{To: ev.Thread, Text: text}
	a = n.ask(ctx, handle, ev)
	return a, a.err == nil && (a.Taken || a.Private != nil)
}

var mentioned = regexp.MustCompile(`<@!?(\d+)>`)

// unmentioned takes the mentions of the bot out of a text, and reports whether there were any.
func unmentioned(text, me string) (string, bool) {
	named := false
	text = mentioned.ReplaceAllStringFunc(text, func(m string) string {
		if strings.Trim(m, "<@!>") != me {
			return m
		}
		named = true
		return " "
	})
	return strings.TrimSpace(text), named
}

// reply does what the bot answers to a message. What is private goes to the member's direct messages; where he takes
// none, the mark at his message has to do.
func (n *Network) reply(ctx context.Context, m message, ev chat.Event, a answer) {
	res := a.Response
	if a.err != nil && ev.Reply == nil {
		res = chat.Response{Public: &chat.Message{Blocks: []chat.Block{chat.Text(phrase("").failed)}}}
	}
	if res.Taken {
		address := discordgo.EndpointMessageReaction(m.Channel, m.ID, url.PathEscape("✅"), "@me")
		n.tell(m, n.call(ctx, http.MethodPut, address, nil, nil))
	}
	of := part{}
	if ev.Command != nil {
		of.Command = *ev.Command
	}
	if res.Edit != nil {
		n.tell(m, n.Edit(ctx, ev.Channel, res.Edit.Message, res.Edit.To))
	}
	if res.Form != nil && ev.Command != nil { // only a button can open one
		res.Public = &chat.Message{Buttons: []chat.Button{giving(*ev.Command, res.Form.Title)}}
	}
	if res.Public != nil {
		out := n.renderPart(*res.Public, "", of)
		out.Reference = &reference{Message: m.ID}
		n.tell(m, n.call(ctx, http.MethodPost, discordgo.EndpointChannelMessages(m.Channel), out, nil))
	}
	if res.Private != nil {
		n.tell(m, n.whisper(ctx, m, ev, n.renderPart(*res.Private, "", of)))
	}
}

// tell logs what could not be said.
func (n *Network) tell(m message, err error) {
	switch {
	case hasCode(err, closedDM):
		n.cfg.Log.Info("a member takes no direct messages", "member", m.Author.ID)
	case err != nil:
		n.cfg.Log.Warn("a message was not answered", "channel", m.Channel, "err", err)
	}
}

// whisper writes to the author of a message alone.
func (n *Network) whisper(ctx context.Context, m message, ev chat.Event, out outgoing) error {
	channel := m.Channel
	if !ev.Direct {
		var dm channelObject
		if err := n.call(ctx, http.MethodPost, discordgo.EndpointUserChannels("@me"), map[string]string{"recipient_id": m.Author.ID}, &dm); err != nil {
			return err
		}
		channel = dm.ID
	}
	return n.call(ctx, http.MethodPost, discordgo.EndpointChannelMessages(channel), out, nil)
}

// threadOf returns, for a thread, the message above it and its channel; "" for a channel.
func (n *Network) threadOf(ctx context.Context, channel string) (above, parent string) {
	parent, known := n.parents.Get(channel)
	if !known {
		var c channelObject
		if err := n.call(ctx, http.MethodGet, discordgo.EndpointChannel(channel), nil, &c); err != nil {
			n.cfg.Log.Warn("unknown whether this is a thread", "channel", channel, "err", err)
			return "", ""
		}
		if c.isThread() {
			parent = c.Parent
		}
		n.parents.Put(channel, parent)
	}
	if parent == "" {
		return "", ""
	}
	return n.aboveThread(channel), parent
}
