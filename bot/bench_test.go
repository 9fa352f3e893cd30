package bot

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"studybot/bot/chat"
	"studybot/knowledge"
	"studybot/store"
)

// BenchmarkGradedReply measures a reply from the event to the disk: graded, stored, answered.
func BenchmarkGradedReply(b *testing.B) {
	for _, members := range []int{1, 64} {
		b.Run(fmt.Sprintf("members=%d", members), func(b *testing.B) {
			w := newWorld(b)
			w.at("2026-03-02T09:00:00Z")
			text := w.open().Card.Answer
			var n atomic.Int64
			b.ReportAllocs()
			b.SetParallelism(members)
			b.ResetTimer()
			if members == 1 {
				ev := w.event("member")
				ev.Command = &chat.Command{Name: "answer", Args: text}
				for b.Loop() {
					w.handle(ev)
				}
				return
			}
			b.RunParallel(func(pb *testing.PB) {
				ev := w.event(fmt.Sprint("member", n.Add(1)))
				ev.Command = &chat.Command{Name: "answer", Args: text}
				for pb.Next() {
					if _, err := w.bot.Handle(b.Context(), ev); err != nil {
						b.Error(err)
					}
				}
			})
		})
	}
}

// BenchmarkChoose measures a choice after two years of a channel: 500 questions of 400 cards, each answered by 50
// members.
func BenchmarkChoose(b *testing.B) {
	const questions, members, cards = 500, 50, 400
	w := newWorld(b)
	notes := many{cards: cardsLike(w.notes.Cards()[0], cards)}
	w.bot.Notes = notes
	for n := range questions {
		at := moment(b, "2024-01-01T09:00:00Z").AddDate(0, 0, n)
		day := store.Day(at.Format("2006-01-02"))
		q, err := w.store.Ask(store.Asking{Channel: studyChannel, Day: day, Card: notes.cards[n*7%cards], At: at})
		if err != nil {
			b.Fatal(err)
		}
		var replying sync.WaitGroup
		for m := range members {
			replying.Go(func() {
				r := store.Reply{Member: chat.MemberID(fmt.Sprint("m", m)), Text: "because", Grade: knowledge.Grade{Score: float64((n*m)%10) / 10}, At: at}
				if _, err := w.store.Reply(q.ID, r, lateAward); err != nil {
					b.Error(err)
				}
			})
		}
		replying.Wait()
		if _, err := w.store.Reveal(q.ID, "", at, awards); err != nil {
			b.Fatal(err)
		}
		w.now = at
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := w.bot.choose(w.bot.Channels[0], w.now); err != nil {
			b.Fatal(err)
		}
	}
}

// many is notes of many cards.
type many struct {
	Notes
	cards []knowledge.Card
}

func (m many) Cards() []knowledge.Card { return m.cards }

// cardsLike are n cards that differ in what they ask.
func cardsLike(c knowledge.Card, n int) (cards []knowledge.Card) {
	for i := range n {
		c.ID, c.Question = knowledge.ID(fmt.Sprint("card", i)), fmt.Sprintf("What is part %d?", i)
		cards = append(cards, c)
	}
	return cards
}
