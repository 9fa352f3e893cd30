package card

import (
	"strings"

	"studybot/knowledge"
	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

var taskTitle = pattern.New(`(?i)^(?:题目?|问题|問題?|面试题|练习|习题|question|pregunta|pergunta|quest[ãa]o|domanda|frage|питання|вопрос|câu(?: hỏi)?|soal|problem|exercise|task|q)?\s*[-#]?\s*\d{1,3}\s*[.、:：]?` + taskLevel + `$|^第\s*[0-9一二三四五六七八九十百]{1,4}\s*[题问問]` + taskLevel + `$`)

// taskLevel is what stands behind the number of a question: how hard it is, a place for the answer.
const taskLevel = `(?:\s*[(（][^()（）]{0,12}[)）]|\s+[-–—:：]?\s*(?:easy|medium|hard|简单|中等|困难)\**)?`

// task makes a draft of a section whose title only counts, "Question 3" or "第2题", or names
// what follows, "面试题": its first paragraph asks, the rest answers.
func (d *doc) task(i int) (draft, bool) {
	s := d.note.Sections[i]
	label := strings.TrimRight(s.Title, ":：")
	if named := label == "面试题" || label == "题目"; len(s.Body) == 0 || !named && (!strings.ContainsAny(s.Title, "0123456789第") || !taskTitle.MatchString(s.Title)) {
		return draft{}, false
	}
	first := s.Body[0]
	end := first.Start
	for end < first.End && d.lines[end].Kind != note.Blank {
		end++
	}
	asks := note.CleanTitle(d.lines[first.Start-1].Text)
	if !note.Asks(asks) || d.taken[first.Start-1] || d.lines[first.Start-1].Kind != note.Prose {
		return draft{}, false
	}
	q, _ := d.answer(d.span(first.Start-1, end-1))
	body := append(d.span(end, first.End-1), s.Body[1:]...)
	for _, k := range d.kids[i] {
		if t := d.note.Sections[k].Title; isLabel(t) && !isApart(t) {
			body, _ = d.whole(k, body, nil)
		}
	}
	if len(body) == 0 {
		return draft{}, false
	}
	return draft{title: asks, line: first.Start, section: i, question: strings.Trim(q, "*_ "), key: q, body: body, explicit: true}, true
}

// analysis is the title of a section that answers what one beside it asks.
var analysis = pattern.New(`(?i)^(?:面试题?|题目|问题|试题)?\s*(?:剖析|解析|详解|解答|答案|参考答案|标准回答|回答|answers?|solutions?)$`)

// analysed makes a draft of a section whose title is a label, 面试题, and whose text asks: its
// answer is the section beside it that analyses it. parts are the sections of the answer.
func (d *doc) analysed(i int) (dr draft, parts []int) {
	s := d.note.Sections[i]
	if len(s.Body) == 0 || len(d.kids[i]) > 0 || !isLabel(s.Title) || analysis.MatchString(s.Title) {
		return draft{}, nil
	}
	first := s.Body[0]
	title := note.CleanTitle(d.lines[first.Start-1].Text)
	if d.taken[first.Start-1] || d.lines[first.Start-1].Kind != note.Prose || !note.Asks(title) {
		return draft{}, nil
	}
	var body []knowledge.Span
	for k := i + 1; k < len(d.note.Sections) && d.note.Sections[k].Level >= s.Level; k++ {
		beside := d.note.Sections[k]
		if beside.Level != s.Level {
			continue
		}
		if isLabel(beside.Title) && !analysis.MatchString(beside.Title) {
			break // the next question
		}
		if analysis.MatchString(beside.Title) {
			body, parts = d.whole(k, nil, nil)
			break
		}
	}
	if len(parts) == 0 {
		return draft{}, nil
	}
	q, _ := d.answer([]knowledge.Span{first})
	return draft{title: title, line: first.Start, section: i, question: q, key: q, body: body[1:], explicit: true}, parts
}

// holdsAnalysed reports a title that asks over a section that says the question again, and one
// that analyses it: the title is that of the note.
func (d *doc) holdsAnalysed(i int) bool {
	s := d.note.Sections[i]
	if len(s.Body) > 0 || len(d.kids[i]) < 2 || !note.Asks(s.Title) {
		return false
	}
	_, parts := d.analysed(d.kids[i][0])
	return len(parts) > 0
}

var enumerates = pattern.New(`(?i)常用|常见|主要|[几二两三四五六七八九十\d][种个大类]|分类$|类型$|种类$|模式$|策略$|方式$|算法$|指令$|命令$|组成$|types$|kinds$|components$|principles$|patterns$|methods$`)

// enumeration makes a list card of a title that promises several things and has no text
// but three sub-sections or more: the answer is their titles.
func (d *doc) enumeration(i int) (draft, bool) {
	s := d.note.Sections[i]
	if len(s.Body) > 0 || len(d.kids[i]) < 3 || note.Asks(s.Title) || !enumerates.MatchString(s.Title) {
		return draft{}, false
	}
	var body []knowledge.Span
	var items []string
	for _, k := range d.kids[i] {
		kid := d.note.Sections[k]
		if note.Asks(kid.Title) || isLabel(kid.Title) || !d.filled(k) || generic[ofKind(kid.Title)] {
			continue
		}
		body = append(body, knowledge.Span{Start: kid.TitleLine, End: kid.TitleLine})
		items = append(items, "- "+kid.Title)
	}
	if len(items) < 3 || len(items) > 30 {
		return draft{}, false
	}
	return draft{title: s.Title, line: s.TitleLine, section: i, body: body, answer: strings.Join(items, "\n"), kind: knowledge.List}, true
}

// ofKind returns what a title names of a thing: 优点 of "锁的优点".
func ofKind(title string) string {
	if _, after, ok := strings.Cut(title, "的"); ok {
		return after
	}
	return ""
}

// onlyAsks reports a body of which at least half the items are questions that nothing answers,
// or titles of the note's own sections: a table of contents, a list of questions to come.
func (d *doc) onlyAsks(body []knowledge.Span) bool {
	if d.titles == nil {
		d.titles = map[string]bool{}
		for _, s := range d.note.Sections {
			if s.TitleLine > 0 && d.lines[s.TitleLine-1].Kind == note.Heading {
				d.titles[s.Title], d.titles[d.lines[s.TitleLine-1].Text] = true, true
			}
		}
	}
	items, asking := 0, 0
	for _, s := range body {
		for l := s.Start; l <= s.End; l++ {
			line := d.lines[l-1]
			if line.Kind != note.Item && !(line.Kind == note.Quote && callout.MatchString(line.Text)) {
				continue
			}
			items++
			if answered := l < len(d.lines) && d.lines[l].Kind != note.Blank && d.lines[l].Indent > line.Indent; d.titles[line.Text] || !answered && asksOnly(line.Text) {
				asking++
			}
		}
	}
	half := asking*2 > items || items > 3 && asking*2 == items
	return items >= 2 && half && asking*2 > spanned(body)-items
}

// asksOnly reports an item that asks and does not go on to answer.
func asksOnly(s string) bool {
	if note.EndsAsking(s) || strings.HasPrefix(s, "[!") || strings.HasPrefix(strings.TrimLeft(s, "*_ "), "【面试") {
		return true
	}
	return hasHan(s) && note.MayAsk(s) && !strings.ContainsAny(s, "。；：:") && note.Asks(note.CleanTitle(s))
}

// amongQuestions reports whether at least half of the titles right under a section ask.
func (d *doc) amongQuestions(parent int) bool {
	if known, ok := d.among[parent]; ok {
		return known
	}
	n, asking := 0, 0
	for _, k := range d.under(parent) {
		s := d.note.Sections[k]
		if s.TitleLine == 0 {
			continue
		}
		if n++; note.Asks(s.Title) {
			asking++
		}
	}
	d.among[parent] = n >= 2 && asking*2 >= n
	return d.among[parent]
}

// under returns the sections right under a section, -1 for the note.
func (d *doc) under(parent int) []int {
	if parent >= 0 {
		return d.kids[parent]
	}
	var out []int
	for i, s := range d.note.Sections {
		if s.Parent < 0 {
			out = append(out, i)
		}
	}
	return out
}
