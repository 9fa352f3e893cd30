package grade

import (
	_ "embed"
	"strings"
	"sync"

	"studybot/knowledge/text"
)

//go:embed glossary.txt
var builtin string

// A Glossary knows which terms say the same, in one language or across two.
type Glossary struct {
	root   branch
	groups int
}

// branch is a tree of words: a Han character or a Latin word a step.
type branch struct {
	next   map[string]*branch
	groups []int // the groups that the words so far are a term of
}

// NewGlossary returns the built-in glossary of the field with more groups.
func NewGlossary(more text.Glossary) *Glossary {
	g := &Glossary{}
	g.read(builtin)
	for _, group := range more {
		g.groups++
		for _, term := range group {
			g.add(term, g.groups)
		}
	}
	return g
}

var defaultGlossary = sync.OnceValue(func() *Glossary { return NewGlossary(nil) })

func (g *Glossary) read(s string) {
	for line := range strings.Lines(s) {
		line, _, _ = strings.Cut(line, "#")
		if strings.TrimSpace(line) == "" {
			continue
		}
		g.groups++
		for term := range strings.SplitSeq(line, ",") {
			g.add(term, g.groups)
		}
	}
}

func (g *Glossary) add(term string, group int) {
	b := &g.root
	words := lexemes(fold(term))
	for _, w := range words {
		if b.next == nil {
			b.next = map[string]*branch{}
		}
		if b.next[w.key] == nil {
			b.next[w.key] = &branch{}
		}
		b = b.next[w.key]
	}
	if len(words) > 0 {
		b.groups = append(b.groups, group)
	}
}

// A term is a place in a text that has a term of one or more groups.
type term struct {
	groups   []int
	from, to int
	single   bool // one Han character: likely a part of another word
}

// find lists the terms in the words of a folded text, the longest at each place.
func (g *Glossary) find(words []lexeme) []term {
	var out []term
	for i, first := range words {
		b := &g.root
		best := term{}
		for n, w := range words[i:] {
			if b = b.next[w.key]; b == nil {
				break
			}
			if len(b.groups) > 0 {
				best = term{groups: b.groups, from: first.from, to: w.to, single: n == 0 && w.han()}
			}
		}
		if best.groups != nil {
			out = append(out, best)
		}
	}
	return out
}
