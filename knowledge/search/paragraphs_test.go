package search_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"studybot/knowledge/card"
	"studybot/knowledge/note"
	"studybot/knowledge/search"
)

// A paragraph is a note of one paragraph without a heading, and questions that it answers.
type paragraph struct {
	text      string
	questions []string
}

func readParagraphs(t *testing.T) []paragraph {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", "paragraphs.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var ps []paragraph
	for block := range strings.SplitSeq(string(b), "\n\n") {
		if lines := strings.Split(strings.TrimSpace(block), "\n"); !strings.HasPrefix(lines[0], "#") {
			p := paragraph{text: lines[0]}
			for _, q := range lines[1:] {
				p.questions = append(p.questions, strings.TrimPrefix(q, "? "))
			}
			ps = append(ps, p)
		}
	}
	return ps
}

// indexNotes indexes notes by their names, as a library does.
func indexNotes(t *testing.T, notes map[string]string) *search.Index {
	t.Helper()
	x, err := search.Open(search.Config{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = x.Close() })
	var docs []search.Doc
	for name, text := range notes {
		n, err := note.Parse(name, []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, search.Doc{File: name, Hash: n.Hash, Passages: search.Passages(n, card.Cards(n)...)})
	}
	if err := x.Update(context.Background(), docs, nil, nil); err != nil {
		t.Fatal(err)
	}
	return x
}

// A note may be a paragraph and nothing else, in either script: every question finds its
// own first, and few are refused, though few passages leave little to tell a rare word by.
func TestQuestionsFindTheirParagraph(t *testing.T) {
	ps := readParagraphs(t)
	for _, ext := range []string{".txt", ".md"} {
		notes := map[string]string{}
		for i, p := range ps {
			notes[fmt.Sprint(i, ext)] = p.text + "\n"
		}
		x := indexNotes(t, notes)
		asked, refused := 0, 0
		for i, p := range ps {
			for _, q := range p.questions {
				r, err := x.Search(context.Background(), q, 10)
				if err != nil {
					t.Fatal(err)
				}
				if len(r.Hits) == 0 || r.Hits[0].File != fmt.Sprint(i, ext) {
					t.Errorf("%s: %q does not find %.60q first", ext, q, p.text)
				}
				if asked++; !r.Answered {
					refused++
				}
			}
		}
		if t.Logf("%s: %d of %d refused", ext, refused, asked); 16*refused > asked {
			t.Errorf("%s: more than one in sixteen is refused", ext)
		}
	}
}
