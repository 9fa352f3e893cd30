package search

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"sync/atomic"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/index/scorch/mergeplan"

	"studybot/knowledge"
	"studybot/knowledge/text"
)

// ErrLocked means that another process works on the index. Close that process, or give
// this one another folder.
var ErrLocked = errors.New("index is in use by another process")

// ErrClosed means that the index was closed.
var ErrClosed = errors.New("index is closed")

// Config says where an index lives and what it knows besides the notes.
type Config struct {
	Dir string // of the index, made when missing; "" keeps the index in memory

	Glossary text.Glossary // besides the one that comes with the program

	Log *slog.Logger // nil means log nothing
}

// A Doc is a note to be indexed: its passages, and a hash by which a change is seen.
type Doc struct {
	File     string
	Hash     string
	Passages []knowledge.Passage
}

// An Index finds passages. All its methods may be called at the same time.
type Index struct {
	log   *slog.Logger
	gloss text.Glossary

	folder bool

	mu     sync.Mutex // held by the one who writes
	bleve  bleve.Index
	state  state // what is indexed; changed under mu
	untidy int   // passages that were added since Tidy; changed under mu

	view   atomic.Pointer[view] // what searches read
	closed sync.RWMutex         // read-held while a search or an update runs
	done   bool
}

// Open opens the index in a folder, and makes one where there is none. An index that is
// damaged or was written by another version is deleted and made anew, empty, with a
// warning; its files have to be indexed again. Errors: ErrLocked, and those of the file system.
func Open(cfg Config) (*Index, error) {
	x := &Index{log: cfg.Log, gloss: cfg.Glossary, folder: cfg.Dir != ""}
	if x.log == nil {
		x.log = slog.New(slog.DiscardHandler)
	}
	if err := register(); err != nil {
		return nil, fmt.Errorf("search: register the analyzer: %w", err)
	}
	var err error
	x.bleve, x.state, err = openStore(cfg.Dir, x.log)
	if err != nil {
		return nil, fmt.Errorf("search: open the index: %w", err)
	}
	if err := x.refresh(); err != nil {
		return nil, errors.Join(fmt.Errorf("search: read the index: %w", err), x.bleve.Close())
	}
	return x, nil
}

// Files returns the hash of every file as it was indexed.
func (x *Index) Files() map[string]string {
	files := x.view.Load().files
	hashes := make(map[string]string, len(files))
	for name, f := range files {
		hashes[name] = f.Hash
	}
	return hashes
}

// Len returns the number of passages.
func (x *Index) Len() int { return x.view.Load().passages }

// Close waits for searches and updates that are under way and closes the index.
// Closing twice is no error.
func (x *Index) Close() error {
	x.closed.Lock()
	defer x.closed.Unlock()
	if x.done {
		return nil
	}
	x.done = true
	if err := x.bleve.Close(); err != nil {
		return fmt.Errorf("search: close the index: %w", err)
	}
	return nil
}

// enter keeps the index open until leave is called.
func (x *Index) enter() (leave func(), err error) {
	x.closed.RLock()
	if x.done {
		x.closed.RUnlock()
		return nil, ErrClosed
	}
	return x.closed.RUnlock, nil
}

// manyPassages is how many new passages are a new index rather than a day's work.
const manyPassages = 2000

// Tidy is called after the last Update of a row. When they brought much, it makes the
// segments of the index one, which is smaller and quicker to search, and gives the memory
// back that building it took; else it merges the smallest when there are more than a few.
func (x *Index) Tidy(ctx context.Context) error {
	leave, err := x.enter()
	if err != nil {
		return fmt.Errorf("search: tidy: %w", err)
	}
	defer leave()
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.untidy == 0 {
		return nil
	}
	plan, much := mergeplan.DefaultMergePlanOptions, x.untidy >= manyPassages
	if much {
		plan = mergeplan.SingleSegmentMergePlanOptions
		plan.SegmentsPerMergeTask = 1000 // more than there are
	}
	inner, err := x.bleve.Advanced()
	if s, ok := inner.(*scorch.Scorch); ok && x.folder && err == nil {
		err = s.ForceMerge(ctx, &plan)
	}
	if err != nil {
		return fmt.Errorf("search: tidy: %w", err)
	}
	if much {
		x.untidy = 0
		debug.FreeOSMemory()
	}
	return nil
}

// Update makes the index hold the changed notes as they are now, and the removed files no
// more. Searches go on meanwhile and see each note either as it was or as it is. progress,
// which may be nil, is told how many of the notes are done. When ctx ends, what is done
// stays done and ctx's error is returned.
func (x *Index) Update(ctx context.Context, changed []Doc, removed []string, progress func(done, total int)) error {
	leave, err := x.enter()
	if err != nil {
		return fmt.Errorf("search: update: %w", err)
	}
	defer leave()
	x.mu.Lock()
	defer x.mu.Unlock()
	if progress == nil {
		progress = func(int, int) {}
	}
	w := newWriter(x.bleve, x.folder, x.state.clone())
	err = w.write(ctx, changed, removed, progress)
	if w.written.Files != nil {
		x.state = w.written
	}
	if e := x.refresh(); err == nil {
		err = e
	}
	for _, d := range changed {
		x.untidy += len(d.Passages)
	}
	if err != nil {
		return fmt.Errorf("search: update: %w", err)
	}
	return nil
}
