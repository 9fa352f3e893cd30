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
// attendance: every card in turn, and a card by chance. Run with -v it prints the tables.
//
// What it assumes:
//   - One question a day on 180 days; 150 cards of 12 topics, all askable, none new on the way.
//   - A channel of 4 to 11 members. A member answers on 30 to 95 % of the days, at random.
//   - A member's true memory follows FSRS with parameters of the member's own, which the bot does
//     not know: initial stabilities, and how they grow and fall, are spread around the defaults.
//   - In the first table nobody has a memory of a card before it is asked: the first answer is right with a
//     chance of the member's own, 25 to 75 %. In the second a member has a memory of that share of
//     the cards, with a stability of 18 to 102 days, and none of the others.
//   - A later answer is right with the chance of recall; three of four right ones are Good, the others
//     Hard. A member who does not answer learns nothing, not even from the reveal.
//   - The bot sees a score that is off by a normal error of .15, so some land in another band.
//
// What is asserted is the recall of what was asked: of all members, present that day or not, and
// of the cards which the channel was asked so far; the mean over the channels, at the end and over
// the time.
//
// Over all 150 cards the rule is behind every card in turn, by 2 to 4 of 100. That is its price: it asks a third of
// the cards and asks them again, while a first question brings more recall than a second. See TestAllCardsInHalfAYear.
func TestSimulation(t *testing.T) {
	for _, prior := range []bool{false, true} {
		var ours, turn, chance, fewer outcome
		for seed := range uint64(simSeeds) {
			o, asked := simulate(seed, prior, byRule)
			ours.add(o, simSeeds)
			o, _ = simulate(seed, prior, inTurn(nil))
			turn.add(o, simSeeds)
			o, _ = simulate(seed, prior, byChance)
			chance.add(o, simSeeds)
			o, _ = simulate(seed, prior, inTurn(asked))
			fewer.add(o, simSeeds)
		}
		t.Logf("cards known before: %-13v of cards asked    of all cards", prior)
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
			if ours.allEnd < other.allEnd-0.04 {
				t.Errorf("over all cards the rule reaches %.3f, %s %.3f: want at most .04 less", ours.allEnd, name, other.allEnd)
			}
		}
	}
}

// TestAllCardsInHalfAYear shows how little 180 questions can do for all of 150 cards. A policy that sees the members' true memories and
// asks each day the card which adds most to the recall of all cards at the end asks nearly every card once, and
// reaches hardly more than every card in turn.
func TestAllCardsInHalfAYear(t *testing.T) {
	const channels = 2
	var best, turn outcome
	for seed := range uint64(channels) {
		o, _ := simulate(seed, false, bySight)
		best.add(o, channels)
		o, _ = simulate(seed, false, inTurn(nil))
		turn.add(o, channels)
	}
	t.Logf("%-28s %s", "by sight of all memories", best)
	t.Logf("%-28s %s", "every card in turn", turn)
	if best.allEnd < turn.allEnd || best.allEnd > turn.allEnd+0.03 || best.cards < 0.9*simCards {
		t.Errorf("with all memories seen %.3f of %.0f cards, in turn %.3f: want a little more, by asking nearly all", best.allEnd, best.cards, turn.allEnd)
	}
}

// An outcome is a mean over channels, each adding its part.
type outcome struct {
	askedEnd, askedOver float64 // recall of the cards asked so far
	allEnd, allOver     float64 // of all cards, 0 where a member has no memory of one
	cards               float64 // asked at least once
}

func (o *outcome) add(p outcome, channels float64) {
	o.askedEnd += p.askedEnd / channels
	o.askedOver += p.askedOver / channels
	o.allEnd += p.allEnd / channels
	o.allOver += p.allOver / channels
	o.cards += p.cards / channels
}

func (o outcome) String() string {
	return fmt.Sprintf("%.3f    %.3f     %.3f    %.3f        %3.0f", o.askedEnd, o.askedOver, o.allEnd, o.allOver, o.cards)
}

// A policy chooses the question of the n-th day, from 0.
type policy func(w world, ch Channel, n int, r *rand.Rand) Choice

// A world is what a policy could see.
type world struct {
	cards    []knowledge.Card
	students []*student
}

func byRule(w world, ch Channel, _ int, _ *rand.Rand) Choice {
	c, _ := Choose(w.cards, ch)
	return c
}

// bySight sees the members' true memories, and how likely each is to answer.
func bySight(w world, ch Channel, n int, _ *rand.Rand) Choice {
	end := ch.Now.AddDate(0, 0, simDays-n)
	var best knowledge.Card
	most := math.Inf(-1)
	for _, c := range w.cards {
		gain := 0.0
		for _, s := range w.students {
			gain += s.attends * s.gain(c.ID, ch.Now, end)
		}
		if gain > most {
			best, most = c, gain
		}
	}
	return Choice{Card: best}
}

// inTurn asks some cards one after the other, and then from the first again; nil is all cards.
func inTurn(some []knowledge.Card) policy {
	return func(w world, _ Channel, n int, _ *rand.Rand) Choice {
		cards := w.cards
		if some != nil {
			cards = some
		}
		return Choice{Card: cards[n%len(cards)]}
	}
}

func byChance(w world, _ Channel, _ int, r *rand.Rand) Choice {
	return Choice{Card: w.cards[r.IntN(len(w.cards))]}
}

// A student is a simulated member: what is true of them, and what the bot thinks.
type student struct {
	model   fsrs.FSRS
	attends float64 // share of the days
	grasps  float64 // chance that the first answer to a card is right; with prior, share of the cards known before
	prior   bool    // nothing else is known
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

// recall is 0 for a card that the student has no memory of.
func (s *student) recall(id knowledge.ID, at time.Time) float64 {
	return s.model.GetRetrievability(s.truth[id], at)
}

// chance is how likely the student's next answer to a card is right.
func (s *student) chance(id knowledge.ID, at time.Time) float64 {
	if _, ok := s.truth[id]; !ok && !s.prior {
		return s.grasps
	}
	return s.recall(id, at)
}

// gain is how much a question asked now adds to the recall of a card at the end, if the student answers it.
func (s *student) gain(id knowledge.ID, now, end time.Time) float64 {
	sum, chance := -s.recall(id, end), s.chance(id, now)
	chances := [...]float64{fsrs.Again: 1 - chance, fsrs.Hard: 0.25 * chance, fsrs.Good: 0.75 * chance}
	for rating, p := range chances {
		if p > 0 {
			sum += p * s.model.GetRetrievability(s.model.Next(s.truth[id], now, fsrs.Rating(rating)).Card, end)
		}
	}
	return sum
}

func (s *student) answer(id knowledge.ID, at time.Time, day int, r *rand.Rand) {
	chance := s.chance(id, at)
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

// learn gives the student a memory of a share of the cards.
func (s *student) learn(cards []knowledge.Card, before time.Time, r *rand.Rand) {
	s.prior = true
	for _, c := range cards {
		if r.Float64() < s.grasps {
			s.truth[c.ID] = fsrs.Card{State: fsrs.Review, Stability: 18 + 84*r.Float64(), Difficulty: 5, Reps: 1, LastReview: before.AddDate(0, 0, -r.IntN(60))}
		}
	}
}

// simulate lets a channel, which the seed makes, study by a policy. It returns the outcome and the
// cards that were asked, in the order of their first time.
func simulate(seed uint64, prior bool, choose policy) (o outcome, asked []knowledge.Card) {
	source := func(use uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, use)) }
	channel, attendance, answers, choices := source(1), source(2), source(3), source(4)
	var students []*student
	for range 4 + int(seed%8) {
		students = append(students, newStudent(channel))
	}
	cards := simulatedCards(seed, channel)
	start := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	for _, s := range students {
		if prior {
			s.learn(cards, start, channel)
		}
	}
	ch := Channel{Uses: map[knowledge.ID]Use{}}
	for day := range simDays {
		ch.Now = start.AddDate(0, 0, day)
		ch.Day = ch.Now.Format(time.DateOnly)
		ch.Members = active(students, day)
		c := choose(world{cards, students}, ch, day, choices)
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
			tomorrow := ch.Now.AddDate(0, 0, 1)
			o.askedEnd = recalled(students, asked, tomorrow) / float64(len(asked))
			o.allEnd = recalled(students, cards, tomorrow) / simCards
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
