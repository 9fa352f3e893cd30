package store

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"go.etcd.io/bbolt"
	"golang.org/x/sync/errgroup"

	"studybot/bot/chat"
	"studybot/knowledge"
)

var benchReply = Reply{
	Name: "Ada", Text: strings.Repeat("因为三次握手要确认双方的收发能力。", 10),
	Grade: knowledge.Grade{Score: 1, Points: []knowledge.Point{{Text: "双方都能收发", Held: true}}}, At: monday,
}

// BenchmarkReply measures a reply made durable, beside one transaction of bbolt a reply by its Update and by its
// Batch, which decide, write and fold the same by the same code. So many members answer at the same time: a question
// each for the first time, and then the next one, or one question, changing the answer again and again.
func BenchmarkReply(b *testing.B) {
	ways := []struct {
		name string
		do   func(*Store, QuestionID, Reply) error
	}{
		{"store", func(s *Store, id QuestionID, r Reply) error {
			_, err := s.Reply(id, r, takingPart)
			return err
		}},
		{"update", func(s *Store, id QuestionID, r Reply) error { return s.db.Update(onlyReply(s, id, r)) }},
		{"batch", func(s *Store, id QuestionID, r Reply) error { return s.db.Batch(onlyReply(s, id, r)) }},
	}
	for _, kind := range []string{"first", "changed"} {
		for _, members := range []int{1, 64, 256} {
			for _, way := range ways {
				b.Run(fmt.Sprintf("%s/members=%d/%s", kind, members, way.name), func(b *testing.B) {
					s := open(b)
					questions := askMany(b, s, b.N/members+1)
					first := make([]string, members) // what each wrote first
					b.ReportAllocs()
					b.ResetTimer()
					atOnce(b, members, func(m, n int) error {
						if kind == "first" {
							return way.do(s, questions[n/members], replyOfMember(n%members, ""))
						}
						r := replyOfMember(m, first[m])
						first[m] = r.Text
						return way.do(s, questions[0], r)
					})
				})
			}
		}
	}
}

// atOnce calls reply with the numbers below b.N, at the same time with each of the members.
func atOnce(b *testing.B, members int, reply func(m, n int) error) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for m := range members {
		wg.Go(func() {
			for n := int(next.Add(1)) - 1; n < b.N; n = int(next.Add(1)) - 1 {
				if err := reply(m, n); err != nil {
					b.Error(err)
				}
			}
		})
	}
	wg.Wait()
}

func replyOfMember(m int, first string) Reply {
	r := benchReply
	r.Member, r.First = chat.MemberID(fmt.Sprintf("U%08d", m)), first
	return r
}

func onlyReply(s *Store, id QuestionID, r Reply) func(*bbolt.Tx) error {
	return func(tx *bbolt.Tx) error {
		j := &job{decide: replying(s, id, r)}
		return cmp.Or(record(tx, []*job{j}), j.err)
	}
}

var benchCard = knowledge.Card{
	ID: "c", File: "网络/tcp.md", Title: "三次握手", Path: []string{"网络", "传输层"}, Question: "为什么是三次握手，而不是两次？", Kind: knowledge.Explain,
	Lines: []knowledge.Span{{Start: 10, End: 18}}, Answer: strings.Repeat("双方都要确认对方能收也能发。", 12), KeyPoints: []string{"双方都能收发", "避免旧的连接请求", "同步序号"}, Score: .9,
}

// askMany opens questions, each in a deck of its own.
func askMany(b *testing.B, s *Store, n int) []QuestionID {
	b.Helper()
	ids := make([]QuestionID, n)
	var g errgroup.Group
	for i := range ids {
		g.Go(func() error {
			q, err := s.Ask(Asking{Channel: study, Deck: fmt.Sprint("deck", i), Day: "2026-03-02", Card: benchCard, At: monday})
			ids[i] = q.ID
			return err
		})
	}
	if err := g.Wait(); err != nil {
		b.Fatal(err)
	}
	return ids
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
