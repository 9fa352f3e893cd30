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
// bullets under them. The children of a bare word with a long text under it are titles too.
func bullets(ls []Line, from, to, level int) []head {
	top := topIndent(ls, from, to)
	var out []head
	for i := from; i < to; {
		if ls[i].Kind != Item || ls[i].Indent > top {
			i++
			continue
		}
		end := bulletEnd(ls, i, to)
		if end > i+1 && hasItems(ls, i+1, end) && !LinkOnly(ls[i].Text) {
			h := head{line: i, body: i + 1, end: end, level: level, title: CleanTitle(ls[i].Text)}
			out = append(out, h)
			if end-i > 30 && bareWord(h.title) && level < 12 {
				out = append(out, bullets(ls, i+1, end, level+1)...)
			}
		}
		i = end
	}
	return out
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
		if l.Kind != Item || l.Ordered() || !endsAsking(l.Text) || !Asks(CleanTitle(l.Text)) {
			continue
		}
		if i+1 < len(ls) && ls[i+1].Kind == Item && ls[i+1].Indent == l.Indent && !strings.HasPrefix(ls[i+1].Text, "答") {
			out = append(out, i)
		}
	}
	return out
}

func endsAsking(s string) bool {
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
