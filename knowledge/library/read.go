package library

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"studybot/knowledge"
	"studybot/knowledge/card"
	"studybot/knowledge/note"
	"studybot/knowledge/search"
)

// batchBytes is how much text is indexed at a time: much at once is faster, and is held in
// memory.
const batchBytes = 4 << 20

// A reading is one note read, or the end of a file.
type reading struct {
	file note.File
	note entry
	doc  *search.Doc // nil where the index is up to date
	err  error       // why the note could not be read
	end  bool        // the file is done; nothing else is set
}

// readAll reads files side by side and indexes their notes, and returns them by name. A
// file that was deleted meanwhile is left out.
func (l *Library) readAll(ctx context.Context, files []note.File) (map[string]file, error) {
	indexed := l.index.Files()
	readings := make(chan reading)
	todo := make(chan note.File)
	cards := new(card.Reader)
	g, running := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(todo)
		for _, f := range files {
			if err := send(running, todo, f); err != nil {
				return err
			}
		}
		return nil
	})
	g.Go(func() error {
		defer close(readings)
		readers, running := errgroup.WithContext(running)
		for range min(runtime.GOMAXPROCS(0), len(files)) {
			readers.Go(func() error { return l.read(running, cards, todo, readings, indexed) })
		}
		return readers.Wait()
	})
	b := &batch{index: l.index, files: make(map[string]file, len(files)), total: len(files), progress: l.cfg.Progress}
	g.Go(func() error {
		for r := range readings {
			if err := b.add(running, r); err != nil {
				return err
			}
		}
		return nil
	})
	if err := g.Wait(); err != nil {
		return nil, err
	}
	if err := b.flush(ctx); err != nil {
		return nil, err
	}
	return b.files, l.index.Tidy(ctx)
}

func send[T any](ctx context.Context, to chan<- T, v T) error {
	select {
	case to <- v:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// read reads the files of todo, one after the other.
func (l *Library) read(ctx context.Context, cards *card.Reader, todo <-chan note.File, readings chan<- reading, indexed map[string]string) error {
	for f := range todo {
		for n, err := range note.All(l.cfg.Notes, f) {
			r := reading{file: f, err: err}
			if err == nil {
				r = l.understand(cards, f, n, !l.cfg.CardsOnly && indexed[n.File] != n.Hash)
			}
			if err := send(ctx, readings, r); err != nil {
				return err
			}
		}
		if err := send(ctx, readings, reading{file: f, end: true}); err != nil {
			return err
		}
	}
	return nil
}

// understand takes from a note what the library needs: its cards, and its passages where they are to be indexed.
func (l *Library) understand(reader *card.Reader, f note.File, n knowledge.Note, index bool) (r reading) {
	// One note is not worth the whole library.
	defer func() {
		if failed := recover(); failed != nil {
			r = reading{file: f, err: &note.FileError{File: n.File, Err: fmt.Errorf("cannot be understood; leave it out (%v)", failed)}}
		}
	}()
	r = reading{file: f, note: entry{name: n.File, hash: n.Hash, pages: n.Pages}}
	var cards []knowledge.Card
	if index || !l.cfg.LookupsOnly {
		var doubts []knowledge.Problem
		cards, doubts = reader.Read(n)
		r.note.problems = problems(n, doubts)
	}
	if index {
		r.doc = &search.Doc{File: n.File, Hash: n.Hash, Passages: search.Passages(n, cards...)}
	}
	if !l.cfg.LookupsOnly {
		r.note.cards = cards
	}
	return r
}

// problems returns what the author of a note should know, doubts included, each line once.
func problems(n knowledge.Note, doubts []knowledge.Problem) []knowledge.Problem {
	told := map[int]bool{}
	for _, p := range n.Problems {
		told[p.Line] = true
	}
	all := slices.Clip(n.Problems)
	for _, p := range doubts {
		p.Line = n.Place(knowledge.Span{Start: p.Line, End: p.Line}).Start
		if !told[p.Line] {
			all = append(all, p)
		}
	}
	return all
}

// A batch collects what was read, and indexes it a few megabytes at a time.
type batch struct {
	index       *search.Index
	progress    func(stage string, done, total int)
	files       map[string]file
	docs        []search.Doc
	bytes       int // of the text of docs
	done, total int // files whose notes are all indexed, or in docs
	shown       int // files that progress was told of
}

func (b *batch) add(ctx context.Context, r reading) error {
	f, ok := b.files[r.file.Name]
	if !ok {
		f.File = r.file
	}
	switch {
	case r.end:
		b.done++
		if len(b.docs) == 0 {
			b.show(b.done)
		}
		return nil
	case errors.Is(r.err, fs.ErrNotExist):
		return nil
	case r.err != nil:
		f.problems = append(f.problems, problem(r))
		var path *fs.PathError
		f.failed = f.failed || errors.As(r.err, &path)
	default:
		f.notes = append(f.notes, r.note)
	}
	b.files[r.file.Name] = f
	if r.doc == nil {
		return nil
	}
	b.docs = append(b.docs, *r.doc)
	for _, p := range r.doc.Passages {
		b.bytes += len(p.Text)
	}
	if b.bytes < batchBytes {
		return nil
	}
	return b.flush(ctx)
}

func problem(r reading) knowledge.Problem {
	var at *note.FileError
	if errors.As(r.err, &at) {
		return at.Problem()
	}
	return knowledge.Problem{File: r.file.Name, Text: r.err.Error()}
}

func (b *batch) flush(ctx context.Context) error {
	if len(b.docs) > 0 {
		from := b.shown
		err := b.index.Update(ctx, b.docs, nil, func(done, total int) {
			b.show(from + (b.done-from)*done/max(total, 1))
		})
		if err != nil {
			return err
		}
	}
	b.docs, b.bytes = nil, 0
	b.show(b.done)
	return nil
}

// show tells of files that are done, once each.
func (b *batch) show(done int) {
	if done > b.shown {
		b.shown = done
		b.progress("reading notes", done, b.total)
	}
}
