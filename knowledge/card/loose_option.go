package card

import (
	"strings"

	"studybot/knowledge"
	"studybot/knowledge/note"
)

// tickedItems reads a list from line i on as options without letters, of which one says that it
// is right: "- /proc (correct)", or "✅"; its stem, right above it, asks.
func (d *doc) tickedItems(i int) ([]knowledge.Option, int) {
	const most = 10 // options
	l := d.lines[i]
	if l.Kind != note.Item || l.Ordered() || d.taken[i] || i == 0 || d.lines[i-1].Kind == note.Item && d.lines[i-1].Indent >= l.Indent {
		return nil, 0
	}
	var opts []knowledge.Option
	ticks, end := 0, i
	for j := i; j < len(d.lines) && len(opts) <= most; j++ {
		if d.lines[j].Kind == note.Blank {
			continue
		}
		text := d.lines[j].Text
		if d.lines[j].Kind == note.Prose && d.lines[j].Indent > l.Indent { // "**(Correct)**" below its option
			opts[len(opts)-1].Text += " " + text
			if len(text) > 200 || len(opts[len(opts)-1].Text) > 2000 {
				return nil, 0
			}
			if end = j; strings.Contains(text, "(") {
				ticks += strings.Count(strings.ToLower(text), "(correct)")
			}
			continue
		}
		if d.lines[j].Kind != note.Item || d.lines[j].Indent != l.Indent || d.lines[j].Ordered() {
			break
		}
		if strings.Contains(text, "❌") {
			return nil, 0
		}
		if mayTick(text) && tickMark.MatchString(text) {
			ticks++
		}
		opts, end = append(opts, knowledge.Option{Text: text}), j
	}
	above := i - 1
	for above > 0 && d.lines[above].Kind == note.Blank {
		above--
	}
	if ticks != 1 || len(opts) < 3 || len(opts) > most || !note.EndsAsking(strings.TrimRight(d.lines[above].Text, "* _")) {
		return nil, 0
	}
	return opts, end
}

// numberedItems reads a list "1. x", "2. y" as options: under a numbered item where the answer
// below them is a number, and under a text that asks where it is a letter, alone.
func (d *doc) numberedItems(i int) ([]knowledge.Option, int) {
	const most = 8 // options
	l := d.lines[i]
	if !l.Ordered() || l.Number != 1 || d.taken[i] {
		return nil, 0
	}
	const few = 8 // lines
	var opts []knowledge.Option
	j := i
	for ; j < len(d.lines) && d.lines[j].Ordered() && d.lines[j].Indent == l.Indent && len(opts) < most; j++ {
		opts = append(opts, knowledge.Option{Text: d.lines[j].Text})
	}
	next := d.nextText(j - 1)
	for n := 0; n < few && next > 0 && (d.announcing(next) || tagOnly.MatchString(d.note.Lines[next])); n++ { // "Note:", "</div>"
		next = d.nextText(next)
	}
	if len(opts) < 2 || next < 0 || !hasAny(d.note.Lines[next], "ns", "NS", "答") {
		return nil, 0
	}
	if l.Indent > 0 && keyDigit.MatchString(stripTags(d.note.Lines[next])) {
		return opts, j - 1
	}
	if len(opts) < 3 || !d.askedAbove(i) {
		return nil, 0
	}
	if letters, at := d.keyBelow(j - 1); len(picked(letters)) == 1 && (loneLetter(stripTags(d.note.Lines[at])) || lone(d.lines[at].Text) != nil) {
		return opts, j - 1
	}
	return nil, 0
}

// askedAbove reports whether the text or heading above line i asks; a tag may stand between them.
func (d *doc) askedAbove(i int) bool {
	for i--; i >= 0 && (d.lines[i].Kind == note.Blank || tagOnly.MatchString(d.note.Lines[i])); i-- {
		continue
	}
	if i < 0 || d.lines[i].Kind != note.Prose && d.lines[i].Kind != note.Heading {
		return false
	}
	t := note.CleanTitle(d.lines[i].Text)
	return note.Asks(t) || note.EndsAsking(t)
}

// loneLetter reports a line with the letter of the right option, which is no word of a sentence.
func loneLetter(s string) bool {
	m := keyLine.FindStringSubmatchIndex(s)
	return m != nil && m[3]-m[2] == 1 && (weight(s[m[3]:]) == 0 || strings.ContainsRune("*.。):：", firstRune(s[m[3]:])))
}

// unlettered takes the letters A, B, C off options in boxes that all have theirs.
func unlettered(opts []knowledge.Option) {
	for k, o := range opts {
		if m := letterMark.FindStringSubmatch(o.Text); m == nil || m[1] != string(rune('A'+k)) || m[2] == "" {
			return
		}
	}
	for k, o := range opts {
		opts[k].Text = strings.TrimSpace(letterMark.FindStringSubmatch(o.Text)[2])
	}
}
