package grade

import (
	"strings"
	"unicode"

	"studybot/knowledge"
)

// Choice grades an answer to a question with options: letters (A, "A,C", 选B) or the text
// of an option. Each right option chosen earns its share, each wrong one costs as much.
// What is denied is not chosen: 不是 A，是 B. An option is held only where the score is more
// than 0.
func Choice(options []knowledge.Option, answer string) knowledge.Grade {
	chosen := chosenOptions(options, tidy(answer))
	right, earned := 0, 0
	for i, o := range options {
		switch {
		case o.Right && chosen[i]:
			right++
			earned++
		case o.Right:
			right++
		case chosen[i]:
			earned--
		}
	}
	var g knowledge.Grade
	if right > 0 {
		g.Score = max(0, float64(earned)/float64(right))
	}
	for i, o := range options {
		if !o.Right {
			continue
		}
		p := knowledge.Point{Text: label(i) + ". " + o.Text, Held: chosen[i] && g.Score > 0}
		if p.Held {
			p.Evidence = label(i)
		}
		g.Points = append(g.Points, p)
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
	folded := fold(answer)
	reach := denials(folded)
	for i := 0; i < len(folded); i++ {
		from := i
		for i < len(folded) && folded[i] >= 'a' && folded[i] <= 'z' {
			i++
		}
		w := folded[from:i]
		if w == "" || !lettersOf(w, len(options)) || reach.at(from) == denied && !strings.HasSuffix(strings.TrimRight(folded[:from], " "), "but") || ruledOut(folded[:from]) {
			continue
		}
		for _, r := range w {
			chosen[int(r-'a')] = true
		}
	}
	return chosen
}

// ruledOut reports whether a folded text ends in words that rule out what follows.
func ruledOut(before string) bool {
	before = strings.TrimRight(before, " ")
	for _, e := range []string{"排除", "去掉", "除了", "错的是", "exclude", "except"} {
		if strings.HasSuffix(before, e) {
			return true
		}
	}
	return false
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
