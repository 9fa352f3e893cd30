package grade

import (
	"strings"
	"unicode"

	"studybot/knowledge"
)

// Choice grades an answer to a question with options: letters (A, "A,C", 选B) or the text
// of an option. Each right option chosen earns its share, each wrong one costs as much.
func Choice(options []knowledge.Option, answer string) knowledge.Grade {
	chosen := chosenOptions(options, tidy(answer))
	var g knowledge.Grade
	right, score := 0, 0
	for i, o := range options {
		switch {
		case o.Right:
			right++
			p := knowledge.Point{Text: label(i) + ". " + o.Text, Held: chosen[i]}
			if chosen[i] {
				score++
				p.Evidence = label(i)
			}
			g.Points = append(g.Points, p)
		case chosen[i]:
			score--
		}
	}
	if right > 0 {
		g.Score = max(0, float64(score)/float64(right))
	}
	return g
}

func label(i int) string { return string(rune('A' + i%26)) }

func chosenOptions(options []knowledge.Option, answer string) map[int]bool {
	chosen := map[int]bool{}
	for i, o := range options {
		if same(o.Text, answer) && says(answer) {
			return map[int]bool{i: true}
		}
	}
	for _, w := range strings.FieldsFunc(fold(answer), func(r rune) bool { return r < 'a' || r > 'z' }) {
		if !lettersOf(w, len(options)) {
			continue
		}
		for _, r := range w {
			chosen[int(r-'a')] = true
		}
	}
	return chosen
}

// lettersOf reports whether a word is made of different letters of the first n.
func lettersOf(w string, n int) bool {
	for i, r := range w {
		if int(r-'a') >= n || strings.ContainsRune(w[:i], r) {
			return false
		}
	}
	return true
}

// Order grades an answer that puts labelled things in order, such as "C A B": 1 for the
// right order, 0 when half of the pairs or more stand the wrong way round. Things left
// out stand wrong with all others.
func Order(right, answer string) knowledge.Grade {
	want, got := labels(right), labels(answer)
	at := map[rune]int{}
	for i, r := range got {
		if _, twice := at[r]; !twice {
			at[r] = i
		}
	}
	var g knowledge.Grade
	pairs, good := 0, 0
	for i, r := range want {
		k, ok := at[r]
		g.Points = append(g.Points, knowledge.Point{Text: string(unicode.ToUpper(r)), Held: ok && k == i})
		for _, q := range want[i+1:] {
			pairs++
			if m, also := at[q]; ok && also && k < m {
				good++
			}
		}
	}
	if pairs > 0 {
		g.Score = max(0, 2*float64(good)/float64(pairs)-1)
	}
	return g
}

// maxLabels bounds how many things are put in order.
const maxLabels = 64

func labels(s string) []rune {
	var out []rune
	for _, r := range fold(tidy(s)) {
		if (r >= 'a' && r <= 'z' || r >= '0' && r <= '9') && len(out) < maxLabels {
			out = append(out, r)
		}
	}
	return out
}

// Cloze grades the words for a gap: 1 when they are those of the reference, whatever
// their case, width, marks and spaces, else 0.
func Cloze(reference, answer string) knowledge.Grade {
	p := knowledge.Point{Text: trimMarks(plain(tidy(reference)))}
	if !says(p.Text) {
		return knowledge.Grade{}
	}
	if same(p.Text, plain(tidy(answer))) {
		p.Held, p.Evidence = true, trimMarks(tidy(answer))
		return knowledge.Grade{Score: 1, Points: []knowledge.Point{p}}
	}
	return knowledge.Grade{Points: []knowledge.Point{p}}
}
