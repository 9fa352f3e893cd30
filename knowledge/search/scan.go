package search

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"studybot/knowledge/text"
)

// A word is a stretch of a text that is looked at as one: a single character of a
// script without spaces, or a Latin word with the marks inside it
// (192.168.1.1:80, proxy_cache_path, keep-alive).
type word struct {
	start, end int    // bytes of the source
	han        bool   // one character of a script without spaces
	char       rune   // of a han word: simplified
	raw        []byte // of any other word: NFKC, case kept; valid until the next call of next
	joined     bool   // a han word that goes on directly from the word before it
	digit      byte   // the digit that a joined han word goes on from, 0 for a han word
	option     bool   // a short option with its dash: -t
}

// A scanner cuts a text into words. Its work is linear in the text, whatever the text.
type scanner struct {
	src []byte
	pos int
	buf []byte

	waiting []word // characters of one source character that NFKC takes apart
	lastHan int    // where the han word before this one ended, -1 for none
	numeral int    // where a single digit at the end of the last Latin word ended, -1 for none
}

func newScanner(src []byte) *scanner { return &scanner{src: src, lastHan: -1, numeral: -1} }

// reset makes the scanner read another text and keeps its buffers.
func (s *scanner) reset(src []byte) {
	s.src, s.pos, s.waiting, s.lastHan, s.numeral = src, 0, nil, -1, -1
}

// next returns the next word of the text.
func (s *scanner) next() (word, bool) {
	if len(s.waiting) > 0 {
		w := s.waiting[0]
		s.waiting = s.waiting[1:]
		return s.han(w), true
	}
	for s.pos < len(s.src) {
		c, n := s.peek(s.pos)
		switch c.class {
		case hanClass:
			w := word{start: s.pos, end: s.pos + n, han: true, char: c.r}
			s.pos += n
			for _, r := range c.more {
				if text.IsHan(r) {
					s.waiting = append(s.waiting, word{start: w.start, end: w.end, han: true, char: text.Simple(r), joined: true})
				}
			}
			return s.han(w), true
		case wordClass:
			return s.latin(), true
		}
		s.pos += n
	}
	return word{}, false
}

// han completes a han word: it is joined to the one before it when nothing stands
// between them but a line break, because lines break anywhere in Chinese. It is joined
// to a single digit, too, which reads like a character: 3次 is 三次.
func (s *scanner) han(w word) word {
	switch {
	case s.numeral >= 0 && s.numeral == w.start:
		w.joined, w.digit = true, s.src[w.start-1]
	case s.lastHan >= 0:
		w.joined = w.joined || lineBreakOnly(s.src[s.lastHan:w.start])
	}
	s.lastHan, s.numeral = w.end, -1
	return w
}

func lineBreakOnly(gap []byte) bool {
	if len(gap) > 8 {
		return false
	}
	seen := len(gap) == 0
	for _, b := range gap {
		switch b {
		case '\n':
			seen = true
		case '\r', ' ', '\t':
		default:
			return false
		}
	}
	return seen
}

// latin reads the word that begins at s.pos.
func (s *scanner) latin() word {
	w := word{start: s.pos}
	s.buf = s.buf[:0]
	if s.dashed() {
		s.buf, w.option, w.start = append(s.buf, '-'), true, s.pos-1
	}
	for s.pos < len(s.src) {
		c, n := s.peek(s.pos)
		if c.class == wordClass {
			s.pos += n
			if n == 1 {
				s.buf = append(s.buf, byte(c.r))
				continue
			}
			s.buf = utf8.AppendRune(s.buf, c.r)
			for _, r := range c.more {
				s.buf = utf8.AppendRune(s.buf, r)
			}
			continue
		}
		if k := s.inside(c.r); k > 0 {
			s.buf = append(s.buf, s.src[s.pos:s.pos+k]...)
			s.pos += k
			continue
		}
		break
	}
	w.end, w.raw = s.pos, s.buf
	if w.option && !shortOption(w.raw) {
		w.option, w.raw, w.start = false, w.raw[1:], w.start+1
	}
	s.lastHan, s.numeral = -1, -1
	if isDigit(s.src[w.end-1]) && endsInOneDigit(w.raw) {
		s.numeral = w.end
	}
	return w
}

// endsInOneDigit reports whether a word ends in a digit that stands alone, as in TCP3.
func endsInOneDigit(raw []byte) bool {
	n := len(raw)
	return n > 0 && isDigit(raw[n-1]) && (n == 1 || !isDigit(raw[n-2]) && raw[n-2] != '.')
}

// dashed reports whether a single dash, as before an option, stands before s.pos.
func (s *scanner) dashed() bool {
	if s.pos == 0 || s.src[s.pos-1] != '-' {
		return false
	}
	if s.pos == 1 {
		return true
	}
	switch s.src[s.pos-2] {
	case ' ', '\t', '\n', '\r', '(', '[', '`', '\'', '"', '|', '{', ',', '/', '*':
		return true
	}
	return s.src[s.pos-2] >= utf8.RuneSelf
}

// shortOption reports whether a dash and what follows it look like -t or -natp.
func shortOption(raw []byte) bool {
	if len(raw) < 2 || len(raw) > 5 {
		return false
	}
	for _, b := range raw[1:] {
		if !isAlnum(b) {
			return false
		}
	}
	return true
}

// inside returns how many bytes at s.pos belong to the word although they are marks.
func (s *scanner) inside(r rune) int {
	switch r {
	case '.', '-', '/', ':', '@', '=':
		if s.pos+1 < len(s.src) && isAlnum(s.src[s.pos+1]) {
			return 1
		}
	case '+': // also c++
		if s.pos+1 < len(s.src) && isAlnum(s.src[s.pos+1]) {
			return 1
		}
		if s.pos+1 < len(s.src) && s.src[s.pos+1] == '+' && len(s.buf) == 1 {
			return 2
		}
	case '#': // c#
		if len(s.buf) == 1 && !isDigit(s.buf[0]) {
			return 1
		}
	}
	return 0
}

type class int

const (
	otherClass class = iota
	wordClass
	hanClass
)

// A folded is one source character in NFKC, with what follows where NFKC makes several of it.
type folded struct {
	class class
	r     rune
	more  string
}

// peek returns the character at pos and its length in bytes, at least 1.
func (s *scanner) peek(pos int) (folded, int) {
	b := s.src[pos]
	if b < utf8.RuneSelf {
		marked := pos+1 < len(s.src) && (s.src[pos+1] == 0xCC || s.src[pos+1] == 0xCD)
		if !marked || !isAlnum(b) {
			if isAlnum(b) {
				return folded{class: wordClass, r: rune(b)}, 1
			}
			return folded{r: rune(b)}, 1
		}
	}
	r, n := utf8.DecodeRune(s.src[pos:])
	switch {
	case r == utf8.RuneError && n <= 1:
		return folded{r: ' '}, 1
	case r >= 0x4E00 && r <= 0x9FFF:
		return folded{class: hanClass, r: text.Simple(r)}, n
	case r >= 0x3000 && r <= 0x303F && r != '々' && r != '〇', r >= 0xFF00 && r <= 0xFF0F:
		return folded{r: ' '}, n // the marks of Chinese end a word
	}
	return foldSegment(s.src[pos:])
}

// foldSegment brings a character and the marks that combine with it into NFKC.
func foldSegment(src []byte) (folded, int) {
	n := max(norm.NFKC.NextBoundary(src, true), 1)
	seg := norm.NFKC.String(string(src[:n]))
	r, m := utf8.DecodeRuneInString(seg)
	switch {
	case text.IsHan(r):
		return folded{class: hanClass, r: text.Simple(r), more: seg[m:]}, n
	case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r):
		return folded{class: wordClass, r: r, more: seg[m:]}, n
	}
	return folded{r: r}, n
}

// isAlnum reports whether b is an ASCII letter, a digit or the underscore.
func isAlnum(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '_'
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }
func isUpper(b byte) bool { return b >= 'A' && b <= 'Z' }
func isLower(b byte) bool { return b >= 'a' && b <= 'z' }
