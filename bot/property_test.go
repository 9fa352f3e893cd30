package bot

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"studybot/bot/chat"
	"studybot/store"
)

// Whatever members do, however often the bot is stopped, whatever the network loses and
// wherever the clock jumps: a working day has one question at most, nothing is posted twice, the boards
// are what a replay gives, reading changes nothing, and points are never negative.
func TestAnyYear(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(t)
		w.now = moment(t, "2026-03-02T08:00:00Z")
		for range rapid.IntRange(5, 60).Draw(rt, "steps") {
			w.randomStep(rt)
		}
		w.network.fail = nil
		w.now = w.now.Add(5 * 24 * time.Hour)
		for range 3 {
			if err := w.bot.Tick(t.Context(), w.now); err != nil {
				rt.Fatal(err)
			}
		}
		w.checkYear(rt)
	})
}

func (w *world) randomStep(rt *rapid.T) {
	member := rapid.SampledFrom([]string{"ada", "bob", "cyd"}).Draw(rt, "member")
	switch rapid.SampledFrom([]string{"later", "later", "later", "back", "restart", "answer", "answer", "late press", "read", "admin", "faults"}).Draw(rt, "step") {
	case "later":
		w.now = w.now.Add(time.Duration(rapid.IntRange(1, 20*60).Draw(rt, "minutes")) * time.Minute)
		_ = w.bot.Tick(w.t.Context(), w.now) // what fails is tried again
	case "back":
		_ = w.bot.Tick(w.t.Context(), w.now.Add(-time.Duration(rapid.IntRange(1, 48).Draw(rt, "hours"))*time.Hour))
	case "restart":
		w.start()
	case "answer":
		w.any(rt, member, "answer", rapid.SampledFrom([]string{"no idea", "both sides confirm", "one thread needs no locks"}).Draw(rt, "text"))
	case "late press":
		if n := len(w.network.messages); n > 0 {
			ev := w.event(member)
			ev.Reply = &chat.Reply{To: w.network.messages[rapid.IntRange(0, n-1).Draw(rt, "message")].id, Text: "in the thread"}
			_, _ = w.bot.Handle(w.t.Context(), ev)
		}
	case "read":
		before := w.boards(rt)
		for _, name := range []string{"me", "top", "why", "question", "help"} {
			w.any(rt, member, name, "")
		}
		if diff := cmp.Diff(before, w.boards(rt)); diff != "" {
			rt.Fatalf("reading changed the board (-before +after):\n%s", diff)
		}
	case "admin":
		ev := w.event("boss")
		ev.Admin = true
		ev.Command = &chat.Command{Name: rapid.SampledFrom([]string{"post", "reveal", "skip", "void", "pause", "resume"}).Draw(rt, "command"), Args: ""}
		if ev.Command.Name == "void" {
			ev.Command.Args = "a reason"
		}
		_, _ = w.bot.Handle(w.t.Context(), ev) // may fail with the network
	case "faults":
		faults := rapid.SliceOfN(rapid.IntRange(0, 2), 0, 5).Draw(rt, "faults")
		w.network.fail = func(call string) fault {
			if len(faults) == 0 {
				return fine
			}
			f := fault(faults[0])
			faults = faults[1:]
			return f
		}
	}
}

// any gives a command, which must not fail: it needs no network.
func (w *world) any(rt *rapid.T, member, name, args string) {
	ev := w.event(member)
	ev.Command = &chat.Command{Name: name, Args: args}
	if _, err := w.bot.Handle(w.t.Context(), ev); err != nil {
		rt.Fatalf("%s: %v", name, err)
	}
}

type reading struct {
	Board  []store.Standing
	Streak map[string]store.Streak
}

func (w *world) boards(rt *rapid.T) reading {
	board, err := w.store.Board(studyChannel, firstDay, lastDay)
	if err != nil {
		rt.Fatal(err)
	}
	r := reading{Board: board, Streak: map[string]store.Streak{}}
	for _, m := range []string{"ada", "bob", "cyd"} {
		if r.Streak[m], err = w.store.Streak(studyChannel, chat.MemberID(m)); err != nil {
			rt.Fatal(err)
		}
	}
	return r
}

func (w *world) checkYear(rt *rapid.T) {
	for key, n := range w.network.perKey() {
		if n != 1 {
			rt.Fatalf("%s was posted %d times", key, n)
		}
	}
	own := map[store.Day]int{}
	if err := w.store.Entries(0, func(e store.Entry) error {
		if e.What == store.WasAsked && !e.Extra {
			own[e.Day]++
		}
		return nil
	}); err != nil {
		rt.Fatal(err)
	}
	for d, n := range own {
		if n > 1 || !DefaultSchedule(nil).Works(d) {
			rt.Fatalf("%s had %d questions", d, n)
		}
	}
	before := w.boards(rt)
	for _, s := range before.Board {
		if s.Points.Points < 0 || s.Answered <= 0 || s.Known > s.Answered {
			rt.Fatalf("standing: %+v", s)
		}
	}
	if _, err := w.store.Verify(w.t.TempDir()); err != nil {
		rt.Fatal(err)
	}
	if err := w.store.Rebuild(); err != nil {
		rt.Fatal(err)
	}
	if diff := cmp.Diff(before, w.boards(rt)); diff != "" {
		rt.Fatalf("a replay gives another board (-stored +replayed):\n%s", diff)
	}
}
