package search

import (
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"studybot/knowledge"
	"studybot/knowledge/note"
)

// Passages cuts a note into what a person reads in a chat: about 80 to 600 characters,
// a code block, a table or a list whole as long as it is not much longer than that.
// Lines are never divided, passages never overlap, and every line of text that holds a
// letter or a digit is in a passage or is the title of one. A question that the note asks
// in its text, as one of its cards does, begins a passage and is its title. Comments, front
// matter, tables of contents and HTML tags are not in the text, though they may stand
// between its lines. Passages are in the order of the note.
func Passages(n knowledge.Note, cards ...knowledge.Card) []knowledge.Passage {
	c := newCutter(n)
	c.asked = askedIn(n, cards)
	var out []knowledge.Passage
	for _, b := range c.bodies() {
		out = append(out, c.cut(b)...)
	}
	return out
}

// A body is a run of lines under one heading.
type body struct {
	path   []string // titles around it, its own not among them
	title  string
	hollow bool  // its lines are titles
	lines  []int // 1-based, rising; blank lines are among them
}

// A cutter knows the note that is cut.
type cutter struct {
	note   knowledge.Note
	shown  []string // lines as members read them, "" for what is no text
	asked  []asked
	fences []fence // by line: the code block that it is in
	spaced bool    // the note has a blank line after every line, so that blank lines say nothing
	width  int     // of a full line, in columns
	front  []string
	pages  *note.Pages // where the note is a text taken from a PDF, whose lines are pieces of paragraphs
}

func newCutter(n knowledge.Note) *cutter {
	kinds := note.Scan(n.Lines)
	c := &cutter{note: n, front: frontTitle(n), shown: shownLines(n, kinds), fences: fencesOf(kinds)}
	if p, ok := note.AsPages(c.shown, kinds); ok {
		c.pages = &p
	}
	c.spaced, c.width = lineShape(n.Lines)
	return c
}

// bodies returns the runs of lines of the note, in order. A line that no section claims
// goes to a run of its own under the section before it; so does the title of a section
// that holds nothing, because it is all there is to find.
func (c *cutter) bodies() []body {
	owner := make([]int, len(c.note.Lines)+1) // 0: nobody's, else a section's index + 1, or a question's after these
	titled := make([]bool, len(owner))
	full := make([]bool, len(c.note.Sections))
	for i, s := range c.note.Sections {
		if s.TitleLine > 0 && s.TitleLine < len(owner) {
			titled[s.TitleLine] = true
		}
		for _, span := range s.Body {
			for l := max(span.Start, 1); l <= min(span.End, len(owner)-1); l++ {
				if owner[l] == 0 && !titled[l] {
					owner[l] = i + 1
				}
				full[i] = full[i] || c.holds(l)
			}
		}
	}
	for i, s := range c.note.Sections {
		if s.Parent >= 0 && s.Parent < len(full) && s.Parent < i {
			full[s.Parent] = true // what is under it is found under its title
		}
	}
	c.giveToAsked(owner)
	return c.runs(owner, full)
}

// runs walks over the lines and starts a new run wherever the owner changes.
func (c *cutter) runs(owner []int, full []bool) []body {
	titleOf := map[int]int{}
	for i, s := range c.note.Sections {
		titleOf[s.TitleLine] = i + 1
	}
	var out []body
	last, current := -1, 0 // owner of the run, section whose title came last
	for l := 1; l < len(owner); l++ {
		who := owner[l]
		if t := titleOf[l]; t > 0 {
			current = t
			if full[t-1] {
				continue
			}
			who = -t // an empty section: its title is its text
			if last < 0 && len(out) > 0 && c.sameParent(-last, t) {
				out[len(out)-1].lines = append(out[len(out)-1].lines, l)
				last = who
				continue
			}
		} else if who == 0 {
			if !c.holds(l) {
				continue
			}
			who = current
		}
		if who != last || len(out) == 0 {
			out = append(out, c.body(who))
			last = who
		}
		out[len(out)-1].lines = append(out[len(out)-1].lines, l)
	}
	return out
}

func (c *cutter) sameParent(a, b int) bool {
	return a > 0 && c.note.Sections[a-1].Parent == c.note.Sections[b-1].Parent
}

// body starts a run for an owner: a section's index + 1, negative for the title of an
// empty section, 0 for lines before any section.
func (c *cutter) body(who int) body {
	switch {
	case who == 0:
		return body{path: c.front}
	case who < 0:
		return body{path: c.under(c.note.Sections[-who-1]), hollow: true}
	case who > len(c.note.Sections):
		return c.bodyOf(c.asked[who-len(c.note.Sections)-1])
	}
	s := c.note.Sections[who-1]
	return body{path: c.under(s), title: s.Title}
}

// under returns the titles that stand above a section's own.
func (c *cutter) under(s knowledge.Section) []string {
	if len(c.front) == 0 {
		return s.Path
	}
	return append(slices.Clone(c.front), s.Path...)
}

// frontTitle returns the title that a note has besides those of its sections, as front
// matter gives it; none where it is the name of the file.
func frontTitle(n knowledge.Note) []string {
	name := path.Base(n.File)
	if n.Title == "" || n.Title == name || n.Title == strings.TrimSuffix(name, path.Ext(name)) {
		return nil
	}
	for _, s := range n.Sections {
		if s.Title == n.Title {
			return nil
		}
	}
	return []string{n.Title}
}

// holds reports whether line l says anything.
func (c *cutter) holds(l int) bool {
	return l > 0 && l <= len(c.shown) && speaks(c.shown[l-1])
}

// speaks reports whether a line holds a letter or a digit.
func speaks(line string) bool {
	return strings.IndexFunc(line, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0
}

// cut divides a body into passages.
func (c *cutter) cut(b body) []knowledge.Passage {
	atoms := c.atoms(b.lines)
	var out []knowledge.Passage
	for _, seg := range divide(atoms) {
		if p, ok := c.passage(b, atoms, seg); ok {
			p.Later = len(out)
			out = append(out, p)
		}
	}
	return out
}

// passage makes a passage of the atoms of a segment, without blank lines around it.
func (c *cutter) passage(b body, atoms []atom, seg span) (knowledge.Passage, bool) {
	first, last := atoms[seg.from].start, atoms[seg.to-1].end
	for first < last && strings.TrimSpace(c.line(first)) == "" {
		first++
	}
	for last > first && strings.TrimSpace(c.line(last)) == "" {
		last--
	}
	text := c.text(first, last)
	if !speaks(text) {
		return knowledge.Passage{}, false
	}
	p := knowledge.Passage{
		File:  c.note.File,
		Lines: knowledge.Span{Start: first, End: last},
		Path:  b.path,
		Title: b.title,
		Text:  text,

		Hollow: b.hollow || b.title == "" && c.loneTitle(first, last),
	}
	over := above(atoms, seg.from)
	if len(over) > 0 {
		titles := slices.Clone(b.path)
		if b.title != "" {
			titles = append(titles, b.title)
		}
		for _, a := range over {
			titles = append(titles, heading(c.line(atoms[a].start)))
		}
		p.Path, p.Title = titles[:len(titles)-1], titles[len(titles)-1]
	}
	if p.Title == "" {
		p.Title = c.firstWords(first, last)
	}
	return p, true
}

// A fence is a code block of a note, from the line that opens it to the one that closes it; the
// zero value is none.
type fence struct{ first, last int }

// fencesOf returns of each line the code block that it is in.
func fencesOf(kinds []note.Line) []fence {
	out := make([]fence, len(kinds))
	open := -1
	for i, k := range kinds {
		switch {
		case k.Kind == note.Fence && open >= 0:
			for l := open; l <= i; l++ {
				out[l] = fence{open + 1, i + 1}
			}
			open = -1
		case k.Kind == note.Fence:
			open = i
		}
	}
	return out
}

// text joins lines as they are shown, without those that had nothing but what is not; of a PDF, the
// lines of a paragraph are one. A code block of which they are a part is opened and closed.
func (c *cutter) text(first, last int) string {
	if c.pages != nil {
		return c.pages.Join(first, last)
	}
	var out []string
	if f := c.fences[first-1]; f.first < first && f.first > 0 {
		opens := c.line(f.first)
		at := strings.Index(opens, fenceMark(opens))
		out = append(out, strings.Map(quoteOrSpace, opens[:at])+opens[at:])
	}
	for l := first; l <= last; l++ {
		if c.line(l) != "" || strings.TrimSpace(c.note.Lines[l-1]) == "" {
			out = append(out, c.line(l))
		}
	}
	if f := c.fences[last-1]; f.last > last {
		out = append(out, c.line(f.last))
	}
	return strings.Join(out, "\n")
}

// quoteOrSpace leaves of what stands before a fence the mark of a quotation.
func quoteOrSpace(r rune) rune {
	if r == '>' {
		return r
	}
	return ' '
}

// loneTitle reports whether lines are one, the first that says anything, and a title in
// plain text: short, no sentence, and not all there is.
func (c *cutter) loneTitle(first, last int) bool {
	for l := 1; l < first; l++ {
		if c.holds(l) {
			return false
		}
	}
	k := len(c.note.Sections)
	return first == last && k > 0 && c.note.Sections[k-1].TitleLine > last && columns(c.line(first)) <= 40 && !endsSentence(c.line(first))
}

// firstWords returns the beginning of the first line that says something.
func (c *cutter) firstWords(first, last int) string {
	for l := first; l <= last; l++ {
		if c.holds(l) && !isFence(c.line(l)) {
			return heading(c.line(l))
		}
	}
	return ""
}

// heading makes a title of a line: without the marks of a list or of emphasis, no
// longer than 40 characters, cut between words.
func heading(line string) string {
	line = strings.TrimSpace(line)
	line = strings.TrimSpace(line[markWidth(line):])
	line = strings.TrimRight(strings.Trim(line, "*_`#>|【】 \t"), "：:,，。;； ")
	const most = 40
	if utf8.RuneCountInString(line) <= most {
		return line
	}
	runes := []rune(line)
	end := most
	for end > most/2 && isAlnumRune(runes[end-1]) && isAlnumRune(runes[end]) {
		end--
	}
	return strings.TrimSpace(string(runes[:end])) + "…"
}

func isAlnumRune(r rune) bool { return r < utf8.RuneSelf && isAlnum(byte(r)) }
