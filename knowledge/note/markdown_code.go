package note

import (
	"strings"
	"unicode"
)

// shellComments turns headings that are comments of a script written without a fence
// back into code: a "# …" line right under code, or under another such comment.
func shellComments(ls []Line) {
	for i := range ls {
		if ls[i].Kind != Heading || i == 0 {
			continue
		}
		prev := ls[i-1]
		under := prev.Kind == Code || prev.Kind == Prose && CodeLike(prev.Text) && !sentence(prev.Text)
		over := i+1 < len(ls) && (ls[i+1].Kind == Prose && CodeLike(ls[i+1].Text) || ls[i+1].Kind == Heading && ls[i+1].Text == "")
		empty := ls[i].Text == "" && prev.Kind != Blank
		if under && (over || ls[i].Level == 1) || empty && ls[i].Level == 1 {
			ls[i].Kind = Code
			ls[i].Text = strings.Repeat("#", ls[i].Level) + " " + ls[i].Text
			ls[i].Level = 0
		}
	}
}

// sentence reports a line of several words that ends as a sentence does, with code in it or not.
func sentence(s string) bool {
	const few = 4 // words
	return len(s) > 2 && s[len(s)-1] == '.' && s[len(s)-2] != ' ' && s[len(s)-2] != '.' && strings.Count(s, " ") >= few
}

// CodeLike reports whether a line outside of a fence reads as a line of a script, a
// configuration or a terminal.
func CodeLike(s string) bool {
	if s == "" {
		return false
	}
	switch s[len(s)-1] {
	case ';', '{', '}', '\\':
		return true
	}
	switch s[0] {
	case '$':
		return !beginsMath(s)
	case '#', '{', '}':
		return true
	case '[', '<', '/':
		return !hasHan(s)
	}
	if hasHan(s) {
		return false
	}
	if strings.ContainsAny(s, "=|;{}$<>`") || strings.HasSuffix(s, ")") && strings.Contains(s, "(") {
		return true
	}
	first, rest, _ := strings.Cut(s, " ")
	return shellWords[first] && (rest != "" || first != "if" && first != "for") || strings.Contains(rest, " -") || strings.Contains(rest, "/")
}

// beginsMath reports a line that begins with a formula, "$x_1$ is …", and not with a prompt or a
// variable.
func beginsMath(s string) bool {
	end := strings.IndexByte(s[1:], '$') + 1
	if strings.HasPrefix(s, "$$") {
		return true
	}
	if end < 2 || s[1] == ' ' || s[end-1] == ' ' {
		return false
	}
	return end+1 == len(s) || !unicode.IsLetter(rune(s[end+1])) && !unicode.IsDigit(rune(s[end+1]))
}

// shellWords are words that begin a line of a script and seldom a line of prose.
var shellWords = words(`sudo apt apt-get yum dnf brew pip npm yarn go docker kubectl helm systemctl service
	cd ls cat echo cp mv rm mkdir chmod chown grep sed awk tar curl wget ping ssh scp vim vi export source
	exit fi done esac then else elif do git make ip ifconfig iptables mysql redis-cli mount umount ps kill killall
	netstat ss df du top seq sleep useradd usermod groupadd passwd crontab chkconfig FROM RUN COPY ENV CMD`)

func words(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

func hasHan(s string) bool {
	for _, r := range s {
		if r >= 0x4e00 && r <= 0x9fff || r >= 0x2e80 && unicode.Is(unicode.Han, r) {
			return true
		}
	}
	return false
}
