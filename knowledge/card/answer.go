package card

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Why an answer is none.
const (
	unanswered = "has no answer: write it under the question"
	elsewhere  = "has no answer but a reference to another place: write the answer here"
	pictured   = "has a picture for an answer: say in words what it shows"
)

var (
	nothing  = regexp.MustCompile(`(?i)^[^\pL\pN]*(?:略|无|暂无|空|待补充|待完善|待续|待更新|未完待续|未完成|pass|todo|tbd|n/?a|none|to be completed|to complete|to be added|coming soon|wip|work in progress|\?+|…+)[^\pL\pN]*$`)
	refer    = regexp.MustCompile(`(?i)^[^\pL\pN]*(?:详情请?见|详细请?见|详见|参见|请?参考|请看|请?见|同上|详情|具体见|具体内容可?参考|内容见|see|refer to|see also)[\s:：]*\S{0,60}[^\pL\pN]*$`)
	picture  = regexp.MustCompile(`!\[[^\]]*\]\([^)]*\)|<img[^>]*>|!\[\[[^\]]*\]\]`)
	address  = regexp.MustCompile(`\[[^\]]*\]\([^)]*\)|<?https?://[^\s<>)）]+>?`)
	fenceRow = regexp.MustCompile("(?m)^\\s*(?:[-*+]\\s+)?(?:```|~~~)\\S*\\s*$")
)

// hollow says why an answer is no answer, "" where it is one.
func hollow(answer string) string {
	if len(answer) > 400 && !strings.Contains(answer, "![") && !strings.Contains(answer, "](") {
		return ""
	}
	s := fenceRow.ReplaceAllString(answer, "")
	bare := picture.ReplaceAllString(s, "")
	if weight(bare) == 0 {
		if bare != s {
			return pictured
		}
		return unanswered
	}
	if nothing.MatchString(strings.TrimSpace(bare)) {
		return unanswered
	}
	plain := address.ReplaceAllString(bare, "")
	if weight(plain) == 0 {
		return elsewhere
	}
	if utf8.RuneCountInString(plain) < 60 && refer.MatchString(strings.TrimSpace(plain)) && !strings.Contains(strings.TrimSpace(plain), "\n") {
		return elsewhere
	}
	return ""
}

// weight counts letters and digits.
func weight(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n
}
