package recall

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"studybot/knowledge"
)

// BenchmarkChoose chooses from 10,000 cards, of which the channel was asked half and its 50
// members answered all of these: more than any channel reaches.
func BenchmarkChoose(b *testing.B) {
	cards, ch := large(10_000, 50)
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := Choose(cards, ch); !ok {
			b.Fatal("nothing chosen")
		}
	}
}

// BenchmarkChooseAnswered is the same where every card was asked.
func BenchmarkChooseAnswered(b *testing.B) {
	cards, ch := large(20_000, 50)
	cards = cards[:len(cards)/2]
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := Choose(cards, ch); !ok {
			b.Fatal("nothing chosen")
		}
	}
}

// BenchmarkReview is one answer.
func BenchmarkReview(b *testing.B) {
	m := remember(answer{1, 0}, answer{.5, 4})
	at := monday.AddDate(0, 0, 20)
	b.ReportAllocs()
	for b.Loop() {
		m.Review(.8, at)
	}
}

// large returns cards and a channel that was asked the first half of them.
func large(n, members int) ([]knowledge.Card, Channel) {
	r := rand.New(rand.NewPCG(1, 2))
	now := monday.AddDate(1, 0, 0)
	ch := Channel{Day: now.Format(time.DateOnly), Now: now, Uses: map[knowledge.ID]Use{}}
	for i := range members {
		ch.Members = append(ch.Members, Member{Weight: 1 + i%10, Memories: map[knowledge.ID]Memory{}})
	}
	cards := make([]knowledge.Card, n)
	for i := range cards {
		c := card(fmt.Sprintf("%08x", r.Uint32()), fmt.Sprint("topic ", i%40), r.Float64())
		c.Question = fmt.Sprintf("Linux 系统中第 %d 个内核参数的作用是什么，如何修改？", i)
		cards[i] = c
		if i >= n/2 {
			continue
		}
		asked := now.AddDate(0, 0, -r.IntN(365))
		ch.Uses[c.ID] = Use{Last: asked.Format(time.DateOnly), Times: 1}
		for _, m := range ch.Members {
			m.Memories[c.ID] = Memory{}.Review(r.Float64(), asked)
		}
	}
	return cards, ch
}
