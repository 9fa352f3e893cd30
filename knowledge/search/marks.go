package search

import (
	"bytes"
	"unicode/utf8"
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
	key   []byte
	latin [][]byte // beginnings of the Latin terms: a word that has none of them needs no taking apart
	spots []spot
}

func newSpotter(q *question) *spotter {
	m := &spotter{q: q}
	for _, t := range q.terms {
		if t.text[0] < utf8.RuneSelf {
			n := len(t.text)
			if n > 4 {
				n-- // a stem may have lost a letter: policy, policies
			}
			m.latin = append(m.latin, bytes.ToLower([]byte(t.text[:n])))
		}
	}
	return m
}

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
			if mask := m.lookup(prev, -1); mask != 0 {
				m.spots = append(m.spots, spot{prevStart, w.start, mask})
			}
		}
		mask, start := m.lookup(w.char, -1), w.start
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

// lookup returns the bit of a Han character, or of the pair it begins.
func (m *spotter) lookup(a, b rune) uint64 {
	m.key = utf8.AppendRune(m.key[:0], a)
	if b >= 0 {
		m.key = utf8.AppendRune(m.key, b)
	}
	if i, ok := m.q.index[string(m.key)]; ok {
		return bit(i)
	}
	return 0
}

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
