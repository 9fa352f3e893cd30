package note

import (
	"strings"
	"unicode/utf8"
)

// outlineShare and outlineSize tell an outline from a note that uses lists: nine in ten of
// its lines are items, and there is a heading for every ten at most.
const (
	outlineShare = 0.9
	outlineSize  = 10
)

// isOutline reports whether a note is a nested list in which the top bullets are topics.
func isOutline(ls []Line) bool {
	items, other, heads, deep := 0, 0, 0, 0
	for _, l := range ls {
		switch l.Kind {
		case Item:
			items++
			if l.Indent > 0 {
				deep++
			}
		case Heading:
			heads++
		case Prose, Quote, Table, Code, Fence:
			if l.Indent == 0 {
				other++
			}
		}
	}
	least := 8
	if heads == 0 {
		least = 4
	}
	return items >= least && deep*3 >= items && float64(items) >= outlineShare*float64(items+other) && heads*outlineSize <= items
}

// bullets returns the titles of an outline among lines [from, to): the top bullets with
// bullets under them, or that ask and have any text. The children of a bare word with a long text under it are titles too.
func bullets(ls []Line, from, to, level int) []head {
	top := topIndent(ls, from, to)
	var out []head
	for i := from; i < to; {
		if ls[i].Kind != Item || ls[i].Indent > top {
			i++
			continue
		}
		end := bulletEnd(ls, i, to)
		h := head{line: i, body: i + 1, end: end, level: level, title: CleanTitle(ls[i].Text)}
		if end > i+1 && (hasItems(ls, i+1, end) || Asks(h.title) && hasText(ls, i+1, end)) && !LinkOnly(ls[i].Text) && !broken(ls, i) {
			out = append(out, h)
			if level < 12 && (end-i > 30 && bareWord(h.title) || isTopic(ls, h)) {
				out = append(out, bullets(ls, i+1, end, level+1)...)
			}
		}
		i = end
	}
	return out
}

// broken reports whether the item at line i is the first line of a Latin text that was broken at
// the margin, and no title.
func broken(ls []Line, i int) bool {
	s := ls[i].Text
	if len(s) < 50 || ls[i+1].Kind != Prose || hasHan(s) {
		return false
	}
	return !strings.ContainsRune("?:.*", rune(s[len(s)-1]))
}

// isTopic reports whether half of the bullets with a text that stand right under a bullet are
// questions: two at least, or named by what could be asked of it, where it names a field, and
// three with a question mark where it asks itself.
func isTopic(ls []Line, h head) bool {
	asks := Asks(h.title)
	if !asks && aspect(h.title) {
		return false
	}
	top := topIndent(ls, h.body, h.end)
	filled, asking := 0, 0
	for i := h.body; i < h.end; i++ {
		if ls[i].Kind != Item || ls[i].Indent > top {
			continue
		}
		next := i + 1
		for next < h.end && ls[next].Kind == Blank {
			next++
		}
		if next == h.end || ls[next].Indent <= top {
			continue
		}
		filled++
		if t := CleanTitle(ls[i].Text); asks && EndsAsking(ls[i].Text) || !asks && (Asks(t) || aspect(t)) {
			asking++
		}
	}
	return filled >= 2 && asking*2 >= filled && (!asks || asking >= 3)
}

// aspect reports a title that ends with what can be asked of a thing.
func aspect(t string) bool {
	for _, w := range []string{"优缺点", "区别", "模式", "机制", "特点", "原理", "流程", "过程", "作用", "优点", "缺点", "优势", "场景", "步骤", "级别", "类型", "种类", "算法", "策略", "结构"} {
		if strings.HasSuffix(t, w) {
			return true
		}
	}
	return false
}

func topIndent(ls []Line, from, to int) int {
	top := 1 << 30
	for _, l := range ls[from:to] {
		if l.Kind == Item {
			top = min(top, l.Indent)
		}
	}
	return top
}

// bulletEnd returns the line after the last one that belongs to the item at line i.
func bulletEnd(ls []Line, i, to int) int {
	end := i + 1
	for j := i + 1; j < to; j++ {
		switch {
		case ls[j].Kind == Blank:
			continue
		case ls[j].Kind == Heading, ls[j].Indent <= ls[i].Indent && ls[j].Kind != Code && ls[j].Kind != Fence && (ls[j].Kind == Item || ls[j-1].Kind == Blank):
			return end
		}
		end = j + 1
	}
	return end
}

func hasItems(ls []Line, from, to int) bool {
	for _, l := range ls[from:to] {
		if l.Kind == Item && !LinkOnly(l.Text) {
			return true
		}
	}
	return false
}

// bareWord reports whether a title names a field and nothing in particular: 配置, Basics.
func bareWord(title string) bool {
	if hasHan(title) {
		return utf8.RuneCountInString(title) <= 3
	}
	for i := range len(title) {
		if title[i] == ' ' || title[i] == '/' {
			return false
		}
	}
	return len(title) <= 12
}

// loneQuestions returns the items with a question mark that nothing answers: no lines
// under them, and the next item at their level follows at once.
func loneQuestions(ls []Line) []int {
	var out []int
	for i, l := range ls {
		if l.Kind != Item || l.Ordered() || strings.HasPrefix(l.Text, "[") || !EndsAsking(l.Text) || !Asks(CleanTitle(l.Text)) {
			continue
		}
		if i+1 < len(ls) && ls[i+1].Kind == Item && ls[i+1].Indent == l.Indent && !answers(ls[i+1].Text) {
			out = append(out, i)
		}
	}
	return out
}

// answers reports a line that begins as an answer does: 答：, A:, Answer:.
func answers(s string) bool {
	s = strings.TrimLeft(s, "*_")
	if strings.HasPrefix(s, "答") {
		return true
	}
	cue, _, ok := strings.Cut(s, ":")
	return ok && (strings.EqualFold(cue, "a") || strings.EqualFold(cue, "ans") || strings.EqualFold(cue, "answer"))
}

// EndsAsking reports whether s ends in a question mark.
func EndsAsking(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r == '?' || r == '？'
}

// LinkOnly reports whether all of s is links, as in a table of contents.
func LinkOnly(s string) bool {
	if s == "" || s[0] != '[' && s[0] != '<' && s[0] != 'h' && s[0] != '!' {
		return false
	}
	rest := wikiLink.ReplaceAllString(linkText.ReplaceAllString(s, ""), "")
	rest = bareLink.ReplaceAllString(rest, "")
	for _, r := range rest {
		if r != ' ' && r != '.' && r != ',' && r != '-' && r != '|' && r != '，' && r != '、' {
			return false
		}
	}
	return true
}
