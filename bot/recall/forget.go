package recall

import (
	"math"
	"time"

	"github.com/open-spaced-repetition/go-fsrs/v3"

	"studybot/knowledge"
)

// A need says how much the active members need a card again. Only those who have answered the
// card count, by weight: of the others it is not known what they remember.
type need struct {
	all   int64 // weight of the members who answered the card
	below int64 // of them, of those who are below forgotten
	sum   int64 // of their recall in millionths, by weight: whole, so that the order of members is nothing
}

const millionths = 1e6

// due reports whether the members are forgetting the card.
func (n need) due() bool { return n.all > 0 && n.share() >= enough }

// share is how many of the members are below forgotten, 0..1.
func (n need) share() float64 { return float64(n.below) / float64(n.all) }

// mean is what the members recall, 0..1.
func (n need) mean() float64 { return float64(n.sum) / float64(n.all) / millionths }

// measure finds the needs of the cards that rested, and which of these are due. It takes memories as
// they lie, which is quicker than to look each of them up.
func measure(all []candidate, members []Member, at time.Time) {
	needs := make(map[knowledge.ID]*need, len(all))
	for i := range all {
		if all[i].kind == rested {
			needs[all[i].card.ID] = new(need)
		}
	}
	f := model()
	for _, member := range members {
		if member.Weight <= 0 {
			continue
		}
		for id, memory := range member.Memories {
			if n := needs[id]; n != nil {
				n.add(memory, member.Weight, &f, at)
			}
		}
	}
	for i := range all {
		c := &all[i]
		if c.kind != rested {
			continue
		}
		if c.need = *needs[c.card.ID]; c.need.due() {
			c.kind = due
		}
	}
}

func (n *need) add(m Memory, weight int, f *fsrs.FSRS, at time.Time) {
	if !m.known() {
		return
	}
	r, w := m.recall(at, f), int64(min(weight, maxWeight))
	n.all += w
	n.sum += w * int64(math.Round(r*millionths))
	if r < forgotten {
		n.below += w
	}
}

// maxWeight is more answers than anybody gives in 14 days.
const maxWeight = 1e6
