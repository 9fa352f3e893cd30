package store

// What a member remembers of a card is a fold over the member's answers, and these are read from the folds asked,
// replies and practice, which every entry keeps current in its own transaction. The memory itself is not stored:
// it is a function of these answers and of a model that the store does not know, and a better model then needs no
// replay.

import (
	"slices"
	"time"

	"go.etcd.io/bbolt"

	"studybot/bot/chat"
	"studybot/knowledge"
)

// An Answer is what a member showed to know of a card, in the channel or in private.
type Answer struct {
	Card  knowledge.ID
	Day   Day
	Score float64 // 0..1
	At    time.Time
}

// Answers returns the answers of all members of a channel, each member's in order of time. Late replies
// and those to withdrawn questions are left out: they show nothing.
func (s *Store) Answers(c Channel) (all map[chat.MemberID][]Answer, err error) {
	all = map[chat.MemberID][]Answer{}
	err = s.view(func(tx *bbolt.Tx) error {
		for id, err := range lastAsked(tx, c) {
			if err != nil {
				return err
			}
			rs, err := replies(tx, id)
			if err != nil {
				return err
			}
			q, err := question(tx, id)
			if err != nil {
				return err
			}
			for _, r := range rs {
				all[r.Member] = q.answer(all[r.Member], r)
			}
		}
		if members := bucket(tx, practiceFold, c.String()); members != nil {
			if err := members.ForEachBucket(func(k []byte) (err error) {
				m := chat.MemberID(k)
				all[m], err = practised(all[m], members.Bucket(k))
				return err
			}); err != nil {
				return err
			}
		}
		for _, as := range all {
			byTime(as)
		}
		return nil
	})
	return all, err
}

// AnswersOf is Answers of one member.
func (s *Store) AnswersOf(c Channel, m chat.MemberID) (as []Answer, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		for id, err := range lastAsked(tx, c) {
			if err != nil {
				return err
			}
			a, ok, err := answered(tx, id, m)
			if err != nil {
				return err
			}
			if ok {
				as = a.Question.answer(as, a.Reply)
			}
		}
		as, err = practised(as, bucket(tx, practiceFold, c.String(), string(m)))
		byTime(as)
		return err
	})
	return as, err
}

// answer adds to as what a reply to q shows.
func (q Question) answer(as []Answer, r Reply) []Answer {
	if q.State == StateVoid || r.Late {
		return as
	}
	return append(as, Answer{Card: q.Card.ID, Day: q.Day, Score: r.Grade.Score, At: r.At})
}

// practised adds to as what a member answered in private.
func practised(as []Answer, b *bbolt.Bucket) ([]Answer, error) {
	ps, err := values[Practice](b)
	for _, p := range ps {
		as = append(as, Answer{Card: p.Card, Day: p.Day, Score: p.Score, At: p.At})
	}
	return as, err
}

func byTime(as []Answer) {
	slices.SortStableFunc(as, func(a, b Answer) int { return a.At.Compare(b.At) })
}

// Practise records what a member answered in private: it counts for the member's own memory only.
func (s *Store) Practise(c Channel, m chat.MemberID, p Practice) error {
	p.At = p.At.UTC()
	return s.append(func(*bbolt.Tx) (*Entry, error) {
		return &Entry{At: p.At, What: WasPractised, Channel: c, Actor: string(m), Practice: &p}, nil
	})
}
