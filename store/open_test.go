package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"go.etcd.io/bbolt"

	"studybot/bot/chat"
)

func TestOpen(t *testing.T) {
	tests := []struct {
		name  string
		given func(t *testing.T, path string)
		want  error  // or
		text  string // a part of the error
	}{
		{name: "no file is a new store", given: func(*testing.T, string) {}},
		{name: "another process holds it", want: ErrLocked, given: func(t *testing.T, path string) {
			s, err := Open(path)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { s.Close() })
		}},
		{name: "a newer version wrote it", want: ErrNewer, given: func(t *testing.T, path string) {
			s, err := Open(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := s.db.Update(func(tx *bbolt.Tx) error {
				return tx.Bucket(metaBucket).Put(versionKey, binary.BigEndian.AppendUint64(nil, Version+1))
			}); err != nil {
				t.Fatal(err)
			}
			s.Close()
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
		{name: "a folder stands there", text: "is a directory", given: func(t *testing.T, path string) {
			if err := os.Mkdir(path, 0o700); err != nil {
				t.Fatal(err)
			}
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "studybot.db")
			tt.given(t, path)
			s, err := Open(path)
			if err == nil {
				s.Close()
			}
			if tt.want == nil && tt.text == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			if err == nil || tt.want != nil && !errors.Is(err, tt.want) || !strings.Contains(err.Error(), tt.text) {
				t.Errorf("Open: %v, want %v %q", err, tt.want, tt.text)
			}
		})
	}
}

// given makes a store at path and spoils its bytes.
func given(t *testing.T, path string, spoil func([]byte) []byte) {
	t.Helper()
	s, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	ask(t, s, 0)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, spoil(b), 0o600); err != nil {
		t.Fatal(err)
	}
}

// A write that cannot be made does no harm to those that wait beside it.
func TestOneBadWriteAmongMany(t *testing.T) {
	s := open(t)
	q := ask(t, s, 0)
	var wg sync.WaitGroup
	for n := range 64 {
		wg.Go(func() {
			bad := Act{Key: q.ID.PostKey(), Channel: study, Question: q.ID}
			if err := s.Posted(bad, "", monday); err == nil { // bbolt takes no empty key
				t.Error("a message without an ID was recorded")
			}
			r := Reply{Member: chat.MemberID(fmt.Sprint("m", n)), At: monday}
			if _, err := s.Reply(q.ID, r, takingPart); err != nil {
				t.Error(err)
			}
			r.Grade.Score = math.NaN()
			if _, err := s.Reply(q.ID, r, takingPart); err == nil {
				t.Error("a score that is no number was taken")
			}
		})
	}
	wg.Wait()
	if rs, err := s.Replies(q.ID); err != nil || len(rs) != 64 {
		t.Errorf("%d replies: %v", len(rs), err)
	}
}

// A store that an older version wrote gets the folds that it did not know.
func TestNewFoldsAreFilled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "studybot.db")
	given(t, path, func(b []byte) []byte { return b })
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Update(func(tx *bbolt.Tx) error { return tx.DeleteBucket([]byte(askedFold)) }); err != nil {
		t.Fatal(err)
	}
	db.Close()
	s, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, ok, err := s.LastQuestion(study); !ok || err != nil {
		t.Errorf("the question asked before is forgotten: %v", err)
	}
}

func TestWriteAfterClose(t *testing.T) {
	s, err := Open(filepath.Join(t.TempDir(), "studybot.db"))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Skip(Skipping{Channel: study, Day: "2026-03-02", At: monday}); err == nil {
		t.Error("a write after Close was taken")
	}
}
