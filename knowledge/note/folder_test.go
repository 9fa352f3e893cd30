package note

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// write makes files below a new folder, and the folders around them.
func write(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func openFolder(t testing.TB, dir string) *Folder {
	t.Helper()
	f, err := OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return f
}

func link(t testing.TB, target string, at ...string) {
	t.Helper()
	if err := os.Symlink(target, filepath.Join(at...)); err != nil {
		t.Fatal(err)
	}
}

func TestOpenFolderSaysWhatIsWrong(t *testing.T) {
	dir := write(t, map[string]string{"a.md": "a"})
	link(t, "nowhere", dir, "dangling")
	tests := []struct {
		name, dir, says string
	}{
		{"it does not exist", filepath.Join(dir, "none"), "does not exist"},
		{"it is a link to nothing", filepath.Join(dir, "dangling"), "does not exist"},
		{"it is a file", filepath.Join(dir, "a.md"), "is not a folder"},
		{"it is below a file", filepath.Join(dir, "a.md", "b"), "not a directory"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := OpenFolder(tt.dir)
			var folder *FolderError
			if !errors.As(err, &folder) {
				t.Fatalf("OpenFolder = %v; want a FolderError", err)
			}
			if !strings.Contains(err.Error(), tt.says) || !strings.Contains(err.Error(), tt.dir) {
				t.Errorf("error %q; want %q and the folder", err, tt.says)
			}
		})
	}
}

func TestOpenFolderThatMayNotBeRead(t *testing.T) {
	dir := t.TempDir()
	if err := os.Chmod(dir, 0); err != nil {
		t.Fatal(err)
	}
	_, err := OpenFolder(dir)
	if os.Geteuid() == 0 { // who reads everything
		err = folderError(dir, &fs.PathError{Op: "open", Path: dir, Err: syscall.EACCES})
	}
	if !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), "cannot be read") {
		t.Errorf("OpenFolder = %v", err)
	}
}

func TestFolderKeepsToItself(t *testing.T) {
	outside := write(t, map[string]string{"secret.md": "secret"})
	dir := write(t, map[string]string{"a.md": "a"})
	link(t, filepath.Join(outside, "secret.md"), dir, "absolute.md")
	relative, err := filepath.Rel(dir, filepath.Join(outside, "secret.md"))
	if err != nil {
		t.Fatal(err)
	}
	link(t, relative, dir, "relative.md")
	link(t, filepath.Dir(relative), dir, "folder")
	f := openFolder(t, dir)
	for _, name := range []string{"absolute.md", "relative.md", "folder/secret.md", "../" + filepath.Base(outside) + "/secret.md", filepath.Join(outside, "secret.md")} {
		if b, err := fs.ReadFile(f, name); err == nil {
			t.Errorf("%s was read: %q", name, b)
		}
		if _, err := Read(f, File{Name: name}); err == nil {
			t.Errorf("%s became a note", name)
		}
	}
}

func TestFolderFollowsItsPath(t *testing.T) {
	dir := write(t, map[string]string{"notes/old.md": "old", "next/new.md": "new"})
	notes := filepath.Join(dir, "notes")
	f := openFolder(t, notes)

	if err := os.Rename(notes, filepath.Join(dir, "gone")); err != nil {
		t.Fatal(err)
	}
	_, err := fs.ReadDir(f, ".")
	var folder *FolderError
	if !errors.As(err, &folder) || !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("ReadDir without a folder = %v; want a FolderError", err)
	}

	if err := os.Rename(filepath.Join(dir, "next"), notes); err != nil {
		t.Fatal(err)
	}
	entries, err := fs.ReadDir(f, ".")
	if err != nil || len(entries) != 1 || entries[0].Name() != "new.md" {
		t.Fatalf("ReadDir of the new folder = %v, %v", entries, err)
	}
	if b, err := fs.ReadFile(f, "new.md"); err != nil || string(b) != "new" {
		t.Errorf("ReadFile = %q, %v", b, err)
	}
}

func TestFolderCanBeALink(t *testing.T) {
	dir := write(t, map[string]string{"real/a.md": "a"})
	link(t, "real", dir, "notes")
	if b, err := fs.ReadFile(openFolder(t, filepath.Join(dir, "notes")), "a.md"); err != nil || string(b) != "a" {
		t.Errorf("ReadFile = %q, %v", b, err)
	}
}
