package search

import "strings"

// What a unit is worth beside others.
const (
	// looseDegree is how much of a pair a passage holds that has both its characters, apart.
	looseDegree = 0.4

	// functionFactor is what a pair weighs of what another does when one of its characters
	// only joins words: what stands beside it stands there by chance.
	functionFactor = 0.5
)

func functional(char string) bool {
	return strings.Contains("个某些把被也很太又与和跟或就还", char)
}

// addUnits makes terms and units of the words that are not dropped.
func (q *question) addUnits(words []qword) {
	q.terms, q.units, q.index = nil, nil, map[string]int{}
	last, lastTerm := -1, -1 // the Han word before, when it was kept
	for a := 0; a < len(q.atoms); {
		n := q.atoms[a].word
		end, kept := a, false
		for end < len(q.atoms) && q.atoms[end].word == n {
			kept = kept || !q.dropped[end]
			end++
		}
		w := words[n]
		switch {
		case !kept:
			last = -1
		case !w.han:
			q.addLatin(w, a, end)
			last = -1
		default:
			c := q.typed(w.text, charKind, charWeight)
			if last >= 0 && w.joined {
				q.addPair(last, a, bit(lastTerm)|bit(c))
			} else if !q.goesOn(words, end) {
				q.addUnit(unit{from: a, to: end, factor: 1, ways: []way{{bit(c), 1}}})
			}
			last, lastTerm = a, c
		}
		a = end
	}
}

// addUnit keeps a unit for which there was room among the terms.
func (q *question) addUnit(u unit) {
	if len(u.ways) > 0 && u.ways[0].need != 0 {
		q.units = append(q.units, u)
	}
}

// addPair makes a unit of two Han characters that stand together; chars are the terms of
// each alone.
func (q *question) addPair(a, b int, chars uint64) {
	u := unit{from: a, to: b + 1, factor: 1}
	first, second := q.atoms[a].text, q.atoms[b].text
	if functional(first) || functional(second) {
		u.factor = functionFactor
	}
	p := q.typed(first+second, pairKind, pairWeight*u.factor)
	u.ways = []way{{bit(p), 1}, {chars, looseDegree}}
	q.addUnit(u)
}

// goesOn reports whether the atom at i is a Han character that makes a pair with the one before.
func (q *question) goesOn(words []qword, i int) bool {
	return i < len(q.atoms) && !q.dropped[i] && q.atoms[i].han && words[q.atoms[i].word].joined
}

// addLatin makes terms and a unit of a Latin word.
func (q *question) addLatin(w qword, from, to int) {
	u := unit{from: from, to: to, factor: 1, latin: true, typed: strings.ToLower(w.text)}
	if w.option {
		u.ways = append(u.ways, way{bit(q.typed(w.text, wholeKind, wholeWeight)), 1})
		if len(w.text) > 2 {
			u.ways = append(u.ways, way{bit(q.typed(strings.ToLower(w.text[1:]), wholeKind, wholeWeight)), 0.9})
			each := uint64(0) // -ln is -l and -n
			for _, b := range []byte(w.text[1:]) {
				each |= bit(q.typed("-"+string(b), partKind, partWeight))
			}
			u.ways = append(u.ways, way{each, 0.8})
		}
		q.addUnit(u)
		return
	}
	all, pieces := uint64(0), parts(nil, []byte(w.text))
	for i, p := range pieces {
		weight := partWeight
		if p.kind == wholeKind {
			weight = wholeWeight
		}
		t := bit(q.typed(p.term, p.kind, weight))
		if i == 0 {
			u.ways = append(u.ways, way{t, 1})
		} else {
			all |= t
		}
	}
	if len(pieces) > 2 {
		u.ways = append(u.ways, way{all, 0.9})
	} else if all != 0 {
		u.ways = append(u.ways, way{all, looseDegree}) // an iPhone is no phone
	}
	q.repair(&u)
	q.addUnit(u)
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
		for _, r := range q.view.vocab.near(word, q.count) {
			if known > 0 && (r.distance > 1 || r.count < 10*known) {
				continue
			}
			degree := 0.8
			if r.distance > 1 || len(word) < 6 {
				degree = 0.7
			}
			if j := q.typed(r.text, wholeKind, wholeWeight*otherWeight); j >= 0 {
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
		if q.count(word) > 0 {
			q.bridges = append(q.bridges, bridge{i - 1, i + 1, way{bit(q.term(word, wholeKind, wholeWeight)), 0.9}})
		}
	}
}
