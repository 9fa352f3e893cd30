package store

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"go.etcd.io/bbolt"

	"studybot/bot/chat"
	"studybot/knowledge"
)

// Errors of writes that came at the wrong time. They are no failures: a member is told.
var (
	// ErrClosed means that the question was revealed or withdrawn before.
	ErrClosed = errors.New("question closed")
	// ErrStillOpen means that the channel has an open question already.
	ErrStillOpen = errors.New("a question is open")
	// ErrDayTaken means that the day has had its question, or was skipped.
	ErrDayTaken = errors.New("the day has had its question")
	// ErrUnknown means that there is no such question.
	ErrUnknown = errors.New("no such question")
)

// An Asking is a card to be asked.
type Asking struct {
	Channel Channel
	Day     Day
	Card    knowledge.Card
	Extra   bool   // one more, not the question of the day: it brings points, but no day of a streak
	Actor   string // who asked for it; "" for the schedule
	At      time.Time
}

// Ask opens a question, whose post is then pending. It returns ErrStillOpen, or
// ErrDayTaken unless a.Extra.
func (s *Store) Ask(a Asking) (Question, error) {
	var id QuestionID
	err := s.append(func(tx *bbolt.Tx) (*Entry, error) {
		if get(tx, path{openFold, a.Channel.String()}) != nil {
			return nil, ErrStillOpen
		}
		day := string(a.Day)
		taken := get(tx, path{daysFold, a.Channel.String(), day}) != nil || get(tx, path{skippedFold, a.Channel.String(), day}) != nil
		if taken && !a.Extra {
			return nil, ErrDayTaken
		}
		id = QuestionID(s.name + "-" + strconv.FormatUint(tx.Bucket(ledgerBucket).Sequence()+1, 36))
		return &Entry{At: a.At.UTC(), What: WasAsked, Channel: a.Channel, Actor: a.Actor,
			Question: id, Day: a.Day, Extra: a.Extra, Card: &a.Card}, nil
	})
	if err != nil {
		return Question{}, err
	}
	return s.Question(id)
}

// Posted records that the network holds the message of an act. A second time changes nothing.
func (s *Store) Posted(act Act, message chat.MessageID, at time.Time) error {
	return s.append(func(tx *bbolt.Tx) (*Entry, error) {
		if get(tx, path{pendingFold, string(act.Key)}) == nil {
			return nil, nil
		}
		q, err := question(tx, act.Question)
		if err != nil {
			return nil, err
		}
		return &Entry{At: at.UTC(), What: WasPosted, Channel: q.Channel, Question: q.ID, Key: act.Key, Message: string(message)}, nil
	})
}

// Reply records a member's reply; the last one before the reveal counts. It returns
// ErrClosed when the question is open no more.
func (s *Store) Reply(id QuestionID, r Reply) error {
	if r.Member == "" {
		return fmt.Errorf("store: reply to %s: the member has no ID", id)
	}
	r.At = r.At.UTC()
	return s.append(func(tx *bbolt.Tx) (*Entry, error) {
		q, err := openQuestion(tx, id)
		if err != nil {
			return nil, err
		}
		return &Entry{At: r.At, What: WasReplied, Channel: q.Channel, Actor: string(r.Member), Question: id, Reply: &r}, nil
	})
}

// Reveal closes a question. award says, from the replies that count, what each brought; it
// must not depend on anything else. The reveal's post is then pending.
func (s *Store) Reveal(id QuestionID, actor string, at time.Time, award func([]Reply) []Award) (Question, error) {
	err := s.append(func(tx *bbolt.Tx) (*Entry, error) {
		q, err := openQuestion(tx, id)
		if err != nil {
			return nil, err
		}
		return &Entry{At: at.UTC(), What: WasRevealed, Channel: q.Channel, Actor: actor, Question: id, Awards: award(replies(tx, id))}, nil
	})
	if err != nil {
		return Question{}, err
	}
	return s.Question(id)
}

// Void withdraws an open question: it counts for nobody, and its day is skipped.
func (s *Store) Void(id QuestionID, actor, reason string, at time.Time) error {
	return s.append(func(tx *bbolt.Tx) (*Entry, error) {
		q, err := openQuestion(tx, id)
		if err != nil {
			return nil, err
		}
		return &Entry{At: at.UTC(), What: WasVoided, Channel: q.Channel, Actor: actor, Reason: reason, Question: id}, nil
	})
}

// Skip records that no question will be asked on a day. It returns ErrDayTaken when the
// day has had one, or is skipped already.
func (s *Store) Skip(c Channel, day Day, actor, reason string, at time.Time) error {
	return s.append(func(tx *bbolt.Tx) (*Entry, error) {
		for _, fold := range []string{daysFold, skippedFold} {
			if get(tx, path{fold, c.String(), string(day)}) != nil {
				return nil, ErrDayTaken
			}
		}
		return &Entry{At: at.UTC(), What: WasSkipped, Channel: c, Actor: actor, Reason: reason, Day: day}, nil
	})
}

func question(tx *bbolt.Tx, id QuestionID) (Question, error) {
	if id == "" {
		return Question{}, ErrUnknown
	}
	q, err := value[Question](tx, path{questionsFold, string(id)})
	if err == nil && q.ID == "" {
		err = fmt.Errorf("question %s: %w", id, ErrUnknown)
	}
	return q, err
}

func openQuestion(tx *bbolt.Tx, id QuestionID) (Question, error) {
	q, err := question(tx, id)
	if err == nil && q.State != StateOpen {
		err = fmt.Errorf("question %s: %w", id, ErrClosed)
	}
	return q, err
}
