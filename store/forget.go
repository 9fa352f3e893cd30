package store

import (
	"strings"
	"unicode"

	"go.etcd.io/bbolt"

	"studybot/knowledge"
)

// acceptedCases are the numbers of the cases that were accepted.
func acceptedCases(tx *bbolt.Tx) (map[uint64]bool, error) {
	numbers := map[uint64]bool{}
	return numbers, entries(tx, 0, func(e Entry) error {
		if e.What == WasDecided && e.Accepted {
			numbers[e.Decides] = true
		}
		return nil
	})
}

// forgetPoints drops the texts of key points that are words of a member, whose reply was accepted as an answer, and
// reports whether there were any. It changes g in place.
func forgetPoints(g knowledge.Grade, words map[string]bool) (found bool) {
	for i := range g.Points {
		p := &g.Points[i]
		for text, accepted := range words {
			if accepted && p.Text != "" && strings.Contains(letters(text), letters(p.Text)) {
				p.Text, found = "", true
			}
		}
	}
	return found
}

// letters are the letters and digits of a text: a key point has neither the marks nor the line ends of what it was
// made from.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}
