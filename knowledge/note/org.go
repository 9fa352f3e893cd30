package note

import (
	"regexp"
	"strings"

	"studybot/knowledge"
)

var (
	orgStar  = regexp.MustCompile(`^(\*{1,6})\s+(?:(?:TODO|DONE|NEXT|WAITING)\s+)?(?:\[#[A-C]\]\s+)?(.*?)(?:\s+:[\w@:]+:)?\s*$`)
	orgBlock = regexp.MustCompile(`(?i)^\s*#\+(begin|end)_(src|example|quote|verse)\b\s*(\S*)`)
	orgDraw  = regexp.MustCompile(`^\s*:[A-Z_]+:\s*$`)
	orgLink  = regexp.MustCompile(`\[\[([^\[\]]+)\]\[([^\[\]]+)\]\]`)
	orgMark  = regexp.MustCompile(`(^|[\s(（])[=~]([^\s=~](?:[^=~]*[^\s=~])?)[=~]`)
)

const orgTitle = "#+title:"

// parseOrg reads an outline of Org mode by way of Markdown, line for line: stars are
// headings, drawers and keywords of the file are no text.
func parseOrg(name string, src []byte) (knowledge.Note, error) {
	text, err := Decode(src)
	if err != nil {
		return knowledge.Note{}, err
	}
	lines := strings.Split(text, "\n")
	drawer, code, title, level := false, false, "", 0
	for i, l := range lines {
		if stars := len(l) - len(strings.TrimLeft(l, "*")); stars > 0 && orgStar.MatchString(l) {
			level = stars
		} else if level > 0 {
			l = unindented(l, level+1)
			lines[i] = l
		}
		m := orgBlock.FindStringSubmatch(l)
		switch {
		case m != nil && (strings.EqualFold(m[2], "src") || strings.EqualFold(m[2], "example")):
			if code = strings.EqualFold(m[1], "begin"); code {
				lines[i] = "```" + m[3]
			} else {
				lines[i] = "```"
			}
		case code:
		case drawer && !orgStar.MatchString(l):
			drawer = strings.TrimSpace(l) != ":END:"
			lines[i] = ""
		case orgDraw.MatchString(l):
			drawer, lines[i] = true, ""
		case m != nil:
			lines[i] = ""
		case strings.HasPrefix(l, "#+"):
			if len(l) > len(orgTitle) && strings.EqualFold(l[:len(orgTitle)], orgTitle) {
				title = strings.TrimSpace(l[len(orgTitle):])
			}
			lines[i] = ""
		default:
			drawer, lines[i] = false, orgLine(l)
		}
	}
	n, err := parse(name, []byte(strings.Join(lines, "\n")))
	if title != "" {
		n.Title = title
	}
	return n, err
}

// unindented takes up to n spaces off the front of a line: Org indents a text by its heading.
func unindented(l string, n int) string {
	for n > 0 && strings.HasPrefix(l, " ") {
		l, n = l[1:], n-1
	}
	return l
}

// orgLine writes a line of text or a heading as Markdown.
func orgLine(l string) string {
	if m := orgStar.FindStringSubmatch(l); m != nil {
		l = strings.Repeat("#", len(m[1])) + " " + m[2]
	} else if rest, ok := strings.CutPrefix(l, "# "); ok {
		return "<!-- " + strings.ReplaceAll(rest, "--", "—") + " -->"
	}
	if strings.Contains(l, "][") {
		l = orgLink.ReplaceAllString(l, "[$2]($1)")
	}
	if strings.ContainsAny(l, "=~") {
		l = orgMark.ReplaceAllString(l, "$1`$2`")
	}
	return l
}
