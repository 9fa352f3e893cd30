// Package chattest tests what every chat network promises to the bot.
package chattest

import (
	"context"
	"strings"
	"sync"
	"testing"

	"studybot/bot/chat"
)

// A Subject is a network under test and what can be seen of it from the other side.
type Subject struct {
	Network chat.Network
	Channel chat.ChannelID // exists, and is empty

	// Shown returns the text of all that the channel's members were shown up to now, edits
	// included, as a client shows it: unescaped, without markup of the network's own.
	Shown func() string

	// Pings names whom the messages delivered up to now would notify. It judges what was
	// delivered by the network's own rules.
	Pings func() []string
}

// TestNetwork runs the suite. Each of its tests opens a Subject of its own.
func TestNetwork(t *testing.T, open func(t *testing.T) Subject) {
	tests := []struct {
		name string
		run  func(t *testing.T, s Subject)
	}{
		{"it has a name", named},
		{"it says how a command is typed", typed},
		{"a post is found by its key", found},
		{"a key that was not posted is not found", notFound},
		{"a second post with the same key returns the first and shows nothing", once},
		{"posts at the same time with the same key are one", onceAtATime},
		{"the same words with another key are another message", another},
		{"every part of a message is shown", wholeMessage},
		{"a message may stand in a thread", threaded},
		{"a message may be very long", long},
		{"an edit shows the new text and keeps the key", edited},
		{"an edit of an unknown message is an error", editUnknown},
		{"an unknown channel is an error", unknownChannel},
		{"nothing is posted once the context is done", cancelled},
		{"nobody is pinged", pingsNobody},
		{"control characters are not shown", noControls},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { tt.run(t, open(t)) })
	}
}

const key chat.Key = "daily-20260302-abcdefghi-" // 25 bytes, as long as a key may be

func text(s string) chat.Message { return chat.Message{Blocks: []chat.Block{chat.Text(s)}} }

func post(t *testing.T, s Subject, m chat.Message, k chat.Key) chat.MessageID {
	t.Helper()
	id, err := s.Network.Post(t.Context(), s.Channel, m, k)
	if err != nil {
		t.Fatalf("Post with key %s: %v", k, err)
	}
	if id == "" {
		t.Fatalf("Post with key %s: no message ID", k)
	}
	return id
}

func wantFound(t *testing.T, s Subject, k chat.Key, want chat.MessageID) {
	t.Helper()
	id, ok, err := s.Network.Find(t.Context(), s.Channel, k)
	if err != nil {
		t.Fatalf("Find %s: %v", k, err)
	}
	if ok != (want != "") || ok && id != want {
		t.Errorf("Find %s: got %q, %v, want %q", k, id, ok, want)
	}
}

func wantShown(t *testing.T, s Subject, words ...string) {
	t.Helper()
	shown := s.Shown()
	for _, w := range words {
		if !strings.Contains(shown, w) {
			t.Errorf("%q is not shown in:\n%s", w, shown)
		}
	}
}

func named(t *testing.T, s Subject) {
	if name := s.Network.Name(); name == "" || name != strings.ToLower(name) {
		t.Errorf("Name: got %q, want a name in lower case", name)
	}
}

func typed(t *testing.T, s Subject) {
	if got := s.Network.Typed("ask"); !strings.HasSuffix(got, "ask") {
		t.Errorf("Typed: got %q, want something that ends in the command, ask", got)
	}
}

func found(t *testing.T, s Subject) {
	id := post(t, s, text("今天的问题"), key)
	wantFound(t, s, key, id)
	wantShown(t, s, "今天的问题")
}

func notFound(t *testing.T, s Subject) {
	wantFound(t, s, key, "")
	post(t, s, text("another message"), "other")
	wantFound(t, s, key, "")
}

func once(t *testing.T, s Subject) {
	first := post(t, s, text("today's question"), key)
	shown := s.Shown()
	if second := post(t, s, text("today's question, once more"), key); second != first {
		t.Errorf("second Post: got message %s, want the first one, %s", second, first)
	}
	if s.Shown() != shown {
		t.Errorf("the second Post showed something:\n%s", s.Shown())
	}
}

func onceAtATime(t *testing.T, s Subject) {
	var ids [8]chat.MessageID
	var wg sync.WaitGroup
	for i := range ids {
		wg.Go(func() {
			id, err := s.Network.Post(t.Context(), s.Channel, text("at the same time"), key)
			if err != nil {
				t.Errorf("Post: %v", err)
			}
			ids[i] = id
		})
	}
	wg.Wait()
	for _, id := range ids {
		if id != ids[0] {
			t.Fatalf("got messages %v, want one", ids)
		}
	}
}

func another(t *testing.T, s Subject) {
	a, b := post(t, s, text("the same words"), "one"), post(t, s, text("the same words"), "two")
	if a == b {
		t.Errorf("both messages are %s", a)
	}
	wantFound(t, s, "one", a)
	wantFound(t, s, "two", b)
}

func wholeMessage(t *testing.T, s Subject) {
	post(t, s, whole(""), key)
	wantShown(t, s, "the title", "the text", "passage heading", "passage text", "notes/a.md:12-18",
		"list title", "the item", "item note", "head cell", "row cell", "7654", "Press me", "small hint")
}

// whole is a message with every part there is, each with extra behind it.
func whole(extra string) chat.Message {
	return chat.Message{
		Title: "the title" + extra,
		Blocks: []chat.Block{
			chat.Text("the text" + extra),
			chat.Passage{Title: "passage heading" + extra, Text: "passage text" + extra, Marks: []string{"text"}, Source: "notes/a.md:12-18" + extra},
			chat.List{Title: "list title" + extra, Items: []chat.Item{{Mark: "✓", Text: "the item" + extra, Note: "item note" + extra}}},
			chat.Table{Head: []string{"head cell" + extra, "points"}, Rows: [][]string{{"row cell" + extra, "7654"}}},
		},
		Buttons: []chat.Button{{Action: "press", Label: "Press me" + extra, Primary: true}},
		Context: "small hint" + extra,
	}
}

func threaded(t *testing.T, s Subject) {
	under := text("in the thread")
	under.Thread = post(t, s, text("the question"), "question")
	id := post(t, s, under, "reveal")
	if id == under.Thread {
		t.Errorf("the message in the thread is the one above it: %s", id)
	}
	wantShown(t, s, "in the thread")
	wantFound(t, s, "reveal", id)
}

func long(t *testing.T, s Subject) {
	id := post(t, s, text("The beginning. "+strings.Repeat("很长的一段话。A long sentence. ", 4000)), key)
	wantFound(t, s, key, id)
	wantShown(t, s, "The beginning.")
}

func edited(t *testing.T, s Subject) {
	id := post(t, s, text("open until six"), key)
	if err := s.Network.Edit(t.Context(), s.Channel, id, text("已经结束")); err != nil {
		t.Fatalf("Edit: %v", err)
	}
	wantShown(t, s, "已经结束")
	wantFound(t, s, key, id)
}

func editUnknown(t *testing.T, s Subject) {
	id := post(t, s, text("a message"), key)
	if err := s.Network.Edit(t.Context(), s.Channel, id+"9", text("nowhere")); err == nil {
		t.Error("Edit of an unknown message: no error")
	}
	if strings.Contains(s.Shown(), "nowhere") {
		t.Errorf("the failed edit is shown:\n%s", s.Shown())
	}
}

func unknownChannel(t *testing.T, s Subject) {
	if id, err := s.Network.Post(t.Context(), s.Channel+"9", text("a message"), key); err == nil {
		t.Errorf("Post to an unknown channel: got message %s, want an error", id)
	}
}

func cancelled(t *testing.T, s Subject) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if id, err := s.Network.Post(ctx, s.Channel, text("too late"), key); err == nil {
		t.Errorf("Post: got message %s, want an error", id)
	}
	wantFound(t, s, key, "")
}

func pingsNobody(t *testing.T, s Subject) {
	m := whole(" @everyone @here @channel <!channel> <!here> <@U024BE7LH> <@1234567890> <@&1234567890>")
	id := post(t, s, m, key)
	if err := s.Network.Edit(t.Context(), s.Channel, id, m); err != nil {
		t.Fatalf("Edit: %v", err)
	}
	if p := s.Pings(); len(p) > 0 {
		t.Errorf("pinged: %q", p)
	}
}

func noControls(t *testing.T, s Subject) {
	post(t, s, whole(" a\x1b[31mb\x00c\u009b2Jd\xffe\u202ef"), key)
	shown := s.Shown()
	wantShown(t, s, "the title")
	if i := strings.IndexAny(shown, "\x1b\x00\u009b\u202e"); i >= 0 {
		t.Errorf("byte %d is shown: %q", i, shown)
	}
}
