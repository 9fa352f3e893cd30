package note

import (
	"slices"
	"strings"

	"studybot/knowledge"
)

// A head is a title found in a note, and the lines that it governs, counted from 0.
type head struct {
	line  int // of the title
	body  int // first line after the title
	end   int // line after the last one that it governs
	level int
	title string
}

// headings returns the marked headings of a note, each up to the next of its level or above.
func headings(ls []Line) []head {
	var heads []head
	var open []int
	for i, l := range ls {
		if l.Kind != Heading {
			continue
		}
		h := head{line: i, body: i + 1, end: len(ls), level: l.Level, title: CleanTitle(l.Text)}
		if i+1 < len(ls) && ls[i+1].Kind == Underline {
			h.body++
		}
		for len(open) > 0 && heads[open[len(open)-1]].level >= h.level {
			heads[open[len(open)-1]].end = i
			open = open[:len(open)-1]
		}
		open = append(open, len(heads))
		heads = append(heads, h)
	}
	unnumber(ls, heads)
	return heads
}

// unnumber takes the bare number off titles, "3 read and write", that count with one of their level
// before or after them: alone it could count the thing, "3 way handshake".
func unnumber(ls []Line, heads []head) {
	last := map[int]int{} // by level, the head with a number before
	for k, h := range heads {
		n, rest := bareNumber(ls[h.line].Text)
		if n == 0 {
			continue
		}
		before, ok := last[h.level]
		last[h.level] = k
		if !ok {
			continue
		}
		m, restBefore := bareNumber(ls[heads[before].line].Text)
		if m+1 != n {
			continue
		}
		for _, c := range []struct {
			h    *head
			rest string
		}{{&heads[before], restBefore}, {&heads[k], rest}} {
			if t := c.h.title; t != "" && t[0] >= '0' && t[0] <= '9' && len(CleanTitle(c.rest)) > 1 {
				c.h.title = CleanTitle(c.rest)
			}
		}
	}
}

// bareNumber cuts a text at the space after the number that it begins with, 0 for none.
func bareNumber(s string) (int, string) {
	n, i := 0, 0
	for i < len(s) && i < 3 && s[i] >= '0' && s[i] <= '9' {
		n = n*10 + int(s[i]-'0')
		i++
	}
	if i == 0 || i == len(s) || s[i] != ' ' {
		return 0, ""
	}
	return n, s[i+1:]
}

// own calls f with each run of lines that belongs to the head heads[i] itself and to none
// below it; i -1 stands for the lines before the first head.
func own(heads []head, lines int, f func(i, from, to int)) {
	if len(heads) == 0 {
		f(-1, 0, lines)
		return
	}
	if heads[0].line > 0 {
		f(-1, 0, heads[0].line)
	}
	for i, h := range heads {
		to := h.end
		if i+1 < len(heads) && heads[i+1].line < to {
			to = heads[i+1].line
		}
		f(i, h.body, to)
	}
}

// sections makes a note's sections of its heads, which nest and come in order of line.
func sections(heads []head, ls []Line) []knowledge.Section {
	heads = slices.Clone(heads)
	slices.SortStableFunc(heads, func(a, b head) int { return a.line - b.line })
	var out []knowledge.Section
	lead := len(ls)
	if len(heads) > 0 {
		lead = heads[0].line
	}
	pre := span(ls, 0, lead)
	var loose []knowledge.Span // lines outside of every head, after the first
	base := 0
	if len(pre) > 0 {
		out = append(out, knowledge.Section{Parent: -1, Body: pre})
		base = 1
	}
	var open []int
	cursor := make([]int, len(heads))
	last := lead
	closeUntil := func(line int) {
		for len(open) > 0 && heads[open[len(open)-1]].end <= line {
			i := open[len(open)-1]
			open = open[:len(open)-1]
			out[base+i].Body = append(out[base+i].Body, span(ls, cursor[i], heads[i].end)...)
			if len(open) > 0 {
				cursor[open[len(open)-1]] = heads[i].end
			} else {
				last = heads[i].end
			}
		}
	}
	for i, h := range heads {
		closeUntil(h.line)
		s := knowledge.Section{Title: strings.Clone(h.title), TitleLine: h.line + 1, Level: h.level, Parent: -1}
		if len(open) > 0 {
			p := open[len(open)-1]
			s.Parent = base + p
			s.Path = append(slices.Clone(out[base+p].Path), out[base+p].Title)
			out[base+p].Body = append(out[base+p].Body, span(ls, cursor[p], h.line)...)
		} else if last < h.line && i > 0 {
			loose = append(loose, span(ls, last, h.line)...)
		}
		open = append(open, i)
		cursor[i] = h.body
		out = append(out, s)
	}
	closeUntil(len(ls) + 1)
	if len(heads) > 0 {
		loose = append(loose, span(ls, last, len(ls))...)
	}
	if len(loose) == 0 {
		return out
	}
	return addLoose(out, loose)
}

// addLoose gives lines that no head governs to the section before the first heading.
func addLoose(out []knowledge.Section, loose []knowledge.Span) []knowledge.Section {
	if len(out) > 0 && out[0].Level == 0 {
		out[0].Body = append(out[0].Body, loose...)
		return out
	}
	for i := range out {
		if out[i].Parent >= 0 {
			out[i].Parent++
		}
	}
	return slices.Insert(out, 0, knowledge.Section{Parent: -1, Body: loose})
}

// span returns lines [from, to) without the blank ones around them, as one span or none.
func span(ls []Line, from, to int) []knowledge.Span {
	bare := func(l Line) bool { return l.Kind == Blank || l.Kind == Front }
	for from < to && bare(ls[from]) {
		from++
	}
	for to > from && bare(ls[to-1]) {
		to--
	}
	if from >= to {
		return nil
	}
	return []knowledge.Span{{Start: from + 1, End: to}}
}

// frontValue returns the value of a key in front matter, "" for none.
func frontValue(ls []Line, key string) string {
	for _, l := range ls {
		if l.Kind != Front {
			break
		}
		k, v, ok := strings.Cut(l.Text, ":")
		if !ok {
			k, v, ok = strings.Cut(l.Text, "=")
		}
		if ok && strings.TrimSpace(k) == key {
			return strings.Trim(strings.TrimSpace(v), `"'`)
		}
	}
	return ""
}
