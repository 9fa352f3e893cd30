package discord

import (
	"fmt"
	"strings"
	"testing"

	"studybot/bot/chat"
)

// Where no thread can be, what would stand in it is posted in the channel.
func TestNoThread(t *testing.T) {
	for name, path := range map[string]string{"it may not be opened": "/threads", "it is locked": ""} {
		d := newDouble(t)
		n := d.network(t, nil)
		id, err := n.Post(t.Context(), testChannel, *say("the question"), "k1")
		if err != nil {
			t.Fatal(err)
		}
		d.fault = func(r request) int {
			if path != "" && strings.HasSuffix(r.path, path) || path == "" && isPost(r) && !strings.Contains(r.path, testChannel) {
				return 403
			}
			return 0
		}
		reveal := *say("the reveal")
		reveal.Thread = id
		if _, err := n.Post(t.Context(), testChannel, reveal, "k2"); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if n := len(d.held(testChannel)); n != 2 {
			t.Errorf("%s: the channel holds %d messages, want the question and the reveal", name, n)
		}
	}
}

// A reveal that is corrected after its thread was put away is edited all the same.
func TestEditInAThreadPutAway(t *testing.T) {
	d := newDouble(t)
	n := d.network(t, nil)
	question, err := n.Post(t.Context(), testChannel, *say("the question"), "k1")
	if err != nil {
		t.Fatal(err)
	}
	reveal := *say("the reveal")
	reveal.Thread = question
	id, err := n.Post(t.Context(), testChannel, reveal, "k2")
	if err != nil {
		t.Fatal(err)
	}
	d.mu.Lock()
	d.channels[string(question)].archived = true
	d.mu.Unlock()
	if err := n.Edit(t.Context(), testChannel, id, *say("the reveal, corrected")); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(d.held(string(question))[0]); !strings.Contains(got, "corrected") {
		t.Errorf("the thread holds %s", got)
	}
}

// A thread opens with the question where answers are given in it.
func TestThreadForAnswers(t *testing.T) {
	d := newDouble(t)
	n := d.network(t, nil)
	q := *say("the question")
	q.Open = true
	ids := map[chat.Key]chat.MessageID{}
	for key, m := range map[chat.Key]chat.Message{"k1": q, "k2": *say("a notice")} {
		id, err := n.Post(t.Context(), testChannel, m, key)
		if err != nil {
			t.Fatal(err)
		}
		ids[key] = id
	}
	opened := func() int { return d.count("POST", "/channels/"+testChannel+"/messages/") }
	if n := opened(); n != 1 {
		t.Errorf("%d threads, want one, below the question", n)
	}
	for range 3 { // the count of answers
		if err := n.Edit(t.Context(), testChannel, ids["k1"], q); err != nil {
			t.Fatal(err)
		}
	}
	if n := opened(); n != 1 {
		t.Errorf("%d threads were asked for, want the one that is there", n)
	}
}

// Where the bot ended between the question and its thread, or the line broke, the thread opens later; where it may not
// be opened it is tried once.
func TestThreadOpensLater(t *testing.T) {
	for name, tt := range map[string]struct{ status, want int }{"the line broke": {-1, 2}, "it is not allowed": {403, 1}} {
		t.Run(name, func(t *testing.T) {
			d := newDouble(t)
			n := d.network(t, nil)
			q, failed := *say("the question"), false
			q.Open = true
			d.fault = func(r request) int {
				if strings.HasSuffix(r.path, "/threads") && !failed {
					failed = true
					return tt.status
				}
				return 0
			}
			id, err := n.Post(t.Context(), testChannel, q, "k1")
			if err != nil {
				t.Fatal(err)
			}
			for range 3 {
				if err := n.Edit(t.Context(), testChannel, id, q); err != nil {
					t.Fatal(err)
				}
			}
			if n := d.count("POST", "/channels/"+testChannel+"/messages/"); n != tt.want {
				t.Errorf("the thread was asked for %d times, want %d", n, tt.want)
			}
			if after := d.network(t, nil); after.Edit(t.Context(), testChannel, id, q) != nil || d.held(string(id)) == nil && d.channels[string(id)] == nil {
				t.Error("after a restart the thread is not there")
			}
		})
	}
}

// A thread is called after its question, or after what is posted in it.
func TestThreadName(t *testing.T) {
	question := chat.Message{Title: "每日一题 · TCP", Blocks: []chat.Block{chat.Text("为什么握手\n是三次？")}, Open: true}
	long := chat.Message{Blocks: []chat.Block{chat.Text(strings.Repeat("长", 300))}, Open: true}
	for _, tt := range []struct {
		name string
		m    chat.Message
		want string
	}{
		{"a question", question, "为什么握手 是三次？"},
		{"a reveal", chat.Message{Title: "揭晓：为什么握手是三次？", Blocks: []chat.Block{chat.Text("双方都要确认。")}}, "揭晓：为什么握手是三次？"},
		{"a message without a title", chat.Message{Blocks: []chat.Block{chat.Text("x")}}, "x"},
		{"a question without words", chat.Message{Title: "每日一题", Open: true}, "每日一题"},
		{"nothing", chat.Message{}, "…"},
		{"a long question", long, strings.Repeat("长", 99) + "…"},
	} {
		if got := threadName(tt.m); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
