package discord

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"
	"golang.org/x/text/width"

	"studybot/bot/chat"
)

// What Discord takes (https://discord.com/developers/docs/resources/message#embed-object-embed-limits,
// https://discord.com/developers/docs/components/reference). An embed has a text and a small line, which together stay
// below the 6,000 units that all embeds of a message may have.
const (
	maxTitle   = 256  // of our first line, which stands as the message's content, where 2,000 would do
	maxText    = 4096 // of an embed's description
	maxFooter  = 1024 // of its small line, where 2,048 would do
	maxLabel   = 80   // of a button
	maxAction  = 100  // of a button's or a form's custom_id
	rowButtons = 5
	maxButtons = 25
	maxInputs  = 5
	maxHeading = 45 // of a form's title and of the labels of its fields
	maxValue   = 4000
)

// accent is the colour at the side of what the bot says.
const accent = 0x3BA55D

// A page is what is shown at a time of a message: all of it, where it is not longer than Discord takes.
type page struct {
	title, text, small string
}

// pagesOf cuts a message into pages. There is at least one.
func pagesOf(m chat.Message) []page {
	title := ""
	if t := strings.TrimSpace(oneLine(m.Title)); t != "" {
		title = "**" + cut(escapeAll(t), maxTitle) + "**"
	}
	var blocks []string
	for _, b := range m.Blocks {
		if s := blockText(b); strings.TrimSpace(s) != "" {
			blocks = append(blocks, s)
		}
	}
	texts := split(strings.Join(blocks, "\n\n"), maxText)
	if len(texts) == 0 {
		texts = []string{""}
	}
	small := cut(oneLine(m.Context), maxFooter)
	pages := make([]page, len(texts))
	for i, text := range texts {
		pages[i] = page{title: title, text: text}
		if len(texts) > 1 {
			pages[i].small = fmt.Sprintf("%d/%d", i+1, len(texts))
		}
	}
	pages[0].small = joined(" · ", pages[0].small, small)
	return pages
}

func blockText(b chat.Block) string {
	switch b := b.(type) {
	case chat.Text:
		return markdown(string(b), nil)
	case chat.Passage:
		return passageText(b)
	case chat.List:
		return listText(b)
	case chat.Table:
		return tableText(b)
	}
	return ""
}

func strongLine(s string) string {
	if s = strings.TrimSpace(oneLine(s)); s == "" {
		return ""
	}
	return "**" + escapeAll(s) + "**"
}

func passageText(p chat.Passage) string {
	small := ""
	if source := strings.TrimSpace(oneLine(p.Source)); source != "" {
		source = escapeAll(source)
		if u, err := url.Parse(p.Link); err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http") {
			source = "[" + source + "](" + strings.NewReplacer("(", "%28", ")", "%29", " ", "%20").Replace(u.String()) + ")"
		}
		small = "-# " + source
	}
	return joined("\n", strongLine(p.Title), markdown(p.Text, p.Marks), small)
}

// shortNote is the longest note that stands behind its item; a longer one stands below it, small.
const shortNote = 14

func listText(l chat.List) string {
	parts := []string{strongLine(l.Title)}
	for _, item := range l.Items {
		line := strings.TrimSpace(escapeAll(oneLine(item.Mark)) + " " + inline(oneLine(item.Text), nil))
		switch note := strings.TrimSpace(oneLine(item.Note)); {
		case note == "":
		case upTo(note, shortNote) == len(note):
			line += "  " + inline(note, nil)
		default:
			line += "\n-# " + inline(note, nil)
		}
		parts = append(parts, line)
	}
	return joined("\n", parts...)
}

// joined joins what is not empty.
func joined(by string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return strings.TrimSpace(s) == "" }), by)
}

// maxCell is how many columns of the screen a cell of a table may take.
const maxCell = 24

// tableText writes a table in a fence. The columns of numbers come first: they line up whatever the font makes of
// Chinese names, and a phone breaks no line.
func tableText(t chat.Table) string {
	order := columns(t)
	var lines []string
	for _, row := range append([][]string{t.Head}, t.Rows...) {
		if len(row) == 0 {
			continue
		}
		var cells []string
		for _, c := range order {
			cell := cellAt(row, c.index)
			blanks := strings.Repeat(" ", c.width-columnsOf(cell))
			if c.number {
				cells = append(cells, blanks+cell)
			} else {
				cells = append(cells, cell+blanks)
			}
		}
		lines = append(lines, strings.TrimRight(strings.Join(cells, "  "), " "))
	}
	if len(lines) == 0 {
		return ""
	}
	return codeBlock("", lines)
}

type column struct {
	index, width int
	number       bool
}

// columns orders the columns of a table, those of numbers first, and measures them.
func columns(t chat.Table) (cs []column) {
	n := len(t.Head)
	for _, row := range t.Rows {
		n = max(n, len(row))
	}
	for i := range n {
		c := column{index: i, width: columnsOf(cellAt(t.Head, i)), number: len(t.Rows) > 0}
		for _, row := range t.Rows {
			cell := cellAt(row, i)
			c.width = max(c.width, columnsOf(cell))
			c.number = c.number && strings.Trim(cell, "0123456789.,%+-") == ""
		}
		cs = append(cs, c)
	}
	slices.SortStableFunc(cs, func(a, b column) int {
		if a.number == b.number {
			return 0
		}
		if a.number {
			return -1
		}
		return 1
	})
	return cs
}

func cellAt(row []string, i int) string {
	if i >= len(row) {
		return ""
	}
	return cutColumns(strings.Join(strings.Fields(chat.Plain(row[i])), " "), maxCell)
}

// columnsOf is how many columns of the screen a text takes where every letter has the same width.
func columnsOf(s string) (n int) {
	for _, r := range s {
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}

// cutColumns shortens a text to so many columns of the screen.
func cutColumns(s string, most int) string {
	n, fits := 0, 0
	for i, r := range s {
		if n += columnsOf(string(r)); n > most {
			return s[:fits] + "…"
		}
		if n < most {
			fits = i + utf8.RuneLen(r)
		}
	}
	return s
}

// render makes a message with the key that it was, or will be, posted with.
func (n *Network) render(m chat.Message, key chat.Key) outgoing {
	of := part{}
	if key != "" {
		of.press = chat.Show + string(key)
	}
	return n.renderPart(m, key, of)
}

// renderPart makes a page of a message. Its own buttons stand below the first one.
func (n *Network) renderPart(m chat.Message, key chat.Key, of part) outgoing {
	pages := pagesOf(m)
	if of.page >= len(pages) {
		of.page = 0
	}
	if of.page > 0 {
		m.Buttons = nil
	}
	return n.show(pages, m.Buttons, key, of)
}

// show makes a page, with a button for the next one.
func (n *Network) show(pages []page, buttons []chat.Button, key chat.Key, of part) outgoing {
	p := pages[of.page]
	if of.page+1 < len(pages) {
		of.page++
		buttons = append(slices.Clone(buttons[:min(len(buttons), maxButtons-1)]), n.more.button(pages, of))
	}
	return outgoing{Content: p.title, Embeds: embeds(p, key), Components: rows(buttons)}
}

// embeds is the embed of a page. A key needs one to stand in.
func embeds(p page, key chat.Key) []*discordgo.MessageEmbed {
	if p.text == "" && p.small == "" && key == "" && p.title != "" {
		return []*discordgo.MessageEmbed{}
	}
	e := &discordgo.MessageEmbed{Description: cmp.Or(p.text, "\u200b"), Color: accent, URL: markerOf(key)}
	if p.small != "" {
		e.Footer = &discordgo.MessageEmbedFooter{Text: p.small}
	}
	return []*discordgo.MessageEmbed{e}
}

// A modal is a form as Discord takes it.
type modal struct {
	Action     string                       `json:"custom_id"`
	Title      string                       `json:"title"`
	Components []discordgo.MessageComponent `json:"components"`
}

func modalOf(f chat.Form) modal {
	m := modal{Action: f.Action[:upTo(f.Action, maxAction)], Title: cmp.Or(cut(oneLine(f.Title), maxHeading), "…")}
	for _, field := range f.Fields[:min(len(f.Fields), maxInputs)] {
		style := discordgo.TextInputShort
		if field.Long {
			style = discordgo.TextInputParagraph
		}
		value := chat.Clean(field.Value)
		m.Components = append(m.Components, discordgo.ActionsRow{Components: []discordgo.MessageComponent{discordgo.TextInput{
			CustomID: field.Name, Label: cmp.Or(cut(oneLine(field.Label), maxHeading), "…"), Style: style, Value: value[:upTo(value, maxValue)],
		}}})
	}
	return m
}
