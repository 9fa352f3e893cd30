package search

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"
)

// A Glossary holds groups of terms that mean the same, in one language or in several:
// a question that holds one of them finds passages that hold another.
type Glossary struct {
	groups [][]string
}

//go:embed glossary.txt
var glossaryText string

var defaultGlossary = sync.OnceValue(func() Glossary {
	g, err := ParseGlossary(glossaryText)
	if err != nil {
		panic(err) // a test reads the same text
	}
	return g
})

// DefaultGlossary returns the terms of Linux, networks, web servers, containers and
// databases that come with the program.
func DefaultGlossary() Glossary { return defaultGlossary() }

// ParseGlossary reads a group a line, its terms divided by "=":
//
//	三次握手 = three-way handshake
//
// Blank lines and lines that begin with # are left out. An error names the line.
func ParseGlossary(src string) (Glossary, error) {
	var g Glossary
	n := 0
	for line := range strings.Lines(src) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		var group []string
		for t := range strings.SplitSeq(line, "=") {
			if t = strings.TrimSpace(t); t != "" {
				group = append(group, t)
			}
		}
		if len(group) < 2 {
			return Glossary{}, fmt.Errorf("glossary: line %d: want two terms or more with = between them", n)
		}
		g.groups = append(g.groups, group)
	}
	return g, nil
}

// With returns a glossary of the groups of both.
func (g Glossary) With(more Glossary) Glossary {
	return Glossary{groups: append(append([][]string{}, g.groups...), more.groups...)}
}

func (g Glossary) empty() bool { return len(g.groups) == 0 }

// A thesaurus is a glossary made ready for looking up: the terms of a question are found
// in it as they stand in the text.
type thesaurus struct {
	groups  map[string][]int // key of a term to the groups it is in
	terms   [][]string       // of a group, as written
	longest int              // key parts of the longest term
	knows   map[string]bool  // Latin words in it
}

func newThesaurus(g Glossary, pairs [][2]string) *thesaurus {
	t := &thesaurus{groups: make(map[string][]int, 4*len(g.groups)), knows: map[string]bool{}}
	for _, group := range g.groups {
		t.add(group)
	}
	for _, p := range pairs {
		t.add(p[:])
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
