package card

import (
	"strings"

	"studybot/knowledge"
	"studybot/knowledge/note"
)

var (
	frontTitles = set(`front question 正面 问题 题目`)
	backTitles  = set(`back answer the|answer 背面 反面 答案 参考答案 svar antwort lösung réponse respuesta resposta risposta ответ`)
)

// sides finds cards whose sides are sections, as editors of Anki cards, Org drill and Org fc write
// them: "Front" with the question, and "Back" beside it; or "Answer" in a section whose own text
// is the question, or else its title.
func sides(d *doc) []draft {
	var out []draft
	for i, s := range d.note.Sections {
		if s.TitleLine == 0 || len(s.Title) > 20 || !strings.ContainsRune("bBaAtTsSlLrRоО背反答参", firstRune(s.Title)) || !backTitles[sideTitle(s.Title)] || d.taken[s.TitleLine-1] {
			continue
		}
		q, line, ok := d.front(i)
		if !ok {
			continue
		}
		end := d.sectionEnd(i)
		first, _, _ := strings.Cut(q, "\n")
		dr := draft{title: note.CleanTitle(first), question: q, key: q, line: line, section: max(s.Parent, 0), explicit: true, body: d.span(s.TitleLine, end)}
		if answer, _ := d.answer(dr.body); dr.title == "" || hollow(answer) != "" {
			continue
		}
		d.take(line-1, end)
		out = append(out, dr)
	}
	return out
}

func sideTitle(title string) string {
	return strings.ReplaceAll(lower(strings.TrimRight(title, ":：. ")), " ", "|")
}

// front returns the question to the answer that is section i, and its line.
func (d *doc) front(i int) (q string, line int, ok bool) {
	s := d.note.Sections[i]
	if i > 0 && d.note.Sections[i-1].Parent == s.Parent && frontTitles[sideTitle(d.note.Sections[i-1].Title)] {
		f := d.note.Sections[i-1]
		q, _ = d.answer(f.Body)
		return q, f.TitleLine, weight(q) > 0 && !d.asked(f.Body)
	}
	if s.Parent < 0 || d.kids[s.Parent][0] != i {
		return "", 0, false
	}
	p := d.note.Sections[s.Parent]
	if p.TitleLine == 0 || d.taken[p.TitleLine-1] || d.asked(p.Body) {
		return "", 0, false
	}
	q, _ = d.answer(p.Body)
	switch {
	case q == "" && isLabel(s.Title) && !strings.HasSuffix(p.Title, "...") && !strings.HasSuffix(p.Title, "…"): // a sentence to be completed asks
		return "", 0, false // left to those who read sections
	case q == "":
		q = p.Title
	case note.Asks(p.Title):
		q = p.Title + "\n" + q
	}
	return q, p.TitleLine, weight(q) > 0
}

// asked reports whether an explicit question has used the first line of a body.
func (d *doc) asked(body []knowledge.Span) bool {
	return len(body) > 0 && d.taken[body[0].Start-1]
}

// sectionEnd returns the last line of section i with its sub-sections.
func (d *doc) sectionEnd(i int) int {
	for _, s := range d.note.Sections[i+1:] {
		if s.Level <= d.note.Sections[i].Level {
			return s.TitleLine - 2
		}
	}
	return len(d.lines) - 1
}
