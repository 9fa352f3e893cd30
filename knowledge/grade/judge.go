package grade

import (
	"math"
	"slices"
	"strings"
)

// How a point is held, measured on answers that people graded.
const (
	enough     = 0.28 // the share of a point's words that holds it
	codeEnough = 0.5  // the same, of a line of code
	bagEnough  = 0.8  // the same, for an answer that is a string of terms
	window     = 3    // so many clauses together may hold a point
	windowLoss = 0.95 // what each clause after the first costs
	spill      = 0.3  // what a word counts that stands elsewhere in the answer
	steepness  = 1.5  // half a point's words are less than half a point
	labelOnly  = 0.4  // at most, for an answer that names a point and says nothing of it
	namely     = 0.3  // the share of a point that its names and numbers are at least, without which another language says nothing
	fewUnits   = 3    // of so many words one alone, in the point's own language, says nothing of it
	heldFrom   = 0.42 // from here on a point is called held
)

// What a point keeps of its cover when the clauses that have its words
const (
	deniedKeeps  = 0.25 // deny what it affirms, or affirm what it denies
	partlyKeeps  = 0.4  // the same for a good part of its words
	numberKeeps  = 0.3  // have other numbers
	subjectKeeps = 0.3  // speak of something else
	oppositKeeps = 0.3  // say the opposite
	swappedKeeps = 0.5  // have other names in the place of its own
)

// A hold says how well an answer holds a point.
type hold struct {
	cover    float64 // 0..1
	got      float64 // the weight of the words that hold it
	evidence string
	shared   [2]int // the clauses that hold it, from 1, where they have only words that other points have too
}

func (h hold) betterThan(g hold) bool {
	if math.Abs(h.cover-g.cover) > 0.02 {
		return h.cover > g.cover
	}
	return h.got > g.got
}

// holds finds for each target the clauses of the answer that hold it best.
func (r *reading) holds() []hold {
	out := make([]hold, len(r.targets))
	for i := range out {
		out[i] = r.hold(i)
	}
	r.shareOut(out)
	return out
}

// shareOut lets clauses that have only words which several points share hold one of these points at most, and none where
// the answer has no other clause: to name what the points speak of is to say none of them.
func (r *reading) shareOut(holds []hold) {
	best, times := map[[2]int]int{}, map[[2]int]int{}
	for i, h := range holds {
		if k, ok := best[h.shared]; !ok || h.betterThan(holds[k]) {
			best[h.shared] = i
		}
		times[h.shared]++
	}
	for i, h := range holds {
		if h.shared != ([2]int{}) && times[h.shared] > 1 && (best[h.shared] != i || len(r.clauses) == 1) {
			holds[i].cover = min(h.cover, labelOnly)
		}
	}
}

// hold finds the clauses of the answer that hold target i best.
func (r *reading) hold(i int) hold {
	best := r.likely(i)
	if best.cover < heldFrom || r.bag {
		return best
	}
	keeps := 1.0
	switch {
	case r.contrary(i):
		keeps = oppositKeeps
	case r.otherValues(i):
		keeps = numberKeeps
	}
	best.cover *= keeps
	best.got *= keeps
	return best
}

// likely finds the clauses that hold target i best, by their words.
func (r *reading) likely(i int) hold {
	best := r.told(i)
	if best.cover < quoted && !r.bag && r.targets[i].against == 0 {
		if q := r.quote(i); q.cover > best.cover {
			return q
		}
	}
	return best
}

// told finds the clauses of the answer that have most of the words of target i.
func (r *reading) told(i int) hold {
	anywhere := r.search(i, func(int) bool { return true })
	owned := false
	for _, f := range r.families {
		owned = owned || f.owner[i] >= 0
	}
	if !owned {
		return anywhere
	}
	anywhere.cover *= subjectKeeps
	anywhere.got *= subjectKeeps
	fitting := r.search(i, func(k int) bool { return r.fits(i, k) })
	if fitting.betterThan(anywhere) {
		return fitting
	}
	return anywhere
}

// fits reports whether clause k may speak of what target i is about.
func (r *reading) fits(i, k int) bool {
	if r.clauses[k].miscast {
		return false
	}
	for _, f := range r.families {
		if !f.fits(i, k) {
			return false
		}
	}
	return true
}

// search slides a window over the clauses that may speak of target i.
func (r *reading) search(i int, may func(clause int) bool) hold {
	t := &r.targets[i]
	whole, w := newTally(t), newTally(t)
	for k := range r.clauses {
		if len(r.clauses[k].hits[i]) > 0 && may(k) {
			whole.add(&r.clauses[k], i)
		}
	}
	best, first, last := hold{}, 0, 0
	if whole.got == 0 {
		return best
	}
	agreed := whole.agreed()
	need, span := enough*t.total, window
	switch {
	case r.bag:
		need, span = bagEnough*t.total, 1
	case t.code:
		need = codeEnough * t.total
	}
	for from := range r.clauses {
		if len(r.clauses[from].hits[i]) == 0 || !may(from) {
			continue
		}
		w.reset()
		for k := from; k < min(from+span, len(r.clauses)) && may(k); k++ {
			if len(r.clauses[k].hits[i]) == 0 {
				continue
			}
			w.add(&r.clauses[k], i)
			got := w.got
			if !r.bag {
				got += spill * max(0, agreed-w.got)
			}
			cover := math.Pow(min(1, got/need)*math.Pow(windowLoss, float64(k-from)), steepness)
			if t.body > 0 && w.body == 0 {
				cover = min(cover, labelOnly)
			}
			if len(w.found) == 1 && len(t.units) >= fewUnits && r.foreign != hasHan(t.text) || r.foreign && w.nameless() {
				cover = min(cover, labelOnly)
			}
			keeps := r.keeps(w)
			h := hold{cover: cover * keeps, got: w.got * keeps * math.Pow(windowLoss, float64(k-from))}
			if w.commonplace() {
				h.shared = [2]int{from + 1, k + 1}
			}
			if h.betterThan(best) {
				best, first, last = h, from, k
			}
		}
	}
	if best.got > 0 && !r.bag {
		best.evidence = r.cite(first, last+1)
	}
	return best
}

// maxEvidence is the width of the words quoted from an answer.
const maxEvidence = 160

// cite is the piece of the answer from one clause to before another.
func (r *reading) cite(from, to int) string {
	last := r.clauses[to-1]
	return quoteOf(r.answer[r.clauses[from].from : last.from+len(last.raw)])
}

func quoteOf(s string) string {
	return cut(trimMarks(strings.Join(strings.Fields(s), " ")), maxEvidence)
}

// A tally sums up the units of a target that some clauses have.
type tally struct {
	t       *target
	clauses []*clause
	said    []said // by unit
	found   []int  // the units found
	got     float64
	body    float64
}

func newTally(t *target) *tally { return &tally{t: t, said: make([]said, len(t.units))} }

func (w *tally) reset() {
	for _, j := range w.found {
		w.said[j] = 0
	}
	w.found, w.clauses, w.got, w.body = w.found[:0], w.clauses[:0], 0, 0
}

func (w *tally) add(c *clause, target int) {
	w.clauses = append(w.clauses, c)
	for _, h := range c.hits[target] {
		if w.said[h.unit] == 0 {
			u := w.t.units[h.unit]
			w.found = append(w.found, int(h.unit))
			w.got += w.t.worth(u)
			if u.from >= w.t.colon {
				w.body += u.weight
			}
		}
		w.said[h.unit] |= h.said
	}
}

// keeps is what a point keeps when the clauses that have its words say something else
// with them: 1 when they do not.
func (r *reading) keeps(w *tally) float64 {
	keep := 1.0
	switch other := w.denied(); {
	case other >= 0.5:
		keep = min(keep, deniedKeeps)
	case other >= 0.3:
		keep = min(keep, partlyKeeps)
	}
	switch {
	case w.t.against >= 0.3:
		keep = min(keep, deniedKeeps)
	case w.t.against >= 0.15:
		keep = min(keep, partlyKeeps)
	}
	if w.otherNumbers() {
		keep = min(keep, numberKeeps)
	}
	if w.opposes() {
		keep = min(keep, oppositKeeps)
	}
	if keep == 1 && r.swapped(w) {
		keep = swappedKeeps
	}
	return keep
}

// commonplace reports whether all that was found is in other points, too, and the point has words of its own.
func (w *tally) commonplace() bool {
	for _, j := range w.found {
		if !w.t.units[j].common {
			return false
		}
	}
	return slices.ContainsFunc(w.t.units, func(u wanted) bool { return !u.common })
}

// nameless reports whether the point has Latin words or numbers, and none of them was found: who answers in
// another language still writes them.
func (w *tally) nameless() bool {
	weight := 0.0
	for _, j := range w.t.anchors {
		if w.said[j] != 0 {
			return false
		}
		weight += w.t.worth(w.t.units[j])
	}
	return weight >= namely*w.t.total && weight > 0 && hasHan(w.t.text)
}

// agreed is the weight of what was found that is said as the target says it.
func (w *tally) agreed() float64 {
	sum := 0.0
	for _, j := range w.found {
		if u := w.t.units[j]; w.said[j]&u.said != 0 {
			sum += w.t.worth(u)
		}
	}
	return sum
}

// denied is the share of what was found that is said the other way round. The words
// that name the point do not count.
func (w *tally) denied() float64 {
	all, other := 0.0, 0.0
	for _, j := range w.found {
		u := w.t.units[j]
		if u.from < w.t.colon {
			continue
		}
		all += u.weight
		if w.said[j]&u.said == 0 {
			other += u.weight
		}
	}
	if all == 0 {
		return 0
	}
	return other / all
}

// otherNumbers reports whether the clauses have numbers and none of the point's.
func (w *tally) otherNumbers() bool {
	if len(w.t.numbers) == 0 {
		return false
	}
	some := false
	for _, c := range w.clauses {
		for _, n := range c.numbers {
			if w.t.numbers[n] {
				return false
			}
			some = true
		}
		if slices.ContainsFunc(c.values, w.t.values) {
			return false
		}
	}
	return some
}

func (w *tally) opposes() bool {
	if len(w.t.sides) == 0 {
		return false
	}
	all := sides{}
	for _, c := range w.clauses {
		for pair, s := range c.sides {
			all[pair] |= s
		}
	}
	return w.t.sides.oppose(all)
}

// shortens reports whether a word is the beginning of a name in the question.
func (r *reading) shortens(word string) bool {
	if len(word) < longName {
		return false
	}
	for name := range r.asked {
		if strings.HasPrefix(name, word) {
			return true
		}
	}
	return false
}

// swapped reports whether the clauses lack most of the Latin words and numbers of the
// point and have others: those of another point, or any in a Chinese answer or a command.
// Of a sentence in English most words are no names, so there one other is not enough.
func (r *reading) swapped(w *tally) bool {
	held := 0
	for _, j := range w.t.anchors {
		if w.said[j] != 0 {
			held++
		}
	}
	if 2*held >= len(w.t.anchors) {
		return false
	}
	others := 0
	for _, c := range w.clauses {
		for _, l := range c.latin {
			if !w.t.keys[l] && !r.asked[l] && (r.anchored[l] || !r.foreign || w.t.code) && !r.shortens(l) {
				others++
			}
		}
	}
	if !w.t.code && !hasHan(w.t.text) {
		return others > held
	}
	return others > 0
}
