package store

import (
	"errors"
	"strings"
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
	deck   map[QuestionID]string
	own    map[string]int // questions of the day, by day and deck
	late   map[QuestionID]map[chat.MemberID]bool
	hidden map[chat.MemberID]bool
}

// Whatever is done in whatever order, the folds are what a replay of the ledger gives,
// a day has one question of its own in each deck, the last reply before the reveal counts, a late one counts
// for taking part, what is withdrawn counts for nobody, who is forgotten keeps the points under a mark and the
// grades whatever is corrected later, and points are never negative.
func TestAnyOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := open(t)
		at := monday
		m := model{points: map[QuestionID]map[chat.MemberID]int{}, state: map[QuestionID]State{}, deck: map[QuestionID]string{}, own: map[string]int{}, late: map[QuestionID]map[chat.MemberID]bool{}, hidden: map[chat.MemberID]bool{}}
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
	deck := rapid.SampledFrom([]string{"", "", "内核"}).Draw(rt, "deck")
	switch rapid.SampledFrom([]string{"ask", "reply", "reply", "reply", "reveal", "void", "miss", "skip", "posted", "remind", "set", "correct", "regrade", "member", "forget", "read"}).Draw(rt, "act") {
	case "ask":
		m.ask(rt, s, deck, at)
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
	case "miss":
		if _, err := s.Miss(q.ID, "", at); (err == nil) != isOpen {
			rt.Fatalf("missed while open is %v: %v", isOpen, err)
		}
		if isOpen {
			m.state[q.ID] = StateVoid
		}
	case "member":
		m.member(rt, s, q.ID, at)
	case "forget":
		m.forget(rt, s, at)
	case "skip":
		if _, err := s.Skip(Skipping{Channel: study, Deck: deck, Day: today, Notice: rapid.Bool().Draw(rt, "notice"), At: at}); err != nil && !errors.Is(err, ErrDayTaken) {
			rt.Fatal(err)
		}
	case "remind":
		if _, err := s.Remind(q.ID, at); (err == nil) != (isOpen && !q.Reminded) {
			rt.Fatalf("reminded of a question that is open %v, reminded before %v: %v", isOpen, q.Reminded, err)
		}
	case "set":
		if err := s.Set(study, Settings{Deck: deck, Post: "10:00", Off: rapid.Bool().Draw(rt, "off")}, "ada", at); err != nil {
			rt.Fatal(err)
		}
	case "correct", "regrade":
		if len(m.asked) > 0 {
			m.regrade(rt, s, rapid.SampledFrom(m.asked).Draw(rt, "question"), at)
		}
	case "read":
		readingChangesNothing(rt, s)
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

// regrade gives all replies to a question another score, by a correction or by further references.
func (m *model) regrade(rt *rapid.T, s *Store, id QuestionID, at time.Time) {
	score := rapid.Float64Range(0, 1).Draw(rt, "new score")
	how := Regrading{Grade: func(Question, Reply) knowledge.Grade { return knowledge.Grade{Score: score} }, Award: func(rs []Reply) (as []Award) {
		for _, r := range rs {
			if r.Late {
				as = append(as, takingPart(r))
			} else {
				as = append(as, tenths([]Reply{r})...)
			}
		}
		return as
	}}
	correction := &Correction{Note: "n", Card: knowledge.Card{ID: "c", Answer: "better"}}
	err := s.Correct(Correcting{Question: id, Correction: correction, Actor: "boss", Reason: "why not", At: at}, how)
	if rapid.Bool().Draw(rt, "appeal") && err == nil {
		err = s.Regrade(id, []string{"also"}, "boss", "", at, how)
	}
	if (err == nil) != (m.state[id] != StateVoid) {
		rt.Fatalf("correction of a question that is %s: %v", m.state[id], err)
	}
	for member := range m.points[id] {
		if !m.late[id][member] && !strings.HasPrefix(string(member), "gone-") {
			m.points[id][member] = int(score * 10)
		}
	}
}

// member does what a member may do that brings no points, and an admin decides it.
func (m *model) member(rt *rapid.T, s *Store, open QuestionID, at time.Time) {
	member := chat.MemberID(rapid.SampledFrom([]string{"ada", "bob"}).Draw(rt, "member"))
	hide := rapid.Bool().Draw(rt, "hide")
	m.hidden[member] = hide
	if err := errors.Join(
		s.Hide(study, member, hide, at),
		s.Suggest(study, chat.Member{ID: member, Name: "X"}, knowledge.Card{Question: "?", Answer: "!"}, at),
		s.Practise(study, member, Practice{Card: "c", Day: "2026-03-02", Score: 1, At: at}),
		s.Pause(study, "2026-03-03", "boss", at),
	); err != nil {
		rt.Fatal(err)
	}
	_ = s.Appeal(open, member, "X", at) // there may be nothing to appeal against
	cases, err := s.Queue(study)
	if err != nil {
		rt.Fatal(err)
	}
	for _, c := range cases[:rapid.IntRange(0, len(cases)).Draw(rt, "decided")] {
		if _, err := s.Decide(study, c.Number, rapid.Bool().Draw(rt, "accepted"), "boss", "", at); err != nil {
			rt.Fatal(err)
		}
	}
}

func (m *model) forget(rt *rapid.T, s *Store, at time.Time) {
	member := chat.MemberID(rapid.SampledFrom([]string{"ada", "bob", "cyd"}).Draw(rt, "member"))
	if err := s.Forget(study.Network, member, at); err != nil {
		rt.Fatal(err)
	}
	var mark chat.MemberID
	if err := s.Entries(0, func(e Entry) error {
		mark = chat.MemberID(e.Actor) // of the last
		return nil
	}); err != nil {
		rt.Fatal(err)
	}
	for id, points := range m.points {
		if n, ok := points[member]; ok {
			points[mark], m.late[id][mark] = n, m.late[id][member]
			delete(points, member)
			delete(m.late[id], member)
		}
	}
	m.hidden[mark] = m.hidden[member]
	delete(m.hidden, member)
}

// readingChangesNothing reads what can be read: the ledger and the folds stay as they were.
func readingChangesNothing(rt *rapid.T, s *Store) {
	entries := func() (n int) {
		if err := s.Entries(0, func(Entry) error { n++; return nil }); err != nil {
			rt.Fatal(err)
		}
		return n
	}
	before := entries()
	_, auditErr := s.Audit(study, 10)
	_, aboutErr := s.About(study.Network, "ada")
	_, teamErr := s.TeamStreak(study, "")
	_, correctErr := s.Corrections(study)
	if err := errors.Join(auditErr, aboutErr, teamErr, correctErr); err != nil || entries() != before {
		rt.Fatalf("reading: %d entries, then %d: %v", before, entries(), err)
	}
}

func (m *model) ask(rt *rapid.T, s *Store, deck string, at time.Time) {
	today := Day(at.Format(time.DateOnly))
	extra := rapid.Bool().Draw(rt, "extra")
	got, err := s.Ask(Asking{Channel: study, Deck: deck, Day: today, Card: knowledge.Card{ID: "c"}, Extra: extra, At: at})
	if err == nil {
		m.points[got.ID], m.state[got.ID] = map[chat.MemberID]int{}, StateOpen
		m.late[got.ID] = map[chat.MemberID]bool{}
		m.asked, m.deck[got.ID] = append(m.asked, got.ID), deck
		if !extra {
			m.own[string(today)+deck]++
		}
	} else if !errors.Is(err, ErrStillOpen) && !errors.Is(err, ErrDayTaken) {
		rt.Fatal(err)
	}
}

func (m *model) reply(rt *rapid.T, s *Store, id QuestionID, at time.Time) {
	member := chat.MemberID(rapid.SampledFrom([]string{"ada", "bob", "cyd"}).Draw(rt, "member"))
	score := rapid.Float64Range(0, 1).Draw(rt, "score")
	q, err := s.Question(id)
	if err != nil {
		rt.Fatal(err)
	}
	stored, _, err := s.ReplyOf(id, member)
	if err != nil {
		rt.Fatal(err)
	}
	got, err := s.Reply(id, Reply{Member: member, Name: string(member), Text: "a try", First: stored.first(), Grade: knowledge.Grade{Score: score}, At: at, Rule: q.Rule}, takingPart)
	_, before := m.points[id][member]
	late := m.state[id] == StateClosed && !before && id == m.lastIn(m.deck[id])
	if isOpen := m.state[id] == StateOpen; (err == nil) != (isOpen || late) {
		rt.Fatalf("reply to a question that is %s, replied before %v: %v", m.state[id], before, err)
	}
	switch {
	case err != nil:
	case got.Late:
		m.points[id][member], m.late[id][member] = 2, true
	default:
		m.points[id][member] = int(score * 10)
	}
}

// lastIn is the question that a deck was asked last.
func (m *model) lastIn(deck string) (last QuestionID) {
	for _, id := range m.asked {
		if m.deck[id] == deck {
			last = id
		}
	}
	return last
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
				if !m.hidden[member] {
					want[member] += n
				}
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
