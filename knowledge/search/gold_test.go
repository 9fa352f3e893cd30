package search_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"studybot/knowledge"
	"studybot/knowledge/card"
	"studybot/knowledge/note"
	"studybot/knowledge/search"
)

// A golden is a question with the lines that answer it; without lines, no note does.
type golden struct {
	Q    string
	File string
	Gold []knowledge.Span
	Also [][3]any
}

// TestGoldenQuestions holds the search against questions that people wrote about real
// notes: what is asked of it is 0.82 for the mean reciprocal rank, 0.90 for an answer
// among the first three, three in four of the questions without an answer refused, and
// no more than four in a hundred of the others.
func TestGoldenQuestions(t *testing.T) {
	shared := filepath.Join("..", "..", "..", "shared")
	x, err := search.Open(search.Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = x.Close() }()
	lines := indexFolder(t, x, filepath.Join(shared, "notes"))

	var mrr, third float64
	answerable, refused, without, held := 0, 0, 0, 0
	for _, g := range goldens(t, filepath.Join(shared, "gold", "queries.jsonl")) {
		r, err := x.Search(context.Background(), g.Q, 10)
		if err != nil {
			t.Fatal(err)
		}
		if len(g.Gold) == 0 {
			without++
			if !r.Answered {
				held++
			}
			continue
		}
		answerable++
		if !r.Answered {
			refused++
		}
		for i, h := range r.Hits {
			if right(lines, h, g) {
				mrr += 1 / float64(i+1)
				if i < 3 {
					third++
				}
				break
			}
		}
	}
	n := float64(answerable)
	t.Logf("MRR@10 %.3f, success@3 %.3f, refused: %d of %d without an answer, %d of %d with one", mrr/n, third/n, held, without, refused, answerable)
	if mrr/n < 0.82 || third/n < 0.90 || held*4 < without*3 || float64(refused) > 0.04*n {
		t.Error("below what is asked")
	}
}

// indexFolder indexes the notes of a folder and returns their lines. It skips the test
// where there is no such folder, except where everything has to be there.
func indexFolder(t *testing.T, x *search.Index, dir string) map[string][]string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) && os.Getenv("CI") != "true" {
		t.Skip("no notes in " + dir)
	}
	if err != nil {
		t.Fatal(err)
	}
	lines := map[string][]string{}
	var docs []search.Doc
	for _, e := range entries {
		src, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		n, err := note.Parse(e.Name(), src)
		if err != nil {
			t.Fatal(err)
		}
		lines[n.File] = n.Lines
		docs = append(docs, search.Doc{File: n.File, Hash: n.Hash, Passages: search.Passages(n, card.Cards(n)...)})
	}
	if err := x.Update(context.Background(), docs, nil, nil); err != nil {
		t.Fatal(err)
	}
	return lines
}

func goldens(t *testing.T, file string) []golden {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	var out []golden
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<20)
	for s.Scan() {
		var g golden
		if err := json.Unmarshal(s.Bytes(), &g); err != nil {
			t.Fatal(err)
		}
		out = append(out, g)
	}
	return out
}

// right reports whether a hit answers: it holds half of the lines of an answer, or half
// of it is in one, and it is no longer than 60 lines, blank ones not counted.
func right(lines map[string][]string, h search.Hit, g golden) bool {
	answers := []knowledge.Source{{File: g.File, Lines: g.Gold}}
	for _, a := range g.Also {
		span := knowledge.Span{Start: int(a[1].(float64)), End: int(a[2].(float64))}
		answers = append(answers, knowledge.Source{File: a[0].(string), Lines: []knowledge.Span{span}})
	}
	written := func(s knowledge.Span) int {
		n := 0
		for l := max(s.Start, 1); l <= min(s.End, len(lines[h.File])); l++ {
			if strings.TrimSpace(lines[h.File][l-1]) != "" {
				n++
			}
		}
		return n
	}
	size := written(h.Lines)
	for _, a := range answers {
		for _, s := range a.Lines {
			if a.File != h.File {
				continue
			}
			both := written(knowledge.Span{Start: max(s.Start, h.Lines.Start), End: min(s.End, h.Lines.End)})
			if both > 0 && size <= 60 && (2*both >= written(s) || 2*both >= size) {
				return true
			}
		}
	}
	return false
}
