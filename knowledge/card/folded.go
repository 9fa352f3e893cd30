package card

import (
	"strings"

	"studybot/knowledge"
	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

var (
	// answerName is what a block hides that answers the text above it: "Answer & Explanation".
	answerName = pattern.New(`^(?i:(?:the )?(?:correct |full |sample )?(?:answers?|solutions?)(?: (?:&|and) explanations?| to .{1,20}| \d+)?|(?:第\s*\d{1,3}\s*题的?)?(?:参考|标准|正确|详细)?(?:答案|解答|解法|题解)(?:[及与和](?:解析|分析|思路))?|` + replyJa + `)[^\pL\pN]*$`)

	// taskCue begins a task: "**练习 1**：", "Exercise 2.", "**任务**：".
	taskCue = pattern.New(`^(?:\*\*|__)?(?:(?:练习|习题|思考题?|例题|题目|作业|[Ee]xercise|[Pp]roblem|[Tt]ask|[Qq]uestion)\s*\d{0,3}|题\s*[A-Z]?[-.]?\d{1,3}|任务|要求)(?:\*\*|__)?\s*(?:[(（][^()（）]{1,20}[)）])?\s*[:：.、](?:\*\*|__)?\s*|^(?:\*\*|__)(?:练习|习题|思考题?|例题|题目|作业)\s*\d{1,3}(?:\*\*|__)\s+`)
)

// folded finds a question by the block below it that hides its answer, where the text above is
// no heading that asks: "**练习 1**：…" or a paragraph, and "<summary>查看答案</summary>".
func folded(d *doc) []draft {
	var out []draft
	for i, s := range d.note.Lines {
		if d.taken[i] || d.code(i) || !opens(s) {
			continue
		}
		title, fold := foldTitle(s)
		invites := strings.Contains(s, "<summary") && invitation.ReplaceAllString(title+" ", "") == "" // "show"
		if !fold || !invites && !answerName.MatchString(strings.Trim(title, "【】[] ")) {
			continue
		}
		open, body, end := d.foldBody(i)
		if len(body) == 0 {
			continue
		}
		from, ok := d.foldStem(open)
		if !ok || invites && !d.orders(from) {
			continue
		}
		q, _ := d.answer(d.span(from, open-1))
		q = strings.Trim(taskCue.ReplaceAllString(strings.TrimSpace(strings.TrimLeft(q, "#>-+ ")), ""), " \n")
		q = unbold(withoutGuess(q))
		first, _, _ := strings.Cut(q, "\n")
		dr := draft{title: note.CleanTitle(first), line: from + 1, section: d.sectionAt(from), question: asTold(q), key: q, body: body, explicit: true}
		if weight(dr.title) < 4 {
			continue
		}
		answer, _ := d.answer(body)
		dr.judge(answerCue.ReplaceAllString(strings.TrimSpace(answer), ""))
		d.take(from, end)
		out = append(out, dr)
	}
	return out
}

// orders reports a heading that says in a sentence or two what to do: an exercise.
func (d *doc) orders(i int) bool {
	t := note.CleanTitle(d.lines[i].Text)
	return d.lines[i].Kind == note.Heading && sentence(t) && (verbEn.MatchString(t) || strings.Contains(t, ". "))
}

// withoutGuess returns a question without the line where a learner is to answer.
func withoutGuess(q string) string {
	if at := strings.LastIndexByte(q, '\n'); at >= 0 && guess.MatchString(q[at+1:]) {
		return strings.TrimSpace(q[:at])
	}
	return q
}

// subQuestion reports a line "a) …" of a task: the options of a choice have capitals, or its
// answer their letter.
func subQuestion(s string) bool {
	s = strings.TrimSpace(s)
	return strings.HasPrefix(s, "a)") || strings.HasPrefix(s, "(a)")
}

// opens is quick, and true of all lines that open a block that is folded away.
func opens(s string) bool {
	t := strings.TrimLeft(s, " \t")
	if len(t) < 3 {
		return false
	}
	switch t[0] {
	case ':', '?', '!':
		return t[1] == t[0] && t[2] == t[0]
	case '{':
		return t[1] == '{'
	case '>':
		return strings.Contains(t, "[!")
	case '<':
		return strings.Contains(t, "<summary")
	}
	return false
}

// asTold returns a question as its note has it, without the number of its first line.
func asTold(q string) string {
	first, more, several := strings.Cut(q, "\n")
	if first = note.CleanTitle(first); several {
		return first + "\n" + more
	}
	return first
}

// foldBody returns the line where the block opens whose words stand in line i, the text in it
// and its last line.
func (d *doc) foldBody(i int) (open int, body []knowledge.Span, end int) {
	open, end = i, i
	switch s := strings.TrimLeft(d.note.Lines[i], " \t"); {
	case strings.Contains(s, "<summary"):
		for open > 0 && open > i-3 && !openDetails.MatchString(d.note.Lines[open]) {
			open--
		}
		if end = d.detailsEnd(open); end < 0 {
			return i, nil, i
		}
		if end == i { // all on one line
			return open, d.span(i, i), end
		}
		return open, d.span(i+1, end-1), end
	case s[0] == '>':
		for end+1 < len(d.lines) && d.quoted(end+1) {
			end++
		}
	case s[0] == '?' || s[0] == '!':
		end = d.indentedEnd(i)
	default:
		closes := ":::"
		if s[0] == '{' {
			closes = "{{"
		}
		const far = 300 // lines
		for j := i + 1; j < len(d.lines) && j < i+far; j++ {
			if strings.HasPrefix(strings.TrimLeft(d.note.Lines[j], " \t"), closes) && !d.code(j) {
				return open, d.span(i+1, j-1), j
			}
		}
	}
	return open, d.span(i+1, end), end
}

// indentedEnd returns the last line of the block that is indented under line i.
func (d *doc) indentedEnd(i int) int {
	end := i
	for j := i + 1; j < len(d.lines) && (d.lines[j].Kind == note.Blank || strings.HasPrefix(d.note.Lines[j], "    ") || strings.HasPrefix(d.note.Lines[j], "\t")); j++ {
		if d.lines[j].Kind != note.Blank {
			end = j
		}
	}
	return end
}

// foldStem returns the first line of the question above line open; it is not ok where a heading
// that asks stands over it, which is the question then, or where it has options.
func (d *doc) foldStem(open int) (from int, ok bool) {
	const most = 15 // lines
	from = open
	for j := open - 1; j >= 0 && j > open-4*most; j-- {
		l := d.lines[j]
		switch {
		case l.Kind == note.Blank:
			if open-from > most && !d.code(from) { // a lesson: its last paragraph asks
				return from, from < open
			}
			continue
		case d.taken[j], l.Kind == note.Rule, closeDetails.MatchString(d.note.Lines[j]), strings.HasPrefix(l.Text, ":::"), credits(d.note.Lines[j]):
			return from, from < open
		case l.Kind == note.Heading:
			if from == open {
				title := note.CleanTitle(l.Text)
				return j, taskCue.MatchString(l.Text) || !note.Asks(title) && !isLabel(title) && (numbered.MatchString(l.Text) || d.orders(j))
			}
			return from, !note.Asks(note.CleanTitle(l.Text))
		}
		if c, _, letter := d.letter(j); letter && c == 'A' && !subQuestion(d.note.Lines[j]) || d.boxed(j) {
			return from, false
		}
		from = j
		if l.Ordered() && l.Indent < 4 || numbered.MatchString(l.Text) || taskCue.MatchString(l.Text) {
			return from, true
		}
	}
	return from, from < open
}
