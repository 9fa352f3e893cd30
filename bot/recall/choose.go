package recall

import (
	"cmp"
	"fmt"
	"time"

	"studybot/knowledge"
)

// The rule of the choice.
const (
	forgotten  = 0.8 // a member whose recall is below is forgetting the card
	enough     = 0.5 // share of the active members, by weight, that make a review due
	restDays   = 3   // between two questions of one card
	maxInARow  = 3   // reviews, while a new card is left
	window     = 10  // questions running, of which

	buriedDays = 7   // during which a card is not asked after one that is nearly the same
)

// Choose returns the card that a channel is asked next, and false where none may be asked.
//
// Only askable cards are asked, and one of several that ask the same in the same words. A review
// is due where at least half of the active members, by weight, are below a recall of 0.8 and the
// card rested 3 days. The card is taken from the reviews that are due and the new cards; when
// there are neither, from the others, of which those that rested 3 days come first.
//
//   - After 3 reviews in a row, or where fewer than 3 of 10 questions would be new, it is a new
//     card if one is left.
//   - Of what may then be asked, another topic than the last question's comes first; then a card
//     that is not nearly the same as one asked in the last 7 days; then a review.
//   - Of reviews, the one that …; of new cards the one of the best quality, in tenths; of others
//     the one asked longest ago. What is equal so far is mixed by a hash, so that notes are not
//     asked from top to bottom.
//
// It takes time linear in the number of cards.
func Choose(cards []knowledge.Card, ch Channel) (Choice, bool) {
	d := newDeck(cards, ch)
	s := d.stage()
	var best *candidate
	for i := range d.all {
		c := &d.all[i]
		if s.open(c.kind) && (best == nil || d.before(c, best)) {
			best = c
		}
	}
	if best == nil {
		return Choice{}, false
	}
	return Choice{Card: *best.card, Review: best.use.asked(), Why: best.why() + s.why}, true
}

// A kind says how a card stands to the channel on the day.
type kind int

const (
	due    kind = iota // asked before, and the members are forgetting it
	fresh              // never asked
	rested             // asked before, and remembered
	tired              // asked less than restDays ago
	kinds
)

// A candidate is a card that may be asked.
type candidate struct {
	card  *knowledge.Card
	use   Use
	kind  kind
	need  need
	again bool // the topic of the last question
	near  tri  // nearly the same as a card asked lately
}

// A tri is an answer that may not have been looked for yet.
type tri int8

const (
	unasked tri = iota
	no
	yes
)

func (c *candidate) why() string {
	switch c.kind {
	case due:
		return fmt.Sprintf("review: %.0f%% of the active members are below %.1f, mean recall %.2f; last asked %s",
			100*c.need.share, forgotten, c.need.mean, c.use.Last)
	case fresh:
		return fmt.Sprintf("new: quality %.1f", float64(tenths(c.card))/10)
	}
	return "nothing new and no review due: asked longest ago, " + c.use.Last
}

// A deck is what Choose looks at.
type deck struct {
	all    []candidate
	lately []*knowledge.Card // asked in the last buriedDays, the latest first
	recent []Asked
}

func newDeck(cards []knowledge.Card, ch Channel) deck {
	d := deck{recent: ch.Recent}
	today := dayOf(ch)
	restedBy := today.AddDate(0, 0, -restDays).Format(time.DateOnly)
	buriedFrom := today.AddDate(0, 0, -buriedDays).Format(time.DateOnly)
	d.lately = asked(cards, ch.Uses, buriedFrom)
	f := newForgetting(ch)
	d.all = unlike(cards, ch.Uses)
	for i := range d.all {
		c := &d.all[i]
		c.again = len(ch.Recent) > 0 && Topic(*c.card) == ch.Recent[0].Topic
		switch {
		case !c.use.asked():
			c.kind = fresh
		case c.use.Last > restedBy:
			c.kind = tired
		default:
			c.kind = rested
			if c.need = f.of(c.card.ID); c.need.share >= enough {
				c.kind = due
			}
		}
	}
	return d
}

// dayOf is the channel's day, or that of its moment where it is none.
func dayOf(ch Channel) time.Time {
	if t, err := time.Parse(time.DateOnly, ch.Day); err == nil {
		return t
	}
	return ch.Now.UTC()
}

// A stage says from which kinds of cards the choice is made.
type stage struct {
	kinds [kinds]bool
	why   string
}

func (s stage) open(k kind) bool { return s.kinds[k] }

func (d deck) stage() stage {
	var has [kinds]bool
	for i := range d.all {
		has[d.all[i].kind] = true
	}
	var s stage
	switch {
	case has[fresh]:
		s.kinds[fresh] = true
		s.why = wantsNew(d.recent)
		s.kinds[due] = s.why == ""
	case has[due]:
		s.kinds[due] = true
	case has[rested]:
		s.kinds[rested] = true
	default:
		s.kinds[tired] = true
	}
	return s
}

// wantsNew says why the next question must be a new one; "" where it need not be.
func wantsNew(recent []Asked) string {
	recent = recent[:min(len(recent), window-1)]
	row, reviews := 0, 0
	for i, a := range recent {
		if a.Review {
			reviews++
			if row == i {
				row++
			}
		}
	}
	switch {
	case row >= maxInARow:
		return fmt.Sprintf(", after %d reviews in a row", row)
	case reviews >= window-newMin:
		return fmt.Sprintf(", after %d reviews in %d questions", reviews, len(recent))
	}
	return ""
}

// before reports whether a is to be asked rather than b. Whether a card is near another is
// looked for only where it decides.
func (d deck) before(a, b *candidate) bool {
	if a.again != b.again {
		return b.again
	}
	first := compare(a, b) < 0
	if first {
		return !d.buried(a) || d.buried(b)
	}
	return d.buried(b) && !d.buried(a)
}

// compare orders two candidates of which both or neither are of the last topic, and buried.
func compare(a, b *candidate) int {
	if a.kind != b.kind {
		return cmp.Compare(a.kind, b.kind)
	}
	var c int
	switch a.kind {
	case due:
		c = a.need.compare(b.need)
	case fresh:
		c = cmp.Compare(tenths(b.card), tenths(a.card))
	default:
		c = cmp.Compare(a.use.Last, b.use.Last)
	}
	return cmp.Or(c, compareMixed(a.card, b.card))
}
var newMin = 3
