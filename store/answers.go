package store

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
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
func (s *Store) Answers(c Channel) (map[chat.MemberID][]Answer, error) {
	all := map[chat.MemberID][]Answer{}
	err := s.db.View(func(tx *bbolt.Tx) error {
		cards := map[QuestionID]knowledge.ID{}
		if err := eachMember(tx, historyFold, c, func(m chat.MemberID, b *bbolt.Bucket) error {
			return b.ForEach(func(k, v []byte) error {
				a, late, err := answerTo(tx, v, m, cards)
				day, _, _ := strings.Cut(string(k), "/")
				a.Day = Day(day)
				if err == nil && !late {
					all[m] = append(all[m], a)
				}
				return err
			})
		}); err != nil {
			return err
		}
		return eachMember(tx, practiceFold, c, func(m chat.MemberID, b *bbolt.Bucket) error {
			ps, err := values[Practice](b)
			for _, p := range ps {
				all[m] = append(all[m], Answer{Card: p.Card, Day: p.Day, Score: p.Score, At: p.At})
			}
			return err
		})
	})
	for _, as := range all {
		slices.SortStableFunc(as, func(a, b Answer) int { return cmp.Compare(a.At.UnixNano(), b.At.UnixNano()) })
	}
	return all, err
}

// eachMember calls f with the bucket of each member that a fold has of a channel.
func eachMember(tx *bbolt.Tx, fold string, c Channel, f func(chat.MemberID, *bbolt.Bucket) error) error {
	members := bucket(tx, fold, c.String())
	if members == nil {
		return nil
	}
	return members.ForEachBucket(func(k []byte) error { return f(chat.MemberID(k), members.Bucket(k)) })
}

// answerTo reads a member's reply to the question whose ID is in v. cards remembers the questions' cards.
func answerTo(tx *bbolt.Tx, v []byte, m chat.MemberID, cards map[QuestionID]knowledge.ID) (a Answer, late bool, err error) {
	var id QuestionID
	if err := json.Unmarshal(v, &id); err != nil {
		return a, false, fmt.Errorf("store: history of %s: %w", m, err)
	}
	if _, ok := cards[id]; !ok {
		q, err := question(tx, id)
		if err != nil {
			return a, false, err
		}
		cards[id] = q.Card.ID
	}
	r, err := value[Reply](tx, path{repliesFold, string(id), string(m)})
	return Answer{Card: cards[id], Score: r.Grade.Score, At: r.At}, r.Late, err
}

// Practise records what a member answered in private: it counts for the member's own memory only.
func (s *Store) Practise(c Channel, m chat.MemberID, p Practice) error {
	p.At = p.At.UTC()
	return s.append(func(*bbolt.Tx) (*Entry, error) {
		return &Entry{At: p.At, What: WasPractised, Channel: c, Actor: string(m), Practice: &p}, nil
	})
}
