package bot

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"studybot/bot/chat"
	"studybot/store"
)

// noSchedule says that the channel has no question of the day, and how it gets one.
func (r request) noSchedule() string {
	return fmt.Sprintf(r.words.noSchedule, r.typed("setup"))
}

// named is the deck of the channel with a name: of "", the channel's own, or the first where its own is not asked.
func (r request) named(name string) (Channel, bool) {
	decks := r.decksOf(r.channel.Channel)
	for _, c := range decks {
		if name == "" || c.Deck.Name == name {
			return c, true
		}
	}
	return Channel{}, false
}

// noDeck says that there is no such deck, and which there are.
func (r request) noDeck(name string) string {
	if !r.scheduled {
		return r.noSchedule()
	}
	return fmt.Sprintf(r.words.noDeck, shorten(name, 40), cmp.Or(r.deckNames(), "—"))
}

// deckNames are the names of the channel's decks that are asked and have one.
func (r request) deckNames() string {
	var names []string
	for _, c := range r.decksOf(r.channel.Channel) {
		if c.Deck.Name != "" {
			names = append(names, c.Deck.Name)
		}
	}
	return strings.Join(names, r.words.comma)
}

// others adds to a message about an open question the other open ones of the channel.
func (r request) others(q store.Question, m chat.Message) (chat.Response, error) {
	open, err := r.Store.OpenQuestions(r.channel.Channel)
	if err != nil {
		return chat.Response{}, err
	}
	for _, o := range open {
		if o.ID == q.ID {
			continue
		}
		other := r.deckOf(o).post(o)
		items := []chat.Item{{Mark: "·", Text: o.Card.Question}}
		for i, text := range options(o) {
			items = append(items, chat.Item{Mark: letter(i) + ".", Text: text})
		}
		m.Blocks = append(m.Blocks, chat.List{Title: other.Title, Items: items})
		for _, b := range other.Buttons {
			b.Label = shorten(b.Label+" · "+cmp.Or(o.Deck, trail(o.Card)), 20)
			m.Buttons = append(m.Buttons, b)
		}
	}
	return private(m), nil
}

// whichOne says which question was answered, where several are open.
func (r request) whichOne(q store.Question, res chat.Response) chat.Response {
	open, err := r.Store.OpenQuestions(r.channel.Channel)
	if err != nil || len(open) < 2 || res.Private == nil {
		return res
	}
	return r.toQuestion(q, res)
}

// toQuestion says which question was answered.
func (r request) toQuestion(q store.Question, res chat.Response) chat.Response {
	m := *res.Private
	m.Blocks = append([]chat.Block{chat.Text(fmt.Sprintf(r.words.answersThe, shorten(q.Card.Question, 80)))}, m.Blocks...)
	res.Private = &m
	return res
}

// soonest is when the next question of the day is due, of any deck.
func (r request) soonest() (first time.Time, err error) {
	for _, c := range r.decksOf(r.channel.Channel) {
		at, err := c.Schedule.upcoming(r.At, func(d store.Day) (bool, error) { return r.taken(c, d) })
		if err != nil {
			return first, err
		}
		if first.IsZero() || at.Before(first) {
			first = at
		}
	}
	return first, nil
}
