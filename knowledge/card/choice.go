package card

import (
	"slices"
	"strings"

	"studybot/knowledge"
	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

var (
	keyLine    = pattern.New(`(?i)^[>#\s*_【\[\-\p{So}\x{fe0f}]*(?:<[^<>]+>\s*)*(?:the\s+)?(?:[试本][题題]的?)?(?:(?:(?:correct|suggested)\s+)?(?:answers?|ans)|correct\s+(?:options?|choices?)|` + otherKeys + `|正[确確]答案|[参參]考答案|[标標][准準]答案|答案|正[确確][选選][项項]|答)(?:\s+is|是|为)?\s*[】\]]?[*_]{0,2}\s*[:：.]?[*_]{0,2}\s*(?:(?:the\s+)?(?:correct\s+)?(?:answers?\s+is|options?)\s+)?[*_(（\[\s` + "`" + `]*((?:[A-Ha-h][\s,，、;；/&和与]*(?:and\s+|or\s+)?)+)(?:[^A-Za-z]|$)`)
	keyDigit   = pattern.New(`(?i)^[>#\s*_]*(?:<[^<>]+>\s*)*(?:correct\s+)?(?:answer|ans|(?:正[确確]|[参參]考)?答案)(?:\*\*|__)?\s*[:：][\s*_]*([1-8])(?:[\s*_.)）、].*)?$`)
	stemKey    = pattern.New(`[*_]?[(（][\s\x{3000}*_$]*([A-H](?:[\s,，、]*[A-H])*)[\s\x{3000}*_$]*[)）][*_]?`)
	tailKey    = pattern.New(`\s*(?:\s|[:：_])\s*([A-H]{1,5})\s*[。.]?$`)
	escapedGap = pattern.New(`\*\*(?:\\?_)+\*\*|(?:\\_)+`)
	blanks     = pattern.New(`_{2,}|[(（][\s\x{3000}]*[)）]|\[(?:\.{3}|…)\]`)
)

// choices finds multiple choice: a stem, options in boxes ("- [x]") or with letters, and
// for letters the answer on a line of its own, or in the stem as "（ B ）".
func choices(d *doc) []draft {
	var out []draft
	floor := 0 // first line that no earlier question has used
	for i := 0; i < len(d.lines); i++ {
		opts, end, right := d.boxes(i)
		boxed := len(opts) > 0
		if !boxed {
			if opts, end = d.letters(i); len(opts) < 2 {
				opts, end = d.tickedItems(i)
			}
			if len(opts) < 2 {
				opts, end = d.numberedItems(i)
			}
			if len(opts) < 2 {
				opts, end = d.tableOptions(i)
			}
		}
		if len(opts) < 2 {
			if dr, last, ok := d.inlineChoice(i); ok {
				d.take(i, last)
				out = append(out, dr)
				floor, i = last+1, last
			}
			continue
		}
		if boxed && right == 0 {
			if letters, _ := d.keyBelow(end); letters == "" {
				d.unticked(floor, i, end)
				floor, i = end+1, end
				continue
			}
		}
		first := i
		if d.lines[i].Kind == note.Code { // its fence
			first--
		}
		dr, last, ok := d.choice(floor, first, end, opts)
		if ok {
			d.take(dr.line-1, last)
			out = append(out, dr)
			end = last
			if boxed && d.lines[dr.line-1].Kind == note.Heading {
				d.ticked++
			}
		} else if !boxed {
			d.unkeyed(floor, first, end)
		}
		floor, i = end+1, end
	}
	return out
}

// trueOrFalse reports the options of a statement that is to be judged.
func trueOrFalse(opts []knowledge.Option) bool {
	if len(opts) != 2 {
		return false
	}
	switch strings.ToLower(opts[0].Text + "/" + opts[1].Text) {
	case "true/false", "false/true", "对/错", "错/对", "正确/错误", "错误/正确":
		return true
	}
	return false
}

// oneMore reports a heading over boxes, some of them ticked, in a note that has asked in this way
// several times: it is a sentence that the options complete, "The record leads them to".
func (d *doc) oneMore(stem int, opts []knowledge.Option) bool {
	const several = 3
	empty := func(o knowledge.Option) bool { return !o.Right }
	return d.ticked >= several && d.lines[stem].Kind == note.Heading && strings.Count(d.lines[stem].Text, " ") >= 3 && slices.ContainsFunc(opts, empty)
}

// A found is where the letters of the right options were found.
type found struct {
	letters string
	text    string // of the stem, without them
	end     int    // line
	key     int    // line of an answer of its own, -1 for none
	listed  keyed  // the answer in a key
}

// find looks for the right letters of the options that end at line last: below them, in their
// stem, on the line that opens the block they stand in, in a key.
func (d *doc) find(stem, last int) found {
	f := found{text: d.lines[stem].Text, end: last, key: -1}
	if letters, at := d.keyBelow(last); letters != "" {
		f.letters, f.end, f.key = letters, at, at
	} else if m := stemAnswer(f.text); m != nil {
		f.letters, f.text = f.text[m[2]:m[3]], strings.TrimRight(f.text[:m[0]], "* ")
	} else if m := stemKey.FindStringSubmatch(f.text); m != nil {
		f.letters, f.text = m[1], stemKey.ReplaceAllString(f.text, "（ ）")
	} else if m := tailKey.FindStringSubmatchIndex(f.text); m != nil && hasHan(f.text) {
		f.letters, f.text = f.text[m[2]:m[3]], f.text[:m[0]]
	} else if m := d.attribute(stem); m != "" {
		f.letters = m
	} else {
		f.listed = d.listedFor(stem)
		f.letters = f.listed.value
	}
	return f
}

// attribute returns the right letters that the block says whose first line is line stem:
// `:::quiz {correct="B"}`.
func (d *doc) attribute(stem int) string {
	if stem == 0 || !strings.HasPrefix(d.lines[stem-1].Text, ":::") {
		return ""
	}
	if m := quizAttribute.FindStringSubmatch(d.lines[stem-1].Text); m != nil {
		return m[1]
	}
	return ""
}

var quizAttribute = pattern.New(`\{[^{}]*\b(?:correct|answer)\s*=\s*["']?([A-H](?:[\s,]*[A-H])*)["']?[^{}]*\}`)

// choice makes a draft of the options at lines first..last: it looks for the stem above,
// not before line floor, and for the answer below.
func (d *doc) choice(floor, first, last int, opts []knowledge.Option) (draft, int, bool) {
	stem := d.stemLine(floor, first)
	if stem < 0 {
		return draft{}, 0, false
	}
	f := found{text: d.lines[stem].Text, end: last, key: -1}
	boxed := slices.ContainsFunc(opts, func(o knowledge.Option) bool { return o.Right })
	if !boxed {
		f = d.find(stem, last)
		if !setRight(opts, f.letters) && !(f.letters == "" && setTicked(opts)) {
			return draft{}, 0, false
		}
		if f.key >= 0 {
			alsoRight(opts, d.note.Lines[f.key])
		}
		unboldRight(opts)
	}
	text := escapedGap.ReplaceAllString(f.text, gap)
	text = text[len(container.FindString(text)):]
	if strings.HasPrefix(text, "**") {
		text = text[len(byPart.FindString(text)):]
	}
	if mayAsk(text) {
		if rest := text[len(askCue.FindString(text)):]; weight(rest) > 3 {
			text = rest
		}
	}
	if rest := taskCue.ReplaceAllString(text, ""); weight(rest) > 3 {
		text = rest
	}
	title := strings.TrimSpace(note.CleanTitle(text))
	q := title
	if more := d.between(stem+1, first-1); more != "" {
		q += "\n" + more
	}
	if boxed && (d.repliesAbove(stem, first) || !stemLike(title, f.text) && !d.asksAbove(first) && !d.oneMore(stem, opts) && !trueOrFalse(opts)) {
		return draft{}, 0, false
	}
	from, end := last+1, d.choiceEnd(stem, last, boxed, f)
	if end == last || boxed {
		from = first
	}
	answer := rightOnes(opts)
	if more := d.explanation(last+1, end, f.key, opts); more != "" {
		answer = append(answer, more)
	}
	if f.listed.text != "" {
		answer = append(answer, f.listed.text)
	}
	return draft{title: title, line: stem + 1, section: d.sectionAt(stem), question: q, key: q, kind: knowledge.Choice,
		options: opts, answer: strings.Join(answer, "\n"), body: d.span(from, end), explicit: true}, end, title != ""
}

// choiceEnd returns the last line of a question whose options end at line last: of what explains
// its answer, or last.
func (d *doc) choiceEnd(stem, last int, boxed bool, f found) int {
	if boxed {
		return max(last, d.explained(last, d.bound(stem, last)))
	}
	if shut := d.containerEnd(stem); shut > last {
		return shut - 1
	}
	if f.letters == "" {
		return last
	}
	if f.end > last {
		return max(f.end, d.explained(f.end, d.bound(stem, f.end)))
	}
	if next := d.nextText(last); next > 0 && !d.taken[next] && explains.MatchString(strings.TrimLeft(d.lines[next].Text, "> ")) {
		return d.explained(next, d.bound(stem, next))
	}
	return last
}

// stemAnswer returns where a stem says which answer is right: "… 是什么？ **答案：B**".
func stemAnswer(s string) []int {
	if !strings.Contains(s, "答案") {
		return nil
	}
	if m := endKey.FindStringSubmatchIndex(strings.TrimRight(s, "* ")); m != nil && m[2] >= 0 {
		return m
	}
	return nil
}

// stemLike reports whether a title over boxes is a question and not a list of tasks: it
// asks, has a gap, or is numbered as a question.
func stemLike(title, raw string) bool {
	return note.Asks(title) || blanks.MatchString(raw) || strings.Contains(raw, `\_`) || note.EndsAsking(title) || numbered.MatchString(raw) || judgeCue.MatchString(title)
}

// keyBelow looks for the line with the right letters after the options; they may stand
// under a line that only says "Answer".
func (d *doc) keyBelow(last int) (string, int) {
	const far = 16
	labelled := false
	for j := last + 1; j < len(d.lines) && j <= last+far; j++ {
		l, raw := d.lines[j], stripTags(d.note.Lines[j])
		if l.Kind == note.Blank || d.code(j) {
			continue
		}
		if shut := strings.LastIndex(d.note.Lines[j], "</summary>"); shut >= 0 && !d.code(j) {
			if text, _ := d.summaryAt(summaryStart(d.note.Lines, j)); hides(note.CleanTitle(text)) {
				labelled, raw = true, stripTags(d.note.Lines[j][shut:])
			}
			if strings.TrimSpace(raw) == "" {
				continue
			}
		}
		if strings.TrimSpace(raw) == "" {
			continue // tags
		}
		if opens(d.note.Lines[j]) && !strings.Contains(d.note.Lines[j], "<summary") && opensAnswer(d.note.Lines[j]) && !keyLine.MatchString(raw) {
			labelled = true
			continue
		}
		if guess.MatchString(raw) {
			raw = raw[max(0, strings.Index(raw, "正确答案"), strings.Index(strings.ToLower(raw), "correct answer")):]
		}
		if m := keyLine.FindStringSubmatch(raw); m != nil {
			return m[1], j
		}
		if m := keyDigit.FindStringSubmatch(raw); m != nil && (digitItem.MatchString(strings.TrimSpace(d.note.Lines[last])) || d.lines[last].Ordered()) {
			return string(m[1][0] - '1' + 'A'), j
		}
		if m := lone(raw); m != nil && labelled {
			return raw[m[2]:m[3]], j
		}
		labelled = answerLabel(raw)
		if c, _, ok := d.letter(j); ok && c == 'A' {
			break
		}
		if l.Kind == note.Heading && !labelled && !credits(raw) || l.Kind == note.Prose && numbered.MatchString(l.Text) {
			break
		}
	}
	return "", last
}

// summaryStart returns the line, j or a few above, where the summary that ends at line j begins.
func summaryStart(lines []string, j int) int {
	for i := j; i >= 0 && i > j-4; i-- {
		if strings.Contains(lines[i], "<summary") {
			return i
		}
	}
	return j
}

var (
	loneKey = pattern.New("^[>\\s*_`(（]*(?:选择?)?([A-H](?:[\\s,，、]*[A-H])*)(?:(?:选项|[)）*_`.。、:：,，\\s]).*)?$")

	// loneSmall is the same with a small letter, in brackets.
	loneSmall = pattern.New(`^[>\s*_]*[(（]([a-h])[)）]`)

	// sentenceA begins with the article, and not with the letter of an option.
	sentenceA = pattern.New(`^[>\s*_]*A [a-z]`)

	// credit is a line that says who made a question and for whom.
	credit = pattern.New(`^[#>\s*_【]*(?:出题人|作者|来源|出处|难度|考点|考察点|知识点|评分(?:要点|标准)|标签|类型|题型|分值|分类|[Dd]ifficulty|[Ss]ource|[Aa]uthor|[Tt]ags?|[Tt]opics?|[Tt]ype)(?:[】*_\s]*[:：]|】)`)
)

// lone returns where a line begins with the letters of right options, as [loneKey] and
// [loneSmall] do; nil where it is a sentence.
func lone(s string) []int {
	if m := loneKey.FindStringSubmatchIndex(s); m != nil && !sentenceA.MatchString(s) {
		return m
	}
	return loneSmall.FindStringSubmatchIndex(s)
}

func credits(line string) bool {
	line = strings.TrimLeft(line, "- ")
	return strings.ContainsRune("出作来难考知评标类题分DdSsAaTt", firstLetter(line)) && hasAny(line, ":", "：", "】") && credit.MatchString(line)
}

var answerKey = pattern.New(`(?i)^[#*_\s]*answer keys?[*_:：\s]*$`)

// answerLabel reports whether a line, without tags, says that an answer follows and no more.
func answerLabel(s string) bool {
	t := strings.TrimSpace(s)
	return t != "" && (labelLine.MatchString(t) || answerKey.MatchString(t) || hiding.MatchString(strings.TrimLeft(t, "# ")) && weight(t) > 0)
}

// explanation returns the text of lines from..to without the line of the right letters, key:
// of it stays what does not only repeat the options opts.
func (d *doc) explanation(from, to, key int, opts []knowledge.Option) string {
	var out []string
	for j := from; j <= to && j < len(d.lines); j++ {
		t, keep := d.clean(j)
		raw := stripTags(d.note.Lines[j])
		switch {
		case d.code(j):
			out = append(out, t)
			continue
		case keyLine.MatchString(raw), j == key:
			if rest := afterKey(raw, opts); j == key && rest != "" {
				out = append(out, rest)
			} else if j != key && key >= 0 && weight(rest) > longRemark {
				out = append(out, strings.TrimSpace(t))
			}
			continue
		case !keep, d.lines[j].Kind == note.Rule, j < key && d.announcing(j), innerCallout.MatchString(strings.TrimLeft(raw, "> ")), credits(raw), answerLabel(raw), guess.MatchString(raw):
			continue
		}
		if d.lines[j].Kind == note.Quote {
			t = d.lines[j].Text
		}
		t = strings.TrimSpace(stripTags(summary.ReplaceAllString(t, "")))
		if t != ">" {
			out = append(out, t)
		}
	}
	return strings.TrimSpace(strings.Join(out, "\n"))
}

// longRemark is the weight of a sentence that says again which letters are right, and why.
const longRemark = 20

// guess is what a learner once answered, beside the right answer.
var guess = pattern.New(`(?i)^[>#\s*_【\-]*(?:我的答案|你的答案|考生答案|得分|your answer|my answer)[】*_\s]*[:：]|^(?:section: ?\(none\)|explanation(?:/reference)?:?$)`)

// afterKey returns what follows the right letters on their line, "" where it is an option again.
func afterKey(line string, opts []knowledge.Option) string {
	m := keyLine.FindStringSubmatchIndex(line)
	if m == nil {
		if m = lone(line); m == nil {
			return ""
		}
	}
	rest := strings.TrimSpace(strings.TrimLeft(line[m[3]:], "*_`)）]】.。,，:：、;； "))
	shown, _, _ := strings.Cut(rest, "](") // of a link: [🗳️](…)
	if weight(strings.TrimPrefix(shown, "选项正确")) < 2 {
		return ""
	}
	left := rest // without the texts of the options
	for i, o := range opts {
		if k := key(o.Text); k != "" && strings.Contains(k, key(rest)) {
			return ""
		}
		if o.Right && weight(o.Text) > 0 {
			left = strings.ReplaceAll(strings.Replace(left, o.Text, "", 1), string(rune('A'+i))+". ", "")
		}
	}
	if weight(left) < 2 {
		return ""
	}
	if strings.Count(rest, "**")%2 == 1 {
		rest = "**" + rest
	}
	return rest
}
