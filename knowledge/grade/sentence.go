package grade

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// sentences splits a paragraph. Together they are the paragraph.
func sentences(s string) []string {
	return splitAfter(s, func(s string, i int, r rune) bool {
		switch r {
		case '。', '！', '？', '\n':
			return true
		case '.', '!', '?':
			return stops(s[i+1:]) && !(r == '.' && abbreviates(s[:i]))
		}
		return false
	})
}

// thoughts splits a paragraph into sentences, and a sentence that lists three things or
// more at its semicolons too. Two halves stay together: the second seldom says what it
// speaks of.
func thoughts(s string) []string {
	var out []string
	for _, sentence := range sentences(s) {
		if strings.Count(sentence, "；")+strings.Count(sentence, ";") >= 2 {
			if parts := splitAfter(sentence, atSemicolon); len(parts) >= 3 && apart(parts) {
				out = append(out, parts...)
				continue
			}
		}
		out = append(out, sentence)
	}
	return out
}

func atSemicolon(s string, i int, r rune) bool { return r == '；' || r == ';' && stops(s[i+1:]) }

// apart reports whether none of the parts leans on the one before it, or on a name that
// the first one begins with.
func apart(parts []string) bool {
	named := strings.Contains(parts[0], "：") || strings.Contains(parts[0], ": ")
	for i := 1; i < len(parts); i++ {
		if named && !names(trimMarks(parts[i])) {
			return false
		}
		if dangles(parts[i-1], parts[i]) {
			return false
		}
	}
	return true
}

// clauses splits a sentence, or a whole answer, at commas too. Together they are the text.
func clauses(s string) []string {
	return splitAfter(s, func(s string, i int, r rune) bool {
		switch r {
		case '。', '！', '？', '；', '\n', '，', '…':
			return true
		case '.', '!', '?':
			return stops(s[i+1:]) && !(r == '.' && abbreviates(s[:i]))
		case ';':
			return true
		case ',':
			return !digitBetween(s, i)
		}
		next, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
		return circled(next)
	})
}

// circled reports whether r is a number in a circle, as people write before a step.
func circled(r rune) bool { return r >= '①' && r <= '⑳' || r >= '❶' && r <= '❿' }

// stops reports whether a Latin full stop before rest ends something: a space or a
// Chinese character follows, or nothing.
func stops(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return rest == "" || r == ' ' || r == '\n' || unicode.Is(unicode.Han, r)
}

// abbreviates reports whether s ends in something that is written with a full stop.
func abbreviates(s string) bool {
	tail := strings.ToLower(s[max(0, len(s)-4):])
	for _, a := range []string{"e.g", "i.e", "etc", " vs", " no", "cf"} {
		if strings.HasSuffix(tail, a) {
			return true
		}
	}
	r, size := utf8.DecodeLastRuneInString(s)
	return unicode.IsDigit(r) && len(s) == size
}

func digitBetween(s string, i int) bool {
	return i > 0 && i+1 < len(s) && isDigit(s[i-1]) && isDigit(s[i+1])
}

// farClose is how many bytes behind a bracket the one that closes it is looked for.
const farClose = 180

const closing = ")）」”]}"

// splitAfter cuts s after each rune that ends says ends a piece; marks that follow stay
// with the piece, and nothing is cut within brackets or quotes that close in reach.
func splitAfter(s string, end func(s string, i int, r rune) bool) []string {
	out := make([]string, 0, 4)
	start, depth, opened, size := 0, 0, 0, 0
	for i := 0; i < len(s); i += size {
		if size = plainAt(s, i); size > 0 {
			if depth > 0 && i-opened > farClose {
				depth = 0
			}
			continue
		}
		var r rune
		r, size = utf8.DecodeRuneInString(s[i:])
		switch r {
		case '(', '（', '「', '“', '[', '{':
			if depth == 0 {
				opened = i
				if !strings.ContainsAny(s[i:min(len(s), i+farClose)], closing) {
					break
				}
			}
			depth++
		case ')', '）', '」', '”', ']', '}':
			depth = max(0, depth-1)
		}
		if depth > 0 && i-opened > farClose {
			depth = 0
		}
		if next := i + size; end(s, i, r) && depth == 0 && next > start {
			out = append(out, s[start:next])
			start = next
		}
	}
	if start < len(s) {
		out = append(out, s[start:])
	}
	return out
}

// plainAt returns the size of the character at i where it is a Chinese one or a Latin letter
// or digit after which no number in a circle stands: no text is split at it. Else it is 0.
func plainAt(s string, i int) int {
	size := int(plainSizes[s[i]])
	if i+size > len(s) || i+size < len(s) && s[i+size] == "①"[0] {
		return 0
	}
	return size
}

// plainSizes are the sizes of the characters that plainAt knows, by their first byte.
var plainSizes = func() (sizes [256]uint8) {
	for b := range sizes {
		switch {
		case b >= 0xE4 && b <= 0xE9:
			sizes[b] = 3
		case b < utf8.RuneSelf && letterOrDigit(rune(b)):
			sizes[b] = 1
		}
	}
	return sizes
}()
