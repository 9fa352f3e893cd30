package grade

import (
	"cmp"
	"math"
	"slices"
	"unicode/utf8"
)

// A pole is a word of a clause that has an opposite, or a value, and the words it stands
// among.
type pole struct {
	pair int // of opposites; a value is of pair 0
	side said
	value
	odd  bool // one negation in the clause, or three, that does not reach it
	near []beside
	room float64 // the weight of near
}

// A beside is a word beside a pole.
type beside struct {
	word   uint64  // its hash
	weight float32 // less of a word that is further off
	left   bool
}

const (
	farNear   = 16  // characters, a Latin word counted as two, between a pole and the last word near it
	halfNear  = 8.0 // so far off a word weighs half
	otherWay  = 0.6 // what a word near a pole counts that stands on its other side
	fewNear   = 1.5 // the weight of words below which they tell nothing
	fewNamed  = 2.2 // the same, of a name: one thing of several does much that another does
	sameFrame = 0.7 // the share of the words near a pole by which another stands in its place
	plainly   = 0.1 // and so much more than any that agrees with it
)

// polesOf reads the poles of a clause of these words, terms and values, of the pairs that
// are wanted.
func polesOf(words []lexeme, terms []term, values []value, reach reaches, wanted func(pair int) bool) []pole {
	out := []pole{}
	end := 0
	terms = slices.DeleteFunc(terms, func(t term) bool {
		inside := t.from < end
		end = max(end, t.to)
		return inside
	})
	for _, t := range terms {
		for _, g := range t.groups {
			p := pole{pair: g / 2, side: affirmed}
			if g < 2 || !wanted(p.pair) || nameOnly(p.pair) && reach.at(t.from) == denied {
				continue
			}
			if g%2 == 1 {
				p.side = denied
			}
			for _, x := range reach {
				if x[0] <= t.from && t.from < x[1] {
					p.side ^= affirmed | denied
				} else {
					p.odd = !p.odd
				}
			}
			p.among(words, t.from, t.to, func(l lexeme) bool { return inPair(terms, p.pair, l.from) })
			out = append(out, p)
		}
	}
	for _, v := range values {
		if v.kind == named && len(words) > 0 && v.from <= words[0].from {
			continue // what a clause speaks of: families tell these apart
		}
		if wanted(0) && reach.at(v.from) == affirmed {
			p := pole{value: v}
			p.among(words, v.from, v.to, func(l lexeme) bool { return isDigit(l.key[0]) || measureOf()[l.key].kind != "" })
			out = append(out, p)
		}
	}
	return out
}

// inPair reports whether the word at a place is a pole of a pair.
func inPair(terms []term, pair, at int) bool {
	for _, t := range terms {
		if t.from <= at && at < t.to {
			return slices.ContainsFunc(t.groups, func(g int) bool { return g/2 == pair })
		}
	}
	return false
}

// among notes the words that stand near the pole at from, but those left out.
func (p *pole) among(words []lexeme, from, to int, out func(lexeme) bool) {
	first, _ := slices.BinarySearchFunc(words, from, func(l lexeme, at int) int { return cmp.Compare(l.from, at) })
	d := 0
	for i := first - 1; i >= 0 && d <= farNear; i-- {
		if !out(words[i]) {
			d += p.note(words[i], d, true)
		}
	}
	d = 0
	for i := first; i < len(words) && d <= farNear; i++ {
		if words[i].from >= to && !out(words[i]) {
			d += p.note(words[i], d, false)
		}
	}
}

// note adds a word unless it only joins others, and returns its size.
func (p *pole) note(l lexeme, d int, left bool) int {
	if l.little() {
		return 0
	}
	w := float64(l.size()) / (1 + float64(d)/halfNear)
	if p.near == nil {
		p.near = make([]beside, 0, farNear)
	}
	p.near = append(p.near, beside{hashOf(l.key), float32(w), left})
	p.room += w
	return l.size()
}

// little reports whether a word only joins or denies others.
func (l lexeme) little() bool {
	if l.han() {
		r, _ := utf8.DecodeRuneInString(l.key)
		return joinsWords(r) || stringing[l.key] || slices.Contains(denies, l.key)
	}
	return stringing[l.key] || stopWords[l.key]
}

// hashOf is the FNV-1a hash of a word.
func hashOf(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

// like is the share of the words near p that stand near q as well; 0 where that is one.
func (p *pole) like(q *pole) float64 {
	sum, shared := 0.0, 0
	for i := range p.near {
		n, best := &p.near[i], float32(0)
		for j := range q.near {
			m := &q.near[j]
			if n.word != m.word {
				continue
			}
			w := min(n.weight, m.weight)
			if n.left != m.left {
				w *= otherWay
			}
			best = max(best, w)
		}
		if sum += float64(best); best > 0 {
			shared++
		}
	}
	if shared < 2 {
		return 0
	}
	return sum / p.room
}

// contrary reports whether the answer puts an opposite or another value in the place that
// a pole of target i has, among the same words, and nowhere has it so as the target does.
func (r *reading) contrary(i int) bool {
	for _, part := range r.targets[i].parts {
		compared, others := false, false
		for _, p := range part.poles {
			if p.room < fewNear || !r.flipped(i, &p) {
				continue
			}
			compared = compared || comparing(p.pair)
			others = others || !comparing(p.pair)
		}
		// To compare the other way round with the sides exchanged is to say the same.
		if compared != others {
			return true
		}
	}
	return false
}

// flipped reports whether the answer has another than p in its place.
func (r *reading) flipped(i int, p *pole) bool {
	other := 0.0
	for k := range r.clauses {
		for j, qs := 0, r.poles(&r.clauses[k]); j < len(qs); j++ {
			if q := &qs[j]; q.pair == p.pair && !p.agrees(q) && p.differs(q) && r.fits(i, k) && !(p.kind == named && slices.Contains(r.clauses[k].latin, p.text)) {
				other = max(other, p.like(q))
			}
		}
	}
	if other < sameFrame || p.kind == named && other*p.room < fewNamed {
		return false
	}
	for k := range r.clauses {
		for j, qs := 0, r.poles(&r.clauses[k]); j < len(qs); j++ {
			if q := &qs[j]; q.pair == p.pair && p.agrees(q) && p.like(q) > other-plainly {
				return false
			}
		}
	}
	return true
}

// poles reads the poles of a clause, once.
func (r *reading) poles(c *clause) []pole {
	if c.poles == nil {
		c.poles = polesOf(c.words, c.terms, c.values, c.reach, func(pair int) bool { return r.poled[pair] })
	}
	return c.poles
}

func (p *pole) agrees(q *pole) bool {
	if p.pair > 0 {
		return p.side == q.side
	}
	return p.value.equals(q.value)
}

// differs reports whether q cannot be right where p is. What the one affirms and the other
// denies of opposites may both be right.
func (p *pole) differs(q *pole) bool {
	if p.pair > 0 {
		return p.side != q.side && p.odd == q.odd
	}
	if p.value.kind == named || q.value.kind == named {
		return p.value.kind == q.value.kind
	}
	return p.value.kind == q.value.kind || p.value.kind == "" || q.value.kind == ""
}

// A value is a number with its unit, or what stands behind an equals sign.
type value struct {
	text     string  // as it is written, without a unit
	size     float64 // in the base unit of its kind
	kind     string  // what is measured, "" for a bare number
	from, to int     // its place in the folded text
}

func (v value) equals(w value) bool {
	if v.kind == "" || w.kind == "" || v.kind == named {
		return v.text == w.text
	}
	return v.kind == w.kind && math.Abs(v.size-w.size) <= 1e-9*math.Max(v.size, w.size)
}
