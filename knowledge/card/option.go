package card

import (
	"strings"
	"unicode/utf8"

	"studybot/knowledge"
	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

var (
	letterMark = pattern.New(`^(?:[-*+]\s+)?(?:\*\*)?[(（]?([A-Ha-h])(?:\*\*)?\s?\\?[.、:：)）．](?:\*\*)?\s*(\S.*)?$`)
	letterItem = pattern.New(`^(?:\*\*)?([A-H])(?:\*\*)?\s+(\S.*)$`) // "- A 5"
	digitItem  = pattern.New(`^[-*+]\s+(?:([1-8])\s?[:：)]|\*\*([1-8])\s?[.:：)]\*\*)\s*(\S.*)$`)
	inOneLine  = pattern.New(`(?:^|[\s\x{3000}\x{a0}])(?:[(（]?([A-H])[.、:：)）．]|[(（]?([a-h])[)）])\s*`)
	boxMark    = pattern.New(`^\[([ xX✓✔√]?)\]\s*(.*)$`)
)

// boxes reads options in boxes from line i on: two at least. right says how many are ticked.
func (d *doc) boxes(i int) (opts []knowledge.Option, end, right int) {
	if _, _, ok := d.box(i); !ok || d.taken[i] {
		return nil, 0, 0
	}
	indent := d.lines[i].Indent
	end = i
	for j := i; j < len(d.lines); j++ {
		l := d.lines[j]
		tick, text, ok := d.box(j)
		switch {
		case ok && l.Indent == indent && len(opts) > 1 && !d.apart(i) && d.apart(j-1) && !named(opts[len(opts)-1].Text) && end == j-2:
			return trimmedOptions(opts), end, right // another list
		case ok && l.Indent == indent:
			opts = append(opts, knowledge.Option{Text: text, Right: tick})
			if tick {
				right++
			}
			end = j
		case l.Kind == note.Blank:
			continue
		case l.Indent > indent, d.code(j) && (j == end+1 || named(opts[len(opts)-1].Text)), named(opts[len(opts)-1].Text) && d.boxAfter(j, indent):
			opts[len(opts)-1].Text = longer(opts[len(opts)-1].Text, d.note.Lines[j])
			end = j
		default:
			return trimmedOptions(opts), end, right
		}
	}
	return trimmedOptions(opts), end, right
}

// apart reports whether a blank line follows line i, or is line i.
func (d *doc) apart(i int) bool {
	return d.lines[i].Kind == note.Blank || i+1 < len(d.lines) && d.lines[i+1].Kind == note.Blank
}

// blankSigns are what writers put into a box item whose text is on the next lines.
const blankSigns = " \t\u2800\u3000\u200b"

// box reads line i as an option in a box: "[x] text". "[x](http…)" is a link.
func (d *doc) box(i int) (tick bool, text string, ok bool) {
	l := d.lines[i]
	s, ok := l.Text, l.Kind == note.Item
	if l.Kind == note.Prose && strings.HasPrefix(s, "-[") { // the space was forgotten
		s, ok = s[1:], true
	}
	if rest, found := strings.CutSuffix(s, " [ ]"); ok && found { // the box stands at the end
		return false, strings.Trim(rest, blankSigns), true
	}
	if !ok || !strings.HasPrefix(s, "[") {
		return false, "", false
	}
	m := boxMark.FindStringSubmatch(s)
	if m == nil || note.LinkOnly(s) {
		return false, "", false
	}
	return m[1] != " " && m[1] != "", strings.Trim(m[2], blankSigns), true
}

func (d *doc) boxed(i int) bool {
	_, _, ok := d.box(i)
	return ok
}

// named reports whether the text of an option is a name only, "A" or "d:": what it stands
// for is on the lines below.
func named(text string) bool {
	first, _, _ := strings.Cut(text, "\n")
	return utf8.RuneCountInString(first) <= 2
}

func trimmedOptions(opts []knowledge.Option) []knowledge.Option {
	if len(opts) < 2 {
		return nil
	}
	for i := range opts {
		opts[i].Text = dedent(strings.Trim(opts[i].Text, "\n"))
	}
	unlettered(opts)
	return opts
}

// dedent takes the spaces off that all lines of s begin with.
func dedent(s string) string {
	n := len(s) - len(strings.TrimLeft(s, " "))
	if n == 0 || !strings.Contains(s, "\n") {
		return strings.TrimSpace(s)
	}
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = l[min(n, len(l)-len(strings.TrimLeft(l, " "))):]
	}
	return strings.Join(lines, "\n")
}

// rightOnes returns the right options with their letters.
func rightOnes(opts []knowledge.Option) []string {
	var out []string
	for k, o := range opts {
		if o.Right {
			out = append(out, string(rune('A'+k))+". "+o.Text)
		}
	}
	return out
}

// boxAfter reports whether line j, which is text, stands between two boxes: another one
// follows it before a heading, a rule, or a line that asks.
func (d *doc) boxAfter(j, indent int) bool {
	const far = 12 // lines
	for k := j; k < len(d.lines) && k < j+far; k++ {
		l := d.lines[k]
		_, _, box := d.box(k)
		switch {
		case box && l.Indent == indent:
			return true
		case l.Kind == note.Heading, l.Kind == note.Rule, l.Kind == note.Prose && (numbered.MatchString(l.Text) || note.Asks(note.CleanTitle(l.Text))), l.Ordered() && l.Indent == 0:
			return false
		}
	}
	return false
}

// letter reads the letter and text of an option at line i.
func (d *doc) letter(i int) (byte, string, bool) {
	switch d.lines[i].Kind {
	case note.Prose, note.Item, note.Quote, note.Code:
	default:
		return 0, "", false
	}
	s := strings.TrimSpace(d.note.Lines[i])
	if l := d.lines[i]; l.Number > 0 && l.Number < 9 && l.Kind == note.Item && l.Indent > 0 {
		if m := numberedOption(l.Text, l.Number); m != nil {
			return m[1][0] &^ 0x20, strings.TrimSpace(m[2]), !d.taken[i]
		}
	}
	if d.lines[i].Kind == note.Quote {
		s = strings.TrimSpace(d.lines[i].Text)
	}
	ticked := ""
	if strings.HasSuffix(s, ">") {
		s, ticked = uncoloured(s)
	}
	if rest := unpointed(s); rest != s {
		s, ticked = rest, " ✅"
	}
	if strings.HasPrefix(s, "<b") {
		s = strings.TrimSpace(stripTags(s))
	}
	if t := d.lines[i].Text; strings.HasPrefix(t, "✅") || strings.HasPrefix(t, "✔") {
		s, ticked = strings.TrimLeft(t, "✅✔\ufe0f "), " ✅"
	}
	if len(s) > 3 && s[0] == '*' && s[2] == ')' && s[1]|0x20 >= 'a' && s[1]|0x20 <= 'h' { // "*b) the right one"
		s, ticked = s[1:], " ✅"
	}
	if d.taken[i] || len(s) < 2 || len(s) > 2000 || !strings.ContainsRune("-*+(（ABCDEFGHabcdefgh", firstRune(s)) {
		return 0, "", false
	}
	var m []string
	if mayMark(s) {
		m = letterMark.FindStringSubmatch(s)
	}
	if t := d.lines[i].Text; m == nil && ticked == "" && (d.lines[i].Kind == note.Item || d.column(i)) && t != "" && (t[0] == '*' || t[0] >= 'A' && t[0] <= 'H') {
		m = letterItem.FindStringSubmatch(t)
	}
	if m == nil && d.lines[i].Kind == note.Item {
		if m = digitItem.FindStringSubmatch(s); m != nil { // "- 1: yes", "- **2.** no"
			return (m[1] + m[2])[0] - '1' + 'A', strings.TrimSpace(m[3]), true
		}
	}
	if m == nil {
		return 0, "", false
	}
	return m[1][0] &^ 0x20, strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(m[2]), "<br>")) + ticked, true
}

// numberedOption reads the text of item n of a list as the option of that letter: "2. B、text".
func numberedOption(s string, n int) []string {
	if len(s) > 2000 || !mayMark(s) {
		return nil
	}
	if m := letterMark.FindStringSubmatch(s); m != nil && int(m[1][0]&^0x20-'A') == n-1 {
		return m
	}
	return nil
}

// mayMark is quick, and true of all that letterMark matches: behind a bullet and an
// opening mark stands one letter.
func mayMark(s string) bool {
	if len(s) > 1 && strings.IndexByte("-*+", s[0]) >= 0 && s[0] != s[1] {
		s = strings.TrimLeft(s[1:], " \t\f\v\r\n")
	}
	s = strings.TrimPrefix(s, "**")
	s = strings.TrimPrefix(strings.TrimPrefix(s, "("), "（")
	if s == "" || (s[0]|0x20) < 'a' || (s[0]|0x20) > 'h' {
		return false
	}
	return len(s) > 1 && !(s[1]|0x20 >= 'a' && s[1]|0x20 <= 'z') && (s[1] < utf8.RuneSelf || s[1] == 0xe3 || s[1] == 0xef)
}

// column reports whether line i begins with a letter and a space, and the line above or
// below with the one before or after it: "A top", "B htop".
func (d *doc) column(i int) bool {
	begins := func(j int, c byte) bool {
		return j >= 0 && j < len(d.lines) && d.lines[j].Kind == note.Prose && len(d.lines[j].Text) > 2 && d.lines[j].Text[0] == c && d.lines[j].Text[1] == ' '
	}
	if d.lines[i].Kind != note.Prose || d.lines[i].Text == "" {
		return false
	}
	c := d.lines[i].Text[0]
	if !begins(i, c) || c < 'A' || c > 'H' {
		return false
	}
	step, next := -1, c-1
	if c == 'A' {
		step, next = 1, 'B'
	}
	j := i + step
	if j >= 0 && j < len(d.lines) && d.lines[j].Kind == note.Blank && d.lines[i].Indent >= 4 {
		j += step // indented options may have blank lines between them
	}
	return begins(j, next)
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// letters reads options A, B, C … from line i on, each on its line or all on one.
func (d *doc) letters(i int) ([]knowledge.Option, int) {
	c, text, ok := d.letter(i)
	if !ok || c != 'A' {
		return nil, 0
	}
	if d.lines[i].Kind == note.Code {
		return d.fencedLetters(i)
	}
	if one := splitLetters(strings.TrimSpace(d.note.Lines[i])); len(one) >= 2 {
		end := i
		for j := i + 1; j < len(d.lines) && j < end+3; j++ { // "A. x  B. y" over "C. z  D. w"
			if d.lines[j].Kind == note.Blank {
				continue
			}
			more := splitLetters(strings.TrimSpace(d.note.Lines[j]))
			next, last, ok := d.letter(j)
			if !ok || int(next-'A') != len(one) {
				break
			}
			if len(more) == 0 {
				more = []knowledge.Option{{Text: last}}
			}
			one, end = append(one, more...), j
		}
		return one, end
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
		case j == end+1 && len(opts) > 1 && l.Kind == note.Prose && len(l.Text) > 2 && int(l.Text[0])-'A' == len(opts) && l.Text[1] == ' ': // "C text" below "B. text"
			opts = append(opts, knowledge.Option{Text: strings.TrimSpace(l.Text[2:])})
			end = j
		case l.Kind == note.Blank:
			continue
		case d.code(j) && end >= j-2 && !(l.Kind == note.Fence && j+1 < len(d.lines) && explains.MatchString(strings.TrimSpace(d.note.Lines[j+1]))), l.Kind == note.Prose && j == end+1 && !keyLine.MatchString(d.note.Lines[j]) && l.Indent > d.lines[i].Indent:
			opts[len(opts)-1].Text = strings.TrimSpace(longer(opts[len(opts)-1].Text, d.note.Lines[j]))
			end = j
		default:
			return opts, end
		}
	}
	return opts, end
}

// longer adds a line to an option, up to 2,000 bytes.
func longer(option, line string) string {
	if len(option) > 2000 {
		return option
	}
	return option + "\n" + strings.TrimRight(line, " ")
}
