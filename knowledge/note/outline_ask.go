package note

import (
	"strings"
	"unicode/utf8"
)

// askWords are Chinese words that make a question of the title they stand in.
var askWords = []string{"什么", "为何", "为啥", "如何", "怎么", "怎样", "哪些", "哪几", "哪种", "哪个", "有几", "需要几", "分几", "分为几", "是几", "多少", "是否", "能否", "吗", "何时", "有啥", "是啥", "可不可以", "能不能", "会不会", "是不是", "有没有", "要不要"}

// askVerbs begin a title that asks in the imperative.
var askVerbs = []string{"请", "简述", "简单描述", "简单介绍", "简单说", "说说", "说一下", "说一说", "谈谈", "谈一谈", "讲讲", "讲一下", "讲一讲", "聊聊", "介绍一下", "介绍下", "介绍", "描述", "阐述", "一句话", "解释", "列举", "总结", "比较一下", "对比一下", "分析一下", "论述", "试述", "概述一下", "你对", "你如何", "你是", "你们", "写出", "写一个", "实现一个", "手写", "完成", "说一个", "说出", "举例说明", "举一个"}

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

// inAskWord reports a character of which each of askWords has one. Most titles have none.
func inAskWord(r rune) bool {
	switch r {
	case '么', '何', '啥', '怎', '哪', '几', '少', '否', '吗', '不', '没':
		return true
	}
	return false
}

// namesOf reports whether what stands behind "是否" makes a name of the title: 的方法.
func namesOf(word, after string) bool {
	i := strings.LastIndex(after, "的")
	return i >= 0 && (word == "是否" || word == "能否") && utf8.RuneCountInString(after[i:]) <= 5
}

func asksHan(t string) bool {
	if strings.ContainsFunc(t, inAskWord) {
		for _, w := range askWords {
			if _, after, ok := strings.Cut(t, w); ok && !namesOf(w, after) {
				return true
			}
		}
	}
	if first, _ := utf8.DecodeRuneInString(t); strings.ContainsRune(askVerbStarts, first) {
		for _, w := range askVerbs {
			if rest, ok := strings.CutPrefix(t, w); ok {
				return utf8.RuneCountInString(rest) >= 2
			}
		}
	}
	return strings.Contains(t, "的区别") || strings.HasSuffix(t, "区别") && utf8.RuneCountInString(t) > 3
}
