package store

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"go.etcd.io/bbolt"

	"studybot/bot/chat"
	"studybot/knowledge"
)

// ErrDecided means that a case was decided before.
var ErrDecided = errors.New("decided already")

// Appeal puts a member's reply to a question before the admins. It returns ErrUnknown where there is
// no such reply, and ErrDecided where the same appeal waits already.
func (s *Store) Appeal(id QuestionID, m chat.MemberID, name string, at time.Time) error {
	return s.append(func(tx *bbolt.Tx) (*Entry, error) {
		q, err := question(tx, id)
		if err != nil {
			return nil, err
		}
		if get(tx, path{repliesFold, string(id), string(m)}) == nil {
			return nil, fmt.Errorf("reply of %s to %s: %w", m, id, ErrUnknown)
		}
		cases, err := values[Case](bucket(tx, queueFold, q.Channel.String()))
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(cases, func(c Case) bool { return c.Question == id && c.Member == m }) {
			return nil, ErrDecided
		}
		return &Entry{At: at.UTC(), What: WasAppealed, Channel: q.Channel, Actor: string(m), Question: id,
			Case: &Case{At: at.UTC(), Member: m, Name: name, Question: id}}, nil
	})
}

// Suggest puts a proposed card before the admins. The card gets an ID that no card of the notes has.
func (s *Store) Suggest(c Channel, m chat.Member, card knowledge.Card, at time.Time) error {
	return s.append(func(tx *bbolt.Tx) (*Entry, error) {
		card.ID = knowledge.ID("suggested-" + s.nextName(tx))
		return &Entry{At: at.UTC(), What: WasSuggested, Channel: c, Actor: string(m.ID),
			Case: &Case{At: at.UTC(), Member: m.ID, Name: m.Name, Card: &card}}, nil
	})
}

// Rate records what a member says of a lookup. One that did not help is put before the admins; ErrDecided means
// that the same query of the member waits already.
func (s *Store) Rate(c Channel, m chat.Member, r Rating, at time.Time) error {
	return s.append(func(tx *bbolt.Tx) (*Entry, error) {
		e := &Entry{At: at.UTC(), What: WasRated, Channel: c, Actor: string(m.ID), Rating: &r}
		if r.Helpful {
			return e, nil
		}
		cases, err := values[Case](bucket(tx, queueFold, c.String()))
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(cases, func(c Case) bool { return c.Member == m.ID && c.Rating != nil && c.Rating.Query == r.Query }) {
			return nil, ErrDecided
		}
		e.Case = &Case{At: at.UTC(), Member: m.ID, Name: m.Name, Rating: &r}
		return e, nil
	})
}

// Queue returns the cases that wait for a decision, the oldest first.
func (s *Store) Queue(c Channel) (cases []Case, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		cases, err = values[Case](bucket(tx, queueFold, c.String()))
		return err
	})
	return cases, err
}

// Suggested returns the cards that were suggested and accepted, in a stable order.
func (s *Store) Suggested(c Channel) (cards []knowledge.Card, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		cards, err = values[knowledge.Card](bucket(tx, suggestedFold, c.String()))
		return err
	})
	return cards, err
}

// Decide accepts or declines a case. It returns ErrDecided when that was done before.
func (s *Store) Decide(c Channel, number uint64, accepted bool, actor, reason string, at time.Time) (decided Case, err error) {
	err = s.append(func(tx *bbolt.Tx) (*Entry, error) {
		if decided, err = value[Case](tx, casePath(c, number)); err != nil {
			return nil, err
		}
		if decided.Number == 0 {
			return nil, ErrDecided
		}
		return &Entry{At: at.UTC(), What: WasDecided, Channel: c, Actor: actor, Reason: reason, Decides: number, Accepted: accepted, Question: decided.Question}, nil
	})
	return decided, err
}

// Hide takes a member off the boards, or puts him back.
func (s *Store) Hide(c Channel, m chat.MemberID, hidden bool, at time.Time) error {
	return s.append(func(*bbolt.Tx) (*Entry, error) {
		return &Entry{At: at.UTC(), What: WasHidden, Channel: c, Actor: string(m), Hidden: hidden}, nil
	})
}

// Forget deletes what is stored of a member of a network: a mark that tells nothing takes his place in
// the ledger, and his words and names are dropped. Tallies and the points of others stay as they were.
func (s *Store) Forget(network string, m chat.MemberID, at time.Time) error {
	return s.do(&job{done: make(chan struct{}), alone: func() error {
		err := s.db.Update(func(tx *bbolt.Tx) error {
			mark := "gone-" + strconv.FormatUint(tx.Bucket(ledgerBucket).Sequence()+1, 36)
			words := map[string]bool{} // of the member: whether they were accepted as an answer
			accepted, err := acceptedCases(tx)
			if err != nil {
				return err
			}
			if err := rewrite(tx, func(e *Entry) bool { return e.Channel.Network == network && e.forget(m, mark, words, accepted) }); err != nil {
				return err
			}
			if err := tx.Bucket(metaBucket).Put(rebuildKey, []byte{1}); err != nil {
				return err
			}
			return record(tx, []*job{{decide: func(*bbolt.Tx) (*Entry, error) {
				return &Entry{At: at.UTC(), What: WasForgotten, Channel: Channel{Network: network}, Actor: mark}, nil
			}}})
		})
		if err != nil {
			return fmt.Errorf("store: nothing was deleted: %w", err)
		}
		return s.rebuild()
	}})
}

// forget puts mark in the place of m, drops what m wrote, and reports whether any of it was in the entry. What m
// wrote is added to words, with true once it was accepted as an answer. Of cases a suggested card that was accepted is
// kept: it is the channel's.
func (e *Entry) forget(m chat.MemberID, mark string, words map[string]bool, accepted map[uint64]bool) (found bool) {
	if e.Reply != nil && e.Reply.Member == m && !words[e.Reply.Text] {
		words[e.Reply.Text] = false // of the first reply, too: it is an entry of its own
	}
	all := len(e.References)
	e.References = slices.DeleteFunc(e.References, func(s string) bool {
		_, own := words[s]
		if own {
			words[s] = true
		}
		return own
	})
	found = len(e.References) < all
	if e.Reply != nil {
		found = forgetPoints(e.Reply.Grade, words) || found
	}
	for _, r := range e.Regrades {
		found = forgetPoints(r.Grade, words) || found
	}
	if e.Actor == string(m) {
		e.Actor, found = mark, true
		if e.Rating != nil {
			e.Rating.Query = ""
		}
	}
	if e.Reply != nil {
		found = e.Reply.forget(m, mark) || found
	}
	for i := range e.Regrades {
		found = e.Regrades[i].forget(m, mark) || found
	}
	for i := range e.Awards {
		if e.Awards[i].Member == m {
			e.Awards[i].Member, found = chat.MemberID(mark), true
		}
	}
	if e.Case != nil && e.Case.Member == m {
		e.Case.Member, e.Case.Name, found = chat.MemberID(mark), "", true
		if e.Case.Card == nil || !accepted[e.Seq] {
			e.Case = nil
		}
	}
	return found
}

// forget keeps the score and which points were held, which tallies are made of.
func (r *Reply) forget(m chat.MemberID, mark string) bool {
	if r.Member != m {
		return false
	}
	r.Member, r.Name, r.Text, r.First = chat.MemberID(mark), "", "", ""
	for i := range r.Grade.Points {
		r.Grade.Points[i].Evidence = ""
	}
	return true
}
