package note

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

func TestReadText(t *testing.T) {
	fsys := fstest.MapFS{
		"utf8.md": {Data: []byte("# 端口\r\n\r\n80\r\n")},
		"gb.txt":  {Data: gb(t, "# 端口\n\n80\n")},
	}
	for name := range fsys {
		t.Run(name, func(t *testing.T) {
			n, err := Read(fsys, File{Name: name})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]string{"# 端口", "", "80"}, n.Lines); diff != "" {
				t.Errorf("lines (-want +got):\n%s", diff)
			}
			if n.File != name || n.Hash != hash(fsys[name].Data) {
				t.Errorf("file %q, hash %q", n.File, n.Hash)
			}
		})
	}
}

func TestReadOfAnEmptyFile(t *testing.T) {
	n, err := Read(fstest.MapFS{"a.md": {}}, File{Name: "a.md"})
	if err != nil {
		t.Fatal(err)
	}
	if len(n.Lines) != 0 || len(n.Sections) != 0 {
		t.Errorf("note = %+v", n)
	}
	if len(n.Problems) != 1 || !strings.Contains(n.Problems[0].Text, "empty") {
		t.Errorf("problems = %v", n.Problems)
	}
}

// A brokenFS opens files that cannot be read.
type brokenFS struct {
	fstest.MapFS
	err error
}

func (b brokenFS) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: b.err}
}

func TestReadSaysWhatIsWrong(t *testing.T) {
	files := fstest.MapFS{
		"binary.md":  {Data: []byte("\x7fELF\x00\x00")},
		"a.md":       {Data: []byte("a")},
		"folder/x":   {},
		"pipe.md":    {Mode: fs.ModeNamedPipe},
		"too big.md": {Data: make([]byte, MaxText+1)},
	}
	tests := []struct {
		name string
		fsys fs.FS
		file string
		says string
	}{
		{"it holds no text", files, "binary.md", "not text"},
		{"it was deleted after it was listed", files, "deleted.md", "deleted"},
		{"it is a folder", files, "folder", "not a regular file"},
		{"it is a pipe", files, "pipe.md", "not a regular file"},
		{"it is too large", files, "too big.md", "21 MB is too large for a note, the limit is 20 MB"},
		{"it may not be read", brokenFS{files, fs.ErrPermission}, "a.md", "allow this user"},
		{"the disk fails", brokenFS{files, errors.New("input/output error")}, "a.md", "cannot be read: input/output error"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Read(tt.fsys, File{Name: tt.file})
			var at *FileError
			if !errors.As(err, &at) || at.File != tt.file {
				t.Fatalf("Read = %v; want a FileError of %s", err, tt.file)
			}
			if !strings.Contains(err.Error(), tt.says) || strings.Count(err.Error(), tt.file) != 1 {
				t.Errorf("error %q; want %q and the file once", err, tt.says)
			}
			if p := at.Problem(); p.File != tt.file || !strings.Contains(p.Text, tt.says) || strings.Contains(p.Text, tt.file) {
				t.Errorf("problem %+v; want %q", p, tt.says)
			}
		})
	}
}

func TestReadOfFiftyMegabytes(t *testing.T) {
	dir := t.TempDir()
	file, err := os.Create(filepath.Join(dir, "huge.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(file.Truncate(50<<20), file.Close()); err != nil {
		t.Fatal(err)
	}
	f := openFolder(t, dir)
	found, err := List(t.Context(), f)
	if err != nil || len(found.Files) != 1 {
		t.Fatal(found, err)
	}
	if _, err := Read(f, found.Files[0]); err == nil || !strings.Contains(err.Error(), "50 MB is too large") {
		t.Errorf("Read = %v", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("a.md", []byte("# a\n\nb\n"))
	f.Add("a.txt", []byte("Q: a\nA: b\n"))
	f.Fuzz(func(t *testing.T, name string, src []byte) {
		if !fs.ValidPath(name) || name == "." {
			return
		}
		n, err := Read(fstest.MapFS{name: {Data: src}}, File{Name: name})
		var at *FileError
		switch {
		case err != nil && !errors.As(err, &at):
			t.Errorf("error %v names no file", err)
		case err != nil && strings.Contains(err.Error(), "reader failed"):
			t.Errorf("a reader panicked: %v", err)
		case err == nil && n.File != name:
			t.Errorf("file = %q, want %q", n.File, name)
		}
	})
}
