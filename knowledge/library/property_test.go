package library

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"studybot/knowledge"
)

// However a folder came to be what it is, a library that followed it by Refresh knows
// what one that opens it now knows.
func TestRefreshEndsWhereOpenBegins(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		notes := fstest.MapFS{"first.md": {Data: []byte(redis)}}
		clock := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
		l, err := Open(t.Context(), Config{Notes: notes})
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		for range rapid.IntRange(1, 4).Draw(t, "refreshes") {
			for range rapid.IntRange(1, 4).Draw(t, "edits") {
				clock = clock.Add(time.Second)
				edit(t, notes, clock)
			}
			if _, err := l.Refresh(t.Context()); err != nil && !errors.Is(err, ErrNoNotes) {
				t.Fatal(err)
			}
		}
		fresh, err := Open(t.Context(), Config{Notes: notes})
		if errors.Is(err, ErrNoNotes) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		defer fresh.Close()
		if diff := cmp.Diff(known(fresh), known(l)); diff != "" {
			t.Fatalf("after %v (-opened now +followed):\n%s", slices.Sorted(maps.Keys(notes)), diff)
		}
	})
}

// edit changes one note at random.
func edit(t *rapid.T, notes fstest.MapFS, now time.Time) {
	name := rapid.SampledFrom([]string{"first.md", "a/b.md", "c.txt", "d.csv", "e.html"}).Draw(t, "name")
	switch text := rapid.SampledFrom([]string{kafka, redis, kafka + redis, "", "\x00", "端口,80\n"}).Draw(t, "text"); rapid.IntRange(0, 3).Draw(t, "edit") {
	case 0:
		delete(notes, name)
	default:
		notes[name] = &fstest.MapFile{Data: []byte(text), ModTime: now}
	}
}

type knowledgeOf struct {
	Notes, Passages int
	Cards           []string
	Problems        []knowledge.Problem
	Indexed         map[string]string
}

// known is what a library knows, without the IDs of cards, which depend on history.
func known(l *Library) knowledgeOf {
	k := knowledgeOf{Notes: l.Notes(), Passages: l.Passages(), Problems: l.Problems(), Indexed: l.index.Files()}
	for _, c := range l.Cards() {
		k.Cards = append(k.Cards, fmt.Sprintf("%s:%d %s %v %v", c.File, c.TitleLine, c.Question, c.Lines, c.Also))
	}
	return k
}
