package search

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/blevesearch/bleve/v2/index/scorch"
)

// The Latin words that a typo is repaired with, and the words that are looked at.
const (
	shortest = 4  // letters of a word that is repaired
	widest   = 24 // letters of a word that is kept
)

// A vocabulary holds the Latin words of the notes, as they are in the index (stems), by
// first letter and length, so that the words near a typo are found among a few dozen. Those of
// one letter and length stand in one string, in their order.
type vocabulary map[[2]byte]string

// readVocabulary reads the words of letters only from the index. It does not read how many passages
// hold them: to tell that of every word takes all of the index.
func readVocabulary(r *scorch.IndexSnapshot) (vocabulary, error) {
	dict, err := r.FieldDictRegexp(wordsField, fmt.Sprintf("[a-z]{%d,%d}", shortest, widest))
	if err != nil {
		return nil, err
	}
	defer func() { _ = dict.Close() }()
	words := map[[2]byte][]byte{}
	for {
		e, err := dict.Next()
		if err != nil {
			return nil, err
		}
		if e == nil {
			break
		}
		k := [2]byte{e.Term[0], byte(len(e.Term))}
		words[k] = append(words[k], e.Term...)
	}
	v := make(vocabulary, len(words))
	for k, all := range words {
		v[k] = string(all)
	}
	return v, nil
}

func lettersOnly(s string) bool {
	for i := range len(s) {
		if !isLower(s[i]) {
			return false
		}
	}
	return true
}

// A repair is a word of the notes that a typed word may have been meant to be.
type repair struct {
	text     string
	distance int
	count    int // passages that hold it
}

// mostNear is how many words near a typo are looked at.
const mostNear = 32

// near returns up to two words that w may be a slip for, the likeliest first: within one
// slip, from 8 letters on within two, and nearer or more frequent than any other of the first
// mostNear, as count says. A slip is a letter too many, too few, another, or two letters swapped.
func (v vocabulary) near(w string, count func(word string) int) []repair {
	n := len(w)
	if n < shortest || n > widest || !lettersOnly(w) {
		return nil
	}
	most := 1
	if n >= 8 {
		most = 2
	}
	var candidates [3][]string // by distance
	firsts := []byte{w[0]}
	if w[1] != w[0] {
		firsts = append(firsts, w[1]) // the first two letters swapped, or the first missing
	}
	for _, first := range firsts {
		for length := max(n-most, shortest); length <= min(n+most, widest); length++ {
			for all := v[[2]byte{first, byte(length)}]; all != ""; all = all[length:] {
				if d := slips(w, all[:length], most); d > 0 && d <= most && len(candidates[d]) < mostNear { // 0 is w itself
					candidates[d] = append(candidates[d], all[:length])
				}
			}
		}
	}
	var found []repair
	for d := 1; d <= most && len(found) == 0; d++ {
		for _, word := range candidates[d] {
			if many := count(word); many > 0 { // else of deleted notes
				found = append(found, repair{text: word, distance: d, count: many})
			}
		}
	}
	slices.SortFunc(found, func(a, b repair) int {
		return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.text, b.text))
	})
	return found[:min(2, len(found))]
}

// slips is the optimal string alignment distance of two words of letters, or any number
// greater than most when it is greater than most.
func slips(a, b string, most int) int {
	if len(a)-len(b) > most || len(b)-len(a) > most {
		return most + 1
	}
	var rows [3][widest + 4]uint8
	before, prev, row := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		prev[j] = uint8(j)
	}
	for i := 1; i <= len(a); i++ {
		row[0] = uint8(i)
		least := row[0]
		for j := 1; j <= len(b); j++ {
			cost := uint8(1)
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(prev[j]+1, row[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, before[j-2]+1)
			}
			row[j] = d
			least = min(least, d)
		}
		if int(least) > most {
			return most + 1
		}
		before, prev, row = prev, row, before
	}
	return int(prev[len(b)])
}
