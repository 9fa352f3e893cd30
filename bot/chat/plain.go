package chat

import (
	"strings"
	"unicode"
)

// Plain makes text of unknown origin fit to be shown: control characters, escape sequences'
// introducers and marks that turn the direction of writing are dropped (line feeds and tabs
// stay, every other kind of line end becomes a line feed), invalid UTF-8 becomes U+FFFD, and what a
// chat network could take for a mention of everybody, of a group or of a person is broken by a
// zero-width space, which looks the same and pings nobody.
//
// Plain of a plain text is that text.
func Plain(s string) string {
	return defuse(clean(s))
}

// clean comes before defuse: what it drops could stand in the middle of a mention and hide it.
func clean(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\r' || r == '\u0085' || r == '\u2028' || r == '\u2029':
			return '\n'
		case unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, s)
}

func defuse(s string) string {
	if !strings.ContainsAny(s, "@<") {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i, r := range s {
		b.WriteRune(r)
		if (r == '@' || r == '<') && mentions(s[i:]) {
			b.WriteRune('\u200B')
		}
	}
	return b.String()
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
