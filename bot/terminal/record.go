package terminal

import (
	"time"

	"studybot/bot/chat"
)

// A record is a line of the transcript: a message, or its replacement. Fields may be added; none
// is renamed or changes its type.
type record struct {
	At      time.Time      `json:"at"`
	Channel chat.ChannelID `json:"channel"`
	ID      chat.MessageID `json:"id,omitempty"`    // of a message: "1", "2", …
	Key     chat.Key       `json:"key,omitempty"`   // of a message that was not the answer to an event
	Edits   chat.MessageID `json:"edits,omitempty"` // in place of ID: the message it replaces
	Message stored         `json:"message"`
}

// A stored message has the parts of a chat.Message.
type stored struct {
	Title   string         `json:"title,omitempty"`
	Blocks  []storedBlock  `json:"blocks,omitempty"`
	Buttons []storedButton `json:"buttons,omitempty"`
	Context string         `json:"context,omitempty"`
	Thread  chat.MessageID `json:"thread,omitempty"`
}

// A storedBlock has exactly one of its fields.
type storedBlock struct {
	Text    *string        `json:"text,omitempty"`
	Passage *storedPassage `json:"passage,omitempty"`
	List    *storedList    `json:"list,omitempty"`
	Table   *storedTable   `json:"table,omitempty"`
}

type storedPassage struct {
	Title  string   `json:"title,omitempty"`
	Text   string   `json:"text"`
	Marks  []string `json:"marks,omitempty"`
	Source string   `json:"source,omitempty"`
	Link   string   `json:"link,omitempty"`
}

type storedList struct {
	Title string       `json:"title,omitempty"`
	Items []storedItem `json:"items,omitempty"`
}

type storedItem struct {
	Mark string `json:"mark,omitempty"`
	Text string `json:"text"`
	Note string `json:"note,omitempty"`
}

type storedTable struct {
	Head []string   `json:"head,omitempty"`
	Rows [][]string `json:"rows,omitempty"`
}

type storedButton struct {
	Action  string `json:"action"`
	Label   string `json:"label"`
	Primary bool   `json:"primary,omitempty"`
	Option  string `json:"option,omitempty"`
}

func storedMessage(m chat.Message) stored {
	s := stored{Title: m.Title, Context: m.Context, Thread: m.Thread}
	for _, b := range m.Blocks {
		switch b := b.(type) {
		case chat.Text:
			text := string(b)
			s.Blocks = append(s.Blocks, storedBlock{Text: &text})
		case chat.Passage:
			p := storedPassage(b)
			s.Blocks = append(s.Blocks, storedBlock{Passage: &p})
		case chat.List:
			l := storedList{Title: b.Title}
			for _, item := range b.Items {
				l.Items = append(l.Items, storedItem(item))
			}
			s.Blocks = append(s.Blocks, storedBlock{List: &l})
		case chat.Table:
			t := storedTable(b)
			s.Blocks = append(s.Blocks, storedBlock{Table: &t})
		}
	}
	for _, b := range m.Buttons {
		s.Buttons = append(s.Buttons, storedButton(b))
	}
	return s
}

func (s stored) message() chat.Message {
	m := chat.Message{Title: s.Title, Context: s.Context, Thread: s.Thread}
	for _, b := range s.Blocks {
		switch {
		case b.Text != nil:
			m.Blocks = append(m.Blocks, chat.Text(*b.Text))
		case b.Passage != nil:
			m.Blocks = append(m.Blocks, chat.Passage(*b.Passage))
		case b.List != nil:
			l := chat.List{Title: b.List.Title}
			for _, item := range b.List.Items {
				l.Items = append(l.Items, chat.Item(item))
			}
			m.Blocks = append(m.Blocks, l)
		case b.Table != nil:
			m.Blocks = append(m.Blocks, chat.Table(*b.Table))
		}
	}
	for _, b := range s.Buttons {
		m.Buttons = append(m.Buttons, chat.Button(b))
	}
	return m
}
