package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"studybot/knowledge/text"
)

// safeCuts says of every byte at which a character begins whether a line may be cut after
// that character: not inside a word, code between backquotes, a link, a picture, a tag or
// an address. Its work is linear in the line.
func safeCuts(line string) []bool {
	safe := make([]bool, len(line)+1)
	prev := -1
	for i := range line {
		if prev >= 0 {
			safe[prev] = !inWord(line, prev, i)
		}
		prev = i
	}
	if prev >= 0 {
		safe[prev] = true
	}
	inside := make([]int, len(line)+1) // how many stretches begin here, less those that end
	for _, s := range indivisible(line) {
		_, n := utf8.DecodeLastRuneInString(line[s.from:s.to])
		inside[s.from]++
		inside[s.to-n]--
	}
	depth := 0
	for i, n := range inside {
		depth += n
		safe[i] = safe[i] && depth == 0
	}
	return safe
}

// inWord reports whether a cut before byte next, where the character at byte at ends,
// divides a word: what stands on both sides is neither a space nor written without spaces.
func inWord(line string, at, next int) bool {
	a, _ := utf8.DecodeRuneInString(line[at:])
	b, _ := utf8.DecodeRuneInString(line[next:])
	return wordly(a) && wordly(b) || unicode.IsMark(b) || b == '\u200d' || a == '\u200d'
}

// wordly reports whether a character is part of what is written between spaces.
func wordly(r rune) bool {
	if r < utf8.RuneSelf {
		return r > ' '
	}
	return (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)) && !text.IsHan(r)
}

// indivisible returns the stretches of a line, in bytes, that only stand whole.
func indivisible(line string) []span {
	var out []span
	if strings.Contains(line, "`") {
		out = append(out, codeSpans(line)...)
	}
	if strings.Contains(line, "[") {
		out = append(out, links(line)...)
	}
	if strings.Contains(line, "<") {
		out = append(out, tags(line)...)
	}
	return out
}

// codeSpans returns the code between runs of as many backquotes.
func codeSpans(line string) []span {
	next := map[int][]int{} // where the runs of a length begin, those that are passed taken off
	var runs []span
	for i := 0; i < len(line); i++ {
		from := i
		for i < len(line) && line[i] == '`' {
			i++
		}
		if i > from {
			runs = append(runs, span{from, i})
			next[i-from] = append(next[i-from], from)
		}
	}
	var out []span
	end := 0
	for _, r := range runs {
		n := r.to - r.from
		same := next[n][1:]
		next[n] = same
		if r.from >= end && len(same) > 0 {
			end = same[0] + n
			out = append(out, span{r.from, end})
		}
	}
	return out
}

// links returns what stands from a [ to the ] of its own, and to the end of the address
// that follows, if one does.
func links(line string) []span {
	var open []int
	var out []span
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '[':
			open = append(open, i)
		case ']':
			if len(open) == 0 {
				continue
			}
			from := open[len(open)-1]
			open = open[:len(open)-1]
			to := i + 1
			if strings.HasPrefix(line[to:], "(") {
				to = closing(line, to)
			}
			if to > i+1 || i-from < pieceSize { // brackets around a whole paragraph are no link
				out = append(out, span{from, to})
			}
			i = to - 1
		}
	}
	return out
}

// longAddress is how many bytes of a line an address in brackets may have.
const longAddress = 400

// closing returns where the ( at byte i is closed; where it is not, i.
func closing(line string, i int) int {
	depth := 0
	for j := i; j < len(line) && j < i+longAddress; j++ {
		switch line[j] {
		case '(':
			depth++
		case ')':
			depth--
			if depth == 0 {
				return j + 1
			}
		}
	}
	return i
}

// tags returns the tags of HTML and the addresses between < and >.
func tags(line string) []span {
	var out []span
	from := -1
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '<':
			from = i
		case '>':
			if from >= 0 && i-from < longAddress && i > from+1 && (isAlnum(line[from+1]) || line[from+1] == '/') {
				out = append(out, span{from, i + 1})
			}
			from = -1
		}
	}
	return out
}
