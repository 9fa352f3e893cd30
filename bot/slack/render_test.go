package slack

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"
	"pgregory.net/rapid"

	"studybot/bot/chat"
	"studybot/bot/slack/slacktest"
)

// drawn writes rich text for the eye: *bold*, _italic_, ~struck~, `code`, [text](link), bullets, > quotes, and | before
// every line of code.
func drawn(elements []slack.RichTextElement) string {
	var b strings.Builder
	for _, e := range elements {
		switch e := e.(type) {
		case *slack.RichTextSection:
			b.WriteString(drawnSpans(e.Elements) + "\n")
		case *slack.RichTextPreformatted:
			for line := range strings.Lines(drawnSpans(e.Elements) + "\n") {
				b.WriteString("| " + line)
			}
		case *slack.RichTextQuote:
			b.WriteString("> " + drawnSpans(e.Elements) + "\n")
		case *slack.RichTextList:
			for _, item := range e.Elements {
				b.WriteString(strings.Repeat("  ", e.Indent) + "• " + drawnSpans(item.(*slack.RichTextSection).Elements) + "\n")
			}
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func drawnSpans(elements []slack.RichTextSectionElement) string {
	var b strings.Builder
	for _, e := range elements {
		switch e := e.(type) {
		case *slack.RichTextSectionTextElement:
			b.WriteString(styled(e.Text, e.Style))
		case *slack.RichTextSectionLinkElement:
			b.WriteString("[" + styled(e.Text, e.Style) + "](" + e.URL + ")")
		}
	}
	return b.String()
}

func styled(s string, style *slack.RichTextSectionTextStyle) string {
	if style == nil {
		return s
	}
	for _, is := range []struct {
		set  bool
		mark string
	}{{style.Code, "`"}, {style.Strike, "~"}, {style.Italic, "_"}, {style.Bold, "*"}} {
		if is.set {
			s = is.mark + s + is.mark
		}
	}
	return s
}

func TestMarkdown(t *testing.T) {
	tests := []struct {
		name, text string
		marks      []string
		want       string
	}{
		{name: "plain words", text: "客户端发送 SYN", want: "客户端发送 SYN"},
		{name: "bold between Chinese characters", text: "这是**重点：**内容", want: "这是*重点：*内容"},
		{name: "bold, italic, struck, code", text: "**a** *b* __c__ _d_ ~~e~~ `f*g*`", want: "*a* _b_ *c* _d_ ~e~ `f*g*`"},
		{name: "nested", text: "**a `b` *c***", want: "*a **`b`** **_c_*"},
		{name: "a product is no emphasis", text: "2*3*4 and a * b * c", want: "2*3*4 and a * b * c"},
		{name: "snake case is none", text: "net_ipv4_tcp __init__x", want: "net_ipv4_tcp __init__x"},
		{name: "escaped signs", text: `\*not bold\* \_x`, want: "*not bold* _x"},
		{name: "a heading", text: "## 三次握手 ##\ntext", want: "*三次握手*\ntext"},
		{name: "no heading", text: "#tag\n#!/bin/sh", want: "#tag\n#!/bin/sh"},
		{name: "bullets, nested, of any kind", text: "- a\n  - b\n* c\n+ d\nafter", want: "• a\n  • b\n• c\n• d\nafter"},
		{name: "tasks", text: "- [ ] open\n- [x] done", want: "• ☐ open\n• ☑ done"},
		{name: "numbers stay", text: "1. a\n2. b", want: "1. a\n2. b"},
		{name: "code keeps everything", text: "see\n```yaml\na: **b** # <!here>\n\n  c\n```\nafter", want: "see\n| a: **b** # <!here>\n| \n|   c\nafter"},
		{name: "code that does not end", text: "```\na\nb", want: "| a\n| b"},
		{name: "code in tildes", text: "~~~\na ``` b\n~~~", want: "| a ``` b"},
		{name: "a quotation", text: "> a\n> **b**\nc", want: "> a\n*b*\nc"},
		{name: "links", text: "[docs](https://k8s.io/a_b) <https://k8s.io> https://k8s.io/x。", want: "[docs](https://k8s.io/a_b) [https://k8s.io](https://k8s.io) [https://k8s.io/x](https://k8s.io/x)。"},
		{name: "a link that is none of the web", text: "[run](javascript:alert) [[wiki]] ![图](img/a.png)", want: "run (javascript:alert) [[wiki]] 图 (img/a.png)"},
		{name: "an address with a sign at its end", text: "(see http://a.b/c?d=e&f=g).", want: "(see [http://a.b/c?d=e&f=g](http://a.b/c?d=e&f=g))."},
		{name: "a table", text: "| 名字 | 数 |\n|---|--:|\n| 大一点 | 5 |\n| b | 12 |", want: "| 名字    数\n| 大一点   5\n| b       12"},
		{name: "a rule parts", text: "a\n---\nb", want: "a\nb"},
		{name: "a line break of HTML", text: "a<br>b", want: "a\nb"},
		{name: "marks, in any case, not in code", text: "Pod 的 pod `pod`", marks: []string{"pod"}, want: "*Pod* 的 *pod* `pod`"},
		{name: "mentions stay text", text: "<!channel> <@U024BE7LH> @here", want: "<!channel> <@U024BE7LH> @here"},
		{name: "control characters go", text: "a\x1b[31mb\x00c", want: "abc"},
		{name: "nothing", text: " \n\n", want: ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, drawn(richText(tt.text, tt.marks))); diff != "" {
				t.Errorf("rich text (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPlainText(t *testing.T) {
	if got, want := drawn(plainRichText("**a** # b\n`kubectl get` [x](y)")), "**a** # b\n`kubectl get` [x](y)"; got != want {
		t.Errorf("plain text: %q, want %q", got, want)
	}
}

func TestCut(t *testing.T) {
	tests := []struct {
		name       string
		text       string
		limit      int
		head, rest string
	}{
		{"what fits stays whole", "short", 10, "short", ""},
		{"after a paragraph", "one. two. three.\n\nfour and five", 26, "one. two. three.", "four and five"},
		{"after a line", "a line of words\nanother line of words", 24, "a line of words", "another line of words"},
		{"after a sentence", "第一句话很长。第二句话也很长。第三句", 16, "第一句话很长。", "第二句话也很长。第三句"},
		{"after an English one", "It is long. It goes on and on", 20, "It is long.", "It goes on and on"},
		{"anywhere where there is no end", strings.Repeat("x", 30), 20, strings.Repeat("x", 16), strings.Repeat("x", 14)},
		{"within code, which is closed and opened again", "```\naaaaaaaa\nbbbbbbbb\n```", 22, "```\naaaaaaaa\n```", "```\nbbbbbbbb\n```"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			head, rest := cut(tt.text, tt.limit)
			if head != tt.head || rest != tt.rest {
				t.Errorf("cut: %q and %q, want %q and %q", head, rest, tt.head, tt.rest)
			}
		})
	}
}

// Nothing gets lost by cutting, and every part fits.
func TestCutProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("ab 。.\n`中😀")), 0, 300, -1).Draw(t, "text")
		limit := rapid.IntRange(20, 100).Draw(t, "limit")
		bare := strings.NewReplacer("`", "", "\n", "", " ", "")
		var all strings.Builder
		rest := text
		for n := 0; rest != ""; n++ {
			var head string
			if head, rest = cut(rest, limit); size(head) > limit || n > 300 {
				t.Fatalf("part %d of %q has %d characters: %q", n, text, size(head), head)
			}
			all.WriteString(head)
		}
		if diff := cmp.Diff(bare.Replace(text), bare.Replace(all.String())); diff != "" {
			t.Errorf("parts (-want +got):\n%s", diff)
		}
	})
}

func TestColumns(t *testing.T) {
	rows := [][]string{{"#", "名字", "分"}, {"1", "一个非常非常长的名字", "7"}, {"12", "bob", "130"}}
	want := "" +
		" #  名字          分\n" +
		" 1  一个非常非…    7\n" +
		"12  bob          130"
	if diff := cmp.Diff(want, columns(rows, 12)); diff != "" {
		t.Errorf("columns (-want +got):\n%s", diff)
	}
}

// aMessage draws any message there may be.
func aMessage(t *rapid.T) chat.Message {
	word := rapid.OneOf(
		rapid.StringOfN(rapid.RuneFrom([]rune("ab 中文。.`*_~<>&|@!#[]()😀\n\t\x00\x1b-")), 0, 80, -1),
		rapid.SampledFrom([]string{"", "<!channel>", "@here", "```\n", "| a | b |\n", "- x\n", "https://a.b/c", "**x**", strings.Repeat("很长。", 2500), strings.Repeat("x", 9000), strings.Repeat("- y\n", 1500)}),
	)
	text := rapid.Custom(func(t *rapid.T) string { return strings.Join(rapid.SliceOfN(word, 0, 5).Draw(t, "words"), "") })
	block := rapid.Custom(func(t *rapid.T) chat.Block {
		switch rapid.IntRange(0, 3).Draw(t, "kind") {
		case 0:
			return chat.Text(text.Draw(t, "text"))
		case 1:
			return chat.Passage{Title: text.Draw(t, "title"), Text: text.Draw(t, "markdown"), Marks: []string{word.Draw(t, "mark"), "ab"}, Source: text.Draw(t, "source"),
				Link: rapid.SampledFrom([]string{"", "https://a.b/c|d>", "https://a.b/c?d=1&e#L3", "javascript:x"}).Draw(t, "link")}
		case 2:
			l := chat.List{Title: text.Draw(t, "title")}
			for range rapid.IntRange(0, 40).Draw(t, "items") {
				l.Items = append(l.Items, chat.Item{Mark: word.Draw(t, "mark"), Text: text.Draw(t, "text"), Note: word.Draw(t, "note")})
			}
			return l
		}
		tb := chat.Table{Head: []string{word.Draw(t, "cell"), "n"}}
		for range rapid.IntRange(0, 60).Draw(t, "rows") {
			tb.Rows = append(tb.Rows, []string{word.Draw(t, "cell"), "7"})
		}
		return tb
	})
	m := chat.Message{Title: text.Draw(t, "title"), Context: text.Draw(t, "context"), Blocks: rapid.SliceOfN(block, 0, 30).Draw(t, "blocks")}
	for range rapid.IntRange(0, 27).Draw(t, "buttons") {
		m.Buttons = append(m.Buttons, chat.Button{Action: "do " + rapid.StringMatching(`[a-z]{1,90}`).Draw(t, "action"), Label: "x" + word.Draw(t, "label")})
	}
	return m
}

// Whatever the message, Slack takes it, and it notifies nobody.
func TestEveryMessageFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := aMessage(t)
		bs := blocks(m, maxMessageBlocks, "Read on")
		raw, err := json.Marshal(bs)
		if err != nil {
			t.Fatal(err)
		}
		if err := slacktest.CheckMessage(fallback(m), raw); err != nil {
			t.Fatalf("%v\n%s", err, raw)
		}
		if p := slacktest.Pings(fallback(m), raw); len(p) > 0 {
			t.Fatalf("notifies %q:\n%s", p, raw)
		}
		if text := fallback(m); !utf8.ValidString(text) || text == "" {
			t.Fatalf("fallback %q", text)
		}
	})
}

// A long passage goes on behind a button, as long as that holds the rest.
func TestMore(t *testing.T) {
	long := strings.Repeat("一句话说完。", 700) // 4,200 characters
	m := chat.Message{Blocks: []chat.Block{chat.Passage{Text: long, Source: "a.md:1-700"}}}
	raw, err := json.Marshal(blocks(m, maxMessageBlocks, "Read on"))
	if err != nil {
		t.Fatal(err)
	}
	buttons := slacktest.Buttons(raw)
	if len(buttons) != 1 {
		t.Fatalf("buttons: %+v", buttons)
	}
	d, err := testDecoder().envelope("interactive", []byte(`{"type":"block_actions","user":{"id":"U1"},"actions":[{"type":"button","action_id":"`+
		buttons[0].ActionID+`","value":`+string(must(json.Marshal(buttons[0].Value)))+`}]}`))
	if err != nil || d.more == nil {
		t.Fatalf("the button asks for %+v: %v", d, err)
	}
	rest := d.more.Blocks[0].(chat.Passage)
	shown := strings.TrimSpace(slacktest.ShownText("", raw))
	head, _, _ := strings.Cut(shown, "\n")
	if head+rest.Text != long || rest.Source != "a.md:1-700" {
		t.Errorf("%d characters and %d more, want %d; source %q", size(head), size(rest.Text), size(long), rest.Source)
	}
}

func must(b []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return b
}

func FuzzMarkdown(f *testing.F) {
	for _, s := range []string{"**a", "[a](b", "```", "| a |", "> ", "- ", "\\", "<https://a>", "~~~\n```", "`` ` ``", "*_*_**~~~~"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m := chat.Message{Blocks: []chat.Block{chat.Passage{Text: s, Marks: []string{"ab", s}}, chat.Text(s)}}
		raw := must(json.Marshal(blocks(m, maxMessageBlocks, "Read on")))
		if err := slacktest.CheckMessage(fallback(m), raw); err != nil {
			t.Errorf("%q: %v", s, err)
		}
	})
}
