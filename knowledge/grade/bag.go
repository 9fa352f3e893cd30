package grade

import (
	"strings"
	"unicode"
)

const (
	fewTerms  = 5 // an answer of fewer terms is short, not a bag
	shortTerm = 6 // characters
)

// bag splits an answer that is no more than terms strung together into these terms, or
// returns nil for any other. A list or a command that the reference has in the same
// order is none.
func bag(answer, reference string) []string {
	var terms []string
	bare, joining, words := 0, 0, 0
	for _, f := range strings.FieldsFunc(answer, separates) {
		if !says(f) {
			continue
		}
		terms = append(terms, f)
		han, latin := 0, 0
		for _, l := range lexemes(fold(f)) {
			words++
			switch {
			case !l.han():
				latin++
				if stopWords[l.key] {
					joining++
				}
			case strings.Contains(glue, l.key):
				joining++
				han++
			default:
				han++
			}
		}
		if han <= shortTerm && (han == 0 || latin == 0 || 2*han <= shortTerm) {
			bare++
		}
	}
	n := len(terms)
	if n < fewTerms || 10*bare < 9*n || 8*joining > words || inOrder(terms, reference) {
		return nil
	}
	return terms
}

func separates(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("，,、；;。|/→>&+", r)
}

// inOrder reports whether neighbours in a list of terms are mostly neighbours in the
// reference too.
func inOrder(terms []string, reference string) bool {
	next, known := map[[2]string]bool{}, map[string]bool{}
	words := lexemes(fold(reference))
	for i, w := range words {
		known[w.key] = true
		for _, v := range words[i+1 : min(i+3, len(words))] {
			next[[2]string{w.key, v.key}] = true
		}
	}
	both, near := 0, 0
	last := ""
	for _, t := range terms {
		l := lexemes(fold(t))
		if len(l) == 0 {
			continue
		}
		if known[last] && known[l[0].key] {
			both++
			if next[[2]string{last, l[0].key}] {
				near++
			}
		}
		last = l[len(l)-1].key
	}
	return both >= 3 && 3*near >= 2*both && 2*both >= len(terms)
}
