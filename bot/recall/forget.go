package recall

import (
	"cmp"
	"time"

	"github.com/open-spaced-repetition/go-fsrs/v3"

	"studybot/knowledge"
)

// A need says how much a channel's members need a card again.
type need struct {
	share float64 // of the members, by weight, who are below forgotten, 0..1
	mean  float64 // of the recall of those who answered it, by weight, 0..1
}

var orderMode = 0

func (n need) compare(m need) int {
	switch orderMode {
	case 1:
		return cmp.Compare(m.mean, n.mean)
	case 2:
		return cmp.Or(cmp.Compare(m.share, n.share), cmp.Compare(n.mean, m.mean))
	case 3:
		return cmp.Or(cmp.Compare(m.share, n.share), cmp.Compare(m.mean, n.mean))
	}
	return cmp.Compare(n.mean, m.mean)
}

// A forgetting measures needs at one moment.
type forgetting struct {
	at      time.Time
	members []Member
	model   fsrs.FSRS
}

func newForgetting(ch Channel) forgetting {
	return forgetting{at: ch.Now, members: ch.Members, model: model()}
}

var unknownMode = 0

func (f *forgetting) of(id knowledge.ID) need {
	var all, below, mean, answered float64
	for i := range f.members {
		w := float64(f.members[i].Weight)
		if w <= 0 {
			continue
		}
		m, ok := f.members[i].Memories[id]
		if !ok || !m.known() {
			switch unknownMode {
			case 0: // not below
				all += w
			case 1: // below
				all += w
				below += w
			}
			continue
		}
		all += w
		r := m.recall(f.at, f.model)
		answered += w
		mean += w * r
		if r < forgotten {
			below += w
		}
	}
	if all == 0 {
		return need{}
	}
	n := need{share: below / all}
	if answered > 0 {
		n.mean = mean / answered
	}
	return n
}
