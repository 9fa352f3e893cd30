package card

import (
	"strings"

	"studybot/knowledge"
	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

// tables finds pipe tables whose head names a column of questions and one of answers: each
// row asks.
func tables(d *doc) []draft {
	var out []draft
	for i := 0; i+2 < len(d.lines); i++ {
		if d.lines[i].Kind != note.Table || !tableRule.MatchString(d.lines[i+1].Text) {
			continue
		}
		q, a, options := note.CardColumns(cells(d.lines[i].Text))
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
			dr := draft{title: title, line: j + 1, section: d.sectionAt(j), key: title, explicit: true, body: d.span(j, j), answer: answer}
			dr.choose(row, options)
			out = append(out, dr)
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

// cardTable reports whether line i is the head of a table of questions and answers.
func (d *doc) cardTable(i int) bool {
	if d.lines[i].Kind != note.Table || i+1 >= len(d.lines) || !tableRule.MatchString(d.lines[i+1].Text) {
		return false
	}
	q, _, _ := note.CardColumns(cells(d.lines[i].Text))
	return q >= 0
}

// choose makes a choice of a draft whose answer names some of the options in a row by letters.
func (dr *draft) choose(row []string, options []int) {
	var opts []knowledge.Option
	for _, c := range options {
		if c < len(row) && row[c] != "" {
			opts = append(opts, knowledge.Option{Text: fieldText(row[c], false)})
		}
	}
	if m := fieldLetters.FindStringSubmatch(dr.answer); m != nil && len(opts) > 1 && setRight(opts, m[1]) {
		dr.question, dr.kind, dr.options, dr.answer = dr.title, knowledge.Choice, opts, strings.TrimSpace(strings.Join(rightOnes(opts), "\n")+"\n"+m[2])
	}
}

var tableRule = pattern.New(`^\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+\|?$`)

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
