package search

// When a question counts as answered.
//
// What decides is coverage: how much of the question one of the first five passages
// holds, every word counted by how rare it is in the notes. The score of BM25 does not:
// it grows with the length of the question and with the size of the collection, and a
// passage that repeats one word of three can have a high one.
//
// A short question has to be held nearly whole: of "selinux 端口" a passage that speaks of
// ports holds nothing. A long one is told in words that the notes do not use, and each
// pair of characters that happens to stand between two of its words is missing from
// them, so less is asked of it, down to a third. A name that the notes do not know, and
// that is no slip for one they know, raises what is asked: the question is about it.
//
// The numbers were chosen on 88 questions that five notes do not answer and 298 that they
// do. Of 900 others, about an office suite, an operating system and the stars, six in ten are
// refused on these notes, and of 4,500 asked of the texts that they were taken from, one in
// sixty.
const (
	enough    = 0.60 // of a question, before its length is counted
	perUnit   = 0.02 // less for every piece of it
	mostUnits = 14   // that are counted
	forName   = 0.10 // more where the notes do not know a name
	looksAt   = 5    // passages
)

// answered decides whether the best passages answer the question.
func (q *question) answered(hits []found) bool {
	if !q.asked {
		return false
	}
	need := q.need(hits)
	for _, h := range hits[:min(looksAt, len(hits))] {
		if h.coverage >= need && !h.passage.Hollow {
			return true
		}
	}
	return false
}

// need is the coverage that a passage has to have to answer the question.
func (q *question) need(hits []found) float64 {
	need := enough - perUnit*float64(min(len(q.units), mostUnits))
	if q.unknownName(hits) {
		need += forName
	}
	return need
}

// unknownName reports whether the question has a Latin word that is no ordinary English
// one and that no passage found holds in any way.
func (q *question) unknownName(hits []found) bool {
	for i, u := range q.units {
		if !u.latin || spelling().common[stem(u.typed)] {
			continue
		}
		some := false
		for _, h := range hits {
			some = some || q.degree(i, h.mask) > 0
		}
		if !some {
			return true
		}
	}
	return false
}
