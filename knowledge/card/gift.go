package card

import (
	"strings"

	"studybot/knowledge"
	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

// gifts reads the GIFT format of Moodle: blocks of lines "::title:: stem { answers }", in notes
// that have a title or a category of that format.
func gifts(d *doc) []draft {
	if !d.giftFile() {
		return nil
	}
	var out []draft
	for i := 0; i < len(d.note.Lines); i++ {
		from := i
		var block []string
		for ; i < len(d.note.Lines) && strings.TrimSpace(d.note.Lines[i]) != ""; i++ {
			if s := d.note.Lines[i]; !strings.HasPrefix(s, "//") && !strings.HasPrefix(s, "$CATEGORY") {
				block = append(block, s)
			} else if len(block) == 0 {
				from = i + 1
			}
		}
		dr, ok := gift(strings.Join(block, "\n"))
		if !ok || d.taken[from] {
			continue
		}
		if dr.answer == "" {
			d.problem(from+1, dr.title, unanswered)
			continue
		}
		dr.line, dr.section, dr.explicit, dr.key, dr.body = from+1, -1, true, dr.question, d.span(from, i-1)
		d.take(from, i-1)
		out = append(out, dr)
	}
	return out
}

func (d *doc) giftFile() bool {
	for i, s := range d.note.Lines {
		if s == "" || s[0] != ':' && s[0] != '$' || d.code(i) {
			continue
		}
		if strings.HasPrefix(s, "$CATEGORY:") || strings.HasPrefix(s, "::") && strings.Contains(s[2:], "::") {
			return true
		}
	}
	return false
}

var giftHead = pattern.New(`^\s*(?:::[^\n]*?::)?\s*(?:\[(html|markdown|moodle|plain)\])?\s*`)

// gift reads one question. Its answer is "" where it has none.
func gift(block string) (draft, bool) {
	m := giftHead.FindStringSubmatchIndex(block)
	markup := m[2] >= 0 && block[m[2]:m[3]] == "html"
	block = block[m[1]:]
	open := unescaped(block, "{")
	if open < 0 {
		return draft{}, false
	}
	length := unescaped(block[open:], "}")
	if length < 0 {
		return draft{}, false
	}
	stem, answers, after := block[:open], strings.TrimSpace(block[open+1:open+length]), strings.TrimSpace(block[open+length+1:])
	if after != "" {
		stem += gap + " " + after
	}
	stem = giftText(stem, markup)
	first, _, _ := strings.Cut(stem, "\n")
	dr := draft{title: note.CleanTitle(first), question: stem}
	if weight(dr.title) == 0 {
		return draft{}, false
	}
	if k := strings.Index(answers, "####"); k >= 0 {
		answers = strings.TrimSpace(answers[:k])
	}
	verdict, why, _ := strings.Cut(answers, "#")
	switch right, judged := verdicts[strings.ToLower(strings.TrimSpace(verdict))]; {
	case judged:
		dr.judgedAs(right, giftText(strings.ReplaceAll(why, "#", " "), markup))
	case strings.HasPrefix(answers, "#"):
		dr.answer = strings.TrimLeft(giftText(answers[1:], markup), "= ")
	default:
		dr.giftAnswers(answers, markup)
	}
	return dr, true
}

var giftWeight = pattern.New(`^\s*%(-?)[\d.]+%`)

// giftAnswers reads "=right ~wrong #remark": a choice where some are wrong, else all are accepted.
func (dr *draft) giftAnswers(s string, markup bool) {
	var opts []knowledge.Option
	wrong := 0
	for s != "" {
		at := unescaped(s, "=~")
		if at < 0 {
			break
		}
		right := s[at] == '='
		rest := s[at+1:]
		end := unescaped(rest, "=~")
		if end < 0 {
			end = len(rest)
		}
		text := rest[:end]
		s = rest[end:]
		if m := giftWeight.FindStringSubmatch(text); m != nil {
			text, right = text[len(m[0]):], m[1] == ""
		}
		if k := unescaped(text, "#"); k >= 0 {
			text = text[:k]
		}
		if !right {
			wrong++
		}
		opts = append(opts, knowledge.Option{Text: giftText(text, markup), Right: right})
	}
	switch {
	case len(opts) > 1 && wrong > 0 && wrong < len(opts):
		dr.kind, dr.options = knowledge.Choice, opts
		dr.answer = strings.Join(rightOnes(opts), "\n")
	case wrong == 0:
		var all []string
		for _, o := range opts {
			all = append(all, o.Text)
		}
		dr.answer = strings.Join(all, "\n")
	}
}

// unescaped returns where one of the bytes stands in s first without a backslash before it, -1 for
// nowhere.
func unescaped(s, bytes string) int {
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\':
			i++
		case strings.IndexByte(bytes, s[i]) >= 0:
			return i
		}
	}
	return -1
}

var giftEscapes = strings.NewReplacer(`\n`, "\n", `\~`, "~", `\=`, "=", `\#`, "#", `\{`, "{", `\}`, "}", `\:`, ":", `\\`, `\`)

func giftText(s string, markup bool) string {
	return fieldText(giftEscapes.Replace(strings.TrimSpace(s)), markup)
}
