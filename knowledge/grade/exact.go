package grade

import (
	"slices"
	"strings"
	"unicode"

	"studybot/knowledge"
	"studybot/knowledge/pattern"
)

// Choice grades an answer to a question with options: letters (A, "A,C", 选B) or the texts
// of options. Each right option chosen earns its share, each wrong one costs as much.
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
	if parts := between.Split(answer, len(options)+1); len(parts) > 1 && len(parts) <= len(options) {
		for _, part := range parts {
			if i := slices.IndexFunc(options, func(o knowledge.Option) bool { return says(part) && same(o.Text, part) }); i >= 0 {
				chosen[i] = true
			}
		}
		if len(chosen) == len(parts) {
			return chosen
		}
		clear(chosen)
	}
	folded := fold(answer)
	reach, prose := denials(folded), inProse(folded, len(options))
	for i := 0; i < len(folded); i++ {
		from := i
		for i < len(folded) && folded[i] >= 'a' && folded[i] <= 'z' {
			i++
		}
		w := folded[from:i]
		if w == "" || !lettersOf(w, len(options)) || reach.at(from) == denied && !strings.HasSuffix(strings.TrimRight(folded[:from], " "), "but") || ruledOut(folded[:from]) {
			continue
		}
		if word := w == "a" || len(w) > 1; word && prose && !strings.Contains(answer, strings.ToUpper(w)) {
			continue
		}
		for _, r := range w {
			chosen[int(r-'a')] = true
		}
	}
	return chosen
}

// between parts the texts of options.
var between = pattern.New(`(?i)[,，、;；\n]|\s+and\s+|\s*[和与]\s*`)

// inProse reports whether a folded text has Latin words that are no letters of the first n options, nor join them.
func inProse(folded string, n int) bool {
	return slices.ContainsFunc(strings.FieldsFunc(folded, func(r rune) bool { return r < 'a' || r > 'z' }), func(w string) bool {
		return !lettersOf(w, n) && !slices.Contains([]string{"and", "or", "not", "but"}, w)
	})
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

// Chooses reports whether an answer chooses any of the options, as Choice reads it.
func Chooses(options []knowledge.Option, answer string) bool {
	return len(chosenOptions(options, tidy(answer))) > 0
}

// Orders reports whether an answer names each of the first n labels once, as Order reads it.
func Orders(n int, answer string) bool {
	got := labels(answer)
	slices.Sort(got)
	if len(got) != n {
		return false
	}
	for i, r := range got {
		if r != 'a'+rune(i) {
			return false
		}
	}
	return true
}

// Gaps grades the words for several gaps, a line of the reference each, exactly as Cloze does one: as many words
// or phrases as there are gaps count in their order, more or fewer wherever they fit. The score is the
// share of the gaps that are filled.
func Gaps(reference, answer string) knowledge.Grade {
	want := strings.FieldsFunc(tidy(reference), func(r rune) bool { return r == '\n' })
	if len(want) > maxLabels {
		want = want[:maxLabels]
	}
	if len(want) == 1 {
		return Cloze(want[0], answer)
	}
	got := fillings(tidy(answer), len(want))
	var g knowledge.Grade
	for i, w := range want {
		tries := got
		if len(got) == len(want) {
			tries = got[i : i+1]
		}
		p := knowledge.Point{Text: trimMarks(plain(w))}
		for _, try := range tries {
			if one := Cloze(w, try); one.Score == 1 && !p.Held {
				p = one.Points[0]
			}
		}
		if p.Held {
			g.Score += 1 / float64(len(want))
		}
		g.Points = append(g.Points, p)
	}
	g.Score = min(1, g.Score)
	return g
}

// fillings splits an answer at lines and commas; where that does not give n, at spaces too.
func fillings(answer string, n int) []string {
	at := func(marks string) []string {
		return strings.FieldsFunc(answer, func(r rune) bool { return strings.ContainsRune(marks, r) })
	}
	parts := at("\n,，、;；")
	if words := at("\n,，、;； "); len(parts) != n && len(words) == n {
		parts = words
	}
	return parts[:min(len(parts), 4*maxLabels)]
}
