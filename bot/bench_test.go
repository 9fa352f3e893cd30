package bot

import (
	"fmt"
	"sync/atomic"
	"testing"

	"studybot/bot/chat"
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
