// Package library keeps a folder of notes ready: its passages indexed for lookups, its
// cards ready to be asked, and what is wrong with it told. Most users of notes need this
// package only.
//
// The folder is read once by Open and looked through again by Refresh, which reads what
// changed and nothing else. What was known before stays in use until the new is complete,
// and when the folder cannot be read.
//
// Lines are lines of the files; of a PDF they are its pages.
//
// On disk, in the folder of Config.Index:
//
//	passages/      the search index; derived from the notes, can be deleted at any time
//	cards.json.gz  the cards as last seen, by which a reworded question keeps its identity
package library

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"strings"
	"sync/atomic"

	"studybot/knowledge"
	"studybot/knowledge/note"
	"studybot/knowledge/search"
	"studybot/knowledge/text"
)

// ErrNoNotes means that a folder holds no note that can be read.
var ErrNoNotes = errors.New("no notes")

// Config says what a library is made of.
type Config struct {
	Notes fs.FS        // see note.OpenFolder; stays open for as long as the library
	Index string       // folder for what is derived, made when absent; "" keeps it in memory
	Log   *slog.Logger // nil means log nothing

	Glossary text.Glossary // terms of the team that mean the same, for lookups

	CardsOnly   bool // no passages are indexed, and Search finds nothing
	LookupsOnly bool // no cards are kept, and Cards returns none

	// Progress, where it is not nil, is told how far a long work is: of total files, how
	// many are done. It is never called twice at once, and must be quick.
	Progress func(stage string, done, total int)
}

// A Library is a folder of notes, read. Its methods may be called at the same time.
type Library struct {
	cfg   Config
	index *search.Index
	turn  chan struct{} // holds one value while a Refresh runs
	now   atomic.Pointer[state]
}

// Open reads all notes and brings the index up to date: only notes whose bytes changed
// since it was last written are indexed again. A note that cannot be read is a Problem and
// no error; no note at all is ErrNoNotes.
func Open(ctx context.Context, cfg Config) (*Library, error) {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Progress == nil {
		cfg.Progress = func(string, int, int) {}
	}
	index, err := search.Open(search.Config{Dir: cfg.Index, Glossary: cfg.Glossary, Log: cfg.Log})
	if err != nil {
		return nil, fmt.Errorf("open the library: %w", err)
	}
	l := &Library{cfg: cfg, index: index, turn: make(chan struct{}, 1)}
	l.now.Store(&state{known: l.loadCards()})
	if _, err := l.Refresh(ctx); err != nil {
		return nil, errors.Join(err, index.Close())
	}
	return l, nil
}

// noNotes says what was looked for, and what was found in its place.
func noNotes(problems []knowledge.Problem) error {
	const few = 3
	var found strings.Builder
	for i, p := range problems {
		if i == few {
			fmt.Fprintf(&found, "; and %d more", len(problems)-few)
			break
		}
		fmt.Fprintf(&found, "; %s", p)
	}
	return fmt.Errorf("%w: looked for files that end in %s in the notes folder and the folders in it%s",
		ErrNoNotes, strings.Join(note.Extensions(), " "), found.String())
}

// Search finds at most n passages for a query. See [search.Index.Search].
func (l *Library) Search(ctx context.Context, query string, n int) (search.Result, error) {
	r, err := l.index.Search(ctx, query, n)
	if err != nil {
		return r, err
	}
	now := l.now.Load()
	for i := range r.Hits {
		h := &r.Hits[i]
		h.Lines = now.places.of(h.File, h.Lines)[0]
		for j, s := range h.Also {
			h.Also[j].Lines = now.places.of(s.File, s.Lines...)
		}
	}
	return r, nil
}

// Around returns the passages before and after one that was found, nil for none. See
// [search.Index.Around].
func (l *Library) Around(ctx context.Context, p knowledge.Passage) (before, after *knowledge.Passage, err error) {
	before, after, err = l.index.Around(ctx, p)
	places := l.now.Load().places
	for _, q := range []*knowledge.Passage{before, after} {
		if q != nil {
			q.Lines = places.of(q.File, q.Lines)[0]
		}
	}
	return before, after, err
}

// Explain says how an answer of Search comes about. See [search.Index.Explain].
func (l *Library) Explain(ctx context.Context, query string, n int) (search.Explanation, error) {
	return l.index.Explain(ctx, query, n)
}

// Cards returns the cards of all notes, the same questions merged, in order of their
// files and lines. The caller must not change them.
func (l *Library) Cards() []knowledge.Card { return l.now.Load().cards }

// Card returns the card with an ID, and whether the notes still hold it.
func (l *Library) Card(id knowledge.ID) (knowledge.Card, bool) {
	now := l.now.Load()
	i, ok := now.byID[id]
	if !ok {
		return knowledge.Card{}, false
	}
	return now.cards[i], true
}

// Problems returns what the authors of the notes should know, sorted by file and line.
// The caller must not change them.
func (l *Library) Problems() []knowledge.Problem { return l.now.Load().problems }

// Notes returns how many notes were read.
func (l *Library) Notes() int { return l.now.Load().notes }

// Passages returns how many passages can be found.
func (l *Library) Passages() int { return l.index.Len() }

// Close waits for a running Refresh and closes the index. It does not close Config.Notes.
func (l *Library) Close() error {
	l.turn <- struct{}{}
	defer func() { <-l.turn }()
	return l.index.Close()
}
