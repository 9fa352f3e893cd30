package store

import (
	"time"

	"go.etcd.io/bbolt"
)

// A TeamStreak counts the days in a row on which a channel's team answered its question of the day: at least half of
// the members who answered one in the 14 days up to then, and at least two. A day on which the channel had none
// neither counts nor breaks it.
type TeamStreak struct {
	Current int
	Best    int
	Today   bool // the last day counts already
}

const (
	teamDays = 14 // a member who answered in so many days, the day itself included, is active
	teamSize = 2  // active members, at least
)

// TeamStreak returns a channel's team streak as it was on the day last, "" for now. While a day's question is open
// and too few answered, the streak stands as it was.
func (s *Store) TeamStreak(c Channel, last Day) (st TeamStreak, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		days, err := ownDays(tx, c)
		if err != nil {
			return err
		}
		open, err := openDays(tx, c)
		if err != nil {
			return err
		}
		seen := map[string]time.Time{} // when a member answered last
		for _, d := range days {
			if last != "" && d.day > last {
				break
			}
			date, err := time.Parse(time.DateOnly, string(d.day))
			if err != nil {
				return err
			}
			took := answering(tx, d.questions)
			for m := range took {
				seen[m] = date
			}
			active := 0
			for m, at := range seen {
				if date.Sub(at) >= teamDays*24*time.Hour {
					delete(seen, m)
					continue
				}
				active++
			}
			st = st.next(active >= teamSize && 2*len(took) >= active, open[d.day])
		}
		return nil
	})
	return st, err
}

// next is the streak after one more day.
func (st TeamStreak) next(answered, open bool) TeamStreak {
	switch {
	case answered:
		st.Current++
		st.Best = max(st.Best, st.Current)
	case !open:
		st.Current = 0
	}
	st.Today = answered
	return st
}

// answering are the members who replied to any of the questions.
func answering(tx *bbolt.Tx, questions []QuestionID) map[string]bool {
	took := map[string]bool{}
	for _, id := range questions {
		if b := bucket(tx, repliesFold, string(id)); b != nil {
			c := b.Cursor()
			for k, _ := c.First(); k != nil; k, _ = c.Next() {
				took[string(k)] = true
			}
		}
	}
	return took
}
