package note

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

var bareLink = regexp.MustCompile(`<?https?://[^\s<>]+>?`)

// plainHeads returns the titles that bear no heading mark. They are looked for in the
// own text of each heading; what they are depends on what that text looks like.
func plainHeads(ls []Line, heads []head) []head {
	outline := isOutline(ls)
	var out []head
	own(heads, len(ls), func(i, from, to int) {
		level, asked := 1, false
		if i >= 0 {
			level, asked = heads[i].level+1, Asks(heads[i].title)
		}
		if asked {
			return
		}
		found := questionRun(ls, from, to, level)
		if len(found) == 0 {
			found = numbered(ls, from, to, level, "")
		}
		switch {
		case len(found) > 0:
			out = append(out, askingBullets(ls, from, found[0].line, level)...)
			for _, h := range found {
				out = append(append(out, h), within(ls, h)...)
			}
		case outline:
			out = append(out, bullets(ls, from, to, level)...)
		default:
			found = askingBullets(ls, from, to, level)
			if len(found) == 0 {
				found = emphasised(ls, from, to, level, i < 0)
			}
			out = append(out, found...)
		}
	})
	return out
}

var questionMark = regexp.MustCompile(`^(?:\*\*|__)?[Qq](?:uestion)?\s?(\d{1,3})\s*[.、:：)）．。]\s*\S`)

// questionRun returns the lines "Q1. …", "Q2. …" that rise by one, two at least.
func questionRun(ls []Line, from, to, level int) []head {
	var out []head
	next := 0
	for i := from; i < to; i++ {
		l := ls[i]
		if l.Kind != Prose || l.Indent > 0 || l.Text[0]|0x20 != 'q' && l.Text[0] != '*' && l.Text[0] != '_' {
			continue
		}
		m := questionMark.FindStringSubmatch(l.Text)
		if m == nil {
			continue
		}
		n, _ := strconv.Atoi(m[1])
		if len(out) > 0 && n != next {
			continue
		}
		if k := len(out); k > 0 {
			out[k-1].end = i
		}
		out = append(out, head{line: i, body: i + 1, end: to, level: level, title: CleanTitle(l.Text)})
		next = n + 1
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// numbered returns the titles of lines [from, to) that rise 1, 2, 3 in one style, with
// text between them that is not indented; a list of questions with any text between
// them counts too, and so do the parts of a text, each with numbered questions in it. In a
// part, the style around it is left out.
func numbered(ls []Line, from, to, level int, around string) []head {
	tried := map[string]bool{}
	for i := from; i < to; i++ {
		l := ls[i]
		if !l.Ordered() || l.Indent > 0 || l.Number > 1 || tried[l.Mark] || l.Mark == around {
			continue
		}
		tried[l.Mark] = true
		if found := risingTitles(ls, i, to, level, around == ""); found != nil {
			return found
		}
	}
	return nil
}

// within returns the numbered questions under a numbered title that does not ask itself.
func within(ls []Line, h head) []head {
	if Asks(h.title) {
		return nil
	}
	inner := numbered(ls, h.body, h.end, h.level+1, ls[h.line].Mark)
	asking := 0
	for _, in := range inner {
		if Asks(in.title) {
			asking++
		}
	}
	if asking*2 < len(inner) {
		return nil
	}
	return inner
}

func risingTitles(ls []Line, from, to, level int, outermost bool) []head {
	var out []head
	next := ls[from].Number
	for i := from; i < to; i++ {
		l := ls[i]
		if l.Ordered() && l.Indent == 0 && l.Mark == ls[from].Mark && l.Number == next {
			if n := len(out); n > 0 {
				out[n-1].end = i
			}
			out = append(out, head{line: i, body: i + 1, end: to, level: level, title: CleanTitle(l.Text)})
			next++
		}
	}
	if len(out) < 2 {
		return nil
	}
	titles, asking, bodies, flush := 0, 0, 0, 0
	for _, h := range out {
		if titleLike(strings.TrimRight(ls[h.line].Text, "。；;")) && h.title != "" {
			titles++
		}
		if Asks(h.title) {
			asking++
		}
		if hasText(ls, h.body, h.end) {
			bodies++
		}
		if flushText(ls, h.body, h.end) {
			flush++
		}
	}
	n := len(out)
	if titles < n || bodies*3 < n*2 {
		return nil
	}
	if asking*2 >= n || flush*3 >= n*2 && n >= 3 || outermost && asking == 0 && !slices.ContainsFunc(out, func(h head) bool { return len(within(ls, h)) == 0 }) {
		return out
	}
	return nil
}

func hasText(ls []Line, from, to int) bool {
	for _, l := range ls[from:to] {
		if l.Kind != Blank && l.Kind != Comment && l.Kind != Rule {
			return true
		}
	}
	return false
}

// flushText reports whether the first text of lines [from, to) is not indented.
func flushText(ls []Line, from, to int) bool {
	for _, l := range ls[from:to] {
		switch l.Kind {
		case Blank, Comment:
			continue
		case Prose, Item, Quote:
			return l.Indent == 0
		}
		return false
	}
	return false
}

// askingBullets returns the top bullets of lines [from, to) that ask and have an answer
// under them, where at least two do.
func askingBullets(ls []Line, from, to, level int) []head {
	top := topIndent(ls, from, to)
	var out []head
	for i := from; i < to; {
		if ls[i].Kind != Item || ls[i].Ordered() || ls[i].Indent > top {
			i++
			continue
		}
		end := bulletEnd(ls, i, to)
		if t := CleanTitle(ls[i].Text); hasText(ls, i+1, end) && Asks(t) && titleLike(t) && !broken(ls, i) {
			out = append(out, head{line: i, body: i + 1, end: end, level: level, title: t})
		}
		i = end
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// emphasised returns the lines of bold or 【】 alone that are titles: those that ask, and
// in a text without headings all of them.
func emphasised(ls []Line, from, to, level int, all bool) []head {
	var out []head
	counted := countedBold(ls, from, to)
	for i := from; i < to; i++ {
		t, ok := emphasis(ls[i])
		if !ok || !all && !Asks(t) && !(counted && boldNumber.MatchString(ls[i].Text)) {
			continue
		}
		if n := len(out); n > 0 {
			out[n-1].end = i
		}
		out = append(out, head{line: i, body: i + 1, end: to, level: level, title: t})
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
	if l.Kind != Prose && !l.Ordered() || l.Indent > 0 {
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
	if strings.Contains(in, "**") || strings.Contains(in, "【") || utf8.RuneCountInString(in) > 80 {
		return "", false
	}
	t := CleanTitle(in)
	return t, t != ""
}
