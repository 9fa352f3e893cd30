package slack

import (
	"regexp"
	"strings"

	"github.com/slack-go/slack"

	"studybot/bot/chat"
)

// richText is Markdown as rich text (https://docs.slack.dev/reference/block-kit/blocks/rich-text-block). Lines stay lines.
func richText(markdown string, marks []string) []slack.RichTextElement {
	r := rich{marks: marks}
	r.read(strings.TrimRight(chat.Clean(markdown), " \n"))
	return r.elements
}

// plainRichText is text that is no Markdown, but for code in it.
func plainRichText(text string) []slack.RichTextElement {
	r := rich{plain: true}
	r.read(strings.TrimRight(chat.Clean(text), " \n"))
	return r.elements
}

// A rich reads Markdown line by line. Lines that need no element of their own share one.
type rich struct {
	elements []slack.RichTextElement
	lines    []span // of the section that is being made
	marks    []string
	plain    bool
	items    []slack.RichTextElement // of the list that is being made
	style    slack.RichTextListElementType
	indent   int
	spare    int // how much longer than the text the rich text may be
}

func (r *rich) read(text string) {
	var code, table []string
	fence := ""
	r.spare = maxSection - size(text)
	for line := range strings.SplitSeq(text, "\n") {
		was := fence
		fence = chat.NextFence(fence, line)
		switch {
		case was == "" && fence != "":
			r.table(table)
			table = nil
		case was != "" && fence == "":
			r.code(strings.Join(code, "\n"))
			code = nil
		case fence != "":
			code = append(code, line)
		case !r.plain && isRow(line):
			table = append(table, line)
		default:
			r.table(table)
			table = nil
			r.line(line)
		}
	}
	r.table(table)
	r.code(strings.Join(code, "\n")) // a fence that nobody closed
	r.flush()
}

// flush ends the section and the list that are being made.
func (r *rich) flush() {
	if len(r.items) > 0 {
		r.elements = append(r.elements, &slack.RichTextList{Type: slack.RTEList, Style: r.style, Indent: r.indent, Elements: r.items})
		r.items = nil
	}
	if spans := trimmed(r.lines); len(spans) > 0 {
		r.elements = append(r.elements, section(spans))
	}
	r.lines = nil
}

// trimmed drops the blank lines at the end.
func trimmed(spans []span) []span {
	for len(spans) > 0 {
		end := &spans[len(spans)-1]
		if end.text = strings.TrimRight(end.text, "\n"); end.text != "" {
			break
		}
		spans = spans[:len(spans)-1]
	}
	return spans
}

func section(spans []span) *slack.RichTextSection {
	s := slack.NewRichTextSection()
	for _, sp := range spans {
		s.Elements = append(s.Elements, sp.element())
	}
	return s
}

func (r *rich) code(text string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	r.flush()
	r.elements = append(r.elements, preformatted(text))
}

func preformatted(text string) *slack.RichTextPreformatted {
	return &slack.RichTextPreformatted{Type: slack.RTEPreformatted, Elements: []slack.RichTextSectionElement{span{text: text}.element()}}
}

var (
	heading = regexp.MustCompile(`^ {0,3}#{1,6} +(.*?)( +#+)?$`)
	bullet  = regexp.MustCompile(`^([ \t]*)[-*+•] +(.*)$`)
	task    = regexp.MustCompile(`^\[([ xX])\] +`)
	rule    = regexp.MustCompile(`^ {0,3}(?:(?:- *){3,}|(?:\* *){3,}|(?:_ *){3,})$`)
	lineEnd = regexp.MustCompile(`(?i)<br ?/?>`)
)

func (r *rich) line(line string) {
	if r.plain {
		r.add(plainSpans(line))
		return
	}
	line = strings.TrimRight(line, " \t")
	if m := heading.FindStringSubmatch(line); m != nil {
		bold := inline{marks: r.marks}.spans(m[1], slack.RichTextSectionTextStyle{Bold: true})
		r.add(bold)
		return
	}
	if rule.MatchString(line) {
		r.flush()
		return
	}
	if m := bullet.FindStringSubmatch(line); m != nil {
		r.item(indentOf(m[1]), m[2])
		return
	}
	if rest, ok := strings.CutPrefix(strings.TrimLeft(line, " "), ">"); ok {
		r.flush()
		r.quote(strings.TrimPrefix(rest, " "))
		return
	}
	for part := range strings.SplitSeq(lineEnd.ReplaceAllString(line, "\n"), "\n") {
		r.add(markdownSpans(part, r.marks))
	}
}

// indentOf is how deep a bullet is, by the blanks before it; a tab counts as four.
func indentOf(blanks string) int {
	const deepest = 5
	return min(len(strings.ReplaceAll(blanks, "\t", "    "))/2, deepest)
}

// add adds a line to the section.
func (r *rich) add(spans []span) {
	if len(r.items) > 0 {
		r.flush()
	}
	if len(spans) == 0 && len(r.lines) == 0 {
		return // a blank line at the beginning
	}
	r.lines = append(append(r.lines, spans...), span{text: "\n"})
}

// item adds a bullet to the list; one of another depth begins another list, as Slack has it.
func (r *rich) item(indent int, text string) {
	if len(r.items) == 0 || r.indent != indent {
		r.flush()
	}
	if m := task.FindStringSubmatch(text); m != nil {
		text = map[bool]string{true: "☐ ", false: "☑ "}[m[1] == " "] + text[len(m[0]):]
	}
	spans := markdownSpans(text, r.marks)
	if len(spans) == 0 {
		return
	}
	r.style, r.indent = slack.RTEListBullet, indent
	r.items = append(r.items, section(spans))
}

// quote adds a line to the quotation.
func (r *rich) quote(text string) {
	spans := markdownSpans(strings.TrimLeft(text, "> "), r.marks)
	if len(spans) == 0 {
		return
	}
	if n := len(r.elements); n > 0 {
		if q, ok := r.elements[n-1].(*slack.RichTextQuote); ok {
			q.Elements = append(q.Elements, span{text: "\n"}.element())
			for _, s := range spans {
				q.Elements = append(q.Elements, s.element())
			}
			return
		}
	}
	q := &slack.RichTextQuote{Type: slack.RTEQuote}
	for _, s := range spans {
		q.Elements = append(q.Elements, s.element())
	}
	r.elements = append(r.elements, q)
}

// isRow reports whether a line is a row of a Markdown table.
func isRow(line string) bool {
	line = strings.TrimSpace(line)
	return len(line) > 2 && line[0] == '|' && line[len(line)-1] == '|'
}

var delimiter = regexp.MustCompile(`^\|[-:| ]+\|$`)

// table adds the rows of a Markdown table, in columns.
func (r *rich) table(rows []string) {
	if len(rows) == 0 {
		return
	}
	var cells [][]string
	for _, row := range rows {
		row = strings.TrimSpace(row)
		if delimiter.MatchString(row) {
			continue
		}
		var line []string
		for cell := range strings.SplitSeq(strings.ReplaceAll(row[1:len(row)-1], `\|`, "\x00"), "|") {
			line = append(line, strings.ReplaceAll(lineEnd.ReplaceAllString(strings.TrimSpace(cell), " "), "\x00", "|"))
		}
		cells = append(cells, line)
	}
	if len(cells) == 0 {
		return
	}
	text := columns(cells, widestCell)
	raw := strings.Join(rows, "\n")
	if longer := size(text) - size(raw); longer <= r.spare {
		r.spare -= max(longer, 0)
	} else {
		text = raw
	}
	r.flush()
	r.elements = append(r.elements, preformatted(text))
}
