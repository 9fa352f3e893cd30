package search

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"

	"studybot/knowledge/text"
)

//go:embed glossary.txt
var glossaryText string

// builtin holds terms of Linux, networks, web servers, containers and databases.
var builtin = sync.OnceValue(func() text.Glossary {
	g, err := text.ParseGlossary(glossaryText)
	if err != nil {
		panic(err) // a test reads the same text
	}
	return g
})

// A thesaurus is a glossary made ready for looking up: the terms of a question are found
// in it as they stand in the text.
type thesaurus struct {
	groups  map[string][]int // key of a term to the groups it is in
	terms   [][]string       // of a group, as written
	longest int              // key parts of the longest term
	knows   map[string]bool  // Latin words in it
}

func newThesaurus(gs ...text.Glossary) *thesaurus {
	t := &thesaurus{groups: map[string][]int{}, knows: map[string]bool{}}
	for _, g := range gs {
		for _, group := range g {
			t.add(group)
		}
	}
	return t
}

func (t *thesaurus) add(group []string) {
	id := len(t.terms)
	t.terms = append(t.terms, group)
	for _, term := range group {
		atoms := atomsOf(nil, []byte(term))
		if len(atoms) == 0 || len(atoms) > 10 {
			continue
		}
		for _, a := range atoms {
			if !a.han {
				t.knows[a.text] = true
			}
		}
		key := keyOf(atoms)
		for _, known := range t.groups[key] {
			if known == id {
				key = ""
			}
		}
		if key != "" {
			t.groups[key] = append(t.groups[key], id)
			t.longest = max(t.longest, len(atoms))
		}
	}
}

// A qatom is the smallest piece of a question: a Han character, or the stem of a part
// of a Latin word. Phrases are found as runs of them.
type qatom struct {
	text string
	han  bool
	word int // number of the word it is of
}

// atomsOf appends the pieces of a text to dst.
func atomsOf(dst []qatom, src []byte) []qatom {
	s := newScanner(src)
	n := 0
	for w, ok := s.next(); ok; w, ok = s.next() {
		if w.han {
			dst = append(dst, qatom{string(w.char), true, n})
		} else {
			for p := range strings.FieldsFuncSeq(strings.ToLower(string(w.raw)), func(r rune) bool {
				return r < utf8.RuneSelf && !isAlnum(byte(r)) && r != '.' || r == '_'
			}) {
				dst = append(dst, qatom{stem(p), false, n})
			}
		}
		n++
	}
	return dst
}

// keyOf joins atoms so that texts which read the same have the same key.
func keyOf(atoms []qatom) string {
	var b strings.Builder
	for _, a := range atoms {
		if !a.han {
			b.WriteByte(' ')
		}
		b.WriteString(a.text)
	}
	return b.String()
}

// A match is a run of atoms that a phrase list knows, to excluded.
type match struct {
	from, to int
	groups   []int
}

// find returns the phrases of a question that the thesaurus knows: at every atom the
// longest that begins there, and shorter ones only where no longer one covers them.
func (t *thesaurus) find(atoms []qatom) []match {
	var out []match
	end := 0
	for i := range atoms {
		for n := min(t.longest, len(atoms)-i); n > 0; n-- {
			if i+n <= end {
				break
			}
			if g := t.groups[keyOf(atoms[i:i+n])]; len(g) > 0 {
				out = append(out, match{i, i + n, g})
				end = i + n
				break
			}
		}
	}
	return out
}
