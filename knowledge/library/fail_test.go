package library

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"studybot/knowledge"
)

// A badDisk fails to list, open or read what it is told to.
type badDisk struct {
	fstest.MapFS
	list, open, read map[string]error
}

func (d badDisk) ReadDir(name string) ([]fs.DirEntry, error) {
	if err := d.list[name]; err != nil {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: err}
	}
	return d.MapFS.ReadDir(name)
}

func (d badDisk) Open(name string) (fs.File, error) {
	if err := d.open[name]; err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	f, err := d.MapFS.Open(name)
	if bad := d.read[name]; err == nil && bad != nil {
		return badFile{f, &fs.PathError{Op: "read", Path: name, Err: bad}}, nil
	}
	return f, err
}

// A badFile gives some bytes and then fails.
type badFile struct {
	fs.File
	err error
}

func (f badFile) Read(b []byte) (int, error) {
	n, err := f.File.Read(b[:min(len(b), 10)])
	return n, errors.Join(f.err, err)
}

// newBadDisk returns a disk that has not failed yet, and a library of it.
func newBadDisk(t *testing.T) (badDisk, *Library) {
	t.Helper()
	const lvs = "# LVS\n\n## 什么是 DR 模式？\n\n调度器只改目的 MAC 地址，响应由真实服务器直接返回客户端。\n"
	d := badDisk{fstest.MapFS{
		"kafka.md": {Data: []byte(kafka)}, "db/redis.md": {Data: []byte(redis)}, "db/more/lvs.md": {Data: []byte(lvs)},
	}, map[string]error{}, map[string]error{}, map[string]error{}}
	l, err := Open(t.Context(), Config{Notes: d})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return d, l
}

// touch makes a file look changed, so that it is read again.
func (d badDisk) touch(name, text string) {
	d.MapFS[name] = &fstest.MapFile{Data: []byte(text), ModTime: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
}

func TestWhatCannotBeReadStays(t *testing.T) {
	const stays = "what was read of it before stays in use"
	tests := []struct {
		name     string
		fail     func(badDisk)
		removed  []string
		problems []string
	}{
		{
			name:     "a folder that cannot be listed",
			fail:     func(d badDisk) { d.list["db"] = syscall.EIO },
			problems: []string{"db: it cannot be read: input/output error", "db: " + stays + ": db/more/lvs.md, db/redis.md"},
		},
		{
			name:     "a folder that this user may not list any more",
			fail:     func(d badDisk) { d.list["db/more"] = fs.ErrPermission },
			problems: []string{"db/more: it cannot be read; allow this user to read it", "db/more: " + stays + ": db/more/lvs.md"},
		},
		{
			name:     "a file that cannot be opened",
			fail:     func(d badDisk) { d.touch("kafka.md", kafka+"new"); d.open["kafka.md"] = fs.ErrPermission },
			problems: []string{"kafka.md: it cannot be read; allow this user to read it", "kafka.md: " + stays},
		},
		{
			name:     "a file that cannot be read to its end",
			fail:     func(d badDisk) { d.touch("kafka.md", kafka+"new"); d.read["kafka.md"] = syscall.EIO },
			problems: []string{"kafka.md: it cannot be read: input/output error", "kafka.md: " + stays},
		},
		{
			name:    "but not a folder that was deleted while it was listed",
			fail:    func(d badDisk) { d.list["db"] = fs.ErrNotExist },
			removed: []string{"db/more/lvs.md", "db/redis.md"},
		},
		{
			name:    "nor a file that was deleted while it was read",
			fail:    func(d badDisk) { d.touch("kafka.md", kafka+"new"); d.open["kafka.md"] = fs.ErrNotExist },
			removed: []string{"kafka.md"},
		},
		{
			name:     "nor a file that was read and is no note any more",
			fail:     func(d badDisk) { d.touch("kafka.md", "\x00\x01") },
			removed:  []string{"kafka.md"},
			problems: []string{"kafka.md: not text"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, l := newBadDisk(t)
			before := known(l)
			tt.fail(d)
			for range 2 { // it lasts
				c := refresh(t, l)
				if diff := cmp.Diff(tt.removed, c.Removed); diff != "" {
					t.Errorf("removed (-want +got):\n%s", diff)
				}
				tt.removed = nil
			}
			told := problemsOf(l)
			for _, want := range tt.problems {
				if !strings.Contains(told, want) {
					t.Errorf("problems are\n%s; want %q", told, want)
				}
			}
			if after := known(l); len(tt.problems) > 1 {
				before.Problems, after.Problems = nil, nil
				if diff := cmp.Diff(before, after); diff != "" {
					t.Errorf("known (-before +after):\n%s", diff)
				}
			}

			clear(d.list)
			clear(d.open)
			clear(d.read)
			d.touch("kafka.md", kafka)
			refresh(t, l)
			before.Problems = known(l).Problems
			if diff := cmp.Diff(before, known(l)); diff != "" || len(l.Problems()) != 0 {
				t.Errorf("known when all is well again (-before +after):\n%s%v", diff, l.Problems())
			}
		})
	}
}

func problemsOf(l *Library) string {
	var b strings.Builder
	for _, p := range l.Problems() {
		b.WriteString(p.String() + "\n")
	}
	return b.String()
}

// A file that is read for the first time has nothing to keep, and one that is deleted after it
// failed is gone.
func TestNothingIsKeptThatIsNotThere(t *testing.T) {
	d, l := newBadDisk(t)
	d.touch("new.md", redis)
	d.open["new.md"] = syscall.EIO
	d.touch("kafka.md", kafka+"\n")
	d.open["kafka.md"] = syscall.EIO
	refresh(t, l)
	if strings.Contains(problemsOf(l), "new.md: what was read") || l.Notes() != 3 {
		t.Errorf("%d notes, problems:\n%s", l.Notes(), problemsOf(l))
	}
	delete(d.MapFS, "kafka.md")
	if diff := cmp.Diff(Change{Removed: []string{"kafka.md"}}, refresh(t, l)); diff != "" {
		t.Errorf("change (-want +got):\n%s", diff)
	}
}

// Of an archive, the notes that could be read are new, and the others stay.
func TestAnArchiveThatIsReadInPart(t *testing.T) {
	archive := func(first string) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		far := strings.Repeat("x", 100<<10) // so that the names at the end are not read with the rest
		for _, f := range []struct{ name, text string }{{"a.md", first}, {"b.md", kafka}, {"far.bin", far}} {
			w, err := z.CreateHeader(&zip.FileHeader{Name: f.name})
			if err == nil {
				_, err = io.WriteString(w, f.text)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	d, l := newBadDisk(t)
	d.touch("z.zip", string(archive(redis)))
	refresh(t, l)
	changed := archive(redis + "\n")
	partly := partFS{d, "z.zip", int64(bytes.Index(changed, []byte("b.md"))) + 4}
	d.MapFS["z.zip"] = &fstest.MapFile{Data: changed}
	l.cfg.Notes = partly
	if diff := cmp.Diff(Change{Changed: []string{"z.zip/a.md"}}, refresh(t, l)); diff != "" {
		t.Errorf("change (-want +got):\n%s", diff)
	}
	if told := problemsOf(l); !strings.Contains(told, "z.zip/b.md: it cannot be read: input/output error") ||
		!strings.Contains(told, "z.zip: what was read of it before stays in use: z.zip/b.md") {
		t.Errorf("problems:\n%s", told)
	}
}

// A partFS fails to read one file in its middle: its end, where an archive has its names, it gives.
type partFS struct {
	badDisk
	name string
	bad  int64
}

func (p partFS) Open(name string) (fs.File, error) {
	f, err := p.badDisk.Open(name)
	if err != nil || name != p.name {
		return f, err
	}
	return partFile{f, p.bad}, nil
}

type partFile struct {
	fs.File
	bad int64
}

func (p partFile) ReadAt(b []byte, off int64) (int, error) {
	if off <= p.bad && p.bad < off+int64(len(b)) {
		return 0, &fs.PathError{Op: "read", Path: "z.zip", Err: syscall.EIO}
	}
	return p.File.(io.ReaderAt).ReadAt(b, off)
}

func TestKeptNotesAreNamedBriefly(t *testing.T) {
	files := map[string]file{}
	for _, name := range []string{"d/1.md", "d/2.md", "d/3.md", "d/4.md", "d/5.md", "dd/6.md"} {
		files[name] = file{notes: []entry{{name: name}}}
	}
	got := keep(map[string]file{}, files, []string{"d"})
	want := []knowledge.Problem{{File: "d", Text: "what was read of it before stays in use: d/1.md, d/2.md, d/3.md and 2 more"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}
