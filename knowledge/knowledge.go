// Package knowledge holds the plain words that the parts of studybot share about
// study notes: notes, sections, passages, cards and what grading says of an answer.
//
// It knows nothing of chat, storage or time, and has no behaviour that needs a
// file or an index. The work is done by its sub-packages: note reads files, card
// finds the questions in them, search finds passages, grade compares an answer with
// a reference, library keeps all of it up to date for a folder of notes.
//
// Lines are 1-based and inclusive everywhere, and are lines of the file as it lies on
// disk. Files are named relative to the notes folder, with slashes.
package knowledge

import (
	"encoding/json"
	"fmt"
	"sort"
)

// A Span is a range of lines, both ends included.
type Span struct {
	Start, End int
}

// MarshalJSON writes a span as [start,end].
func (s Span) MarshalJSON() ([]byte, error) {
	return fmt.Appendf(nil, "[%d,%d]", s.Start, s.End), nil
}

// UnmarshalJSON reads what MarshalJSON writes.
func (s *Span) UnmarshalJSON(b []byte) error {
	var a [2]int
	if err := json.Unmarshal(b, &a); err != nil {
		return fmt.Errorf("span: want [start,end]: %w", err)
	}
	s.Start, s.End = a[0], a[1]
	return nil
}

// A Note is one file of the notes folder, read.
type Note struct {
	File     string    // relative to the notes folder, with slashes
	Title    string    // the first heading, a front-matter title, or the file's name
	Hash     string    // of the file's bytes, hexadecimal
	Lines    []string  // the text, decoded; Lines[i] is line i+1, without its line end
	Sections []Section // in order of TitleLine; a section's Parent comes before it
	Problems []Problem // what a maintainer of the note would want to know
	Pages    []int     // of a PDF, the line that each page begins at, rising; nil for other files
}

// Place returns where lines of the note stand in its file: on which pages of a PDF, in
// the same lines of any other.
func (n Note) Place(s Span) Span {
	if n.Pages == nil {
		return s
	}
	page := func(line int) int {
		after := sort.SearchInts(n.Pages, line+1) // pages that begin at line or before
		return max(after, 1)
	}
	return Span{Start: page(s.Start), End: page(s.End)}
}

// A Section is a heading and what stands under it.
type Section struct {
	Title     string   // cleaned of marks, numbering and decoration; "" for text before the first heading
	TitleLine int      // 0 where the section has no title of its own
	Level     int      // 1 is the outermost; 0 for text before the first heading
	Path      []string // titles of the sections around it, outermost first, without its own
	Parent    int      // index of the section around it in Note.Sections, -1 for none
	Body      []Span   // its own text, without sub-sections and without the title line
}

// A Problem is something about a file that its author should know.
type Problem struct {
	File string
	Line int    // 0 where it is about the whole file
	Text string // one sentence: what is wrong, and what to do
}

func (p Problem) String() string {
	if p.Line == 0 {
		return p.File + ": " + p.Text
	}
	return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Text)
}

// A Passage is what search returns: some lines of a note that are read together.
type Passage struct {
	File  string
	Lines Span
	Path  []string // titles of the sections around it, outermost first
	Title string   // the title of its own section, or its first words
	Text  string   // the lines that are text, as members read them, joined by "\n"

	Later  int  // how many passages of its section stand before it
	Hollow bool // it is titles that nothing stands under: it is found, but answers nothing
}

// An ID names a card. It survives an edited answer, a renamed note and a new order, so
// that a card keeps the history of its answers.
type ID string

// A Kind says what an answer looks like, and so how it is best asked and graded.
type Kind string

// The kinds of cards.
const (
	Explain Kind = "explain"
	List    Kind = "list"
	Steps   Kind = "steps"
	Command Kind = "command"
	Compare Kind = "compare"
	Config  Kind = "config"
	Script  Kind = "script"
	Choice  Kind = "choice"
	Cloze   Kind = "cloze"
)

// A Flag is a reason not to ask a card by itself.
type Flag string

// The flags of cards.
const (
	NoAnswer    Flag = "no_answer"    // the note holds the question only
	NeedsReview Flag = "needs_review" // question or answer is doubtful
	Duplicate   Flag = "duplicate"    // another card asks the same
	TooLong     Flag = "too_long"     // nobody would type this answer
	ImageOnly   Flag = "image_only"   // the answer is a picture
)

// A Card is a question found in the notes, with its reference answer and where it stands.
type Card struct {
	ID        ID       `json:"id"`
	File      string   `json:"file"`
	Title     string   `json:"title"`      // the words of the note that the question was made from
	TitleLine int      `json:"title_line"` // where they stand
	Path      []string `json:"path"`       // titles of the sections around it, outermost first
	Question  string   `json:"question"`   // as it is asked
	Kind      Kind     `json:"kind"`
	Lines     []Span   `json:"lines"`  // of the answer
	Answer    string   `json:"answer"` // Markdown, as the note has it
	KeyPoints []string `json:"key_points"`
	Flags     []Flag   `json:"flags"`
	Score     float64  `json:"score"` // quality, 0..1: the best are asked first

	Options []Option `json:"options,omitempty"` // of a Choice, in the note's order
	Also    []Source `json:"also,omitempty"`    // other places that ask the same
}

// An Option is one choice of a multiple-choice card.
type Option struct {
	Text  string `json:"text"`
	Right bool   `json:"right"`
}

// A Source is a place in the notes.
type Source struct {
	File  string `json:"file"`
	Lines []Span `json:"lines"`
}

// Askable reports whether the card may be asked by itself: it has an answer and
// nothing about it is doubtful.
func (c Card) Askable() bool { return len(c.Flags) == 0 }

// Source is where the card's answer stands.
func (c Card) Source() Source { return Source{File: c.File, Lines: c.Lines} }

// A Point is one key point of a reference answer, held against an answer.
type Point struct {
	Text     string `json:"text"`
	Held     bool   `json:"held"`
	Evidence string `json:"evidence"` // the words of the answer that hold it, "" where none does
}

// A Grade says how much of a reference an answer holds.
type Grade struct {
	Score  float64 `json:"score"` // 0..1
	Points []Point `json:"points"`
}

// A Band is how a score is spoken of.
type Band int

// The bands of a score.
const (
	Little Band = iota // below .40
	Partly             // .40 and above
	Known              // .75 and above
)

// Band of the grade's score.
func (g Grade) Band() Band {
	switch {
	case g.Score >= 0.75:
		return Known
	case g.Score >= 0.40:
		return Partly
	}
	return Little
}
