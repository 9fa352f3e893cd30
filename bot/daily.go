package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"studybot/bot/chat"
	"studybot/store"
)

// Tick does what is due at now in every channel: it finishes what was begun and not
// recorded, reveals, and asks the question of the day. What fails is tried again at the
// next Tick; the errors of all channels are returned together.
func (b *Bot) Tick(ctx context.Context, now time.Time) error {
	b.acting.Lock()
	defer b.acting.Unlock()
	var errs []error
	if err := b.finish(ctx, now); err != nil {
		errs = append(errs, err)
	}
	for _, c := range b.Channels {
		if err := b.tickChannel(ctx, c, now); err != nil {
			errs = append(errs, fmt.Errorf("channel %s: %w", c, err))
		}
	}
	return errors.Join(errs...)
}

func (b *Bot) tickChannel(ctx context.Context, c Channel, now time.Time) error {
	q, open, err := b.Store.OpenQuestion(c.Channel)
	if err != nil {
		return err
	}
	if open {
		unposted := q.Message == "" // left to finish
		if unposted || now.Before(c.Schedule.closes(q)) {
			return nil
		}
		if err := b.close(ctx, c, q, "", now); err != nil {
			return err
		}
	}
	for _, d := range c.Schedule.lately(now) {
		if taken, err := b.taken(c.Channel, d); err != nil || taken {
			if err != nil {
				return err
			}
			continue
		}
		if c.Schedule.due(d, now) {
			return b.ask(ctx, c, d, now)
		}
		if err := b.tooLate(ctx, c, d, now); err != nil {
			return err
		}
	}
	return nil
}

// ask asks the question of day d, if the notes hold one.
func (b *Bot) ask(ctx context.Context, c Channel, d store.Day, now time.Time) error {
	err := b.open(ctx, c, store.Asking{Channel: c.Channel, Day: d, At: now})
	if errors.Is(err, errNoCards) {
		if b.warned[c.Channel] != d { // not at every Tick
			b.Log.Warn("no question today", "channel", c.String(), "err", err)
		}
		b.warned[c.Channel] = d
		return nil
	}
	return err
}

// taken reports whether a day needs no question any more: it has had it, is skipped, or lies in a pause.
func (b *Bot) taken(c store.Channel, d store.Day) (bool, error) {
	until, err := b.Store.PausedUntil(c)
	if err != nil || d < until {
		return d < until, err
	}
	return b.Store.DayTaken(c, d)
}

// tooLate leaves out a day whose hour was missed, and tells the channel. A channel that had no question
// before that day misses nothing.
func (b *Bot) tooLate(ctx context.Context, c Channel, d store.Day, now time.Time) error {
	last, used, err := b.Store.LastQuestion(c.Channel)
	if err != nil {
		return err
	}
	act, err := b.Store.Skip(store.Skipping{Channel: c.Channel, Day: d, Reason: "the bot was not running at the hour", Notice: used && last.Day < d, At: now})
	if err != nil || act.Key == "" {
		return err
	}
	return b.deliver(ctx, act, store.Question{Channel: c.Channel}, now)
}

// finish does the pending acts again that a crash or a failure left behind. The network is
// asked whether it holds the message before anything is posted a second time.
func (b *Bot) finish(ctx context.Context, now time.Time) error {
	acts, err := b.Store.Pending()
	if err != nil {
		return err
	}
	var errs []error
	for _, act := range acts {
		q := store.Question{Channel: act.Channel}
		if act.Question != "" {
			if q, err = b.Store.Question(act.Question); err != nil {
				errs = append(errs, err)
				continue
			}
		}
		if b.networks[act.Channel.Network] == nil {
			continue // not configured in this run
		}
		if err := b.finishOne(ctx, act, q, now); err != nil {
			errs = append(errs, fmt.Errorf("channel %s: %w", q.Channel, err))
		}
	}
	return errors.Join(errs...)
}

func (b *Bot) finishOne(ctx context.Context, act store.Act, q store.Question, now time.Time) error {
	id, there, err := b.networks[q.Channel.Network].Find(ctx, q.Channel.ID, act.Key)
	if err != nil {
		return fmt.Errorf("look for the message %s: %w", act.Key, err)
	}
	if there {
		b.Log.Info("found the message of an act that was not recorded", "channel", q.Channel.String(), "question", q.ID)
		return b.posted(ctx, act, q, id, now)
	}
	if c := b.channelOf(q.Channel); act.Question != "" && !act.Reveal && now.After(c.Schedule.closes(q)) {
		err := b.Store.Void(q.ID, "", "it could not be posted in time", now)
		if errors.Is(err, store.ErrClosed) {
			return nil
		}
		return err
	}
	return b.deliver(ctx, act, q, now)
}

// open chooses a card, asks it, and posts the question.
func (b *Bot) open(ctx context.Context, c Channel, a store.Asking) error {
	choice, err := b.choose(c, a.At)
	if err != nil {
		return err
	}
	b.warnDry(c)
	a.Card, a.Review, a.Why = choice.Card, choice.Review, choice.Why
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

// errUndelivered means that something was decided and recorded, and its message will be posted as soon as
// the network takes it.
var errUndelivered = errors.New("not posted yet")

// deliver posts the message of an act and records it. Where that fails the act stays pending, and the
// error is errUndelivered.
func (b *Bot) deliver(ctx context.Context, act store.Act, q store.Question, now time.Time) error {
	c := b.channelOf(q.Channel)
	m := c.post(q)
	switch {
	case act.Skipped != "":
		m = c.leftOut(act.Skipped)
	case act.Reveal:
		replies, err := b.Store.Replies(q.ID)
		if err != nil {
			return err
		}
		m = c.reveal(q, replies)
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
	if q.Message == "" {
		return
	}
	m := b.channelOf(q.Channel).retired(q)
	if err := b.networks[q.Channel.Network].Edit(ctx, q.Channel.ID, q.Message, m); err != nil {
		b.Log.Warn("question still shows its buttons", "channel", q.Channel.String(), "question", q.ID, "err", err)
	}
}

func (b *Bot) channelOf(at store.Channel) Channel {
	return b.request(chat.Event{Network: at.Network, Channel: at.ID}).channel
}

// post asks a question now: the day's own where it is still to come, else one more.
func (r request) post(ctx context.Context, _ string) (chat.Response, error) {
	if !r.scheduled {
		return say(r.words.noSchedule), nil
	}
	r.acting.Lock()
	defer r.acting.Unlock()
	s, today := r.channel.Schedule, r.channel.Schedule.Day(r.At)
	taken, err := r.Store.DayTaken(r.channel.Channel, today)
	if err != nil {
		return chat.Response{}, err
	}
	early := s.Works(today) && r.At.Before(s.PostAt(today))
	extra := taken || !early && !s.due(today, r.At)
	err = r.open(ctx, r.channel, store.Asking{Channel: r.channel.Channel, Day: today, Extra: extra, Actor: string(r.Member.ID), At: r.At})
	switch {
	case errors.Is(err, store.ErrStillOpen):
		return sayf(r.words.stillOpen, r.typed("reveal"), r.typed("skip")), nil
	case errors.Is(err, errNoCards):
		return say(r.words.noCards), nil
	case errors.Is(err, errUndelivered):
		r.Log.Warn("question not posted yet", "channel", r.channel.String(), "err", err)
		return say(r.words.undelivered), nil
	case err != nil:
		return chat.Response{}, err
	}
	return say(r.words.done), nil
}

// reveal reveals the open question now.
func (r request) reveal(ctx context.Context, _ string) (chat.Response, error) {
	r.acting.Lock()
	defer r.acting.Unlock()
	q, ok, err := r.Store.OpenQuestion(r.channel.Channel)
	if err != nil {
		return chat.Response{}, err
	}
	if !ok {
		text, err := r.nextQuestion()
		return say(r.words.noneOpen + r.words.space + text), err
	}
	if q, err = r.settle(ctx, q); err != nil || q.Message == "" {
		return say(r.words.undelivered), err
	}
	err = r.close(ctx, r.channel, q, string(r.Member.ID), r.At)
	if errors.Is(err, errUndelivered) {
		r.Log.Warn("reveal not posted yet", "channel", r.channel.String(), "err", err)
		return say(r.words.undelivered), nil
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

// skip withdraws the open question, or leaves out today's where it is still to come.
func (r request) skip(ctx context.Context, reason string) (chat.Response, error) {
	r.acting.Lock()
	defer r.acting.Unlock()
	reason = oneLine(reason)
	q, ok, err := r.Store.OpenQuestion(r.channel.Channel)
	if err != nil {
		return chat.Response{}, err
	}
	if ok {
		return r.withdraw(ctx, q, reason)
	}
	if !r.scheduled {
		return say(r.words.noSchedule), nil
	}
	today := r.channel.Schedule.Day(r.At)
	if !r.channel.Schedule.Works(today) {
		return say(r.words.nothingToSkip), nil
	}
	_, err = r.Store.Skip(store.Skipping{Channel: r.channel.Channel, Day: today, Actor: string(r.Member.ID), Reason: reason, At: r.At})
	if errors.Is(err, store.ErrDayTaken) {
		return say(r.words.nothingToSkip), nil
	}
	if err != nil {
		return chat.Response{}, err
	}
	return sayf(r.words.skipped, string(today)), nil
}
