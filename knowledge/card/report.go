package card

import (
	"strings"
	"unicode/utf8"

	"studybot/knowledge"
	"studybot/knowledge/note"
)

// Doubt says in a few words why a card has the flag NeedsReview, and by that what would
// clear it; "" for a card without it.
func Doubt(c knowledge.Card) string {
	for _, f := range c.Flags {
		if f == knowledge.NeedsReview {
			return doubt(c)
		}
	}
	return ""
}

func doubt(c knowledge.Card) string {
	first, _, several := strings.Cut(c.Question, "\n")
	asks := note.Asks(c.Title)
	switch {
	case strings.Contains(c.Question, "![") || strings.Contains(c.Question, "<img"):
		return "the question is about a picture"
	case !several && c.Kind != knowledge.Cloze && len(c.Options) == 0 && pointsAway(first):
		return "the question speaks of something that is not in it"
	case checks(c.Question, c.Answer):
		return "it asks for the state of a system, as a checklist does"
	case homework(c.Title):
		return "it is work for a machine, not for a reply"
	case utf8.RuneCountInString(c.Answer) < 8:
		return "the answer is a word or two"
	case !asks && dependent(c.Title):
		return "the title says little by itself: name the thing, or ask"
	}
	return "the text may not be about the title: put the answer right under it"
}
