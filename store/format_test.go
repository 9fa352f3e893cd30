package store

import (
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
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
