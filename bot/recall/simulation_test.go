package recall

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/open-spaced-repetition/go-fsrs/v3"

	"studybot/knowledge"
)

var (
	simCards  = 150
	simDays   = 180
	simTopics = 12
	g0, g1 = .25, .5
	a0, a1 = .3,.65
	prior = false
)

type student struct {
	model    fsrs.FSRS
	attends  float64
	grasps   float64 // chance that the first answer is Good
	memories map[knowledge.ID]fsrs.Card
}

func newStudent(r *rand.Rand) *student {
	m := model()
	jitter := func(sd float64) float64 { return math.Exp(sd * r.NormFloat64()) }
	gain := jitter(0.4)
	for i := range 4 {
		m.W[i] *= gain
	}
	m.W[8] += 0.25 * r.NormFloat64()
	m.W[11] *= jitter(0.25)
	return &student{model: m, attends: a0 + a1*r.Float64(), grasps: g0 + g1*r.Float64(), memories: map[knowledge.ID]fsrs.Card{}}
}

func (s *student) recall(id knowledge.ID, at time.Time) float64 {
	return s.model.GetRetrievability(s.memories[id], at)
}

// answer
func (s *student) answer(r *rand.Rand, id knowledge.ID, at time.Time) float64 {
	c, ok := s.memories[id]
	chance := s.grasps
	if ok {
		chance = s.recall(id, at)
	}
	rt := fsrs.Again
	switch u := r.Float64(); {
	case u < 0.75*chance:
		rt = fsrs.Good
	case u < chance:
		rt = fsrs.Hard
	}
	f := s.model
	s.memories[id] = f.Next(c, at, rt).Card
	score := map[fsrs.Rating]float64{fsrs.Again: 0.2, fsrs.Hard: 0.6, fsrs.Good: 0.9}[rt]
	return min(max(score+0.15*r.NormFloat64(), 0), 1)
}

type policy func(cards []knowledge.Card, ch Channel, r *rand.Rand) Choice

func simulate(seed uint64, p policy) (over, end, seen, asked, answered float64) {
	r := rand.New(rand.NewPCG(seed, 1))
	students := make([]*student, 4+int(seed)%8)
	for i := range students {
		students[i] = newStudent(r)
	}
	var cards []knowledge.Card
	for i := range simCards {
		cards = append(cards, knowledge.Card{ID: knowledge.ID(fmt.Sprintf("c%d-%d", seed, i)), Question: fmt.Sprint("question ", i),
			Path: []string{fmt.Sprint(r.IntN(simTopics))}, Score: r.Float64()})
	}
	ch := Channel{Uses: map[knowledge.ID]Use{}}
	var known []map[knowledge.ID]Memory
	days := make([][]int, len(students))
	for range students {
		known = append(known, map[knowledge.ID]Memory{})
	}
	start := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	ar := rand.New(rand.NewPCG(seed, 2))
	pr := rand.New(rand.NewPCG(seed, 3))
	attend := rand.New(rand.NewPCG(seed, 4))
	for day := range simDays {
		ch.Now = start.AddDate(0, 0, day)
		ch.Day = ch.Now.Format(time.DateOnly)
		ch.Members = nil
		for i := range students {
			w := 0
			for _, d := range days[i] {
				if d >= day-14 {
					w++
				}
			}
			if w > 0 {
				ch.Members = append(ch.Members, Member{Weight: w, Memories: known[i]})
			}
		}
		c := p(cards, ch, pr)
		for i, s := range students {
			if attend.Float64() < s.attends {
				score := s.answer(ar, c.Card.ID, ch.Now)
				known[i][c.Card.ID] = known[i][c.Card.ID].Review(score, ch.Now)
				days[i] = append(days[i], day)
			}
		}
		ch.Uses[c.Card.ID] = Use{Last: ch.Day, Times: ch.Uses[c.Card.ID].Times + 1}
		ch.Recent = append([]Asked{{c.Card.ID, Topic(c.Card), c.Review}}, ch.Recent[:min(len(ch.Recent), 20)]...)
		end = 0
		for _, s := range students {
			for _, c := range cards {
				end += s.recall(c.ID, ch.Now.Add(24*time.Hour))
			}
		}
		end /= float64(len(students) * simCards)
		over += end / float64(simDays)
	}
	n:=0.
	for i, s := range students {
		for id := range ch.Uses {
			asked += s.recall(id, ch.Now.Add(24*time.Hour))
			if known[i][id].Reviews>0 { n++; answered += s.recall(id, ch.Now.Add(24*time.Hour)) }
		}
	}
	answered /= n
	asked /= float64(len(students)*len(ch.Uses))
	return over, end, float64(len(ch.Uses)) / float64(simCards), asked, answered
}

func TestSim(t *testing.T) {
	rr := func(cards []knowledge.Card, ch Channel, _ *rand.Rand) Choice {
		return Choice{Card: cards[totalUses(ch)%len(cards)]}
	}
	random := func(cards []knowledge.Card, ch Channel, r *rand.Rand) Choice {
		return Choice{Card: cards[r.IntN(len(cards))]}
	}
	ours := func(cards []knowledge.Card, ch Channel, _ *rand.Rand) Choice {
		c, ok := Choose(cards, ch)
		if !ok {
			panic("x")
		}
		return c
	}
	run := func(name string, p policy) {
		var v [5]float64
		for seed := range uint64(20) {
			a, b, c, d, e := simulate(seed, p)
			for i, x := range []float64{a,b,c,d,e} { v[i] += x/20 }
		}
		t.Logf("%-10s all: over %.3f end %.3f seen %.2f asked %.3f answered %.3f", name, v[0], v[1], v[2], v[3], v[4])
	}
	for _, a := range [][2]float64{{.1,.3},{.3,.65}} {
		a0,a1 = a[0],a[1]
		t.Log(a)
		run("rr", rr)
		run("random", random)
		for _, o := range []int{0,2,3} {
		for u := range 3 {
			unknownMode, orderMode = u, o
			run(fmt.Sprint("ours unknown order ", u, o), ours)
		}
		}
		unknownMode, orderMode = 0, 0
		for _, m := range []int{5,7,9} {
			newMin = m
			run(fmt.Sprint("ours new ", m), ours)
		}
		newMin = 3
		for _, n := range []int{50, 57, 75, 100} {
			run(fmt.Sprint("rr of ", n), func(cards []knowledge.Card, ch Channel, _ *rand.Rand) Choice {
				return Choice{Card: cards[totalUses(ch)%n]}
			})
		}
	}
}

func totalUses(ch Channel) int {
	n := 0
	for _, u := range ch.Uses {
		n += u.Times
	}
	return n
}
