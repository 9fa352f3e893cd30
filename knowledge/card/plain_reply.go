package card

import (
	"strings"
	"unicode"

	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

// plainReply begins the answer to a question without a mark of its own.
var plainReply = pattern.New(`^[>\s*_]*(?:[【\[](?:参考|正确|标准)?答案[】\]]|(?:参考|正确|标准)?答案\s*[:：])`)

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
	replied := plainReply.MatchString(d.lines[ans].Text) || strings.HasPrefix(d.lines[ans].Text, "答") && note.Asks(note.CleanTitle(l.Text))
	if l.Kind == note.Item {
		return replied && strings.HasPrefix(d.lines[ans].Text, "答") || l.Indent == 0 && d.lines[ans].Indent > 0 && (plainReply.MatchString(d.lines[ans].Text) || strings.HasPrefix(d.lines[ans].Text, "**Ans"))
	}
	if l.Kind == note.Prose && unicode.Is(unicode.So, firstRune(l.Text)) && note.Asks(note.CleanTitle(l.Text)) {
		return true // "❓ What is …?"
	}
	if l.Kind == note.Heading {
		return l.Level > 1 && numbered.MatchString(l.Text) && plainReply.MatchString(d.lines[ans].Text)
	}
	if l.Kind != note.Prose || isPart(l.Text) || credits(l.Text) || opens(l.Text) || !replied {
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

// hintLabel begins what helps to answer, between a question and its answer.
var hintLabel = pattern.New(`^(?:\*\*|__|#+\s*|>\s*)+(?:答题思路|解题思路|思路|提示|考察点|考点|难度|(?:期望)?加分项|面试官意图|考察意图|[Hh]ints?|[Dd]ifficulty|[Kk]ey [Cc]oncepts)(?:\*\*|__)?\s*(?:[:：]|\*\*|$)`)

// comment begins what somebody says of an answer.
var comment = pattern.New(`^(?:\*\*|__)?(?:面试官|考官|老师)?(?:点评|评语|讲评)(?:\*\*|__)?\s*[:：]`)

// boldOnly returns a question that is bold to its end without the remark behind it:
// "为什么？** （高频）".
func boldOnly(q string) string {
	at := strings.Index(q, "**")
	if at <= 0 || strings.Count(q, "**") != 1 {
		return q
	}
	if rest := strings.TrimSpace(q[at+2:]); rest == "" || remarkOnly.MatchString(rest) {
		return q[:at]
	}
	return q
}

var remarkOnly = pattern.New(`^[（(【\[][^（()）】\]]*[)）】\]]$`)

// tells is a request to an applicant, by one who asks nothing else.
var tells = pattern.New(`^(?:那么?|好的?，|请|麻烦)?你?(?:能|可以)?(?:先|再|来)?(?:简单|简要|详细|具体)?地?(?:说|讲|谈|聊|介绍|描述|解释|分析)`)

// labels reports whether line j is a label in bold, "**要点：**", in the answer to a question
// with a cue at line q, which such a label has not.
func (d *doc) labels(q, j int) bool {
	t := strings.TrimRight(d.lines[j].Text, "* _")
	return (strings.HasSuffix(t, "：") || strings.HasSuffix(t, ":")) && d.cue(q, askCue) != "" && d.cue(j, askCue) == ""
}

// alike reports whether lines i and j are numbered or bold in one way, so that both are
// questions.
func (d *doc) alike(i, j int) bool {
	a, b := d.lines[i], d.lines[j]
	if a.Kind == note.Item {
		return b.Kind == note.Item && a.Mark == b.Mark && a.Indent == b.Indent && b.Number > a.Number
	}
	return d.stands(i) && a.Kind == b.Kind && a.Indent == b.Indent && strings.HasPrefix(a.Text, "**") == strings.HasPrefix(b.Text, "**")
}

// unbold takes the emphasis off that is open at an end of a text.
func unbold(s string) string {
	if strings.Count(s, "**")%2 == 1 || strings.Count(s, "**") == 2 && strings.HasPrefix(s, "**") && strings.HasSuffix(s, "**") {
		return strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(s, "**"), "**"))
	}
	return strings.TrimRight(s, " ")
}

// speaker begins what somebody says in minutes or a chat, by an initial or the time.
var speaker = pattern.New(`^(?:[I-PR-Z][:：]\s|\[?\d{1,2}:\d{2}(?::\d{2})?\]?\s)`)

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

// quotedAnswer returns lines from..to without the marks of a quote, and without tags, where the
// question at line q stands in the same quote; "" where it does not.
func (d *doc) quotedAnswer(q, from, to int) string {
	if d.lines[q].Kind != note.Quote || from > to {
		return ""
	}
	var out []string
	for s := range strings.SplitSeq(d.unquoted(from, to), "\n") {
		if !tagOnly.MatchString(s) && !(opens(s) && opensAnswer(s)) {
			out = append(out, plainHTML(s))
		}
	}
	return strings.TrimSpace(strings.Join(out, "\n"))
}

// uncued reads a question with a cue whose answer has none: the text below it, up to the next
// cue or heading.
func (d *doc) uncued(i int, cue string) (draft, int, bool) {
	title := note.CleanTitle(d.lines[i].Text[len(cue):])
	if d.lines[i].Kind == note.Heading || !note.Asks(title) && !tells.MatchString(title) || d.answerLine(i) >= 0 {
		return draft{}, i, false
	}
	question := title
	if note.Asks(title) {
		question = asked(title)
	}
	end := d.answerEnd(i, i)
	body := d.span(i+1, end)
	if answer := d.quotedAnswer(i, i+1, end); answer != "" {
		return draft{title: title, question: question, body: body, answer: answer}, end, true
	}
	if len(body) == 0 || d.lines[body[0].Start-1].Kind == note.Rule || speaker.MatchString(d.lines[body[0].Start-1].Text) {
		return draft{}, i, false
	}
	if code := d.codeAbove(i+1, end); code > i {
		return draft{title: title, question: question + "\n" + strings.Join(d.note.Lines[body[0].Start-1:code+1], "\n"), body: d.span(code+1, end)}, end, true
	}
	return draft{title: title, question: question, body: body}, end, true
}

// codeAbove returns the last line of the code that lines from..end begin with and that a block
// with the answer follows, -1 for none: the code belongs to the question.
func (d *doc) codeAbove(from, end int) int {
	at := -1
	for j := from; j <= end; j++ {
		switch {
		case d.lines[j].Kind == note.Blank:
		case d.code(j):
			at = j
		case strings.TrimSpace(stripTags(d.note.Lines[j])) == "":
		case at > 0 && opens(d.note.Lines[j]) && opensAnswer(d.note.Lines[j]):
			return at
		default:
			return -1
		}
	}
	return -1
}
