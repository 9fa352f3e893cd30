package card

import (
	"strings"
	"unicode/utf8"

	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

var (
	openDetails  = pattern.New(`(?i)<details[^>]*>`)
	closeDetails = pattern.New(`(?i)</details\s*>`)
	summary      = pattern.New(`(?is)<summary[^>]*>(.*?)</summary\s*>`)
	hiding       = pattern.New(`(?i)^[^\pL\pN]*(?:(?:click|show|view|see|reveal|expand|toggle|open)(?: (?:here|me|the|to|for|full|answers?|solutions?|hints?|explanations?|details|more|code|output|see|view|reveal|expand|this|it|an?|is|below|on))*|(?:my |the |full |sample |correct |possible )*(?:answers?|solutions?|hints?|explanations?|details|more|code|output|spoilers?|results?)(?: (?:here|is|\d+))*|(?:点击|点我|查看|展开|显示|折叠|参考|正确|标准|详细|此处|这里|看|的|\s)*(?:答案|解析|解答|详情|代码|示例|提示|结果|内容|全部|更多|展开|查看|这里|点我|折叠)*|` + replyJa + `)[^\pL\pN]*$`)
)

// replyJa is what hides an answer in Japanese: "問1 の解答を見る".
const replyJa = `(?:(?:問題?|演習|課題)?\s*[\d-]{1,5}\s*の)?(?:解答|回答|答え)(?:例|と解説|・解説)?(?:を(?:見る|表示|確認|開く)(?:する)?)?`

// details finds <details><summary>Q</summary>A</details>, one in another too. A summary
// that only says "Answer" hides the answer of the title above it, which the other readers
// find.
func details(d *doc) []draft {
	var out []draft
	for i := 0; i < len(d.lines); i++ {
		if d.code(i) || !strings.Contains(d.note.Lines[i], "<") || !openDetails.MatchString(d.note.Lines[i]) {
			continue
		}
		d.folds = true
		end := d.detailsEnd(i)
		if end < 0 {
			d.problem(i+1, "<details>", "is not closed: add </details>")
			end = d.openEnd(i)
		}
		dr, inner, ok := d.detail(i, end)
		if !ok {
			if hidden, last := d.summaryAt(i); last >= 0 && hides(note.CleanTitle(hidden)) {
				i = end // its answer is for the other readers
			}
			continue
		}
		d.take(i, end)
		out = append(out, dr)
		if inner >= 0 {
			end = inner - 1
		}
		i = end
	}
	return out
}

// hides reports a summary that asks nothing: it names what the block hides.
func hides(summary string) bool {
	return weight(summary) < 2 || isLabel(summary) || isApart(summary) || hiding.MatchString(summary) || answerName.MatchString(summary) || invites.MatchString(summary) && !note.Asks(summary)
}

var invites = pattern.New(`(?i)^[^\pL\pN]*(?:(?:click|see|view|expand|toggle|reveal|hide)\b(?:\s+\S+){0,3}|(?:点击|点我|查看|展开|显示|折叠|更多).{0,12})$`)

// groups reports a block that hides several questions, at lines from..end, under a summary
// that does not ask.
func (d *doc) groups(summary string, from, end int) bool {
	if note.Asks(summary) {
		return false
	}
	asking := 0
	for j := from; j <= end; j++ {
		if j > from && opens(d.note.Lines[j]) && opensAnswer(d.note.Lines[j]) || d.lines[j].Kind == note.Heading && note.Asks(note.CleanTitle(d.lines[j].Text)) || d.cue(j, askCue) != "" && d.answerLine(j) > 0 {
			asking++
		}
	}
	return asking > 0
}

// openEnd returns the last line of a block without an end: before the next one, or a heading.
func (d *doc) openEnd(i int) int {
	const most = 200 // lines
	end := i
	for j := i + 1; j < len(d.lines) && j < i+most; j++ {
		if d.lines[j].Kind == note.Heading || !d.code(j) && openDetails.MatchString(d.note.Lines[j]) {
			break
		}
		if d.lines[j].Kind != note.Blank {
			end = j
		}
	}
	return end
}

func (d *doc) code(i int) bool {
	k := d.lines[i].Kind
	return k == note.Code || k == note.Fence
}

// detailsEnd returns the line that closes the block that opens at line i, -1 for none
// within 1,000 lines.
func (d *doc) detailsEnd(i int) int {
	if d.lastClose < 0 {
		for j, s := range d.note.Lines {
			if strings.Contains(s, "</") && closeDetails.MatchString(s) {
				d.lastClose = j
			}
		}
		d.lastClose = max(d.lastClose, 0)
	}
	depth := 0
	for j := i; j <= d.lastClose && j < i+1000; j++ {
		if d.code(j) || !strings.Contains(d.note.Lines[j], "<") {
			continue
		}
		if j > i && depth == 0 {
			break
		}
		depth += len(openDetails.FindAllString(d.note.Lines[j], -1)) - len(closeDetails.FindAllString(d.note.Lines[j], -1))
		if depth <= 0 {
			return j
		}
	}
	return -1
}

// summaryAt returns the summary of the block that opens at line from, as it stands, and the
// line where it ends; -1 for none.
func (d *doc) summaryAt(from int) (string, int) {
	const most = 60 // lines of a summary
	var head strings.Builder
	for j := from; j < len(d.lines) && j < from+most; j++ {
		head.WriteString(d.note.Lines[j])
		head.WriteByte('\n')
		if strings.Contains(strings.ToLower(d.note.Lines[j]), "</summary") {
			if m := summary.FindStringSubmatch(head.String()); m != nil {
				return strings.TrimSpace(m[1]), j
			}
			return "", -1
		}
	}
	return "", -1
}

// detail reads the block of lines from..end. inner is the line of the first block inside
// it, -1 for none: it is a question of its own, or hides a part.
func (d *doc) detail(from, end int) (dr draft, inner int, ok bool) {
	raw, last := d.summaryAt(from)
	if last < 0 || last > end {
		return draft{}, -1, false
	}
	first, more := firstLine(raw)
	q := note.CleanTitle(strings.TrimLeft(first, "-•* "))
	if hides(q) || d.groups(q, last+1, end) {
		return draft{}, -1, false
	}
	line := from
	for line < last && weight(stripTags(d.note.Lines[line])) == 0 {
		line++
	}
	dr = draft{title: q, line: line + 1, section: d.sectionAt(from), key: strings.Join(strings.Fields(raw), " "), explicit: true}
	switch {
	case more != "" || note.Asks(q):
		dr.question = q + more
		if bare := strings.TrimRight(q, ":： "); more == "" || note.EndsAsking(bare) {
			dr.question = asked(bare) + more
		}
	case sentence(q):
		dr.question = q
	}
	inner = d.innerBlock(last+1, end)
	stop, closing := end-1, strings.TrimSpace(stripTags(closeDetails.Split(d.note.Lines[end], 2)[0]))
	if !closeDetails.MatchString(d.note.Lines[end]) {
		stop, closing = end, ""
	}
	if inner >= 0 {
		stop, closing = inner-1, ""
	}
	_, after, _ := strings.Cut(d.note.Lines[last][strings.LastIndex(strings.ToLower(d.note.Lines[last]), "</summary"):], ">")
	rest := strings.TrimSpace(stripTags(closeDetails.ReplaceAllString(after, "")))
	text, _ := d.answer(d.span(last+1, stop))
	dr.body = d.span(last+1, stop)
	switch {
	case last == end:
		dr.answer, dr.body = rest, d.span(last, last)
	case rest != "" || weight(closing) > 1:
		start, finish := last+1, stop
		if rest != "" {
			start = last
		}
		if weight(closing) > 1 {
			finish = end
		} else {
			closing = ""
		}
		dr.body = d.span(start, finish)
		dr.answer = strings.TrimSpace(rest + "\n" + text + "\n" + closing)
	}
	if dr.answer == "" && strings.TrimSpace(text) == "" {
		d.problem(dr.line, q, unanswered)
		d.take(from, max(stop, last))
		return draft{}, -1, false
	}
	return dr, inner, true
}

// sentence reports a summary that is one, and no noun phrase: it says what to do.
func sentence(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!。！", r) || strings.Count(s, " ") >= 6 || utf8.RuneCountInString(s) >= 20 && hasHan(s)
}

// innerBlock returns the line of the first block with a question among lines from..end, -1
// for none.
func (d *doc) innerBlock(from, end int) int {
	for j := from; j <= end; j++ {
		if d.code(j) || !strings.Contains(d.note.Lines[j], "<") || !openDetails.MatchString(d.note.Lines[j]) {
			continue
		}
		if s, last := d.summaryAt(j); last >= 0 && !hides(note.CleanTitle(s)) {
			return j
		}
	}
	return -1
}

// firstLine cuts the text of a summary into its first line and what follows, as Markdown: a
// list, code. A text that was only broken into lines is one.
func firstLine(raw string) (first, more string) {
	lines := strings.Split(strings.ReplaceAll(raw, "\r", ""), "\n")
	for k := 1; k < len(lines); k++ {
		t := strings.TrimSpace(lines[k])
		if strings.HasPrefix(t, "```") || strings.HasPrefix(t, "- ") || strings.HasPrefix(t, "* ") || strings.HasPrefix(t, "1.") || strings.HasPrefix(t, "|") {
			return strings.Join(strings.Fields(strings.Join(lines[:k], " ")), " "), "\n" + strings.TrimRight(strings.Join(lines[k:], "\n"), " \n")
		}
	}
	return strings.Join(strings.Fields(raw), " "), ""
}

var anyTag = pattern.New(`</?(?i:details|summary|p|br|b|i|em|strong|div|span|center|code|pre|h[1-6]|ul|ol|li|blockquote)(?:\s[^<>]*)?/?>`)

func stripTags(s string) string {
	if strings.Contains(s, "</a>") {
		s = bareAnchor.ReplaceAllString(s, "")
	}
	return anyTag.ReplaceAllString(s, "")
}

// bareAnchor is a place that a link leads to, and no text.
var bareAnchor = pattern.New(`<a\s[^<>]*>\s*</a>`)
