package note

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"studybot/knowledge"
)

const (
	mostTitles = 7    // that stand together; more are left unmatched
	mostChunks = 400  // of one region between titles; what follows them is left unmatched
	noise      = 0.08 // share that says nothing
	sure       = 0.2  // share of a title's words that its text must hold
	surer      = 0.4  // the same where the text is out of order
	effort     = 1e8  // steps spent on one note; the titles after that are left unmatched
	farther    = 0.6  // the same where the text is after the next titles
)

// A region is the text between floating titles, and the titles that may own it.
type region struct {
	titles []int // indexes of titles: a carried one, the block's own in order
	own    int   // titles[own:] stand right before the text
	tail   int   // index of the title whose text may go on here, -1 for none
	forced bool  // the text does go on: it was cut in a sentence
	chunks []chunk
	alike  []bool // first chunks that go on with the subject of the region before
}

// matchPages returns the body of each title, nil where none could be matched.
func matchPages(lines []string, titles []pageTitle, full int) [][]knowledge.Span {
	bodies := make([][]knowledge.Span, len(titles))
	for i, t := range titles {
		if t.flow {
			bodies[i] = trimmed(lines, t.body, t.end)
		}
	}
	m := matcher{lines: lines, full: full, w: newWeights(lines, titles), bodies: bodies, tail: -1}
	m.region(0, firstLine(titles, 0, len(lines)))
	for i := 0; i < len(titles); {
		end := titles[i].end
		if titles[i].flow {
			i++
		} else {
			m.older, m.block = m.open(m.block), nil
			for end = i; i < len(titles) && !titles[i].flow && (i == end || follows(lines, titles[i-1].line, titles[i].line)); i++ {
				m.block = append(m.block, i)
			}
			end = titles[i-1].line + 1
		}
		m.region(end, firstLine(titles, i, len(lines)))
	}
	for i := range bodies {
		bodies[i] = merged(bodies[i], lines)
	}
	return bodies
}

func firstLine(titles []pageTitle, i, end int) int {
	if i < len(titles) {
		return titles[i].line
	}
	return end
}

// A matcher goes through the regions of text between titles.
type matcher struct {
	lines  []string
	full   int
	w      weights
	bodies [][]knowledge.Span
	block  []int // floating titles that stand together, the last seen
	older  []int // those of the block before that have no body
	before []chunk
	tail   int  // title that owns the end of the region before, -1 for none
	cut    bool // that end is in the middle of a sentence
	spent  int  // steps
}

// open returns those of titles that have no body.
func (m *matcher) open(titles []int) []int {
	var out []int
	for _, t := range titles {
		if len(m.bodies[t]) == 0 {
			out = append(out, t)
		}
	}
	return out
}

// region gives the text of lines [from, to) to titles.
func (m *matcher) region(from, to int) {
	cs := chunks(m.lines, from, max(from, to), m.full)
	if len(cs) == 0 {
		return
	}
	r := region{titles: m.open(m.older), tail: m.tail, forced: m.cut && m.tail >= 0, chunks: cs}
	r.own = len(r.titles)
	for i := range cs {
		cs[i].words = lineWords(cs[i].text)
	}
	r.alike = alike(m.before, cs)
	m.before = cs
	r.titles = append(r.titles, m.open(m.block)...)
	if n := len(r.titles); n > mostTitles {
		r.titles, r.own = r.titles[n-mostTitles:], max(0, r.own-(n-mostTitles))
	}
	m.tail = -1
	n := min(len(cs), mostChunks)
	if m.spent += n * n * len(r.titles) << len(r.titles); m.spent > effort {
		return
	}
	for k, t := range assign(r, m.w) {
		if t >= 0 {
			m.bodies[t] = append(m.bodies[t], knowledge.Span{Start: cs[k].from + 1, End: cs[k].to + 1})
		}
		if k == len(cs)-1 {
			m.tail = t
		}
	}
	m.cut = cs[len(cs)-1].open
}

// follows reports whether nothing but blank lines stands between two lines.
func follows(lines []string, a, b int) bool {
	for i := a + 1; i < b; i++ {
		if strings.TrimSpace(lines[i]) != "" {
			return false
		}
	}
	return true
}

func trimmed(lines []string, from, to int) []knowledge.Span {
	for from < to && strings.TrimSpace(lines[from]) == "" {
		from++
	}
	for to > from && strings.TrimSpace(lines[to-1]) == "" {
		to--
	}
	if from >= to {
		return nil
	}
	return []knowledge.Span{{Start: from + 1, End: to}}
}

// merged joins spans with only blank lines between them.
func merged(spans []knowledge.Span, lines []string) []knowledge.Span {
	slices.SortFunc(spans, func(a, b knowledge.Span) int { return a.Start - b.Start })
	var out []knowledge.Span
	for _, s := range spans {
		if n := len(out); n > 0 && follows(lines, out[n-1].End-1, s.Start-1) {
			out[n-1].End = s.End
			continue
		}
		out = append(out, s)
	}
	return out
}

// weights are how much each word of the titles says: rare ones say more.
type weights struct {
	words [][]string  // of each title
	idf   [][]float64 // of each word
	total []float64
}

func newWeights(lines []string, titles []pageTitle) weights {
	var w weights
	type count struct{ lines, last int } // lines that hold a word, and the last that did
	df := map[string]*count{}
	for _, t := range titles {
		words := titleWords(t.title)
		w.words = append(w.words, words)
		for _, x := range words {
			df[x] = &count{last: -1}
		}
	}
	n := 0
	var words []string
	isTitle := map[int]bool{}
	for _, t := range titles {
		isTitle[t.line] = t.body > t.line
	}
	for i, s := range lines {
		if isTitle[i] || strings.TrimSpace(s) == "" {
			continue
		}
		n++
		words = appendWords(words[:0], s)
		for _, x := range words {
			if k := df[x]; k != nil && k.last != i {
				k.lines++
				k.last = i
			}
		}
	}
	for _, words := range w.words {
		sum := 0.0
		idf := make([]float64, len(words))
		for i, x := range words {
			k := df[x].lines
			idf[i] = math.Log(1 + float64(n)/float64(1+k))
			if k == 0 { // a pair across a border of words, or a word of titles only
				idf[i] *= 0.5
			}
			sum += idf[i]
		}
		w.idf = append(w.idf, idf)
		w.total = append(w.total, sum)
	}
	return w
}

// lineWords returns the Latin words and the pairs of Han characters of s, folded.
func lineWords(s string) []string { return appendWords(make([]string, 0, len(s)/4), s) }

// appendWords appends the words of lineWords.
func appendWords(out []string, s string) []string {
	const particle = '的'
	prev := -1 // where the Han character right before this one begins, -1 for none
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			end := i
			for end < len(s) && isASCIIWord(s[end]) {
				end++
			}
			if end > i+1 {
				out = appendLatin(out, strings.ToLower(s[i:end]))
			}
			i, prev = max(end, i+1), -1
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == particle, (r < 0x4e00 || r > 0x9fff) && !unicode.Is(unicode.Han, r):
			prev = -1
		default:
			if prev >= 0 {
				out = append(out, s[prev:i+size])
			}
			prev = i
		}
		i += size
	}
	return out
}

func isASCIIWord(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9'
}

// appendLatin appends a word, and of a long one its letters in order of the alphabet too,
// for "ningx".
func appendLatin(out []string, w string) []string {
	out = append(out, w)
	if len(w) > 4 {
		letters := append(make([]byte, 0, 32), "~"...)
		letters = append(letters, w...)
		slices.Sort(letters[1:])
		out = append(out, string(letters))
	}
	return out
}

// asking are the words of a title that no answer holds.
var asking = regexp.MustCompile(`什么是|是什么|为什么|什么|如何|怎样|怎么|哪些|哪几|介绍一下|介绍|解释|简述|总结|区别|一个|使用|(?i)\b(?:what|is|are|the|how|to|why|of|and|in|do|does)\b`)

// titleWords returns the words of a title, each once.
func titleWords(s string) []string {
	var out []string
	if t := asking.ReplaceAllString(s, " "); len(lineWords(t)) > 0 {
		s = t
	}
	for _, x := range lineWords(s) {
		if !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}

// masks returns, for each chunk, the set of title t's words that it holds.
func (w weights) masks(t int, cs []chunk) []uint64 {
	bit := map[string]uint64{}
	latin := 0 // the length of the longest Latin word
	for i, x := range w.words[t][:min(len(w.words[t]), 64)] {
		bit[x] = 1 << i
		if x[0] < 0x80 {
			latin = max(latin, len(x))
		}
	}
	out := make([]uint64, len(cs))
	for c := range cs {
		for _, x := range cs[c].words {
			out[c] |= bit[x]
			if len(x) > 5 && x[0] < 0x80 { // mysqldump is of mysql
				for n := 4; n < len(x) && n <= latin; n++ {
					out[c] |= bit[x[:n]]
				}
			}
		}
	}
	return out
}

// share is how much of title t's words a set of them makes, 0..1.
func (w weights) share(t int, set uint64) float64 {
	if w.total[t] == 0 {
		return 0
	}
	sum := 0.0
	for i, idf := range w.idf[t] {
		if i < 64 && set&(1<<i) != 0 {
			sum += idf
		}
	}
	return sum / w.total[t]
}
