package card

import (
	"slices"
	"strings"

	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

var callout = pattern.New(`(?i)^\[!(?:question|faq|help)\][-+]?\s+(\S.*)$`)

// callouts finds the blocks of Obsidian that hold a question: "> [!question] What is …?" with
// the answer in the lines quoted below it, "> [!success] …" among them.
func callouts(d *doc) []draft {
	var out []draft
	for i, l := range d.lines {
		if l.Kind != note.Quote || d.taken[i] {
			continue
		}
		m := callout.FindStringSubmatch(l.Text)
		if m == nil {
			continue
		}
		end := i
		for end+1 < len(d.lines) && d.quoted(end+1) && !callout.MatchString(d.lines[end+1].Text) {
			end++
		}
		title := note.CleanTitle(m[1])
		dr := draft{title: title, line: i + 1, section: d.sectionAt(i), key: title, explicit: true,
			body: d.span(i+1, end), answer: d.unquoted(i+1, end)}
		if dr.answer == "" {
			d.problem(i+1, title, unanswered)
			continue
		}
		d.take(i, end)
		out = append(out, dr)
	}
	return out
}

func (d *doc) quoted(i int) bool {
	return strings.HasPrefix(strings.TrimLeft(d.note.Lines[i], " \t"), ">")
}

// unquoted returns lines from..to without the marks of the quote and of a callout in it.
func (d *doc) unquoted(from, to int) string {
	var out []string
	for _, s := range d.note.Lines[from : to+1] {
		for {
			rest, ok := strings.CutPrefix(strings.TrimLeft(s, " \t"), ">")
			if !ok {
				break
			}
			s = strings.TrimPrefix(rest, " ")
		}
		if t := innerCallout.ReplaceAllString(s, ""); t != "" || s == "" {
			out = append(out, strings.TrimRight(t, " \t"))
		}
	}
	return strings.Trim(strings.Join(out, "\n"), "\n")
}

// admonition begins a block of MkDocs: `??? question "What is …?"`, its text indented below it.
var admonition = pattern.New(`^(\?\?\?\+?|!!!)\s+([\w-]+)(?:[\w\s-]*)"(.+)"\s*$`)

// admonitions finds the blocks of MkDocs that hold a question, and the folded ones whose title
// asks.
func admonitions(d *doc) []draft {
	var out []draft
	for i := range d.lines {
		s := d.note.Lines[i]
		if d.taken[i] || d.code(i) || !strings.HasPrefix(s, "???") && !strings.HasPrefix(s, "!!!") {
			continue
		}
		m := admonition.FindStringSubmatch(s)
		if m == nil {
			continue
		}
		title := note.CleanTitle(m[3])
		kind := strings.ToLower(m[2])
		if kind != "question" && kind != "faq" && !(m[1] != "!!!" && note.Asks(title)) {
			continue
		}
		end := d.indentedEnd(i)
		dr := draft{title: title, line: i + 1, section: d.sectionAt(i), key: title, explicit: true, body: d.span(i+1, end)}
		if len(dr.body) == 0 {
			d.problem(i+1, title, unanswered)
			continue
		}
		d.take(i, end)
		out = append(out, dr)
	}
	return out
}

// shortcode begins a folded block of Hugo: `{{< details "Why …?" >}}`.
var shortcode = pattern.New(`^\{\{[<%]\s*(?:details|expand|spoiler|collapse)\s+(?:(?:title|summary)=)?"([^"]+)"`)

// shortcodes finds the folded blocks of Hugo whose title asks.
func shortcodes(d *doc) []draft {
	var out []draft
	for i, s := range d.note.Lines {
		if !strings.HasPrefix(s, "{{") || d.taken[i] || d.code(i) {
			continue
		}
		m := shortcode.FindStringSubmatch(s)
		if m == nil || !note.Asks(note.CleanTitle(m[1])) {
			continue
		}
		title := note.CleanTitle(m[1])
		_, body, end := d.foldBody(i)
		if end == i || len(body) == 0 {
			continue
		}
		d.take(i, end)
		out = append(out, draft{title: title, line: i + 1, section: d.sectionAt(i), question: asked(title), key: title, explicit: true, body: body})
	}
	return out
}

var innerCallout = pattern.New(`(?i)^\[!\w+\][-+]?\s*(?:answers?|solution|答案|解答)?\s*$`)

// boxTitle begins a block of VuePress or Docusaurus with a title: "::: info Why …?", ":::tip[Why …?]".
var boxTitle = pattern.New(`^:{3,}\s*[a-z]+\s*(?:\[(.+)\]|\s(\S.*?))\s*$`)

// warnsIf is the title of a warning to those who do something: "::: warning 使用了镜像吗？".
var warnsIf = pattern.New(`^:{3,}\s*(?:warning|danger|caution)\b.*吗\s*[?？]?\]?$`)

// boxes finds the blocks of site generators whose title asks, and that hold no question of
// another kind.
func boxes(d *doc) []draft {
	var out []draft
	for i, l := range d.lines {
		if !strings.HasPrefix(l.Text, ":::") || d.taken[i] || d.code(i) {
			continue
		}
		m := boxTitle.FindStringSubmatch(l.Text)
		if m == nil {
			continue
		}
		title := note.CleanTitle(m[1] + m[2])
		_, body, end := d.foldBody(i)
		if end <= i+1 || len(body) == 0 || !note.Asks(title) || !hasHan(title) && !strings.HasSuffix(title, "?") || warnsIf.MatchString(l.Text) || slices.Contains(d.taken[i:end], true) {
			continue
		}
		dr := draft{title: title, line: i + 1, section: d.sectionAt(i), question: asked(title), key: title, explicit: true, body: body}
		if d.quotesOnly(dr.body) {
			dr.answer = d.unquoted(i+1, end-1)
		}
		d.take(i, end)
		out = append(out, dr)
	}
	return out
}
