package bot

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"studybot/bot/chat"
	"studybot/bot/recall"
	"studybot/store"
)

// maxPreview is how many days can be previewed.
const maxPreview = 31

// preview shows what the next days will be asked, if nobody answers until then.
func (r request) preview(_ context.Context, args string) (chat.Response, error) {
	n := 7
	if args != "" {
		var err error
		if n, err = strconv.Atoi(args); err != nil || n < 1 || n > maxPreview {
			return sayf(r.words.previewWhat, r.typed("preview"), maxPreview), nil
		}
	}
	if !r.scheduled {
		return say(r.noSchedule()), nil
	}
	if paused, err := r.Store.PausedUntil(r.channel.Channel); err != nil || paused == lastDay {
		return say(r.words.isPaused), err
	}
	list := chat.List{}
	for _, c := range r.decksOf(r.channel.Channel) {
		items, err := r.next(c, n)
		if err != nil {
			return chat.Response{}, err
		}
		list.Items = append(list.Items, items...)
	}
	if len(list.Items) == 0 {
		return say(r.words.noCards), nil
	}
	slices.SortStableFunc(list.Items, func(a, b chat.Item) int { return cmp.Compare(a.Mark, b.Mark) })
	m := chat.Message{Title: r.words.previewTitle, Blocks: []chat.Block{list}}
	n, err := r.fresh(r.channel)
	if n >= dryAt { // else a warning says so
		m.Context = r.words.count(r.words.newCards, n)
	}
	return private(m), err
}

// next are the next n questions of a deck, a line each.
func (r request) next(c Channel, n int) (items []chat.Item, err error) {
	cards, h, err := r.deck(c, r.At)
	if err != nil {
		return nil, err
	}
	days, err := r.nextDays(c, n)
	if err != nil {
		return nil, err
	}
	for i, choice := range recall.Preview(cards, h, days) {
		text := shorten(choice.Card.Question, 60)
		if c.Deck.Name != "" {
			text = c.Deck.Name + r.words.colon + text
		}
		items = append(items, chat.Item{Mark: days[i], Text: text, Note: choice.Why})
	}
	return items, nil
}

// nextDays are the next n days on which a deck will have a question.
func (r request) nextDays(c Channel, n int) (days []string, err error) {
	for at := r.At; len(days) < n; {
		at, err = c.Schedule.upcoming(at, func(d store.Day) (bool, error) { return r.taken(c, d) })
		if err != nil {
			return nil, err
		}
		days = append(days, string(c.Schedule.Day(at)))
	}
	return days, nil
}

// dryAt is how many new cards are left when those who run the bot are warned.
const dryAt = 10

// fresh is how many cards of a deck can be asked and never were.
func (b *Bot) fresh(c Channel) (n int, err error) {
	uses, err := b.Store.Uses(c.Channel)
	if err != nil {
		return 0, err
	}
	for _, card := range c.Deck.of(b.Notes.Cards()) {
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
