package search

import (
	"encoding/binary"
	"errors"

	"studybot/knowledge"
)

// A record is what the index stores of a passage.
type record struct {
	passage knowledge.Passage
	sketch  sketch
}

// encode packs a record into bytes: the sketch, then numbers and strings, each string
// after its length, the text last and packed.
func (r record) encode() []byte {
	p := r.passage
	var b []byte
	for _, v := range r.sketch {
		b = binary.LittleEndian.AppendUint32(b, v)
	}
	b = binary.AppendUvarint(b, uint64(p.Lines.Start))
	b = binary.AppendUvarint(b, uint64(p.Lines.End))
	hollow := uint64(0)
	if p.Hollow {
		hollow = 1
	}
	b = binary.AppendUvarint(b, hollow)
	b = binary.AppendUvarint(b, uint64(p.Later))
	b = binary.AppendUvarint(b, uint64(len(p.Path)))
	for _, s := range append([]string{p.File, p.Title}, p.Path...) {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	return pack(b, p.Text)
}

var errRecord = errors.New("damaged: record of a passage")

// decode reads what encode writes.
func decode(b []byte) (record, error) {
	var r record
	if len(b) < 4*len(r.sketch) {
		return r, errRecord
	}
	for i := range r.sketch {
		r.sketch[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
	d := decoder{rest: b[4*len(r.sketch):]}
	p := &r.passage
	p.Lines.Start, p.Lines.End = d.number(), d.number()
	p.Hollow = d.number() == 1
	p.Later = d.number()
	n := d.number()
	p.File, p.Title = d.str(), d.str()
	for range min(n, len(d.rest)) {
		p.Path = append(p.Path, d.str())
	}
	p.Text = unpack(d.rest)
	if d.bad {
		return record{}, errRecord
	}
	return r, nil
}

type decoder struct {
	rest []byte
	bad  bool
}

func (d *decoder) number() int {
	v, n := binary.Uvarint(d.rest)
	if n <= 0 || v > 1<<40 {
		d.bad, d.rest = true, nil
		return 0
	}
	d.rest = d.rest[n:]
	return int(v)
}

func (d *decoder) str() string {
	n := d.number()
	if n > len(d.rest) {
		d.bad, d.rest = true, nil
		return ""
	}
	s := string(d.rest[:n])
	d.rest = d.rest[n:]
	return s
}
