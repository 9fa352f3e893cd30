package grade

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

const (
	maxPoints  = 8
	maxItems   = 24      // of which the points are chosen
	maxWidth   = 120     // of a point: 60 Chinese characters, 120 Latin
	maxLabel   = 24      // of the words that name what stands below or after them
	maxBytes   = 1 << 15 // of a text: what is longer is cut
	fewPoints  = 3       // below this many, sentences are split into clauses
	wideClause = 48      // the width from which a point is worth splitting
)

// A point is one thing that a good answer says.
type point struct {
	label string // what it is said of, "" for the question's subject
	text  string
	code  bool
	group int     // the node it hangs below
	worth float64 // which points stay when there are too many
	key   string  // the folded text: points of one key are the same
	goes  bool    // it goes on with what the point before it says
}

// String is the point as members read it.
func (p point) String() string {
	s := p.text
	if p.label == "" || p.code || names(s) || strings.Contains(s, p.label) {
		return s
	}
	if l := labelled(p.label, s); width(l) <= maxWidth {
		return l
	}
	return s
}

// points splits a tidied reference into at most maxPoints points, in its order.
func points(question, reference string) []point {
	f := newFlattener(question)
	defer f.done()
	return slices.Clone(f.read(reference))
}

type flattener struct {
	reader reader
	asked  wordBag
	points []point
	groups int
	words  []string // of the text that fresh reads
	seen   wordBag  // the different ones of them
}

// flatteners are done and can be used again: their bags are larger than most references.
var flatteners = sync.Pool{New: func() any { return &flattener{asked: newWordBag(), seen: newWordBag()} }}

func newFlattener(question string) *flattener {
	f := flatteners.Get().(*flattener)
	f.groups = 0
	f.asked.reset()
	f.words = words(f.words[:0], fold(question))
	for _, w := range f.words {
		f.asked.add(w)
	}
	return f
}

// done gives back the flattener, without hold on any text.
func (f *flattener) done() {
	clear(f.points)
	f.points = f.points[:0]
	f.reader.clear()
	flatteners.Put(f)
}

// read returns the points of a reference, which are gone when f is done.
func (f *flattener) read(reference string) []point {
	tree := f.reader.outline(reference)
	tree.rows(f.repeats)
	f.walk(tree, "", 0)
	ps := strongest(uniq(f.unlabelled()), maxItems)
	ps = uniq(split(ps))
	ps = merge(mergeRuns(ps))
	return strongest(ps, maxPoints)
}

// walk turns the nodes below n into points.
func (f *flattener) walk(n *node, label string, depth int) {
	f.groups++
	group := f.groups
	for i, k := range n.kids {
		worth := 1 - 0.15*float64(min(depth, 3)) - 0.06*float64(min(i, 8))
		if i == 0 {
			worth += 0.2
		}
		text := trimMarks(k.text)
		if len(k.kids) == 0 {
			f.emit(text, label, k, group, worth)
			continue
		}
		if !isLabel(k) {
			f.emit(text, label, k, group, worth)
			f.walk(k, label, depth+1)
			continue
		}
		if list, ok := shortList(text, k.kids); ok && !leadsIn(text) && !f.repeats(list) {
			f.add(point{label: label, text: list, group: group, worth: worth + 0.2})
			continue
		}
		name := text
		if leadsIn(name) || width(name) > maxLabel {
			name = label
		}
		f.walk(k, name, depth+1)
	}
}

var labelEnds = chars("，。；：,;")

func isLabel(n *node) bool {
	if n.code || hollow(n.text) {
		return false
	}
	return n.title || endsColon(n.text) || !wider(n.text, maxLabel) && !labelEnds.in(n.text)
}

// shortList puts a label and a few short things below it into one line.
func shortList(label string, kids []*node) (string, bool) {
	total := width(label)
	var parts []string
	for _, k := range kids {
		w := width(k.text)
		if len(k.kids) > 0 || k.code || w > 30 || colons.in(k.text) {
			return "", false
		}
		if total += w + 2; total > 100 {
			return "", false
		}
		parts = append(parts, trimMarks(k.text))
	}
	return labelled(label, joined(label, parts, "、", ", ")), true
}

var thoughtEnds = chars("。！？；.!?;\n")

func (f *flattener) emit(text, label string, n *node, group int, worth float64) {
	if n.code {
		f.add(point{label: label, text: cut(text, maxWidth), code: true, group: group, worth: worth - 0.3})
		return
	}
	if n.cells != nil {
		f.add(point{label: label, text: text, group: group, worth: worth})
		return
	}
	if !thoughtEnds.in(text) {
		f.add(point{label: label, text: text, group: group, worth: worth})
		return
	}
	for i, s := range thoughts(text) {
		f.add(point{label: label, text: s, group: group, worth: worth - 0.12*float64(min(i, 5)), goes: i > 0})
	}
}

var asides = []string{"例如", "比如", "如：", "例：", "注:", "注：", "PS", "ps", "参考", "参见", "详见", "更多", "e.g.", "See ", "see ", "For example", "for example", "http://", "https://"}

// isAside reports whether a text only illustrates, or points elsewhere.
func isAside(s string) bool { return s == "略" || longestPrefix(s, asides) > 0 }

func (f *flattener) add(p point) {
	p.text = trimMarks(p.text)
	if !says(p.text) || leadsIn(p.text) {
		return
	}
	p.key = spaced(fold(p.text))
	fresh, all := f.fresh(p.key)
	if fresh == 0 && f.asked.size > 0 {
		return
	}
	novelty := 0.0
	if all > 0 {
		novelty = float64(fresh) / float64(all)
	}
	p.worth += 0.5 * (novelty - 0.6)
	if isAside(p.text) {
		p.worth -= 0.5
	}
	if telling(p.text) {
		p.worth += 0.1
	}
	if !wider(p.text, 9) {
		p.worth -= 0.1
	}
	f.points = append(f.points, p)
}

// telling reports whether a text has a number, or a Latin word among Chinese ones.
func telling(s string) bool {
	latin := false
	for i, size := 0, 0; i < len(s); i += size {
		if size = 3; s[i] >= 0xE3 && s[i] <= 0xE9 {
			continue // U+3000 to U+9FFF: no digits, no Latin letters
		}
		var r rune
		r, size = utf8.DecodeRuneInString(s[i:])
		if unicode.IsDigit(r) {
			return true
		}
		latin = latin || isLatin(r)
	}
	return latin && hasHan(s)
}

var leadIns = []string{"如下", "如下所示", "示例", "举例", "例子", "例如", "总结", "如何实现", "或", "或者", "Or", "or", "呢", "吗", "？", "?"}

// leadsIn reports whether a text only announces what stands below it.
func leadsIn(s string) bool {
	if wider(s, 40) {
		return false
	}
	for _, e := range leadIns {
		if strings.HasSuffix(s, e) {
			return true
		}
	}
	return false
}

// unlabelled takes off a label that all points share, when it repeats the question.
func (f *flattener) unlabelled() []point {
	labels := map[string]bool{}
	for _, p := range f.points {
		labels[p.label] = true
	}
	delete(labels, "")
	for i, p := range f.points {
		if len(labels) == 1 && f.repeats(p.label) {
			f.points[i].label = ""
		}
	}
	return f.points
}

// repeats reports whether every word of s stands in the question.
func (f *flattener) repeats(s string) bool {
	if f.asked.size == 0 {
		return false
	}
	fresh, _ := f.fresh(fold(s))
	return fresh == 0
}

// longFresh bounds, in bytes, the texts whose words are looked up in the question: of a
// longer one all are said to be fresh.
const longFresh = 600

// fresh counts the different words of a folded text, and those that the question does not have.
func (f *flattener) fresh(s string) (fresh, all int) {
	if len(s) > longFresh {
		return 1, 1
	}
	f.seen.reset()
	for i, size := 0, 0; i < len(s); i += size {
		if r, ok := hanAt(s, i); ok {
			if size = 3; !joinsWords(r) && f.seen.addHan(r) && !f.asked.hasHan(r) {
				fresh++
			}
			continue
		}
		if size = 1; s[i] == ' ' || s[i] == ',' {
			continue
		}
		f.words, size = wordsAt(f.words[:0], s, i)
		for _, w := range f.words {
			if f.seen.add(w) && !f.asked.has(w) {
				fresh++
			}
		}
	}
	return fresh, f.seen.size
}
