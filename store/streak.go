package store

import (
	"slices"

	"go.etcd.io/bbolt"

	"studybot/bot/chat"
)

// A Streak counts the days on which a member answered the question of the day, of any deck, in a row. A
// day on which the channel had none neither counts nor breaks it, nor does a missed day that a freeze
// was spent on. A day on which the member practised earns a freeze back.
type Streak struct {
	Current int
	Best    int
	Freezes int  // left, of MaxFreezes
	Today   bool // the last question counts already
}

// MaxFreezes is how many missed days a streak survives.
const MaxFreezes = 2

// Streak returns a member's streak in a channel. While the last question is open and not yet
// answered, the streak stands as it was.
func (s *Store) Streak(c Channel, m chat.MemberID) (st Streak, err error) {
	st.Freezes = MaxFreezes
	err = s.view(func(tx *bbolt.Tx) error {
		days, err := ownDays(tx, c)
		if err != nil || len(days) == 0 {
			return err
		}
		open, err := openDays(tx, c)
		if err != nil {
			return err
		}
		practised, err := practiceDays(tx, c, m)
		if err != nil {
			return err
		}
		all := bucket(tx, repliesFold)
		for _, d := range days {
			took := slices.ContainsFunc(d.questions, func(id QuestionID) bool {
				b := all.Bucket([]byte(id))
				return b != nil && b.Get([]byte(m)) != nil
			})
			for ; len(practised) > 0 && practised[0] <= d.day; practised = practised[1:] {
				st.Freezes = min(MaxFreezes, st.Freezes+1)
			}
			st = st.next(took, open[d.day])
		}
		st.Freezes = min(MaxFreezes, st.Freezes+len(practised)) // earned since
		return nil
	})
	return st, err
}

// practiceDays are the days on which a member practised, in order, each once.
func practiceDays(tx *bbolt.Tx, c Channel, m chat.MemberID) (days []Day, err error) {
	ps, err := values[Practice](bucket(tx, practiceFold, c.String(), string(m)))
	for _, p := range ps {
		if !p.Had {
			days = append(days, p.Day)
		}
	}
	slices.Sort(days)
	return slices.Compact(days), err
}

// next is the streak after one more day.
func (st Streak) next(answered, open bool) Streak {
	st.Today = answered
	switch {
	case answered:
		st.Current++
		st.Best = max(st.Best, st.Current)
	case open:
	case st.Current > 0 && st.Freezes > 0:
		st.Freezes--
	default:
		st.Current, st.Freezes = 0, MaxFreezes
	}
	return st
}

// openDays are the days of the channel's open questions of the day.
func openDays(tx *bbolt.Tx, c Channel) (map[Day]bool, error) {
	days := map[Day]bool{}
	qs, err := openQuestions(tx, c)
	for _, q := range qs {
		if !q.Extra {
			days[q.Day] = true
		}
	}
	return days, err
}
