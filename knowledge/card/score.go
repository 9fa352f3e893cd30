package card

import (
	"math"
	"strings"
	"unicode/utf8"

	"studybot/knowledge"
	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

// Sizes, in runes, of an answer that is asked later than others.
const (
	shortAnswer  = 12   // a word or two
	briefAnswer  = 60   // a sentence or two
	fullAnswer   = 600  // more than most people type
	longAnswer   = 1000 // more than anybody types gladly
	longQuestion = 50
)

var (
	literal = pattern.New(`\d+\.\d+\.\d+\.\d+|https?://`)
	apart   = pattern.New(`[(（][^)）]*\pL[^)）]*[)）]|\S\s*&\s*\S`)
)

// vague reports a question that a template makes where it knows nothing better.
func vague(question string) bool {
	for _, end := range []string{"有哪些要点？", "是怎样的？", "怎么写、怎么用？", "之一是什么？", "，具体怎么做？"} {
		if strings.HasSuffix(question, end) {
			return true
		}
	}
	return strings.HasPrefix(question, "Explain:")
}

// score says how good a question a card is, 0..1. A mark of the author and a title that asks
// are better than a template. Best are questions that stand alone and whose answers have a
// few points in words; commands, long answers and vague wordings come later, doubtful
// cards last.
func (d *doc) score(c *knowledge.Card, dr draft, topic string) float64 {
	asks := note.Asks(dr.title)
	score := 0.55
	switch {
	case dr.explicit:
		score = 0.75
	case asks:
		score = 0.65
	case dependent(dr.title):
		score = 0.35
	}
	score += standing(c.Question, dr.title, topic != "")
	if !asks && !dr.explicit && vague(c.Question) {
		score -= 0.1
	}
	if len(c.Options) == 0 && c.Kind != knowledge.Cloze {
		score += answerable(c, dr.explicit)
	}
	if !dr.explicit && unsettled(c.Question, c.Answer) {
		score -= 0.15
	}
	if d.pages != nil {
		score -= 0.05 // the order of its lines is a guess
	}
	score -= 0.2 * float64(len(c.Flags))
	return math.Round(100*min(max(score, 0), 1)) / 100
}

// standing is what a question gains by naming its topic, and loses by length, asides and
// addresses of an example.
func standing(q, title string, placed bool) float64 {
	score := 0.0
	if placed || hasHan(q) && hasLatin(q) {
		score += 0.05
	}
	if utf8.RuneCountInString(q) > longQuestion && hasHan(q) {
		score -= 0.1
	}
	if strings.ContainsAny(title, "(（&") && apart.MatchString(title) || strings.Count(q, "，")+strings.Count(q, ",") >= 3 {
		score -= 0.1
	}
	if (strings.Contains(q, "://") || strings.Count(q, ".") >= 3) && literal.MatchString(q) {
		score -= 0.1
	}
	return score
}

// answerable is what a card gains by key points in words, and loses by code and length. A
// flashcard of the author may be a word or a command.
func answerable(c *knowledge.Card, explicit bool) float64 {
	score := 0.0
	said := wordy(c.KeyPoints, hasHan(c.Question))
	switch {
	case said >= 3 && said <= 7:
		score += 0.1
	case said == 2 || said > 7:
		score += 0.05
	case !explicit || said == 1:
		score -= 0.1
	}
	if coded := len(c.KeyPoints) - said; coded*3 > len(c.KeyPoints) && !explicit {
		score -= 0.15
	}
	switch n := runes(c.Answer); {
	case n < shortAnswer:
		score -= 0.15
	case n < briefAnswer && !explicit:
		score -= 0.05
	case n > longAnswer:
		score -= 0.2
	case n > fullAnswer:
		score -= 0.1
	}
	return score
}

// wordy counts the points that are said in words.
func wordy(points []string, han bool) int {
	n := 0
	for _, p := range points {
		if inWords(p, han) {
			n++
		}
	}
	return n
}

// inWords reports whether a point is said in words, not typed into a terminal or file. In
// a Chinese note, Latin letters among signs are code.
func inWords(p string, han bool) bool {
	has := hasHan(p)
	if codeLine(p) || !has && atPrompt(p) {
		return false
	}
	return !han || has || !strings.ContainsAny(p, "$={}[]<>|;\\/")
}

var (
	shellPrompt = pattern.New(`^(?:\[?[\w.-]+@[\w.-]+[ :][^$#]*\]?)?[$#] \S|^(?:sudo|ping|curl|wget|ssh|cd|ls|cat|echo) \S+$`)
	postpones   = pattern.New(`^(?:这里|此处|我们|首先|先|暂时?)*(?:先|暂时?|这里|此处)(?:不|忽略|略过|跳过)|(?:以?后|下文|后面|后续|稍后)(?:会|将)?(?:再|另)(?:说|讲|谈|议|讨论|介绍|描述)|^(?:以下|下面|下图)(?:是|为)?[^，。]{0,12}(?:示例|例子)`)
)

// atPrompt reports a line that stands behind a prompt, or is a command of two words.
func atPrompt(p string) bool {
	return (strings.Contains(p, "$ ") || strings.Contains(p, "# ") || strings.Count(p, " ") == 1) && shellPrompt.MatchString(p)
}

// mayPostpone is quick, and true of all that postpones matches.
func mayPostpone(p string) bool {
	switch firstRune(p) {
	case '这', '此', '我', '首', '先', '暂':
		if hasAny(p[:min(len(p), 100)], "不", "略", "跳过") {
			return true
		}
	case '以', '下':
		return strings.Contains(p, "例") || hasAny(p, "再", "另")
	}
	return hasAny(p, "再", "另") && hasAny(p, "后", "下文")
}

// pointed drops the points that nobody should be asked for, where three points in words
// stay: asides, rhetorical questions, and commands among many words, typed to show something.
func pointed(points []string, kind knowledge.Kind, question string) []string {
	han := hasHan(question)
	coded := len(points) - wordy(points, han)
	shows := kind != knowledge.Steps && coded*4 <= len(points)
	var kept []string
	for _, p := range points {
		switch {
		case mayPostpone(p) && postpones.MatchString(p), strings.HasSuffix(p, "？"), strings.HasSuffix(p, "?"):
		case shows && !hasHan(p) && atPrompt(p):
		default:
			kept = append(kept, p)
		}
	}
	if wordy(kept, han) < 3 {
		return points
	}
	return kept
}
