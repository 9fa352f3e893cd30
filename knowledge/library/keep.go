package library

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"studybot/knowledge"
)

// cardsFile holds the cards as last seen. Without it, a question that is reworded while no
// library is open gets a new identity; nothing else is lost.
const cardsFile = "cards.json.gz"

// loadCards returns the cards as last seen, none where they cannot be read.
func (l *Library) loadCards() []knowledge.Card {
	if l.cfg.Index == "" || l.cfg.LookupsOnly {
		return nil
	}
	cards, err := readCards(filepath.Join(l.cfg.Index, cardsFile))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		l.cfg.Log.Warn("cards as last seen cannot be read; reworded questions count as new", "err", err)
	}
	return cards
}

func readCards(path string) (cards []knowledge.Card, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err == nil {
		err = json.NewDecoder(z).Decode(&cards)
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return cards, nil
}

// saveCards keeps cards for the next Open. A failure is logged and no error: the library
// works without.
func (l *Library) saveCards(cards []knowledge.Card) {
	if l.cfg.Index == "" || l.cfg.LookupsOnly {
		return
	}
	if err := writeCards(l.cfg.Index, cards); err != nil {
		l.cfg.Log.Warn("cards cannot be kept; questions reworded before the next start will count as new", "err", err)
	}
}

// writeCards writes the file whole or not at all.
func writeCards(dir string, cards []knowledge.Card) (err error) {
	f, err := os.CreateTemp(dir, cardsFile+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	z, err := gzip.NewWriterLevel(f, gzip.BestSpeed)
	if err != nil {
		return errors.Join(err, f.Close())
	}
	if err := errors.Join(json.NewEncoder(z).Encode(cards), z.Close(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), filepath.Join(dir, cardsFile))
}
