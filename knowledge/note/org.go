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
	orgPlan  = regexp.MustCompile(`^\s*(?:SCHEDULED|DEADLINE|CLOSED): [<\[]`)
	orgHole  = regexp.MustCompile(`\{\{([^{}]+)\}(?:\{([^{}]*)\})?@(\d+)\}`) // a gap of org-fc
	orgCard  = regexp.MustCompile(`^\*+\s.*:(?:drill|fc):(?:[\w@:]*:)?\s*$`)
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
	drawer, code, title, level, card := false, false, "", 0, 0
	for i, l := range lines {
		if stars := len(l) - len(strings.TrimLeft(l, "*")); stars > 0 && orgStar.MatchString(l) {
			if card > 0 && stars == card+1 {
				l = answerTitle(l)
			}
			if level, card = stars, 0; orgCard.MatchString(l) {
				card = stars
			}
		} else if level > 0 {
			l = unindented(l, level+1)
			if !code && strings.HasPrefix(l, "* ") { // of a list, for it is indented
				l = "-" + l[1:]
			}
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
		case level > 0 && orgPlan.MatchString(l):
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

// answerTitle returns the heading right below that of a card, whatever it is, as the heading of
// the answer: Org drill hides it. Headings of sides stay.
func answerTitle(l string) string {
	stars, title, _ := strings.Cut(l, " ")
	switch word, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(title)), " "); word {
	case "front", "back", "question", "answer", "the", "side", "text", "extra":
		return l
	}
	if orgCard.MatchString(l) {
		return l
	}
	return stars + " Answer"
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
	if strings.Contains(l, "}@") {
		l = orgHole.ReplaceAllStringFunc(l, func(s string) string {
			m := orgHole.FindStringSubmatch(s)
			if m[2] != "" {
				m[2] = "::" + m[2]
			}
			return "{{c1" + m[3] + "::" + m[1] + m[2] + "}}"
		})
	}
	if strings.ContainsAny(l, "=~") {
		l = orgCode(l)
	}
	return l
}

// orgCode writes what stands between two "=" or two "~" as code: they hold on to it, and have
// white space or a mark of a sentence on their other side.
func orgCode(l string) string {
	const far = 400 // bytes
	var b strings.Builder
	last := 0
	for i := 0; i < len(l); i++ {
		if l[i] != '=' && l[i] != '~' || i > 0 && l[i-1] < 0x80 && !strings.ContainsRune(" \t-(\"'{", rune(l[i-1])) {
			continue
		}
		for j := i + 2; j < min(len(l), i+far); j++ {
			if l[j] != l[i] || l[j-1] == ' ' || l[i+1] == ' ' || j+1 < len(l) && l[j+1] < 0x80 && !strings.ContainsRune(" \t-.,:!?;\"')}[", rune(l[j+1])) {
				continue
			}
			if in := l[i+1 : j]; !strings.Contains(in, "`") {
				b.WriteString(l[last:i] + "`" + in + "`")
				last = j + 1
			}
			i = j
			break
		}
	}
	return b.String() + l[last:]
}
