package store

import (
	"encoding/binary"
	"fmt"
	"math"
	"time"
	"unicode/utf8"

	"go.etcd.io/bbolt"

	"studybot/bot/chat"
	"studybot/knowledge"
)

// Replies are written while members wait, and all that a channel ever had are read to choose a card. As JSON each
// would take twenty times as long, so the fold holds the fields of a Reply one after the other: a text after its
// length, a number as a varint, a score as eight bytes. Another field needs another Version.

// putReply makes r the reply of its member to a question. The sequence of the question's bucket counts the members.
func (f *folder) putReply(id QuestionID, r *Reply) {
	if f.err != nil {
		return
	}
	b, err := f.tx.Bucket([]byte(repliesFold)).CreateBucketIfNotExists([]byte(id))
	if err == nil && b.Get([]byte(r.Member)) == nil {
		_, err = b.NextSequence()
	}
	if err == nil {
		b.FillPercent = 0.9
		err = b.Put([]byte(r.Member), r.value())
	}
	f.err = err
}

// replies is Replies within a transaction.
func replies(tx *bbolt.Tx, id QuestionID) (rs []Reply, err error) {
	b := bucket(tx, repliesFold, string(id))
	if b == nil {
		return nil, nil
	}
	err = b.ForEach(func(k, v []byte) error {
		r, err := readReply(k, v)
		rs = append(rs, r)
		return err
	})
	return rs, err
}

// replyOf is ReplyOf within a transaction.
func replyOf(tx *bbolt.Tx, id QuestionID, m chat.MemberID) (r Reply, ok bool, err error) {
	v := get(tx, path{repliesFold, string(id), string(m)})
	if v == nil {
		return r, false, nil
	}
	r, err = readReply([]byte(m), v)
	return r, true, err
}

// repliesTo is how many members replied to a question.
func repliesTo(tx *bbolt.Tx, id QuestionID) int {
	b := bucket(tx, repliesFold, string(id))
	if b == nil {
		return 0
	}
	return int(b.Sequence())
}

// plain reports whether the ledger gives back a reply as it is: JSON writes other texts than UTF-8 in its own way.
func (r *Reply) plain() bool {
	for _, p := range r.Grade.Points {
		if !utf8.ValidString(p.Text) || !utf8.ValidString(p.Evidence) {
			return false
		}
	}
	return utf8.ValidString(string(r.Member)) && utf8.ValidString(r.Name) && utf8.ValidString(r.Text) && utf8.ValidString(r.First)
}

// value is r without its Member, who is the key.
func (r *Reply) value() []byte {
	b := make([]byte, 0, 512+len(r.Name)+len(r.Text)+len(r.First))
	b = appendText(b, r.Name)
	b = appendText(b, r.Text)
	b = binary.BigEndian.AppendUint64(b, math.Float64bits(r.Grade.Score))
	b = binary.AppendUvarint(b, uint64(len(r.Grade.Points)))
	for _, p := range r.Grade.Points {
		b = appendText(b, p.Text)
		b = appendBool(b, p.Held)
		b = appendText(b, p.Evidence)
	}
	b = binary.AppendVarint(b, r.At.Unix())
	b = binary.AppendUvarint(b, uint64(r.At.Nanosecond()))
	b = appendBool(b, r.Late)
	b = appendText(b, r.First)
	return binary.AppendUvarint(b, r.Rule)
}

// readReply is the member's reply that value made v of.
func readReply(member, v []byte) (Reply, error) {
	in := reader{rest: v}
	r := Reply{Member: chat.MemberID(member), Name: in.text(), Text: in.text()}
	if b := in.take(8); b != nil {
		r.Grade.Score = math.Float64frombits(binary.BigEndian.Uint64(b))
	}
	for n := in.number(); n > 0 && !in.short; n-- {
		r.Grade.Points = append(r.Grade.Points, knowledge.Point{Text: in.text(), Held: in.bool(), Evidence: in.text()})
	}
	r.At = time.Unix(in.integer(), int64(in.number())).UTC()
	r.Late, r.First, r.Rule = in.bool(), in.text(), in.number()
	if in.short || len(in.rest) > 0 {
		return r, fmt.Errorf("store: the reply of %s cannot be read", member)
	}
	return r, nil
}

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func appendBool(b []byte, v bool) []byte {
	if v {
		return append(b, 1)
	}
	return append(b, 0)
}

// A reader takes one field after the other. Where bytes are missing it is short, and gives nothing more.
type reader struct {
	rest  []byte
	short bool
}

func (in *reader) take(n uint64) []byte {
	if n > uint64(len(in.rest)) {
		in.rest, in.short = nil, true
		return nil
	}
	b := in.rest[:n]
	in.rest = in.rest[n:]
	return b
}

func (in *reader) number() uint64 {
	n, size := binary.Uvarint(in.rest)
	in.skip(size)
	return n
}

func (in *reader) integer() int64 {
	n, size := binary.Varint(in.rest)
	in.skip(size)
	return n
}

// skip passes over a varint of that size, which is not positive where there is none.
func (in *reader) skip(size int) {
	if size <= 0 {
		size = len(in.rest) + 1
	}
	in.take(uint64(size))
}

func (in *reader) text() string { return string(in.take(in.number())) }

func (in *reader) bool() bool {
	b := in.take(1)
	return b != nil && b[0] != 0
}
