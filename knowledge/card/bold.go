package card

import (
	"strings"

	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

// boldAsk is a question in bold with its answer after it on the line.
var boldAsk = pattern.New(`^(?:\*\*|__)([^*_].{2,200}?[?？])\s*(?:\*\*|__)\s*[:：—–-]*\s*(\S.*)$`)

// inBrackets is an answer with its cue in brackets: "(Answer: a pin)."
var inBrackets = pattern.New(`^[(（](?:[Aa]nswer|Ans|参考答案|答案?)\s*[:：]\s*(.*)[)）][.。]?$`)

// boldQuestions finds "**question?** answer": the answer goes on to the end of the paragraph,
// or of the item with all that stands under it.
func boldQuestions(d *doc) []draft {
	var out []draft
	for i, l := range d.lines {
		if l.Kind != note.Item && l.Kind != note.Prose || !d.free(i) || !strings.HasPrefix(l.Text, "**") && !strings.HasPrefix(l.Text, "__") {
			continue
		}
		m := boldAsk.FindStringSubmatch(l.Text)
		if m == nil {
			continue
		}
		title := note.CleanTitle(m[1])
		if !note.Asks(title) || weight(m[2]) < 2 || strings.HasPrefix(m[2], "#") && cardTag.MatchString(m[2]) {
			continue
		}
		end := i
		if l.Kind == note.Item {
			end, _ = d.below(i)
		} else {
			for end+1 < len(d.lines) && d.lines[end+1].Kind == note.Prose && d.free(end+1) && !boldAsk.MatchString(d.lines[end+1].Text) {
				end++
			}
		}
		more, _ := d.answer(d.span(i+1, end))
		d.take(i, end)
		out = append(out, draft{title: title, line: i + 1, section: d.sectionAt(i), question: asked(title), key: title, explicit: true,
			body: d.span(i, end), answer: strings.TrimSpace(inBrackets.ReplaceAllString(m[2], "$1") + "\n" + more)})
	}
	return out
}

// definitions finds the lists of definitions of Markdown: a line with a term or a question, and
// right below it its text, which begins with a colon.
func definitions(d *doc) []draft {
	var out []draft
	for i := 0; i+1 < len(d.lines); i++ {
		below := d.note.Lines[i+1]
		if !strings.HasPrefix(below, ": ") || !d.free(i) || d.lines[i].Kind != note.Prose || d.code(i+1) || i > 0 && d.lines[i-1].Kind != note.Blank {
			continue
		}
		title := note.CleanTitle(d.lines[i].Text)
		if weight(title) < 2 || len(title) > 200 {
			continue
		}
		end := i + 1
		for end+1 < len(d.lines) && d.free(end+1) && (strings.HasPrefix(d.note.Lines[end+1], ": ") || d.lines[end+1].Indent >= 2) {
			end++
		}
		answer, _ := d.answer(d.span(i+1, end))
		answer = strings.TrimSpace(strings.ReplaceAll("\n"+answer, "\n:", "\n"))
		if hollow(answer) != "" {
			continue
		}
		d.take(i, end)
		dr := draft{title: title, line: i + 1, section: d.sectionAt(i), key: title, explicit: true, body: d.span(i+1, end), answer: answer}
		if note.Asks(title) {
			dr.question = asked(title)
		}
		out = append(out, dr)
	}
	return out
}
