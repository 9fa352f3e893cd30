package search

import (
	"cmp"
	"context"
	"slices"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
)

// The constants of BM25, as Robertson and Zaragoza give them ("The Probabilistic
// Relevance Framework: BM25 and Beyond", 2009).
const (
	k1 = 1.2
	b  = 0.75
)

// A candidate is a passage that the first pass found.
type candidate struct {
	doc   uint64 // its number in the snapshot
	score float64
	mask  uint64 // terms of the question that it holds
}

// A pass scores the passages of one snapshot. It is used again for other questions, one
// at a time.
type pass struct {
	score   []float32 // of every passage
	mask    []uint64
	touched []uint32 // passages with a score
	buf     index.TermFieldDoc
	readers []index.TermFieldReader
}

// reset makes room for n passages, all without a score.
func (p *pass) reset(n int) {
	for _, d := range p.touched {
		p.score[d], p.mask[d] = 0, 0
	}
	p.touched = p.touched[:0]
	if len(p.score) < n {
		p.score, p.mask = make([]float32, n), make([]uint64, n)
	}
}

// size is how many numbers the passages of a snapshot have, deleted ones included.
func size(r *scorch.IndexSnapshot) int {
	n := int64(0)
	for _, s := range r.Segments() {
		n += s.FullSize()
	}
	return int(n)
}

// What is done about terms that very many passages hold.
const (
	manyPostings = 1500   // passages found by rarer terms, from which on frequent ones only help
	longList     = 20_000 // passages that hold a term, from which on it is looked up for the best alone
)

// run scores the passages that hold terms of the question and returns the best. Rare
// terms come first. A Han character that an eighth of the passages hold says nothing
// that its pairs do not say better, so it counts as held and is not looked up; another
// term with a very long list is looked up for the best passages alone.
func (p *pass) run(ctx context.Context, r *scorch.IndexSnapshot, v *view, q *question, most int) ([]candidate, error) {
	p.reset(size(r))
	order := make([]int, 0, len(q.terms))
	for i, t := range q.terms {
		if t.df > 0 {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(i, j int) int {
		return cmp.Or(cmp.Compare(q.terms[i].df, q.terms[j].df), cmp.Compare(q.terms[i].text, q.terms[j].text))
	})
	alone := q.aloneChars()
	var late []int
	postings, frequent := 0, uint64(0)
	for _, i := range order {
		t := &q.terms[i]
		enough := postings >= manyPostings && t.df > max(v.passages/8, 200)
		switch {
		case enough && t.kind == charKind && alone&bit(i) == 0:
			frequent |= bit(i)
		case enough && t.df > longList:
			late = append(late, i)
		default:
			if err := p.term(ctx, r, v, q, i); err != nil {
				return nil, err
			}
			postings += t.df
		}
	}
	best := p.best(most)
	if len(late) > 0 {
		var err error
		if best, err = p.rest(ctx, r, v, q, late, most); err != nil {
			return nil, err
		}
	}
	for i := range best {
		best[i].mask |= frequent
	}
	return best, nil
}

// term adds what a term is worth to every passage that holds it.
func (p *pass) term(ctx context.Context, r *scorch.IndexSnapshot, v *view, q *question, i int) error {
	t := q.terms[i]
	reader, err := r.TermFieldReader(ctx, []byte(t.text), wordsField, true, true, false)
	if err != nil {
		return err
	}
	defer func() { _ = reader.Close() }()
	worth, m := t.weight*t.idf*(k1+1), bit(i)
	for {
		d, err := reader.Next(p.buf.Reset())
		if err != nil {
			return err
		}
		if d == nil {
			return ctx.Err()
		}
		n := d.ID.Value()
		if p.mask[n] == 0 {
			p.touched = append(p.touched, uint32(n))
		}
		p.mask[n] |= m
		p.score[n] += float32(worth * saturate(d, v.average))
	}
}

// saturate is BM25's term frequency: it grows ever more slowly, the slower the longer
// the passage. Bleve stores the root of the length, inverted.
func saturate(d *index.TermFieldDoc, average float64) float64 {
	length := average
	if d.Norm > 0 {
		length = 1 / (d.Norm * d.Norm)
	}
	f := float64(d.Freq)
	return f / (f + k1*(1-b+b*length/average))
}

// rest looks up the remaining terms for the best passages only.
func (p *pass) rest(ctx context.Context, r *scorch.IndexSnapshot, v *view, q *question, order []int, most int) ([]candidate, error) {
	best := p.best(8 * most)
	slices.SortFunc(best, func(a, b candidate) int { return cmp.Compare(a.doc, b.doc) })
	for _, i := range order {
		t := q.terms[i]
		reader, err := r.TermFieldReader(ctx, []byte(t.text), wordsField, true, true, false)
		if err != nil {
			return nil, err
		}
		worth, m := t.weight*t.idf*(k1+1), bit(i)
		at := uint64(0)
		var d *index.TermFieldDoc
		for k := range best {
			c := &best[k]
			if d == nil || at < c.doc {
				if d, err = reader.Advance(index.NewIndexInternalID(nil, c.doc), &p.buf); err != nil || d == nil {
					break
				}
				at = d.ID.Value()
			}
			if at == c.doc {
				c.mask |= m
				c.score += worth * saturate(d, v.average)
			}
		}
		if e := reader.Close(); err == nil {
			err = e
		}
		if err != nil {
			return nil, err
		}
	}
	sortCandidates(best)
	return best[:min(most, len(best))], nil
}

// best returns the passages with the greatest scores, the best first. Passages with the
// same score as the last one are all returned, so that the order can be settled by what
// they are and not by where they lie.
func (p *pass) best(most int) []candidate {
	heap := make([]candidate, 0, most+16)
	floor := float32(-1)
	cut := func() {
		sortCandidates(heap)
		floor = float32(heap[most-1].score)
		k := most
		for k < len(heap) && float32(heap[k].score) == floor && k < 2*most {
			k++
		}
		heap = heap[:k]
	}
	for _, d := range p.touched {
		if s := p.score[d]; s >= floor {
			heap = append(heap, candidate{uint64(d), float64(s), p.mask[d]})
			if len(heap) >= 4*most {
				cut()
			}
		}
	}
	if len(heap) > most {
		cut()
	}
	sortCandidates(heap)
	return heap
}

func sortCandidates(cs []candidate) {
	slices.SortFunc(cs, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.doc, b.doc))
	})
}
