package search

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// How long a snippet is, in characters, and lines.
const (
	wholeUpTo   = 420 // a passage of that length is its own snippet
	snippetSize = 320
	wholeLines  = 14
	pieceSize   = 140
)

// A piece is a stretch of a passage that a snippet holds or does not: a line, or a
// sentence of a long line.
type piece struct {
	start, end int // bytes
	terms      uint64
	fence      string // the marks of the code block that it is in, "" for none
	opens      bool   // it is the fence that opens the block
	closes     bool   // it is the fence that closes it
}

// snippet returns the part of a text that holds most of the question: whole lines, of
// very long lines whole sentences. It never ends inside a word, a link or code between
// backquotes, and a code block that it begins in is opened and closed.
func (m *spotter) snippet(text string) string {
	text = clip(text)
	pieces := cutPieces(text)
	if len(pieces) == 0 {
		return text
	}
	if utf8.RuneCountInString(text) <= wholeUpTo && strings.Count(text, "\n") < wholeLines {
		return render(text, pieces, 0, len(pieces))
	}
	spots := m.find([]byte(text))
	for i := range pieces {
		p := &pieces[i]
		for len(spots) > 0 && spots[0].start < p.end {
			p.terms |= spots[0].terms
			spots = spots[1:]
		}
	}
	from, to := m.window(text, pieces)
	return render(text, pieces, from, to)
}

// window returns the run of pieces within the size that holds most of the question; of
// equals the shortest, and of these the first.
func (m *spotter) window(text string, pieces []piece) (int, int) {
	from, to, best := 0, 1, -1.0
	for i := range pieces {
		if pieces[i].terms == 0 && i > 0 {
			continue
		}
		mask, size, lines := uint64(0), 0, 0
		for j := i; j < len(pieces); j++ {
			size += utf8.RuneCountInString(text[pieces[j].start:pieces[j].end])
			lines++
			if j > i && (size > snippetSize || lines > wholeLines) {
				break
			}
			if grown := mask | pieces[j].terms; grown != mask || j == i {
				mask = grown
				if c := m.q.coverage(mask); c > best+1e-9 {
					from, to, best = i, j+1, c
				}
			}
		}
	}
	from, to = grow(text, pieces, from, to)
	for ; to-from > 1 && pieces[from].closes; from++ {
	}
	for ; to-from > 1 && pieces[to-1].opens; to-- {
	}
	return from, to
}

// grow adds pieces to a run while there is room, after it first.
func grow(text string, pieces []piece, from, to int) (int, int) {
	room := snippetSize
	for _, p := range pieces[from:to] {
		room -= utf8.RuneCountInString(text[p.start:p.end])
	}
	take := func(i int) bool {
		if i < 0 || i >= len(pieces) || to-from >= wholeLines {
			return false
		}
		n := utf8.RuneCountInString(text[pieces[i].start:pieces[i].end])
		if n > room {
			return false
		}
		room -= n
		return true
	}
	for more := true; more; {
		more = false
		if take(to) {
			to, more = to+1, true
		}
		if take(from - 1) {
			from, more = from-1, true
		}
	}
	return from, to
}

// render writes a run of pieces, with … where text was left out beside it.
func render(text string, pieces []piece, from, to int) string {
	first, last := pieces[from], pieces[to-1]
	var b strings.Builder
	if from > 0 && !lineStart(text, first.start) {
		b.WriteString("…")
	}
	if first.fence != "" && !first.opens {
		b.WriteString(first.fence + "\n")
	}
	body := strings.TrimRight(text[first.start:last.end], "\n")
	b.WriteString(body)
	if last.fence != "" && !last.closes {
		b.WriteString("\n" + last.fence)
	}
	if to < len(pieces) && !strings.HasSuffix(text[:last.end], "\n") {
		b.WriteString("…")
	}
	return b.String()
}

func lineStart(text string, i int) bool { return i == 0 || text[i-1] == '\n' }

// cutPieces divides a text into pieces that cover it.
func cutPieces(text string) []piece {
	var out []piece
	mark := ""
	for start := 0; start < len(text); {
		end := start + strings.IndexByte(text[start:], '\n') + 1
		if end == start {
			end = len(text)
		}
		line := text[start:end]
		p := piece{start: start, end: end, fence: mark}
		switch m := fenceMark(line); {
		case m != "" && mark == "":
			p.fence, p.opens, mark = m, true, m
		case m != "" && strings.HasPrefix(m, mark):
			p.closes, mark = true, ""
		}
		if p.fence != "" || utf8.RuneCountInString(line) <= pieceSize {
			out = append(out, p)
		} else {
			out = append(out, sentences(text, start, end)...)
		}
		start = end
	}
	return out
}

// sentences divides a long line after its sentences, and long sentences between words,
// never inside a link, a tag, a code span or a word of letters.
func sentences(text string, start, end int) []piece {
	var out []piece
	from, size, good := start, 0, -1 // good: the last place where a cut is allowed
	safe := safeCuts(text[start:end])
	for i, r := range text[start:end] {
		at := start + i + utf8.RuneLen(r)
		if r == utf8.RuneError {
			at = start + i + 1
		}
		size++
		if !safe[i] || at >= end {
			continue
		}
		good = at
		if strings.ContainsRune("。！？；", r) && size >= 20 || size >= pieceSize {
			out = append(out, piece{start: from, end: good})
			from, size = good, 0
		}
	}
	return append(out, piece{start: from, end: end})
}

// marks returns the words of a text that answer the question, in the order in which they
// come, each once, at most 12: pairs of Han characters that share one are one mark.
func (m *spotter) marks(text string) []string {
	const most = 12
	text = clip(text)
	show := m.shown()
	var out []string
	start, end := -1, -1
	flush := func() {
		for s := range strings.FieldsSeq(text[max(start, 0):max(end, 0)]) {
			if len(out) < most && !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	}
	for _, s := range m.find([]byte(text)) {
		switch {
		case s.terms&show == 0:
			continue
		case s.start < end:
			end = max(end, s.end)
			continue
		}
		flush()
		start, end = s.start, s.end
	}
	flush()
	return out
}

// shown returns the terms that are worth marking: all but single Han characters that the
// question has in a pair.
func (m *spotter) shown() uint64 {
	show := m.q.aloneChars()
	for i, t := range m.q.terms {
		if t.kind != charKind {
			show |= bit(i)
		}
	}
	return show
}
