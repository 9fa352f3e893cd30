package store

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"time"
	"unicode/utf8"

	"go.etcd.io/bbolt"

	"studybot/bot/chat"
	"studybot/knowledge"
)

// Errors of writes that came at the wrong time. They are no failures: a member is told.
var (
	// ErrClosed means that the question was revealed or withdrawn before.
	ErrClosed = errors.New("question closed")
	// ErrStillOpen means that the deck has an open question already.
	ErrStillOpen = errors.New("a question is open")
	// ErrDayTaken means that the day has had its question, or was skipped.
	ErrDayTaken = errors.New("the day has had its question")
	// ErrChanged means that what a reply is graded by changed since: it is to be graded again.
	ErrChanged = errors.New("the question's reference changed")
	// ErrUnknown means that there is no such question.
	ErrUnknown = errors.New("no such question")
)

// An Asking is a card to be asked.
type Asking struct {
	Channel Channel
	Deck    string // its name; "" for the channel's own
	Day     Day
	Card    knowledge.Card
	Form    *Form    // nil for in one's own words
	Also    []string // answers that are accepted besides the card's own
	Review  bool     // the channel was asked the card before
	Why     string   // for the audit
	Extra   bool     // one more, not the question of the day: it brings points, but no day of a streak
	Actor   string   // who asked for it; "" for the schedule
	At      time.Time
}

// Ask opens a question, whose post is then pending. It returns ErrStillOpen, or
// ErrDayTaken unless a.Extra.
func (s *Store) Ask(a Asking) (Question, error) {
	var id QuestionID
	err := s.append(func(tx *bbolt.Tx) (*Entry, error) {
		deck := deckKey(a.Channel, a.Deck)
		if get(tx, path{openFold, deck}) != nil {
			return nil, ErrStillOpen
		}
		day := string(a.Day)
		taken := get(tx, path{daysFold, deck, day}) != nil || get(tx, path{skippedFold, deck, day}) != nil
		if taken && !a.Extra {
			return nil, ErrDayTaken
		}
		id = QuestionID(s.nextName(tx))
		return &Entry{At: a.At.UTC(), What: WasAsked, Channel: a.Channel, Actor: a.Actor,
			Question: id, Deck: a.Deck, Day: a.Day, Extra: a.Extra, Review: a.Review, Reason: a.Why, Card: &a.Card, Form: a.Form, References: a.Also}, nil
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
		return &Entry{At: at.UTC(), What: WasPosted, Channel: act.Channel, Question: act.Question, Key: act.Key, Message: string(message)}, nil
	})
}

// maxID is the longest ID of a member that is stored, in bytes. Networks' own are far shorter.
const maxID = 512

// Reply records a member's reply; the last one before the reveal counts. After the reveal, until the
// deck's next question, a member who did not reply before may still do so: the reply is then Late,
// and brings the award that late gives. Reply returns the reply as recorded, and ErrClosed when it
// came too late for that, too. It returns ErrChanged where r.Rule is not the question's any more, or
// r.First not what the member wrote first.
func (s *Store) Reply(id QuestionID, r Reply, late func(Reply) Award) (Reply, error) {
	if r.Member == "" || len(r.Member) > maxID || !utf8.ValidString(string(r.Member)) {
		return r, fmt.Errorf("store: reply to %s: the member's ID is not between 1 and %d bytes of UTF-8", id, maxID)
	}
	if s := r.Grade.Score; !(s >= 0 && s <= 1) {
		return r, fmt.Errorf("store: reply to %s: the score %v is not within 0..1", id, s)
	}
	r.At = r.At.UTC()
	var recorded *Reply
	err := s.append(func(tx *bbolt.Tx) (*Entry, error) {
		e, err := s.replied(tx, id, r, late)
		if err != nil {
			return nil, err
		}
		recorded = e.Reply
		return e, nil
	})
	if err != nil {
		return r, err
	}
	return *recorded, nil
}

// replied is the entry of a reply, as Reply says.
func (s *Store) replied(tx *bbolt.Tx, id QuestionID, r Reply, late func(Reply) Award) (*Entry, error) {
	q, err := s.asked.get(tx, id)
	if err != nil {
		return nil, err
	}
	before, replied, err := replyOf(tx, id, r.Member)
	if err != nil {
		return nil, err
	}
	e := &Entry{At: r.At, What: WasReplied, Channel: q.Channel, Actor: string(r.Member), Question: id, Day: q.Day, Reply: &r}
	if q.State == StateOpen {
		if q.Rule != r.Rule || before.first() != r.First {
			err = fmt.Errorf("question %s: %w", id, ErrChanged)
		}
		return e, err
	}
	last, err := lastIn(tx, q.Channel, q.Deck)
	if err != nil {
		return nil, err
	}
	if q.State != StateClosed || last != id || replied || get(tx, path{openFold, deckKey(q.Channel, q.Deck)}) != nil {
		return nil, fmt.Errorf("question %s: %w", id, ErrClosed)
	}
	r.Late = true
	e.Awards = []Award{late(r)}
	return e, nil
}

// first is what the member of r wrote first.
func (r Reply) first() string { return cmp.Or(r.First, r.Text) }

// Reveal closes a question. award says, from the replies that count, what each brought; it
// must not depend on anything else. The reveal's post is then pending.
func (s *Store) Reveal(id QuestionID, actor string, at time.Time, award func([]Reply) []Award) (Question, error) {
	err := s.append(func(tx *bbolt.Tx) (*Entry, error) {
		q, err := openQuestion(tx, id)
		if err != nil {
			return nil, err
		}
		rs, err := replies(tx, id)
		if err != nil {
			return nil, err
		}
		return &Entry{At: at.UTC(), What: WasRevealed, Channel: q.Channel, Actor: actor, Question: id, Awards: award(rs)}, nil
	})
	if err != nil {
		return Question{}, err
	}
	return s.Question(id)
}

// Void withdraws a question, open or revealed: it counts for nobody, its day is skipped, and
// what it brought is taken back. It returns ErrClosed when it was withdrawn before.
func (s *Store) Void(id QuestionID, actor, reason string, at time.Time) error {
	return s.append(func(tx *bbolt.Tx) (*Entry, error) {
		q, err := question(tx, id)
		if err != nil {
			return nil, err
		}
		if q.State == StateVoid {
			return nil, fmt.Errorf("question %s: %w", id, ErrClosed)
		}
		return &Entry{At: at.UTC(), What: WasVoided, Channel: q.Channel, Actor: actor, Reason: reason, Question: id}, nil
	})
}

// Miss withdraws an open question that could not be posted in time. It returns the act of telling the channel
// that the day has none, whose Key is "" where it was not the question of a day, and ErrClosed as Void does.
func (s *Store) Miss(id QuestionID, reason string, at time.Time) (Act, error) {
	var act Act
	err := s.append(func(tx *bbolt.Tx) (*Entry, error) {
		q, err := openQuestion(tx, id)
		if err != nil {
			return nil, err
		}
		act = Act{Channel: q.Channel, Skipped: q.Day, Deck: q.Deck}
		if !q.Extra {
			act.Key = s.noticeKey(tx)
		}
		return &Entry{At: at.UTC(), What: WasVoided, Channel: q.Channel, Reason: reason, Question: id, Key: act.Key}, nil
	})
	return act, err
}

// A Skipping is a day to be left out.
type Skipping struct {
	Channel Channel
	Deck    string // its name; "" for the channel's own
	Day     Day
	Since   Day    // the first of the days up to Day that were missed; "" for Day alone
	Actor   string // who asked for it; "" for the bot itself
	Reason  string
	Notice  bool // the channel is to be told; saying so is then pending
	At      time.Time
}

// Skip records that no question will be asked on a day. It returns the act of telling the channel,
// and ErrDayTaken when the day has had one, or is skipped already.
func (s *Store) Skip(sk Skipping) (Act, error) {
	act := Act{Channel: sk.Channel, Skipped: sk.Day, Since: sk.Since, Deck: sk.Deck}
	err := s.append(func(tx *bbolt.Tx) (*Entry, error) {
		for _, fold := range []string{daysFold, skippedFold} {
			if get(tx, path{fold, deckKey(sk.Channel, sk.Deck), string(sk.Day)}) != nil {
				return nil, ErrDayTaken
			}
		}
		if sk.Notice {
			act.Key = s.noticeKey(tx)
		}
		return &Entry{At: sk.At.UTC(), What: WasSkipped, Channel: sk.Channel, Actor: sk.Actor, Reason: sk.Reason, Deck: sk.Deck, Day: sk.Day, Since: sk.Since, Key: act.Key}, nil
	})
	return act, err
}

// Pause records that no question will be asked before day, "" for no pause.
func (s *Store) Pause(c Channel, before Day, actor string, at time.Time) error {
	return s.append(func(*bbolt.Tx) (*Entry, error) {
		return &Entry{At: at.UTC(), What: WasPaused, Channel: c, Actor: actor, Day: before}, nil
	})
}

// nextName names what the next entry is about, as no other store does.
func (s *Store) nextName(tx *bbolt.Tx) string {
	return s.name + "-" + strconv.FormatUint(tx.Bucket(ledgerBucket).Sequence()+1, 36)
}

// noticeKey is the key of telling a channel what the next entry leaves out.
func (s *Store) noticeKey(tx *bbolt.Tx) chat.Key { return chat.Key(s.nextName(tx) + "-s") }

func question(tx *bbolt.Tx, id QuestionID) (Question, error) {
	if id == "" {
		return Question{}, ErrUnknown
	}
	q, err := value[Question](tx, path{questionsFold, string(id)})
	if err == nil && q.ID == "" {
		err = fmt.Errorf("question %s: %w", id, ErrUnknown)
	}
	if err != nil {
		return q, err
	}
	q.Replies = repliesTo(tx, id)
	return q, nil
}

// A memo keeps questions with the bytes that they were made of: while these are what tx holds, they need not be
// made again. So it gives no question that a transaction wrote which failed.
type memo map[QuestionID]made

type made struct {
	of       []byte
	question Question
}

// maxMemo bounds how many questions are kept. More are hardly answered in the same moment.
const maxMemo = 64

// get returns a question without its Replies. It returns ErrUnknown, wrapped, when there is none.
func (m memo) get(tx *bbolt.Tx, id QuestionID) (Question, error) {
	v := get(tx, path{questionsFold, string(id)})
	if kept, ok := m[id]; ok && bytes.Equal(v, kept.of) {
		return kept.question, nil
	}
	q, err := question(tx, id)
	if err != nil {
		return q, err
	}
	if len(m) >= maxMemo {
		clear(m)
	}
	m[id] = made{bytes.Clone(v), q}
	return q, nil
}

func openQuestion(tx *bbolt.Tx, id QuestionID) (Question, error) {
	q, err := question(tx, id)
	if err == nil && q.State != StateOpen {
		err = fmt.Errorf("question %s: %w", id, ErrClosed)
	}
	return q, err
}
