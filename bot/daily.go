package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"studybot/bot/chat"
	"studybot/store"
)

// Tick does what is due at now in every channel: it finishes what was begun and not
// recorded, reveals, reminds, asks the question of the day, and keeps its number of replies current. What
// fails is tried again; the errors of all channels are returned together. That a network fails for
// a channel is returned when it begins, logged when it ends, and left alone for longer and longer between.
func (b *Bot) Tick(ctx context.Context, now time.Time) error {
	b.acting.Lock()
	defer b.acting.Unlock()
	clear(b.downs)
	var errs []error
	if err := b.finish(ctx, now); err != nil {
		errs = append(errs, err)
	}
	for _, c := range b.decks() {
		if b.down(c.Network) {
			continue
		}
		err := b.tickDeck(ctx, c, now)
		if errors.Is(err, errUndelivered) {
			b.fell(c.Network, err)
			err = b.failed(c.Channel, err, now)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("channel %s: %w", c, err))
		}
	}
	return errors.Join(errs...)
}

// longestBack is how many days a clock may have been set back. Where the last day lies farther ahead, it was wrong then.
const longestBack = 31

func (b *Bot) tickDeck(ctx context.Context, c Channel, now time.Time) error {
	q, open, err := b.Store.OpenIn(c.Channel, c.Deck.Name)
	if err != nil {
		return err
	}
	if open {
		unposted := q.Message == "" // left to finish
		if unposted {
			return nil
		}
		if now.Before(c.Schedule.closes(q)) {
			b.recount(ctx, c, q, now)
			return b.remind(ctx, c, q, now)
		}
		if err := b.close(ctx, c, q, "", now); err != nil {
			return err
		}
	}
	if c.off {
		return nil
	}
	last, err := b.Store.LastDay(c.Channel, c.Deck.Name)
	if err != nil {
		return err
	}
	missed := store.Day("")
	for _, d := range c.Schedule.lately(now) {
		setBack := d < last && last <= addDays(d, longestBack) // the clock or the zone
		if taken, err := b.taken(c, d); err != nil || taken || setBack {
			if err != nil {
				return err
			}
			continue
		}
		if c.Schedule.due(d, now) {
			return errors.Join(b.tooLate(ctx, c, last, missed, now), b.ask(ctx, c, d, now))
		}
		if last != "" && c.asks(d) { // before its first day nothing is missed
			missed = d
		}
	}
	return b.tooLate(ctx, c, last, missed, now)
}

// asks reports whether a question was due on a day as things are set by now, and not another hour, or none, on the day.
func (c Channel) asks(d store.Day) bool {
	return c.Schedule.Works(d) && !c.Schedule.PostAt(d).Before(c.since)
}

// ask asks the question of day d, if the notes hold one.
func (b *Bot) ask(ctx context.Context, c Channel, d store.Day, now time.Time) error {
	err := b.open(ctx, c, store.Asking{Channel: c.Channel, Deck: c.Deck.Name, Day: d, At: now})
	if errors.Is(err, errNoCards) {
		if b.warned[c.key()] != d { // not at every Tick
			b.Log.Warn("no question today", "channel", c.String(), "deck", c.Deck.Name, "err", err)
		}
		b.warned[c.key()] = d
		return nil
	}
	return err
}

// taken reports whether a day needs no question any more: it has had it, is skipped, or lies in a pause.
func (b *Bot) taken(c Channel, d store.Day) (bool, error) {
	until, err := b.Store.PausedUntil(c.Channel)
	if err != nil || d < until {
		return d < until, err
	}
	return b.Store.DayTaken(c.Channel, c.Deck.Name, d)
}

// tooLate leaves out a day whose hour was missed, "" for none, and those between it and the last day before, and tells
// the channel.
func (b *Bot) tooLate(ctx context.Context, c Channel, last, d store.Day, now time.Time) error {
	if d == "" {
		return nil
	}
	sk := store.Skipping{Channel: c.Channel, Deck: c.Deck.Name, Day: d, Reason: "the bot was not running at the hour", Notice: true, At: now}
	if b.warned[c.key()] == d {
		sk.Reason, sk.Notice = "no card could be asked", false
	} else if err := b.withEarlier(&sk, c, last); err != nil {
		return err
	}
	act, err := b.Store.Skip(sk)
	if err != nil || act.Key == "" {
		return err
	}
	return b.deliver(ctx, act, store.Question{Channel: c.Channel}, now)
}

// withEarlier adds to a missed day those before it that were missed as well.
func (b *Bot) withEarlier(sk *store.Skipping, c Channel, last store.Day) error {
	until, err := b.Store.PausedUntil(c.Channel)
	for d := next(last); err == nil && d < sk.Day; d = next(d) {
		if d >= until && c.asks(d) {
			sk.Since = d
			break
		}
	}
	return err
}

// finish does the pending acts again that a crash or a failure left behind. The network is
// asked whether it holds the message before anything is posted a second time.
func (b *Bot) finish(ctx context.Context, now time.Time) error {
	acts, err := b.Store.Pending()
	if err != nil {
		return err
	}
	var errs []error
	tried := map[store.Channel]error{}
	for _, act := range acts {
		if b.networks[act.Channel.Network] == nil || b.failing[act.Channel].waits(now) || b.down(act.Channel.Network) {
			continue // not configured in this run, or to be left alone
		}
		q := store.Question{Channel: act.Channel}
		if act.Question != "" {
			if q, err = b.Store.Question(act.Question); err != nil {
				errs = append(errs, err)
				continue
			}
		}
		err := b.finishOne(ctx, act, q, now)
		if err != nil && !errors.Is(err, errUndelivered) {
			errs = append(errs, fmt.Errorf("channel %s: %w", q.Channel, err))
			continue
		}
		if err != nil && tried[q.Channel] == nil {
			b.fell(q.Channel.Network, err)
		}
		tried[q.Channel] = cmp.Or(tried[q.Channel], err)
	}
	for c, err := range tried {
		if err == nil {
			b.worked(c)
		} else if err = b.failed(c, err, now); err != nil {
			errs = append(errs, fmt.Errorf("channel %s: %w", c, err))
		}
	}
	return errors.Join(errs...)
}

func (b *Bot) finishOne(ctx context.Context, act store.Act, q store.Question, now time.Time) error {
	id, there, err := b.networks[q.Channel.Network].Find(ctx, q.Channel.ID, act.Key)
	if err != nil {
		return fmt.Errorf("look for the message %s: %w: %w", act.Key, errUndelivered, err)
	}
	if there {
		b.Log.Info("found the message of an act that was not recorded", "channel", q.Channel.String(), "question", q.ID)
		return b.posted(ctx, act, q, id, now)
	}
	s := b.deckOf(q).Schedule
	switch {
	case act.Remind && !now.Before(s.closes(q)):
		return nil // the reveal comes instead
	case act.Question != "" && act.Key == q.ID.PostKey() && now.After(s.closes(q).Add(-s.leastOpen(q.Day))):
		return b.missed(ctx, q, now)
	}
	return b.deliver(ctx, act, q, now)
}

// missed withdraws a question that could not be posted in time, and tells the channel.
func (b *Bot) missed(ctx context.Context, q store.Question, now time.Time) error {
	act, err := b.Store.Miss(q.ID, "it could not be posted in time", now)
	if errors.Is(err, store.ErrClosed) {
		return nil
	}
	if err != nil || act.Key == "" {
		return err
	}
	return b.deliver(ctx, act, store.Question{Channel: q.Channel}, now)
}

// open chooses a card, asks it, and posts the question.
func (b *Bot) open(ctx context.Context, c Channel, a store.Asking) error {
	choice, err := b.choose(c, a.At)
	if err != nil {
		return err
	}
	b.warnDry(c)
	b.warnYear(c, c.Schedule.Day(a.At))
	a.Card, a.Review, a.Why, a.Form = choice.Card, choice.Review, choice.Why, choice.Form
	if a.Form == nil {
		if a.Also, err = b.Store.Accepted(a.Channel, a.Card.ID); err != nil {
			return err
		}
	}
	q, err := b.Store.Ask(a)
	if err != nil {
		return err
	}
	return b.deliver(ctx, store.Act{Key: q.ID.PostKey(), Channel: c.Channel, Question: q.ID}, q, a.At)
}

// close reveals a question: its points are awarded, and the reveal is posted.
func (b *Bot) close(ctx context.Context, c Channel, q store.Question, actor string, now time.Time) error {
	q, err := b.Store.Reveal(q.ID, actor, now, awards)
	if err != nil {
		return err
	}
	return b.deliver(ctx, store.Act{Key: q.ID.RevealKey(), Channel: c.Channel, Question: q.ID, Reveal: true}, q, now)
}

// deliver posts the message of an act and records it. Where that fails the act stays pending, and the
// error is errUndelivered.
func (b *Bot) deliver(ctx context.Context, act store.Act, q store.Question, now time.Time) error {
	c := b.deckOf(q)
	m := c.post(q)
	switch {
	case act.Skipped != "":
		c.Deck.Name = act.Deck
		m = c.leftOut(act)
	case act.Remind:
		m = c.reminder(q)
	case act.Reveal:
		var err error
		if m, err = b.revealMessage(q); err != nil {
			return err
		}
	}
	id, err := b.networks[c.Network].Post(ctx, c.ID, m, act.Key)
	if err != nil {
		return fmt.Errorf("post %s: %w: %w", act.Key, errUndelivered, err)
	}
	return b.posted(ctx, act, q, id, now)
}

// posted records an act as done. A question that was revealed shows so, too.
func (b *Bot) posted(ctx context.Context, act store.Act, q store.Question, id chat.MessageID, now time.Time) error {
	if act.Reveal {
		b.retire(ctx, q)
	}
	return b.Store.Posted(act, id, now)
}

// retire takes the buttons off a question's message. That it is closed is decided by the
// store, so a failure here is logged and no more.
func (b *Bot) retire(ctx context.Context, q store.Question) {
	delete(b.counts, q.ID)
	if q.Message == "" {
		return
	}
	m := b.deckOf(q).retired(q)
	if err := b.networks[q.Channel.Network].Edit(ctx, q.Channel.ID, q.Message, m); err != nil {
		b.Log.Warn("question still shows its buttons", "channel", q.Channel.String(), "question", q.ID, "err", err)
	}
}

// post asks a question now: the day's own where it is still to come, else one more.
func (r request) post(ctx context.Context, args string) (chat.Response, error) {
	a := r.aimed(args, nil)
	c, ok := r.named(a.deck)
	if !ok || a.rest != "" {
		return say(r.noDeck(strings.TrimPrefix(args, "deck="))), nil
	}
	if decks := r.decksOf(c.Channel); !a.named && c.Deck.Name != "" && len(decks) > 1 {
		return sayf(r.words.whichDeck, r.typed("post"), r.deckNames()), nil
	}
	r.acting.Lock()
	defer r.acting.Unlock()
	s, today := c.Schedule, c.Schedule.Day(r.At)
	taken, err := r.Store.DayTaken(c.Channel, c.Deck.Name, today)
	if err != nil {
		return chat.Response{}, err
	}
	early := s.Works(today) && r.At.Before(s.PostAt(today))
	extra := taken || !early && !s.due(today, r.At)
	err = r.open(ctx, c, store.Asking{Channel: c.Channel, Deck: c.Deck.Name, Day: today, Extra: extra, Actor: string(r.Member.ID), At: r.At})
	switch {
	case errors.Is(err, store.ErrStillOpen):
		return sayf(r.words.stillOpen, r.typed("reveal"), r.typed("skip")), nil
	case errors.Is(err, errNoCards):
		return say(r.words.noCards), nil
	case errors.Is(err, errUndelivered):
		return r.undelivered(err), nil
	case err != nil:
		return chat.Response{}, err
	}
	return say(r.words.done), nil
}

// reveal reveals an open question now.
func (r request) reveal(ctx context.Context, args string) (chat.Response, error) {
	r.acting.Lock()
	defer r.acting.Unlock()
	open, err := r.Store.OpenQuestions(r.channel.Channel)
	if err != nil {
		return chat.Response{}, err
	}
	a := r.aimed(args, open)
	if a.rest != "" {
		return say(r.noDeck(a.rest)), nil
	}
	q, ok, which := r.one("reveal", a, open)
	switch {
	case !ok && which.Private != nil:
		return which, nil
	case !ok:
		text, err := r.nextQuestion()
		return say(r.words.noneOpen + r.words.space + text), err
	}
	if q, err = r.settle(ctx, q); err != nil || q.Message == "" {
		return say(r.words.undelivered), err
	}
	err = r.close(ctx, r.deckOf(q), q, string(r.Member.ID), r.At)
	if errors.Is(err, errUndelivered) {
		return r.undelivered(err), nil
	}
	return say(r.words.done), err
}

// settle finds out whether the network holds the message of a question whose post is pending: it must be known
// before the question is revealed or withdrawn. Where the network holds none, Message stays empty.
func (r request) settle(ctx context.Context, q store.Question) (store.Question, error) {
	if q.Message != "" {
		return q, nil
	}
	key := q.ID.PostKey()
	id, there, err := r.networks[q.Channel.Network].Find(ctx, q.Channel.ID, key)
	if err != nil || !there {
		return q, err
	}
	q.Message = id
	return q, r.Store.Posted(store.Act{Key: key, Channel: q.Channel, Question: q.ID}, id, r.At)
}
