package card

import (
	"strings"

	"studybot/knowledge"
	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

// ofCode is a question for what the code below it does.
var ofCode = pattern.New(`(?i)(?:下面|下列|以下|如下|这段|该段)[^，。？?]{0,12}(?:代码|程序|语句|函数|脚本)|\b(?:below|following|this) (?:\w+ )?(?:code|program|snippet|function|script|expression)\b|\b(?:code|program|snippet|function|script) below\b`)

// withCode gives a draft whose title asks for what a code does that code, the first of its body,
// where a text remains to answer.
func (d *doc) withCode(dr draft) draft {
	if !hasAny(dr.title, "下", "段", "elow", "his", "ollowing") || !note.Asks(dr.title) || !ofCode.MatchString(dr.title) {
		return dr
	}
	for k, s := range dr.body {
		for l := s.Start; l <= s.End; l++ {
			if d.lines[l-1].Kind != note.Fence {
				continue
			}
			end := l
			for end < s.End && d.lines[end].Kind == note.Code {
				end++
			}
			if end == l || end == s.End || d.lines[end].Kind != note.Fence {
				return dr
			}
			rest := append(append([]knowledge.Span{}, dr.body[:k]...), d.span(s.Start-1, l-2)...)
			rest = append(append(rest, d.span(end+1, s.End-1)...), dr.body[k+1:]...)
			if len(rest) == 0 {
				return dr
			}
			q, _ := ask(dr.title, "", "", shape{})
			dr.question = q + "\n" + strings.Join(d.note.Lines[l-1:end+1], "\n")
			dr.key, dr.body = dr.question, rest
			return dr
		}
	}
	return dr
}

// withRest gives a draft whose title is an item that asks and goes on to answer, "什么是 X：…",
// that rest of the item.
func (d *doc) withRest(dr draft) draft {
	if d.lines[dr.line-1].Kind != note.Item || dr.question != "" {
		return dr
	}
	before, after, ok := cutColon(dr.title)
	if !ok || !note.Asks(before) || note.Asks(after) || weightUpTo(8, after) < 8 {
		return dr
	}
	more, spans := d.answer(dr.body)
	dr.answer = strings.TrimSpace(after + "\n" + more)
	dr.body = append(d.span(dr.line-1, dr.line-1), spans...)
	return dr
}
