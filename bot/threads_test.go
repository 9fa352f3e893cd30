package bot

import (
	"strings"
	"testing"

	"studybot/bot/chat"
	"studybot/store"
)

// What the thread below a question is for is the channel's to say. What is written there answers only where it is for
// answers; a reply to the question's own message always does.
func TestThreads(t *testing.T) {
	tests := []struct {
		set           string
		deaf          bool // the network brings no messages of threads
		open          bool // the thread opens with the question
		answers       bool // what is written in it answers
		revealedBelow bool
		warned        bool // the admin is told that the thread is not heard
	}{
		{set: "language=en", open: true, answers: true, revealedBelow: true},
		{set: "language=en", deaf: true, revealedBelow: true},
		{set: "threads=answers", open: true, answers: true, revealedBelow: true},
		{set: "threads=answers", deaf: true, open: true, answers: true, revealedBelow: true, warned: true},
		{set: "threads=reveal", revealedBelow: true},
		{set: "threads=none"},
		{set: "threads=none", deaf: true},
	}
	for _, tt := range tests {
		t.Run(strings.TrimSpace(tt.set), func(t *testing.T) {
			w := newWorld(t)
			w.network.deaf = tt.deaf
			w.load()
			w.now = moment(t, "2026-03-02T08:00:00Z")
			told := read(w.admin("setup", tt.set).Private)
			if warned := strings.Contains(told, "not told what is written in a thread"); warned != tt.warned {
				t.Errorf("the admin is warned: %v, want %v:\n%s", warned, tt.warned, told)
			}
			w.start() // it is in the ledger
			w.at("2026-03-02T09:00:00Z")
			if got := w.network.messages[0].message.Open; got != tt.open {
				t.Errorf("the thread opens with the question: %v, want %v", got, tt.open)
			}
			q := w.open()
			ev := w.event("ann")
			ev.Thread, ev.Reply = q.Message, &chat.Reply{To: q.Message, Text: q.Card.Answer}
			if got := w.handle(ev).Taken; got != tt.answers {
				t.Errorf("an answer in the thread is taken: %v, want %v", got, tt.answers)
			}
			ev.Thread, ev.Member = "", chat.Member{ID: "bob", Name: "bob"}
			if !w.handle(ev).Taken {
				t.Error("a reply to the question is not taken")
			}
			w.at("2026-03-02T18:00:00Z")
			if below := w.network.messages[1].message.Thread == q.Message; below != tt.revealedBelow {
				t.Errorf("the reveal stands in the thread: %v, want %v", below, tt.revealedBelow)
			}
		})
	}
}

// The reminder opens no thread of its own, and every deck of the channel keeps to its choice.
func TestThreadsOfDecks(t *testing.T) {
	w := newWorld(t)
	w.now = moment(t, "2026-03-02T08:00:00Z")
	w.admin("setup", "threads=none reminder=16:00")
	wantIn(t, read(w.admin("setup", "deck=redis topic=redis threads=answers").Private), "threads=answers")
	w.at("2026-03-02T09:00:00Z")
	for _, m := range w.network.messages {
		if !m.message.Open {
			t.Errorf("%s opens no thread", m.message.Title)
		}
	}
	if sets, err := w.store.Settings(); err != nil || sets[studyChannel][0].Threads != "answers" || sets[studyChannel][1].Threads != "" {
		t.Errorf("set: %+v %v", sets, err)
	}
	c := w.bot.channelOf(studyChannel)
	if c.reminder(store.Question{ID: "q", Day: "2026-03-02", At: w.now}).Open {
		t.Error("the reminder opens a thread")
	}
	wantIn(t, read(w.admin("setup", "threads=below").Private), "threads: “below” will not do. Write answers")
	wantIn(t, read(w.submitSetup(studyChannel.ID, "", map[string]string{"language": "zh reveal"}).Private), "language=zh threads=reveal")
}
