package card

import (
	"crypto/sha256"
	"encoding/base32"
	"strconv"
	"strings"
	"unicode"

	"studybot/knowledge"
	"studybot/knowledge/text"
)

// fold brings s into the form in which questions are compared.
func fold(s string) string { return text.Fold(s) }

// key is what a question is known by: its letters and digits, folded.
func key(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '+' || r == '#' {
			return r
		}
		return -1
	}, fold(s))
}

// identity is 12 characters, a-z and 2-7, that depend on the words of a question alone.
func identity(words string) knowledge.ID {
	sum := sha256.Sum256([]byte(key(words)))
	return knowledge.ID(strings.ToLower(base32.StdEncoding.EncodeToString(sum[:]))[:12])
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
