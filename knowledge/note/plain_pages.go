package note

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"studybot/knowledge"
)

// pageLines is the least number of lines of a text that is looked at as taken from a PDF.
const pageLines = 40

// isPages reports whether a note is text taken from a PDF: hardly a heading, and none at
// its start, and blank lines between nearly all lines, so that they mean nothing.
func isPages(ls []Line) bool {
	text, alone, marked := 0, 0, 0
	for i, l := range ls {
		if text == 0 && l.Kind == Heading && l.Level > 1 {
			return false
		}
		if l.Kind == Heading && l.Text != "" || l.Kind == Fence {
			marked++
		}
		if l.Kind == Blank {
			continue
		}
		text++
		if i+1 == len(ls) || ls[i+1].Kind == Blank {
			alone++
		}
	}
	return text >= pageLines && alone*4 >= text*3 && marked*50 <= text
}

// Pages is a text taken from a PDF, whose lines are pieces of paragraphs.
type Pages struct {
	lines []string
	full  int
}

// AsPages returns lines as pages, and whether they are a text taken from a PDF; kinds is
// what Scan says of them.
func AsPages(lines []string, kinds []Line) (Pages, bool) {
	if !isPages(kinds) {
		return Pages{}, false
	}
	return Pages{lines, fullWidth(lines)}, true
}

// Join returns lines from..to, 1-based, with the lines of each paragraph joined.
func (p Pages) Join(from, to int) string {
	var b strings.Builder
	for _, c := range chunks(p.lines, max(from-1, 0), min(to, len(p.lines)), p.full) {
		b.WriteString(c.text)
		b.WriteByte('\n')
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// A chunk is some lines of a page that were one before the page was cut into lines: a
// paragraph, a list item, a line of code.
type chunk struct {
	from, to int // lines, counted from 0, both included
	item     Line
	code     bool
	text     string
	words    []string // of text, once lineWords looked for them
	open     bool     // its last line is full and ends no sentence: it goes on elsewhere
	gap      bool     // more blank lines than usual stand before it
}

// fullWidth is the width from which a line of these pages is full, so that the next one
// continues it: nine tenths of what nearly all lines keep within. Han count two.
func fullWidth(lines []string) int {
	var widths []int
	for _, s := range lines {
		if w := width(strings.TrimSpace(s)); w > 0 {
			widths = append(widths, w)
		}
	}
	if len(widths) == 0 {
		return 1
	}
	slices.Sort(widths)
	return max(widths[len(widths)*19/20]*85/100, 40)
}

func width(s string) int {
	n := 0
	for _, r := range s {
		if r >= 0x2e80 {
			n++
		}
		n++
	}
	return n
}

// chunks cuts lines [from, to) into chunks.
func chunks(lines []string, from, to, full int) []chunk {
	var out []chunk
	blank := 0
	for i := from; i < to; i++ {
		s := strings.TrimSpace(lines[i])
		if s == "" {
			blank++
			continue
		}
		if n := len(out); n > 0 && blank < 3 && out[n-1].open && continues(s) && !(out[n-1].code && CodeLike(s)) {
			c := &out[n-1]
			c.to, c.text = i, joined(c.text, s)
			c.open = wraps(s, full)
		} else {
			c := chunk{from: i, to: i, text: s, code: CodeLike(s), open: wraps(s, full), gap: blank >= 3}
			if mark, num, text, ok := itemMark(s); ok {
				c.item = Line{Kind: Item, Mark: mark, Number: num, Text: text}
			} else if num, ok := gluedNumber(s); ok {
				c.item = Line{Kind: Item, Mark: "1", Number: num, Text: s}
			}
			out = append(out, c)
		}
		blank = 0
	}
	return out
}

// gluedNumber reads "1重启系统" and "1  开机自检": a number that PDF text has without its dot.
func gluedNumber(s string) (int, bool) {
	i, n := 0, 0
	for i < len(s) && i < 2 && s[i] >= '0' && s[i] <= '9' {
		n = n*10 + int(s[i]-'0')
		i++
	}
	if i == 0 || n == 0 {
		return 0, false
	}
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s[i:], " "))
	return n, unicode.IsLetter(r)
}

func wraps(s string, full int) bool {
	if width(s) < full {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(s)
	return !strings.ContainsRune("。！？；!?;:：", r)
}

// continues reports whether s may go on from the line before it.
func continues(s string) bool {
	if mark, _, _, ok := itemMark(s); ok && mark != "一、" {
		return false
	}
	return !strings.HasPrefix(s, "#") && !strings.HasPrefix(s, "$ ") && !strings.HasPrefix(s, "[root@")
}

// joined joins a line with the one that continues it: Han with nothing between, Latin
// with a space; a hyphen at the end of a line stays.
func joined(a, b string) string {
	ra, _ := utf8.DecodeLastRuneInString(a)
	rb, _ := utf8.DecodeRuneInString(b)
	if ra < 0x2e80 && rb < 0x2e80 && ra != '-' && ra != '/' && (isWord(ra) || isWord(rb)) {
		return a + " " + b
	}
	return a + b
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// A pageTitle is a line of a page that is a title.
type pageTitle struct {
	line  int
	body  int // first line of a body that follows
	title string
	flow  bool // it stands in the flow of the text: its body follows it
	end   int  // of a title in the flow, the line after its body
}

// pageSections matches the titles of a text taken from a PDF to their bodies. Titles that
// end in two spaces stand together, away from their text; their bodies are found by their
// words. What no title is sure of stays in the first section, which has no title.
func pageSections(file string, lines []string) ([]knowledge.Section, []knowledge.Problem) {
	full := fullWidth(lines)
	titles := pageTitles(lines)
	bodies := matchPages(lines, titles, full)
	var out []knowledge.Section
	var problems []knowledge.Problem
	used := make([]bool, len(lines))
	for i, t := range titles {
		used[t.line] = true
		if len(bodies[i]) == 0 {
			problems = append(problems, knowledge.Problem{File: file, Line: t.line + 1,
				Text: fmt.Sprintf("no text could be matched to the title %q: put its text right under it", t.title)})
			continue
		}
		out = append(out, knowledge.Section{Title: strings.Clone(t.title), TitleLine: t.line + 1, Level: 1, Parent: -1, Body: bodies[i]})
		for _, b := range bodies[i] {
			for l := b.Start; l <= b.End; l++ {
				used[l-1] = true
			}
		}
	}
	var loose []knowledge.Span
	for i := 0; i < len(lines); i++ {
		if used[i] || strings.TrimSpace(lines[i]) == "" {
			continue
		}
		j := i
		for k := i; k < len(lines) && !used[k]; k++ {
			if strings.TrimSpace(lines[k]) != "" {
				j = k
			}
		}
		loose = append(loose, knowledge.Span{Start: i + 1, End: j + 1})
		i = j
	}
	if len(loose) > 0 {
		out = slices.Insert(out, 0, knowledge.Section{Parent: -1, Body: loose})
	}
	return out, problems
}
