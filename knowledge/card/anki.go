package card

import (
	"html"
	"path"
	"slices"
	"strconv"
	"strings"

	"studybot/knowledge"
	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

// anki reads a text export of Anki: lines of fields, with "#separator:" and other
// headers; or a file of tab-separated lines. The first field asks,
// the second answers; the card is known by its guid, else by its first field.
func anki(d *doc) []draft {
	f, ok := d.fields()
	if !ok {
		return nil
	}
	return d.records(f, d.note.Lines)
}

// fenced reads an export in the fence that opens at line i, and returns the line that closes it.
func (d *doc) fenced(i int) ([]draft, int, bool) {
	if i+1 >= len(d.lines) || !strings.HasPrefix(d.note.Lines[i+1], "#separator:") {
		return nil, i, false
	}
	end := i + 1
	for end < len(d.lines) && d.lines[end].Kind == note.Code {
		end++
	}
	f := fieldFile{sep: "\t", start: i + 1, guid: -1}
	skip, _, ok := f.headers(d.note.Lines[:end])
	if !ok {
		return nil, i, false
	}
	f.sides(skip)
	out := d.records(f, d.note.Lines[:end])
	d.take(i, min(end, len(d.lines)-1))
	return out, end, true
}

// records reads the records of an export, to the end of lines.
func (d *doc) records(f fieldFile, lines []string) []draft {
	var out []draft
	sheet := strings.EqualFold(path.Ext(d.note.File), ".csv")
	for i := f.start; i < len(lines); {
		row, next := f.row(lines, i)
		for sheet && next < len(lines) && lines[next] == "" {
			next++ // of a field with line ends, the note has the first line only
		}
		if dr, ok := f.draft(d, row, i, next-1); ok {
			out = append(out, dr...)
		}
		d.take(i, next-1)
		i = next
	}
	return out
}

func (f fieldFile) draft(d *doc, row []string, first, last int) ([]draft, bool) {
	at := func(i int) string {
		if i < 0 || i >= len(row) {
			return ""
		}
		return fieldText(row[i], f.html)
	}
	q, a := at(f.front), at(f.back)
	if n, err := strconv.Atoi(a); f.numbers && err == nil {
		a = string(rune('A' + n - f.first))
		for c := f.back + 1; c < len(row); c++ {
			f.options = append(f.options, c)
		}
	}
	for k, col := range f.options {
		if o := at(col); o != "" {
			q += "\n" + string(rune('A'+k)) + ". " + o
		}
	}
	if first == f.start && columnName.MatchString(q) && columnName.MatchString(a) {
		return nil, false
	}
	dr := draft{line: first + 1, section: -1, explicit: true, body: []knowledge.Span{{Start: first + 1, End: last + 1}}, answer: a}
	if strings.Contains(q, "{{c") {
		dr.kind = knowledge.Cloze
		out := ankiGaps(q, dr)
		return out, len(out) > 0
	}
	dr.title = note.CleanTitle(strings.SplitN(q, "\n", 2)[0])
	if weight(q) < 1 || dr.title == "" {
		return nil, false
	}
	if hollow(a) != "" {
		d.problem(first+1, dr.title, unanswered)
		return nil, false
	}
	if stem, opts, why, ok := fieldChoice(q, a); ok {
		dr.title, q, dr.options, dr.kind = note.CleanTitle(strings.SplitN(stem, "\n", 2)[0]), stem, opts, knowledge.Choice
		dr.answer, dr.question = strings.TrimSpace(strings.Join(rightOnes(opts), "\n")+"\n"+why), stem
	} else if verdict, why, _ := strings.Cut(a, "\n"); !note.Asks(dr.title) && !strings.Contains(q, "\n") && weight(dr.title) > 5 && (len(verdict) > 1) {
		if right, ok := verdicts[strings.ToLower(verdict)]; ok {
			dr.judgedAs(right, why)
		}
	}
	dr.key = q
	if g := at(f.guid); g != "" {
		dr.key = g
	}
	if dr.kind == "" && (strings.Contains(q, "\n") || note.Asks(dr.title)) {
		dr.question = q
	}
	return []draft{dr}, true
}

// fieldLetters is a back that begins with letters of options.
var fieldLetters = pattern.New(`^(?:(?i:答案|answer)\s*[:：]\s*)?([A-H](?:[\s,，、;；|]*[A-H])*)(?:[\s.。、:：)）,，]+((?s:.*)))?$`)

// fieldChoice reads a front with options below its stem, and a back that names the right ones.
func fieldChoice(q, a string) (stem string, opts []knowledge.Option, why string, ok bool) {
	stem, rest, _ := strings.Cut(q, "\n")
	for opts == nil {
		opts = fieldOptions(rest)
		if opts != nil || rest == "" {
			break
		}
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		stem += "\n" + line
	}
	if len(opts) < 2 {
		return "", nil, "", false
	}
	if len(a) == 1 && !slices.ContainsFunc(opts, func(o knowledge.Option) bool { return o.Text == a }) {
		a = strings.ToUpper(a)
	}
	if m := fieldLetters.FindStringSubmatch(a); m != nil && setRight(opts, m[1]) {
		for _, o := range opts {
			if o.Right && o.Text == strings.TrimSpace(m[2]) {
				return stem, opts, "", true
			}
		}
		return stem, opts, m[2], true
	}
	first, why, _ := strings.Cut(a, "\n")
	for i := range opts {
		if opts[i].Text == strings.TrimSpace(first) {
			opts[i].Right, ok = true, true
		}
	}
	return stem, opts, why, ok
}

// fieldOptions reads a text that is all options, "A. x", each on a line or all on one.
func fieldOptions(s string) []knowledge.Option {
	if one := splitLetters(strings.TrimSpace(s)); len(one) > 1 && !strings.Contains(strings.TrimSpace(s), "\n") {
		return one
	}
	var opts []knowledge.Option
	for line := range strings.SplitSeq(strings.TrimSpace(s), "\n") {
		m := letterMark.FindStringSubmatch(strings.TrimSpace(line))
		if m == nil || int(m[1][0]&^0x20-'A') != len(opts) || m[2] == "" {
			return nil
		}
		opts = append(opts, knowledge.Option{Text: strings.TrimSpace(m[2])})
	}
	return opts
}

var columnName = pattern.New(`(?i)^(?:question|answer|front|back|term|definition|q|a|问题|题目|答案|正面|背面)$`)

var (
	lineTag  = pattern.New(`(?i)<br\s*/?>|</(?:div|p|li|tr)>`)
	itemTag  = pattern.New(`(?i)<li[^>]*>`)
	otherTag = pattern.New(`</?[a-zA-Z][^<>]*>`)
	textTag  = pattern.New(`</?(?i:a|abbr|b|blockquote|center|code|div|em|font|h[1-6]|hr|i|img|kbd|li|ol|p|pre|s|small|span|strong|sub|sup|table|tbody|td|th|thead|tr|tt|u|ul)(?:\s[^<>]*)?/?>`)
	sound    = pattern.New(`\[sound:[^\]]*\]`)
)

// fieldText returns the plain text of a field. Where it need not be markup, only the tags of
// a text are taken off: "<class 'int'>" is none.
func fieldText(s string, markup bool) string {
	s = sound.ReplaceAllString(s, "")
	if markup || strings.Contains(s, "<") && hasAny(s, "<br", "<div", "<li", "</span>") {
		s = lineTag.ReplaceAllString(s, "\n")
		s = itemTag.ReplaceAllString(s, "- ")
		if markup {
			s = otherTag.ReplaceAllString(s, "")
		} else {
			s = textTag.ReplaceAllString(s, "")
		}
		s = strings.ReplaceAll(html.UnescapeString(s), "\u00a0", " ")
	}
	return strings.TrimSpace(s)
}
