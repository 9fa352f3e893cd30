package note

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Kind says what a line of a note is.
type Kind uint8

// The kinds of lines.
const (
	Blank     Kind = iota
	Prose          // running text
	Heading        // an ATX or HTML heading, or the text of a setext heading
	Underline      // the line of = or - under a setext heading
	Fence          // a line that opens or closes a code fence
	Code           // a line in a fence, or a line that a broken fence was meant to hold
	Item           // a list item
	Quote          // a line of a block quote
	Table          // a row of a pipe table
	Rule           // a line of dashes, stars or underscores
	Comment        // all of the line is in an HTML comment
	Front          // front matter
)

// A Line is what one line of a note is, by itself and by what stands around it.
type Line struct {
	Kind   Kind
	Indent int    // columns before the text or the list marker; a tab goes to the next multiple of four
	Level  int    // of a Heading, 1..6
	Mark   string // of an Item: "-" for a bullet, else the style of its number: "1.", "1. ", "1)", "(1)", "1、", "①", "一、", "第1步"
	Number int    // of a numbered Item
	Text   string // without indentation, markers and heading marks; of a Fence the info string
}

// Ordered reports whether the line is a numbered item.
func (l Line) Ordered() bool { return l.Kind == Item && l.Mark != "-" }

// Scan tells the kinds of a note's lines. It never fails: a fence that is not closed, or
// closed twice, is mended by what stands around it.
func Scan(lines []string) []Line {
	return AppendScan(nil, lines)
}

// AppendScan appends to dst what Scan returns.
func AppendScan(dst []Line, lines []string) []Line {
	out, _ := appendScan(dst, lines)
	return out
}

func appendScan(dst []Line, lines []string) ([]Line, []fault) {
	dst = slices.Grow(dst, len(lines))
	all := dst[:len(dst)+len(lines)]
	faults := scan(all[len(dst):], lines)
	return all, faults
}

// scan fills in the kinds of lines.
func scan(out []Line, lines []string) []fault {
	clear(out)
	start := frontMatter(lines, out)
	fences, faults := findFences(lines, start)
	f, inComment := 0, false
	for i := start; i < len(lines); i++ {
		for f < len(fences) && i > fences[f].close {
			f++
		}
		if f < len(fences) && i >= fences[f].open {
			out[i] = fencedLine(lines[i], i, fences[f])
			continue
		}
		out[i], inComment = plainLine(lines[i], inComment)
	}
	setext(out[start:])
	shellComments(out[start:])
	return faults
}

func fencedLine(s string, i int, f fence) Line {
	indent, rest := indentation(s)
	if i == f.open && f.marked {
		return Line{Kind: Fence, Indent: indent, Text: f.info}
	}
	if i == f.close && f.closed {
		return Line{Kind: Fence, Indent: indent}
	}
	return Line{Kind: Code, Indent: indent, Text: TrimEnd(rest)}
}

// TrimEnd returns a line without the spaces, tabs and returns that it ends in.
func TrimEnd(line string) string {
	for end := len(line); end > 0; end-- {
		if c := line[end-1]; c != ' ' && c != '\t' && c != '\r' {
			return line[:end]
		}
	}
	return ""
}

// frontMatter marks the lines of YAML or TOML front matter and returns the line after it.
func frontMatter(lines []string, out []Line) int {
	if len(lines) == 0 {
		return 0
	}
	mark := strings.TrimRight(lines[0], " \t")
	if mark != "---" && mark != "+++" {
		return 0
	}
	const most = 200 // lines; longer is a note that begins with a rule
	keyed := false
	for i := 1; i < len(lines) && i < most; i++ {
		s := strings.TrimRight(lines[i], " \t")
		if s == mark || mark == "---" && s == "..." {
			if !keyed && i > 1 {
				return 0
			}
			for j := 0; j <= i; j++ {
				out[j] = Line{Kind: Front, Text: lines[j]}
			}
			return i + 1
		}
		if !keyed && strings.HasPrefix(s, "## ") {
			return 0 // a note that begins with a rule
		}
		if k := strings.IndexAny(s, ":="); k > 0 && !strings.ContainsAny(s[:k], " #") {
			keyed = true
		} else if s != "" && !strings.HasPrefix(s, " ") && !strings.HasPrefix(s, "-") && !strings.HasPrefix(s, "#") && k <= 0 {
			return 0
		}
	}
	return 0
}

// plainLine tells the kind of a line outside of fences. open says that an HTML comment
// began on an earlier line.
func plainLine(s string, open bool) (Line, bool) {
	if open || strings.Contains(s, "<!--") {
		rest, still := cutComments(s, open)
		if strings.TrimSpace(rest) == "" && (open || strings.TrimSpace(s) != "") {
			_, t := indentation(s)
			return Line{Kind: Comment, Text: t}, still
		}
		l, _ := plainLine(strings.ReplaceAll(rest, "<!--", ""), false)
		return l, still
	}
	indent, rest := indentation(s)
	rest = TrimEnd(rest)
	if rest == "" {
		return Line{Kind: Blank}, false
	}
	l := Line{Kind: Prose, Indent: indent, Text: rest}
	switch rest[0] {
	case '#':
		if level, text, ok := atx(rest); ok && indent <= 3 {
			return Line{Kind: Heading, Indent: indent, Level: level, Text: text}, false
		}
		return l, false
	case '>':
		l.Kind, l.Text = Quote, strings.TrimLeft(rest, "> ")
		return l, false
	case '|':
		l.Kind = Table
		return l, false
	case '<':
		if level, text, ok := htmlHeading(rest); ok {
			return Line{Kind: Heading, Indent: indent, Level: level, Text: text}, false
		}
		return l, false
	}
	if ruler(rest) {
		l.Kind = Rule
		return l, false
	}
	if mark, n, text, ok := itemMark(rest); ok {
		if level, title, ok := atx(text); ok && level > 1 && indent <= 3 && title != "" { // "4. ### What is …?"
			return Line{Kind: Heading, Indent: indent, Level: level, Text: title}, false
		}
		return Line{Kind: Item, Indent: indent, Mark: mark, Number: n, Text: text}, false
	}
	return l, false
}

// cutComments returns s without the parts in HTML comments, and whether one is left open.
func cutComments(s string, open bool) (string, bool) {
	var b strings.Builder
	for {
		if open {
			_, after, ok := strings.Cut(s, "-->")
			if !ok {
				return b.String(), true
			}
			s, open = after, false
		}
		before, after, ok := strings.Cut(s, "<!--")
		b.WriteString(before)
		if !ok {
			return b.String(), false
		}
		s, open = after, true
	}
}

// indentation returns the columns before the text of s, and the text. Wide and no-break
// spaces count as indentation.
func indentation(s string) (int, string) {
	col := 0
	for i, r := range s {
		switch r {
		case ' ', '\u00a0':
			col++
		case '\t':
			col += 4 - col%4
		case '\u3000':
			col += 2
		case '\ufeff', '\u200b':
		default:
			return col, s[i:]
		}
	}
	return col, ""
}

// atx reads "## Title ##". A title without a space after the marks counts only where it
// begins with a letter that is not ASCII, as some editors write "##标题"; "#!" and
// "#include" are no headings.
func atx(s string) (level int, text string, ok bool) {
	for level < len(s) && s[level] == '#' {
		level++
	}
	rest := s[level:]
	if level == 0 || level > 6 {
		return 0, "", false
	}
	if rest != "" && rest[0] != ' ' && rest[0] != '\t' {
		r, _ := utf8.DecodeRuneInString(rest)
		if r < utf8.RuneSelf || !unicode.IsLetter(r) || level == 1 {
			return 0, "", false
		}
	}
	text = strings.TrimSpace(rest)
	if t := strings.TrimRight(text, "#"); t == "" || strings.HasSuffix(t, " ") {
		text = strings.TrimSpace(t)
	}
	return level, text, true
}

func htmlHeading(s string) (level int, text string, ok bool) {
	if len(s) < 9 || (s[1]|0x20) != 'h' || s[2] < '1' || s[2] > '6' {
		return 0, "", false
	}
	gt := strings.IndexByte(s, '>')
	end := strings.LastIndex(s, "</")
	if gt < 0 || end < gt || !strings.EqualFold(strings.TrimSpace(s[end:]), "</h"+s[2:3]+">") {
		return 0, "", false
	}
	return int(s[2] - '0'), strings.TrimSpace(s[gt+1 : end]), true
}

// ruler reports a line of three or more dashes, stars, underscores or box lines.
func ruler(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	switch first {
	case '-', '*', '_', '=', '—', '─', '－', '~', '…':
	default:
		return false
	}
	n := 0
	for _, r := range s {
		if r == first {
			n++
		} else if r != ' ' {
			return false
		}
	}
	return n >= 3
}

// setext turns a short line over a line of "=" or "-" into a heading.
func setext(ls []Line) {
	for i := 1; i < len(ls); i++ {
		if ls[i].Kind != Rule || ls[i-1].Kind != Prose || strings.Contains(ls[i].Text, " ") {
			continue
		}
		level := 0
		switch ls[i].Text[0] {
		case '=':
			level = 1
		case '-':
			level = 2
		}
		alone := i < 2 || ls[i-2].Kind != Prose && ls[i-2].Kind != Item && ls[i-2].Kind != Quote
		if level == 0 || !alone || ls[i-1].Indent > 3 || !titleLike(ls[i-1].Text) {
			continue
		}
		ls[i-1].Kind, ls[i-1].Level = Heading, level
		ls[i].Kind = Underline
	}
}

// titleLike reports whether s may stand as a title: it is short and no finished sentence.
func titleLike(s string) bool {
	if len(s) > 300 || utf8.RuneCountInString(s) > 80 {
		return false
	}
	switch r, _ := utf8.DecodeLastRuneInString(s); r {
	case '。', '；', ';', '，', ',', '{', '}', '、':
		return false
	}
	return true
}
