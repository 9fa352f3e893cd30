package chat

import (
	"strings"
	"unicode"
)

// Plain makes text of unknown origin fit to be shown: control characters, escape sequences'
// introducers and marks that turn the direction of writing are dropped (line feeds and tabs
// stay, a carriage return becomes a line feed), invalid UTF-8 becomes U+FFFD, and what a chat network
// could take for a mention of everybody, of a group or of a person is broken by a zero-width space,
// which looks the same and pings nobody.
func Plain(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.ReplaceAll(s, "\r\n", "\n")
	var b strings.Builder
	b.Grow(len(s))
	for i, r := range s {
		switch {
		case r == '\r':
			b.WriteByte('\n')
		case r == '\n' || r == '\t':
			b.WriteRune(r)
		case unicode.IsControl(r), isDirection(r):
		case (r == '@' || r == '<') && mentions(s[i:]):
			b.WriteRune(r)
			b.WriteRune('\u200B')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isDirection reports the characters of Unicode Technical Standard 39's bidirectional
// controls: embeddings, overrides and isolates.
func isDirection(r rune) bool {
	return r >= '\u202A' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069'
}

// mentions reports whether s begins with a mention: @everyone and @here of Discord, @channel
// and @group of Slack clients, and the bracketed forms <!…>, <@…> and <#…> of both.
func mentions(s string) bool {
	if s[0] == '<' {
		return len(s) > 1 && strings.IndexByte("!@#", s[1]) >= 0
	}
	for _, name := range []string{"everyone", "here", "channel", "group"} {
		if len(s) > len(name) && strings.EqualFold(s[1:1+len(name)], name) {
			return true
		}
	}
	return false
}
