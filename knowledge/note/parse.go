package note

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"
	"unicode"

	"studybot/knowledge"
)

// Parse reads a text or Markdown note. file is its name relative to the notes folder.
// The only error is of bytes that are no text.
//
// Titles are, in this order: Markdown and HTML headings; in an outline of bullets, the
// top bullets that have others under them; numbered titles that rise 1, 2, 3 in one
// style; lines of bold or 【】 alone. Text taken from a PDF is read by its own rules.
func Parse(file string, src []byte) (knowledge.Note, error) {
	text, err := Decode(src)
	if err != nil {
		return knowledge.Note{}, fmt.Errorf("%s: %w", file, err)
	}
	sum := sha256.Sum256(src)
	n := knowledge.Note{File: file, Hash: hex.EncodeToString(sum[:]), Lines: splitLines(text)}
	room := scans.Get().(*[]Line)
	ls, faults := appendScan((*room)[:0], n.Lines)
	defer func() {
		clear(ls) // keep no hold on the text
		*room = ls
		scans.Put(room)
	}()
	if isPages(ls) {
		n.Sections, n.Problems = pageSections(file, n.Lines)
	} else {
		n.Sections = sections(allHeads(ls), ls)
		n.Problems = problems(n, ls, faults)
	}
	n.Title = noteTitle(n, ls)
	return n, nil
}

// scans are room for the lines of the next note.
var scans = sync.Pool{New: func() any { return new([]Line) }}

// splitLines cuts decoded text at its line ends; one at the end begins no line.
func splitLines(text string) []string {
	text = strings.TrimSuffix(text, "\n")
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}

// allHeads returns the headings of a note and the titles without a heading mark.
func allHeads(ls []Line) []head {
	heads := headings(ls)
	inner := plainHeads(ls, heads)
	heads = append(heads, inner...)
	slices.SortStableFunc(heads, func(a, b head) int { return cmp.Compare(a.line, b.line) })
	return heads
}

func noteTitle(n knowledge.Note, ls []Line) string {
	if t := frontValue(ls, "title"); t != "" {
		return t
	}
	for _, s := range n.Sections {
		if s.Title != "" && s.TitleLine > 0 && ls[s.TitleLine-1].Kind == Heading {
			return s.Title
		}
	}
	base := path.Base(n.File)
	if t := CleanTitle(strings.TrimSuffix(base, path.Ext(base))); t != "" {
		return t
	}
	return base
}

// problems lists what the author of a note should know.
func problems(n knowledge.Note, ls []Line, faults []fault) []knowledge.Problem {
	var out []knowledge.Problem
	add := func(line int, text string) {
		out = append(out, knowledge.Problem{File: n.File, Line: line, Text: text})
	}
	for _, f := range faults {
		add(f.line+1, f.text)
	}
	kids := make([]bool, len(n.Sections))
	for _, s := range n.Sections {
		if s.Parent >= 0 {
			kids[s.Parent] = true
		}
	}
	for i, s := range n.Sections {
		switch {
		case s.TitleLine == 0 || kids[i] || len(s.Body) > 0:
		case Asks(s.Title):
			add(s.TitleLine, fmt.Sprintf("%q has no answer: write it under the question", s.Title))
		case ls[s.TitleLine-1].Kind == Heading && !saysAll(ls[s.TitleLine-1].Text):
			add(s.TitleLine, fmt.Sprintf("heading %q is empty: write its text or remove it", s.Title))
		}
	}
	for _, l := range loneQuestions(ls) {
		add(l+1, fmt.Sprintf("%q has no answer: write it under the question", CleanTitle(ls[l].Text)))
	}
	slices.SortStableFunc(out, func(a, b knowledge.Problem) int { return cmp.Compare(a.Line, b.Line) })
	return out
}

// saysAll reports a heading that holds its text itself: "参考答案：A，C".
func saysAll(s string) bool {
	i := strings.IndexAny(s, ":：")
	return i > 0 && strings.ContainsFunc(s[i+1:], func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}
