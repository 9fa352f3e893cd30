package discord

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// upTo is the length in bytes of the longest beginning of s of at most n units. Discord's clients count in UTF-16 code
// units, which are never fewer than characters.
func upTo(s string, n int) int {
	for i, r := range s {
		if n -= max(utf16.RuneLen(r), 1); n < 0 {
			return i
		}
	}
	return len(s)
}

// cut shortens a line to n units; a cut is marked by an ellipsis.
func cut(s string, n int) string {
	if upTo(s, n) == len(s) {
		return s
	}
	return strings.TrimRight(s[:upTo(s, n-1)], " \\") + "…"
}

// split cuts Markdown that was made by markdown into pieces of at most limit units, where a paragraph ends, else a line,
// else a sentence. A fence that is cut is closed, and opened again in the next piece.
func split(s string, limit int) (pieces []string) {
	const closing = "\n```"
	for upTo(s, limit) < len(s) {
		at := cutAt(s, upTo(s, limit-len(closing)))
		head, rest := s[:at], s[at:]
		if fence := openAt(head); fence != "" {
			head, rest = strings.TrimRight(head, "\n")+closing, fence+"\n"+strings.TrimPrefix(rest, "\n")
		}
		if rest = strings.TrimLeft(rest, "\n"); len(rest) >= len(s) { // a fence alone is longer than a piece
			break
		}
		pieces = append(pieces, strings.TrimRight(head, " \n"))
		s = rest
	}
	if strings.TrimSpace(s) != "" {
		pieces = append(pieces, s)
	}
	return pieces
}

// cutAt returns where s is cut that may be most bytes long at the most: not before its half where that can be.
func cutAt(s string, most int) int {
	window := s[most/2 : most]
	for _, end := range []string{"\n\n", "\n"} {
		if i := strings.LastIndex(window, end); i >= 0 {
			return most/2 + i + len(end)
		}
	}
	start := strings.LastIndexByte(s[:most], '\n') + 1
	word := 0 // the last place between two words where nothing is open
	for i := most; i > most/2; {
		r, size := utf8.DecodeLastRuneInString(s[:i])
		isEnd, isBlank := endsSentence(r, s[i:most]), r == ' ' && word == 0
		if (isEnd || isBlank) && whole(s[start:i]) {
			if isEnd {
				return i
			}
			word = i
		}
		i -= size
	}
	if word > 0 {
		return word
	}
	for most > 1 && (s[most-1] == '\\' || s[most-1] == '*') { // keep an escape with what it escapes
		most--
	}
	return most
}

// endsSentence reports whether r ends a sentence when rest follows.
func endsSentence(r rune, rest string) bool {
	if strings.ContainsRune("。！？；", r) {
		return true
	}
	return strings.ContainsRune(".!?;", r) && (rest == "" || rest[0] == ' ')
}

// whole reports whether no code and no strong text is open at the end of a line's beginning.
func whole(line string) bool {
	plain := strings.NewReplacer("\\\\", "", "\\`", "", "\\*", "").Replace(line)
	return strings.Count(plain, "`")%2 == 0 && strings.Count(plain, "**")%2 == 0
}

// openAt is the opening line of the fence that is open at the end of s, "" for none.
func openAt(s string) (fence string) {
	for line := range strings.Lines(s) {
		line = strings.TrimRight(line, "\n")
		switch {
		case fence == "" && strings.HasPrefix(line, "```"):
			fence = line
		case fence != "" && line == "```":
			fence = ""
		}
	}
	return fence
}
