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

// The size of the simulation.
const (
	simCards  = 150
	simTopics = 12
	simDays   = 180
	simEvery  = 10 // days between two looks at what is remembered
	simSeeds  = 12
)

// TestSimulation holds the rule of Choose against two others, on the same members with the same
// attendance: every card in turn, and a card by chance. Run with -v it prints the table.
//
// What it assumes:
//   - One question a day on 180 days; 150 cards of 12 topics, all askable, none new on the way.
//   - A channel of 4 to 11 members. A member answers on 30 to 95 % of the days, at random.
//   - A member's true memory follows FSRS with parameters of the member's own, which the bot does
//     not know: initial stabilities, and how they grow and fall, are spread around the defaults.
//   - Nobody knows a card before it is asked. The first answer is right with a chance of the
//     member's own, 25 to 75 %, later ones with the chance of recall; three of four right ones are Good,
//     the others Hard. A member who does not answer learns nothing, not even from the reveal.
//   - The bot sees a score that is off by a normal error of .15, so some land in another band.
//
// What is asserted is the recall of what was asked: of all members, present that day or not, and
// of the cards which the channel was asked so far; the mean over the channels, at the end and over
// the time.
//
// That is not all that can be measured, and the table shows the rest. The rule asks a third of the
// cards and asks them again, and most of its gain at the end is from that: the same cards in turn
// reach nearly as much. Over all 150 cards, with 0 for one that was never asked, every card in turn is
// ahead, for a first question brings more recall than a second.
func TestSimulation(t *testing.T) {
	var ours, turn, chance, fewer outcome
	for seed := range uint64(simSeeds) {
		o, asked := simulate(seed, byRule)
		ours.add(o)
		o, _ = simulate(seed, inTurn(nil))
		turn.add(o)
		o, _ = simulate(seed, byChance)
		chance.add(o)
		o, _ = simulate(seed, inTurn(asked))
		fewer.add(o)
	}
	t.Logf("mean recall, %d channels      of cards asked    of all cards", simSeeds)
	t.Logf("%-28s  end   over time   end   over time   cards asked", "")
	t.Logf("%-28s %s", "the rule", ours)
	t.Logf("%-28s %s", "every card in turn", turn)
	t.Logf("%-28s %s", "by chance", chance)
	t.Logf("%-28s %s", "the rule's cards in turn", fewer)
	const margin = 0.08
	for name, other := range map[string]outcome{"every card in turn": turn, "by chance": chance} {
		if ours.askedEnd < other.askedEnd+margin {
			t.Errorf("at the end the rule reaches %.3f, %s %.3f: want %.2f more", ours.askedEnd, name, other.askedEnd, margin)
		}
		if ours.askedOver < other.askedOver+margin {
			t.Errorf("over time the rule reaches %.3f, %s %.3f: want %.2f more", ours.askedOver, name, other.askedOver, margin)
		}
	}
}

// An outcome is a mean over channels, each of simSeeds adding its part.
type outcome struct {
	askedEnd, askedOver float64 // recall of the cards asked so far
	allEnd, allOver     float64 // of all cards, 0 for those never asked
	cards               float64 // asked at least once
}

func (o *outcome) add(p outcome) {
	o.askedEnd += p.askedEnd / simSeeds
	o.askedOver += p.askedOver / simSeeds
	o.allEnd += p.allEnd / simSeeds
	o.allOver += p.allOver / simSeeds
	o.cards += p.cards / simSeeds
}

func (o outcome) String() string {
	return fmt.Sprintf("%.3f    %.3f     %.3f    %.3f        %3.0f", o.askedEnd, o.askedOver, o.allEnd, o.allOver, o.cards)
}

// A policy chooses the question of the n-th day, from 0.
type policy func(cards []knowledge.Card, ch Channel, n int, r *rand.Rand) Choice

func byRule(cards []knowledge.Card, ch Channel, _ int, _ *rand.Rand) Choice {
	c, _ := Choose(cards, ch)
	return c
}

// inTurn asks some cards one after the other, and then from the first again; nil is all cards.
func inTurn(some []knowledge.Card) policy {
	return func(cards []knowledge.Card, _ Channel, n int, _ *rand.Rand) Choice {
		if some != nil {
			cards = some
		}
		return Choice{Card: cards[n%len(cards)]}
	}
}

func byChance(cards []knowledge.Card, _ Channel, _ int, r *rand.Rand) Choice {
	return Choice{Card: cards[r.IntN(len(cards))]}
}

// A student is a simulated member: what is true of them, and what the bot thinks.
type student struct {
	model   fsrs.FSRS
	attends float64 // share of the days
	grasps  float64 // chance that the first answer to a card is right
	truth   map[knowledge.ID]fsrs.Card
	thought map[knowledge.ID]Memory
	days    []int // on which the student answered
}

func newStudent(r *rand.Rand) *student {
	spread := func(sd float64) float64 { return math.Exp(sd * r.NormFloat64()) }
	m := model()
	gain := spread(0.4)
	for rating := range 4 {
		m.W[rating] *= gain // initial stability
	}
	m.W[8] += 0.25 * r.NormFloat64() // growth after a right answer
	m.W[11] *= spread(0.25)          // what is left after a wrong one
	return &student{
		model: m, attends: 0.3 + 0.65*r.Float64(), grasps: 0.25 + 0.5*r.Float64(),
		truth: map[knowledge.ID]fsrs.Card{}, thought: map[knowledge.ID]Memory{},
	}
}

// recall is 0 for a card that the student never answered.
func (s *student) recall(id knowledge.ID, at time.Time) float64 {
	return s.model.GetRetrievability(s.truth[id], at)
}

func (s *student) answer(id knowledge.ID, at time.Time, day int, r *rand.Rand) {
	chance := s.grasps
	if c, ok := s.truth[id]; ok {
		chance = s.model.GetRetrievability(c, at)
	}
	rating, score := fsrs.Again, 0.2
	switch u := r.Float64(); {
	case u < 0.75*chance:
		rating, score = fsrs.Good, 0.9
	case u < chance:
		rating, score = fsrs.Hard, 0.6
	}
	s.truth[id] = s.model.Next(s.truth[id], at, rating).Card
	s.thought[id] = s.thought[id].Review(score+0.15*r.NormFloat64(), at)
	s.days = append(s.days, day)
}

// simulate lets a channel, which the seed makes, study by a policy. It returns the outcome and the
// cards that were asked, in the order of their first time.
func simulate(seed uint64, choose policy) (o outcome, asked []knowledge.Card) {
	source := func(use uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, use)) }
	channel, attendance, answers, choices := source(1), source(2), source(3), source(4)
	var students []*student
	for range 4 + int(seed%8) {
		students = append(students, newStudent(channel))
	}
	cards := simulatedCards(seed, channel)
	ch := Channel{Uses: map[knowledge.ID]Use{}}
	for day := range simDays {
		ch.Now = time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC).AddDate(0, 0, day)
		ch.Day = ch.Now.Format(time.DateOnly)
		ch.Members = active(students, day)
		c := choose(cards, ch, day, choices)
		for _, s := range students {
			if attendance.Float64() < s.attends {
				s.answer(c.Card.ID, ch.Now, day, answers)
			}
		}
		use := ch.Uses[c.Card.ID]
		if use.Times == 0 {
			asked = append(asked, c.Card)
		}
		ch.Uses[c.Card.ID] = Use{Last: ch.Day, Times: use.Times + 1}
		ch.Recent = append([]Asked{{Card: c.Card.ID, Topic: Topic(c.Card), Review: c.Review}}, ch.Recent...)
		if (day+1)%simEvery == 0 {
			sum := recalled(students, asked, ch.Now.AddDate(0, 0, 1))
			o.askedEnd, o.allEnd = sum/float64(len(asked)), sum/simCards
			o.askedOver += o.askedEnd * simEvery / simDays
			o.allOver += o.allEnd * simEvery / simDays
		}
	}
	o.cards = float64(len(asked))
	return o, asked
}

// recalled is how many of the cards a student recalls, in the mean over the students.
func recalled(students []*student, cards []knowledge.Card, at time.Time) float64 {
	sum := 0.0
	for _, s := range students {
		for _, c := range cards {
			sum += s.recall(c.ID, at)
		}
	}
	return sum / float64(len(students))
}

func simulatedCards(seed uint64, r *rand.Rand) []knowledge.Card {
	var cards []knowledge.Card
	for i := range simCards {
		cards = append(cards, knowledge.Card{
			ID:       knowledge.ID(fmt.Sprintf("%d-%d", seed, i)),
			Question: fmt.Sprintf("What is %d?", i),
			Path:     []string{fmt.Sprint("topic ", r.IntN(simTopics))},
			Score:    r.Float64(),
		})
	}
	return cards
}

// active returns the students who answered in the 14 days before a day.
func active(students []*student, day int) []Member {
	var ms []Member
	for _, s := range students {
		weight := 0
		for i := len(s.days) - 1; i >= 0 && s.days[i] >= day-14; i-- {
			weight++
		}
		if weight > 0 {
			ms = append(ms, Member{Weight: weight, Memories: s.thought})
		}
	}
	return ms
}
