package note

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// itemMark reads a list marker and returns its style, its number and the text after it.
func itemMark(s string) (mark string, n int, text string, ok bool) {
	switch c := s[0]; {
	case c == '-' || c == '*' || c == '+':
		if len(s) == 1 {
			return "-", 0, "", true
		}
		if s[1] == ' ' || s[1] == '\t' {
			return "-", 0, strings.TrimSpace(s[1:]), true
		}
		return "", 0, "", false
	case c >= '0' && c <= '9':
		return digitMark(s)
	case c == '(':
		return parenMark(s, 1, ")")
	case c < utf8.RuneSelf:
		return "", 0, "", false
	}
	r, size := utf8.DecodeRuneInString(s)
	switch {
	case r == '•' || r == '●' || r == '◦' || r == '▪' || r == '■' || r == '·' || r == '○' || r == '◆' || r == '➤' || r == '⚫' || r == '–':
		rest := strings.TrimSpace(s[size:])
		return "-", 0, rest, rest != ""
	case r >= '①' && r <= '⑳':
		return "①", int(r-'①') + 1, strings.TrimSpace(s[size:]), true
	case r == '（':
		return parenMark(s, size, "）")
	case r >= '０' && r <= '９':
		return digitMark(narrowNumber(s))
	case r == '第':
		return stepMark(s)
	}
	if v, used := hanNumber(s); used > 0 {
		if rest, found := strings.CutPrefix(s[used:], "、"); found {
			return "一、", v, strings.TrimSpace(rest), strings.TrimSpace(rest) != ""
		}
	}
	return "", 0, "", false
}

// narrowNumber returns s with the wide digits that it begins with as those of ASCII.
func narrowNumber(s string) string {
	var digits []byte
	for {
		r, size := utf8.DecodeRuneInString(s)
		if r < '０' || r > '９' {
			return string(digits) + s
		}
		digits = append(digits, byte('0'+r-'０'))
		s = s[size:]
	}
}

// digitMark reads "1. x", "1.x", "1) x", "1、x", "1）x". "1.5 GB", "10.0.0.1" and "3.2.1 x" are no items.
func digitMark(s string) (string, int, string, bool) {
	i, n := 0, 0
	for i < len(s) && i < 4 && s[i] >= '0' && s[i] <= '9' {
		n = n*10 + int(s[i]-'0')
		i++
	}
	r, size := utf8.DecodeRuneInString(s[i:])
	rest := s[i+size:]
	next, _ := utf8.DecodeRuneInString(rest)
	spaced := next == ' ' || next == '\t' || next == '\u00a0'
	switch r {
	case '.', '．':
		switch {
		case rest == "" || spaced:
			return "1. ", n, strings.TrimSpace(rest), true
		case unicode.IsDigit(next) || next == '.' || next == '-' || next == '%':
			return "", 0, "", false
		case r == '.' && unicode.IsLower(next) && len(rest) < 4:
			return "", 0, "", false // 7.x, 1.js
		}
		return "1.", n, rest, true
	case ')', '）':
		return "1)", n, strings.TrimSpace(rest), true
	case '、':
		return "1、", n, strings.TrimSpace(rest), true
	}
	return "", 0, "", false
}

func parenMark(s string, open int, end string) (string, int, string, bool) {
	i, n := open, 0
	for i < len(s) && i < open+3 && s[i] >= '0' && s[i] <= '9' {
		n = n*10 + int(s[i]-'0')
		i++
	}
	style := "(1)"
	if i == open {
		v, used := hanNumber(s[i:])
		if used == 0 {
			return "", 0, "", false
		}
		n, i, style = v, i+used, "(一)"
	}
	for _, e := range []string{end, ")", "）"} {
		if rest, found := strings.CutPrefix(s[i:], e); found {
			rest = strings.TrimSpace(rest)
			return style, n, rest, rest != ""
		}
	}
	return "", 0, "", false
}

// stepMark reads "第1步：x" and "第一步 x"; the mark stays in the text, because it is read.
func stepMark(s string) (string, int, string, bool) {
	rest := strings.TrimPrefix(s, "第")
	i, n := 0, 0
	for i < len(rest) && i < 2 && rest[i] >= '0' && rest[i] <= '9' {
		n = n*10 + int(rest[i]-'0')
		i++
	}
	if i == 0 {
		n, i = hanNumber(rest)
	}
	if i == 0 || !strings.HasPrefix(rest[i:], "步") {
		return "", 0, "", false
	}
	return "第1步", n, s, true
}

// hanNumber reads a Chinese number up to 99 and returns its value and its length in bytes.
func hanNumber(s string) (value, used int) {
	const digits = "一二三四五六七八九"
	tens, unit := 0, 0
	for used < len(s) && used < 9 {
		r, size := utf8.DecodeRuneInString(s[used:])
		if r == '十' {
			tens = max(unit, 1)
			unit = 0
		} else if k := strings.IndexRune(digits, r); k >= 0 && unit == 0 {
			unit = k/3 + 1
		} else {
			break
		}
		used += size
	}
	return tens*10 + unit, used
}
