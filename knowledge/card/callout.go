package card

import (
	"regexp"
	"strings"

	"studybot/knowledge/note"
)

var callout = regexp.MustCompile(`(?i)^\[!(?:question|faq|help)\][-+]?\s+(\S.*)$`)

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

var innerCallout = regexp.MustCompile(`(?i)^\[!\w+\][-+]?\s*(?:answers?|solution|答案|解答)?\s*$`)
