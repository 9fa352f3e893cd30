package card

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"studybot/knowledge"
)

// Explicit marks as public collections of questions write them, with their slips.
func TestPublicMarks(t *testing.T) {
	tests := []struct {
		style, file string
		lines       []string
		want        []string // question => answer
	}{
		{"headings that are items of a numbered list", "a.md", []string{
			"## Core", "", "1. ### What is a hook?", "", "    A function.", "", "    ```js", "    # no heading", "    ```", "", "   **[⬆ Back to Top](#top)**", "",
			"2. ### What is a ref?", "    It points at a node."},
			[]string{"What is a hook? => A function.||```js|# no heading|```", "What is a ref? => It points at a node."}},
		{"a summary with a list, code, and its end on the last item", "a.md", []string{
			"<details>", "<summary>What does each of these do?:", "", "  * up", "  * down</summary><br><b>", "", "One lifts, one lowers.", "</b></details>",
			"<details>", "<summary>Is the output the same?", "", "```", "echo a", "```", "</summary>", "Yes.", "</details>"},
			[]string{"What does each of these do?|  * up|  * down => One lifts, one lowers.", "Is the output the same?|```|echo a|``` => Yes."}},
		{"a summary that says what to do", "a.md", []string{"<details>", "<summary>Demonstrate a redirect</summary><br><b>", "", "ls > out", "</b></details>",
			"<details>", "<summary>A user locked the door and lost the key. Help.</summary>", "Call the smith.", "</details>"},
			[]string{"Demonstrate a redirect. => ls > out", "A user locked the door and lost the key. Help. => Call the smith."}},
		{"a question in the answer of another", "a.md", []string{"<details>", "<summary>How do you stop it?</summary>", "", "With kill.", "", "<details>", "<summary>And by force?</summary>", "", "With kill -9.", "", "</details>", "</details>"},
			[]string{"How do you stop it? => With kill.", "And by force? => With kill -9."}},
		{"a block that is not closed, and a fence", "a.md", []string{"<details>", "<summary>Where is the log?</summary>", "In /var.", "", "<details>", "<summary>What is in boot?</summary>", "```", "a kernel", "</details>", "",
			"<details>", "<summary>What is a shell?</summary>", "```", "bash", "```", "</details>"},
			[]string{"Where is the log? => In /var.", "What is in boot? => ```|a kernel", "What is a shell? => ```|bash|```"}},
		{"a question with credits before its answer", "a.md", []string{"#### **题目**：索引的工作原理", "", "#### **出题人**：某专家", "", "#### **参考答案**：", "", "排好序的结构。"},
			[]string{"索引的工作原理 => 排好序的结构。"}},
		{"an answer under a label in bold", "a.md", []string{"### 1. **What is Linux?**", "", "**Answer:**", "A kernel.", "", "### 2. 什么是内核？", "", "**标准回答：**", "", "系统的核心。"},
			[]string{"What is Linux? => A kernel.", "什么是内核？ => 系统的核心。"}},
		{"lines Q1, Q2 without headings", "a.txt", []string{"Q1. How to add a user?", "- useradd", "", "Q2. How to lock a user?", "- usermod -L"},
			[]string{"How to add a user? => - useradd", "How to lock a user? => - usermod -L"}},
		{"blocks of Logseq with the tag in front", "a.md", []string{"tags:: x", "type:: flashcards", "", "- #card How to add a paragraph", "  card-repeats:: 1", "\t- press enter", "- 乐观锁 #card", "\t- 提交时检查", "- 由 {{cloze 客户端}} 先发起 #card", "- a diary", "  id:: 65-a"},
			[]string{"How to add a paragraph? => - press enter", "什么是乐观锁？ => - 提交时检查", "由 ____ 先发起 => 客户端"}},
		{"a deck of Obsidian", "a.md", []string{"---", "tags: [flashcards/os]", "---", "", "Default port of the tracker :: 8080", "Default port of the store::5432", "#flashcards/net 挥手::断开连接 <!--SR:!2023-01-01,3,250-->", "", "It takes ==60 s==^[time] here."},
			[]string{"Default port of the tracker => 8080", "Default port of the store => 5432", "什么是挥手？ => 断开连接", "It takes ____（time） here. => 60 s"}},
		{"an export with remarks", "a.txt", []string{"# Import file", "# Format: front, back", "What is DNS?\tNames\tnet", "What is ARP?\tMACs\tnet"},
			[]string{"What is DNS? => Names", "What is ARP? => MACs"}},
		{"an export with columns for note type and deck", "a.txt", []string{"#separator:tab", "#html:true", "#guid column:1", "#notetype column:2", "#deck column:3", "x1\tBasic\tNet\tWhat is DNS?\t<b>Names</b>"},
			[]string{"What is DNS? => Names"}},
	}
	for _, tt := range tests {
		t.Run(tt.style, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, brief(cardsOf(t, tt.file, strings.Join(tt.lines, "\n")+"\n"))); diff != "" {
				t.Errorf("cards (-want +got):\n%s", diff)
			}
		})
	}
}

// What looks like a mark and is none.
func TestNoMarks(t *testing.T) {
	tests := map[string]string{
		"a path in a sentence":              "The method vector::push_back adds one to the end\n",
		"a path of two classes":             "A call of Shape::draw is virtual\n",
		"a path after spaced Chinese":       "容器 的 函数 vector::push_back 在 末尾 添加\n",
		"paths in a note that has code":     "Use the garden::vegetables here please\n\n```rust\nuse std::fmt;\n```\n",
		"a path in a table":                 "| The type of std::vec | a list |\n| --- | --- |\n| b | c |\n",
		"a type of Haskell":                 "foldr :: (a -> b -> b) -> b -> [a] -> b\n",
		"properties at the top":             "Genre:: Science fiction in space\nDate Read:: 2024-01-02\n下次复习:: 明天上午\n\ntext\n",
		"a property of a block":             "- a block\n  review notes:: some words here\n",
		"IPv6":                              "listen on [::]:80 and fe80::1 and 2001:db8::2\n",
		"IPv6 in quotes":                    "the interface must also have '::1' enabled for it\n",
		"a remark in brackets":              "* support for addresses ending in :: (J. Doe)\n",
		"YAML":                              "```yaml\na: b::c\n```\nimage: x::y\n",
		"a comparison":                      "if x == y and y == z then stop\n",
		"a selector":                        "the #card element is red\n",
		"cloze marks in backquotes":         "write `{{c1::text}}` to make a gap\n",
		"a table of contents without links": "## 目录\n1. 什么是锁？\n2. 什么是死锁？\n3. 什么是活锁？\n",
	}
	for name, src := range tests {
		t.Run(name, func(t *testing.T) {
			if got := brief(cardsOf(t, "a.md", src)); len(got) > 0 {
				t.Errorf("cards = %q, want none", got)
			}
		})
	}
}

func TestPublicChoices(t *testing.T) {
	tests := []struct {
		name  string
		lines []string
		want  []string // question | options, the right ones with a star | answer
	}{
		{"options whose text is code on the next lines", []string{"#### Q1.Which one is a title?", "", "- [ ]", "  ```html", "  <h1>", "  ```", "- [x] ⠀", "", "  ```html", "  <title>", "  ```"},
			[]string{"Which one is a title? | ```html⏎<h1>⏎``` *```html⏎<title>⏎``` | B. ```html⏎<title>⏎```"}},
		{"options that are names of code below", []string{"#### Q2. What is in out?", "", "```bash", "cat < in > out", "```", "", "- [ ] a", "", "```", "nothing", "```", "", "- [ ] b", "", "All files go", "", "- [x] c:", "", "```", "the same", "```", "", "The shell does it.", "", "It always did."},
			[]string{"What is in out?⏎```bash⏎cat < in > out⏎``` | a⏎```⏎nothing⏎``` b⏎All files go *c:⏎```⏎the same⏎``` | C. c:⏎```⏎the same⏎```⏎The shell does it.⏎⏎It always did."}},
		{"a gap in bold, and a full stop after the number", []string{"#### Q3。 To pause, use the **\\_** word.", "", "- [ ]get", "- [x] read"}, []string{"To pause, use the ____ word. | get *read | B. read"}},
		{"no option is ticked", []string{"#### Q4. Which one?", "", "- [ ] a", "- [ ] b"}, nil},
		{"a paragraph that asks under a heading that does not", []string{"# 值班小测", "", "下面哪些命令可以看端口？", "", "A. ss", "B. ls", "C. netstat", "", "答案：A、C"}, []string{"下面哪些命令可以看端口？ | *ss ls *netstat | A. ss⏎C. netstat"}},
		{"options apart, credits, and the answer in a heading", []string{"#### **题目**：哪些说法是错误的：（多选）", "", "A. 甲不能", "", "B. 乙能", "", "#### **出题人**：某专家", "", "#### **参考答案**：A，B"}, []string{"哪些说法是错误的：（多选） | *甲不能 *乙能 | A. 甲不能⏎B. 乙能"}},
		{"all on one line", []string{"1. TCP 在哪一层？ A. 链路层 B. 网络层 C. 传输层", "答案：C", "", "2. 下面正确的是（B） A. 甲 B. 乙 C. 丙"}, []string{"TCP 在哪一层？ | 链路层 网络层 *传输层 | C. 传输层", "下面正确的是（ ） | 甲 *乙 丙 | B. 乙"}},
		{"the letter alone under a label", []string{"3. 下面正确的是", "A. 甲", "B. 乙", "", "<details>", "<summary>Answer</summary>", "", "**B**", "", "因为乙。", "</details>"}, []string{"下面正确的是 | 甲 *乙 | B. 乙⏎因为乙。"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, c := range cardsOf(t, "a.md", strings.Join(tt.lines, "\n")+"\n") {
				got = append(got, strings.ReplaceAll(asChoice(c), "\n", "⏎"))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("choices (-want +got):\n%s", diff)
			}
		})
	}
}

// asChoice writes a card as "question | options, the right ones with a star | answer".
func asChoice(c knowledge.Card) string {
	var opts []string
	for _, o := range c.Options {
		if o.Right {
			o.Text = "*" + o.Text
		}
		opts = append(opts, o.Text)
	}
	return c.Question + " | " + strings.Join(opts, " ") + " | " + c.Answer
}
