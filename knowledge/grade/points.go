package grade

import (
	"regexp"
	"strings"
	"unicode"
)

const (
	maxPoints  = 8
	maxItems   = 24  // of which the points are chosen
	maxWidth   = 120 // of a point: 60 Chinese characters, 120 Latin
	maxLabel   = 24  // of the words that name what stands below or after them
	maxBytes   = 1 << 18
	fewPoints  = 3  // below this many, sentences are split into clauses
	wideClause = 48 // the width from which a point is worth splitting
)

// A point is one thing that a good answer says.
type point struct {
	label string // what it is said of, "" for the question's subject
	text  string
	code  bool
	group int     // the node it hangs below
	worth float64 // which points stay when there are too many
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
	asked := wordSet(question)
	f := flattener{asked: asked}
	tree := outline(reference)
	tree.rows(f.repeats)
	f.walk(tree, "", 0)
	ps := f.unlabelled()
	ps = uniq(ps)
	ps = strongest(ps, maxItems)
	ps = split(ps)
	ps = uniq(ps)
	ps = merge(mergeRuns(ps))
	return strongest(ps, maxPoints)
}

type flattener struct {
	asked  map[string]bool
	out    []point
	groups int
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

func isLabel(n *node) bool {
	if n.code || hollow(n.text) {
		return false
	}
	return n.title || endsColon(n.text) || width(n.text) <= maxLabel && !strings.ContainsAny(n.text, "，。；：,;")
}

// shortList puts a label and a few short things below it into one line.
func shortList(label string, kids []*node) (string, bool) {
	total := width(label)
	var parts []string
	for _, k := range kids {
		w := width(k.text)
		if len(k.kids) > 0 || k.code || w > 30 || strings.ContainsAny(k.text, "：:") {
			return "", false
		}
		if total += w + 2; total > 100 {
			return "", false
		}
		parts = append(parts, trimMarks(k.text))
	}
	return labelled(label, joined(label, parts, "、", ", ")), true
}

func (f *flattener) emit(text, label string, n *node, group int, worth float64) {
	if n.code {
		f.add(point{label: label, text: cut(text, maxWidth), code: true, group: group, worth: worth - 0.3})
		return
	}
	if n.cells != nil {
		f.add(point{label: label, text: text, group: group, worth: worth})
		return
	}
	for i, s := range thoughts(text) {
		f.add(point{label: label, text: s, group: group, worth: worth - 0.12*float64(min(i, 5))})
	}
}

var aside = regexp.MustCompile(`^(?:例如|比如|如：|例：|注[:：]|PS|ps|参考|参见|详见|更多|e\.g\.|[Ss]ee |[Ff]or example|https?://|略$)`)

func (f *flattener) add(p point) {
	p.text = trimMarks(p.text)
	if !says(p.text) || leadsIn(p.text) || f.repeats(p.text) {
		return
	}
	p.worth += 0.5 * (f.novelty(p.text) - 0.6)
	if aside.MatchString(p.text) {
		p.worth -= 0.5
	}
	if strings.ContainsFunc(p.text, unicode.IsDigit) || hasHan(p.text) && strings.ContainsFunc(p.text, isLatin) {
		p.worth += 0.1
	}
	if w := width(p.text); w < 10 {
		p.worth -= 0.1
	}
	f.out = append(f.out, p)
}

var leadIn = regexp.MustCompile(`(?:如下(?:所示)?|示例|举例|例子|例如|总结|如何实现|或者?|[Oo]r|呢|吗|[？?])$`)

// leadsIn reports whether a text only announces what stands below it.
func leadsIn(s string) bool { return width(s) <= 40 && leadIn.MatchString(s) }

// unlabelled takes off a label that all points share, when it repeats the question.
func (f *flattener) unlabelled() []point {
	labels := map[string]bool{}
	for _, p := range f.out {
		labels[p.label] = true
	}
	delete(labels, "")
	for i, p := range f.out {
		if len(labels) == 1 && f.repeats(p.label) {
			f.out[i].label = ""
		}
	}
	return f.out
}

// novelty is the share of a text's words that the question does not have.
func (f *flattener) novelty(s string) float64 {
	if len(s) > 600 {
		return 1
	}
	words := wordSet(s)
	if len(words) == 0 {
		return 0
	}
	fresh := 0
	for w := range words {
		if !f.asked[w] {
			fresh++
		}
	}
	return float64(fresh) / float64(len(words))
}

// repeats reports whether every word of s stands in the question.
func (f *flattener) repeats(s string) bool {
	if len(f.asked) == 0 || len(s) > 600 {
		return false
	}
	for w := range wordSet(s) {
		if !f.asked[w] {
			return false
		}
	}
	return true
}
