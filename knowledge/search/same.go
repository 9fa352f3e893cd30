package search

import (
	"slices"
	"strings"

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

// An imprint is what passages are compared by. Both lists rise, without repetition.
type imprint struct {
	runs  []uint64
	names []uint64
}

// takeImprint reads the words of a text.
func takeImprint(s *scanner, src string) imprint {
	var p imprint
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

// A sketch stands for the runs of an imprint: the smallest of them under several hash
// functions (Broder, "On the resemblance and containment of documents", 1997). The more
// runs two texts share, the more of their sketches agree. It is stored with a passage, so
// that a search has to read only passages that look alike.
type sketch [8]uint32

func (p imprint) sketch() sketch {
	var s sketch
	for i := range s {
		s[i] = ^uint32(0)
		salt := uint64(i+1) * 0x9E3779B97F4A7C15
		for _, r := range p.runs {
			h := (r ^ salt) * 0xBF58476D1CE4E5B9
			s[i] = min(s[i], uint32(h>>32))
		}
	}
	return s
}

// like reports whether two texts may say the same: of those whose runs are three in four
// the same, hardly one in two hundred is missed.
func (s sketch) like(o sketch) bool {
	agree := 0
	for i := range s {
		if s[i] == o[i] {
			agree++
		}
	}
	return agree >= 3
}

// same reports whether two passages say the same.
func (p imprint) same(o imprint) bool {
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
// where it stands. It looks at the best n only.
func together(hits []found, n int) []found {
	hits = hits[:min(n, len(hits))]
	s := newScanner(nil)
	dropped := make([]bool, len(hits))
	for i := range hits {
		for j := 0; j < i && !dropped[i]; j++ {
			if dropped[j] || !hits[i].sketch.like(hits[j].sketch) {
				continue
			}
			p := hits[i].passage
			if takeImprint(s, p.Text).same(takeImprint(s, hits[j].passage.Text)) {
				hits[j].also = append(hits[j].also, knowledge.Source{File: p.File, Lines: []knowledge.Span{p.Lines}})
				dropped[i] = true
			}
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

// fromOne is how many passages of one section stand before those of others.
const fromOne = 2

// spread moves what a section has beyond two passages behind all others: what stands beside
// a passage is near at hand, another note is not.
func spread(hits []found) []found {
	count := map[string]int{}
	out := make([]found, 0, len(hits))
	var more []found
	for _, h := range hits {
		key := h.passage.File + "\x00" + strings.Join(h.passage.Path, "\x00") + "\x00" + h.passage.Title
		if count[key]++; titled(h.passage) && count[key] > fromOne {
			more = append(more, h)
		} else {
			out = append(out, h)
		}
	}
	return append(out, more...)
}
