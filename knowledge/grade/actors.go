package grade

import (
	"math/bits"
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
		if name := actor(fold(p.text), text); name != "" && !p.code && acts(name) {
			out = append(out, name)
		}
	}
	return out
}

// continues are the words that only join a point to the one before it.
var continues = []string{"再", "先", "并", "就", "然后", "随后", "接着", "接下来", "首先", "其次", "最后", "之后", "此时", "这时", "同时", "因此", "所以", "另外", "此外", " ", "，", ","}

// actor is the longest run of two characters or more that a point begins with and that
// stands in the text twice.
func actor(point, text string) string {
	for n := longestPrefix(point, continues); n > 0; n = longestPrefix(point, continues) {
		point = point[n:]
	}
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

// pointing begin words for what was named before.
var pointing = []string{"这", "那", "其", "该", "某"}

// acts reports whether a name may be of somebody or something: some of it neither joins nor
// relates words, and it neither denies nor points back.
func acts(name string) bool {
	return longestPrefix(name, denies) == 0 && longestPrefix(name, pointing) == 0 && strings.ContainsFunc(name, func(r rune) bool {
		return !joinsWords(r) && (r >= 0x10000 || relating[r>>6]&(1<<(r&63)) == 0)
	})
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

// How much more of a clause is another's: where the subjects act, of the point that has
// most of it, and everywhere of the words that the points of one subject alone have, by so
// many at least.
const (
	clearly   = 1.1
	foreignTo = 2.5
	several   = 4.0
)

// castAnew finds the clauses that say of one subject what the reference says of another.
func (r *reading) castAnew(f family, x index) {
	names := map[string]bool{}
	for _, s := range f.all {
		for _, u := range units(s.name) {
			names[u.key] = true
		}
	}
	of := r.exclusive(f, x, names)
	own, cross := make([]float64, len(f.all)), make([]float64, len(f.all))
	for k := range r.clauses {
		s := f.alone(k)
		if s < 0 {
			continue
		}
		if f.roles {
			r.clauses[k].miscast = r.clauses[k].miscast || r.othersPoint(f, k, names)
			continue
		}
		mine, others := r.claims(k, s, of)
		own[s] += mine
		cross[s] += others
		r.clauses[k].miscast = r.clauses[k].miscast || others >= several && others > foreignTo*mine
	}
	for k := range r.clauses {
		if s := f.alone(k); s >= 0 && cross[s] >= several && cross[s] > foreignTo*own[s] {
			r.clauses[k].miscast = true
		}
	}
}

// alone is the subject that a clause speaks of, or -1 where it names several or none.
func (f family) alone(clause int) int {
	if bits.OnesCount32(f.spoken(clause)) != 1 {
		return -1
	}
	return f.speaks[clause]
}

// exclusive tells of each unit of each target which subject it is told of alone, -1 for none.
func (r *reading) exclusive(f family, x index, names map[string]bool) [][]int8 {
	of := make([][]int8, len(r.targets))
	for i, t := range r.targets {
		of[i] = make([]int8, len(t.units))
	}
	for key, places := range x.keys {
		owner := f.owner[places[0].target]
		for _, p := range places {
			if f.owner[p.target] != owner {
				owner = -1
			}
		}
		if names[key] {
			owner = -1
		}
		for _, p := range places {
			of[p.target][p.unit] = int8(owner)
		}
	}
	return of
}

// claims weighs what a clause that speaks of a subject has of its own words and of those of
// others.
func (r *reading) claims(clause, subject int, of [][]int8) (mine, others float64) {
	for i, hits := range r.clauses[clause].hits {
		seen := r.unseen(len(of[i]))
		for _, h := range hits {
			s := int(of[i][h.unit])
			if s < 0 || seen[h.unit] {
				continue
			}
			seen[h.unit] = true
			if w := r.targets[i].units[h.unit].weight; s == subject {
				mine += w
			} else {
				others += w
			}
		}
	}
	return mine, others
}

// unseen returns n times false, until it is called again.
func (r *reading) unseen(n int) []bool {
	r.seen = append(r.seen, make([]bool, max(0, n-len(r.seen)))...)
	clear(r.seen)
	return r.seen[:n]
}

// othersPoint reports whether, without the subjects' names, a point of another subject has
// most of the words of a clause.
func (r *reading) othersPoint(f family, clause int, names map[string]bool) bool {
	fitting, other := 0.0, 0.0
	for i := range r.targets {
		got := 0.0
		seen := r.unseen(len(r.targets[i].units))
		for _, h := range r.clauses[clause].hits[i] {
			if u := r.targets[i].units[h.unit]; !names[u.key] && !seen[h.unit] {
				seen[h.unit] = true
				got += u.weight
			}
		}
		if f.fits(i, clause) {
			fitting = max(fitting, got)
		} else {
			other = max(other, got)
		}
	}
	return other > clearly*fitting
}
