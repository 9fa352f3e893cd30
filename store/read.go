package store

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"iter"
	"slices"

	"go.etcd.io/bbolt"

	"studybot/bot/chat"
	"studybot/knowledge"
)

// Question returns a question. It returns ErrUnknown, wrapped, when there is none.
func (s *Store) Question(id QuestionID) (q Question, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		q, err = question(tx, id)
		return err
	})
	return q, err
}

// OpenQuestion returns the channel's open question, and whether there is one: of several, the one asked last.
func (s *Store) OpenQuestion(c Channel) (Question, bool, error) {
	qs, err := s.OpenQuestions(c)
	if err != nil || len(qs) == 0 {
		return Question{}, false, err
	}
	return qs[0], true, nil
}

// QuestionOf returns the question that a message of the channel belongs to, and whether
// there is one.
func (s *Store) QuestionOf(c Channel, m chat.MessageID) (Question, bool, error) {
	if m == "" {
		return Question{}, false, nil
	}
	return s.questionAt(path{messagesFold, c.String(), string(m)})
}

// Pending returns the acts that are decided but not known to be done, in order of key.
func (s *Store) Pending() (acts []Act, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		acts, err = values[Act](bucket(tx, pendingFold))
		return err
	})
	return acts, err
}

// Replies returns a question's replies, the last one of each member, in order of member.
func (s *Store) Replies(id QuestionID) (rs []Reply, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		rs, err = replies(tx, id)
		return err
	})
	return rs, err
}

// ReplyOf returns a member's reply to a question, and whether there is one.
func (s *Store) ReplyOf(id QuestionID, m chat.MemberID) (r Reply, ok bool, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		r, ok, err = replyOf(tx, id, m)
		return err
	})
	return r, ok, err
}

// Uses returns which cards the channel has asked.
func (s *Store) Uses(c Channel) (uses map[knowledge.ID]Use, err error) {
	uses = map[knowledge.ID]Use{}
	err = s.view(func(tx *bbolt.Tx) error {
		b := bucket(tx, cardsFold, c.String())
		if b == nil {
			return nil
		}
		return b.ForEach(func(k, v []byte) error {
			var u Use
			if err := json.Unmarshal(v, &u); err != nil {
				return fmt.Errorf("store: use of card %s: %w", k, err)
			}
			uses[knowledge.ID(k)] = u
			return nil
		})
	})
	return uses, err
}

// DayTaken reports whether the channel's deck has had its question of that day, or skipped it.
func (s *Store) DayTaken(c Channel, deck string, day Day) (taken bool, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		key := deckKey(c, deck)
		taken = get(tx, path{daysFold, key, string(day)}) != nil || get(tx, path{skippedFold, key, string(day)}) != nil
		return nil
	})
	return taken, err
}

// LastDay returns the last day on which a channel's deck had its question of the day or left it out, "" for none.
func (s *Store) LastDay(c Channel, deck string) (last Day, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		for _, fold := range []string{daysFold, skippedFold} {
			if b := bucket(tx, fold, deckKey(c, deck)); b != nil {
				day, _ := b.Cursor().Last()
				last = max(last, Day(day))
			}
		}
		return nil
	})
	return last, err
}

// PausedUntil returns the day before which the channel is asked nothing, "" for no pause.
func (s *Store) PausedUntil(c Channel) (d Day, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		d, err = value[Day](tx, path{pausedFold, c.String()})
		return err
	})
	return d, err
}

// LastQuestions returns the questions that the channel was asked last, the latest first, at most n.
func (s *Store) LastQuestions(c Channel, n int) (qs []Question, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		for id, err := range lastAsked(tx, c) {
			if err != nil || len(qs) == n {
				return err
			}
			q, err := question(tx, id)
			if err != nil {
				return err
			}
			qs = append(qs, q)
		}
		return nil
	})
	return qs, err
}

// LastQuestion returns the question that the channel was asked last, and whether there is one.
func (s *Store) LastQuestion(c Channel) (Question, bool, error) {
	qs, err := s.LastQuestions(c, 1)
	if err != nil || len(qs) == 0 {
		return Question{}, false, err
	}
	return qs[0], true, nil
}

// lastAsked yields the questions that a channel was asked, the latest first, up to the first error.
func lastAsked(tx *bbolt.Tx, c Channel) iter.Seq2[QuestionID, error] {
	return func(yield func(QuestionID, error) bool) {
		b := bucket(tx, askedFold, c.String())
		if b == nil {
			return
		}
		cur := b.Cursor()
		for k, v := cur.Last(); k != nil; k, v = cur.Prev() {
			var id QuestionID
			err := json.Unmarshal(v, &id)
			if err != nil {
				err = fmt.Errorf("store: question asked as %s: %w", k, err)
			}
			if !yield(id, err) || err != nil {
				return
			}
		}
	}
}

// questionAt returns the question whose ID stands at p, and whether there is one.
func (s *Store) questionAt(p path) (q Question, ok bool, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		id, err := value[QuestionID](tx, p)
		if err != nil || id == "" {
			return err
		}
		ok = true
		q, err = question(tx, id)
		return err
	})
	return q, ok, err
}

// A Standing is a member's place on a board.
type Standing struct {
	Rank   int // 1 is the first; members with equal points share a rank, and the next rank is left out
	Member chat.MemberID
	Name   string
	Points
}

// Board sums the points of the questions of the days from first to last, both included,
// and ranks the members by points; equals stand in order of name. Members who hide are left out.
func (s *Store) Board(c Channel, first, last Day) (board []Standing, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		sums, err := sums(tx, c, first, last)
		if err != nil {
			return err
		}
		for m, p := range sums {
			if get(tx, path{hiddenFold, c.Network, string(m)}) != nil {
				continue
			}
			name, err := value[string](tx, path{namesFold, c.Network, string(m)})
			if err != nil {
				return err
			}
			board = append(board, Standing{Member: m, Name: name, Points: p})
		}
		return nil
	})
	rank(board)
	return board, err
}

// PointsOf sums what a member has of the questions of the days from first to last, both included, whether hidden or not.
func (s *Store) PointsOf(c Channel, m chat.MemberID, first, last Day) (p Points, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		all, err := sums(tx, c, first, last)
		p = all[m]
		return err
	})
	return p, err
}

// sums are the points of all members from the questions of the days from first to last.
func sums(tx *bbolt.Tx, c Channel, first, last Day) (map[chat.MemberID]Points, error) {
	sums := map[chat.MemberID]Points{}
	days := bucket(tx, boardsFold, c.String())
	if days == nil {
		return sums, nil
	}
	cur := days.Cursor()
	for k, _ := cur.Seek([]byte(first)); k != nil && bytes.Compare(k, []byte(last)) <= 0; k, _ = cur.Next() {
		if err := addDay(sums, days.Bucket(k)); err != nil {
			return nil, fmt.Errorf("store: board of %s: %w", k, err)
		}
	}
	return sums, nil
}

func addDay(sums map[chat.MemberID]Points, day *bbolt.Bucket) error {
	return day.ForEach(func(k, v []byte) error {
		var p Points
		if err := json.Unmarshal(v, &p); err != nil {
			return err
		}
		sum := sums[chat.MemberID(k)]
		sum.Points += p.Points
		sum.Answered += p.Answered
		sum.Known += p.Known
		sums[chat.MemberID(k)] = sum
		return nil
	})
}

func rank(board []Standing) {
	slices.SortFunc(board, func(a, b Standing) int {
		return cmp.Or(cmp.Compare(b.Points.Points, a.Points.Points), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Member, b.Member))
	})
	for i := range board {
		board[i].Rank = i + 1
		if i > 0 && board[i].Points.Points == board[i-1].Points.Points {
			board[i].Rank = board[i-1].Rank
		}
	}
}

// An Answered is a question, the member's reply to it, and what it brought: nothing yet while the
// question is open.
type Answered struct {
	Question Question
	Reply    Reply
	Award    Award
}

// History returns the questions that a member answered, the one asked last first, at most n; among
// them withdrawn ones, which brought nothing.
func (s *Store) History(c Channel, m chat.MemberID, n int) (as []Answered, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		if get(tx, path{membersFold, c.String(), string(m)}) == nil {
			return nil
		}
		for id, err := range lastAsked(tx, c) {
			if err != nil || len(as) == n {
				return err
			}
			a, ok, err := answered(tx, id, m)
			if err != nil {
				return err
			}
			if ok {
				as = append(as, a)
			}
		}
		return nil
	})
	return as, err
}

// answered is a member's answer to a question, and whether there is one.
func answered(tx *bbolt.Tx, id QuestionID, m chat.MemberID) (a Answered, ok bool, err error) {
	if a.Reply, ok, err = replyOf(tx, id, m); err != nil || !ok {
		return a, false, err
	}
	if a.Question, err = question(tx, id); err != nil {
		return a, false, err
	}
	a.Award, err = value[Award](tx, path{awardsFold, string(id), string(m)})
	return a, true, err
}

// values returns what the bucket holds, in order of key; nil for no bucket.
func values[T any](b *bbolt.Bucket) (vs []T, err error) {
	if b == nil {
		return nil, nil
	}
	err = b.ForEach(func(k, v []byte) error {
		var x T
		if err := json.Unmarshal(v, &x); err != nil {
			return fmt.Errorf("store: %s: %w", k, err)
		}
		vs = append(vs, x)
		return nil
	})
	return vs, err
}
