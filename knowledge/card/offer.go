package card

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strings"
	"unicode/utf8"

	"studybot/knowledge"
	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
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

// pick offers a key point of c among two of its true siblings: cards that ask the same of
// another thing, "FROM 指令有什么作用？" beside "RUN 指令有什么作用？". Their points must be of a
// length that does not tell the right one, and must not hold for c too.
func pick(c knowledge.Card, siblings []knowledge.Card) (Offer, bool) {
	if len(c.Options) > 0 || c.Kind == knowledge.Cloze {
		return Offer{}, false
	}
	thing, frame := framed(c)
	if frame == "" {
		return Offer{}, false
	}
	named := []string{key(thing)}
	var alike []knowledge.Card
	for _, s := range siblings {
		if t, f := framed(s); s.ID != c.ID && f == frame && s.Kind == c.Kind && slices.Equal(s.Path, c.Path) {
			named = append(named, key(t))
			alike = append(alike, s)
		}
	}
	right := telling(c, named)
	if right == "" {
		return Offer{}, false
	}
	var wrong []string
	own := pairs(key(c.Answer))
	for _, s := range byLot(string(c.ID), alike, func(s knowledge.Card) string { return string(s.ID) }) {
		t := telling(s, named)
		if t == "" || common(pairs(key(t)), pairs(key(right))) > 0.5 || contained(pairs(key(t)), own) > 0.6 || !similarLength(t, right) || slices.Contains(wrong, t) {
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

// framed cuts the question of a card into the thing that it is about and the rest, "" where
// it does not name the thing, or the rest says too little of what is asked.
func framed(c knowledge.Card) (thing, frame string) {
	const least = 6 // letters of a rest that is not "what is"
	if thing = askedOf(c.Question); thing == "" {
		thing = name(c.Title)
		if before, after, ok := strings.Cut(c.Question, thing); !ok || weight(before+after) < least {
			return "", ""
		}
	}
	before, after, _ := strings.Cut(c.Question, thing)
	return thing, key(before) + "\x00" + key(after)
}

// telling returns what a card says of its thing first, where that can stand as an option: the
// words after the name in its title, else its first key point. It is said in words, does not
// look at another place, and names none of the things, which are keys.
func telling(c knowledge.Card, things []string) string {
	var said []string
	if _, after, ok := cutColon(c.Title); ok {
		said = append(said, after)
	}
	if len(c.KeyPoints) > 0 {
		said = append(said, strings.TrimSpace(c.KeyPoints[0]))
	}
	for _, p := range said {
		n := utf8.RuneCountInString(p)
		if n < shortestPoint || n > longestOption || strings.Contains(p, "\n") || !inWords(p, hasHan(c.Question)) || besides.MatchString(p) {
			continue
		}
		k := key(p)
		if !slices.ContainsFunc(things, func(t string) bool { return t != "" && strings.Contains(k, t) }) {
			return p
		}
	}
	return ""
}

// besides is a point that is nothing without what stands around it.
var besides = pattern.New(`(?i)^(?:注意|重点|示例|例如|说明|note|example)\s*[:：]|同上|相同$|类似$|如下|[:：]$|^(?:这|该|此|其|它|也|同样|因此|所以|it |this |they |these )`)

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
	if c.Kind != knowledge.Steps || !sequence.MatchString(c.Question) {
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
		if l.Number != len(out)+1 || n < 2 || n > longestOption || placed.MatchString(t) || codeLine(t) || slices.Contains(out, t) {
			return nil
		}
		out = append(out, t)
	}
	return out
}

// sequence is a question for what happens one after the other; ways to find a fault have no
// one order.
var sequence = pattern.New(`(?i)过程|流程|步骤|经过|握手|挥手|\bsteps?\b|\bprocess\b|handshake|life ?cycle|^how does .* work`)

var placed = pattern.New(`(?i)^(?:第[一二三四五六七八九十\d]|首先|然后|接着|最后|再|step \d|first|second|third|then|finally|next|last)`)

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
	if !typed.MatchString(found[0]) {
		return Offer{}, false // a setting, not a command
	}
	return Offer{Form: Name, Prompt: c.Question, Answer: []string{found[0]}}, true
}

// typed is a command with an option, a path, a pipe, or a word after its verb.
var typed = pattern.New(`^[\w./-]+ (?:.* )?(?:-|/|\|)|^(?:sudo )?(?:git|docker|kubectl|systemctl|service|apt|yum|dnf|go|npm|pip|helm|ip|nmcli|journalctl) \w`)

var (
	prompt   = pattern.New(`^(?:\[[^\]]*\][#$]|[$#>]) ?`)
	codeSpan = pattern.New("`([^`\n]+)`")
	boldSpan = pattern.New(`\*\*([^*\n]{1,40})\*\*`)
)

// gaps offers a sentence of c's answer with gaps for what the note has in bold or in
// backquotes, else for the Latin names that the question does not hold. The rest of the
// sentence does not tell them.
func gaps(c knowledge.Card, _ []knowledge.Card) (Offer, bool) {
	if len(c.Options) > 0 || c.Kind == knowledge.Cloze || c.Kind == knowledge.Script || c.Kind == knowledge.Config || c.Kind == knowledge.Command {
		return Offer{}, false
	}
	han := hasHan(c.Question)
	for _, l := range note.Scan(strings.Split(c.Answer, "\n")) {
		n := utf8.RuneCountInString(l.Text)
		if l.Kind != note.Prose && l.Kind != note.Item && l.Kind != note.Quote || n < 12 || n > longestOption || !inWords(l.Text, han) || han != hasHan(l.Text) || strings.Count(l.Text, "**")%2 == 1 {
			continue
		}
		for _, re := range []*pattern.Pattern{boldSpan, codeSpan, latinTerm} {
			if o, ok := withGaps(l.Text, fold(c.Question), re); ok {
				return o, true
			}
		}
	}
	return Offer{}, false
}

// withGaps makes gaps in a sentence of what re finds in it.
func withGaps(sentence, question string, re *pattern.Pattern) (Offer, bool) {
	const most = 3 // gaps
	var answer []string
	text := re.ReplaceAllStringFunc(sentence, func(m string) string {
		inner := strings.Trim(m, "*`")
		if len(answer) == most || strings.Contains(question, fold(inner)) || utf8.RuneCountInString(inner) < 2 || weight(inner) < 2 {
			return m
		}
		answer = append(answer, inner)
		return gap
	})
	rest := fold(text)
	for i, a := range answer {
		if strings.Contains(rest, fold(a)) || slices.Contains(answer[:i], a) {
			return Offer{}, false
		}
	}
	if len(answer) == 0 || weight(strings.ReplaceAll(text, gap, "")) < 8 || strings.Contains(text, gap+":/") || strings.Contains(text, "//") || strings.Contains(text, "#") {
		return Offer{}, false
	}
	return Offer{Form: Gaps, Prompt: text, Answer: answer}, true
}

// latinTerm is a name in Latin letters: abbreviations, or a word with a capital letter, a
// digit or an underscore in it.
var latinTerm = pattern.New(`\b(?:[A-Z][A-Z0-9]+(?:[ -][A-Z][A-Z0-9]+)*|[A-Za-z]+[A-Z0-9_][A-Za-z0-9_]*)\b`)

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
