package card

import (
	"strings"

	"studybot/knowledge/note"
)

// arrows finds "question >> answer" and "term <> meaning" of RemNote, and "question >>>" over the items of its
// answer, in notes where that is no redirection of a shell; and items "question? → answer".
func arrows(d *doc) []draft {
	var out []draft
	marks := 0
	for i := range d.lines {
		q, _, ok := d.arrow(i)
		if !ok {
			continue
		}
		if marks++; note.Asks(q) {
			marks += 2
		}
	}
	if marks < 3 {
		return nil
	}
	for i := range d.lines {
		q, a, ok := d.arrow(i)
		if !ok {
			continue
		}
		end, _ := d.below(i)
		if d.lines[i].Kind != note.Item {
			end = i
		}
		dr := draft{title: note.CleanTitle(q), line: i + 1, section: d.sectionAt(i), key: q, explicit: true, body: d.span(i, end), answer: a}
		if a == "" {
			dr.body = d.span(i+1, end)
		}
		if len(dr.body) == 0 {
			continue
		}
		d.take(i, end)
		out = append(out, dr)
	}
	return out
}

// arrow cuts line i at its ">>"; the answer is "" where it stands below.
func (d *doc) arrow(i int) (q, a string, ok bool) {
	l := d.lines[i]
	if !d.free(i) || l.Kind != note.Item && l.Kind != note.Prose || !hasAny(l.Text, " >>", " <> ", "→") {
		return "", "", false
	}
	if l.Kind == note.Item && strings.Contains(l.Text, "→") {
		q, a, _ = strings.Cut(l.Text, "→")
		q, a = strings.TrimSpace(q), strings.TrimSpace(a)
		return q, a, note.EndsAsking(q) && note.Asks(note.CleanTitle(q)) && weight(a) > 1
	}
	masked := withoutCode(l.Text)
	at := strings.Index(masked, " >>")
	if at < 0 && l.Kind == note.Item {
		at = strings.Index(masked, " <> ")
	}
	if at < 0 {
		return "", "", false
	}
	q, a = l.Text[:at], l.Text[at+len(" >>"):]
	a, below := strings.CutPrefix(a, ">")
	if a == "1." { // its answer is a numbered list
		a, below = "", true
	}
	a = strings.TrimSpace(a)
	path := strings.ContainsAny(a, "/.$") && !strings.Contains(a, " ")
	if weight(q) < 1 || path || strings.Contains(a, ">>") || note.CodeLike(q) || (a == "") != below {
		return "", "", false
	}
	return q, a, true
}
