package card

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

const (
	bracketed = `(?:[（(][^（）()\s]{1,8}[）)])?` // "面试官（追问）"
	ordinal   = `\s*(?:\d{1,3}(?:[.-]\d{1,3})?|[一二三四五六七八九十]{1,3})?`
	emoji     = `(?:[\p{So}\x{fe0f}]+\s*)?`
	strong    = `(?:\*\*|__|\*|_|</?(?:b|strong)>)?`
	askers    = `(?:[Qq](?:uestion|ues)?\s?#?|QUES(?:TION)?|问题?|题(?:目(?:描述|内容)?|干)?|問題?|題目?|(?:涉及)?面试题|提问|(?:考官|面试官)?追问)` + ordinal + `|第\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*[题问]|面试官|Interviewer|Front|正面`
	repliers  = `(?:[Aa](?:ns(?:wer)?)?|ANS(?:WER)?|答案?|回答|解)` + ordinal + `|(?:参考|标准|正确|面试)(?:答案|回答|顺序)|解答|你|(?:Expected|Model|Sample|Suggested|Ideal|Reference|Short|Interview) [Aa]nswer|[Ss]ol(?:ution)?|答案是|我|候选人|求职者|Candidate|Back|[背反]面`
)

var (
	askCue      = pattern.New(`^` + emoji + strong + `(?:【\s*(?:题目|问题|问|Q)` + ordinal + `\s*】\s*[:：]?|\[(?:Q|问题?|题目)` + ordinal + `\]\s*|(?:` + askers + `)` + bracketed + `\s*` + strong + `\s*[:：])\s*` + strong + `\s*`)
	answerCue   = pattern.New(`^` + emoji + strong + `(?:【\s*(?:参考答案|标准答案|正确答案|答案|解答|回答|答|A)\s*】\s*[:：]?|\[(?:A|答案?|回答)\]\s*|(?:` + repliers + `)` + bracketed + `\s*` + strong + `\s*[:：]|Ans(?:wer)?\.\s)\s*` + strong + `\s*`)
	askDot      = pattern.New(`^` + strong + `Q(?:uestion)?\s*(?:#\d{1,3}[.:)]?\s|\.\d{1,3}[.、．:：)）]?\s|\d{0,3}\s*(?:[.、．)）]|\s[-–—]\s))\s*` + strong + `\s*`)
	answerDot   = pattern.New(`^` + strong + `A(?:ns(?:wer)?)?\s*(?:\.\d{1,3}[.、．:：)）]?\s+|\d{0,3}(?:\s*(?:[.、．)）]` + strong + `\s+|．)|\s+[-–—]\s+))`)
	secondDot   = pattern.New(`^(?:[-*+]\s+)?` + strong + `B\s*[.、．)）]`)
	labelLine   = pattern.New(`^(?:\*\*|__|#+\s*)?(?:(?:参考|标准|正确|面试)?(?:答案|解答|回答)|(?:(?:Expected|Model|Sample|Suggested|Ideal|Interview) )?[Aa]nswer|[Ss]olution)` + ordinal + `(?:\*\*|__)?\s*[:：]?\s*(?:\*\*|__)?\s*$`)
	inlineCue   = pattern.New(`(?:\s|[？?。])` + strong + `(?:A|答|答案|Answer|Ans)` + strong + `\s*[:：]` + strong + `\s*|【\s*(?:参考)?(?:答案|答)\s*】\s*`)
	askLabel    = pattern.New(`^(?:题目?|问题|面试题|Question|Problem|Q)` + ordinal + `\s*[:：.]?$|^第\s*[0-9一二三四五六七八九十]{1,3}\s*[题问]$`)
	lettersOnly = pattern.New(`^[(（]?[A-H](?:[\s,，、]*[A-H])*[)）.。]?$`)
	verdictIn   = pattern.New(`[(（][\s\x{3000}]*[×✕✗xX√✓✔对错][\s\x{3000}]*[)）]`)
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
		if cue := d.cue(i, askCue); cue != "" && !d.indentedCode(i) {
			if dr, end, ok = d.sameLine(i, cue); !ok {
				dr, end, ok = d.pair(i, cue, d.answerLine(i))
			}
			if !ok {
				dr, end, ok = d.pair(i, cue, d.dottedAnswer(i))
			}
			if !ok {
				dr, end, ok = d.uncued(i, cue)
			}
			return dr, end, ok
		}
		if cue := d.cue(i, askDot); cue != "" {
			if ans := max(d.dottedAnswer(i), d.answerLine(i)); ans > i {
				return d.pair(i, cue, ans)
			}
		}
	}
	if d.lines[i].Kind == note.Heading && labelsAsk(note.CleanTitle(s)) {
		return d.pair(i, s, d.answerLine(i))
	}
	if ans := d.labelBelow(i); ans > 0 {
		return d.pair(i, "", ans)
	}
	if next := d.nextText(i); d.lines[i].Kind == note.Heading && utf8.RuneCountInString(s) > longTitle && next > 0 && mayAnswer(d.lines[next].Text) && d.cue(next, answerCue) != "" {
		return d.pair(i, "", next) // a task for a heading
	}
	if d.oneLine(i) {
		return d.sameLine(i, "")
	}
	if ans := d.reply(i); ans > 0 {
		if cue := d.cue(i, taskCue); cue != "" {
			return d.pair(i, cue, ans)
		}
		if d.stands(i) || d.stated(i, ans) {
			return d.pair(i, "", ans)
		}
	}
	return draft{}, i, false
}

// labelsAsk reports a title that names the question below it: "题目 3".
func labelsAsk(title string) bool {
	return title != "" && strings.ContainsRune("题问面QP第", firstRune(title)) && askLabel.MatchString(title)
}

// answered reports whether an answer with a cue follows line i.
func (d *doc) answered(i int) bool { return d.reply(i) > 0 }

// reply returns the line that begins as an answer does below line i, or below the few lines
// that follow it at once; -1 for none.
func (d *doc) reply(i int) int {
	const few = 8
	begins := func(j int) bool {
		return mayAnswer(d.lines[j].Text) && (d.cue(j, answerCue) != "" || d.cue(j, labelLine) != "")
	}
	next := d.nextText(i)
	for n := 0; n < few && next > 0 && credits(d.lines[next].Text); n++ {
		next = d.nextText(next)
	}
	if next < 0 || begins(next) {
		return next
	}
	for j := i + 1; j < len(d.lines) && j <= i+few; j++ {
		switch {
		case d.lines[j].Kind != note.Prose && d.lines[j].Kind != note.Code && d.lines[j].Kind != note.Fence, d.taken[j], strings.HasPrefix(d.lines[j].Text, "**") && !begins(j), mayAsk(d.lines[j].Text) && d.cue(j, askCue) != "":
			return -1
		case begins(j):
			return j
		}
	}
	return -1
}

// labelBelow returns the line that names the answer to a task: a heading that does not ask,
// a text, and "**答案：**"; -1 for none before the next heading or question.
func (d *doc) labelBelow(i int) int {
	const far = 60 // lines
	if d.lines[i].Kind != note.Heading || d.lines[i].Level < 2 {
		return -1
	}
	title := note.CleanTitle(d.lines[i].Text)
	if next := d.nextText(i); isLabel(title) || note.Asks(title) && !(next > 0 && d.code(next)) {
		return -1
	}
	text := false
	for j := i + 1; j < len(d.lines) && j < i+far; j++ {
		switch {
		case d.lines[j].Kind == note.Blank:
		case d.taken[j], d.lines[j].Kind == note.Heading, d.lines[j].Ordered() && note.Asks(note.CleanTitle(d.lines[j].Text)), mayAsk(d.lines[j].Text) && d.cue(j, askCue) != "":
			return -1
		case text && mayAnswer(d.lines[j].Text) && (d.cue(j, labelLine) != "" || note.Asks(title) && d.cue(j, answerCue) != ""):
			return j
		default:
			text = text || !credits(d.note.Lines[j])
		}
	}
	return -1
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
		if d.taken[j] || d.cue(j, askDot) != "" || d.cue(j, askCue) != "" || d.lines[j].Kind == note.Heading {
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

// sameLine reads a question and its answer on one line.
func (d *doc) sameLine(i int, cue string) (draft, int, bool) {
	q, a, ok := cutReply(d.lines[i].Text[len(cue):])
	if !ok || a == "" {
		return draft{}, i, false
	}
	end := d.answerEnd(i, i)
	if cue == "" { // the paragraph answers
		q = note.CleanTitle(q)
		for j := i + 1; j <= end; j++ {
			if d.lines[j].Kind == note.Blank {
				end = j - 1
			}
		}
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
	from := i + 1
	for from < ans && d.wrapped(from-1, from) {
		q[0] += " " + d.lines[from].Text
		from++
	}
	for j := from; j < ans; j++ {
		if hintLabel.MatchString(d.lines[j].Text) && note.Asks(strings.Trim(note.CleanTitle(q[0]), `"“”`)) {
			break // a hint, and no part of the question
		}
		if t := d.lines[j].Text; t == "?" || t == "??" {
			continue
		}
		if !credits(d.note.Lines[j]) && !tagOnly.MatchString(d.note.Lines[j]) && !(strings.Contains(d.note.Lines[j], "<summary") && opensAnswer(d.note.Lines[j])) {
			q = append(q, strings.TrimRight(d.note.Lines[j], " "))
		}
	}
	q[0] = boldOnly(stripTags(q[0]))
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
		if ans < end && d.lines[ans+1].Kind == note.Blank {
			text += "\n"
		}
		dr.answer = strings.TrimSpace(text + "\n" + more)
	}
	plain := emptyVerdict.MatchString(dr.title) || verdictIn.MatchString(dr.title) || plainReply.MatchString(d.lines[ans].Text)
	if plain && len(dr.body) > 0 && dr.judge(dr.answer) {
		return dr, end, true
	}
	if first, _, _ := strings.Cut(dr.answer, "\n"); lettersOnly.MatchString(dr.answer) || lettersOnly.MatchString(strings.TrimSpace(first)) && hasAny(dr.title, "下列", "以下", "hich of") {
		return draft{}, i, false // of options that are not there
	}
	if len(dr.body) == 0 {
		d.problem(i+1, dr.title, unanswered)
		return draft{}, i, false
	}
	return dr, end, true
}

// wrapped reports whether the Latin text of line i goes on in line j below it, as a line that
// was broken at the margin does.
func (d *doc) wrapped(i, j int) bool {
	a, b := d.lines[i], d.lines[j]
	if a.Kind == note.Heading || b.Kind != note.Prose || len(a.Text) < 30 || hasHan(a.Text) || hasHan(b.Text) || mayAnswer(b.Text) && d.cue(j, answerDot) != "" {
		return false
	}
	return strings.IndexByte("?.:!;*", a.Text[len(a.Text)-1]) < 0 && unicode.IsLower(firstRune(b.Text))
}

// answerLine returns the line where the answer to the question at line i begins, -1 for
// none before the next question, a heading, or too far away.
func (d *doc) answerLine(i int) int {
	const far = 60 // lines
	for j := i + 1; j < len(d.lines) && j < i+far; j++ {
		if d.taken[j] || speaker.MatchString(d.lines[j].Text) || d.cue(j, askCue) != "" {
			return -1
		}
		if d.cue(j, answerCue) != "" || d.cue(j, labelLine) != "" {
			return j
		}
		if d.lines[j].Kind == note.Heading && !credits(d.lines[j].Text) {
			return -1
		}
	}
	return -1
}

// answerEnd returns the last line of the answer that begins at line ans, to the question
// at line q: before the next question, a heading, or an item above the question's own.
func (d *doc) answerEnd(q, ans int) int {
	inner, last := 0, 0 // numbers of the last item of a list in the answer: one like the question, any
	for j := ans + 1; j < len(d.lines); j++ {
		l := d.lines[j]
		if l.Ordered() && l.Indent == 0 {
			if l.Number > last+1 && l.Number > 1 && d.lines[j-1].Kind == note.Blank && !d.stands(q) {
				return j - 1 // the text around the question goes on
			}
			last = l.Number
		}
		if l.Ordered() && l.Number == inner+1 && l.Mark == d.lines[q].Mark && !d.taken[j] && !(l.Number == d.lines[q].Number+1 && note.Asks(note.CleanTitle(l.Text))) && !d.answered(j) {
			inner++
			continue
		}
		switch {
		case l.Kind == note.Comment && (strings.Contains(d.note.Lines[j], "<!--ID:") || strings.Contains(d.note.Lines[j], "<!--SR:")):
			return j - 1
		case d.taken[j], d.lines[q].Kind == note.Quote && d.quoted(q+1) && !d.quoted(j), l.Kind == note.Heading && d.cue(j, answerCue) == "", d.cue(j, askCue) != "":
			return j - 1
		case d.oneLine(j), l.Kind == note.Quote && callout.MatchString(l.Text), l.Kind == note.Blank && ans > q && d.lines[ans].Kind == note.Quote && d.lines[q].Kind != note.Heading:
			return j - 1
		case askDot.MatchString(l.Text) && max(d.dottedAnswer(j), d.answerLine(j)) > 0, d.stands(j) && (d.alike(q, j) && !d.labels(q, j) || d.answered(j)):
			return j - 1
		case l.Kind == note.Prose && d.lines[j-1].Kind == note.Blank && (askedInline(l.Text) || strings.HasPrefix(l.Text, "C:") && d.hashcard(j)):
			return j - 1
		case d.tags(j) && tagsAlone.MatchString(l.Text), strings.Contains(l.Text, "评") && comment.MatchString(l.Text):
			return j - 1
		case l.Kind == note.Prose && d.lines[j-1].Kind == note.Blank && d.asksPlainly(j):
			return j - 1
		case d.lines[j-1].Kind == note.Blank && (d.cardTable(j) || l.Ordered() && l.Indent == 0 && d.lines[q].Kind != note.Item && note.Asks(note.CleanTitle(l.Text))):
			return j - 1
		case isPart(d.note.Lines[j]), l.Kind == note.Prose && d.stands(j) && d.lines[j-1].Kind == note.Blank && note.Asks(note.CleanTitle(l.Text)):
			return j - 1
		case l.Kind == note.Prose && d.lines[j-1].Kind == note.Blank && d.lines[q].Kind == note.Item && l.Indent <= d.lines[q].Indent && d.lines[ans].Indent > d.lines[q].Indent:
			return j - 1
		case l.Kind == note.Rule && j+1 < len(d.lines) && d.lines[j+1].Kind == note.Blank:
			return j - 1
		case d.lines[q].Kind == note.Item && l.Kind == note.Item && l.Indent <= d.lines[q].Indent && l.Mark == d.lines[q].Mark && d.cue(j, answerCue) == "":
			return j - 1
		}
	}
	return len(d.lines) - 1
}
