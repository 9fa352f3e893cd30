package search

import (
	"context"
	"fmt"

	index "github.com/blevesearch/bleve_index_api"

	"studybot/knowledge"
)

// Around returns the passages that stand before and after p in its note, nil where there is
// none, or where the index does not hold p any more. Errors: ErrClosed, ctx's, Bleve's.
func (x *Index) Around(ctx context.Context, p knowledge.Passage) (before, after *knowledge.Passage, err error) {
	leave, err := x.enter()
	if err != nil {
		return nil, nil, err
	}
	defer leave()
	f := x.view.Load().files[p.File]
	var last *knowledge.Passage
	for n, found := 0, false; n < f.Passages; n++ {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		rec, ok, err := x.stored(docID(f.ID, n))
		switch {
		case err != nil:
			return nil, nil, fmt.Errorf("search: around: %w", err)
		case !ok || rec.passage.Hollow:
		case found:
			return before, &rec.passage, nil
		case rec.passage.Text == p.Text:
			before, found = last, true
		default:
			last = &rec.passage
		}
	}
	return before, nil, nil
}

// stored returns the record of a passage, and whether the index holds it.
func (x *Index) stored(id string) (rec record, ok bool, err error) {
	doc, err := x.bleve.Document(id)
	if err != nil || doc == nil {
		return rec, false, err
	}
	doc.VisitFields(func(f index.Field) {
		if f.Name() == blobField {
			rec, err = decode(f.Value())
			ok = err == nil
		}
	})
	return rec, ok, err
}
