package text

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// A Glossary holds groups of terms that mean the same, in one language or in several.
type Glossary [][]string

// longestTerm is how many characters a term of a glossary may have.
const longestTerm = 60

// ParseGlossary reads a group of terms a line, with "=" or "," between them:
//
//	容器编排 = orchestration, 编排
//
// Blank lines are left out, and so is what follows a # at the beginning of a line or behind
// a space. An error names the line.
func ParseGlossary(src string) (Glossary, error) {
	var g Glossary
	n := 0
	for line := range strings.Lines(src) {
		n++
		group, err := terms(line)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		if group != nil {
			g = append(g, group)
		}
	}
	return g, nil
}

// terms returns the group of a line, nil where it has none.
func terms(line string) ([]string, error) {
	line = " " + strings.TrimSpace(line)
	if i := strings.Index(line, " #"); i >= 0 {
		line = line[:i]
	}
	if strings.TrimSpace(line) == "" {
		return nil, nil
	}
	var group []string
	for t := range strings.FieldsFuncSeq(line, func(r rune) bool { return strings.ContainsRune("=＝,，", r) }) {
		if t = strings.TrimSpace(t); t == "" {
			continue
		}
		if utf8.RuneCountInString(t) > longestTerm {
			return nil, fmt.Errorf("a term has more than %d characters: write words, no sentences", longestTerm)
		}
		group = append(group, t)
	}
	switch len(group) {
	case 0:
		return nil, fmt.Errorf("no term: write words that mean the same, with = between them")
	case 1:
		return nil, fmt.Errorf("%q stands alone: write what means the same behind it, with = between them", group[0])
	}
	return group, nil
}
