package search

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"studybot/knowledge"
)

// A Result is what the notes hold about a question.
type Result struct {
	// Answered reports whether the best passage holds enough of what the question is
	// about to be called an answer.
	Answered bool

	// Hits are the passages, the best first. They are there when the question is not
	// answered, too: the nearest there is.
	Hits []Hit

	// Nearest are up to three titles near the question, when it is not answered.
	Nearest []string
}

// A Hit is a passage that was found.
type Hit struct {
	knowledge.Passage

	// Score is how much of the question the passage holds, 0 to 1, each word counted by
	// how rare it is. Hits are not in the order of their scores alone.
	Score float64

	Snippet string             // its best lines, or all of it when it is short
	Marks   []string           // words of the passage that answer words of the question
	Also    []knowledge.Source // other places that say the same
}

// candidates is how many passages the first pass gives to the second, and no search
// returns more.
const candidates = 30

var passes = sync.Pool{New: func() any { return new(pass) }}

// Search returns the passages that answer a query best, n of them or 30 at most. Whatever is typed is a query:
// there is no syntax, and no query is an error. Errors: ErrClosed, ctx's, Bleve's.
func (x *Index) Search(ctx context.Context, query string, n int) (Result, error) {
	var res Result
	err := x.look(ctx, query, n, func(m *spotter, hits []found) {
		res.Answered = m.q.answered(hits)
		if !res.Answered {
			res.Nearest = nearest(hits, 3)
		}
		for _, h := range hits[:min(n, len(hits))] {
			res.Hits = append(res.Hits, Hit{
				Passage: h.passage,
				Score:   h.coverage,
				Snippet: m.snippet(h.passage.Text),
				Marks:   m.marks(h.passage.Text),
				Also:    h.also,
			})
		}
	})
	if err != nil {
		return Result{}, fmt.Errorf("search: %w", err)
	}
	return res, nil
}

// look gives show what was found, n passages and a few more. It does not call show when
// the query has no word.
func (x *Index) look(ctx context.Context, query string, n int, show func(*spotter, []found)) error {
	leave, err := x.enter()
	if err != nil {
		return err
	}
	defer leave()
	v := x.view.Load()
	r, err := snapshot(x.bleve)
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }()
	live, err := r.DocCount()
	if err != nil {
		return err
	}
	f := &facts{ctx: ctx, r: r, live: int(live)}
	q := v.ask(query, f)
	if f.err != nil || len(q.terms) == 0 || n <= 0 {
		return f.err
	}
	p := passes.Get().(*pass)
	defer passes.Put(p)
	cs, err := p.run(ctx, r, v, q, candidates)
	if err != nil {
		return err
	}
	m := newSpotter(q)
	hits, err := second(r, m, cs, n)
	if err != nil {
		return err
	}
	show(m, spread(together(hits, n+5)))
	return nil
}

// read returns the passage with a number in the snapshot.
func read(r *scorch.IndexSnapshot, doc uint64) (record, error) {
	var rec record
	var err error
	for _, s := range r.Segments() {
		n := uint64(s.FullSize())
		if doc >= n {
			doc -= n
			continue
		}
		visit := s.VisitDocument(doc, func(field string, _ byte, value []byte, _ []uint64) bool {
			if field == blobField {
				rec, err = decode(value)
			}
			return true
		})
		return rec, cmp.Or(err, visit)
	}
	return rec, fmt.Errorf("passage %d is not in the index", doc)
}

// nearest returns the titles of the first passages, each once.
func nearest(hits []found, n int) []string {
	var out []string
	for _, h := range hits {
		if t := h.passage.Title; t != "" && !slices.Contains(out, t) && len(out) < n {
			out = append(out, t)
		}
	}
	return out
}

// facts looks terms up in a snapshot.
type facts struct {
	ctx  context.Context
	r    *scorch.IndexSnapshot
	live int // passages
	err  error
}

func (f *facts) total() int { return f.live }

func (f *facts) count(term string) int {
	reader, err := f.r.TermFieldReader(f.ctx, []byte(term), wordsField, false, false, false)
	if err != nil {
		f.err = cmp.Or(f.err, err)
		return 0
	}
	defer func() { _ = reader.Close() }()
	return int(reader.Count())
}
