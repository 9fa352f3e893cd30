package bot

import (
	"regexp"
	"slices"
	"strconv"

	"studybot/bot/chat"
	"studybot/store"
)

// check holds what the year came to against the ledger: points, their explanations and streaks, counted anew.
func (s *simulated) check() {
	s.t.Helper()
	for key, n := range s.network.perKey() {
		if n != 1 {
			s.t.Errorf("%s was posted %d times", key, n)
		}
	}
	want := map[chat.MemberID]int{}
	for id, c := range s.opened {
		if !c.revealed && !c.void {
			if _, open, _ := s.store.OpenIn(studyChannel, c.deck); !open {
				s.t.Errorf("%s came to no end", id)
			}
			continue
		}
		for m, r := range c.replies {
			switch {
			case c.void:
			case r.Late:
				want[m] += 2
			default:
				want[m] += 2 + int(8*r.Grade.Score+.5)
			}
		}
	}
	board, err := s.store.Board(studyChannel, firstDay, lastDay)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, row := range board {
		if row.Points.Points != want[row.Member] {
			s.t.Errorf("%s has %d points, want %d", row.Member, row.Points.Points, want[row.Member])
		}
		if got := s.explained(row.Member); got != row.Points.Points {
			s.t.Errorf("why explains %d points of %s, who has %d", got, row.Member, row.Points.Points)
		}
		got, err := s.store.Streak(studyChannel, row.Member)
		if want := s.streak(row.Member); got != want || err != nil {
			s.t.Errorf("streak of %s: %+v, want %+v: %v", row.Member, got, want, err)
		}
	}
	if len(board) != 3 || len(s.opened) < 80 {
		s.t.Errorf("%d questions and %d members, which is too little to say anything", len(s.opened), len(board))
	}
	if _, err := s.store.Verify(s.t.TempDir()); err != nil {
		s.t.Error(err)
	}
}

var firstNumber = regexp.MustCompile(`^\d+`)

// explained is the sum of the points that why names for a member.
func (s *simulated) explained(m chat.MemberID) (sum int) {
	r, err := s.bot.request(s.event(string(m)))
	if err != nil {
		s.t.Fatal(err)
	}
	history, err := s.store.History(studyChannel, m, 10_000)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, a := range history {
		n, _ := strconv.Atoi(firstNumber.FindString(r.explain(a))) // an open one has none
		sum += n
	}
	return sum
}

// streak counts a member's streak from the ledger.
func (s *simulated) streak(m chat.MemberID) store.Streak {
	answered, open, practised := map[string]bool{}, map[string]bool{}, map[string]bool{}
	var days []string
	for _, c := range s.opened {
		if c.extra || c.void {
			continue
		}
		days = append(days, c.day)
		_, took := c.replies[m]
		answered[c.day] = answered[c.day] || took
		open[c.day] = open[c.day] || !c.revealed
	}
	if err := s.store.Entries(0, func(e store.Entry) error {
		if e.What == store.WasPractised && e.Actor == string(m) && !e.Practice.Had {
			practised[string(e.Practice.Day)] = true
			days = append(days, string(e.Practice.Day))
		}
		return nil
	}); err != nil {
		s.t.Fatal(err)
	}
	st := store.Streak{Freezes: 2}
	slices.Sort(days)
	for _, d := range slices.Compact(days) {
		if practised[d] {
			st.Freezes = min(2, st.Freezes+1)
		}
		_, asked := answered[d]
		switch {
		case !asked:
			continue
		case answered[d]:
			st.Current++
			st.Best = max(st.Best, st.Current)
		case open[d]:
		case st.Current > 0 && st.Freezes > 0:
			st.Freezes--
		default:
			st.Current, st.Freezes = 0, 2
		}
		st.Today = answered[d]
	}
	return st
}
