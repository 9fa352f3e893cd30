package library

import (
	"fmt"
	"io/fs"
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
