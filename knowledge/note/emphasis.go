package note

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// emphasised returns the lines of bold or 【】 alone that are titles: those that ask, and
// in a text without headings all of them.
func emphasised(ls []Line, from, to, level int, all bool) []head {
	var out []head
	counted := countedBold(ls, from, to)
	quote, rule := from, from // the ends of the quote and the part that were found last
	for i := from; i < to; i++ {
		t, ok := emphasis(ls[i])
		marked := ok && questionTag(ls[i].Text)
		if !ok || !all && !marked && !Asks(t) && !(counted && boldNumber.MatchString(ls[i].Text)) {
			continue
		}
		if n := len(out); n > 0 {
			out[n-1].end = min(out[n-1].end, i)
		}
		h := head{line: i, body: i + 1, end: to, level: level, title: t}
		switch {
		case ls[i].Kind == Quote:
			if quote <= i {
				quote = quoteEnd(ls, i, to)
			}
			h.end = quote
		case marked:
			if rule <= i {
				rule = ruleBelow(ls, i+1, to)
			}
			h.end = rule
		}
		out = append(out, h)
	}
	return out
}

// questionTag reports a line that begins with the mark of a question: "**【面试题】".
func questionTag(s string) bool {
	in, ok := strings.CutPrefix(strings.TrimLeft(s, "*_ "), "【")
	if !ok {
		return false
	}
	in, _, ok = strings.Cut(in, "】")
	return ok && (strings.HasPrefix(in, "面试") || strings.HasPrefix(in, "问题") || in == "问")
}

// quoteEnd returns the line after the quote that line i stands in.
func quoteEnd(ls []Line, i, to int) int {
	for i < to && ls[i].Kind == Quote {
		i++
	}
	return i
}

// ruleBelow returns the first ruler of lines [from, to), to for none.
func ruleBelow(ls []Line, from, to int) int {
	for i := from; i < to; i++ {
		if ls[i].Kind == Rule {
			return i
		}
	}
	return to
}

// bareQuestions returns the questions of a text that marks them by nothing but a blank line
// below: three at least, the first at its beginning, with a few lines for an answer each.
func bareQuestions(ls []Line, from, to, level int) []head {
	const early, few = 3, 8 // lines with text
	var out []head
	text := 0
	for i := from; i < to; i++ {
		l := ls[i]
		if l.Kind == Blank || l.Kind == Comment {
			continue
		}
		text++
		if l.Kind != Prose || l.Indent > 0 || !EndsAsking(l.Text) || i+2 >= to || ls[i+1].Kind != Blank || !hasText(ls, i+2, min(i+3, to)) || EndsAsking(ls[i+2].Text) {
			continue
		}
		if t := CleanTitle(l.Text); Asks(t) && utf8.RuneCountInString(t) <= 80 && !strings.ContainsAny(t, "。！;；") && !strings.Contains(t, ". ") {
			if n := len(out); n > 0 {
				out[n-1].end = i
			} else if text > early {
				return nil
			}
			out = append(out, head{line: i, body: i + 1, end: to, level: level, title: t})
		}
	}
	if len(out) < 3 || text > few*len(out) {
		return nil
	}
	return out
}

// boldNumber begins a title in bold that is numbered: "**3. Swap**".
var boldNumber = regexp.MustCompile(`^(?:\*\*|__)\d{1,3}\s*[.、:：)）．]`)

// countedBold reports whether the numbered titles in bold are questions: three at least, and
// more than half of them ask.
func countedBold(ls []Line, from, to int) bool {
	titles, asking := 0, 0
	for _, l := range ls[from:to] {
		if l.Kind != Prose || !boldNumber.MatchString(l.Text) {
			continue
		}
		if t, ok := emphasis(l); ok {
			titles++
			if Asks(t) {
				asking++
			}
		}
	}
	return titles >= 3 && asking*2 > titles
}

// emphasis reads a line that is all bold, or all in 【】, as a title.
func emphasis(l Line) (string, bool) {
	tagged := strings.Contains(l.Text, "【") && questionTag(l.Text)
	switch {
	case l.Indent > 0:
		return "", false
	case l.Kind == Prose, l.Ordered(), l.Kind == Item && tagged:
	case l.Kind == Quote && EndsAsking(strings.TrimRight(l.Text, "*_ ")): // over its answer in the quote
	default:
		return "", false
	}
	s := strings.TrimRight(l.Text, ":： ")
	var in string
	switch {
	case strings.HasPrefix(s, "***") && strings.HasSuffix(s, "***") && len(s) > 6:
		in = s[3 : len(s)-3]
	case strings.HasPrefix(s, "**") && strings.HasSuffix(s, "**") && len(s) > 4:
		in = s[2 : len(s)-2]
	case strings.HasPrefix(s, "__") && strings.HasSuffix(s, "__") && len(s) > 4:
		in = s[2 : len(s)-2]
	case strings.HasPrefix(s, "【") && strings.HasSuffix(s, "】"):
		in = strings.TrimSuffix(strings.TrimPrefix(s, "【"), "】")
	default:
		return "", false
	}
	if strings.Contains(in, "**") || !tagged && strings.Contains(in, "【") || utf8.RuneCountInString(in) > 200 || utf8.RuneCountInString(in) > 80 && !EndsAsking(in) {
		return "", false
	}
	t := CleanTitle(in)
	return t, t != ""
}

// quotedBullets returns the bullets of a quote that ask, with their answers below them in it, two
// at least.
func quotedBullets(ls []Line, from, to, level int) []head {
	var out []head
	quote := from // the end of the quote that was found last
	for i := from; i+1 < to; i++ {
		text, ok := strings.CutPrefix(ls[i].Text, "- ")
		if !ok || ls[i].Kind != Quote || ls[i+1].Kind != Quote || strings.HasPrefix(ls[i+1].Text, "- ") || !EndsAsking(text) || !Asks(CleanTitle(text)) {
			continue
		}
		if n := len(out); n > 0 {
			out[n-1].end = min(out[n-1].end, i)
		}
		if quote <= i {
			quote = quoteEnd(ls, i, to)
		}
		out = append(out, head{line: i, body: i + 1, end: quote, level: level, title: CleanTitle(text)})
	}
	if len(out) < 2 {
		return nil
	}
	return out
}
