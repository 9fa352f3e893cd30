package grade

import (
	"slices"
	"strings"
	"unicode/utf8"
)

var joiners = []string{"和", "与", "跟", "、", "及", " vs ", " and ", "还是", "/", ",", "，"}

// contrasted finds the Latin words, and the Han words of one shape, that a question puts
// side by side.
func contrasted(q string) []string {
	var out []string
	for _, j := range joiners {
		for from := 0; ; {
			i := strings.Index(q[from:], j)
			if i < 0 {
				break
			}
			i += from
			from = i + len(j)
			left, right := lastName(q[:i]), firstName(q[from:])
			if left == "" || right == "" {
				continue
			}
			if left[0] >= utf8.RuneSelf && right[0] < utf8.RuneSelf {
				left = qualifies(q[:i], left, q[from:], right)
			}
			if left[0] < utf8.RuneSelf && right[0] < utf8.RuneSelf {
				out = append(out, left, right)
				continue
			}
			if l, r := sameShape(left, right); l != "" {
				out = append(out, l, r)
			} else if l, r := wholeNames(q, left, right); l != "" {
				out = append(out, l, r)
			}
		}
	}
	return out
}

var (
	differ   = []string{"区别", "不同", "差别", "差异", "异同", "对比", "比较"}
	endsName = []string{"的", "有", "之", "在", "是", "各", "分", "区", "不", "差", "异", "对", "比", "哪", "怎"}
)

// wholeNames returns what stands left and right of a joining word, where the question asks
// how two things differ and begins with the first: 快照和备份有什么区别.
func wholeNames(q, left, right string) (l, r string) {
	asks := slices.ContainsFunc(differ, func(d string) bool { return strings.Contains(q, d) })
	if !asks || !strings.HasPrefix(q, left) || left[0] < utf8.RuneSelf || right[0] < utf8.RuneSelf {
		return "", ""
	}
	for i := range right {
		if longestPrefix(right[i:], endsName) > 0 {
			right = right[:i]
			break
		}
	}
	if n, m := utf8.RuneCountInString(left), utf8.RuneCountInString(right); n < 2 || m < 2 {
		return "", ""
	}
	return left, right
}

// qualifies returns the Latin word before a Chinese noun that stands at the end of a text
// and, behind another Latin word, in the rest: left in "left 模式和 right 模式". Else it is
// the noun.
func qualifies(text, noun, rest, right string) string {
	_, behind, _ := strings.Cut(rest, right)
	before := strings.TrimRight(strings.TrimSuffix(strings.TrimRight(text, " "), noun), " ")
	if l := lastName(before); l != "" && l[0] < utf8.RuneSelf && strings.HasPrefix(strings.TrimLeft(behind, " "), noun) {
		return l
	}
	return noun
}

// farName is how many bytes beside a joining word are looked at for a name.
const farName = 60

func lastName(s string) string {
	s = strings.ToValidUTF8(s[max(0, len(s)-farName):], "")
	l := lexemes(s)
	if len(l) == 0 || strings.TrimSpace(s[l[len(l)-1].to:]) != "" {
		return ""
	}
	end := len(l) - 1
	if s[l[end].from] < utf8.RuneSelf {
		begin := end
		if end > 0 && counts(l[end]) && !l[end-1].han() && !counts(l[end-1]) && gapped(s[l[end-1].to:l[end].from]) {
			begin--
		}
		return s[l[begin].from:l[end].to]
	}
	begin := end
	for begin > 0 && end-begin < 7 && l[begin-1].to == l[begin].from && s[l[begin-1].from] >= utf8.RuneSelf {
		begin--
	}
	return s[l[begin].from:l[end].to]
}

func firstName(s string) string {
	s = strings.ToValidUTF8(s[:min(len(s), farName)], "")
	s = strings.TrimLeft(s, " ")
	for _, article := range []string{"a ", "an ", "the "} {
		s = strings.TrimPrefix(s, article)
	}
	l := lexemes(s)
	if len(l) == 0 || strings.TrimSpace(s[:l[0].from]) != "" {
		return ""
	}
	if s[l[0].from] < utf8.RuneSelf {
		if len(l) > 1 && counts(l[1]) && !counts(l[0]) && gapped(s[l[0].to:l[1].from]) {
			return s[l[0].from:l[1].to]
		}
		return s[l[0].from:l[0].to]
	}
	end := 0
	for end+1 < len(l) && end < 7 && l[end+1].from == l[end].to && s[l[end+1].from] >= utf8.RuneSelf {
		end++
	}
	return s[l[0].from:l[end].to]
}

// sameShape cuts two runs of characters that stand left and right of a joining word to
// the names in them, where these share an ending: 硬链接, 软链接.
func sameShape(left, right string) (l, r string) {
	a, b := []rune(left), []rune(right)
	for n := 2; n <= len(a) && n <= 6; n++ {
		x := a[len(a)-n:]
		for share := n - 1; share >= 1; share-- {
			if n > len(b) || share < 1 {
				continue
			}
			y := b[:n]
			if x[0] != y[0] && string(x[n-share:]) == string(y[n-share:]) && n-share <= 2 {
				return string(x), string(y)
			}
		}
	}
	return "", ""
}

// counts reports whether a word is a short number.
func counts(l lexeme) bool { return len(l.key) <= 2 && isDigit(l.key[0]) }

// gapped reports whether no more than this stands between a word and its number.
func gapped(gap string) bool { return gap == " " || gap == " -" || gap == "=" }
