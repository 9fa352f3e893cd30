package card

import (
	"regexp"
	"strings"

	"studybot/knowledge/note"
)

var (
	openDetails  = regexp.MustCompile(`(?i)<details[^>]*>`)
	closeDetails = regexp.MustCompile(`(?i)</details\s*>`)
	summary      = regexp.MustCompile(`(?is)<summary[^>]*>(.*?)</summary\s*>`)
	hiding       = regexp.MustCompile(`(?i)^[^\pL\pN]*(?:(?:click|show|view|see|reveal|expand|toggle|open)(?: (?:here|me|the|to|for|full|answers?|solutions?|hints?|explanations?|details|more|code|output|see|view|reveal|expand|this|it|an?|is|below|on))*|(?:my |the |full |sample |correct |possible )*(?:answers?|solutions?|hints?|explanations?|details|more|code|output|spoilers?|results?)(?: (?:here|is|\d+))*|(?:点击|点我|查看|展开|显示|折叠|参考|正确|标准|详细|此处|这里|看|的|\s)*(?:答案|解析|解答|详情|代码|示例|提示|结果|内容|全部|更多|展开|查看|这里|点我|折叠)*)[^\pL\pN]*$`)
)

// details finds <details><summary>Q</summary>A</details>. A summary that only says
// "Answer" hides the answer of the title above it, which the other readers find.
func details(d *doc) []draft {
	var out []draft
	for i := 0; i < len(d.lines); i++ {
		if d.code(i) || !strings.Contains(d.note.Lines[i], "<") || !openDetails.MatchString(d.note.Lines[i]) {
			continue
		}
		end := d.detailsEnd(i)
		if end < 0 {
			d.problem(i+1, "<details>", "is not closed: add </details>")
			continue
		}
		if dr, ok := d.detail(i, end); ok {
			out = append(out, dr)
			d.take(i, end)
		}
		i = end
	}
	return out
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

// detail reads the block of lines from..end.
func (d *doc) detail(from, end int) (draft, bool) {
	const most = 12 // lines of a summary
	head, last := "", -1
	for j := from; j <= end && j < from+most; j++ {
		head += d.note.Lines[j] + "\n"
		if strings.Contains(strings.ToLower(d.note.Lines[j]), "</summary") {
			last = j
			break
		}
	}
	m := summary.FindStringSubmatchIndex(head)
	if last < 0 || m == nil {
		return draft{}, false
	}
	q := note.CleanTitle(strings.Join(strings.Fields(head[m[2]:m[3]]), " "))
	if weight(q) < 2 || hiding.MatchString(q) {
		return draft{}, false
	}
	line := from
	for line < last && weight(stripTags(d.note.Lines[line])) == 0 {
		line++
	}
	dr := draft{title: q, line: line + 1, section: d.sectionAt(from), question: asked(q), key: q, explicit: true}
	if !note.Asks(q) {
		dr.question = ""
	}
	dr.body = d.span(last+1, end-1)
	rest := strings.TrimSpace(stripTags(head[m[1]:]))
	closing := strings.TrimSpace(stripTags(closeDetails.Split(d.note.Lines[end], 2)[0]))
	switch {
	case last == end: // all on one line
		dr.answer = strings.TrimSpace(stripTags(closeDetails.ReplaceAllString(head[m[1]:], "")))
		dr.body = d.span(last, last)
	case rest != "":
		dr.body = d.span(last, end-1)
		text, _ := d.answer(d.span(last+1, end-1))
		dr.answer = strings.TrimSpace(rest + "\n" + text)
	case closing != "" && len(dr.body) == 0 || closing != "" && weight(closing) > 1:
		dr.body = d.span(last+1, end)
		text, _ := d.answer(d.span(last+1, end-1))
		dr.answer = strings.TrimSpace(text + "\n" + closing)
	}
	if text, _ := d.answer(dr.body); dr.answer == "" && strings.TrimSpace(text) == "" {
		d.problem(dr.line, q, unanswered)
		d.take(from, end)
		return draft{}, false
	}
	return dr, true
}

var anyTag = regexp.MustCompile(`</?(?i:details|summary|p|br|b|i|em|strong|div|span|center|code|pre|h[1-6]|ul|ol|li|blockquote)(?:\s[^<>]*)?/?>`)

func stripTags(s string) string { return anyTag.ReplaceAllString(s, "") }
