package note

import (
	"strings"
	"unicode/utf8"
)

// askWords are Chinese words that make a question of the title they stand in.
var askWords = []string{"什么", "为何", "为啥", "如何", "怎么", "怎样", "哪些", "哪几", "哪种", "哪个", "有几", "需要几", "分几", "分为几", "是几", "多少", "是否", "能否", "吗", "何时", "有啥", "是啥", "可不可以", "能不能", "会不会", "是不是", "有没有", "要不要"}

// askVerbs begin a title that asks in the imperative.
var askVerbs = []string{"请", "简述", "简单描述", "简单介绍", "简单说", "说说", "说一下", "说一说", "谈谈", "谈一谈", "讲讲", "讲一下", "讲一讲", "聊聊", "介绍一下", "介绍下", "介绍", "描述", "阐述", "一句话说", "一句话总结", "一句话解释", "一句话概括", "一句话介绍", "一句话描述", "一句话阐述", "一句话讲", "一句话回答", "解释", "列举", "总结", "比较一下", "对比一下", "分析一下", "论述", "试述", "概述一下", "你对", "你如何", "你是", "你们", "写出", "写一个", "实现一个", "手写", "完成", "说一个", "说出", "举例说明", "举一个"}

var askVerbStarts = starts(askVerbs)

// starts returns the characters that words begin with.
func starts(words []string) string {
	var b strings.Builder
	for _, w := range words {
		first, _ := utf8.DecodeRuneInString(w)
		b.WriteRune(first)
	}
	return b.String()
}

var askEnglish = words(`what what's whats how how's why when where which who whose whom
	explain describe compare differentiate define list name discuss tell demonstrate specify elaborate summarize summarise outline mention identify illustrate
	is are does do did can could should would will has have give state difference differences`)

// Asks reports whether a cleaned title is a question, or says what to tell.
func Asks(title string) bool {
	t := strings.TrimRight(title, " 。.：:!！)）*")
	if t == "" {
		return false
	}
	if strings.HasSuffix(t, "?") || strings.HasSuffix(t, "？") {
		return utf8.RuneCountInString(t) > 2
	}
	if strings.ContainsRune(t, '？') || strings.Contains(t, "? ") {
		return true
	}
	if hasHan(t) {
		return asksHan(t)
	}
	first, rest, _ := strings.Cut(t, " ")
	f := strings.ToLower(first)
	if !askEnglish[f] || rest == "" {
		return false
	}
	switch f { // an order, and a clause
	case "do":
		if strings.HasPrefix(rest, "not ") {
			return false
		}
	case "when":
		if strings.Contains(rest, ", ") {
			return false
		}
	}
	switch f { // nouns and names as often as questions
	case "list", "name", "state", "will", "can", "difference", "differences", "outline", "mention", "specify":
		return strings.Contains(rest, " ")
	}
	return true
}

// mayHoldAskWord is quick, and true of the texts that hold one of askWords.
func mayHoldAskWord(t string) bool {
	var before rune
	for _, r := range t {
		if inAskWord(before, r) {
			return true
		}
		before = r
	}
	return false
}

// inAskWord reports two characters of which each of askWords has one pair, or 吗.
func inAskWord(before, r rune) bool {
	switch r {
	case '吗':
		return true
	case '么':
		return before == '什' || before == '怎'
	case '样':
		return before == '怎'
	case '何':
		return before == '为' || before == '如'
	case '时':
		return before == '何'
	case '啥':
		return before == '为' || before == '有' || before == '是'
	case '些', '种', '个':
		return before == '哪'
	case '几':
		return strings.ContainsRune("哪有要分为是", before)
	case '少':
		return before == '多'
	case '否':
		return before == '是' || before == '能'
	case '不':
		return strings.ContainsRune("可能会是要", before)
	case '没':
		return before == '有'
	}
	return false
}

// MayAsk is quick, and true of the Chinese lines whose cleaned titles ask.
func MayAsk(line string) bool {
	if strings.HasPrefix(line, "第") { // a chapter may be cut off, and leave what is no Chinese
		return true
	}
	var before rune
	han, began := false, false // a Chinese character came; the one before is one
	for _, r := range line {
		switch {
		case inAskWord(before, r), r == '？', r == '?', r == '请', r == '别' && before == '区':
			return true
		case r < 0x4e00 || r > 0x9fff:
			if began = false; !han && strings.ContainsRune("[<(（【{&", r) { // what is cleaned away may stand there
				return true
			}
		case !began: // behind a number or a mark
			if han, began = true, true; strings.ContainsRune(askVerbStarts, r) {
				return true
			}
		}
		before = r
	}
	return !han
}

// orders reports a title that sets a task behind what is given: 给定两个列表，请找出….
func orders(t string) bool {
	given, task, ok := strings.Cut(t, "请")
	first, _ := utf8.DecodeRuneInString(task)
	last, _ := utf8.DecodeLastRuneInString(given)
	return ok && strings.ContainsRune("，,。：: ", last) && strings.ContainsRune("用写找说问实简解列给描分谈举计编设", first)
}

// namesOf reports whether what stands behind "是否" makes a name of the title: 的方法.
func namesOf(word, after string) bool {
	i := strings.LastIndex(after, "的")
	return i >= 0 && (word == "是否" || word == "能否") && utf8.RuneCountInString(after[i:]) <= 5
}

// checks reports whether what stands before "是否" makes an order of it: 检查服务是否在运行.
func checks(before string) bool {
	for _, w := range []string{"确认", "检查", "查看", "验证"} {
		if strings.HasPrefix(before, w) {
			return true
		}
	}
	return false
}

// tells reports whether the last part of a title says what to tell: 假设…，说出结果.
func tells(part string) bool {
	for _, w := range []string{"说出", "写出", "简述", "指出", "给出", "列举", "解释"} {
		if rest, ok := strings.CutPrefix(part, w); ok {
			return utf8.RuneCountInString(rest) >= 2
		}
	}
	return false
}

func asksHan(t string) bool {
	if mayHoldAskWord(t) {
		for _, w := range askWords {
			if before, after, ok := strings.Cut(t, w); ok && !namesOf(w, after) && !(w == "是否" && checks(before)) {
				return true
			}
		}
	}
	if i := strings.LastIndex(t, "，"); i > 0 && tells(t[i+len("，"):]) {
		return true
	}
	if first, _ := utf8.DecodeRuneInString(t); strings.ContainsRune(askVerbStarts, first) {
		for _, w := range askVerbs {
			if rest, ok := strings.CutPrefix(t, w); ok {
				return utf8.RuneCountInString(rest) >= 2
			}
		}
	}
	return orders(t) || strings.Contains(t, "的区别") || strings.HasSuffix(t, "区别") && utf8.RuneCountInString(t) > 3
}
