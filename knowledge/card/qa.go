package card

import (
	"regexp"
	"strings"

	"studybot/knowledge/note"
)

const (
	ordinal  = `\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})?`
	strong   = `(?:\*\*|__)?`
	askers   = `(?:[Qq](?:uestion)?|问题?|题目?|面试题|提问)` + ordinal + `|面试官`
	repliers = `(?:[Aa](?:ns(?:wer)?)?|答案?|回答)` + ordinal + `|(?:参考|标准|正确|面试)(?:答案|回答)|解答|答案是|我|候选人|求职者`
)

var (
	askCue      = regexp.MustCompile(`^` + strong + `(?:【\s*(?:题目|问题|问)` + ordinal + `\s*】\s*[:：]?|(?:` + askers + `)\s*` + strong + `\s*[:：])\s*` + strong + `\s*`)
	answerCue   = regexp.MustCompile(`^` + strong + `(?:【\s*(?:参考答案|标准答案|正确答案|答案|解答|回答|答)\s*】\s*[:：]?|(?:` + repliers + `)\s*` + strong + `\s*[:：]|Ans(?:wer)?\.\s)\s*` + strong + `\s*`)
	askDot      = regexp.MustCompile(`^` + strong + `Q(?:uestion)?\s*\d{0,3}\s*[.、．)）]\s*` + strong + `\s*`)
	answerDot   = regexp.MustCompile(`^` + strong + `A(?:ns(?:wer)?)?\s*\d{0,3}\s*[.、．)）]` + strong + `\s+`)
	secondDot   = regexp.MustCompile(`^(?:[-*+]\s+)?` + strong + `B\s*[.、．)）]`)
	labelLine   = regexp.MustCompile(`^(?:\*\*|__|#+\s*)?(?:(?:参考|标准|正确|面试)?(?:答案|解答|回答)|Answer|Solution)(?:\*\*|__)?\s*[:：]?\s*(?:\*\*|__)?\s*$`)
	inlineCue   = regexp.MustCompile(`(?:\s|[？?。])` + strong + `(?:A|答|答案|Answer|Ans)` + strong + `\s*[:：]` + strong + `\s*`)
	askLabel    = regexp.MustCompile(`^(?:题目?|问题|面试题|Question|Problem|Q)(?:\s*\d{1,3})?\s*[:：.]?$|^第\s*[0-9一二三四五六七八九十]{1,3}\s*[题问]$`)
	lettersOnly = regexp.MustCompile(`^[(（]?[A-H](?:[\s,，、]*[A-H])*[)）.。]?$`)
	verdictIn   = regexp.MustCompile(`[(（]\s*[×✕✗xX√✓✔对错]\s*[)）]`)
)

// qa finds "Q: … A: …", "问：… 答：…", "题目：… 参考答案：…": the question is what follows its
// cue, the answer what follows its own up to the next cue or heading. A numbered line, or a
// line of bold alone, over a line with the cue of an answer asks too.
func qa(d *doc) []draft {
	var out []draft
	for i := 0; i < len(d.lines); i++ {
		dr, end, ok := d.question(i)
		if ok {
			dr.line, dr.section, dr.explicit = i+1, d.sectionAt(i), true
			dr.question = verdictIn.ReplaceAllString(dr.question, "（ ）")
			dr.key = dr.question
			d.take(i, end)
			out = append(out, dr)
			i = end
		}
	}
	return out
}

// question reads the question that begins at line i, and its answer.
func (d *doc) question(i int) (dr draft, end int, ok bool) {
	s := d.lines[i].Text
	if s == "" || d.taken[i] {
		return draft{}, i, false
	}
	if mayAsk(s) {
		if cue := d.cue(i, askCue); cue != "" {
			if dr, end, ok = d.sameLine(i, cue); !ok {
				dr, end, ok = d.pair(i, cue, d.answerLine(i))
			}
			if !ok {
				dr, end, ok = d.uncued(i, cue)
			}
			return dr, end, ok
		}
		if cue := d.cue(i, askDot); cue != "" {
			if ans := d.dottedAnswer(i); ans > i {
				return d.pair(i, cue, ans)
			}
		}
	}
	if d.lines[i].Kind == note.Heading && askLabel.MatchString(note.CleanTitle(s)) {
		return d.pair(i, s, d.answerLine(i))
	}
	if d.stands(i) && d.answered(i) {
		return d.pair(i, "", d.nextText(i))
	}
	return draft{}, i, false
}

// answered reports whether the line below line i begins as an answer does.
func (d *doc) answered(i int) bool {
	ans := d.nextText(i)
	return ans > i && mayAnswer(d.lines[ans].Text) && (d.cue(ans, answerCue) != "" || d.cue(ans, labelLine) != "")
}

// uncued reads a question with a cue whose answer has none: the text below it, up to the next
// cue or heading.
func (d *doc) uncued(i int, cue string) (draft, int, bool) {
	title := note.CleanTitle(d.lines[i].Text[len(cue):])
	if d.lines[i].Kind == note.Heading || !note.Asks(title) || d.answerLine(i) >= 0 {
		return draft{}, i, false
	}
	end := d.answerEnd(i, i)
	body := d.span(i+1, end)
	if len(body) == 0 || d.lines[body[0].Start-1].Kind == note.Rule {
		return draft{}, i, false
	}
	return draft{title: title, question: asked(title), body: body}, end, true
}

// stands reports whether line i is numbered, or bold as a whole.
func (d *doc) stands(i int) bool {
	l := d.lines[i]
	switch l.Kind {
	case note.Item:
		return l.Ordered()
	case note.Prose:
		return numbered.MatchString(l.Text) || len(l.Text) > 4 && strings.HasPrefix(l.Text, "**") && strings.HasSuffix(l.Text, "**")
	}
	return false
}

// nextText returns the line after line i that is not blank, -1 for none near.
func (d *doc) nextText(i int) int {
	for j := i + 1; j < len(d.lines) && j <= i+3; j++ {
		if d.lines[j].Kind != note.Blank {
			return j
		}
	}
	return -1
}

// dottedAnswer returns the line "A. …" that answers the line "Q. …" at line i, -1 where
// there is none, or it is the first of several options.
func (d *doc) dottedAnswer(i int) int {
	for j := i + 1; j < len(d.lines) && j < i+12; j++ {
		if d.taken[j] || d.cue(j, askDot) != "" || d.lines[j].Kind == note.Heading {
			return -1
		}
		if d.cue(j, answerCue) != "" {
			return j
		}
		if d.cue(j, answerDot) == "" {
			continue
		}
		if next := d.nextText(j); next > 0 && secondDot.MatchString(strings.TrimSpace(d.note.Lines[next])) {
			return -1
		}
		return j
	}
	return -1
}

// mayAsk reports whether a line begins as a cue of a question does; most do not.
func mayAsk(s string) bool {
	if s == "" {
		return false
	}
	return strings.ContainsRune("*_【Qq问题面提", firstRune(s))
}

// mayAnswer reports whether a line begins as a cue of an answer does.
func mayAnswer(s string) bool {
	return s != "" && strings.ContainsRune("*_【#AaS答参标正面解回我候求", firstRune(s))
}

// cue returns the cue at the beginning of line i, "" for none.
func (d *doc) cue(i int, re *regexp.Regexp) string {
	if d.taken[i] {
		return ""
	}
	switch d.lines[i].Kind {
	case note.Prose, note.Item, note.Quote, note.Heading:
		return re.FindString(d.lines[i].Text)
	}
	return ""
}

// sameLine reads a question and its answer on one line.
func (d *doc) sameLine(i int, cue string) (draft, int, bool) {
	rest := d.lines[i].Text[len(cue):]
	loc := inlineCue.FindStringIndex(rest)
	if loc == nil {
		return draft{}, i, false
	}
	q, a := strings.TrimSpace(rest[:loc[0]]), strings.TrimSpace(rest[loc[1]:])
	end := d.answerEnd(i, i)
	if a == "" {
		return draft{}, i, false
	}
	more, _ := d.answer(d.span(i+1, end))
	return draft{title: note.CleanTitle(q), question: q, body: d.span(i, end), answer: strings.TrimSpace(a + "\n" + more)}, end, weight(q) > 1
}

// pair reads the question at line i, after its cue, and its answer from line ans on.
func (d *doc) pair(i int, cue string, ans int) (draft, int, bool) {
	if ans < 0 {
		return draft{}, i, false
	}
	q := []string{d.lines[i].Text[len(cue):]}
	if cue == "" {
		q[0] = note.CleanTitle(q[0])
	}
	for j := i + 1; j < ans; j++ {
		if !credit.MatchString(d.note.Lines[j]) {
			q = append(q, strings.TrimRight(d.note.Lines[j], " "))
		}
	}
	dr := draft{title: note.CleanTitle(q[0]), question: strings.Trim(strings.Join(q, "\n"), "*_ \n")}
	for _, l := range q[1:] {
		if dr.title == "" {
			dr.title = note.CleanTitle(l)
		}
	}
	if weight(dr.title) < 2 {
		return draft{}, i, false
	}
	end := d.answerEnd(i, ans)
	text := d.lines[ans].Text
	cue = answerCue.FindString(text)
	if cue == "" {
		cue = answerDot.FindString(text)
	}
	text = unbold(strings.TrimSpace(text[len(cue):]))
	if labelLine.MatchString(d.lines[ans].Text) {
		text = ""
	}
	if text == "" {
		dr.body = d.span(ans+1, end)
	} else {
		dr.body = d.span(ans, end)
		more, _ := d.answer(d.span(ans+1, end))
		dr.answer = strings.TrimSpace(text + "\n" + more)
	}
	if lettersOnly.MatchString(dr.answer) {
		return draft{}, i, false // of options that are not there
	}
	if len(dr.body) == 0 {
		d.problem(i+1, dr.title, unanswered)
		return draft{}, i, false
	}
	return dr, end, true
}

// answerLine returns the line where the answer to the question at line i begins, -1 for
// none before the next question, a heading, or too far away.
func (d *doc) answerLine(i int) int {
	const far = 60 // lines
	for j := i + 1; j < len(d.lines) && j < i+far; j++ {
		if d.taken[j] || d.cue(j, askCue) != "" {
			return -1
		}
		if d.cue(j, answerCue) != "" || d.cue(j, labelLine) != "" {
			return j
		}
		if d.lines[j].Kind == note.Heading && !credit.MatchString(d.lines[j].Text) {
			return -1
		}
	}
	return -1
}

// answerEnd returns the last line of the answer that begins at line ans, to the question
// at line q: before the next question, a heading, or an item above the question's own.
func (d *doc) answerEnd(q, ans int) int {
	for j := ans + 1; j < len(d.lines); j++ {
		l := d.lines[j]
		switch {
		case d.taken[j], l.Kind == note.Heading && d.cue(j, answerCue) == "", d.cue(j, askCue) != "":
			return j - 1
		case askDot.MatchString(l.Text) && d.dottedAnswer(j) > 0, d.stands(j) && (d.alike(q, j) || d.answered(j)):
			return j - 1
		case l.Kind == note.Rule && j+1 < len(d.lines) && d.lines[j+1].Kind == note.Blank:
			return j - 1
		case d.lines[q].Kind == note.Item && l.Kind == note.Item && l.Indent <= d.lines[q].Indent && l.Mark == d.lines[q].Mark && d.cue(j, answerCue) == "":
			return j - 1
		}
	}
	return len(d.lines) - 1
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
