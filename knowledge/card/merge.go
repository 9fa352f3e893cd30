package card

import (
	"cmp"
	"hash/fnv"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

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
	prints := printsOf(cs, firsts)
	marked := chains{last: make(map[uint64]int32, len(firsts)*(1+2*sketch))}
	tried := make([]int, len(cs)) // the card that each was last held against, counted from 1
	for _, i := range firsts {
		for _, m := range prints[i].marks {
			for at := marked.put(m, i); at > 0; at = marked.links[at-1].before {
				j := int(marked.links[at-1].card)
				if tried[j] == i+1 {
					continue
				}
				if tried[j] = i + 1; groups.find(i) != groups.find(j) && same(&prints[i], &prints[j]) {
					groups.join(i, j)
				}
			}
		}
	}
	return flagLabels(unite(cs, groups))
}

// chains are the cards of each mark, at most crowd of them.
type chains struct {
	last  map[uint64]int32 // of a mark, the index of its last link, counted from 1
	links []link
}

type link struct{ card, before, length int32 }

// put adds a card to those of a mark, unless they are a crowd, and returns the first link of
// the others, counted from 1, 0 for none.
func (c *chains) put(mark uint64, card int) int32 {
	before, length := c.last[mark], int32(0)
	if before > 0 {
		length = c.links[before-1].length
	}
	if length >= crowd {
		return 0
	}
	c.links = append(c.links, link{int32(card), before, length + 1})
	c.last[mark] = int32(len(c.links))
	return before
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

// printsOf returns the prints of some cards, at the cards' places; it works side by side.
func printsOf(cs []knowledge.Card, which []int) []print {
	const share = 256 // cards that one worker takes at a time
	prints := make([]print, len(cs))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(which)/share+1) {
		wg.Go(func() {
			for {
				end := int(next.Add(share))
				if end-share >= len(which) {
					return
				}
				for _, i := range which[end-share : min(end, len(which))] {
					prints[i] = printOf(cs[i])
				}
			}
		})
	}
	wg.Wait()
	return prints
}

func byPlace(a, b knowledge.Card) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.TitleLine, b.TitleLine), cmp.Compare(a.Question, b.Question), cmp.Compare(a.ID, b.ID))
}

// A print is what two cards are compared by.
type print struct {
	key    string // the question's letters
	terms  string // its Latin words and numbers, in order of the alphabet
	q      []uint32
	marks  []uint64
	answer string   // the answer's letters
	pairs  []uint32 // of answer, once a is called
	choice string
	bare   bool // its title says nothing without what is around it
}

func printOf(c knowledge.Card) print {
	p := print{key: key(c.Question), terms: terms(c.Question), bare: dependent(c.Title)}
	p.q = pairs(p.key)
	p.answer = letters(c.Answer[:min(len(c.Answer), readBytes)])
	if c.Kind == knowledge.Choice || c.Kind == knowledge.Cloze {
		p.choice = p.answer
	}
	h := fnv.New64a()
	h.Write([]byte(p.key))
	p.marks = append(make([]uint64, 0, 1+2*sketch), h.Sum64())
	p.marks = appendSketch(p.marks, p.key, 1)
	p.marks = appendSketch(p.marks, p.answer, 2)
	return p
}

// a returns the pairs of the answer. Most answers are never held against another.
func (p *print) a() []uint32 {
	if p.pairs == nil {
		p.pairs = pairs(p.answer)
	}
	return p.pairs
}

// letters is key for long texts: it folds case and width, and no rarer forms of letters.
func letters(s string) string {
	var out strings.Builder
	out.Grow(len(s))
	written := 0 // bytes of s
	for i, size := 0, 0; i < len(s); i += size {
		if size = 3; s[i] >= 0xe5 && s[i] <= 0xe9 && i+size <= len(s) { // U+5000 to U+9FFF, as most are
			continue
		}
		out.WriteString(s[written:i])
		var r rune
		r, size = utf8.DecodeRuneInString(s[i:])
		written = i + size
		if r >= 0xff01 && r <= 0xff5e { // full width
			r -= 0xff01 - '!'
		}
		switch {
		case r >= 'A' && r <= 'Z':
			out.WriteByte(byte(r | 0x20))
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '+', r == '#':
			out.WriteByte(byte(r))
		case r >= 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			out.WriteRune(unicode.ToLower(r))
		}
	}
	out.WriteString(s[written:])
	return out.String()
}

// appendSketch appends the few smallest hashes of the pairs of s, salted: texts that have
// much in common have some of them in common.
func appendSketch(marks []uint64, s string, salt uint64) []uint64 {
	var room [sketch]uint64
	out := room[:0] // sorted
	var prev rune
	for _, r := range s {
		first := prev == 0
		x := pair(prev, r)
		if prev = r; first {
			continue
		}
		v := (uint64(x)+salt)*0x9e3779b97f4a7c15 ^ salt<<32
		v ^= v >> 29
		v *= 0xbf58476d1ce4e5b9
		if len(out) == sketch && v >= out[sketch-1] {
			continue
		}
		at, known := slices.BinarySearch(out, v)
		if known {
			continue
		}
		out = slices.Insert(out[:min(len(out), sketch-1)], at, v)
	}
	return append(marks, out...)
}

// pairs returns the set of pairs of characters of s, sorted.
func pairs(s string) []uint32 {
	out := make([]uint32, 0, len(s)/2)
	var prev rune
	for _, r := range s {
		if prev != 0 {
			out = append(out, pair(prev, r))
		}
		prev = r
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func pair(a, b rune) uint32 { return uint32(a)*131071 + uint32(b) }

// common is the share of common elements of two sorted sets, 0..1 (Jaccard).
func common(a, b []uint32) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	n, i, j := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			n++
			i++
			j++
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return float64(n) / float64(len(a)+len(b)-n)
}

// terms returns the Latin words and numbers of s, folded and sorted.
func terms(s string) string {
	words := strings.FieldsFunc(fold(s), func(r rune) bool {
		return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '+' && r != '#'
	})
	slices.Sort(words)
	return strings.Join(slices.Compact(words), " ")
}

// same reports whether two cards ask the same.
func same(a, b *print) bool {
	if a.terms != b.terms || a.choice != b.choice {
		return false
	}
	q := 1.0
	if a.key != b.key {
		if few, many := len(a.q), len(b.q); float64(min(few, many)) < nearQuestion*float64(max(few, many)) {
			return false
		}
		q = common(a.q, b.q)
	}
	if q < nearQuestion {
		return false
	}
	if q == 1 && !a.bare && !b.bare {
		return true
	}
	switch ans := common(a.a(), b.a()); {
	case q == 1:
		return ans >= sameAnswer
	case q >= sameQuestion:
		return ans >= 0.2
	default:
		return ans >= sameAnswer
	}
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
	var out []knowledge.Card
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
