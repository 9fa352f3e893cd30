package search

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed questionwords.txt
var questionWordsText string

// questionWords returns the phrases that make a query a question and say nothing of what
// it is about.
var questionWords = sync.OnceValue(func() *thesaurus {
	t := newThesaurus(Glossary{}, nil)
	for line := range strings.Lines(questionWordsText) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		for phrase := range strings.SplitSeq(line, ",") {
			if phrase = strings.TrimSpace(phrase); phrase != "" {
				t.add([]string{phrase})
			}
		}
	}
	return t
})
