package terminal

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"studybot/bot/chat"
)

// runeWidth is the number of columns that a character takes: Chinese ones two, combining ones none.
// A tab counts as the four blanks that it is shown as.
func runeWidth(r rune) int {
	switch {
	case r >= ' ' && r < 0x7f:
		return 1
	case r == '\t':
		return 4
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf, unicode.Cc):
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// textWidth is the number of columns of a line without escape sequences.
func textWidth(s string) int {
	n := 0
	for _, r := range s {
		n += runeWidth(r)
	}
	return n
}

func runeLen(s string) int {
	_, n := utf8.DecodeRuneInString(s)
	return n
}

// pad fills s up with blanks to n columns.
func pad(s string, n int) string {
	return s + strings.Repeat(" ", max(n-textWidth(s), 0))
}

// wrap breaks a line where it is too wide: between words, between Chinese characters, and where
// neither is near, anywhere. Closing punctuation stays with what it closes. It returns at
// least one line, and just the one where the style has no width.
func (s style) wrap(line string) []string {
	line = s.expand(line)
	var lines []string
	for _, p := range s.pieces(line) {
		lines = append(lines, line[p.from:p.to])
	}
	return lines
}

// A span is a part of a text, in bytes.
type span struct{ from, to int }

// expand makes tabs into blanks where their width counts.
func (s style) expand(line string) string {
	if s.width <= 0 {
		return line
	}
	return strings.ReplaceAll(line, "\t", "    ")
}

// pieces are the parts of a line that wrap makes lines of their own.
func (s style) pieces(line string) []span {
	if s.width <= 0 {
		return []span{{0, len(line)}}
	}
	var pieces []span
	start, used := 0, 0    // of the piece being filled
	stop, stopUsed := 0, 0 // where it may end, and how wide it is up to there
	var last rune
	for i, r := range line {
		w := runeWidth(r)
		if i > start && mayBreak(last, r) {
			stop, stopUsed = i, used
		}
		for used+w > s.width && i > start && r != ' ' {
			if stop <= start {
				stop, stopUsed = i, used
			}
			pieces = append(pieces, span{start, start + len(strings.TrimRight(line[start:stop], " "))})
			start, used = stop, used-stopUsed
		}
		used += w
		last = r
	}
	return append(pieces, span{start, len(line)})
}

// mayBreak reports whether a line may end between two characters.
func mayBreak(a, b rune) bool {
	switch {
	case b == ' ' || runeWidth(b) == 0:
		return false
	case a == ' ':
		return true
	}
	return (runeWidth(a) == 2 || runeWidth(b) == 2) && !closes(b) && !opens(a)
}

func closes(r rune) bool {
	return strings.ContainsRune("，。、；：？！）】》〉」』”’…,.;:?!)]}%", r)
}
func opens(r rune) bool { return strings.ContainsRune("（【《〈「『“‘([{", r) }

// renderTable lines up the columns. Those that hold numbers only are flush right.
func renderTable(t chat.Table, st style) []string {
	rows := [][]string{}
	if len(t.Head) > 0 {
		rows = append(rows, t.Head)
	}
	rows = append(rows, t.Rows...)
	var widths []int
	for r := range rows {
		rows[r] = flat(rows[r])
		for c, cell := range rows[r] {
			if c == len(widths) {
				widths = append(widths, 0)
			}
			widths[c] = max(widths[c], textWidth(cell))
		}
	}
	right := make([]bool, len(widths))
	for c := range right {
		right[c] = holdsNumbers(rows[len(rows)-len(t.Rows):], c)
	}
	lines := make([]string, 0, len(rows)+1)
	for r, row := range rows {
		line := tableRow(row, widths, right)
		if r == 0 && len(t.Head) > 0 {
			lines = append(lines, st.bold(line), st.dim(rule(widths)))
			continue
		}
		lines = append(lines, line)
	}
	return lines
}

// flat returns a copy of a row, each cell a plain single line.
func flat(row []string) []string {
	cells := make([]string, len(row))
	for i, cell := range row {
		cells[i] = oneLine(cell)
	}
	return cells
}

func tableRow(row []string, widths []int, right []bool) string {
	var b strings.Builder
	for c, cell := range row {
		if c > 0 {
			b.WriteString("  ")
		}
		if right[c] {
			b.WriteString(strings.Repeat(" ", widths[c]-textWidth(cell)) + cell)
		} else {
			b.WriteString(pad(cell, widths[c]))
		}
	}
	return strings.TrimRight(b.String(), " ")
}

func rule(widths []int) string {
	parts := make([]string, len(widths))
	for i, w := range widths {
		parts[i] = strings.Repeat("─", w)
	}
	return strings.Join(parts, "  ")
}

// holdsNumbers reports whether a column has a number, and nothing but numbers and gaps.
func holdsNumbers(rows [][]string, column int) bool {
	some := false
	for _, row := range rows {
		if column >= len(row) || row[column] == "" || row[column] == "-" || row[column] == "–" {
			continue
		}
		if !isNumber(row[column]) {
			return false
		}
		some = true
	}
	return some
}

func isNumber(s string) bool {
	digit := false
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digit = true
		case !strings.ContainsRune("+-−.,%/: ", r):
			return false
		}
	}
	return digit
}
