package terminal

import (
	"fmt"
	"strings"

	"studybot/bot/chat"
)

// A style says how text is dressed up.
type style struct {
	colour bool
	width  int // columns to wrap at; 0 for never
}

func (s style) bold(text string) string   { return s.set("1", text) }
func (s style) dim(text string) string    { return s.set("2", text) }
func (s style) accent(text string) string { return s.set("36", text) }
func (s style) mark(text string) string   { return s.set("1;33", text) }

func (s style) set(code, text string) string {
	if !s.colour || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

// narrower leaves n columns free, if there are any to spare.
func (s style) narrower(n int) style {
	if s.width > 0 {
		s.width = max(s.width-n, 10)
	}
	return s
}

// render returns the lines of a message. numbers are those of its buttons.
func render(m chat.Message, numbers []int, st style) []string {
	var lines []string
	if m.Title != "" {
		lines = append(lines, each(st.wrap(oneLine(m.Title)), st.bold)...)
	}
	for i, b := range m.Blocks {
		if i > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, renderBlock(b, st)...)
	}
	lines = append(lines, renderButtons(m.Buttons, numbers, st)...)
	if m.Context != "" {
		lines = append(lines, each(st.wrap(oneLine(m.Context)), st.dim)...)
	}
	return lines
}

func renderBlock(b chat.Block, st style) []string {
	switch b := b.(type) {
	case chat.Text:
		return renderText(string(b), nil, st)
	case chat.Passage:
		return renderPassage(b, st)
	case chat.List:
		return renderList(b, st)
	case chat.Table:
		return renderTable(b, st)
	}
	return nil
}

// renderText wraps the lines of a text, but not those of code between fences, and sets off the marks.
func renderText(text string, marks []string, st style) []string {
	var lines []string
	fence := ""
	for line := range strings.Lines(chat.Plain(strings.TrimRight(text, "\r\n"))) {
		line = strings.TrimSuffix(line, "\n")
		was := fence
		fence = chat.NextFence(fence, line)
		as := st
		if was != "" || fence != "" {
			as.width = 0
		}
		lines = append(lines, as.marked(line, marks)...)
	}
	return lines
}

func renderPassage(p chat.Passage, st style) []string {
	var lines []string
	if p.Title != "" {
		lines = append(lines, each(st.wrap(oneLine(p.Title)), st.bold)...)
	}
	lines = append(lines, renderText(p.Text, p.Marks, st)...)
	if p.Source != "" {
		lines = append(lines, each(st.wrap("— "+oneLine(p.Source)), st.dim)...)
	}
	return lines
}

// marked wraps a line and sets off the words in it, whatever their case. Without colour it only wraps.
func (s style) marked(line string, words []string) []string {
	if !s.colour || len(words) == 0 {
		return s.wrap(line)
	}
	line = s.expand(line)
	found := matches(line, words)
	var lines []string
	for _, p := range s.pieces(line) {
		var b strings.Builder
		at := p.from
		for _, m := range found {
			if m.from >= p.to {
				break
			}
			if m.to > at {
				from, to := max(m.from, at), min(m.to, p.to)
				b.WriteString(line[at:from] + s.mark(line[from:to]))
				at = to
			}
		}
		lines = append(lines, b.String()+line[at:p.to])
		for len(found) > 0 && found[0].to <= p.to {
			found = found[1:]
		}
	}
	return lines
}

// matches are the places of words in a line, in order and without overlap.
func matches(line string, words []string) []span {
	var found []span
	for i := 0; i < len(line); {
		n := longestPrefix(line[i:], words)
		if n > 0 {
			found = append(found, span{i, i + n})
		}
		i += max(n, runeLen(line[i:]))
	}
	return found
}

// longestPrefix returns the length of the longest of words that s begins with.
func longestPrefix(s string, words []string) int {
	most := 0
	for _, w := range words {
		if len(w) > most && len(w) <= len(s) && strings.EqualFold(s[:len(w)], w) {
			most = len(w)
		}
	}
	return most
}

// renderList puts the marks into a column of their own.
func renderList(l chat.List, st style) []string {
	var lines []string
	if l.Title != "" {
		lines = append(lines, each(st.wrap(oneLine(l.Title)), st.bold)...)
	}
	column := 0
	for _, item := range l.Items {
		column = max(column, textWidth(oneLine(item.Mark)))
	}
	for _, item := range l.Items {
		mark := ""
		if column > 0 {
			mark = pad(oneLine(item.Mark), column) + " "
		}
		text := st.narrower(textWidth(mark)).wrap(oneLine(item.Text))
		text[0] = mark + text[0]
		for i := range text[1:] {
			text[i+1] = strings.Repeat(" ", textWidth(mark)) + text[i+1]
		}
		if item.Note != "" {
			text[len(text)-1] += "  " + st.dim(oneLine(item.Note))
		}
		lines = append(lines, text...)
	}
	return lines
}

// renderButtons shows what can be pressed, and by which number.
func renderButtons(buttons []chat.Button, numbers []int, st style) []string {
	if len(buttons) == 0 {
		return nil
	}
	var lines []string
	line, used := "", 0
	for i, b := range buttons {
		label := fmt.Sprintf("[%d] %s", numbers[i], oneLine(b.Label))
		w := textWidth(label)
		if st.width > 0 && used > 0 && used+2+w > st.width {
			lines = append(lines, line)
			line, used = "", 0
		}
		if used > 0 {
			line, used = line+"  ", used+2
		}
		line, used = line+st.button(label, b.Primary), used+w
	}
	return append(lines, line)
}

func (s style) button(label string, primary bool) string {
	if primary {
		return s.set("1;36", label)
	}
	return s.accent(label)
}

// oneLine makes text plain, and a single line.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(chat.Plain(s), func(r rune) bool { return r == '\n' || r == '\t' }), " ")
}

func each(lines []string, f func(string) string) []string {
	for i := range lines {
		lines[i] = f(lines[i])
	}
	return lines
}

// indent puts bar in front of every line, and leaves no blanks at an end.
func indent(lines []string, bar string) []string {
	return each(lines, func(line string) string { return strings.TrimRight(bar+line, " ") })
}

// join joins what is not empty.
func join(parts []string, sep string) string {
	var some []string
	for _, p := range parts {
		if p != "" {
			some = append(some, p)
		}
	}
	return strings.Join(some, sep)
}
