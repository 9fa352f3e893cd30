package card

import (
	"strings"

	"studybot/knowledge"
	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

var order = pattern.New(`<!--\s*studybot:\s*(skip|topic|card)\b\s*(.*?)\s*-->`)

// steer reads what the writer says in front matter and comments.
func (d *doc) steer() {
	for _, l := range d.lines {
		if l.Kind != note.Front {
			break
		}
		if v, ok := strings.CutPrefix(strings.TrimSpace(l.Text), "studybot:"); ok {
			d.order(-1, strings.Trim(strings.TrimSpace(v), `"'`))
		}
	}
	for i, l := range d.lines {
		if l.Kind != note.Comment || !strings.Contains(l.Text, "studybot:") {
			continue
		}
		if m := order.FindStringSubmatch(l.Text); m != nil && m[1] != "card" {
			d.order(d.sectionAt(i), m[1]+" "+m[2])
		}
	}
}

func (d *doc) order(section int, words string) {
	what, rest, _ := strings.Cut(words, " ")
	if section >= 0 && d.note.Sections[section].Level == 0 {
		section = -1
	}
	switch what {
	case "skip":
		d.skips[section] = true
		d.skipAll = d.skipAll || section < 0
	case "topic":
		d.topics[section] = strings.TrimSpace(rest)
	}
}

// sectionAt returns the section of line i: a comment right under a title may be in no body.
func (d *doc) sectionAt(i int) int {
	for ; i >= 0; i-- {
		if d.home[i] >= 0 {
			return d.home[i]
		}
	}
	return -1
}

// skipped reports whether the writer wants no cards from a section or one around it.
func (d *doc) skipped(section int) bool {
	if len(d.skips) == 0 {
		return false
	}
	for ; section >= 0; section = d.note.Sections[section].Parent {
		if d.skips[section] {
			return true
		}
	}
	return false
}

// steered returns the topic that the writer set for a section, "" for none.
func (d *doc) steered(section int) string {
	if len(d.topics) == 0 {
		return ""
	}
	for ; section >= 0; section = d.note.Sections[section].Parent {
		if t := d.topics[section]; t != "" {
			return t
		}
	}
	return d.topics[-1]
}

// forced returns the cards that comments ask for.
func forced(d *doc) []draft {
	var out []draft
	for i, l := range d.lines {
		if l.Kind != note.Comment || !strings.Contains(l.Text, "studybot:") {
			continue
		}
		m := order.FindStringSubmatch(l.Text)
		if m == nil || m[1] != "card" || m[2] == "" {
			continue
		}
		end := i + 1
		for end < len(d.lines) && d.lines[end].Kind != note.Heading && !order.MatchString(d.note.Lines[end]) {
			end++
		}
		body := d.span(i+1, end-1)
		if body == nil {
			d.problem(i+1, m[2], unanswered)
			continue
		}
		d.take(i, end-1)
		out = append(out, draft{title: m[2], line: i + 1, section: d.sectionAt(i), question: m[2], key: m[2], body: body, explicit: true})
	}
	return out
}

// lines of a span list, for readers that look at a whole body
func spanned(body []knowledge.Span) int {
	n := 0
	for _, s := range body {
		n += s.End - s.Start + 1
	}
	return n
}
