package card

import (
	"regexp"
	"strings"

	"studybot/knowledge/note"
)

var (
	askCue    = regexp.MustCompile(`^(?:\*\*|__)?(?:【\s*(?:题目|问题|问)\s*】|(?:Q(?:uestion)?\s*\d{0,3}|问题?\s*\d{0,3}|题目?\s*\d{0,3}|面试官|面试题\s*\d{0,3})\s*(?:\*\*|__)?\s*[:：])\s*(?:\*\*|__)?\s*`)
	answerCue = regexp.MustCompile(`^(?:\*\*|__)?(?:【\s*(?:参考答案|标准答案|正确答案|答案|解答|回答|答)\s*】|(?:A(?:ns(?:wer)?)?\s*\d{0,3}|答案?\s*\d{0,3}|(?:参考|标准|正确|面试)(?:答案|回答)|解答|回答|答案是)\s*(?:\*\*|__)?\s*[:：])\s*(?:\*\*|__)?\s*`)
	labelLine = regexp.MustCompile(`^(?:\*\*|__|#+\s*)?(?:(?:参考|标准|正确|面试)?(?:答案|解答|回答)|Answer|Solution)(?:\*\*|__)?\s*[:：]?\s*(?:\*\*|__)?\s*$`)
	inlineCue = regexp.MustCompile(`\s(?:\*\*)?(?:A|答|答案|Answer)(?:\*\*)?\s*[:：](?:\*\*)?\s*`)
)

// qa finds "Q: … A: …", "问：… 答：…", "题目：… 参考答案：…": the question is what follows its
// cue, the answer what follows its own up to the next cue or heading.
func qa(d *doc) []draft {
	var out []draft
	for i := 0; i < len(d.lines); i++ {
		cue := ""
		if mayAsk(d.lines[i].Text) {
			cue = d.cue(i, askCue)
		}
		if cue == "" {
			continue
		}
		dr, end, ok := d.sameLine(i, cue)
		if !ok {
			dr, end, ok = d.pair(i, cue)
		}
		if ok {
			dr.line, dr.section, dr.explicit = i+1, d.sectionAt(i), true
			dr.key = dr.question
			d.take(i, end)
			out = append(out, dr)
			i = end
		}
	}
	return out
}

// mayAsk reports whether a line begins as a cue of a question does; most do not.
func mayAsk(s string) bool {
	if s == "" {
		return false
	}
	return strings.ContainsRune("*_【Q问题面", firstRune(s))
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

// pair reads the question at line i and its answer on later lines.
func (d *doc) pair(i int, cue string) (draft, int, bool) {
	ans := d.answerLine(i)
	if ans < 0 {
		return draft{}, i, false
	}
	q := []string{d.lines[i].Text[len(cue):]}
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
	text = strings.Trim(strings.TrimSpace(strings.TrimPrefix(text, answerCue.FindString(text))), "*_ ")
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
		case l.Kind == note.Rule && j+1 < len(d.lines) && d.lines[j+1].Kind == note.Blank:
			return j - 1
		case d.lines[q].Kind == note.Item && l.Kind == note.Item && l.Indent <= d.lines[q].Indent && l.Mark == d.lines[q].Mark && d.cue(j, answerCue) == "":
			return j - 1
		}
	}
	return len(d.lines) - 1
}
