package note

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// folder reports a button that opens and shuts the text below it, whose words are a title:
// that of an accordion, or one that asks.
func folder(n *html.Node) bool {
	class := strings.ToLower(attr(n, "class"))
	opens := strings.Contains(class, "accordion") || strings.Contains(class, "collaps") || strings.Contains(class, "faq") || strings.Contains(class, "question") ||
		attr(n, "data-bs-toggle") == "collapse" || attr(n, "data-toggle") == "collapse"
	t := CleanTitle(textOf(n))
	return opens && t != "" || EndsAsking(t) && Asks(t)
}

// asksByClass reports an element of a page of questions that holds one and nothing else, by its
// class: <div class="faq-question">.
func asksByClass(n *html.Node) bool {
	class := strings.ToLower(attr(n, "class"))
	if !strings.Contains(class, "question") && !strings.Contains(class, "accordion") && !strings.Contains(class, "faq") {
		return false
	}
	paragraphs := 0
	for c := range n.ChildNodes() {
		switch c.DataAtom {
		case atom.Div, atom.Button, atom.Section, atom.Dl:
			return false
		case atom.P:
			paragraphs++
		}
	}
	if paragraphs > 1 {
		return false
	}
	t := CleanTitle(textOf(n))
	return len(t) < 300 && EndsAsking(t) && Asks(t) && !hasBlock(n)
}

// ask writes a question of a page as a line of bold alone.
func (p *htmlWriter) ask(n *html.Node) {
	if p.flat > 0 {
		p.children(n)
		return
	}
	p.block(func() { p.inline("**", n) })
}
