package card

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"studybot/knowledge"
	"studybot/knowledge/note"
)

var (
	letterMark = regexp.MustCompile(`^(?:[-*+]\s+)?(?:\*\*)?[(（]?([A-Ha-h])(?:\*\*)?\s?[.、:：)）．](?:\*\*)?\s*(\S.*)?$`)
	inOneLine  = regexp.MustCompile(`(?:^|\s)[(（]?([A-H])[.、:：)）．]\s*`)
	boxMark    = regexp.MustCompile(`^\[([ xX✓✔√])\]\s*(.+)$`)
	keyLine    = regexp.MustCompile(`(?i)^[>#\s*_【\-]*(?:<[^<>]+>\s*)*(?:the\s+)?(?:correct\s+)?(?:answers?|ans|正确答案|参考答案|标准答案|答案|正确选项)(?:\s+is|是|为)?\s*[】\]]?(?:\*\*|__)?\s*[:：]?\s*(?:\*\*|__)?\s*[(（]?((?:[A-Ha-h][\s,，、/&和与]*(?:and\s+|or\s+)?)+)(?:[^A-Za-z]|$)`)
	stemKey    = regexp.MustCompile(`[(（]\s*([A-H](?:[\s,，、]*[A-H])*)\s*[)）]`)
	blanks     = regexp.MustCompile(`_{2,}|[(（]\s*[)）]`)
)

// choices finds multiple choice: a stem, options in boxes ("- [x]") or with letters, and
// for letters the answer on a line of its own, or in the stem as "（ B ）".
func choices(d *doc) []draft {
	var out []draft
	floor := 0 // first line that no earlier question has used
	for i := 0; i < len(d.lines); i++ {
		opts, end, ok := d.boxes(i)
		if !ok {
			opts, end, ok = d.letters(i)
		}
		if !ok {
			continue
		}
		dr, last, ok := d.choice(floor, i, end, opts)
		if ok {
			d.take(dr.line-1, last)
			out = append(out, dr)
			end = last
		}
		floor, i = end+1, end
	}
	return out
}

// boxes reads options in boxes from line i on: two at least, one of them ticked.
func (d *doc) boxes(i int) ([]knowledge.Option, int, bool) {
	if d.taken[i] || d.lines[i].Kind != note.Item || !boxMark.MatchString(d.lines[i].Text) {
		return nil, 0, false
	}
	var opts []knowledge.Option
	end, right := i, 0
	for j := i; j < len(d.lines); j++ {
		l := d.lines[j]
		m := []string(nil)
		if l.Kind == note.Item && l.Indent == d.lines[i].Indent {
			m = boxMark.FindStringSubmatch(l.Text)
		}
		switch {
		case m != nil:
			opts = append(opts, knowledge.Option{Text: m[2], Right: m[1] != " "})
			if m[1] != " " {
				right++
			}
			end = j
		case l.Kind == note.Blank && j+1 < len(d.lines) && (d.lines[j+1].Kind == note.Item || d.lines[j+1].Indent > 0 || d.code(j+1)):
			continue
		case d.code(j), l.Indent > d.lines[i].Indent && l.Kind != note.Blank:
			opts[len(opts)-1].Text = longer(opts[len(opts)-1].Text, d.note.Lines[j])
			end = j
		default:
			return opts, end, len(opts) >= 2 && right > 0
		}
	}
	return opts, end, len(opts) >= 2 && right > 0
}

// letter reads the letter and text of an option at line i.
func (d *doc) letter(i int) (byte, string, bool) {
	switch d.lines[i].Kind {
	case note.Prose, note.Item, note.Quote, note.Code:
	default:
		return 0, "", false
	}
	s := strings.TrimSpace(d.note.Lines[i])
	if d.taken[i] || len(s) < 2 || len(s) > 2000 {
		return 0, "", false
	}
	m := letterMark.FindStringSubmatch(s)
	if m == nil {
		return 0, "", false
	}
	return m[1][0] &^ 0x20, strings.TrimSpace(m[2]), true
}

// letters reads options A, B, C … from line i on, each on its line or all on one.
func (d *doc) letters(i int) ([]knowledge.Option, int, bool) {
	c, text, ok := d.letter(i)
	if !ok || c != 'A' || d.lines[i].Kind == note.Code {
		return nil, 0, false
	}
	if one := splitLetters(strings.TrimSpace(d.note.Lines[i])); len(one) >= 2 {
		end := i
		for j := i + 1; j < len(d.lines) && j < i+3; j++ { // "A. x  B. y" over "C. z  D. w"
			more := splitLetters(strings.TrimSpace(d.note.Lines[j]))
			if next, _, ok := d.letter(j); !ok || int(next-'A') != len(one) || len(more) == 0 {
				break
			}
			one, end = append(one, more...), j
		}
		return one, end, true
	}
	opts := []knowledge.Option{{Text: text}}
	end := i
	for j := i + 1; j < len(d.lines); j++ {
		l := d.lines[j]
		next, t, ok := d.letter(j)
		switch {
		case ok && int(next-'A') == len(opts):
			opts = append(opts, knowledge.Option{Text: t})
			end = j
		case l.Kind == note.Blank:
			continue
		case d.code(j) && end >= j-2, l.Kind == note.Prose && j == end+1 && !keyLine.MatchString(d.note.Lines[j]) && l.Indent > d.lines[i].Indent:
			opts[len(opts)-1].Text = strings.TrimSpace(longer(opts[len(opts)-1].Text, d.note.Lines[j]))
			end = j
		default:
			return opts, end, len(opts) >= 2
		}
	}
	return opts, end, len(opts) >= 2
}

// longer adds a line to an option, up to 2,000 bytes.
func longer(option, line string) string {
	if len(option) > 2000 {
		return option
	}
	return option + "\n" + strings.TrimRight(line, " ")
}

func splitLetters(s string) []knowledge.Option {
	loc := inOneLine.FindAllStringSubmatchIndex(s, -1)
	if len(loc) < 2 {
		return nil
	}
	var out []knowledge.Option
	first := s[loc[0][2]]
	for k, m := range loc {
		if s[m[2]] != first+byte(k) {
			return nil
		}
		end := len(s)
		if k+1 < len(loc) {
			end = loc[k+1][0]
		}
		out = append(out, knowledge.Option{Text: strings.TrimSpace(s[m[1]:end])})
	}
	return out
}

// choice makes a draft of the options at lines first..last: it looks for the stem above,
// not before line floor, and for the answer below.
func (d *doc) choice(floor, first, last int, opts []knowledge.Option) (draft, int, bool) {
	stem := d.stemLine(floor, first)
	if stem < 0 {
		return draft{}, 0, false
	}
	boxed := slices.ContainsFunc(opts, func(o knowledge.Option) bool { return o.Right })
	text := d.lines[stem].Text
	letters, end := "", last
	if !boxed {
		if letters, end = d.keyBelow(last); letters == "" {
			if m := stemKey.FindStringSubmatch(text); m != nil {
				letters, text, end = m[1], stemKey.ReplaceAllString(text, "（ ）"), last
			}
		}
		if !setRight(opts, letters) {
			return draft{}, 0, false
		}
	}
	title := note.CleanTitle(text)
	if boxed && !stemLike(title, text) {
		return draft{}, 0, false
	}
	q := title
	if more := d.between(stem+1, first-1); more != "" {
		q += "\n" + more
	}
	var answer []string
	for k, o := range opts {
		if o.Right {
			answer = append(answer, string(rune('A'+k))+". "+o.Text)
		}
	}
	from := last + 1
	if boxed {
		from, end = first, max(last, d.explained(last))
	} else if letters != "" && end > last {
		end = max(end, d.explained(end))
	} else {
		from = first
	}
	if more := d.explanation(last+1, end); more != "" {
		answer = append(answer, more)
	}
	return draft{title: title, line: stem + 1, section: d.sectionAt(stem), question: q, key: q, kind: knowledge.Choice,
		options: opts, answer: strings.Join(answer, "\n"), body: d.span(from, end), explicit: true}, end, title != ""
}

// stemLike reports whether a title over boxes is a question and not a list of tasks: it
// asks, has a gap, or is numbered as a question.
func stemLike(title, raw string) bool {
	return note.Asks(title) || blanks.MatchString(raw) || strings.Contains(raw, `\_`) || endsAsking(title) || numbered.MatchString(raw)
}

func endsAsking(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r == '?' || r == '？'
}

// stemLine returns the line of the stem above the options at line first: the nearest
// heading or numbered line, or the first line of the paragraph right above.
func (d *doc) stemLine(floor, first int) int {
	const far = 60
	para := -1
	for j := first - 1; j >= floor && j > first-far; j-- {
		l := d.lines[j]
		switch {
		case d.taken[j]:
			return para
		case l.Kind == note.Heading, l.Kind == note.Item && l.Ordered() && l.Indent <= d.lines[first].Indent, l.Kind == note.Prose && numbered.MatchString(l.Text):
			if l.Text == "" {
				return para
			}
			return j
		case l.Kind == note.Prose || l.Kind == note.Quote:
			if para < 0 || para == j+1 || d.code(j+1) || d.lines[j+1].Kind == note.Blank && d.codeBelow(j+1, first) {
				para = j
			}
		case l.Kind == note.Item && para < 0 && l.Indent <= d.lines[first].Indent && endsAsking(note.CleanTitle(l.Text)):
			return j
		}
	}
	return para
}

var numbered = regexp.MustCompile(`^(?:\*\*|__)?(?:[Qq](?:uestion)?\s*)?\d{1,4}\s*[.、:：)）．]`)

// codeBelow reports whether what stands between line j and the options is code.
func (d *doc) codeBelow(j, first int) bool {
	for ; j < first; j++ {
		if !d.code(j) && d.lines[j].Kind != note.Blank {
			return false
		}
	}
	return true
}

// between returns the lines of a stem after its first: a paragraph, code.
func (d *doc) between(from, to int) string {
	t, _ := d.answer(d.span(from, to))
	return t
}

// keyBelow looks for the line with the right letters after the options.
func (d *doc) keyBelow(last int) (string, int) {
	const far = 12
	for j := last + 1; j < len(d.lines) && j <= last+far; j++ {
		if m := keyLine.FindStringSubmatch(stripTags(d.note.Lines[j])); m != nil && !d.code(j) {
			return m[1], j
		}
		if c, _, ok := d.letter(j); ok && c == 'A' {
			break
		}
		if l := d.lines[j]; l.Kind == note.Heading && !hiding.MatchString(l.Text) || l.Kind == note.Prose && numbered.MatchString(l.Text) {
			break
		}
	}
	return "", last
}

// setRight marks the options that letters name.
func setRight(opts []knowledge.Option, letters string) bool {
	right := 0
	letters = strings.NewReplacer("and", " ", "or", " ").Replace(letters)
	for _, r := range strings.ToUpper(letters) {
		if k := int(r - 'A'); r >= 'A' && k < len(opts) {
			opts[k].Right = true
			right++
		} else if r >= 'A' && r <= 'Z' {
			return false
		}
	}
	return right > 0
}

// explained returns the last line of the explanation that follows line i: to the end of
// the block that hides it, else up to the next blank line but one, heading, rule or question.
func (d *doc) explained(i int) int {
	if end := d.hiddenEnd(i); end >= 0 {
		return end
	}
	end := i
	for j := i + 1; j < len(d.lines); j++ {
		l := d.lines[j]
		switch {
		case l.Kind == note.Heading, d.taken[j], l.Kind == note.Item && boxMark.MatchString(l.Text), l.Kind == note.Rule,
			l.Kind == note.Prose && numbered.MatchString(l.Text), l.Ordered() && l.Indent == 0:
			return end
		case l.Kind == note.Blank && j > i+1:
			return end
		case l.Kind == note.Blank:
			continue
		}
		if c, _, ok := d.letter(j); ok && c == 'A' && !d.code(j) {
			return end
		}
		end = j
	}
	return end
}

// hiddenEnd returns the line that closes the <details> around line i, or right below it;
// -1 for none.
func (d *doc) hiddenEnd(i int) int {
	const near = 10 // lines
	from := -1
	for j := min(i+2, len(d.lines)-1); j >= 0 && j > i-near; j-- {
		if j <= i && strings.Contains(d.note.Lines[j], "</details") {
			break
		}
		if strings.Contains(d.note.Lines[j], "<details") {
			from = j
			break
		}
	}
	if from < 0 {
		return -1
	}
	return d.detailsEnd(from)
}

// explanation returns the text of lines from..to without the line of the right letters.
func (d *doc) explanation(from, to int) string {
	var out []string
	for j := from; j <= to && j < len(d.lines); j++ {
		t, keep := d.clean(j)
		if !keep || keyLine.MatchString(stripTags(d.note.Lines[j])) && !d.code(j) {
			continue
		}
		if !d.code(j) {
			t = strings.TrimSpace(stripTags(summary.ReplaceAllString(t, "")))
		}
		out = append(out, t)
	}
	return strings.TrimSpace(strings.Join(out, "\n"))
}
