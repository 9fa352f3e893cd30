package card

import (
	"unicode"

	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

// mayAsk reports whether a line begins as a cue of a question does; most do not.
func mayAsk(s string) bool {
	if s == "" {
		return false
	}
	switch r := firstRune(s); r {
	case '*', '_', '<', '【', '[', 'Q', 'q', 'I', 'F', '正', '问', '题', '問', '題', '面', '提', '追', '考', '涉', '第':
		return true
	default:
		return r > 0x2190 && unicode.Is(unicode.So, r)
	}
}

// mayAnswer reports whether a line begins as a cue of an answer does.
func mayAnswer(s string) bool {
	if s == "" {
		return false
	}
	switch r := firstRune(s); r {
	case '*', '_', '<', '【', '[', '#', 'A', 'a', 'B', 'C', 'E', 'I', 'M', 'R', 'S', 's', '背', '反', '答', '参', '标', '正', '面', '解', '回', '我', '你', '候', '求':
		return true
	default:
		return r > 0x2190 && unicode.Is(unicode.So, r)
	}
}

// cue returns the cue at the beginning of line i, "" for none.
func (d *doc) cue(i int, re *pattern.Pattern) string {
	if d.taken[i] {
		return ""
	}
	switch d.lines[i].Kind {
	case note.Prose, note.Item, note.Quote, note.Heading:
		if s := d.lines[i].Text; mayEnd(s, re) {
			return re.FindString(s)
		}
	}
	return ""
}

// mayEnd is quick, and true of the lines that the cue of a question or an answer begins: it ends
// in one of a few signs, or the line with it.
func mayEnd(s string, cue *pattern.Pattern) bool {
	const far = 80 // bytes, longer than any cue
	switch cue {
	case askCue, answerCue:
		return hasAny(s[:min(len(s), far)], ":", "：", "】", "]", "Ans")
	case labelLine:
		return hasAny(s[:min(len(s), far)], "nswer", "olution", "答案", "解答", "回答")
	}
	return true
}
