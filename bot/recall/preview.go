package recall

import (
	"maps"
	"time"

	"studybot/knowledge"
)

// Preview returns what Choose would choose on each of the days, in order, if every choice is
// asked and nobody answers in between. The days are as Channel.Day, rising; moments move with
// them, a day being 24 hours. The result is empty where no card can be asked. The channel is not
// changed.
func Preview(cards []knowledge.Card, ch Channel, days []string) []Choice {
	uses := make(map[knowledge.ID]Use, len(ch.Uses)+len(days))
	maps.Copy(uses, ch.Uses)
	ch.Uses = uses
	start, from := ch.Now, dayOf(ch)
	var out []Choice
	for _, day := range days {
		ch.Day = day
		ch.Now = start
		if t, err := time.Parse(time.DateOnly, day); err == nil {
			ch.Now = start.Add(t.Sub(from).Truncate(24 * time.Hour))
		}
		c, ok := Choose(cards, ch)
		if !ok {
			return nil
		}
		out = append(out, c)
		uses[c.Card.ID] = Use{Last: day, Times: uses[c.Card.ID].Times + 1}
		ch.Recent = append([]Asked{{Card: c.Card.ID, Topic: Topic(c.Card), Review: c.Review}},
			ch.Recent[:min(len(ch.Recent), window)]...)
	}
	return out
}
