// Package grade compares a free-text answer with a reference answer, without a model.
//
// A reference is split into key points. The answer is read clause by clause; a point is
// held when a few neighbouring clauses have enough of its words, by Han characters and
// pairs of them, Latin words, and a glossary of terms that say the same in Chinese and
// English. Words of the question count on neither side, so to repeat it is worth nothing.
//
// A point loses most of what it has when these clauses deny what it affirms, have other
// numbers or names, take the opposite side, or speak of another of the things that the
// reference tells apart: sides of a comparison, labels, who does what, identifiers alike.
// Terms strung together, or listed in a sentence that says nothing of them, hold a point
// only when a term is nearly all of it; how sure it is that they are no more than terms is
// weighed. To say that one does not know is worth nothing. The score stays near the share of
// the points that are held.
//
// A point is lost, too, where the answer has an opposite, another name or another value in
// the place of one of its words, among the same words, or takes back what it said; and where
// it says of one subject what the points of another alone have.
//
// What no comparing of words can see: a wrong relation between other right words, a
// paraphrase that shares no word with the reference, and a false claim in words of its own.
package grade

import (
	"cmp"
	"math"
	"strings"

	"studybot/knowledge"
)

// KeyPoints splits a reference answer into at most 8 key points, each a text without
// Markdown that reads well alone and is no wider than 60 Chinese characters or 120 Latin
// ones. What merely repeats the question is no key point, nor is code that only
// illustrates what stands above it. Of a reference the first 32 KB are read.
func KeyPoints(question, reference string) []string {
	f := newFlattener(shorten(question))
	defer f.done()
	ps := f.read(tidy(reference))
	if len(ps) == 0 {
		return nil
	}
	out := make([]string, len(ps))
	for i, p := range ps {
		out[i] = p.String()
	}
	return out
}

// Answer grades an answer against a reference answer to a question, with the built-in
// glossary.
func Answer(question, reference, answer string) knowledge.Grade {
	return Grader{}.Answer(question, []string{reference}, answer)
}

// A Grader grades answers. The zero value is ready for use.
type Grader struct {
	Glossary *Glossary // nil means the built-in one
}

// Answer grades an answer against each of several accepted references and returns the
// best grade; of equal ones the first. Without a reference the grade is zero.
func (g Grader) Answer(question string, references []string, answer string) knowledge.Grade {
	var best knowledge.Grade
	question, answer = shorten(question), tidy(answer)
	for i, ref := range references {
		for k, alt := range alternatives(tidy(ref)) {
			if got := g.one(question, alt, answer); i+k == 0 || got.Score > best.Score {
				best = got
			}
		}
	}
	return best
}

func (g Grader) one(question, reference, answer string) knowledge.Grade {
	ps := points(question, reference)
	if len(ps) == 0 {
		return knowledge.Grade{}
	}
	typed, command := 1.0, len(ps) == 1 && (ps[0].code || looksCode(ps[0].text))
	if command {
		typed = typedShare(ps[0].text, answer)
	}
	switch {
	case echoes(question, answer):
		return nothing(ps)
	case reference == answer, typed == 1 && same(reference, answer):
		return everything(ps, answer)
	}
	written := answer
	answer = knowing(answer, reference)
	gl := g.Glossary
	if gl == nil {
		gl = defaultGlossary()
	}
	r := read(gl, question, answer, ps, nil)
	r.answer = written
	holds := r.holds()
	if b := bagOf(answer, reference, ps); b.sure > 0 && !command {
		whole := 0.0
		for i, h := range read(gl, question, answer, ps, b.terms).holds() {
			holds[i].cover = b.sure*h.cover + (1-b.sure)*holds[i].cover
			if h.cover >= termFrom {
				whole += 1 / float64(len(ps))
			}
		}
		if whole < listFrom {
			for i := range holds {
				holds[i].cover *= 1 - (1-mixedKeeps)*b.mixed
			}
		}
	}
	holds[0].cover *= typed
	grade := knowledge.Grade{Score: r.score(holds)}
	for i, p := range ps {
		kp := knowledge.Point{Text: p.String(), Held: holds[i].cover >= heldFrom}
		if kp.Held {
			kp.Evidence = cmp.Or(holds[i].evidence, quoteOf(written))
		}
		grade.Points = append(grade.Points, kp)
	}
	return grade
}

// maxQuestion is how much of a question is read, in bytes.
const maxQuestion = 4000

func shorten(question string) string {
	return tidy(question[:min(len(question), maxQuestion)])
}

const (
	codeWeight = 0.3  // of a line of code beside points in words
	fullFrom   = 0.88 // from this share on the score is 1: nobody writes everything down
	longShare  = 0.7  // the share of a long reference that is asked for
	shortRef   = 240  // the widths of all points together between which
	longRef    = 720  // a reference becomes long
)

const (
	mixedKeeps = 0.3  // what a point keeps of its cover when the words are the reference's in another order,
	termFrom   = 0.8  // the cover from which a point is no more than a term
	listFrom   = 0.75 // unless they are this share of its points, which then are terms themselves
)

// A score says about what the ticks beside the points say: it stays this near to the share
// of the points that are held, of a long reference to their share of what is asked for, and
// who is shown a missed point is not told 100 %.
const (
	nearTicks = 0.2
	notAll    = 0.95
)

// score is the mean of the points, by their length, over what may be asked for, brought
// near to the share of points that are held.
func (r *reading) score(holds []hold) float64 {
	prose, size, held := 0, 0, 0.0
	for i, t := range r.targets {
		size += width(t.text)
		if !t.code {
			prose++
		}
		if holds[i].cover >= heldFrom {
			held += 1 / float64(len(holds))
		}
	}
	var sum, total float64
	for i, t := range r.targets {
		w := math.Sqrt(t.total + 1)
		if t.code && prose >= 2 {
			w *= codeWeight
		}
		sum += w * holds[i].cover
		total += w
	}
	long := min(1, max(0, float64(size-shortRef)/(longRef-shortRef)))
	asked := 1 - (1-longShare)*long
	score := min(1, sum/total/fullFrom/asked, held/asked+nearTicks)
	if held < 1-1e-9 {
		score = min(score, notAll)
	}
	return max(score, held-nearTicks)
}

// maxAlternatives bounds the ways that one reference may offer.
const maxAlternatives = 4

// alternatives returns a reference and, where a line of it says no more than "or", each of
// the ways it offers.
func alternatives(reference string) []string {
	out := []string{reference}
	from, at := 0, 0
	for line := range strings.Lines(reference) {
		switch strings.ToLower(strings.Trim(line, "#/-*> \n，,：:")) {
		case "或", "或者", "or":
			out = append(out, reference[from:at])
			from = at + len(line)
		}
		at += len(line)
	}
	if n := len(out); n == 1 || n > maxAlternatives {
		return out[:1]
	}
	return append(out, reference[from:])
}

// echoes reports whether an answer has no word, or is the question and nothing more.
func echoes(question, answer string) bool {
	asked, said := wordSet(question), wordSet(answer)
	for w := range said {
		if !asked[w] {
			return false
		}
	}
	return len(said) == 0 || 3*len(said) >= 2*len(asked)
}

// same reports whether two texts have the same words in the same order.
func same(a, b string) bool {
	x, y := lexemes(fold(a)), lexemes(fold(b))
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		if x[i].key != y[i].key {
			return false
		}
	}
	return true
}

func nothing(ps []point) knowledge.Grade {
	var g knowledge.Grade
	for _, p := range ps {
		g.Points = append(g.Points, knowledge.Point{Text: p.String()})
	}
	return g
}

// everything holds all points, each by its words where the answer has them in one piece.
func everything(ps []point, answer string) knowledge.Grade {
	g, all := knowledge.Grade{Score: 1}, quoteOf(answer)
	for _, p := range ps {
		evidence := strings.TrimSpace(p.text)
		if !strings.Contains(answer, evidence) {
			evidence = all
		}
		g.Points = append(g.Points, knowledge.Point{Text: p.String(), Held: true, Evidence: evidence})
	}
	return g
}
