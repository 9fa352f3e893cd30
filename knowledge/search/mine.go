package search

import (
	"iter"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"studybot/knowledge"
	"studybot/knowledge/text"
)

// Notes explain terms by one another: 容器网络接口（CNI）, NAT（网络地址转换）. The pairs are
// as good as a glossary, and are the team's own words.
var (
	hanThenLatin = regexp.MustCompile(`(\p{Han}{2,12})\s?[（(]\s?([A-Za-z][A-Za-z0-9 +./-]{1,48})\s?[)）]$`)
	latinThenHan = regexp.MustCompile(`([A-Za-z][A-Za-z0-9+./-]{1,24}(?: [A-Za-z][A-Za-z0-9-]{0,24}){0,3})\s?[（(]\s?(\p{Han}{2,12})\s?[)）]$`)
)

// mostPairs is how many pairs are kept of one file.
const mostPairs = 200

// minePairs returns the terms that passages explain by one another, Chinese first, each
// pair once, in order.
func minePairs(ps []knowledge.Passage) [][2]string {
	found := map[[2]string]bool{}
	for _, p := range ps {
		for around := range brackets(p.Text) {
			if m := hanThenLatin.FindStringSubmatch(around); m != nil {
				if han := lastTerm(m[1]); han != "" && isTerm(m[2]) {
					found[[2]string{han, strings.TrimSpace(m[2])}] = true
				}
			} else if m := latinThenHan.FindStringSubmatch(around); m != nil {
				if utf8.RuneCountInString(m[2]) >= 3 && isTerm(m[1]) {
					found[[2]string{m[2], m[1]}] = true
				}
			}
		}
	}
	out := slices.SortedFunc(maps.Keys(found), func(a, b [2]string) int {
		return slices.Compare(a[:], b[:])
	})
	return out[:min(len(out), mostPairs)]
}

// brackets yields the short stretches of a text that end in a bracket with something in
// it, and what stands before.
func brackets(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for at := 0; ; {
			i := strings.IndexAny(text[at:], "(（")
			if i < 0 {
				return
			}
			open := at + i
			_, n := utf8.DecodeRuneInString(text[open:])
			at = open + n
			end := strings.IndexAny(text[at:min(at+60, len(text))], ")）\n")
			if end < 3 || text[at+end] == '\n' {
				continue
			}
			_, m := utf8.DecodeRuneInString(text[at+end:])
			from := max(open-60, 0)
			for from < open && !utf8.RuneStart(text[from]) {
				from++
			}
			if !yield(text[from : at+end+m]) {
				return
			}
		}
	}
}

// lastTerm returns what stands in front of a bracket after the last word that cannot be
// in a term, "" when that leaves less than
// three characters, which are too few to be sure of, or too many for a term.
func lastTerm(han string) string {
	if i := strings.LastIndexAny(han, "的了是为和与及或由在即叫把被将用向从到对有个种这那等则会能其于"); i >= 0 {
		_, n := utf8.DecodeRuneInString(han[i:])
		han = han[i+n:]
	}
	if n := utf8.RuneCountInString(han); n < 3 || n > 8 {
		return ""
	}
	return han
}

// isTerm reports whether what stands in brackets looks like a term and not like a remark
// or an example: an acronym, or words of which the first has a capital, but no product.
func isTerm(s string) bool {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > 5 || !isUpper(words[0][0]) {
		return false
	}
	acronym := strings.ToUpper(s) == s
	return len(words) > 1 || acronym && len(s) <= 6 || !acronym && len(s) >= 8 && !spelling().names[strings.ToLower(s)]
}

// agreed returns the pairs that notes do not contradict: a remark that stands after
// several terms (推荐, 第三方) explains none of them.
func agreed(pairs [][2]string) text.Glossary {
	with := map[string]map[string]bool{}
	for _, p := range pairs {
		for i, s := range p {
			if with[s] == nil {
				with[s] = map[string]bool{}
			}
			with[s][strings.ToLower(p[1-i])] = true
		}
	}
	var out text.Glossary
	for _, p := range pairs {
		if len(with[p[0]]) == 1 && len(with[p[1]]) == 1 {
			out = append(out, p[:])
		}
	}
	return out
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
