package search

import (
	"context"
	"slices"

	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// A list holds the passages of a segment that hold a term.
type list struct {
	segment.PostingsList
	first uint64 // number of the segment's first passage
}

// lists returns the lists of a term. They are read without Bleve's own reader, which makes of every entry
// a document with a name.
func lists(r *scorch.IndexSnapshot, term string) ([]list, error) {
	out := make([]list, 0, len(r.Segments()))
	first := uint64(0)
	for _, s := range r.Segments() {
		dict, err := s.Segment().Dictionary(wordsField)
		if err != nil {
			return nil, err
		}
		l, err := dict.PostingsList([]byte(term), s.Deleted(), nil)
		if err != nil {
			return nil, err
		}
		out = append(out, list{l, first})
		first += uint64(s.FullSize())
	}
	return out, nil
}

// each calls found for those of the given passages, rising, that hold a term. Its entry tells how often
// only if that is asked for.
func each(ctx context.Context, r *scorch.IndexSnapshot, term string, often bool, among []uint32, found func(uint32, segment.Posting)) error {
	ls, err := lists(r, term)
	if err != nil {
		return err
	}
	for _, l := range ls {
		from, _ := slices.BinarySearch(among, uint32(l.first))
		entries := l.Iterator(often, often, false, nil)
		at := int64(-1)
		var e segment.Posting
		for _, want := range among[from:] {
			if at < int64(want) {
				if e, err = entries.Advance(uint64(want) - l.first); err != nil {
					return err
				}
				if e == nil {
					break
				}
				at = int64(l.first + e.Number())
			}
			if at == int64(want) {
				found(want, e)
			}
		}
	}
	return ctx.Err()
}

// level returns the level of the length of a passage. Bleve calls it a norm, and gives either that or one
// through its root.
func level(e segment.Posting) uint64 {
	if exact, ok := e.(interface{ NormUint64() uint64 }); ok {
		return exact.NormUint64()
	}
	return uint64(1/(e.Norm()*e.Norm()) + 0.5)
}
