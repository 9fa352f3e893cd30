package recall

import (
	"maps"
	"time"

	"studybot/knowledge"
)

// A Slot is a question to come: its day, as Channel.Day, and the cards it is chosen from.
type Slot struct {
	Day   string
	Cards []knowledge.Card
}

// Preview returns what Choose would choose for each of the slots, in order, if every choice is
// asked and nobody answers in between. Days do not fall; moments move with them, a day being 24
// hours. Where no card can be asked, the Choice is zero. The channel is not changed.
func Preview(ch Channel, slots []Slot) []Choice {
	uses := make(map[knowledge.ID]Use, len(ch.Uses)+len(slots))
	maps.Copy(uses, ch.Uses)
	ch.Uses = uses
	start, from := ch.Now, dayOf(ch)
	out := make([]Choice, len(slots))
	for i, slot := range slots {
		ch.Day = slot.Day
		ch.Now = start
		if t, err := time.Parse(time.DateOnly, slot.Day); err == nil {
			ch.Now = start.Add(t.Sub(from).Truncate(24 * time.Hour))
		}
		c, ok := Choose(slot.Cards, ch)
		if !ok {
			continue
		}
		out[i] = c
		uses[c.Card.ID] = Use{Last: slot.Day, Times: uses[c.Card.ID].Times + 1}
		ch.Recent = append([]Asked{{Card: c.Card.ID, Topic: Topic(c.Card), Review: c.Review}},
			ch.Recent[:min(len(ch.Recent), window)]...)
	}
	return out
}
