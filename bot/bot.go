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
	"sync/atomic"
	"time"

	"studybot/bot/calendar"
	"studybot/bot/chat"
	"studybot/knowledge"
	"studybot/knowledge/grade"
	"studybot/knowledge/library"
	"studybot/knowledge/search"
	"studybot/knowledge/text"
	"studybot/store"
)

// Notes is what the bot asks of the notes.
type Notes interface {
	// Search finds passages for a query, best first, at most n.
	Search(ctx context.Context, query string, n int) (search.Result, error)
	// Around returns the passages before and after one that was found, nil for none.
	Around(ctx context.Context, p knowledge.Passage) (before, after *knowledge.Passage, err error)
	// Cards returns all cards, in a stable order. The caller does not change them.
	Cards() []knowledge.Card
	// Refresh reads the notes again, and says which notes changed.
	Refresh(ctx context.Context) (library.Change, error)
	// Problems are what is wrong with the notes. The caller does not change them.
	Problems() []knowledge.Problem
}

// A Channel is a channel that has a question of the day, as it is configured; within the package also each of its
// decks, with what was set.
type Channel struct {
	store.Channel
	Deck     Deck
	Schedule Schedule
	Language Language
	Threads  Threads // "" means ForAnswers where the network hears what is written in threads, else ForTalk

	off   bool           // nothing is asked
	set   store.Settings // what was set for the deck
	since time.Time      // when the channel or the deck was last set; before it no day was missed
	links Links
}

// Threads says what the thread below a question is for.
type Threads string

// What a thread is for.
const (
	ForAnswers Threads = "answers" // there from the first, and what is written in it answers the question
	ForTalk    Threads = "reveal"  // it begins with the reveal, which is talked about there
	NoThreads  Threads = "none"    // nothing: the reveal stands in the channel
)

// Config says what a bot works with.
type Config struct {
	Notes    Notes
	Store    *store.Store
	Networks []chat.Network
	Channels []Channel     // events of other channels are answered, but have no question of the day
	Language Language      // of other channels
	Schedule Schedule      // of channels that begin by setup, where they set nothing else; the zero Schedule is DefaultSchedule
	Links    Links         // where the notes can be read
	Glossary text.Glossary // terms of the team that mean the same, for grading
	Log      *slog.Logger  // nil means log nothing

	// Calendars are what channels may choose from, by name: "none" and others. nil means "none", and "cn" for China.
	Calendars map[string]*calendar.Table
}

// A Bot is a bot at work. Its methods may be called from any goroutine.
type Bot struct {
	Config
	networks map[string]chat.Network
	commands []command
	grader   grade.Grader
	all      atomic.Pointer[[]Channel] // see decks
	told     told                      // of the warnings to admins
	acting   sync.Mutex                // held from looking for a pending act to its record, so that it happens once

	// Guarded by acting:
	warned  map[string]store.Day       // of which days without a card was warned, by Channel.key
	failing map[store.Channel]failure  // whose network does not take messages
	downs   map[string]int             // how many channels of a network failed in this Tick
	counts  map[store.QuestionID]shown // of open questions
}

// New returns a bot. It returns an error where a channel is on no known network, is named
// twice, or has no working day.
func New(cfg Config) (*Bot, error) {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	b := &Bot{Config: cfg, networks: map[string]chat.Network{}, commands: commands(), grader: grade.Grader{Glossary: grade.NewGlossary(cfg.Glossary)},
		warned: map[string]store.Day{}, failing: map[store.Channel]failure{}, downs: map[string]int{}, counts: map[store.QuestionID]shown{}}
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
	return b, b.load()
}

// A request is an event with what is needed to answer it.
type request struct {
	*Bot
	chat.Event
	channel   Channel // whose question is meant; its Language is what the member reads
	scheduled bool    // the channel has a question of the day
	public    *words  // the channel's
	words     *words  // the member's
}

func (b *Bot) request(ev chat.Event) (request, error) {
	at, err := b.meant(ev)
	return request{Bot: b, Event: ev}.in(at), err
}

// in is the request as one about a channel.
func (r request) in(at store.Channel) request {
	r.channel, r.scheduled = r.channelAt(at)
	r.public = r.channel.Language.words()
	if l := Language(r.Event.Language); l == English || l == Chinese {
		r.channel.Language = l
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
	r, err := b.request(ev)
	res := chat.Response{}
	if err == nil {
		res, err = r.answer(ctx)
	}
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
		return r.orStale(r.press(ctx))
	case r.Submit != nil:
		return r.orStale(r.submit(ctx))
	case r.Reply != nil:
		return r.threadReply(ctx)
	case r.Event.Complete != nil:
		return r.complete(ctx)
	}
	return chat.Response{}, errors.New("the event is empty")
}

// orStale is the response to a button or a form; where that is about a question that is no more, it says so.
func (r request) orStale(res chat.Response, err error) (chat.Response, error) {
	if errors.Is(err, store.ErrUnknown) {
		return say(r.words.staleButton), nil
	}
	return res, err
}

// Welcome is what a channel's window says at first to whoever opens it: what the bot has read, what is open
// or comes next, and how to begin.
func (b *Bot) Welcome(c store.Channel, now time.Time) (string, error) {
	r := request{Bot: b, Event: chat.Event{Network: c.Network, Channel: c.ID, At: now}}.in(c)
	askable := Deck{}.askable(b.Notes.Cards())
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
	case ev.Complete != nil:
		return "completion"
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
