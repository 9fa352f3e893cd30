package card

import (
	"strings"

	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

// A verdict in brackets at the end of a statement, before its number, or behind it.
var (
	endVerdict   = pattern.New(`(?:[(（][\s\x{3000}]*([√×✓✗✔✘]|对|错|正确|错误)[\s\x{3000}]*[)）]|[。.！!\s]\s*([√×✓✗✔✘]))\s*[。.]?\s*(?:[【(（]?(?:解析|理由|原因)[】)）]?[:：]?(.*))?$`)
	firstVerdict = pattern.New(`^[(（][\s\x{3000}]*([√×✓✗✔✘]|对|错|正确|错误)[\s\x{3000}]*[)）]\s*\d{1,3}\s*[.、．)）]`)
	// letterVerdict is one in letters, in a part that is to be judged: "（ T ）", "($F$)".
	letterVerdict = pattern.New(`[(（][\s\x{3000}$*]*([TF])[\s\x{3000}$*]*[)）](\s*)[。.]?()\s*$`)

	leadVerdict = pattern.New(`^(?:\d{1,3}\s*[.、．)）]\s*)?[(（][\s\x{3000}]*([√×✓✗✔✘]|对|错|正确|错误)[\s\x{3000}]*[)）]`)
)

// judged finds numbered statements that say in brackets whether they are right: two at
// least in a part of the note that is to be judged, or some right and some wrong.
func judged(d *doc) []draft {
	var out []draft
	held := map[bool]bool{}
	told := false // the part says what to do
	for i, l := range d.lines {
		if strings.Contains(l.Text, "判断") && (l.Kind == note.Heading || isPart(d.note.Lines[i])) {
			told = true
		}
		if d.taken[i] || l.Kind != note.Prose && !l.Ordered() || len(l.Text) > 1000 || !mayJudge(l.Text) {
			continue
		}
		m := firstVerdict.FindStringSubmatch(l.Text)
		if m == nil && (l.Ordered() || numbered.MatchString(l.Text)) {
			if m = endVerdict.FindStringSubmatch(l.Text); m == nil && strings.ContainsRune("(（0123456789", firstRune(l.Text)) {
				m = leadVerdict.FindStringSubmatch(l.Text)
			}
		}
		if m == nil && told && (l.Ordered() || numbered.MatchString(l.Text)) {
			m = letterVerdict.FindStringSubmatch(l.Text)
		}
		if m == nil || d.answered(i) {
			continue
		}
		title := note.CleanTitle(verdictIn.ReplaceAllString(l.Text, ""))
		if len(m) > 2 {
			cut, size := len(l.Text)-len(m[0]), 0
			if r := firstRune(m[0]); r == '。' || r == '.' || r == '！' || r == '!' {
				size = len(string(r)) // it ends the statement
			}
			title = note.CleanTitle(l.Text[:cut+size])
		}
		if weight(title) < 6 || note.Asks(title) {
			continue
		}
		end, why := d.why(i)
		dr := draft{title: title, line: i + 1, section: d.sectionAt(i), key: title, explicit: true, body: d.span(i, end)}
		if len(m) > 2 {
			m[1], why = m[1]+m[2], strings.TrimSpace(m[3]+"\n"+why)
		}
		right := verdicts[strings.ToLower(m[1])]
		dr.judgedAs(right, why)
		held[right] = true
		out = append(out, dr)
	}
	if len(out) < 2 || !told && len(held) < 2 {
		return nil
	}
	for _, dr := range out {
		d.take(dr.line-1, dr.body[0].End-1)
	}
	return out
}

// mayJudge is quick, and true of all lines with a verdict.
func mayJudge(s string) bool {
	ticks := strings.IndexByte(s, "√"[0]) >= 0 || strings.IndexByte(s, "×"[0]) >= 0 // all begin so
	return ticks && hasAny(s, "√", "×", "✓", "✗", "✔", "✘") || hasAny(s, "(", "（") && (hasAny(s, "对", "错", "正确") || strings.ContainsAny(s[max(0, len(s)-24):], "TF"))
}

// why returns the explanation right below line i, and its last line.
func (d *doc) why(i int) (int, string) {
	j := i + 1
	if j >= len(d.lines) || d.lines[j].Kind == note.Blank || !explains.MatchString(strings.TrimSpace(d.note.Lines[j])) {
		return i, ""
	}
	text, _ := d.answer(d.span(j, j))
	return j, text
}
