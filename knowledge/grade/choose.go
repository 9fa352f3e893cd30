package grade

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// uniq drops points that stand twice.
func uniq(ps []point) []point {
	if len(ps) < 2 {
		return ps
	}
	if len(ps) <= maxItems {
		return uniqFew(ps)
	}
	seen := make(map[[2]string]bool, len(ps))
	return slices.DeleteFunc(ps, func(p point) bool {
		key := [2]string{fold(p.label), p.key}
		again := seen[key]
		seen[key] = true
		return again
	})
}

func uniqFew(ps []point) []point {
	out := ps[:0]
	for _, p := range ps {
		if !slices.ContainsFunc(out, func(q point) bool { return p.key == q.key && fold(p.label) == fold(q.label) }) {
			out = append(out, p)
		}
	}
	return out
}

// spaced puts one space where a text has several, and none at its ends.
func spaced(s string) string {
	if s = strings.TrimSpace(s); !strings.Contains(s, "  ") {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// strongest keeps the n points of the greatest worth, in their order. Where most points
// are code the reference is a command or a script, and code is worth as much as prose.
func strongest(ps []point, n int) []point {
	if len(ps) <= n {
		return ps
	}
	code := 0
	for _, p := range ps {
		if p.code {
			code++
		}
	}
	worth := func(p point) float64 {
		if p.code && 2*code > len(ps) {
			return p.worth + 0.3
		}
		return p.worth
	}
	order := make([]int, len(ps))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(worth(ps[b]), worth(ps[a])) })
	order = order[:n]
	slices.Sort(order)
	for i, k := range order { // i <= k
		ps[i] = ps[k]
	}
	return ps[:n]
}

// split cuts points that are too long to be read at a glance, and, where there are few
// points, the longest ones, at the border of a clause.
func split(ps []point) []point {
	out := ps
	if slices.ContainsFunc(ps, tooWide) {
		out = narrowed(ps)
	}
	for len(out) > 0 && len(out) < fewPoints {
		i := longest(out)
		if i < 0 {
			break
		}
		a, b := halve(out[i].text)
		p, q := out[i].with(a), out[i].with(b)
		q.worth -= 0.05
		q.goes = true
		out = slices.Replace(out, i, i+1, p, q)
	}
	return out
}

func tooWide(p point) bool { return !p.code && wider(p.text, maxWidth) }

func (p point) with(text string) point {
	p.text = trimMarks(text)
	p.key = spaced(fold(p.text))
	return p
}

// narrowed cuts the points that are too wide.
func narrowed(ps []point) []point {
	out := make([]point, 0, len(ps)+4)
	for _, p := range ps {
		if !tooWide(p) {
			out = append(out, p)
			continue
		}
		for i, s := range portions(p.text) {
			q := p.with(cut(s, maxWidth))
			q.worth -= 0.1 * float64(min(i, 5))
			q.goes = q.goes || i > 0
			if says(q.text) {
				out = append(out, q)
			}
		}
	}
	return out
}

// portions cuts a text that is too wide at its semicolons, and what is still too wide at
// the border of a clause.
func portions(s string) []string {
	if width(s) <= maxWidth {
		return []string{s}
	}
	var out []string
	for _, p := range pack(splitAfter(s, atSemicolon), maxWidth) {
		if width(p) <= maxWidth {
			out = append(out, p)
			continue
		}
		out = append(out, pack(clauses(p), maxWidth)...)
	}
	return out
}

// longest finds the widest point that can be cut in two, or -1.
func longest(ps []point) int {
	best, most := -1, wideClause
	for i, p := range ps {
		w := width(p.text)
		if p.code || w <= most {
			continue
		}
		if a, b := halve(p.text); says(a) && says(b) {
			best, most = i, w
		}
	}
	return best
}

// halve cuts a text in two at a semicolon, or else at the border of a clause, the one
// nearest to its middle.
func halve(s string) (a, b string) {
	if a, b = halveAt(splitAfter(s, atSemicolon)); a != "" {
		return a, b
	}
	return halveAt(clauses(s))
}

func halveAt(cs []string) (a, b string) {
	s := strings.Join(cs, "")
	best, at, total := 1<<30, 0, 0
	half := len(s) / 2
	for i, c := range cs[:max(len(cs)-1, 0)] {
		total += len(c)
		if dangles(c, cs[i+1]) {
			continue
		}
		if d := max(half-total, total-half); d < best && width(s[:total]) >= 12 && width(s[total:]) >= 12 {
			best, at = d, total
		}
	}
	return s[:at], s[at:]
}

// How a clause leans on the one before it, and how it makes the next one lean on it.
var (
	leansBack    = []string{"则", "才", "就", "那", "否则", "会", "即", "从而", "以便", "以免", "之后", "以及", "和", "而是", "而且", "并且", "也就是", "也就", "then ", "otherwise "}
	looksBack    = []string{"并", "但", "也", "或", "所以", "因此", "反之", "反过来", "它"}
	looksBackEng = []string{"they ", "it ", "this ", "these ", "and ", "but ", "or ", "so ", "because ", "which "}
	conditions   = []string{"如果", "当", "若", "只要", "只有", "仅当", "因为", "由于", "虽然", "除非", "If ", "When ", "Because "}
	comesFirst   = []string{"时", "时候", "的话", "之后", "之前", "后"}
)

// bound reports whether two clauses are one thought, that neither half tells.
func bound(a, b string) bool {
	if longestPrefix(strings.TrimLeft(b, " "), leansBack) > 0 || longestPrefix(strings.TrimLeft(a, " "), conditions) > 0 {
		return true
	}
	a = strings.TrimRight(a, " ")
	a = strings.TrimSuffix(strings.TrimSuffix(a, "，"), ",")
	for _, e := range comesFirst {
		if strings.HasSuffix(a, e) {
			return true
		}
	}
	return false
}

// dangles reports whether a second half does not say what it speaks of, though it may
// begin a line where there is no room.
func dangles(a, b string) bool {
	if bound(a, b) {
		return true
	}
	b = strings.TrimLeft(b, " ")
	return longestPrefix(b, looksBack) > 0 || longestPrefix(strings.ToLower(b[:min(len(b), 8)]), looksBackEng) > 0
}

// pack puts clauses together again into pieces no wider than limit.
func pack(cs []string, limit int) []string {
	var out []string
	w := 0
	for i := 0; i < len(cs); {
		unit, uw := cs[i], width(cs[i])
		for i++; i < len(cs) && bound(cs[i-1], cs[i]) && uw+width(cs[i]) <= limit; i++ {
			unit, uw = unit+cs[i], uw+width(cs[i])
		}
		if n := len(out); n > 0 && w+uw <= limit {
			out[n-1], w = out[n-1]+unit, w+uw
			continue
		}
		out, w = append(out, unit), uw
	}
	return out
}

// mergeRuns joins whole lists of short things while there are too many points.
func mergeRuns(ps []point) []point {
	if len(ps) <= maxPoints {
		return ps
	}
	out := ps[:0]
	for i := 0; i < len(ps); {
		j, w := i, 0
		for j < len(ps) && ps[j].group == ps[i].group && ps[j].label == ps[i].label && !ps[j].code && width(ps[j].text) <= 20 && w+width(ps[j].text) <= 80 {
			w += width(ps[j].text) + 2
			j++
		}
		p := ps[i]
		for k := i + 1; k < j; k++ {
			p.text = joined("", []string{p.text, ps[k].text}, "、", ", ")
		}
		if j > i+1 {
			p.worth += 0.1
		}
		out = append(out, p)
		i = max(j, i+1)
	}
	return out
}

// merge joins short neighbours below one node while there are too many points.
func merge(ps []point) []point {
	for len(ps) > maxPoints {
		best, least := -1, 81
		for i := 1; i < len(ps); i++ {
			a, b := ps[i-1], ps[i]
			w := width(a.text) + width(b.text)
			if a.group == b.group && a.code == b.code && !a.code && a.label == b.label && w < least {
				best, least = i, w
			}
		}
		if best < 0 {
			return ps
		}
		a, b := ps[best-1], ps[best]
		a.text = joined("", []string{a.text, b.text}, "；", "; ")
		a.worth = max(a.worth, b.worth) + 0.05
		ps = slices.Replace(ps, best-1, best+1, a)
	}
	return ps
}

// trimMarks cuts what is left of punctuation and list marks at both ends.
func trimMarks(s string) string {
	s = strings.TrimSpace(s)
	for {
		t := frontMarks.trimLeft(s)
		if len(t) > 1 && t[1] == ' ' && (t[0] == '-' || t[0] == '*' || t[0] == '+') {
			t = t[2:]
		}
		t = backMarks.trimRight(t)
		if strings.HasSuffix(t, ".") && !strings.HasSuffix(t, "..") {
			t = t[:len(t)-1]
		}
		if t == s {
			return s
		}
		s = t
	}
}

var (
	frontMarks = chars("，,。；;：:、！!？?~ 　")
	backMarks  = chars("，,。；;：:、！! 　")
	clauseEnds = chars("，,。；;：:、！!？?)）|&")
)

// cut shortens a text to a width, at the border of a clause where there is one in its
// second half.
func cut(s string, limit int) string {
	if width(s) <= limit {
		return s
	}
	w, at, border := 0, 0, 0
	for i, r := range s {
		n := 1
		if r >= 0x1100 {
			n = 2
		}
		if w+n > limit-width("…") {
			break
		}
		w += n
		at = i + utf8.RuneLen(r)
		if clauseEnds.has(r) || r == ' ' && w > limit*3/4 {
			border = at
		}
	}
	if 2*border < at {
		border = at
	}
	kept := trimMarks(s[:border])
	if i := strings.LastIndexAny(kept, "(（"); i > len(kept)/3 && !strings.ContainsAny(kept[i:], ")）") {
		kept = trimMarks(kept[:i])
	}
	return kept + "…"
}
