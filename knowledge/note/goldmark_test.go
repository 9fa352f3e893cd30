package note

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"pgregory.net/rapid"
)

// goldmarkHeadings returns the lines of the headings that goldmark, a parser of CommonMark, sees outside of
// lists and quotes.
func goldmarkHeadings(src []byte) (lines []int) {
	doc := goldmark.DefaultParser().Parse(text.NewReader(src))
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok && h.Lines().Len() > 0 {
			lines = append(lines, 1+bytes.Count(src[:h.Lines().At(0).Start], []byte("\n")))
		}
	}
	return lines
}

// In well-formed Markdown every heading of CommonMark is a section here, with its line, and what stands in
// fences is none. (In notes with broken fences the two differ on purpose.)
func TestHeadingsAreThoseOfCommonMark(t *testing.T) {
	blocks := []string{
		"# 网络基础\n", "## TCP 三次握手\n", "### What is a pod?\n", "Setext\n======\n", "小标题\n------\n", "#### RUN\n",
		"一段文字，说明一件事。\n", "- 第一\n- 第二\n", "1. one\n2. two\n", "```sh\n# a comment\n## another\n```\n", "~~~\n# no heading\n~~~\n",
		"    # indented code\n", "> # quoted\n", "#hashtag\n", "a | b\n--|--\n1 | 2\n", "<!-- # hidden -->\n",
	}
	rapid.Check(t, func(rt *rapid.T) {
		parts := rapid.SliceOfN(rapid.SampledFrom(blocks), 1, 15).Draw(rt, "blocks")
		src := []byte(strings.Join(parts, "\n"))
		n, err := Parse("x.md", src)
		if err != nil {
			rt.Fatal(err)
		}
		var got []int
		for _, s := range n.Sections {
			if s.Title != "" {
				got = append(got, s.TitleLine)
			}
		}
		slices.Sort(got)
		if diff := cmp.Diff(goldmarkHeadings(src), got); diff != "" {
			rt.Fatalf("headings of\n%s\n(-CommonMark +ours):\n%s", src, diff)
		}
	})
}
