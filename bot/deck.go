package bot

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"studybot/bot/calendar"
	"studybot/knowledge"
	"studybot/store"
)

// A Deck is the part of the cards that a channel is asked by a schedule of its own. The zero Deck is the channel's
// own: all cards.
type Deck struct {
	Name   string
	Folder string // begins the paths of its cards; "" for any
	Topic  string // stands in a heading around its cards, or is the name of their file, whatever the case; "" for any
}

// Holds reports whether a card is of the deck.
func (d Deck) Holds(c knowledge.Card) bool {
	if !strings.HasPrefix(c.File, d.Folder) {
		return false
	}
	topic := strings.ToLower(d.Topic)
	return topic == "" || strings.Contains(strings.ToLower(fileName(c.File)), topic) || slices.ContainsFunc(append(c.Path, c.Title), func(heading string) bool {
		return strings.Contains(strings.ToLower(heading), topic)
	})
}

func fileName(file string) string {
	return strings.TrimSuffix(file[strings.LastIndexByte(file, '/')+1:], extension(file))
}

// of returns the cards of the deck.
func (d Deck) of(cards []knowledge.Card) []knowledge.Card {
	if d.Folder == "" && d.Topic == "" {
		return cards
	}
	var held []knowledge.Card
	for _, c := range cards {
		if d.Holds(c) {
			held = append(held, c)
		}
	}
	return held
}

// askable counts the cards of the deck that may be asked.
func (d Deck) askable(cards []knowledge.Card) (n int) {
	for _, c := range d.of(cards) {
		if c.Askable() {
			n++
		}
	}
	return n
}

// key tells a deck of a channel from all others.
func (c Channel) key() string { return c.String() + " " + c.Deck.Name }

// calendars are what a channel may have as its calendar, by name.
func (cfg Config) calendars() map[string]*calendar.Table {
	if cfg.Calendars != nil {
		return cfg.Calendars
	}
	return map[string]*calendar.Table{"none": nil, "cn": calendar.China()}
}

// load takes in what is configured and, over it, what was set: the decks of all channels, a channel's own first.
func (b *Bot) load() error {
	stored, err := b.Store.Settings()
	if err != nil {
		return fmt.Errorf("settings: %w", err)
	}
	var all []Channel
	for _, c := range b.Channels {
		all = append(all, b.withSettings(c, stored[c.Channel])...)
		delete(stored, c.Channel)
	}
	var others []store.Channel
	for at := range stored {
		if b.networks[at.Network] != nil {
			others = append(others, at)
		}
	}
	slices.SortFunc(others, func(a, b store.Channel) int { return cmp.Compare(a.String(), b.String()) })
	for _, at := range others {
		all = append(all, b.withSettings(b.unset(at), stored[at])...)
	}
	b.all.Store(&all)
	return nil
}

// unset is a channel for which nothing is configured or set.
func (b *Bot) unset(at store.Channel) Channel {
	c := Channel{Channel: at, Schedule: b.Schedule, Language: b.Language, Threads: b.threadsIn(at.Network), off: true, links: b.Links}
	if c.Schedule.Check() != nil {
		c.Schedule = DefaultSchedule(c.Schedule.Zone)
	}
	return c
}

// withSettings returns the decks of a channel, its own first. What was set and is not understood any more is logged
// and left out.
func (b *Bot) withSettings(own Channel, sets []store.Settings) []Channel {
	own.links = b.Links
	if own.Threads == "" {
		own.Threads = b.threadsIn(own.Network)
	}
	decks := []Channel{own}
	for _, s := range sets { // the own deck's come first
		c := decks[0]
		c.Deck, c.off = Deck{Name: s.Deck}, false
		c, wrong := c.with(s, b.calendars())
		if wrong != nil {
			b.Log.Error("a setting is not understood and left out", "channel", own.String(), "setting", wrong.name)
		}
		if s.Deck == "" {
			decks[0] = c
		} else {
			decks = append(decks, c)
		}
	}
	return decks
}

// threadsIn is what the threads of a network are for where nobody says: what reaches the bot can answer.
func (b *Bot) threadsIn(network string) Threads {
	if n := b.networks[network]; n != nil && !n.Hears() {
		return ForTalk
	}
	return ForAnswers
}

// decks are all decks of all channels, those that are asked no more included.
func (b *Bot) decks() []Channel { return *b.all.Load() }

// decksOf are the decks of a channel that are asked.
func (b *Bot) decksOf(at store.Channel) (decks []Channel) {
	for _, c := range b.decks() {
		if c.Channel == at && !c.off {
			decks = append(decks, c)
		}
	}
	return decks
}

// channelAt returns a channel as its own deck, and whether it has a question of the day of any deck.
func (b *Bot) channelAt(at store.Channel) (Channel, bool) {
	own, scheduled := b.unset(at), false
	for _, c := range b.decks() {
		if c.Channel != at {
			continue
		}
		if c.Deck.Name == "" {
			own = c
		}
		scheduled = scheduled || !c.off
	}
	return own, scheduled
}

func (b *Bot) channelOf(at store.Channel) Channel {
	c, _ := b.channelAt(at)
	return c
}

// LanguageIn is what the bot speaks in a channel.
func (b *Bot) LanguageIn(at store.Channel) Language { return b.channelOf(at).Language }

// deckOf is the deck that a question is of; its channel's own where there is no such deck any more.
func (b *Bot) deckOf(q store.Question) Channel {
	for _, c := range b.decks() {
		if c.Channel == q.Channel && c.Deck.Name == q.Deck {
			return c
		}
	}
	c := b.channelOf(q.Channel)
	c.Deck.Name = q.Deck
	return c
}

// deckOf is Bot.deckOf in the member's language.
func (r request) deckOf(q store.Question) Channel {
	c := r.Bot.deckOf(q)
	c.Language = r.channel.Language
	return c
}

// channels are the channels of a network that have, or had, a question of the day.
func (b *Bot) channels(network string) (all []store.Channel) {
	for _, c := range b.decks() {
		if c.Network == network && (len(all) == 0 || all[len(all)-1] != c.Channel) {
			all = append(all, c.Channel)
		}
	}
	return all
}
