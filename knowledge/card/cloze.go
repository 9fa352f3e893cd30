package card

import (
	"slices"
	"strings"
	"unicode/utf8"

	"studybot/knowledge"
	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

var (
	marked    = pattern.New(`==([^=\s](?:[^=]*[^=\s])?)==(?:\^?\[([^\]]*)\])?`)
	ankiCloze = pattern.New(`\{\{c(?:(\d+)::|loze +)(.*?)(?:(?:::| \\\\ )(.*?))?\}\}`)
)

// clozes finds "==x==" and "{{c1::x::hint}}": the question is the line with gaps. Each
// number of an Anki cloze is a question of its own; what is marked with == in one line is one.
func clozes(d *doc) []draft {
	var out []draft
	for i := 0; i < len(d.lines); i++ {
		s := d.lines[i].Text
		if titled := d.lines[i].Kind == note.Heading && !d.taken[i] && strings.Contains(s, "{{c"); titled {
			s = s[len(askCue.FindString(s)):]
		} else if !d.free(i) {
			continue
		}
		if i > 0 && d.note.Lines[i-1] == "Cloze" { // the kind of a block of fields
			s = strings.TrimPrefix(s, "Text: ")
		}
		if strings.HasPrefix(s, "C:") && d.hashcard(i) {
			out = append(out, d.bracketGaps(i)...)
			continue
		}
		if strings.Contains(s, "{{") && d.reviewed(i) { // braces of Obsidian, else of many things
			s = braces.ReplaceAllString(s, "==$1==")
		}
		if !strings.Contains(s, "{{c") && !strings.Contains(s, "==") {
			continue
		}
		s = leadingTags.ReplaceAllString(strings.TrimSpace(cardTag.ReplaceAllString(s, " ")), "")
		s = closingTags.ReplaceAllString(s, "")
		base := draft{line: i + 1, section: d.sectionAt(i), kind: knowledge.Cloze, explicit: true, body: d.span(i, i)}
		switch {
		case strings.Contains(s, "{{c") && ankiCloze.MatchString(withoutCode(s)):
			first, last := i, i // of a text that was broken at the margin
			for ; first > 0 && !d.taken[first-1] && d.wrapped(first-1, first); first-- {
				s = d.lines[first-1].Text + " " + s
			}
			for ; last+1 < len(d.lines) && !d.taken[last+1] && !propertyShape(d.lines[last+1].Text) && d.wrapped(last, last+1); last++ {
				s += " " + d.lines[last+1].Text
			}
			base.line, base.body, i = first+1, d.span(first, last), last
			if out = append(out, ankiGaps(s, base)...); d.lines[i].Kind == note.Heading {
				d.take(i, i)
			}
		case strings.Contains(s, "=="):
			if dr, ok := markGaps(s, base); ok {
				out = append(out, dr)
			}
		default:
			continue
		}
	}
	return out
}

// closingTags are tags behind the text of a card.
var closingTags = pattern.New(`(?:\s+#[\pL\d/_-]+)+$`)

var braces = pattern.New(`\{\{([^{}:]+)\}\}`)

// reviewed reports whether line i holds, or has below it, what a plug-in noted of a review.
func (d *doc) reviewed(i int) bool {
	return strings.Contains(d.note.Lines[i], "<!--SR:!") || i+1 < len(d.lines) && strings.HasPrefix(d.note.Lines[i+1], "<!--SR:!")
}

// gapsOnly reports a body whose lines all have gaps: each asks for itself.
func (d *doc) gapsOnly(body []knowledge.Span) bool {
	n := 0
	for _, s := range body {
		for l := s.Start; l <= s.End; l++ {
			if k := d.lines[l-1].Kind; k == note.Blank || k == note.Comment {
				continue
			}
			if t := d.lines[l-1].Text; !strings.Contains(t, "==") && !strings.Contains(t, "{{c") || !gapped(t) {
				return false
			}
			n++
		}
	}
	return n > 0
}

// bracket is a gap of hashcards: "C: A [stack] is …".
var bracket = pattern.New(`(^|[^\\!\]])\[([^\[\]]+)\]([^(:\[]|$)`)

// hashcard reports whether line i is a paragraph "C: …" with gaps, among others of its kind or
// lines "Q: …", and no option of a choice. The cue may stand on a line of its own.
func (d *doc) hashcard(i int) bool {
	first := d.lines[i].Text
	if first == "C:" && i+1 < len(d.lines) {
		first = d.lines[i+1].Text
	}
	return (i == 0 || d.lines[i-1].Kind != note.Prose) && holed(first) && d.hashcards()
}

// hashcards reports a note with several lines "C: …" and "Q: …", and no options.
func (d *doc) hashcards() bool {
	if d.hash == 0 {
		alike, options := 0, false
		for _, s := range d.note.Lines {
			if strings.HasPrefix(s, "C: ") || s == "C:" || strings.HasPrefix(s, "Q: ") {
				alike++
			}
			options = options || strings.HasPrefix(s, "B: ")
		}
		if d.hash = 1; alike > 1 && !options {
			d.hash = 2
		}
	}
	return d.hash == 2
}

// holed reports a text with gaps of hashcards.
func holed(s string) bool {
	return strings.Contains(s, "[") && (bracket.MatchString(withoutCode(s)) || codeGap.MatchString(s))
}

var codeGap = pattern.New("(^|\\s)\\[`[^`]+`\\]([^(:\\[]|$)")

// bracketGaps returns a card for each gap of the text of hashcards at line i: a paragraph, and
// those below it that have gaps and no cue.
func (d *doc) bracketGaps(i int) []draft {
	end := i
	for end+1 < len(d.lines) && !d.taken[end+1] {
		switch next := end + 1; {
		case d.lines[next].Kind == note.Prose:
			end = next
			continue
		case d.lines[next].Kind == note.Blank && next+1 < len(d.lines) && d.lines[next+1].Kind == note.Prose && !d.taken[next+1] &&
			holed(d.lines[next+1].Text) && !strings.HasPrefix(d.lines[next+1].Text, "C:") && d.cue(next+1, askCue) == "":
			end = next + 1
			continue
		}
		break
	}
	text, _ := d.answer(d.span(i, end))
	text = strings.TrimSpace(strings.TrimPrefix(text, "C:"))
	plain := bracket.ReplaceAllString(text, "$1$2$3")
	base := draft{title: note.CleanTitle(plain), line: i + 1, section: d.sectionAt(i), kind: knowledge.Cloze, explicit: true, body: d.span(i, end)}
	var out []draft
	for _, m := range bracket.FindAllStringSubmatchIndex(withoutCode(text), -1) {
		open, shut := m[4]-1, m[5]+1
		dr := base
		dr.question = bracket.ReplaceAllString(text[:open], "$1$2$3") + gap + bracket.ReplaceAllString(text[shut:], "$1$2$3")
		dr.answer, dr.key = text[m[4]:m[5]], dr.question
		out = append(out, dr)
	}
	if len(out) > 0 {
		d.take(i, end)
	}
	return out
}

// withoutCode returns s with what stands in backquotes made x, at the same places.
func withoutCode(s string) string {
	if !strings.Contains(s, "`") {
		return s
	}
	return inlineCode.ReplaceAllStringFunc(s, func(c string) string { return strings.Repeat("x", len(c)) })
}

const gap = "____"

func ankiGaps(s string, dr draft) []draft {
	found := ankiCloze.FindAllStringSubmatchIndex(withoutCode(s), -1)
	// with returns s with each cloze as show has it; it is told the cloze's number, text and hint.
	with := func(show func(number, text, hint string) string) string {
		var out strings.Builder
		last := 0
		for _, m := range found {
			var parts [3]string
			for i := range parts {
				if from := m[2*i+2]; from >= 0 {
					parts[i] = s[from:m[2*i+3]]
				}
			}
			out.WriteString(s[last:m[0]] + show(parts[0], parts[1], parts[2]))
			last = m[1]
		}
		return out.String() + s[last:]
	}
	dr.title = note.CleanTitle(with(func(_, text, _ string) string { return text }))
	var numbers []string
	with(func(number, _, _ string) string {
		if !slices.Contains(numbers, number) {
			numbers = append(numbers, number)
		}
		return ""
	})
	var out []draft
	for _, asked := range numbers {
		var answers []string
		dr.question = with(func(number, text, hint string) string {
			if number != asked {
				return text
			}
			answers = append(answers, strings.TrimSpace(text))
			if hint != "" {
				return gap + "（" + hint + "）"
			}
			return gap
		})
		dr.answer, dr.key = strings.Join(answers, "\n"), dr.question
		if weight(dr.question) > 0 && dr.title != "" {
			out = append(out, dr)
		}
	}
	return out
}

func markGaps(s string, dr draft) (draft, bool) {
	masked := withoutCode(s)
	var q strings.Builder
	var answers []string
	last := 0
	for _, m := range marked.FindAllStringSubmatchIndex(masked, -1) {
		in := s[m[2]:m[3]]
		before, _ := utf8.DecodeLastRuneInString(s[:m[0]])
		after, _ := utf8.DecodeRuneInString(s[m[1]:])
		if strings.Contains(in, "&&") || strings.Contains(in, "||") || ident(before) && ident(after) || strings.Contains(s[:m[0]], "://") && !strings.Contains(s[:m[0]], " ") {
			continue
		}
		q.WriteString(s[last:m[0]] + gap)
		if m[4] >= 0 && m[5] > m[4] && s[m[4]] != '^' { // "==x==^[hint]", and not "==x==[^1]"
			q.WriteString("（" + s[m[4]:m[5]] + "）")
		}
		answers = append(answers, in)
		last = m[1]
	}
	q.WriteString(s[last:])
	rest := weight(strings.ReplaceAll(q.String(), gap, ""))
	if len(answers) == 0 || rest < 4 || note.CodeLike(inlineCode.ReplaceAllString(s, "")) && !hasHan(s) && !strings.Contains(s, " ==") {
		return draft{}, false
	}
	dr.title = note.CleanTitle(marked.ReplaceAllString(s, "$1"))
	dr.question, dr.answer, dr.key = q.String(), strings.Join(answers, "\n"), q.String()
	return dr, true
}
