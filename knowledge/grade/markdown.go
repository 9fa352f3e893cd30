package grade

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	imageLink   = regexp.MustCompile(`!\[[^\]\n]*\]\([^)\n]*\)`)
	textLink    = regexp.MustCompile(`\[([^\]\n]+)\]\((?:https?:|/|#|\.)[^)\n]*\)`)
	wikiLink    = regexp.MustCompile(`\[\[(?:[^\]|\n]+\|)?([^\]|\n]+)\]\]`)
	htmlTag     = regexp.MustCompile(`(?i)</?(?:br|p|b|i|em|strong|code|font|span|div|details|summary|sub|sup|u|img|a|kbd|mark|center)(?:\s[^<>\n]*)?/?>`)
	htmlComment = regexp.MustCompile(`(?s)<!--.*?-->`)
	emphasis    = regexp.MustCompile(`(\*\*|~~|==)([^\s*~=](?:[^\n*]*?[^\s*~=])?)(\*\*|~~|==)`)
	lineBreak   = regexp.MustCompile(`(?i)\s*<br\s*/?>\s*`)
	codeSpan    = regexp.MustCompile("``[^\n]+?``|`[^`\n]+`")
	cloze       = regexp.MustCompile(`\{\{c\d{1,3}::([^{}\n]+?)(?:::[^{}\n]*)?\}\}`)
)

// tidy makes text of unknown origin safe to read: valid UTF-8, no control or format
// characters, none for private use, "\n" the only line end. What is longer than maxBytes is cut.
func tidy(s string) string {
	s = s[:min(len(s), maxBytes)]
	s = strings.ToValidUTF8(s, " ")
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\r', r == '\u2028', r == '\u2029':
			return '\n'
		case unicode.IsControl(r), unicode.IsSpace(r):
			return ' '
		case unicode.In(r, unicode.Cf, unicode.Co), r == utf8.RuneError:
			return -1
		}
		return r
	}, s)
}

// linesOf splits a text at its line ends, and at <br> outside tables.
func linesOf(s string) []string {
	var out []string
	for l := range strings.SplitSeq(s, "\n") {
		if strings.HasPrefix(strings.TrimSpace(l), "|") || strings.Contains(l, "`<br") {
			out = append(out, l)
			continue
		}
		out = append(out, lineBreak.Split(l, -1)...)
	}
	return out
}

// plain takes the Markdown off one line of prose. What stands in backticks stays as it
// is, without them.
func plain(s string) string {
	if !strings.ContainsAny(s, "*_~=`[<{!\\") {
		return strings.TrimSpace(s)
	}
	var spans []string
	s = codeSpan.ReplaceAllStringFunc(s, func(m string) string {
		if len(spans) == maxSpans {
			return m
		}
		spans = append(spans, strings.TrimSpace(strings.Trim(m, "`")))
		return string(firstSpan + rune(len(spans)-1))
	})
	s = unmark(s)
	return strings.TrimSpace(restore(s, spans))
}

// Code spans are kept away from the other marks as characters for private use.
const (
	firstSpan = '\uE000'
	maxSpans  = 1000
)

func restore(s string, spans []string) string {
	if len(spans) == 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if i := int(r - firstSpan); i >= 0 && i < len(spans) {
			b.WriteString(spans[i])
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

func unmark(s string) string {
	s = imageLink.ReplaceAllString(s, "")
	s = wikiLink.ReplaceAllString(s, "$1")
	s = textLink.ReplaceAllString(s, "$1")
	s = cloze.ReplaceAllString(s, "$1")
	s = htmlTag.ReplaceAllString(s, " ")
	s = emphasis.ReplaceAllStringFunc(s, func(m string) string {
		if m[:2] != m[len(m)-2:] || m[:2] == "==" && strings.ContainsAny(m, "()$") {
			return m
		}
		return m[2 : len(m)-2]
	})
	s = strings.ReplaceAll(s, "**", "")
	s = strings.ReplaceAll(s, "`", "")
	for _, c := range []string{"*", "_", "[", "]", "(", ")", "#", "-", ".", "<", ">"} {
		s = strings.ReplaceAll(s, `\`+c, c)
	}
	return strings.TrimSpace(s)
}

// bold returns the words of a line that stands in bold as a whole.
func bold(s string) (string, bool) {
	for _, mark := range []string{"**", "__"} {
		inner, ok := strings.CutPrefix(s, mark)
		if !ok {
			continue
		}
		inner = strings.TrimRight(inner, ":： ")
		inner, ok = strings.CutSuffix(inner, mark)
		if ok && inner != "" && !strings.Contains(inner, mark) {
			return strings.TrimSpace(inner), true
		}
	}
	if inner, ok := strings.CutPrefix(s, "【"); ok {
		if inner, ok := strings.CutSuffix(strings.TrimRight(inner, ":： "), "】"); ok && !strings.Contains(inner, "【") {
			return strings.TrimSpace(inner), true
		}
	}
	return "", false
}

// A mark is what stands before the words of a line.
type mark int

const (
	noMark mark = iota
	bullet
	ordered
	heading
	quote
)

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
	case strings.ContainsRune("-*+", r) && len(s) > size && s[size] == ' ':
		return bullet, 0, uncheck(strings.TrimSpace(s[size:]))
	case strings.ContainsRune("•·●○▪◆■▶➤★☆", r):
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

var number = regexp.MustCompile(`^(?:[(（](?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-zA-Z])[)）][.、:：]?|\d{1,2}(?:[、）)]|\s{1,4}\p{Han}|[.．](?:\s|\p{L}|$)|[.．]\d{1,2}\s)|[一二三四五六七八九十]{1,3}[、.．]|(?i:step)\s?\d{1,2}\s?[.:：、]?|步骤\s?[\d一二三四五六七八九十]{1,2}\s?[.:：、]?|第[一二三四五六七八九十\d]{1,2}[步点]?[，,、:：])`)

// numbered cuts "1." "2）" "（三）" "一、" "第一，" "Step 4:" and the like.
func numbered(s string) (string, bool) {
	loc := number.FindStringIndex(s)
	if loc == nil {
		return s, false
	}
	end := loc[1]
	if r, size := utf8.DecodeLastRuneInString(s[:end]); isDigit(s[0]) && unicode.IsLetter(r) {
		end -= size
	}
	return strings.TrimLeft(s[end:], " 　"), true
}

// bareNumbers finds lines that begin with a number and no mark after it, 1, 2, 3 and so
// on, as text taken from a PDF has them. It returns the length of the number by line.
func bareNumbers(lines []string) map[int]int {
	found := map[int]int{}
	next, run := 1, []int{}
	for i, l := range lines {
		n, size := leadingInt(l)
		r, _ := utf8.DecodeRuneInString(l[size:])
		if size == 0 || n != next || !unicode.IsLetter(r) {
			continue
		}
		run = append(run, i)
		next++
	}
	if len(run) < 3 {
		return found
	}
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

// width is the room a text takes: 2 for a wide character, 1 for any other.
func width(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r >= 0x1100 {
			n++
		}
	}
	return n
}
