package note

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"

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
	words [][]string // of each title
	idf   map[string]float64
	total []float64
}

func newWeights(lines []string, titles []pageTitle) weights {
	w := weights{idf: map[string]float64{}}
	df := map[string]int{}
	for _, t := range titles {
		words := titleWords(t.title)
		w.words = append(w.words, words)
		for _, x := range words {
			df[x] = 0
		}
	}
	n := 0
	isTitle := map[int]bool{}
	for _, t := range titles {
		isTitle[t.line] = t.body > t.line
	}
	for i, s := range lines {
		if isTitle[i] || strings.TrimSpace(s) == "" {
			continue
		}
		n++
		for _, x := range slices.Compact(slices.Sorted(slices.Values(lineWords(s)))) {
			if _, ok := df[x]; ok {
				df[x]++
			}
		}
	}
	for x, k := range df {
		w.idf[x] = math.Log(1 + float64(n)/float64(1+k))
		if k == 0 { // a pair across a border of words, or a word of titles only
			w.idf[x] *= 0.5
		}
	}
	for _, words := range w.words {
		sum := 0.0
		for _, x := range words {
			sum += w.idf[x]
		}
		w.total = append(w.total, sum)
	}
	return w
}

// lineWords returns the Latin words and the pairs of Han characters of s, folded.
func lineWords(s string) []string {
	const particle = '的'
	var out []string
	var latin []rune
	var prev rune
	flush := func() {
		if len(latin) > 1 {
			out = append(out, string(latin))
			if len(latin) > 4 { // its letters in order of the alphabet, for "ningx"
				slices.Sort(latin)
				out = append(out, "~"+string(latin))
			}
		}
		latin = latin[:0]
	}
	for _, r := range s {
		switch {
		case r < 0x80 && isWord(r):
			latin = append(latin, unicode.ToLower(r))
			prev = 0
			continue
		case unicode.Is(unicode.Han, r) && r != particle:
			flush()
			if prev != 0 {
				out = append(out, string([]rune{prev, r}))
			}
			prev = r
			continue
		}
		flush()
		prev = 0
	}
	flush()
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
func (w weights) masks(t int, words [][]string) []uint64 {
	bit := map[string]uint64{}
	for i, x := range w.words[t][:min(len(w.words[t]), 64)] {
		bit[x] = 1 << i
	}
	out := make([]uint64, len(words))
	for c, ws := range words {
		for _, x := range ws {
			out[c] |= bit[x]
			if len(x) > 5 && x[0] < 0x80 { // mysqldump is of mysql
				for n := 4; n < len(x); n++ {
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
	for i, x := range w.words[t] {
		if i < 64 && set&(1<<i) != 0 {
			sum += w.idf[x]
		}
	}
	return sum / w.total[t]
}
