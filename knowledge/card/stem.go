package card

import (
	"strings"
	"unicode"

	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

// stemLine returns the line of the stem above the options at line first: the nearest
// heading or numbered line, or the first line of the paragraph right above. A paragraph
// that asks is the stem under a heading that does not.
func (d *doc) stemLine(floor, first int) int {
	const far = 60
	para := -1
	for j := first - 1; j >= floor && j > first-far; j-- {
		l := d.lines[j]
		switch {
		case d.taken[j], tagAlone(l) && para >= 0, l.Kind == note.Quote && strings.HasPrefix(l.Text, "[!"):
			return para
		case (l.Kind == note.Prose || l.Kind == note.Heading) && optionsLabel(l.Text):
			continue
		case para >= 0 && mayAnswer(l.Text) && !strings.HasPrefix(l.Text, "Sol") && d.cue(j, answerCue) != "": // "Solution: …. Does it meet the goal?"
			return para
		case l.Kind == note.Prose && mayAsk(l.Text) && d.cue(j, askCue) != "":
			if weight(l.Text[len(d.cue(j, askCue)):]) > 1 {
				return j
			}
			return para
		case l.Kind == note.Prose && para >= 0 && counter.MatchString(l.Text):
			return d.nextText(j)
		case l.Kind == note.Heading && para >= 0 && d.counts(j, para, first):
			return d.scenario(j, para)
		case l.Kind == note.Heading && para >= 0 && (!d.asking(j) || !d.demands(j) && d.demands(para)) && (d.asking(para) || isLabel(note.CleanTitle(l.Text))):
			return para
		case l.Kind == note.Heading, l.Ordered() && l.Mark != circled && (l.Indent <= d.lines[first].Indent || j == first-1), l.Kind == note.Prose && numbered.MatchString(l.Text):
			if l.Text == "" {
				return para
			}
			return d.belowCounter(j, first)
		case l.Kind == note.Prose || l.Kind == note.Quote || l.Mark == circled:
			if para < 0 || para == j+1 || d.code(j+1) || d.lines[j+1].Kind == note.Blank && (d.codeBelow(j+1, first) || d.leadsTo(j, para)) {
				para = j
			}
		case l.Kind == note.Item && para < 0 && l.Indent <= d.lines[first].Indent && (note.EndsAsking(note.CleanTitle(l.Text)) || blanks.MatchString(l.Text)):
			return j
		}
	}
	return para
}

// circled is the mark of statements that options choose among: "①…；②…".
const circled = "①"

// belowCounter returns line i, or the text below it where it only counts the question, before
// line first: "**Question 2:**".
func (d *doc) belowCounter(i, first int) int {
	if next := d.nextText(i); next > i && next < first && d.lines[i].Kind != note.Heading && onlyCounts(d.lines[i].Text) && d.lines[next].Kind == note.Prose {
		return next
	}
	return i
}

// onlyCounts reports a line that counts the question below it, and says no more.
func onlyCounts(s string) bool {
	s = strings.Trim(s, "*_ ")
	return len(s) < 40 && (taskTitle.MatchString(s) && strings.ContainsFunc(s, unicode.IsLetter) || counter.MatchString(s))
}

// leadsTo reports whether line i announces the code between it and line to: "如下代码：".
func (d *doc) leadsTo(i, to int) bool {
	if t := d.lines[i].Text; !d.announcing(i) && !hasAny(t, "代码", "code", "Code") || explains.MatchString(t) {
		return false
	}
	code := 0
	for j := i + 1; j < to; j++ {
		switch l := d.lines[j]; {
		case d.code(j), l.Kind == note.Prose && l.Indent >= 4:
			code++
		case l.Kind != note.Blank:
			return false
		}
	}
	return code > 0
}

// asksAbove reports whether the paragraph right above line i asks.
func (d *doc) asksAbove(i int) bool {
	for i--; i >= 0 && d.lines[i].Kind == note.Blank; i-- {
		continue
	}
	return i >= 0 && d.lines[i].Kind == note.Prose && note.Asks(note.CleanTitle(d.lines[i].Text))
}

// repliesAbove reports whether the lines from stem to above the boxes at line first hold a question
// and its answer: then the boxes are tasks.
func (d *doc) repliesAbove(stem, first int) bool {
	l := d.lines[stem]
	if m := boldAsk.FindStringSubmatch(l.Text); m != nil && !strings.HasPrefix(m[2], "(") && !strings.HasPrefix(m[2], "（") || d.tags(stem) && cardTag.MatchString(l.Text) {
		return true
	}
	prose := 0
	for j := stem; j < first; j++ {
		t := d.lines[j].Text
		switch {
		case d.code(j) || t == "":
		case t == "?" || t == "??", opens(d.note.Lines[j]), mayAnswer(t) && j > stem && d.cue(j, answerCue) != "":
			return true
		case strings.Contains(t, "::"):
			if _, _, ok := cutMark(t, someTrust); ok {
				return true
			}
		case j > stem && d.lines[j].Kind == note.Prose && !note.Asks(note.CleanTitle(t)) && !optionsLabel(t):
			prose++
		}
	}
	return prose > 0 && l.Kind == note.Heading && !numbered.MatchString(l.Text) && note.Asks(note.CleanTitle(l.Text)) && !d.asksAbove(first)
}

// counts reports whether the heading at line i only counts or names the question below it, which
// begins at line para or above: "Question 3", "Q3. Ports" over a text that ends in asking.
func (d *doc) counts(i, para, first int) bool {
	title := note.CleanTitle(d.lines[i].Text)
	if taskTitle.MatchString(title) || taskTitle.MatchString(strings.Trim(d.lines[i].Text, "*_ ")) {
		return true
	}
	if (note.Asks(title) || !d.asking(i)) && !typeTag.MatchString(d.lines[i].Text) {
		return false
	}
	last := first - 1
	for last > para && d.lines[last].Kind == note.Blank {
		last--
	}
	return note.EndsAsking(strings.TrimRight(manyRight.ReplaceAllString(d.lines[last].Text, ""), "* _"))
}

// typeTag says in a heading what kind of question follows: "### Q1 [选择题] Ports".
var typeTag = pattern.New(`[\[【(（](?:[单多]选|(?:[单多]项|不定项)?选择|判断|简答|填空)题?[\]】)）]`)

// manyRight says behind a question how many options are right: "(Select TWO)", "（多选）".
var manyRight = pattern.New(`\s*[(（](?i:(?:select|choose|pick)\b[^()（）]{0,30}|多选|单选|可多选)[)）]\W*$`)

// scenario returns the first line of the paragraphs between the heading at line i and the one at
// line para, which asks about them; fields of a record, "**Topic**: ports", are none of them.
func (d *doc) scenario(i, para int) int {
	const far = 15 // lines
	from := para
	for j := para - 1; j > i && para-j < far; j-- {
		switch {
		case d.lines[j].Kind == note.Blank:
		case d.lines[j].Kind != note.Prose || d.taken[j] || boldField.MatchString(d.lines[j].Text) || credits(d.lines[j].Text):
			return from
		default:
			from = j
		}
	}
	return from
}

var boldField = pattern.New(`^\*\*[^*]{1,24}\*\*\s*[:：]|^\*\*[^*]{1,24}[:：]\*\*`)

// optionsLabel reports a line that only says that options follow: "**选项：**".
func optionsLabel(s string) bool {
	return len(s) < 60 && hasAny(s, "选项", "選項", "ption", "hoice") && optionsTitle.MatchString(s)
}

var optionsTitle = pattern.New(`(?i)^[*_【]*(?:[选選][项項](?:如下)?|(?:answer )?(?:options|choices))[*_】]*\s*[:：]?[*_]*$`)

// tagAlone reports a line that is one tag, and none that lays out a text: "<quiz>".
func tagAlone(l note.Line) bool {
	return l.Kind == note.Prose && strings.HasPrefix(l.Text, "<") && strings.HasSuffix(l.Text, ">") && !strings.ContainsAny(l.Text, " =") &&
		strings.Count(l.Text, "<") == 1 && !tagOnly.MatchString(l.Text)
}

// demands reports whether line i asks or has a gap; a number is not enough.
func (d *doc) demands(i int) bool {
	s := d.lines[i].Text
	title := note.CleanTitle(s)
	return note.Asks(title) || blanks.MatchString(s) || note.EndsAsking(title) || stemKey.MatchString(s)
}

// asking reports whether line i is the stem of a question by its words: it asks, has a
// gap or the right letters in it, or is numbered.
func (d *doc) asking(i int) bool {
	s := d.lines[i].Text
	return stemLike(note.CleanTitle(s), s) || stemKey.MatchString(s)
}

var numbered = pattern.New(`^(?:[\[【(（](?:单选|多选|判断|填空|简答|问答|单项选择|多项选择|不定项选择)题?[\]】)）]\s*)?(?:\*\*|__)?(?:(?:[Qq](?:uestion)?|Pregunta|Pergunta|Questão|Domanda|Frage|Питання|Вопрос|Câu(?: hỏi)?|Soal)\s*)?\d{1,4}\s*\\?[.、:：)）．。]|^` + partNumber)

// partNumber begins a question with the letter of its part and its number: "**D2.** …".
const partNumber = `\*\*[A-Z]{1,2}\d{1,3}[.)、]\*\*\s+`

var byPart = pattern.New(`^` + partNumber)

// counter is a line that only counts the question below it.
var counter = pattern.New(`(?i)^(?:\*\*)?(?:new\s+)?question\s*[:#]*\s*\d{1,4}\s*[.:]?\s*(?:skipped|correct|incorrect|unanswered)?(?:\*\*)?$|^第\s*\d{1,4}\s*题[:：]?$`)

// codeBelow reports whether what stands between line j and the options is code.
func (d *doc) codeBelow(j, first int) bool {
	for ; j < first; j++ {
		if !d.code(j) && d.lines[j].Kind != note.Blank {
			return false
		}
	}
	return true
}

// between returns the lines of a stem after its first: a paragraph, code.
func (d *doc) between(from, to int) string {
	for to >= from && (d.lines[to].Kind == note.Blank || d.lines[to].Kind == note.Quote && d.lines[to].Text == "" || optionsLabel(d.lines[to].Text)) {
		to--
	}
	if from == to && optionsLabel(d.lines[to].Text) {
		return ""
	}
	t, _ := d.answer(d.span(from, to))
	return t
}
