package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"studybot/knowledge"
)

// An asked is a question that a note asks in its text and not in a heading.
type asked struct {
	card     knowledge.Card
	from, to int // lines, of the question and its answer
	section  int // index + 1 of the section around it, 0 for none
}

// askedIn returns the questions among cards that no heading asks, in the order of the note;
// each ends before the next, and before the next heading. A gap in a sentence is no
// question that the sentence answers.
func askedIn(n knowledge.Note, cards []knowledge.Card) []asked {
	var borders []int
	headed := map[int]bool{}
	for _, s := range n.Sections {
		headed[s.TitleLine] = true
		borders = append(borders, s.TitleLine)
	}
	var out []asked
	for _, c := range cards {
		k := len(c.Lines)
		if headed[c.TitleLine] || c.Kind == knowledge.Cloze || k == 0 || c.TitleLine < 1 || c.Lines[0].Start < c.TitleLine || c.Lines[k-1].End > len(n.Lines) {
			continue
		}
		out = append(out, asked{card: c, from: c.TitleLine, to: c.Lines[k-1].End})
		borders = append(borders, c.TitleLine)
	}
	slices.Sort(borders)
	for i := range out {
		next, _ := slices.BinarySearch(borders, out[i].from+1)
		if next < len(borders) {
			out[i].to = min(out[i].to, borders[next]-1)
		}
	}
	slices.SortStableFunc(out, func(a, b asked) int { return cmp.Compare(a.from, b.from) })
	return slices.CompactFunc(out, func(a, b asked) bool { return a.from == b.from })
}

// giveToAsked gives the lines of these questions to them. A question of one line is the
// title and leaves the text; where it shares a line with its answer, the text is the answer
// without the marks of the two.
func (c *cutter) giveToAsked(owner []int) {
	for k := range c.asked {
		q := &c.asked[k]
		q.section = owner[q.from]
		for l := q.from; l <= q.to; l++ {
			owner[l] = len(c.note.Sections) + 1 + k
		}
		answer := q.card.Lines[0].Start
		switch {
		case answer == q.from:
			clear(c.shown[q.from-1 : q.to])
			c.shown[q.from-1] = q.card.Answer
			if strings.Contains(q.card.Question, "\n") {
				c.shown[q.from-1] = q.card.Question + "\n" + q.card.Answer
			}
		case c.oneLine(q.from, answer-1):
			clear(c.shown[q.from-1 : answer-1])
		}
	}
}

// oneLine reports whether of the lines only one says anything, no more than a title may.
func (c *cutter) oneLine(from, to int) bool {
	n, size := 0, 0
	for l := from; l <= to; l++ {
		if c.holds(l) {
			n, size = n+1, size+utf8.RuneCountInString(c.line(l))
		}
	}
	return n == 1 && size <= longTitle
}

// bodyOf starts the run of a question: it stands under the section around it.
func (c *cutter) bodyOf(q asked) body {
	b := body{path: c.front, title: q.card.Title}
	if q.section > 0 && q.section <= len(c.note.Sections) {
		s := c.note.Sections[q.section-1]
		b.path = c.under(s)
		if s.Title != "" {
			b.path = append(slices.Clone(b.path), s.Title)
		}
	}
	return b
}
