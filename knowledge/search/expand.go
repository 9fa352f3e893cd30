package search

// hints are words that the answer to a kind of question often has.
var hints = map[string]string{
	"为什么": "原因", "为何": "原因", "为啥": "原因", " why": "原因",
}

// hint adds the word that goes with the question's own, where it was taken off. It
// raises passages that have it, and asks it of none.
func (q *question) hint() {
	for i := range q.atoms {
		for n := 1; n <= 3 && i+n <= len(q.atoms) && q.dropped[i]; n++ {
			if word, ok := hints[keyOf(q.atoms[i:i+n])]; ok {
				q.term(word, pairKind, pairWeight)
			}
		}
	}
}

// expand adds what phrases of the question are called otherwise.
func (q *question) expand() {
	th := q.view.thesaurus
	for _, m := range th.find(q.atoms) {
		if q.dropped[m.from] && q.dropped[m.to-1] {
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
		df = min(df, q.count(t.text))
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
