package card

import (
	"slices"
	"strings"
	"unicode/utf8"

	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

// subject names what a title is about: the topic and the title's own name.
func subject(title, topic string) string {
	n := name(strings.Trim(title, " :：。"))
	if note.Asks(title) {
		n = title
	}
	if topic == "" {
		return n
	}
	if !hasHan(n) && !hasHan(topic) {
		if generic[lower(n)] {
			return n + " of " + topic
		}
		return topic + " " + n
	}
	if generic[lower(n)] || isMember(n) || hasHan(n) {
		return glue(glue(topic, "的"), n)
	}
	return glue(glue(topic, "中的"), n)
}

// glue joins a and b, with a space where Latin meets Han.
func glue(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	ra, _ := utf8.DecodeLastRuneInString(a)
	rb, _ := utf8.DecodeRuneInString(b)
	if wordRune(ra) != wordRune(rb) && !strings.ContainsRune(" ，。：、？（）", ra) && !strings.ContainsRune(" ，。：、？（）", rb) {
		return a + " " + b
	}
	return a + b
}

func wordRune(r rune) bool { return r < 0x2e80 }

// ask words the question that a title stands for, in the title's language; the shape of
// the answer chooses the template of a noun phrase. class says what a Latin name is one
// of: RUN is a 指令. guessed reports that neither the title nor the answer says what to ask.
func ask(title, topic, class string, s shape) (question string, guessed bool) {
	t := strings.TrimRight(strings.TrimSpace(title), "：: 。.")
	if len(t) > 3 && t[0] >= 'A' && t[0] <= 'Z' {
		t = lettered.ReplaceAllString(t, "")
	}
	han := hasHan(t) || hasHan(s.first) && !note.Asks(t)
	for _, i := range s.items {
		han = han || hasHan(i) && !note.Asks(t)
	}
	if note.Asks(t) {
		q := asked(joined(name(t)))
		if !note.Asks(name(t)) {
			q = asked(joined(t))
		}
		if rest, ok := strings.CutPrefix(q, "它"); ok && topic != "" && !strings.HasPrefix(rest, "们") {
			return glue(topic, rest), false
		}
		if topic != "" {
			if bareAsking(q) {
				return glue(topic, q), false
			}
			if han {
				return topic + "：" + q, false
			}
			return topic + ": " + q, false
		}
		return q, false
	}
	if han {
		n := name(t)
		if class != "" && latinName.MatchString(n) {
			n = glue(n, class)
		} else if class != "" && strings.HasSuffix(n, "类") {
			return n + class + "有哪些？", false // 文件操作类 of 常用命令
		}
		return askHan(topic, n, s)
	}
	if ailsEn(t) {
		return "How do you fix this: " + t + "?", false
	}
	return askEnglish(subject(t, topic), s)
}

// lettered is the letter that numbers a title: "B. Methods".
var lettered = pattern.New(`^[A-J](?:、|[.．]\s|[)）]\s*)\s*`)

// joined is a title of a name and a question, "缓存 & 如何更新", with a colon between them.
func joined(t string) string {
	if !strings.Contains(t, "&") {
		return t
	}
	if m := nameAndAsk.FindStringSubmatch(t); m != nil {
		if hasHan(t) {
			return m[1] + "：" + m[2]
		}
		return m[1] + ": " + m[2]
	}
	return t
}

var nameAndAsk = pattern.New(`(?i)^([^&?？]{1,30}?)\s*&\s*((?:如何|怎么|怎样|为什么|为何|什么是|how |why |what |when ).*)$`)

// unasked reports the front of a flashcard that no template makes a better question of: a
// phrase of several words, a sentence, a command.
func unasked(title string) bool {
	switch {
	case note.Asks(title):
		return false
	case hasHan(title):
		return utf8.RuneCountInString(title) > 16 || strings.ContainsAny(title, "，。；,;")
	case strings.ContainsAny(title, ".!,;(") || strings.Contains(title, ": ") || codeLine(title):
		return true
	}
	worded := versus.MatchString(title) || gerund.MatchString(title) || verbEn.MatchString(title) || partsEn.MatchString(title) || factEn.MatchString(title) || introEn.MatchString(title)
	return strings.Count(title, " ") > 1 && !worded
}

var latinName = pattern.New(`^[A-Za-z][\w-]*$`)

var (
	imperative = pattern.New(`^(?:请|简述|简单|说说|说一|谈谈|谈一|讲讲|讲一|聊聊|介绍|描述|阐述|一句话|解释|列举|总结|比较一下|对比一下|分析一下|论述|试述|概述|写出|写一个|实现一个|手写|完成|说出|举例说明|举一个)`)
	orderEn    = pattern.New(`(?i)^(?:explain|describe|compare|differentiate|define|list|name|discuss|tell|give|state|demonstrate|specify|elaborate|summari[sz]e|outline|mention|identify|illustrate)\b`)
	worksEn    = pattern.New(`^(?i:how) ([^?]{2,40}) (?i:works)( [^?]{1,40})?$`)
	difference = pattern.New(`^(.{2,}?)(?:之间)?(?:的|有(?:什么|哪些|何|啥))?(?:区别|差异|不同|对比|比较)(?:和联系|与联系)?$`)
)

// remarked is a remark behind the mark of a question: "什么是 X？（高频）".
var remarked = pattern.New(`([?？])\s*[(（](?:高频|重点|必考|必问|常考|常问|重要|了解|掌握|难点|难|易|简单|中等|困难)[)）]$`)

// asked ends a title that asks as a question ends.
func asked(t string) string {
	t = strings.TrimRight(remarked.ReplaceAllString(t, "$1"), "~～ ")
	if strings.HasSuffix(t, "?") || strings.HasSuffix(t, "？") || strings.Contains(t, "? ") {
		return t
	}
	if !hasHan(t) {
		if orderEn.MatchString(t) {
			return t + "."
		}
		if m := worksEn.FindStringSubmatch(t); m != nil {
			what := m[1]
			if pronounEn.MatchString(what) {
				what = strings.ToLower(what) // It, This
			}
			return "How does " + what + " work" + m[2] + "?"
		}
		if strings.HasPrefix(strings.ToLower(t), "difference") {
			return "What is the " + lowerFirst(t) + "?"
		}
		return t + "?"
	}
	if strings.HasSuffix(t, "区别") && andDiffer.MatchString(t) {
		return andDiffer.ReplaceAllString(t, "${1}有哪些，有什么区别？")
	}
	if m := different(t); m != nil && utf8.RuneCountInString(m[1]) > 1 {
		return strings.TrimPrefix(m[1], "关于") + "有什么区别？"
	}
	if imperative.MatchString(t) && !strings.ContainsAny(t, "吗呢") {
		return t + "。"
	}
	return t + "？"
}

// different returns what difference finds in t.
func different(t string) []string {
	if !hasAny(t, "区别", "差异", "不同", "对比", "比较") {
		return nil
	}
	return difference.FindStringSubmatch(t)
}

// A template makes a question of a noun phrase that its words or its answer call for.
type template struct {
	when func(n string, s shape) bool // n is the title's own name
	ask  func(topic, n string) string
}

// ends reports names that end so, as a whole or up to a comma or bracket.
func ends(words ...string) func(string, shape) bool {
	return func(n string, _ shape) bool {
		core := n
		if i := strings.IndexAny(n, ",，(（"); i > 0 {
			core = strings.TrimSpace(n[:i])
		}
		for _, w := range words {
			if strings.HasSuffix(n, w) || strings.HasSuffix(core, w) {
				return true
			}
		}
		return false
	}
}

func endsOf(s string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.HasSuffix(s, w) })
}

func begins(words ...string) func(string, shape) bool {
	return func(n string, _ shape) bool { return beginsWith(n, words...) }
}

func beginsWith(s string, words ...string) bool {
	for _, w := range words {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// matches reports names that re matches; each holds one of words.
func matches(re *pattern.Pattern, words ...string) func(string, shape) bool {
	return func(n string, _ shape) bool { return hasAny(n, words...) && re.MatchString(n) }
}

// with asks "<topic>的<name><after>".
func with(after string) func(string, string) string {
	return func(topic, n string) string { return glue(of(topic, n), after) }
}

// frame asks "<before><topic>的<name><after>".
func frame(before, after string) func(string, string) string {
	return func(topic, n string) string { return glue(glue(before, of(topic, n)), after) }
}

// does asks "<topic>中如何<name>？".
func does(topic, n string) string {
	if topic != "" {
		topic = glue(topic, "中")
	}
	return glue(glue(topic, "如何"), n) + "？"
}

// rewrite asks what re makes of the name.
func rewrite(re *pattern.Pattern, to string) func(string, string) string {
	return func(topic, n string) string { return of(topic, re.ReplaceAllString(n, to)) }
}

// of joins a topic and a name of it.
func of(topic, n string) string {
	if topic == "" {
		return n
	}
	if leads(n) {
		return glue(topic, n)
	}
	return glue(glue(topic, "的"), n)
}

// leads reports a name that begins with a word that joins it to its topic.
func leads(n string) bool { return beginsWith(n, "与", "和", "常见", "常用", "主要") }
