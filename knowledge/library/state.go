package library

import (
	"cmp"
	"maps"
	"slices"

	"studybot/knowledge"
	"studybot/knowledge/card"
	"studybot/knowledge/note"
)

// A state is what a library knows at one time. It is never changed once it is in use.
type state struct {
	files    map[string]file // by name
	notes    int
	cards    []knowledge.Card
	byID     map[knowledge.ID]int // index into cards
	known    []knowledge.Card     // cards, and those that the notes held once
	problems []knowledge.Problem
	places   places
}

// places are the notes whose lines are said as pages: their names and pages.
type places map[string]knowledge.Note

// of returns where lines of a note stand in its file.
func (p places) of(file string, lines ...knowledge.Span) []knowledge.Span {
	n, ok := p[file]
	if !ok {
		return lines
	}
	out := make([]knowledge.Span, len(lines))
	for i, s := range lines {
		out[i] = n.Place(s)
	}
	return out
}

// card returns c with its lines as places.
func (p places) card(c knowledge.Card) knowledge.Card {
	c.TitleLine = p.of(c.File, knowledge.Span{Start: c.TitleLine, End: c.TitleLine})[0].Start
	c.Lines = p.of(c.File, c.Lines...)
	also := make([]knowledge.Source, len(c.Also))
	for i, s := range c.Also {
		also[i] = knowledge.Source{File: s.File, Lines: p.of(s.File, s.Lines...)}
	}
	if len(also) > 0 {
		c.Also = also
	}
	return c
}

// A file is what became of one file of the folder.
type file struct {
	note.File
	notes    []entry // one, or those of an archive
	problems []knowledge.Problem
	failed   bool // the file system did not give all of it; it may though the file looks the same
}

// An entry is what stays of a note when its passages are indexed. The text of the note does
// not, so that memory is bounded by the cards.
type entry struct {
	name, hash string
	cards      []knowledge.Card
	problems   []knowledge.Problem
	pages      []int // as knowledge.Note has them
}

// unchanged reports whether f looks as it did when it was read.
func (f file) unchanged(now note.File) bool {
	return !f.failed && f.Size == now.Size && f.ModTime.Equal(now.ModTime)
}

// newState makes a state of files, whose cards keep the identities of the known ones.
func newState(files map[string]file, listed []knowledge.Problem, known []knowledge.Card) *state {
	s := &state{files: files, problems: slices.Clone(listed), places: places{}}
	many := 0
	for _, f := range files {
		for _, e := range f.notes {
			many += len(e.cards)
		}
	}
	cards := make([]knowledge.Card, 0, many)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f := files[name]
		s.problems = append(s.problems, f.problems...)
		for _, e := range f.notes {
			s.notes++
			s.problems = append(s.problems, e.problems...)
			cards = append(cards, e.cards...)
			if e.pages != nil {
				s.places[e.name] = knowledge.Note{Pages: e.pages}
			}
		}
	}
	s.cards = card.Identify(known, card.Merge(cards))
	s.byID = make(map[knowledge.ID]int, len(s.cards))
	for i, c := range s.cards {
		s.cards[i] = s.places.card(c)
		s.byID[c.ID] = i
	}
	slices.SortStableFunc(s.problems, func(a, b knowledge.Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	s.known = slices.Clip(s.cards)
	for _, c := range known {
		if _, ok := s.byID[c.ID]; !ok && len(s.known) < 2*len(s.cards)+1000 {
			s.known = append(s.known, c)
		}
	}
	return s
}

// hashes returns the hashes of the notes by name.
func (s *state) hashes() map[string]string {
	hashes := make(map[string]string, s.notes)
	for _, f := range s.files {
		for _, e := range f.notes {
			hashes[e.name] = e.hash
		}
	}
	return hashes
}

// A Change says which notes a Refresh found different, by name, sorted. A renamed note is
// removed under its old name and added under its new one.
type Change struct {
	Added, Changed, Removed []string
}

// None reports whether nothing changed.
func (c Change) None() bool { return len(c.Added)+len(c.Changed)+len(c.Removed) == 0 }

// diff compares the hashes of notes.
func diff(before, after map[string]string) Change {
	var c Change
	for name, hash := range after {
		switch was, ok := before[name]; {
		case !ok:
			c.Added = append(c.Added, name)
		case was != hash:
			c.Changed = append(c.Changed, name)
		}
	}
	for name := range before {
		if _, ok := after[name]; !ok {
			c.Removed = append(c.Removed, name)
		}
	}
	slices.Sort(c.Added)
	slices.Sort(c.Changed)
	slices.Sort(c.Removed)
	return c
}
