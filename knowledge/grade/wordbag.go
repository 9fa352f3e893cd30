package grade

// A wordBag is a set of words that is quick to fill and to empty again.
type wordBag struct {
	size  int      // how many words it has
	han   hanSet   // those that are one Chinese character
	words []string // the others, at most 30,000
	slots []uint16 // 1 + an index of words, 0 for none; at least twice as many as words
}

// Most words are one character of this range.
const firstHan, lastHan = 0x4E00, 0xA000

// A hanSet has a bit for each character that hanAt may return.
type hanSet [(lastHan - firstHan) / 64]uint64

func (s *hanSet) add(r rune)      { s[(r-firstHan)>>6] |= 1 << (r & 63) }
func (s *hanSet) has(r rune) bool { return s[(r-firstHan)>>6]&(1<<(r&63)) != 0 }

func newWordBag() wordBag {
	return wordBag{slots: make([]uint16, 128), words: make([]string, 0, 32)}
}

func (b *wordBag) reset() {
	if b.size > 0 {
		clear(b.han[:])
		b.size = 0
	}
	if len(b.words) > 0 {
		clear(b.slots)
		b.words = b.words[:0]
	}
}

// add puts a word into the set and reports whether it was new.
func (b *wordBag) add(w string) bool {
	if r, ok := oneHan(w); ok {
		return b.addHan(r)
	}
	i, found := b.find(w)
	if found {
		return false
	}
	b.size++
	b.words = append(b.words, w)
	b.slots[i] = uint16(len(b.words))
	if 2*len(b.words) > len(b.slots) {
		b.slots = make([]uint16, 2*len(b.slots))
		for k, w := range b.words {
			i, _ := b.find(w)
			b.slots[i] = uint16(k + 1)
		}
	}
	return true
}

func (b *wordBag) has(w string) bool {
	if r, ok := oneHan(w); ok {
		return b.hasHan(r)
	}
	_, found := b.find(w)
	return found
}

// oneHan returns the character that a word is, where hanAt knows it.
func oneHan(w string) (rune, bool) {
	if len(w) != 3 {
		return 0, false
	}
	return hanAt(w, 0)
}

// addHan and hasHan are add and has for a character that hanAt returned.
func (b *wordBag) addHan(r rune) bool {
	if b.hasHan(r) {
		return false
	}
	b.han.add(r)
	b.size++
	return true
}

func (b *wordBag) hasHan(r rune) bool { return b.han.has(r) }

// find returns the slot of a word, or the free one where it belongs.
func (b *wordBag) find(w string) (slot int, found bool) {
	h := uint32(len(w))
	for i := range len(w) {
		h = h*31 + uint32(w[i])
	}
	mask := len(b.slots) - 1
	for i := int(h*2654435769>>12) & mask; ; i = (i + 1) & mask {
		switch k := b.slots[i]; {
		case k == 0:
			return i, false
		case b.words[k-1] == w:
			return i, true
		}
	}
}
