package recall

import (
	"fmt"

	"studybot/knowledge"
)

// The rule of the choice.
const (
	forgotten  = 0.8 // below this recall a member is forgetting a card
	enough     = 0.5 // share of the members, by weight, that makes a review due
	restDays   = 3   // between two questions of one card
	maxInARow  = 3   // reviews running, while a new card is left
	window     = 10  // of so many questions running,
	minNew     = 3   // so many are new, while a new card is left
	buriedDays = 7   // for which a card is not asked after one that is nearly the same
)

// Choose returns the card that a channel is asked next; false where none can be asked.
//
// Only askable cards are asked, and one of those that ask the same in the same words. A review is
// due where the card rested 3 days and at least half of the active members who ever answered it,
// by weight, are below a recall of 0.8. The next card is a review that is due or a new card; where
// there is neither, another one that rested 3 days; where there is none of these either, any.
//
//   - After 3 reviews in a row, or where else fewer than 3 of 10 questions running would be new, it
//     is a new card, if one is left.
//   - Among the cards which that leaves, another topic than the last question's comes first; then a
//     card that is not nearly the same as one asked in the last 7 days; then a review that is due.
//   - Among reviews the card that is remembered least comes first, among new cards the one of the
//     best quality, in tenths, and else the one asked longest ago. What is equal so far is mixed by
//     a hash, so that notes are not asked from top to bottom.
//
// It takes time in proportion to the number of cards, times that of the members.
func Choose(cards []knowledge.Card, ch Channel) (Choice, bool) {
	d := newDeck(cards, ch)
	open, why := d.open()
	var best *candidate
	for i := range d.all {
		c := &d.all[i]
		if open[c.kind] && (best == nil || d.before(c, best)) {
			best = c
		}
	}
	if best == nil {
		return Choice{}, false
	}
	c := Choice{Card: *best.card, Review: best.kind != fresh, Last: best.use.Last, Why: best.why() + why}
	if best.kind == due {
		c.Recall = best.need.mean()
	}
	return c, true
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
	again bool // is of the last question's topic

	compared, near bool // with the cards asked lately: whether it was, and is nearly the same as one
}

func (c *candidate) why() string {
	switch c.kind {
	case due:
		return fmt.Sprintf("review: %.0f%% of those who answered are below %.1f, mean recall %.2f; last asked %s",
			100*c.need.share(), forgotten, c.need.mean(), c.use.Last)
	case fresh:
		return fmt.Sprintf("new: quality %.1f", float64(tenths(c.card))/10)
	}
	return "nothing new and no review due: last asked " + c.use.Last
}
