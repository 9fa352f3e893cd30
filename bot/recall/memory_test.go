package recall

import (
	"encoding/json"
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

var monday = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func days(n float64) time.Time { return monday.Add(time.Duration(n * 24 * float64(time.Hour))) }

// An answer is a score, some days after monday.
type answer struct{ score, day float64 }

func remember(answers ...answer) Memory {
	var m Memory
	for _, a := range answers {
		m = m.Review(a.score, days(a.day))
	}
	return m
}

func TestMemory(t *testing.T) {
	tests := []struct {
		name    string
		answers []answer
		want    Memory // Last apart; within .001
	}{
		// The first answer sets the stability to FSRS's default weights.
		{"never answered", nil, Memory{}},
		{"known at .75", []answer{{.75, 0}}, Memory{Stability: 3.173, Difficulty: 5.282, Reviews: 1}},
		{"known at 1", []answer{{1, 0}}, Memory{Stability: 3.173, Difficulty: 5.282, Reviews: 1}},
		{"partly below .75", []answer{{.74, 0}}, Memory{Stability: 1.184, Difficulty: 6.488, Reviews: 1}},
		{"partly at .40", []answer{{.40, 0}}, Memory{Stability: 1.184, Difficulty: 6.488, Reviews: 1}},
		{"little below .40", []answer{{.39, 0}}, Memory{Stability: .403, Difficulty: 7.195, Reviews: 1}},
		{"no number is little", []answer{{math.NaN(), 0}}, Memory{Stability: .403, Difficulty: 7.195, Reviews: 1}},
		{"twice on a day adds nothing", []answer{{1, 0}, {1, .1}}, Memory{Stability: 3.173, Difficulty: 5.273, Reviews: 2}},
		{"an older answer counts as given now", []answer{{1, 0}, {1, -9}}, Memory{Stability: 3.173, Difficulty: 5.273, Reviews: 2}},
		{"in the evening and on the next morning are a day apart", []answer{{1, 0}, {1, .6}}, remember(answer{1, 0}, answer{1, 1})},
		{"forgotten after a month", []answer{{1, 0}, {0, 30}}, Memory{Stability: 2.321, Difficulty: 6.797, Reviews: 2, Lapses: 1}},
	}
	nearly := cmp.Options{
		cmpopts.EquateApprox(0, 0.001),
		cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".Last" }, cmp.Ignore()),
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, remember(tt.answers...), nearly); diff != "" {
				t.Errorf("memory (-want +got):\n%s", diff)
			}
		})
	}
}

func TestRetrievability(t *testing.T) {
	known := remember(answer{1, 0})
	tests := []struct {
		name  string
		m     Memory
		at    time.Time
		want  float64
		known bool
	}{
		{"unknown of a card never answered", Memory{}, days(1), 0, false},
		{"unknown of a memory without stability", Memory{Reviews: 1}, days(1), 0, false},
		{"1 at once", known, days(0), 1, true},
		{"1 before the answer", known, days(-5), 1, true},
		{"0.9 after the stability", known, days(known.Stability), 0.9, true},
		{"still something after a hundred years", known, days(36500), 0.02, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, known := tt.m.Retrievability(tt.at)
			if math.Abs(r-tt.want) > 0.001 || known != tt.known {
				t.Errorf("got %.4f %v, want %.3f %v", r, known, tt.want, tt.known)
			}
		})
	}
}

// What is stored is read again by every later version.
func TestMemoryIsStoredAs(t *testing.T) {
	const stored = `{"stability":3.173,"difficulty":5.2,"last":"2026-03-02T09:00:00Z","reviews":4,"lapses":1}`
	want := Memory{Stability: 3.173, Difficulty: 5.2, Last: monday, Reviews: 4, Lapses: 1}
	var got Memory
	if err := json.Unmarshal([]byte(stored), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("read (-want +got):\n%s", diff)
	}
	written, err := json.Marshal(want)
	if err != nil || string(written) != stored {
		t.Errorf("written %s %v, want %s", written, err, stored)
	}
}

// Whatever is answered and when: the memory can be stored, recall is a probability that falls,
// and a better answer never leaves less.
func TestMemoryHolds(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var m Memory
		for range rapid.IntRange(1, 60).Draw(rt, "answers") {
			at := days(rapid.OneOf(rapid.Float64Range(-10, 400), rapid.Just(-1e5), rapid.Just(1e5)).Draw(rt, "day"))
			known, little := m.Review(1, at), m.Review(0, at)
			if known.Stability < little.Stability {
				rt.Fatalf("known leaves %v, little %v", known, little)
			}
			before := m
			m = m.Review(rapid.Float64().Draw(rt, "score"), at)
			if m.Reviews != before.Reviews+1 || m.Last.Before(before.Last) {
				rt.Fatalf("%+v after %+v", m, before)
			}
		}
		stored, err := json.Marshal(m)
		if err != nil {
			rt.Fatal(err)
		}
		var again Memory
		if err := json.Unmarshal(stored, &again); err != nil || again != m {
			rt.Fatalf("stored %+v, read %+v: %v", m, again, err)
		}
		last := 1.0
		for _, later := range []float64{0, 1, 30, 1000, 1e5} {
			r, known := m.Retrievability(m.Last.Add(time.Duration(later * 24 * float64(time.Hour))))
			if !known || !(r > 0 && r <= last) {
				rt.Fatalf("recall of %+v after %g days: %v %v, before %v", m, later, r, known, last)
			}
			last = r
		}
	})
}
