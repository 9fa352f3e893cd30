package note

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A writer writes Markdown: what the readers of other formats make of a file, so that
// Parse reads it. Its zero value is ready.
type writer struct {
	lines  []string
	line   strings.Builder // the line that is being written, without its prefix
	space  string          // white space that is due before the next word
	prefix []string        // of every line: of lists and quotes
	marker string          // of the next line, in place of the last prefix
	gap    bool            // a blank line is due before the next line
}

// text returns all that was written, its lines ended by "\n".
func (w *writer) text() string {
	w.newline()
	return strings.Join(append(w.lines, ""), "\n")
}

// words adds running text; white space of any kind separates words as one space does,
// except that a line break between two Chinese characters is nothing.
func (w *writer) words(s string) {
	for len(s) > 0 {
		if i := strings.IndexFunc(s, breaks); i != 0 {
			if i < 0 {
				i = len(s)
			}
			w.word(s[:i])
			s = s[i:]
			continue
		}
		i := strings.IndexFunc(s, func(r rune) bool { return !breaks(r) })
		if i < 0 {
			i = len(s)
		}
		if w.space += " "; strings.ContainsAny(s[:i], "\r\n") {
			w.space = "\n"
		}
		s = s[i:]
	}
}

// breaks reports whether r is white space between words, or a control character.
func breaks(r rune) bool {
	return r <= ' ' || r == 0x7f || r == '\u00a0' || r == '\u3000' || r == '\ufeff' || 0x80 <= r && r < 0xa0
}

func (w *writer) word(s string) {
	if w.line.Len() > 0 && w.space != "" {
		last, _ := utf8.DecodeLastRuneInString(w.line.String())
		first, _ := utf8.DecodeRuneInString(s)
		if w.space != "\n" || !unicode.Is(unicode.Han, last) || !unicode.Is(unicode.Han, first) {
			w.line.WriteByte(' ')
		}
	}
	w.space = ""
	w.line.WriteString(s)
}

// newline ends the line; an empty one is not written.
func (w *writer) newline() {
	w.space = ""
	if w.line.Len() == 0 {
		return
	}
	w.raw(noHeading(w.line.String()))
	w.line.Reset()
}

// paragraph ends the paragraph: a blank line comes before the next line.
func (w *writer) paragraph() {
	w.newline()
	w.gap = w.gap || w.marker == ""
}

// raw writes a line as it is, after the prefix.
func (w *writer) raw(s string) {
	if w.gap && len(w.lines) > 0 {
		w.lines = append(w.lines, "")
	}
	w.gap = false
	prefix := strings.Join(w.prefix, "")
	if w.marker != "" {
		prefix = strings.Join(w.prefix[:len(w.prefix)-1], "") + w.marker
		w.marker = ""
	}
	w.lines = append(w.lines, strings.TrimRight(prefix+s, " "))
}

// push makes marker the start of the next line, and indents the lines after it likewise,
// until pop.
func (w *writer) push(marker string) {
	w.newline()
	w.marker = marker
	if !strings.HasPrefix(marker, ">") {
		marker = strings.Repeat(" ", len(marker))
	}
	w.prefix = append(w.prefix, marker)
}

func (w *writer) pop() {
	w.newline()
	w.marker = ""
	w.prefix = w.prefix[:len(w.prefix)-1]
}

// code writes lines in a fence that none of them closes.
func (w *writer) code(language, s string) {
	w.newline()
	s = strings.Trim(unixLines(s), "\n")
	fence := fenceOf(s)
	w.raw(fence + language)
	for line := range strings.SplitSeq(s, "\n") {
		w.raw(strings.TrimRight(line, " \t"))
	}
	w.raw(fence)
	w.gap = true
}

// table writes rows as a pipe table, the first one as its head.
func (w *writer) table(rows [][]string) {
	w.paragraph()
	for i, row := range rows {
		w.raw("| " + strings.Join(row, " | ") + " |")
		if i == 0 {
			w.raw("|" + strings.Repeat(" --- |", len(row)))
		}
	}
	w.gap = true
}

// tableCell brings text into the form of a table's cell.
func tableCell(s string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(s), " "), "|", `\|`)
}

// fenceOf returns a fence that no line of s closes.
func fenceOf(s string) string {
	fence := "```"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	return fence
}

// noHeading brings a line of running text that looks like a heading of Markdown, as a
// root's prompt and a comment do, into a form that does not.
func noHeading(s string) string {
	rest := strings.TrimLeft(s, "#")
	if n := len(s) - len(rest); n == 0 || n > 6 || rest != "" && rest[0] != ' ' {
		return s
	}
	if strings.Contains(s, "`") {
		return `\` + s
	}
	return "`" + s + "`"
}
