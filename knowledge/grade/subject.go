package grade

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A subject is one of the things that a reference tells apart, such as two protocols or
// the options of a command: what is said of one is no answer about another.
type subject struct {
	name  string
	words []string // stems of the Latin words that name it and no other
	pair  string   // two characters that do, or ""
	short string   // its first character and 的, or ""
	bare  string   // a short number that does, at the beginning of a clause or behind after
	after string   // the word before it in the name, or ""
	least int      // so many letters of the beginning of one of words are the name of no other
}

// at finds where a folded text names the subject, or -1.
func (s subject) at(text string, words []lexeme) int {
	for _, l := range words {
		if s.called(l.key) || s.bare != "" && (l.key == s.bare && s.numbered(text, l.from) || s.after != "" && l.key == s.after+s.bare) || s.pair != "" && s.begins(text, l.from) {
			return l.from
		}
	}
	return -1
}

// numbered reports whether a number at i may name the subject: it begins a clause, or stands
// behind the word that it does in the name.
func (s subject) numbered(text string, i int) bool {
	before := strings.TrimRight(text[:i], " =-:")
	if s.after != "" && strings.HasSuffix(before, s.after) {
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(before)
	return len(before) == len(strings.TrimRight(text[:i], " ")) && (before == "" || !letterOrDigit(r))
}

// longName is the length from which the beginning of a name stands for it.
const longName = 5

// called reports whether a word names the subject: it is one of its own, or has it as a
// part, as tcp_tw_reuse has reuse.
func (s subject) called(word string) bool {
	if !strings.Contains(word, "_") {
		return slices.Contains(s.words, word) || len(word) >= s.least && slices.ContainsFunc(s.words, func(w string) bool { return strings.HasPrefix(w, word) })
	}
	for part := range strings.SplitSeq(word, "_") {
		if slices.Contains(s.words, part) {
			return true
		}
	}
	return slices.Contains(s.words, word)
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
	all    []subject
	owner  []int // by point, -1 for none
	speaks []int // by clause, -1 for none
	named  [][]bool
	leads  []bool // by clause: it begins with the one it speaks of, and puts no other beside it
	roles  bool   // the subjects act: what one is said to do and another does is no answer
}

// families finds what the question, and what the labels of the points, tell apart.
func families(question string, ps []point, cs []clause) []family {
	var labels []string
	for _, p := range ps {
		if l := fold(nameOf(p)); acts(l) || !hasHan(l) {
			labels = append(labels, l)
		}
	}
	const roleNames, exactNames = 2, 3
	var out []family
	for kind, names := range [][]string{contrasted(fold(question)), labels, actors(ps), siblings(ps)} {
		names = distinct(names)
		if len(names) < 2 {
			continue
		}
		var all []subject
		for i, n := range names {
			others := append(append([]string{}, names[:i]...), names[i+1:]...)
			all = append(all, distinguish(n, others))
		}
		f := family{all: all}
		for _, p := range ps {
			own := ownerOf(all, p)
			if n := len(f.owner); own < 0 && p.goes && n > 0 && !ofAll(p) {
				own = f.owner[n-1]
			}
			f.owner = append(f.owner, own)
		}
		f.speaks, f.named = about(all, cs, kind == exactNames)
		for k, c := range cs {
			own := f.speaks[k]
			begins := own >= 0 && kind != roleNames && len(c.words) > 0 && all[own].at(c.folded, c.words) == c.words[0].from
			f.leads = append(f.leads, begins && longestIn(trimMarks(c.folded), besides) == 0)
		}
		f.roles = kind == roleNames
		out = append(out, f)
	}
	return out
}

// fits reports whether clause k may speak of what point i is about.
func (f family) fits(i, k int) bool {
	own := f.owner[i]
	return own < 0 || f.speaks[k] < 0 || f.speaks[k] == own || f.named[k][own] && !f.leads[k]
}

// besides put one subject beside another.
var besides = []string{"和", "与", "跟", "、", "及", "/", "→", ">", "，", ",", "；", ";", "。", "\n", "比", "同", "而", "或", " and ", " or ", " than ", " but ", " as ", " while ", " whereas "}

// longestIn is the length of the longest of the words that stands in a text, 0 for none.
func longestIn(s string, words []string) (n int) {
	for _, w := range words {
		if len(w) > n && strings.Contains(s, w) {
			n = len(w)
		}
	}
	return n
}

// ownerOf is the subject that a point is about, or -1 where it tells of none or of several.
func ownerOf(all []subject, p point) int {
	for _, s := range []string{nameOf(p), p.label} {
		if own := topic(all, fold(s), false); own >= 0 {
			return own
		}
	}
	if text := fold(p.text); !compares(all, text) {
		return topic(all, text, false)
	}
	return -1
}

// together begin a sentence that speaks of all that was told apart.
var together = []string{"两者", "二者", "三者", "它们", "他们", "都", "共同", "总之", "总的", "此外", "另外", "注意", "一般", "通常", "both", "they", "all ", "in general", "note"}

func ofAll(p point) bool { return longestPrefix(fold(p.text), together) > 0 }

// compares reports whether clauses of a folded text begin with different subjects.
func compares(all []subject, text string) bool {
	first := -1
	if i := colons.index(text); names(text) {
		text = text[i+1:]
	}
	for _, c := range clauses(text) {
		t := topic(all, c, true)
		if first >= 0 && t >= 0 && t != first {
			return true
		}
		first = max(first, t)
	}
	return false
}

// spoken is the set of subjects that clause k may speak of, the first at bit 1: those it
// names, where these are several.
func (f family) spoken(k int) uint32 {
	set, n := uint32(0), 0
	for i, in := range f.named[k] {
		if in {
			set |= 2 << i
			n++
		}
	}
	switch {
	case n > 1:
		return set
	case f.speaks[k] >= 0:
		return 2 << f.speaks[k]
	}
	return 0
}

// attach takes from the clauses the words of target i that it says of another subject than
// they do, where the target tells of several.
func (r *reading) attach(f family, i int) {
	t := &r.targets[i]
	if f.owner[i] >= 0 || t.code || !compares(f.all, t.folded) {
		return
	}
	t.colon = 0 // what it compares is told with either subject
	t.weigh()
	of := map[string]uint32{} // by unit, the subjects it is said of; bit 0 is none
	words := lexemes(t.folded)
	current, listing := uint32(1), false // the subjects spoken of; they are being listed
	for _, u := range units(t.folded) {
		for ; len(words) > 0 && words[0].from <= u.from; words = words[1:] {
			one := uint32(0)
			for k, s := range f.all {
				if s.at(t.folded, words[:1]) >= 0 {
					one |= 2 << k
				}
			}
			switch {
			case one == 0:
				listing = listing && (stringing[words[0].key] || stopWords[words[0].key])
			case listing:
				current |= one
			default:
				current, listing = one, true
			}
		}
		of[u.key] |= current
	}
	for k := range r.clauses {
		said := f.spoken(k)
		if said == 0 {
			continue
		}
		c := &r.clauses[k]
		c.hits[i] = slices.DeleteFunc(c.hits[i], func(h hit) bool {
			return of[t.units[h.unit].key]&(1|said) == 0
		})
	}
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
	s := subject{name: name, least: longName}
	used := map[string]bool{}
	own := lexemes(name)
	for _, o := range others {
		for _, l := range lexemes(o) {
			for _, w := range own {
				s.least = max(s.least, 1+alike(w.key, l.key))
			}
			used[l.key] = true
			for part := range strings.SplitSeq(l.key, "_") {
				used[part] = true
			}
		}
	}
	rest := strings.Join(others, "\n")
	for i, l := range own {
		if !l.han() {
			switch {
			case used[l.key]:
			case len(l.key) <= 2 && isDigit(l.key[0]):
				if s.bare = l.key; i > 0 {
					s.after = name[own[i-1].from:own[i-1].to]
				}
				continue
			case len(l.key) > 1:
				s.words = append(s.words, l.key)
			}
			for part := range strings.SplitSeq(l.key, "_") {
				if !used[part] && len(part) > 1 && part != l.key {
					s.words = append(s.words, part)
				}
			}
			continue
		}
		if s.pair != "" || i+1 == len(own) || own[i+1].from != l.to || !own[i+1].han() {
			continue
		}
		if p := name[l.from:own[i+1].to]; !strings.Contains(rest, p) {
			s.pair = p
			if i == 0 && !used[l.key] {
				s.short = l.key + "的"
			}
		}
	}
	return s
}

// alike is the length of the beginning that two words share.
func alike(a, b string) (n int) {
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// early is how many Chinese characters or Latin words may stand before the subject that a clause speaks of.
const early = 6

// topic is the subject that a folded text names first, or -1; within the first few
// characters when soon is set.
func topic(all []subject, text string, soon bool) int { return topicOf(all, text, lexemes(text), soon) }

// topicOf is topic of a text whose words are read.
func topicOf(all []subject, text string, words []lexeme, soon bool) int {
	best, at := -1, len(text)+1
	for i, s := range all {
		if k := s.at(text, words); k >= 0 && k < at {
			best, at = i, k
		}
	}
	if best >= 0 && soon && before(text, words, at) > early {
		return -1
	}
	return best
}

// before counts the words of a text before a place, all characters where it has Chinese.
func before(text string, words []lexeme, at int) int {
	if hasHan(text) {
		return utf8.RuneCountInString(text[:at])
	}
	n := 0
	for n < len(words) && words[n].from < at {
		n++
	}
	return n
}

// goesOn begin a clause that says more of what the one before it speaks of.
var goesOn = []string{"它", "会", "让", "使", "这", "从而", "以便", "it ", "this ", "which ", "so "}

// about tells for each clause of an answer which subject it speaks of, or -1, and which
// it names at all. A clause that names none goes on with the one before it, until the
// sentence ends. Exact names, such as identifiers, may stand anywhere in a clause, and only
// one that goes on with the clause before it says more of them.
func about(all []subject, cs []clause, exact bool) (speaks []int, named [][]bool) {
	current := -1
	for _, c := range cs {
		if t := topicOf(all, c.folded, c.words, !exact); t >= 0 || exact && longestPrefix(c.folded, goesOn) == 0 {
			current = t
		}
		speaks = append(speaks, current)
		in := make([]bool, len(all))
		for i, s := range all {
			in[i] = s.at(c.folded, c.words) >= 0
		}
		named = append(named, in)
		if strings.ContainsAny(c.raw, "。\n") {
			current = -1
		}
	}
	return speaks, named
}
