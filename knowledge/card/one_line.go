package card

import (
	"strings"
	"unicode/utf8"

	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

// oneLine reports whether line i asks, without a cue, and then answers with one: "什么是 X？答：…".
func (d *doc) oneLine(i int) bool {
	l := d.lines[i]
	if l.Kind != note.Prose && l.Kind != note.Item || !hasAny(l.Text, "答", "A:", "A：", "Ans") {
		return false
	}
	q, a, ok := cutReply(l.Text)
	if clock.MatchString(q) {
		return false // a line of a log
	}
	return ok && a != "" && note.Asks(note.CleanTitle(q))
}

var clock = pattern.New(`\d{2}:\d{2}:\d{2}`)

// cutReply cuts a line into a question and the answer after its cue.
func cutReply(s string) (q, a string, ok bool) {
	loc := inlineCue.FindStringIndex(s)
	if loc == nil {
		return "", "", false
	}
	end := loc[0]
	if r, size := utf8.DecodeRuneInString(s[end:]); r == '？' || r == '?' {
		end += size
	}
	return strings.TrimSpace(s[:end]), strings.TrimSpace(s[loc[1]:]), true
}
