package store

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"studybot/bot/chat"
	"studybot/knowledge"
)

// A model is what should come out: the points of each member for each question.
type model struct {
	points map[QuestionID]map[chat.MemberID]int
	state  map[QuestionID]State
	asked  []QuestionID
	own    map[Day]int // questions of the day that were not withdrawn
}

// Whatever is done in whatever order, the folds are what a replay of the ledger gives,
// a day has one question of its own, the last reply before the reveal counts, a late one counts
// for taking part, what is withdrawn counts for nobody, and points are never negative.
func TestAnyOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := open(t)
		at := monday
		m := model{points: map[QuestionID]map[chat.MemberID]int{}, state: map[QuestionID]State{}, own: map[Day]int{}}
		for range rapid.IntRange(1, 40).Draw(rt, "steps") {
			at = at.Add(time.Duration(rapid.IntRange(0, 30).Draw(rt, "hours")) * time.Hour)
			m.step(rt, s, at)
		}
		m.check(t, rt, s)
	})
}

func (m *model) step(rt *rapid.T, s *Store, at time.Time) {
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
			m.points[got.ID], m.state[got.ID] = map[chat.MemberID]int{}, StateOpen
			m.asked = append(m.asked, got.ID)
			if !extra {
				m.own[today]++
			}
		} else if !errors.Is(err, ErrStillOpen) && !errors.Is(err, ErrDayTaken) {
			rt.Fatal(err)
		}
	case "reply":
		if len(m.asked) > 0 {
			m.reply(rt, s, rapid.SampledFrom(m.asked).Draw(rt, "question"), at)
		}
	case "reveal":
		_, err := s.Reveal(q.ID, "", at, tenths)
		if (err == nil) != isOpen {
			rt.Fatalf("reveal while open is %v: %v", isOpen, err)
		}
		if err == nil {
			m.state[q.ID] = StateClosed
		}
	case "void":
		if len(m.asked) > 0 {
			id := rapid.SampledFrom(m.asked).Draw(rt, "question")
			if err := s.Void(id, "ada", "why not", at); (err == nil) != (m.state[id] != StateVoid) {
				rt.Fatalf("void of a question that is %s: %v", m.state[id], err)
			}
			m.state[id] = StateVoid
		}
	case "skip":
		if _, err := s.Skip(Skipping{Channel: study, Day: today, Notice: rapid.Bool().Draw(rt, "notice"), At: at}); err != nil && !errors.Is(err, ErrDayTaken) {
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

func (m *model) reply(rt *rapid.T, s *Store, id QuestionID, at time.Time) {
	member := chat.MemberID(rapid.SampledFrom([]string{"ada", "bob", "cyd"}).Draw(rt, "member"))
	score := rapid.Float64Range(0, 1).Draw(rt, "score")
	got, err := s.Reply(id, Reply{Member: member, Name: string(member), Grade: knowledge.Grade{Score: score}, At: at}, takingPart)
	_, before := m.points[id][member]
	late := m.state[id] == StateClosed && !before && id == m.asked[len(m.asked)-1]
	if isOpen := m.state[id] == StateOpen; (err == nil) != (isOpen || late) {
		rt.Fatalf("reply to a question that is %s, replied before %v: %v", m.state[id], before, err)
	}
	switch {
	case err != nil:
	case got.Late:
		m.points[id][member] = 2
	default:
		m.points[id][member] = int(score * 10)
	}
}

func (m *model) check(t *testing.T, rt *rapid.T, s *Store) {
	if _, err := s.Verify(t.TempDir()); err != nil {
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
	for d, n := range m.own {
		if n > 1 {
			rt.Fatalf("%s had %d questions of its own", d, n)
		}
	}
	want := map[chat.MemberID]int{}
	for id, points := range m.points {
		if m.state[id] == StateClosed {
			for member, n := range points {
				want[member] += n
			}
		}
	}
	got := map[chat.MemberID]int{}
	for _, st := range after {
		if st.Points.Points < 0 {
			rt.Fatalf("%s has %d points", st.Member, st.Points.Points)
		}
		got[st.Member] = st.Points.Points
	}
	if diff := cmp.Diff(want, got); diff != "" {
		rt.Fatalf("the replies do not make the board (-want +got):\n%s", diff)
	}
}
