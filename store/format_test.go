package store

import (
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"
)

// Every file ever written is read: its ledger replays to the same boards, and work goes on in it.
func TestFormats(t *testing.T) {
	channel := Channel{Network: "slack", ID: "C1"}
	tests := []struct {
		file  string
		decks []string // of the open questions, the latest first
		board []Standing
	}{
		{"before-decks.db.gz", []string{""}, []Standing{
			{Rank: 1, Member: "ada", Name: "ada", Points: Points{Points: 20, Answered: 2, Known: 2}},
			{Rank: 2, Member: "bob", Name: "bob", Points: Points{Points: 10, Answered: 1, Known: 1}},
		}},
		{"decks.db.gz", []string{"内核", ""}, []Standing{
			{Rank: 1, Member: "ada", Name: "ada", Points: Points{Points: 20, Answered: 2, Known: 2}},
			{Rank: 2, Member: "bob", Name: "bob", Points: Points{Points: 10, Answered: 1, Known: 1}},
		}},
		{"replies.db.gz", []string{"内核", ""}, []Standing{
			{Rank: 1, Member: "ada", Name: "ada", Points: Points{Points: 20, Answered: 2, Known: 2}},
			{Rank: 2, Member: "bob", Name: "bob", Points: Points{Points: 10, Answered: 1, Known: 1}},
		}},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			path := unpacked(t, tt.file)
			if _, err := PeekSettings(path); err != nil {
				t.Error(err)
			}
			s, err := Open(path)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			onlyFolds(t, s)
			if n, err := s.Verify(t.TempDir()); err != nil || n < 20 {
				t.Errorf("%d entries: %v", n, err)
			}
			board, err := s.Board(channel, "", "9999")
			if diff := cmp.Diff(tt.board, board); err != nil || diff != "" {
				t.Errorf("board: %v (-want +got):\n%s", err, diff)
			}
			var decks []string
			qs, err := s.OpenQuestions(channel)
			for _, q := range qs {
				decks = append(decks, q.Deck)
			}
			if diff := cmp.Diff(tt.decks, decks); err != nil || diff != "" {
				t.Errorf("open: %v (-want +got):\n%s", err, diff)
			}
			for _, day := range []Day{"2026-03-02", "2026-03-03", "2026-03-05"} {
				if taken, err := s.DayTaken(channel, "", day); !taken || err != nil {
					t.Errorf("%s is free: %v", day, err)
				}
			}
			if _, err := s.Reveal(qs[0].ID, "", monday.AddDate(0, 0, 5), tenths); err != nil {
				t.Error(err)
			}
		})
	}
}

// onlyFolds checks that the store holds no fold of another version, and counts replies as there are.
func onlyFolds(t *testing.T, s *Store) {
	t.Helper()
	var names []string
	if err := s.db.View(func(tx *bbolt.Tx) error {
		return tx.ForEach(func(name []byte, _ *bbolt.Bucket) error {
			names = append(names, string(name))
			return nil
		})
	}); err != nil {
		t.Fatal(err)
	}
	want := slices.Sorted(slices.Values(append([]string{string(metaBucket), string(ledgerBucket)}, folds...)))
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("buckets (-want +got):\n%s", diff)
	}
	qs, err := s.LastQuestions(Channel{Network: "slack", ID: "C1"}, 100)
	if err != nil {
		t.Fatal(err)
	}
	all := 0
	for _, q := range qs {
		rs, err := s.Replies(q.ID)
		if err != nil || len(rs) != q.Replies {
			t.Errorf("question %s counts %d replies and has %d: %v", q.ID, q.Replies, len(rs), err)
		}
		all += len(rs)
	}
	if all < 3 {
		t.Errorf("only %d replies", all)
	}
}

// Who stops a new version while it makes the folds again loses nothing: the next start goes on.
func TestInterruptedUpgrade(t *testing.T) {
	path := unpacked(t, "decks.db.gz")
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Update(new(Store).prepare), db.Close()); err != nil {
		t.Fatal(err)
	}
	s, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	onlyFolds(t, s)
	if _, err := s.Verify(t.TempDir()); err != nil {
		t.Error(err)
	}
}

// unpacked is the path of a copy of a compressed file of testdata.
func unpacked(t *testing.T, name string) string {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "studybot.db")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
