package card

import (
	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

var (
	announces = pattern.New(`^(.*?)(?:现在|目前|具体|大致|通常|一般|分别|主要|一共|总共|共|可以|大概|又|都)*(?:有|分为|分成|包括|包含|支持)(?:如下|以下|这)?(` + number + `)(大类|部分|种|个|类|层|步|点)([^，,。：:]{0,8})[：:]?$`)
	lastPart  = pattern.New(`^.*[，,。；;]\s*`)
)

// countedLists makes cards of the items deep in a list that announce a number of things,
// "算法有如下 8 种：", with as many items or at least three under them, where they are not
// most of an answer anyway.
func countedLists(d *doc) []draft {
	var out []draft
	for i, l := range d.lines {
		if l.Kind != note.Item || l.Indent == 0 || d.taken[i] || d.home[i] < 0 || len(l.Text) > 400 || !hasAny(l.Text, "有", "分为", "分成", "包括", "包含", "支持") || !hasAny(l.Text, "大类", "部分", "种", "个", "类", "层", "步", "点") {
			continue
		}
		t := note.CleanTitle(l.Text)
		m := announces.FindStringSubmatch(lastPart.ReplaceAllString(t, ""))
		if m == nil || weight(m[1]) < 2 {
			continue
		}
		s := d.note.Sections[d.home[i]]
		end, items := d.below(i)
		if s.TitleLine == i+1 || items < 3 || (end-i)*5 > spanned(s.Body)*3 {
			continue
		}
		what := m[3] + m[4]
		out = append(out, draft{title: t, line: i + 1, section: d.home[i], key: m[1] + what,
			question: glue(m[1], "有哪"+m[2]+what+"？"), body: d.span(i+1, end)})
	}
	return out
}

// below returns the last line under the item at line i, and how many items stand right under it.
func (d *doc) below(i int) (end, items int) {
	end = i
	step := -1
	for j := i + 1; j < len(d.lines); j++ {
		l := d.lines[j]
		if l.Kind == note.Blank {
			continue
		}
		if l.Kind == note.Heading || l.Indent <= d.lines[i].Indent {
			break
		}
		if l.Kind == note.Item && (step < 0 || l.Indent == step) {
			step = l.Indent
			items++
		}
		end = j
	}
	return end, items
}
