package note

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// all reads the notes of an archive, and what is wrong by file.
func all(t *testing.T, src []byte) (notes []string, problems map[string]string) {
	t.Helper()
	problems = map[string]string{}
	for n, err := range All(fstest.MapFS{"x.zip": {Data: src}}, File{Name: "x.zip"}) {
		var at *FileError
		switch {
		case err == nil:
			notes = append(notes, n.File+": "+n.Title)
		case errors.As(err, &at):
			problems[at.File] = at.Problem().Text
		default:
			t.Errorf("error %v names no file", err)
		}
	}
	return notes, problems
}

func TestArchive(t *testing.T) {
	inner := archived(t, [2]string{"page.md", "# Inner"}, [2]string{"more.zip", "PK"})
	src := archived(t,
		[2]string{"b/two.md", "# Two"},
		[2]string{"a.html", "<h1>One</h1>"},
		[2]string{"Export-Part-1.zip", string(inner)},
		[2]string{"cards.csv", "question,answer\nq,a\n"},
		[2]string{"picture.png", "\x89PNG"},
		[2]string{".obsidian/app.md", "hidden"},
		[2]string{"__MACOSX/b/._two.md", "hidden"},
		[2]string{"b/", ""},
		[2]string{`c\three.md`, "# Three"},
		[2]string{string(gb(t, "笔记.md")), "# Four"},
		[2]string{"b/two.md", "# Two again"},
		[2]string{"../out.md", "outside"},
		[2]string{"/etc/abs.md", "outside"},
		[2]string{"binary.md", "\x00\x01"},
	)
	notes, problems := all(t, src)
	want := []string{"x.zip/Export-Part-1.zip/page.md: Inner", "x.zip/a.html: One", "x.zip/b/two.md: Two", "x.zip/c/three.md: Three", "x.zip/cards.csv: cards", "x.zip/笔记.md: Four"}
	if diff := cmp.Diff(want, notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
	for file, words := range map[string]string{
		"x.zip":                            "outside",
		"x.zip/b/two.md":                   "two files of this name",
		"x.zip/binary.md":                  "not text",
		"x.zip/Export-Part-1.zip/more.zip": "unpack it",
	} {
		if !strings.Contains(problems[file], words) {
			t.Errorf("problem of %s is %q; want %q", file, problems[file], words)
		}
		delete(problems, file)
	}
	if len(problems) != 0 {
		t.Errorf("more problems: %v", problems)
	}
}

func TestArchiveThatIsMadeToHarm(t *testing.T) {
	var locked bytes.Buffer
	l := zip.NewWriter(&locked)
	if _, err := l.CreateRaw(&zip.FileHeader{Name: "a.md", Flags: 1}); err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	var many bytes.Buffer
	w := zip.NewWriter(&many)
	for range maxFiles + 1 {
		if _, err := w.CreateHeader(&zip.FileHeader{Name: "a.md", Method: zip.Store}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	var large bytes.Buffer
	w = zip.NewWriter(&large)
	e, err := w.CreateHeader(&zip.FileHeader{Name: "a.md", Method: zip.Store})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.Write(make([]byte, MaxText+1)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		src  []byte
		file string
		says string
	}{
		{"no archive", []byte("text"), "x.zip", "cannot be unpacked"},
		{"too many files", many.Bytes(), "x.zip", "more than 20000 files"},
		{"a password", locked.Bytes(), "x.zip/a.md", "has a password"},
		{"a bomb", archived(t, [2]string{"a.md", strings.Repeat("a", 10<<20)}), "x.zip/a.md", "times its size"},
		{"a note that is too large", large.Bytes(), "x.zip/a.md", "larger than 20 MB"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			notes, problems := all(t, tt.src)
			if len(notes) != 0 || !strings.Contains(problems[tt.file], tt.says) {
				t.Errorf("notes %v, problems %v; want %q of %s", notes, problems, tt.says, tt.file)
			}
		})
	}
}

func TestArchiveStopsWhenItsReaderStops(t *testing.T) {
	src := archived(t, [2]string{"a.md", "# A"}, [2]string{"b.md", "# B"})
	count := 0
	for range All(fstest.MapFS{"x.zip": {Data: src}}, File{Name: "x.zip"}) {
		count++
		break
	}
	if count != 1 {
		t.Errorf("%d notes", count)
	}
}

func FuzzArchive(f *testing.F) {
	f.Add("a.md", "# a", "../b.md", "b")
	f.Add("a.zip", "PK", `c\d.csv`, "a,b")
	f.Fuzz(func(t *testing.T, name1, text1, name2, text2 string) {
		if len(name1) > 1000 || len(name2) > 1000 || strings.HasSuffix(name1, "/") || strings.HasSuffix(name2, "/") {
			return
		}
		src := archived(t, [2]string{name1, text1}, [2]string{name2, text2})
		notes, problems := all(t, src)
		for _, p := range problems {
			if strings.Contains(p, "reader failed") {
				t.Error(p)
			}
		}
		for _, n := range notes {
			if !strings.HasPrefix(n, "x.zip/") || strings.Contains(n, "/../") {
				t.Errorf("note %q lies outside", n)
			}
		}
	})
}
