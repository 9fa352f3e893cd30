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
		found := questionRun(ls, from, to, level)
		if asked { // what bears a mark of its own is no part of an answer
			if len(found) == 0 {
				untagged := func(h head) bool { return !questionTag(ls[h.line].Text) }
				found = slices.DeleteFunc(emphasised(ls, from, to, level, false), untagged)
			}
			out = append(out, found...)
			return
		}
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
			if len(found) == 0 {
				found = bareQuestions(ls, from, to, level)
			}
			if len(found) == 0 {
				found = quotedBullets(ls, from, to, level)
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
		chapter := l.Mark == "一、" && around == ""
		if !l.Ordered() || l.Indent > 0 || l.Number > 1 && !chapter || tried[l.Mark] || l.Mark == around {
			continue
		}
		tried[l.Mark] = true
		if found := risingTitles(ls, i, to, level, around == ""); found != nil {
			return found
		}
	}
	if around == "" && len(tried) == 0 {
		return laterQuestions(ls, from, to, level)
	}
	return nil
}

// laterQuestions returns the questions of a list that goes on with a number above 1: three at
// least, and nothing else.
func laterQuestions(ls []Line, from, to, level int) []head {
	for i := from; i < to; i++ {
		if ls[i].Ordered() && ls[i].Indent == 0 {
			found := risingTitles(ls, i, to, level, true)
			if len(found) < 3 || slices.ContainsFunc(found, func(h head) bool { return !Asks(h.title) }) {
				return nil
			}
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
	if n := len(out); n > 0 && out[n-1].title == "" && !hasText(ls, out[n-1].body, out[n-1].end) {
		out = out[:n-1] // "9." to be written
	}
	if len(out) < 2 {
		return nil
	}
	titles, asking, bodies, flush, apart := 0, 0, 0, 0, 0
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
		if Asks(h.title) && standsApart(ls, h) {
			apart++
		}
	}
	n := len(out)
	if titles < n || bodies*3 < n*2 && !(asking == n && apart >= 2) {
		return nil
	}
	if asking*2 >= n || flush*3 >= n*2 && n >= 3 || outermost && asking == 0 && parted(ls, out) {
		return out
	}
	return nil
}

// parted reports whether most of the titles, two at least, have numbered questions under them.
func parted(ls []Line, titles []head) bool {
	n := 0
	for _, h := range titles {
		if len(within(ls, h)) > 0 {
			n++
		}
	}
	return n >= 2 && n*3 >= len(titles)*2
}

// standsApart reports whether running text stands under a title, and is not the rest of the
// title's own line, broken at the margin.
func standsApart(ls []Line, h head) bool {
	if h.body >= h.end || !hasText(ls, h.body, h.end) {
		return false
	}
	switch next := ls[h.body]; next.Kind {
	case Prose:
		return EndsAsking(ls[h.line].Text) || utf8.RuneCountInString(h.title) < 30 && hasHan(h.title)
	case Blank:
		return true
	}
	return false
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

// plainAsk reports a short question in one part, which is no sentence that mentions one.
func plainAsk(s string) bool {
	return utf8.RuneCountInString(s) <= 24 && hasHan(s) && !strings.ContainsAny(s, "，,。；：:、")
}

// askingBullets returns the top bullets of lines [from, to) that ask and have an answer
// under them, and beside them those that name what is asked of a thing: two at least, or one
// that is marked as a question.
func askingBullets(ls []Line, from, to, level int) []head {
	top := topIndent(ls, from, to)
	var out []head
	asking, marked := 0, false
	for i := from; i < to; {
		if ls[i].Kind != Item || ls[i].Ordered() || ls[i].Indent > top {
			i++
			continue
		}
		end := bulletEnd(ls, i, to)
		if !hasText(ls, i+1, end) {
			i = end
			continue
		}
		t := CleanTitle(ls[i].Text)
		asks := Asks(t)
		if named := strings.TrimRight(t, "：:"); (asks || aspect(named) && utf8.RuneCountInString(named) > 3) && (titleLike(named) || asks && len(named) <= 200 && EndsAsking(named)) && !broken(ls, i) {
			out = append(out, head{line: i, body: i + 1, end: end, level: level, title: named})
			if asks {
				asking++
				marked = marked || questionTag(ls[i].Text) || utf8.RuneCountInString(named) > 5 && (EndsAsking(named) || hasItems(ls, i+1, end) && plainAsk(named))
			}
		}
		i = end
	}
	if asking == 0 || len(out) < 2 && !marked {
		return nil
	}
	return out
}
