package discord

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"studybot/bot/chat"
)

func TestMarkdown(t *testing.T) {
	tests := []struct {
		name, note, want string
		marks            []string
	}{
		{"marks of Discord are shown as they are", "a*b* c_d ||e|| ~~f~~ [g](h)", `a\*b\* c\_d \|\|e\|\| \~\~f\~\~ \[g\](h)`, nil},
		{"code and strong text stay", "use `ls *_x` or **not**", "use `ls *_x` or **not**", nil},
		{"a lone backtick does not", "it`s", "it\\`s", nil},
		{"globs are no emphasis", "rm *.log and *.tmp", `rm \*.log and \*.tmp`, nil},
		{"a fence stays a fence", "x\n```bash\nls *\n```\ny", "x\n```bash\nls *\n```\ny", nil},
		{"an indented fence loses its indent", "- x\n  ```go\n  a\n    b\n  ```", "- x\n```go\na\n  b\n```", nil},
		{"a fence of tildes becomes one of backticks", "~~~\na\n~~~", "```\na\n```", nil},
		{"a fence without an end has one", "```\na", "```\na\n```", nil},
		{"a fence in a fence is broken", "````\n```\n````", "```\n`\u200b``\n```", nil},
		{"a table stands in a fence", "| a | b |\n|---|---|\n| 1 | 2 |", "```\n| a | b |\n|---|---|\n| 1 | 2 |\n```", nil},
		{"headings are strong", "## What *is* it", `**What \*is\* it**`, nil},
		{"bullets and quotes stay", "* a\n+ b\n  - c\n> d", "- a\n- b\n  - c\n> d", nil},
		{"small print is not ours", "-# a", `-\# a`, nil},
		{"addresses are left alone", "see https://x.example/a_b_c*d", `see https://x.example/a_b_c\*d`, nil},
		{"links stay", "see [a_b](https://x.example/a_b) and [c](d)", "see [a\\_b](https://x.example/a_b) and \\[c\\](d)", nil},
		{"marks are set off, whatever their case", "Pod 和 pod", "**Pod** 和 **pod**", []string{"pod"}},
		{"marks that touch are set off together", "三次握手", "**三次握手**", []string{"三次", "握手"}},
		{"a single letter is not set off in every word", "a pod has an a", "a **pod** has an a", []string{"a", "pod"}},
		{"marks are not set off in code", "`pod` pod", "`pod` **pod**", []string{"pod"}},
		{"nobody is named", "@everyone <@1> <@&2> <#3>", "@\u200beveryone \\<\u200b@1\\> \\<\u200b@&2\\> \\<\u200b\\#3\\>", nil},
		{"nor in code", "```\n@everyone\n```", "```\n@everyone\n```", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, markdown(tt.note, tt.marks)); diff != "" {
				t.Errorf("markdown (-want +got):\n%s", diff)
			}
		})
	}
}

func TestSplit(t *testing.T) {
	tests := []struct {
		name, text string
		limit      int
		want       []string
	}{
		{"what fits is one piece", "A b. C d.", 20, []string{"A b. C d."}},
		{"nothing is nothing", " ", 20, nil},
		{"a paragraph is not cut where the one before can end", "Aaaa bbbb cccc.\n\nDddd eeee ffff.", 24, []string{"Aaaa bbbb cccc.", "Dddd eeee ffff."}},
		{"else a line", "Aaaa bbbb ccc\nDddd eeee ffff.", 24, []string{"Aaaa bbbb ccc", "Dddd eeee ffff."}},
		{"else a sentence", "Aaaa bbbb cc. Dddd eeee ffff gggg.", 24, []string{"Aaaa bbbb cc.", " Dddd eeee ffff gggg."[1:]}},
		{"a Chinese one", "一二三四五六七八九。一二三四五六七八九十一二三四五六。", 20, []string{"一二三四五六七八九。", "一二三四五六七八九十一二三四五六。"}},
		{"a point within code ends none", "Aaaa bbbb ccc `dd. ee` ffff gggg", 28, []string{"Aaaa bbbb ccc `dd. ee`", "ffff gggg"}},
		{"a fence is closed and opened again", "```go\naaaaaaa\nbbbbbbb\nccccccc\n```", 28, []string{"```go\naaaaaaa\nbbbbbbb\n```", "```go\nccccccc\n```"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := split(tt.text, tt.limit)
			for i := range got {
				got[i] = strings.TrimLeft(got[i], " ")
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("pieces (-want +got):\n%s", diff)
			}
		})
	}
}

var words = rapid.SampledFrom([]string{"一", "二。", "word ", "end. ", "\n", "\n\n", "```\n", "```go\n", "`a. b`", "**x**", "😀", "- ", "# ", "| a |\n", "@everyone ", "\\", "*", "https://x.example/y ", "~~~\n", "　"})

// Nothing that is written is lost by cutting, whatever it is, and no piece is too long or leaves a fence open.
func TestSplitLosesNothing(t *testing.T) {
	letters := func(s string) string {
		return regexp.MustCompile("[\\s\\pZ`]|go").ReplaceAllString(s, "")
	}
	rapid.Check(t, func(t *rapid.T) {
		text := markdown(strings.Join(rapid.SliceOfN(words, 1, 200).Draw(t, "words"), ""), nil)
		limit := rapid.IntRange(40, 200).Draw(t, "limit")
		pieces := split(text, limit)
		for _, p := range pieces {
			if utf16Length(p) > limit {
				t.Errorf("a piece has %d of %d units: %q", utf16Length(p), limit, p)
			}
			if openAt(p) != "" {
				t.Errorf("a fence is open at the end of %q", p)
			}
		}
		if got, want := letters(strings.Join(pieces, "")), letters(text); got != want {
			t.Errorf("got\n%q\nof\n%q", got, want)
		}
	})
}

// Whatever a message holds, what is made of it is what Discord takes.
func TestLimits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := func(name string) string {
			return strings.Repeat(strings.Join(rapid.SliceOfN(words, 0, 8).Draw(t, name), ""), rapid.IntRange(1, 400).Draw(t, name+" times"))
		}
		m := chat.Message{Title: text("title"), Context: text("context"), Blocks: []chat.Block{
			chat.Text(text("text")), chat.Passage{Title: text("heading"), Text: text("passage"), Source: text("source"), Marks: []string{"一"}},
			chat.List{Title: text("list"), Items: []chat.Item{{Mark: "✓", Text: text("item"), Note: text("note")}}},
			chat.Table{Head: []string{"#", text("head")}, Rows: [][]string{{"1", text("cell")}, {"2"}}},
		}}
		for i := range rapid.IntRange(0, 30).Draw(t, "buttons") {
			m.Buttons = append(m.Buttons, chat.Button{Action: fmt.Sprint("a ", i%28), Label: text("label")})
		}
		n, err := New(Config{Token: testToken})
		if err != nil {
			t.Fatal(err)
		}
		out := n.render(m, "daily-20260302-abcdefghi-")
		if p := outgoingProblems(out); len(p) > 0 {
			t.Error(p)
		}
	})
}

func TestTable(t *testing.T) {
	got := tableText(chat.Table{Head: []string{"#", "成员", "积分", "作答"}, Rows: [][]string{{"1", "小明", "12", "3"}, {"10", "ann", "9", "11"}}})
	want := "```\n #  积分  作答  成员\n 1    12     3  小明\n10     9    11  ann\n```"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("table (-want +got):\n%s", diff)
	}
}
