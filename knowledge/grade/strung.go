package grade

import (
	"slices"
	"strings"
)

// A listed term is an item of what a sentence lists.
type listedTerm struct {
	words    []lexeme
	from, to int
}

const (
	manyListed = 4 // so many terms that nothing but a list joins say nothing of one another
	longListed = 8 // the size from which an item of a list is more than a term
)

// strung finds the terms that an answer lists in sentences, however fluent these are, and
// tells how sure it is that they are all it has of the reference: they stand side by side,
// as they do nowhere in the reference, and what stands around them has hardly a word of it.
func (w *wording) strung(folded string, words []lexeme, reference string) (terms []string, sure float64) {
	known := 0
	for _, l := range words {
		if w.ids[l.key] != 0 && !l.little() && !particles[l.key] {
			known += l.size()
		}
	}
	size := 0
	for _, run := range listsIn(words, folded) {
		run = slices.DeleteFunc(run, func(t listedTerm) bool {
			return !slices.ContainsFunc(t.words, func(l lexeme) bool { return w.ids[l.key] != 0 })
		})
		if len(run) < manyListed || 2*w.together(run) > len(run)-1 || w.steps(run) || listedIn(reference, run) {
			continue
		}
		for _, t := range run {
			terms = append(terms, folded[t.from:t.to])
			for _, l := range t.words {
				if w.ids[l.key] != 0 && !l.little() {
					size += l.size()
				}
			}
		}
	}
	if known == 0 {
		return nil, 0
	}
	return terms, ramp(float64(size)/float64(known), 0.45, 0.65)
}

func sizeOf(words []lexeme) (n int) {
	for _, l := range words {
		n += l.size()
	}
	return n
}

// together counts the neighbours in a list that the reference has side by side too.
func (w *wording) together(run []listedTerm) (n int) {
	for i, t := range run[1:] {
		if last := run[i].words; w.distance(last[len(last)-1].key, t.words[0].key) == 1 {
			n++
		}
	}
	return n
}

// listedIn reports whether the reference has most items of a list in one of its own.
func listedIn(reference string, run []listedTerm) bool {
	for _, own := range listsIn(lexemes(reference), reference) {
		words := map[string]bool{}
		for _, t := range own {
			for _, l := range t.words {
				words[l.key] = true
			}
		}
		n := 0
		for _, t := range run {
			if !slices.ContainsFunc(t.words, func(l lexeme) bool { return !words[l.key] }) {
				n++
			}
		}
		if 4*n >= 3*len(run) {
			return true
		}
	}
	return false
}

// steps reports whether a list says what is done, one thing after another as in the
// reference: most items put a Chinese word beside a Latin one, as "nc 测端口" does. The first
// and the last one have words of the sentence around the list.
func (w *wording) steps(run []listedTerm) bool {
	rising, telling := 0, 0
	for i, t := range run {
		if i > 0 && w.ids[run[i-1].words[0].key] < w.ids[t.words[0].key] {
			rising++
		}
		han := slices.ContainsFunc(t.words, lexeme.han)
		latin := slices.ContainsFunc(t.words, func(l lexeme) bool { return !l.han() })
		if han && latin && 0 < i && i < len(run)-1 {
			telling++
		}
	}
	return 5*rising >= 4*(len(run)-1) && 2*telling >= len(run)-2
}

// listsIn finds the lists in a folded text: items with 、 or "and" between them, English
// ones with commas too. Of the first item and the last one what is next to the list counts.
func listsIn(words []lexeme, folded string) (runs [][]listedTerm) {
	var run []listedTerm
	var item []lexeme
	add := func() {
		if t := termOf(item, folded, len(run) == 0); len(t.words) > 0 {
			run = append(run, t)
		}
		item = nil
	}
	end := func() {
		if len(run) > 0 {
			add()
		}
		if len(run) >= manyListed {
			runs = append(runs, run)
		}
		run, item = nil, nil
	}
	next := func() {
		if len(run) > 0 && (sizeOf(item) >= longListed || len(item) > 1 && claims(item, folded)) {
			end()
			return
		}
		add()
	}
	for i, l := range words {
		if i > 0 {
			gap := folded[words[i-1].to:l.from]
			switch {
			case strings.ContainsAny(gap, "\"{}=$") || strings.HasPrefix(gap, "("):
				end() // code
			case strings.Contains(gap, "、"), strings.Contains(gap, ",") && !words[i-1].han() && !l.han():
				next()
			case strings.ContainsAny(gap, ",，。；;:：!?！？\n") || strings.HasPrefix(gap, ". "):
				end()
			}
		}
		if lists[l.key] {
			next()
			continue
		}
		item = append(item, l)
	}
	end()
	return runs
}

// claims reports whether Latin words say something: one of them relates others.
func claims(words []lexeme, folded string) bool {
	return !slices.ContainsFunc(words, lexeme.han) && slices.ContainsFunc(words, func(l lexeme) bool { return relates(l, folded) })
}

// lists are the words between the items of a list.
var lists = setOf("和 与 及 and or")

// longTerm is how many words of the first and the last item of a list belong to it at most.
const longTerm = 4

// termOf is an item of a list: all its words, or of the first item and the last one those
// next to the others that say something.
func termOf(words []lexeme, folded string, first bool) listedTerm {
	if len(words) == 0 {
		return listedTerm{}
	}
	if sizeOf(words) >= longListed || first {
		n := 0
		at := func(i int) lexeme {
			if first {
				return words[len(words)-1-i]
			}
			return words[i]
		}
		for n < len(words) && n < longTerm && !at(n).little() && !stopWords[at(n).key] {
			n++
		}
		if n == 0 {
			return listedTerm{}
		}
		if first {
			words = words[len(words)-n:]
		} else {
			words = words[:n]
		}
	}
	return listedTerm{words, words[0].from, words[len(words)-1].to}
}
