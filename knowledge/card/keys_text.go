package card

import (
	"strconv"
	"strings"

	"studybot/knowledge/pattern"
)

// keyDash stands between the letters of an answer and what explains them.
var keyDash = pattern.New(`^[-–—]+\s+`)

// listsVerdicts reports an answer of several words that would be verdicts alone: "8. True、False".
func listsVerdicts(s string) bool { return hasAny(s, "rue", "alse") && severalVerdicts.MatchString(s) }

var severalVerdicts = pattern.New(`(?i)^[^\pL√×✓✗✔✘]*(?:true|false)[` + "`" + `*]*\s*[、,，/和]\s*[` + "`" + `*]*(?:true|false)\b`)

// splitTexts reads the texts of a line, "1. root 2. an editor", whose numbers go on from last.
func splitTexts(s string, last int) []numberedKey {
	if !keyText.MatchString(s) {
		return nil
	}
	var out []numberedKey
	begin := 0
	for _, m := range textNumber.FindAllStringSubmatchIndex(s, -1) {
		n, _ := strconv.Atoi(s[m[2]:m[3]])
		if last > 0 && n != last+1 || last == 0 && m[0] > 0 || decimal(s, m[1]) {
			continue
		}
		if k := len(out); k > 0 {
			out[k-1].text = strings.TrimSpace(s[begin:m[0]])
		}
		out = append(out, numberedKey{number: n})
		begin, last = m[1], n
	}
	if k := len(out); k > 0 {
		out[k-1].text = strings.TrimSpace(s[begin:])
		if strings.HasPrefix(s, "**") && strings.Count(s[begin:], "**") == 1 { // "**4. text**"
			out[k-1].text = strings.TrimSpace(strings.Replace(s[begin:], "**", "", 1))
		}
	}
	return out
}

// decimal reports whether what ends before s[i] is no number of an answer, but that before the
// point of a decimal: "3.14".
func decimal(s string, i int) bool {
	return i > 0 && i < len(s) && s[i-1] == '.' && s[i] >= '0' && s[i] <= '9'
}
