package card

import (
	"cmp"
	"hash/fnv"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"studybot/knowledge"
	"studybot/knowledge/note"
)

// A Form is a way to ask a card beside its free-text question.
type Form string

// The forms.
const (
	Pick  Form = "pick"  // one of three options is right
	Order Form = "order" // put the options in order
	Name  Form = "name"  // name the command
	Gaps  Form = "gaps"  // the answer with gaps, as a hint
)

// An Offer is another way to ask a card.
type Offer struct {
	Form    Form
	Prompt  string   // what is asked, or the text with gaps
	Options []string // of Pick and Order, in the order in which they are shown
	Right   []int    // of Pick, the right option; of Order, the options' indexes in the right order
	Answer  []string // of Name and Gaps, what is asked for, in order
}

// Offers returns the other ways in which c can be asked, at most one of each form. siblings
// are cards that stand beside it, see [Siblings]; c itself among them does not count. The
// same cards give the same offers.
func Offers(c knowledge.Card, siblings []knowledge.Card) []Offer {
	var out []Offer
	for _, offer := range []func(knowledge.Card, []knowledge.Card) (Offer, bool){pick, inOrder, nameCommand, gaps} {
		if o, ok := offer(c, siblings); ok {
			out = append(out, o)
		}
	}
	return out
}

// Siblings returns the cards of a note that stand under the same title as c and have the
// same kind: what one of them says of its subject could be said of the other's.
func Siblings(c knowledge.Card, cards []knowledge.Card) []knowledge.Card {
	var out []knowledge.Card
	for _, s := range cards {
		if s.ID != c.ID && s.File == c.File && len(c.Path) > 0 && slices.Equal(s.Path, c.Path) && s.Kind == c.Kind {
			out = append(out, s)
		}
	}
	return out
}

// Sizes of what is offered, in runes.
const (
	longestOption = 120
	shortestPoint = 4
)

// pick offers a key point of c among two of its siblings. They must be siblings of a kind:
// not about the same, and of a length that does not tell the right one.
func pick(c knowledge.Card, siblings []knowledge.Card) (Offer, bool) {
	if len(c.Options) > 0 || c.Kind == knowledge.Cloze {
		return Offer{}, false
	}
	right := telling(c)
	if right == "" {
		return Offer{}, false
	}
	var wrong []string
	own := pairs(key(c.Answer))
	for _, s := range byLot(string(c.ID), siblings, func(s knowledge.Card) string { return string(s.ID) }) {
		t := telling(s)
		alien := s.ID != c.ID && t != "" && s.Kind == c.Kind && slices.Equal(s.Path, c.Path)
		if !alien || common(pairs(key(t)), pairs(key(right))) > 0.5 || contained(pairs(key(t)), own) > 0.7 || !similarLength(t, right) || slices.Contains(wrong, t) {
			continue
		}
		if wrong = append(wrong, t); len(wrong) == 2 {
			break
		}
	}
	if len(wrong) < 2 {
		return Offer{}, false
	}
	o := Offer{Form: Pick, Prompt: c.Question, Options: byLot(string(c.ID)+"pick", append(wrong, right), func(s string) string { return s })}
	o.Right = []int{slices.Index(o.Options, right)}
	return o, true
}

// telling returns the first key point of a card that can stand as an option and does not
// name the card's subject, "" for none.
func telling(c knowledge.Card) string {
	subject := key(c.Title)
	for _, p := range c.KeyPoints {
		p = strings.TrimSpace(p)
		n := utf8.RuneCountInString(p)
		if n >= shortestPoint && n <= longestOption && !strings.Contains(p, "\n") && (subject == "" || !strings.Contains(key(p), subject)) {
			return p
		}
	}
	return ""
}

// contained is the share of set a that is in set b; both are sorted.
func contained(a, b []uint32) float64 {
	if len(a) == 0 {
		return 1
	}
	n := 0
	for _, x := range a {
		if _, ok := slices.BinarySearch(b, x); ok {
			n++
		}
	}
	return float64(n) / float64(len(a))
}

func similarLength(a, b string) bool {
	x, y := utf8.RuneCountInString(a), utf8.RuneCountInString(b)
	return x <= 3*y && y <= 3*x
}

// inOrder offers the steps of c, 3 to 7, to be put in order. The numbers are taken off.
func inOrder(c knowledge.Card, _ []knowledge.Card) (Offer, bool) {
	if c.Kind != knowledge.Steps {
		return Offer{}, false
	}
	steps := stepsOf(c.Answer)
	if len(steps) < 3 || len(steps) > 7 {
		return Offer{}, false
	}
	mixed := byLot(string(c.ID)+"order", steps, func(s string) string { return s })
	if slices.Equal(mixed, steps) {
		slices.Reverse(mixed)
	}
	o := Offer{Form: Order, Prompt: c.Question, Options: mixed}
	for _, s := range steps {
		o.Right = append(o.Right, slices.Index(mixed, s))
	}
	return o, true
}

// stepsOf returns the numbered items of an answer that rise from one by one, nil where a
// step is not on its own, or tells its place by its words.
func stepsOf(answer string) []string {
	var out []string
	for _, l := range note.Scan(strings.Split(answer, "\n")) {
		if !l.Ordered() || l.Indent > 3 {
			continue
		}
		t := strings.TrimRight(l.Text, "；;，,。. ")
		n := utf8.RuneCountInString(t)
		if l.Number != len(out)+1 || n < 2 || n > longestOption || placed.MatchString(t) || slices.Contains(out, t) {
			return nil
		}
		out = append(out, t)
	}
	return out
}

var placed = regexp.MustCompile(`(?i)^(?:第[一二三四五六七八九十\d]|首先|然后|接着|最后|再|step \d|first|second|third|then|finally|next|last)`)

// nameCommand offers the command of c: its answer holds one command that is short enough to be
// typed, and the question says what it does.
func nameCommand(c knowledge.Card, _ []knowledge.Card) (Offer, bool) {
	if c.Kind != knowledge.Command {
		return Offer{}, false
	}
	var found []string
	for _, l := range note.Scan(strings.Split(c.Answer, "\n")) {
		t := prompt.ReplaceAllString(l.Text, "")
		switch l.Kind {
		case note.Code:
		case note.Prose, note.Item:
			if m := codeSpan.FindStringSubmatch(t); m != nil {
				t = m[1]
			} else if !codeLine(t) {
				continue
			}
		default:
			continue
		}
		if t = strings.TrimSpace(t); t != "" && !strings.HasPrefix(t, "#") {
			found = append(found, t)
		}
	}
	if len(found) != 1 || utf8.RuneCountInString(found[0]) > longestOption {
		return Offer{}, false
	}
	name, _, _ := strings.Cut(strings.TrimPrefix(found[0], "sudo "), " ")
	if hasWord(fold(c.Question), fold(name)) {
		return Offer{}, false // the question names it
	}
	return Offer{Form: Name, Prompt: c.Question, Answer: []string{found[0]}}, true
}

var (
	prompt   = regexp.MustCompile(`^(?:\[[^\]]*\][#$]|[$#>]) ?`)
	codeSpan = regexp.MustCompile("`([^`\n]+)`")
	boldSpan = regexp.MustCompile(`\*\*([^*\n]{1,40})\*\*`)
)

// gaps offers a key point of c with gaps for what the note has in bold or in backquotes,
// else for the Latin words that the question does not hold.
func gaps(c knowledge.Card, _ []knowledge.Card) (Offer, bool) {
	const most = 3 // gaps
	if len(c.Options) > 0 || c.Kind == knowledge.Cloze || c.Kind == knowledge.Script || c.Kind == knowledge.Config || c.Kind == knowledge.Command {
		return Offer{}, false
	}
	q := fold(c.Question)
	for l := range strings.SplitSeq(c.Answer, "\n") {
		plain := strings.TrimSpace(strings.TrimLeft(l, " \t-*+•0123456789.、)）"))
		if n := utf8.RuneCountInString(plain); n < 12 || n > longestOption {
			continue
		}
		for _, re := range []*regexp.Regexp{boldSpan, codeSpan, latinTerm} {
			var answer []string
			text := re.ReplaceAllStringFunc(plain, func(m string) string {
				inner := strings.Trim(m, "*`")
				if len(answer) == most || strings.Contains(q, fold(inner)) || weight(inner) < 2 {
					return m
				}
				answer = append(answer, inner)
				return gap
			})
			if len(answer) > 0 && weight(strings.ReplaceAll(text, gap, "")) >= 8 {
				return Offer{Form: Gaps, Prompt: text, Answer: answer}, true
			}
		}
	}
	return Offer{}, false
}

// latinTerm is a name in Latin letters: an abbreviation, or a word with a capital letter, a
// digit or an underscore in it.
var latinTerm = regexp.MustCompile(`\b(?:[A-Z][A-Z0-9]+|[A-Za-z]+[A-Z0-9_][A-Za-z0-9_]*)\b`)

// byLot returns items in an order that salt and their keys decide, and nothing else.
func byLot[T any](salt string, items []T, key func(T) string) []T {
	lot := func(x T) uint64 {
		h := fnv.New64a()
		h.Write([]byte(salt + "\x00" + key(x)))
		v := h.Sum64()
		v ^= v >> 31
		return v * 0x9e3779b97f4a7c15
	}
	out := slices.Clone(items)
	slices.SortStableFunc(out, func(a, b T) int { return cmp.Or(cmp.Compare(lot(a), lot(b)), cmp.Compare(key(a), key(b))) })
	return out
}
