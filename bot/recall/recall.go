// Package recall keeps what members remember of cards, and chooses from it the card that a
// channel is asked next.
//
// A member's memory of a card is a fold over the member's answers (Memory). The choice is a pure
// function of the cards and of what the channel's history says (Choose): the same input gives
// the same choice, whatever the order of the cards.
//
// The rule keeps alive what was asked rather than asking everything once. What that is worth, what it
// costs, and what was assumed to find out, stands with TestSimulation.
package recall

import (
	"time"

	"studybot/knowledge"
)

// A Channel is what a channel's history says about the choice of its next question.
type Channel struct {
	Day     string               // of the question, 2006-01-02
	Now     time.Time            // when memories are looked at
	Uses    map[knowledge.ID]Use // of the cards that were asked
	Recent  []Asked              // the questions asked last, the latest first; nine are looked at
	Members []Member             // who answered in the last 14 days
}

// A Use says how a channel has asked a card so far.
type Use struct {
	Last  string // the day it was last asked, 2006-01-02; "" for never
	Times int
}

func (u Use) asked() bool { return u.Last != "" || u.Times > 0 }

// An Asked is a question that was asked.
type Asked struct {
	Card   knowledge.ID
	Topic  string // of the card, as Topic says
	Review bool   // the Choice's
}

// A Member is an active member of the channel.
type Member struct {
	Weight   int // how often the member answered in the last 14 days; one of 0 or less does not count
	Memories map[knowledge.ID]Memory
}

// A Choice is a card to be asked.
type Choice struct {
	Card   knowledge.Card
	Review bool    // the channel was asked it before
	Last   string  // the day of that, 2006-01-02; "" for never
	Recall float64 // of a review that is due: what the members are thought to remember, 0..1
	Why    string  // for the ledger
}

// Topic is what a card is about, as far as two questions running should differ in it: its
// outermost heading, or its file.
func Topic(c knowledge.Card) string {
	if len(c.Path) > 0 {
		return c.Path[0]
	}
	return c.File
}
