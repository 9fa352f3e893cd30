package card

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"studybot/knowledge"
	"studybot/knowledge/note"
)

var (
	termLine = regexp.MustCompile(`^(?:\d{1,3}\s*[.、．)）]\s*)?(?:\*\*|__)?([^：:*_]{1,40})(?:\*\*|__)?\s*[：:]\s*(?:\*\*|__)?\s*(\S.*)$`)
	filling  = regexp.MustCompile(`<u>\s*([^<>]+?)\s*</u>|_{2,}\s*([^_\s](?:[^_]*[^_\s])?)\s*_{2,}|[（(]\s*([^（()）]{1,40}?)\s*[)）]`)
)

// examParts finds, in the parts of a review sheet, what needs no further mark: "1. X：text"
// of 名词解释, and "1. text <u>x</u> text" of 填空题, whose gaps hold what is right.
func examParts(d *doc) []draft {
	var out []draft
	part := ""
	for i, l := range d.lines {
		if part == "" && (len(l.Text) > 300 || !hasAny(l.Text, "名词解释", "填空")) {
			continue // no name of a part is so long
		}
		if l.Kind == note.Heading || isPart(d.note.Lines[i]) {
			part = ""
			if isPart(d.note.Lines[i]) {
				part = l.Text
			}
			continue
		}
		if part == "" || !d.free(i) || l.Indent > 3 || len(l.Text) > 2000 || d.cue(i, answerCue) != "" {
			continue
		}
		var dr draft
		ok, end := false, i
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
