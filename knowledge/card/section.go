package card

import (
	"slices"
	"strings"
	"unicode/utf8"

	"studybot/knowledge"
	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

// fromSections makes drafts of the titles that no explicit mark has used.
func fromSections(d *doc) []draft {
	var out []draft
	used := make([]bool, len(d.note.Sections)) // its text is part of another section's answer
	for i, s := range d.note.Sections {
		if used[i] || s.TitleLine == 0 || d.taken[s.TitleLine-1] {
			continue
		}
		if dr, ok := d.task(i); ok {
			out = append(out, dr)
			continue
		}
		if dr, parts := d.analysed(i); len(parts) > 0 {
			d.use(used, parts, dr.title)
			out = append(out, dr)
			continue
		}
		if d.partTitle(i) || d.holdsAnalysed(i) || d.askedBelow(i) || isPart(d.note.Lines[s.TitleLine-1]) {
			continue
		}
		body, parts := d.body(i)
		if len(body) == 0 || d.marked(body, note.Asks(s.Title)) {
			if dr, ok := d.enumeration(i); ok {
				out = append(out, dr)
			}
			continue
		}
		if !worth(d, i, body) {
			continue
		}
		d.use(used, parts, s.Title)
		out = append(out, d.withRest(d.withCode(draft{title: stepOff(s.Title), line: s.TitleLine, section: i, body: d.left(body, note.Asks(s.Title))})))
	}
	return append(out, wholeNote(d)...)
}

// use marks the sections that are parts of the answer to a title, but for those that are
// questions by themselves, or of the thing that the title asks for.
func (d *doc) use(used []bool, parts []int, title string) {
	for _, p := range parts {
		t := d.note.Sections[p].Title
		used[p] = !note.Asks(t) || isLabel(t) || dependent(t) && askedOf(title) == ""
	}
}

// askedBelow reports a title without a text of its own over one that asks the same.
func (d *doc) askedBelow(i int) bool {
	s := d.note.Sections[i]
	return len(s.Body) == 0 && slices.ContainsFunc(d.kids[i], func(k int) bool { return d.note.Sections[k].Title == s.Title })
}

// left returns a body without the lines that explicit questions have used; where its title
// asks, it ends at the first paragraph of them.
func (d *doc) left(body []knowledge.Span, asks bool) []knowledge.Span {
	var out []knowledge.Span
	for _, s := range body {
		from := s.Start
		for l := s.Start; l <= s.End+1; l++ {
			if l <= s.End && !d.taken[l-1] {
				continue
			}
			last := l - 2
			if l <= s.End && last >= from-1 && d.announcing(last) {
				last-- // it leads to what was taken
			}
			out = append(out, d.span(from-1, last)...)
			if asks && l <= s.End && len(out) > 0 && d.lines[l-2].Kind == note.Blank {
				return out
			}
			from = l + 1
		}
	}
	return out
}

// body returns the answer of a section: its own text with the sub-sections that are
// labels; all sub-sections where the title asks and has no text of its own, or only a
// line that announces them.
func (d *doc) body(i int) (body []knowledge.Span, parts []int) {
	s := d.note.Sections[i]
	body = append(body, s.Body...)
	if len(d.kids[i]) == 0 {
		if len(body) == 0 && i+1 < len(d.note.Sections) && note.Asks(s.Title) && d.note.Sections[i+1].Level == s.Level && analysis.MatchString(d.note.Sections[i+1].Title) {
			body, parts = d.whole(i+1, nil, nil)
			return body[1:], parts
		}
		return body, nil
	}
	all := note.Asks(s.Title) && (d.announces(s.Body) || d.statements(i))
	keep := (len(s.Body) > 0 || note.Asks(s.Title)) && !d.document(i) || d.onlyLabels(i)
	for _, k := range d.kids[i] {
		kid := d.note.Sections[k]
		if isApart(kid.Title) || isPart(d.note.Lines[kid.TitleLine-1]) {
			continue
		}
		if _, ok := d.task(k); ok {
			continue
		}
		if all || d.partTitle(k) && keep && !d.asksBelow(k) {
			body, parts = d.whole(k, body, parts)
		}
	}
	return body, parts
}

// partTitle reports whether a section is a part of what is around it: its title is a label, or
// stands in a block that hides an answer, and does not ask.
func (d *doc) partTitle(i int) bool {
	s := d.note.Sections[i]
	if isLabel(s.Title) {
		return true
	}
	return s.Parent >= 0 && !note.Asks(s.Title) && d.hidden(s.TitleLine-1, d.note.Sections[s.Parent].TitleLine)
}

// hidden reports whether a block whose summary asks nothing opens at line from or later, and
// closes after line i.
func (d *doc) hidden(i, from int) bool {
	if !d.folds {
		return false
	}
	const most = 100 // lines
	for j := i - 1; j >= max(from, i-most); j-- {
		if s := d.note.Lines[j]; d.code(j) || !strings.Contains(s, "<") {
			continue
		} else if closeDetails.MatchString(s) {
			return false
		} else if openDetails.MatchString(s) {
			text, last := d.summaryAt(j)
			return last >= 0 && hides(note.CleanTitle(text))
		}
	}
	return false
}

// statements reports whether nothing below a section asks, and all of it can be one answer.
func (d *doc) statements(i int) bool {
	lines := spanned(d.note.Sections[i].Body)
	for _, k := range d.kids[i] {
		kid := d.note.Sections[k]
		if note.Asks(kid.Title) || d.lines[kid.TitleLine-1].Kind != note.Heading || !d.statements(k) {
			return false
		}
		lines += 1 + spanned(kid.Body)
	}
	return lines <= 2*longLines
}

// document reports the heading over a whole note: what its labels name, a conclusion, belongs
// to no answer of its own.
func (d *doc) document(i int) bool {
	s := d.note.Sections[i]
	return s.Level == 1 && s.Parent < 0 && !note.Asks(s.Title) && d.lines[s.TitleLine-1].Kind == note.Heading && len(d.kids[i]) > 1 && !d.onlyLabels(i)
}

// onlyLabels reports whether all sub-sections are labels: 题目, 解答.
func (d *doc) onlyLabels(i int) bool {
	for _, k := range d.kids[i] {
		if !isLabel(d.note.Sections[k].Title) {
			return false
		}
	}
	return true
}

// whole adds a section with its title line and all below it.
func (d *doc) whole(i int, body []knowledge.Span, parts []int) ([]knowledge.Span, []int) {
	s := d.note.Sections[i]
	body = append(body, knowledge.Span{Start: s.TitleLine, End: s.TitleLine})
	body = append(body, s.Body...)
	parts = append(parts, i)
	for _, k := range d.kids[i] {
		body, parts = d.whole(k, body, parts)
	}
	return body, parts
}

// announces reports whether a body is empty or a short line that leads to what follows.
func (d *doc) announces(body []knowledge.Span) bool {
	if len(body) == 0 {
		return true
	}
	if spanned(body) > 2 {
		return false
	}
	t := strings.TrimSpace(d.note.Lines[body[0].End-1])
	return strings.HasSuffix(t, ":") || strings.HasSuffix(t, "：") || utf8.RuneCountInString(t) < 12 && !strings.HasSuffix(t, "。") && !strings.HasSuffix(t, ".")
}

// marked reports whether explicit questions stand in a body: in its first line where the
// title asks, in any line of it otherwise.
func (d *doc) marked(body []knowledge.Span, asks bool) bool {
	for _, s := range body {
		for l := s.Start; l <= s.End; l++ {
			switch {
			case d.lines[l-1].Kind == note.Blank:
			case d.taken[l-1]:
				return true
			case asks:
				return false
			}
		}
	}
	return false
}

// longTitle is how many characters the title of a topic has at most.
const longTitle = 80

// worth reports whether a section with a text makes a card.
func worth(d *doc, i int, body []knowledge.Span) bool {
	s := d.note.Sections[i]
	if note.Asks(s.Title) {
		said := d.lines[s.TitleLine-1].Kind == note.Item && d.released(i) // in minutes
		return !said && (!d.pointer(body) || d.substance(body) > 30)
	}
	t := s.Title
	if utf8.RuneCountInString(t) > longTitle || weight(t) < 2 || strings.HasPrefix(t, "{{") || strings.Contains(t, "::") && pathName.MatchString(t) || note.LinkOnly(d.lines[s.TitleLine-1].Text) || dated(t) || dated(d.lines[s.TitleLine-1].Text) {
		return false
	}
	if links, text := d.links(body); links*2 > text || d.pointer(body) || d.onlyAsks(body) && !ails(t) || d.gapsOnly(body) || d.dots(body) >= 3 || hasAny(d.lines[s.TitleLine-1].Text, "做", "作") && assigned.MatchString(d.lines[s.TitleLine-1].Text) {
		return false
	}
	if len(d.kids[i]) > 0 && !defines(d.firstText(body), t) && (d.thin(body) || dependent(t)) {
		return false
	}
	if d.leftover(i) || shelf.MatchString(t) || s.Level == 1 && d.record(body) || strings.Contains(t, "(") && methodName.MatchString(t) || d.released(i) || d.boxesOnly(body) || d.lead(i, body) {
		return false
	}
	least := 4
	if d.lines[s.TitleLine-1].Kind == note.Item && spanned(body) == 1 && !(d.lines[s.TitleLine-1].Ordered() && d.amongQuestions(s.Parent)) {
		least = 15
		if !hasHan(t) && !strings.Contains(t, " ") {
			return false
		}
	}
	return d.substance(body) >= least
}

// shelf is a title that says where things are put, and nothing of them: "Docker 相关", "Go Notes".
var shelf = pattern.New(`.(?:\b[Nn]otes|笔记|相关)$`)

// field is a line of the record of a page that Notion exports: "Created: March 3, 2024".
var field = pattern.New(`^(?:Created|Created time|Created by|Last [Ee]dited(?: time| by)?|Tags|Status|Date|Type|Priority|Owner|Assignee|Author|URL|Source|Category|Updated|Due|Level|Topic|创建时间|更新时间|标签|状态|日期|类型|分类): ?\S`)

// record reports a body of nothing but two fields of a page's record, or more.
func (d *doc) record(body []knowledge.Span) bool {
	n := 0
	for _, s := range body {
		for l := s.Start; l <= s.End; l++ {
			if d.lines[l-1].Kind == note.Blank {
				continue
			}
			if n++; !field.MatchString(d.lines[l-1].Text) {
				return false
			}
		}
	}
	return n >= 2
}

// pathName is a name of C++ or Rust and nothing else: std::io::Read.
var pathName = pattern.New(`^(?:\w+::)+\w+$`)

var datedTitle = pattern.New(`(?i)^\[?(?:v?\d+(?:[.\-/年月日]\d*)+\]?(?:[\s(（-]+[\d.\-/]*[)）]?)?|\d{4}[-/年.]\d{1,2}.*|\d{4}\s*年.*|(?:week|day|chapter) \d+\b.*|第[0-9一二三四五六七八九十]+[天周章节课]?)$`)

var weekday = pattern.New(`(?i)^(?:mon|tues|wednes|thurs|fri|satur|sun)day\b`)

// dated reports whether a title is a version, a date or a place in a course.
func dated(t string) bool {
	return len(t) < 80 && strings.ContainsAny(t, "0123456789第") && datedTitle.MatchString(t) || t != "" && strings.Contains("mtwfsMTWFS", t[:1]) && weekday.MatchString(t)
}

// thin reports a body of one short line: an introduction to the sub-sections.
func (d *doc) thin(body []knowledge.Span) bool {
	if spanned(body) > 2 {
		return false
	}
	return d.substance(body) < 30 || strings.HasSuffix(strings.TrimSpace(d.note.Lines[body[len(body)-1].End-1]), "：")
}

// leftover reports whether a section is a topic of an outline, and its own text the
// bullets that have none under them.
func (d *doc) leftover(i int) bool {
	if len(d.kids[i]) == 0 || d.lines[d.note.Sections[d.kids[i][0]].TitleLine-1].Kind != note.Item {
		return false
	}
	for _, s := range d.note.Sections[i].Body {
		for l := s.Start; l <= s.End; l++ {
			switch line := d.lines[l-1]; {
			case line.Kind == note.Item, line.Kind == note.Blank, line.Kind == note.Prose && line.Indent > 0:
			default:
				return false
			}
		}
	}
	return true
}

func (d *doc) firstText(body []knowledge.Span) string {
	for _, s := range body {
		for l := s.Start; l <= s.End; l++ {
			switch d.lines[l-1].Kind {
			case note.Prose, note.Item, note.Quote:
				return d.lines[l-1].Text
			}
		}
	}
	return ""
}

// substance counts the letters of a body without links and pictures, about 40 at most.
func (d *doc) substance(body []knowledge.Span) int {
	n := 0
	for _, s := range body {
		for l := s.Start; l <= s.End && n < 40; l++ {
			t, keep := d.clean(l - 1)
			if !keep || d.lines[l-1].Kind == note.Fence {
				continue
			}
			if strings.Contains(t, "](") || strings.Contains(t, "://") {
				t = unlinked(t)
			}
			n += weight(t)
		}
	}
	return n
}

// filled reports whether a section or one below it has a text.
func (d *doc) filled(i int) bool {
	if len(d.note.Sections[i].Body) > 0 {
		return true
	}
	for _, k := range d.kids[i] {
		if d.filled(k) {
			return true
		}
	}
	return false
}

// wholeNote makes a card of a note without titles whose name asks.
func wholeNote(d *doc) []draft {
	for _, s := range d.note.Sections {
		if s.TitleLine > 0 {
			return nil
		}
	}
	if len(d.note.Sections) != 1 || !note.Asks(d.note.Title) || d.marked(d.note.Sections[0].Body, true) {
		return nil
	}
	body := d.note.Sections[0].Body
	return []draft{{title: d.note.Title, line: body[0].Start, section: 0, body: body}}
}
