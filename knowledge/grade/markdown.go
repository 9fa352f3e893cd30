package grade

import (
	"strings"
	"unicode/utf8"

	"studybot/knowledge/pattern"
)

var (
	imageLink   = pattern.New(`!\[[^\]\n]*\]\([^)\n]*\)`)
	textLink    = pattern.New(`\[([^\]\n]+)\]\((?:https?:|/|#|\.)[^)\n]*\)`)
	wikiLink    = pattern.New(`\[\[(?:[^\]|\n]+\|)?([^\]|\n]+)\]\]`)
	htmlTag     = pattern.New(`(?i)</?(?:br|p|b|i|em|strong|code|font|span|div|details|summary|sub|sup|u|img|a|kbd|mark|center)(?:\s[^<>\n]*)?/?>`)
	htmlComment = pattern.New(`(?s)<!--.*?-->`)
	lineBreak   = pattern.New(`(?i)\s*<br\s*/?>\s*`)
	cloze       = pattern.New(`\{\{c\d{1,3}::([^{}\n]+?)(?:::[^{}\n]*)?\}\}`)
)

// tidy makes text of unknown origin safe to read: valid UTF-8, no control or format
// characters, none for private use, "\n" the only line end. What is longer than maxBytes is cut.
func tidy(s string) string {
	s = s[:min(len(s), maxBytes)]
	if notTidy(s) == len(s) {
		return s
	}
	s = strings.ToValidUTF8(s, " ")
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(tidyRune, s)
}

var markup = chars("*_~=`[<{!\\")

// plain takes the Markdown off one line of prose. What stands in backticks stays as it
// is, without them.
func plain(s string) string {
	if !markup.in(s) {
		return strings.TrimSpace(s)
	}
	if strings.IndexByte(s, '`') < 0 {
		return strings.TrimSpace(unmark(s))
	}
	var spans []string
	s = withSpans(s, func(m string) string {
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
	if strings.IndexByte(s, '[') >= 0 {
		s = imageLink.ReplaceAllString(s, "")
		s = wikiLink.ReplaceAllString(s, "$1")
		s = textLink.ReplaceAllString(s, "$1")
	}
	if strings.Contains(s, "{{c") {
		s = cloze.ReplaceAllString(s, "$1")
	}
	if strings.IndexByte(s, '<') >= 0 {
		s = htmlTag.ReplaceAllString(s, " ")
	}
	s = unstress(s)
	s = strings.ReplaceAll(s, "**", "")
	s = strings.ReplaceAll(s, "`", "")
	if strings.IndexByte(s, '\\') < 0 {
		return strings.TrimSpace(s)
	}
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

// withSpans replaces the code spans of a line, `a` and “a`b“, with their backticks.
func withSpans(s string, by func(span string) string) string {
	var b strings.Builder
	done := 0
	for from, double := 0, true; ; {
		i := strings.IndexByte(s[from:], '`')
		if i < 0 || from+i+2 >= len(s) {
			break
		}
		i += from
		end := -1
		switch {
		case s[i+1] != '`':
			if end = strings.IndexByte(s[i+1:], '`'); end >= 0 {
				end += i + 2
			}
		case double:
			if end = strings.Index(s[i+3:], "``"); end >= 0 {
				end += i + 5
			} else {
				double = false
			}
		}
		if end < 0 {
			from = i + 1
			continue
		}
		b.WriteString(s[done:i])
		b.WriteString(by(s[i:end]))
		done, from = end, end
	}
	if done == 0 {
		return s
	}
	b.WriteString(s[done:])
	return b.String()
}

// unstress takes the marks of emphasis off a line: **bold**, ~~struck~~, ==marked==.
// What has different marks at its ends stays, and so does code that compares.
func unstress(s string) string {
	var b strings.Builder
	done, dead := 0, 0
	for i := 0; i+2 < len(s); {
		if !stress(s[i:]) {
			i++
			continue
		}
		end, scanned := stressEnd(s, i+2, dead)
		if end < 0 {
			dead = max(dead, scanned)
			i++
			continue
		}
		whole, inner := s[i:end], s[i+2:end-2]
		if whole[:2] == whole[len(whole)-2:] && !(whole[:2] == "==" && strings.ContainsAny(whole, "()$")) {
			b.WriteString(s[done:i])
			b.WriteString(inner)
			done = end
		}
		i = end
	}
	if done == 0 {
		return s
	}
	b.WriteString(s[done:])
	return b.String()
}

func stress(s string) bool {
	return len(s) > 1 && s[0] == s[1] && (s[0] == '*' || s[0] == '~' || s[0] == '=')
}

// stressEnd finds the end of the mark that closes what a mark before from opens, or -1 and
// how far there is none. No character before dead stands before a mark that closes.
func stressEnd(s string, from, dead int) (end, scanned int) {
	first, size := utf8.DecodeRuneInString(s[from:])
	if size == 0 || strings.ContainsRune(" \n*~=", first) || from < dead {
		return -1, 0
	}
	for i := from + size; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == '*' || r == '\n' {
			return alone(s, from+size, i)
		}
		if !strings.ContainsRune(" ~=", r) && stress(s[i+n:]) {
			return i + n + 2, 0
		}
		i += n
	}
	return alone(s, from+size, len(s))
}

// alone closes behind one character, where a mark stands there.
func alone(s string, at, scanned int) (int, int) {
	if stress(s[at:]) {
		return at + 2, 0
	}
	return -1, scanned
}
