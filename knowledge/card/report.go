package card

import (
	"fmt"
	"strings"

	"studybot/knowledge"
)

// Duplicates says, of cards that Merge returned, which questions stand in more places than
// one, with the places.
func Duplicates(cards []knowledge.Card) []knowledge.Problem {
	var out []knowledge.Problem
	for _, c := range cards {
		if len(c.Also) == 0 {
			continue
		}
		var places []string
		for _, s := range c.Also {
			places = append(places, place(s))
		}
		out = append(out, knowledge.Problem{File: c.File, Line: c.TitleLine,
			Text: fmt.Sprintf("%q is asked again, in the same or nearly the same words, in %s: keep one, or say what differs", c.Title, strings.Join(places, " and "))})
	}
	return out
}

// place writes a source as "file:3-7".
func place(s knowledge.Source) string {
	if len(s.Lines) == 0 {
		return s.File
	}
	first, last := s.Lines[0].Start, s.Lines[len(s.Lines)-1].End
	if first == last {
		return fmt.Sprintf("%s:%d", s.File, first)
	}
	return fmt.Sprintf("%s:%d-%d", s.File, first, last)
}
