package slack

import "strings"

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
