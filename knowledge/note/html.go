package note

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"studybot/knowledge"
)

// parseHTML reads a page by way of Markdown. Where it has no heading, its title is the
// note's.
func parseHTML(name string, src []byte) (knowledge.Note, error) {
	text, err := Decode(src)
	if err != nil {
		return knowledge.Note{}, err
	}
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return knowledge.Note{}, fmt.Errorf("it cannot be understood as HTML: %w", err)
	}
	var p htmlWriter
	p.node(root)
	n, err := parse(name, []byte(p.text()))
	if title := strings.Join(strings.Fields(p.title), " "); title != "" && !p.headed {
		n.Title = title
	}
	return n, err
}

// An htmlWriter writes an HTML tree as Markdown.
type htmlWriter struct {
	writer
	title  string
	headed bool  // it has a heading
	flat   int   // inside so many elements that must stay on one line
	counts []int // the number of the next item, of each list around; -1 for bullets
}

func (p *htmlWriter) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		p.words(n.Data)
	case html.ElementNode:
		p.element(n)
	case html.DocumentNode:
		p.children(n)
	}
}

func (p *htmlWriter) children(n *html.Node) {
	for c := range n.ChildNodes() {
		p.node(c)
	}
}

func (p *htmlWriter) element(n *html.Node) {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Svg, atom.Math, atom.Nav, atom.Footer,
		atom.Iframe, atom.Object, atom.Select, atom.Textarea, atom.Audio, atom.Video:
		// nothing to read
	case atom.Title:
		p.title = textOf(n)
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		p.heading(n)
	case atom.Br:
		p.lineBreak()
	case atom.Hr:
		p.block(func() { p.raw("---") })
	case atom.Pre:
		p.block(func() { p.code(codeLanguage(n), textOf(n)) })
	case atom.Code, atom.Kbd, atom.Samp, atom.Tt:
		p.inline("`", n)
	case atom.Strong, atom.B:
		p.inline("**", n)
	case atom.Img:
		p.words(" ![" + attr(n, "alt") + "](" + picture(attr(n, "src")) + ") ")
	case atom.Input:
		p.checkbox(n)
	case atom.Ul, atom.Ol, atom.Menu, atom.Dir:
		p.list(n)
	case atom.Li:
		p.item(n)
	case atom.Blockquote:
		p.block(func() { p.push("> "); p.children(n); p.pop() })
	case atom.Details:
		p.block(func() { p.raw("<details>"); p.children(n); p.newline(); p.raw("</details>") })
	case atom.Summary:
		p.summary(n)
	case atom.Dt:
		p.block(func() { p.inline("**", n) })
	case atom.Button:
		if folder(n) {
			p.ask(n)
		}
	case atom.Table:
		p.tableOf(n)
	case atom.P, atom.Figure, atom.Dl, atom.Dd, atom.Article, atom.Section:
		p.block(func() { p.children(n) })
	case atom.Div, atom.Tr, atom.Header, atom.Main, atom.Aside, atom.Figcaption,
		atom.Address, atom.Form, atom.Fieldset, atom.Legend, atom.Caption, atom.Center:
		if asksByClass(n) {
			p.ask(n)
			return
		}
		p.lineBreak()
		p.children(n)
		p.lineBreak()
	case atom.Td, atom.Th:
		p.children(n)
		p.words(" ")
	default:
		p.children(n)
	}
}

// block writes a block of its own, where blocks may be.
func (p *htmlWriter) block(write func()) {
	if p.flat > 0 {
		p.words(" ")
		write()
		p.words(" ")
		return
	}
	p.paragraph()
	write()
	p.paragraph()
}

func (p *htmlWriter) lineBreak() {
	if p.flat > 0 {
		p.words(" ")
		return
	}
	p.newline()
}

func (p *htmlWriter) heading(n *html.Node) {
	if p.flat > 0 {
		p.children(n)
		return
	}
	if title := flatText(n); title != "" {
		level := int(n.Data[1] - '0')
		p.headed = true
		p.block(func() { p.raw(strings.Repeat("#", level) + " " + title) })
	}
}

// inline writes the text of n between marks.
func (p *htmlWriter) inline(mark string, n *html.Node) {
	s := textOf(n)
	text := strings.Join(strings.Fields(s), " ")
	if text == "" || strings.Contains(text, mark) || hasBlock(n) {
		p.children(n)
		return
	}
	if breaks(rune(s[0])) {
		p.words(" ")
	}
	p.word(mark + text + mark)
	if breaks(rune(s[len(s)-1])) {
		p.words(" ")
	}
}

func (p *htmlWriter) checkbox(n *html.Node) {
	if attr(n, "type") != "checkbox" {
		return
	}
	mark := "[ ] "
	for _, a := range n.Attr {
		if a.Key == "checked" {
			mark = "[x] "
		}
	}
	p.words(mark)
}

// lettered is added to the numbers of a list whose items have the letters A, B, C.
const lettered = 1e6

func (p *htmlWriter) list(n *html.Node) {
	start := -1
	if n.DataAtom == atom.Ol {
		start = 1
		if s, err := strconv.Atoi(attr(n, "start")); err == nil && s >= 0 && s < 1e6 {
			start = s
		}
	}
	if style := attr(n, "type"); start >= 0 && strings.EqualFold(style, "a") {
		start += lettered
	}
	p.counts = append(p.counts, start)
	if len(p.counts) == 1 {
		p.block(func() { p.children(n) })
	} else {
		p.lineBreak()
		p.children(n)
		p.lineBreak()
	}
	p.counts = p.counts[:len(p.counts)-1]
}

func (p *htmlWriter) item(n *html.Node) {
	marker := "- "
	if last := len(p.counts) - 1; last >= 0 && p.counts[last] >= 0 {
		marker = strconv.Itoa(p.counts[last]) + ". "
		if k := p.counts[last] - lettered; k > 0 && k <= 26 {
			marker = string(rune('A'+k-1)) + ". "
		}
		p.counts[last]++
	}
	if p.flat > 0 {
		p.words(" ")
		p.children(n)
		return
	}
	p.push(marker)
	p.children(n)
	p.pop()
}

func (p *htmlWriter) summary(n *html.Node) {
	if p.flat > 0 {
		p.children(n)
		return
	}
	p.newline()
	p.raw("<summary>" + flatText(n) + "</summary>")
	p.gap = true
}

// tableOf writes a table of data as one; a table that lays out a page as its cells.
func (p *htmlWriter) tableOf(n *html.Node) {
	var rows [][]string
	lays := p.flat > 0
	var walk func(n *html.Node, row int)
	walk = func(n *html.Node, row int) {
		for c := range n.ChildNodes() {
			switch c.DataAtom {
			case atom.Tr:
				rows = append(rows, nil)
				walk(c, len(rows)-1)
			case atom.Td, atom.Th:
				lays = lays || hasBlock(c) || row < 0
				if !lays {
					rows[row] = append(rows[row], tableCell(flatText(c)))
				}
			default:
				walk(c, row)
			}
		}
	}
	walk(n, -1)
	if lays || len(rows) == 0 || len(rows[0]) < 2 {
		p.block(func() { p.children(n) })
		return
	}
	if p.flat == 0 {
		p.table(rows)
	}
}

// flatText returns what is in n on one line.
func flatText(n *html.Node) string {
	inner := htmlWriter{flat: 1}
	inner.children(n)
	inner.newline()
	return strings.Join(inner.lines, " ")
}

// hasBlock reports whether n holds what needs lines of its own.
func hasBlock(n *html.Node) bool {
	for c := range n.Descendants() {
		switch c.DataAtom {
		case atom.Table, atom.Ul, atom.Ol, atom.Pre, atom.Blockquote, atom.Details,
			atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
			return true
		}
	}
	return false
}

// textOf returns the text in n as it is.
func textOf(n *html.Node) string {
	var b bytes.Buffer
	for c := range n.Descendants() {
		switch {
		case c.Type == html.TextNode:
			b.WriteString(c.Data)
		case c.DataAtom == atom.Br:
			b.WriteByte('\n')
		}
	}
	return b.String()
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

// picture returns where a picture lies; one that lies in the page itself has no place.
func picture(src string) string {
	if strings.HasPrefix(src, "data:") {
		return ""
	}
	return strings.ReplaceAll(src, " ", "%20")
}

// codeLanguage returns what a block of code is written in, by the classes that highlighters
// use: "language-go", "lang-go", "highlight-source-go".
func codeLanguage(n *html.Node) string {
	for c := n; c != nil; c = c.FirstChild {
		for class := range strings.FieldsSeq(attr(c, "class")) {
			for _, prefix := range []string{"language-", "lang-", "highlight-source-"} {
				if name, ok := strings.CutPrefix(class, prefix); ok {
					return name
				}
			}
		}
	}
	return ""
}
