package note

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

var deepNumber = regexp.MustCompile(`^\d{1,2}(?:\.\d{1,2}){1,4}[ 　]\s*\S`)

// pageTitles returns the titles of a text taken from a PDF, in order of line.
func pageTitles(lines []string) []pageTitle {
	var text []int
	for i, s := range lines {
		if strings.TrimSpace(s) != "" {
			text = append(text, i)
		}
	}
	floats := make([]bool, len(text)+2) // of text[k-1], with an end on each side
	for k, i := range text {
		floats[k+1] = floating(lines[i])
	}
	at := func(k int) string {
		if k < 0 || k >= len(text) {
			return ""
		}
		return strings.TrimSpace(lines[text[k]])
	}
	full := fullWidth(lines)
	chaptered := false // since a title with a number such as 2.1 no floating one was seen
	var out []pageTitle
	for k := range text {
		s, next := at(k), at(k+1)
		script := strings.HasPrefix(next, "#!/")
		if !script && width(s) >= full && !strings.HasPrefix(s, "**") {
			continue
		}
		t := pageTitle{line: text[k], body: text[k] + 1, title: CleanTitle(s), end: len(lines)}
		switch {
		case utf8.RuneCountInString(t.title) < 2:
			continue
		case script && hasHan(s) && shortTitle(s) && !CodeLike(s):
			t.flow, t.end = true, scriptEnd(lines, text, k+1)
		case width(s) >= full && !strings.HasPrefix(s, "**"):
			continue
		case floats[k+1], loneTitle(s, at(k-1), next, floats[k], floats[k+2]):
			chaptered = false
		case deepNumber.MatchString(s) && shortTitle(s) && !CodeLike(s), wholeBold(s):
			t.flow = true
			chaptered = chaptered || !wholeBold(s)
		case chaptered && leadsOn(s, at(k-1), next, full):
			t.flow = true
		case chapter(s):
			t.flow = true
		case boldLead(s) != "":
			t.flow, t.title, t.body = true, CleanTitle(boldLead(s)), text[k]
		case EndsAsking(s) && Asks(t.title) && shortTitle(s) && CodeLike(next) && !hasHan(next):
			t.flow, t.end = true, codeEnd(lines, text, k+1)
		default:
			continue
		}
		out = append(out, t)
	}
	for i := range out {
		if !out[i].flow {
			continue
		}
		if i+1 < len(out) {
			out[i].end = min(out[i].end, out[i+1].line)
		}
		if !chapter(strings.TrimSpace(lines[out[i].line])) {
			out[i].end = gapEnd(lines, out[i].body+1, out[i].end, full)
		}
	}
	return out
}

// leadsOn reports whether a line among titles in the flow is one without a mark: short,
// after the end of a paragraph, over a line that is full.
func leadsOn(s, prev, next string, full int) bool {
	n := utf8.RuneCountInString(s)
	if n < 3 || n > 24 || !hasHan(s) || strings.ContainsAny(s, "，。；、=") || CodeLike(s) || EndsAsking(s) || strings.HasSuffix(s, "：") {
		return false
	}
	return !wraps(prev, full) && width(next) >= full && !labelled(next)
}

// gapEnd returns the first line of three blank lines in a row, before line end, which no
// full line follows: there another page begins.
func gapEnd(lines []string, from, end, full int) int {
	blank := 0
	for i := from; i < end; i++ {
		s := strings.TrimSpace(lines[i])
		if s == "" {
			blank++
			continue
		}
		if blank >= 3 && width(s) < full {
			return i - blank
		}
		blank = 0
	}
	return end
}

// floating reports a title as PDF readers leave it: a short line that ends in exactly
// two spaces.
func floating(s string) bool {
	t := strings.TrimRight(s, " ")
	if len(s)-len(t) != 2 || t == "" {
		return false
	}
	t = strings.TrimSpace(t)
	return t != "" && shortTitle(t) && titleLike(t)
}

func shortTitle(s string) bool { return utf8.RuneCountInString(s) <= 60 }

// loneTitle reports whether a line right after or before floating titles is one too,
// without their two spaces: it asks, or has a number that its neighbours do not continue.
func loneTitle(s, prev, next string, after, before bool) bool {
	if !after && !before || !shortTitle(s) || !titleLike(s) || CodeLike(s) || strings.ContainsAny(s, "=:：") {
		return false
	}
	mark, n, text, ok := itemMark(s)
	if !ok {
		return deepNumber.MatchString(s) || Asks(CleanTitle(s)) && (after || strings.ContainsRune("。；;.!！", lastRune(prev)))
	}
	if mark == "-" || !hasHan(text) {
		return false
	}
	return !numberedAs(next, mark, n+1) && !numberedAs(prev, mark, n-1)
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

func numberedAs(s, mark string, n int) bool {
	if s == "" {
		return false
	}
	m, k, _, ok := itemMark(s)
	return ok && m == mark && k == n
}

// boldLead returns the title of a paragraph that begins with one in bold: "**What is
// it**: …"; "" where there is none, or a mere label.
func boldLead(s string) string {
	in, ok := strings.CutPrefix(s, "**")
	if !ok {
		return ""
	}
	t, rest, ok := strings.Cut(in, "**")
	if !ok || !strings.HasPrefix(rest, "：") && !strings.HasPrefix(rest, ":") {
		return ""
	}
	if n := utf8.RuneCountInString(t); n < 6 || n > 40 {
		return ""
	}
	return t
}

// chapter reports a title such as "三、Nginx 与 LVS 的优缺点" that is more than a word.
func chapter(s string) bool {
	mark, _, t, ok := itemMark(s)
	return ok && mark == "一、" && titleLike(t) && utf8.RuneCountInString(t) >= 8 && utf8.RuneCountInString(t) <= 40
}

func wholeBold(s string) bool {
	return strings.HasPrefix(s, "**") && strings.HasSuffix(s, "**") && strings.Count(s, "**") == 2 && len(s) > 6 && utf8.RuneCountInString(s) < 40
}

// scriptEnd returns the line after a script that begins at text[k]: the script ends where
// running text begins.
func scriptEnd(lines []string, text []int, k int) int {
	for j := k + 1; j < len(text); j++ {
		s := strings.TrimSpace(lines[text[j]])
		if hasHan(s) && !CodeLike(s) && !strings.ContainsAny(s, `"'=$#`) {
			return text[j]
		}
	}
	return len(lines)
}

// codeEnd returns the line after the run of code that begins at text[k].
func codeEnd(lines []string, text []int, k int) int {
	for j := k; j < len(text); j++ {
		if s := strings.TrimSpace(lines[text[j]]); !CodeLike(s) {
			return text[j]
		}
	}
	return len(lines)
}
