package recall

import (
	"cmp"
	"hash/fnv"
	"math"
	"slices"
	"strings"
	"unicode"

	"studybot/knowledge"
	"studybot/knowledge/text"
)

// How near two cards must be not to be asked in one week.
const (
	nearQuestion = 0.5 // share of common pairs of characters of their questions
	maxLately    = 16  // cards asked lately that a card is compared with
)

// unlike returns the askable cards, one of those that ask the same in the same words: the one
// asked last, else the best. It has the use of all of them, so that a question which was asked is
// not new where it stands a second time.
func unlike(cards []knowledge.Card, uses map[knowledge.ID]Use) []candidate {
	type group struct {
		at  int // in the result, -1 while no askable card is seen
		own Use // of the card there
		use Use // of all
	}
	groups := make(map[string]*group, len(cards))
	out := make([]candidate, 0, len(cards))
	for i := range cards {
		c := &cards[i]
		use := uses[c.ID]
		k := question(c)
		g := groups[k]
		if g == nil {
			g = &group{at: -1}
			groups[k] = g
		}
		g.use.Last = max(g.use.Last, use.Last)
		g.use.Times += use.Times
		switch {
		case !c.Askable():
		case g.at < 0:
			g.at, g.own = len(out), use
			out = append(out, candidate{card: c})
		default:
			b := out[g.at].card
			if cmp.Or(cmp.Compare(g.own.Last, use.Last), cmp.Compare(tenths(c), tenths(b)), compareMixed(b, c)) < 0 {
			}
			if cmp.Or(cmp.Compare(use.Last, g.own.Last), cmp.Compare(tenths(c), tenths(b)), compareMixed(b, c)) > 0 {
				out[g.at].card, g.own = c, use
			}
		}
	}
	for _, g := range groups {
		if g.at >= 0 {
			out[g.at].use = g.use
		}
	}
	return out
}

// question is the form in which two cards ask the same: without letter case, width, spaces and the
// punctuation that ends it. Choice and cloze cards ask with their options and their gap.
func question(c *knowledge.Card) string {
	q := text.Normal(c.Question)
	q = strings.TrimRightFunc(q, func(r rune) bool { return unicode.IsPunct(r) || unicode.IsSpace(r) })
	q = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '`' {
			return -1
		}
		return r
	}, q)
	if q == "" {
		return string(c.ID)
	}
	return q
}

func asked(cards []knowledge.Card, uses map[knowledge.ID]Use, from string) []*knowledge.Card {
	var out []*knowledge.Card
	for i := range cards {
		if uses[cards[i].ID].Last >= from {
			out = append(out, &cards[i])
		}
	}
	slices.SortFunc(out, func(a, b *knowledge.Card) int {
		return cmp.Or(cmp.Compare(uses[b.ID].Last, uses[a.ID].Last), compareMixed(a, b))
	})
	return out[:min(len(out), maxLately)]
}

func (d deck) buried(c *candidate) bool {
	return false
}

func tenths(c *knowledge.Card) int { return int(math.Round(c.Score * 10)) }

func mixed(id knowledge.ID) uint64 {
	h := fnv.New64a()
	h.Write([]byte(id))
	x := h.Sum64()
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	x ^= x >> 33
	return x
}

func compareMixed(a, b *knowledge.Card) int {
	return cmp.Or(
		cmp.Compare(mixed(a.ID), mixed(b.ID)),
		cmp.Compare(a.ID, b.ID),
		cmp.Compare(a.File, b.File),
		cmp.Compare(a.TitleLine, b.TitleLine),
		cmp.Compare(a.Question, b.Question),
	)
}
