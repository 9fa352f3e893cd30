// Package bot decides what studybot does: it answers what members ask, asks the question
// of the day, grades and tallies replies, reveals, and keeps the board.
//
// An event comes in by Handle and its answer is returned; Tick does what is due at a
// time. The package reads no clock and knows no network: what is said without being asked
// goes out by chat.Network, and only after the store holds the decision.
package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"studybot/bot/chat"
	"studybot/knowledge"
	"studybot/knowledge/search"
	"studybot/store"
)

// Notes is what the bot asks of the notes.
type Notes interface {
	// Search finds passages for a query, best first, at most n.
	Search(ctx context.Context, query string, n int) (search.Result, error)
	// Cards returns all cards, in a stable order. The caller does not change them.
	Cards() []knowledge.Card
}

// A Channel is a channel that has a question of the day.
type Channel struct {
	store.Channel
	Schedule Schedule
	Language Language
}

// Config says what a bot works with.
type Config struct {
	Notes    Notes
	Store    *store.Store
	Networks []chat.Network
	Channels []Channel    // events of other channels are answered, but have no question of the day
	Language Language     // of other channels
	Log      *slog.Logger // nil means log nothing
}

// A Bot is a bot at work. Its methods may be called from any goroutine.
type Bot struct {
	Config
	networks map[string]chat.Network
	commands []command
	acting   sync.Mutex                  // held from looking for a pending act to its record, so that it happens once
	warned   map[store.Channel]store.Day // of which days without a card was warned; guarded by acting
}

// New returns a bot. It returns an error where a channel is on no known network, is named
// twice, or has no working day.
func New(cfg Config) (*Bot, error) {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	b := &Bot{Config: cfg, networks: map[string]chat.Network{}, commands: commands(), warned: map[store.Channel]store.Day{}}
	for _, n := range cfg.Networks {
		b.networks[n.Name()] = n
	}
	for i, c := range cfg.Channels {
		if b.networks[c.Network] == nil {
			return nil, fmt.Errorf("channel %s: no such network is configured", c)
		}
		if err := c.Schedule.Check(); err != nil {
			return nil, fmt.Errorf("channel %s: %w", c, err)
		}
		if slices.ContainsFunc(cfg.Channels[:i], func(o Channel) bool { return o.Channel == c.Channel }) {
			return nil, fmt.Errorf("channel %s: configured twice", c)
		}
	}
	return b, nil
}

// A request is an event with what is needed to answer it.
type request struct {
	*Bot
	chat.Event
	channel   Channel
	scheduled bool // the channel has a question of the day
	words     *words
}

func (b *Bot) request(ev chat.Event) request {
	r := request{Bot: b, Event: ev}
	at := store.Channel{Network: ev.Network, ID: ev.Channel}
	r.channel = Channel{Channel: at, Schedule: DefaultSchedule(nil), Language: b.Language}
	for _, c := range b.Channels {
		if c.Channel == at {
			r.channel, r.scheduled = c, true
		}
	}
	r.words = r.channel.Language.words()
	return r
}

// typed is how the member types a command.
func (r request) typed(command string) string {
	if n := r.networks[r.Network]; n != nil {
		return n.Typed(command)
	}
	return "/" + command
}

// Handle answers an event. What a member did wrong is told in the response; an error is a
// failure of the bot.
func (b *Bot) Handle(ctx context.Context, ev chat.Event) (chat.Response, error) {
	r := b.request(ev)
	res, err := r.answer(ctx)
	if err != nil {
		return chat.Response{}, fmt.Errorf("%s in %s: %w", describe(ev), r.channel, err)
	}
	return res, nil
}

func (r request) answer(ctx context.Context) (chat.Response, error) {
	switch {
	case r.Event.Member.ID == "":
		return chat.Response{}, errors.New("the event names no member")
	case r.Command != nil:
		return r.command(ctx)
	case r.Press != nil:
		return r.press(ctx)
	case r.Submit != nil:
		return r.submit()
	case r.Reply != nil:
		return r.threadReply()
	}
	return chat.Response{}, errors.New("the event is empty")
}

// Welcome is what a channel's window says at first to whoever opens it: what the bot has read, what is open
// or comes next, and how to begin.
func (b *Bot) Welcome(c store.Channel, now time.Time) (string, error) {
	r := b.request(chat.Event{Network: c.Network, Channel: c.ID, At: now})
	askable := 0
	for _, card := range b.Notes.Cards() {
		if card.Askable() {
			askable++
		}
	}
	next := fmt.Sprintf(r.words.welcomeOpen, r.typed("question"))
	_, open, err := b.Store.OpenQuestion(c)
	if err == nil && !open {
		next, err = r.nextQuestion()
	}
	return r.words.count(r.words.welcome, askable) + r.words.space + next + r.words.space + fmt.Sprintf(r.words.welcomeHow, r.typed("ask"), r.typed("help")), err
}

// describe names what an event is, without what the member wrote.
func describe(ev chat.Event) string {
	switch {
	case ev.Command != nil:
		return "command " + ev.Command.Name
	case ev.Press != nil:
		return "button"
	case ev.Submit != nil:
		return "form"
	}
	return "reply"
}

// private is a response that the member alone sees.
func private(m chat.Message) chat.Response { return chat.Response{Private: &m} }

// say is a private response of one paragraph.
func say(text string) chat.Response {
	return private(chat.Message{Blocks: []chat.Block{chat.Text(text)}})
}

// sayf is say of a formatted text.
func sayf(format string, args ...any) chat.Response { return say(fmt.Sprintf(format, args...)) }
