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
var affirms = []string{"不仅", "不但", "不管", "不论", "无论", "不同", "不过", "不错", "不断", "不好意思", "没关系", "非常", "除非", "未来", "无非", "不得不", "差不多", "不然", "不足", "无状态", "无线", "无损", "别的", "分别", "区别", "级别", "类别", "特别", "识别", "不超过", "不能超过", "不得超过", "不可超过", "不大于", "不高于", "不多于", "不少于", "不能少于", "不低于", "不能低于", "不小于", "not only", "no longer than", "no more than", "not more than", "no less than", "not less than", "no fewer than", "not exceed"}

var (
	denies      = []string{"不", "没", "无", "未", "别", "非", "勿", "禁止", "拒绝", "避免"}
	latinDenies = []string{"not", "no", "never", "without", "cannot", "don't", "doesn't", "isn't", "can't", "won't", "aren't", "didn't", "wasn't", "nothing", "neither", "nor", "non", "instead of", "rather than",
		"avoid", "avoids", "avoided"}
	refutes    = []string{"是错误的", "是错的", "是不对的", "是不正确的", "的说法不对", "的说法错误", "的说法不成立", "是误解", "is wrong", "is false", "is incorrect", "is not true", "isn't true", "is a myth"}
	endsDenial = []string{"就", "才", "而", "但", "则", "会", "，", ",", "。", ";", "；", "只", "、", " but "}
)

// What negations, and the words that begin like them, begin with.
var (
	beginsDenial      = runeset(affirms, denies, refutes)
	beginsLatinDenial = runeset(affirms, latinDenies, refutes)
)

// denials finds what the negations of a folded text reach: the next 8 characters or 4
// Latin words, up to a connecting word or the end of the clause. A clause that ends in the
// verdict that it is wrong is denied whole.
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
		if w := refuted(s, i); w > 0 {
			out = append(out, [2]int{1 + strings.LastIndexAny(s[:i], ",.;!?，。；！？：:\n"), i})
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

// refuted is the length of the verdict at i that ends its clause, or 0.
func refuted(s string, i int) int {
	w := longestPrefix(s[i:], refutes)
	if w > 0 && firstIsMark(s[i+w:]) {
		return w
	}
	return 0
}

func firstIsMark(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return s == "" || !letterOrDigit(r) && r != ' '
}

// fillers are the words beside a verdict that say no more than what it is about.
var fillers = strings.NewReplacer("这", "", "那", "", "该", "", "种", "", "个", "", "说法", "", "观点", "", "都", "", "其实", "", "完全", "", "也", "", "但", "",
	"this", "", "that", "", "which", "", "it", "", "but", "", " ", "")

// refutesBefore reports whether a folded clause is no more than the verdict that what stands
// before it is wrong.
func refutesBefore(s string) bool {
	s = trimMarks(s)
	for _, v := range refutes {
		if about, ok := strings.CutSuffix(s, strings.TrimPrefix(v, "的")); ok && fillers.Replace(about) == "" {
			return true
		}
	}
	return false
}

func reach(s string, from int) int {
	if absent := strings.HasSuffix(s[:from], "没") && strings.HasPrefix(s[from:], "有"); absent && longestPrefix(s[from+len("有"):], endsDenial) > 0 {
		return from + len("有")
	}
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
		case r == '(' || r == '\n':
			return i
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
