package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"studybot/knowledge/text"
)

// lineShape looks at a whole note: whether a blank line follows nearly every line (text
// taken out of a PDF), and how wide a full line is, in columns.
func lineShape(lines []string) (spaced bool, width int) {
	var widths []int
	written, followed := 0, 0
	for i, l := range lines {
		if strings.TrimSpace(l) == "" {
			continue
		}
		written++
		widths = append(widths, columns(l))
		if i+1 < len(lines) && strings.TrimSpace(lines[i+1]) == "" {
			followed++
		}
	}
	if written == 0 {
		return false, 0
	}
	slices.Sort(widths)
	return written >= 8 && followed*10 >= written*7, widths[len(widths)*9/10]
}

// columns returns the width of a line on a screen, a Han character counting two.
func columns(l string) int {
	n := 0
	for _, r := range l {
		n++
		if r >= 0x1100 && (text.IsHan(r) || r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFF60) {
			n++
		}
	}
	return n
}

// indent returns the column in which a line begins, a tab reaching the next multiple of 4.
func indent(l string) int {
	n := 0
	for _, r := range l {
		switch r {
		case ' ':
			n++
		case '\t':
			n += 4 - n%4
		case '　':
			n += 2
		default:
			return n
		}
	}
	return n
}

// markWidth returns the length in bytes of the list mark at the beginning of a line
// without indentation: "- ", "1. ", "2、", "（3）", "④". It is 0 where there is none.
func markWidth(l string) int {
	r, n := utf8.DecodeRuneInString(l)
	switch {
	case r == '-' || r == '*' || r == '+' || r == '•' || r == '·' || r == '●' || r == '◆' || r == '■':
		if rest := l[n:]; rest == "" || rest[0] == ' ' || rest[0] == '\t' || n > 1 {
			return n
		}
		return 0
	case r >= '①' && r <= '⒛':
		return n
	}
	open := 0
	if r == '(' || r == '（' {
		open = n
	}
	digits := strings.IndexFunc(l[open:], func(r rune) bool {
		return !unicode.IsDigit(r) && !strings.ContainsRune("一二三四五六七八九十", r)
	})
	if digits <= 0 || digits > 9 {
		return 0
	}
	after, m := utf8.DecodeRuneInString(l[open+digits:])
	rest := l[open+digits+m:]
	switch after {
	case '、', '）', '．':
		return open + digits + m
	case ')':
		return open + digits + m
	case '.':
		if open == 0 && (rest == "" || !isDigit(rest[0])) && isDigit(l[0]) {
			return digits + m
		}
	}
	return 0
}

// isFence reports whether a line opens or closes a code block.
func isFence(l string) bool { return fenceMark(l) != "" }

// fenceMark returns the marks of a fence, three or more of ` or ~, "" for any other line.
func fenceMark(l string) string {
	l = strings.TrimSpace(l)
	l = strings.TrimSpace(l[markWidth(l):])
	l = strings.TrimLeft(l, "> ")
	for _, mark := range []string{"```", "~~~"} {
		if strings.HasPrefix(l, mark) {
			return l[:len(l)-len(strings.TrimLeft(l, mark[:1]))]
		}
	}
	return ""
}

// asTitle reports whether a line looks like the title of what follows it, next being
// the next line that is not blank: bold or in brackets alone, numbered like a chapter,
// or short and ending in a colon.
func asTitle(l, next string) bool {
	l, next = strings.TrimSpace(l), strings.TrimSpace(next)
	if l == "" || next == "" || columns(l) > 60 {
		return false
	}
	switch {
	case strings.HasPrefix(l, "#"):
		return markdownHeading(l)
	case strings.HasPrefix(l, "**") && strings.HasSuffix(strings.TrimRight(l, "：:"), "**"):
		return true
	case strings.HasPrefix(l, "【") && strings.HasSuffix(l, "】"):
		return true
	}
	r, n := utf8.DecodeRuneInString(l)
	if strings.ContainsRune("一二三四五六七八九十", r) && strings.HasPrefix(l[n:], "、") {
		return true
	}
	return endsInColon(l) && columns(l) <= 40
}

// markdownHeading reports whether a line is # and a space and a title.
func markdownHeading(l string) bool {
	rest := strings.TrimLeft(l, "#")
	return len(rest) < len(l) && len(l)-len(rest) <= 6 && strings.HasPrefix(rest, " ")
}

func endsInColon(l string) bool {
	l = strings.TrimRight(l, " \t*")
	return strings.HasSuffix(l, "：") || strings.HasSuffix(l, ":")
}

// endsSentence reports whether a line ends where a sentence does.
func endsSentence(l string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(l, " \t*）)”\"』」"))
	return strings.ContainsRune("。！？；.!?;：:", r)
}
