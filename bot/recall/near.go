package recall

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"studybot/knowledge"
	"studybot/knowledge/text"
)

const (
	nearQuestion = 0.5 // share of common pairs of characters of two questions that are nearly the same
	maxLately    = 16  // cards asked lately that a card is compared with
)

// A group is the cards that ask the same in the same words.
type group struct {
	at  int // of the card that stands for it, in the candidates; -1 while none is askable
	own Use // of that card
	use Use // of all
}

// unlike returns the askable cards, one of those that ask the same in the same words: the one
// asked last, else the best. It has the uses of all of them, so that a question which was asked
// is not new where it stands a second time.
func unlike(cards []knowledge.Card, uses map[knowledge.ID]Use) []candidate {
	groups := make(map[string]int, len(cards))
	all := make([]group, 0, len(cards))
	out := make([]candidate, 0, len(cards))
	for i := range cards {
		c := &cards[i]
		key := wording(c)
		n, seen := groups[key]
		if !seen {
			n = len(all)
			groups[key] = n
			all = append(all, group{at: -1})
		}
		g, use := &all[n], uses[c.ID]
		g.use.Last = max(g.use.Last, use.Last)
		g.use.Times += use.Times
		switch {
		case !c.Askable():
		case g.at < 0:
			g.at, g.own = len(out), use
			out = append(out, candidate{card: c})
		case standsFor(c, use, out[g.at].card, g.own):
			out[g.at].card, g.own = c, use
		}
	}
	for _, g := range all {
		if g.at >= 0 {
			out[g.at].use = g.use
		}
	}
	return out
}

// standsFor reports whether card a is asked rather than b, which asks the same.
func standsFor(a *knowledge.Card, used Use, b *knowledge.Card, than Use) bool {
	return cmp.Or(cmp.Compare(than.Last, used.Last), compareQuality(a, b)) < 0
}

// wording is equal for cards that ask the same in the same words: letter case, width, Traditional
// characters, spaces, backticks and the mark at the end make no difference. Choice and cloze cards
// ask with their options and with what fills their gap, too.
func wording(c *knowledge.Card) string {
	q := text.Normal(strings.Map(narrow, c.Question))
	for _, mark := range []string{"?", "。", "."} {
		if s, ok := strings.CutSuffix(q, mark); ok {
			q = s
			break
		}
	}
	if q == "" {
		return "\x00" + string(c.ID)
	}
	if c.Kind != knowledge.Choice && c.Kind != knowledge.Cloze {
		return q
	}
	var b strings.Builder
	b.WriteString(q + "\x00" + c.Answer)
	for _, o := range c.Options {
		b.WriteString("\x00" + o.Text)
	}
	return b.String()
}

// narrow drops spaces and backticks, and makes full-width ASCII plain: text.Normal would do that,
// too, but is slow where it finds such a character.
func narrow(r rune) rune {
	const first, last, plain = '！', '～', '!'
	switch {
	case r == '`' || unicode.IsSpace(r):
		return -1
	case r >= first && r <= last:
		return r - first + plain
	}
	return r
}

// A shape is what cards are compared by.
type shape struct {
	card  *knowledge.Card
	terms string   // Latin words and numbers of the question
	pairs []uint64 // of the question's letters, sorted, each once
}

func shapeOf(c *knowledge.Card) shape {
	q := text.Normal(c.Question)
	words := strings.FieldsFunc(q, func(r rune) bool {
		return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '+' && r != '#'
	})
	slices.Sort(words)
	s := shape{card: c, terms: strings.Join(slices.Compact(words), " ")}
	var last rune
	for _, r := range q {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			continue
		}
		if last != 0 {
			s.pairs = append(s.pairs, uint64(last)<<32|uint64(r))
		}
		last = r
	}
	slices.Sort(s.pairs)
	s.pairs = slices.Compact(s.pairs)
	return s
}

// near reports whether two cards are nearly the same: their answers stand in the same lines of a
// note, or their questions share most of their words. Questions that differ in a Latin word or
// a number are different questions.
func near(a, b shape) bool {
	return overlap(a.card, b.card) || a.terms == b.terms && common(a.pairs, b.pairs) >= nearQuestion
}

// common is the share of common elements of two sorted sets, 0..1 (Jaccard).
func common(a, b []uint64) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	n, j := 0, 0
	for _, x := range a {
		for j < len(b) && b[j] < x {
			j++
		}
		if j < len(b) && b[j] == x {
			n++
		}
	}
	return float64(n) / float64(len(a)+len(b)-n)
}

// overlap reports whether a line of a note belongs to the answers of both cards.
func overlap(a, b *knowledge.Card) bool {
	return touch(a.Source(), b.Source()) ||
		slices.ContainsFunc(a.Also, func(s knowledge.Source) bool { return touch(s, b.Source()) }) ||
		slices.ContainsFunc(b.Also, func(s knowledge.Source) bool { return touch(a.Source(), s) })
}

func touch(a, b knowledge.Source) bool {
	if a.File != b.File {
		return false
	}
	for _, x := range a.Lines {
		for _, y := range b.Lines {
			if x.Start <= y.End && y.Start <= x.End {
				return true
			}
		}
	}
	return false
}
