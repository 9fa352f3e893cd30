package discord

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"studybot/bot/chat"
)

// maxKey is the longest nonce.
const maxKey = 25

// Post posts m with its key. Before it does, and where it is unknown whether Discord took the message, it looks for it
// in the newest messages. chat.ErrUncertain is returned where that does not tell, chat.ErrRefused where the bot may not
// write in the channel.
func (n *Network) Post(ctx context.Context, to chat.ChannelID, m chat.Message, key chat.Key) (chat.MessageID, error) {
	if key == "" || len(key) > maxKey {
		return "", fmt.Errorf("discord: post %s: the key has %d bytes, want 1 to %d", key, len(key), maxKey)
	}
	select {
	case n.posting <- struct{}{}:
		defer func() { <-n.posting }()
	case <-ctx.Done():
		return "", fmt.Errorf("discord: post %s: %w", key, ctx.Err())
	}
	place := string(to) + " " + string(key)
	if id, ok := n.posts.Get(place); ok {
		return id, nil
	}
	id, err := n.postOnce(ctx, to, m, key)
	if err != nil {
		return "", fmt.Errorf("discord: post %s: %w", key, err)
	}
	n.posts.Put(place, id)
	return id, nil
}

func (n *Network) postOnce(ctx context.Context, to chat.ChannelID, m chat.Message, key chat.Key) (chat.MessageID, error) {
	where, err := n.placeOf(ctx, to, m)
	if err != nil {
		return "", explained(err)
	}
	if id, there, err := n.newest(ctx, where, key); there || err != nil {
		if there {
			_, message := n.standsIn(to, id)
			n.openBelow(ctx, where, message, m)
		}
		return id, explained(err)
	}
	out := n.render(m, key)
	out.Nonce, out.EnforceNonce = string(key), true
	id, err := n.send(ctx, where.channel, out)
	if isRefused(err) && where.thread != "" { // it may be locked
		where = place{channel: string(to)}
		id, err = n.send(ctx, where.channel, out)
	}
	if err = afterPost(ctx, err); errors.Is(err, chat.ErrUncertain) {
		if found, there, lookErr := n.newest(ctx, where, key); lookErr == nil && there {
			_, id = n.standsIn(to, found)
			err = nil
		}
	}
	if err != nil {
		return "", err
	}
	n.keys.Put(id, key)
	n.openBelow(ctx, where, id, m)
	return where.id(id), nil
}

// openBelow opens the thread below a message that is to have one. That it cannot is logged, once for each message.
func (n *Network) openBelow(ctx context.Context, where place, id string, m chat.Message) {
	if _, tried := n.opened.Get(id); tried || !m.Open || where.thread != "" {
		return
	}
	_, err := n.openThread(ctx, where.channel, id, m)
	if err == nil || isRefused(err) {
		n.opened.Put(id, struct{}{}) // else again with the next edit
	}
	if err != nil {
		n.cfg.Log.Warn("no thread opened below a question", "channel", where.channel, "err", err)
	}
}

// send posts a message and returns its ID.
func (n *Network) send(ctx context.Context, channel string, out outgoing) (string, error) {
	var got message
	err := n.call(ctx, http.MethodPost, discordgo.EndpointChannelMessages(channel), out, &got)
	if err == nil && got.ID == "" {
		err = errors.New("the answer names no message")
	}
	return got.ID, err
}

// A place is where a message stands: a channel, or the thread below a message.
type place struct {
	channel string // as Discord counts: of a thread, the thread itself
	thread  string // the message above the thread; "" for none
}

// id is a message there as the bot knows it: in a thread "THREAD/MESSAGE", THREAD being the message above it.
func (p place) id(message string) chat.MessageID {
	if p.thread == "" {
		return chat.MessageID(message)
	}
	return chat.MessageID(p.thread + "/" + message)
}

// placeOf says where a message is to be posted, and opens its thread. Where there can be none, because the message
// above is gone or the bot may open none, it is posted in the channel.
func (n *Network) placeOf(ctx context.Context, to chat.ChannelID, m chat.Message) (place, error) {
	above, _, _ := strings.Cut(string(m.Thread), "/") // of a message in a thread: that thread
	if above == "" {
		return place{channel: string(to)}, nil
	}
	channel, err := n.openThread(ctx, string(to), above, m)
	if isRefused(err) && !hasCode(err, unknownChannel, missingAccess) {
		n.cfg.Log.Warn("no thread can be opened; going on in the channel", "channel", string(to), "err", err)
		return place{channel: string(to)}, nil
	}
	return place{channel: channel, thread: above}, err
}

// standsIn says where a message is that the bot knows by this ID.
func (n *Network) standsIn(in chat.ChannelID, id chat.MessageID) (place, string) {
	if above, message, ok := strings.Cut(string(id), "/"); ok {
		return place{channel: n.threadBelow(above), thread: above}, message
	}
	return place{channel: string(in)}, string(id)
}

// How far back a message is looked for.
const (
	pageSize  = 100 // the most that Discord returns at a time
	maxPages  = 30
	maxBelow  = 3 // pages, of a thread
	maxAge    = 14 * 24 * time.Hour
	maxLooked = 20 // threads
)

// Find reads the channel, and the threads below the bot's own messages there, newest first, for a message with key. It
// looks back two weeks or 3,000 messages, and 300 in a thread.
func (n *Network) Find(ctx context.Context, in chat.ChannelID, key chat.Key) (chat.MessageID, bool, error) {
	id, there, err := n.find(ctx, place{channel: string(in)}, key, maxPages)
	if err != nil {
		return "", false, fmt.Errorf("discord: look for %s: %w", key, explained(err))
	}
	return id, there, nil
}

func (n *Network) find(ctx context.Context, in place, key chat.Key, pages int) (chat.MessageID, bool, error) {
	me, err := n.myself(ctx)
	if err != nil {
		return "", false, err
	}
	var below []place
	for before, i := "", 0; i < pages; i++ {
		ms, err := n.read(ctx, in.channel, before)
		if err != nil {
			return "", false, err
		}
		for _, m := range ms {
			if m.Author.ID != me {
				continue
			}
			if m.key() == key {
				return in.id(m.ID), true, nil
			}
			if m.Thread != nil && m.Thread.ID != "" && len(below) < maxLooked {
				n.noteThread(m.ID, m.Thread.ID)
				below = append(below, place{channel: m.Thread.ID, thread: m.ID})
			}
		}
		if len(ms) < pageSize || time.Since(created(ms[len(ms)-1].ID)) > maxAge {
			break
		}
		before = ms[len(ms)-1].ID
	}
	for _, thread := range below {
		if id, there, err := n.find(ctx, thread, key, maxBelow); there || err != nil && !hasCode(err, unknownChannel, missingAccess) {
			return id, there, err
		}
	}
	return "", false, nil
}

// newest looks for a message with key among the last ones of a channel.
func (n *Network) newest(ctx context.Context, in place, key chat.Key) (chat.MessageID, bool, error) {
	ms, err := n.read(ctx, in.channel, "")
	if err != nil {
		return "", false, err
	}
	me, err := n.myself(ctx)
	if err != nil {
		return "", false, err
	}
	for _, m := range ms {
		if m.Author.ID == me && m.key() == key {
			return in.id(m.ID), true, nil
		}
	}
	return "", false, nil
}

// read returns the messages of a channel before one of them, "" for the newest, newest first.
func (n *Network) read(ctx context.Context, channel, before string) (ms []message, err error) {
	query := url.Values{"limit": {fmt.Sprint(pageSize)}}
	if before != "" {
		query.Set("before", before)
	}
	err = n.call(ctx, http.MethodGet, discordgo.EndpointChannelMessages(channel)+"?"+query.Encode(), nil, &ms)
	return ms, err
}

// created is when Discord made an ID; for what is none, long ago.
func created(id string) time.Time {
	t, err := discordgo.SnowflakeTimestamp(id)
	if err != nil {
		return time.Time{}
	}
	return t
}

// Edit replaces a message. Its key stays. A thread that it is to have and has not is opened.
func (n *Network) Edit(ctx context.Context, in chat.ChannelID, id chat.MessageID, m chat.Message) error {
	where, message := n.standsIn(in, id)
	if err := n.edit(ctx, where.channel, message, m); err != nil {
		return fmt.Errorf("discord: edit message %s: %w", id, explained(err))
	}
	n.openBelow(ctx, where, message, m)
	return nil
}

// edit replaces a message. A thread that was put away is taken out again: nothing in it can be edited where it is.
func (n *Network) edit(ctx context.Context, channel, id string, m chat.Message) error {
	address := discordgo.EndpointChannelMessage(channel, id)
	key, known := n.keys.Get(id)
	if !known {
		var old message
		if err := n.call(ctx, http.MethodGet, address, nil, &old); err != nil {
			return err
		}
		key = old.key()
		n.keys.Put(id, key)
	}
	err := n.call(ctx, http.MethodPatch, address, n.render(m, key), nil)
	if !hasCode(err, threadArchived) {
		return err
	}
	if err := n.call(ctx, http.MethodPatch, discordgo.EndpointChannel(channel), map[string]bool{"archived": false}, nil); err != nil {
		return err
	}
	return n.call(ctx, http.MethodPatch, address, n.render(m, key), nil)
}
