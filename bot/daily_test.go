package bot

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"studybot/bot/chat"
	"studybot/store"
)

func TestNoQuestionOnWeekends(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-07T10:00:00Z")
	w.at("2026-03-08T10:00:00Z")
	if titles := w.network.titles(); len(titles) > 0 {
		t.Errorf("on a weekend: %q", titles)
	}
	wantIn(t, read(w.command("ada", "question", "").Private), "Monday 9 March, 09:00")
}

func TestPostRevealSkip(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T08:00:00Z")
	wantIn(t, read(w.admin("post", "").Private), "Done")
	wantIn(t, read(w.admin("post", "").Private), "A question is open")
	w.at("2026-03-02T09:00:00Z") // that was the question of the day
	wantIn(t, read(w.admin("reveal", "").Private), "Done")
	wantIn(t, read(w.admin("reveal", "").Private), "No question is open")
	wantIn(t, read(w.admin("skip", "").Private), "nothing to skip today")
	w.admin("post", "")
	wantIn(t, read(w.admin("skip", "a typo in it").Private), "withdrawn")
	w.at("2026-03-03T08:00:00Z")
	wantIn(t, read(w.admin("skip", "").Private), "No question will be asked on 2026-03-03")
	w.at("2026-03-03T09:00:00Z")
	w.at("2026-03-04T09:00:00Z")
	var kinds []string
	for _, title := range w.network.titles() {
		kind, _, _ := strings.Cut(title, " ")
		kinds = append(kinds, kind)
	}
	if diff := cmp.Diff([]string{"Question", "Answer:", "One", "Question"}, kinds); diff != "" {
		t.Errorf("messages (-want +got):\n%s", diff)
	}
	if got := w.network.messages[2].message.Context; !strings.HasPrefix(got, "Withdrawn") {
		t.Errorf("the withdrawn question says %q", got)
	}
}

func TestRevealBeforeThePost(t *testing.T) {
	w := newWorld(t)
	w.network.fail = func(call string) fault {
		if call == "post" {
			return lost
		}
		return fine
	}
	w.now = moment(t, "2026-03-02T09:00:00Z")
	_ = w.bot.Tick(t.Context(), w.now)
	wantIn(t, read(w.admin("reveal", "").Private), "It is decided")
	w.network.fail = nil
	w.at("2026-03-02T09:05:00Z")
	w.at("2026-03-02T18:00:00Z")
	w.at("2026-03-03T09:00:00Z")
	var kinds []string
	for _, title := range w.network.titles() {
		kind, _, _ := strings.Cut(title, " ")
		kinds = append(kinds, kind)
	}
	if diff := cmp.Diff([]string{"Question", "Answer:", "Question"}, kinds); diff != "" {
		t.Errorf("messages (-want +got):\n%s", diff)
	}
}

func TestWithdrawnWhileUncertain(t *testing.T) {
	w := newWorld(t)
	w.network.fail = func(call string) fault {
		if call == "post" {
			return late
		}
		return fine
	}
	w.now = moment(t, "2026-03-02T09:00:00Z")
	_ = w.bot.Tick(t.Context(), w.now)
	wantIn(t, read(w.admin("skip", "not today").Private), "withdrawn")
	if m := w.network.messages[0]; len(m.message.Buttons) != 0 {
		t.Error("the withdrawn question still has its button")
	}
}

func TestPostWhereNothingIsScheduled(t *testing.T) {
	w := newWorld(t)
	w.now = moment(t, "2026-03-02T09:00:00Z")
	ev := w.event("boss")
	ev.Admin, ev.Channel, ev.Command = true, "C2", &chat.Command{Name: "post"}
	wantIn(t, read(w.handle(ev).Private), "no question of the day")
}

func TestOverMidnight(t *testing.T) {
	w := newWorld(t)
	w.admin("setup", "post=22:00 reveal=09:00")
	w.at("2026-03-03T00:01:00Z") // Monday's question, two hours late
	if q := w.open(); q.Day != "2026-03-02" {
		t.Errorf("question of %s", q.Day)
	}
}

// Whatever the network does with each call, and however often the bot is stopped between the
// calls, a day has one question and one reveal.
func TestOnceWhateverTheNetworkDoes(t *testing.T) {
	for plan := range 3 * 3 * 3 * 3 {
		t.Run(fmt.Sprint(plan), func(t *testing.T) {
			w := newWorld(t)
			faults := plan
			w.network.fail = func(call string) fault {
				if call == "edit" || faults == 0 {
					return fine
				}
				f := fault(faults % 3)
				faults /= 3
				return f
			}
			for at := moment(t, "2026-03-02T09:00:00Z"); at.Before(moment(t, "2026-03-02T20:00:00Z")); at = at.Add(30 * time.Minute) {
				_ = w.bot.Tick(t.Context(), at) // what fails is tried again
				w.start()
			}
			for key, n := range w.network.perKey() {
				if n != 1 {
					t.Errorf("%s was posted %d times", key, n)
				}
			}
			if titles := w.network.titles(); len(titles) != 2 {
				t.Errorf("messages: %q", titles)
			}
			if acts, err := w.store.Pending(); err != nil || len(acts) > 0 {
				t.Errorf("still pending: %v %v", acts, err)
			}
		})
	}
}

func TestAPostThatNeverWorks(t *testing.T) {
	w := newWorld(t)
	w.network.fail = func(string) fault { return lost }
	for at := moment(t, "2026-03-02T09:00:00Z"); at.Before(moment(t, "2026-03-02T20:00:00Z")); at = at.Add(time.Hour) {
		if err := w.bot.Tick(t.Context(), at); (err != nil) != (at.Hour() == 9) {
			t.Fatalf("at %s, after it was told at 9: %v", at, err)
		}
	}
	w.network.fail = nil
	w.at("2026-03-02T20:00:00Z")
	if len(w.network.messages) != 1 {
		t.Fatalf("after the day's end: %q", w.network.titles())
	}
	wantIn(t, read(&w.network.messages[0].message), "No question on 2026-03-02")
	w.at("2026-03-03T09:00:00Z")
	if titles := w.network.titles(); len(titles) != 2 {
		t.Errorf("on the next day: %q", titles)
	}
	if s, err := w.store.Streak(studyChannel, "ada"); err != nil || s.Current != 0 || s.Freezes != store.MaxFreezes {
		t.Errorf("streak: %+v %v", s, err)
	}
}

func TestDownOverTheReveal(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T09:00:00Z")
	w.command("ada", "answer", w.open().Card.Answer)
	w.start()
	w.at("2026-03-04T09:30:00Z") // two days later
	var kinds []string
	for _, title := range w.network.titles() {
		kind, _, _ := strings.Cut(title, " ")
		kinds = append(kinds, kind)
	}
	if diff := cmp.Diff([]string{"Question", "Answer:", "", "Question"}, kinds); diff != "" { // and the day between was left out
		t.Errorf("messages (-want +got):\n%s", diff)
	}
	wantIn(t, read(w.command("ada", "top", "week").Private), "1 ada 10 1 1")
}

func TestDownAtTheHour(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T20:00:00Z") // the first start: nobody misses a question
	w.at("2026-03-03T12:00:00Z") // late, but in time to be answered
	w.at("2026-03-03T18:00:00Z")
	w.start()
	w.network.fail = func(call string) fault {
		if call == "post" && len(w.network.messages) == 2 {
			return late
		}
		return fine
	}
	for _, at := range []string{"2026-03-04T17:30:00Z", "2026-03-04T17:31:00Z", "2026-03-04T17:32:00Z"} {
		_ = w.bot.Tick(t.Context(), moment(t, at)) // the first answer of the network is lost
		w.start()
	}
	if len(w.network.messages) != 3 {
		t.Fatalf("messages: %q", w.network.titles())
	}
	wantIn(t, read(&w.network.messages[2].message), "No question on 2026-03-04")
}

func TestPreviewSaysWhatComes(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T08:00:00Z")
	wantIn(t, read(w.admin("preview", "many").Private), "How many days?")
	text := read(w.admin("preview", "4").Private)
	wantIn(t, text, "Few new questions are left (4)")
	for d := range 4 {
		at := moment(t, "2026-03-02T09:00:00Z").AddDate(0, 0, d)
		if err := w.bot.Tick(t.Context(), at); err != nil {
			t.Fatal(err)
		}
		wantIn(t, text, at.Format(time.DateOnly)+" "+w.open().Card.Question)
	}
}

func TestPause(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T08:00:00Z")
	wantIn(t, read(w.admin("pause", "yesterday").Private), "Until when?")
	wantIn(t, read(w.admin("pause", "2026-03-02").Private), "Until when?")
	wantIn(t, read(w.admin("pause", "2026-03-05").Private), "Paused until 2026-03-05")
	wantIn(t, read(w.command("ada", "question", "").Private), "Thursday 5 March, 09:00")
	w.at("2026-03-04T09:00:00Z")
	w.at("2026-03-04T20:00:00Z")
	if n := len(w.network.messages); n != 0 {
		t.Fatalf("in the pause: %q", w.network.titles())
	}
	w.at("2026-03-05T09:00:00Z")
	w.admin("pause", "")
	w.at("2026-03-05T18:00:00Z") // the reveal comes all the same
	w.at("2026-03-06T09:00:00Z")
	if n := len(w.network.messages); n != 2 {
		t.Fatalf("messages: %q", w.network.titles())
	}
	wantIn(t, read(w.command("ada", "question", "").Private), "paused until further notice")
	wantIn(t, read(w.admin("resume", "").Private), "Today's question comes in a moment")
	w.at("2026-03-06T09:05:00Z")
	if n := len(w.network.messages); n != 3 {
		t.Fatalf("after the pause: %q", w.network.titles())
	}
}

// A question that was just asked is not revealed at once because the zone was wrong.
func TestZoneChangeLeavesTimeToAnswer(t *testing.T) {
	w := newWorld(t)
	w.now = moment(t, "2026-03-02T08:00:00Z")
	w.admin("setup", "zone=America/Los_Angeles")
	w.at("2026-03-02T17:00:00Z") // 9 o'clock there
	q := w.open()
	w.admin("setup", "zone=Asia/Shanghai")
	w.at("2026-03-02T17:05:00Z")
	if w.open().ID != q.ID || len(w.network.messages) != 1 {
		t.Fatalf("five minutes after the question: %q", w.network.titles())
	}
	w.at("2026-03-03T01:00:00Z")
	if len(w.network.messages) != 3 {
		t.Errorf("at the next hour of a question: %q", w.network.titles())
	}
}
