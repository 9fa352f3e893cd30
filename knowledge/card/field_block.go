package card

import (
	"strings"

	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

var (
	inlineCard = pattern.New(`STARTI\s*\[([^\]]+)\]\s*(.+?)\s*\bBack:\s*(.+?)\s*ENDI\b`)
	cardID     = pattern.New(`\s*(?:<!--\s*)?\bID: \d+\s*(?:-->)?`)
)

// fieldBlocks reads the cards of Obsidian_to_Anki: between lines START and END, or %%ANKI and END%%, the kind of card,
// its front, and "Back: …"; and "STARTI [Basic] front Back: back ENDI" on one line. They may
// stand in a fence, as an export of Anki may.
func fieldBlocks(d *doc) []draft {
	var out []draft
	fence := "" // what the fence around a line says of its text
	for i := 0; i < len(d.note.Lines); i++ {
		if d.lines[i].Kind == note.Fence {
			fence = d.lines[i].Text
			if cards, end, ok := d.fenced(i); ok {
				out, i = append(out, cards...), end
				continue
			}
		}
		s := strings.TrimSpace(d.note.Lines[i])
		if !strings.HasPrefix(s, "START") && s != "%%ANKI" || d.taken[i] || d.code(i) && fence != "anki" {
			continue
		}
		if m := inlineCard.FindStringSubmatch(s); m != nil {
			title := note.CleanTitle(m[2])
			d.take(i, i)
			out = append(out, draft{title: title, question: title, key: title, line: i + 1, section: d.sectionAt(i), explicit: true, body: d.span(i, i), answer: strings.TrimSpace(cardID.ReplaceAllString(m[3], ""))})
			continue
		}
		if s != "START" && s != "%%ANKI" {
			continue
		}
		dr, end, ok := d.fieldBlock(i)
		if !ok {
			continue
		}
		d.take(i, end)
		if hollow(dr.answer) != "" {
			d.problem(dr.line, dr.title, unanswered)
		} else {
			out = append(out, dr)
		}
		i = end
	}
	return out
}

// fieldBlock reads the card that begins with START at line i.
func (d *doc) fieldBlock(i int) (draft, int, bool) {
	const most = 200 // lines of a card
	var front, back []string
	field, line, first, tail := "front", 0, 0, 0
	for j := i + 2; j < len(d.note.Lines) && j < i+most; j++ {
		s := d.note.Lines[j]
		if end := strings.TrimSpace(s); end == "END" || end == "END%%" {
			q := strings.TrimSpace(strings.Join(front, "\n"))
			head, _, _ := strings.Cut(q, "\n")
			dr := draft{title: note.CleanTitle(head), question: q, key: q, line: line, section: d.sectionAt(i), explicit: true, answer: strings.Trim(strings.Join(back, "\n"), "\n")}
			dr.body = d.span(max(first, i+2), tail)
			return dr, j, dr.title != "" && len(back) > 0
		}
		if name, rest, ok := strings.Cut(s, ":"); ok && (name == "Front" || name == "Back" || name == "Tags" || name == "Reference") {
			field, s = strings.ToLower(name), strings.TrimSpace(rest)
			if first == 0 && field == "back" {
				first = j
			}
		}
		if strings.Contains(s, "ID: ") {
			s = cardID.ReplaceAllString(s, "")
		}
		switch {
		case field == "front":
			if line == 0 && weight(s) > 0 {
				line = j + 1
			}
			front = append(front, s)
		case field == "back":
			back = append(back, s)
			if weight(s) > 0 {
				tail = j
			}
		}
	}
	return draft{}, i, false
}
