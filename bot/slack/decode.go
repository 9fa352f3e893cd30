package slack

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"studybot/bot/chat"
)

// A delivery is something that Slack brought: an event for the bot, a page that a member opened, or the end.
type delivery struct {
	key   string // the same when it is brought again; "" for none
	event chat.Event
	home  bool          // the member opened the bot's page
	more  *chat.Message // the rest of a text, to be shown to the member
	over  string        // why the bot is no longer welcome; "" while it is
	back  back
}

// back says how an answer finds its way.
type back struct {
	url       string // response_url: takes 5 answers in 30 minutes
	trigger   string // opens one form, within 3 s
	thread    string // of the event, where people talk in it
	said      string // the message that said it
	ephemeral bool   // a button of a message that its member alone sees
	page      bool   // on the bot's page
}

// A decoder turns payloads into deliveries. It takes any bytes.
type decoder struct {
	self     string // the bot's own member ID
	commands []chat.Usage
	now      func() time.Time
}

// errUnknown is a payload of a kind that the bot has no use for.
var errUnknown = errors.New("a payload of an unknown kind")

// envelope decodes the payload of a Socket Mode envelope. A zero delivery asks for nothing.
func (d decoder) envelope(kind string, payload []byte) (delivery, error) {
	var read func([]byte) (delivery, error)
	switch kind {
	case "events_api":
		read = d.callback
	case "slash_commands":
		read = d.slash
	case "interactive":
		read = d.interaction
	default:
		return delivery{}, errUnknown
	}
	v, err := read(payload)
	if err != nil {
		return delivery{}, fmt.Errorf("%s: %w", kind, err)
	}
	v.event.Network, v.event.At = "slack", d.now().UTC()
	return v, nil
}

// A callback is an event of the Events API (https://docs.slack.dev/reference/events).
type callback struct {
	Type    string `json:"type"`
	EventID string `json:"event_id"`
	Event   struct {
		Type         string `json:"type"`
		Subtype      string `json:"subtype"`
		User         string `json:"user"`
		BotID        string `json:"bot_id"`
		Text         string `json:"text"`
		TS           string `json:"ts"`
		ThreadTS     string `json:"thread_ts"`
		ParentUserID string `json:"parent_user_id"`
		Channel      string `json:"channel"`
		ChannelType  string `json:"channel_type"`
		Tab          string `json:"tab"`
		Tokens       struct {
			Bot []string `json:"bot"`
		} `json:"tokens"`
	} `json:"event"`
}

func (d decoder) callback(payload []byte) (delivery, error) {
	var kind struct {
		Event struct {
			Type string `json:"type"`
		} `json:"event"`
	}
	if err := json.Unmarshal(payload, &kind); err != nil {
		return delivery{}, err
	}
	switch kind.Event.Type {
	case "message", "app_mention", "app_home_opened", "app_uninstalled", "tokens_revoked":
	default:
		return delivery{}, errUnknown // other events have fields of our names and of other types
	}
	var c callback
	if err := json.Unmarshal(payload, &c); err != nil {
		return delivery{}, err
	}
	ev := c.Event
	switch {
	case ev.Type == "app_uninstalled":
		return delivery{over: "the app was uninstalled from the workspace"}, nil
	case ev.Type == "tokens_revoked" && len(ev.Tokens.Bot) > 0:
		return delivery{over: "the bot token was revoked"}, nil
	case ev.User == "" || ev.User == d.self || ev.BotID != "":
		return delivery{}, nil
	case ev.Type == "app_home_opened" && ev.Tab == "home":
		return delivery{key: c.EventID, home: true, event: chat.Event{Member: member(ev.User, "")}, back: back{page: true}}, nil
	case ev.Type == "message" || ev.Type == "app_mention":
		return d.message(c), nil
	}
	return delivery{}, nil
}

// message decodes what somebody said. Of what is said in a channel the bot hears what mentions it, and what stands
// in a thread under a message of its own; in a direct message it hears all.
func (d decoder) message(c callback) delivery {
	ev := c.Event
	switch ev.Subtype {
	case "", "thread_broadcast", "file_share":
	default:
		return delivery{} // edited, deleted, joined, …
	}
	if ev.Channel == "" || ev.TS == "" {
		return delivery{}
	}
	v := delivery{
		key:   "said " + ev.Channel + " " + ev.TS, // a mention comes twice: as message and as app_mention
		event: chat.Event{Channel: chat.ChannelID(ev.Channel), Thread: chat.MessageID(ev.ThreadTS), Member: member(ev.User, "")},
		back:  back{thread: ev.ThreadTS, said: ev.TS},
	}
	text := spoken(ev.Text, d.self)
	mentioned := d.self != "" && (strings.Contains(ev.Text, "<@"+d.self+">") || strings.Contains(ev.Text, "<@"+d.self+"|"))
	switch {
	case ev.ChannelType == "im" || strings.HasPrefix(ev.Channel, "D"):
		v.event.Direct = true
		v.event.Command = chat.Spoken(d.commands, text)
	case ev.Type == "app_mention" || mentioned:
		v.event.Aloud = true
		if ev.ThreadTS == "" {
			v.event.Thread = chat.MessageID(ev.TS)
		}
		v.event.Command = chat.Spoken(d.commands, text)
	case ev.ThreadTS != "" && ev.ThreadTS != ev.TS && (ev.ParentUserID == "" || ev.ParentUserID == d.self):
		v.event.Reply = &chat.Reply{To: chat.MessageID(ev.ThreadTS), Text: text}
	default:
		return delivery{}
	}
	return v
}

// slash decodes a slash command (https://docs.slack.dev/interactivity/implementing-slash-commands).
func (d decoder) slash(payload []byte) (delivery, error) {
	var c struct {
		ChannelID   string `json:"channel_id"`
		UserID      string `json:"user_id"`
		UserName    string `json:"user_name"`
		Text        string `json:"text"`
		ResponseURL string `json:"response_url"`
		TriggerID   string `json:"trigger_id"`
	}
	if err := json.Unmarshal(payload, &c); err != nil {
		return delivery{}, err
	}
	if c.UserID == "" {
		return delivery{}, errors.New("a slash command without a member")
	}
	return delivery{
		key: keyOf("slash", c.TriggerID),
		event: chat.Event{
			Channel: chat.ChannelID(c.ChannelID), Member: member(c.UserID, c.UserName), Direct: strings.HasPrefix(c.ChannelID, "D"),
			Command: chat.Given(d.commands, unescape(c.Text)),
		},
		back: back{url: c.ResponseURL, trigger: c.TriggerID},
	}, nil
}

// keyOf names a delivery by something that is unique to it, and is "" without one.
func keyOf(kind, unique string) string {
	if unique == "" {
		return ""
	}
	return kind + " " + unique
}

func member(id, name string) chat.Member { return chat.Member{ID: chat.MemberID(id), Name: name} }
