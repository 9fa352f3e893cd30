package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path"
	"strings"

	"github.com/blevesearch/bleve/v2"
	_ "github.com/blevesearch/bleve/v2/analysis/analyzer/standard"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/cjk"
	bleveapi "github.com/blevesearch/bleve_index_api"

	"studybot/knowledge"
	"studybot/knowledge/search"
)

// An index is a system's, in a folder. It returns passages as they are shown: from its
// own files, with their text.
type index interface {
	add([]search.Doc) error
	find(query string, n int) ([]knowledge.Passage, error)
	Close() error
}

// systems are the names that open knows.
const systems = "studybot,bleve-standard,bleve-cjk,bleve-cjk-bm25,fts5-trigram,fts5-bigram"

// open opens a system's index, or makes one where there is none.
func open(system, dir string) (index, error) {
	switch system {
	case "studybot":
		x, err := search.Open(search.Config{Dir: dir})
		return studybotIndex{x}, err
	case "bleve-standard":
		return openBleve(dir, "standard", bleveapi.TFIDFScoring)
	case "bleve-cjk":
		return openBleve(dir, "cjk", bleveapi.TFIDFScoring)
	case "bleve-cjk-bm25":
		return openBleve(dir, "cjk", bleveapi.BM25Scoring)
	case "fts5-trigram":
		return openFTS5(dir, trigram())
	case "fts5-bigram":
		return openFTS5(dir, bigram())
	}
	return nil, fmt.Errorf("--systems %s: not known", system)
}

// around returns the name of the file and the titles around a passage, which every system
// indexes.
func around(p knowledge.Passage) string {
	return strings.TrimSuffix(p.File, path.Ext(p.File)) + " / " + strings.Join(p.Path, " / ")
}

type studybotIndex struct{ *search.Index }

func (x studybotIndex) add(docs []search.Doc) error {
	return x.Update(context.Background(), docs, nil, nil)
}

// Close ends a build as the library does.
func (x studybotIndex) Close() error {
	return errors.Join(x.Tidy(context.Background()), x.Index.Close())
}

func (x studybotIndex) find(query string, n int) (hits []knowledge.Passage, err error) {
	res, err := x.Search(context.Background(), query, n)
	for _, h := range res.Hits {
		hits = append(hits, h.Passage)
	}
	return hits, err
}

// A bleveIndex is Bleve as its manual shows it: text fields, and a match query over all.
// A document's name is the place of its passage.
type bleveIndex struct{ bleve.Index }

func openBleve(dir, analyzer, scoring string) (index, error) {
	if _, err := os.Stat(dir); err == nil {
		x, err := bleve.Open(dir)
		return bleveIndex{x}, err
	}
	m := bleve.NewIndexMapping()
	m.DefaultAnalyzer, m.ScoringModel = analyzer, scoring
	x, err := bleve.New(dir, m)
	return bleveIndex{x}, err
}

// bleveBatch is how many passages are written at a time.
const bleveBatch = 500

func (x bleveIndex) add(docs []search.Doc) error {
	b := x.NewBatch()
	for _, d := range docs {
		for _, p := range d.Passages {
			place, err := json.Marshal([]any{p.File, p.Lines})
			if err != nil {
				return err
			}
			doc := map[string]any{"path": around(p), "title": p.Title, "text": p.Text}
			if err := b.Index(string(place), doc); err != nil {
				return err
			}
			if b.Size() < bleveBatch {
				continue
			}
			if err := x.Batch(b); err != nil {
				return err
			}
			b.Reset()
		}
	}
	return x.Batch(b)
}

func (x bleveIndex) find(query string, n int) (hits []knowledge.Passage, err error) {
	req := bleve.NewSearchRequestOptions(bleve.NewMatchQuery(query), n, 0, false)
	req.Fields = []string{"text"}
	res, err := x.Search(req)
	if err != nil {
		return nil, err
	}
	for _, h := range res.Hits {
		var p knowledge.Passage
		p.Text, _ = h.Fields["text"].(string)
		if err := json.Unmarshal([]byte(h.ID), &[]any{&p.File, &p.Lines}); err != nil {
			return nil, fmt.Errorf("passage %s: %w", h.ID, err)
		}
		hits = append(hits, p)
	}
	return hits, nil
}
