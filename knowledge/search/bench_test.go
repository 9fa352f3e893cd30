package search

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"studybot/knowledge/card"
	"studybot/knowledge/note"
)

// filled returns an index in a folder of n generated passages, and questions for it.
func filled(b *testing.B, n int) (*Index, []string) {
	b.Helper()
	c := newCorpus(1)
	x, err := Open(Config{Dir: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = x.Close() })
	if err := errors.Join(x.Update(context.Background(), c.docs(n), nil, nil), x.Tidy(context.Background())); err != nil {
		b.Fatal(err)
	}
	return x, c.questions(200)
}

// BenchmarkSearch asks generated passages; 10,000 and 15,000 are a large team's notes;
// the latter grow four times and sixteen times.
func BenchmarkSearch(b *testing.B) {
	sizes := []int{10_000, 15_000, 60_000, 240_000}
	if testing.Short() {
		sizes = []int{1_000, 4_000, 16_000}
	}
	for _, n := range sizes {
		b.Run(fmt.Sprint("passages=", n), func(b *testing.B) {
			x, qs := filled(b, n)
			searchAll(b, x, qs)
		})
	}
}

// searchAll asks the questions in turn and reports what the middle and the slowest took.
func searchAll(b *testing.B, x *Index, qs []string) {
	b.Helper()
	b.ReportAllocs()
	var took []time.Duration
	i := 0
	for b.Loop() {
		start := time.Now()
		if _, err := x.Search(context.Background(), qs[i%len(qs)], 5); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(start))
		i++
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
}

// BenchmarkBuild indexes 1,000 generated passages in memory and in a folder.
func BenchmarkBuild(b *testing.B) {
	docs := newCorpus(1).docs(1_000)
	for _, where := range []string{"memory", "folder"} {
		b.Run(where, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				dir := ""
				if where == "folder" {
					dir = b.TempDir()
				}
				x, err := Open(Config{Dir: dir})
				if err != nil {
					b.Fatal(err)
				}
				if err := errors.Join(x.Update(context.Background(), docs, nil, nil), x.Tidy(context.Background())); err != nil {
					b.Fatal(err)
				}
				if err := x.Close(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(1_000*float64(b.N)/b.Elapsed().Seconds(), "passages/s")
		})
	}
}

// BenchmarkFiveNotes reads and indexes five real notes and asks one question.
func BenchmarkFiveNotes(b *testing.B) {
	files, err := filepath.Glob(filepath.Join("..", "..", "..", "shared", "notes", "*"))
	if err != nil {
		b.Fatal(err)
	}
	if len(files) == 0 && os.Getenv("CI") != "true" {
		b.Skip("no notes")
	}
	b.ReportAllocs()
	passages := 0
	for b.Loop() {
		x, err := Open(Config{})
		if err != nil {
			b.Fatal(err)
		}
		var docs []Doc
		for _, f := range files {
			src, err := os.ReadFile(f)
			if err != nil {
				b.Fatal(err)
			}
			n, err := note.Parse(filepath.Base(f), src)
			if err != nil {
				b.Fatal(err)
			}
			docs = append(docs, Doc{File: n.File, Hash: n.Hash, Passages: Passages(n, card.Cards(n)...)})
		}
		if err := x.Update(context.Background(), docs, nil, nil); err != nil {
			b.Fatal(err)
		}
		r, err := x.Search(context.Background(), "三次握手的过程", 3)
		if err != nil || len(r.Hits) == 0 {
			b.Fatal(r, err)
		}
		passages = x.Len()
		if err := x.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(passages), "passages")
}
