package card

import (
	"strings"
	"unicode/utf8"

	"studybot/knowledge"
	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

// endKey is the right letters behind the last option of a line: "【答案：B】", "（B）".
var endKey = pattern.New(`\s*(?:[【\[(（]\s*)?(?:正确|参考)?答案\s*[:：是]?\s*([A-H](?:[\s,，、]*[A-H])*)\s*[】\])）]?[。.]?\s*$|\s*[(（]\s*([A-H]{1,5})\s*[)）]\s*$`)

// behindKey is the right letters behind the last option of a line, with what explains them:
// "**Answer: B, D.** Both …".
var behindKey = pattern.New(`\s+(?:[—–-]\s+)?\*\*(?i:(?:correct )?ans(?:wers?)?|(?:正确|参考)?答案)\s*[:：]\s*[(（]?([A-Ha-h](?:[\s,，、]*[A-Ha-h])*)[)）]?[.。]?\s*\*\*\s*(.*)$`)

// inlineChoice reads a stem and its options on one line: "TCP 是哪一层？ A. … B. … C. …".
func (d *doc) inlineChoice(i int) (draft, int, bool) {
	l := d.lines[i]
	if !d.free(i) && l.Kind != note.Heading || d.taken[i] || len(l.Text) > 2000 || !hasAny(l.Text, "B", "b)") || !mayOffer(l.Text) {
		return draft{}, 0, false
	}
	at := firstOption(l.Text)
	if at <= 0 {
		return draft{}, 0, false
	}
	rest, letters := l.Text[at:], ""
	why := ""
	if m := behindKey.FindStringSubmatchIndex(rest); m != nil {
		letters, why, rest = rest[m[2]:m[3]], strings.TrimSpace(rest[m[4]:m[5]]), rest[:m[0]]
	} else if m := endKey.FindStringSubmatchIndex(rest); m != nil {
		letters = rest[max(m[2], m[4]):max(m[3], m[5])]
		rest = rest[:m[0]]
	}
	opts := splitLetters(rest)
	stem := l.Text[:at]
	if len(opts) < 3 || !d.asking(i) && !l.Ordered() && !note.Asks(note.CleanTitle(stem)) {
		return draft{}, 0, false
	}
	key, listed := -1, keyed{}
	if letters == "" {
		letters, key = d.keyBelow(i)
	}
	if letters == "" {
		key = -1
		if m := stemKey.FindStringSubmatch(stem); m != nil {
			letters, stem = m[1], stemKey.ReplaceAllString(stem, "（ ）")
		} else {
			listed = d.listed(i)
			letters = listed.value
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
		end = max(key, d.explained(key, d.bound(i, key)))
		if more := d.explanation(i+1, end, key, opts); more != "" {
			answer = append(answer, more)
		}
	}
	if why != "" {
		answer = append(answer, why)
	}
	if listed.text != "" {
		answer = append(answer, listed.text)
	}
	dr.answer, dr.body = strings.Join(answer, "\n"), d.span(max(key, i), end)
	return dr, end, title != ""
}

// closedStem is where a stem ends and its options begin without a space: "……的是（）。A. 甲".
var closedStem = pattern.New(`[。？?）)]A[.、．]`)

// mayOffer is quick, and true of the lines in which firstOption finds one: a letter stands
// there alone before a sign.
func mayOffer(s string) bool {
	for i := range len(s) - 1 {
		if c := s[i] | 0x20; c < 'a' || c > 'h' {
			continue
		}
		if i > 0 && s[i-1] < utf8.RuneSelf && (s[i-1]|0x20 >= 'a' && s[i-1]|0x20 <= 'z') {
			continue
		}
		if next := s[i+1]; next >= utf8.RuneSelf || next == '.' || next == ':' || next == ')' {
			return true
		}
	}
	return false
}

// firstOption returns where the options of a line begin, -1 for none.
func firstOption(s string) int {
	at := -1
	if loc := inOneLine.FindStringIndex(s); loc != nil {
		at = loc[0]
	}
	if loc := closedStem.FindStringIndex(s); loc != nil && (at < 0 || loc[0] < at) {
		at = strings.LastIndexByte(s[:loc[1]], 'A')
	}
	return at
}
