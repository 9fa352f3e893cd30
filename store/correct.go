package store

import (
	"fmt"
	"time"

	"go.etcd.io/bbolt"

	"studybot/knowledge"
)

// A Correction is a card with another reference answer than its note has.
type Correction struct {
	Note string         `json:"note"` // names the answer that it replaces; where the note has another one by now, the note counts
	Card knowledge.Card `json:"card"`
}

// A Correcting is a reference answer to be corrected: by another card, kept for later questions, or where the
// question is asked in a form by another form, which counts for this question only.
type Correcting struct {
	Question   QuestionID
	Correction *Correction
	Form       *Form
	Actor      string
	Reason     string
	At         time.Time
}

// A Regrading grades replies again. Both functions must depend on nothing but their arguments.
type Regrading struct {
	Grade func(Question, Reply) knowledge.Grade
	Award func([]Reply) []Award // as in Reveal; it counts where the question is revealed
}

// Correct puts another reference answer in the place of a question's, and grades all replies to it again. It returns ErrClosed where the question was withdrawn.
func (s *Store) Correct(c Correcting, how Regrading) error {
	return s.append(func(tx *bbolt.Tx) (*Entry, error) {
		q, err := question(tx, c.Question)
		if err != nil {
			return nil, err
		}
		e := &Entry{At: c.At.UTC(), What: WasCorrected, Channel: q.Channel, Actor: c.Actor, Reason: c.Reason, Question: q.ID,
			References: q.References, Form: c.Form}
		if c.Correction != nil {
			e.Card, e.Note = &c.Correction.Card, c.Correction.Note
		}
		return e, e.regrade(tx, q.by(e), how)
	})
}

// Regrade grades all replies to a question again, by the references that are accepted from now on besides
// the card's own answer. It returns ErrClosed where the question was withdrawn.
func (s *Store) Regrade(id QuestionID, references []string, actor, reason string, at time.Time, how Regrading) error {
	return s.append(func(tx *bbolt.Tx) (*Entry, error) {
		q, err := question(tx, id)
		if err != nil {
			return nil, err
		}
		e := &Entry{At: at.UTC(), What: WasRegraded, Channel: q.Channel, Actor: actor, Reason: reason, Question: id, References: references}
		return e, e.regrade(tx, q.by(e), how)
	})
}

// Accepted returns the answers that a channel accepted for a card besides its own.
func (s *Store) Accepted(c Channel, card knowledge.ID) (answers []string, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		answers, err = value[[]string](tx, path{acceptedFold, c.String(), string(card)})
		return err
	})
	return answers, err
}

// by is the question as it is graded from e on.
func (q Question) by(e *Entry) Question {
	q.References = e.References
	if e.Card != nil {
		q.Card = *e.Card
	}
	if e.Form != nil {
		q.Form = e.Form
	}
	return q
}

// regrade puts the new grades of all replies to q into e, and the new awards where q is revealed.
func (e *Entry) regrade(tx *bbolt.Tx, q Question, how Regrading) error {
	if q.State == StateVoid {
		return fmt.Errorf("question %s: %w", q.ID, ErrClosed)
	}
	rs, err := replies(tx, q.ID)
	if err != nil {
		return err
	}
	for i := range rs {
		if rs[i].Text != "" { // of a member who was forgotten the grade is all that is left
			rs[i].Grade = how.Grade(q, rs[i])
		}
	}
	e.Regrades = rs
	if q.State == StateClosed {
		e.Awards = how.Award(rs)
	}
	return nil
}

// Corrections returns the corrected cards of a channel, by card.
func (s *Store) Corrections(c Channel) (all map[knowledge.ID]Correction, err error) {
	all = map[knowledge.ID]Correction{}
	err = s.view(func(tx *bbolt.Tx) error {
		cs, err := values[Correction](bucket(tx, correctionsFold, c.String()))
		for _, x := range cs {
			all[x.Card.ID] = x
		}
		return err
	})
	return all, err
}

// regraded puts other grades, and awards where there are any yet, in place of the old ones.
func (f *folder) regraded() {
	e := f.e
	q := f.question().by(e)
	q.Rule = e.Seq
	if e.What == WasCorrected {
		q.Corrected = e.Reason
	}
	f.put(path{questionsFold, string(q.ID)}, q)
	if len(q.References) > 0 && q.Form == nil && len(q.Card.Options) == 0 { // letters are of one question only
		f.put(path{acceptedFold, q.Channel.String(), string(q.Card.ID)}, q.References)
	}
	for _, r := range e.Regrades {
		f.putReply(q.ID, &r)
		if q.State == StateClosed {
			f.count(q.Channel, q.Day, read[Award](f, path{awardsFold, string(q.ID), string(r.Member)}), -1)
		}
	}
	f.award(q.Channel, q.Day, q.ID, e.Awards)
}

// corrected is regraded, and keeps the corrected card.
func (f *folder) corrected() {
	f.regraded()
	if f.e.Card == nil {
		return
	}
	f.put(path{correctionsFold, f.e.Channel.String(), string(f.e.Card.ID)}, Correction{Note: f.e.Note, Card: *f.e.Card})
}
