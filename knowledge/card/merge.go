package card

import (
	"cmp"
	"slices"
	"strings"

	"studybot/knowledge"
)

// How near cards must be to be one.
const (
	sameQuestion = 0.8  // share of common pairs of characters of two questions that ask the same
	nearQuestion = 0.4  // the same where the answers are nearly the same
	sameAnswer   = 0.6  // share of common pairs of two answers that are nearly the same
	crowd        = 64   // cards that share a rare mark; more, and the mark says nothing
	sketch       = 12   // marks of a question or answer by which near ones are found
	readBytes    = 1200 // of an answer; what follows is not compared
)

// Merge makes one card of those that ask the same, or nearly the same, in several
// places: the best of them stays, the others become its Also. Cards that differ in a
// Latin term or a number stay apart. The order of the cards does not matter, and the
// result is in order of file and line.
//
// A bare title that stands over different answers in three files or more is a label, not
// a question: such cards get the flag NeedsReview. IDs are unique in the result.
func Merge(cards []knowledge.Card) []knowledge.Card {
	cs := slices.Clone(cards)
	slices.SortFunc(cs, byPlace)
	groups, firsts := copies(cs)
	groups.joinNear(printsOf(cs, firsts), firsts)
	return flagLabels(unite(cs, groups))
}

// copies joins the cards that are the same to the letter, and returns the first of each.
func copies(cs []knowledge.Card) (union, []int) {
	type whole struct {
		content
		kind knowledge.Kind
	}
	groups := newUnion(len(cs))
	seen := make(map[whole]int, len(cs))
	var firsts []int
	for i, c := range cs {
		k := whole{content{c.Question, c.Answer}, c.Kind}
		if first, ok := seen[k]; ok {
			groups.join(first, i)
			continue
		}
		seen[k] = i
		firsts = append(firsts, i)
	}
	return groups, firsts
}

func byPlace(a, b knowledge.Card) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.TitleLine, b.TitleLine), cmp.Compare(a.Question, b.Question), cmp.Compare(a.ID, b.ID))
}

// unite makes one card of each group.
func unite(cs []knowledge.Card, groups union) []knowledge.Card {
	best := slices.Repeat([]int{-1}, len(cs)) // of a group's first card
	for i := range cs {
		g := groups.find(i)
		if b := best[g]; b < 0 || better(cs[i], cs[b]) {
			best[g] = i
		}
	}
	also := map[int][]knowledge.Source{}
	for i, c := range cs {
		g := groups.find(i)
		if best[g] != i {
			also[g] = append(append(also[g], c.Source()), c.Also...)
		}
	}
	out := make([]knowledge.Card, 0, len(cs))
	for i, c := range cs {
		if g := groups.find(i); best[g] == i {
			if len(also[g]) > 0 {
				c.Also = append(slices.Clone(c.Also), also[g]...)
			}
			out = append(out, c)
		}
	}
	separate(out)
	return out
}

// better reports whether a is to stay rather than b; among equals the first in order.
func better(a, b knowledge.Card) bool {
	if x, y := a.Askable(), b.Askable(); x != y {
		return x
	}
	return a.Score > b.Score || a.Score == b.Score && len(a.Answer) > len(b.Answer)
}

// separate gives cards of different notes that ask in the same words IDs of their own,
// by what stands around them, then by file.
func separate(cards []knowledge.Card) {
	seen := map[knowledge.ID]bool{}
	for i := range cards {
		c := &cards[i]
		id := c.ID
		if seen[id] {
			id = identity(string(c.ID) + strings.Join(c.Path, "/"))
		}
		for n := 0; seen[id]; n++ {
			id = identity(string(c.ID) + c.File + strings.Repeat("'", n))
		}
		c.ID = id
		seen[id] = true
	}
}

// flagLabels flags the cards of bare titles that stand in three files or more.
func flagLabels(cards []knowledge.Card) []knowledge.Card {
	files := map[string]map[string]bool{}
	for _, c := range cards {
		if dependent(c.Title) && !strings.ContainsAny(c.Title, "?？") {
			k := key(c.Title)
			if files[k] == nil {
				files[k] = map[string]bool{}
			}
			files[k][c.File] = true
		}
	}
	for i := range cards {
		c := &cards[i]
		if c.Score < 0.6 && !slices.Contains(c.Flags, knowledge.NeedsReview) && len(files[key(c.Title)]) >= 3 {
			c.Flags = append(slices.Clone(c.Flags), knowledge.NeedsReview)
		}
	}
	return cards
}

// A union keeps groups of numbers.
type union []int

func newUnion(n int) union {
	u := make(union, n)
	for i := range u {
		u[i] = i
	}
	return u
}

func (u union) find(i int) int {
	for u[i] != i {
		u[i] = u[u[i]]
		i = u[i]
	}
	return i
}

func (u union) join(i, j int) {
	a, b := u.find(i), u.find(j)
	u[max(a, b)] = min(a, b)
}
