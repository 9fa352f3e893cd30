package library

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
)

const sharedNotes = "../../../shared/notes"

// realNotes returns the team's notes, times over.
func realNotes(tb testing.TB, times int) (notes fstest.MapFS, size int64) {
	tb.Helper()
	files, err := filepath.Glob(filepath.Join(sharedNotes, "*"))
	if err != nil || len(files) == 0 {
		if os.Getenv("CI") == "true" {
			tb.Fatalf("no notes in %s: %v", sharedNotes, err)
		}
		tb.Skipf("no notes in %s", sharedNotes)
	}
	notes = fstest.MapFS{}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			tb.Fatal(err)
		}
		for i := range times {
			// A line of its own, so that no two notes are the same.
			text := fmt.Appendf(nil, "note %d\n\n%s", i, src)
			notes[fmt.Sprintf("%d/%s", i, filepath.Base(file))] = &fstest.MapFile{Data: text}
			size += int64(len(text))
		}
	}
	return notes, size
}

func openClose(tb testing.TB, notes fs.FS, index string) (cards, passages int) {
	tb.Helper()
	l, err := Open(tb.Context(), Config{Notes: notes, Index: index})
	if err != nil {
		tb.Fatal(err)
	}
	defer l.Close()
	return len(l.Cards()), l.Passages()
}

func TestRealNotes(t *testing.T) {
	notes, _ := realNotes(t, 1)
	cards, passages := openClose(t, notes, t.TempDir())
	if cards < 50 || passages < 100 {
		t.Errorf("%d cards, %d passages", cards, passages)
	}
}

// BenchmarkOpen reads and indexes the team's five notes once, twice and four times.
func BenchmarkOpen(b *testing.B) {
	for _, times := range []int{1, 2, 4} {
		notes, size := realNotes(b, times)
		b.Run(fmt.Sprintf("%dx", times), func(b *testing.B) {
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				openClose(b, notes, b.TempDir())
			}
		})
	}
}

// BenchmarkOpenUnchanged opens the same notes when the index is up to date.
func BenchmarkOpenUnchanged(b *testing.B) {
	for _, times := range []int{1, 2, 4} {
		notes, size := realNotes(b, times)
		b.Run(fmt.Sprintf("%dx", times), func(b *testing.B) {
			index := b.TempDir()
			openClose(b, notes, index)
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				openClose(b, notes, index)
			}
		})
	}
}

// BenchmarkRefresh looks through a folder of 2,000 notes of which one changed.
func BenchmarkRefresh(b *testing.B) {
	for _, changed := range []bool{false, true} {
		b.Run(fmt.Sprintf("changed=%v", changed), func(b *testing.B) {
			notes := fstest.MapFS{}
			for i := range 2000 {
				notes[fmt.Sprintf("%04d.md", i)] = &fstest.MapFile{Data: fmt.Appendf(nil, "# Note %d\n\n## What is item %d?\n\nThe thing that counts to %d.\n", i, i, i)}
			}
			l, err := Open(b.Context(), Config{Notes: notes})
			if err != nil {
				b.Fatal(err)
			}
			defer l.Close()
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if changed {
					notes["0007.md"] = &fstest.MapFile{Data: fmt.Appendf(nil, "# Seven\n\n## What changed?\n\nThe number %d.\n", i), ModTime: notes["0007.md"].ModTime.Add(1)}
				}
				if _, err := l.Refresh(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkCards reads a folder of generated Markdown notes into cards, as `studybot cards`
// does: files side by side, the same questions merged. No two notes hold the same text.
func BenchmarkCards(b *testing.B) {
	for _, times := range []int{1, 2, 4} {
		notes, size := fstest.MapFS{}, int64(0)
		for i := range 100 * times {
			text := generated(i)
			notes[fmt.Sprintf("%05d.md", i)] = &fstest.MapFile{Data: text}
			size += int64(len(text))
		}
		b.Run(fmt.Sprintf("%dx", times), func(b *testing.B) {
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				l, err := Open(b.Context(), Config{Notes: notes, CardsOnly: true})
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(len(l.Cards())), "cards")
				if err := l.Close(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// generated returns the nth note of a folder, about 20 kB: paragraphs, lists and code under
// headings, a few of which ask, as in notes that people write.
func generated(n int) []byte {
	r := rand.New(rand.NewPCG(uint64(n), 1))
	words := func(least, most int) string {
		out := make([]rune, least+r.IntN(most-least))
		for i := range out {
			out[i] = rune(0x4e00 + r.IntN(4000))
		}
		return string(out)
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "# %s\n", words(4, 8))
	for b.Len() < 20_000 {
		switch r.IntN(3) {
		case 0:
			fmt.Fprintf(&b, "\n## 什么是%s？\n\n", words(3, 7))
		default:
			fmt.Fprintf(&b, "\n## %s\n\n", words(3, 9))
		}
		for range 2 + r.IntN(4) {
			fmt.Fprintf(&b, "%s，%s，%s。%s。\n\n", words(10, 30), words(10, 30), words(5, 20), words(20, 60))
		}
		for range r.IntN(6) {
			fmt.Fprintf(&b, "- %s：%s，%s\n", words(2, 6), words(8, 20), words(8, 20))
		}
		fmt.Fprintf(&b, "\n```sh\n# step %d\nsystemctl restart unit-%d.service\njournalctl -u unit-%d -f\n```\n", n, r.IntN(1000), r.IntN(1000))
	}
	return b.Bytes()
}
