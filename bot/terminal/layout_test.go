package terminal

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"studybot/bot/chat"
)

func TestTextWidth(t *testing.T) {
	tests := []struct {
		text string
		want int
	}{
		{"", 0}, {"pod", 3}, {"什么", 4}, {"。，？", 6}, {"“q”…", 4}, {"ｐ", 2}, {"ｱ", 1},
		{"e\u0301", 1}, {"a\u200bb", 2}, {"✓✗", 2}, {"🎉", 2}, {"한", 2}, {"\u00a0", 1},
	}
	for _, tt := range tests {
		if got := textWidth(tt.text); got != tt.want {
			t.Errorf("textWidth(%q): got %d, want %d", tt.text, got, tt.want)
		}
	}
}

func TestWrap(t *testing.T) {
	tests := []struct {
		name  string
		width int
		line  string
		want  []string
	}{
		{"without a width nothing is wrapped", 0, "a long long line", []string{"a long long line"}},
		{"nothing is one line", 10, "", []string{""}},
		{"what fits stays", 10, "0123456789", []string{"0123456789"}},
		{"words stay whole", 10, "the quick brown fox", []string{"the quick", "brown fox"}},
		{"a blank at the end of a line does not count", 5, "quick brown", []string{"quick", "brown"}},
		{"a word that is too long breaks anywhere", 4, "abcdefghij kl", []string{"abcd", "efgh", "ij", "kl"}},
		{"Chinese breaks between characters", 7, "三次握手的原因", []string{"三次握", "手的原", "因"}},
		{"a line does not begin with a full stop", 8, "三次握手。四次", []string{"三次握", "手。四次"}},
		{"nor end with an opening bracket", 6, "握手（三次）", []string{"握手", "（三", "次）"}},
		{"mixed text breaks between the two", 8, "用kubectl查看pod", []string{"用", "kubectl", "查看pod"}},
		{"a tab is four blanks", 8, "\tabcdef", []string{"", "abcdef"}},
		{"a wide character breaks after a word that no longer fits with it", 3, "a bc中", []string{"a", "bc", "中"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, style{width: tt.width}.wrap(tt.line)); diff != "" {
				t.Errorf("wrap (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWrapLosesNothingAndFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(2, 20).Draw(t, "width")
		line := rapid.StringOf(rapid.RuneFrom([]rune("ab 中文，。（）🎉"))).Draw(t, "line")
		lines := style{width: width}.wrap(line)
		for _, l := range lines[:len(lines)-1] {
			if textWidth(l) > width {
				t.Fatalf("%q is wider than %d", l, width)
			}
		}
		if last := strings.TrimRight(lines[len(lines)-1], " "); textWidth(last) > width {
			t.Fatalf("%q is wider than %d", last, width)
		}
		blankless := strings.NewReplacer(" ", "")
		if got, want := blankless.Replace(strings.Join(lines, "")), blankless.Replace(line); got != want {
			t.Fatalf("got %q, want %q", got, want)
		}
	})
}

func TestRenderTable(t *testing.T) {
	tests := []struct {
		name  string
		table chat.Table
		want  string
	}{
		{"nothing is nothing", chat.Table{}, ""},
		{
			"columns line up, numbers to the right",
			chat.Table{Head: []string{"#", "member", "points"}, Rows: [][]string{{"1", "小明", "12.5"}, {"10", "bob", "7"}, {"", "总计", "-"}}},
			" #  member  points\n──  ──────  ──────\n 1  小明      12.5\n10  bob          7\n    总计         -",
		},
		{
			"a word among the numbers puts them to the left",
			chat.Table{Head: []string{"n"}, Rows: [][]string{{"100"}, {"none"}, {"1"}}},
			"n\n────\n100\nnone\n1",
		},
		{
			"rows may be short or long, and there may be no head",
			chat.Table{Rows: [][]string{{"a"}, {"bb", "1", "c"}, {}}},
			"a\nbb  1  c\n",
		},
		{
			"a cell is one line, and harmless",
			chat.Table{Head: []string{"a\nb"}, Rows: [][]string{{"\x1b[31mred\r\n\tx"}}},
			"a b\n─────\nred x",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, strings.Join(renderTable(tt.table, style{}), "\n")); diff != "" {
				t.Errorf("table (-want +got):\n%s", diff)
			}
		})
	}
}

func TestRenderOnATerminal(t *testing.T) {
	m := chat.Message{
		Title: "什么是 Pod",
		Blocks: []chat.Block{
			chat.Passage{
				Text:   "Pod 是最小的调度单位，一个 pod 里有容器。\n~~~\na long line of code with pod\n~~~",
				Marks:  []string{"pod", "单位"},
				Source: "k8s.md:3-8",
			},
			chat.List{Items: []chat.Item{{Mark: "✓", Text: "holds containers that share", Note: "2/2"}}},
		},
		Buttons: []chat.Button{{Action: "a", Label: "Share", Primary: true}, {Action: "b", Label: "More of this"}},
		Context: "hint",
	}
	got := render(m, []int{1, 2}, style{colour: true, width: 20})
	replace := strings.NewReplacer("\x1b[1m", "<b>", "\x1b[2m", "<dim>", "\x1b[1;33m", "<mark>", "\x1b[1;36m", "<primary>", "\x1b[36m", "<button>", "\x1b[0m", "</>")
	want := `<b>什么是 Pod</>
<mark>Pod</> 是最小的调度<mark>单</>
<mark>位</>，一个 <mark>pod</> 里有容
器。
~~~
a long line of code with <mark>pod</>
~~~
<dim>— k8s.md:3-8</>

✓ holds containers
  that share  <dim>2/2</>
<primary>[1] Share</>
<button>[2] More of this</>
<dim>hint</>`
	if diff := cmp.Diff(want, replace.Replace(strings.Join(got, "\n"))); diff != "" {
		t.Errorf("render (-want +got):\n%s", diff)
	}
}

func TestFences(t *testing.T) {
	tests := []struct {
		name, open, line, want string
	}{
		{"backticks open", "", "```go", "```"},
		{"so do tildes, and more of them", "", "  ~~~~", "~~~~"},
		{"two do not", "", "``", ""},
		{"nor does code in a line", "", "```x``` y", ""},
		{"the same mark closes", "```", "```", ""},
		{"so does a longer one", "```", "`````", ""},
		{"a shorter one does not", "````", "```", "````"},
		{"nor the other", "```", "~~~", "```"},
		{"nor one with words behind", "```", "``` go", "```"},
	}
	for _, tt := range tests {
		if got := chat.NextFence(tt.open, tt.line); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}
