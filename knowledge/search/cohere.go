package search

// What a pair of Han characters counts in the gist of a question when it is the end of one
// word and the beginning of the next, and how much more seldom than those of a pair beside
// it its characters stand together then.
const (
	straddleFactor = 0.2
	seldom         = 1.0 / 3
)

// straddles reports whether unit i is a pair of Han characters that is no word, as 础软 in
// 基础软件: both pairs beside it hold together far better, or the only one.
func (q *question) straddles(i int) bool {
	own, ok := q.cohesion(i)
	if !ok {
		return false
	}
	beside := 0
	for _, k := range [...]int{i - 1, i + 1} {
		if k < 0 || k >= len(q.units) || !q.overlap(min(i, k)) {
			continue
		}
		if c, ok := q.cohesion(k); !ok || own > seldom*c {
			return false
		}
		beside++
	}
	return beside > 0
}

// overlap reports whether unit i and the next are pairs that share a character.
func (q *question) overlap(i int) bool {
	a, b := &q.units[i], &q.units[i+1]
	return !a.latin && !b.latin && b.from < a.to
}

// cohesion says how well a pair of Han characters holds together: in how many of the
// passages that may have both, 0 to 1. It is false for any other unit, and for a pair of
// which the notes lack a character.
func (q *question) cohesion(i int) (float64, bool) {
	u := &q.units[i]
	if u.latin || len(u.ways) < 2 {
		return 0, false
	}
	most := q.facts.total()
	for t := u.ways[1].need; t != 0; t &= t - 1 {
		most = min(most, q.terms[trailing(t)].df)
	}
	if most == 0 {
		return 0, false
	}
	return float64(q.terms[trailing(u.ways[0].need)].df) / float64(most), true
}
