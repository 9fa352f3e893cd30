package search

import (
	"math/bits"
	"slices"

	"studybot/knowledge"
)

// Two passages say the same when nearly all that stands in one stands in the other: three
// in four of their runs of four words, and nearly all of their Latin words and numbers,
// for a passage about 10.0.0.1 is not one about 10.0.0.2.
const (
	sameRuns  = 0.75
	sameNames = 0.9
	runLength = 4
)

// A print is what passages are compared by. Both lists rise, without repetition.
type print struct {
	runs  []uint64
	names []uint64
}

// takePrint reads the words of a text.
func takePrint(s *scanner, src string) print {
	var p print
	var last [runLength]uint64
	s.reset([]byte(src))
	n := 0
	for w, ok := s.next(); ok; w, ok = s.next() {
		var h uint64
		if w.han {
			h = uint64(w.char)
		} else {
			h = hash(w.raw)
			p.names = append(p.names, h)
		}
		copy(last[:], last[1:])
		last[runLength-1] = h
		if n++; n >= runLength {
			p.runs = append(p.runs, mix(last))
		}
	}
	slices.Sort(p.runs)
	slices.Sort(p.names)
	p.runs, p.names = slices.Compact(p.runs), slices.Compact(p.names)
	return p
}

// hash is FNV-1a, of 64 bits.
func hash(b []byte) uint64 {
	h := uint64(14695981039346656037)
	for _, c := range b {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return h
}

func mix(words [runLength]uint64) uint64 {
	h := uint64(14695981039346656037)
	for _, w := range words {
		h = (h ^ w) * 1099511628211
		h ^= h >> 29
	}
	return h
}

// same reports whether two passages say the same.
func (p print) same(o print) bool {
	return len(p.runs) > 0 && len(o.runs) > 0 &&
		shared(p.runs, o.runs) >= sameRuns && (len(p.names)+len(o.names) == 0 || shared(p.names, o.names) >= sameNames)
}

// shared is how many of the elements of both lists are in both, 0 to 1.
func shared(a, b []uint64) float64 {
	both, i, j := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			both, i, j = both+1, i+1, j+1
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return float64(both) / float64(max(len(a)+len(b)-both, 1))
}

// together drops every passage that says the same as a better one and notes with that one
// where it stands. Passages that say the same hold the same terms of the question, so
// only those that nearly do are compared, and of the best n only.
func together(hits []found, n int) []found {
	hits = hits[:min(n, len(hits))]
	s := newScanner(nil)
	prints := make([]print, len(hits))
	printOf := func(i int) print {
		if prints[i].runs == nil {
			prints[i] = takePrint(s, hits[i].passage.Text)
		}
		return prints[i]
	}
	dropped := make([]bool, len(hits))
	for i := range hits {
		for j := 0; j < i && !dropped[i]; j++ {
			if dropped[j] || !alike(&hits[i], &hits[j]) || !printOf(i).same(printOf(j)) {
				continue
			}
			p := hits[i].passage
			hits[j].also = append(hits[j].also, knowledge.Source{File: p.File, Lines: []knowledge.Span{p.Lines}})
			dropped[i] = true
		}
	}
	out := make([]found, 0, len(hits))
	for i, h := range hits {
		if !dropped[i] {
			out = append(out, h)
		}
	}
	return out
}

// alike reports whether two passages are of about the same length and hold about the same
// terms of the question.
func alike(a, b *found) bool {
	la, lb := len(a.passage.Text), len(b.passage.Text)
	both, either := bits.OnesCount64(a.mask&b.mask), bits.OnesCount64(a.mask|b.mask)
	return 2*min(la, lb) >= max(la, lb) && 5*both >= 3*either
}
