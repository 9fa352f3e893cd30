package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"studybot/knowledge/eval"
	"studybot/knowledge/note"
	"studybot/knowledge/search"
)

// A report is what one system did on one folder. Sizes are bytes.
type report struct {
	Passages int           `json:",omitempty"`
	Build    time.Duration `json:",omitempty"` // in the system alone: reading the notes is not counted
	Size     int64         `json:",omitempty"` // of the index on disk
	BuildRSS int64         `json:",omitempty"` // most memory of the process that built
	Open     time.Duration `json:",omitempty"` // until a built index can be asked
	P50, P99 time.Duration `json:",omitempty"` // of a question
	AskRSS   int64         `json:",omitempty"` // most memory of the process that asked
	Score    eval.Score
}

const header = "| system | passages | MRR@10 | success@1 | success@3 | p50 ms | p99 ms | build s | open ms | index MB | build MB | ask MB |\n" +
	"|---|---|---|---|---|---|---|---|---|---|---|---|"

func (r report) cells() string {
	quality := "| |"
	if s := r.Score; s.Answerable > 0 {
		quality = fmt.Sprintf("%.3f | %.3f | %.3f", s.MRR, s.First, s.Three)
	}
	ms := func(d time.Duration) float64 { return d.Seconds() * 1000 }
	mb := func(n int64) float64 { return float64(n) / 1e6 }
	return fmt.Sprintf("| %d | %s | %.2f | %.2f | %.1f | %.0f | %.1f | %.0f | %.0f |", r.Passages, quality,
		ms(r.P50), ms(r.P99), r.Build.Seconds(), ms(r.Open), mb(r.Size), mb(r.BuildRSS), mb(r.AskRSS))
}

// measure does one phase of one system.
func (j job) measure() (r report, err error) {
	begun := time.Now()
	x, err := open(j.systems, j.index)
	if err != nil {
		return r, err
	}
	r.Open = time.Since(begun)
	if j.phase == "ask" {
		err = j.ask(x, &r)
		return r, errors.Join(err, x.Close())
	}
	r.Build, r.Open = r.Open, 0
	err = eachBatch(j.notes, func(docs []search.Doc) error {
		begun := time.Now()
		defer func() { r.Build += time.Since(begun) }()
		for _, d := range docs {
			r.Passages += len(d.Passages)
		}
		return x.add(docs)
	})
	begun = time.Now()
	err = errors.Join(err, x.Close())
	r.Build += time.Since(begun)
	r.BuildRSS = mostMemory()
	if err == nil {
		r.Size, err = folderSize(j.index)
	}
	return r, err
}

// ask asks all questions once for their hits, and then as often as the job says for the time.
func (j job) ask(x index, r *report) error {
	questions, err := readGold(j.gold)
	if err != nil {
		return err
	}
	var answers []eval.Answer
	var took []time.Duration
	for round := range j.rounds + 1 {
		for _, q := range questions {
			begun := time.Now()
			hits, err := x.find(q.Query, eval.Depth)
			if err != nil {
				return fmt.Errorf("%q: %w", q.Query, err)
			}
			if round > 0 {
				took = append(took, time.Since(begun))
				continue
			}
			answers = append(answers, eval.Answer{Answered: true, Hits: hits})
		}
	}
	slices.Sort(took)
	r.P50, r.P99 = took[len(took)/2], took[len(took)*99/100]
	scores := eval.Measure(questions, answers)
	r.Score, r.AskRSS = scores[len(scores)-1], mostMemory()
	return nil
}

func readGold(name string) ([]eval.Question, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	questions, err := eval.Read(bytes.NewReader(b))
	if err != nil || len(questions) == 0 {
		return nil, fmt.Errorf("%s: no golden questions: %w", name, cmp.Or(err, errors.New("the file is empty")))
	}
	return questions, nil
}

// batchBytes is how much text a system is given at a time, as the library gives it.
const batchBytes = 4 << 20

// eachBatch reads a folder of notes, cuts them into passages and hands these over, a few
// megabytes at a time. Files that cannot be read are passed over.
func eachBatch(dir string, do func([]search.Doc) error) error {
	folder, err := note.OpenFolder(dir)
	if err != nil {
		return err
	}
	defer func() { _ = folder.Close() }()
	listing, err := note.List(context.Background(), folder)
	if err != nil {
		return err
	}
	var docs []search.Doc
	size := 0
	for _, f := range listing.Files {
		for n, err := range note.All(folder, f) {
			if err == nil {
				docs = append(docs, search.Doc{File: n.File, Hash: n.Hash, Passages: search.Passages(n)})
			}
		}
		if size += int(f.Size); size >= batchBytes {
			if err := do(docs); err != nil {
				return err
			}
			docs, size = nil, 0
		}
	}
	return do(docs)
}

// askTitles writes n titles of the notes, from all over them, as questions whose answers
// nobody has marked.
func askTitles(notes, gold string, n int) error {
	var titles []string
	err := eachBatch(notes, func(docs []search.Doc) error {
		for _, d := range docs {
			for _, p := range d.Passages {
				if p.Title != "" {
					titles = append(titles, p.Title)
				}
			}
		}
		return nil
	})
	var b bytes.Buffer
	titles = slices.Compact(titles)
	n = min(n, len(titles))
	for i := range n {
		q := eval.Question{Query: titles[i*len(titles)/n], Style: eval.Unanswerable}
		err = errors.Join(err, json.NewEncoder(&b).Encode(map[string]any{"q": q.Query, "style": q.Style}))
	}
	return errors.Join(err, os.WriteFile(gold, b.Bytes(), 0o600))
}

// mostMemory returns the most bytes that this process had in memory, mapped files among
// them, as Linux counts it; 0 elsewhere.
func mostMemory() int64 {
	status, _ := os.ReadFile("/proc/self/status")
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	var kib int64
	_, _ = fmt.Sscan(rest, &kib)
	return kib << 10
}

func folderSize(dir string) (size int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			size += info.Size()
		}
		return err
	})
	return size, err
}
