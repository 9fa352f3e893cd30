package store

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"go.etcd.io/bbolt"

	"studybot/bot/chat"
	"studybot/knowledge"
)

var benchReply = Reply{
	Name: "Ada", Text: strings.Repeat("因为三次握手要确认双方的收发能力。", 10),
	Grade: knowledge.Grade{Score: 1, Points: []knowledge.Point{{Text: "双方都能收发", Held: true}}}, At: monday,
}

// BenchmarkReply measures a reply made durable, beside one transaction of bbolt a reply by its Update
// and by its Batch, which write the same entry and fold it in the same way.
func BenchmarkReply(b *testing.B) {
	ways := map[string]func(*Store, Question, Reply) error{
		"store": func(s *Store, q Question, r Reply) error {
			_, err := s.Reply(q.ID, r, takingPart)
			return err
		},
		"update": func(s *Store, q Question, r Reply) error {
			return s.db.Update(func(tx *bbolt.Tx) error { return record(tx, replied(q, r)) })
		},
		"batch": func(s *Store, q Question, r Reply) error {
			return s.db.Batch(func(tx *bbolt.Tx) error { return record(tx, replied(q, r)) })
		},
	}
	for _, members := range []int{1, 64, 256} {
		for _, way := range []string{"store", "update", "batch"} {
			b.Run(fmt.Sprintf("%s/members=%d", way, members), func(b *testing.B) {
				s := open(b)
				q := ask(b, s, 0)
				var n atomic.Int64
				b.ReportAllocs()
				b.SetParallelism((members + 1) / 2) // for each of two cores
				b.ResetTimer()
				if members == 1 {
					r := benchReply
					r.Member = "ada"
					for b.Loop() {
						if err := ways[way](s, q, r); err != nil {
							b.Fatal(err)
						}
						r.First = r.Text
					}
					return
				}
				b.RunParallel(func(pb *testing.PB) {
					r := benchReply
					r.Member = chat.MemberID(fmt.Sprint("m", n.Add(1)))
					for pb.Next() {
						if err := ways[way](s, q, r); err != nil {
							b.Error(err)
						}
						r.First = r.Text
					}
				})
			})
		}
	}
}

func replied(q Question, r Reply) *Entry {
	return &Entry{At: r.At, What: WasReplied, Channel: q.Channel, Actor: string(r.Member), Question: q.ID, Day: q.Day, Reply: &r}
}

// BenchmarkRebuild measures how long it takes to make all folds again, an entry; the ledger holds
// questions with 50 replies each.
func BenchmarkRebuild(b *testing.B) {
	for _, size := range []int{10_000, 20_000, 40_000} {
		b.Run(fmt.Sprintf("entries=%d", size), func(b *testing.B) {
			s := open(b)
			fillLedger(b, s, size)
			b.ReportAllocs()
			for b.Loop() {
				if err := s.Rebuild(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(size), "ns/entry")
		})
	}
}

// fillLedger writes entries straight into the ledger.
func fillLedger(b *testing.B, s *Store, size int) {
	b.Helper()
	const members = 50
	err := s.db.Update(func(tx *bbolt.Tx) error {
		ledger := tx.Bucket(ledgerBucket)
		put := func(e Entry) error {
			seq, err := ledger.NextSequence()
			if err != nil {
				return err
			}
			v, err := json.Marshal(e)
			if err != nil {
				return err
			}
			return ledger.Put(sequence(seq), v)
		}
		for n := 0; n*(members+2) < size; n++ {
			id := QuestionID(fmt.Sprint("bench-", n))
			d, at := day(n)
			entries := []Entry{{At: at, What: WasAsked, Channel: study, Question: id, Day: d, Card: &knowledge.Card{ID: "c", Question: "?"}}}
			var rs []Reply
			for m := range members {
				r := benchReply
				r.Member = chat.MemberID(fmt.Sprint("m", m))
				rs = append(rs, r)
				entries = append(entries, *replied(Question{ID: id, Channel: study, Day: d}, r))
			}
			entries = append(entries, Entry{At: at, What: WasRevealed, Channel: study, Question: id, Awards: tenths(rs)})
			for _, e := range entries {
				if err := put(e); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}
