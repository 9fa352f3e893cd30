package grade

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// A reading is a reference and an answer, read for comparing.
type reading struct {
	glossary *Glossary
	asked    map[string]bool // units of the question
	answer   string
	foreign  bool // the answer is written in Latin letters alone
	bag      bool // the answer is a string of terms
	targets  []target
	anchored map[string]bool // Latin words and numbers of any target
	poled    map[int]bool    // the pairs of which any target has a pole
	clauses  []clause
	families []family
	scratch  []unit
	seen     []bool // of unseen
}

func read(gl *Glossary, question, answer string, ps []point, terms []string) *reading {
	r := &reading{glossary: gl, answer: answer, asked: unitSet(question), foreign: !hasHan(answer), bag: terms != nil, anchored: map[string]bool{}, poled: map[int]bool{}}
	pieces := terms
	if !r.bag {
		pieces = clauses(answer)
	}
	in := map[string]int{}
	for _, p := range ps {
		for key := range unitSet(p.text) {
			in[key]++
		}
	}
	for _, p := range ps {
		t := r.target(p, in)
		for _, j := range t.anchors {
			r.anchored[t.units[j].key] = true
		}
		for _, part := range t.parts {
			for _, p := range part.poles {
				r.poled[p.pair] = true
			}
		}
		r.targets = append(r.targets, t)
	}
	x := newIndex(r.targets)
	at := 0
	for _, piece := range pieces {
		for _, raw := range chunks(piece, longClause) {
			if says(raw) {
				c := r.clause(raw, x)
				c.from = at
				if n := len(r.clauses); n > 0 && refutesBefore(c.folded) {
					r.clauses[n-1].deny()
				}
				r.clauses = append(r.clauses, c)
			}
			at += len(raw)
		}
	}
	for i := range r.targets {
		r.targets[i].against = r.contradicted(i)
	}
	r.families = families(question, ps, r.clauses)
	for _, f := range r.families {
		for i := range r.targets {
			r.attach(f, i)
		}
		r.castAnew(f, x)
	}
	return r
}

// said tells how a text has a word: affirmed, denied, or both.
type said uint8

const (
	affirmed said = 1
	denied   said = 2
)

// A target is a point, read: what an answer is held against.
type target struct {
	point
	folded  string
	units   []wanted
	total   float64 // the weight of all units
	body    float64 // of those behind the words that name the point; 0 where none do
	colon   int     // where they begin
	anchors []int   // the units that are Latin words or numbers
	numbers map[string]bool
	keys    map[string]bool
	sides   sides
	parts   []part
	against float64 // the share of it that the answer contradicts
}

// A wanted unit is one that an answer should have, or a term of the same groups for it.
type wanted struct {
	unit
	groups []int
	said   said
	common bool // other points have it too
}

const (
	// rarity says how much less a unit weighs that several points have: the weight is
	// divided by their number to this power.
	rarity = 0.5
	// labelLoss is what the words before a point's colon keep: they say what is spoken
	// of, not what is said of it.
	labelLoss = 0.5
	// foreignLoss is what a Chinese unit keeps that the glossary does not know, when the
	// answer has no Chinese.
	foreignLoss = 0.4
	// askedLoss is what a unit of a command keeps that the question has too. Of other
	// points such units are left out.
	askedLoss = 0.5
)

func (r *reading) target(p point, in map[string]int) target {
	f := fold(p.text)
	reach := denials(f)
	words := lexemes(f)
	terms := r.glossary.find(words)
	t := target{point: p, folded: f, sides: sidesOf(poleWords().find(words), reach), numbers: map[string]bool{}, keys: map[string]bool{}}
	if names(f) {
		t.colon = strings.IndexAny(f, "：:")
	}
	for _, u := range units(f) {
		if t.keys[u.key] {
			again := slices.IndexFunc(t.units, func(w wanted) bool { return w.key == u.key })
			t.units[again].said |= reach.at(u.from)
			continue
		}
		if r.asked[u.key] && !p.code {
			continue
		}
		t.keys[u.key] = true
		w := wanted{unit: u, said: reach.at(u.from), common: in[u.key] > 1}
		for _, t := range terms {
			if t.from <= u.from && u.to <= t.to {
				w.groups = append(w.groups, t.groups...)
			}
		}
		w.weight *= math.Pow(float64(max(1, in[u.key])), -rarity)
		switch {
		case r.asked[u.key]:
			w.weight *= askedLoss
		case u.kind == numberKind:
			t.numbers[u.key] = true
			t.anchors = append(t.anchors, len(t.units))
		case u.kind == latinKind && len(u.key) > 1:
			t.anchors = append(t.anchors, len(t.units))
		}
		if r.foreign && u.kind == hanKind && len(w.groups) == 0 {
			w.weight *= foreignLoss
		}
		t.units = append(t.units, w)
	}
	t.weigh()
	t.parts = partsOf(&t, reach)
	return t
}

// weigh sums up the units. What the label says counts less than what is said of it.
func (t *target) weigh() {
	t.total, t.body = 0, 0
	for _, u := range t.units {
		switch {
		case t.colon > 0 && u.from < t.colon:
			t.total += labelLoss * u.weight
		default:
			t.total += u.weight
			if t.colon > 0 {
				t.body += u.weight
			}
		}
	}
}

// worth is what a unit of the target weighs.
func (t *target) worth(u wanted) float64 {
	if u.from < t.colon {
		return labelLoss * u.weight
	}
	return u.weight
}

// An index finds the units of all targets by their words.
type index struct {
	targets int
	keys    map[string][]place
	groups  map[int][]place
}

type place struct{ target, unit int }

func newIndex(ts []target) index {
	x := index{targets: len(ts), keys: map[string][]place{}, groups: map[int][]place{}}
	for i, t := range ts {
		for j, u := range t.units {
			x.keys[u.key] = append(x.keys[u.key], place{i, j})
			for _, id := range u.groups {
				x.groups[id] = append(x.groups[id], place{i, j})
			}
		}
	}
	return x
}

// A hit is a unit of a target that a clause has.
type hit struct {
	unit uint16 // points are short
	said said
}

// A clause is a piece of an answer, read.
type clause struct {
	raw     string
	from    int // its place in the answer
	folded  string
	words   []lexeme
	hits    [][]hit // by target
	miscast bool    // it says of one what the reference says of another
	numbers []string
	latin   []string
	sides   sides
	weight  float64 // of all its words
	odd     bool    // it has a negation, or three
	refuted bool    // the next one says that it is wrong
	reach   reaches
	terms   []term // that poleWords knows
	values  []value
	poles   []pole // nil until they are read
}

// longClause bounds the clauses of an answer, in runes: what is longer is cut.
const longClause = 120

// fewHits is how many words most clauses share with a target at most.
const fewHits = 24

func (r *reading) clause(raw string, x index) clause {
	_, _, words := lead(strings.TrimSpace(raw))
	c := clause{raw: raw, folded: fold(words), hits: make([][]hit, x.targets)}
	c.words = lexemes(c.folded)
	room := make([]hit, fewHits*x.targets)
	for i := range c.hits {
		c.hits[i], room = room[:0:fewHits], room[fewHits:]
	}
	reach := denials(c.folded)
	add := func(places []place, s said) {
		for _, p := range places {
			c.hits[p.target] = append(c.hits[p.target], hit{uint16(p.unit), s})
		}
	}
	c.odd = len(reach)%2 == 1
	r.scratch = appendUnits(r.scratch[:0], c.folded)
	for _, u := range r.scratch {
		if !r.asked[u.key] {
			c.weight += u.weight
		}
		add(x.keys[u.key], reach.at(u.from))
		switch {
		case u.kind == numberKind:
			c.numbers = append(c.numbers, u.key)
		case u.kind == latinKind && len(u.key) > 1:
			c.latin = append(c.latin, u.key)
		}
	}
	for _, t := range r.glossary.find(c.words) {
		for _, id := range t.groups {
			if !t.single {
				add(x.groups[id], reach.at(t.from))
			}
		}
	}
	c.reach, c.terms, c.values = reach, poleWords().find(c.words), valuesOf(c.folded, r.scratch, func(key string) bool { return r.anchored[key] })
	c.sides = sidesOf(c.terms, reach)
	return c
}

// deny turns round what a clause says.
func (c *clause) deny() {
	c.odd, c.refuted = !c.odd, !c.refuted
	for _, hits := range c.hits {
		for j := range hits {
			hits[j].said ^= affirmed | denied
		}
	}
}

// chunks cuts a text that has no punctuation for long, at a space where there is one.
func chunks(s string, limit int) []string {
	var out []string
	for s != "" {
		n, end, space := 0, len(s), 0
		for i, r := range s {
			if n == limit {
				end = i
				break
			}
			if r == ' ' {
				space = i + utf8.RuneLen(r)
			}
			n++
		}
		if end < len(s) && space > end/2 {
			end = space
		}
		out = append(out, s[:end])
		s = s[end:]
	}
	return out
}
