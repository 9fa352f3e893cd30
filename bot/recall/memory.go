package recall

import (
	"math"
	"time"

	"github.com/open-spaced-repetition/go-fsrs/v3"

	"studybot/knowledge"
)

// A Memory is what a member is thought to remember of a card, by the model FSRS
// (github.com/open-spaced-repetition, version 5 with its default weights). The zero Memory is
// of a card never answered.
//
// It is stored as JSON: it may gain fields, none is renamed or changes its type.
type Memory struct {
	Stability  float64   `json:"stability"`  // days until recall has fallen to 0.9; above 0 once answered
	Difficulty float64   `json:"difficulty"` // 1, easy, to 10
	Last       time.Time `json:"last"`       // of the last answer, UTC
	Reviews    int       `json:"reviews"`    // answers so far
	Lapses     int       `json:"lapses"`     // of them, answers in the band Little after the first
}

// The bounds of a stability, in days: the shortest that FSRS knows, and a hundred years.
const (
	leastStability = 0.01
	mostStability  = 36500
)

// model is FSRS in whole days, without chance: the same answers give the same memory.
func model() fsrs.FSRS {
	p := fsrs.DefaultParam()
	p.EnableShortTerm = false
	p.EnableFuzz = false
	return fsrs.FSRS{Parameters: p}
}

// Review returns the memory after an answer with a score, 0..1, at a time. The bands Known,
// Partly and Little are FSRS's Good, Hard and Again. No answer is no review.
//
// Between two answers FSRS counts whole days; they are rounded, so that an answer in the evening
// and one on the next morning are a day apart. An answer that is older than the memory counts as
// given at the same time.
func (m Memory) Review(score float64, at time.Time) Memory {
	at = at.UTC().Round(0) // without a monotonic reading
	if !m.known() {
		m = Memory{Last: at}
	}
	if at.Before(m.Last) {
		at = m.Last
	}
	days := min(math.Round(at.Sub(m.Last).Hours()/24), mostStability)
	card := fsrs.Card{
		Stability:  m.Stability,
		Difficulty: m.Difficulty,
		LastReview: at.Add(-time.Duration(days) * 24 * time.Hour),
	}
	if m.Reviews > 0 {
		card.State = fsrs.Review
	}
	r := rating(score)
	if card.State == fsrs.Review && r == fsrs.Again {
		m.Lapses++
	}
	f := model()
	next := f.Next(card, at, r).Card
	return Memory{
		Stability:  min(max(next.Stability, leastStability), mostStability),
		Difficulty: next.Difficulty,
		Last:       at,
		Reviews:    m.Reviews + 1,
		Lapses:     m.Lapses,
	}
}

func rating(score float64) fsrs.Rating {
	switch (knowledge.Grade{Score: score}).Band() {
	case knowledge.Known:
		return fsrs.Good
	case knowledge.Partly:
		return fsrs.Hard
	}
	return fsrs.Again
}

// Retrievability is the probability, above 0 and at most 1, that the member recalls the card at
// a time. It is not known of a card never answered.
func (m Memory) Retrievability(at time.Time) (r float64, known bool) {
	if !m.known() {
		return 0, false
	}
	f := model()
	return m.recall(at, &f), true
}

func (m Memory) known() bool { return m.Reviews > 0 && m.Stability > 0 }

func (m Memory) recall(at time.Time, f *fsrs.FSRS) float64 {
	if at.Before(m.Last) {
		return 1
	}
	return f.GetRetrievability(fsrs.Card{State: fsrs.Review, Stability: m.Stability, LastReview: m.Last}, at)
}
