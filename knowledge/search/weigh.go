package search

import "math"

// nameFloor is how rare a name counts at least: where every second note speaks of docker,
// a question about docker still is about docker.
const nameFloor = 2.0

// commonFactor is what an ordinary English word weighs of what a name does.
const commonFactor = 0.6

// weigh gives the units their weights, and lets the terms of a Latin word be as rare as
// what it is about, in whatever words.
func (q *question) weigh() {
	n := q.facts.total()
	for i := range q.units {
		u := &q.units[i]
		u.weight = u.factor * q.unitWeight(i, n)
		u.gist = u.weight
		if q.straddles(i) {
			u.gist *= straddleFactor
		}
		if !u.latin {
			continue
		}
		for t := u.ways[0].need; t != 0; t &= t - 1 {
			typed := &q.terms[trailing(t)]
			if u.kin > typed.df {
				typed.idf = idf(u.kin, n)
			}
			if spelling().common[typed.text] {
				typed.weight *= commonFactor
			} else if typed.df > 0 {
				typed.idf = max(typed.idf, nameFloor)
			}
		}
	}
}

// unitWeight says how much of the question a unit is: how rare what it needs is. A Latin
// word counts double: it is a name, as a rule. Of what the notes do not hold at all, a
// pair of Han characters is more often two words that met than a rare word, so it counts
// little, and half of its rarer character where the notes hold the two apart; an ordinary
// English word says little about notes in Chinese; a name counts in full.
func (q *question) unitWeight(i, n int) float64 {
	u := &q.units[i]
	common := u.latin && spelling().common[stem(u.typed)]
	rare := 0.0
	for _, w := range u.ways {
		if rare == 0 && q.held(w) {
			rare = q.rarity(w)
		}
	}
	switch {
	case rare > 0 && u.kin == 0 && !u.latin && !q.held(u.ways[0]):
		return rare / 2
	case rare == 0 && u.kin == 0 && (common || !u.latin && len(u.ways) > 1):
		return min(idf(n/20, n)/2, idf(1, n)/4)
	case rare == 0 && u.kin == 0:
		rare = idf(0, n)
	case u.kin > 0 && (rare == 0 || u.latin):
		rare = idf(max(u.kin, q.typedIn(i, i+1)), n)
	}
	switch {
	case common:
		return min(rare, idf(n/20, n))
	case u.latin:
		return 2 * max(rare, nameFloor)
	}
	return rare
}

// aloneChars returns the terms that are Han characters of which the question has no pair.
func (q *question) aloneChars() uint64 {
	var alone uint64
	for _, u := range q.units {
		if !u.latin && len(u.ways) == 1 {
			alone |= u.ways[0].need
		}
	}
	return alone
}

// held reports whether the notes hold every term of a way.
func (q *question) held(w way) bool {
	for t := w.need; t != 0; t &= t - 1 {
		if q.terms[trailing(t)].df == 0 {
			return false
		}
	}
	return w.need != 0
}

// rarity is the idf of the rarest term of a way.
func (q *question) rarity(w way) float64 {
	rare := 0.0
	for t := w.need; t != 0; t &= t - 1 {
		rare = max(rare, q.terms[trailing(t)].idf)
	}
	return rare
}

// idf is the rarity of a term that df of n passages hold, as BM25 has it.
func idf(df, n int) float64 {
	return math.Log(1 + (float64(n-df)+0.5)/(float64(df)+0.5))
}

// coverage returns how much of the question a passage holds that has the terms of mask: 0
// nothing, 1 all, counting every unit by how rare it is.
func (q *question) coverage(mask uint64) float64 {
	return q.share(mask, func(u *unit) float64 { return u.weight })
}

// gist is like coverage, but pairs of Han characters that are no word count little. It
// orders passages better; whether one is an answer is better told by coverage, because a
// passage that has those pairs, too, has whole phrases of the question.
func (q *question) gist(mask uint64) float64 {
	return q.share(mask, func(u *unit) float64 { return u.gist })
}

func (q *question) share(mask uint64, weight func(*unit) float64) float64 {
	sum, all := 0.0, 0.0
	for i := range q.units {
		w := weight(&q.units[i])
		sum += q.degree(i, mask) * w
		all += w
	}
	if all == 0 {
		return 0
	}
	return sum / all
}

// degree returns how much of unit i a passage holds that has the terms of mask.
func (q *question) degree(i int, mask uint64) float64 {
	d := 0.0
	for _, w := range q.units[i].ways {
		if w.need != 0 && mask&w.need == w.need {
			d = max(d, w.degree)
		}
	}
	for _, b := range q.bridges {
		if b.from <= i && i < b.to && mask&b.need == b.need {
			d = max(d, b.degree)
		}
	}
	return d
}
