package search

import (
	"regexp"
	"strings"

	"studybot/knowledge"
	"studybot/knowledge/note"
)

// shownLines returns the lines of a note as members read them, in their places: lines that
// are no text (comments, front matter, the head of an export of Anki, rules, tables of
// contents) are "", and tags are taken off. Code stays as it is. kinds is what Scan says of the lines.
func shownLines(n knowledge.Note, kinds []note.Line) []string {
	out := make([]string, len(n.Lines))
	for i, l := range n.Lines {
		switch kinds[i].Kind {
		case note.Comment, note.Front, note.Underline, note.Rule:
		case note.Code, note.Fence:
			out[i] = l
		default:
			out[i] = withoutTags(l)
		}
	}
	for i := 0; i < len(out) && ankiHeader.MatchString(n.Lines[i]); i++ {
		out[i] = ""
	}
	for _, s := range contents(out) {
		clear(out[s.from:s.to])
	}
	return out
}

// ankiHeader is a line at the head of a text export: https://docs.ankiweb.net/importing/text-files.html
var ankiHeader = regexp.MustCompile(`(?i)^#(?:separator|html|tags|columns|deck|notetype|if matches|(?:guid|deck|notetype|tags) column):`)

var (
	comment = regexp.MustCompile(`<!--.*?-->`)
	tag     = regexp.MustCompile(`(?i)</?(?:a|b|blockquote|br|center|code|dd|details|div|dl|dt|em|font|h[1-6]|hr|i|img|kbd|li|ol|p|pre|s|span|strong|sub|summary|sup|table|tbody|td|th|thead|tr|u|ul)(?:\s+[a-z-]+(?:=[^<>]*)?)*\s*/?>`)
)

// withoutTags takes comments and the tags of HTML off a line, but not out of code between
// backquotes.
func withoutTags(line string) string {
	if !strings.Contains(line, "<") {
		return line
	}
	parts := strings.Split(comment.ReplaceAllString(line, ""), "`")
	for i := 0; i < len(parts); i += 2 {
		parts[i] = tag.ReplaceAllStringFunc(parts[i], func(t string) string {
			if strings.EqualFold(t[:min(3, len(t))], "<br") {
				return " "
			}
			return ""
		})
	}
	return strings.TrimRight(strings.Join(parts, "`"), " \t")
}

// contents returns the runs of lines that are a table of contents: two or more that are
// links into the same file and nothing else.
func contents(lines []string) []span {
	var out []span
	for i := 0; i < len(lines); i++ {
		first, links, end := i, 0, i
		for ; i < len(lines) && (strings.TrimSpace(lines[i]) == "" || intoSelf(lines[i])); i++ {
			if intoSelf(lines[i]) {
				links, end = links+1, i+1
			}
		}
		if links >= 2 {
			out = append(out, span{first, end})
		}
	}
	return out
}

// intoSelf reports whether a line is a link into its own file and nothing else.
func intoSelf(line string) bool {
	if !strings.Contains(line, "](#") {
		return false
	}
	line = strings.TrimSpace(line)
	rest := strings.TrimSpace(line[markWidth(line):])
	return strings.HasPrefix(rest, "[") && strings.HasSuffix(rest, ")")
}
