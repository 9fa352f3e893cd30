package store

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"go.etcd.io/bbolt"
)

// deckMark stands between a channel and the name of a deck in a key. No channel's ID holds it.
const deckMark = "\x00"

// deckKey is the key of a channel's deck. The channel's own deck, which has no name, has the channel's.
func deckKey(c Channel, deck string) string {
	if deck == "" {
		return c.String()
	}
	return c.String() + deckMark + deck
}

// deckKeys returns the keys of all decks of a channel that a fold has something of.
func deckKeys(tx *bbolt.Tx, fold string, c Channel) (keys []string) {
	cur := bucket(tx, fold).Cursor()
	own := []byte(c.String())
	for k, _ := cur.Seek(own); k != nil && bytes.HasPrefix(k, own); k, _ = cur.Next() {
		if rest := string(k[len(own):]); rest == "" || strings.HasPrefix(rest, deckMark) {
			keys = append(keys, string(k))
		}
	}
	return keys
}

// OpenQuestions returns the channel's open questions, at most one of each deck, the one asked last first.
func (s *Store) OpenQuestions(c Channel) (qs []Question, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		qs, err = openQuestions(tx, c)
		return err
	})
	return qs, err
}

func openQuestions(tx *bbolt.Tx, c Channel) (qs []Question, err error) {
	for _, key := range deckKeys(tx, openFold, c) {
		id, err := value[QuestionID](tx, path{openFold, key})
		if err != nil {
			return nil, err
		}
		q, err := question(tx, id)
		if err != nil {
			return nil, err
		}
		qs = append(qs, q)
	}
	slices.SortStableFunc(qs, func(a, b Question) int { return cmp.Compare(b.At.UnixNano(), a.At.UnixNano()) })
	return qs, nil
}

// OpenIn returns the open question of a channel's deck, and whether there is one.
func (s *Store) OpenIn(c Channel, deck string) (Question, bool, error) {
	return s.questionAt(path{openFold, deckKey(c, deck)})
}

// lastIn returns the question that a deck was asked last, "" for none.
func lastIn(tx *bbolt.Tx, c Channel, deck string) (QuestionID, error) {
	for id, err := range lastAsked(tx, c) {
		if err != nil {
			return "", err
		}
		q, err := value[Question](tx, path{questionsFold, string(id)})
		if err != nil || q.Deck == deck {
			return id, err
		}
	}
	return "", nil
}

// An ownDay is a day on which a channel had a question of the day, of one deck or of several.
type ownDay struct {
	day       Day
	questions []QuestionID
}

// ownDays returns the days on which a channel had a question of the day, in order.
func ownDays(tx *bbolt.Tx, c Channel) (days []ownDay, err error) {
	for _, key := range deckKeys(tx, daysFold, c) {
		if err := bucket(tx, daysFold, key).ForEach(func(day, v []byte) error {
			var id QuestionID
			if err := json.Unmarshal(v, &id); err != nil {
				return fmt.Errorf("store: day %s: %w", day, err)
			}
			days = append(days, ownDay{Day(day), []QuestionID{id}})
			return nil
		}); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(days, func(a, b ownDay) int { return cmp.Compare(a.day, b.day) })
	merged := days[:0]
	for _, d := range days {
		if n := len(merged); n > 0 && merged[n-1].day == d.day {
			merged[n-1].questions = append(merged[n-1].questions, d.questions...)
			continue
		}
		merged = append(merged, d)
	}
	return merged, nil
}

// Active returns how many members have points from the questions of the days from first to last, both included.
func (s *Store) Active(c Channel, first, last Day) (n int, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		all, err := sums(tx, c, first, last)
		n = len(all)
		return err
	})
	return n, err
}

// Remind records that the channel is to be told that a question is still open; saying so is then pending. It
// returns ErrClosed where that was done before, or the question is closed.
func (s *Store) Remind(id QuestionID, at time.Time) (Act, error) {
	act := Act{Key: id.RemindKey(), Question: id, Remind: true}
	err := s.append(func(tx *bbolt.Tx) (*Entry, error) {
		q, err := openQuestion(tx, id)
		if err == nil && q.Reminded {
			err = fmt.Errorf("question %s: %w", id, ErrClosed)
		}
		act.Channel = q.Channel
		return &Entry{At: at.UTC(), What: WasReminded, Channel: q.Channel, Question: id}, err
	})
	return act, err
}

func (f *folder) reminded() {
	q := f.question()
	q.Reminded = true
	f.put(path{questionsFold, string(q.ID)}, q)
	f.put(path{pendingFold, string(q.ID.RemindKey())}, Act{Key: q.ID.RemindKey(), Channel: q.Channel, Question: q.ID, Remind: true})
}
