package slack

import (
	"encoding/json"
	"errors"
	"strings"

	"studybot/bot/chat"
)

// An interaction is a pressed button or a form that was sent
// (https://docs.slack.dev/reference/interaction-payloads).
type interaction struct {
	Type        string  `json:"type"`
	TriggerID   string  `json:"trigger_id"`
	ResponseURL string  `json:"response_url"`
	User        actor   `json:"user"`
	Channel     channel `json:"channel"`
	Container   struct {
		Type        string `json:"type"`
		MessageTS   string `json:"message_ts"`
		ThreadTS    string `json:"thread_ts"`
		ChannelID   string `json:"channel_id"`
		IsEphemeral bool   `json:"is_ephemeral"`
	} `json:"container"`
	Actions []struct {
		Type     string `json:"type"`
		ActionID string `json:"action_id"`
		Value    string `json:"value"`
	} `json:"actions"`
	View struct {
		ID              string `json:"id"`
		Hash            string `json:"hash"`
		CallbackID      string `json:"callback_id"`
		PrivateMetadata string `json:"private_metadata"`
		State           struct {
			Values map[string]map[string]struct {
				Value string `json:"value"` // null where nothing was typed
			} `json:"values"`
		} `json:"state"`
	} `json:"view"`
}

type actor struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Username string `json:"username"`
}

type channel struct {
	ID string `json:"id"`
}

func (d decoder) interaction(payload []byte) (delivery, error) {
	var kind struct {
		Type string `json:"type"`
	}
	if err := json.Unmarshal(payload, &kind); err != nil {
		return delivery{}, err
	}
	if kind.Type != "block_actions" && kind.Type != "view_submission" {
		return delivery{}, errUnknown
	}
	var in interaction
	if err := json.Unmarshal(payload, &in); err != nil {
		return delivery{}, err
	}
	if in.User.ID == "" {
		return delivery{}, errors.New("an interaction without a member")
	}
	name := in.User.Name
	if name == "" {
		name = in.User.Username
	}
	v := delivery{key: keyOf(in.Type, in.TriggerID), event: chat.Event{Member: member(in.User.ID, name)}}
	if in.Type == "view_submission" {
		return d.submission(in, v)
	}
	return d.press(in, v)
}

// Buttons of the network's own have an action ID that begins so; the bot's begin with actionButton.
const (
	actionButton  = "press"
	actionMore    = "more"    // the value is the rest of a text, behind its source
	actionCommand = "command" // the value is a command
)

// commandMark begins the action of a button of the network's own that gives a command; the bot's actions are text.
const commandMark = "\x00"

func (d decoder) press(in interaction, v delivery) (delivery, error) {
	if len(in.Actions) == 0 {
		return delivery{}, nil
	}
	a, c := in.Actions[0], in.Container
	if a.Type != "button" {
		return delivery{}, nil
	}
	at := c.ChannelID
	if at == "" {
		at = in.Channel.ID
	}
	v.event.Channel, v.event.Thread = chat.ChannelID(at), chat.MessageID(c.ThreadTS)
	v.event.Direct = strings.HasPrefix(at, "D")
	v.back = back{url: in.ResponseURL, trigger: in.TriggerID, thread: c.ThreadTS, ephemeral: c.IsEphemeral, page: c.Type == "view"}
	switch {
	case strings.HasPrefix(a.ActionID, actionMore):
		source, rest, _ := strings.Cut(a.Value, "\n")
		v.more = &chat.Message{Blocks: []chat.Block{chat.Passage{Text: rest, Source: source}}}
	case strings.HasPrefix(a.ActionID, actionCommand):
		v.event.Command = chat.Given(d.commands, a.Value)
	default:
		v.event.Press = &chat.Press{Action: a.Value, Message: chat.MessageID(c.MessageTS)}
	}
	return v, nil
}

// An origin is what a form remembers of where it was opened. It travels in the form's private metadata, which
// members do not see and cannot change.
type origin struct {
	Action  string         `json:"action"`
	Channel chat.ChannelID `json:"channel,omitempty"`
	Thread  string         `json:"thread,omitempty"`
	URL     string         `json:"url,omitempty"` // response_url of the button or command that opened it
	Page    bool           `json:"page,omitempty"`
}

// formCallback marks the forms of this package.
const formCallback = "form"

func (d decoder) submission(in interaction, v delivery) (delivery, error) {
	if in.View.CallbackID != formCallback {
		return delivery{}, nil
	}
	var from origin
	if err := json.Unmarshal([]byte(in.View.PrivateMetadata), &from); err != nil {
		return delivery{}, errors.New("a form without its origin")
	}
	v.key = keyOf("view", strings.TrimSpace(in.View.ID+" "+in.View.Hash))
	v.event.Channel, v.event.Thread = from.Channel, chat.MessageID(from.Thread)
	v.event.Direct = strings.HasPrefix(string(from.Channel), "D")
	v.back = back{url: from.URL, thread: from.Thread, page: from.Page}
	values := map[string]string{}
	for field, inputs := range in.View.State.Values {
		for _, input := range inputs {
			values[field] = input.Value
		}
	}
	v.event.Submit = &chat.Submit{Action: from.Action, Values: values}
	return v, nil
}
