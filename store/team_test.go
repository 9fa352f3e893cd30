package store

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Each word is a day: the members who answered, "-" for none, "x" for a question withdrawn, "." for no question.
func TestTeamStreak(t *testing.T) {
	tests := []struct {
		name, days string
		open       bool // the last question still is
		want       TeamStreak
	}{
		{"nothing was asked", "", false, TeamStreak{}},
		{"one member is no team", "a a a", false, TeamStreak{}},
		{"two of two", "ab ab", false, TeamStreak{2, 2, true}},
		{"half of the active is enough", "abcd ab", false, TeamStreak{2, 2, true}},
		{"less is not", "abcd a", false, TeamStreak{0, 1, false}},
		{"who did not answer in 14 days is not active", "abcdef " + strings.Repeat(". ", 13) + "ab", false, TeamStreak{2, 2, true}},
		{"who did on the 13th day before is", "abcdef " + strings.Repeat(". ", 12) + "ab", false, TeamStreak{0, 1, false}},
		{"days without a question do not break it", "ab . . ab", false, TeamStreak{2, 2, true}},
		{"nor does a question withdrawn", "ab x ab", false, TeamStreak{2, 2, true}},
		{"a day missed does", "ab ab - ab", false, TeamStreak{1, 2, true}},
		{"an open question leaves it as it was", "ab ab -", true, TeamStreak{2, 2, false}},
		{"until half of the active answered", "ab ab a", true, TeamStreak{3, 3, true}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := open(t)
			days := strings.Fields(tt.days)
			var last Day
			for n, members := range days {
				if members == "." {
					continue
				}
				q := ask(t, s, n)
				last = q.Day
				for _, m := range strings.Trim(members, "-x") {
					reply(t, s, q, string(m), 1)
				}
				switch {
				case members == "x":
					if err := s.Void(q.ID, "boss", "why not", q.At); err != nil {
						t.Fatal(err)
					}
				case !tt.open || n < len(days)-1:
					reveal(t, s, q)
				}
			}
			for _, upTo := range []Day{"", last} {
				got, err := s.TeamStreak(study, upTo)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(tt.want, got); diff != "" {
					t.Errorf("streak up to %q (-want +got):\n%s", upTo, diff)
				}
			}
		})
	}
}
