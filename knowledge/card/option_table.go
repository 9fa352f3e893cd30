package card

import (
	"strings"

	"studybot/knowledge"
	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

// tableOptions reads a table from its first line i on as options, "| A | text |" a row, below a
// line that asks.
func (d *doc) tableOptions(i int) ([]knowledge.Option, int) {
	if d.lines[i].Kind != note.Table || d.taken[i] || i == 0 || d.lines[i-1].Kind == note.Table {
		return nil, 0
	}
	var opts []knowledge.Option
	end := i
	for ; end < len(d.lines) && d.lines[end].Kind == note.Table; end++ {
		row := cells(d.lines[end].Text)
		if len(row) != 2 {
			return nil, 0
		}
		name, _ := uncoloured(row[0])
		if name = strings.Trim(name, "* "); len(opts) == 0 && name != "A" && end < i+2 {
			continue // the head and its rule
		}
		if name != string(rune('A'+len(opts))) {
			return nil, 0
		}
		text, ticked := uncoloured(row[1])
		opts = append(opts, knowledge.Option{Text: text + ticked})
	}
	above := i - 1
	for above > 0 && d.lines[above].Kind == note.Blank {
		above--
	}
	if len(opts) < 2 || !d.asking(above) {
		return nil, 0
	}
	return opts, end - 1
}

// unpointed takes an arrow off an option, as writers point at the right one: "-> B. text".
func unpointed(s string) string {
	for _, arrow := range [...]string{"->", "=>", "→", "👉"} {
		if rest, ok := strings.CutPrefix(s, arrow); ok {
			return strings.TrimSpace(rest)
		}
	}
	return s
}

// coloured is a text in a colour of its own, its letter too or not, as writers mark the right option.
var coloured = pattern.New(`^((?:[-*+]\s+)?(?:[(（]?[A-Ha-h][.、:：)）．]\s*)?)<(?:font|span|mark)(?:\s[^<>]*color[^<>]*)?>(.*?)</(?:font|span|mark)>$`)

// uncoloured takes a colour off an option, and returns a tick for it.
func uncoloured(s string) (text, tick string) {
	if !strings.Contains(s, "</") {
		return s, ""
	}
	if m := coloured.FindStringSubmatch(s); m != nil && !strings.Contains(m[2], "<") {
		return m[1] + m[2], " ✅"
	}
	return s, ""
}
