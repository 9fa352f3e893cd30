package grade

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"studybot/knowledge/text"
)

// A charset is a set of marks that texts are searched for. It holds no character from
// U+4000 to U+9FFF, so that Chinese text is passed over quickly.
type charset struct {
	ascii [2]uint64
	wide  []rune
}

func chars(s string) *charset {
	c := &charset{}
	for _, r := range s {
		if r < utf8.RuneSelf {
			c.ascii[r>>6] |= 1 << (r & 63)
		} else {
			c.wide = append(c.wide, r)
		}
	}
	return c
}

func (c *charset) has(r rune) bool {
	if uint32(r) < utf8.RuneSelf {
		return c.ascii[r>>6]&(1<<(r&63)) != 0
	}
	for _, w := range c.wide {
		if w == r {
			return true
		}
	}
	return false
}

// index finds the first mark of the set in a text of valid UTF-8, or -1.
func (c *charset) index(s string) int {
	for i := 0; i < len(s); {
		b := s[i]
		switch {
		case b < utf8.RuneSelf:
			if c.ascii[b>>6]&(1<<(b&63)) != 0 {
				return i
			}
			i++
		case b >= 0xE4 && b <= 0xE9:
			i += 3
		case len(c.wide) == 0:
			i += sizeFrom(b)
		default:
			r, size := utf8.DecodeRuneInString(s[i:])
			if c.has(r) {
				return i
			}
			i += size
		}
	}
	return -1
}

func (c *charset) in(s string) bool { return c.index(s) >= 0 }

// sizeFrom is the size of the character that begins with b.
func sizeFrom(b byte) int {
	switch {
	case b < 0xC0:
		return 1
	case b < 0xE0:
		return 2
	case b < 0xF0:
		return 3
	}
	return 4
}

// trimLeft and trimRight cut the marks of the set off one end of a text.
func (c *charset) trimLeft(s string) string {
	for s != "" {
		r, size := utf8.DecodeRuneInString(s)
		if !c.has(r) {
			break
		}
		s = s[size:]
	}
	return s
}

func (c *charset) trimRight(s string) string {
	for s != "" {
		r, size := utf8.DecodeLastRuneInString(s)
		if !c.has(r) {
			break
		}
		s = s[:len(s)-size]
	}
	return s
}

// fold brings a text into the form in which texts are compared: text.Normal.
func fold(s string) string {
	var out strings.Builder
	written := 0 // bytes of s
	for i, size := 0, 0; i < len(s); i += size {
		var r, f rune
		if han, ok := hanAt(s, i); ok {
			if size = 3; !traditional.has(han) {
				continue
			}
			r, f = han, text.Simple(han)
		} else {
			var alone bool
			r, size = utf8.DecodeRuneInString(s[i:])
			if f, alone = foldRune(r); !alone {
				return text.Normal(s)
			}
		}
		if f == r {
			continue
		}
		if written == 0 {
			out.Grow(len(s))
		}
		out.WriteString(s[written:i])
		out.WriteRune(f)
		written = i + size
	}
	if written == 0 {
		return s
	}
	out.WriteString(s[written:])
	return out.String()
}

// traditional are the characters that hanAt returns which have a simplified form.
var traditional = func() (set hanSet) {
	for r := rune(firstHan); r < lastHan; r++ {
		if text.Simple(r) != r {
			set.add(r)
		}
	}
	return set
}()

// foldRune folds a character that is folded alone, whatever stands beside it: ASCII,
// Chinese characters and marks, full width.
func foldRune(r rune) (folded rune, alone bool) {
	switch {
	case r < utf8.RuneSelf:
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r, true
	case r >= 0x4E00 && r <= 0x9FFF:
		return text.Simple(r), true
	case r >= '！' && r <= '～':
		return foldRune(r - '！' + '!')
	case r == '、', r == '。', r >= '《' && r <= '】', r == '“', r == '”', r == '—', r == '→':
		return r, true
	}
	return r, false
}

func isHan(r rune) bool {
	switch {
	case r >= 0x4E00 && r <= 0x9FFF:
		return true
	case r < 0x2E80, r >= 0xFF00 && r <= 0xFFFF:
		return false
	}
	return unicode.Is(unicode.Han, r)
}

func isLatin(r rune) bool { return r < 0x250 && unicode.IsLetter(r) }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// letterOrDigit is unicode.IsLetter or unicode.IsDigit.
func letterOrDigit(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return r|0x20 >= 'a' && r|0x20 <= 'z' || r >= '0' && r <= '9'
	case r >= 0x4E00 && r <= 0x9FFF:
		return true
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

func wordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return letterOrDigit(r) || r == '_'
	}
	return !isHan(r) && letterOrDigit(r)
}

func hasHan(s string) bool {
	for i := 0; i < len(s); {
		switch b := s[i]; {
		case b < utf8.RuneSelf:
			i++
		case b >= 0xE5 && b <= 0xE9:
			return true
		default:
			r, size := utf8.DecodeRuneInString(s[i:])
			if isHan(r) {
				return true
			}
			i += size
		}
	}
	return false
}

// says reports whether a text has a word at all.
func says(s string) bool {
	for _, r := range s {
		if letterOrDigit(r) {
			return true
		}
	}
	return false
}

// width is the room a text takes: 2 for a wide character, 1 for any other.
func width(s string) int {
	n := 0
	for i := 0; i < len(s); {
		switch b := s[i]; {
		case b < utf8.RuneSelf:
			n++
			i++
		case b >= 0xE2 && b < 0xF0:
			n += 2
			i += 3
		default:
			r, size := utf8.DecodeRuneInString(s[i:])
			if n++; r >= 0x1100 {
				n++
			}
			i += size
		}
	}
	return n
}

// wider reports whether a text is wider than n. It is quick where that is plain.
func wider(s string, n int) bool {
	return len(s) > n && (len(s) > 3*n || width(s) > n)
}

// notTidy finds the first character that tidy would change, or len(s).
func notTidy(s string) int {
	for i := 0; i < len(s); {
		b := s[i]
		if b < utf8.RuneSelf {
			if b < ' ' && b != '\n' || b == 0x7F {
				return i
			}
			i++
			continue
		}
		if b >= 0xE4 && b <= 0xE9 && i+2 < len(s) && s[i+1]&0xC0 == 0x80 && s[i+2]&0xC0 == 0x80 {
			i += 3
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if size == 1 || tidyRune(r) != r {
			return i
		}
		i += size
	}
	return len(s)
}

// tidyRune is what tidy makes of a character, -1 for nothing.
func tidyRune(r rune) rune {
	switch {
	case r >= ' ' && r < 0x7F, r == '\n', r > 0x3000 && r <= 0x9FFF, r >= 0xFF00 && r < 0xFFF0:
		return r
	case r == '\r', r == '\u2028', r == '\u2029':
		return '\n'
	case unicode.IsControl(r), unicode.IsSpace(r):
		return ' '
	case unicode.In(r, unicode.Cf, unicode.Co), r == utf8.RuneError:
		return -1
	}
	return r
}
