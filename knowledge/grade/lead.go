package grade

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"studybot/knowledge/pattern"
)

// A mark is what stands before the words of a line.
type mark int

const (
	noMark mark = iota
	bullet
	ordered
	heading
	quote
)

var bullets = chars("•·●○▪◆■▶➤★☆")

// lead splits the list mark, numbering or heading marks off the front of a line that
// is trimmed of space. Level counts the marks of a heading.
func lead(s string) (m mark, level int, rest string) {
	for strings.HasPrefix(s, ">") {
		m, s = quote, strings.TrimLeft(s[1:], " ")
	}
	if n := len(s) - len(strings.TrimLeft(s, "#")); n > 0 && n <= 6 && (len(s) == n || s[n] == ' ') {
		return heading, n, strings.TrimSpace(strings.TrimRight(s[n:], "# "))
	}
	r, size := utf8.DecodeRuneInString(s)
	switch {
	case (r == '-' || r == '*' || r == '+') && len(s) > size && s[size] == ' ':
		return bullet, 0, uncheck(strings.TrimSpace(s[size:]))
	case bullets.has(r):
		return bullet, 0, strings.TrimSpace(s[size:])
	case r >= '①' && r <= '⑳', r >= '❶' && r <= '❿':
		return ordered, 0, strings.TrimLeft(s[size:], " .、:：")
	}
	if rest, ok := numbered(s); ok {
		return ordered, 0, rest
	}
	return m, 0, s
}

func uncheck(s string) string {
	for _, box := range []string{"[ ] ", "[x] ", "[X] "} {
		if rest, ok := strings.CutPrefix(s, box); ok {
			return rest
		}
	}
	return s
}

// numbered cuts "1." "2）" "（三）" "一、" "第一，" "Step 4:" and the like.
func numbered(s string) (string, bool) {
	end := numberEnd(s)
	if end < 0 {
		return s, false
	}
	if r, size := utf8.DecodeLastRuneInString(s[:end]); isDigit(s[0]) && unicode.IsLetter(r) {
		end -= size
	}
	return strings.TrimLeft(s[end:], " 　"), true
}

// number matches the numberings that do not begin with a digit.
var number = pattern.New(`^(?:[(（](?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-zA-Z])[)）][.、:：]?|[一二三四五六七八九十]{1,3}[、.．]|(?i:step)\s?\d{1,2}\s?[.:：、]?|步骤\s?[\d一二三四五六七八九十]{1,2}\s?[.:：、]?|第[一二三四五六七八九十\d]{1,2}[步点]?[，,、:：])`)

// numberEnd finds the end of the numbering that a line begins with, or -1. Behind digits
// alone the first letter of the words belongs to it.
func numberEnd(s string) int {
	if s == "" {
		return -1
	}
	if isDigit(s[0]) {
		return digitsEnd(s)
	}
	if s[0] < utf8.RuneSelf && s[0] != '(' && !(len(s) > 4 && strings.EqualFold(s[:4], "step")) {
		return -1
	}
	if r, _ := utf8.DecodeRuneInString(s); r >= utf8.RuneSelf && !numberings.has(r) {
		return -1
	}
	if loc := number.FindStringIndex(s); loc != nil {
		return loc[1]
	}
	return -1
}

var numberings = chars("（一二三四五六七八九十步第")

// digitsEnd reads "1、" "1)" "1 客" "1. " "1.客" and "1.2 ".
func digitsEnd(s string) int {
	i := 1
	if i < len(s) && isDigit(s[i]) {
		i++
	}
	r, size := utf8.DecodeRuneInString(s[i:])
	next, after := utf8.DecodeRuneInString(s[i+size:])
	switch r {
	case '、', '）', ')':
		return i + size
	case ' ':
		spaces := len(s[i:]) - len(strings.TrimLeft(s[i:], " "))
		if first, n := utf8.DecodeRuneInString(s[i+spaces:]); spaces <= 4 && isHan(first) {
			return i + spaces + n
		}
	case '.', '．':
		switch {
		case after == 0 || next == ' ' || unicode.IsLetter(next):
			return i + size + after
		case isDigit(s[i+size]):
			k := i + size + 1
			if k < len(s) && isDigit(s[k]) {
				k++
			}
			if k < len(s) && s[k] == ' ' {
				return k + 1
			}
		}
	}
	return -1
}

// bareNumbers finds lines that begin with a number and no mark after it, 1, 2, 3 and so
// on, as text taken from a PDF has them. It returns the length of the number by line.
func bareNumbers(lines []line) map[int]int {
	next, run := 1, []int(nil)
	for i, line := range lines {
		l := line.text
		n, size := leadingInt(l)
		r, _ := utf8.DecodeRuneInString(l[size:])
		if size == 0 || n != next || !unicode.IsLetter(r) {
			continue
		}
		run = append(run, i)
		next++
	}
	if len(run) < 3 {
		return nil
	}
	found := map[int]int{}
	for k, i := range run {
		found[i] = 1
		if k >= 9 {
			found[i] = 2
		}
	}
	return found
}

func leadingInt(s string) (n, size int) {
	for size < len(s) && size < 3 && s[size] >= '0' && s[size] <= '9' {
		n = n*10 + int(s[size]-'0')
		size++
	}
	return n, size
}
