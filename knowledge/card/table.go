package card

import (
	"regexp"
	"strings"

	"studybot/knowledge/note"
)

// tables finds pipe tables whose head names a column of questions and one of answers: each
// row asks.
func tables(d *doc) []draft {
	var out []draft
	for i := 0; i+2 < len(d.lines); i++ {
		if d.lines[i].Kind != note.Table || !tableRule.MatchString(d.lines[i+1].Text) {
			continue
		}
		q, a := note.CardColumns(cells(d.lines[i].Text))
		j := i + 2
		for ; j < len(d.lines) && d.lines[j].Kind == note.Table; j++ {
			row := cells(d.lines[j].Text)
			if q < 0 || d.taken[j] || max(q, a) >= len(row) {
				continue
			}
			title, answer := note.CleanTitle(row[q]), fieldText(row[a], false)
			if weight(title) < 2 || note.LinkOnly(row[q]) {
				continue
			}
			out = append(out, draft{title: title, line: j + 1, section: d.sectionAt(j), key: title, explicit: true, body: d.span(j, j), answer: answer})
			if hollow(answer) != "" {
				out = out[:len(out)-1]
				d.problem(j+1, title, unanswered)
			}
		}
		if q >= 0 && len(out) > 0 {
			d.take(i, j-1)
		}
		i = j - 1
	}
	return out
}

var tableRule = regexp.MustCompile(`^\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+\|?$`)

// cells returns the cells of a row of a pipe table; one in backquotes may hold "|", and
// elsewhere "\|" stands for it.
func cells(row string) []string {
	var out []string
	var cell strings.Builder
	code := false
	row = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(row), "|"), "|")
	for i := 0; i < len(row); i++ {
		switch c := row[i]; {
		case c == '\\' && i+1 < len(row) && row[i+1] == '|':
			cell.WriteByte('|')
			i++
			continue
		case c == '`':
			code = !code
		case c == '|' && !code:
			out = append(out, strings.TrimSpace(cell.String()))
			cell.Reset()
			continue
		}
		cell.WriteByte(row[i])
	}
	return append(out, strings.TrimSpace(cell.String()))
}
