package card

import (
	"hash/fnv"
	mathbits "math/bits"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"studybot/knowledge"
)

// joinNear joins the cards that ask the same or nearly the same. Workers share out the marks
// by which such cards are found.
func (u union) joinNear(prints []*print, firsts []int) {
	found := make([]union, runtime.GOMAXPROCS(0))
	var wg sync.WaitGroup
	for part := range found {
		wg.Go(func() { found[part] = nearBy(prints, firsts, part, len(found)) })
	}
	wg.Wait()
	for _, groups := range found {
		for i := range groups {
			u.join(i, groups.find(i))
		}
	}
}

// nearBy groups the cards that ask the same, of those that have one of a part of all marks in
// common.
func nearBy(prints []*print, firsts []int, part, parts int) union {
	groups := newUnion(len(prints))
	marked := newChains(len(firsts)*(1+2*sketch), parts)
	tried := make([]int, len(prints)) // the card that each was last held against, counted from 1
	for _, i := range firsts {
		for _, m := range prints[i].marks {
			if m%uint64(parts) != uint64(part) {
				continue
			}
			for at := marked.put(m, i); at > 0; at = marked.links[at-1].before {
				j := int(marked.links[at-1].card)
				if tried[j] == i+1 {
					continue
				}
				if tried[j] = i + 1; groups.find(i) != groups.find(j) && same(prints[i], prints[j]) {
					groups.join(i, j)
				}
			}
		}
	}
	return groups
}

// chains are the cards of each mark, at most crowd of them.
type chains struct {
	last  []int32 // a hash table: the last link of a mark, counted from 1, 0 for none
	shift int
	links []link
}

type link struct {
	mark                 uint64
	card, before, length int32
}

// newChains holds the marks of one of some parts, at most all of them.
func newChains(all, parts int) chains {
	size := mathbits.Len(uint(all)) // places stay empty
	return chains{last: make([]int32, 1<<size), shift: 64 - size, links: make([]link, 0, all/parts)}
}

// put adds a card to those of a mark, unless they are a crowd, and returns the first link of
// the others, counted from 1, 0 for none.
func (c *chains) put(mark uint64, card int) int32 {
	at := int(mark * 0x9e3779b97f4a7c15 >> c.shift)
	for c.last[at] > 0 && c.links[c.last[at]-1].mark != mark {
		at = (at + 1) % len(c.last)
	}
	before, length := c.last[at], int32(0)
	if before > 0 {
		length = c.links[before-1].length
	}
	if length >= crowd {
		return 0
	}
	c.links = append(c.links, link{mark, int32(card), before, length + 1})
	c.last[at] = int32(len(c.links))
	return before
}

// printsOf returns the prints of some cards, at the cards' places; it works side by side.
func printsOf(cs []knowledge.Card, which []int) []*print {
	const share = 256 // cards that one worker takes at a time
	prints := make([]*print, len(cs))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(which)/share+1) {
		wg.Go(func() {
			var room []byte
			for {
				end := int(next.Add(share))
				if end-share >= len(which) {
					return
				}
				for _, i := range which[end-share : min(end, len(which))] {
					prints[i] = printOf(cs[i], &room)
				}
			}
		})
	}
	wg.Wait()
	return prints
}

// A print is what two cards are compared by.
type print struct {
	key    string // the question's letters
	terms  string // its Latin words and numbers, in order of the alphabet
	q      []uint32
	marks  []uint64
	answer string // as far as it is read
	said   bits   // of the pairs of its letters
	once   sync.Once
	pairs  []uint32 // of the letters of answer, once a is called
	choice string   // the letters of what is to be chosen or filled in
	bare   bool     // its title says nothing without what is around it
}

// printOf returns the print of a card. It reads the answer's letters in the room that it is
// given, and keeps none of it.
func printOf(c knowledge.Card, room *[]byte) *print {
	p := &print{key: key(c.Question), terms: terms(c.Question), bare: dependent(c.Title)}
	p.answer = c.Answer[:min(len(c.Answer), readBytes)]
	p.q = pairs(p.key)
	said := appendLetters((*room)[:0], p.answer)
	*room = said
	if c.Kind == knowledge.Choice || c.Kind == knowledge.Cloze {
		p.choice = string(said)
	}
	h := fnv.New64a()
	h.Write([]byte(p.key))
	p.marks = append(make([]uint64, 0, 1+2*sketch), h.Sum64())
	p.marks, _ = appendSketch(p.marks, p.key, 1)
	p.marks, p.said = appendSketch(p.marks, said, 2)
	return p
}

// a returns the pairs of the answer. Most answers are never held against another.
func (p *print) a() []uint32 {
	p.once.Do(func() { p.pairs = pairs(appendLetters(nil, p.answer)) })
	return p.pairs
}

// appendLetters is key for long texts: it folds case and width, and no rarer forms of letters.
func appendLetters(out []byte, s string) []byte {
	out = slices.Grow(out, len(s))
	written := 0 // bytes of s
	for i, size := 0, 0; i < len(s); i += size {
		if size = 3; i+size <= len(s) && (s[i] >= 0xe5 && s[i] <= 0xe9 || s[i] == 0xe4 && s[i+1] >= 0xb8) { // U+4E00 to U+9FFF, as most are
			continue
		}
		out = append(out, s[written:i]...)
		var r rune
		r, size = utf8.DecodeRuneInString(s[i:])
		written = i + size
		if r >= 0xff01 && r <= 0xff5e { // full width
			r -= 0xff01 - '!'
		}
		switch {
		case r >= 0x4e00 && r < 0xa000:
			out = utf8.AppendRune(out, r)
		case r >= 'A' && r <= 'Z':
			out = append(out, byte(r|0x20))
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '+', r == '#':
			out = append(out, byte(r))
		case r >= 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			out = utf8.AppendRune(out, unicode.ToLower(r))
		}
	}
	return append(out, s[written:]...)
}

// appendSketch appends the few smallest hashes of the pairs of s, salted: texts that have
// much in common have some of them in common. It returns the bits of all of them.
func appendSketch[T string | []byte](marks []uint64, s T, salt uint64) ([]uint64, bits) {
	var room [sketch]uint64
	out := room[:0] // sorted
	var all bits
	var prev rune
	for i := 0; i < len(s); {
		r, size := runeAt(s, i)
		i += size
		first := prev == 0
		x := pair(prev, r)
		if prev = r; first {
			continue
		}
		v := (uint64(x)+salt)*0x9e3779b97f4a7c15 ^ salt<<32
		v ^= v >> 29
		v *= 0xbf58476d1ce4e5b9
		all.n++
		all.set[v>>6%uint64(len(all.set))] |= 1 << (v & 63)
		if len(out) < sketch || v < out[sketch-1] {
			out = insert(out, v)
		}
	}
	return append(marks, out...), all
}

// insert puts a hash in its place among the few smallest, which are sorted and differ. There
// is room for sketch of them.
func insert(few []uint64, v uint64) []uint64 {
	at := len(few)
	for at > 0 && few[at-1] > v {
		at--
	}
	if at > 0 && few[at-1] == v {
		return few
	}
	few = few[:min(len(few)+1, sketch)]
	copy(few[at+1:], few[at:])
	few[at] = v
	return few
}

// bits are a set of pairs in short: a bit for each, which another may share.
type bits struct {
	n   int // pairs, those that stand twice counted twice
	set [16]uint64
}

// most returns what common is of two such sets at most: each bit that one lacks is a pair
// that it lacks.
func most(a, b *bits) float64 {
	lacks := 0
	for i := range a.set {
		lacks += mathbits.OnesCount64(a.set[i] ^ b.set[i])
	}
	n := min(a.n, b.n)
	return float64(n) / float64(max(n+lacks, 1))
}

// pairs returns the set of pairs of characters of s, sorted.
func pairs[T string | []byte](s T) []uint32 {
	out := make([]uint32, 0, len(s)/2)
	var prev rune
	for i := 0; i < len(s); {
		r, size := runeAt(s, i)
		i += size
		if prev != 0 {
			out = append(out, pair(prev, r))
		}
		prev = r
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// runeAt returns the character at i of a text of valid UTF-8, and its size. It is quick for
// Chinese.
func runeAt[T string | []byte](s T, i int) (r rune, size int) {
	if s[i] >= 0xe4 && s[i] <= 0xe9 && i+2 < len(s) {
		return rune(s[i]&0x0f)<<12 | rune(s[i+1]&0x3f)<<6 | rune(s[i+2]&0x3f), 3
	}
	return utf8.DecodeRuneInString(string(s[i:min(len(s), i+utf8.UTFMax)]))
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

// terms returns the Latin words and numbers of s, and the operators that stand alone, "==", folded
// and sorted.
func terms(s string) string {
	words := strings.FieldsFunc(fold(s), func(r rune) bool {
		return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '+' && r != '#'
	})
	if strings.ContainsAny(s, operators) {
		for w := range strings.FieldsSeq(s) {
			if w = strings.TrimRight(w, "?.,;:`"); strings.ContainsAny(w, operators) && strings.Trim(w, operators+"&|*/-.:`") == "" {
				words = append(words, strings.Trim(w, "`"))
			}
		}
	}
	slices.Sort(words)
	return strings.Join(slices.Compact(words), " ")
}

const operators = "=<>!^%"

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
	least := sameAnswer
	if q >= sameQuestion && q < 1 {
		least = 0.2
	}
	return !opposed(a.key, b.key) && most(&a.said, &b.said) >= least && common(a.a(), b.a()) >= least
}

// opposites are words that ask for the opposite of each other, in questions that are the same
// but for them.
var opposites = [][2][]string{
	{{"优点", "优势", "好处"}, {"缺点", "劣势", "坏处", "不足"}}, {{"发送"}, {"接收"}}, {{"输入"}, {"输出"}}, {{"加密"}, {"解密"}},
	{{"编码"}, {"解码"}}, {{"最大"}, {"最小"}}, {{"客户端"}, {"服务端", "服务器"}}, {{"同步"}, {"异步"}}, {{"正向"}, {"反向"}},
}

// opposed reports whether one of two questions has a word of which the other has only the opposite.
func opposed(a, b string) bool {
	for _, o := range opposites {
		here, there := hasAny(a, o[0]...), hasAny(b, o[0]...)
		if here != there && hasAny(a, o[1]...) == there && hasAny(b, o[1]...) == here {
			return true
		}
	}
	return false
}
