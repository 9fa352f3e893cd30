package chat

import "strings"

// NextFence returns the marks of the code fence that is open after a line of Markdown, before which open was; "" for none.
func NextFence(open, line string) string {
	line = strings.TrimSpace(line)
	if open != "" {
		if strings.HasPrefix(line, open) && strings.Trim(line, open[:1]) == "" {
			return ""
		}
		return open
	}
	for _, mark := range []string{"`", "~"} {
		run := line[:len(line)-len(strings.TrimLeft(line, mark))]
		if len(run) >= 3 && !strings.Contains(line[len(run):], "`") {
			return run
		}
	}
	return ""
}
