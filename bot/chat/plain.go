package chat

import (
	"regexp"
	"strings"
	"unicode"
)

// Plain makes text of unknown origin fit to be shown: escape sequences, control characters and marks that turn the direction of writing are dropped (line feeds and tabs
// stay, every other kind of line end becomes a line feed), invalid UTF-8 becomes U+FFFD, and what a
// chat network could take for a mention of everybody, of a group or of a person is broken by a
// zero-width space, which looks the same and pings nobody.
//
// Plain of a plain text is that text.
func Plain(s string) string {
	return defuse(Clean(s)) // in this order: what Clean drops could stand in the middle of a mention and hide it
}

// escape is a control sequence of a terminal (ECMA-48, 5.4), or a string that sets its title or the like.
var escape = regexp.MustCompile("\x1b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\x07\x1b]*(?:\x07|\x1b\\\\))")

// Clean is Plain without the breaking of mentions, for places where nobody can be pinged and text may be
// copied: escape sequences, control characters and marks of direction are dropped.
func Clean(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if strings.IndexByte(s, 0x1b) >= 0 {
		s = escape.ReplaceAllString(s, "")
	}
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
// and @group of Slack clients, and the bracketed forms of both: <!here>, <!subteam^S1>, <@U1>, <@&1>, <#C1>.
// The marks of HTML, <!DOCTYPE html> and <!-- -->, are none.
func mentions(s string) bool {
	return mention.MatchString(s) && !doctype.MatchString(s)
}

var (
	mention = regexp.MustCompile(`^(?i:@(?:everyone|here|channel|group)|<[@#]|<![a-z])`)
	doctype = regexp.MustCompile(`^(?i:<!doctype)\b`)
)
