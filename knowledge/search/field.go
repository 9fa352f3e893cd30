package search

import (
	"math"
	"strings"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/document"
	index "github.com/blevesearch/bleve_index_api"
)

// A wordsOf is the text of a passage as Bleve indexes it: how often it has each term, and about how
// many it has. It is what a text field of Bleve's is, in a third of the memory.
type wordsOf struct {
	text     []byte
	analyzer analysis.Analyzer
	level    int
	terms    index.TokenFrequencies
}

// newDocument returns a passage for Bleve.
func newDocument(id string, analyzer analysis.Analyzer, words string, stored []byte) *document.Document {
	return document.NewDocument(id).
		AddField(&wordsOf{text: []byte(words), analyzer: analyzer}).
		AddField(document.NewTextFieldWithIndexingOptions(blobField, nil, stored, index.StoreField))
}

func (f *wordsOf) Name() string                                     { return wordsField }
func (f *wordsOf) Value() []byte                                    { return f.text }
func (f *wordsOf) ArrayPositions() []uint64                         { return nil }
func (f *wordsOf) EncodedFieldType() byte                           { return 't' }
func (f *wordsOf) Options() index.FieldIndexingOptions              { return index.IndexField }
func (f *wordsOf) AnalyzedLength() int                              { return f.level }
func (f *wordsOf) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.terms }
func (f *wordsOf) NumPlainTextBytes() uint64                        { return uint64(len(f.text)) }

// Size is an estimate in bytes.
func (f *wordsOf) Size() int { return len(f.text) + 80*len(f.terms) }

// Analyze counts the terms of the text.
func (f *wordsOf) Analyze() {
	tokens := f.analyzer.Analyze(f.text)
	f.level = levelOf(len(tokens))
	letters := 0
	for _, t := range tokens {
		letters += len(t.Term)
	}
	var names strings.Builder // one block for all terms
	names.Grow(letters)
	f.terms = make(index.TokenFrequencies, len(tokens)/2)
	var room []index.TokenFreq
	for _, t := range tokens {
		known, ok := f.terms[string(t.Term)]
		if !ok {
			if len(room) == 0 {
				room = make([]index.TokenFreq, len(tokens)/4+1)
			}
			known, room = &room[0], room[1:]
			from := names.Len()
			names.Write(t.Term)
			f.terms[names.String()[from:]] = known
		}
		known.SetFrequency(known.Frequency() + 1)
	}
	f.text = nil // Bleve stores none of it
}

// Bleve writes the length of a text beside every term, so it is told a level, which takes one byte: each
// is a tenth of a doubling longer than the one before, from two terms on.
const (
	levels    = 128
	perDouble = 10
	shortText = 2
)

// levelOf returns the level of a length in terms, from 1.
func levelOf(length int) int {
	return min(max(int(math.Round(perDouble*math.Log2(float64(length)/shortText))), 1), levels-1)
}

// lengthOf returns about how many terms a text of a level has, to 4 %.
func lengthOf(level int) float64 { return shortText * math.Exp2(float64(level)/perDouble) }
