package search

import (
	"cmp"
	"slices"
)

// What a question may cost. Whatever is typed, no more than this is read and looked up.
const (
	mostBytes = 3000 // of a question that are read
	mostWords = 120  // of them that are kept
	mostFirst = 256  // terms that these may have, of which the rarest are kept
	mostTerms = 64   // that are kept: one bit each in the mask of a passage
	mostTyped = 52   // of them that come from what was typed; the others say it in other words
)

// How much a term weighs by what it is.
const (
	charWeight  = 1.0
	pairWeight  = 0.7
	wholeWeight = 2.0
	partWeight  = 0.8
	otherWeight = 0.7 // of a term in another form: a translation, a synonym, a repaired typo

	synonymWeight = 0.3 // of a term in another form when the notes have it as it was typed
)

// A term is what a question looks up in the index.
type term struct {
	text   string
	kind   kind
	weight float64
	df     int     // passages that hold it
	idf    float64 // rarity, from 0
}

// A unit is a piece of a question that a passage holds or does not: a Latin word, a pair
// of Han characters, or a character that stands alone.
type unit struct {
	from, to int     // atoms
	weight   float64 // how much of the question it is
	gist     float64 // how much of what it is about
	ways     []way
	latin    bool
	factor   float64
	typed    string // the Latin word as it was typed, in lower case
	kin      int    // passages that hold it in other words
}

// A way is how a passage can hold one unit or several.
type way struct {
	need   uint64  // terms, all of which it must hold
	degree float64 // how much of the unit that is
}

// A question is a query taken apart.
type question struct {
	atoms []qatom
	terms []term
	units []unit
	// A bridge covers several units at once: a phrase said in other words.
	bridges []bridge
	dropped []bool // atoms that only make the query a question
	asked   bool   // something was left after the question words were taken off

	view  *view
	facts lookup
	known map[string]int  // passages that hold a term, of those that were looked up
	index map[string]int  // of the terms by their text
	only  map[string]bool // the terms that may be typed ones; nil for all
	room  int             // how many terms there may be
}

type bridge struct {
	from, to int // units, to excluded
	way
}

// A source of facts about terms: how many passages hold one.
type lookup interface {
	count(term string) int
	total() int
}

// ask takes a query apart.
func (v *view) ask(query string, facts lookup) *question {
	q := &question{view: v, facts: facts, known: map[string]int{}, room: mostFirst}
	words := readWords(query)
	q.atoms = make([]qatom, 0, 2*len(words))
	for i, w := range words {
		q.atoms = w.atoms(q.atoms, i)
	}
	q.dropped = q.dropQuestionWords(words)
	q.addUnits(words)
	if len(q.terms) > mostTyped {
		q.only = q.rarest(mostTyped)
		q.addUnits(words)
	}
	q.room = mostTerms
	q.joinWords()
	q.expand()
	q.hint()
	q.weigh()
	return q
}

// A qword is a word of a query.
type qword struct {
	han    bool
	text   string // a Han character, or a Latin word with its case
	option bool
	joined bool
}

// readWords reads the words of a query, within the limits.
func readWords(query string) []qword {
	if len(query) > mostBytes {
		query = query[:mostBytes]
	}
	s := newScanner([]byte(query))
	var out []qword
	for w, ok := s.next(); ok && len(out) < mostWords; w, ok = s.next() {
		if !w.han {
			out = append(out, qword{text: string(w.raw), option: w.option})
			continue
		}
		if last := len(out) - 1; w.digit != 0 && last >= 0 {
			out[last].text = out[last].text[:len(out[last].text)-1] // TCP3次 is TCP 三次
			if out[last].text == "" {
				out = out[:last]
			}
			out = append(out, qword{han: true, text: string(hanDigit(w.digit))})
		}
		out = append(out, qword{han: true, text: string(w.char), joined: w.joined})
	}
	return out
}

// atoms appends the atoms of a word.
func (w qword) atoms(dst []qatom, n int) []qatom {
	if w.han {
		return append(dst, qatom{w.text, true, n})
	}
	if w.option {
		return append(dst, qatom{w.text, false, n})
	}
	from := len(dst)
	dst = atomsOf(dst, []byte(w.text))
	for i := from; i < len(dst); i++ {
		dst[i].word = n
	}
	return dst
}

// count returns how many passages hold a term.
func (q *question) count(text string) int {
	n, ok := q.known[text]
	if !ok {
		n = q.facts.count(text)
		q.known[text] = n
	}
	return n
}

// typed returns the number of a term that comes from what was typed, as term does.
func (q *question) typed(text string, k kind, weight float64) int {
	if q.only != nil && !q.only[text] {
		return -1
	}
	return q.term(text, k, weight)
}

// term returns the number of a term of the question, a new one or one that is there
// already, which then keeps its greater weight; -1 when there are too many.
func (q *question) term(text string, k kind, weight float64) int {
	if i, ok := q.index[text]; ok {
		q.terms[i].weight = max(q.terms[i].weight, weight)
		return i
	}
	if len(q.terms) >= q.room {
		return -1
	}
	df := q.count(text)
	q.index[text] = len(q.terms)
	q.terms = append(q.terms, term{text: text, kind: k, weight: weight, df: df, idf: idf(df, q.facts.total())})
	return len(q.terms) - 1
}

// rarest returns the n terms that can add most to a score: of a long question the common
// words are left out.
func (q *question) rarest(n int) map[string]bool {
	terms := slices.Clone(q.terms)
	slices.SortStableFunc(terms, func(a, b term) int {
		return cmp.Compare(b.weight*b.idf, a.weight*a.idf)
	})
	out := make(map[string]bool, n)
	for _, t := range terms[:min(n, len(terms))] {
		out[t.text] = true
	}
	return out
}

// bit returns the mask of term i, none for a term that there was no room for.
func bit(i int) uint64 {
	if i < 0 {
		return 0
	}
	return 1 << i
}
