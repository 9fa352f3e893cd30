package grade

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"studybot/knowledge/pattern"
)

var prompt = pattern.New(`^(?:\[[^\]\s]{1,40}@[^\]]{1,60}\][#$]|[\w.-]{1,40}@[\w.-]{1,60}:[^\s#$]{0,80}[#$]|\$|[\w.-]{0,20}(?:\[[^\]]{0,20}\])?(?:\d{1,3}(?:\.\d{1,3}){3}:\d{2,5})?>|(?:mysql|MariaDB \[[^\]]{0,40}\]|sqlite|redis|postgres[=#]*)>)\s+`)

var promptStarts = chars("[$>._-abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")

// unprompt cuts a shell's or a database client's prompt.
func unprompt(s string) (string, bool) {
	if s == "" || !promptStarts.has(rune(s[0])) || !strings.Contains(s, "> ") && s[0] != '$' && s[0] != '[' && strings.IndexByte(s, '@') < 0 {
		return s, false
	}
	if loc := prompt.FindStringIndex(s); loc != nil && loc[1] < len(s) {
		return s[loc[1]:], true
	}
	return s, false
}

var (
	codeStarts = chars("-/.$<[{(\"'abcdefghijklmnopqrstuvwxyz")
	codeMarks  = chars("-/|$=><{}[]\\`;&@_*'\"")
	hanMarks   = chars("，。；！？、")
)

// looksCode reports whether a line outside a fence is a command or a line of a file.
func looksCode(s string) bool {
	if s == "" || !codeStarts.has(rune(s[0])) && hasHan(s) {
		return false
	}
	if _, ok := unprompt(s); ok {
		return true
	}
	var han, letters, marks int
	for _, r := range s {
		switch {
		case isHan(r):
			han++
		case codeMarks.has(r):
			marks++
		case unicode.IsLetter(r):
			letters++
		}
	}
	if han == 0 && looksSentence(s) {
		return false
	}
	if letters == 0 || hanMarks.in(s) {
		return false
	}
	words := strings.Count(strings.TrimSpace(s), " ") + 1
	if words == 1 && !strings.ContainsAny(s, "=|$") && s[0] != '-' && s[0] != '/' && s[0] != '.' {
		return false
	}
	switch {
	case han > 0:
		return marks >= 3 && letters > 2*han
	case marks >= 3:
		return true
	case marks == 0 || strings.HasSuffix(s, "."):
		return false
	}
	all := strings.Fields(s)
	return all[0] == strings.ToLower(all[0]) && len(all) <= 12
}

// looksSentence reports whether a line without Chinese is a sentence, though it has code
// words or marks: it begins like one or ends like one, and outside backticks it has
// words and hardly a mark of code.
func looksSentence(s string) bool {
	outside := s
	if strings.IndexByte(s, '`') >= 0 {
		outside = withSpans(s, func(string) string { return " " })
	}
	first, size := utf8.DecodeRuneInString(s)
	second, _ := utf8.DecodeRuneInString(s[size:])
	begins := first == '`' || unicode.IsUpper(first) && (second == ' ' || unicode.IsLower(second))
	if !begins && !strings.HasSuffix(s, ".") || strings.Count(outside, "`") > 0 {
		return false
	}
	marks, plain, joining := 0, 0, 0
	for w := range strings.FieldsSeq(outside) {
		if strings.ContainsAny(w, "$=|<>{}&") {
			marks++
		}
		if w = strings.Trim(w, ".,;:!?()'\""); w == "" || w[0] == '-' || strings.ContainsFunc(w, notInWords) {
			continue
		}
		plain++
		if stopWords[w] {
			joining++
		}
	}
	if outside != s {
		return plain >= 2 && marks <= 1
	}
	return plain >= 4 && joining >= 1 && marks <= 1
}

// switchedOff reports whether a remark is a line of code that somebody took out.
func switchedOff(remark string) bool {
	code, said := comment(remark)
	return said == "" && (looksCode(code) || !hasHan(code) && strings.ContainsAny(remark[max(0, len(remark)-1):], ";{}\"'") || !says(code))
}

func notInWords(r rune) bool { return !unicode.IsLetter(r) && r != '-' && r != '\'' }

// comment splits the remark off a line of code.
func comment(s string) (code, remark string) {
	for _, m := range [...]string{"#", "//", "--"} {
		if !strings.Contains(s, m) {
			continue
		}
		if rest, ok := strings.CutPrefix(s, m+" "); ok {
			return "", strings.TrimLeft(rest, "#- ")
		}
		if rest, ok := strings.CutPrefix(s, m); ok && (m != "--" || hasHan(rest)) && !strings.HasPrefix(s, "#!") && !strings.HasPrefix(s, "#include") {
			return "", unsign(rest, m)
		}
		if i := strings.Index(s, " "+m+" "); i > 0 && (m == "#" || hasHan(s[i:]) && m == "//") {
			return unsigned(s[:i], m), unsign(s[i+1:], m)
		}
		if i := strings.LastIndex(s, m); i > 0 && m != "--" && (s[i-1] == ' ' && hasHan(s[i:]) || m == "#" && startsHan(strings.TrimLeft(s[i+1:], " "))) {
			return unsigned(s[:i], m), unsign(s[i+len(m):], m)
		}
	}
	return s, ""
}

func unsigned(code, sign string) string { return strings.TrimRight(code, sign[:1]+" ") }

// unsign cuts the rest of the signs that begin a remark, but not the slash of a path.
func unsign(s, sign string) string {
	return strings.TrimLeft(strings.TrimLeft(s, sign[:1]), "- ")
}

func startsHan(s string) bool {
	for _, r := range s {
		return isHan(r)
	}
	return false
}

// hollow reports whether a line of code says nothing by itself: brackets, ends of blocks.
func hollow(s string) bool {
	switch strings.Trim(s, " ;&\\") {
	case "fi", "done", "esac", "end", "else", "then", "do", "EOF", "EOL", "exit", "...", "pass", "return", "begin", "try:", "else:", "wait":
		return true
	}
	if strings.HasPrefix(s, "#!") {
		return true
	}
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return false
		}
	}
	return true
}
