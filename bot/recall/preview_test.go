package recall

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"studybot/knowledge"
)

func TestPreview(t *testing.T) {
	cards := []knowledge.Card{card("a", "Redis", .9), card("b", "Redis", .8), card("c", "nginx", .2)}
	tests := []struct {
		name  string
		cards []knowledge.Card
		ch    Channel
		days  []string
		want  []knowledge.ID
	}{
		{"no day", cards, Channel{}, nil, nil},
		{"no card", nil, Channel{}, []string{today}, []knowledge.ID{""}},
		{"new cards of changing topics, then the one asked longest ago", cards, Channel{Day: today},
			[]string{"2026-03-05", "2026-03-06", "2026-03-09", "2026-03-10"}, []knowledge.ID{"a", "c", "b", "c"}},
		{"a review on the day that it is due", cards,
			Channel{Day: "2026-03-03", Now: monday.AddDate(0, 0, 1), Uses: uses{"a": on("2026-03-02")}, Members: []Member{member(1, memories{"a": fading})}},
			[]string{"2026-03-03", "2026-03-04", "2026-03-05"}, []knowledge.ID{"b", "c", "a"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []knowledge.ID
			for _, c := range Preview(tt.ch, slots(tt.cards, tt.days...)) {
				got = append(got, c.Card.ID)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("preview (-want +got):\n%s", diff)
			}
		})
	}
}

// A card that two decks hold is not asked by both on a day.
func TestPreviewOfTwoDecks(t *testing.T) {
	all := []knowledge.Card{card("a", "Redis", .9), card("b", "Redis", .8)}
	got := Preview(Channel{Day: today, Now: monday}, []Slot{{today, all}, {today, all[:1]}, {today, all}})
	var ids []knowledge.ID
	for _, c := range got {
		ids = append(ids, c.Card.ID)
	}
	if diff := cmp.Diff([]knowledge.ID{"a", "a", "b"}, ids); diff != "" {
		t.Errorf("preview (-want +got):\n%s", diff)
	}
}

func slots(cards []knowledge.Card, days ...string) (all []Slot) {
	for _, d := range days {
		all = append(all, Slot{d, cards})
	}
	return all
}

func TestPreviewLeavesTheChannelAlone(t *testing.T) {
	cards := []knowledge.Card{card("a", "Redis", .9), card("b", "nginx", .8)}
	recent := slices.Grow([]Asked{{Topic: "Redis"}}, 9)
	ch := Channel{Day: today, Uses: uses{"a": on("2026-03-02")}, Recent: recent}
	Preview(ch, slots(cards, today, "2026-03-06"))
	want := Channel{Day: today, Uses: uses{"a": on("2026-03-02")}, Recent: []Asked{{Topic: "Redis"}}}
	if diff := cmp.Diff(want, ch); diff != "" {
		t.Errorf("channel (-before +after):\n%s", diff)
	}
	if diff := cmp.Diff([]Asked{{Topic: "Redis"}, {}}, recent[:2]); diff != "" {
		t.Errorf("behind the recent questions (-before +after):\n%s", diff)
	}
}
