package search

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed words.txt
var wordsText string

// A lexicon holds words that are spelt right though the notes do not have them.
type lexicon struct {
	common map[string]bool // stems of ordinary English words
	names  map[string]bool // stems of names
}

var spelling = sync.OnceValue(func() *lexicon {
	l := &lexicon{common: map[string]bool{}, names: map[string]bool{}}
	for line := range strings.Lines(wordsText) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "#") {
			continue
		}
		list, into := line, l.common
		if rest, ok := strings.CutPrefix(line, "@"); ok {
			list, into = rest, l.names
		}
		for w := range strings.FieldsSeq(list) {
			into[stem(w)] = true
		}
	}
	return l
})
