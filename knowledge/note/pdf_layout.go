package note

import (
	"cmp"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// layOut writes pages as Markdown. starts[i] is the line, counted from 1, that page i+1
// begins at; a page with nothing on it begins where the next one does. empty names the
// pages, counted from 1, that show a picture and no text.
func layOut(pages []pdfPage) (lines []string, starts, empty []int) {
	drawn := make([][]pdfLine, len(pages))
	for i, p := range pages {
		drawn[i] = drawnLines(p.chunks)
		if len(drawn[i]) == 0 && p.picture {
			empty = append(empty, i+1)
		}
	}
	dropRunning(drawn)
	l := layout{styles: stylesOf(drawn)}
	for _, page := range drawn {
		starts = append(starts, len(l.lines)+1)
		l.page(page)
	}
	if n := len(l.lines); n > 0 { // the blank line after the last block
		l.lines = l.lines[:n-1]
	}
	return l.lines, starts, empty
}

// dotLeader is what leads to a page number in a table of contents.
var dotLeader = regexp.MustCompile(`(?:[.．·•]\s?){6}|…{3}`)

var pageNumber = regexp.MustCompile(`^[-–—\s第]*\d{1,4}(?:\s*[/／]\s*\d{1,4})?[页\s\-–—]*$`)

// dropRunning takes out the lines that run through the document: page numbers, tables of
// contents, and what repeats at the head or the foot of at least half of the pages.
func dropRunning(pages [][]pdfLine) {
	const edge = 2 // lines
	running := func(page []pdfLine, i int) bool { return i < edge || i >= len(page)-edge }
	count := map[string]int{}
	key := func(s string) string {
		return strings.Map(func(r rune) rune {
			switch {
			case unicode.IsSpace(r):
				return -1
			case unicode.IsDigit(r):
				return '0'
			}
			return r
		}, s)
	}
	for _, page := range pages {
		for i, line := range page {
			if running(page, i) {
				count[key(line.text)]++
			}
		}
	}
	least := max(3, len(pages)/2)
	for p, page := range pages {
		kept := make([]pdfLine, 0, len(page))
		for i, line := range page {
			number := len(pages) > 1 && pageNumber.MatchString(line.text)
			if running(page, i) && (number || count[key(line.text)] >= least) || dotLeader.MatchString(line.text) {
				continue
			}
			kept = append(kept, line)
		}
		pages[p] = kept
	}
}

// pdfStyles say how a document is set.
type pdfStyles struct {
	body   float64         // size of running text
	levels map[float64]int // of headings, by size
	bold   bool            // a bold line stands out
}

// A heading is shorter, in columns of which a Chinese character fills two.
const longestHeading = 100

func stylesOf(pages [][]pdfLine) pdfStyles {
	letters := map[float64]int{}
	bold, all := 0, 0
	for _, page := range pages {
		for _, line := range page {
			n := utf8.RuneCountInString(line.text)
			letters[line.size] += n
			all += n
			if line.bold {
				bold += n
			}
		}
	}
	s := pdfStyles{levels: map[float64]int{}, bold: 4*bold < all}
	most := 0
	for _, size := range slices.Sorted(maps.Keys(letters)) {
		if letters[size] > most {
			s.body, most = size, letters[size]
		}
	}
	var sizes []float64
	for size := range letters {
		if size >= 1.12*s.body {
			sizes = append(sizes, size)
		}
	}
	slices.SortFunc(sizes, func(a, b float64) int { return cmp.Compare(b, a) })
	for i, size := range sizes {
		s.levels[size] = min(i+1, 6)
	}
	return s
}

// level returns the level of the heading that a line is, 0 for none.
func (s pdfStyles) level(l pdfLine) int {
	if l.mono || bullet.MatchString(l.text) || columns(l.text) > longestHeading || strings.IndexFunc(l.text, unicode.IsLetter) < 0 {
		return 0
	}
	return s.levels[l.size]
}

// columns returns the width of s where a Chinese character fills two.
func columns(s string) int {
	n := 0
	for _, r := range s {
		if n++; wide(r) {
			n++
		}
	}
	return n
}

// A layout writes the lines of pages as Markdown.
type layout struct {
	styles  pdfStyles
	lines   []string
	bullets []float64 // where the bullets of the page stand, sorted
}

func (l *layout) page(page []pdfLine) {
	l.bullets = nil
	left, right := math.Inf(1), math.Inf(-1)
	for _, line := range page {
		left, right = min(left, line.x), max(right, line.end)
	}
	for i := 0; i < len(page); {
		switch from := i; {
		case page[i].mono:
			for i < len(page) && page[i].mono {
				i++
			}
			l.code(page[from:i])
		case l.styles.level(page[i]) > 0:
			for i++; i < len(page) && sameHeading(page[i-1], page[i], right); i++ {
			}
			l.block(strings.Repeat("#", l.styles.level(page[from])) + " " + join(page[from:i]))
		default:
			for i++; i < len(page) && l.continues(page[i-1], page[i], right); i++ {
			}
			l.prose(page, from, i)
		}
	}
	l.gap()
}

// gap writes a blank line where there is none.
func (l *layout) gap() {
	if n := len(l.lines); n > 0 && l.lines[n-1] != "" {
		l.lines = append(l.lines, "")
	}
}

func (l *layout) block(s string) {
	l.gap()
	l.lines = append(l.lines, s, "")
}

// prose writes the lines from..to of a page as one.
func (l *layout) prose(page []pdfLine, from, to int) {
	text := join(page[from:to])
	if mark := bullet.FindString(text); mark != "" {
		indent := strings.Repeat("  ", l.rank(page, page[from].x))
		l.lines = append(l.lines, indent+"- "+strings.TrimSpace(text[len(mark):]))
		return
	}
	alone := l.styles.bold && to == from+1 && page[from].bold && columns(text) <= longestHeading && !strings.Contains(text, "*")
	if alone {
		l.block("**" + strings.TrimSpace(text) + "**")
		return
	}
	if from > 0 && page[from-1].y-page[from].y > 1.9*page[from].size {
		l.gap()
	}
	l.lines = append(l.lines, noHeading(text))
}

// rank returns how many steps the bullets at x are indented, by the bullets of the page.
func (l *layout) rank(page []pdfLine, x float64) int {
	if l.bullets == nil {
		for _, line := range page {
			if bullet.MatchString(line.text) {
				l.bullets = append(l.bullets, line.x)
			}
		}
		slices.Sort(l.bullets)
	}
	const step = 6 // points
	rank, last := 0, l.bullets[0]
	for _, b := range l.bullets {
		if b > x {
			break
		}
		if b-last > step {
			rank++
			last = b
		}
	}
	return min(rank, 8)
}

// code writes lines in a fence, indented as they are on the page.
func (l *layout) code(lines []pdfLine) {
	left := math.Inf(1)
	for _, line := range lines {
		left = min(left, line.x)
	}
	var code []string
	for _, line := range lines {
		indent := 0
		if line.size > 0 {
			indent = int(min(math.Round((line.x-left)/(0.6*line.size)), 40))
		}
		code = append(code, strings.Repeat(" ", indent)+line.text)
	}
	fence := fenceOf(strings.Join(code, "\n"))
	l.gap()
	l.lines = append(l.lines, fence)
	l.lines = append(l.lines, code...)
	l.lines = append(l.lines, fence, "")
}

// sameHeading reports whether b goes on with the heading that a fills a line of.
func sameHeading(a, b pdfLine, right float64) bool {
	return a.size == b.size && a.bold == b.bold && full(a, right) && a.y-b.y < 2*a.size && a.y > b.y && !beginsItem(b.text)
}

// continues reports whether b goes on with the paragraph of a: a fills its line, and b
// begins nothing.
func (l *layout) continues(a, b pdfLine, right float64) bool {
	text := l.styles.level(a) == 0 || l.styles.level(b) == 0 // not two titles
	return text && a.size == b.size && !b.mono && a.bold == b.bold &&
		full(a, right) && a.y > b.y && a.y-b.y < 2.2*a.size && b.x < a.x+2.5*a.size && !beginsItem(b.text)
}

// full reports whether a line goes to the right edge of its page, and is not all so short
// that the edge says nothing.
func full(l pdfLine, right float64) bool {
	return l.end > right-2.5*l.size && columns(l.text) >= 30
}

var bullet = regexp.MustCompile(`^\s*[•·●○◦■□◆▪▫‣➢➤✓✔❖–]\s*`)

var itemStart = regexp.MustCompile(`^\s*(?:[-*•·●○◦■□◆▪▫‣➢➤✓✔❖–]|[(（]?\d{1,3}[.、．)）]|[(（]?[一二三四五六七八九十]{1,3}[、．.)）]|第\s*[\d一二三四五六七八九十]{1,3}\s*[章节题步、]|[①-⑳]|[A-Ha-h][.、．)）]\s|[QA问答][:：])`)

// beginsItem reports whether a line begins an item, a numbered title, or a question.
func beginsItem(s string) bool { return itemStart.MatchString(s) }

// join puts lines together into one: Chinese with nothing between, Latin with a space.
func join(lines []pdfLine) string {
	var b strings.Builder
	for i, line := range lines {
		text := line.text
		if i > 0 {
			text = strings.TrimLeft(text, " ")
			before, _ := utf8.DecodeLastRuneInString(lines[i-1].text)
			after, _ := utf8.DecodeRuneInString(text)
			if !wide(before) && !wide(after) && before != '-' && before != '/' {
				b.WriteByte(' ')
			}
		}
		b.WriteString(text)
	}
	return b.String()
}
