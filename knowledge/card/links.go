package card

import (
	"strings"

	"studybot/knowledge"
	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

// links counts the lines of text of a body and those that are links or properties only.
func (d *doc) links(body []knowledge.Span) (links, text int) {
	for _, s := range body {
		for l := s.Start; l <= s.End; l++ {
			switch d.lines[l-1].Kind {
			case note.Blank, note.Comment, note.Rule, note.Fence:
				continue
			case note.Prose, note.Item, note.Quote, note.Table:
				if t := d.lines[l-1].Text; linked(t) || strings.Contains(t, ":: ") && propertyShape(t) {
					links++
				}
			}
			text++
		}
	}
	return links, text
}

// pointer reports a body that begins with nothing but a link to another note: what stands below
// says what is read there.
func (d *doc) pointer(body []knowledge.Span) bool {
	for l := body[0].Start; l <= body[0].End; l++ {
		if d.lines[l-1].Kind == note.Blank {
			continue
		}
		s := d.lines[l-1].Text
		return d.linkLine(l-1) && strings.Contains(s, ".md") && !strings.Contains(s, "://") && !strings.HasPrefix(s, "!")
	}
	return false
}

// linked reports whether a line is a link with a few words at most around it, or a row of links.
func linked(s string) bool {
	if !strings.Contains(s, "](") && !strings.Contains(s, "://") && !strings.Contains(s, "[[") {
		return false
	}
	w := weight(unlinked(s))
	if w <= 40 && strings.HasPrefix(strings.TrimLeft(s, "⭐*_ "), "[") && strings.Contains(s, "://") {
		return true // a site, and a word on it
	}
	return w <= 8 || w <= 40 && strings.HasPrefix(s, "|") && strings.Count(s, "](") > 1
}

// unlinked returns a text without its links and pictures.
func unlinked(s string) string {
	if strings.Contains(s, "![") || strings.Contains(s, "<img") {
		s = picture.ReplaceAllString(s, "")
	}
	if strings.Contains(s, "](") || strings.Contains(s, "://") {
		s = address.ReplaceAllString(s, "")
	}
	if strings.Contains(s, "[[") {
		s = wiki.ReplaceAllString(s, "")
	}
	return s
}

var wiki = pattern.New(`\[\[[^\]]*\]\]`)
