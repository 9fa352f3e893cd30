package store

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"studybot/bot/chat"
	"studybot/knowledge"
)

func askDeck(t *testing.T, s *Store, deck string, day Day, at time.Time) (Question, error) {
	t.Helper()
	return s.Ask(Asking{Channel: study, Deck: deck, Day: day, Card: knowledge.Card{ID: knowledge.ID("c" + deck)}, At: at})
}

func TestDecks(t *testing.T) {
	s := open(t)
	own, err := askDeck(t, s, "", "2026-03-02", monday)
	if err != nil {
		t.Fatal(err)
	}
	db, err := askDeck(t, s, "db", "2026-03-02", monday.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := askDeck(t, s, "db", "2026-03-03", monday); !errors.Is(err, ErrStillOpen) {
		t.Errorf("a second question of a deck: %v", err)
	}
	near := Channel{Network: study.Network, ID: study.ID + "2"} // whose name begins with the channel's
	if _, err := s.Ask(Asking{Channel: near, Day: "2026-03-02", Card: knowledge.Card{ID: "c"}, At: monday}); err != nil {
		t.Fatal(err)
	}
	ids := func() (ids []QuestionID) {
		qs, err := s.OpenQuestions(study)
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range qs {
			ids = append(ids, q.ID)
		}
		return ids
	}
	if diff := cmp.Diff([]QuestionID{db.ID, own.ID}, ids()); diff != "" {
		t.Errorf("open questions (-want +got):\n%s", diff)
	}
	for deck, want := range map[string]bool{"": true, "db": true, "net": false} {
		if taken, err := s.DayTaken(study, deck, "2026-03-02"); err != nil || taken != want {
			t.Errorf("the day of deck %q is taken: %v %v", deck, taken, err)
		}
	}
	if _, err := s.Reply(own.ID, Reply{Member: "ada", At: monday}, takingPart); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Reveal(own.ID, "", monday.Add(2*time.Hour), tenths); err != nil {
		t.Fatal(err)
	}
	if q, ok, err := s.OpenIn(study, "db"); !ok || err != nil || q.ID != db.ID {
		t.Errorf("the other deck's question: %s %v", q.ID, err)
	}
	// The deck's own question is the last of its deck, though another deck's came later and is open.
	if r, err := s.Reply(own.ID, Reply{Member: "bob", At: monday}, takingPart); err != nil || !r.Late {
		t.Errorf("a late reply: %+v %v", r, err)
	}
	if err := s.Void(db.ID, "boss", "", monday.Add(3*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if taken, _ := s.DayTaken(study, "db", "2026-03-02"); !taken {
		t.Error("the day of the withdrawn question is free again")
	}
	if _, err := s.Verify(t.TempDir()); err != nil {
		t.Error(err)
	}
}

// A day on which any deck had a question is a day of the streak; answering one of them keeps it.
func TestStreakOverDecks(t *testing.T) {
	s := open(t)
	for i, decks := range [][]string{{"", "db"}, {"db"}, {"", "db"}, {"net"}} {
		at := monday.AddDate(0, 0, i)
		for j, deck := range decks {
			q, err := askDeck(t, s, deck, Day(at.Format(time.DateOnly)), at)
			if err != nil {
				t.Fatal(err)
			}
			if j == i%2 || len(decks) == 1 {
				if _, err := s.Reply(q.ID, Reply{Member: "ada", At: at}, takingPart); err != nil {
					t.Fatal(err)
				}
			}
			if deck != "net" {
				if _, err := s.Reveal(q.ID, "", at.Add(time.Hour), tenths); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	for m, want := range map[chat.MemberID]Streak{
		"ada": {Current: 4, Best: 4, Freezes: MaxFreezes, Today: true},
		"bob": {Freezes: MaxFreezes},
	} {
		if got, err := s.Streak(study, m); err != nil || got != want {
			t.Errorf("%s: %+v %v, want %+v", m, got, err, want)
		}
	}
}

func TestRemind(t *testing.T) {
	s := open(t)
	q := ask(t, s, 0)
	act, err := s.Remind(q.ID, monday)
	if err != nil || act.Key != q.ID.RemindKey() || act.Channel != study {
		t.Fatalf("%+v %v", act, err)
	}
	if _, err := s.Remind(q.ID, monday); !errors.Is(err, ErrClosed) {
		t.Errorf("reminded twice: %v", err)
	}
	if acts, _ := s.Pending(); len(acts) != 2 {
		t.Errorf("pending: %+v", acts)
	}
	if err := s.Posted(act, "m9", monday); err != nil {
		t.Fatal(err)
	}
	if of, ok, err := s.QuestionOf(study, "m9"); !ok || err != nil || of.ID != q.ID {
		t.Errorf("the reminder belongs to %s: %v", of.ID, err)
	}
	next := ask(t, open(t), 0)
	if _, err := s.Remind(next.ID, monday); err == nil {
		t.Error("reminded of a question of another store")
	}
}

func TestSettings(t *testing.T) {
	path := filepath.Join(t.TempDir(), "studybot.db")
	s, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	for i, set := range []Settings{{Deck: "db", Post: "14:00"}, {Zone: "Asia/Shanghai", Post: "09:30"}, {Deck: "db", Post: "15:00", Off: true}} {
		if err := s.Set(study, set, "boss", monday.Add(time.Duration(i)*time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	want := map[Channel][]Settings{study: {
		{Zone: "Asia/Shanghai", Post: "09:30", By: "boss", At: monday.Add(time.Hour)},
		{Deck: "db", Post: "15:00", Off: true, By: "boss", At: monday.Add(2 * time.Hour)},
	}}
	got, err := s.Settings()
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("settings: %v (-want +got):\n%s", err, diff)
	}
	if _, err := PeekSettings(path); !errors.Is(err, ErrLocked) {
		t.Errorf("a store in use: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if got, err := PeekSettings(path); err != nil || !cmp.Equal(want, got) {
		t.Errorf("read beside: %+v %v", got, err)
	}
	if _, err := PeekSettings(path + "-not-there"); err == nil {
		t.Error("a store that is not there was read")
	}
}
