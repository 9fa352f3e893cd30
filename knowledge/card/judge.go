package card

import (
	"slices"
	"strings"
	"unicode/utf8"

	"studybot/knowledge"
	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

// Above these sizes nobody would type an answer.
const (
	longRunes = 1200 // of running text and items, without code
	longWhole = 1600 // with code
	longLines = 60   // with text, of any kind
	longCode  = 30   // lines of code
)

// judge sets the flags and the score of a card.
func (d *doc) judge(c *knowledge.Card, dr draft, s shape, topic string) {
	if len(c.Options) == 0 && s.long() {
		c.Flags = append(c.Flags, knowledge.TooLong)
	}
	if d.doubtful(c, dr, s, topic) && !slices.Contains(c.Flags, knowledge.NeedsReview) {
		c.Flags = append(c.Flags, knowledge.NeedsReview)
	}
	c.Score = d.score(c, dr, topic)
}

var (
	// elsewhereHan and elsewhereEn are questions that are asked of something beside them.
	elsewhereHan = pattern.New(`(?:上|前|下)一?(?:题|问|图|例|文)|(?:如|见)(?:上|下)图?(?:所示)?|上述|以上|上面|前面提到|本题|此题|该题|图中|代码中的?输出|这(?:段|道|张|条|行|个|些)`)
	elsewhereEn  = pattern.New(`(?i)\b(?:above|below|previous question|previous section|these (?:\w+ )?(?:commands|options|files|lines|examples|results)|this (?:example|code|command|script|function|output|picture|image|diagram|case|question|section|situation|error|file|program|query|snippet|regex|statement|expression|version|release|repo|repository|guide|document|article|page|chapter|tutorial|lesson)|the following)\b`)
	pronounEn    = pattern.New(`(?i)^(?:\S+\s+){0,2}(?:it|its|they|them|this|these|that|those)(?:[\s?.,!]|$)`)
	pronounHan   = pattern.New(`^(?:那么?|请问|请|简述|说说|介绍一?下?|为什么|为何|如何|怎么|怎样|什么是|解释|对比|比较|相比|和|与)*(?:它|其(?:优|缺|作用|原理|特|工作|实现|主要))`)
	goesOn       = pattern.New(`^(?:这|那|本(?:项目|文|仓库|系统|模块|章|节|教程|插件)|与(?:之前|上面|前面)|同样|同上|如果|我们|你|让我们|另外|此外|除此|但)`)
	thatClause   = pattern.New(`(?i)^(?:\S+\s+){0,2}that\s`)
)

// doubtful reports whether a card should not be asked before somebody looked at it.
func (d *doc) doubtful(c *knowledge.Card, dr draft, s shape, topic string) bool {
	first, more, _ := strings.Cut(c.Question, "\n")
	switch {
	case strings.Contains(c.Question, "![") || strings.Contains(c.Question, "<img"):
		return true // the question is about a picture
	case weight(c.Question) < 3:
		return true
	case more == "" && c.Kind != knowledge.Cloze && len(c.Options) == 0 && topic == "" && pointsAway(first):
		return true
	case dr.explicit:
		return false
	}
	asks := note.Asks(dr.title)
	switch {
	case stubs(c.Answer):
		return true // what its lines announce, as pictures, is not there
	case !asks && d.weak(c, dr, s):
		return true
	case checks(c.Question, c.Answer) || homework(dr.title):
		return true
	case !asks && generic[lower(name(dr.title))] && vague(c.Question) && wordy(c.KeyPoints, hasHan(c.Question)) < 3:
		return true // a field and no more than a remark on it
	case !asks && strings.HasPrefix(c.Question, "什么是") && !defines(s.first, dr.title) && goesOn.MatchString(s.first):
		return true // the text goes on with a story and does not say what it is
	case len(c.Options) == 0 && !asks && len(c.Answer) < 8*utf8.UTFMax && utf8.RuneCountInString(c.Answer) < 8 && !strings.ContainsAny(strings.TrimSpace(c.Answer), " ，,；;：:"):
		return true
	case asks && weightUpTo(2, c.Answer) < 2:
		return true
	case !asks && topic == "" && !hasHan(dr.title) && generic[lower(name(dr.title))]:
		return true // "Introduction", and nobody knows to what
	case !asks && topic == "" && dependent(dr.title) && !defines(s.first, dr.title) && (len(c.Path) == 0 || hasHan(dr.title) && !hasLatin(dr.title)):
		return true
	}
	return d.pages != nil && d.strange(dr)
}

// stubs reports an answer of which at least half of the lines end in a colon; where it is half of
// them, the last.
func stubs(answer string) bool {
	lines, ends, last := 0, 0, false
	for l := range strings.Lines(answer) {
		l = strings.TrimRight(l, " \t\n*")
		if l == "" {
			continue
		}
		lines++
		if last = strings.HasSuffix(l, ":") || strings.HasSuffix(l, "："); last {
			ends++
		}
	}
	return lines < 8 && ends > 0 && (ends*2 > lines || last && ends*2 == lines)
}

// long reports an answer that nobody would type.
func (s shape) long() bool {
	return s.words > longRunes || s.lines > longLines || s.code > longCode || len(s.text) > longWhole && runes(s.text) > longWhole
}

// pointsAway reports a question that speaks of something that is not in it.
func pointsAway(q string) bool {
	if hasHan(q) {
		if hasAny(q, "它", "其") && pronounHan.MatchString(q) {
			return true
		}
		q = strings.ReplaceAll(q, "上下文", "")
		return hasAny(q, "这", "上", "下", "前", "此", "该", "本", "图", "代码") && elsewhereHan.MatchString(q) && !namedBefore(q)
	}
	low := strings.ToLower(q)
	if !hasAny(low, "it", "th", "above", "below", "previous") {
		return false
	}
	if strings.Contains(low, "this keyword") || strings.Contains(q, "`this`") {
		return false
	}
	if before, after, ok := strings.Cut(low, ": "); ok && (strings.Contains(before, "the following") || strings.Contains(before, "this ") && strings.Contains(after, "`")) && weight(after) > 3 {
		return false // what follows is there: "What does the following do: ls -l?"
	}
	if strings.HasPrefix(low, "what does it mean ") {
		return false
	}
	return elsewhereEn.MatchString(q) || pronounEn.MatchString(q) && !thatClause.MatchString(q)
}

// namedBefore reports a question that speaks of what it has named itself: "插入一条记录，这条记录…",
// "70% 这个数字…".
func namedBefore(q string) bool {
	const clause = len("这条记录")
	at := strings.LastIndex(q, "这")
	if at <= 0 {
		return false
	}
	if r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(q[:at], " ")); ident(r) || strings.ContainsRune("%`”」》", r) {
		return true
	}
	return len(q) >= at+clause && strings.Contains(q[:at], q[at+clause/2:at+clause])
}

// strange reports whether the text that a title of a page was given is not about it: no
// paragraph, or not the first, has a word of the title, where the text does not simply
// follow the title.
func (d *doc) strange(dr draft) bool {
	if len(dr.body) == 0 {
		return false
	}
	next := dr.line + 1
	for next <= len(d.lines) && d.lines[next-1].Kind == note.Blank {
		next++
	}
	start := d.trim(dr.body[0]).Start
	if start <= next && len(dr.body) == 1 {
		return false
	}
	words := contentWords(dr.title)
	if len(words) == 0 {
		return true
	}
	held := map[string]bool{}
	opening := 0
	for k, p := range strings.Split(d.pages.Join(start, dr.body[0].End), "\n") {
		f := fold(p)
		for _, w := range words {
			if !strings.Contains(f, w) {
				continue
			}
			if held[w] = true; k == 0 {
				opening++
			}
		}
	}
	return opening == 0 || len(held)*4 < len(words)
}

// contentWords returns the Latin words and pairs of Han characters of a title, folded,
// without the words that ask.
func contentWords(title string) []string {
	t := spaceAsking(fold(title))
	var out []string
	var latin []rune
	var prev rune
	flush := func() {
		if len(latin) > 1 {
			out = append(out, string(latin))
		}
		latin = latin[:0]
	}
	for _, r := range t {
		switch {
		case r < utf8.RuneSelf && (r >= 'a' && r <= 'z' || r >= '0' && r <= '9'):
			latin = append(latin, r)
			prev = 0
		case r > 0x2e80 && r != '的' && r != '和' && r != '与':
			flush()
			if prev != 0 {
				out = append(out, string([]rune{prev, r}))
			}
			prev = r
		default:
			flush()
			prev = 0
		}
	}
	flush()
	return out
}
