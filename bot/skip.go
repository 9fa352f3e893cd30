package bot

import (
	"context"
	"errors"

	"studybot/bot/chat"
	"studybot/store"
)

// skip withdraws the open question, or leaves out today's where it is still to come.
func (r request) skip(ctx context.Context, args string) (chat.Response, error) {
	r.acting.Lock()
	defer r.acting.Unlock()
	open, err := r.Store.OpenQuestions(r.channel.Channel)
	if err != nil {
		return chat.Response{}, err
	}
	a := r.aimed(args, open)
	q, ok, which := r.one("skip", a, open)
	switch {
	case ok:
		return r.withdraw(ctx, q, oneLine(a.rest))
	case which.Private != nil:
		return which, nil
	case !r.scheduled:
		return say(r.noSchedule()), nil
	}
	if _, there := r.named(a.deck); !there {
		return say(r.noDeck(a.deck)), nil
	}
	return r.skipToday(a)
}

// skipToday leaves out the questions of today that are still to come: of the deck that is named, or of all.
func (r request) skipToday(a aim) (chat.Response, error) {
	today, skipped, reason := r.channel.Schedule.Day(r.At), false, oneLine(a.rest)
	for _, c := range r.decksOf(r.channel.Channel) {
		if !c.Schedule.Works(today) || a.named && c.Deck.Name != a.deck {
			continue
		}
		_, err := r.Store.Skip(store.Skipping{Channel: c.Channel, Deck: c.Deck.Name, Day: today, Actor: string(r.Member.ID), Reason: reason, At: r.At})
		if err != nil && !errors.Is(err, store.ErrDayTaken) {
			return chat.Response{}, err
		}
		skipped = skipped || err == nil
	}
	if !skipped {
		return say(r.words.nothingToSkip), nil
	}
	return sayf(r.words.skipped, string(today)), nil
}
