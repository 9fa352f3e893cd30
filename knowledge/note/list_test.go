package note

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// list returns the names that List found, and its problems by file.
func list(t *testing.T, fsys fs.FS) ([]string, map[string]string) {
	t.Helper()
	found, err := List(t.Context(), fsys)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range found.Files {
		names = append(names, f.Name)
	}
	told := map[string]string{}
	for _, p := range found.Problems {
		told[p.File] += p.Text
	}
	return names, told
}

func TestListFindsNotes(t *testing.T) {
	fsys := fstest.MapFS{}
	for _, name := range []string{
		"b.md", "a.txt", "LOUD.MD", "deep/er/c.markdown", "deep/d.text", "名字 有空格?.md", "quote\"new\nline.md", "a.md/e.md",
		"image.png", "README", ".hidden.md", ".git/config.md", ".obsidian/x.md", "node_modules/p/README.md", "__MACOSX/._b.md", "md", "x.md.bak",
	} {
		fsys[name] = &fstest.MapFile{Data: []byte("text")}
	}
	names, problems := list(t, fsys)
	want := []string{"LOUD.MD", "a.md/e.md", "a.txt", "b.md", "deep/d.text", "deep/er/c.markdown", "quote\"new\nline.md", "名字 有空格?.md"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
	if len(problems) != 0 {
		t.Errorf("problems: %v", problems)
	}
}

func TestListTellsSizeAndTime(t *testing.T) {
	dir := write(t, map[string]string{"a.md": "four"})
	found, err := List(t.Context(), openFolder(t, dir))
	if err != nil || len(found.Files) != 1 {
		t.Fatal(found, err)
	}
	info, err := os.Stat(filepath.Join(dir, "a.md"))
	if err != nil {
		t.Fatal(err)
	}
	if f := found.Files[0]; f.Size != 4 || !f.ModTime.Equal(info.ModTime()) {
		t.Errorf("file = %+v; want size 4 and %v", f, info.ModTime())
	}
}

func TestListAndLinks(t *testing.T) {
	outside := write(t, map[string]string{"out.md": "out"})
	tests := []struct {
		name     string
		files    []string
		links    map[string]string // link => target
		want     []string
		problems map[string]string // file => words of its problem
	}{
		{
			name:  "a link to a note that is listed anyway is not listed twice",
			files: []string{"z/a.md"},
			links: map[string]string{"a.md": "z/a.md"},
			want:  []string{"z/a.md"},
		},
		{
			name:  "a link to a folder inside is not read twice",
			files: []string{"z/a.md"},
			links: map[string]string{"again": "z", "more": "z"},
			want:  []string{"z/a.md"},
		},
		{
			name:  "a mounted config map: every note is a link into a hidden folder",
			files: []string{"..2026/a.md", "..2026/b.md"},
			links: map[string]string{"..data": "..2026", "a.md": "..data/a.md", "b.md": "..data/b.md"},
			want:  []string{"a.md", "b.md"},
		},
		{
			name:  "a checked out tree behind a link is listed once, under the first link",
			files: []string{".trees/1/a.md", ".trees/1/sub/b.md"},
			links: map[string]string{"current": ".trees/1", "previous": ".trees/1", "top.md": "current/a.md"},
			want:  []string{"current/a.md", "current/sub/b.md"},
		},
		{
			name:  "a link through its parent is followed",
			files: []string{".a/x.md", "b/y.md"},
			links: map[string]string{"b/x.md": "../.a/../.a/./x.md"},
			want:  []string{"b/x.md", "b/y.md"},
		},
		{
			name:     "links that lead out are named and not followed",
			files:    []string{"a.md"},
			links:    map[string]string{"abs.md": filepath.Join(outside, "out.md"), "up": "..", "sub": outside, "far.md": "../../../../../../../../etc/hostname"},
			want:     []string{"a.md"},
			problems: map[string]string{"abs.md": "out of the notes folder", "up": "out of the notes folder", "sub": "out of the notes folder", "far.md": "out of the notes folder"},
		},
		{
			name:     "links in a circle are named and not followed",
			files:    []string{"a.md", "d/b.md"},
			links:    map[string]string{"self": "self", "one": "two", "two": "one", "d/up": "..", "d/same": "."},
			want:     []string{"a.md", "d/b.md"},
			problems: map[string]string{"self": "circle", "one": "circle", "two": "circle", "d/up": "circle", "d/same": "circle"},
		},
		{
			name:     "a link to nothing is named",
			files:    []string{"a.md"},
			links:    map[string]string{"lost.md": "was/here.md"},
			want:     []string{"a.md"},
			problems: map[string]string{"lost.md": "leads nowhere"},
		},
		{
			name:  "a link to what is no note is left out",
			files: []string{"a.md", ".img/x.png"},
			links: map[string]string{"x.png": ".img/x.png"},
			want:  []string{"a.md"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			files := map[string]string{}
			for _, name := range tt.files {
				files[name] = "text"
			}
			dir := write(t, files)
			for at, target := range tt.links {
				link(t, target, dir, at)
			}
			names, problems := list(t, openFolder(t, dir))
			if diff := cmp.Diff(tt.want, names); diff != "" {
				t.Errorf("names (-want +got):\n%s", diff)
			}
			for file, words := range tt.problems {
				if !strings.Contains(problems[file], words) {
					t.Errorf("problem of %s is %q; want %q", file, problems[file], words)
				}
			}
			if len(problems) != len(tt.problems) {
				t.Errorf("problems: %v", problems)
			}
		})
	}
}

func TestListTellsAbsoluteLinksApart(t *testing.T) {
	dir := write(t, map[string]string{".hidden/a.md": "text", "b.md": "text"})
	other := filepath.Join(t.TempDir(), "notes") // another way to the folder
	link(t, dir, filepath.Dir(other), "notes")
	link(t, filepath.Join(dir, ".hidden", "a.md"), dir, "inside.md")
	link(t, filepath.Join(other, ".hidden"), dir, "folder")
	link(t, dir+"-else/a.md", dir, "outside.md")
	for _, at := range []string{dir, other} {
		_, problems := list(t, openFolder(t, at))
		want := map[string]string{"inside.md": string(errAbsolute), "folder": string(errAbsolute), "outside.md": string(errLeaves)}
		if at == dir { // which knows nothing of its other name
			want["folder"] = string(errLeaves)
		}
		if diff := cmp.Diff(want, problems); diff != "" {
			t.Errorf("problems of %s (-want +got):\n%s", at, diff)
		}
	}
}

func TestListNamesWhatItCannotUse(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("other systems refuse such names")
	}
	dir := write(t, map[string]string{"good.md": "good", "\xb1\xca\xbc\xc7.md": "named in GBK", "\xb1\xca.png": "no note"})
	names, problems := list(t, openFolder(t, dir))
	if diff := cmp.Diff([]string{"good.md"}, names); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
	want := map[string]string{"\ufffdʼ\ufffd.md": "its name is not valid UTF-8; rename it"}
	if diff := cmp.Diff(want, problems); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

// A lockedFS refuses to list one folder.
type lockedFS struct {
	fstest.MapFS
	locked string
}

func (l lockedFS) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == l.locked {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return l.MapFS.ReadDir(name)
}

func TestListGoesOnAfterALockedFolder(t *testing.T) {
	files := fstest.MapFS{"a.md": {}, "b/c.md": {}, "d/e.md": {}}
	names, problems := list(t, lockedFS{files, "b"})
	if diff := cmp.Diff([]string{"a.md", "d/e.md"}, names); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
	if !strings.Contains(problems["b"], "allow this user") {
		t.Errorf("problems: %v", problems)
	}
	if found, err := List(t.Context(), lockedFS{files, "b"}); err != nil || !slices.Equal(found.Unread, []string{"b"}) {
		t.Errorf("List = %+v, %v; want b unread", found, err)
	}
	if _, err := List(t.Context(), lockedFS{files, "."}); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("List of a locked top folder = %v; want a permission error", err)
	}
}

func TestListEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := List(ctx, fstest.MapFS{"a.md": {}}); !errors.Is(err, context.Canceled) {
		t.Errorf("List = %v; want context.Canceled", err)
	}
}
