package discord

import (
	"cmp"
	"context"
	"net/http"
	"strings"

	"github.com/bwmarrin/discordgo"

	"studybot/bot/chat"
)

// threads are the threads that are known, by the message above them. A thread of Discord has
// the ID of that message; what another server calls it is remembered here.
type threads map[string]string

// maxKnown is how many threads are remembered before all are forgotten. What is forgotten is asked for again.
const maxKnown = 10_000

func (n *Network) noteThread(above, thread string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.threads) > maxKnown {
		clear(n.threads)
	}
	n.threads[above] = thread
}

// threadBelow is the thread below a message.
func (n *Network) threadBelow(above string) string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return cmp.Or(n.threads[above], above)
}

// aboveThread is the message above a thread.
func (n *Network) aboveThread(thread string) string {
	n.mu.Lock()
	defer n.mu.Unlock()
	for above, t := range n.threads {
		if t == thread {
			return above
		}
	}
	return thread
}

// A thread begins with a name, and is put away after three days without a message.
type newThread struct {
	Name    string `json:"name"`
	Archive int    `json:"auto_archive_duration"` // minutes
}

// openThread opens the thread below a message, or finds the one that is there. m is what it is opened for.
func (n *Network) openThread(ctx context.Context, channel, above string, m chat.Message) (thread string, err error) {
	n.mu.Lock()
	thread = n.threads[above]
	n.mu.Unlock()
	if thread != "" {
		return thread, nil
	}
	address := discordgo.EndpointChannelMessageThread(channel, above)
	var got channelObject
	err = n.call(ctx, http.MethodPost, address, newThread{Name: threadName(m), Archive: 3 * 24 * 60}, &got)
	if hasCode(err, threadExists) {
		var old message
		if err = n.call(ctx, http.MethodGet, discordgo.EndpointChannelMessage(channel, above), nil, &old); err == nil && old.Thread != nil {
			got.ID = old.Thread.ID
		}
	}
	if err != nil {
		return "", err
	}
	thread = cmp.Or(got.ID, above)
	n.noteThread(above, thread)
	return thread, nil
}

// maxName is the longest name of a thread, in characters.
const maxName = 100

// threadName is the title of a message, or else its first words. The thread that a question opens is called after what it
// asks: the title of every question is much the same.
func threadName(m chat.Message) string {
	first := ""
	for _, b := range m.Blocks {
		if t, ok := b.(chat.Text); ok {
			first = cmp.Or(first, strings.TrimSpace(oneLine(string(t))))
		}
	}
	name := cmp.Or(strings.TrimSpace(oneLine(m.Title)), first)
	if m.Open {
		name = cmp.Or(first, name)
	}
	return cut(cmp.Or(name, "…"), maxName)
}
