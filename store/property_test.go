package store

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"studybot/bot/chat"
	"studybot/knowledge"
)

// Whatever is done in whatever order, the folds are what a replay of the ledger gives,
// a day has one question of its own, the last reply before the reveal counts, and
// points are never negative.
func TestAnyOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := open(t)
		at := monday
		last := map[QuestionID]map[chat.MemberID]float64{}
		own := map[Day]int{}
		for range rapid.IntRange(1, 40).Draw(rt, "steps") {
			at = at.Add(time.Duration(rapid.IntRange(0, 30).Draw(rt, "hours")) * time.Hour)
			today := Day(at.Format(time.DateOnly))
			q, isOpen, err := s.OpenQuestion(study)
			if err != nil {
				rt.Fatal(err)
			}
			switch rapid.SampledFrom([]string{"ask", "reply", "reply", "reply", "reveal", "void", "skip", "posted"}).Draw(rt, "act") {
			case "ask":
				extra := rapid.Bool().Draw(rt, "extra")
				got, err := s.Ask(Asking{Channel: study, Day: today, Card: knowledge.Card{ID: "c"}, Extra: extra, At: at})
				if err == nil {
					last[got.ID] = map[chat.MemberID]float64{}
					if !extra {
						own[today]++
					}
				} else if !errors.Is(err, ErrStillOpen) && !errors.Is(err, ErrDayTaken) {
					rt.Fatal(err)
				}
			case "reply":
				m := chat.MemberID(rapid.SampledFrom([]string{"ada", "bob", "cyd"}).Draw(rt, "member"))
				score := rapid.Float64Range(0, 1).Draw(rt, "score")
				err := s.Reply(q.ID, Reply{Member: m, Name: string(m), Grade: knowledge.Grade{Score: score}, At: at})
				if (err == nil) != isOpen {
					rt.Fatalf("reply while open is %v: %v", isOpen, err)
				}
				if err == nil {
					last[q.ID][m] = score
				}
			case "reveal":
				got, err := s.Reveal(q.ID, "", at, tenths)
				if (err == nil) != isOpen {
					rt.Fatalf("reveal while open is %v: %v", isOpen, err)
				}
				if err == nil && got.State != StateClosed {
					rt.Fatalf("revealed question is %s", got.State)
				}
			case "void":
				if err := s.Void(q.ID, "ada", "why not", at); (err == nil) != isOpen {
					rt.Fatalf("void while open is %v: %v", isOpen, err)
				}
			case "skip":
				if err := s.Skip(study, today, "ada", "", at); err != nil && !errors.Is(err, ErrDayTaken) {
					rt.Fatal(err)
				}
			case "posted":
				acts, err := s.Pending()
				if err != nil {
					rt.Fatal(err)
				}
				for _, a := range acts {
					if err := s.Posted(a, chat.MessageID("m-"+a.Key), at); err != nil {
						rt.Fatal(err)
					}
				}
			}
		}
		check(t, rt, s, last, own)
	})
}

func check(t *testing.T, rt *rapid.T, s *Store, last map[QuestionID]map[chat.MemberID]float64, own map[Day]int) {
	if err := s.Verify(t.TempDir()); err != nil {
		rt.Fatal(err)
	}
	before, err := s.Board(study, "", "9999")
	if err != nil {
		rt.Fatal(err)
	}
	if err := s.Rebuild(); err != nil {
		rt.Fatal(err)
	}
	after, err := s.Board(study, "", "9999")
	if err != nil {
		rt.Fatal(err)
	}
	if diff := cmp.Diff(before, after); diff != "" {
		rt.Fatalf("the board changed by a replay (-before +after):\n%s", diff)
	}
	for d, n := range own {
		if n > 1 {
			rt.Fatalf("%s had %d questions of its own", d, n)
		}
	}
	want := map[chat.MemberID]int{}
	for id, scores := range last {
		q, err := s.Question(id)
		if err != nil {
			rt.Fatal(err)
		}
		if q.State != StateClosed {
			continue
		}
		for m, score := range scores {
			want[m] += int(score * 10)
		}
	}
	got := map[chat.MemberID]int{}
	for _, st := range after {
		if st.Points.Points < 0 {
			rt.Fatalf("%s has %d points", st.Member, st.Points.Points)
		}
		got[st.Member] = st.Points.Points
	}
	if diff := cmp.Diff(fmt.Sprint(want), fmt.Sprint(got)); diff != "" {
		rt.Fatalf("the last replies do not make the board (-want +got):\n%s", diff)
	}
}
