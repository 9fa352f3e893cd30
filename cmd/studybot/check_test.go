package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"studybot/store"
)

// tree returns what is in a folder, the folder itself included: sizes and times of change.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		found[path] = info.Mode().String() + " " + info.ModTime().String()
		if !e.IsDir() {
			b, err := os.ReadFile(path)
			found[path] += string(b)
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestCheckChangesNothing(t *testing.T) {
	tests := []struct {
		name  string
		given func(t *testing.T, db string)
		says  string
		code  int
	}{
		{"no data yet", func(*testing.T, string) {}, "to be made at the first start", exitOK},
		{"an empty database", func(t *testing.T, db string) { writeFile(t, db, "") }, "ok   data", exitOK},
		{"a database", func(t *testing.T, db string) { makeStore(t, db).Close() }, "ok   data", exitOK},
		{"a database in use", func(t *testing.T, db string) {
			s := makeStore(t, db)
			t.Cleanup(func() { s.Close() })
		}, "in use by a running studybot", exitOK},
		{"no database", func(t *testing.T, db string) { writeFile(t, db, strings.Repeat("no database\n", 4096)) }, "damaged", exitFail},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			tt.given(t, filepath.Join(dir, databaseFile))
			long := time.Now().Add(-time.Hour)
			if err := os.Chtimes(dir, long, long); err != nil {
				t.Fatal(err)
			}
			before := tree(t, dir)
			var out, errOut bytes.Buffer
			if code := run([]string{"check", "--data", dir}, strings.NewReader(""), &out, &errOut); code != tt.code {
				t.Errorf("exit code %d, want %d: %s%s", code, tt.code, &out, &errOut)
			}
			if !strings.Contains(out.String(), tt.says) {
				t.Errorf("check says\n%s; want %q", &out, tt.says)
			}
			if diff := cmp.Diff(before, tree(t, dir)); diff != "" {
				t.Errorf("check changed the data folder (-before +after):\n%s", diff)
			}
		})
	}
}

func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func makeStore(t *testing.T, path string) *store.Store {
	t.Helper()
	s, err := store.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestZoneName(t *testing.T) {
	tests := []struct{ name, given, want string }{
		{"a name", "Asia/Shanghai", "Asia/Shanghai"},
		{"a name as POSIX writes it", ":Asia/Shanghai", "Asia/Shanghai"},
		{"a file of the zone files", "/usr/share/zoneinfo/Europe/Berlin", "Europe/Berlin"},
		{"a link to one", "../usr/share/zoneinfo/Europe/Berlin", "Europe/Berlin"},
		{"a file elsewhere", "/etc/mytime", ""},
		{"nothing", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := zoneName(tt.given); got != tt.want {
				t.Errorf("zoneName(%q) = %q, want %q", tt.given, got, tt.want)
			}
		})
	}
}
