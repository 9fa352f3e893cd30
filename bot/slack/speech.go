package slack

import (
	"slices"
	"strings"

	"studybot/bot/chat"
)

// unescape undoes Slack's escaping (https://docs.slack.dev/messaging/formatting-message-text#escaping).
func unescape(text string) string {
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(text)
}

// spoken is what somebody said as he typed it: without mentions of the bot, with links and mentions by their names.
func spoken(text, self string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "<")
		b.WriteString(unescape(before))
		if !found {
			break
		}
		mark, after, closed := strings.Cut(rest, ">")
		if !closed {
			b.WriteString(unescape(rest))
			break
		}
		b.WriteString(unescape(named(mark, self)))
		text = after
	}
	return strings.TrimSpace(b.String())
}

// named is how a mark reads: <@U1|ann>, <#C1|study>, <!here>, <!subteam^S1|@team>, <https://example.org|example.org>.
func named(mark, self string) string {
	target, label, _ := strings.Cut(mark, "|")
	switch {
	case self != "" && target == "@"+self:
		return ""
	case strings.HasPrefix(target, "@") && label != "":
		return "@" + strings.TrimPrefix(label, "@")
	case strings.HasPrefix(target, "#") && label != "":
		return "#" + label
	case strings.HasPrefix(target, "!") && label != "":
		return label
	case strings.HasPrefix(target, "!"):
		return "@" + target[1:]
	case label != "":
		return label
	}
	return target
}

// command reads a line such as "top week". The first word is the command where there is one of that name and what
// follows is something it takes; any other line is a lookup, so that "why is the sky blue" is one. Nothing asks for help.
func (d decoder) command(line string) *chat.Command {
	line = strings.TrimSpace(line)
	if line == "" {
		return &chat.Command{Name: "help"}
	}
	first, rest := line, ""
	if i := strings.IndexAny(line, " \t\n\u3000"); i >= 0 {
		first, rest = line[:i], strings.TrimSpace(line[i:])
	}
	name := strings.ToLower(first)
	i := slices.IndexFunc(d.commands, func(u chat.Usage) bool { return u.Name == name })
	if i < 0 || !takes(d.commands[i].Param, rest) {
		return &chat.Command{Name: "ask", Args: line}
	}
	return &chat.Command{Name: name, Args: rest}
}

func takes(p *chat.Param, text string) bool {
	switch {
	case text == "":
		return true
	case p == nil:
		return false
	case p.Choices != nil:
		first, _, _ := strings.Cut(text, " ")
		return slices.Contains(p.Choices, strings.ToLower(first))
	}
	return true
}
