package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"time"

	"go.etcd.io/bbolt"
)

// Peek returns the error that Open would return for the store at path because of what the
// file is: ErrLocked and ErrNewer, wrapped, and errors that name the file otherwise. It
// writes nothing and reads no entries; whether the file may be written, it does not tell.
func Peek(path string) error { return peeking(path, version) }

// peeking calls look with the store at path, open for reading.
func peeking(path string, look func(*bbolt.DB) error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true)) // as in Open
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("store %s: %w: %v", path, errDamaged, r)
		}
	}()
	if err := peek(path, look); err != nil {
		return fmt.Errorf("store %s: %w", path, err)
	}
	return nil
}

func peek(path string, look func(*bbolt.DB) error) (err error) {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if info.Mode().IsRegular() && info.Size() == 0 {
		return nil // Open makes a store of it
	}
	db, err := bbolt.Open(path, 0, &bbolt.Options{ReadOnly: true, Timeout: 500 * time.Millisecond})
	if err != nil {
		return explain(err, path)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := whole(db, path); err != nil {
		return err
	}
	return look(db)
}

// version returns an error where this program cannot read the store.
func version(db *bbolt.DB) error {
	return db.View(func(tx *bbolt.Tx) error {
		meta := tx.Bucket(metaBucket)
		if meta == nil {
			return nil
		}
		switch v := meta.Get(versionKey); {
		case v == nil:
			return nil
		case len(v) != 8:
			return errDamaged
		case binary.BigEndian.Uint64(v) > Version:
			return ErrNewer
		}
		return nil
	})
}
