package bot

import (
	"context"
	"time"

	"studybot/store"
)

// countEvery is how long the number of replies shown in a question's message stands at least.
const countEvery = 5 * time.Second

// A shown is the number of replies that a question's message shows, and when it says that it is revealed.
type shown struct {
	replies int
	closes  time.Time // zero for not known to this run
	at      time.Time
	failure failure // of the edits
}

// recount shows in the open question's message how many members have replied by now, and when it is revealed. It is a
// service and no more: that an edit fails is logged once, and it is tried again.
func (b *Bot) recount(ctx context.Context, c Channel, q store.Question, now time.Time) {
	s := b.counts[q.ID]
	early := !now.Before(s.at) && now.Before(s.at.Add(countEvery))
	closes := c.Schedule.closes(q)
	moved := !s.closes.IsZero() && !closes.Equal(s.closes)
	if s.closes.IsZero() {
		s.closes = closes
		b.counts[q.ID] = s
	}
	if q.Replies == s.replies && !moved || early || s.failure.waits(now) {
		return
	}
	m := c.post(q)
	w := c.Language.words()
	m.Context += w.space + w.count(w.replies, q.Replies)
	s.at = now
	if err := b.networks[c.Network].Edit(ctx, c.ID, q.Message, m); err != nil {
		b.fell(c.Network, err)
		if s.failure.times == 0 {
			b.Log.Warn("question shows an old number of replies", "channel", c.String(), "question", q.ID, "err", err)
		}
		s.failure = s.failure.again(now)
	} else {
		s.replies, s.closes, s.failure = q.Replies, closes, failure{}
	}
	b.counts[q.ID] = s
}
