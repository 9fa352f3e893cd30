package eval

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"studybot/knowledge"
)

func hit(file string, start, end int) knowledge.Passage {
	return knowledge.Passage{File: file, Lines: knowledge.Span{Start: start, End: end}}
}

func TestMeasure(t *testing.T) {
	const gold = `{"q":"first","style":"a","file":"x.md","gold":[[10,20]]}
{"q":"second","style":"a","file":"x.md","gold":[[10,20]],"also":[["y.md",1,4]]}

{"q":"nowhere","style":"b","file":"x.md","gold":[[10,20]]}
{"q":"none","style":"unanswerable"}
{"q":"none either","style":"unanswerable"}
`
	qs, err := Read(strings.NewReader(gold))
	if err != nil {
		t.Fatal(err)
	}
	as := []Answer{
		{Answered: true, Hits: []knowledge.Passage{hit("x.md", 12, 14)}},
		{Answered: true, Hits: []knowledge.Passage{hit("x.md", 19, 60), hit("y.md", 1, 2), hit("x.md", 10, 15)}},
		{Hits: []knowledge.Passage{hit("z.md", 10, 20)}},
		{},
		{Answered: true},
	}
	second := (1/math.Log2(3) + 1/math.Log2(4)) / (1 + 1/math.Log2(3))
	want := []Score{
		{Style: "a", Answerable: 2, MRR: 0.75, NDCG: (1 + second) / 2, First: 0.5, Three: 1},
		{Style: "b", Answerable: 1, Refused: 1},
		{Style: "unanswerable", Nothing: 2, Declined: 0.5},
		{Answerable: 3, MRR: 0.5, NDCG: (1 + second) / 3, First: 1. / 3, Three: 2. / 3, Refused: 1. / 3, Nothing: 2, Declined: 0.5},
	}
	if diff := cmp.Diff(want, Measure(qs, as), cmpopts.EquateApprox(0, 1e-9)); diff != "" {
		t.Errorf("scores (-want +got):\n%s", diff)
	}
}

func TestReadNamesTheLine(t *testing.T) {
	tests := []struct{ gold, want string }{
		{"{}", `line 1: "q" is missing`},
		{"\n{\"q\":\"x\"}", `line 2: "file" and "gold" are missing`},
		{`{"q":"x","file":"a","gold":[[1]]}`, "line 1"},
		{`{"q":"x","file":"a","gold":[[1,2]],"also":[["b"]]}`, "line 1"},
		{`nonsense`, "line 1: not a golden question"},
	}
	for _, tt := range tests {
		_, err := Read(strings.NewReader(tt.gold))
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.gold, err, tt.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(`{"q":"x","file":"a","gold":[[1,2]],"also":[["b",1,2]]}`)
	f.Fuzz(func(t *testing.T, s string) {
		qs, err := Read(strings.NewReader(s))
		if err != nil {
			return
		}
		for _, score := range Measure(qs, make([]Answer, len(qs))) {
			if score.MRR != 0 {
				t.Errorf("no hits, and MRR %v", score.MRR)
			}
		}
	})
}
