package grade

import (
	"strings"
	"unicode/utf8"
)

// reaches are the parts of a text that its negations reach, in order.
type reaches [][2]int

// at tells whether the word at i is affirmed or denied; twice denied is affirmed.
func (r reaches) at(i int) said {
	s := affirmed
	for _, x := range r {
		if x[0] <= i && i < x[1] {
			s ^= affirmed | denied
		}
	}
	return s
}

// affirms are words that begin like a negation and are none.
var affirms = []string{"不仅", "不但", "不管", "不论", "无论", "不同", "不过", "不错", "不断", "不好意思", "没关系", "非常", "除非", "未来", "无非", "不得不", "差不多", "不然", "不足", "无状态", "无线", "无损", "别的", "分别", "区别", "级别", "类别", "特别", "识别", "not only", "no longer than"}

var (
	denies      = []string{"不", "没", "无", "未", "别", "非", "勿", "禁止", "拒绝", "避免"}
	latinDenies = []string{"not", "no", "never", "without", "cannot", "don't", "doesn't", "isn't", "can't", "won't", "aren't", "didn't", "wasn't", "nothing", "neither", "nor", "non"}
	endsDenial  = []string{"就", "才", "而", "但", "则", "会", "，", ",", "。", ";", "；", "只", "、", " but "}
)

// What negations, and the words that begin like them, begin with.
var (
	beginsDenial      = runeset(affirms, denies)
	beginsLatinDenial = runeset(affirms, latinDenies)
)

// denials finds what the negations of a folded text reach: the next 8 characters or 4
// Latin words, up to a connecting word or the end of the clause.
func denials(s string) reaches {
	var out reaches
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r >= utf8.RuneSelf && !beginsDenial.has(r) {
			i += size
			continue
		}
		if r < utf8.RuneSelf && (i > 0 && wordByte(s[i-1]) || !beginsLatinDenial.has(r)) {
			i++
			continue
		}
		if w := longestPrefix(s[i:], affirms); w > 0 {
			i += w
			continue
		}
		w := longestPrefix(s[i:], denies)
		if w == 0 {
			w = longestPrefix(s[i:], latinDenies)
			if i+w < len(s) && wordByte(s[i+w]) {
				w = 0
			}
		}
		if w > 0 {
			out = append(out, [2]int{i, reach(s, i+w)})
			size = w
		}
		i += size
	}
	return out
}

func reach(s string, from int) int {
	room := 16
	for i := from; i < len(s); {
		if i > from+3 && longestPrefix(s[i:], endsDenial) > 0 {
			return i
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case isHan(r):
			room -= 2
		case r == ' ':
			room -= 4
		}
		if room < 0 {
			return i
		}
		i += size
	}
	return len(s)
}

func wordByte(c byte) bool { return c >= 'a' && c <= 'z' || isDigit(c) || c == '\'' || c == '_' }

func longestPrefix(s string, words []string) int {
	n := 0
	for _, w := range words {
		if len(w) > n && strings.HasPrefix(s, w) {
			n = len(w)
		}
	}
	return n
}

// A runeSet is a set of characters.
type runeSet map[rune]bool

func runeset(lists ...[]string) runeSet {
	set := runeSet{}
	for _, words := range lists {
		for _, w := range words {
			r, _ := utf8.DecodeRuneInString(w)
			set[r] = true
		}
	}
	return set
}

func (s runeSet) has(r rune) bool { return s[r] }
