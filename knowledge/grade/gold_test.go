package grade

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"testing"
)

// A scored answer of the gold sample: score is an instructor's, 0 to 5.
type scored struct {
	Question, Reference, Answer, Style string
	Score                              float64
}

func gold(t *testing.T) []scored {
	b, err := os.ReadFile("../../../shared/gold/graded.jsonl")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip("no gold sample here")
	}
	var out []scored
	for d := json.NewDecoder(bytes.NewReader(b)); d.More(); {
		var s scored
		if err := d.Decode(&s); err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
	}
	return out
}

// Pearson's r, the area under the curve of passing (3 of 5 or more), and means by style.
func TestAgreesWithAnInstructor(t *testing.T) {
	answers := gold(t)
	n := float64(len(answers))
	got, style := make([]float64, len(answers)), map[string][]float64{}
	var mx, my float64
	for i, a := range answers {
		got[i] = Answer(a.Question, a.Reference, a.Answer).Score
		style[a.Style] = append(style[a.Style], got[i])
		mx, my = mx+got[i]/n, my+a.Score/n
	}
	var c, vx, vy, wins, pairs float64
	for i, a := range answers {
		x, y := got[i]-mx, a.Score-my
		c, vx, vy = c+x*y, vx+x*x, vy+y*y
		for j, b := range answers {
			if a.Score < 3 || b.Score >= 3 {
				continue
			}
			pairs++
			switch {
			case got[i] > got[j]:
				wins++
			case got[i] == got[j]:
				wins += .5
			}
		}
	}
	mean := func(s string) float64 {
		sum := 0.0
		for _, x := range style[s] {
			sum += x / float64(len(style[s]))
		}
		return sum
	}
	r, auc := c/math.Sqrt(vx*vy), wins/pairs
	t.Logf("r %.3f AUC %.3f wrong %.2f stuffing %.2f full %.2f", r, auc, mean("wrong"), mean("stuffing"), mean("full"))
	if r < .65 || auc < .86 {
		t.Errorf("r %.3f and AUC %.3f, want .65 and .86 at least", r, auc)
	}
	if mean("wrong") > .30 || mean("stuffing") > .25 || mean("full") < .80 {
		t.Errorf("means: wrong %.2f, stuffing %.2f, full %.2f; want .30 and .25 at most, .80 at least", mean("wrong"), mean("stuffing"), mean("full"))
	}
	for _, x := range style["stuffing"] {
		if x >= .40 {
			t.Errorf("a bag of terms scores %.2f, want below .40", x)
		}
	}
}
