package store

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"

	"studybot/bot/chat"
	"studybot/knowledge"
)

var (
	study  = Channel{Network: "terminal", ID: "study"}
	monday = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
)

func open(t testing.TB) *Store {
	t.Helper()
	s, err := Open(filepath.Join(t.TempDir(), "studybot.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func day(n int) (Day, time.Time) {
	at := monday.AddDate(0, 0, n)
	return Day(at.Format(time.DateOnly)), at
}

func ask(t testing.TB, s *Store, n int, extra ...bool) Question {
	t.Helper()
	d, at := day(n)
	q, err := s.Ask(Asking{Channel: study, Day: d, Card: knowledge.Card{ID: knowledge.ID(fmt.Sprint("card", n)), Question: "?"}, Extra: len(extra) > 0 && extra[0], At: at})
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func reply(t testing.TB, s *Store, q Question, member string, score float64) {
	t.Helper()
	r := Reply{Member: chat.MemberID(member), Name: strings.ToUpper(member), Text: "because", Grade: knowledge.Grade{Score: score}, At: q.At}
	before, _, err := s.ReplyOf(q.ID, r.Member)
	if err != nil {
		t.Fatal(err)
	}
	r.First = before.first()
	if _, err := s.Reply(q.ID, r, takingPart); err != nil {
		t.Fatal(err)
	}
}

func takingPart(r Reply) Award { return Award{Member: r.Member, Points: 2, Taking: 2} }

func tenths(rs []Reply) (as []Award) {
	for _, r := range rs {
		as = append(as, Award{Member: r.Member, Points: int(r.Grade.Score * 10), Known: r.Grade.Band() == knowledge.Known})
	}
	return as
}

func reveal(t testing.TB, s *Store, q Question) {
	t.Helper()
	if _, err := s.Reveal(q.ID, "", q.At.Add(9*time.Hour), tenths); err != nil {
		t.Fatal(err)
	}
}

func TestAnExtraQuestionDoesNotMendAStreak(t *testing.T) {
	s := open(t)
	for n := range 4 { // answered once, then missed until the freezes are spent
		q := ask(t, s, n)
		if n == 0 {
			reply(t, s, q, "ada", 1)
		}
		reveal(t, s, q)
	}
	ask(t, s, 3, true)
	if st, err := s.Streak(study, "ada"); err != nil || st.Current != 0 {
		t.Errorf("streak: %+v %v", st, err)
	}
}

func TestQuestionOfTheDay(t *testing.T) {
	s := open(t)
	q := ask(t, s, 0)
	acts, err := s.Pending()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Act{{Key: q.ID.PostKey(), Channel: study, Question: q.ID}}, acts); diff != "" {
		t.Errorf("pending after Ask (-want +got):\n%s", diff)
	}
	if len(q.ID.RevealKey()) > 25 {
		t.Errorf("key %s is longer than 25 bytes", q.ID.RevealKey())
	}
	for range 2 { // a second time changes nothing
		if err := s.Posted(acts[0], "m1", monday); err != nil {
			t.Fatal(err)
		}
	}
	if got, ok, err := s.QuestionOf(study, "m1"); err != nil || !ok || got.ID != q.ID {
		t.Errorf("QuestionOf: %v %v %v", got.ID, ok, err)
	}
	reply(t, s, q, "ada", 0.2)
	reply(t, s, q, "bob", 0.5)
	reply(t, s, q, "ada", 0.9)
	if got, _, _ := s.OpenQuestion(study); got.Replies != 2 || got.Message != "m1" {
		t.Errorf("open question: %+v", got)
	}
	reveal(t, s, q)
	board, err := s.Board(study, "2026-03-02", "2026-03-02")
	if err != nil {
		t.Fatal(err)
	}
	want := []Standing{
		{Rank: 1, Member: "ada", Name: "ADA", Points: Points{Points: 9, Answered: 1, Known: 1}},
		{Rank: 2, Member: "bob", Name: "BOB", Points: Points{Points: 5, Answered: 1}},
	}
	if diff := cmp.Diff(want, board); diff != "" {
		t.Errorf("board (-want +got):\n%s", diff)
	}
	if _, err := s.Reply(q.ID, Reply{Member: "ada", At: monday}, takingPart); !errors.Is(err, ErrClosed) {
		t.Errorf("a second reply after the reveal: %v, want ErrClosed", err)
	}
	if _, err := s.Reveal(q.ID, "", monday, tenths); !errors.Is(err, ErrClosed) {
		t.Errorf("a second reveal: %v, want ErrClosed", err)
	}
}

func TestOneQuestionADay(t *testing.T) {
	s := open(t)
	first := ask(t, s, 0)
	again := Asking{Channel: study, Day: "2026-03-02", Card: knowledge.Card{ID: "x"}, At: monday}
	if _, err := s.Ask(again); !errors.Is(err, ErrStillOpen) {
		t.Errorf("while one is open: %v, want ErrStillOpen", err)
	}
	reveal(t, s, first)
	if _, err := s.Ask(again); !errors.Is(err, ErrDayTaken) {
		t.Errorf("after the reveal: %v, want ErrDayTaken", err)
	}
	if _, err := s.Skip(Skipping{Channel: study, Day: "2026-03-02", At: monday}); !errors.Is(err, ErrDayTaken) {
		t.Errorf("skipping the day after the reveal: %v, want ErrDayTaken", err)
	}
	again.Extra = true
	if _, err := s.Ask(again); err != nil {
		t.Errorf("one more: %v", err)
	}
	other := again
	other.Channel.ID = "other"
	if _, err := s.Ask(other); err != nil {
		t.Errorf("another channel: %v", err)
	}
}

func TestSkippedDay(t *testing.T) {
	s := open(t)
	if _, err := s.Skip(Skipping{Channel: study, Day: "2026-03-02", Actor: "ada", Reason: "holiday", At: monday}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Ask(Asking{Channel: study, Day: "2026-03-02", Card: knowledge.Card{ID: "x"}, At: monday}); !errors.Is(err, ErrDayTaken) {
		t.Errorf("Ask on a skipped day: %v, want ErrDayTaken", err)
	}
}

func TestStreak(t *testing.T) {
	tests := []struct {
		name string
		days string // one letter a day: x an extra one, a answered and revealed, l answered late, - not answered, v or V voided before or after the reveal though answered, n none asked, o open, A open and answered
		want Streak
	}{
		{"nothing asked yet", "", Streak{Freezes: 2}},
		{"three in a row", "aaa", Streak{Current: 3, Best: 3, Freezes: 2, Today: true}},
		{"a missed day costs a freeze", "aa-a", Streak{Current: 3, Best: 3, Freezes: 1, Today: true}},
		{"the third missed day breaks it, and the freezes are back", "a-a-a-", Streak{Best: 3, Freezes: 2}},
		{"a streak of nothing costs no freeze", "---a", Streak{Current: 1, Best: 1, Freezes: 2, Today: true}},
		{"days without a question do not break it", "aannna", Streak{Current: 3, Best: 3, Freezes: 2, Today: true}},
		{"a voided question neither counts nor breaks it", "ava", Streak{Current: 2, Best: 2, Freezes: 2, Today: true}},
		{"one voided after the reveal neither", "aVa", Streak{Current: 2, Best: 2, Freezes: 2, Today: true}},
		{"an extra question neither counts nor breaks it", "axa", Streak{Current: 2, Best: 2, Freezes: 2, Today: true}},
		{"a late answer counts", "al", Streak{Current: 2, Best: 2, Freezes: 2, Today: true}},
		{"an open question does not break it", "aao", Streak{Current: 2, Best: 2, Freezes: 2}},
		{"an answer to the open question counts", "aaA", Streak{Current: 3, Best: 3, Freezes: 2, Today: true}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := open(t)
			for n, what := range tt.days {
				if what == 'n' {
					continue
				}
				q := ask(t, s, n, what == 'x')
				reply(t, s, q, "bob", 1)
				if strings.ContainsRune("avVA", what) {
					reply(t, s, q, "ada", 1)
				}
				switch what {
				case 'a', '-', 'x', 'V', 'l':
					reveal(t, s, q)
				}
				switch what {
				case 'l':
					reply(t, s, q, "ada", 1)
				case 'v', 'V':
					if err := s.Void(q.ID, "bob", "a wrong note", q.At); err != nil {
						t.Fatal(err)
					}
				}
			}
			got, err := s.Streak(study, "ada")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("streak (-want +got):\n%s", diff)
			}
		})
	}
}

func TestVoidTakesPointsBack(t *testing.T) {
	s := open(t)
	var qs []Question
	for n := range 2 {
		q := ask(t, s, n)
		reply(t, s, q, "ada", 1)
		reply(t, s, q, "bob", 0.5)
		reveal(t, s, q)
		reply(t, s, q, "cyd", 1) // late
		qs = append(qs, q)
	}
	if err := s.Void(qs[0].ID, "boss", "the note was wrong", monday); err != nil {
		t.Fatal(err)
	}
	if err := s.Void(qs[0].ID, "boss", "", monday); !errors.Is(err, ErrClosed) {
		t.Errorf("a second time: %v, want ErrClosed", err)
	}
	board, err := s.Board(study, "", "9999")
	if err != nil {
		t.Fatal(err)
	}
	want := []Standing{
		{Rank: 1, Member: "ada", Name: "ADA", Points: Points{Points: 10, Answered: 1, Known: 1}},
		{Rank: 2, Member: "bob", Name: "BOB", Points: Points{Points: 5, Answered: 1}},
		{Rank: 3, Member: "cyd", Name: "CYD", Points: Points{Points: 2, Answered: 1}},
	}
	if diff := cmp.Diff(want, board); diff != "" {
		t.Errorf("board (-want +got):\n%s", diff)
	}
	history, err := s.History(study, "cyd", 10)
	if err != nil || len(history) != 2 || !history[0].Reply.Late || history[0].Award.Points != 2 || history[1].Question.Reason != "the note was wrong" || history[1].Award.Points != 0 {
		t.Errorf("history: %+v %v", history, err)
	}
	if _, err := s.Verify(t.TempDir()); err != nil {
		t.Error(err)
	}
}

func TestBoardTies(t *testing.T) {
	s := open(t)
	q := ask(t, s, 0)
	for member, score := range map[string]float64{"ada": 0.5, "bob": 0.9, "cyd": 0.9, "dan": 0.1} {
		reply(t, s, q, member, score)
	}
	reveal(t, s, q)
	board, err := s.Board(study, "", "9999-12-31")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, st := range board {
		got = append(got, fmt.Sprint(st.Rank, " ", st.Name))
	}
	if diff := cmp.Diff([]string{"1 BOB", "1 CYD", "3 ADA", "4 DAN"}, got); diff != "" {
		t.Errorf("ranks (-want +got):\n%s", diff)
	}
}

func TestConcurrentReplies(t *testing.T) {
	s := open(t)
	q := ask(t, s, 0)
	const members = 64
	var wg sync.WaitGroup
	for n := range members {
		wg.Go(func() {
			for range 3 {
				r := Reply{Member: chat.MemberID(fmt.Sprint("m", n)), Name: "x", Grade: knowledge.Grade{Score: 1}, At: monday}
				if _, err := s.Reply(q.ID, r, takingPart); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	rs, err := s.Replies(q.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got, _, _ := s.OpenQuestion(study); len(rs) != members || got.Replies != members {
		t.Errorf("%d replies stored, %d counted, want %d", len(rs), got.Replies, members)
	}
	if _, err := s.Verify(t.TempDir()); err != nil {
		t.Error(err)
	}
}

func TestVerifyFindsADifference(t *testing.T) {
	s := open(t)
	q := ask(t, s, 0)
	reply(t, s, q, "ada", 1)
	reveal(t, s, q)
	if err := s.db.Update(func(tx *bbolt.Tx) error {
		return bucket(tx, boardsFold, study.String(), "2026-03-02").Put([]byte("ada"), []byte(`{"points":99}`))
	}); err != nil {
		t.Fatal(err)
	}
	_, err := s.Verify(t.TempDir())
	if err == nil || !strings.Contains(err.Error(), "boards/terminal/study/2026-03-02/ada") {
		t.Errorf("Verify: %v, want the place of the difference", err)
	}
	if err := s.Rebuild(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Verify(t.TempDir()); err != nil {
		t.Errorf("after Rebuild: %v", err)
	}
	if err := s.db.Update(func(tx *bbolt.Tx) error { return bucket(tx, repliesFold, string(q.ID)).SetSequence(2) }); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Verify(t.TempDir()); err == nil || !strings.Contains(err.Error(), "replies/"+string(q.ID)) {
		t.Errorf("Verify of a wrong count: %v, want the place of the difference", err)
	}
}
