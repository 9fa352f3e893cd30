package slack

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"studybot/bot/chat"
)

// A span is a run of text in one style. A link has an address.
type span struct {
	text  string
	style slack.RichTextSectionTextStyle
	link  string
}

// element is the span in rich text, where nothing in its text is markup.
func (s span) element() slack.RichTextSectionElement {
	style := &s.style
	if s.style == (slack.RichTextSectionTextStyle{}) {
		style = nil
	}
	if s.link != "" {
		return slack.NewRichTextSectionLinkElement(s.link, s.text, style)
	}
	return slack.NewRichTextSectionTextElement(s.text, style)
}

// plainSpans are the spans of text that is no Markdown; code between backquotes is set as such all the same, for
// questions quote it.
func plainSpans(text string) []span {
	p := inline{codeOnly: true}
	return p.spans(text, slack.RichTextSectionTextStyle{})
}

// markdownSpans are the spans of a line of Markdown, with the marks in bold outside of code.
func markdownSpans(line string, marks []string) []span {
	p := inline{marks: marks}
	return p.spans(line, slack.RichTextSectionTextStyle{})
}

// An inline reads Markdown within a line. What is no markup for sure is text.
type inline struct {
	marks    []string
	codeOnly bool
	depth    int
}

// maxDepth is how deep emphasis is nested; nobody writes deeper.
const maxDepth = 4

func (p inline) spans(s string, style slack.RichTextSectionTextStyle) (all []span) {
	text := 0 // where the text that is not taken yet begins
	take := func(to int) {
		all = append(all, p.marked(s[text:to], style)...)
	}
	for i := 0; i < len(s); {
		if strings.IndexByte("\\`*_~[!<h", s[i]) < 0 {
			i++
			continue
		}
		found, n := p.markup(s, i, style)
		if n == 0 {
			i += run(s[i:])
			continue
		}
		take(i)
		all = append(all, found...)
		i += n
		text = i
	}
	take(len(s))
	return all
}

// run is the length of the characters at the beginning of s that are the same: of a mark that is none, all is none.
func run(s string) int {
	if s[0] == 'h' || s[0] == '\\' {
		return 1
	}
	return len(s) - len(strings.TrimLeft(s, s[:1]))
}

// markup reads what begins at i, and returns its length; 0 is no markup.
func (p inline) markup(s string, i int, style slack.RichTextSectionTextStyle) ([]span, int) {
	rest := s[i:]
	if rest[0] == '`' {
		return code(rest, style)
	}
	if p.codeOnly {
		return nil, 0
	}
	switch rest[0] {
	case '\\':
		if len(rest) > 1 && strings.IndexByte("\\`*_~[]()#+-.!<>|{}", rest[1]) >= 0 {
			return []span{{text: rest[1:2], style: style}}, 2
		}
	case '[':
		return p.linked(rest, style)
	case '!':
		if strings.HasPrefix(rest, "![") {
			found, n := p.linked(rest[1:], style)
			if n > 0 {
				return found, n + 1
			}
		}
	case '<', 'h':
		return bare(s, i, style)
	case '*', '_', '~':
		return p.emphasis(s, i, style)
	}
	return nil, 0
}

func code(s string, style slack.RichTextSectionTextStyle) ([]span, int) {
	ticks := s[:run(s)]
	inner, _, closed := strings.Cut(s[len(ticks):], ticks)
	if !closed || strings.TrimSpace(inner) == "" || strings.Contains(inner, "\n\n") {
		return nil, 0
	}
	style.Code = true
	return []span{{text: inner, style: style}}, 2*len(ticks) + len(inner)
}

// emphasis reads **bold**, __bold__, *italic*, _italic_ and ~~struck~~. Unlike CommonMark it takes a mark next to
// Chinese characters and their punctuation for one; an underscore within a word is none, as in snake_case.
func (p inline) emphasis(s string, i int, style slack.RichTextSectionTextStyle) ([]span, int) {
	c := s[i : i+1]
	n := min(run(s[i:]), 2)
	if c == "~" && n < 2 || p.depth >= maxDepth {
		return nil, 0
	}
	mark := s[i : i+n]
	inner := s[i+n:]
	end := strings.Index(inner, mark)
	for end > 0 && strings.HasPrefix(inner[end+n:], c) {
		end++ // the mark of something inside ends first
	}
	if end <= 0 || strings.ContainsRune(inner[:end], '\n') || unicode.IsSpace(first(inner)) || unicode.IsSpace(last(inner[:end])) {
		return nil, 0
	}
	if c == "_" && (isWord(last(s[:i])) || isWord(first(inner[end+n:]))) {
		return nil, 0
	}
	if c == "*" && n == 1 && isDigit(last(s[:i])) && isDigit(first(inner[end+n:])) {
		return nil, 0 // 2*3*4
	}
	switch {
	case c == "~":
		style.Strike = true
	case n == 2:
		style.Bold = true
	default:
		style.Italic = true
	}
	p.depth++
	return p.spans(inner[:end], style), end + 2*n
}

// linked reads [text](address). An address that is none of the web stays as text behind the text.
func (p inline) linked(s string, style slack.RichTextSectionTextStyle) ([]span, int) {
	label, rest, ok := strings.Cut(s[1:], "](")
	if !ok || strings.ContainsAny(label, "[]\n") {
		return nil, 0
	}
	address, _, ok := strings.Cut(rest, ")")
	if !ok || strings.ContainsAny(address, "\n") {
		return nil, 0
	}
	n := 1 + len(label) + 2 + len(address) + 1
	target, _, _ := strings.Cut(strings.TrimSpace(address), " ") // a title may follow
	if label == "" {
		label = target
	}
	if web(target) {
		return []span{{text: label, style: style, link: target}}, n
	}
	if target == "" || target == label {
		return []span{{text: label, style: style}}, n
	}
	return []span{{text: label + " (" + target + ")", style: style}}, n
}

// bare reads an address as it stands, or between < and >.
func bare(s string, i int, style slack.RichTextSectionTextStyle) ([]span, int) {
	rest := s[i:]
	if rest[0] == '<' {
		address, _, ok := strings.Cut(rest[1:], ">")
		if ok && web(address) {
			return []span{{text: address, style: style, link: address}}, len(address) + 2
		}
		return nil, 0
	}
	if !strings.HasPrefix(rest, "http://") && !strings.HasPrefix(rest, "https://") || isWord(last(s[:i])) && last(s[:i]) < utf8.RuneSelf {
		return nil, 0
	}
	end := strings.IndexFunc(rest, func(r rune) bool {
		return r <= ' ' || r >= utf8.RuneSelf || strings.ContainsRune("<>\"`|*()[]{}", r)
	})
	if end < 0 {
		end = len(rest)
	}
	address := strings.TrimRight(rest[:end], ".,;:!?'")
	if !web(address) {
		return nil, 0
	}
	return []span{{text: address, style: style, link: address}}, len(address)
}

// web reports whether an address is one of the web that may be put into a message.
func web(address string) bool {
	if len(address) > 2000 || strings.ContainsAny(address, "<>| \n\t") || address != chat.Clean(address) {
		return false
	}
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// marked sets off the marks in a text; a single letter or digit would be anywhere.
func (p inline) marked(s string, style slack.RichTextSectionTextStyle) (all []span) {
	text := 0
	for i := 0; i < len(s); {
		n := 0
		for _, m := range p.marks {
			if len(m) > max(n, 1) && len(m) <= len(s)-i && strings.EqualFold(s[i:i+len(m)], m) {
				n = len(m)
			}
		}
		if n == 0 {
			_, size := utf8.DecodeRuneInString(s[i:])
			i += size
			continue
		}
		if text < i {
			all = append(all, span{text: s[text:i], style: style})
		}
		bold := style
		bold.Bold = true
		all = append(all, span{text: s[i : i+n], style: bold})
		i += n
		text = i
	}
	if text < len(s) {
		all = append(all, span{text: s[text:], style: style})
	}
	return all
}

func isWord(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

func first(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }
func last(s string) rune  { r, _ := utf8.DecodeLastRuneInString(s); return r }
