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
// wherever the clock jumps, whatever is set: a working day has one question and one reminder of each deck at most,
// nothing is posted twice, the boards are what a replay gives, reading changes nothing, and points are never negative.
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
	switch rapid.SampledFrom([]string{"later", "later", "later", "back", "restart", "answer", "answer", "late press", "hide", "read", "admin", "setup", "faults"}).Draw(rt, "step") {
	case "later":
		w.now = w.now.Add(time.Duration(rapid.IntRange(1, 20*60).Draw(rt, "minutes")) * time.Minute)
		_ = w.bot.Tick(w.t.Context(), w.now) // what fails is tried again
	case "back":
		_ = w.bot.Tick(w.t.Context(), w.now.Add(-time.Duration(rapid.IntRange(1, 48).Draw(rt, "hours"))*time.Hour))
	case "restart":
		w.start()
	case "hide":
		w.any(rt, member, "hide", rapid.SampledFrom([]string{"on", "off", "delete yes"}).Draw(rt, "hide"))
	case "answer":
		w.any(rt, member, "answer", rapid.SampledFrom([]string{"no idea", "both sides confirm", "one thread needs no locks"}).Draw(rt, "text"))
	case "late press":
		if n := len(w.network.messages); n > 0 {
			ev := w.event(member)
			ev.Reply = &chat.Reply{To: w.network.messages[rapid.IntRange(0, n-1).Draw(rt, "message")].id, Text: "in the thread"}
			_, _ = w.bot.Handle(w.t.Context(), ev)
		}
	case "read":
		w.read(rt, member)
	case "admin":
		ev := w.event("boss")
		ev.Admin = true
		ev.Command = &chat.Command{Name: rapid.SampledFrom([]string{"post", "reveal", "skip", "void", "pause", "resume", "correct"}).Draw(rt, "command")}
		if ev.Command.Name != "pause" {
			ev.Command.Args = rapid.SampledFrom([]string{"", "deck=db", "deck= ", "tcp"}).Draw(rt, "deck")
		}
		if ev.Command.Name == "void" {
			ev.Command.Args += " a reason"
		}
		res, _ := w.bot.Handle(w.t.Context(), ev) // may fail with the network
		if form := res.Form; form != nil {
			ev.Command, ev.Submit = nil, &chat.Submit{Action: form.Action, Values: map[string]string{
				answerField: rapid.SampledFrom([]string{"One thread needs no locks.", "Both sides confirm.", ""}).Draw(rt, "truth"), reasonField: "the note was wrong"}}
			_, _ = w.bot.Handle(w.t.Context(), ev)
		}
	case "setup":
		w.setUp(rt, rapid.SampledFrom([]string{
			"deck=db topic=Redis post=10:00 reveal=16:00", "deck=db off", "deck=tcp topic=TCP reminder=17:00", "deck=db days=mon,wed reminder=12:00",
			"off", "on", "zone=Asia/Shanghai", "zone=America/New_York", "zone=UTC", "reminder=12:00", "reminder=off", "threads=none", "threads=answers", "post=11:00 reveal=10:00", "post=nonsense",
		}).Draw(rt, "settings"))
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

// read gives all commands that only read, which must change nothing.
func (w *world) read(rt *rapid.T, member string) {
	before := w.boards(rt)
	for _, name := range []string{"me", "top", "why", "question", "help", "correct", "audit", "review"} {
		w.any(rt, member, name, "")
	}
	for _, args := range []string{"", "deck=db"} {
		w.setUp(rt, args)
	}
	ev := w.event(member)
	ev.Complete = &chat.Complete{Command: "ask", Text: "re"}
	if _, err := w.bot.Handle(w.t.Context(), ev); err != nil {
		rt.Fatal(err)
	}
	if diff := cmp.Diff(before, w.boards(rt)); diff != "" {
		rt.Fatalf("reading changed the board (-before +after):\n%s", diff)
	}
}

// setUp gives the command of an admin that needs no network, and must not fail.
func (w *world) setUp(rt *rapid.T, args string) {
	ev := w.event("boss")
	ev.Admin, ev.Command = true, &chat.Command{Name: "setup", Args: args}
	if _, err := w.bot.Handle(w.t.Context(), ev); err != nil {
		rt.Fatalf("setup %s: %v", args, err)
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
	own, reminded := map[string]int{}, map[store.QuestionID]int{}
	if err := w.store.Entries(0, func(e store.Entry) error {
		if e.What == store.WasAsked && !e.Extra {
			if !DefaultSchedule(nil).Works(e.Day) {
				rt.Fatalf("asked on %s", e.Day)
			}
			own[string(e.Day)+e.Deck]++
		}
		if e.What == store.WasReminded {
			reminded[e.Question]++
		}
		return nil
	}); err != nil {
		rt.Fatal(err)
	}
	for d, n := range own {
		if n > 1 {
			rt.Fatalf("%s had %d questions", d, n)
		}
	}
	for q, n := range reminded {
		if n > 1 {
			rt.Fatalf("%s was reminded of %d times", q, n)
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
