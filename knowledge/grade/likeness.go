package grade

import "strings"

// A likeness holds the words of an answer against the wording of a reference.
type likeness struct {
	chinese bool
	size    float64  // of its words: a Chinese character is 1, a Latin word 2. What is said again does not count, unless most is
	known   float64  // the share of its words that the reference has
	breaks  float64  // the share of them that do not follow one another so in the reference, a few left out
	joins   float64  // how much of what joins words in the reference it has, 1 for as much
	stated  float64  // the share of it in clauses that say something in the reference's order
	runs    []string // the pieces of it that stand so in the reference
}

const (
	fewOf     = 5  // the size from which a clause may be a statement,
	longPiece = 60 // and to which it may,
	wholeOf   = 6  // where Latin words say so by their order alone: between these two
	longWhole = 30
	fewBreaks = 2 // breaks that mean nothing
	filler    = 3 // a word strange to the reference that stands so often joins terms
)

// A likening is a likeness in the making.
type likening struct {
	*wording
	folded string
	k      likeness
	piece  piece

	total, words, known, breaks, telling, joins int
	from                                        int // where the run begins, -1 for none
	last, before                                lexeme
	seen                                        map[[3]string]bool
}

// A piece is what stands between marks.
type piece struct {
	size, words, relating int
	chinese, broken       bool
}

// liken reads a folded answer of these words. Words that no more than string terms together
// are passed over, and so is what is said again; where a statement ends another may begin.
func (w *wording) liken(folded string, words []lexeme) likeness {
	strange := map[string]int{}
	for _, l := range words {
		if w.ids[l.key] == 0 {
			strange[l.key]++
		}
	}
	s := likening{wording: w, folded: folded, from: -1, seen: map[[3]string]bool{}}
	s.k.chinese = hasHan(folded)
	for _, l := range words {
		if !stringing[l.key] && strange[l.key] < filler {
			s.add(l)
		}
	}
	return s.end()
}

func (s *likening) add(l lexeme) {
	last := s.last
	three := [3]string{s.before.key, last.key, l.key}
	again := s.seen[three]
	s.seen[three] = true
	s.before, s.last = last, l
	far := 0
	if last.key != "" && s.ids[l.key] != 0 {
		far = s.distance(last.key, l.key)
	}
	if far != 1 || last.to < l.from && l.han() {
		s.endRun(last.to)
		s.from = l.from
	}
	stated := false
	if last.key != "" && strings.ContainsAny(s.folded[last.to:l.from], "。；;\n，,.→") {
		stated = s.endPiece()
	}
	relates := relates(l, s.folded)
	s.piece.add(l, relates || copulas[l.key])
	s.total += l.size()
	if again {
		return
	}
	s.words++
	s.k.size += float64(l.size())
	if s.ids[l.key] != 0 {
		s.known++
		if far == 0 && s.ids[last.key] != 0 && !stated {
			s.breaks++
			s.piece.broken = s.piece.broken || s.piece.words > 1
		}
	}
	if !particles[l.key] {
		s.telling++
		if relates {
			s.joins++
		}
	}
}

func (p *piece) add(l lexeme, relates bool) {
	p.size += l.size()
	p.words++
	p.chinese = p.chinese || l.han()
	if relates {
		p.relating++
	}
}

func (s *likening) endRun(to int) {
	if s.from >= 0 {
		s.k.runs = append(s.k.runs, s.folded[s.from:to])
	}
}

// endPiece reports whether the piece that ends may be a statement, and counts it where it is.
func (s *likening) endPiece() bool {
	p := s.piece
	s.piece = piece{}
	if p.broken {
		return false
	}
	ordered := !p.chinese && p.size >= wholeOf
	if p.size >= fewOf && p.size < longPiece && s.tells(p.relating, p.words) || ordered && p.size < longWhole {
		s.k.stated += float64(p.size)
	}
	return p.size >= fewOf && p.relating > 0 || ordered
}

func (s *likening) end() likeness {
	s.endRun(s.last.to)
	if s.piece.size < s.total || s.piece.relating > 0 {
		s.endPiece()
	}
	k, n := s.k, float64(max(1, s.words))
	k.stated /= float64(max(1, s.total))
	if float64(s.total) > 2*k.size {
		k.size = float64(s.total)
	}
	k.known, k.breaks, k.joins = float64(s.known)/n, float64(max(0, s.breaks-fewBreaks))/n, 1
	if s.wording.joins > 0 {
		k.joins = float64(s.joins) / float64(max(1, s.telling)) / s.wording.joins
	}
	return k
}

// loose says how sure it is, 0..1, that the words of an answer are the reference's without
// what it says with them: they stand in another order, or what joins them is missing. Who
// tells the same in other words has words of the own, and who quotes keeps the order.
func (k likeness) loose(w wording) float64 {
	chance := w.chance
	if !k.chinese {
		chance = 0
	}
	run := k.size / float64(max(1, len(k.runs)))
	limit := 0.04 + 2*(1-k.known)
	mixed := ramp(k.breaks, limit, limit+.05) * ramp(k.known, .9, .94) * ramp(k.size, 18+26*chance, 28+32*chance) * ramp(run, 8, 6.5)

	bare := max(ramp(k.joins, .74, .64)*ramp(k.stated, .6, .3), ramp(k.joins, .6, .52)*ramp(k.stated, .8, .6))
	bare *= ramp(k.known, .85, .92) * ramp(k.size, 12+36*chance, 18+46*chance) * ramp(run, 9, 7) * ramp(w.joins, .08, .14)
	return max(mixed, bare)
}
