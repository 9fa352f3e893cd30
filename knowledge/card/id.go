package card

import (
	"crypto/sha256"
	"encoding/base32"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"studybot/knowledge"
	"studybot/knowledge/text"
)

// fold brings s into the form in which questions are compared.
func fold(s string) string {
	for i, r := range s {
		if f, alone := foldRune(r); !alone {
			return text.Fold(s)
		} else if f != r {
			return foldFrom(s, i)
		}
	}
	return s
}

// foldFrom folds s from byte i on, where all that stands before is folded.
func foldFrom(s string, i int) string {
	out := append(make([]byte, 0, len(s)), s[:i]...)
	for _, r := range s[i:] {
		f, alone := foldRune(r)
		if !alone {
			return text.Fold(s)
		}
		out = utf8.AppendRune(out, f)
	}
	return string(out)
}

// foldRune folds a character that [text.Fold] folds alone, whatever stands beside it: ASCII,
// Chinese characters, full width.
func foldRune(r rune) (folded rune, alone bool) {
	switch {
	case r >= '！' && r <= '～':
		r += '!' - '！'
	case r >= 0x4e00 && r <= 0x9fff, r == '。', r == '、':
		return r, true
	case r >= utf8.RuneSelf:
		return r, false
	}
	if r >= 'A' && r <= 'Z' {
		r += 'a' - 'A'
	}
	return r, true
}

// key is what a question is known by: its letters and digits, folded.
func key(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 0x4e00 && r <= 0x9fff || unicode.IsLetter(r) || unicode.IsDigit(r) || r == '+' || r == '#' {
			return r
		}
		return -1
	}, fold(s))
}

// identity is 12 characters, a-z and 2-7, that depend on the words of a question alone.
func identity(words string) knowledge.ID {
	sum := sha256.Sum256([]byte(key(words)))
	return knowledge.ID(strings.ToLower(base32.StdEncoding.EncodeToString(sum[:])[:12]))
}

// distinguish gives cards of one note that ask in the same words IDs of their own: by
// the title around them, then by their order.
func distinguish(cards []knowledge.Card) {
	count := map[knowledge.ID]int{}
	for _, c := range cards {
		count[c.ID]++
	}
	seen := map[knowledge.ID]int{}
	for i, c := range cards {
		if count[c.ID] == 1 {
			seen[c.ID]++
			continue
		}
		id := c.ID
		if n := len(c.Path); n > 0 {
			id = identity(c.Path[n-1] + "\x00" + string(c.ID))
		}
		if n := seen[id]; n > 0 {
			seen[id]++
			id = identity(string(id) + "#" + strconv.Itoa(n))
		}
		seen[id]++
		cards[i].ID = id
	}
}
