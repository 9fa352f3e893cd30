package store

import (
	"bytes"
	"fmt"
	"os"

	"go.etcd.io/bbolt"
)

// replayChunk is how many entries a replay folds in one transaction. bbolt splits its nodes at the
// end of a transaction only, so that a long one becomes slower with every key.
const replayChunk = 12000

// Rebuild makes all folds again from the ledger. Reads and writes wait until it is done; a Rebuild that
// was interrupted is done again by Open.
func (s *Store) Rebuild() error {
	return s.do(&job{alone: s.rebuild, done: make(chan struct{})})
}

// finishRebuild does a Rebuild again that was interrupted.
func (s *Store) finishRebuild() error {
	var begun bool
	err := s.view(func(tx *bbolt.Tx) error {
		begun = tx.Bucket(metaBucket).Get(rebuildKey) != nil
		return nil
	})
	if err != nil || !begun {
		return err
	}
	return s.rebuild()
}

func (s *Store) rebuild() error {
	s.folding.Lock()
	defer s.folding.Unlock()
	err := s.db.Update(func(tx *bbolt.Tx) error {
		if err := tx.Bucket(metaBucket).Put(rebuildKey, []byte{1}); err != nil {
			return err
		}
		if err := dropFolds(tx); err != nil {
			return err
		}
		return makeFolds(tx)
	})
	if err != nil {
		return err
	}
	s.db.NoSync = true // until the last transaction: a crash before it means to begin again
	defer func() { s.db.NoSync = false }()
	for after, more := uint64(0), true; more; {
		err := s.db.Update(func(tx *bbolt.Tx) (err error) {
			after, more, err = replay(tx, tx, after)
			return err
		})
		if err != nil {
			return err
		}
	}
	s.db.NoSync = false
	if err := s.db.Sync(); err != nil {
		return err
	}
	return s.db.Update(func(tx *bbolt.Tx) error { return tx.Bucket(metaBucket).Delete(rebuildKey) })
}

// dropFolds deletes all folds, those too that only an older version knew.
func dropFolds(tx *bbolt.Tx) error {
	var names [][]byte
	if err := tx.ForEach(func(name []byte, _ *bbolt.Bucket) error {
		if !bytes.Equal(name, metaBucket) && !bytes.Equal(name, ledgerBucket) {
			names = append(names, name)
		}
		return nil
	}); err != nil {
		return err
	}
	for _, name := range names {
		if err := tx.DeleteBucket(name); err != nil {
			return err
		}
	}
	return nil
}

// replay folds the entries of from after the one numbered after into to, at most replayChunk. It
// returns the last one's number, and whether there may be more.
func replay(from, to *bbolt.Tx, after uint64) (last uint64, more bool, err error) {
	es, err := chunk(from, after)
	if err != nil || len(es) == 0 {
		return after, false, err
	}
	for i := range es {
		if err := fold(to, &es[i]); err != nil {
			return after, false, err
		}
	}
	return es[len(es)-1].Seq, len(es) == replayChunk, nil
}

// chunk reads the entries after the one numbered after, at most replayChunk. To make values of them
// takes as long as to fold them, so all cores do it.
func chunk(tx *bbolt.Tx, after uint64) ([]Entry, error) {
	var keys, values [][]byte
	c := tx.Bucket(ledgerBucket).Cursor()
	for k, v := c.Seek(sequence(after + 1)); k != nil && len(keys) < replayChunk; k, v = c.Next() {
		keys, values = append(keys, k), append(values, v)
	}
	es := make([]Entry, len(keys))
	return es, inParallel(len(keys), func(i int) (err error) {
		es[i], err = entry(keys[i], values[i])
		return err
	})
}

// Verify replays the ledger beside the store, in a file of its own in dir, and compares
// the folds. It returns how many entries there are, and an error that names the first difference.
func (s *Store) Verify(dir string) (n int, err error) {
	f, err := os.CreateTemp(dir, "verify-*.db")
	if err != nil {
		return 0, fmt.Errorf("store: verify: %w", err)
	}
	f.Close()
	defer os.Remove(f.Name())
	beside, err := bbolt.Open(f.Name(), 0o600, &bbolt.Options{NoSync: true})
	if err != nil {
		return 0, fmt.Errorf("store: verify: %w", err)
	}
	defer beside.Close()
	if err := beside.Update(makeFolds); err != nil {
		return 0, fmt.Errorf("store: verify: %w", err)
	}
	err = s.view(func(tx *bbolt.Tx) error {
		for after, more := uint64(0), true; more; {
			err := beside.Update(func(other *bbolt.Tx) (err error) {
				after, more, err = replay(tx, other, after)
				return err
			})
			if err != nil {
				return err
			}
		}
		n = tx.Bucket(ledgerBucket).Stats().KeyN
		return beside.View(func(other *bbolt.Tx) error { return sameFolds(tx, other) })
	})
	return n, err
}

func sameFolds(a, b *bbolt.Tx) error {
	for _, name := range folds {
		if err := same(name, a.Bucket([]byte(name)), b.Bucket([]byte(name))); err != nil {
			return err
		}
	}
	return nil
}

// same compares two buckets, and the buckets in them. An empty one is as good as none.
func same(name string, a, b *bbolt.Bucket) error {
	if a == nil || b == nil {
		if !empty(a) || !empty(b) {
			return fmt.Errorf("store: %s stands in the ledger or in the folds only", name)
		}
		return nil
	}
	if a.Sequence() != b.Sequence() {
		return fmt.Errorf("store: %s counts %d, the ledger says %d", name, a.Sequence(), b.Sequence())
	}
	if err := a.ForEach(func(k, v []byte) error {
		at := name + "/" + string(k)
		if v == nil {
			return same(at, a.Bucket(k), b.Bucket(k))
		}
		if !bytes.Equal(v, b.Get(k)) {
			return fmt.Errorf("store: %s differs from what the ledger says", at)
		}
		return nil
	}); err != nil {
		return err
	}
	return b.ForEach(func(k, v []byte) error {
		if a.Get(k) == nil && a.Bucket(k) == nil && (v != nil || !empty(b.Bucket(k))) {
			return fmt.Errorf("store: %s/%s is missing", name, k)
		}
		return nil
	})
}

func empty(b *bbolt.Bucket) bool {
	if b == nil {
		return true
	}
	k, _ := b.Cursor().First()
	return k == nil
}
