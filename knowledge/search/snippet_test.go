package search

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"studybot/knowledge/text"
)

var link = regexp.MustCompile(`\[[^\]\n]*\]\([^)\n]*\)`)

// latinWords returns the runs of letters and digits that are written between spaces.
func latinWords(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool {
		return text.IsHan(r) || !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

// Whatever a passage looks like: its snippet is valid text, words, links and code spans in
// it are whole, code blocks are opened and closed, and marks are words of the question.
func TestSnippetsAreWhole(t *testing.T) {
	x := team(t)
	v := x.view.Load()
	piece := rapid.SampledFrom([]string{
		"网卡收到数据包以后交给内核处理", "。", "，", "；", " ", "\n", "\n\n", "\n```sh\nss -lntp | grep zookeeper\n```\n", "\n~~~\nkubelet --v=4\n~~~\n", "\n```\n没有结尾",
		"[参考手册的说明](https://example.org/a_very/long(path)/of/words)", "`docker run --net=host`", "zookeeper", "configuration ", "superlongwordwithoutanyend",
		"\n| 参数 | 含义 |\n|---|---|\n| -t | TCP |\n", "Größe ", "\u0301", "👩‍💻", "\n- 一级\n  - 二级", "【注意】", "[未完", "](", "<b>粗</b>",
	})
	query := rapid.SampledFrom([]string{"网卡 zookeeper", "内核处理", "configuration", "参考手册", "-t", "没有结尾", "kubelet Größe"})
	rapid.Check(t, func(t *rapid.T) {
		src := strings.Join(rapid.SliceOfN(piece, 1, 120).Draw(t, "pieces"), "")
		typed := query.Draw(t, "query")
		m := newSpotter(v.ask(typed, &counting{}))
		got := m.snippet(src)
		if !utf8.ValidString(got) {
			t.Fatalf("not UTF-8: %q", got)
		}
		words := latinWords(src)
		for _, w := range latinWords(got) {
			if !slices.Contains(words, w) {
				t.Fatalf("%q is no word of the text: cut in %q", w, got)
			}
		}
		if whole := link.ReplaceAllString(src, ""); !strings.Contains(whole, "](") && strings.Contains(link.ReplaceAllString(got, ""), "](") {
			t.Fatalf("a link is cut in %q", got)
		}
		open := ""
		for line := range strings.Lines(got) {
			switch mark := fenceMark(line); {
			case mark != "" && open == "":
				open = mark
			case mark != "" && strings.HasPrefix(mark, open):
				open = ""
			}
		}
		if open != "" {
			t.Fatalf("a code block is not closed in %q", got)
		}
		for _, w := range m.marks(src) {
			part := slices.ContainsFunc(latinWords(typed), func(q string) bool { return strings.Contains(text.Normal(w), text.Normal(q)) })
			if !strings.Contains(src, w) || !part && !strings.Contains(text.Normal(typed), text.Normal(w)) {
				t.Fatalf("mark %q has no word of %q", w, typed)
			}
		}
	})
}
