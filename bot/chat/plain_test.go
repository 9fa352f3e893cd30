package chat_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"studybot/bot/chat"
)

func TestPlain(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"plain text stays", "什么是 pod? a < b, 100% ✓", "什么是 pod? a < b, 100% ✓"},
		{"nothing is nothing", "", ""},
		{"line feeds and tabs stay", "a\n\tb\n", "a\n\tb\n"},
		{"Windows line ends become line feeds", "a\r\nb\rc", "a\nb\nc"},
		{"Unicode line ends become line feeds", "a\u2028b\u2029c\u0085d", "a\nb\nc\nd"},
		{"an escape sequence goes whole", "\x1b[31mred\x1b]0;title\x07", "red"},
		{"the one-character introducers go, too", "\u009b31mred \u009d0;t\u009c", "31mred 0;t"},
		{"NUL, backspace and delete go", "a\x00b\x08c\x7fd", "abcd"},
		{"overrides and isolates of direction go", "a\u202eb\u202c\u2066c\u2069", "abc"},
		{"marks of direction go", "a\u200eb\u200fc\u061cd", "abcd"},
		{"joiners stay, words and emoji need them", "می\u200cخواهم 👨\u200d👩", "می\u200cخواهم 👨\u200d👩"},
		{"broken UTF-8 shows as such", "a\xffb\xe4\xbd", "a\uFFFDb\uFFFD"},
		{"everyone is not pinged", "hi @everyone and @here", "hi @\u200Beveryone and @\u200Bhere"},
		{"in capitals neither", "@Everyone @CHANNEL @gRoup", "@\u200BEveryone @\u200BCHANNEL @\u200BgRoup"},
		{"nor in brackets", "<!channel> <@U024BE7LH> <#C1> <@&42>", "<\u200B!channel> <\u200B@U024BE7LH> <\u200B#C1> <\u200B@&42>"},
		{"a bracket may hold a name", "<@everyone>", "<\u200B@\u200Beveryone>"},
		{"other names and signs stay", "me@example.org @ here <b> 3<4 @", "me@example.org @ here <b> 3<4 @"},
		{"a mention hidden by a control character is found", "@every\x00one <\x1b!here> @\u202ehere", "@\u200Beveryone <\u200B!here> @\u200Bhere"},
		{"one at the very end is found", "@here", "@\u200Bhere"},
		{"marks of HTML are no mentions", "<!DOCTYPE html><!-- x --><p>", "<!DOCTYPE html><!-- x --><p>"},
		{"a sign at the very end is harmless", "a <", "a <"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, chat.Plain(tt.text)); diff != "" {
				t.Errorf("Plain (-want +got):\n%s", diff)
			}
		})
	}
}

func FuzzPlain(f *testing.F) {
	for _, s := range []string{"", "@every\x00one", "<\x1b!here>", "a\r\nb", "\xff@here", "\u202e@\u202ehere", "<<@@everyone"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := chat.Plain(s)
		if !utf8.ValidString(got) {
			t.Errorf("Plain(%q) = %q: not UTF-8", s, got)
		}
		for _, r := range got {
			if unicode.IsControl(r) && r != '\n' && r != '\t' {
				t.Errorf("Plain(%q) = %q: holds %U", s, got, r)
			}
		}
		low := strings.ToLower(got)
		for _, m := range []string{"@everyone", "@here", "@channel", "@group", "<!here", "<!channel", "<!subteam", "<@", "<#"} {
			if strings.Contains(low, m) {
				t.Errorf("Plain(%q) = %q: still mentions %s", s, got, m)
			}
		}
		if again := chat.Plain(got); again != got {
			t.Errorf("Plain(%q) = %q, and again %q", s, got, again)
		}
	})
}
