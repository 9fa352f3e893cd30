package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"studybot/store"
)

type verifyCmd struct {
	dataFlag
	Repair bool `help:"Make everything again from the ledger first."`
}

// Run replays the ledger and compares what follows from it with what is stored.
func (c verifyCmd) Run(p program) error {
	return c.withStore(func(s *store.Store) error {
		if c.Repair {
			if err := s.Rebuild(); err != nil {
				return err
			}
		}
		n, err := s.Verify(os.TempDir())
		if err != nil {
			return fmt.Errorf("%w; run \"studybot verify --repair\"", err)
		}
		_, err = fmt.Fprintf(p.out, "%d entries replayed: boards, streaks and histories are what the ledger says\n", n)
		return err
	})
}

type ledgerCmd struct{ dataFlag }

// Run prints the ledger, a line an entry: when, what, where, who, and why. What members
// wrote is left out.
func (c ledgerCmd) Run(p program) error {
	return c.withStore(func(s *store.Store) error {
		return written(p.out, func(out *bufio.Writer) error {
			return s.Entries(0, func(e store.Entry) error {
				_, err := fmt.Fprintf(out, "%d\t%s\t%s\t%s\t%s\t%s\n", e.Seq, e.At.Format(time.RFC3339), e.What, e.Channel, by(e), oneLine(about(e)))
				return err
			})
		})
	})
}

// by is who caused an entry.
func by(e store.Entry) string {
	if e.Actor == "" {
		return "studybot"
	}
	return oneLine(e.Actor)
}

// about says what an entry is about.
func about(e store.Entry) string {
	switch e.What {
	case store.WasAsked:
		return fmt.Sprintf("%s %s %s", e.Question, e.Day, e.Card.Question)
	case store.WasReplied:
		return fmt.Sprintf("%s %.0f%%", e.Question, 100*e.Reply.Grade.Score)
	case store.WasPosted:
		return fmt.Sprintf("%s as %s", e.Key, e.Message)
	case store.WasRevealed:
		sum := 0
		for _, a := range e.Awards {
			sum += a.Points
		}
		return fmt.Sprintf("%s %d members, %d points", e.Question, len(e.Awards), sum)
	case store.WasReminded:
		return string(e.Question)
	case store.WasSet:
		return e.Settings.String()
	case store.WasVoided:
		return fmt.Sprintf("%s %s", e.Question, e.Reason)
	}
	if e.Since != "" {
		return fmt.Sprintf("%s – %s %s", e.Since, e.Day, e.Reason)
	}
	return fmt.Sprintf("%s %s", e.Day, e.Reason)
}

// withStore calls f with the data folder's store, which must exist.
func (f dataFlag) withStore(do func(*store.Store) error) (err error) {
	dir, err := f.path()
	if err != nil {
		return err
	}
	path := filepath.Join(dir, databaseFile)
	if _, err := os.Stat(path); err != nil {
		return fmt.Errorf("data folder %s: there is no %s yet; name another folder with --data", dir, databaseFile)
	}
	s, err := store.Open(path)
	if err != nil {
		return err
	}
	defer closeInto(&err, s.Close)
	return do(s)
}
