package card

import (
	"slices"
	"strings"
	"unicode/utf8"

	"studybot/knowledge"
	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

var (
	termLine = pattern.New(`^(?:\d{1,3}\s*[.、．)）]\s*)?(?:\*\*|__)?([^：:*_]{1,40})(?:\*\*|__)?\s*[：:]\s*(?:\*\*|__)?\s*(\S.*)$`)
	filling  = pattern.New(`<u>\s*([^<>]+?)\s*</u>|_{2,}([^_\s、，。；：,.;:!?！？)）\x60](?:[^_]*[^_\s\x60])?)_{2,}|[（(]\s*([^（()）]{1,40}?)\s*[)）]`)

	// quizTitle is over questions whose answers, one line each, are indented under them.
	quizTitle = pattern.New(`^Quiz(?:zes)?(?:\s*#?\d{1,2})?[:：]?$`)
)

// examParts finds, in the parts of a review sheet, what needs no further mark: "1. X：text"
// of 名词解释, and "1. text <u>x</u> text" of 填空题, whose gaps hold what is right.
func examParts(d *doc) []draft {
	var out []draft
	part := ""
	for i, l := range d.lines {
		if dr, end, ok := d.fencedGap(i); ok {
			d.take(i, end)
			out = append(out, dr)
			continue
		}
		if part == "" && (len(l.Text) > 300 || !hasAny(l.Text, "名词解释", "填空", "题", "Quiz")) {
			continue // no name of a part is so long
		}
		if l.Kind == note.Heading || isPart(d.note.Lines[i]) {
			part = ""
			if isPart(d.note.Lines[i]) || l.Kind == note.Heading && quizTitle.MatchString(l.Text) {
				part = l.Text
			}
			continue
		}
		if part == "" || !d.free(i) || l.Indent > 3 || len(l.Text) > 2000 || d.cue(i, answerCue) != "" {
			continue
		}
		var dr draft
		end, ok := i, false
		if dr, end, ok = d.nested(i); ok && (!quizTitle.MatchString(part) || !strings.Contains(dr.answer, "\n")) {
			dr.line, dr.section, dr.explicit, dr.key = i+1, d.sectionAt(i), true, dr.question
			d.take(i, end)
			out = append(out, dr)
			continue
		}
		ok = false
		switch {
		case strings.Contains(part, "名词解释"):
			dr, end, ok = d.term(i)
		case strings.Contains(part, "填空"):
			dr, ok = d.filledIn(i)
		}
		if ok {
			dr.line, dr.section, dr.explicit, dr.key = i+1, d.sectionAt(i), true, dr.question
			d.take(i, end)
			out = append(out, dr)
		}
	}
	return out
}

// nested reads a numbered question whose answer is all that is indented under it: "1. … ____ …"
// over "   - ports".
func (d *doc) nested(i int) (draft, int, bool) {
	if l := d.lines[i]; !l.Ordered() || l.Indent > 0 || d.answered(i) {
		return draft{}, i, false
	}
	end, items := d.below(i)
	next := d.nextText(i)
	if items == 0 || d.lines[next].Indent == 0 || slices.Contains(d.taken[i:end+1], true) {
		return draft{}, i, false
	}
	if _, _, letter := d.letter(next); letter || d.boxed(next) {
		return draft{}, i, false
	}
	title := note.CleanTitle(escapedGap.ReplaceAllString(d.lines[i].Text, gap))
	answer, body := d.answer(d.span(i+1, end))
	if items == 1 {
		answer = strings.TrimLeft(answer, "-*+ ")
	}
	dr := draft{title: title, question: title, body: body, answer: answer}
	dr.judge(answer)
	return dr, end, weight(title) > 3 && answer != ""
}

// fencedGap reads a heading with a gap over a fence of one line that holds what is right, and
// nothing else: "### 3. A MAC address has ____ bytes".
func (d *doc) fencedGap(i int) (draft, int, bool) {
	const long = 60 // bytes that hold no line of a program to complete
	l, end := d.lines[i], d.nextText(i)+2
	if l.Kind != note.Heading || !strings.Contains(l.Text, "__") || end < 3 || end >= len(d.lines) || d.taken[i] {
		return draft{}, i, false
	}
	held := d.lines[end-1]
	if d.lines[end-2].Kind != note.Fence || d.lines[end-2].Text != "" || held.Kind != note.Code || d.lines[end].Kind != note.Fence ||
		len(held.Text) > long || strings.Contains(held.Text, "__") || held.Text == "" {
		return draft{}, i, false
	}
	if next := d.nextText(end); next > 0 && d.lines[next].Kind != note.Heading {
		return draft{}, i, false
	}
	title := strings.TrimSpace(numbered.ReplaceAllString(escapedGap.ReplaceAllString(l.Text, gap), ""))
	dr := draft{line: i + 1, section: d.sectionAt(i), title: title, question: title, key: title, explicit: true, kind: knowledge.Cloze,
		body: d.span(end-1, end-1), answer: strings.TrimSpace(held.Text)}
	return dr, end, weight(title) > 3
}

// term reads "X：what it means" at line i, and the paragraph that goes on below it.
func (d *doc) term(i int) (draft, int, bool) {
	m := termLine.FindStringSubmatch(d.lines[i].Text)
	if m == nil || explains.MatchString(m[1]) || d.answered(i) {
		return draft{}, i, false
	}
	end := i
	for end+1 < len(d.lines) && d.free(end+1) && d.lines[end+1].Kind == note.Prose && !termLine.MatchString(d.lines[end+1].Text) {
		end++
	}
	more, _ := d.answer(d.span(i+1, end))
	title := note.CleanTitle(m[1])
	return draft{title: title, question: "什么是" + title + "？", body: d.span(i, end), answer: strings.TrimSpace(m[2] + "\n" + more)}, end, weight(title) > 1
}

// filledIn reads a numbered line whose gaps are filled in.
func (d *doc) filledIn(i int) (draft, bool) {
	s := d.lines[i].Text
	if !d.lines[i].Ordered() && !numbered.MatchString(s) || d.answered(i) {
		return draft{}, false
	}
	s = escapedGap.ReplaceAllString(s, gap)
	underlined := strings.Contains(s, "<u>") || strings.Contains(s, "__")
	var answers []string
	q := filling.ReplaceAllStringFunc(s, func(g string) string {
		m := filling.FindStringSubmatch(g)
		if underlined && m[3] != "" {
			return g
		}
		answers = append(answers, m[1]+m[2]+m[3])
		return gap
	})
	if len(answers) == 0 || weight(strings.ReplaceAll(q, gap, "")) < 4 || utf8.RuneCountInString(s) > 300 {
		return draft{}, false
	}
	q = strings.TrimSpace(numbered.ReplaceAllString(q, ""))
	return draft{title: note.CleanTitle(filling.ReplaceAllString(s, "$1$2$3")), question: q, kind: knowledge.Cloze,
		body: d.span(i, i), answer: strings.Join(answers, "\n")}, true
}
