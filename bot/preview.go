package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"studybot/bot/chat"
	"studybot/bot/recall"
	"studybot/knowledge"
	"studybot/store"
)

// maxPreview is how many days can be previewed.
const maxPreview = 31

// preview shows what the next days will be asked, if nobody answers until then.
func (r request) preview(_ context.Context, args string) (chat.Response, error) {
	n, ok := number(args, 7, maxPreview)
	if !ok {
		return sayf(r.words.previewWhat, r.typed("preview"), maxPreview), nil
	}
	if !r.scheduled {
		return say(r.noSchedule()), nil
	}
	if paused, err := r.Store.PausedUntil(r.channel.Channel); err != nil || paused == lastDay {
		return say(r.words.isPaused), err
	}
	list, err := r.next(n)
	if err != nil {
		return chat.Response{}, err
	}
	if len(list.Items) == 0 {
		return say(r.words.noCards), nil
	}
	m := chat.Message{Title: r.words.previewTitle, Blocks: []chat.Block{list}}
	n, err = r.fresh(r.channel)
	if n >= dryAt { // else a warning says so
		m.Context = r.words.count(r.words.newCards, n)
	}
	return private(m), err
}

// A slot is a question to come.
type slot struct {
	deck Channel
	at   time.Time
	recall.Slot
}

// next are the next n questions of each deck, a line each, in the order in which they come.
func (r request) next(n int) (list chat.List, err error) {
	var slots []slot
	var history recall.Channel // the channel's, whatever the deck
	for _, c := range r.decksOf(r.channel.Channel) {
		var cards []knowledge.Card
		if cards, history, err = r.deck(c, r.At); err != nil {
			return list, err
		}
		times, err := r.nextTimes(c, n)
		if err != nil {
			return list, err
		}
		for _, at := range times {
			slots = append(slots, slot{c, at, recall.Slot{Day: string(c.Schedule.Day(at)), Cards: cards}})
		}
	}
	slices.SortStableFunc(slots, func(a, b slot) int { return a.at.Compare(b.at) })
	todo := make([]recall.Slot, len(slots))
	for i, s := range slots {
		todo[i] = s.Slot
	}
	for i, c := range recall.Preview(history, todo) {
		if c.Card.ID == "" {
			continue
		}
		text := shorten(c.Card.Question, 60)
		if name := slots[i].deck.Deck.Name; name != "" {
			text = name + r.words.colon + text
		}
		list.Items = append(list.Items, chat.Item{Mark: slots[i].Day, Text: text, Note: r.words.because(c)})
	}
	return list, nil
}

// because says in short why a card is chosen.
func (w *words) because(c recall.Choice) string {
	switch {
	case !c.Review:
		return w.isNew
	case c.Recall > 0:
		return fmt.Sprintf(w.isDue, c.Last, percent(c.Recall))
	}
	return fmt.Sprintf(w.isRested, c.Last)
}

// nextTimes is when a deck will have its next n questions.
func (r request) nextTimes(c Channel, n int) (times []time.Time, err error) {
	for at := r.At; len(times) < n; {
		at, err = c.Schedule.upcoming(at, func(d store.Day) (bool, error) { return r.taken(c, d) })
		if err != nil {
			return nil, err
		}
		times = append(times, at)
	}
	return times, nil
}

// dryAt is how many new cards are left when those who run the bot are warned.
const dryAt = 10

// fresh is how many cards of a deck can be asked and never were.
func (b *Bot) fresh(c Channel) (n int, err error) {
	uses, err := b.Store.Uses(c.Channel)
	if err != nil {
		return 0, err
	}
	cards, err := b.cards(c.Channel)
	if err != nil {
		return 0, err
	}
	for _, card := range c.Deck.of(cards) {
		if use := uses[card.ID]; card.Askable() && use == (store.Use{}) {
			n++
		}
	}
	return n, nil
}

// warnDry logs that a deck is running out of new cards.
func (b *Bot) warnDry(c Channel) {
	if n, err := b.fresh(c); err == nil && n < dryAt { // an error is told by what follows
		b.Log.Warn("few new cards are left; old ones come more often", "channel", c.String(), "deck", c.Deck.Name, "left", n)
	}
}

// warnYear logs that the calendar will soon not know the holidays, or does not by now.
func (b *Bot) warnYear(c Channel, today store.Day) {
	if end := addDays(today, covers); !c.Schedule.Covered(end) {
		b.Log.Warn("the calendar does not know the holidays of the year; every week counts as usual", "channel", c.String(), "year", string(end[:4]))
	}
}

// covers is how far ahead the calendar has to know the holidays, in days.
const covers = 30

// warnings are what those who run the bot in a channel should know about what is to come.
func (r request) warnings() (all []string, err error) {
	for i, c := range r.decksOf(r.channel.Channel) {
		for _, d := range []store.Day{c.Schedule.Day(r.At), addDays(c.Schedule.Day(r.At), covers)} {
			if i == 0 && !c.Schedule.Covered(d) && len(all) == 0 {
				all = append(all, fmt.Sprintf(r.words.calendarEnds, string(d[:4])))
			}
		}
		n, err := r.fresh(c)
		if err != nil {
			return nil, err
		}
		if n < dryAt {
			all = append(all, fmt.Sprintf(r.words.fewNew, strings.TrimSpace(fmt.Sprint(c.Deck.Name, " ", n))))
		}
	}
	return all, nil
}

// warn adds what those who run the bot should know to the answer of an admin's command: once a week, and always
// where it is looked for.
func (r request) warn(name string, res chat.Response) (chat.Response, error) {
	week := monday(r.channel.Schedule.Day(r.At))
	always := name == "preview" || name == "queue"
	if res.Private == nil || !always && !r.told.first(r.channel.String(), week) {
		return res, nil
	}
	warnings, err := r.warnings()
	if err != nil {
		return chat.Response{}, err
	}
	m := *res.Private
	for _, text := range warnings {
		if m.Context != "" {
			m.Context += r.words.space
		}
		m.Context += text
	}
	res.Private = &m
	return res, nil
}
