package card

import (
	"strings"

	"studybot/knowledge"
	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

// gapNumber begins the options of a gap with its number: "（3）A．物理层　B．网络层 …".
var gapNumber = pattern.New(`^(?:[-*+]\s+)?[(（]\s*(\d{1,3})\s*[)）]\s*`)

// gapChoices finds questions with numbered gaps in the text and under it, for each gap, a line
// of options that begins with the gap's number.
func gapChoices(d *doc) []draft {
	var out []draft
	floor := 0 // first line that no earlier question has used
	for i := 0; i < len(d.lines); i++ {
		if _, opts := d.gapOptions(i); opts == nil {
			continue
		}
		rows := []int{i}
		for j := d.nextText(i); j > 0; j = d.nextText(j) {
			if _, opts := d.gapOptions(j); opts == nil {
				break
			}
			rows = append(rows, j)
		}
		found, end := d.gapChoice(floor, rows)
		out = append(out, found...)
		i, floor = end, end+1
	}
	return out
}

// gapOptions reads the number of a gap at line i, and its options; nil for none.
func (d *doc) gapOptions(i int) (string, []knowledge.Option) {
	if s := d.note.Lines[i]; !d.free(i) || len(s) > 2000 || !strings.Contains(s, "B") {
		return "", nil
	}
	s := strings.TrimSpace(d.note.Lines[i])
	m := gapNumber.FindStringSubmatch(s)
	if m == nil || !strings.HasPrefix(s[len(m[0]):], "A") {
		return "", nil
	}
	if opts := splitLetters(s[len(m[0]):]); len(opts) >= 3 {
		return m[1], opts
	}
	return "", nil
}

// gapChoice makes a draft of each row of options, whose stem stands above the first, not
// before line floor, and whose answers stand below the last, a letter a row.
func (d *doc) gapChoice(floor int, rows []int) ([]draft, int) {
	const most = 12 // lines of a stem
	last := rows[len(rows)-1]
	letters, key := d.keyBelow(last)
	picks := picked(letters)
	from := rows[0]
	for from > floor && from > rows[0]-most && d.free(from-1) {
		from--
	}
	if letters == "" || from == rows[0] || len(rows) > 1 && len(picks) != len(rows) {
		return nil, last
	}
	end := max(key, d.explained(key, atBlank))
	stem, _ := d.answer(d.span(from, rows[0]-1))
	stem = strings.TrimLeft(stem, "●◆■•·-* ")
	title := note.CleanTitle(d.lines[from].Text)
	why := d.explanation(last+1, end, key, nil)
	var out []draft
	for k, row := range rows {
		number, opts := d.gapOptions(row)
		dr := draft{title: title, line: from + 1, section: d.sectionAt(from), kind: knowledge.Choice, explicit: true, options: opts, body: d.span(key, end)}
		if len(rows) == 1 {
			dr.question = strings.NewReplacer("（"+number+"）", "（ ）", "("+number+")", "（ ）").Replace(stem)
			setRight(opts, letters)
		} else {
			dr.question = stem + "\n（" + number + "）？"
			setRight(opts, picks[k:k+1])
		}
		dr.key = dr.question
		dr.answer = strings.TrimSpace(strings.Join(rightOnes(opts), "\n") + "\n" + why)
		out = append(out, dr)
	}
	d.take(from, end)
	return out, end
}

// picked returns the letters of a key without what stands between them.
func picked(letters string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'h' {
			r -= 'a' - 'A'
		}
		if r < 'A' || r > 'H' {
			return -1
		}
		return r
	}, letters)
}
