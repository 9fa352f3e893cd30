package grade

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	fewTerms  = 5 // an answer of fewer terms is short, not a bag
	shortTerm = 6 // characters

	compoundTerm = 3       // characters of a term, in which what joins words
	plainGlue    = "的了是和与" // is a part of a longer word, unless it is one of these
)

// A bag is an answer that seems to be terms strung together: the terms, and how sure that
// is, 0..1.
type bag struct {
	terms []string
	sure  float64
	mixed float64 // how sure it is that they are the reference's words in another order
}

// bagOf splits an answer into terms, and weighs what speaks for a bag: nearly all terms
// are short, hardly a word joins them, and they do not follow one another as in the
// reference, neither in its lists and commands nor in what its sentences say.
func bagOf(answer, reference string, ps []point) bag {
	if allCommands(answer) {
		return bag{}
	}
	b := termsOf(answer, reference)
	w := wordingOf(reference, ps)
	folded := fold(answer)
	words := w.lexemes(folded)
	k := w.liken(folded, words)
	// Who tells it in short clauses has words of the own, and most of them relate something.
	if b.sure > 0 {
		b.sure *= max(ramp(k.known, .7, .85), ramp(b.relating(), .6, .45))
	}
	if loose := k.loose(w); loose > 0 && loose >= b.sure {
		b = bag{terms: k.runs, sure: loose, mixed: loose}
	}
	if terms, sure := w.strung(folded, words, fold(reference)); sure > 0 && sure >= b.sure {
		b = bag{terms: terms, sure: sure, mixed: sure}
	}
	return b
}

func termsOf(answer, reference string) bag {
	var b bag
	bare, joining, words := 0, 0, 0
	for _, f := range strings.FieldsFunc(answer, separates) {
		if !says(f) {
			continue
		}
		b.terms = append(b.terms, f)
		han, latin := 0, 0
		n := utf8.RuneCountInString(f)
		inTerm := 1 < n && n <= compoundTerm
		for _, l := range lexemes(fold(f)) {
			words++
			switch {
			case !l.han():
				latin++
				if stopWords[l.key] {
					joining++
				}
			case strings.Contains(glue, l.key):
				if !inTerm || strings.Contains(plainGlue, l.key) {
					joining++
				}
				han++
			default:
				han++
			}
		}
		if han <= shortTerm && (han == 0 || latin == 0 || 2*han <= shortTerm) {
			bare++
		}
	}
	for _, sign := range signs {
		joining += strings.Count(answer, sign)
	}
	if len(b.terms) < fewTerms {
		return b
	}
	terms := ramp(float64(bare)/float64(len(b.terms)), 0.85, 0.95)
	if terms == 0 {
		return b
	}
	b.sure = ramp(float64(joining)/float64(words), 1/7.0, 1/9.0)
	if b.sure > 0 {
		b.sure *= min(ramp(listed(b.terms, reference), 2/3.0, 1/2.0), ramp(told(answer, reference), 2/3.0, 1/3.0))
	}
	b.sure *= terms
	return b
}

// allCommands reports whether an answer is commands, one a line, of which two or more have
// arguments.
func allCommands(answer string) bool {
	n := 0
	for l := range strings.Lines(strings.TrimSpace(answer)) {
		switch l = strings.TrimSpace(l); {
		case !strings.Contains(l, " ") && !hasHan(l):
		case looksCode(l):
			n++
		default:
			return false
		}
	}
	return n > 1
}

// relating is the share of the terms in which a word tells what something has to do with another.
func (b bag) relating() float64 {
	n := 0
	for _, t := range b.terms {
		folded := fold(t)
		if slices.ContainsFunc(lexemes(folded), func(l lexeme) bool { return relates(l, folded) }) {
			n++
		}
	}
	return float64(n) / float64(max(1, len(b.terms)))
}

// ramp is 0 at or before from, 1 at or behind to, and even between.
func ramp(x, from, to float64) float64 { return min(1, max(0, (x-from)/(to-from))) }

// signs say what one thing has to do with another, as people write on a phone.
var signs = []string{"→", "->", "=", "：", ": "}

func separates(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("，,、；;。|/→>&+", r)
}

// near finds which words a reference has, and which of them stand side by side or have one
// word between them.
func near(reference string) (known map[string]bool, next map[[2]string]bool) {
	next, known = map[[2]string]bool{}, map[string]bool{}
	words := lexemes(fold(reference))
	for i, w := range words {
		known[w.key] = true
		for _, v := range words[i+1 : min(i+3, len(words))] {
			next[[2]string{w.key, v.key}] = true
		}
	}
	return known, next
}

// listed is the share of neighbours in a list of terms that are neighbours in the
// reference too; 0 where too few of the terms stand in the reference.
func listed(terms []string, reference string) float64 {
	known, next := near(reference)
	both, found := 0, 0
	last := ""
	for _, t := range terms {
		l := lexemes(fold(t))
		if len(l) == 0 {
			continue
		}
		if known[last] && known[l[0].key] {
			both++
			if next[[2]string{last, l[0].key}] {
				found++
			}
		}
		last = l[len(l)-1].key
	}
	if both < 3 || 2*both < len(terms) {
		return 0
	}
	return float64(found) / float64(both)
}

// told is the share of the clauses of an answer that join a Chinese and a Latin word as
// the reference does, 发送 SYN, or that have an English verb between other words, "client
// sends SYN". Clauses of one term count for neither side; without two that join words it
// is 0.
func told(answer, reference string) float64 {
	known, next := near(reference)
	joins, all := 0, 0
	for _, c := range clauses(answer) {
		words := lexemes(fold(c))
		pairs, found := 0, 0
		for i, w := range words[:max(0, len(words)-1)] {
			v := words[i+1]
			if w.han() == v.han() || !known[w.key] || !known[v.key] {
				continue
			}
			pairs++
			if next[[2]string{w.key, v.key}] && w.han() {
				found++
			}
		}
		if verb(words, fold(c)) {
			joins++
			all++
			continue
		}
		if pairs == 0 {
			continue
		}
		all++
		if 3*found >= pairs && pairs <= 3 && utf8.RuneCountInString(c) < longClause {
			joins++
		}
	}
	if joins < 2 {
		return 0
	}
	return float64(joins) / float64(all)
}

// verb reports whether words are a short English clause: all Latin, and one between the
// first and the last ends like a verb.
func verb(words []lexeme, folded string) bool {
	if len(words) < 3 || len(words) > longEnglish {
		return false
	}
	found := false
	for i, w := range words {
		if w.han() {
			return false
		}
		s := folded[w.from:w.to]
		if i > 0 && i+1 < len(words) && len(s) > 3 && !strings.HasSuffix(s, "ss") {
			found = found || strings.HasSuffix(s, "s") || strings.HasSuffix(s, "ed") || strings.HasSuffix(s, "ing")
		}
	}
	return found
}

// longEnglish is how many words a clause has at most that is read as told.
const longEnglish = 12
