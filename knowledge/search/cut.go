package search

import (
	"math"
	"strings"
)

// An atom is what no passage border runs through: a line, as a rule.
type atom struct {
	start, end int     // lines
	size       int     // characters that are not space
	lines      int     // that are not blank
	depth      int     // columns of indentation, relative to the others
	border     float64 // how well a passage can begin here: 0 hardly, 1 gladly; -1 never
	item       bool    // begins with the mark of a list
	block      bool    // begins a code block or a table
	closes     bool    // ends one
	inside     bool    // goes on from the atom above: never the atom another stands under
}

// How large passages are, in characters that are not space.
const (
	smallest = 80
	aim      = 320
	largest  = 600
	tallest  = 36 // lines
)

// atoms makes atoms of lines and says how well a passage can begin at each.
func (c *cutter) atoms(lines []int) []atom {
	var out []atom
	for i := 0; i < len(lines); i++ {
		if strings.TrimSpace(c.line(lines[i])) == "" {
			continue
		}
		end, block := c.block(lines, i)
		if block {
			out = append(out, c.blockAtoms(lines[i], lines[end])...)
		} else {
			out = append(out, c.lineAtom(lines[i]))
		}
		i = end
	}
	least := math.MaxInt
	for _, a := range out {
		if !a.inside {
			least = min(least, a.depth)
		}
	}
	for k := range out {
		out[k].depth = max(out[k].depth-least, 0)
		if k > 0 && !out[k].inside {
			c.setBorder(out, k)
		}
	}
	return out
}

func (c *cutter) line(l int) string { return c.shown[l-1] }

// block returns the index in lines of the last line of the code block or table that
// begins at index i, and whether one does.
func (c *cutter) block(lines []int, i int) (int, bool) {
	if mark := fenceMark(c.line(lines[i])); mark != "" {
		for j := i + 1; j < len(lines); j++ {
			if lines[j] != lines[j-1]+1 {
				return i, false
			}
			if m := fenceMark(c.line(lines[j])); strings.HasPrefix(m, mark) && strings.Trim(strings.TrimSpace(c.line(lines[j])), "`~> ") == "" {
				return j, true
			}
		}
		return i, false
	}
	j := i
	for j < len(lines) && strings.HasPrefix(strings.TrimSpace(c.line(lines[j])), "|") {
		j++
	}
	return max(j-1, i), j > i+1
}

// blockAtoms keeps a block whole up to a limit; a longer one may be cut between its lines,
// best where it has a blank line or a comment.
func (c *cutter) blockAtoms(first, last int) []atom {
	var out []atom
	size, count, blank := 0, 0, false
	for l := first; l <= last; l++ {
		a := c.lineAtom(l)
		if a.size == 0 {
			blank = true
			continue
		}
		a.border, a.inside, a.item, a.block = 0.1, l > first, false, l == first
		if t := strings.TrimSpace(c.line(l)); l > first && (blank || strings.HasPrefix(t, "#") || strings.HasPrefix(t, "//")) {
			a.border = 0.4
		}
		size, count, blank = size+a.size, count+1, false
		out = append(out, a)
	}
	if size <= 2*largest && count <= tallest {
		for i := 1; i < len(out); i++ {
			out[i].border = -1
		}
	}
	out[len(out)-1].border = -1 // the closing fence
	out[len(out)-1].closes = true
	return out
}

func (c *cutter) lineAtom(l int) atom {
	line := c.line(l)
	a := atom{start: l, end: l, depth: indent(line)}
	for _, r := range line {
		if r != ' ' && r != '\t' {
			a.size++
		}
	}
	if a.size > 0 {
		a.lines = 1
	}
	a.item = markWidth(strings.TrimSpace(line)) > 0
	return a
}

// setBorder says how well a passage can begin at atom k, which is not the first.
func (c *cutter) setBorder(atoms []atom, k int) {
	a, prev := &atoms[k], atoms[k-1]
	line, before := c.line(a.start), c.line(prev.end)
	gap := 1 // lines to the atom before that a note without meaningful blank lines has
	if c.spaced {
		gap = 2
	}
	blank := a.start-prev.end > gap
	switch {
	case !a.block && asTitle(line, c.after(atoms, k)):
		a.border = 0.95
	case a.item && a.depth <= 1:
		a.border = 0.75
	case a.item:
		a.border = max(0.65-0.05*float64(a.depth), 0.2)
	case blank && a.depth <= 1:
		a.border = 0.7
	case prev.closes:
		a.border = 0.5
	case a.block, blank:
		a.border = 0.4
	case c.runsOn(before):
		a.border, a.inside = 0.05, true
	default:
		a.border = 0.3
	}
	if !a.item && prev.item && !blank && !a.block {
		a.border, a.inside = min(a.border, 0.15), true
	}
	if asTitle(before, line) || endsInColon(before) {
		a.border = -1 // a title is not left behind
	}
}

// after returns the first line of the atom after atom k, "" at the end.
func (c *cutter) after(atoms []atom, k int) string {
	if k+1 < len(atoms) {
		return c.line(atoms[k+1].start)
	}
	return ""
}

// runsOn reports whether a line is full and ends inside a sentence, so that the next
// goes on from it.
func (c *cutter) runsOn(l string) bool {
	return !endsSentence(l) && columns(l)*10 >= c.width*8
}

// A span is a range of atoms, to excluded.
type span struct{ from, to int }

// divide divides atoms into passages so that the sum of what each costs is least:
// passages of a good size, borders where the text has them, no strong border inside.
// Its work is linear in the atoms: no passage has more than a fixed number of them.
func divide(atoms []atom) []span {
	if len(atoms) == 0 {
		return nil
	}
	const most = 60 // atoms
	best := make([]float64, len(atoms)+1)
	from := make([]int, len(atoms)+1)
	for end := 1; end <= len(atoms); end++ {
		best[end] = math.Inf(1)
		size, count, inner := 0, 0, 0.0
		for start := end - 1; start >= 0 && end-start <= most; start-- {
			a := atoms[start]
			size, count = size+a.size, count+a.lines
			cost := best[start] + sizeCost(size, count) + inner
			if start > 0 {
				cost += borderCost(a.border)
			}
			if cost < best[end] {
				best[end], from[end] = cost, start
			}
			inner += max(0, a.border-0.5) * 0.6
		}
	}
	var out []span
	for end := len(atoms); end > 0; end = from[end] {
		out = append(out, span{from[end], end})
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out
}

func borderCost(b float64) float64 {
	if b < 0 {
		return 6
	}
	return 1 - b
}

// sizeCost says how much a passage of that many characters and lines is off.
func sizeCost(size, lines int) float64 {
	s, cost := float64(size), 0.25
	switch {
	case s < smallest:
		d := (smallest - s) / smallest
		cost += 0.8*d*d + 0.2*(aim-smallest)/aim
	case s < aim:
		cost += 0.2 * (aim - s) / aim
	case s > largest:
		cost += 0.7 + 2.5*(s-largest)/largest
	default:
		d := (s - aim) / (largest - aim)
		cost += 0.7 * d * d
	}
	if lines > tallest {
		cost += float64(lines-tallest) / 4
	}
	return cost
}

// above returns the atoms that atom i stands under, outermost first: those before it
// that are less and less indented.
func above(atoms []atom, i int) []int {
	var out []int
	depth := atoms[i].depth
	if !atoms[i].item {
		return nil
	}
	for k := i - 1; k >= 0 && depth > 0; k-- {
		if a := atoms[k]; a.item && !a.inside && a.depth < depth {
			out = append(out, k)
			depth = a.depth
		}
	}
	for l, r := 0, len(out)-1; l < r; l, r = l+1, r-1 {
		out[l], out[r] = out[r], out[l]
	}
	return out
}
