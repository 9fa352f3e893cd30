package library

import (
	"fmt"
	"testing"

	"studybot/knowledge"
	"studybot/knowledge/card"
	"studybot/knowledge/grade"
	"studybot/knowledge/note"
)

// BenchmarkStages measures the stages of BenchmarkCards one by one, each on all notes. A
// card.Reader looks for the key points: they are a part of read.
func BenchmarkStages(b *testing.B) {
	var files [][]byte
	size := int64(0)
	for i := range 100 {
		files = append(files, generated(i))
		size += int64(len(files[i]))
	}
	var notes []knowledge.Note
	var cards []knowledge.Card
	for i, src := range files {
		n, err := note.Parse(fmt.Sprintf("%05d.md", i), src)
		if err != nil {
			b.Fatal(err)
		}
		notes = append(notes, n)
		cards = append(cards, card.Cards(n)...)
	}
	stage := func(name string, run func()) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				run()
			}
		})
	}
	stage("decode", func() {
		for _, src := range files {
			if _, err := note.Decode(src); err != nil {
				b.Fatal(err)
			}
		}
	})
	stage("parse", func() {
		for i, src := range files {
			if _, err := note.Parse(notes[i].File, src); err != nil {
				b.Fatal(err)
			}
		}
	})
	stage("read", func() {
		reader := new(card.Reader)
		for _, n := range notes {
			reader.Read(n)
		}
	})
	stage("points", func() {
		for _, c := range cards {
			grade.KeyPoints(c.Question, c.Answer)
		}
	})
	stage("merge", func() { card.Merge(cards) })
}
