package note

import (
	"html"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	linkText   = regexp.MustCompile(`!?\[([^\[\]]*)\]\([^()]*(?:\([^()]*\)[^()]*)*\)`)
	wikiLink   = regexp.MustCompile(`!?\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]`)
	htmlTag    = regexp.MustCompile(`</?(?i:a|b|i|u|s|em|strong|span|font|br|code|kbd|sup|sub|center|img|p|div|summary|details|mark|small|big|del|ins|h[1-6])(?:\s[^<>]*)?/?>`)
	highlight  = regexp.MustCompile(`==([^=\s](?:[^=]*[^=\s])?)==`)
	hashTags   = regexp.MustCompile(`(?:\s+#[\pL\d/_-]+)+\s*$`)
	examKind   = regexp.MustCompile(`^[\[【(（](?:单项?选?择?|多项?选?择?|不定项选?择?|判断|填空|简答|问答|选择|论述|名词解释)题[\]】)）]\s*`)
	examMark   = regexp.MustCompile(`^(?:[\[【](?:单选|多选|不定项|判断|填空|简答)[\]】]|[(（](?:单选|多选|不定项)[)）]|【(?:面试真?题|面试|问题|高频|必考)\s*\d{0,3}】\s*[-–—:：]?)\s*`)
	examTail   = regexp.MustCompile(`\s*【[^【】]*(?:面试|高频|必考|重点)[^【】]*】$`)
	examPoints = regexp.MustCompile(`\s*[(（]\s*(?:本题|共|每题|每空)?\s*\d{1,3}\s*分[)）]$`)
	headingID  = regexp.MustCompile(`\s*\{[#:.][^{}]*\}\s*$`)
	numbering  = regexp.MustCompile(`^(?:(?:第\s*[0-9一二三四五六七八九十百]+\s*[章节篇部讲课题回]|[Qq](?:uestion)?\s*[0-9]+|Part\s[0-9]+|(?:问题?|题目?|面试题|试题)\s*[0-9]+|[0-9]{1,3}(?:\.[0-9]{1,3})+|[0-9]{1,3}|[一二三四五六七八九十]+)\s*(?:[.、:：)）．。]|[-–—]\s|\s|$)|[（(](?:[0-9]{1,3}|[一二三四五六七八九十]+)[)）]|[①-⑳]|(?:[Qq]|问|题目|问题|[Qq]uestion)\s*[:：]|[Qq][.．]\s)[\s.、:：)]*`)
)

// CleanTitle takes marks, links, numbering and decoration off a title: "## 1.2 **RDB**
// ☆☆" becomes "RDB". A title that is nothing but numbering stays as it is.
func CleanTitle(s string) string {
	s = strings.TrimSpace(s)
	if strings.ContainsAny(s, "[<{&") {
		if strings.Contains(s, "{") {
			s = headingID.ReplaceAllString(s, "")
		}
		if strings.Contains(s, "[[") {
			s = wikiLink.ReplaceAllString(s, "$1")
		}
		if strings.Contains(s, "](") {
			s = cutLink(s)
			s = linkText.ReplaceAllString(s, "$1")
		}
		if strings.Contains(s, "<") {
			s = htmlTag.ReplaceAllString(s, "")
		}
		s = html.UnescapeString(s)
	}
	if strings.Contains(s, " #") {
		s = hashTags.ReplaceAllString(s, "")
	}
	if strings.Contains(s, "题") && strings.ContainsAny(s, "[【(（") {
		s = examKind.ReplaceAllString(s, "")
	}
	if strings.HasSuffix(s, "分）") || strings.HasSuffix(s, "分)") {
		s = examPoints.ReplaceAllString(s, "")
	}
	s = unmark(s)
	s = trimDecoration(s)
	if rest := strings.TrimLeft(s, "!！"); rest != s && rest != "" && rest[0] >= '0' && rest[0] <= '9' {
		s = rest
	}
	s = cutAsker(cutExamMark(s))
	for range 3 {
		cut := cutNumbering(s)
		if cut == s || cut == "" {
			break
		}
		s = trimDecoration(cut)
	}
	return oneSpace(cutAsker(cutExamMark(s)))
}

// cutAsker takes who asks off the front of a question: "面试官问：…".
func cutAsker(s string) string {
	if rest, ok := strings.CutPrefix(s, "面试官"); ok {
		rest = strings.TrimPrefix(strings.TrimPrefix(rest, "追"), "问")
		for _, colon := range []string{"：", ":"} {
			if q, ok := strings.CutPrefix(rest, colon); ok && strings.TrimSpace(q) != "" {
				return strings.TrimSpace(q)
			}
		}
	}
	return s
}

// sideLink is a link behind a title.
var sideLink = regexp.MustCompile(`^([^\[\]]*[^\[\]\s])\s+\[([^\[\]]+)\]\([^()]*\)$`)

// cutLink takes a link off the end of a title that says the title again: "3. Views [read Views](…)".
func cutLink(s string) string {
	m := sideLink.FindStringSubmatch(s)
	if m == nil {
		return s
	}
	said := strings.TrimSpace(cutNumbering(m[1]))
	if short, _, ok := strings.Cut(said, "（"); ok {
		said = short
	}
	if said != "" && strings.Contains(strings.ReplaceAll(m[2], " ", ""), strings.ReplaceAll(said, " ", "")) {
		return m[1]
	}
	return s
}

// cutExamMark takes the kind of a question off the front of a title, "【多选】", and a remark on
// it off the end, "【面试题】".
func cutExamMark(s string) string {
	if strings.HasSuffix(s, "】") && !strings.HasPrefix(s, "【") {
		s = examTail.ReplaceAllString(s, "")
	}
	if r, _ := utf8.DecodeRuneInString(s); !strings.ContainsRune("[【(（", r) {
		return s
	}
	if m := examMark.FindString(s); len(m) < len(s) {
		return s[len(m):]
	}
	return s
}

// oneSpace puts one space where a text has other white space, and none at its ends.
func oneSpace(s string) string {
	after := true // after a space, or at the start
	for _, r := range s {
		switch {
		case r == ' ' && !after:
			after = true
		case r == ' ', r <= 0x3000 && unicode.IsSpace(r):
			return strings.Join(strings.Fields(s), " ")
		default:
			after = false
		}
	}
	return strings.TrimSuffix(s, " ")
}

// counters are the words for a question that stand before its number in other languages.
var counters = [...]string{"Pregunta", "Pergunta", "Questão", "Domanda", "Frage", "Питання", "Вопрос", "Câu hỏi", "Câu", "Soal"}

// cutCounter takes the word for a question off a title that numbers it: "Frage 3: …".
func cutCounter(s string) string {
	if s == "" || s[0] < utf8.RuneSelf && !strings.Contains("PQDFCS", s[:1]) || s[0] > 0xd0 {
		return s
	}
	for _, w := range counters {
		if rest, ok := strings.CutPrefix(s, w); ok {
			if rest = strings.TrimLeft(rest, " "); rest != "" && rest[0] >= '0' && rest[0] <= '9' {
				return rest
			}
		}
	}
	return s
}

// cutNumbering takes one number off the front of a title. "3 次握手", "7 层模型" and
// "12-factor" keep theirs: it counts.
func cutNumbering(s string) string {
	if rest := cutCounter(s); len(rest) < len(s) {
		if m := numbering.FindString(rest); m != "" && len(m) < len(rest) {
			return rest[len(m):]
		}
		return s
	}
	if r, _ := utf8.DecodeRuneInString(s); r >= '０' && r <= '９' {
		s = narrowNumber(s)
	}
	if r, _ := utf8.DecodeRuneInString(s); !strings.ContainsRune("第QqP问题面试0123456789一二三四五六七八九十（(", r) && (r < '①' || r > '⑳') {
		return s
	}
	m := numbering.FindString(s)
	if m == "" || len(m) == len(s) {
		return s
	}
	rest := s[len(m):]
	trimmed := strings.TrimSpace(m)
	last := trimmed[len(trimmed)-1]
	if last >= '0' && last <= '9' && !strings.Contains(trimmed, ".") && counted(rest) {
		return s
	}
	if strings.Count(trimmed, ".") == 3 && len(trimmed) > 7 { // an IP address
		return s
	}
	return rest
}

// counted reports whether s begins with what a number before it counts.
func counted(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("个种次层步大类条点台位章节月年天小时分秒级号件项表链倍", r) || unicode.IsLower(r) || unicode.IsDigit(r) || unicode.IsPunct(r)
}

// unmark takes emphasis marks off, and backquotes.
func unmark(s string) string {
	if !strings.ContainsAny(s, "*`~_\\=") {
		return s
	}
	if strings.Contains(s, "==") && !strings.Contains(s, "===") {
		s = highlight.ReplaceAllString(s, "$1")
	}
	for _, m := range []string{"***", "**", "~~", "`"} {
		if strings.Count(s, m) >= 2 || strings.HasPrefix(s, m) {
			s = strings.ReplaceAll(s, m, "")
		}
	}
	if len(s) > 2 && (s[0] == '*' || s[0] == '_') && s[len(s)-1] == s[0] {
		s = s[1 : len(s)-1]
	}
	if !strings.Contains(s, "\\") {
		return s
	}
	var b strings.Builder
	math, formulas := false, strings.Count(s, "$") > 1 // what stands in $…$ keeps its backslashes
	for i := 0; i < len(s); i++ {
		if s[i] == '$' && formulas && (i == 0 || s[i-1] != '\\') {
			math = !math
		}
		if !math && s[i] == '\\' && i+1 < len(s) && s[i+1] < utf8.RuneSelf && unicode.IsPunct(rune(s[i+1])) {
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// trimDecoration takes stars, ticks, pictures and brackets around the whole off a title.
func trimDecoration(s string) string {
	s = strings.TrimFunc(s, func(r rune) bool {
		if r >= 0x4e00 && r < 0xa000 || r > ' ' && r < utf8.RuneSelf { // most are
			return false
		}
		return unicode.IsSpace(r) || unicode.Is(unicode.So, r) || r == '\ufe0f' || r == '\u200d' || r == '\u200b' || r == '\ufeff' || r == '☆' || r == '★'
	})
	s = strings.TrimRight(s, "*")
	if len(s) > 1 && s[0] == '-' && s[1] >= utf8.RuneSelf { // "-h" is an option
		s = s[1:]
	}
	if in, ok := strings.CutPrefix(s, "【"); ok {
		if t, found := strings.CutSuffix(in, "】"); found && !strings.Contains(t, "【") {
			return strings.TrimSpace(t)
		}
	}
	return strings.TrimSpace(s)
}
