package card

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"studybot/knowledge/pattern"
)

// Why an answer is none.
const (
	unanswered = "has no answer: write it under the question"
	elsewhere  = "has no answer but a reference to another place: write the answer here"
	pictured   = "has a picture for an answer: say in words what it shows"
)

var (
	nothing  = pattern.New(`(?i)^[^\pL\pN]*(?:略|无|暂无|空|待补充|待完善|待续|待更新|未完待续|未完成|pass|todo|tbd|n/?a|none|to be completed|to complete|to be added|coming soon|wip|work in progress|no answer (?:is )?(?:needed|required)|\?+|…+)[^\pL\pN]*$`)
	refer    = pattern.New(`(?i)^[^\pL\pN]*(?:详情请?见|详细请?见|详见|参见|请?参考|请看|请?见|同上|详情|具体见|具体内容可?参考|内容见|(?:推荐|来源|原文|出处|转载自)(?:阅读|链接)?[:：]|see|refer to|see also)[\s:：]*\S{0,60}[^\pL\pN]*$`)
	picture  = pattern.New(`!\[[^\]]*\]\([^)]*\)|<img[^>]*>|!\[\[[^\]]*\]\]`)
	address  = pattern.New(`\[[^\]]*\]\([^)]*\)|<?https?://[^\s<>)）]+>?`)
	fenceRow = pattern.New("(?m)^\\s*(?:[-*+]\\s+)?(?:```|~~~)\\S*\\s*$")
)

// tagsAlone is a text of nothing but tags.
var tagsAlone = pattern.New(`^(?:#[\pL\d/_-]+\s*)+$`)

// unlinkedText counts the bytes of the lines with words in which no link, picture or tag stands.
func unlinkedText(s string) int {
	n := 0
	for l := range strings.Lines(s) {
		if l = strings.TrimSpace(l); worded(l) && !strings.ContainsAny(l, "[]<`~") && !strings.Contains(l, "://") {
			n += len(l)
		}
	}
	return n
}

// hollow says why an answer is no answer, "" where it is one.
func hollow(answer string) string {
	const long = 400 // bytes of an answer that holds more than a link
	linked := strings.Contains(answer, "](") || strings.Contains(answer, "://")
	shown := strings.Contains(answer, "![") || strings.Contains(answer, "<img")
	if len(answer) > long && (!shown && !linked || unlinkedText(answer) > long) {
		return ""
	}
	bare := answer
	if strings.Contains(bare, "```") || strings.Contains(bare, "~~~") {
		bare = fenceRow.ReplaceAllString(bare, "")
	}
	if shown {
		bare = picture.ReplaceAllString(bare, "")
	}
	if !worded(bare) {
		if shown {
			return pictured
		}
		if strings.Contains(bare, "`") && inlineCode.MatchString(bare) {
			return "" // a key, a sign
		}
		return unanswered
	}
	if strings.HasPrefix(bare, "#") && tagsAlone.MatchString(bare) {
		return unanswered
	}
	if len(bare) < 60 && nothing.MatchString(strings.TrimSpace(bare)) {
		return unanswered
	}
	plain := bare
	if linked {
		plain = address.ReplaceAllString(bare, "")
	}
	if !worded(plain) && !strings.Contains(bare, "`") {
		return elsewhere
	}
	plain = strings.TrimSpace(plain)
	if len(plain) < 180 && !strings.Contains(plain, "\n") && hasAny(strings.ToLower(plain), "见", "参考", "请看", "同上", "详情", "推荐", "来源", "原文", "出处", "转载", "ee", "refer") && refer.MatchString(plain) {
		return elsewhere
	}
	if len(plain) < long && strings.Contains(plain, "见") && !worded(seeLines.ReplaceAllString(plain, "")) {
		return elsewhere
	}
	if linked && len(plain) < long && !strings.Contains(plain, "\n") && toArticle.MatchString(bare) {
		return elsewhere
	}
	return ""
}

// seeLines are the lines that say where the answer is, and hints.
var seeLines = pattern.New(`(?m)^[^\pL\pN]*(?:(?:参考)?(?:答案|解答|解析)请?见|提示|[Hh]int)[^\pL\pN]*[:：].*$`)

// toArticle is one sentence that sends to a text of its own.
var toArticle = pattern.New(`(?:单独|专门)[^。]{0,20}(?:文章|博客|笔记)[^。]{0,40}\[[^\]]*\]\([^)]*\)\s*[。.]?$`)

// worded reports whether a text has a letter or digit.
func worded(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// weight counts letters and digits.
func weight(s string) int { return weightUpTo(len(s), s) }

// weightUpTo is weight that counts no further than most.
func weightUpTo(most int, s string) int {
	n := 0
	for _, r := range s {
		switch {
		case n == most:
			return n
		case r >= 0x4e00 && r < 0xa000, r|0x20 >= 'a' && r|0x20 <= 'z', r >= '0' && r <= '9':
			n++
		case r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			n++
		}
	}
	return n
}

// runes is utf8.RuneCountInString for valid UTF-8, and quicker.
func runes(s string) int {
	n := 0
	for i := range len(s) {
		if s[i]&0xC0 != 0x80 {
			n++
		}
	}
	return n
}
