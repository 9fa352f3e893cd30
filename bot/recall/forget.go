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
	share float64 // of the members, who are below forgotten; 0..1, 0 where nobody answered
	mean  float64 // of their recall, 0..1
}

// due reports whether the members are forgetting the card.
func (n need) due() bool { return n.share >= enough }

// A forgetting measures needs at one moment.
type forgetting struct {
	at      time.Time
	members []Member
	model   fsrs.FSRS
}

func newForgetting(ch Channel) forgetting {
	return forgetting{at: ch.Now, members: ch.Members, model: model()}
}

// millionths is the precision of a sum of recalls: a sum of whole numbers is the same in
// whatever order the members come.
const millionths = 1e6

func (f *forgetting) of(id knowledge.ID) need {
	var all, below, sum int64
	for i := range f.members {
		w := int64(f.members[i].Weight)
		if w <= 0 {
			continue
		}
		m := f.members[i].Memories[id]
		if !m.known() {
			continue
		}
		r := m.recall(f.at, f.model)
		all += w
		sum += w * int64(math.Round(r*millionths))
		if r < forgotten {
			below += w
		}
	}
	if all == 0 {
		return need{}
	}
	return need{share: float64(below) / float64(all), mean: float64(sum) / float64(all) / millionths}
}
