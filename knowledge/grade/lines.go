package grade

import "strings"

// A line narrower than minFull is no full one; one wider than pageWidth is a paragraph
// and no piece of one.
const (
	minFull   = 56
	pageWidth = 130
)

// fullWidth guesses how wide a broken line is at least: nearly as wide as the widest
// line without marks.
func fullWidth(lines []line) int {
	full := 0
	for _, l := range lines {
		if l.mark == noMark && len(l.text) > full {
			full = max(full, width(l.text))
		}
	}
	return max(minFull, full-8)
}

var stopMarks = chars("。！？；")

// breaksLines reports whether the lines of a reference may be pieces of sentences:
// somewhere a sentence ends, or a blank line stands after most of them, as in text from a
// PDF. Else each line is a thing of its own.
func breaksLines(lines []line) bool {
	said, spaced := 0, 0
	for i, l := range lines {
		if l.text == "" {
			continue
		}
		if stopMarks.in(l.text) || ends(l.text) {
			return true
		}
		said++
		if i+1 < len(lines) && lines[i+1].text == "" {
			spaced++
		}
	}
	return 2*spaced > said
}

// A line of a reference, with the mark that it begins with.
type line struct {
	text   string // without space around it
	indent int
	mark   mark
	level  int    // of a heading
	rest   string // what stands behind the mark
	next   string // the next line that is not blank
}

// appendLines appends the lines of a reference, which end at line ends and, outside tables, at <br>.
func appendLines(lines []line, reference string) []line {
	if strings.Contains(reference, "<!--") {
		reference = htmlComment.ReplaceAllString(reference, "")
	}
	for rest, more := reference, true; more; {
		var l string
		l, rest, more = strings.Cut(rest, "\n")
		if strings.IndexByte(l, '<') < 0 || strings.HasPrefix(strings.TrimSpace(l), "|") || strings.Contains(l, "`<br") {
			lines = append(lines, newLine(l))
			continue
		}
		for _, part := range lineBreak.Split(l, -1) {
			lines = append(lines, newLine(part))
		}
	}
	next := ""
	for i := len(lines) - 1; i >= 0; i-- {
		if lines[i].next = next; lines[i].text != "" {
			next = lines[i].text
		}
	}
	return lines
}

func newLine(raw string) line {
	l := line{text: strings.TrimSpace(raw), indent: len(raw) - len(strings.TrimLeft(raw, " "))}
	l.mark, l.level, l.rest = lead(l.text)
	return l
}
