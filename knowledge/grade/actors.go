package grade

import (
	"strings"
	"unicode/utf8"
)

// Names that begin points are compared by so many characters at most.
const longActor = 5

// actors finds who or what the points speak of first, where a reference has several points
// to speak of it: 客户端发送, 客户端回复. What begins only one point and stands nowhere else
// is no name.
func actors(ps []point) []string {
	var all strings.Builder
	for _, p := range ps {
		all.WriteString(fold(p.text))
		all.WriteByte('\n')
	}
	text := all.String()
	var out []string
	for _, p := range ps {
		if name := actor(fold(p.text), text); name != "" && !p.code {
			out = append(out, name)
		}
	}
	return out
}

// actor is the longest run of two characters or more that a point begins with and that
// stands in the text twice.
func actor(point, text string) string {
	name := ""
	end, n := 0, 0
	for i, r := range point {
		if !isHan(r) || n == longActor {
			break
		}
		end = i + utf8.RuneLen(r)
		if n++; n < 2 {
			continue
		}
		if strings.Count(text, point[:end]) < 2 {
			break
		}
		name = point[:end]
	}
	return name
}

// siblings finds identifiers of different points that share a part and differ in another:
// tcp_tw_reuse, tcp_tw_recycle. Shared by more than two, a part is a common prefix.
func siblings(ps []point) []string {
	in := map[string][]string{}
	var keys []string
	for _, p := range ps {
		seen := map[string]bool{}
		for _, l := range lexemes(fold(p.text)) {
			if !strings.Contains(l.key, "_") || seen[l.key] {
				continue
			}
			seen[l.key] = true
			for part := range strings.SplitSeq(l.key, "_") {
				if len(part) < 2 {
					continue
				}
				if in[part] == nil {
					keys = append(keys, part)
				}
				in[part] = append(in[part], l.key)
			}
		}
	}
	var out []string
	for _, part := range keys {
		if same := in[part]; len(same) == 2 && same[0] != same[1] {
			out = append(out, same...)
		}
	}
	return out
}

// clearly is how much more of a clause a point has that another is said to do.
const clearly = 1.1

// castAnew finds the clauses that say of one subject what the reference says of another:
// without the subjects' names, a point of another has most of their words.
func (r *reading) castAnew(f family) {
	names := map[string]bool{}
	for _, s := range f.all {
		for _, u := range units(s.name) {
			names[u.key] = true
		}
	}
	for k := range r.clauses {
		if f.speaks[k] < 0 {
			continue
		}
		fitting, other := 0.0, 0.0
		for i := range r.targets {
			got := 0.0
			seen := map[uint16]bool{}
			for _, h := range r.clauses[k].hits[i] {
				if u := r.targets[i].units[h.unit]; !names[u.key] && !seen[h.unit] {
					seen[h.unit] = true
					got += u.weight
				}
			}
			if f.fits(i, k) {
				fitting = max(fitting, got)
			} else {
				other = max(other, got)
			}
		}
		r.clauses[k].miscast = other > clearly*fitting
	}
}
