package slack

import (
	"strings"

	"golang.org/x/text/width"
)

// widestCell is where a cell of a table is cut, in columns: a phone shows some 40 in all.
const widestCell = 60

// columns sets rows in columns for a font of one width, in which a Chinese character takes two. Columns of numbers
// are set to the right. A cell wider than most is cut.
func columns(rows [][]string, most int) string {
	var widths []int
	var numbers []bool
	for i, row := range rows {
		for j, cell := range row {
			if j == len(widths) {
				widths, numbers = append(widths, 0), append(numbers, true)
			}
			row[j] = narrow(cell, most)
			widths[j] = max(widths[j], columnsOf(row[j]))
			if i > 0 && !isNumber(cell) {
				numbers[j] = false
			}
		}
	}
	var lines []string
	for _, row := range rows {
		var b strings.Builder
		for j, cell := range row {
			if j > 0 {
				b.WriteString("  ")
			}
			blanks := strings.Repeat(" ", widths[j]-columnsOf(cell))
			if numbers[j] && len(rows) > 1 {
				b.WriteString(blanks + cell)
			} else {
				b.WriteString(cell + blanks)
			}
		}
		lines = append(lines, strings.TrimRight(b.String(), " "))
	}
	return strings.Join(lines, "\n")
}

func isNumber(s string) bool { return s != "" && strings.Trim(s, "0123456789.,%+-") == "" }

// columnsOf is the width of s in columns.
func columnsOf(s string) (n int) {
	for _, r := range s {
		n += columnsOfRune(r)
	}
	return n
}

func columnsOfRune(r rune) int {
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// narrow makes s one line of at most n columns.
func narrow(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	if columnsOf(s) <= n {
		return s
	}
	used := 0
	for i, r := range s {
		if used += columnsOfRune(r); used > n-1 {
			return s[:i] + "…"
		}
	}
	return s
}
