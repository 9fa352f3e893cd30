// Package text brings Chinese, English and mixed text into one form, so that what reads
// the same compares the same.
//
// The form is NFKC, lower case, simplified characters: full-width letters become plain
// ones, ligatures come apart, Traditional Chinese reads like Simplified. Characters are
// replaced one by one, so a word that two regions write differently (資料庫, 数据库) stays
// two words.
package text

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns s in NFKC, lower case: full-width letters become plain ones.
func Fold(s string) string {
	return strings.ToLower(norm.NFKC.String(s))
}

// Simplify returns s with every Traditional character replaced by its simplified form.
// Everything else, and the number of characters, stays as it is.
func Simplify(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return Simple(r) != r }) < 0 {
		return s
	}
	return strings.Map(Simple, s)
}

// Normal returns s folded and simplified: the form in which two texts are compared.
func Normal(s string) string { return Simplify(Fold(s)) }

// Simple returns the simplified form of a Traditional character, and any other
// character as it is.
func Simple(r rune) rune {
	if r < firstHan || r > lastHan {
		return r
	}
	if s := simplified[r-firstHan]; s != 0 {
		return rune(s)
	}
	return r
}

// IsHan reports whether r is a letter of a script that is written without spaces
// between words or is best searched by syllable: Han, Kana, Bopomofo, Hangul.
func IsHan(r rune) bool {
	switch {
	case r < 0x1100:
		return false
	case r >= 0x4E00 && r <= 0x9FFF, r >= 0xAC00 && r <= 0xD7A3:
		return true
	case r == '々', r == '〇', r == 'ー':
		return true
	}
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo) &&
		unicode.IsLetter(r)
}

// The block of characters that the table covers.
const (
	firstHan = 0x3400
	lastHan  = 0x9FFF
)

//go:embed simplified.txt
var simplifiedTable string

var simplified = readTable(simplifiedTable)

// readTable reads lines of pairs, a character and its simplified form; a line that
// begins with # is a comment.
func readTable(src string) *[lastHan - firstHan + 1]uint16 {
	var t [lastHan - firstHan + 1]uint16
	for line := range strings.Lines(src) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for line = strings.TrimSpace(line); line != ""; {
			from, n := utf8.DecodeRuneInString(line)
			to, m := utf8.DecodeRuneInString(line[n:])
			if from >= firstHan && from <= lastHan {
				t[from-firstHan] = uint16(to)
			}
			line = line[n+m:]
		}
	}
	return &t
}
