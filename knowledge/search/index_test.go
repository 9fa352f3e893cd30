package search

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/blevesearch/bleve/v2"
	"github.com/google/go-cmp/cmp"
)

func TestIndexKeepsUpWithTheNotes(t *testing.T) {
	x := open(t, Config{})
	a := doc("a.md", "## 甲\n零拷贝减少了内核态和用户态之间的数据复制。\n")
	b := doc("b.md", "## 乙\n写时复制让父子进程先共享内存页。\n")
	update(t, x, []Doc{a, b})
	if diff := cmp.Diff(map[string]string{"a.md": a.Hash, "b.md": b.Hash}, x.Files()); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}

	changed := doc("a.md", "## 甲\n惊群是多个进程同时被唤醒。\n")
	update(t, x, []Doc{changed})
	if r := ask(t, x, "零拷贝"); r.Answered {
		t.Errorf("what was removed from a note is still found: %q", r.Hits[0].Text)
	}
	if got := best(t, x, "惊群"); got != "甲" {
		t.Errorf("what came into a note: best is %q", got)
	}

	update(t, x, nil, "b.md", "never.md")
	if x.Len() != 1 || len(x.Files()) != 1 || x.Files()["a.md"] != changed.Hash {
		t.Errorf("after a removal: %d passages, files %v", x.Len(), x.Files())
	}
	if r := ask(t, x, "写时复制"); len(r.Hits) > 0 && r.Answered {
		t.Errorf("a removed note is found")
	}
}

func TestTypoOfADeletedWord(t *testing.T) {
	x := open(t, Config{})
	update(t, x, []Doc{doc("k.md", "# A\n\ncontainerx schedules pods.\n"), doc("l.md", "# L\n\ncontainers hold programs.\n")})
	update(t, x, nil, "k.md")
	if r := ask(t, x, "containerxx"); !r.Answered || r.Hits[0].File != "l.md" {
		t.Errorf("a word that is gone hides the one that is there: %+v", r)
	}
}

func TestIndexIsThereAgain(t *testing.T) {
	dir := t.TempDir()
	x := open(t, Config{Dir: dir})
	var docs []Doc
	for f, src := range notes {
		docs = append(docs, doc(f, src))
	}
	update(t, x, docs)
	files, n, want := x.Files(), x.Len(), ask(t, x, "反向代理")
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}

	y := open(t, Config{Dir: dir})
	if diff := cmp.Diff(files, y.Files()); diff != "" || y.Len() != n {
		t.Errorf("%d passages, were %d; files (-want +got):\n%s", y.Len(), n, diff)
	}
	if diff := cmp.Diff(want, ask(t, y, "反向代理")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestIndexHasOneOwner(t *testing.T) {
	dir := t.TempDir()
	x := open(t, Config{Dir: dir})
	update(t, x, []Doc{doc("a.md", notes["net.md"])})
	if _, err := Open(Config{Dir: dir}); !errors.Is(err, ErrLocked) {
		t.Fatalf("error %v, want ErrLocked", err)
	}
	if got := best(t, x, "三次握手"); got != "三次握手" {
		t.Errorf("the owner finds %q after another came", got)
	}
}

// damage changes the files of an index in a way that a crash or a disk might.
func TestIndexThatIsDamagedIsBuiltAgain(t *testing.T) {
	segments := func(dir string) []string {
		fs, _ := filepath.Glob(filepath.Join(dir, "passages", "store", "*.zap"))
		return fs
	}
	tests := []struct {
		name   string
		damage func(t *testing.T, dir string)
	}{
		{"a segment is cut short", func(t *testing.T, dir string) {
			for _, f := range segments(dir) {
				must(t, os.Truncate(f, 200))
			}
		}},
		{"a segment is empty", func(t *testing.T, dir string) {
			for _, f := range segments(dir) {
				must(t, os.Truncate(f, 0))
			}
		}},
		{"bytes of a segment differ", func(t *testing.T, dir string) {
			for _, f := range segments(dir) {
				b, err := os.ReadFile(f)
				must(t, err)
				for i := len(b) / 3; i < len(b)/3+40; i++ {
					b[i] ^= 0x5a
				}
				must(t, os.WriteFile(f, b, 0o600))
			}
		}},
		{"a segment is gone", func(t *testing.T, dir string) {
			for _, f := range segments(dir) {
				must(t, os.Remove(f))
			}
		}},
		{"the list of segments is rubbish", func(t *testing.T, dir string) {
			must(t, os.WriteFile(filepath.Join(dir, "passages", "store", "root.bolt"), bytes.Repeat([]byte("x"), 5000), 0o600))
		}},
		{"the description is rubbish", func(t *testing.T, dir string) {
			must(t, os.WriteFile(filepath.Join(dir, "passages", "index_meta.json"), []byte("{"), 0o600))
		}},
		{"the description is gone", func(t *testing.T, dir string) {
			must(t, os.Remove(filepath.Join(dir, "passages", "index_meta.json")))
		}},
		{"another version wrote it", func(t *testing.T, dir string) {
			x, _, err := openStore(dir, slog.New(slog.DiscardHandler))
			must(t, err)
			b, written := x.NewBatch(), make(chan error, 1)
			b.SetInternal(stateKey, []byte(`{"Version":0}`))
			b.SetPersistedCallback(func(err error) { written <- err })
			must(t, x.Batch(b))
			must(t, <-written)
			must(t, x.Close())
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			must(t, os.WriteFile(filepath.Join(dir, "keep.txt"), []byte("mine"), 0o600))
			x, err := Open(Config{Dir: dir})
			must(t, err)
			update(t, x, []Doc{doc("net.md", notes["net.md"])})
			must(t, x.Close())
			tt.damage(t, dir)

			var log bytes.Buffer
			y := open(t, Config{Dir: dir, Log: slog.New(slog.NewTextHandler(&log, nil))})
			if !strings.Contains(log.String(), "is built again") {
				t.Errorf("nobody was told: %q", log.String())
			}
			if y.Len() != 0 || len(y.Files()) != 0 {
				t.Errorf("%d passages of a damaged index", y.Len())
			}
			update(t, y, []Doc{doc("net.md", notes["net.md"])})
			if got := best(t, y, "三次握手"); got != "三次握手" {
				t.Errorf("after building again: best is %q", got)
			}
			if _, err := os.Stat(filepath.Join(dir, "keep.txt")); err != nil {
				t.Errorf("a file of somebody else: %v", err)
			}
		})
	}
}

func TestUnfinishedIndexIsBuiltWithoutAlarm(t *testing.T) {
	tests := []struct {
		name  string
		begin func(t *testing.T, x bleve.Index)
	}{
		{"before the first note", func(*testing.T, bleve.Index) {}},
		{"before the state was written", func(t *testing.T, x bleve.Index) {
			b, written := x.NewBatch(), make(chan error, 1)
			must(t, b.Index("0.0", map[string]any{wordsField: "三次握手"}))
			b.SetPersistedCallback(func(err error) { written <- err })
			must(t, x.Batch(b))
			must(t, <-written)
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			must(t, register())
			x, _, err := openStore(dir, slog.New(slog.DiscardHandler))
			must(t, err)
			tt.begin(t, x)
			must(t, x.Close())

			var log bytes.Buffer
			y := open(t, Config{Dir: dir, Log: slog.New(slog.NewTextHandler(&log, nil))})
			if strings.Contains(log.String(), "WARN") {
				t.Errorf("alarmed: %s", log.String())
			}
			update(t, y, []Doc{doc("net.md", notes["net.md"])})
			if got := best(t, y, "三次握手"); got != "三次握手" {
				t.Errorf("best is %q", got)
			}
		})
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestSearchGoesOnDuringUpdate(t *testing.T) {
	x := open(t, Config{Dir: t.TempDir()})
	update(t, x, []Doc{doc("net.md", notes["net.md"])})
	ctx, stop := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			for ctx.Err() == nil {
				r, err := x.Search(context.Background(), "三次握手", 3)
				if err != nil {
					t.Errorf("search: %v", err)
					return
				}
				if len(r.Hits) == 0 || r.Hits[0].Title != "三次握手" {
					t.Errorf("the note that does not change is not found")
					return
				}
				x.Files()
				x.Len()
			}
		})
	}
	docs := newCorpus(5).docs(600)
	for i := range 4 {
		update(t, x, docs[i*9:i*9+9])
		update(t, x, nil, docs[i*9].File)
	}
	stop()
	wg.Wait()
}

func TestUpdateStopsWithItsContext(t *testing.T) {
	x := open(t, Config{})
	ctx, cancel := context.WithCancel(context.Background())
	docs := newCorpus(2).docs(3 * batchSize)
	err := x.Update(ctx, docs, nil, func(done, total int) {
		if total != len(docs) {
			t.Errorf("total %d, want %d", total, len(docs))
		}
		cancel()
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("error %v, want context.Canceled", err)
	}
	n := len(x.Files())
	if n == 0 || n == len(docs) {
		t.Fatalf("%d of %d files after the first batch", n, len(docs))
	}
	for f := range x.Files() {
		if f == "" {
			t.Error("a file without a name")
		}
	}
	update(t, x, docs) // what was begun is finished
	if len(x.Files()) != len(docs) || x.Len() != 3*batchSize {
		t.Errorf("%d files, %d passages", len(x.Files()), x.Len())
	}
}

func TestClosedIndexSaysSo(t *testing.T) {
	x, err := Open(Config{})
	must(t, err)
	must(t, x.Close())
	must(t, x.Close())
	if _, err := x.Search(context.Background(), "nginx", 1); !errors.Is(err, ErrClosed) {
		t.Errorf("search: %v", err)
	}
	if err := x.Update(context.Background(), nil, nil, nil); !errors.Is(err, ErrClosed) {
		t.Errorf("update: %v", err)
	}
}
