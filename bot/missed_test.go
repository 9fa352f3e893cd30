package bot

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// What is due too late to be of use is not posted, whenever the bot was stopped: the channel is told once.
func TestTooLateToPost(t *testing.T) {
	tests := []struct {
		name, begun, restarted string
		lose                   string // the call whose message was lost when the bot stopped
		want                   []string
	}{
		{"a question with time to answer is posted late", "2026-03-02T09:00:00Z", "2026-03-02T16:59:00Z", "post", []string{"Question"}},
		{"a question just before its reveal is not", "2026-03-02T09:00:00Z", "2026-03-02T17:45:00Z", "post", []string{"No question on 2026-03-02"}},
		{"a question after its reveal is not", "2026-03-02T09:00:00Z", "2026-03-02T21:00:00Z", "post", []string{"No question on 2026-03-02"}},
		{"a question of the day before is not, and today's is", "2026-03-02T09:00:00Z", "2026-03-03T09:10:00Z", "post", []string{"No question on 2026-03-02", "Question"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			w.network.fail = func(call string) fault {
				if call == tt.lose {
					return lost
				}
				return fine
			}
			_ = w.bot.Tick(t.Context(), moment(t, tt.begun))
			w.network.fail = nil
			w.start()
			w.at(tt.restarted)
			w.at(tt.restarted)
			var got []string
			for _, m := range w.network.messages {
				text := strings.TrimSpace(read(&m.message))
				for _, begin := range tt.want {
					if strings.HasPrefix(text, begin) {
						text = begin
					}
				}
				got = append(got, text)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("messages (-want +got):\n%s", diff)
			}
			if _, err := w.store.Verify(t.TempDir()); err != nil {
				t.Error(err)
			}
		})
	}
}

// A reminder that was decided and not posted is left out once the reveal is due.
func TestNoReminderAfterTheReveal(t *testing.T) {
	w := newWorld(t)
	w.now = moment(t, "2026-03-02T08:00:00Z")
	w.admin("setup", "reminder=16:30")
	w.at("2026-03-02T09:00:00Z")
	for _, m := range []string{"ada", "bob", "cyd"} {
		w.command(m, "answer", "a try")
	}
	w.at("2026-03-02T18:00:00Z")
	w.at("2026-03-03T09:00:00Z")
	w.network.fail = func(string) fault { return lost }
	_ = w.bot.Tick(t.Context(), moment(t, "2026-03-03T16:30:00Z"))
	if acts, err := w.store.Pending(); err != nil || len(acts) != 1 || !acts[0].Remind {
		t.Fatalf("pending: %+v %v", acts, err)
	}
	w.network.fail = nil
	w.start()
	w.at("2026-03-03T18:05:00Z")
	if n := w.reminders(); n != 0 {
		t.Errorf("%d reminders after the reveal was due: %q", n, w.network.titles())
	}
	if acts, err := w.store.Pending(); err != nil || len(acts) != 0 {
		t.Errorf("still pending: %+v %v", acts, err)
	}
}

// A deck that is asked seldom misses its day, too, however often the other decks were asked since.
func TestASeldomDeckIsMissed(t *testing.T) {
	w := newWorld(t)
	w.now = moment(t, "2026-03-02T08:00:00Z")
	w.admin("setup", "deck=db topic=Redis post=09:30 reveal=17:00")
	w.admin("setup", "deck=tcp topic=TCP post=10:00 reveal=17:00")
	w.admin("setup", "deck=web topic=nginx post=07:00 reveal=08:50 days=fri")
	for d := range 11 { // the last is a Thursday
		for _, at := range []string{"07:00", "09:00", "09:30", "10:00", "17:00", "18:00"} {
			when := moment(t, "2026-03-02T"+at+":00Z").AddDate(0, 0, d)
			if err := w.bot.Tick(t.Context(), when); err != nil {
				t.Fatal(err)
			}
		}
	}
	w.start()
	w.at("2026-03-14T09:00:00Z") // the bot was down on Friday
	var told int
	for _, m := range w.network.messages {
		if strings.Contains(read(&m.message), "web 2026-03-13") {
			told++
		}
	}
	if told != 1 {
		t.Errorf("told %d times that the deck missed its day:\n%q", told, w.network.titles())
	}
}

func TestAPauseWithoutEnd(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T08:00:00Z")
	begin := time.Now()
	wantIn(t, read(w.admin("pause", "9998-12-31").Private), "Paused.")
	wantIn(t, read(w.command("ada", "question", "").Private), "until further notice")
	wantIn(t, read(w.admin("resume", "").Private), "09:00")
	if d := time.Since(begin); d > 10*time.Second {
		t.Errorf("it took %v to look for the next question", d)
	}
}

// Where nothing is open, a late answer is to the question revealed last, whatever became of another deck's.
func TestALateAnswerOverDecks(t *testing.T) {
	w := newWorld(t)
	w.now = moment(t, "2026-03-02T08:00:00Z")
	w.admin("setup", "deck=tcp topic=TCP post=10:00 reveal=17:00")
	w.at("2026-03-02T09:00:00Z")
	own := w.open()
	w.at("2026-03-02T10:00:00Z")
	w.admin("skip", "tcp too hard")
	w.at("2026-03-02T18:00:00Z")
	wantIn(t, read(w.command("ada", "answer", "late").Private), "counts for taking part")
	if _, ok, err := w.store.ReplyOf(own.ID, "ada"); !ok || err != nil {
		t.Errorf("the late answer is lost: %v", err)
	}
	wantIn(t, read(w.admin("void", "wrong").Private), "Which question?", own.Card.Question) // that of one deck is withdrawn already
	wantIn(t, read(w.command("ada", "why", "").Private), "2 for taking part, after the reveal")
	wantIn(t, read(w.command("ada", "why", "0").Private), "50 at most")
	wantIn(t, read(w.admin("audit", "").Private), "deck=tcp post=10:00 reveal=17:00 topic=TCP")
}

// A card that is open in one deck is not asked in another at the same time.
func TestOneCardIsNotOpenTwice(t *testing.T) {
	w := newWorld(t)
	w.now = moment(t, "2026-03-02T08:00:00Z")
	w.admin("setup", "deck=tcp topic=TCP post=09:00 reveal=18:00")
	w.admin("setup", "deck=tcp2 topic=TCP post=10:00 reveal=18:00")
	for _, at := range []string{"2026-03-02T09:00:00Z", "2026-03-02T10:00:00Z", "2026-03-02T10:01:00Z"} {
		w.at(at)
	}
	open, err := w.store.OpenQuestions(studyChannel)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{}
	for _, q := range open {
		if other, ok := seen[q.Card.Question]; ok {
			t.Errorf("%q is open in the decks %q and %q", q.Card.Question, other, q.Deck)
		}
		seen[q.Card.Question] = fmt.Sprint(q.Deck)
	}
}
