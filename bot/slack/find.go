package slack

import (
	"context"
	"fmt"
	"time"

	"github.com/slack-go/slack"

	"studybot/bot/chat"
)

// How far Find looks back: so many messages of the channel, and so many threads under keyed messages among them. A
// bot that was down for longer than that many messages does not find what it posted before.
const (
	maxPages   = 10
	pageSize   = 200
	maxThreads = 20
)

// Find looks for a message by its key: in the channel, newest first, then in the threads under the bot's own messages.
func (n *Network) Find(ctx context.Context, in chat.ChannelID, key chat.Key) (chat.MessageID, bool, error) {
	if id, ok := n.keys.Get(placeOf(in, key)); ok {
		return chat.MessageID(id), true, nil
	}
	id, ok, err := n.search(ctx, in, key)
	if err != nil {
		return "", false, fmt.Errorf("slack: find %s: %w", key, err)
	}
	if ok {
		n.keys.Put(placeOf(in, key), string(id))
	}
	return id, ok, nil
}

// lookAgain is when a message whose answer was lost is looked for: at once, and after this.
const lookAgain = time.Second

// lookFor searches for a message that may be there in a moment.
func (n *Network) lookFor(ctx context.Context, in chat.ChannelID, key chat.Key) (id chat.MessageID, there bool, err error) {
	if id, there, err = n.search(ctx, in, key); there || err != nil {
		return id, there, err
	}
	if err := sleep(ctx, lookAgain); err != nil {
		return "", false, err
	}
	return n.search(ctx, in, key)
}

func (n *Network) search(ctx context.Context, in chat.ChannelID, key chat.Key) (chat.MessageID, bool, error) {
	var threads []string
	cursor := ""
	for range maxPages {
		var page *slack.GetConversationHistoryResponse
		err := n.call(ctx, "conversations.history", "", postPatience, func(ctx context.Context) (err error) {
			page, err = n.api.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{
				ChannelID: string(in), Cursor: cursor, Limit: pageSize, IncludeAllMetadata: true})
			return err
		})
		if err != nil {
			return "", false, err
		}
		if id, ok := keyed(page.Messages, key); ok {
			return id, true, nil
		}
		for _, m := range page.Messages {
			if m.Metadata.EventType == metadataType && m.ReplyCount > 0 {
				threads = append(threads, m.Timestamp)
			}
		}
		if cursor = page.ResponseMetaData.NextCursor; cursor == "" {
			break
		}
	}
	for _, ts := range threads[:min(len(threads), maxThreads)] {
		if id, ok, err := n.searchThread(ctx, in, ts, key); ok || err != nil {
			return id, ok, err
		}
	}
	return "", false, nil
}

func (n *Network) searchThread(ctx context.Context, in chat.ChannelID, ts string, key chat.Key) (chat.MessageID, bool, error) {
	cursor := ""
	for range maxPages {
		var messages []slack.Message
		err := n.call(ctx, "conversations.replies", "", postPatience, func(ctx context.Context) (err error) {
			messages, _, cursor, err = n.api.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{
				ChannelID: string(in), Timestamp: ts, Cursor: cursor, Limit: pageSize, IncludeAllMetadata: true})
			return err
		})
		if id, ok := keyed(messages, key); ok || err != nil || cursor == "" {
			return id, ok, err
		}
	}
	return "", false, nil
}

// keyed is the message that carries the key.
func keyed(messages []slack.Message, key chat.Key) (chat.MessageID, bool) {
	for _, m := range messages {
		if m.Metadata.EventType == metadataType && m.Metadata.EventPayload[keyField] == string(key) {
			return chat.MessageID(m.Timestamp), true
		}
	}
	return "", false
}
