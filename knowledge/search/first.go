package search

import (
	"cmp"
	"context"
	"slices"

	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"
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
	found   []candidate
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
	manyPostings = 1500 // passages found by rarer terms, from which on frequent ones only help
	shortList    = 1000 // passages that hold a term, up to which it is looked up without more ado
	seekCost     = 6    // of looking one passage up in a list, in steps through the list
	longList     = 1800 // passages that hold a Han character, from which on it only helps the leaders,
	everywhere   = 8    // or one passage in so many, where that is more
	leaders      = 100  // passages
)

// run scores the passages that hold terms of the question and returns the best. Rare
// terms come first. As soon as the terms that are left cannot bring a new passage among the
// best, they are looked up for those alone that may be (Turtle and Flood, "Query Evaluation:
// Strategies and Optimizations", 1995); that changes nothing in the result. A Han character that
// very many passages hold, beside its pairs, is then looked up for the leaders alone, and not counted.
func (p *pass) run(ctx context.Context, r *scorch.IndexSnapshot, v *view, q *question, most int) ([]candidate, error) {
	p.reset(size(r))
	order := rareFirst(q)
	left, lists := 0.0, 0 // what the terms to come can bring, and how long their lists are
	for _, i := range order {
		left += q.terms[i].worth()
		lists += q.terms[i].df
	}
	postings, alone := 0, q.aloneChars()
	var among []uint32 // the passages that may be among the best, nil for all
	for _, i := range order {
		t := &q.terms[i]
		if among == nil && postings >= manyPostings && t.df > shortList {
			among = p.reachable(most, left, lists)
		}
		frequent := t.kind == charKind && alone&bit(i) == 0 && t.df > max(longList, q.facts.total()/everywhere)
		if among == nil && frequent && postings >= manyPostings {
			among = p.leading(max(leaders, most))
		}
		var err error
		switch {
		case among == nil || t.df <= seekCost*len(among):
			err = p.term(ctx, r, v, q, i)
		case frequent:
			err = p.present(ctx, r, q, i, among)
		default:
			err = p.seek(ctx, r, v, q, i, among)
		}
		if err != nil {
			return nil, err
		}
		postings += t.df
		left -= t.worth()
		lists -= t.df
	}
	return p.best(most), nil
}

// rareFirst returns the terms that the notes hold, the rarest first.
func rareFirst(q *question) []int {
	var order []int
	for i, t := range q.terms {
		if t.df > 0 {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(i, j int) int {
		return cmp.Or(cmp.Compare(q.terms[i].df, q.terms[j].df), cmp.Compare(q.terms[i].text, q.terms[j].text))
	})
	return order
}

// worth is the most that a term can add to a score.
func (t *term) worth() float64 { return t.weight * t.idf * (k1 + 1) }

// reachable returns the passages, rising, whose scores can still be among the best when
// nothing adds more than left to any. It returns nil when a passage without a score can
// be, too, or when there are so many that it is no work saved on lists of that length.
func (p *pass) reachable(most int, left float64, lists int) []uint32 {
	best := p.best(most)
	if len(best) < most || best[most-1].score <= left*1.0001 {
		return nil
	}
	floor := float32(best[most-1].score - left*1.0001)
	var out []uint32
	for _, d := range p.touched {
		if p.score[d] >= floor {
			if out = append(out, d); len(out)*seekCost > lists {
				return nil
			}
		}
	}
	slices.Sort(out)
	return out
}

// leading returns the n best passages so far, rising.
func (p *pass) leading(n int) []uint32 {
	var out []uint32
	for _, c := range p.best(n) {
		out = append(out, uint32(c.doc))
	}
	slices.Sort(out)
	return out
}

// term adds what a term is worth to every passage that holds it.
func (p *pass) term(ctx context.Context, r *scorch.IndexSnapshot, v *view, q *question, i int) error {
	t := q.terms[i]
	worth, m := t.worth(), bit(i)
	ls, err := lists(r, t.text)
	if err != nil {
		return err
	}
	for _, l := range ls {
		entries := l.Iterator(true, true, false, nil)
		for {
			e, err := entries.Next()
			if err != nil {
				return err
			}
			if e == nil {
				break
			}
			n := l.first + e.Number()
			if p.mask[n] == 0 {
				p.touched = append(p.touched, uint32(n))
			}
			p.mask[n] |= m
			p.score[n] += float32(worth * v.saturate(e))
		}
	}
	return ctx.Err()
}

// dampings returns, for each level of length, what slows the growth of BM25's term frequency.
func dampings(average float64) *[levels]float64 {
	var d [levels]float64
	for i := range d {
		d[i] = k1 * (1 - b + b*lengthOf(i)/max(average, 1))
	}
	return &d
}

// saturate is BM25's term frequency: it grows ever more slowly, the slower the longer
// the passage.
func (v *view) saturate(e segment.Posting) float64 {
	f := float64(e.Frequency())
	return f / (f + v.damping[level(e)%levels])
}

// seek adds what a term is worth to the given passages alone.
func (p *pass) seek(ctx context.Context, r *scorch.IndexSnapshot, v *view, q *question, i int, among []uint32) error {
	t := q.terms[i]
	return each(ctx, r, t.text, true, among, func(d uint32, e segment.Posting) {
		p.mask[d] |= bit(i)
		p.score[d] += float32(t.worth() * v.saturate(e))
	})
}

// present adds what a term is worth once, in a passage of average length, to those of the given
// passages that hold it. To tell how often they do takes many times as long.
func (p *pass) present(ctx context.Context, r *scorch.IndexSnapshot, q *question, i int, among []uint32) error {
	t := q.terms[i]
	return each(ctx, r, t.text, false, among, func(d uint32, _ segment.Posting) {
		p.mask[d] |= bit(i)
		p.score[d] += float32(t.worth() / (1 + k1))
	})
}

// best returns the passages with the greatest scores, the best first. Passages with the
// same score as the last one are all returned, so that the order can be settled by what
// they are and not by where they lie. The next call overwrites them.
func (p *pass) best(most int) []candidate {
	heap := p.found[:0]
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
	p.found = heap
	return heap
}

func sortCandidates(cs []candidate) {
	slices.SortFunc(cs, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.doc, b.doc))
	})
}
