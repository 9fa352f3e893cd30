package recall

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"studybot/knowledge"
)

// today is a Thursday three days after monday.
const today = "2026-03-05"

// The memories of a member who answered on monday: three days later recall is above 0.8 of the
// first, and below of the second.
var (
	sound  = remember(answer{1, 0}).Review(1, monday.AddDate(0, 0, 2))
	fading = remember(answer{0, 0})
)

func card(id, topic string, score float64) knowledge.Card {
	return knowledge.Card{ID: knowledge.ID(id), Question: "question " + id, Path: []string{topic}, Score: score}
}

func flagged(c knowledge.Card, f knowledge.Flag) knowledge.Card {
	c.Flags = []knowledge.Flag{f}
	return c
}

func member(weight int, memories map[knowledge.ID]Memory) Member {
	return Member{Weight: weight, Memories: memories}
}

func on(day string) Use { return Use{Last: day, Times: 1} }

// past is a history from a word: r for a review, n for a new question; the latest first.
func past(word string) []Asked {
	var out []Asked
	for _, c := range word {
		out = append(out, Asked{Topic: "elsewhere", Review: c == 'r'})
	}
	return out
}

type uses = map[knowledge.ID]Use

type memories = map[knowledge.ID]Memory

// The cards that the tests choose from, and a member who forgets one of them.
var (
	best   = card("best", "Redis", .9)
	good   = card("good", "Redis", .7)
	other  = card("other", "nginx", .4)
	old    = card("old", "Linux", .5)
	older  = card("older", "Linux", .5)
	forgot = []Member{member(1, memories{"old": fading})}
)

// A choosing is a test of Choose on the day today.
type choosing struct {
	name  string
	cards []knowledge.Card
	ch    Channel
	want  knowledge.ID // "" for none
	why   string       // a part of Why
}

func testChoices(t *testing.T, tests []choosing) {
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.ch.Day, tt.ch.Now = today, monday.AddDate(0, 0, 3)
			got, ok := Choose(tt.cards, tt.ch)
			if ok != (tt.want != "") || got.Card.ID != tt.want || !strings.Contains(got.Why, tt.why) {
				t.Errorf("chose %q because %q; want %q because %q", got.Card.ID, got.Why, tt.want, tt.why)
			}
			if was := tt.ch.Uses[got.Card.ID].Times > 0; got.Review != was {
				t.Errorf("review: %v, asked before: %v", got.Review, was)
			}
		})
	}
}

func TestNewCards(t *testing.T) {
	testChoices(t, []choosing{
		{"nothing to ask", nil, Channel{}, "", ""},
		{"a flagged card is never asked", []knowledge.Card{flagged(best, knowledge.NeedsReview)}, Channel{}, "", ""},
		{"the best new card first", []knowledge.Card{other, best, good}, Channel{}, "best", "new: quality 0.9"},
		{"a new card of another topic than the last question's", []knowledge.Card{best, other},
			Channel{Recent: []Asked{{Topic: "Redis"}}}, "other", "new"},
		{"the same topic where there is no other", []knowledge.Card{best, good},
			Channel{Recent: []Asked{{Topic: "Redis"}}}, "best", "new"},
	})
}

func TestReviews(t *testing.T) {
	testChoices(t, []choosing{
		{"a review that is due before a new card", []knowledge.Card{best, old},
			Channel{Uses: uses{"old": on("2026-03-02")}, Members: forgot}, "old", "review: 100% of those who answered are below 0.8, mean recall 0.60; last asked 2026-03-02"},
		{"no review within three days", []knowledge.Card{best, old},
			Channel{Uses: uses{"old": on("2026-03-03")}, Members: forgot}, "best", "new"},
		{"no review of what is remembered", []knowledge.Card{best, old},
			Channel{Uses: uses{"old": on("2026-03-02")}, Members: []Member{member(1, memories{"old": sound})}}, "best", "new"},
		{"a review when half of them forget", []knowledge.Card{best, old},
			Channel{Uses: uses{"old": on("2026-03-02")}, Members: []Member{member(2, memories{"old": sound}), member(2, memories{"old": fading})}}, "old", "50%"},
		{"none when those who forget seldom answer", []knowledge.Card{best, old},
			Channel{Uses: uses{"old": on("2026-03-02")}, Members: []Member{member(3, memories{"old": sound}), member(2, memories{"old": fading})}}, "best", "new"},
		{"whoever did not answer in 14 days does not count", []knowledge.Card{best, old},
			Channel{Uses: uses{"old": on("2026-03-02")}, Members: []Member{member(1, memories{"old": sound}), member(0, memories{"old": fading}), member(-9, memories{"old": fading})}}, "best", "new"},
		{"whoever never answered the card is not known to forget it", []knowledge.Card{best, old},
			Channel{Uses: uses{"old": on("2026-03-02")}, Members: []Member{member(1, memories{"old": sound}), member(9, nil)}}, "best", "new"},
		{"nor to remember it", []knowledge.Card{best, old},
			Channel{Uses: uses{"old": on("2026-03-02")}, Members: []Member{member(1, memories{"old": fading}), member(9, nil)}}, "old", "100%"},
		{"a card that nobody answered is no review that is due", []knowledge.Card{best, old},
			Channel{Uses: uses{"old": on("2026-03-02")}, Members: []Member{member(1, nil)}}, "best", "new"},
		{"of reviews what is remembered least", []knowledge.Card{older, old},
			Channel{Uses: uses{"old": on("2026-03-02"), "older": on("2026-03-01")}, Members: []Member{
				member(1, memories{"old": fading, "older": sound}), member(2, memories{"old": fading, "older": fading})}}, "old", "100%"},
		{"a new card of another topic before a review of the last one", []knowledge.Card{best, old},
			Channel{Uses: uses{"old": on("2026-03-02")}, Members: forgot, Recent: []Asked{{Topic: "Linux"}}}, "best", "new"},
	})
}

func TestNewCardsBetweenReviews(t *testing.T) {
	testChoices(t, []choosing{
		{"a third review in a row", []knowledge.Card{best, old},
			Channel{Uses: uses{"old": on("2026-03-02")}, Members: forgot, Recent: past("rrn")}, "old", "review"},
		{"no fourth review in a row", []knowledge.Card{best, old},
			Channel{Uses: uses{"old": on("2026-03-02")}, Members: forgot, Recent: past("rrr")}, "best", "new: quality 0.9, after 3 reviews in a row"},
		{"a fourth where nothing new is left", []knowledge.Card{old},
			Channel{Uses: uses{"old": on("2026-03-02")}, Members: forgot, Recent: past("rrrr")}, "old", "review"},
		{"no eighth review in ten questions", []knowledge.Card{best, old},
			Channel{Uses: uses{"old": on("2026-03-02")}, Members: forgot, Recent: past("rrnrrrnrr")}, "best", "after 7 reviews in 9 questions"},
		{"a seventh is one", []knowledge.Card{best, old},
			Channel{Uses: uses{"old": on("2026-03-02")}, Members: forgot, Recent: past("rrnrrrnrnr")}, "old", "review"},
		{"then it is a new one even of the last topic", []knowledge.Card{best, old},
			Channel{Uses: uses{"old": on("2026-03-02")}, Members: forgot, Recent: []Asked{{Topic: "Redis", Review: true}, {Review: true}, {Review: true}}}, "best", "new"},
	})
}

func TestNothingNewNothingDue(t *testing.T) {
	testChoices(t, []choosing{
		{"all asked and remembered: the one asked longest ago", []knowledge.Card{old, good},
			Channel{Uses: uses{"old": on("2026-03-02"), "good": on("2026-03-01")}}, "good", "last asked 2026-03-01"},
		{"of another topic", []knowledge.Card{old, good},
			Channel{Uses: uses{"old": on("2026-03-02"), "good": on("2026-03-01")}, Recent: []Asked{{Topic: "Redis"}}}, "old", "last asked 2026-03-02"},
		{"one that rested three days before one of another topic that did not", []knowledge.Card{old, good},
			Channel{Uses: uses{"old": on("2026-03-03"), "good": on("2026-03-01")}, Recent: []Asked{{Topic: "Redis"}}}, "good", "last asked 2026-03-01"},
		{"all asked within three days: the first of them", []knowledge.Card{old, good},
			Channel{Uses: uses{"old": on("2026-03-04"), "good": on("2026-03-05")}}, "old", "last asked 2026-03-04"},
	})
}

func TestChooseWithoutADay(t *testing.T) {
	cards := []knowledge.Card{card("old", "Linux", .5), card("new", "Linux", .5)}
	ch := Channel{Now: monday.AddDate(0, 0, 3), Uses: uses{"old": on("2026-03-02")}, Members: []Member{member(1, memories{"old": fading})}}
	if c, ok := Choose(cards, ch); !ok || c.Card.ID != "old" {
		t.Errorf("chose %q, want the review due on the day of Now", c.Card.ID)
	}
}

func TestNearDuplicates(t *testing.T) {
	at := func(file string, start, end int) []knowledge.Source {
		return []knowledge.Source{{File: file, Lines: []knowledge.Span{{Start: start, End: end}}}}
	}
	asks := func(question string) knowledge.Card {
		return knowledge.Card{ID: knowledge.ID(question), Question: question, Score: .9}
	}
	stands := func(file string, start, end int, also ...knowledge.Source) knowledge.Card {
		c := asks(strings.Repeat(file, start))
		c.File, c.Lines, c.Also = file, at(file, start, end)[0].Lines, also
		return c
	}
	choice := func(id string, option string) knowledge.Card {
		return knowledge.Card{ID: knowledge.ID(id), Question: "以下正确的是？", Kind: knowledge.Choice, Score: .9, Options: []knowledge.Option{{Text: option, Right: true}}}
	}
	tests := []struct {
		name       string
		asked, new knowledge.Card
		same       bool // never asked as new
		buried     bool // not within a week, while another card is left
	}{
		{"another question", asks("什么是进程"), asks("如何挂载磁盘"), false, false},
		{"the same in another case, width and spacing", asks("What is TCP?"), asks("what is ＴＣＰ？"), true, true},
		{"the same in Traditional characters", asks("什么是缓存。"), asks("什麼是緩存"), true, true},
		{"other marks in the middle ask for something else", asks("Shell 中 $? 的含义"), asks("Shell 中 $! 的含义"), false, true},
		{"other marks at the end too", asks("说明 $?"), asks("说明 $!"), false, true},
		{"most words in common", asks("什么是僵尸进程，如何处理僵尸进程"), asks("什么是僵尸进程，怎样处理僵尸进程"), false, true},
		{"another Latin word", asks("如何用 iptables 限制每个来源的连接数量"), asks("如何用 nftables 限制每个来源的连接数量"), false, false},
		{"another number", asks("什么是 HTTP 状态码 502"), asks("什么是 HTTP 状态码 504"), false, false},
		{"C and C++", asks("C 的优点有哪些"), asks("C++ 的优点有哪些"), false, false},
		{"choices with other options", choice("1", "TCP 是可靠的"), choice("2", "UDP 是可靠的"), false, true},
		{"choices with the same options", choice("1", "TCP 是可靠的"), choice("2", "TCP 是可靠的"), true, true},
		{"answers in the same lines", stands("a", 1, 9), stands("a", 9, 12), false, true},
		{"answers in other lines", stands("a", 1, 9), stands("a", 10, 12), false, false},
		{"answers in the same lines of other files", stands("a", 1, 9), stands("b", 1, 9), false, false},
		{"an answer in another place of the first", stands("a", 1, 9, at("b", 1, 3)...), stands("b", 2, 5), false, true},
		{"an answer that has the first as another place", stands("b", 2, 5), stands("a", 1, 9, at("b", 1, 3)...), false, true},
		{"questions without words", asks("？"), asks("?！"), false, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			worse := card("worse", "", .1)
			choose := func(day string, cards ...knowledge.Card) knowledge.ID {
				c, _ := Choose(cards, Channel{Day: day, Uses: uses{tt.asked.ID: on("2026-03-04")}})
				return c.Card.ID
			}
			if got := choose("2026-03-05", tt.asked, tt.new, worse); (got == worse.ID) != tt.buried {
				t.Errorf("on the next day: %q, buried: %v", got, tt.buried)
			}
			if got := choose("2026-03-11", tt.asked, tt.new, worse); (got == worse.ID) != tt.same {
				t.Errorf("after a week: %q, the same: %v", got, tt.same)
			}
			if got := choose("2026-03-05", tt.asked, tt.new); (got == tt.asked.ID) != tt.same {
				t.Errorf("where nothing else is left: %q, the same: %v", got, tt.same)
			}
		})
	}
}

func TestOneOfTheSameStandsForAll(t *testing.T) {
	first, second := card("first", "a", .5), card("second", "b", .9)
	first.Question, second.Question = "什么是缓存", "什么是缓存？"
	tests := []struct {
		name  string
		cards []knowledge.Card
		uses  uses
		want  Choice // Card apart
		id    knowledge.ID
	}{
		{"the best of new ones", []knowledge.Card{first, second}, nil, Choice{Why: "new: quality 0.9"}, "second"},
		{"the one that was asked", []knowledge.Card{first, second}, uses{"first": on("2026-03-01")},
			Choice{Review: true, Last: "2026-03-01", Why: "nothing new and no review due: last asked 2026-03-01"}, "first"},
		{"another one where that is flagged, but not as new", []knowledge.Card{flagged(first, knowledge.NoAnswer), second}, uses{"first": on("2026-03-01")},
			Choice{Review: true, Last: "2026-03-01", Why: "nothing new and no review due: last asked 2026-03-01"}, "second"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, _ := Choose(tt.cards, Channel{Day: today, Uses: tt.uses})
			if got.Card.ID != tt.id {
				t.Errorf("chose %s, want %s", got.Card.ID, tt.id)
			}
			got.Card = knowledge.Card{}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("choice (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTopic(t *testing.T) {
	tests := []struct {
		name string
		card knowledge.Card
		want string
	}{
		{"the outermost heading", knowledge.Card{File: "a.md", Path: []string{"Redis", "Cluster"}}, "Redis"},
		{"the file where there is none", knowledge.Card{File: "a.md"}, "a.md"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Topic(tt.card); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
