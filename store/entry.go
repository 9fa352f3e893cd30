package store

import (
	"time"

	"studybot/bot/chat"
	"studybot/knowledge"
)

// A Day is a date in a channel's time zone, written 2006-01-02. "" is before every day.
type Day string

// A Channel is a channel of one of the networks.
type Channel struct {
	Network string         `json:"network"`
	ID      chat.ChannelID `json:"id"`
}

func (c Channel) String() string { return c.Network + "/" + string(c.ID) }

// A QuestionID names a question: a card asked in a channel on a day. No two stores
// give the same.
type QuestionID string

// PostKey is the key that the question is posted with.
func (id QuestionID) PostKey() chat.Key { return chat.Key(id) + "-q" }

// RevealKey is the key that the question's reveal is posted with.
func (id QuestionID) RevealKey() chat.Key { return chat.Key(id) + "-r" }

// RemindKey is the key that the question's reminder is posted with.
func (id QuestionID) RemindKey() chat.Key { return chat.Key(id) + "-n" }

// A What says what kind of fact an Entry is.
type What string

// The facts of the ledger.
const (
	WasAsked     What = "asked"     // a card was chosen for a day; its post is pending
	WasPosted    What = "posted"    // the network holds the message of an act
	WasReplied   What = "replied"   // a member answered, or changed the answer
	WasRevealed  What = "revealed"  // the question was closed and its points awarded; its reveal is pending
	WasVoided    What = "voided"    // the question was withdrawn, open or revealed; it counts for nobody; where it has a Key, the notice of its day is pending
	WasSkipped   What = "skipped"   // no question will be asked on a day; where it has a Key, the notice of it is pending
	WasRegraded  What = "regraded"  // the replies to a question were graded again, by References
	WasCorrected What = "corrected" // the question's card got another reference answer; all replies were graded again
	WasAppealed  What = "appealed"  // a member holds that the own reply is right; a Case waits
	WasSuggested What = "suggested" // a member proposed a card; a Case waits
	WasDecided   What = "decided"   // a Case was accepted or declined
	WasPractised What = "practised" // a member answered Practice, in private: it counts for the member's own memory only
	WasRated     What = "rated"     // a member said whether a lookup helped; where it did not, a Case waits
	WasHidden    What = "hidden"    // a member is shown on boards no more, or again
	WasForgotten What = "forgotten" // what was stored of a member was deleted; Actor is the mark that took his place
	WasPaused    What = "paused"    // no question will be asked before Day; "" ends the pause
	WasReminded  What = "reminded"  // the channel is to be told that the question is still open; that is pending
	WasSet       What = "set"       // a deck of the channel got Settings
)

// An Entry is a fact of the ledger. A stored entry may gain fields; none is renamed or
// changes its type.
type Entry struct {
	Seq     uint64    `json:"-"`
	At      time.Time `json:"at"` // UTC
	What    What      `json:"what"`
	Channel Channel   `json:"channel"`
	Actor   string    `json:"actor,omitempty"`  // the member who caused it; "" for the bot itself
	Reason  string    `json:"reason,omitempty"` // for people

	Question   QuestionID      `json:"question,omitempty"`
	Deck       string          `json:"deck,omitempty"`       // asked, skipped: its name; "" for the channel's own
	Day        Day             `json:"day,omitempty"`        // asked, replied (of the question), skipped, paused
	Since      Day             `json:"since,omitempty"`      // skipped: the first of the days up to Day that were missed; "" for Day alone
	Extra      bool            `json:"extra,omitempty"`      // asked: one more, not the question of the day
	Review     bool            `json:"review,omitempty"`     // asked: the channel was asked the card before
	Card       *knowledge.Card `json:"card,omitempty"`       // asked: as it was then; editing the note does not change it; corrected
	Form       *Form           `json:"form,omitempty"`       // asked, corrected: how; nil for in one's own words
	Note       string          `json:"note,omitempty"`       // corrected: names the answer that the note had
	Key        chat.Key        `json:"key,omitempty"`        // posted; skipped, voided: of the notice
	Message    string          `json:"message,omitempty"`    // posted: the network's ID
	Reply      *Reply          `json:"reply,omitempty"`      // replied
	References []string        `json:"references,omitempty"` // asked, regraded, corrected: answers accepted from now on besides the card's own
	Regrades   []Reply         `json:"regrades,omitempty"`   // regraded, corrected: all replies, with their new grades
	Case       *Case           `json:"case,omitempty"`       // appealed, suggested; rated, where it did not help
	Rating     *Rating         `json:"rating,omitempty"`     // rated
	Decides    uint64          `json:"decides,omitempty"`    // decided: the Case's number
	Accepted   bool            `json:"accepted,omitempty"`   // decided
	Practice   *Practice       `json:"practice,omitempty"`   // practised
	Hidden     bool            `json:"hidden,omitempty"`     // hidden
	Settings   *Settings       `json:"settings,omitempty"`   // set: all that are set from now on
	Awards     []Award         `json:"awards,omitempty"`     // revealed, and what it brought: also late replied, regraded, corrected
}

// A Question is a card asked in a channel on a day.
type Question struct {
	ID         QuestionID     `json:"id"`
	Channel    Channel        `json:"channel"`
	Deck       string         `json:"deck,omitempty"` // its name; "" for the channel's own
	Day        Day            `json:"day"`
	Extra      bool           `json:"extra,omitempty"`
	Review     bool           `json:"review,omitempty"` // the channel was asked the card before
	Card       knowledge.Card `json:"card"`             // as it was when it was asked, or as it was corrected
	Form       *Form          `json:"form,omitempty"`   // how it is asked; nil for in one's own words
	At         time.Time      `json:"at"`
	Message    chat.MessageID `json:"message,omitempty"` // of its post; "" while that is pending
	State      State          `json:"state"`
	Reason     string         `json:"reason,omitempty"`    // why it was withdrawn
	Corrected  string         `json:"corrected,omitempty"` // why its reference answer was corrected
	Revealed   time.Time      `json:"revealed,omitzero"`
	Reminded   bool           `json:"reminded,omitempty"`   // or about to be
	References []string       `json:"references,omitempty"` // further answers that were accepted, for earlier questions of the card too
	Rule       uint64         `json:"rule,omitempty"`       // the entry that last changed what replies are graded by; 0 for none

	RevealMessage chat.MessageID `json:"reveal_message,omitempty"` // of its reveal; "" while that is pending

	Replies int `json:"-"` // members who answered, late ones too
}

// A Form is how a question is asked that is not answered in one's own words.
type Form struct {
	Ask     Ask      `json:"ask"`
	Options []string `json:"options,omitempty"` // as they are shown
	Right   []int    `json:"right,omitempty"`   // of AskPick the right option; of AskOrder all of them, in the right order
	Command string   `json:"command,omitempty"` // of AskCommand
}

// An Ask says what a Form asks for.
type Ask string

// What a form asks for.
const (
	AskPick    Ask = "pick"    // one of the options
	AskOrder   Ask = "order"   // the options, in order
	AskCommand Ask = "command" // a command, to the letter
)

// A State says what may be done with a question.
type State string

// The states of a question.
const (
	StateOpen   State = "open"
	StateClosed State = "closed" // revealed
	StateVoid   State = "void"   // withdrawn
)

// A Reply is a member's answer to a question. A later one replaces it, until the reveal.
type Reply struct {
	Member chat.MemberID   `json:"member"`
	Name   string          `json:"name"`
	Text   string          `json:"text"`
	Grade  knowledge.Grade `json:"grade"`
	At     time.Time       `json:"at"`
	Late   bool            `json:"late,omitempty"`  // after the reveal: it counts for taking part only
	First  string          `json:"first,omitempty"` // the Text of the member's first reply to the question, where this is a later one
	Rule   uint64          `json:"rule,omitempty"`  // the Question's by which it was graded
}

// An Award is what a question brought a member, and why.
type Award struct {
	Member  chat.MemberID `json:"member"`
	Points  int           `json:"points"`
	Taking  int           `json:"taking"`  // of Points, for taking part
	Quality int           `json:"quality"` // of Points, for the key points held
	Known   bool          `json:"known"`   // the score was in the band Known
}

// Points are what a member has on a board.
type Points struct {
	Points   int `json:"points"`
	Answered int `json:"answered"` // questions
	Known    int `json:"known"`    // of them, answered in the band Known
}

// A Use says how a channel has asked a card so far.
type Use struct {
	Last  Day `json:"last"`
	Times int `json:"times"`
}

// An Act is something outward that is decided but not known to be done: a question's post, its
// reminder or reveal, or the notice that a day is left out.
type Act struct {
	Key      chat.Key   `json:"key"`
	Channel  Channel    `json:"channel"`
	Question QuestionID `json:"question,omitempty"`
	Reveal   bool       `json:"reveal,omitempty"` // of Question
	Remind   bool       `json:"remind,omitempty"` // of Question; its post where neither is set
	Skipped  Day        `json:"skipped,omitempty"`
	Since    Day        `json:"since,omitempty"` // the first of the days up to Skipped; "" for one
	Deck     string     `json:"deck,omitempty"`  // of Skipped
}

// A Rating is what a member says of a lookup.
type Rating struct {
	Query   string         `json:"query"`
	File    string         `json:"file,omitempty"` // of the passage that was found first; "" where nothing was
	Lines   knowledge.Span `json:"lines,omitzero"`
	Helpful bool           `json:"helpful,omitempty"`
}

// A Case is something that an admin has to decide: an appeal against a grade, a suggested card, or a lookup
// that did not help.
type Case struct {
	Number   uint64          `json:"number"` // of its entry
	At       time.Time       `json:"at"`
	Member   chat.MemberID   `json:"member"`
	Name     string          `json:"name"`
	Question QuestionID      `json:"question,omitempty"` // of an appeal
	Card     *knowledge.Card `json:"card,omitempty"`     // of a suggestion
	Rating   *Rating         `json:"rating,omitempty"`   // of a lookup
}

// A Practice is an answer that a member gave in private, or the word that a point was known.
type Practice struct {
	Card  knowledge.ID `json:"card"`
	Day   Day          `json:"day"`
	Score float64      `json:"score"` // 0..1
	At    time.Time    `json:"at"`
	Had   bool         `json:"had,omitempty"` // not an answer, but the member's word that it was known
}
