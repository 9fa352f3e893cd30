package grade

import "strings"

// A clause of a point that an answer has word for word holds this much of the point at
// least, though most of its words may stand in the question.
const quoted = 0.5

// Clauses shorter than this may stand in an answer by chance: Latin words, and what a
// Chinese character counts of one.
const (
	quoteWords = 3
	hanWord    = 0.6
)

// quote finds a clause of target i that the answer has word for word.
func (r *reading) quote(i int) hold {
	t := &r.targets[i]
	if t.code {
		return hold{}
	}
	reach := denials(t.folded)
	from := 0
	for _, part := range clauses(t.folded) {
		at := from
		from += len(part)
		if colon := colons.index(part); at == 0 && names(part) {
			at += colon + 1
			part = part[colon+1:]
		}
		words := lexemes(part)
		if !r.tells(words) {
			continue
		}
		said := reach.at(at + words[0].from)
		for k := range r.clauses {
			c := &r.clauses[k]
			if j := indexWords(c.words, words); j >= 0 && !c.refuted && denials(c.folded).at(c.words[j].from) == said && r.fits(i, k) {
				return hold{cover: quoted, got: t.total * quoted, evidence: r.cite(k, k+1)}
			}
		}
	}
	return hold{}
}

// tells reports whether words are enough to be quoted, and more than the question has.
func (r *reading) tells(words []lexeme) bool {
	size, fresh := 0.0, false
	for _, l := range words {
		if l.han() {
			size += hanWord
		} else {
			size++
		}
		fresh = fresh || !r.asked[l.key] && !stopWords[l.key] && !strings.Contains(glue, l.key)
	}
	return fresh && size >= quoteWords
}

// indexWords finds words that stand together in others, or -1.
func indexWords(all, words []lexeme) int {
	for i := 0; i+len(words) <= len(all); i++ {
		j := 0
		for j < len(words) && all[i+j].key == words[j].key {
			j++
		}
		if j == len(words) {
			return i
		}
	}
	return -1
}
