package search

import (
	"context"
	"errors"
	"testing"

	"studybot/knowledge"
)

func TestAround(t *testing.T) {
	x := open(t, Config{})
	note := func(file string, texts ...string) Doc {
		d := Doc{File: file, Hash: file}
		for i, s := range texts {
			d.Passages = append(d.Passages, knowledge.Passage{File: file, Lines: knowledge.Span{Start: i + 1, End: i + 1}, Text: s, Hollow: s == "标题"})
		}
		return d
	}
	update(t, x, []Doc{note("a.md", "一", "标题", "二", "三"), note("b.md", "四")})
	text := func(p *knowledge.Passage) string {
		if p == nil {
			return "-"
		}
		return p.Text
	}
	tests := []struct{ name, file, text, before, after string }{
		{"the first", "a.md", "一", "-", "二"},
		{"a title between is no neighbour", "a.md", "二", "一", "三"},
		{"the last", "a.md", "三", "二", "-"},
		{"the only one", "b.md", "四", "-", "-"},
		{"not there any more", "a.md", "五", "-", "-"},
		{"a note that is gone", "c.md", "一", "-", "-"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before, after, err := x.Around(t.Context(), knowledge.Passage{File: tt.file, Text: tt.text})
			if err != nil {
				t.Fatal(err)
			}
			if text(before) != tt.before || text(after) != tt.after {
				t.Errorf("around %s: %s and %s, want %s and %s", tt.text, text(before), text(after), tt.before, tt.after)
			}
		})
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := x.Around(ctx, knowledge.Passage{File: "a.md", Text: "三"}); !errors.Is(err, context.Canceled) {
		t.Errorf("after cancel: %v", err)
	}
}
