package bot

import (
	"fmt"
	"slices"
	"strings"

	"studybot/bot/chat"
	"studybot/store"
)

// An aim is what an admin's command is about: the deck that its arguments begin with, and what follows.
type aim struct {
	deck  string
	named bool // else of whichever deck
	rest  string
}

// aimed reads the deck at the beginning of a command's arguments: "deck=redis", "deck=" for the channel's own, or the
// bare name of a deck that there is, or was when one of the questions was asked.
func (r request) aimed(args string, qs []store.Question) aim {
	if deck, rest, ok := deckOption(args); ok {
		return aim{deck, true, rest}
	}
	word, rest, _ := strings.Cut(strings.TrimSpace(args), " ")
	isDeck := slices.ContainsFunc(r.decksOf(r.channel.Channel), func(c Channel) bool { return c.Deck.Name == word }) ||
		slices.ContainsFunc(qs, func(q store.Question) bool { return q.Deck == word })
	if word != "" && isDeck {
		return aim{word, true, strings.TrimSpace(rest)}
	}
	return aim{rest: strings.TrimSpace(args)}
}

// deckOption reads "deck=redis" at the beginning of a text.
func deckOption(text string) (deck, rest string, ok bool) {
	word, rest, _ := strings.Cut(strings.TrimSpace(text), " ")
	deck, ok = strings.CutPrefix(strings.Replace(word, "＝", "=", 1), "deck=")
	return deck, strings.TrimSpace(rest), ok
}

// lastOfDecks are the questions that each deck was asked last, withdrawn ones too, of those that the channel was asked
// of late.
func (r request) lastOfDecks() (qs []store.Question, err error) {
	last, err := r.Store.LastQuestions(r.channel.Channel, maxDecks*lookBack)
	for _, q := range last {
		if !slices.ContainsFunc(qs, func(o store.Question) bool { return o.Deck == q.Deck }) {
			qs = append(qs, q)
		}
	}
	return qs, err
}

// one is the question that is meant: that of the deck that is named, else the only one that is open, else the only one
// there is of the decks that are still asked. Where more may be meant it asks which; ok is false, and the response says so.
func (r request) one(command string, a aim, qs []store.Question) (q store.Question, ok bool, which chat.Response) {
	isAsked := func(q store.Question) bool {
		return slices.ContainsFunc(r.decksOf(q.Channel), func(c Channel) bool { return c.Deck.Name == q.Deck })
	}
	if a.named {
		qs = those(qs, func(q store.Question) bool { return q.Deck == a.deck })
	} else if of := those(qs, func(q store.Question) bool { return isOpen(q) || isAsked(q) }); len(of) > 0 {
		qs = of
	}
	switch open := those(qs, isOpen); {
	case len(open) == 1:
		return open[0], true, which
	case len(qs) == 1:
		return qs[0], true, which
	case len(open) > 1:
		qs = open
	}
	return q, false, r.askWhich(command, a.rest, qs)
}

func isOpen(q store.Question) bool { return q.State == store.StateOpen }

// those are the questions of which something holds.
func those(qs []store.Question, holds func(store.Question) bool) (some []store.Question) {
	for _, q := range qs {
		if holds(q) {
			some = append(some, q)
		}
	}
	return some
}

// askWhich names the questions that a command may be about, each as it is typed then; the zero response where there is none.
func (r request) askWhich(command, rest string, qs []store.Question) chat.Response {
	list := chat.List{}
	for _, q := range qs {
		if q.State != store.StateVoid {
			typed := strings.TrimSpace(fmt.Sprintf("%s deck=%s %s", r.typed(command), q.Deck, shorten(rest, 80)))
			list.Items = append(list.Items, chat.Item{Mark: "·", Text: shorten(q.Card.Question, 80), Note: typed})
		}
	}
	if len(list.Items) == 0 {
		return chat.Response{}
	}
	return private(chat.Message{Title: r.words.whichQuestion, Blocks: []chat.Block{list}})
}
