package search

import (
	"bytes"
)

// A spot is a place in a text that answers a term of the question.
type spot struct {
	start, end int    // bytes
	terms      uint64 // which
}

// A spotter finds the terms of a question in texts. It is used by one search at a time.
type spotter struct {
	q     *question
	scan  scanner
	parts []part
	lower []byte
	latin [][]byte           // beginnings of the Latin terms: a word that has none of them needs no taking apart
	chars map[[2]rune]uint64 // bits of the Han characters, the second rune 0, and of the pairs
	some  [4096 / 64]uint64  // which Han characters the question has, by their last bits
	spots []spot
}

func newSpotter(q *question) *spotter {
	m := &spotter{q: q, chars: map[[2]rune]uint64{}}
	for i, t := range q.terms {
		if t.kind == charKind || t.kind == pairKind {
			m.addHan(t.text, bit(i))
			continue
		}
		n := len(t.text)
		if n > 4 {
			n-- // a stem may have lost a letter: policy, policies
		}
		m.latin = append(m.latin, bytes.ToLower([]byte(t.text[:n])))
	}
	return m
}

func (m *spotter) addHan(s string, b uint64) {
	var key [2]rune
	n := 0
	for _, r := range s {
		m.some[r%4096/64] |= 1 << (r % 64)
		if n < len(key) {
			key[n] = r
		}
		n++
	}
	m.chars[key] |= b
}

// may reports whether the question may have a Han character; most characters of a text
// are known at once not to be in it.
func (m *spotter) may(r rune) bool { return m.some[r%4096/64]&(1<<(r%64)) != 0 }

// find returns the spots of a text, in order. The result is valid until the next call.
func (m *spotter) find(src []byte) []spot {
	m.spots = m.spots[:0]
	m.scan.reset(src)
	prev, prevStart := rune(-1), 0
	for w, ok := m.scan.next(); ok; w, ok = m.scan.next() {
		if !w.han {
			if mask := m.word(w); mask != 0 {
				m.spots = append(m.spots, spot{w.start, w.end, mask})
			}
			prev = -1
			continue
		}
		if w.digit != 0 {
			prev, prevStart = hanDigit(w.digit), w.start-1
			if mask := m.lookup(prev, 0); mask != 0 {
				m.spots = append(m.spots, spot{prevStart, w.start, mask})
			}
		}
		if !m.may(w.char) {
			prev = -1
			continue
		}
		mask, start := m.lookup(w.char, 0), w.start
		if w.joined && prev >= 0 {
			if pair := m.lookup(prev, w.char); pair != 0 {
				mask, start = mask|pair, prevStart
			}
		}
		if mask != 0 {
			m.spots = append(m.spots, spot{start, w.end, mask})
		}
		prev, prevStart = w.char, w.start
	}
	return m.spots
}

// lookup returns the bit of a Han character, or of the pair of two.
func (m *spotter) lookup(a, b rune) uint64 { return m.chars[[2]rune{a, b}] }

// word returns the bits of a Latin word.
func (m *spotter) word(w word) uint64 {
	m.lower = append(m.lower[:0], w.raw...)
	for i, c := range m.lower {
		if isUpper(c) {
			m.lower[i] = c + 'a' - 'A'
		}
	}
	if !m.maybe() {
		return 0
	}
	mask := uint64(0)
	if w.option {
		if i, ok := m.q.index[string(w.raw)]; ok {
			mask |= bit(i)
		}
		w.raw = w.raw[1:]
	}
	m.parts = parts(m.parts[:0], w.raw)
	for _, p := range m.parts {
		if i, ok := m.q.index[p.term]; ok {
			mask |= bit(i)
		}
	}
	return mask
}

func (m *spotter) maybe() bool {
	for _, t := range m.latin {
		if bytes.Contains(m.lower, t) {
			return true
		}
	}
	return false
}
