package note

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A pdfLine is a line of a page.
type pdfLine struct {
	text       string
	x, y, end  float64
	size       float64
	bold, mono bool
}

// drawnLines puts the chunks of a page together into lines, in the order in which they
// were drawn: that is the order of reading, in pages of two columns too.
func drawnLines(chunks []pdfChunk) []pdfLine {
	var lines []pdfLine
	for i := 0; i < len(chunks); {
		line := lineBuilder{}
		for ; i < len(chunks) && line.takes(chunks[i]); i++ {
			line.add(chunks[i])
		}
		if l, ok := line.done(); ok {
			lines = append(lines, l)
		}
	}
	return lines
}

// A lineBuilder puts chunks together that stand beside one another.
type lineBuilder struct {
	text            strings.Builder
	first, last     pdfChunk
	sizes           map[float64]int // letters by size
	bold, mono, all int             // letters
}

// takes reports whether c stands on the line, after what is there.
func (l *lineBuilder) takes(c pdfChunk) bool {
	if l.all == 0 {
		return true
	}
	if l.again(c) {
		return true
	}
	size := max(l.last.size, c.size)
	return math.Abs(c.y-l.last.y) < 0.4*size && c.x > l.last.x-0.1*size && c.x > l.last.end-size
}

func (l *lineBuilder) add(c pdfChunk) {
	if l.all == 0 {
		l.first, l.sizes = c, map[float64]int{}
	} else if l.again(c) {
		return
	} else if l.gap(c) {
		l.text.WriteByte(' ')
	}
	l.text.WriteString(c.text)
	letters := utf8.RuneCountInString(c.text)
	l.all += letters
	l.sizes[halves(c.size)] += letters
	if c.bold {
		l.bold += letters
	}
	if c.mono {
		l.mono += letters
	}
	l.last = c
}

// again reports whether c is drawn over what is there, to look bold.
func (l *lineBuilder) again(c pdfChunk) bool {
	return c.text == l.last.text && c.end > c.x && math.Abs(c.x-l.last.x) < 0.1*c.size && math.Abs(c.y-l.last.y) < 0.1*c.size
}

// gap reports whether there is white space between the line and c.
func (l *lineBuilder) gap(c pdfChunk) bool {
	before, _ := utf8.DecodeLastRuneInString(l.last.text)
	after, _ := utf8.DecodeRuneInString(c.text)
	if unicode.IsSpace(before) || unicode.IsSpace(after) {
		return false
	}
	least := 0.18
	if wide(before) && wide(after) {
		least = 0.6 // Chinese letters of a full line stand apart
	}
	return c.x-l.last.end > least*max(c.size, l.last.size)
}

// wide reports whether r is as wide as a Chinese character.
func wide(r rune) bool {
	return unicode.Is(unicode.Han, r) || 0x3000 <= r && r < 0x3100 || 0xff00 <= r && r < 0xff60
}

func (l *lineBuilder) done() (pdfLine, bool) {
	text := l.text.String()
	if strings.TrimSpace(text) == "" {
		return pdfLine{}, false
	}
	size, most := 0.0, 0
	for s, n := range l.sizes {
		if n > most || n == most && s > size {
			size, most = s, n
		}
	}
	return pdfLine{
		text: strings.TrimRight(text, " "), x: l.first.x, y: l.first.y, end: l.last.end, size: size,
		bold: 10*l.bold >= 9*l.all, mono: 10*l.mono >= 8*l.all,
	}, true
}

// halves rounds a size to halves of a point.
func halves(size float64) float64 { return math.Round(size*2) / 2 }
