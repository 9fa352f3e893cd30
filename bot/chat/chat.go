// Package chat holds the words that the bot and the chat networks share.
//
// An Event comes in from a network, a Response goes back. A Network also delivers what
// the bot says without being asked: the question of the day, the reveal. The package
// knows no network, and imports the standard library only.
//
// Text in a Message is what people and notes wrote, unescaped. A network escapes it in
// its own way and must see to it that nothing in it names, and so pings, anybody; Plain
// does so for networks without markup of their own.
package chat

import (
	"context"
	"errors"
	"time"
)

// A ChannelID names a channel of one network, as that network does. It is opaque to the bot.
type ChannelID string

// A MemberID names a member, as the network does. It is opaque to the bot.
type MemberID string

// A MessageID names a posted message in its channel, as the network does.
type MessageID string

// A Key names an outward act, so that it happens once. It is at most 25 bytes of
// letters, digits and -, which fits every network's field for such a key.
type Key string

// A Member is a person in a channel.
type Member struct {
	ID   MemberID
	Name string // as the network shows it; never used to tell members apart
}

// An Event is something that a member did. Exactly one of Command, Press, Submit, Reply
// and Complete is set.
type Event struct {
	Network  string    // Network.Name of where it came from
	Channel  ChannelID // "" where it came from no channel, such as a member's own page
	Thread   MessageID // the message in whose thread it was said; "" for none
	Member   Member
	Language string    // what the member reads, "en" or "zh"; "" where the network does not say
	Admin    bool      // may use the commands of whoever runs the bot; decided by the network
	Direct   bool      // in a direct message: nobody else sees the answer
	Barred   bool      // the network says that the bot may not post in Channel
	Aloud    bool      // asked before the channel, which will see the answer: a mention of the bot
	At       time.Time // when it reached us, UTC

	Command  *Command
	Press    *Press
	Submit   *Submit
	Reply    *Reply
	Complete *Complete
}

// A Command is what a member typed to the bot, such as "/study ask 什么是 pod".
type Command struct {
	Name string // lower case, without slash: "ask"
	Args string // the rest, as typed; "" for none
}

// A Press is a press on a Button.
type Press struct {
	Action  string // Button.Action
	Message MessageID
}

// A Submit is a Form that was sent.
type Submit struct {
	Action string            // Form.Action
	Values map[string]string // by Field.Name
}

// A Reply is a message in the thread under one of the bot's own messages, or, where Event.Thread is "", one that replies
// to such a message itself.
type Reply struct {
	To   MessageID
	Text string
}

// A Complete asks how the argument that a member is typing may go on.
type Complete struct {
	Command string // its name
	Text    string // typed so far
}

// A Response is what is done about an Event. The zero Response says nothing.
type Response struct {
	Private *Message // shown to the event's member alone
	Public  *Message // shown to the event's channel
	Edit    *Edit    // replaces a message of the bot
	Form    *Form    // opened for the event's member
	Taken   bool     // a Reply was taken as an answer; a network that can sets a mark on it
	Choices []string // for a Complete, best first: at most 25, each of at most 100 runes
}

// An Edit replaces the message Message of the event's channel by To.
type Edit struct {
	Message MessageID
	To      Message
}

// A Message is what the bot says, by its parts and not by its looks. A network that has a
// limit cuts Blocks at the end of a sentence.
type Message struct {
	Title   string // one line; "" for none
	Blocks  []Block
	Buttons []Button
	Context string    // a small last line: a source, a hint; "" for none
	Thread  MessageID // posted under this message; "" for the channel itself
	Open    bool      // members may write in the thread under it at once: a network where threads have to be opened opens it
}

// A Block is a part of a message: Text, Passage, List or Table.
type Block interface{ block() }

// Text is a paragraph of plain text.
type Text string

// A Passage is text of a note, shown as the note has it (Markdown, code fences kept).
type Passage struct {
	Title  string   // heading of the passage; "" for none
	Text   string   // Markdown
	Marks  []string // words to be set off in Text
	Source string   // "file:12-18", and its headings
	Link   string   // web address of the source; "" for none
}

// A List is a list of short lines. A line may have a mark in front: "✓", "✗", "1.".
type List struct {
	Title string // "" for none
	Items []Item
}

// An Item is a line of a List.
type Item struct {
	Mark string
	Text string
	Note string // smaller, behind the text; "" for none
}

// A Table is a small table, such as a board. Columns that hold numbers are right-aligned.
type Table struct {
	Head []string
	Rows [][]string
}

func (Text) block()    {}
func (Passage) block() {}
func (List) block()    {}
func (Table) block()   {}

// A Button may be pressed by anybody who sees the message, as long as it exists.
type Button struct {
	Action  string // comes back in Press; at most 100 bytes
	Label   string // at most 75 bytes
	Primary bool

	// Option is what the button chooses, where it is one of a question's options; "" for none. Those whose actions
	// differ in the last word alone are the options of one question. A network may put them into a menu.
	Option string
}

// Show begins the action of a Press that asks for a message again that was posted: its key follows. A network may put
// it on a button of its own.
const Show = "show "

// A Form asks one member for some text.
type Form struct {
	Action string // comes back in Submit; at most 100 bytes
	Title  string // at most 24 runes
	Fields []Field
}

// A Field is one input of a Form.
type Field struct {
	Name  string
	Label string // at most 45 runes
	Value string // what it holds at first
	Long  bool   // several lines
}

// A Usage describes a command, for networks that show their members what they can type.
type Usage struct {
	Name  string            // lower case: "ask"
	Admin bool              // for whoever runs the bot
	Help  map[string]string // one line of at most 100 runes, by language: "en", "zh"
	Param *Param            // nil where the command takes nothing
}

// A Param is what a command takes: all that is typed behind its name.
type Param struct {
	Name     string            // lower case: "query"
	Help     map[string]string // one line of at most 100 runes, by language
	Required bool
	Number   bool     // it is a number above 0
	Choices  []string // what it may be; nil for any text
	Complete bool     // the bot answers a Complete for it
}

// A Handler answers an event. An error is a failure of the bot, not of the member; the
// network tells the member that it could not be done, and the error is logged.
type Handler func(context.Context, Event) (Response, error)

// ErrUncertain is returned by Network.Post when the network may or may not have
// taken the message. Find tells, later.
var ErrUncertain = errors.New("unknown whether the message was posted")

// ErrRefused is returned by a Network that will not take a message as things are: the channel
// is gone, or the bot is not in it. The message was not posted.
var ErrRefused = errors.New("the network refuses the message")

// A Network delivers to one chat network.
type Network interface {
	// Name is the network's name in settings and logs: "slack", "discord", "terminal".
	Name() string

	// Typed is what a member types to give a command: "/study ask" for "ask".
	Typed(command string) string

	// Hears reports whether what a member writes in a thread reaches the bot where it does not name the bot.
	Hears() bool

	// Post sends m to a channel, once: a second Post with the same key
	// returns the first one's ID.
	Post(ctx context.Context, to ChannelID, m Message, key Key) (MessageID, error)

	// Find looks for a message that was posted with key. It reports whether there is one.
	Find(ctx context.Context, in ChannelID, key Key) (MessageID, bool, error)

	// Edit replaces a message that was posted.
	Edit(ctx context.Context, in ChannelID, id MessageID, m Message) error
}
