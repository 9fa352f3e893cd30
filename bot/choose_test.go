package bot

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"studybot/knowledge"
	"studybot/store"
)

func TestChooseCard(t *testing.T) {
	a := knowledge.Card{ID: "a", Path: []string{"Redis"}, Score: 0.9}
	b := knowledge.Card{ID: "b", Path: []string{"Redis"}, Score: 0.5}
	c := knowledge.Card{ID: "c", Path: []string{"nginx"}, Score: 0.4}
	doubtful := knowledge.Card{ID: "d", Score: 1, Flags: []knowledge.Flag{knowledge.NeedsReview}}
	tests := []struct {
		name  string
		cards []knowledge.Card
		uses  map[knowledge.ID]store.Use
		last  string
		want  knowledge.ID // "" for none
	}{
		{"nothing to ask", nil, nil, "", ""},
		{"doubtful cards are not asked", []knowledge.Card{doubtful}, nil, "", ""},
		{"the best first", []knowledge.Card{b, a, c}, nil, "", "a"},
		{"another topic than the last one", []knowledge.Card{b, a, c}, nil, "Redis", "c"},
		{"a new card before an old one", []knowledge.Card{a, b}, map[knowledge.ID]store.Use{"a": {Last: "2026-03-02", Times: 1}}, "", "b"},
		{"a new card of the same topic before an old one of another", []knowledge.Card{b, c}, map[knowledge.ID]store.Use{"c": {Last: "2026-03-02", Times: 1}}, "Redis", "b"},
		{"when all were asked, the one asked longest ago", []knowledge.Card{a, b}, map[knowledge.ID]store.Use{
			"a": {Last: "2026-03-03", Times: 1}, "b": {Last: "2026-03-02", Times: 5}}, "", "b"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := chooseCard(tt.cards, tt.uses, tt.last)
			if ok != (tt.want != "") || got.ID != tt.want {
				t.Errorf("chose %q, want %q", got.ID, tt.want)
			}
		})
	}
}

// However many cards there are, each is asked once before any is asked again, and no topic comes
// twice running while another is left. The order of the cards makes no difference.
func TestChooseWithoutRepeating(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(1, 30).Draw(rt, "cards")
		var cards []knowledge.Card
		for i := range n {
			cards = append(cards, knowledge.Card{
				ID:    knowledge.ID(fmt.Sprint(i)),
				Path:  []string{rapid.SampledFrom([]string{"x", "y", "z"}).Draw(rt, "topic")},
				Score: rapid.Float64Range(0, 1).Draw(rt, "score"),
			})
		}
		shuffled := rapid.Permutation(cards).Draw(rt, "order")
		uses := map[knowledge.ID]store.Use{}
		last := ""
		for day := range 2 * n {
			card, ok := chooseCard(cards, uses, last)
			other, _ := chooseCard(shuffled, uses, last)
			if !ok || other.ID != card.ID {
				rt.Fatalf("day %d: chose %q, in another order %q", day, card.ID, other.ID)
			}
			if topic(card) == last && day < n {
				for _, c := range cards {
					if uses[c.ID].Times == 0 && topic(c) != last {
						rt.Fatalf("day %d: topic %s again, while %s is left", day, last, c.ID)
					}
				}
			}
			uses[card.ID] = store.Use{Last: store.Day(fmt.Sprintf("%05d", day)), Times: uses[card.ID].Times + 1}
			if want := day/n + 1; uses[card.ID].Times > want {
				rt.Fatalf("day %d: card %s for the %d. time", day, card.ID, uses[card.ID].Times)
			}
			last = topic(card)
		}
	})
}
