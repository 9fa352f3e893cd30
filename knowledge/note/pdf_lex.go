package note

import (
	"bytes"
	"encoding/hex"
	"strconv"
	"strings"
)

// The kinds of tokens.
const (
	pdfEnd = iota
	pdfNumber
	pdfString
	pdfName
	pdfWord
)

type pdfToken struct {
	kind   int
	number float64
	text   string // of a string its bytes; of a name without the slash
}

// A pdfLexer cuts a stream of operators into tokens. Brackets are left out: arrays and
// dictionaries become their elements.
type pdfLexer struct {
	src      []byte
	at       int
	brackets bool // those of arrays are words
}

func (l *pdfLexer) next() pdfToken {
	for l.at < len(l.src) {
		c := l.src[l.at]
		switch {
		case l.brackets && (c == '[' || c == ']'):
			l.at++
			return pdfToken{kind: pdfWord, text: string(c)}
		case c <= ' ' || strings.IndexByte("[]{}>)", c) >= 0:
			l.at++
		case c == '%':
			for l.at < len(l.src) && l.src[l.at] != '\n' && l.src[l.at] != '\r' {
				l.at++
			}
		case c == '(':
			return pdfToken{kind: pdfString, text: l.literal()}
		case c == '<':
			if l.at++; l.at < len(l.src) && l.src[l.at] == '<' {
				l.at++
				continue
			}
			return pdfToken{kind: pdfString, text: l.hex()}
		case c == '/':
			l.at++
			return pdfToken{kind: pdfName, text: pdfNameOf(l.regular())}
		default:
			word := l.regular()
			if strings.Trim(word, "+-.0123456789") != "" {
				return pdfToken{kind: pdfWord, text: word}
			}
			n, _ := strconv.ParseFloat(word, 64) // what is no number counts as 0
			return pdfToken{kind: pdfNumber, number: max(-1e9, min(n, 1e9))}
		}
	}
	return pdfToken{kind: pdfEnd}
}

// regular reads to the next white space or bracket.
func (l *pdfLexer) regular() string {
	from := l.at
	for l.at < len(l.src) && l.src[l.at] > ' ' && strings.IndexByte("()<>[]{}/%", l.src[l.at]) < 0 {
		l.at++
	}
	return string(l.src[from:l.at])
}

// literal reads a string in parentheses.
func (l *pdfLexer) literal() string {
	var b []byte
	depth := 0
	for l.at < len(l.src) {
		c := l.src[l.at]
		l.at++
		switch c {
		case '\\':
			b = l.escape(b)
			continue
		case '(':
			if depth++; depth == 1 {
				continue
			}
		case ')':
			if depth--; depth == 0 {
				return string(b)
			}
		}
		b = append(b, c)
	}
	return string(b)
}

// escape reads what follows a backslash.
func (l *pdfLexer) escape(b []byte) []byte {
	if l.at >= len(l.src) {
		return b
	}
	c := l.src[l.at]
	l.at++
	switch c {
	case 'n':
		return append(b, '\n')
	case 'r':
		return append(b, '\r')
	case 't':
		return append(b, '\t')
	case 'b':
		return append(b, '\b')
	case 'f':
		return append(b, '\f')
	case '\r':
		if l.at < len(l.src) && l.src[l.at] == '\n' {
			l.at++
		}
		return b
	case '\n':
		return b
	}
	if c < '0' || c > '7' {
		return append(b, c)
	}
	n := int(c - '0')
	for range 2 {
		if l.at < len(l.src) && '0' <= l.src[l.at] && l.src[l.at] <= '7' {
			n = n*8 + int(l.src[l.at]-'0')
			l.at++
		}
	}
	return append(b, byte(n))
}

// hex reads a string of hexadecimal digits, after "<".
func (l *pdfLexer) hex() string {
	end := bytes.IndexByte(l.src[l.at:], '>')
	if end < 0 {
		end = len(l.src) - l.at
	}
	digits := bytes.Map(func(r rune) rune {
		if strings.ContainsRune("0123456789abcdefABCDEF", r) {
			return r
		}
		return -1
	}, l.src[l.at:l.at+end])
	l.at = min(l.at+end+1, len(l.src))
	if len(digits)%2 != 0 {
		digits = append(digits, '0')
	}
	out, _ := hex.DecodeString(string(digits))
	return string(out)
}

// skipPicture goes to the end of a picture that stands among the operators: "EI" between
// white space.
func (l *pdfLexer) skipPicture() {
	for {
		i := bytes.Index(l.src[l.at:], []byte("EI"))
		if i < 0 {
			l.at = len(l.src)
			return
		}
		end := l.at + i + 2
		before, after := l.src[end-3], byte(' ')
		if end < len(l.src) {
			after = l.src[end]
		}
		l.at = end
		if before <= ' ' && after <= ' ' {
			return
		}
	}
}

// pdfNameOf reads the escapes of a name: "#20" is a space.
func pdfNameOf(s string) string {
	if strings.IndexByte(s, '#') < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '#' && i+2 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				b.WriteByte(byte(n))
				i += 2
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
