package discord

import (
	"regexp"
	"strings"

	"studybot/bot/chat"
)

// oneLine makes text plain, and a single line.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(chat.Plain(s), func(r rune) bool { return r == '\n' || r == '\t' }), " ")
}

// escapeAll writes a line so that Discord shows it as it is.
func escapeAll(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if strings.IndexByte("\\*_~|`[]<>#", s[i]) >= 0 {
			b.WriteByte('\\')
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// What of a note's Markdown Discord shows as the note means it, within a line: code, strong text and links. An address is
// left alone, for Discord takes it as it stands.
var (
	codeSpan   = regexp.MustCompile("^(`+)([^`]+)(`+)")
	strong     = regexp.MustCompile(`^\*\*([^\s*](?:[^*]*[^\s*])?)\*\*`)
	link       = regexp.MustCompile(`^\[([^\[\]` + "`" + `]+)\]\((https?://[^\s()<>]+)\)`)
	webAddress = regexp.MustCompile("^https?://[^\\s<>*`|\\\\\\[\\]()\u200b]+")
)

// inline writes a line of a note: code, strong text and links stay, all else is escaped, and the marks are set off.
func inline(line string, marks []string) string {
	var b strings.Builder
	for plain := 0; ; {
		i := plain
		var span string
		for ; i < len(line); i++ {
			if span = spanAt(line, i); span != "" {
				break
			}
		}
		b.WriteString(marked(line[plain:i], marks))
		if i >= len(line) {
			return b.String()
		}
		if m := strong.FindStringSubmatch(span); m != nil {
			b.WriteString("**" + escapeAll(m[1]) + "**")
		} else if m := link.FindStringSubmatch(span); m != nil {
			b.WriteString("[" + escapeAll(m[1]) + "](" + m[2] + ")")
		} else {
			b.WriteString(span)
		}
		plain = i + len(span)
	}
}

// spanAt is the code, the strong text, the link or the address that begins at i, "" for none.
func spanAt(line string, i int) string {
	switch line[i] {
	case '`':
		if m := codeSpan.FindStringSubmatch(line[i:]); m != nil && m[1] == m[3] && len(m[1]) < 3 {
			return m[0]
		}
	case '*':
		if m := strong.FindString(line[i:]); m != "" && !strings.ContainsAny(m, "`") {
			return m
		}
	case '[':
		return link.FindString(line[i:])
	case 'h':
		return webAddress.FindString(line[i:])
	}
	return ""
}

// marked escapes plain text and sets off the words in it, whatever their case.
func marked(s string, words []string) string {
	var b strings.Builder
	from := 0
	for i := 0; i < len(s); {
		end := i
		for n := longestPrefix(s[end:], words); n > 0; n = longestPrefix(s[end:], words) {
			end += n // words that touch are set off together
		}
		if end == i {
			i++
			continue
		}
		b.WriteString(escapeAll(s[from:i]) + "**" + escapeAll(s[i:end]) + "**")
		i, from = end, end
	}
	return b.String() + escapeAll(s[from:])
}

// longestPrefix returns the length of the longest of words that s begins with. A single letter or digit would be anywhere.
func longestPrefix(s string, words []string) int {
	most := 0
	for _, w := range words {
		if len(w) > max(most, 1) && len(w) <= len(s) && strings.EqualFold(s[:len(w)], w) && strings.TrimSpace(w) == w {
			most = len(w)
		}
	}
	return most
}

var (
	heading  = regexp.MustCompile(`^\s{0,3}#{1,6}\s+(.*?)[\s#]*$`)
	bullet   = regexp.MustCompile(`^(\s*)[-*+]\s+(.*)$`)
	quote    = regexp.MustCompile(`^\s*>\s?(.*)$`)
	tableRow = regexp.MustCompile(`^\s*\|.*\|\s*$`)
	fenceTag = regexp.MustCompile(`^[A-Za-z0-9+#._-]{1,20}`)
)

// markdown writes text of a note for Discord: fences stay fences, a table stands in one, where its columns keep their
// places, headings are strong, bullets and quotes stay, and nothing else is taken for a mark of Discord's.
func markdown(text string, marks []string) string {
	var out []string
	lines := strings.Split(strings.Trim(chat.Clean(text), "\n"), "\n")
	for i := 0; i < len(lines); {
		if fence, indent := openFence(lines[i]); fence != "" {
			n, code := fenced(lines[i:], fence, indent)
			out = append(out, code)
			i += n
			continue
		}
		if rows := tableRows(lines[i:]); rows > 1 {
			out = append(out, codeBlock("", lines[i:i+rows]))
			i += rows
			continue
		}
		out = append(out, noteLine(chat.Plain(lines[i]), marks))
		i++
	}
	return strings.Join(out, "\n")
}

// tableRows is how many rows of a table lines begin with.
func tableRows(lines []string) (n int) {
	for n < len(lines) && tableRow.MatchString(lines[n]) {
		n++
	}
	return n
}

// noteLine writes a line outside of code.
func noteLine(line string, marks []string) string {
	if m := heading.FindStringSubmatch(line); m != nil {
		return "**" + escapeAll(m[1]) + "**"
	}
	if m := bullet.FindStringSubmatch(line); m != nil {
		return m[1] + "- " + inline(m[2], marks)
	}
	if m := quote.FindStringSubmatch(line); m != nil {
		return "> " + inline(m[1], marks)
	}
	return inline(line, marks)
}

// openFence returns the fence that a line opens, "" for none, and how far it is indented.
func openFence(line string) (fence string, indent int) {
	return chat.NextFence("", line), len(line) - len(strings.TrimLeft(line, " \t"))
}

// fenced reads the code that begins at the first of lines, to its end or to the last line, and returns how many lines
// that are.
func fenced(lines []string, fence string, indent int) (n int, code string) {
	tag := fenceTag.FindString(strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(lines[0]), fence[:1])))
	var body []string
	for n = 1; n < len(lines); n++ {
		if chat.NextFence(fence, lines[n]) == "" {
			n++
			break
		}
		body = append(body, outdented(lines[n], indent))
	}
	return n, codeBlock(tag, body)
}

// outdented takes off at most n blanks or tabs.
func outdented(line string, n int) string {
	for ; n > 0 && line != "" && (line[0] == ' ' || line[0] == '\t'); n-- {
		line = line[1:]
	}
	return line
}

// codeBlock is code in fences. Fences in it are broken by a zero-width space. The word behind the first fence is a
// language only where a line follows.
func codeBlock(tag string, lines []string) string {
	code := strings.ReplaceAll(strings.Join(lines, "\n"), "```", "`\u200b``")
	return "```" + tag + "\n" + code + "\n```"
}
