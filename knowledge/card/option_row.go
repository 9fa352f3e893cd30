package card

import (
	"strings"

	"studybot/knowledge"
	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

// splitLetters reads options that stand on one line: "A. x  B. y".
func splitLetters(s string) []knowledge.Option {
	loc := inOneLine.FindAllStringSubmatchIndex(s, -1)
	if len(loc) < 2 {
		return nil
	}
	var out []knowledge.Option
	letter := func(m []int) byte { return s[max(m[2], m[4])] }
	for k, m := range loc {
		if letter(m) != letter(loc[0])+byte(k) {
			return nil
		}
		end := len(s)
		if k+1 < len(loc) {
			end = loc[k+1][0]
		}
		out = append(out, knowledge.Option{Text: trimSpaces(s[m[1]:end])})
	}
	return out
}

// trimSpaces takes spaces off both ends of s, those of HTML too.
func trimSpaces(s string) string {
	if s = strings.TrimSpace(s); strings.HasSuffix(s, ";") {
		s = htmlSpaces.ReplaceAllString(s, "")
	}
	return s
}

var htmlSpaces = pattern.New(`(?:\s*&(?:e[mn]|nb|thin)sp;)+$`)

// fencedLetters reads options that are all that a fence holds, from its first line i on.
func (d *doc) fencedLetters(i int) ([]knowledge.Option, int) {
	if i == 0 || d.lines[i-1].Kind != note.Fence {
		return nil, 0
	}
	var opts []knowledge.Option
	for j := i; j < len(d.lines); j++ {
		c, text, ok := d.letter(j)
		switch {
		case ok && int(c-'A') == len(opts):
			opts = append(opts, knowledge.Option{Text: text})
		case d.lines[j].Kind == note.Fence:
			return opts, j
		default:
			return nil, 0
		}
	}
	return nil, 0
}

// otherKeys are the words before the right letter in other languages.
const otherKeys = `(?:respuesta|resposta|risposta)(?:\s+corr?ett?[ao]|\s+correcta)?|(?:bonne\s+)?r[ée]ponse|(?:richtige\s+)?antwort|(?:правильный\s+)?ответ|(?:правильна\s+)?відповідь|đáp\s+án|(?:kunci\s+)?jawaban|odpowiedź|cevap|正解|정답`
