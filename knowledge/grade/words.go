package grade

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// What units weigh. A Latin word says more than a character, a pair of characters less.
const (
	hanWeight    = 1.0
	pairWeight   = 0.8
	latinWeight  = 2.0
	partWeight   = 0.7
	optionWeight = 1.0
)

// A unit is what texts are compared by: a Han character, a pair of them, a Latin word, a
// part of one, an option of a command, or a number.
type unit struct {
	key      string
	weight   float64
	from, to int // its place in the folded text
	kind     kind
	part     bool // it says again what another unit says
}

type kind int

const (
	hanKind kind = iota
	latinKind
	numberKind
)

// glue are characters that join words and say little by themselves.
const glue = "的了是在和与或及等也都就而着过地得之其这那个会可以有被把将所为对并且从到由于则时呢吗啊嘛呗吧么我你他它们很"

var glueRunes = runesOf(glue)

func runesOf(s string) *[0x10000 / 64]uint64 {
	var set [0x10000 / 64]uint64
	for _, r := range s {
		set[r>>6] |= 1 << (r & 63)
	}
	return &set
}

func joinsWords(r rune) bool { return r < 0x10000 && glueRunes[r>>6]&(1<<(r&63)) != 0 }

// units reads a folded text. Characters and words that only join others are left out.
func units(s string) []unit { return appendUnits(make([]unit, 0, len(s)/2+1), s) }

func appendUnits(out []unit, s string) []unit {
	prev, glued := -1, false // where the Han character before this one begins, and whether it joins words
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case isHan(r):
			joins := joinsWords(r)
			if !joins {
				out = append(out, unit{key: s[i : i+size], weight: hanWeight, from: i, to: i + size})
			}
			if n := numeral(r, s[i+size:]); n != "" {
				out = append(out, unit{key: n, weight: partWeight, from: i, to: i + size, kind: numberKind, part: true})
			}
			if prev >= 0 && !(joins && glued) {
				out = append(out, unit{key: s[prev : i+size], weight: pairWeight, from: prev, to: i + size, part: true})
			}
			prev, glued = i, joins
		case wordRune(r) || r == '-' && beginsOption(s, i):
			end := wordEnd(s, i)
			out = appendLatin(out, s, i, end)
			prev, size = -1, end-i
		case r != ' ':
			prev = -1
		}
		i += size
	}
	return out
}

// numeral reads a Chinese numeral of one character that counts something, by what stands
// behind it.
func numeral(r rune, rest string) string {
	n := 0
	switch r {
	case '一':
		n = 1
	case '两', '二':
		n = 2
	case '三', '四', '五', '六', '七', '八', '九', '十':
		n = 3 + strings.Index("三四五六七八九十", string(r))/len("三")
	default:
		return ""
	}
	next, _ := utf8.DecodeRuneInString(rest)
	switch {
	case n == 1 && strings.ContainsRune("台秒天票份块张", next):
		return "1"
	case n > 1 && strings.ContainsRune("个次台秒分天层种条位倍步票份类块张", next):
		return strconv.Itoa(n)
	}
	return ""
}

// numerals are the English ones that count more than one thing.
var numerals = map[string]string{"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10"}

// beginsOption reports whether the dash at i begins an option such as -c.
func beginsOption(s string, i int) bool {
	if i > 0 && s[i-1] != ' ' && s[i-1] < utf8.RuneSelf {
		return false
	}
	return i+1 < len(s) && s[i+1] >= 'a' && s[i+1] <= 'z'
}

var joinsParts = chars("-./:@+&#")

// wordEnd finds the end of the Latin word at i: letters and digits, and what joins them.
func wordEnd(s string, i int) int {
	i++
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !wordRune(r) {
			if next, _ := utf8.DecodeRuneInString(s[i+size:]); !joinsParts.has(r) || !wordRune(next) {
				break
			}
		}
		i += size
	}
	return i
}

const options = "-a-b-c-d-e-f-g-h-i-j-k-l-m-n-o-p-q-r-s-t-u-v-w-x-y-z"

// maxParts bounds the parts of a compound word that are read.
const maxParts = 6

func appendLatin(out []unit, s string, from, to int) []unit {
	w := strings.TrimLeft(s[from:to], "-_")
	if w == "" {
		return out
	}
	add := func(key string, weight float64, k kind, part bool) {
		out = append(out, unit{key: key, weight: weight, from: from, to: to, kind: k, part: part})
	}
	if s[from] == '-' && len(w) <= 5 {
		for _, r := range w {
			if r >= 'a' && r <= 'z' {
				add(options[2*(r-'a'):][:2], optionWeight, latinKind, false)
			}
		}
		return out
	}
	if n, rest, ok := quantity(w); ok {
		add(n, latinWeight, numberKind, false)
		if rest != "" {
			add(rest, partWeight, latinKind, true)
		}
		return out
	}
	if !compound(w) {
		return appendWord(out, w, from, to)
	}
	first, parts := "", 0
	for p := range strings.FieldsFuncSeq(w, notInParts) {
		if parts++; parts == 1 {
			first = p
		}
	}
	if parts == 1 {
		if !stopWords[first] {
			add(stem(first), latinWeight, latinKind, false)
		}
		return out
	}
	add(w, latinWeight/2, latinKind, false)
	address := strings.Count(w, ".") >= 3
	parts = 0
	for p := range strings.FieldsFuncSeq(w, notInParts) {
		if parts++; parts > maxParts {
			break
		}
		switch {
		case stopWords[p]:
		case strings.Trim(p, "0123456789") != "":
			add(stem(p), partWeight, latinKind, true)
		case address:
			add(p, partWeight, hanKind, true)
		default:
			add(p, partWeight, numberKind, true)
		}
	}
	return out
}

// appendWord appends a word of letters and digits, and what it counts.
func appendWord(out []unit, w string, from, to int) []unit {
	if !stopWords[w] {
		out = append(out, unit{key: stem(w), weight: latinWeight, from: from, to: to, kind: latinKind})
	}
	if n := numerals[w]; n != "" {
		out = append(out, unit{key: n, weight: partWeight, from: from, to: to, kind: numberKind, part: true})
	}
	return out
}

func notInParts(r rune) bool { return !letterOrDigit(r) }

// compound reports whether a word has more than letters and digits.
func compound(w string) bool {
	for _, r := range w {
		if !letterOrDigit(r) {
			return true
		}
	}
	return false
}

// quantity splits a number from its unit: 30s, 5w, 1.5.
func quantity(w string) (n, unit string, ok bool) {
	end := 0
	for end < len(w) && (isDigit(w[end]) || w[end] == '.') {
		end++
	}
	if end == 0 || len(w)-end > 3 || strings.Count(w[:end], ".") > 1 {
		return "", "", false
	}
	n, unit = strings.TrimRight(w[:end], "."), w[end:]
	switch unit {
	case "w":
		return n + "0000", "", true
	case "k":
		return n + "000", "", true
	}
	return n, unit, true
}

// stem cuts the common endings of an English word.
func stem(w string) string {
	if len(w) < 4 {
		return w
	}
	for i := range len(w) {
		if w[i] < 'a' || w[i] > 'z' {
			return w
		}
	}
	for _, e := range endings[w[len(w)-1]-'a'] {
		base, ok := strings.CutSuffix(w, e[0])
		if !ok || len(base) < 3 || e[0] == "s" && strings.HasSuffix(base, "s") {
			continue
		}
		if w = base; e[1] != "" {
			w += e[1]
		}
		if n := len(w); n > 3 && w[n-1] == w[n-2] && strings.IndexByte("bdgmnprt", w[n-1]) >= 0 {
			w = w[:n-1]
		}
		break
	}
	return strings.TrimSuffix(w, "e")
}

// endings are cut by the last letter of a word: an ending, and what stands for it.
var endings = [26][][2]string{
	'd' - 'a': {{"ied", "y"}, {"ed", ""}},
	'g' - 'a': {{"ing", ""}},
	's' - 'a': {{"ies", "y"}, {"sses", "ss"}, {"es", ""}, {"s", ""}},
}

var stopWords = setOf(`a an the of to in on at by for and or is are be it its this that these those with as from
into then than so if when which what how does do did can will would should may has have had was were not no you your
we they their there here just also only very each any all some such i he she but about`)

func setOf(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// wordSet is what a text is made of: Han characters, and Latin words and numbers whole.
func wordSet(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range words(nil, fold(s)) {
		set[w] = true
	}
	return set
}

// words appends the units of a folded text that are no parts of others.
func words(out []string, s string) []string {
	for i, size := 0, 0; i < len(s); i += size {
		out, size = wordsAt(out, s, i)
	}
	return out
}

// wordsAt appends the units that begin at i, and returns how many bytes they are: a Chinese
// character, a Latin word, or a mark, which is no unit.
func wordsAt(out []string, s string, i int) (_ []string, size int) {
	r, size := utf8.DecodeRuneInString(s[i:])
	switch {
	case isHan(r):
		if !joinsWords(r) {
			out = append(out, s[i:i+size])
		}
	case wordRune(r) || r == '-' && beginsOption(s, i):
		end := wordEnd(s, i)
		var room [2 * maxParts]unit
		for _, u := range appendLatin(room[:0], s, i, end) {
			if !u.part {
				out = append(out, u.key)
			}
		}
		size = end - i
	}
	return out, size
}

// unitSet is wordSet with pairs and parts.
func unitSet(s string) map[string]bool {
	set := map[string]bool{}
	for _, u := range units(fold(s)) {
		set[u.key] = true
	}
	return set
}

// A lexeme is a Han character or a stemmed Latin word, with its place.
type lexeme struct {
	key      string
	from, to int
}

func lexemes(s string) []lexeme {
	if s == "" {
		return nil
	}
	out := make([]lexeme, 0, len(s)/3+1)
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case isHan(r):
			out = append(out, lexeme{s[i : i+size], i, i + size})
		case wordRune(r):
			end := i + size
			for end < len(s) {
				r, n := utf8.DecodeRuneInString(s[end:])
				if !wordRune(r) {
					break
				}
				end += n
			}
			out = append(out, lexeme{stem(s[i:end]), i, end})
			size = end - i
		}
		i += size
	}
	return out
}

func (l lexeme) han() bool { return l.key[0] >= utf8.RuneSelf }
