package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"studybot/bot/chat"
	"studybot/store"
)

// remind tells the channel, once, that its question of the day is still open, where the hour for it has come and
// fewer members have replied than half of those active.
func (b *Bot) remind(ctx context.Context, c Channel, q store.Question, now time.Time) error {
	at, ok := c.Schedule.RemindAt(q.Day)
	if !ok || c.off || q.Extra || q.Reminded || now.Before(at) {
		return nil
	}
	if at.Before(q.At) || at.Before(c.since) { // asked too late for it, or its hour was another
		return nil
	}
	active, err := b.Store.Active(c.Channel, addDays(q.Day, -activeDays), q.Day)
	if err != nil || 2*q.Replies >= active {
		return err
	}
	act, err := b.Store.Remind(q.ID, now)
	if errors.Is(err, store.ErrClosed) {
		return nil
	}
	if err != nil {
		return err
	}
	return b.deliver(ctx, act, q, now)
}

// reminder is what the channel sees: the question again, and nobody's name.
func (c Channel) reminder(q store.Question) chat.Message {
	w := c.Language.words()
	m := c.post(q)
	m.Open = false // the question's is
	m.Title = fmt.Sprintf(w.reminder, m.Title)
	m.Context = w.count(w.replies, q.Replies) + w.space + m.Context
	return m
}
