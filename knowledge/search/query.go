package search

import (
	"math"
	"strings"
)

// What a question may cost. Whatever is typed, no more than this is read and looked up.
const (
	mostBytes = 3000 // of a question that are read
	mostWords = 120  // of them that are kept
	mostTerms = 64   // that are looked up: one bit each in the mask of a passage
)

// How much a term weighs by what it is.
const (
	charWeight  = 1.0
	pairWeight  = 0.7
	wholeWeight = 2.0
	partWeight  = 0.8
	otherWeight = 0.7 // of a term in another form: a translation, a synonym, a repaired typo

	synonymWeight = 0.35 // of a term in another form when the notes have it as it was typed
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
	ways     []way
	latin    bool
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
	asked   bool // something was left after the question words were taken off
	index   map[string]int
	view    *view
	facts   lookup
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
	q := &question{index: map[string]int{}, view: v, facts: facts}
	words := readWords(query)
	q.atoms = make([]qatom, 0, 2*len(words))
	for i, w := range words {
		q.atoms = w.atoms(q.atoms, i)
	}
	dropped := q.dropQuestionWords()
	q.addUnits(words, dropped)
	q.joinWords()
	q.expand(dropped)
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

// dropQuestionWords says which atoms only make the query a question. When they are all
// there is, none is dropped.
func (q *question) dropQuestionWords() []bool {
	drop := make([]bool, len(q.atoms))
	left := len(q.atoms)
	for _, m := range questionWords().find(q.atoms) {
		for i := m.from; i < m.to; i++ {
			if !drop[i] {
				drop[i] = true
				left--
			}
		}
	}
	q.asked = left > 0
	if !q.asked {
		clear(drop)
	}
	return drop
}

// term returns the number of a term of the question, a new one or one that is there
// already, which then keeps its greater weight; -1 when there are too many.
func (q *question) term(text string, k kind, weight float64) int {
	if i, ok := q.index[text]; ok {
		q.terms[i].weight = max(q.terms[i].weight, weight)
		return i
	}
	if len(q.terms) == mostTerms {
		return -1
	}
	df := q.facts.count(text)
	q.index[text] = len(q.terms)
	q.terms = append(q.terms, term{text: text, kind: k, weight: weight, df: df, idf: idf(df, q.facts.total())})
	return len(q.terms) - 1
}

func bit(i int) uint64 {
	if i < 0 {
		return 0
	}
	return 1 << i
}

// addUnits makes terms and units of the words that are not dropped.
func (q *question) addUnits(words []qword, drop []bool) {
	last := -1 // the Han word before, when it was kept
	for a := 0; a < len(q.atoms); {
		n := q.atoms[a].word
		end, kept := a, false
		for end < len(q.atoms) && q.atoms[end].word == n {
			kept = kept || !drop[end]
			end++
		}
		if !kept {
			last, a = -1, end
			continue
		}
		w := words[n]
		if !w.han {
			q.addLatin(w, a, end)
			last, a = -1, end
			continue
		}
		pairs := last >= 0 && w.joined
		c := q.term(w.text, charKind, charWeight)
		if pairs {
			prev := q.index[q.atoms[last].text]
			p := q.term(q.atoms[last].text+w.text, pairKind, pairWeight)
			q.units = append(q.units, unit{from: last, to: end, ways: []way{
				{bit(p), 1}, {bit(prev) | bit(c), looseDegree},
			}})
		} else if !q.goesOn(words, drop, end) {
			q.units = append(q.units, unit{from: a, to: end, ways: []way{{bit(c), 1}}})
		}
		last, a = a, end
	}
}

// looseDegree is how much of a pair a passage holds that has both its characters, apart.
const looseDegree = 0.4

// goesOn reports whether the atom at i is a Han character that makes a pair with the one before.
func (q *question) goesOn(words []qword, drop []bool, i int) bool {
	return i < len(q.atoms) && !drop[i] && q.atoms[i].han && words[q.atoms[i].word].joined
}

// addLatin makes terms and a unit of a Latin word.
func (q *question) addLatin(w qword, from, to int) {
	u := unit{from: from, to: to, latin: true, typed: strings.ToLower(w.text)}
	if w.option {
		u.ways = append(u.ways, way{bit(q.term(w.text, wholeKind, wholeWeight)), 1})
		if len(w.text) > 2 {
			u.ways = append(u.ways, way{bit(q.term(strings.ToLower(w.text[1:]), wholeKind, wholeWeight)), 0.9})
		}
		q.units = append(q.units, u)
		return
	}
	all := uint64(0)
	for i, p := range parts(nil, []byte(w.text)) {
		weight := partWeight
		if p.kind == wholeKind {
			weight = wholeWeight
		}
		t := bit(q.term(p.term, p.kind, weight))
		if i == 0 {
			u.ways = append(u.ways, way{t, 1})
		} else {
			all |= t
		}
	}
	if all != 0 {
		u.ways = append(u.ways, way{all, 0.9})
	}
	q.repair(&u)
	q.units = append(q.units, u)
}

// repair adds to a Latin word the words of the notes that it may be a slip for.
func (q *question) repair(u *unit) {
	need := u.ways[len(u.ways)-1].need // the word, or all its parts
	for t := need; t != 0; t &= t - 1 {
		i := trailing(t)
		known, word := q.terms[i].df, q.terms[i].text
		if known > 2 || q.view.spelt(word) {
			continue
		}
		for _, r := range q.view.vocab.near(word) {
			if known > 0 && (r.distance > 1 || r.count < 10*known) {
				continue
			}
			degree := 0.8
			if r.distance > 1 || len(word) < 6 {
				degree = 0.7
			}
			if j := q.term(r.text, wholeKind, wholeWeight*otherWeight); j >= 0 {
				u.ways = append(u.ways, way{need&^bit(i) | bit(j), degree})
			}
		}
	}
}

// joinWords lets two Latin words that stand together be one word of the notes: docker file.
func (q *question) joinWords() {
	for i := 1; i < len(q.units); i++ {
		a, b := q.units[i-1], q.units[i]
		if !a.latin || !b.latin || a.to != b.from || !lettersOnly(a.typed+b.typed) {
			continue
		}
		word := stem(a.typed + b.typed)
		if q.facts.count(word) > 0 {
			q.bridges = append(q.bridges, bridge{i - 1, i + 1, way{bit(q.term(word, wholeKind, wholeWeight)), 0.9}})
		}
	}
}

// expand adds what phrases of the question are called otherwise.
func (q *question) expand(drop []bool) {
	th := q.view.thesaurus
	for _, m := range th.find(q.atoms) {
		if drop[m.from] && drop[m.to-1] {
			continue
		}
		from, to := q.unitsOf(m.from, m.to)
		if from == to {
			continue
		}
		own := keyOf(q.atoms[m.from:m.to])
		for _, g := range m.groups {
			for _, other := range th.terms[g] {
				q.bridge(other, own, from, to)
			}
		}
	}
}

// unitsOf returns the units that lie within atoms.
func (q *question) unitsOf(from, to int) (int, int) {
	first, last := -1, -1
	for i, u := range q.units {
		if u.from >= from && u.to <= to {
			if first < 0 {
				first = i
			}
			last = i + 1
		}
	}
	if first < 0 {
		return 0, 0
	}
	return first, last
}

// bridge adds the terms of a phrase that says what units say and lets them cover these.
// The phrase weighs less when the notes hold the words as they were typed in as many
// passages as the phrase, and both together are as rare as the commoner of the two.
func (q *question) bridge(phrase, own string, from, to int) {
	atoms := atomsOf(nil, []byte(phrase))
	if keyOf(atoms) == own {
		return
	}
	texts := q.phraseTerms(atoms)
	df := q.facts.total()
	for _, t := range texts {
		df = min(df, q.facts.count(t.text))
	}
	if df == 0 {
		return
	}
	typed := q.typedIn(from, to)
	factor := otherWeight
	if typed >= df {
		factor = synonymWeight
	}
	need := uint64(0)
	for _, t := range texts {
		need |= bit(q.term(t.text, t.kind, t.weight*factor))
	}
	q.bridges = append(q.bridges, bridge{from, to, way{need, bridgeDegree}})
	for i := from; i < to; i++ {
		q.units[i].kin = max(q.units[i].kin, df)
	}
}

// bridgeDegree is how much of what was typed a passage holds that says it in other words.
const bridgeDegree = 0.85

// phraseTerms returns the terms of a phrase: its Latin words, and its pairs of Han characters.
func (q *question) phraseTerms(atoms []qatom) []term {
	var out []term
	for i, a := range atoms {
		before := i > 0 && atoms[i-1].han
		after := i+1 < len(atoms) && atoms[i+1].han
		switch {
		case !a.han:
			out = append(out, term{text: a.text, kind: wholeKind, weight: wholeWeight})
		case before:
			out = append(out, term{text: atoms[i-1].text + a.text, kind: pairKind, weight: charWeight + pairWeight})
		case !after:
			out = append(out, term{text: a.text, kind: charKind, weight: charWeight})
		}
	}
	return out
}

// typedIn returns in how many passages the units may stand as they were typed, at most.
func (q *question) typedIn(from, to int) int {
	df := q.facts.total()
	for _, u := range q.units[from:to] {
		for t := u.ways[0].need; t != 0; t &= t - 1 {
			df = min(df, q.terms[trailing(t)].df)
		}
	}
	return df
}

// commonFactor is what an ordinary English word weighs of what a name does.
const commonFactor = 0.6

// weigh gives the units their weights, and lets the terms of a Latin word be as rare as
// what it is about, in whatever words.
func (q *question) weigh() {
	n := q.facts.total()
	for i := range q.units {
		u := &q.units[i]
		u.weight = q.unitWeight(i, n)
		if !u.latin {
			continue
		}
		for t := u.ways[0].need; t != 0; t &= t - 1 {
			typed := &q.terms[trailing(t)]
			if u.kin > typed.df {
				typed.idf = idf(u.kin, n)
			}
			if spelling().common[typed.text] {
				typed.weight *= commonFactor
			}
		}
	}
}

// unitWeight says how much of the question a unit is: how rare what it needs is. A Latin
// word counts double: it is a name, as a rule. Of what the notes do not hold at all, a
// pair of Han characters is more often two words that met than a rare word, and an
// ordinary English word says little about notes in Chinese; a name counts in full.
func (q *question) unitWeight(i, n int) float64 {
	u := &q.units[i]
	common := u.latin && spelling().common[stem(u.typed)]
	rare := 0.0
	for _, w := range u.ways {
		if rare == 0 && q.held(w) {
			rare = q.rarity(w)
		}
	}
	switch {
	case rare == 0 && u.kin == 0 && (common || !u.latin && len(u.ways) > 1):
		return idf(n/20, n) / 2
	case rare == 0 && u.kin == 0:
		rare = idf(0, n)
	case u.kin > 0 && (rare == 0 || u.latin):
		rare = idf(max(u.kin, q.typedIn(i, i+1)), n)
	}
	switch {
	case common:
		return min(rare, idf(n/20, n))
	case u.latin:
		return 2 * rare
	}
	return rare
}

// aloneChars returns the terms that are Han characters of which the question has no pair.
func (q *question) aloneChars() uint64 {
	var alone uint64
	for _, u := range q.units {
		if !u.latin && len(u.ways) == 1 {
			alone |= u.ways[0].need
		}
	}
	return alone
}

// held reports whether the notes hold every term of a way.
func (q *question) held(w way) bool {
	for t := w.need; t != 0; t &= t - 1 {
		if q.terms[trailing(t)].df == 0 {
			return false
		}
	}
	return w.need != 0
}

// rarity is the idf of the rarest term of a way.
func (q *question) rarity(w way) float64 {
	rare := 0.0
	for t := w.need; t != 0; t &= t - 1 {
		rare = max(rare, q.terms[trailing(t)].idf)
	}
	return rare
}

// idf is the rarity of a term that df of n passages hold, as BM25 has it.
func idf(df, n int) float64 {
	return math.Log(1 + (float64(n-df)+0.5)/(float64(df)+0.5))
}

// coverage returns how much of the question a passage holds that has the terms of mask: 0
// nothing, 1 all, counting every unit by how rare it is.
func (q *question) coverage(mask uint64) float64 {
	sum, all := 0.0, 0.0
	for i := range q.units {
		w := q.units[i].weight
		sum += q.degree(i, mask) * w
		all += w
	}
	if all == 0 {
		return 0
	}
	return sum / all
}

// degree returns how much of unit i a passage holds that has the terms of mask.
func (q *question) degree(i int, mask uint64) float64 {
	d := 0.0
	for _, w := range q.units[i].ways {
		if w.need != 0 && mask&w.need == w.need {
			d = max(d, w.degree)
		}
	}
	for _, b := range q.bridges {
		if b.from <= i && i < b.to && mask&b.need == b.need {
			d = max(d, b.degree)
		}
	}
	return d
}
