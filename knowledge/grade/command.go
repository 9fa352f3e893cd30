package grade

import (
	"slices"
	"strings"
	"unicode"

	"studybot/knowledge"
	"studybot/knowledge/pattern"
)

// Command grades a typed command: 1 when it is the reference to the word, else 0.
//
// What a shell reads the same is the same: spaces, quotes around plain words, a prompt, sudo. So
// is what a phone makes of dashes, quotes and full-width signs. So are short options in one word in another
// order, as long as the one before a value stays: -xzf and -zxf. The order of words is not: which options
// take a value, only the command knows. A placeholder of the reference, such as <file> or 文件名,
// stands for any one word. Of a longer answer each line, and each text in backquotes, is tried.
func Command(reference, answer string) knowledge.Grade {
	want := shellWords(reference)
	if len(want) == 0 {
		return knowledge.Grade{}
	}
	p := knowledge.Point{Text: strings.TrimSpace(tidy(reference))}
	for _, c := range commandsIn(answer) {
		if sameCommand(want, shellWords(c)) {
			p.Held, p.Evidence = true, strings.TrimSpace(c)
			return knowledge.Grade{Score: 1, Points: []knowledge.Point{p}}
		}
	}
	return knowledge.Grade{Points: []knowledge.Point{p}}
}

// maxCommands bounds how many parts of an answer are tried.
const maxCommands = 50

// commandsIn are the parts of an answer that may be the command.
func commandsIn(answer string) (out []string) {
	answer = tidy(answer)
	for _, m := range backquoted.FindAllStringSubmatch(answer, maxCommands) {
		out = append(out, m[1])
	}
	for line := range strings.Lines(answer) {
		if out = append(out, strings.Trim(line, "`\n ")); len(out) >= 2*maxCommands {
			break
		}
	}
	return out
}

var (
	backquoted  = pattern.New("`([^`\n]+)`")
	shellPrompt = pattern.New(`^(?:\[[^\]\n]*\][#$]\s*|[$#>]\s+)?(?:sudo\s+)?`)
	placeholder = pattern.New(`<[^<>|&;\s]+>`)
)

// anyWord is the word of a placeholder. No text has it: tidy drops what is for private use.
const anyWord = "\uE000"

// sameCommand reports whether the words of two commands mean the same to a shell.
func sameCommand(want, got []string) bool {
	if len(want) != len(got) {
		return false
	}
	for i, w := range want {
		if sameWord(w, got[i]) {
			continue
		}
		a, short := shortOptions(w)
		b, too := shortOptions(got[i])
		ends := i+1 == len(want) || shellOperator(want[i+1])
		if !short || !too || !permuted(a, b) || !ends && a[len(a)-1] != b[len(b)-1] {
			return false
		}
	}
	return true
}

// permuted reports whether two texts have the same bytes in any order.
func permuted(a, b string) bool {
	x, y := []byte(a), []byte(b)
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}

func sameWord(want, got string) bool { return want == got || want == anyWord && !shellOperator(got) }

func shellOperator(word string) bool {
	return strings.Trim(word, "0123456789|&;<>()") == "" && strings.ContainsAny(word, "|&;<>()")
}

// typed is what keyboards make of the signs of a command.
var typed = strings.NewReplacer("——", "--", "—", "--", "–", "-", "“", `"`, "”", `"`, "‘", "'", "’", "'")

// shellWords splits a command into its words and operators. Quotes go where what they hold is plain; a word
// with a Han character outside quotes is a placeholder.
func shellWords(s string) (words []string) {
	s = strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			r += '!' - '！'
		}
		return r
	}, typed.Replace(tidy(s)))
	s = shellPrompt.ReplaceAllString(strings.TrimSpace(s), "")
	s = strings.TrimRight(placeholder.ReplaceAllString(s, anyWord), "; ")
	for s != "" {
		var word string
		if word, s = shellWord(strings.TrimLeft(s, " \t\n")); word != "" {
			words = append(words, word)
		}
	}
	return words
}

// shellWord takes the first word or operator off a text.
func shellWord(s string) (word, rest string) {
	if n := len(s) - len(strings.TrimLeft(s, "0123456789")); n < len(s) && strings.IndexByte("<>", s[n]) >= 0 {
		return operatorFrom(s, n)
	}
	if s != "" && strings.IndexByte("|&;<>()", s[0]) >= 0 {
		return operatorFrom(s, 0)
	}
	var b strings.Builder
	for s != "" && strings.IndexByte(" \t\n|&;<>()", s[0]) < 0 {
		if s[0] == '"' || s[0] == '\'' {
			if inner, after, closed := strings.Cut(s[1:], s[:1]); closed {
				mark := ""
				switch {
				case strings.ContainsAny(inner, "$`\\!"):
					mark = s[:1]
				case strings.ContainsAny(inner, "*?[]{}~|&;<>()#") || hasHan(inner):
					mark = `"`
				}
				b.WriteString(mark + inner + mark)
				s = after
				continue
			}
		}
		end := strings.IndexAny(s[1:], " \t\n|&;<>()\"'") + 1
		if end == 0 {
			end = len(s)
		}
		b.WriteString(s[:end])
		s = s[end:]
	}
	if word = b.String(); hasHan(word) && !strings.Contains(word, `"`) && !strings.Contains(word, "'") {
		word = anyWord
	}
	return word, s
}

func operatorFrom(s string, digits int) (op, rest string) {
	end := len(s) - len(strings.TrimLeft(s[digits:], "|&;<>()"))
	return s[:end], s[end:]
}

// wordMissing is what a word of a command that an answer lacks leaves of its score.
const wordMissing = 0.4

// attached is an option and its value in one word, such as -p3306, -i:80 and --net=host.
var attached = pattern.New(`^(--?[A-Za-z][A-Za-z-]*)=?([:0-9].*|=.*)$`)

// typedShare is how much of a command an answer in words of its own has, 0..1: each word of the command that
// it lacks, an option, a value, a path, leaves wordMissing of it. Short options may stand together or apart,
// and so may an option and its value.
func typedShare(command, answer string) float64 {
	given := optionWords(strings.Map(func(r rune) rune {
		if isHan(r) || strings.ContainsRune("，。；、`", r) {
			return ' '
		}
		return r
	}, answer))
	share := 1.0
	for _, w := range optionWords(command) {
		if w != anyWord && !slices.Contains(given, w) && !spelled(w, given) {
			share *= wordMissing
		}
	}
	return share
}

// optionWords are the words of a command, the value of an option apart from it.
func optionWords(command string) (words []string) {
	for _, w := range shellWords(command) {
		if m := attached.FindStringSubmatch(w); m != nil {
			words = append(words, m[1], strings.TrimPrefix(m[2], "="))
		} else {
			words = append(words, w)
		}
	}
	return words
}

// spelled reports whether the letters of a short option, or of several in one word, all stand among the given ones.
func spelled(option string, given []string) bool {
	letters, ok := shortOptions(option)
	if !ok {
		return false
	}
	var all strings.Builder
	for _, g := range given {
		if l, ok := shortOptions(g); ok {
			all.WriteString(l)
		}
	}
	return strings.Trim(letters, all.String()) == ""
}

// shortOptions returns the letters of a word such as -l or -xzf.
func shortOptions(word string) (letters string, ok bool) {
	letters, ok = strings.CutPrefix(word, "-")
	return letters, ok && letters != "" && strings.IndexFunc(letters, func(r rune) bool { return !unicode.IsLetter(r) }) < 0
}
