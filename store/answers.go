package store

// What a member remembers of a card is a fold over the member's answers, and these are read from the folds history,
// replies and practice, which every entry keeps current in its own transaction. The memory itself is not stored:
// it is a function of these answers and of a model that the store does not know, a better model then needs no
// replay, and to read as many memories would take half as long as to make them. After two years of a
// channel with 50 members, 25,000 answers, a choice takes between .1 and .2 s of one core, once a day.

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
	err := s.view(func(tx *bbolt.Tx) error {
		cards := map[QuestionID]knowledge.ID{}
		for _, fold := range []string{historyFold, practiceFold} {
			if err := eachMember(tx, fold, c, func(m chat.MemberID, _ *bbolt.Bucket) (err error) {
				if all[m] == nil {
					all[m], err = answersOf(tx, c, m, cards)
				}
				return err
			}); err != nil {
				return err
			}
		}
		return nil
	})
	return all, err
}

// AnswersOf is Answers of one member.
func (s *Store) AnswersOf(c Channel, m chat.MemberID) (as []Answer, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		as, err = answersOf(tx, c, m, map[QuestionID]knowledge.ID{})
		return err
	})
	return as, err
}

// answersOf is AnswersOf within a transaction. cards remembers the questions' cards.
func answersOf(tx *bbolt.Tx, c Channel, m chat.MemberID, cards map[QuestionID]knowledge.ID) (as []Answer, err error) {
	if b := bucket(tx, historyFold, c.String(), string(m)); b != nil {
		err = b.ForEach(func(k, v []byte) error {
			a, late, err := answerTo(tx, v, m, cards)
			day, _, _ := strings.Cut(string(k), "/")
			a.Day = Day(day)
			if err == nil && !late {
				as = append(as, a)
			}
			return err
		})
	}
	if err != nil {
		return nil, err
	}
	ps, err := values[Practice](bucket(tx, practiceFold, c.String(), string(m)))
	for _, p := range ps {
		as = append(as, Answer{Card: p.Card, Day: p.Day, Score: p.Score, At: p.At})
	}
	slices.SortStableFunc(as, func(a, b Answer) int { return cmp.Compare(a.At.UnixNano(), b.At.UnixNano()) })
	return as, err
}

// eachMember calls f with the bucket of each member that a fold has of a channel.
func eachMember(tx *bbolt.Tx, fold string, c Channel, f func(chat.MemberID, *bbolt.Bucket) error) error {
	members := bucket(tx, fold, c.String())
	if members == nil {
		return nil
	}
	return members.ForEachBucket(func(k []byte) error { return f(chat.MemberID(k), members.Bucket(k)) })
}

// shown is what an Answer takes from a Reply. The rest, which is longer, need not be read.
type shown struct {
	Grade struct {
		Score float64 `json:"score"`
	} `json:"grade"`
	At   time.Time `json:"at"`
	Late bool      `json:"late"`
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
	r, err := value[shown](tx, path{repliesFold, string(id), string(m)})
	return Answer{Card: cards[id], Score: r.Grade.Score, At: r.At}, r.Late, err
}

// Practise records what a member answered in private: it counts for the member's own memory only.
func (s *Store) Practise(c Channel, m chat.MemberID, p Practice) error {
	p.At = p.At.UTC()
	return s.append(func(*bbolt.Tx) (*Entry, error) {
		return &Entry{At: p.At, What: WasPractised, Channel: c, Actor: string(m), Practice: &p}, nil
	})
}
