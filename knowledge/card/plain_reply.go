package card

import (
	"regexp"
	"strings"

	"studybot/knowledge/note"
)

// plainReply begins the answer to a question without a mark of its own.
var plainReply = regexp.MustCompile(`^[>\s*_]*(?:[【\[](?:参考|正确|标准)?答案[】\]]|(?:参考|正确|标准)?答案\s*[:：])`)

// asksPlainly reports whether line j begins a question by its cue of a task, or by the answer
// that follows it.
func (d *doc) asksPlainly(j int) bool {
	ans := d.reply(j)
	return ans > 0 && (taskCue.MatchString(d.lines[j].Text) || d.stated(j, ans))
}

// stated reports whether line i begins a paragraph, or is a bullet, and its answer follows at
// once, at line ans, with a cue that nobody writes in passing.
func (d *doc) stated(i, ans int) bool {
	l := d.lines[i]
	if l.Kind == note.Item {
		return l.Indent == 0 && d.lines[ans].Indent > 0 && (plainReply.MatchString(d.lines[ans].Text) || strings.HasPrefix(d.lines[ans].Text, "**Ans"))
	}
	if l.Kind != note.Prose || isPart(l.Text) || !plainReply.MatchString(d.lines[ans].Text) {
		return false
	}
	if i == 0 || d.taken[i-1] {
		return true
	}
	switch d.lines[i-1].Kind {
	case note.Blank, note.Heading, note.Rule, note.Underline:
		return true
	}
	return isPart(d.note.Lines[i-1])
}

// speaker begins what somebody says in minutes or a chat, by an initial or the time.
var speaker = regexp.MustCompile(`^(?:[I-PR-Z][:：]\s|\[?\d{1,2}:\d{2}(?::\d{2})?\]?\s)`)

// indentedCode reports a line that is code by its indentation: a blank line stands above it, and
// no item of a list that it could belong to.
func (d *doc) indentedCode(i int) bool {
	const far = 30 // lines
	if d.lines[i].Kind != note.Prose || d.lines[i].Indent < 4 || i == 0 || d.lines[i-1].Kind != note.Blank {
		return false
	}
	for j := i - 1; j >= 0 && j > i-far; j-- {
		if l := d.lines[j]; l.Kind != note.Blank && l.Indent < d.lines[i].Indent {
			return l.Kind != note.Item
		}
	}
	return true
}
