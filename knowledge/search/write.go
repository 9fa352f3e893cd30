package search

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2"

	"studybot/knowledge"
)

// batchSize is how many passages are written at once: large enough that an index of
// 15,000 is built in seconds, small enough that memory stays low and a search never
// waits long.
const batchSize = 600

// A writer changes an index batch by batch. A batch ends between two files, and holds
// the state as it is after it.
type writer struct {
	index   bleve.Index
	folder  bool // the index lies in a folder and is not only in memory
	batch   *bleve.Batch
	batches int
	state   state // as it will be after the batch
	written state // as it is on disk; Files is nil before the first batch
	waiting int   // passages in the batch
}

func (w *writer) write(ctx context.Context, changed []Doc, removed []string, progress func(done, total int)) error {
	done, total := 0, len(changed)+len(removed)
	for _, f := range removed {
		w.remove(f)
		done++
	}
	for i, d := range changed {
		if err := ctx.Err(); err != nil {
			return err
		}
		w.remove(d.File)
		if err := w.add(d); err != nil {
			return err
		}
		done++
		if w.waiting >= batchSize && i+1 < len(changed) {
			if err := w.flush(ctx, w.batches%8 == 7); err != nil {
				return err
			}
			progress(done, total)
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if total == 0 {
		return nil
	}
	if err := w.flush(ctx, true); err != nil {
		return err
	}
	progress(total, total)
	return nil
}

func (w *writer) remove(file string) {
	old, ok := w.state.Files[file]
	if !ok {
		return
	}
	for n := range old.Passages {
		w.batch.Delete(docID(old.ID, n))
	}
	delete(w.state.Files, file)
	w.waiting += old.Passages / 8
}

func (w *writer) add(d Doc) error {
	f := fileState{Hash: d.Hash, ID: w.state.Next, Passages: len(d.Passages)}
	w.state.Next++
	for n, p := range d.Passages {
		p.File = d.File
		words := composed(p)
		doc := map[string]any{wordsField: words, blobField: string(encode(p))}
		if err := w.batch.Index(docID(f.ID, n), doc); err != nil {
			return err
		}
		f.Words += countWords(words)
	}
	f.Pairs = minePairs(d.Passages)
	w.state.Files[d.File] = f
	w.waiting += len(d.Passages)
	return nil
}

// patience is how long the disk may take to write a few batches.
const patience = time.Minute

// flush writes the batch and begins another. Bleve writes to the disk in the background;
// wait says whether to wait until it has, so that what waits in memory does not grow.
func (w *writer) flush(ctx context.Context, wait bool) error {
	b, err := json.Marshal(w.state)
	if err != nil {
		return err
	}
	w.batch.SetInternal(stateKey, b)
	safe := make(chan error, 1)
	wait = wait && w.folder
	if wait {
		w.batch.SetPersistedCallback(func(err error) { safe <- err })
	}
	if err := w.index.Batch(w.batch); err != nil {
		return err
	}
	w.batch, w.waiting, w.written = w.index.NewBatch(), 0, w.state.clone()
	w.batches++
	if !wait {
		return nil
	}
	select {
	case err := <-safe:
		return err
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(patience):
		return fmt.Errorf("the index was not written within %v: is the disk full?", patience)
	}
}

// lead is how many characters at the beginning of a passage count twice.
const lead = 60

// composed returns the text under which a passage is found: its path, its title, how it
// begins, and all of it. What stands in the path, in the title or at the beginning so
// counts more than what stands anywhere.
func composed(p knowledge.Passage) string {
	var b strings.Builder
	for _, s := range slices.Concat(p.Path, []string{p.Title}) {
		b.WriteString(s)
		b.WriteString(" / ")
	}
	b.WriteString(firstRunes(p.Text, lead))
	b.WriteString(" / ")
	b.WriteString(p.Text)
	return b.String()
}

// firstRunes returns the first n characters of s, or all of it.
func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// countWords estimates how many terms a text is indexed under: two for a Han character,
// one and a half for a Latin word.
func countWords(s string) int {
	n, inside := 0, false
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			alnum := isAlnum(s[i])
			if alnum && !inside {
				n += 3
			}
			inside = alnum
			i++
			continue
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		if size == 3 && s[i] >= 0xE4 && s[i] <= 0xE9 {
			n += 4
		}
		inside = false
		i += size
	}
	return n / 2
}
