package card

import (
	"math"
	"strings"
	"unicode/utf8"

	"studybot/knowledge"
	"studybot/knowledge/note"
)

// tooLong is the number of runes above which nobody would type an answer, nor read it as one.
const tooLong = 6000

// judge sets the flags and the score of a card. A mark of the author and a title that
// asks make a better question than a template; an answer of one word or of pages is worse
// than one of a few sentences; a list of points can be graded best.
func judge(c *knowledge.Card, dr draft, s shape) {
	n := utf8.RuneCountInString(c.Answer)
	if n > tooLong {
		c.Flags = append(c.Flags, knowledge.TooLong)
	}
	score := 0.5
	switch {
	case dr.explicit:
		score = 0.8
	case note.Asks(dr.title):
		score = 0.75
	case dependent(dr.title):
		score = 0.4
	}
	switch {
	case n < 12 && len(c.Options) == 0:
		score -= 0.15
	case n > 1500:
		score -= 0.2
	case n > 700:
		score -= 0.1
	}
	if p := len(c.KeyPoints); p >= 2 {
		score += 0.1
	}
	if s.code > 0 && s.prose+s.bullets+s.ordered == 0 {
		score -= 0.1
	}
	if strings.HasPrefix(c.Question, "请说明") || strings.HasPrefix(c.Question, "Explain:") {
		score -= 0.1
	}
	score -= 0.2 * float64(len(c.Flags))
	c.Score = math.Round(100*min(max(score, 0), 1)) / 100
}
