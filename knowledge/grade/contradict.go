package grade

import (
	"slices"
	"strings"
)

// A part is a clause of a point: what it says is said or denied as a whole.
type part struct {
	from, to int // its place in the folded text
	weight   float64
	odd      bool // it has a negation, or three
	sides    sides
	poles    []pole
	names    []string // its Latin words, where they are two, and not one thing beside the other
}

const (
	nearlyAll = 0.7 // the share of a part's words by which a clause says the same
	mostOf    = 0.5 // the same, where it takes the opposite side
	muchMore  = 1.8 // times a part's words are another clause's
	fewWords  = 4.0 // the weight below which a part is too short to compare
)

// partsOf finds the clauses of a target.
func partsOf(t *target, reach reaches) (parts []part) {
	from := 0
	for _, c := range clauses(t.folded) {
		p := part{from: from, to: from + len(c)}
		for _, u := range t.units {
			if p.from <= u.from && u.from < p.to {
				p.weight += u.weight
			}
		}
		for _, r := range reach {
			if p.from <= r[0] && r[0] < p.to {
				p.odd = !p.odd
			}
		}
		words, denied := lexemes(c), denials(c)
		terms := poleWords().find(words)
		p.sides = sidesOf(terms, denied)
		p.names = pairOf(c, words)
		p.poles = polesOf(words, terms, valuesOf(c, units(c), func(string) bool { return true }), denied, func(int) bool { return true })
		parts = append(parts, p)
		from = p.to
	}
	return parts
}

// pairOf returns the two Latin words of a folded clause, in their order, where it has two, something is said
// between them, and no passive turns them round.
func pairOf(clause string, words []lexeme) []string {
	var pair []lexeme
	for _, l := range words {
		if l.han() || stopWords[l.key] || l.key[0] >= '0' && l.key[0] <= '9' {
			continue
		}
		if len(pair) == 2 || len(pair) == 1 && pair[0].key == l.key {
			return nil
		}
		pair = append(pair, l)
	}
	if len(pair) < 2 || strings.ContainsAny(trimMarks(clause), "被由和与及或、/,，比") || strings.Contains(clause, " by ") {
		return nil
	}
	if !says(clause[pair[0].to:pair[1].from]) {
		return nil
	}
	return []string{pair[0].key, pair[1].key}
}

// contradicted is the share of target i that the answer says word for word, but for a negation more or less, for
// the opposite of a word, or with two names exchanged, and nowhere as the target says it.
func (r *reading) contradicted(i int) float64 {
	t := &r.targets[i]
	sum := 0.0
	for _, p := range t.parts {
		if p.weight < fewWords {
			continue
		}
		other, agreed, retracted := false, false, false
		for k := range r.clauses {
			c := &r.clauses[k]
			said := r.repeats(p, c, i)
			if said >= nearlyAll && c.odd != p.odd && r.takesBack(t.folded[p.from:p.to], c) {
				retracted = true
			}
			switch {
			case said >= mostOf && p.sides.oppose(c.sides):
				other = true
			case said >= nearlyAll && (c.odd != p.odd || exchanged(p.names, pairOf(c.folded, c.words))):
				other = true
			case said >= nearlyAll:
				agreed = true
			}
		}
		if other && !agreed || retracted {
			sum += p.weight
		}
	}
	if sum == 0 {
		return 0
	}
	return sum / t.total
}

// supposes are words of clauses that tell what would be, or what others think.
var supposes = []string{"如果", "若", "要是", "假如", "否则", "就", "以为", "有人", "if ", "unless", "otherwise", "when "}

// takesBack reports whether a clause has all words of a part of a point, those of the
// question too, so that it speaks of the same; supposes nothing; and is not what another
// part of the reference says.
func (r *reading) takesBack(part string, c *clause) bool {
	if !c.hasWords(part) || slices.ContainsFunc(supposes, func(s string) bool { return strings.Contains(c.folded, s) }) {
		return false
	}
	for _, t := range r.targets {
		for _, p := range t.parts {
			if p.odd == c.odd && c.hasWords(t.folded[p.from:p.to]) {
				return false
			}
		}
	}
	return true
}

// hasWords reports whether a clause has all words of a folded text but those that say little.
func (c *clause) hasWords(folded string) bool {
	for _, l := range lexemes(folded) {
		if !l.little() && !slices.ContainsFunc(c.words, func(w lexeme) bool { return w.key == l.key }) {
			return false
		}
	}
	return true
}

func exchanged(a, b []string) bool {
	return len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0]
}

// repeats is the share of the words of a part of target i that a clause has; 0 where it has many more.
func (r *reading) repeats(p part, c *clause, i int) float64 {
	t := &r.targets[i]
	if c.weight > muchMore*p.weight || len(c.hits[i]) == 0 {
		return 0
	}
	got := 0.0
	seen := r.unseen(len(t.units))
	for _, h := range c.hits[i] {
		if u := t.units[h.unit]; !seen[h.unit] && p.from <= u.from && u.from < p.to {
			seen[h.unit] = true
			got += u.weight
		}
	}
	return got / p.weight
}
