package search

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"studybot/knowledge"
)

// What the second pass adds to the score of the first, which is 1 for the best passage.
const (
	gistShare      = 0.4 // how much of the question the passage holds
	titleShare     = 0.8 // how much its title does
	ownShare       = 0.4 // how much more or less it holds without the titles around it
	proximityShare = 0.2 // how much its best sentences do

	bodyTitle = 0.75 // of the share of a title, for how a passage begins that has none
	askedLong = 0.8  // less of that for a long question
	laterLoss = 0.15 // of the score, for each passage of its section that stands before
	mostLater = 4    // of these that are counted
)

// readClosely is of how many passages the sentences are read, if no more are asked for.
const readClosely = 8

// A found is a passage in the second pass.
type found struct {
	candidate
	record
	coverage float64
	gist     float64
	title    float64
	near     float64
	rank     float64
	also     []knowledge.Source
}

// second orders the candidates anew, by what they hold of the question and where. A
// section says what it is about where it begins, so its later passages lose. A title that
// agrees with half of the question is no reason to put a passage without the other half
// before one that holds both, so the title counts less for a passage that holds less. A few
// words ask for what a passage is about, and it often begins with them; a long question asks for
// something that it says anywhere.
func second(r *scorch.IndexSnapshot, m *spotter, cs []candidate, n int) ([]found, error) {
	if len(cs) == 0 {
		return nil, nil
	}
	best, most := cs[0].score, 0.0
	out := make([]found, 0, len(cs))
	for _, c := range cs {
		rec, err := read(r, c.doc)
		if err != nil {
			return nil, err
		}
		f := found{candidate: c, record: rec, coverage: m.q.coverage(c.mask), gist: m.q.gist(c.mask)}
		most = max(most, f.gist)
		out = append(out, f)
	}
	for i := range out {
		f := &out[i]
		f.title = m.title(f.passage)
		if !titled(f.passage) {
			f.title *= bodyTitle * (1 - askedLong*m.q.long())
		}
		if most > 0 {
			f.title *= math.Pow(f.gist/most, 3)
		}
		later := float64(min(f.passage.Later, mostLater))
		f.rank = f.score/best*(1-laterLoss*later) + gistShare*f.gist + titleShare*f.title
	}
	sortFound(out)
	for i := range out[:min(len(out), max(readClosely, n))] {
		f := &out[i]
		var own float64
		f.near, own = m.near(f.passage)
		f.rank += proximityShare*f.near + ownShare*(own-f.gist)
	}
	sortFound(out)
	return out, nil
}

// long says how far a question goes beyond a few words: 0 up to five pieces, 1 from twelve on.
func (q *question) long() float64 {
	const few, many = 5, 12
	return min(max(float64(len(q.units)-few)/(many-few), 0), 1)
}

// sortFound puts the best first, and those that are titles without a text last; equals are
// in the order of their files and lines.
func sortFound(fs []found) {
	last := func(f found) int {
		if f.passage.Hollow {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(fs, func(a, b found) int {
		return cmp.Or(cmp.Compare(last(a), last(b)), cmp.Compare(b.rank, a.rank), strings.Compare(a.passage.File, b.passage.File),
			cmp.Compare(a.passage.Lines.Start, b.passage.Lines.Start))
	})
}

// title says how well the title of a passage, with the titles around it, agrees with the
// question: 1 when they say the same, 0 when the title says nothing of it. A title that
// says much besides agrees less.
func (m *spotter) title(p knowledge.Passage) float64 {
	title := []byte(p.Title)
	mask := uint64(0)
	bytes := 0
	last := 0
	for _, s := range m.find(title) {
		mask |= s.terms
		bytes += s.end - max(s.start, last)
		last = s.end
	}
	if mask == 0 {
		return 0
	}
	spoken := 0
	for _, r := range p.Title {
		if r >= utf8.RuneSelf || isAlnum(byte(r)) {
			spoken += utf8.RuneLen(r)
		}
	}
	share := min(1, float64(bytes)/float64(max(spoken, 1)))
	around := mask
	for _, s := range p.Path {
		for _, sp := range m.find([]byte(s)) {
			around |= sp.terms
		}
	}
	return (m.q.gist(mask) + m.q.gist(around)) / 2 * (0.4 + 0.6*share)
}

// near says how much of the question the best two sentences of a passage hold that
// follow one another, and how much all of it does with its own title.
func (m *spotter) near(p knowledge.Passage) (best, own float64) {
	var all uint64
	for _, s := range m.find([]byte(p.Title)) {
		all |= s.terms
	}
	text := clip(p.Text)
	var before, top uint64
	at := 0
	spots := m.find([]byte(text))
	for at < len(text) {
		end := sentenceEnd(text, at)
		mask := uint64(0)
		for len(spots) > 0 && spots[0].start < end {
			mask |= spots[0].terms
			spots = spots[1:]
		}
		if mask != 0 && mask|before != top {
			if c := m.q.gist(mask | before); c > best {
				best, top = c, mask|before
			}
		}
		all |= mask
		before, at = mask, end
	}
	return best, m.q.gist(all)
}

// mostText is how many bytes of a passage are read closely; only a passage of one very long
// line has more.
const mostText = 64 << 10

// clip returns the beginning of a text that is read closely.
func clip(text string) string {
	if len(text) <= mostText {
		return text
	}
	end := mostText
	for end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end]
}

// sentenceEnd returns where the sentence or line that begins at i ends.
func sentenceEnd(text string, i int) int {
	end := strings.IndexAny(text[i:], "\n。！？；")
	if end < 0 {
		return len(text)
	}
	_, n := utf8.DecodeRuneInString(text[i+end:])
	return i + end + n
}
