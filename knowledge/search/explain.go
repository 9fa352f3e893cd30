package search

import (
	"context"
	"fmt"
	"strings"

	"studybot/knowledge"
)

// An Explanation says how an answer came about, for people who tend the notes or the
// glossary.
type Explanation struct {
	Dropped []string // words that only made the query a question
	Terms   []TermFacts
	Pieces  []PieceFacts
	Hits    []HitFacts

	Need     float64 // coverage that one of the first five hits has to have
	Answered bool
}

// TermFacts say what was looked up in the index.
type TermFacts struct {
	Text     string
	Passages int     // that hold it
	Rarity   float64 // its idf
	Weight   float64 // by what it is: a whole word, a part, a translation
}

// PieceFacts say what the question consists of: Latin words, and pairs of Han characters.
type PieceFacts struct {
	Text  string
	Share float64 // of the question, 0 to 1
}

// HitFacts say why a passage stands where it does. Rank is what hits are ordered by.
type HitFacts struct {
	knowledge.Source
	Title    string
	First    float64   // score of BM25
	Coverage float64   // how much of the question it holds, 0 to 1
	InTitle  float64   // how well its title agrees with the question, 0 to 1
	Near     float64   // how much its best two sentences hold, 0 to 1
	Rank     float64   // all of it together
	Holds    []float64 // how much of each piece
}

// Explain does what Search does and returns how it came about.
func (x *Index) Explain(ctx context.Context, query string, n int) (Explanation, error) {
	var e Explanation
	err := x.look(ctx, query, n, func(m *spotter, hits []found) {
		q := m.q
		e.Answered, e.Need = q.answered(hits), q.need(hits)
		for i, a := range q.atoms {
			if q.dropped[i] {
				e.Dropped = append(e.Dropped, a.text)
			}
		}
		for _, t := range q.terms {
			e.Terms = append(e.Terms, TermFacts{t.text, t.df, t.idf, t.weight})
		}
		all := 0.0
		for _, u := range q.units {
			all += u.weight
		}
		for _, u := range q.units {
			text := strings.TrimSpace(keyOf(q.atoms[u.from:u.to]))
			e.Pieces = append(e.Pieces, PieceFacts{text, u.weight / max(all, 1e-9)})
		}
		for _, h := range hits[:min(n, len(hits))] {
			e.Hits = append(e.Hits, q.hitFacts(h))
		}
	})
	if err != nil {
		return Explanation{}, fmt.Errorf("search: explain: %w", err)
	}
	return e, nil
}

func (q *question) hitFacts(h found) HitFacts {
	f := HitFacts{
		Source:   knowledge.Source{File: h.passage.File, Lines: []knowledge.Span{h.passage.Lines}},
		Title:    h.passage.Title,
		First:    h.score,
		Coverage: h.coverage,
		InTitle:  h.title,
		Near:     h.near,
		Rank:     h.rank,
	}
	for i := range q.units {
		f.Holds = append(f.Holds, q.degree(i, h.mask))
	}
	return f
}
