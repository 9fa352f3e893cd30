package slack

import (
	"strings"

	"studybot/bot/chat"
)

// size is the length of s as Slack counts it: in UTF-16 units, which is the larger of the ways it may count.
func size(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r >= 0x10000 {
			n++
		}
	}
	return n
}

// prefix is the longest beginning of s that is not longer than limit.
func prefix(s string, limit int) string {
	n := 0
	for i, r := range s {
		n++
		if r >= 0x10000 {
			n++
		}
		if n > limit {
			return s[:i]
		}
	}
	return s
}

// shorten cuts s to limit; a cut is marked by an ellipsis.
func shorten(s string, limit int) string {
	if head := prefix(s, limit); len(head) == len(s) {
		return s
	}
	return strings.TrimSpace(prefix(s, limit-1)) + "…"
}

// fenceRoom is what closing and opening a code fence again takes.
const fenceRoom = 4

// cut divides Markdown that is longer than limit: after a paragraph, else a line, else a sentence, else a word, in the
// latter half of what there is room for. A code fence that is cut is closed, and opened again in the rest.
func cut(s string, limit int) (head, rest string) {
	if len(s) <= limit || size(s) <= limit {
		return s, ""
	}
	room := prefix(s, limit-fenceRoom)
	at := len(room)
	for _, ends := range [][]string{{"\n\n"}, {"\n"}, {"。", "！", "？", ". ", "! ", "? "}, {"；", "; ", "，", ", "}, {" "}} {
		if i := lastEnd(room, ends); i >= len(room)/2 {
			at = i
			break
		}
	}
	head, rest = strings.TrimRight(s[:at], " \n"), strings.TrimLeft(s[at:], "\n")
	if fenced(head) {
		head, rest = head+"\n```", "```\n"+rest
	}
	return head, rest
}

// lastEnd is where the last of the ends in s ends, 0 where there is none.
func lastEnd(s string, ends []string) (at int) {
	for _, end := range ends {
		if i := strings.LastIndex(s, end); i >= 0 {
			at = max(at, i+len(end))
		}
	}
	return at
}

// fenced reports whether a code fence is open at the end of s.
func fenced(s string) bool {
	open := ""
	for line := range strings.Lines(s) {
		open = chat.NextFence(open, line)
	}
	return open != ""
}
