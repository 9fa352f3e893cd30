package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"runtime"

	"go.etcd.io/bbolt"
	"golang.org/x/sync/errgroup"
)

// A job is a write that waits for its transaction, or, where alone is set, something that no
// write may come between.
type job struct {
	decide func(tx *bbolt.Tx) (*Entry, error)
	alone  func() error
	err    error
	done   chan struct{}
}

// errStopped means that the store was closed before the write.
var errStopped = errors.New("store: closed")

// append makes the entry that decide returns part of the ledger and folds it. decide
// sees the folds that the entry will be applied to, must not write, and may return nil
// for nothing to do. It is called again where the transaction could not be written. append
// returns when the entry is on disk.
//
// Writes that wait at the same time share one transaction, and so one sync of the disk.
func (s *Store) append(decide func(tx *bbolt.Tx) (*Entry, error)) error {
	return s.do(&job{decide: decide, done: make(chan struct{})})
}

func (s *Store) do(j *job) error {
	select {
	case s.jobs <- j:
		<-j.done
		return j.err
	case <-s.quit:
		return errStopped
	}
}

// maxGroup bounds how much one transaction does, and so how long its first write waits.
const maxGroup = 512

// maxTurns bounds how often the writer lets others run before it writes.
const maxTurns = 4

func (s *Store) write() {
	defer close(s.done)
	turns := 0
	for {
		select {
		case <-s.quit:
			return
		case j := <-s.jobs:
			jobs, alone := s.group(j, turns)
			s.commit(jobs)
			turns = max(0, min(len(jobs)-1, maxTurns))
			if alone != nil {
				alone.err = alone.alone()
				close(alone.done)
			}
		}
	}
}

// group takes first and whatever else waits already, up to the next job that is to be alone. Where nothing more waits
// it lets others run, so many turns: those whom the last commit woke may come back with a write, which the same sync
// of the disk then serves.
func (s *Store) group(first *job, turns int) (jobs []*job, alone *job) {
	if first.alone != nil {
		return nil, first
	}
	jobs = []*job{first}
	for len(jobs) < maxGroup {
		select {
		case j := <-s.jobs:
			if j.alone != nil {
				return jobs, j
			}
			jobs = append(jobs, j)
		default:
			if turns == 0 {
				return jobs, nil
			}
			turns--
			runtime.Gosched()
		}
	}
	return jobs, nil
}

func (s *Store) commit(jobs []*job) {
	if len(jobs) == 0 {
		return
	}
	err := s.db.Update(func(tx *bbolt.Tx) error { return record(tx, jobs) })
	if err != nil && len(jobs) > 1 { // one of them cannot be written: the others shall not suffer
		for _, j := range jobs {
			s.commit([]*job{j})
		}
		return
	}
	for _, j := range jobs {
		if err != nil {
			j.err = fmt.Errorf("store: nothing was written: %w", err)
		}
		close(j.done)
	}
}

// record folds the entry of each job, one after the other, and then appends them to the ledger.
func record(tx *bbolt.Tx, jobs []*job) error {
	ledger := tx.Bucket(ledgerBucket)
	ledger.FillPercent = 1 // nothing is ever put between
	var es []*Entry
	for _, j := range jobs {
		var e *Entry
		if e, j.err = j.decide(tx); j.err != nil || e == nil {
			continue
		}
		e, err := e.asRead()
		if err != nil {
			return err
		}
		if e.Seq, err = ledger.NextSequence(); err != nil {
			return err
		}
		if err := fold(tx, e); err != nil {
			return err
		}
		es = append(es, e)
	}
	values := make([][]byte, len(es))
	if err := inParallel(len(es), func(i int) (err error) {
		values[i], err = json.Marshal(es[i])
		return err
	}); err != nil {
		return err
	}
	for i, e := range es {
		if err := ledger.Put(sequence(e.Seq), values[i]); err != nil {
			return err
		}
	}
	return nil
}

// asRead is e as a replay will read it, to the letter.
func (e *Entry) asRead() (*Entry, error) {
	if e.What == WasReplied && len(e.Awards) == 0 && e.Reply.plain() {
		return e, nil
	}
	b, err := json.Marshal(e)
	if err != nil {
		return nil, err
	}
	read := &Entry{}
	return read, json.Unmarshal(b, read)
}

// inParallel calls f with 0 to n-1 on all cores, and returns an error of one of the calls.
func inParallel(n int, f func(int) error) error {
	var g errgroup.Group
	cores := min(n, runtime.GOMAXPROCS(0))
	for first := range cores {
		g.Go(func() (err error) {
			for i := first; i < n && err == nil; i += cores {
				err = f(i)
			}
			return err
		})
	}
	return g.Wait()
}
