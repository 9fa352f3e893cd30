package slack

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"studybot/bot/chat"
)

// Limits of Block Kit (https://docs.slack.dev/reference/block-kit).
const (
	maxMessageBlocks = 50
	maxViewBlocks    = 100
	maxSection       = 3000
	maxHeader        = 150
	maxLabel         = 75
	maxValue         = 2000
	maxActions       = 25
)

// Limits of ours: a message is no book.
const (
	maxText    = 12000 // of all rich text of a message
	maxContext = 500
	maxCell    = 24 // columns
)

// blocks is a message as Block Kit, of at most `most` blocks; more is what the button for the rest of a text says. A passage that is longer than a block goes on behind a
// button; what does not fit even there is cut, and its source says where it stands.
func blocks(m chat.Message, most int, more string) []slack.Block {
	p := page{room: maxText, most: most - 3, moreLabel: more} // actions twice, and the context
	if title := oneLine(m.Title); title != "" {
		p.blocks = append(p.blocks, slack.NewHeaderBlock(plainText(shorten(title, maxHeader))))
	}
	for _, b := range m.Blocks {
		p.add(b)
	}
	all := append(p.blocks, actions("more", p.more)...)
	all = append(all, actions("press", buttons(m.Buttons))...)
	if c := oneLine(m.Context); c != "" {
		all = append(all, note(plainText(shorten(c, maxContext))))
	}
	if len(all) == 0 {
		all = append(all, note(plainText("…"))) // a message without blocks is none
	}
	return all
}

func plainText(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, s, false, false)
}

// label is a text of one line where Slack takes no empty one.
func label(s string, most int) string { return cmp.Or(shorten(oneLine(s), most), "…") }

func note(text *slack.TextBlockObject) slack.Block { return slack.NewContextBlock("", text) }

func actions(id string, elements []slack.BlockElement) []slack.Block {
	if len(elements) == 0 {
		return nil
	}
	return []slack.Block{slack.NewActionBlock(id, elements[:min(len(elements), maxActions)]...)}
}

func buttons(bs []chat.Button) (elements []slack.BlockElement) {
	for i, b := range bs {
		id, value := actionButton, b.Action
		if command, ok := strings.CutPrefix(value, commandMark); ok {
			id, value = actionCommand, command
		}
		button := slack.NewButtonBlockElement(fmt.Sprint(id, i), value, plainText(label(b.Label, maxLabel)))
		if b.Primary {
			button.Style = slack.StylePrimary
		}
		elements = append(elements, button)
	}
	return elements
}

// A page is a message in the making.
type page struct {
	blocks    []slack.Block
	more      []slack.BlockElement
	moreLabel string
	room      int // for text
	most      int // blocks
	full      bool
}

func (p *page) add(b chat.Block) {
	switch b := b.(type) {
	case chat.Text:
		p.text(string(b))
	case chat.Passage:
		p.passage(b)
	case chat.List:
		p.list(b)
	case chat.Table:
		p.table(b)
	}
}

// put adds rich text whose text is of a size. Where there is no room for it, an ellipsis stands for it and for all
// that follows.
func (p *page) put(textSize int, elements ...slack.RichTextElement) {
	switch {
	case p.full || len(elements) == 0:
	case textSize > p.room || len(p.blocks) >= p.most-1:
		p.full = true
		p.blocks = append(p.blocks, slack.NewRichTextBlock("", section([]span{{text: "…"}})))
	default:
		p.room -= textSize
		p.blocks = append(p.blocks, slack.NewRichTextBlock("", elements...))
	}
}

func (p *page) text(text string) {
	for rest := chat.Clean(text); rest != "" && !p.full; {
		var head string
		head, rest = cut(rest, maxSection)
		p.put(size(head), plainRichText(head)...)
	}
}

func (p *page) passage(b chat.Passage) {
	if title := oneLine(b.Title); title != "" {
		title = shorten(title, maxHeader)
		p.put(size(title), section([]span{{text: title, style: slack.RichTextSectionTextStyle{Bold: true}}}))
	}
	head, rest := cut(chat.Clean(b.Text), maxSection)
	p.put(size(head), richText(head, b.Marks)...)
	for rest != "" && !p.full && size(rest) > p.behind(b) {
		head, rest = cut(rest, maxSection)
		p.put(size(head), richText(head, b.Marks)...)
	}
	if rest != "" && !p.full {
		p.more = append(p.more, p.moreButton(shorten(oneLine(b.Source), maxHeader), rest))
	}
	if source := sourceOf(b); source != nil && len(p.blocks) < p.most {
		p.blocks = append(p.blocks, note(source))
	}
}

// behind is how much text a button holds, besides the passage's source.
func (p *page) behind(b chat.Passage) int {
	if len(p.more) >= maxActions {
		return 0
	}
	return maxValue - min(size(oneLine(b.Source)), maxHeader) - 1
}

// moreButton holds the rest of a passage, so that it needs no memory and works as long as its message exists.
func (p *page) moreButton(source, rest string) slack.BlockElement {
	label := p.moreLabel
	if n := len(p.more); n > 0 {
		label += fmt.Sprintf(" %d", n+1)
	}
	return slack.NewButtonBlockElement(fmt.Sprint(actionMore, len(p.more)), source+"\n"+rest, plainText(label))
}

func sourceOf(b chat.Passage) *slack.TextBlockObject {
	source := shorten(oneLine(b.Source), maxContext)
	switch {
	case source == "":
		return nil
	case web(b.Link):
		return slack.NewTextBlockObject(slack.MarkdownType, "<"+escape(b.Link)+"|"+escape(chat.Plain(source))+">", false, true)
	}
	return plainText(source)
}

func (p *page) list(b chat.List) {
	var spans []span
	used := 0
	line := func(add ...span) {
		n := 1
		for _, s := range add {
			n += size(s.text)
		}
		if used+n > maxSection {
			p.put(used, section(trimmed(spans)))
			spans, used = nil, 0
		}
		spans, used = append(append(spans, add...), span{text: "\n"}), used+n
	}
	if title := oneLine(b.Title); title != "" {
		line(span{text: shorten(title, maxSection-1), style: slack.RichTextSectionTextStyle{Bold: true}})
	}
	for _, item := range b.Items {
		line(itemSpans(item)...)
	}
	if spans = trimmed(spans); len(spans) > 0 {
		p.put(used, section(spans))
	}
}

// itemSpans is a line of a list. Without a mark, a text with a note is a term and what it means.
func itemSpans(item chat.Item) (spans []span) {
	const most = maxSection / 2 // so that a line always fits
	text, gap := shorten(oneLine(item.Text), most), "  "
	if mark := oneLine(item.Mark); mark != "" {
		spans = append(spans, span{text: shorten(mark, maxLabel) + " "})
		spans = append(spans, plainSpans(text)...)
	} else if item.Note != "" {
		spans, gap = append(spans, span{text: text, style: slack.RichTextSectionTextStyle{Bold: true}}), " · "
	} else {
		spans = plainSpans(text)
	}
	if note := oneLine(item.Note); note != "" {
		spans = append(spans, span{text: gap + shorten(note, most-maxLabel-10)})
	}
	return slices.DeleteFunc(spans, func(s span) bool { return s.text == "" })
}

func (p *page) table(b chat.Table) {
	rows := [][]string{plainRow(b.Head)}
	for _, row := range b.Rows {
		rows = append(rows, plainRow(row))
	}
	text := columns(rows, maxCell)
	for rest := text; rest != "" && !p.full; {
		var head string
		head, rest = cut(rest, maxSection)
		p.put(size(head), preformatted(head))
	}
}

func plainRow(row []string) (cells []string) {
	for _, cell := range row {
		cells = append(cells, oneLine(cell))
	}
	return cells
}

// oneLine makes text a single line that can be shown.
func oneLine(s string) string { return strings.Join(strings.Fields(chat.Clean(s)), " ") }

// escape makes text safe for Slack's markup (https://docs.slack.dev/messaging/formatting-message-text#escaping).
func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}

// maxFallback is what a notification, or a screen reader, gets of a message.
const maxFallback = 300

// fallback is the message in a few words, for notifications. It is markup: it is escaped, and what could be read as a
// mention is broken.
func fallback(m chat.Message) string {
	var parts []string
	for _, s := range append([]string{m.Title}, texts(m.Blocks)...) {
		if s = oneLine(s); s != "" {
			parts = append(parts, s)
		}
	}
	text := strings.NewReplacer("`", "", "**", "").Replace(strings.Join(parts, " — "))
	return escape(chat.Plain(cmp.Or(shorten(strings.TrimSpace(text), maxFallback), "…")))
}

func texts(bs []chat.Block) (all []string) {
	for _, b := range bs {
		switch b := b.(type) {
		case chat.Text:
			all = append(all, string(b))
		case chat.Passage:
			all = append(all, b.Title, b.Text)
		case chat.List:
			all = append(all, b.Title)
			for _, item := range b.Items {
				all = append(all, item.Mark+" "+item.Text+" "+item.Note)
			}
		}
	}
	return all
}
