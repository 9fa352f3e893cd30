package grade

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A subject is one of the things that a reference tells apart, such as two protocols or
// the options of a command: what is said of one is no answer about another.
type subject struct {
	words []string // stems of the Latin words that name it and no other
	pair  string   // two characters that do, or ""
	short string   // its first character and 的, or ""
}

// at finds where a folded text names the subject, or -1.
func (s subject) at(text string, words []lexeme) int {
	for _, l := range words {
		if slices.Contains(s.words, l.key) || s.pair != "" && s.begins(text, l.from) {
			return l.from
		}
	}
	return -1
}

// begins reports whether the name of the subject stands at i, and not as a part of its
// negation: 可重复读 in 不可重复读.
func (s subject) begins(text string, i int) bool {
	rest := text[i:]
	if !strings.HasPrefix(rest, s.pair) && (s.short == "" || !strings.HasPrefix(rest, s.short)) {
		return false
	}
	before := text[:i]
	return !strings.HasSuffix(before, "不") && !strings.HasSuffix(before, "非") && !strings.HasSuffix(before, "无")
}

// A family is a set of subjects, with the one each point is about and, for each clause
// of the answer, the one it speaks of and those it names at all.
type family struct {
	owner  []int // by point, -1 for none
	speaks []int // by clause, -1 for none
	named  [][]bool
}

// families finds what the question, and what the labels of the points, tell apart.
func families(question string, ps []point, cs []clause) []family {
	var labels []string
	for _, p := range ps {
		labels = append(labels, fold(nameOf(p)))
	}
	var out []family
	for _, names := range [][]string{contrasted(fold(question)), labels} {
		names = distinct(names)
		if len(names) < 2 {
			continue
		}
		var all []subject
		for i, n := range names {
			others := append(append([]string{}, names[:i]...), names[i+1:]...)
			all = append(all, distinguish(n, others))
		}
		var f family
		for _, p := range ps {
			f.owner = append(f.owner, ownerOf(all, p))
		}
		f.speaks, f.named = about(all, cs)
		out = append(out, f)
	}
	return out
}

// fits reports whether clause k may speak of what point i is about.
func (f family) fits(i, k int) bool {
	own := f.owner[i]
	return own < 0 || f.speaks[k] < 0 || f.speaks[k] == own || f.named[k][own]
}

func ownerOf(all []subject, p point) int {
	for _, s := range []string{nameOf(p), p.label, p.text} {
		if own := topic(all, fold(s), false); own >= 0 {
			return own
		}
	}
	return -1
}

// nameOf is what a point is said of: the words before its colon, or its label.
func nameOf(p point) string {
	if p.code {
		return ""
	}
	if names(p.text) {
		return p.text[:strings.IndexAny(p.text, "：:")]
	}
	if width(p.label) <= maxLabel {
		return p.label
	}
	return ""
}

// distinct drops names that stand twice, or that hold another as a whole.
func distinct(names []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, n := range names {
		n = strings.TrimSpace(n)
		if n != "" && !seen[n] && len(out) < 16 {
			seen[n] = true
			out = append(out, n)
		}
	}
	return slices.DeleteFunc(slices.Clone(out), func(n string) bool {
		return slices.ContainsFunc(out, func(o string) bool { return o != n && holdsWords(n, o) })
	})
}

func holdsWords(s, part string) bool {
	i := strings.Index(s, part)
	if i < 0 {
		return false
	}
	end := i + len(part)
	return (i == 0 || !wordByte(s[i-1]) || !wordByte(part[0])) && (end == len(s) || !wordByte(s[end]) || !wordByte(part[len(part)-1]))
}

// distinguish finds what names a subject and none of the others.
func distinguish(name string, others []string) subject {
	var s subject
	used := map[string]bool{}
	for _, o := range others {
		for _, l := range lexemes(o) {
			used[l.key] = true
		}
	}
	rest := strings.Join(others, "\n")
	words := lexemes(name)
	for i, l := range words {
		if !l.han() {
			if !used[l.key] && len(l.key) > 1 {
				s.words = append(s.words, l.key)
			}
			continue
		}
		if s.pair != "" || i+1 == len(words) || words[i+1].from != l.to || !words[i+1].han() {
			continue
		}
		if p := name[l.from:words[i+1].to]; !strings.Contains(rest, p) {
			s.pair = p
			if i == 0 && !used[l.key] {
				s.short = l.key + "的"
			}
		}
	}
	return s
}

// early is how many characters may stand before the subject that a clause speaks of.
const early = 6

// topic is the subject that a folded text names first, or -1; within the first few
// characters when soon is set.
func topic(all []subject, text string, soon bool) int {
	best, at := -1, len(text)+1
	words := lexemes(text)
	for i, s := range all {
		if k := s.at(text, words); k >= 0 && k < at {
			best, at = i, k
		}
	}
	if best >= 0 && soon && utf8.RuneCountInString(text[:at]) > early {
		return -1
	}
	return best
}

// about tells for each clause of an answer which subject it speaks of, or -1, and which
// it names at all. A clause that names none goes on with the one before it, until the
// sentence ends.
func about(all []subject, cs []clause) (speaks []int, named [][]bool) {
	current := -1
	for _, c := range cs {
		if t := topic(all, c.folded, true); t >= 0 {
			current = t
		}
		speaks = append(speaks, current)
		in := make([]bool, len(all))
		words := lexemes(c.folded)
		for i, s := range all {
			in[i] = s.at(c.folded, words) >= 0
		}
		named = append(named, in)
		if strings.ContainsAny(c.raw, "。\n") {
			current = -1
		}
	}
	return speaks, named
}

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
			if left[0] < utf8.RuneSelf && right[0] < utf8.RuneSelf {
				out = append(out, left, right)
				continue
			}
			if l, r := sameShape(left, right); l != "" {
				out = append(out, l, r)
			}
		}
	}
	return out
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
		return s[l[end].from:l[end].to]
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
