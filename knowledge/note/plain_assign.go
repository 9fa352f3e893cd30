package note

import (
	"math"
	"slices"
	"strings"
)

// cuts returns what it costs to begin another body at each chunk.
func cuts(cs []chunk) []float64 {
	out := make([]float64, len(cs))
	command := "" // of the last line of code
	for i := range cs {
		word := commandWord(cs[i])
		if i > 0 {
			out[i] = cut(cs[i-1], cs[i])
			if word != "" && command != "" && out[i] < 1 {
				if word == command {
					out[i] = 0.8
				} else if !cs[i-1].code || command != word {
					out[i] = 0.1
				}
			}
		}
		if word != "" {
			command = word
		}
		if i > 0 && i+1 < len(cs) && leads(cs[i], cs[i+1]) {
			out[i] = min(out[i], 0.15)
		} else if i > 0 && leads(cs[i-1], cs[i]) {
			out[i] = max(out[i], 0.7)
		}
	}
	return out
}

// leads reports whether a looks like a small heading over b.
func leads(a, b chunk) bool {
	return !a.code && a.item.Kind != Item && width(a.text) <= 24 && hasHan(a.text) && !strings.ContainsAny(a.text, "，。；：:,;") && width(b.text) > 2*width(a.text)
}

// commandWord returns the program that a line of code calls, "" for none.
func commandWord(c chunk) string {
	w, rest, ok := strings.Cut(c.text, " ")
	if !ok || rest == "" || len(w) > 20 {
		return ""
	}
	for i := range len(w) {
		if b := w[i]; (b < 'a' || b > 'z') && (b < '0' || b > '9') && b != '-' && b != '_' {
			return ""
		}
	}
	if !shellWords[w] && !strings.HasPrefix(strings.TrimSpace(rest), "-") && !strings.Contains(rest, " -") {
		return ""
	}
	return w
}

func cut(a, b chunk) float64 {
	switch {
	case b.gap:
		return 0.05
	case a.open:
		return 3
	case a.item.Kind == Item && b.item.Kind == Item && a.item.Mark == b.item.Mark && b.item.Number == a.item.Number+1:
		return 2
	case b.item.Kind == Item && b.item.Number == 1:
		return 0.1
	case strings.HasSuffix(a.text, "：") || strings.HasSuffix(a.text, ":"):
		return 1
	case a.code && b.code:
		return 0.8
	case a.code: // b says what it does
		return 0.4
	case labelled(a.text) && labelled(b.text), len(a.text) < 40 && len(b.text) < 40 && hasHan(a.text) == hasHan(b.text):
		return 0.45
	}
	return 0.25
}

// labelled reports a text that begins with a label: "硬亲和：…".
func labelled(s string) bool {
	i := strings.IndexAny(s, ":：")
	return i > 0 && i < 40
}

const (
	idle     = 0.006 // worth of a chunk that no title owns
	inOrder  = 0.25  // worth of a body that comes in the order of its title
	skipped  = 0.1   // less for each title that it leaves behind
	opening  = 0.5   // worth of a title's words in the first chunk of its body
	goingOn  = 0.4   // cost of text that goes on from the region before
	late     = 0.1   // cost of a region that does not begin with a body
	carried  = 0.3   // cost of a body for a title of the block before
	density  = 0.12  // worth of a title's words in each chunk of its body
	same     = 0.06  // worth of a first chunk that speaks of what the region before spoke
	tailWord = 0.5   // worth of the words of the title before, against a title's own
)

// A plan is the best way to give the chunks before one to titles.
type plan struct {
	value float64
	start int16 // first chunk of the last run
	owner int16 // of that run: index in region.titles, -1 for none, len(titles) for the tail
	set   int16 // titles used before that run
	idle  bool
}

// without returns the region without some of its titles.
func (r region) without(titles []int) region {
	var left []int
	own := r.own
	for i, t := range r.titles {
		if !slices.Contains(titles, t) {
			left = append(left, t)
		} else if i < r.own {
			own--
		}
	}
	r.titles, r.own = left, own
	return r
}

// assign chooses for each chunk of a region the title that owns it, -1 for none, so that
// each title owns at most one run, the runs hold their titles' words and begin where
// the text turns, and titles that stand in order own runs in order. It is a dynamic
// programme over position and the set of titles used: O(n² k 2^k) for n chunks and k titles.
func assign(r region, w weights) []int {
	cs := r.chunks[:min(len(r.chunks), mostChunks)]
	n, k := len(cs), len(r.titles)
	masks := make([][]uint64, k+1)
	for t := range k {
		masks[t] = w.masks(r.titles[t], cs)
	}
	if r.tail >= 0 {
		masks[k] = w.masks(r.tail, cs)
	}
	cost := cuts(cs)
	best := make([][2][]plan, n+1)
	room := make([]plan, 2*(n+1)<<k)
	for i := range room {
		room[i].value = math.Inf(-1)
	}
	for i := range best {
		for j := range 2 {
			best[i][j], room = room[:1<<k], room[1<<k:]
		}
	}
	best[0][1][0] = plan{idle: true}
	for c := range n {
		forward(r, w, best, c, cost[c], masks)
	}
	owner := trace(r, best, n)
	weak, misplaced := doubtful(r, w, masks, owner)
	if len(misplaced) > 0 {
		return assign(r.without(misplaced), w)
	}
	for c, o := range owner {
		if slices.Contains(weak, o) {
			owner[c] = -1
		}
	}
	return owner
}

// relax keeps the better of two plans.
func relax(to *plan, p plan) {
	if p.value > to.value {
		*to = p
	}
}

// forward extends the plans that end before chunk c by every run that begins there.
func forward(r region, w weights, best [][2][]plan, c int, cost float64, masks [][]uint64) {
	k := len(r.titles)
	if c > 0 || r.tail < 0 || !r.forced {
		idleRun(r, best, c, cost)
		for t := range k {
			base := opening*w.share(r.titles[t], masks[t][c]) - cost
			if t < r.own {
				base -= carried
			}
			titleRuns(r, best, c, t, base, gains(w, r.titles[t], masks[t][c:]))
		}
	}
	if c == 0 && r.tail >= 0 {
		base := -goingOn
		if r.forced {
			base = 0
		}
		gain := gains(w, r.tail, masks[k])
		for i := range gain {
			gain[i].words *= tailWord
		}
		titleRuns(r, best, 0, k, base, gain)
	}
}

// idleRun leaves chunk c to no title.
func idleRun(r region, best [][2][]plan, c int, cost float64) {
	for set := range 1 << len(r.titles) {
		for j := range 2 {
			v := best[c][j][set].value
			if math.IsInf(v, -1) {
				continue
			}
			gain, pay := idle, 0.0
			if j == 0 {
				pay = cost
			}
			if j == 1 && set == 0 && r.alike[c] {
				gain = same
			}
			if c == 0 && !r.alike[0] {
				pay = late
			}
			relax(&best[c+1][1][set], plan{v + gain - pay, int16(c), -1, int16(set), j == 1})
		}
	}
}

// A worth is what a run is worth to a title: for the words of it that the run holds, and
// for how often.
type worth struct{ words, often float64 }

// gains returns the worth of the runs of one, two, three … chunks.
func gains(w weights, title int, masks []uint64) []worth {
	out := make([]worth, len(masks))
	var seen uint64
	var g worth
	for i, m := range masks {
		if m&^seen != 0 {
			seen |= m
			g.words = w.share(title, seen)
		}
		g.often += density * w.share(title, m)
		out[i] = g
	}
	return out
}

// titleRuns gives the runs that begin at chunk c to title t, len(r.titles) for the tail.
func titleRuns(r region, best [][2][]plan, c, t int, base float64, gain []worth) {
	n, k := len(best)-1, len(r.titles)
	bit := 0
	if t < k {
		bit = 1 << t
	}
	for set := range 1 << k {
		busy, idle := best[c][0][set].value, best[c][1][set].value
		if set&bit != 0 || math.IsInf(busy, -1) && math.IsInf(idle, -1) {
			continue
		}
		bonus := 0.0
		if t < k {
			bonus = enter(r, t, set)
		}
		for e := c + 1; e <= n; e++ {
			g := gain[e-c-1]
			u := base + g.words + g.often
			if g.words > 0 || t == k-1 && e == n {
				u += bonus
			}
			v, to := u+busy, &best[e][0][set|bit]
			if after := u + idle; after > v {
				v = after
			}
			if v > to.value {
				*to = plan{v, int16(c), int16(t), int16(set), v > u+busy}
			}
		}
	}
}

// enter is the worth of beginning the run of title t when a set of titles was used: more
// where it is the next in the order of the page.
func enter(r region, t, used int) float64 {
	if t < r.own {
		return 0
	}
	left := 0
	for o := r.own; o < t; o++ {
		if used&(1<<o) == 0 {
			left++
		}
	}
	return inOrder - skipped*float64(min(left, 3))
}

// trace reads the owners of chunks off the best plan.
func trace(r region, best [][2][]plan, n int) []int {
	j, set := 1, 0
	for i := range 2 {
		for s := range best[n][i] {
			if best[n][i][s].value > best[n][j][set].value {
				j, set = i, s
			}
		}
	}
	owner := make([]int, n)
	for e := n; e > 0; {
		p := best[e][j][set]
		t := -1
		if int(p.owner) == len(r.titles) {
			t = r.tail
		} else if p.owner >= 0 {
			t = r.titles[p.owner]
		}
		for c := int(p.start); c < e; c++ {
			owner[c] = t
		}
		e, set, j = int(p.start), int(p.set), 0
		if p.idle {
			j = 1
		}
	}
	return owner
}

// alike tells of the first chunks of a region which share two Latin words with the end
// of the region before: they go on with its subject.
func alike(before, cs []chunk) []bool {
	const far = 12            // chunks
	known := map[string]int{} // the chunk that each was last seen in, counted from 1
	for _, c := range before[max(0, len(before)-far):] {
		for _, x := range c.words {
			if len(x) > 2 && x[0] < 0x80 && x[0] != '~' {
				known[x] = 0
			}
		}
	}
	out := make([]bool, len(cs))
	for i, c := range cs {
		n := 0
		for _, x := range c.words {
			if last, ok := known[x]; ok && last != i+1 {
				known[x] = i + 1
				n++
			}
		}
		if n < 2 {
			break
		}
		out[i] = true
	}
	return out
}

// doubtful returns the titles of a region that own a run whose words do not support it:
// those in the order of the page, and those that are not, which need more support.
// Where all other titles are sure, the last one owns the end of the region by its place.
func doubtful(r region, w weights, masks [][]uint64, owner []int) (weak, misplaced []int) {
	n := len(r.titles)
	held := make([]uint64, n)
	first := make([]int, n)
	for t, title := range r.titles {
		first[t] = -1
		for c, o := range owner {
			if o == title {
				held[t] |= masks[t][c]
				if first[t] < 0 {
					first[t] = c
				}
			}
		}
	}
	missing := 0
	for t, title := range r.titles {
		share := w.share(title, held[t])
		switch {
		case first[t] < 0:
			missing++
		case t < r.own && share < farther, t >= r.own && !ordered(first[r.own:], t-r.own) && share < surer:
			misplaced = append(misplaced, title)
		case share < sure:
			weak = append(weak, title)
		}
	}
	if n > 1 && missing == 0 && len(misplaced) == 0 && len(weak) == 1 && weak[0] == r.titles[n-1] && owner[len(owner)-1] == weak[0] {
		return nil, nil
	}
	return weak, misplaced
}

// ordered reports whether run t begins after those of the titles before it and before
// those of the titles after it.
func ordered(first []int, t int) bool {
	for o, f := range first {
		if f >= 0 && (o < t && f > first[t] || o > t && f < first[t]) {
			return false
		}
	}
	return true
}
