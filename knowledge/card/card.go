// Package card finds the questions in a note.
//
// Explicit marks come first: comments of the writer, <details>, Q:/A:, multiple choice,
// Anki and Obsidian flashcards. What they leave are the note's sections: titles that ask,
// and noun phrases with a text that a template makes a question of.
//
// A writer steers it in the note, with lines that no reader sees:
//
//	<!-- studybot: skip -->            no cards from the section it stands in; above the first heading, none from the note
//	<!-- studybot: topic Linux 网络 -->  the topic of the section, or of the note
//	<!-- studybot: card 什么是 VIP？ -->  asks this; the answer is the text down to the next such comment or heading
//
// In front matter, "studybot: skip" and "studybot: topic Linux 网络" do the same for the note.
package card

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"studybot/knowledge"
	"studybot/knowledge/grade"
	"studybot/knowledge/note"
)

// A draft is a question that was found and its answer, before it is worded and judged.
type draft struct {
	title    string // the words of the note
	line     int    // where they stand, 1-based
	section  int    // index of the section it belongs to, -1 for none
	question string // as it is asked; "" where a template is to make it of the title
	key      string // what the identity is made of; "" for topic and title
	body     []knowledge.Span
	answer   string // "" for the lines of body
	kind     knowledge.Kind
	options  []knowledge.Option
	explicit bool // a mark of the author says that this is a question
	guessed  bool // a template asks that nothing in the title or answer calls for
	flags    []knowledge.Flag
}

// Read returns the cards of a note, in the order of their titles, and what its author
// should know of its questions: those that are no cards, because the answer is missing, a
// reference to another place or a picture, and marks that are broken.
func Read(n knowledge.Note) ([]knowledge.Card, []knowledge.Problem) {
	return new(Reader).Read(n)
}

// A Reader reads many notes, side by side: what stands in several of them, word for word,
// is looked at for key points once, and held in memory once. Its zero value is ready. It
// holds on to the questions and answers of all that it read.
type Reader struct {
	mu    sync.Mutex
	known map[content]known
}

// A content is what the key points of a card depend on.
type content struct{ question, answer string }

type known struct {
	content
	points []string
}

// Read is [Read].
func (r *Reader) Read(n knowledge.Note) ([]knowledge.Card, []knowledge.Problem) {
	cards, problems := read(n, r.keyPoints)
	r.mu.Lock()
	defer r.mu.Unlock()
	for i, c := range cards {
		if k, ok := r.known[content{c.Question, c.Answer}]; ok {
			cards[i].Question, cards[i].Answer = k.question, k.answer
		}
	}
	return cards, problems
}

func (r *Reader) keyPoints(question, answer string) []string {
	c := content{question, answer}
	r.mu.Lock()
	k, ok := r.known[c]
	r.mu.Unlock()
	if ok {
		return k.points
	}
	k = known{c, grade.KeyPoints(question, answer)}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.known == nil {
		r.known = map[content]known{}
	}
	r.known[c] = k
	return k.points
}

// Cards returns the cards of Read.
func Cards(n knowledge.Note) []knowledge.Card {
	cards, _ := Read(n)
	return cards
}

// Doubts returns the problems of Read.
func Doubts(n knowledge.Note) []knowledge.Problem {
	_, problems := Read(n)
	return problems
}

// readers find explicitly marked questions. Each takes the lines that it used.
var readers = []func(*doc) []draft{forced, gifts, anki, fieldBlocks, details, gapChoices, choices, keyedQuestions, judged, boxes, qa, folded, boldQuestions, definitions, tables, callouts, admonitions, shortcodes, sides, tagged, flashcards, arrows, clozes, examParts}

// read is Read with the function that finds the key points of an answer.
func read(n knowledge.Note, points func(question, answer string) []string) ([]knowledge.Card, []knowledge.Problem) {
	r := rooms.Get().(*room)
	defer r.done()
	d := newDoc(n, r)
	d.points = points
	if d.skipAll {
		return nil, nil
	}
	drafts := r.drafts[:0]
	for _, read := range readers {
		drafts = append(drafts, read(d)...)
	}
	drafts = append(append(drafts, fromSections(d)...), countedLists(d)...)
	r.drafts = drafts
	slices.SortStableFunc(drafts, func(a, b draft) int { return cmp.Compare(a.line, b.line) })
	out := make([]knowledge.Card, 0, len(drafts))
	for _, dr := range drafts {
		if d.skipped(dr.section) {
			continue
		}
		if c, ok := d.finish(dr); ok {
			out = append(out, c)
		}
	}
	distinguish(out)
	return out, d.problems
}

// kept returns a draft without hold on the text of its note: cards outlive notes.
func (dr draft) kept() draft {
	dr.title, dr.question, dr.answer = strings.Clone(dr.title), strings.Clone(dr.question), strings.Clone(dr.answer)
	for i, o := range dr.options {
		dr.options[i].Text = strings.Clone(o.Text)
	}
	return dr
}

// finish words, judges and names a draft; it is not ok where the draft has no answer.
func (d *doc) finish(dr draft) (knowledge.Card, bool) {
	dr = dr.kept()
	c := knowledge.Card{
		File: d.note.File, Title: dr.title, TitleLine: dr.line, Path: append([]string{}, d.path(dr.section, dr.line)...),
		Kind: dr.kind, Lines: dr.body, Answer: dr.answer, Options: dr.options,
		Flags: slices.Clone(dr.flags), KeyPoints: []string{},
	}
	if c.Flags == nil {
		c.Flags = []knowledge.Flag{}
	}
	if c.Answer == "" {
		c.Answer, c.Lines = d.answer(dr.body)
		c.Answer = untitled(c.Answer, dr.title)
		if dr.kind != knowledge.Choice && mayAnswer(strings.TrimLeft(c.Answer, ">-+ ")) && !lettersOnly.MatchString(c.Answer) {
			c.Answer = strings.TrimLeft(uncuedAnswer(c.Answer), "\n")
		}
	}
	if c.Lines == nil {
		c.Lines = []knowledge.Span{}
	}
	if why := hollow(c.Answer); why != "" && len(c.Options) == 0 {
		if dr.explicit || note.Asks(dr.title) {
			d.problem(dr.line, dr.title, why)
		}
		return c, false
	}
	s := d.room.shapeOf(c.Answer)
	if c.Kind == "" {
		c.Kind = s.kind(dr.title)
	}
	topic := d.topic(dr)
	c.Question = dr.question
	if c.Question == "" {
		c.Question, dr.guessed = ask(dr.title, topic, d.class(dr), s)
		if dr.explicit && unasked(dr.title) {
			c.Question = dr.title
		}
	}
	key := dr.key
	if key == "" {
		key = subject(dr.title, topic)
	}
	c.ID = identity(key)
	if c.Kind != knowledge.Choice {
		if p := d.points(c.Question, c.Answer); p != nil {
			c.KeyPoints = pointed(p, c.Kind, c.Question)
		}
	}
	d.judge(&c, dr, s, topic)
	return c, true
}

// uncuedAnswer takes the cue off the beginning of an answer, "> 答：", and the mark before it.
func uncuedAnswer(s string) string {
	t := strings.TrimLeft(s, "> ")
	if len(t) == len(s) && len(s) > 1 && s[1] == ' ' {
		t = strings.TrimLeft(s, "-*+ ")
	}
	if cue := answerCue.FindString(t); cue != "" {
		return t[len(cue):]
	}
	return s
}

// answer returns the text of spans without what is no part of an answer, and the spans
// without such lines at their ends.
func (d *doc) answer(body []knowledge.Span) (string, []knowledge.Span) {
	var b strings.Builder
	b.Grow(d.size(body))
	var spans []knowledge.Span
	for k, s := range body {
		s = d.trim(s)
		if s.Start > s.End || len(spans) == 0 && s.Start == s.End && titlesAnswer(d.note.Lines[s.Start-1]) {
			continue
		}
		if s.Start == s.End && k+1 < len(body) && !d.code(s.Start-1) && credits(d.note.Lines[s.Start-1]) {
			continue
		}
		spans = append(spans, s)
		if d.pages != nil {
			b.WriteString(withoutNotices(d.pages.Join(s.Start, s.End)) + "\n")
			continue
		}
		for i := s.Start; i <= s.End; i++ {
			t, keep := d.clean(i - 1)
			if !keep {
				continue
			}
			b.WriteString(t)
			b.WriteByte('\n')
		}
	}
	return outdent(strings.Trim(b.String(), "\n")), spans
}

// size returns how many bytes the lines of a body have.
func (d *doc) size(body []knowledge.Span) int {
	n := 0
	for _, s := range body {
		for _, l := range d.note.Lines[s.Start-1 : max(s.End, s.Start-1)] {
			n += len(l) + 1
		}
	}
	return n
}

// untitled takes the title off an answer that goes on in the title's line: "**锁**：保护…".
func untitled(answer, title string) string {
	first, rest, more := strings.Cut(answer, "\n")
	if len(first) > longLine || title == "" {
		return answer
	}
	bare := strings.TrimLeft(first, "*_#> \t")
	after, ok := strings.CutPrefix(bare, title)
	if !ok {
		return answer
	}
	after = strings.TrimLeft(after, "*_ ")
	for _, colon := range []string{"：", ":"} {
		if text, ok := strings.CutPrefix(after, colon); ok && weight(text) > 0 {
			if text = strings.TrimLeft(text, "*_ "); more {
				return text + "\n" + rest
			}
			return text
		}
	}
	return answer
}

const longLine = 8000 // bytes of a line that is not looked at for its title

// outdent takes the indentation off that all lines of a text have in common.
func outdent(s string) string {
	if s == "" || s[0] != ' ' && s[0] != '\t' {
		return s
	}
	common := s[:len(s)-len(strings.TrimLeft(s, " \t"))]
	for l := range strings.SplitSeq(s, "\n") {
		if strings.TrimSpace(l) == "" {
			continue
		}
		for !strings.HasPrefix(l, common) {
			common = common[:len(common)-1]
		}
	}
	if common == "" {
		return s
	}
	return strings.ReplaceAll(strings.TrimPrefix(s, common), "\n"+common, "\n")
}
