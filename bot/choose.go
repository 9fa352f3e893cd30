package bot

import (
	"cmp"
	"crypto/sha256"
	"math"

	"studybot/knowledge"
	"studybot/store"
)

// topic is what a card is about, as far as two days running should differ in it: its
// outermost heading, or its file.
func topic(c knowledge.Card) string {
	if len(c.Path) > 0 {
		return c.Path[0]
	}
	return c.File
}

// chooseCard returns the card to be asked next, and whether there is one that can be asked. A
// card that was never asked comes first, else the one asked longest ago; then another topic than
// the last one comes first; then a better card, in tenths of its score; cards that are equal so
// far are mixed by a hash of their IDs, so that notes are not asked from top to bottom.
func chooseCard(cards []knowledge.Card, uses map[knowledge.ID]store.Use, lastTopic string) (best knowledge.Card, ok bool) {
	for _, c := range cards {
		if c.Askable() && (!ok || compareCards(c, best, uses, lastTopic) < 0) {
			best, ok = c, true
		}
	}
	return best, ok
}

func compareCards(a, b knowledge.Card, uses map[knowledge.ID]store.Use, lastTopic string) int {
	ua, ub := uses[a.ID], uses[b.ID]
	return cmp.Or(
		cmp.Compare(ua.Last, ub.Last), // "" for never
		order(topic(a) == lastTopic, topic(b) == lastTopic),
		cmp.Compare(tenths(b), tenths(a)),
		cmp.Compare(mixed(a.ID), mixed(b.ID)),
		cmp.Compare(a.ID, b.ID),
	)
}

// order puts false before true.
func order(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

func tenths(c knowledge.Card) int { return int(math.Round(c.Score * 10)) }

func mixed(id knowledge.ID) string {
	sum := sha256.Sum256([]byte(id))
	return string(sum[:8])
}
