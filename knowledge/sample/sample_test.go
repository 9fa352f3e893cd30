package sample

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"studybot/knowledge"
	"studybot/knowledge/card"
	"studybot/knowledge/note"
)

// A marked card is what an editor makes of a passage of the sample: a line of
// testdata/cards.jsonl.
type markedCard struct {
	ID        string           `json:"id"`
	File      string           `json:"file"`
	TitleLine int              `json:"title_line"`
	Title     string           `json:"title"`
	Answer    []knowledge.Span `json:"answer"`
}

// A marked query is what a member may type, and the lines that answer it: a line of
// testdata/queries.jsonl. A query without a file has no answer in the sample.
type markedQuery struct {
	ID    string           `json:"id"`
	Query string           `json:"q"`
	Style string           `json:"style"`
	File  string           `json:"file"`
	Gold  []knowledge.Span `json:"gold"`
}

func TestEveryNoteIsRead(t *testing.T) {
	notes := readNotes(t)
	if len(notes) < 10 {
		t.Errorf("%d notes, want 10 or more", len(notes))
	}
	var chinese, english int
	for _, n := range notes {
		for _, p := range n.Problems {
			t.Errorf("problem: %v", p)
		}
		for i, line := range n.Lines {
			if line != strings.TrimRight(line, " \t\r") {
				t.Errorf("%s:%d: ends in a space", n.File, i+1)
			}
		}
		if hasHan(strings.Join(n.Lines[1:], "\n")) {
			chinese++
		} else {
			english++
		}
	}
	if chinese < 6 || english < 3 {
		t.Errorf("%d Chinese and %d English notes, want 6 and 3 or more", chinese, english)
	}
}

func TestThereIsEnoughToAsk(t *testing.T) {
	perFile := map[string]int{}
	total := 0
	for _, n := range readNotes(t) {
		for _, c := range card.Cards(n) {
			if c.Askable() {
				perFile[n.File]++
				total++
			}
		}
	}
	if total < 60 {
		t.Errorf("%d cards to ask, want 60 or more", total)
	}
	// Each file has a format of its own, or nearly so.
	if len(perFile) < 10 {
		t.Errorf("cards of %d files, want 10 or more: %v", len(perFile), perFile)
	}
}

func TestCardsStandWhereAnEditorSeesThem(t *testing.T) {
	marked := readLines[markedCard](t, "testdata/cards.jsonl")
	for _, n := range readNotes(t) {
		t.Run(n.File, func(t *testing.T) {
			var got, want []string
			for _, c := range card.Cards(n) {
				got = append(got, place(c.TitleLine, c.Lines))
			}
			for _, m := range marked {
				if m.File == n.File {
					want = append(want, place(m.TitleLine, m.Answer))
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("title and answer lines (-want +got):\n%s", diff)
			}
		})
	}
}

func TestEveryCardIsFitToBeAsked(t *testing.T) {
	ids := map[knowledge.ID]string{}
	for _, n := range readNotes(t) {
		for _, c := range card.Cards(n) {
			t.Run(n.File+" "+c.Title, func(t *testing.T) {
				checkCard(t, n, c)
				if other, ok := ids[c.ID]; ok {
					t.Errorf("has the same ID as %q", other)
				}
				ids[c.ID] = c.Question
			})
		}
		for _, p := range card.Doubts(n) {
			t.Errorf("no card: %v", p)
		}
	}
}

func checkCard(t *testing.T, n knowledge.Note, c knowledge.Card) {
	t.Helper()
	if !c.Askable() {
		t.Errorf("flags %v, want none", c.Flags)
	}
	if !strings.HasSuffix(c.Question, "？") && !strings.HasSuffix(c.Question, "?") {
		t.Errorf("question %q does not end in a question mark", c.Question)
	}
	if strings.TrimSpace(c.Answer) == "" {
		t.Error("no answer")
	}
	if c.TitleLine < 1 || c.TitleLine > len(n.Lines) {
		t.Errorf("title line %d, the note has %d", c.TitleLine, len(n.Lines))
	}
	if len(c.Lines) == 0 {
		t.Error("no answer lines")
	}
	for _, s := range c.Lines {
		if s.Start < 1 || s.End < s.Start || s.End > len(n.Lines) {
			t.Errorf("answer lines %v, the note has %d", s, len(n.Lines))
		}
	}
	if c.Kind == knowledge.Choice {
		right := slices.ContainsFunc(c.Options, func(o knowledge.Option) bool { return o.Right })
		if len(c.Options) < 3 || !right {
			t.Errorf("options %v, want three or more and one that is right", c.Options)
		}
		return
	}
	if k := len(c.KeyPoints); k < 1 || k > 8 {
		t.Errorf("%d key points, want 1 to 8: %q", k, c.KeyPoints)
	}
}

func TestMarkedQueriesPointIntoTheNotes(t *testing.T) {
	notes := map[string]knowledge.Note{}
	for _, n := range readNotes(t) {
		notes[n.File] = n
	}
	seen := map[string]bool{}
	for _, q := range readLines[markedQuery](t, "testdata/queries.jsonl") {
		if seen[q.Query] {
			t.Errorf("%s: %q is asked twice", q.ID, q.Query)
		}
		seen[q.Query] = true
		if q.Style == "unanswerable" {
			continue
		}
		lines := notes[q.File].Lines
		if len(q.Gold) == 0 {
			t.Errorf("%s: no lines", q.ID)
		}
		for _, s := range q.Gold {
			if s.Start < 1 || s.End < s.Start || s.End > len(lines) || lines[s.Start-1] == "" || lines[s.End-1] == "" {
				t.Errorf("%s: %s has no text at both ends of %v", q.ID, q.File, s)
			}
		}
	}
}

// readNotes reads the sample as the program does.
func readNotes(t *testing.T) []knowledge.Note {
	t.Helper()
	found, err := note.List(context.Background(), FS())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range found.Problems {
		t.Errorf("problem: %v", p)
	}
	var notes []knowledge.Note
	for _, f := range found.Files {
		n, err := note.Read(FS(), f)
		if err != nil {
			t.Fatal(err)
		}
		if n.File != path.Base(n.File) {
			t.Errorf("%s is in a folder, want all notes side by side", n.File)
		}
		notes = append(notes, n)
	}
	return notes
}

func readLines[T any](t *testing.T, file string) []T {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []T
	for s := bufio.NewScanner(f); s.Scan(); {
		var v T
		if err := json.Unmarshal(s.Bytes(), &v); err != nil {
			t.Fatalf("%s: line %d: %v", file, len(out)+1, err)
		}
		out = append(out, v)
	}
	return out
}

// place says where a card stands, to be compared.
func place(title int, answer []knowledge.Span) string {
	return fmt.Sprintf("title %d, answer %v", title, answer)
}

func hasHan(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}
