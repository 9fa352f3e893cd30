package card

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"studybot/knowledge"
	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

// A doc is a note with what the readers need to know of it.
type doc struct {
	room      *room
	note      knowledge.Note
	lines     []note.Line
	taken     []bool // lines that an explicit question has used
	home      []int  // of each line, the section that it belongs to, -1 for none
	kids      [][]int
	topics    map[int]string // set by the writer, by section; -1 for the note
	skips     map[int]bool
	lastClose int  // last line with </details>, -1 before it was looked for
	folds     bool // it has a block of <details>, once details looked for them
	skipAll   bool
	pages     *note.Pages // where the note is a text taken from a PDF
	props     []bool      // lines that are properties, once flashcards looked for them
	deck      bool        // it says that it holds flashcards, or is full of them, once flashcards looked for that
	problems  []knowledge.Problem
	titles    map[string]bool                        // of the headings, once onlyAsks looked for them
	keyOf     map[int]keyed                          // what keys returned
	ticked    int                                    // headings over boxes that choices found to ask, so far
	before    map[string]int                         // how often words stand before the colon of a title, once repeats looked
	hash      int8                                   // what hashcards found: 0 before, 1 no, 2 yes
	used      int8                                   // what bank found: 0 before, 1 no, 2 yes
	among     map[int]bool                           // of parents of sections, what amongQuestions found
	points    func(question, answer string) []string // of an answer
}

// A room is what reading a note takes for a while.
type room struct {
	lines  []note.Line // of the note
	answer []note.Line // of an answer
	raw    []string    // its lines
	drafts []draft
}

var rooms = sync.Pool{New: func() any { return new(room) }}

// done gives the room back, without hold on any text.
func (r *room) done() {
	clear(r.lines)
	clear(r.drafts)
	rooms.Put(r)
}

func newDoc(n knowledge.Note, r *room) *doc {
	n.Lines = narrowed(n.Lines)
	r.lines = note.AppendScan(r.lines[:0], n.Lines)
	d := &doc{
		room: r, note: n, lines: r.lines, taken: make([]bool, len(n.Lines)),
		home: make([]int, len(n.Lines)), kids: make([][]int, len(n.Sections)),
		topics: map[int]string{}, among: map[int]bool{}, skips: map[int]bool{}, lastClose: -1,
	}
	for i := range d.home {
		d.home[i] = -1
	}
	for i, s := range n.Sections {
		if s.Parent >= 0 {
			d.kids[s.Parent] = append(d.kids[s.Parent], i)
		}
		if s.TitleLine > 0 && s.TitleLine <= len(d.home) {
			d.home[s.TitleLine-1] = i
		}
		for _, b := range s.Body {
			for l := max(b.Start, 1); l <= min(b.End, len(d.home)); l++ {
				d.home[l-1] = i
			}
		}
	}
	if p, ok := note.AsPages(n.Lines, d.lines); ok {
		d.pages = &p
	}
	d.steer()
	return d
}

// narrowed returns lines with the wide letters of exams, "Ａ．" and "Ｑ：", as those of ASCII.
func narrowed(lines []string) []string {
	wide := func(s string) bool { return strings.Contains(s, "Ａ") || strings.Contains(s, "Ｑ") }
	if !slices.ContainsFunc(lines, wide) {
		return lines
	}
	out := slices.Clone(lines)
	for i, s := range out {
		out[i] = strings.Map(func(r rune) rune {
			if r >= 'Ａ' && r <= 'Ｚ' || r >= 'ａ' && r <= 'ｚ' {
				return r - 'Ａ' + 'A'
			}
			return r
		}, s)
	}
	return out
}

// path returns the titles around a draft: of its section's ancestors, and of the section
// itself where the draft is a part of its body.
func (d *doc) path(section, line int) []string {
	if section < 0 {
		return []string{}
	}
	s := d.note.Sections[section]
	p := slices.Clone(s.Path)
	if s.TitleLine != line && s.Title != "" {
		p = append(p, s.Title)
	}
	if t := d.steered(section); t != "" {
		p = append([]string{t}, p...)
	}
	if p == nil {
		p = []string{}
	}
	return p
}

func (d *doc) take(from, to int) {
	for i := from; i <= to && i < len(d.taken); i++ {
		d.taken[i] = true
	}
}

// free reports whether line i is text that no explicit question has used.
func (d *doc) free(i int) bool {
	if d.taken[i] {
		return false
	}
	switch d.lines[i].Kind {
	case note.Prose, note.Item, note.Quote, note.Table:
		return true
	}
	return false
}

func (d *doc) problem(line int, title, why string) {
	d.problems = append(d.problems, knowledge.Problem{File: d.note.File, Line: line, Text: fmt.Sprintf("%q %s", title, why)})
}

// span returns lines from..to, counted from 0, as a body without blank ends.
func (d *doc) span(from, to int) []knowledge.Span {
	for from <= to && d.lines[from].Kind == note.Blank {
		from++
	}
	for to >= from && d.lines[to].Kind == note.Blank {
		to--
	}
	if from > to {
		return nil
	}
	return []knowledge.Span{{Start: from + 1, End: to + 1}}
}

var (
	tagOnly    = pattern.New(`^(?:\s|</?(?i:details|summary|p|br|b|div|center|table|tbody|hr|a|span|font|strong|em|i|blockquote|ul|ol)(?:\s[^<>]*)?/?>)+$`)
	backTop    = pattern.New(`(?i)^[^\pL\pN]*(?:\*\*)?\[(?:[^\[\]]|\[[^\[\]]*\])*(?:back to top|back to|⬆|↥|↑|top|返回|回到|目录|顶部)(?:[^\[\]]|\[[^\[\]]*\])*\]\(#?[^)]*\)[^\pL]*$`)
	backAnchor = pattern.New(`(?i)^\s*(?:<(?:b|strong|div|p|sup|small)(?:\s[^<>]*)?>\s*)*<a [^<>]*>[^<>]*(?:回到|返回|顶部|back to|top)[^<>]*</a>\s*(?:</\w+>\s*)*$`)
	notice     = pattern.New(`^(?:>\s*)?(?:版权声明[:：]|原文链接[:：]|转载请注明|著作权归|[*_]?本文(?:为.{0,40}原创|由.{0,80}(?:创作|发布|采用))|[*_]{0,2}(?:如果.{0,20}(?:有用|有帮助|喜欢|不错)|欢迎)[，,]?.{0,20}(?:点赞|关注|[Ss]tar|收藏|加入.{0,12}(?:星球|群))|[*_]{0,2}(?:求)?点赞.{0,4}(?:收藏|关注|转发)|(?:编辑于|发布于)\s*\d{4}|By [A-Z][^.]{2,60}\d+ min(?:ute)?s? read$)`)
	notices    = pattern.New(`(?m)^(?:(?:版权声明|原文链接)[:：].*|[—─-]{4,})\n?`)
	// pageNumber is the line that a printed page ends or begins with.
	pageNumber = pattern.New(`^\s*[-—]*\s*(?:第\s*\d{1,4}\s*页[\s/,，、]*(?:共\s*\d{1,4}\s*页)?|Page \d{1,4}(?: of \d{1,4})?)\s*[-—]*\s*$`)
	siteTag    = pattern.New(`^\{(?:%.*%|:.*)\}\s*$`) // what a site generator reads
	inlineC    = pattern.New(`<!--.*?-->`)
)

// withoutNotices takes notices of copyright and rules out of the text of a page.
func withoutNotices(s string) string {
	if !hasAny(s, "版权声明", "原文链接") && !hasAny("\n"+s, "\n—", "\n─", "\n-") {
		return s
	}
	return notices.ReplaceAllString(s, "")
}

// firstLetter returns the first character of a line behind the marks of Markdown and spaces.
func firstLetter(s string) rune {
	return firstRune(strings.TrimLeft(strings.TrimSpace(s), "#>*_【 \t\n\v\f\r"))
}

// clean returns line i as it stands in an answer, and whether it belongs there.
func (d *doc) clean(i int) (string, bool) {
	s := d.note.Lines[i]
	switch d.lines[i].Kind {
	case note.Comment, note.Front:
		return "", false
	case note.Code, note.Fence:
		return s, true
	case note.Blank:
		return "", true
	}
	if strings.Contains(s, "<") {
		s = inlineC.ReplaceAllString(s, "")
		if tagOnly.MatchString(s) || strings.Contains(s, "<a ") && backAnchor.MatchString(s) {
			return "", false
		}
		s = plainHTML(s)
		if m := summary.FindStringSubmatch(s); m != nil && hides(note.CleanTitle(stripTags(m[1]))) {
			s = strings.TrimSpace(stripTags(summary.ReplaceAllString(s, "")))
			return s, s != ""
		}
	}
	if strings.Contains(s, "::") && (d.lines[i].Kind == note.Prose || d.lines[i].Kind == note.Item) && property(d.lines[i].Text) {
		return "", false
	}
	if strings.HasPrefix(s, "^") && blockLine.MatchString(s) {
		return "", false
	}
	if strings.Contains(s, "{{c") {
		s = ankiCloze.ReplaceAllString(s, "$2")
	}
	if strings.HasSuffix(s, "]") && strings.Contains(s, "CLOCK: [") || strings.HasSuffix(s, ":") && (strings.Contains(s, ":LOGBOOK:") || strings.Contains(s, ":END:")) {
		return "", false // how long a task took, in Logseq and Org
	}
	if len(s) < 100 && hasAny(s, "页", "age ") && pageNumber.MatchString(s) {
		return "", false
	}
	if strings.HasPrefix(s, "{") && (siteTag.MatchString(s) || strings.HasPrefix(s, "{{<") || strings.HasPrefix(s, "{{%")) {
		return "", false
	}
	if (strings.HasPrefix(s, "???") || strings.HasPrefix(s, "!!!") || strings.HasPrefix(s, "> [!")) && opensAnswer(s) {
		return "", false
	}
	if strings.HasPrefix(d.lines[i].Text, ":::") || strings.Contains(s, "](") && backTop.MatchString(s) {
		return "", false
	}
	if strings.ContainsRune("版原转著本如欢求点编发B", firstLetter(s)) && notice.MatchString(strings.TrimSpace(s)) {
		return "", false
	}
	return note.TrimEnd(s), true
}

// plainHTML writes the tags of a line that Markdown has signs for as these signs, and drops
// those that only lay it out. What stands in backquotes stays.
func plainHTML(s string) string {
	if !layoutTag.MatchString(s) && !signTag.MatchString(s) {
		return s
	}
	parts := strings.Split(s, "`")
	for i := 0; i < len(parts); i += 2 {
		p := parts[i]
		if i == 0 {
			p = itemStart.ReplaceAllString(p, "$1- ")
		}
		p = layoutTag.ReplaceAllString(p, "")
		parts[i] = signTag.ReplaceAllStringFunc(p, func(tag string) string {
			switch name := strings.ToLower(strings.Trim(tag, "</>")); name {
			case "code", "kbd", "tt":
				return "`"
			case "b", "strong":
				return "**"
			default:
				return "*"
			}
		})
	}
	return strings.Join(parts, "`")
}

var (
	layoutTag = pattern.New(`(?i)</?(?:p|div|center|span|font|u)(?:\s[^<>]*)?>|</li>|^\s*<br\s*/?>|<br\s*/?>\s*$`)
	itemStart = pattern.New(`(?i)^(\s*)<li(?:\s[^<>]*)?>\s*`)
	signTag   = pattern.New(`(?i)</?(?:b|strong|i|em|code|kbd|tt)>`)
)

// trim cuts lines off the ends of a span that belong to no answer: rules, comments, tags,
// closing lists of links.
func (d *doc) trim(s knowledge.Span) knowledge.Span {
	noise := func(l int) bool {
		k := d.lines[l-1].Kind
		if k == note.Blank || k == note.Rule || k == note.Item && d.lines[l-1].Text == "" {
			return true
		}
		t, keep := d.clean(l - 1)
		return !keep || strings.TrimSpace(t) == ""
	}
	for s.Start <= s.End && (noise(s.Start) || s.Start < s.End && !d.code(s.Start-1) && (credits(d.note.Lines[s.Start-1]) || titlesAnswer(d.note.Lines[s.Start-1]))) {
		s.Start++
	}
	cut := false // closing links
	for s.End >= s.Start && (noise(s.End) || s.End > s.Start && (d.linkLine(s.End-1) || cut && d.announcing(s.End-1))) {
		cut = cut || d.linkLine(s.End-1)
		s.End--
	}
	return s
}

// answerTitle is a line that names the answer below it, and says nothing of it.
var answerTitle = pattern.New(`(?i)^(?:\*\*|__|#+\s*)*(?:(?:参考|标准|正确|面试)?(?:答案|解答|回答)|解析|答案解析|题解|answers?|solutions?)(?:\*\*|__)?\s*[:：]?\s*(?:\*\*|__)?\s*$`)

// hiddenSpan is a text that no reader sees.
var hiddenSpan = pattern.New(`<span[^<>]*display:\s*none[^<>]*>[^<>]*</span>`)

// titlesAnswer reports whether a line names the answer below it.
func titlesAnswer(s string) bool {
	if strings.Contains(s, "<span") {
		s = hiddenSpan.ReplaceAllString(s, "")
	}
	return strings.ContainsRune("参标正面答解回题aAsS", firstLetter(s)) && answerTitle.MatchString(strings.TrimSpace(s))
}

// announcing reports whether line i is a few words and a colon: "Useful resources:".
func (d *doc) announcing(i int) bool {
	t := strings.Trim(d.lines[i].Text, "* _")
	return len(t) < 60 && (strings.HasSuffix(t, ":") || strings.HasSuffix(t, "：")) && !d.code(i)
}

// linkLine reports whether line i is nothing but a link.
func (d *doc) linkLine(i int) bool {
	switch d.lines[i].Kind {
	case note.Prose, note.Item, note.Quote:
		return note.LinkOnly(d.lines[i].Text)
	}
	return false
}
