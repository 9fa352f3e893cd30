package search

import (
	"math/bits"
)

// A view is what searches know of the index besides Bleve's own data. It never changes:
// an update puts another in its place.
type view struct {
	files     map[string]fileState
	passages  int
	damping   *[levels]float64 // of a passage of a level of length
	vocab     vocabulary
	thesaurus *thesaurus
}

// refresh makes a view of the index as it is now. The caller holds x.mu, or is Open.
func (x *Index) refresh() error {
	v := &view{files: x.state.Files} // which an update replaces, and never changes
	words := 0
	var pairs [][2]string
	for _, name := range sortedKeys(x.state.Files) {
		f := x.state.Files[name]
		v.passages += f.Passages
		words += f.Words
		pairs = append(pairs, f.Pairs...)
	}
	v.damping = dampings(float64(words) / float64(max(v.passages, 1)))
	v.thesaurus = newThesaurus(builtin(), x.gloss, agreed(pairs))
	r, err := snapshot(x.bleve)
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }()
	if v.vocab, err = readVocabulary(r); err != nil {
		return err
	}
	x.view.Store(v)
	return nil
}

func trailing(x uint64) int { return bits.TrailingZeros64(x) }

// spelt reports whether a word is known to be spelt right.
func (v *view) spelt(stem string) bool {
	l := spelling()
	return l.common[stem] || l.names[stem] || v.thesaurus.knows[stem]
}
