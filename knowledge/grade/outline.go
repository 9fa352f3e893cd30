package grade

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A node is a line of a reference, or several joined, with the lines that hang below it.
type node struct {
	rank  int // how far in it stands: a node hangs below the last one with a smaller rank
	text  string
	code  bool
	title bool     // a heading or a line of bold
	fence bool     // it stands in a code fence
	cells []string // of a row of a table: what stands behind the first, which is text
	heads []string // and what the table's first row calls them
	kids  []*node

	parent *node
	many   int // of its kids
}

// Ranks: headings by level, then a title without marks, then the body by indent. Of one
// indent, bullets and paragraphs hang below a numbered line.
const (
	titleRank = 7
	labelRank = 9
	bodyRank  = 10
)

func listRank(indent int) int { return bodyRank + 2*min(indent, 100) }
func textRank(indent int) int { return listRank(indent) + 1 }

// A paragraph of a reference is read to this length, in bytes; what follows begins another.
const longParagraph = 4000

// outline reads a reference into a tree that stands in r's room, and returns its root.
func (r *reader) outline(reference string) *node {
	root := &node{rank: -1}
	stack := append(make([]*node, 0, 40), root)
	nodes := withoutExamples(r.read(reference))
	for _, n := range nodes {
		for n.rank <= stack[len(stack)-1].rank {
			stack = stack[:len(stack)-1]
		}
		n.parent = stack[len(stack)-1]
		n.parent.many++
		if len(stack) < 40 {
			stack = append(stack, n)
		}
	}
	r.kids = slices.Grow(r.kids[:0], len(nodes))[:len(nodes)]
	room := r.kids
	for _, n := range nodes {
		p := n.parent
		if p.kids == nil {
			p.kids, room = room[:0:p.many], room[p.many:]
		}
		p.kids = append(p.kids, n)
	}
	return root
}

// A reader reads references into nodes. It keeps its room from one to the next: what it
// returned is gone once it reads again or is cleared.
type reader struct {
	progress
	lines []line
	out   []*node
	slab  []node // of nodes, of which used are
	used  int
	kids  []*node // of the nodes
}

// progress is how far a reference is read.
type progress struct {
	fence  string   // the marks that opened a fence, "" outside
	indent int      // of the fence
	shown  bool     // the fence is a transcript: only lines behind a prompt were typed
	open   *node    // the paragraph that the next line may go on with
	last   string   // its last line
	broken bool     // its lines may be pieces of sentences
	full   int      // how wide a line is that the next may go on with
	next   string   // the next line that is not blank
	blank  bool     // a blank line stood before this one
	heads  []string // the cells of the first row of the table that is being read
}

// clear lets go of all text.
func (r *reader) clear() {
	r.progress = progress{}
	clear(r.lines)
	clear(r.out)
	clear(r.kids)
	clear(r.slab[:r.used])
	r.lines, r.out, r.kids, r.used = r.lines[:0], r.out[:0], r.kids[:0], 0
}

// read returns the nodes of a reference, one after the other.
func (r *reader) read(reference string) []*node {
	r.lines = appendLines(r.lines[:0], reference)
	bare := bareNumbers(r.lines)
	r.progress = progress{full: fullWidth(r.lines), broken: breaksLines(r.lines)}
	for i, l := range r.lines {
		r.next = l.next
		if r.fences(l, r.lines[i+1:]) {
			continue
		}
		switch {
		case l.text == "":
			r.blank = true
			continue
		case r.fence != "":
			r.code(l.text, r.indent)
		case bare[i] > 0:
			r.start(listRank(l.indent), strings.TrimSpace(l.text[bare[i]:]))
		default:
			r.line(l)
		}
		r.blank = false
	}
	return r.out
}

// fences opens and closes code fences; it reports whether the line was one.
func (r *reader) fences(line line, after []line) bool {
	l := line.text
	if r.fence == "" && (strings.HasPrefix(line.rest, "```") || strings.HasPrefix(line.rest, "~~~")) {
		l = line.rest
	}
	if l == "" || l[0] != '`' && l[0] != '~' {
		return false
	}
	for _, mark := range [...]string{"```", "~~~"} {
		if !strings.HasPrefix(l, mark) || r.fence != "" && r.fence != mark || strings.Contains(l[3:], mark) {
			continue
		}
		r.open = nil
		if r.fence != "" {
			r.fence = ""
			return true
		}
		r.fence, r.indent, r.shown = mark, line.indent, false
		for _, a := range after {
			if strings.HasPrefix(a.text, mark) {
				break
			}
			if _, ok := unprompt(a.text); ok {
				r.shown = true
				break
			}
		}
		return true
	}
	return false
}

func (r *reader) add(rank int, text string) *node {
	if text == "" {
		return nil
	}
	if r.used == len(r.slab) {
		r.slab, r.used = make([]node, max(64, 2*len(r.slab))), 0
	}
	n := &r.slab[r.used]
	r.used++
	n.rank, n.text, n.fence = rank, text, r.fence != ""
	r.out = append(r.out, n)
	return n
}

// start adds a paragraph that later lines may go on with.
func (r *reader) start(rank int, text string) {
	r.open, r.last = r.add(rank, text), text
}

func (r *reader) code(l string, indent int) {
	r.open = nil
	typed, ok := unprompt(l)
	if r.shown && !ok && !(strings.HasPrefix(l, "#") && hasHan(l)) {
		return
	}
	code, remark := comment(unquote(typed))
	if code != "" && (hollow(code) || drawn(code)) {
		return
	}
	if remark = plain(remark); !hasHan(remark) && looksCode(remark) {
		remark = ""
	}
	rank := textRank(indent)
	if both := labelled(strings.TrimRight(code, ";，, "), remark); code != "" && remark != "" && width(both) <= maxWidth {
		r.add(rank, both)
		return
	}
	if looksProse(code) {
		_, _, rest := lead(code)
		r.add(rank, plain(rest))
	} else if n := r.add(rank, code); n != nil {
		n.code = true
	}
	r.add(rank, remark)
}

// unquote takes the backticks off a line that stands in them as a whole.
func unquote(s string) string {
	if len(s) > 2 && s[0] == '`' && strings.IndexByte(s[1:], '`') == len(s)-2 {
		return s[1 : len(s)-1]
	}
	return s
}

var proseMarks = chars("，。；：！、")

// looksProse reports whether a line in a fence is a sentence that somebody put there.
func looksProse(s string) bool {
	return hasHan(s) && !looksCode(s) && (proseMarks.in(s) || startsHan(s))
}

func (r *reader) line(line line) {
	l, indent, m, rest := line.text, line.indent, line.mark, line.rest
	if !strings.HasPrefix(rest, "|") {
		r.heads = nil
	}
	if strings.HasPrefix(rest, "#!") {
		return
	}
	if m == noMark && (rest[0] == '#' || strings.HasPrefix(rest, "//")) {
		rest = strings.TrimLeft(unsign(rest, rest), " ")
		if r.open = nil; switchedOff(rest) {
			return
		}
	}
	if title, ok := bold(rest); ok && m != heading {
		if n := r.add(titleRank+min(indent, 2), plain(title)); n != nil {
			n.title = true
			switch m {
			case bullet:
				n.rank = textRank(indent)
			case ordered:
				n.rank = listRank(indent)
			}
		}
		r.open = nil
		return
	}
	switch {
	case m == heading:
		if n := r.add(line.level, plain(rest)); n != nil {
			n.title = true
		}
		r.open = nil
	case looksRule(rest) || drawn(rest):
		r.open = nil
	case strings.HasPrefix(rest, "|"):
		r.row(rest, indent)
	case m == noMark && r.joins(l, indent):
		r.last = plain(rest)
		r.open.text = join(r.open.text, r.last)
	case looksCode(rest) || remarked(rest) || !hasHan(rest) && hollow(rest):
		r.code(rest, indent)
	case m == ordered:
		r.start(listRank(indent), plain(rest))
	case m == noMark && indent == 0 && r.titles(rest):
		r.add(labelRank, plain(rest))
		r.open = nil
	default:
		r.start(textRank(indent), plain(rest))
	}
}

// shortName is the width of a line that may name lines which have names of their own.
const shortName = 16

// titles reports whether a line without marks names what follows it.
func (r *reader) titles(l string) bool {
	if wider(l, 40) {
		return false
	}
	if endsColon(l) {
		return true
	}
	w := width(l)
	if w > shortName && names(r.next) {
		return false
	}
	return w <= maxLabel && !anyMarks.in(l) && width(r.next) >= 40 && !looksCode(r.next)
}

var (
	anyMarks    = chars("，。；：、,;:.")
	clauseMarks = chars("，。；,;")
	colons      = chars("：:")
	goOn        = chars("，,、。；）")
	leadOn      = chars("，,、和与及或的（(")
)

// names reports whether a line begins with a short name and a colon.
func names(l string) bool {
	i := colons.index(l[:min(len(l), 20*utf8.UTFMax)])
	if i <= 0 || strings.HasPrefix(l[i:], "://") {
		return false
	}
	name := l[:i]
	if b := strings.IndexAny(name, "（("); b > 0 && (strings.HasSuffix(name, "）") || strings.HasSuffix(name, ")")) {
		name = name[:b] // what stands in brackets says the name again
	}
	return !wider(name, 20) && !clauseMarks.in(name)
}

// remarked reports whether a line is code with a remark behind it.
func remarked(l string) bool {
	code, remark := comment(l)
	return remark != "" && looksCode(code)
}

func endsColon(s string) bool {
	return strings.HasSuffix(s, "：") || strings.HasSuffix(s, ":")
}

// joins reports whether a line goes on with the paragraph before it. Text from a PDF
// has a blank line after each line, so a full line goes on over one.
func (r *reader) joins(l string, indent int) bool {
	if r.open == nil {
		return false
	}
	if endsColon(r.last) || ends(r.last) || looksCode(l) || len(r.open.text) > longParagraph {
		return false
	}
	if indent > 0 && !r.blank && textRank(indent) > r.open.rank {
		return true
	}
	first, _ := utf8.DecodeRuneInString(l)
	final, _ := utf8.DecodeLastRuneInString(r.last)
	if goOn.has(first) || width(r.last) >= minFull && leadOn.has(final) {
		return true
	}
	if !r.broken || wider(r.last, pageWidth) {
		return false
	}
	if w := width(r.last); w < r.full && (w < minFull || !ends(l)) {
		return false
	}
	return !names(l)
}

var (
	closers = chars(" ”\"')）」")
	enders  = chars("。！？；.!?;")
)

func ends(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(closers.trimRight(s))
	return enders.has(last)
}

// join puts two halves of a broken line together: a space between Latin words only.
func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	x, y := a[len(a)-1], b[0]
	if x < 0x80 && y < 0x80 && x != '-' && x != '/' {
		return a + " " + b
	}
	return a + b
}

// drawn reports whether a line is a part of a drawing: lines of boxes stand at both ends.
func drawn(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	return first >= '─' && first <= '▟' && last >= '─' && last <= '▟'
}

func looksRule(s string) bool {
	return strings.Trim(s, "-=*_|: +~") == ""
}
