// Package eval measures lookups by golden questions, which a team keeps for its own notes.
//
// A golden question names the lines that answer it, or says that no note does:
//
//	{"q": "how is the master chosen", "style": "natural", "file": "redis.md", "gold": [[12, 18]]}
//	{"q": "who won the cup", "style": "unanswerable"}
//
// A hit is right when it holds at least half of the lines of a golden range, or lies at least half
// inside one.
package eval

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"time"

	"studybot/knowledge"
)

// Unanswerable is the style of questions that no note answers.
const Unanswerable = "unanswerable"

// Depth is how many hits are looked at.
const Depth = 10

// A Question is a golden question.
type Question struct {
	Query string            `json:"q"`
	Style string            `json:"style"` // groups questions in the report; "" for none
	File  string            `json:"file"`
	Gold  []knowledge.Span  `json:"gold"` // the lines of File that answer it
	Also  []json.RawMessage `json:"also"` // ["file", start, end]: lines of other files that do
	also  []knowledge.Source
}

// Read reads golden questions, one JSON object a line; blank lines are passed over. Its errors name
// the line.
func Read(r io.Reader) (qs []Question, err error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		if len(lines.Bytes()) == 0 {
			continue
		}
		var q Question
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			return nil, fmt.Errorf("line %d: not a golden question: %w", n, err)
		}
		if err := q.check(); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		qs = append(qs, q)
	}
	return qs, lines.Err()
}

func (q *Question) check() error {
	if q.Query == "" {
		return errors.New(`"q" is missing: the question itself`)
	}
	for _, raw := range q.Also {
		var s knowledge.Source
		var l knowledge.Span
		if err := json.Unmarshal(raw, &[]any{&s.File, &l.Start, &l.End}); err != nil {
			return fmt.Errorf(`"also" must be ["file", first line, last line]: %w`, err)
		}
		s.Lines = []knowledge.Span{l}
		q.also = append(q.also, s)
	}
	if q.Style != Unanswerable && (q.File == "" || len(q.Gold) == 0) {
		return fmt.Errorf(`"file" and "gold" are missing: the lines that answer it, or "style": %q`, Unanswerable)
	}
	for _, p := range q.places() {
		if l := p.Lines[0]; l.Start < 1 || l.End < l.Start {
			return fmt.Errorf("[%d,%d] are no lines: write them as [first,last], from 1", l.Start, l.End)
		}
	}
	return nil
}

// places are the golden ranges, one each.
func (q *Question) places() []knowledge.Source {
	var ps []knowledge.Source
	for _, l := range q.Gold {
		ps = append(ps, knowledge.Source{File: q.File, Lines: []knowledge.Span{l}})
	}
	return append(ps, q.also...)
}

// An Answer is what a lookup gave.
type Answer struct {
	Answered bool
	Hits     []knowledge.Passage // best first
	Took     time.Duration
}

// A Score says how good lookups were. Shares are 0..1.
type Score struct {
	Style      string
	Answerable int     // questions that a note answers
	MRR        float64 // mean of 1/rank of the first right hit, 0 for none among Depth
	NDCG       float64 // mean nDCG at Depth, every golden range found counting once (Järvelin and Kekäläinen 2002)
	First      float64 // share whose first hit is right
	Three      float64 // share with a right hit among three
	Refused    float64 // share of the answerable that was refused
	Nothing    int     // questions that no note answers
	Declined   float64 // share of these that was refused
}

// Measure scores answers to questions, in the same order: for each style in order of name, then for all
// together under the style "".
func Measure(qs []Question, as []Answer) []Score {
	byStyle := map[string]*sums{}
	var all sums
	for i, q := range qs {
		if byStyle[q.Style] == nil {
			byStyle[q.Style] = &sums{}
		}
		byStyle[q.Style].add(&q, as[i])
		all.add(&q, as[i])
	}
	var scores []Score
	var styles []string
	for style := range byStyle {
		styles = append(styles, style)
	}
	slices.Sort(styles)
	for _, style := range styles {
		if style != "" {
			scores = append(scores, byStyle[style].score(style))
		}
	}
	return append(scores, all.score(""))
}

type sums struct {
	n, nothing                                int
	rr, ndcg, first, three, refused, declined float64
}

func (s *sums) add(q *Question, a Answer) {
	if q.Style == Unanswerable {
		s.nothing++
		s.declined += one(!a.Answered)
		return
	}
	s.n++
	s.refused += one(!a.Answered)
	rank, gain := judge(q.places(), a.Hits)
	if rank > 0 {
		s.rr += 1 / float64(rank)
	}
	s.ndcg += gain
	s.first += one(rank == 1)
	s.three += one(rank > 0 && rank <= 3)
}

func one(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func (s *sums) score(style string) Score {
	n, nothing := float64(max(1, s.n)), float64(max(1, s.nothing))
	return Score{Style: style, Answerable: s.n, MRR: s.rr / n, NDCG: s.ndcg / n, First: s.first / n, Three: s.three / n,
		Refused: s.refused / n, Nothing: s.nothing, Declined: s.declined / nothing}
}

// judge returns the rank of the first right hit, 0 for none, and the nDCG.
func judge(places []knowledge.Source, hits []knowledge.Passage) (rank int, ndcg float64) {
	found := make([]bool, len(places))
	var dcg, ideal float64
	for i, h := range hits[:min(Depth, len(hits))] {
		for k, p := range places {
			if p.File != h.File || !right(h.Lines, p.Lines[0]) {
				continue
			}
			if rank == 0 {
				rank = i + 1
			}
			if !found[k] {
				found[k] = true
				dcg += 1 / math.Log2(float64(i+2))
				break
			}
		}
	}
	for i := range min(Depth, len(places)) {
		ideal += 1 / math.Log2(float64(i+2))
	}
	if ideal == 0 {
		return rank, 0
	}
	return rank, dcg / ideal
}

func right(hit, gold knowledge.Span) bool {
	common := min(hit.End, gold.End) - max(hit.Start, gold.Start) + 1
	return common > 0 && (2*common >= gold.End-gold.Start+1 || 2*common >= hit.End-hit.Start+1)
}
