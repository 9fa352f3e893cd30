package library

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"studybot/knowledge"
	"studybot/knowledge/note"
	"studybot/knowledge/search"
)

const (
	kafka = "# Kafka\n\n## 什么是消费者组？\n\n一组共同消费同一主题的消费者，每个分区只由组内一个消费者读取。\n\n" +
		"## 如何保证消息不丢失？\n\n- 生产者等待所有副本确认\n- 消费者处理完再提交位移\n"
	redis = "# Redis\n\n## What is a sentinel?\n\nA process that watches a master and promotes a replica when the master fails.\n"
)

// A folder is a folder of notes that a test writes.
type folder struct {
	testing.TB
	dir   string
	clock time.Time // of the last write, so that each has another time
}

func newFolder(t testing.TB, files map[string]string) *folder {
	f := &folder{TB: t, dir: t.TempDir(), clock: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	for name, text := range files {
		f.write(name, text)
	}
	return f
}

func (f *folder) write(name, text string) {
	f.Helper()
	path := filepath.Join(f.dir, filepath.FromSlash(name))
	f.clock = f.clock.Add(time.Second)
	err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644), os.Chtimes(path, f.clock, f.clock))
	if err != nil {
		f.Fatal(err)
	}
}

func (f *folder) remove(name string) {
	f.Helper()
	if err := os.Remove(filepath.Join(f.dir, name)); err != nil {
		f.Fatal(err)
	}
}

func (f *folder) open(index string) *Library {
	f.Helper()
	notes, err := note.OpenFolder(f.dir)
	if err != nil {
		f.Fatal(err)
	}
	l, err := Open(f.Context(), Config{Notes: notes, Index: index})
	if err != nil {
		f.Fatal(errors.Join(err, notes.Close()))
	}
	f.Cleanup(func() {
		if err := errors.Join(l.Close(), notes.Close()); err != nil {
			f.Error(err)
		}
	})
	return l
}

func refresh(t testing.TB, l *Library) Change {
	t.Helper()
	c, err := l.Refresh(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// found returns where the best passage for a query stands, "" where there is none.
func found(t testing.TB, l *Library, query string) string {
	t.Helper()
	r, err := l.Search(t.Context(), query, 1)
	if err != nil {
		t.Fatal(err)
	}
	if !r.Answered || len(r.Hits) == 0 {
		return ""
	}
	h := r.Hits[0]
	return fmt.Sprintf("%s:%d", h.File, h.Lines.Start)
}

func questions(l *Library) []string {
	var qs []string
	for _, c := range l.Cards() {
		qs = append(qs, c.File+": "+c.Question)
	}
	return qs
}

func cardThatAsks(t testing.TB, l *Library, words string) knowledge.Card {
	t.Helper()
	i := slices.IndexFunc(l.Cards(), func(c knowledge.Card) bool { return strings.Contains(c.Question, words) })
	if i < 0 {
		t.Fatalf("no card asks %q: %q", words, questions(l))
	}
	return l.Cards()[i]
}

func TestOpenReadsNotes(t *testing.T) {
	f := newFolder(t, map[string]string{"mq/kafka.md": kafka, "redis.md": redis, "logo.png": "\x89PNG"})
	l := f.open(t.TempDir())
	if l.Notes() != 2 || l.Passages() < 3 || len(l.Problems()) != 0 {
		t.Errorf("%d notes, %d passages, problems %v", l.Notes(), l.Passages(), l.Problems())
	}
	want := []string{"mq/kafka.md: 什么是消费者组？", "mq/kafka.md: 如何保证消息不丢失？", "redis.md: What is a sentinel?"}
	if diff := cmp.Diff(want, questions(l)); diff != "" {
		t.Errorf("questions (-want +got):\n%s", diff)
	}
	if at := found(t, l, "消费者组是什么"); at != "mq/kafka.md:5" {
		t.Errorf("found %q", at)
	}
	c := cardThatAsks(t, l, "sentinel")
	if got, ok := l.Card(c.ID); !ok || got.Question != c.Question {
		t.Errorf("Card(%s) = %+v, %v", c.ID, got, ok)
	}
	if _, ok := l.Card("none"); ok {
		t.Error("there is a card of an unknown ID")
	}
}

func TestOpenWithoutNotes(t *testing.T) {
	tests := []struct {
		name  string
		notes fs.FS
		says  string
	}{
		{"an empty folder", fstest.MapFS{}, ".md"},
		{"files of other kinds only", fstest.MapFS{"a.png": {}, ".git/b.md": {}}, ".md"},
		{"files that cannot be read only", fstest.MapFS{"a.md": {Data: []byte("\x00\x01")}}, "a.md: not text"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Open(t.Context(), Config{Notes: tt.notes})
			if !errors.Is(err, ErrNoNotes) || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("Open = %v; want ErrNoNotes and %q", err, tt.says)
			}
		})
	}
}

func TestOpenOfAnIndexInUse(t *testing.T) {
	index := t.TempDir()
	f := newFolder(t, map[string]string{"redis.md": redis})
	f.open(index)
	if _, err := Open(t.Context(), Config{Notes: os.DirFS(f.dir), Index: index}); !errors.Is(err, search.ErrLocked) {
		t.Errorf("Open = %v; want ErrLocked", err)
	}
}

func TestOneBadFileStopsNoOther(t *testing.T) {
	f := newFolder(t, map[string]string{
		"kafka.md": kafka, "binary.md": "\x7fELF\x00\x00", "empty.txt": "", "broken.docx": "PK\x03\x04…", "broken.pdf": "%PDF-1.4 …",
		"broken.zip": "no archive", "huge.txt": strings.Repeat("x", note.MaxText+1),
	})
	if err := os.Symlink("/etc/hostname", filepath.Join(f.dir, "out.md")); err != nil {
		t.Fatal(err)
	}
	l := f.open("")
	if at := found(t, l, "消费者组是什么"); at != "kafka.md:5" {
		t.Errorf("found %q", at)
	}
	var files []string
	for _, p := range l.Problems() {
		files = append(files, p.File)
	}
	want := []string{"binary.md", "broken.docx", "broken.pdf", "broken.zip", "empty.txt", "huge.txt", "out.md"}
	if diff := cmp.Diff(want, files); diff != "" {
		t.Errorf("files with problems (-want +got):\n%s", diff)
	}
}

func TestAnUnchangedFolderIsNotIndexedAgain(t *testing.T) {
	index := t.TempDir()
	f := newFolder(t, map[string]string{"kafka.md": kafka, "redis.md": redis})
	segments := func() map[string]time.Time {
		times := map[string]time.Time{}
		err := filepath.WalkDir(index, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Ext(path) != ".zap" {
				return err
			}
			info, err := d.Info()
			times[path] = info.ModTime()
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return times
	}
	run := func() (cards []knowledge.Card) {
		l, err := Open(t.Context(), Config{Notes: os.DirFS(f.dir), Index: index})
		if err != nil {
			t.Fatal(err)
		}
		cards = l.Cards()
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		return cards
	}
	cards, before := run(), segments()
	if len(before) == 0 {
		t.Fatal("no segment of the index was found")
	}
	if diff := cmp.Diff(cards, run()); diff != "" {
		t.Errorf("cards of the second start (-first +second):\n%s", diff)
	}
	if diff := cmp.Diff(before, segments()); diff != "" {
		t.Errorf("segments of the index (-first +second):\n%s", diff)
	}
}

func TestANoteChangedBetweenStartsIsIndexedAgain(t *testing.T) {
	index := t.TempDir()
	f := newFolder(t, map[string]string{"kafka.md": kafka, "redis.md": redis})
	l, err := Open(t.Context(), Config{Notes: os.DirFS(f.dir), Index: index})
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	f.write("kafka.md", "new first line\n\n"+kafka)
	f.remove("redis.md")
	l = f.open(index)
	if at := found(t, l, "消费者组是什么"); at != "kafka.md:7" {
		t.Errorf("found %q", at)
	}
	if at := found(t, l, "what is a sentinel"); at != "" {
		t.Errorf("found %q of a note that is gone", at)
	}
}

func TestARewordedQuestionKeepsItsID(t *testing.T) {
	index := t.TempDir()
	f := newFolder(t, map[string]string{"kafka.md": kafka, "redis.md": redis})
	l, err := Open(t.Context(), Config{Notes: os.DirFS(f.dir), Index: index})
	if err != nil {
		t.Fatal(err)
	}
	id := cardThatAsks(t, l, "消息不丢失").ID

	f.write("kafka.md", strings.Replace(kafka, "如何保证消息不丢失", "怎样保证 消息不会丢失", 1))
	refresh(t, l)
	if c := cardThatAsks(t, l, "不会丢失"); c.ID != id {
		t.Errorf("after a Refresh the ID is %s, not %s", c.ID, id)
	}
	refresh(t, l)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}

	l = f.open(index)
	if c := cardThatAsks(t, l, "不会丢失"); c.ID != id {
		t.Errorf("after a restart the ID is %s, not %s", c.ID, id)
	}
	f.remove("kafka.md")
	refresh(t, l)
	f.write("kafka.md", strings.Replace(kafka, "如何保证消息不丢失", "怎样保证 消息不会丢失", 1))
	refresh(t, l)
	if c := cardThatAsks(t, l, "不会丢失"); c.ID != id {
		t.Errorf("after the note was away the ID is %s, not %s", c.ID, id)
	}
}

func TestDamagedCardsFileIsNoError(t *testing.T) {
	index := t.TempDir()
	f := newFolder(t, map[string]string{"kafka.md": kafka})
	if err := os.WriteFile(filepath.Join(index, cardsFile), []byte("no gzip"), 0o600); err != nil {
		t.Fatal(err)
	}
	if l := f.open(index); len(l.Cards()) != 2 {
		t.Errorf("cards: %q", questions(l))
	}
}

func TestProgressCountsEveryFileOnce(t *testing.T) {
	notes := fstest.MapFS{}
	const files = 40
	for i := range files {
		notes[fmt.Sprintf("%02d.md", i)] = &fstest.MapFile{Data: []byte(redis)}
	}
	last, calls := 0, 0
	l, err := Open(t.Context(), Config{Notes: notes, Progress: func(stage string, done, total int) {
		calls++
		if stage == "" || done <= last || total != files {
			t.Errorf("%s: %d of %d after %d", stage, done, total, last)
		}
		last = done
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if last != files || calls == 0 {
		t.Errorf("the last of %d calls said %d of %d", calls, last, files)
	}
}

func TestOpenEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	notes := fstest.MapFS{}
	for i := range 200 {
		notes[fmt.Sprintf("%03d.md", i)] = &fstest.MapFile{Data: []byte(kafka)}
	}
	cancelled := cancellingFS{notes, cancel}
	if _, err := Open(ctx, Config{Notes: cancelled, Index: t.TempDir()}); !errors.Is(err, context.Canceled) {
		t.Errorf("Open = %v; want context.Canceled", err)
	}
}

// A cancellingFS cancels a context when a note is opened.
type cancellingFS struct {
	fstest.MapFS
	cancel func()
}

func (c cancellingFS) Open(name string) (fs.File, error) {
	if strings.HasSuffix(name, ".md") {
		c.cancel()
	}
	return c.MapFS.Open(name)
}
