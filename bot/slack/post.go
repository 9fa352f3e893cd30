package slack

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"studybot/bot/chat"
)

// metadataType marks the messages that carry a key; keyField holds it.
const (
	metadataType = "studybot"
	keyField     = "key"
)

// How long a post waits where Slack limits the channel. Beyond that the bot keeps it and tries again later.
const postPatience = 5 * time.Second

// unthreaded are the codes of a thread that takes no message.
var unthreaded = []string{
	"thread_not_found", "invalid_thread_ts", "cannot_reply_to_message", "restricted_action_non_threadable_channel", "restricted_action_thread_locked",
}

// Post posts m, in its channel where its thread is gone. Where the answer is lost it looks for the message by its key, and returns chat.ErrUncertain if it
// is not there yet. A channel that takes no message is chat.ErrRefused.
func (n *Network) Post(ctx context.Context, to chat.ChannelID, m chat.Message, key chat.Key) (chat.MessageID, error) {
	n.posting.Lock()
	defer n.posting.Unlock()
	if id, ok := n.keys.Get(placeOf(to, key)); ok {
		return chat.MessageID(id), nil
	}
	if err := ctx.Err(); err != nil {
		return "", fmt.Errorf("slack: post %s: %w", key, err)
	}
	id, err := n.send(ctx, to, m, key)
	if m.Thread != "" && slices.Contains(unthreaded, codeOf(err)) { // somebody deleted what it is about
		m.Thread = ""
		id, err = n.send(ctx, to, m, key)
	}
	switch {
	case err == nil:
	case refused(err):
		return "", fmt.Errorf("slack: post %s: %w: %w%s", key, chat.ErrRefused, err, whatToDo(err))
	case !uncertain(err):
		return "", fmt.Errorf("slack: post %s: %w", key, err)
	default:
		found, there, findErr := n.lookFor(ctx, to, key)
		if !there {
			return "", fmt.Errorf("slack: post %s: %w: %w", key, chat.ErrUncertain, errors.Join(err, findErr))
		}
		id = found
	}
	n.keys.Put(placeOf(to, key), string(id))
	return id, nil
}

func placeOf(c chat.ChannelID, key chat.Key) string { return string(c) + " " + string(key) }

// whatToDo completes the error of a refusal.
func whatToDo(err error) string {
	switch codeOf(err) {
	case "not_in_channel", "channel_not_found":
		return ": invite the bot to the channel with /invite"
	case "is_archived":
		return ": the channel is archived"
	}
	return ""
}

// send posts m, with its key unless that is "".
func (n *Network) send(ctx context.Context, to chat.ChannelID, m chat.Message, key chat.Key) (chat.MessageID, error) {
	options := append(n.content(m), slack.MsgOptionLinkNames(false), slack.MsgOptionParse(false),
		slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl())
	if m.Thread != "" {
		options = append(options, slack.MsgOptionTS(string(m.Thread)))
	}
	if key != "" {
		options = append(options, slack.MsgOptionMetadata(slack.SlackMetadata{EventType: metadataType, EventPayload: map[string]any{keyField: string(key)}}),
			n.withClientID(to, key))
	}
	var id chat.MessageID
	err := n.call(ctx, "chat.postMessage", to, postPatience, func(ctx context.Context) error {
		_, ts, err := n.api.PostMessageContext(ctx, string(to), options...)
		if err == nil && ts == "" {
			err = errors.New("the reply names no message")
		}
		id = chat.MessageID(ts)
		return err
	})
	return id, err
}

// withClientID adds a client_msg_id, a UUID made of the key. The argument is not documented, and nothing here relies
// on it: where Slack honours it, a message that is posted again by mistake is none.
func (n *Network) withClientID(to chat.ChannelID, key chat.Key) slack.MsgOption {
	h := sha256.Sum256([]byte(placeOf(to, key)))
	h[6], h[8] = h[6]&0x0f|0x50, h[8]&0x3f|0x80 // RFC 9562, version 5
	id := fmt.Sprintf("%x-%x-%x-%x-%x", h[:4], h[4:6], h[6:8], h[8:10], h[10:16])
	return slack.UnsafeMsgOptionEndpoint(n.base+"chat.postMessage", func(v url.Values) { v.Set("client_msg_id", id) })
}

// content is what every way of sending a message has in common.
func (n *Network) content(m chat.Message) []slack.MsgOption {
	return []slack.MsgOption{slack.MsgOptionText(fallback(m), false), slack.MsgOptionBlocks(n.blocks(m)...)}
}

func (n *Network) blocks(m chat.Message) []slack.Block {
	return blocks(m, maxMessageBlocks, n.words("").more)
}

// Edit replaces a message. Its metadata, and so its key, stays.
func (n *Network) Edit(ctx context.Context, in chat.ChannelID, id chat.MessageID, m chat.Message) error {
	options := append(n.content(m), slack.MsgOptionLinkNames(false), slack.MsgOptionParse(false))
	err := n.call(ctx, "chat.update", in, postPatience, func(ctx context.Context) error {
		_, _, _, err := n.api.UpdateMessageContext(ctx, string(in), string(id), options...)
		return err
	})
	if err != nil {
		return fmt.Errorf("slack: edit message %s: %w", id, err)
	}
	return nil
}
