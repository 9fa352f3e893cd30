package search

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
)

//go:embed questionwords.txt
var questionWordsText string

// askers are the phrases that make a query a question and say nothing of what it is about.
type askers struct {
	always  *thesaurus
	english *thesaurus // of a query that is all English
	kept    *thesaurus // words that look as if they had such a phrase in them
}

var questionWords = sync.OnceValue(func() askers {
	a := askers{newThesaurus(), newThesaurus(), newThesaurus()}
	for line := range strings.Lines(questionWordsText) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "#") {
			continue
		}
		into := a.always
		if rest, ok := strings.CutPrefix(line, "="); ok {
			line, into = rest, a.english
		} else if rest, ok := strings.CutPrefix(line, "+"); ok {
			line, into = rest, a.kept
		}
		for phrase := range strings.SplitSeq(line, ",") {
			if phrase = strings.TrimSpace(phrase); phrase != "" {
				into.add([]string{phrase})
			}
		}
	}
	return a
})

// dropQuestionWords says which atoms only make the query a question. When they are all
// there is, none is dropped. A word in capitals is a name, whatever it looks like.
func (q *question) dropQuestionWords(words []qword) []bool {
	drop := make([]bool, len(q.atoms))
	lists := questionWords()
	mark := func(t *thesaurus, as bool) {
		for _, m := range t.find(q.atoms) {
			for i := m.from; i < m.to; i++ {
				if !capitals(words[q.atoms[i].word].text) {
					drop[i] = as
				}
			}
		}
	}
	mark(lists.always, true)
	if !hasHan(words) {
		mark(lists.english, true)
	}
	mark(lists.kept, false)
	q.asked = false
	for i := range drop {
		q.asked = q.asked || !drop[i]
	}
	if !q.asked {
		clear(drop)
	}
	return drop
}

func hasHan(words []qword) bool {
	for _, w := range words {
		if w.han {
			return true
		}
	}
	return false
}

// capitals reports whether a word of two letters or more is written in capitals alone.
func capitals(w string) bool {
	for _, r := range w {
		if !unicode.IsUpper(r) {
			return false
		}
	}
	return len(w) > 1
}
