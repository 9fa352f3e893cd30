package store

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"go.etcd.io/bbolt"

	"studybot/bot/chat"
)

// audited are the facts that change scores or settings after the event, or leave a day out.
var audited = map[What]bool{
	WasVoided: true, WasRegraded: true, WasCorrected: true, WasDecided: true, WasSkipped: true, WasPaused: true, WasForgotten: true, WasSet: true,
}

func (f *folder) audit() {
	if audited[f.e.What] {
		f.put(path{auditFold, f.e.Channel.String(), padded(f.e.Seq)}, f.e.What)
	}
}

// An Audited is an entry that changed scores or settings, with what a reader needs to understand it: of a decision the
// case that was decided, nil where its member was forgotten.
type Audited struct {
	Entry
	Name  string   // of Actor, as last seen; "" where that is not known
	About Question // of the entry; the zero Question where it is about none
}

// Audit returns the last entries that changed a channel's scores or settings, and those by which what was
// stored of a member of its network was deleted: the latest first, at most n.
func (s *Store) Audit(c Channel, n int) (as []Audited, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		var seqs []uint64
		for _, at := range []Channel{c, {Network: c.Network}} {
			last, err := lastKeys(bucket(tx, auditFold, at.String()), n)
			if err != nil {
				return err
			}
			seqs = append(seqs, last...)
		}
		slices.Sort(seqs)
		seqs = slices.Compact(seqs)
		slices.Reverse(seqs)
		for _, seq := range seqs[:min(n, len(seqs))] {
			a, err := auditedAt(tx, seq)
			if err != nil {
				return err
			}
			as = append(as, a)
		}
		return nil
	})
	return as, err
}

// lastKeys returns the last keys of a bucket of padded numbers, at most n.
func lastKeys(b *bbolt.Bucket, n int) (seqs []uint64, err error) {
	if b == nil {
		return nil, nil
	}
	c := b.Cursor()
	for k, _ := c.Last(); k != nil && len(seqs) < n; k, _ = c.Prev() {
		seq, err := strconv.ParseUint(string(k), 10, 64)
		if err != nil {
			return nil, fmt.Errorf("store: audit: %w", err)
		}
		seqs = append(seqs, seq)
	}
	return seqs, nil
}

func auditedAt(tx *bbolt.Tx, seq uint64) (a Audited, err error) {
	key := binary.BigEndian.AppendUint64(nil, seq)
	if err := json.Unmarshal(tx.Bucket(ledgerBucket).Get(key), &a.Entry); err != nil {
		return a, fmt.Errorf("store: ledger entry %d: %w", seq, err)
	}
	a.Seq = seq
	if a.Question != "" {
		if a.About, err = question(tx, a.Question); err != nil {
			return a, err
		}
	}
	if a.Decides != 0 {
		var e Entry
		if err := json.Unmarshal(tx.Bucket(ledgerBucket).Get(binary.BigEndian.AppendUint64(nil, a.Decides)), &e); err != nil {
			return a, fmt.Errorf("store: ledger entry %d: %w", a.Decides, err)
		}
		a.Case = e.Case
	}
	a.Name, err = value[string](tx, path{namesFold, a.Channel.Network, a.Actor})
	return a, err
}

// About returns what is stored of a member: the entries that the member caused, and those that tell what
// the member's replies brought, each without what it says of others; in order.
func (s *Store) About(network string, m chat.MemberID) (es []Entry, err error) {
	err = s.Entries(0, func(e Entry) error {
		if e.Channel.Network == network && e.keepOnly(m) {
			es = append(es, e)
		}
		return nil
	})
	return es, err
}

// keepOnly drops what an entry says of others than m, and reports whether it is about m.
func (e *Entry) keepOnly(m chat.MemberID) bool {
	e.Regrades = slices.DeleteFunc(e.Regrades, func(r Reply) bool { return r.Member != m })
	e.Awards = slices.DeleteFunc(e.Awards, func(a Award) bool { return a.Member != m })
	if e.Case != nil && e.Case.Member != m {
		e.Case = nil
	}
	if e.Reply != nil && e.Reply.Member != m {
		e.Reply = nil
	}
	mine := e.Actor == string(m)
	if !mine {
		e.Actor, e.References = "", nil // accepted answers of others
	}
	return mine || len(e.Regrades)+len(e.Awards) > 0
}
