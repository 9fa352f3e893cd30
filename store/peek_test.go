package store

import (
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"
)

func TestPeek(t *testing.T) {
	same := func(b []byte) []byte { return b }
	tests := []struct {
		name  string
		given func(t *testing.T, path string)
		want  error  // or
		text  string // a part of the error
	}{
		{name: "a store that nobody uses", given: func(t *testing.T, path string) { given(t, path, same) }},
		{name: "an empty file, of which Open makes a store", given: func(t *testing.T, path string) {
			given(t, path, func([]byte) []byte { return nil })
		}},
		{name: "no file", want: fs.ErrNotExist, given: func(*testing.T, string) {}},
		{name: "another holds it", want: ErrLocked, given: func(t *testing.T, path string) {
			s, err := Open(path)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { s.Close() })
		}},
		{name: "a newer version wrote it", want: ErrNewer, given: func(t *testing.T, path string) {
			given(t, path, same)
			db, err := bbolt.Open(path, 0o600, nil)
			if err != nil {
				t.Fatal(err)
			}
			err = db.Update(func(tx *bbolt.Tx) error {
				return tx.Bucket(metaBucket).Put(versionKey, binary.BigEndian.AppendUint64(nil, Version+1))
			})
			if err := errors.Join(err, db.Close()); err != nil {
				t.Fatal(err)
			}
		}},
		{name: "something else stands there", text: "damaged or not a studybot store", given: func(t *testing.T, path string) {
			if err := os.WriteFile(path, []byte(strings.Repeat("not a database\n", 4096)), 0o600); err != nil {
				t.Fatal(err)
			}
		}},
		{name: "it was cut short", text: "damaged or not a studybot store", given: func(t *testing.T, path string) {
			given(t, path, func(b []byte) []byte { return b[:3*os.Getpagesize()] })
		}},
		{name: "its pages were wiped", text: "damaged or not a studybot store", given: func(t *testing.T, path string) {
			given(t, path, func(b []byte) []byte {
				clear(b[2*os.Getpagesize():])
				return b
			})
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "studybot.db")
			tt.given(t, path)
			before := snapshot(t, filepath.Dir(path))
			err := Peek(path)
			if diff := cmp.Diff(before, snapshot(t, filepath.Dir(path))); diff != "" {
				t.Errorf("Peek changed the folder (-before +after):\n%s", diff)
			}
			switch {
			case tt.want == nil && tt.text == "":
				if err != nil {
					t.Errorf("Peek: %v", err)
				}
			case err == nil || tt.want != nil && !errors.Is(err, tt.want) || !strings.Contains(err.Error(), tt.text) || !strings.Contains(err.Error(), path):
				t.Errorf("Peek: %v, want %v %q and the file's name", err, tt.want, tt.text)
			}
		})
	}
}

// snapshot returns the files of a folder, with their bytes and times.
func snapshot(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		files[e.Name()] = info.ModTime().String() + string(b)
	}
	return files
}
