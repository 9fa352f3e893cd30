package recall

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"time"

	"studybot/knowledge"
)

// A deck is the cards as a channel sees them on a day.
type deck struct {
	all    []candidate
	lately []shape // of the cards asked in the last buriedDays
	recent []Asked
}

func newDeck(cards []knowledge.Card, ch Channel) deck {
	today := dayOf(ch)
	restedBy := today.AddDate(0, 0, -restDays).Format(time.DateOnly)
	d := deck{
		all:    unlike(cards, ch.Uses),
		lately: lately(cards, ch.Uses, today.AddDate(0, 0, -buriedDays).Format(time.DateOnly)),
		recent: ch.Recent,
	}
	for i := range d.all {
		c := &d.all[i]
		topic := Topic(*c.card)
		c.again = topic != "" && len(ch.Recent) > 0 && topic == ch.Recent[0].Topic
		switch {
		case !c.use.asked():
			c.kind = fresh
		case c.use.Last > restedBy:
			c.kind = tired
		default:
			c.kind = rested
		}
	}
	measure(d.all, ch.Members, ch.Now)
	return d
}

// dayOf is the channel's day, or that of its moment where it names none.
func dayOf(ch Channel) time.Time {
	if t, err := time.Parse(time.DateOnly, ch.Day); err == nil {
		return t
	}
	return ch.Now.UTC()
}

// lately returns the cards asked after a day, at most maxLately, the latest of them.
func lately(cards []knowledge.Card, uses map[knowledge.ID]Use, after string) []shape {
	var found []*knowledge.Card
	for i := range cards {
		if uses[cards[i].ID].Last > after {
			found = append(found, &cards[i])
		}
	}
	slices.SortFunc(found, func(a, b *knowledge.Card) int {
		return cmp.Or(cmp.Compare(uses[b.ID].Last, uses[a.ID].Last), compareMixed(a, b))
	})
	var out []shape
	for _, c := range found[:min(len(found), maxLately)] {
		out = append(out, shapeOf(c))
	}
	return out
}

// open says from which kinds of cards the choice is made, and why, where that is no matter of
// course.
func (d *deck) open() (open [kinds]bool, why string) {
	var has [kinds]bool
	for i := range d.all {
		has[d.all[i].kind] = true
	}
	switch {
	case has[fresh]:
		why = wantsNew(d.recent)
		open[fresh], open[due] = true, why == ""
	case has[due]:
		open[due] = true
	case has[rested]:
		open[rested] = true
	default:
		open[tired] = true
	}
	return open, why
}

// wantsNew says why the next question has to be a new one; "" where it need not be.
func wantsNew(recent []Asked) string {
	recent = recent[:min(len(recent), window-1)]
	row, reviews := 0, 0
	for i, a := range recent {
		if !a.Review {
			continue
		}
		reviews++
		if row == i {
			row++
		}
	}
	switch {
	case row >= maxInARow:
		return fmt.Sprintf(", after %d reviews in a row", row)
	case reviews >= window-minNew:
		return fmt.Sprintf(", after %d reviews in %d questions", reviews, len(recent))
	}
	return ""
}

// before reports whether a is to be asked rather than b. Whether a card is near another is
// looked for only where that decides.
func (d *deck) before(a, b *candidate) bool {
	if a.again != b.again {
		return b.again
	}
	if compare(a, b) < 0 {
		return !d.near(a) || d.near(b)
	}
	return d.near(b) && !d.near(a)
}

// near reports whether the card is nearly the same as another one asked lately.
func (d *deck) near(c *candidate) bool {
	if !c.compared && len(d.lately) > 0 {
		s := shapeOf(c.card)
		c.near = slices.ContainsFunc(d.lately, func(l shape) bool {
			return l.card.ID != c.card.ID && near(s, l)
		})
	}
	c.compared = true
	return c.near
}

// compare orders two candidates that differ neither in being of the last topic nor in being near
// a card asked lately.
func compare(a, b *candidate) int {
	if a.kind != b.kind {
		return cmp.Compare(a.kind, b.kind)
	}
	switch a.kind {
	case due:
		return cmp.Or(cmp.Compare(a.need.mean(), b.need.mean()), compareMixed(a.card, b.card))
	case fresh:
		return compareQuality(a.card, b.card)
	}
	return cmp.Or(cmp.Compare(a.use.Last, b.use.Last), compareMixed(a.card, b.card))
}

// compareQuality puts the better card first.
func compareQuality(a, b *knowledge.Card) int {
	return cmp.Or(cmp.Compare(tenths(b), tenths(a)), compareMixed(a, b))
}

func tenths(c *knowledge.Card) int { return int(math.Round(c.Score * 10)) }

// compareMixed orders cards by nothing that people see. It is 0 only for equal cards.
func compareMixed(a, b *knowledge.Card) int {
	if a.ID != b.ID {
		return cmp.Or(cmp.Compare(mixed(a.ID), mixed(b.ID)), cmp.Compare(a.ID, b.ID))
	}
	return cmp.Or(
		cmp.Compare(a.File, b.File),
		cmp.Compare(a.TitleLine, b.TitleLine),
		cmp.Compare(a.Question, b.Question),
		cmp.Compare(a.Answer, b.Answer),
	)
}

// mixed is a hash of which IDs that are nearly equal have very different ones.
func mixed(id knowledge.ID) uint64 {
	h := fnv.New64a()
	h.Write([]byte(id))
	x := h.Sum64() // alike for IDs alike but in their last letter
	x = (x ^ x>>33) * 0xff51afd7ed558ccd
	return x ^ x>>33
}
