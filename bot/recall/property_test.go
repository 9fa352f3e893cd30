package recall

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"studybot/knowledge"
)

// drawCards draws cards of a few topics; some are flagged, some ask the same as another.
func drawCards(rt *rapid.T) []knowledge.Card {
	var cards []knowledge.Card
	for i := range rapid.IntRange(1, 25).Draw(rt, "cards") {
		c := card(fmt.Sprint(i), rapid.SampledFrom([]string{"x", "y", "z"}).Draw(rt, "topic"), rapid.Float64Range(0, 1).Draw(rt, "score"))
		if i > 0 && rapid.IntRange(0, 4).Draw(rt, "same") == 0 {
			c.Question = cards[rapid.IntRange(0, i-1).Draw(rt, "as")].Question
		}
		if rapid.IntRange(0, 4).Draw(rt, "flag") == 0 {
			c.Flags = []knowledge.Flag{knowledge.NeedsReview}
		}
		cards = append(cards, c)
	}
	return cards
}

// play asks questions for some days. Some members answer each, to some score; on each day check
// sees what was known before the choice, and the choice.
func play(rt *rapid.T, cards []knowledge.Card, check func(Channel, Choice, bool)) {
	ch := Channel{Uses: map[knowledge.ID]Use{}}
	for range rapid.IntRange(0, 3).Draw(rt, "members") {
		ch.Members = append(ch.Members, Member{Weight: rapid.IntRange(0, 10).Draw(rt, "weight"), Memories: map[knowledge.ID]Memory{}})
	}
	ch.Now = monday
	for range rapid.IntRange(1, 60).Draw(rt, "days") {
		ch.Now = ch.Now.AddDate(0, 0, rapid.IntRange(0, 3).Draw(rt, "later"))
		ch.Day = ch.Now.Format(time.DateOnly)
		c, ok := Choose(cards, ch)
		check(ch, c, ok)
		if !ok {
			return
		}
		ch.Uses[c.Card.ID] = Use{Last: ch.Day, Times: ch.Uses[c.Card.ID].Times + 1}
		ch.Recent = append([]Asked{{Card: c.Card.ID, Topic: Topic(c.Card), Review: c.Review}}, ch.Recent...)
		for _, m := range ch.Members {
			if rapid.Bool().Draw(rt, "answers") {
				m.Memories[c.Card.ID] = m.Memories[c.Card.ID].Review(rapid.Float64Range(0, 1).Draw(rt, "score"), ch.Now)
			}
		}
	}
}

// isNew reports whether nothing with the card's question was asked.
func isNew(c knowledge.Card, cards []knowledge.Card, ch Channel) bool {
	return !slices.ContainsFunc(cards, func(d knowledge.Card) bool { return d.Question == c.Question && ch.Uses[d.ID].Times > 0 })
}

// newLeft is the askable cards that are new.
func newLeft(cards []knowledge.Card, ch Channel) (left []knowledge.Card) {
	for _, c := range cards {
		if c.Askable() && isNew(c, cards, ch) {
			left = append(left, c)
		}
	}
	return left
}

func TestOnlyAskableCardsAreAsked(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		cards := drawCards(rt)
		play(rt, cards, func(ch Channel, c Choice, ok bool) {
			if ok != slices.ContainsFunc(cards, knowledge.Card.Askable) {
				rt.Fatalf("chosen: %v", ok)
			}
			if ok && (!c.Card.Askable() || !slices.ContainsFunc(cards, func(d knowledge.Card) bool { return cmp.Equal(c.Card, d) })) {
				rt.Fatalf("asked %+v", c.Card)
			}
			if ok && c.Review == isNew(c.Card, cards, ch) {
				rt.Fatalf("review %v: %s", c.Review, c.Why)
			}
		})
	})
}

func TestTheOrderOfCardsMakesNoDifference(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		cards := drawCards(rt)
		shuffled := rapid.Permutation(cards).Draw(rt, "order")
		play(rt, cards, func(ch Channel, c Choice, ok bool) {
			ch.Members = slices.Clone(ch.Members)
			slices.Reverse(ch.Members) // nor does the order of the members
			other, found := Choose(shuffled, ch)
			if diff := cmp.Diff(c, other); diff != "" || ok != found {
				rt.Fatalf("in another order (-first +second):\n%s", diff)
			}
		})
	})
}

// While a new card is left there are at most 3 reviews in a row, and at least 3 new questions
// in any 10 running.
func TestReviewsLeaveRoomForNewCards(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		cards := drawCards(rt)
		play(rt, cards, func(ch Channel, c Choice, ok bool) {
			if !ok || !c.Review || len(newLeft(cards, ch)) == 0 {
				return
			}
			row, reviews := 1, 1
			for i, a := range ch.Recent[:min(len(ch.Recent), 9)] {
				if a.Review {
					reviews++
					if row == i+1 {
						row++
					}
				}
			}
			if row > 3 || reviews > 7 {
				rt.Fatalf("%d reviews in a row, %d in 10", row, reviews)
			}
		})
	})
}

// isDue reports whether the card rested 3 days and half of the members who answered it forget it.
func isDue(c knowledge.Card, ch Channel) bool {
	all, below := 0, 0
	for _, m := range ch.Members {
		if r, known := m.Memories[c.ID].Retrievability(ch.Now); known && m.Weight > 0 {
			all += m.Weight
			if r < 0.8 {
				below += m.Weight
			}
		}
	}
	return all > 0 && 2*below >= all && hasRested(c, ch)
}

func hasRested(c knowledge.Card, ch Channel) bool {
	use := ch.Uses[c.ID]
	return use.Times > 0 && use.Last <= ch.Now.AddDate(0, 0, -3).Format(time.DateOnly)
}

// possible returns the cards that may be asked on the day: what is new, what is due unless there
// were reviews enough, and where there is neither what rested.
func possible(cards []knowledge.Card, ch Channel) []knowledge.Card {
	fresh := newLeft(cards, ch)
	var due, rested []knowledge.Card
	for _, c := range cards {
		if c.Askable() && isDue(c, ch) {
			due = append(due, c)
		}
		if c.Askable() && hasRested(c, ch) {
			rested = append(rested, c)
		}
	}
	switch {
	case len(fresh) > 0 && wantsNew(ch.Recent) != "":
		return fresh
	case len(fresh)+len(due) > 0:
		return append(fresh, due...)
	}
	return rested
}

// The same topic comes twice running only where no other is possible.
func TestTopicsChange(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		cards := drawCards(rt)
		for i := range cards {
			cards[i].Question = fmt.Sprint("question ", i) // of two that ask the same one topic stands for both
		}
		play(rt, cards, func(ch Channel, c Choice, ok bool) {
			if !ok || len(ch.Recent) == 0 || Topic(c.Card) != ch.Recent[0].Topic {
				return
			}
			for _, d := range possible(cards, ch) {
				if Topic(d) != Topic(c.Card) {
					rt.Fatalf("%s again, while %s of %s is possible", Topic(c.Card), d.ID, Topic(d))
				}
			}
		})
	})
}

// Whatever the channel's history says, even nonsense: a choice is made where a card can be asked.
func TestChooseTakesAnything(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		cards := drawCards(rt)
		for i := range cards {
			cards[i].Question = rapid.String().Draw(rt, "question")
		}
		text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "2026-03-02", "9999-12-31", "0000-01-01", "2026-02-30"}))
		ch := Channel{
			Day: text.Draw(rt, "day"), Now: time.Unix(rapid.Int64().Draw(rt, "now"), 0), Uses: map[knowledge.ID]Use{},
			Recent: []Asked{{Topic: text.Draw(rt, "topic"), Review: rapid.Bool().Draw(rt, "review")}},
		}
		m := Member{Weight: rapid.Int().Draw(rt, "weight"), Memories: map[knowledge.ID]Memory{}}
		for _, c := range cards {
			ch.Uses[c.ID] = Use{Last: text.Draw(rt, "last"), Times: rapid.Int().Draw(rt, "times")}
			m.Memories[c.ID] = Memory{
				Stability: rapid.Float64().Draw(rt, "stability"), Reviews: rapid.Int().Draw(rt, "reviews"),
				Last: time.Unix(rapid.Int64().Draw(rt, "answered"), 0),
			}
		}
		ch.Members = []Member{m, {}}
		if _, ok := Choose(cards, ch); ok != slices.ContainsFunc(cards, knowledge.Card.Askable) {
			rt.Fatalf("chosen: %v", ok)
		}
	})
}

// A preview is what happens where nobody answers.
func TestPreviewComesTrue(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		cards := drawCards(rt)
		play(rt, cards, func(ch Channel, _ Choice, ok bool) {
			if !ok {
				return
			}
			ch.Uses = maps.Clone(ch.Uses)
			days := []string{ch.Day, ch.Now.AddDate(0, 0, 1).Format(time.DateOnly), ch.Now.AddDate(0, 0, 4).Format(time.DateOnly)}
			preview := Preview(ch, slots(cards, days...))
			for i, day := range days {
				at, err := time.Parse(time.DateOnly, day)
				if err != nil {
					rt.Fatal(err)
				}
				ch.Day, ch.Now = day, at.Add(9*time.Hour)
				c, _ := Choose(cards, ch)
				if diff := cmp.Diff(c, preview[i]); diff != "" {
					rt.Fatalf("on %s (-chosen +previewed):\n%s", day, diff)
				}
				ch.Uses[c.Card.ID] = Use{Last: day, Times: ch.Uses[c.Card.ID].Times + 1}
				ch.Recent = append([]Asked{{Card: c.Card.ID, Topic: Topic(c.Card), Review: c.Review}}, ch.Recent...)
			}
		})
	})
}
