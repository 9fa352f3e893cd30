package search

import (
	"context"
	"encoding/json"
	"fmt"
	"path"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"golang.org/x/sync/errgroup"

	"studybot/knowledge"
)

// How an index is written.
const (
	batchSize = 700         // passages: few enough that memory stays low
	atOnce    = 2           // batches that are built at the same time
	settled   = 8           // batches after which the state is written, too
	patience  = time.Minute // for the disk to write them
)

// A writer changes an index batch by batch; a batch ends between two files. An update of
// one batch writes the state with it. A larger one writes it after every few: what a
// crash leaves in between does not agree with the state and is found out by the next Open.
type writer struct {
	index   bleve.Index
	folder  bool // the index lies in a folder and is not only in memory
	batch   *bleve.Batch
	state   state // as it will be after the batch
	written state // as it was written last; Files is nil before that
	waiting int   // that are in it
	running *errgroup.Group
	under   int // batches that are being written or were since the state was
	scan    *scanner

	analyzer analysis.Analyzer
}

func newWriter(x bleve.Index, folder bool, s state) *writer {
	w := &writer{index: x, folder: folder, state: s, batch: x.NewBatch(), running: newGroup(), scan: newScanner(nil)}
	w.analyzer = x.Mapping().AnalyzerNamed(analyzerName)
	return w
}

func newGroup() *errgroup.Group {
	g := new(errgroup.Group)
	g.SetLimit(atOnce)
	return g
}

// write makes the changes. When ctx ends, the files that were begun are finished and the
// state is written before it returns.
func (w *writer) write(ctx context.Context, changed []Doc, removed []string, progress func(done, total int)) error {
	changed = lastOfEach(changed)
	done, total := 0, len(changed)+len(removed)
	if total == 0 {
		return nil
	}
	for _, f := range removed {
		w.remove(f)
		done++
	}
	for i, d := range changed {
		if ctx.Err() != nil {
			break
		}
		w.remove(d.File)
		if err := w.add(d); err != nil {
			return err
		}
		done++
		if w.waiting < batchSize || i+1 == len(changed) {
			continue
		}
		w.flush()
		if w.under >= settled {
			if err := w.settle(); err != nil {
				return err
			}
		}
		progress(done, total)
	}
	if err := w.settle(); err != nil {
		return err
	}
	progress(done, total)
	return ctx.Err()
}

// lastOfEach returns the documents without those that a later one of the same file replaces.
func lastOfEach(docs []Doc) []Doc {
	last := make(map[string]int, len(docs))
	for i, d := range docs {
		last[d.File] = i
	}
	if len(last) == len(docs) {
		return docs
	}
	var out []Doc
	for i, d := range docs {
		if last[d.File] == i {
			out = append(out, d)
		}
	}
	return out
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
		stored := record{p, takeImprint(w.scan, p.Text).sketch()}
		if err := w.batch.IndexAdvanced(newDocument(docID(f.ID, n), w.analyzer, words, stored.encode())); err != nil {
			return err
		}
		f.Words += countWords(words)
	}
	f.Pairs = minePairs(d.Passages)
	w.state.Files[d.File] = f
	w.waiting += len(d.Passages)
	return nil
}

// flush writes the batch while the next one is filled.
func (w *writer) flush() {
	b := w.batch
	w.batch, w.waiting = w.index.NewBatch(), 0
	w.under++
	w.running.Go(func() error { return w.index.Batch(b) })
}

// settle waits for the batches that are being written, and writes the last one and the
// state. Bleve writes to the disk in the background; settle waits until it has.
func (w *writer) settle() error {
	if w.under > 0 {
		w.flush()
		err := w.running.Wait()
		w.running, w.under = newGroup(), 0
		if err != nil {
			return err
		}
	}
	b, err := json.Marshal(w.state)
	if err != nil {
		return err
	}
	last := w.batch
	w.batch, w.waiting = w.index.NewBatch(), 0
	last.SetInternal(stateKey, b)
	safe := make(chan error, 1)
	if w.folder {
		last.SetPersistedCallback(func(err error) { safe <- err })
	} else {
		safe <- nil
	}
	if err := w.index.Batch(last); err != nil {
		return err
	}
	w.written = w.state.clone()
	select {
	case err := <-safe:
		return err
	case <-time.After(patience):
		return fmt.Errorf("the index was not written within %v: is the disk full?", patience)
	}
}

// lead is how many characters at the beginning of a section count twice.
const lead = 60

// longTitle is how many characters of a title count.
const longTitle = 80

// composed returns the text under which a passage is found: the name of its file, its
// path, its title twice, how its section begins if it does, and all of it. What stands in the
// path, in the title or at the beginning so counts more than what stands anywhere. A title that is
// only how the passage begins does not count again.
func composed(p knowledge.Passage) string {
	var b strings.Builder
	add := func(s string) {
		b.WriteString(firstRunes(s, longTitle))
		b.WriteString(" / ")
	}
	add(named(p.File))
	for _, s := range p.Path {
		add(s)
	}
	if titled(p) {
		add(p.Title)
		add(p.Title)
	}
	if p.Later == 0 {
		add(firstRunes(p.Text, lead))
	}
	b.WriteString(p.Text)
	return b.String()
}

// named returns what the name of a file says: a number alone only counts files.
func named(file string) string {
	dir, base := path.Split(strings.TrimSuffix(file, path.Ext(file)))
	if strings.Trim(base, "0123456789") == "" {
		return dir
	}
	return dir + base
}

// titled reports whether a passage has a title of its own: one that is not how it begins.
func titled(p knowledge.Passage) bool {
	line, _, _ := strings.Cut(p.Text, "\n")
	return p.Title != "" && heading(line) != p.Title
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
