package note

import "strings"

// A fence is a range of lines that hold code, fence lines included.
type fence struct {
	open, close    int
	marked, closed bool // its first and last lines are fence lines
	info           string
}

// A fault is a broken fence at a line, counted from 0.
type fault struct {
	line int
	text string
}

type fenceMark struct {
	line, width int
	char        byte
	info        string
}

// fenceLine reads a line that may open or close a fence; it may stand after list markers
// and in a quote.
func fenceLine(s string) (fenceMark, bool) {
	if strings.IndexByte(s, '`') < 0 && strings.IndexByte(s, '~') < 0 {
		return fenceMark{}, false
	}
	for {
		_, s = indentation(s)
		if rest, ok := strings.CutPrefix(s, ">"); ok {
			s = rest
			continue
		}
		if s == "" {
			return fenceMark{}, false
		}
		mark, _, rest, ok := itemMark(s)
		if !ok || mark == "第1步" {
			break
		}
		s = rest
	}
	if s == "" || s[0] != '`' && s[0] != '~' {
		return fenceMark{}, false
	}
	m := fenceMark{char: s[0]}
	for m.width < len(s) && s[m.width] == m.char {
		m.width++
	}
	m.info = strings.TrimSpace(s[m.width:])
	if m.width < 3 || m.char == '`' && strings.Contains(m.info, "`") {
		return fenceMark{}, false
	}
	return m, true
}

// findFences pairs the fence lines from line start on. Where an opening line meets
// another opening line, or the end, before it is closed, the fence ends where the text
// goes on; a closing line that nothing opened takes the lines above it as code.
func findFences(lines []string, start int) ([]fence, []fault) {
	marks := make([]fenceMark, 0, 8)
	for i := start; i < len(lines); i++ {
		if m, ok := fenceLine(lines[i]); ok {
			m.line = i
			marks = append(marks, m)
		}
	}
	var out []fence
	var faults []fault
	floor := start // first line that no fence holds
	for i := 0; i < len(marks); {
		m := marks[i]
		if m.info == "" && i+1 < len(marks) && marks[i+1].info != "" && marks[i+1].char == m.char && marks[i+1].width <= m.width && !nested(marks[i:]) {
			out = append(out, strayClose(lines, floor, m.line))
			faults = append(faults, fault{m.line, "a code fence is closed that was not open: remove the line or open the fence before it"})
			floor, i = m.line+1, i+1
			continue
		}
		j, mended := closing(marks, i)
		if j < len(marks) && !mended && blockEnds(lines, m.line, marks[j].line) {
			mended = true // what closes it stands after the end of the block that it is in: it opens another
		}
		if !mended && j < len(marks) {
			out = append(out, fence{open: m.line, close: marks[j].line, marked: true, closed: true, info: m.info})
			floor, i = marks[j].line+1, j+1
			continue
		}
		limit := len(lines)
		if j < len(marks) {
			limit = marks[j].line
		}
		end := unclosedEnd(lines, m.line, limit)
		out = append(out, fence{open: m.line, close: end, marked: true, info: m.info})
		faults = append(faults, fault{m.line, "a code fence is not closed: add the closing line"})
		floor, i = end+1, j
	}
	return out, faults
}

// blockEnds reports whether a block of <details> ends among the lines of a fence, between
// lines from and to, that did not begin there.
func blockEnds(lines []string, from, to int) bool {
	for _, s := range lines[from+1 : to] {
		if strings.Contains(s, "<details") {
			return false
		}
		if strings.Contains(s, "</details>") {
			return true
		}
	}
	return false
}

// nested reports four marks that are a fence in a fence: open, open, close, close.
func nested(m []fenceMark) bool {
	return len(m) >= 4 && m[1].info != "" && m[2].info == "" && m[3].info == "" &&
		(len(m) == 4 || m[4].info != "")
}

// closing returns the mark that closes marks[i]; or, mended, the mark before which it
// should have been closed, len(marks) for the end of the note.
func closing(marks []fenceMark, i int) (j int, mended bool) {
	open := marks[i]
	if open.info != "" && nested(marks[i:]) && marks[i+1].char == open.char && marks[i+1].width == open.width {
		return i + 3, false
	}
	for j = i + 1; j < len(marks); j++ {
		m := marks[j]
		switch {
		case m.char != open.char || m.width < open.width:
		case m.info == "":
			return j, false
		default:
			return j, true
		}
	}
	return len(marks), true
}

// unclosedEnd returns the last line with text of a fence that nothing closes: before the
// first heading of level two or more that stands after a blank line, or the first rule among
// blank lines, else before limit.
func unclosedEnd(lines []string, open, limit int) int {
	for i := open + 1; i < limit; i++ {
		if strings.Contains(lines[i], "</details>") {
			limit = i
		}
	}
	for i := open + 2; i < limit; i++ {
		if strings.TrimSpace(lines[i-1]) != "" {
			continue
		}
		if strings.HasPrefix(lines[i], "## ") || strings.HasPrefix(lines[i], "### ") || lines[i] == "---" && i+1 < limit && strings.TrimSpace(lines[i+1]) == "" {
			limit = i
		}
	}
	for limit > open+1 && strings.TrimSpace(lines[limit-1]) == "" {
		limit--
	}
	return limit - 1
}

// strayClose returns the code that a closing line without an opening line ends: the
// lines above it up to a blank line.
func strayClose(lines []string, floor, line int) fence {
	i := line
	for i > floor && strings.TrimSpace(lines[i-1]) != "" {
		i--
	}
	return fence{open: i, close: line, closed: true}
}
