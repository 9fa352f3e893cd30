package card

import (
	"regexp"
	"strings"

	"studybot/knowledge"
	"studybot/knowledge/note"
)

// endKey is the right letters behind the last option of a line: "【答案：B】", "（B）".
var endKey = regexp.MustCompile(`\s*(?:[【\[(（]\s*)?(?:正确|参考)?答案\s*[:：是]?\s*([A-H](?:[\s,，、]*[A-H])*)\s*[】\])）]?[。.]?\s*$|\s*[(（]\s*([A-H]{1,5})\s*[)）]\s*$`)

// inlineChoice reads a stem and its options on one line: "TCP 是哪一层？ A. … B. … C. …".
func (d *doc) inlineChoice(i int) (draft, int, bool) {
	l := d.lines[i]
	if !d.free(i) && l.Kind != note.Heading || d.taken[i] || !strings.Contains(l.Text, "B") || len(l.Text) > 2000 {
		return draft{}, 0, false
	}
	loc := inOneLine.FindStringIndex(l.Text)
	if loc == nil || loc[0] == 0 {
		return draft{}, 0, false
	}
	rest, letters := l.Text[loc[0]:], ""
	if m := endKey.FindStringSubmatchIndex(rest); m != nil {
		letters = rest[max(m[2], m[4]):max(m[3], m[5])]
		rest = rest[:m[0]]
	}
	opts := splitLetters(rest)
	stem := l.Text[:loc[0]]
	if len(opts) < 3 || !d.asking(i) && !note.Asks(note.CleanTitle(stem)) {
		return draft{}, 0, false
	}
	key := -1
	if letters == "" {
		letters, key = d.keyBelow(i)
	}
	if letters == "" {
		key = -1
		if m := stemKey.FindStringSubmatch(stem); m != nil {
			letters, stem = m[1], stemKey.ReplaceAllString(stem, "（ ）")
		} else {
			letters = d.listed(i).value
		}
	}
	if !setRight(opts, letters) {
		return draft{}, 0, false
	}
	title := note.CleanTitle(stem)
	dr := draft{title: title, line: i + 1, section: d.sectionAt(i), question: title, key: title, kind: knowledge.Choice, options: opts, explicit: true}
	end := i
	answer := rightOnes(opts)
	if key >= 0 {
		end = max(key, d.explained(key, false))
		if more := d.explanation(i+1, end, key, opts); more != "" {
			answer = append(answer, more)
		}
	}
	dr.answer, dr.body = strings.Join(answer, "\n"), d.span(max(key, i), end)
	return dr, end, title != ""
}
