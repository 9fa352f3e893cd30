package grade

// A wordBag is a small set of words. It is emptied without being made anew.
type wordBag struct {
	slots [1024]uint16 // 1 + an index of words, 0 for none
	words []string
}

func (b *wordBag) reset() {
	if len(b.words) > 0 {
		clear(b.slots[:])
		b.words = b.words[:0]
	}
}

// add puts a word into the set and reports whether it was new. The set holds as many words
// as a text of longFresh bytes can have.
func (b *wordBag) add(w string) bool {
	h := uint32(2166136261)
	for i := range len(w) {
		h = (h ^ uint32(w[i])) * 16777619
	}
	for i := h >> 22; ; i = (i + 1) % uint32(len(b.slots)) {
		k := b.slots[i]
		if k == 0 {
			b.words = append(b.words, w)
			b.slots[i] = uint16(len(b.words))
			return true
		}
		if b.words[k-1] == w {
			return false
		}
	}
}
