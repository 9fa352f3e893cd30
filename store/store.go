// Package store keeps what must survive a restart, in one bbolt file.
//
// The ledger is the truth: every outward fact is appended to it once, and never
// changed. All other buckets are folds over the ledger, brought up to date in the
// transaction that appends, and made again from it by Rebuild.
//
//	meta / version                        => schema version, big-endian
//	meta / name                           => a random name of this store, part of every key
//	meta / rebuilding                     => there while the folds are being made again
//	ledger / <seq, big-endian>            => Entry
//	questions / <question>                => Question
//	messages / <channel> / <message>      => question
//	open / <deck>                         => question
//	pending / <key>                       => Act
//	asked / <channel> / <entry>           => question, in the order they were asked
//	practice / <channel> / <member> / <entry> => Practice
//	days / <deck> / <day>                 => question of the day
//	skipped / <deck> / <day>              => reason
//	paused / <channel>                    => the day before which nothing is asked
//	queue / <channel> / <case>            => Case, to be decided
//	suggested / <channel> / <card>        => knowledge.Card, suggested and accepted
//	hidden / <network> / <member>         => true where the member is on no board
//	cards / <channel> / <card>            => Use
//	replies / <question> / <member>       => Reply, not as JSON; the sequence counts the members
//	awards / <question> / <member>        => Award
//	boards / <channel> / <day> / <member> => Points
//	members / <channel> / <member>        => true where the member ever replied
//	names / <network> / <member>          => the name last seen
//	settings / <channel>                  => the Settings of its decks
//	corrections / <channel> / <card>      => Correction
//	accepted / <channel> / <card>         => answers that were accepted besides the card's own
//	audit / <channel> / <entry>           => the What of an entry that changed scores or settings
//
// A channel in a key is its network, a slash, and the network's own ID. A deck is its channel, and, where it has
// a name, a zero byte and the name. Days are local to
// the channel, written 2006-01-02, so that their order is the order of time.
package store

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// Version is the schema that this program writes. It reads all older ones: their ledgers are the same, their
// folds are made again.
const Version = 2

// Errors of Open.
var (
	// ErrLocked means that another process holds the store.
	ErrLocked = errors.New("another studybot is using this data folder; stop it, or choose another folder with --data")
	// ErrNewer means that a newer studybot wrote the store.
	ErrNewer = errors.New("this data folder was written by a newer studybot; use that one, or another folder with --data")
)

var (
	metaBucket   = []byte("meta")
	ledgerBucket = []byte("ledger")
	versionKey   = []byte("version")
	nameKey      = []byte("name")
	rebuildKey   = []byte("rebuilding")
)

// A Store is an open store. Its methods may be called from any goroutine.
type Store struct {
	db   *bbolt.DB
	name string

	asked memo // used by the writer only

	jobs    chan *job
	folding sync.RWMutex // held for writing by a rebuild, so that nobody reads folds that are half made
	closing sync.Once
	done    chan struct{} // closed when the writer has ended
	quit    chan struct{} // closed by Close
}

// Open opens the store at path, and makes it where there is none. The folder must exist.
// It returns ErrLocked and ErrNewer, wrapped, and errors that name the file otherwise.
func Open(path string) (s *Store, err error) {
	var db *bbolt.DB
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true)) // a file that was cut short faults
	defer func() {
		if r := recover(); r != nil { // bbolt does so on pages that make no sense
			s, err = nil, fmt.Errorf("store %s: %w: %v", path, errDamaged, r)
		}
	}()
	db, err = bbolt.Open(path, 0o600, &bbolt.Options{Timeout: 500 * time.Millisecond, FreelistType: bbolt.FreelistMapType})
	if err != nil {
		return nil, fmt.Errorf("store %s: %w", path, explain(err, path))
	}
	s = &Store{db: db, asked: memo{}, jobs: make(chan *job), done: make(chan struct{}), quit: make(chan struct{})}
	for _, step := range []func() error{
		func() error { return whole(db, path) },
		func() error { return db.Update(s.prepare) },
		s.finishRebuild,
	} {
		if err := step(); err != nil {
			db.Close()
			return nil, fmt.Errorf("store %s: %w", path, err)
		}
	}
	go s.write()
	return s, nil
}

// errDamaged says what to do about a file that cannot be read.
var errDamaged = errors.New("the file is damaged or not a studybot store: move it away, or bring it back from a backup")

// whole returns an error where the file is shorter than it says itself.
func whole(db *bbolt.DB, path string) error {
	return db.View(func(tx *bbolt.Tx) error {
		info, err := os.Stat(path)
		if err == nil && info.Size() < tx.Size() {
			return errDamaged
		}
		return err
	})
}

// explain puts bbolt's errors into words that say what to do.
func explain(err error, path string) error {
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return ErrLocked
	case errors.Is(err, bolterrors.ErrInvalid), errors.Is(err, bolterrors.ErrChecksum), errors.Is(err, bolterrors.ErrVersionMismatch):
		return fmt.Errorf("%w: %w", errDamaged, err)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s cannot be written: give this user the right to write there, or choose another folder with --data: %w", filepath.Dir(path), err)
	}
	return err
}

func (s *Store) prepare(tx *bbolt.Tx) error {
	meta, err := tx.CreateBucketIfNotExists(metaBucket)
	if err != nil {
		return err
	}
	v := meta.Get(versionKey)
	if v == nil {
		if err := meta.Put(nameKey, []byte(rand.Text()[:8])); err != nil {
			return err
		}
	} else if len(v) != 8 {
		return errors.New("the schema version cannot be read: the file is damaged or not a studybot store")
	} else if binary.BigEndian.Uint64(v) > Version {
		return ErrNewer
	}
	s.name = string(meta.Get(nameKey))
	ledger, err := tx.CreateBucketIfNotExists(ledgerBucket)
	if err != nil {
		return err
	}
	current := sequence(Version)
	if !bytes.Equal(v, current) {
		if err := meta.Put(versionKey, current); err != nil {
			return err
		}
	}
	known := !slices.ContainsFunc(folds, func(name string) bool { return tx.Bucket([]byte(name)) == nil })
	if ledger.Sequence() > 0 && !(known && bytes.Equal(v, current)) { // an older version had other folds
		if err := meta.Put(rebuildKey, []byte{1}); err != nil {
			return err
		}
	}
	return makeFolds(tx)
}

// Close waits for what is being written and closes the file. Writes that come later
// return an error.
func (s *Store) Close() error {
	s.closing.Do(func() { close(s.quit) })
	<-s.done
	return s.db.Close()
}

// view reads the store.
func (s *Store) view(f func(*bbolt.Tx) error) error {
	s.folding.RLock()
	defer s.folding.RUnlock()
	return s.db.View(f)
}

// rewrite changes the entries of the ledger for which change reports true.
func rewrite(tx *bbolt.Tx, change func(*Entry) bool) error {
	ledger := tx.Bucket(ledgerBucket)
	var changed []Entry
	err := entries(tx, 0, func(e Entry) error {
		if change(&e) {
			changed = append(changed, e)
		}
		return nil
	})
	for _, e := range changed {
		b, merr := json.Marshal(e)
		err = errors.Join(err, merr, ledger.Put(sequence(e.Seq), b))
	}
	return err
}

func sequence(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

// Entries calls f with the ledger's entries after the one numbered after, in order, until
// f returns an error, which Entries returns.
func (s *Store) Entries(after uint64, f func(Entry) error) error {
	return s.view(func(tx *bbolt.Tx) error { return entries(tx, after, f) })
}

func entries(tx *bbolt.Tx, after uint64, f func(Entry) error) error {
	c := tx.Bucket(ledgerBucket).Cursor()
	for k, v := c.Seek(sequence(after + 1)); k != nil; k, v = c.Next() {
		e, err := entry(k, v)
		if err == nil {
			err = f(e)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// entry is what the ledger holds under a key.
func entry(k, v []byte) (e Entry, err error) {
	if err := json.Unmarshal(v, &e); err != nil {
		return e, fmt.Errorf("store: ledger entry %x: %w", k, err)
	}
	e.Seq = binary.BigEndian.Uint64(k)
	return e, nil
}
