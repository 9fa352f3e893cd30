package card

import (
	"cmp"
	"slices"

	"studybot/knowledge"
)

const (
	reworded  = 0.35 // share of common pairs of a question and its slight rewording
	unchanged = 0.5  // share of common pairs of an answer that was edited a little
	rival     = 40   // cards of a file that one is held against
)

// Identify returns the cards of new with the IDs of old ones that they continue: a card
// whose ID is new takes the ID of a card that has gone, if both are in the same file,
// or hold the same answer, and the question was reworded only a little. It changes
// neither argument.
func Identify(old, new []knowledge.Card) []knowledge.Card {
	out := slices.Clone(new)
	had := map[knowledge.ID]bool{}
	for _, c := range old {
		had[c.ID] = true
	}
	has := map[knowledge.ID]bool{}
	for _, c := range out {
		has[c.ID] = true
	}
	gone := map[uint64][]int{} // by marks
	prints := make([]*print, len(old))
	var room []byte
	for i, c := range old {
		if has[c.ID] {
			continue
		}
		prints[i] = printOf(c, &room)
		for _, m := range prints[i].marks {
			if len(gone[m]) < rival {
				gone[m] = append(gone[m], i)
			}
		}
	}
	type match struct {
		score    float64
		old, new int
	}
	var matches []match
	for j, c := range out {
		if had[c.ID] || len(gone) == 0 {
			continue
		}
		p := printOf(c, &room)
		tried := map[int]bool{}
		for _, m := range p.marks {
			for _, i := range gone[m] {
				if tried[i] {
					continue
				}
				tried[i] = true
				if s := continues(old[i], c, prints[i], p); s > 0 {
					matches = append(matches, match{s, i, j})
				}
			}
		}
	}
	slices.SortFunc(matches, func(a, b match) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.old, b.old), cmp.Compare(a.new, b.new))
	})
	given := map[knowledge.ID]bool{}
	done := map[int]bool{}
	for _, m := range matches {
		if id := old[m.old].ID; !given[id] && !done[m.new] {
			given[id], done[m.new] = true, true
			out[m.new].ID = id
		}
	}
	return out
}

// continues says how likely card b is card a with other words, 0 for not.
func continues(a, b knowledge.Card, pa, pb *print) float64 {
	if a.Kind == knowledge.Choice != (b.Kind == knowledge.Choice) {
		return 0
	}
	q, ans := common(pa.q, pb.q), common(pa.a(), pb.a())
	if pa.key == pb.key {
		q = 1
	}
	sameFile := a.File == b.File
	samePath := slices.Equal(a.Path, b.Path)
	switch {
	case pa.terms != pb.terms && ans < 0.8:
		return 0
	case sameFile && q >= reworded && (ans >= unchanged || samePath && q >= 0.6):
	case sameFile && samePath && ans >= 0.8 && q >= 0.15:
	case ans >= 0.8 && q >= reworded:
	default:
		return 0
	}
	score := q + ans
	if sameFile {
		score += 0.2
	}
	return score
}
