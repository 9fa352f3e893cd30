package card

import (
	"slices"

	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

// unticked tells of a question whose boxes, at lines first..last, are all empty.
func (d *doc) unticked(floor, first, last int) {
	stem := d.stemLine(floor, first)
	if stem < 0 {
		return
	}
	if title := note.CleanTitle(d.lines[stem].Text); stemLike(title, d.lines[stem].Text) {
		d.problem(stem+1, title, "has no option that is marked as right: tick one, as [x]")
		d.take(stem, last)
	}
}

// unkeyed tells of a question whose options, at lines first..last, stand without an answer: its
// words say that one of them is right, and nothing follows them.
func (d *doc) unkeyed(floor, first, last int) {
	stem := d.stemLine(floor, first)
	if stem < 0 || last-first < 2 || !d.bare(last) {
		return
	}
	chooses := func(l note.Line) bool { return picks.MatchString(l.Text) || blanks.MatchString(l.Text) }
	if !slices.ContainsFunc(d.lines[stem:first], chooses) {
		return
	}
	if next := d.nextText(last); next > 0 && (opens(d.note.Lines[next]) || openDetails.MatchString(d.note.Lines[next]) || answerLabel(stripTags(d.note.Lines[next])) || keyLabel.MatchString(d.note.Lines[next])) {
		return
	}
	d.problem(stem+1, note.CleanTitle(d.lines[stem].Text), "has options and no answer: write \"Answer: B\" below them")
	d.take(stem, last)
}

// picks is what a question says that has options.
var picks = pattern.New(`(?i)\b(?:which (?:one )?of the following|which (?:statement|option)s?|(?:select|choose) (?:all|the|one|two|three))\b|[下以][列下面](?:各项|选项|说法|叙述|描述|关于|哪|不|属于|正确|错误|对|选)`)
