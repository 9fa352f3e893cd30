package card

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"studybot/knowledge"
	"studybot/knowledge/note"
)

// cardsOf reads a note and returns its cards.
func cardsOf(t testing.TB, file, src string) []knowledge.Card {
	t.Helper()
	n, err := note.Parse(file, []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	cards, _ := Read(n)
	return cards
}

// brief writes cards as lines "question => answer", with "|" for line ends.
func brief(cards []knowledge.Card) []string {
	out := []string{}
	for _, c := range cards {
		out = append(out, strings.ReplaceAll(c.Question+" => "+c.Answer, "\n", "|"))
	}
	return out
}

func TestCards(t *testing.T) {
	tests := []struct {
		name string
		note string
		want []string
	}{
		{"a heading that asks", "## 什么是死锁？\n互相等待对方的锁。\n", []string{"什么是死锁？ => 互相等待对方的锁。"}},
		{"a heading that asks takes its sub-sections when it has no text", "## How does DNS work?\n### Step one\nask the resolver\n### Step two\nask the root\n", []string{"How does DNS work? => ### Step one|ask the resolver|### Step two|ask the root"}},
		{"a heading that asks takes all below it that does not ask", "## 什么是锁\n锁保护共享数据。\n### 死锁的原因\n循环等待。\n", []string{"什么是锁？ => 锁保护共享数据。|### 死锁的原因|循环等待。"}},
		{"a label belongs to the answer above", "## 什么是锁\n锁保护共享数据。\n### 示例\nmu.Lock()\n", []string{"什么是锁？ => 锁保护共享数据。|### 示例|mu.Lock()"}},
		{"a label alone asks nothing", "## 总结\n锁很有用，要记得释放。\n", []string{}},
		{"a bare topic asks nothing", "# 数据库\n## 索引的优缺点\n- 查询快\n- 写入慢\n- 占空间\n", []string{"索引的优缺点有哪些？ => - 查询快|- 写入慢|- 占空间"}},
		{"a dependent title takes its topic", "# Redis\n## 持久化\n### 优点\n- 重启不丢\n- 可以备份\n", []string{"Redis 的优点有哪些？ => - 重启不丢|- 可以备份"}},
		{"a question with 'these' takes its topic", "# iptables\n## 为什么需要这些表？\n各管一类规则。\n", []string{"iptables：为什么需要这些表？ => 各管一类规则。"}},
		{"an empty heading asks nothing", "## 锁\n\n## 死锁的原因\n循环等待。\n", []string{"死锁的原因是什么？ => 循环等待。"}},
		{"nothing, a link or a picture is no answer", "## 什么是甲？\n略\n## 什么是乙？\n详见 other.md\n## 什么是丙？\n![x](a.png)\n## 什么是丁？\nTODO\n", []string{}},
		{"a list of links asks nothing", "## Useful sites\n- [a](http://a.b)\n- [b](http://b.c)\n", []string{}},
		{"a table of contents asks nothing", "# Notes\n\n- [What is X?](#what-is-x)\n- [What is Y?](#what-is-y)\n", []string{}},
		{"closing links are cut off an answer", "## What is X?\n\nX is a thing.\n\n- [more](http://a.b)\n- [even more](http://a.c)\n\n**[⬆ back to top](#top)**\n", []string{"What is X? => X is a thing."}},
		{"a fence stays in the answer", "## How do you list files?\n```sh\n# long form\nls -l\n```\n", []string{"How do you list files? => ```sh|# long form|ls -l|```"}},
		{"counted things", "## 锁的三种状态\n- 无锁\n- 偏向\n- 重量\n", []string{"锁有哪三种状态？ => - 无锁|- 偏向|- 重量"}},
		{"two things are compared", "## 进程和线程的区别\n进程有自己的地址空间，线程共享。\n", []string{"进程和线程有什么区别？ => 进程有自己的地址空间，线程共享。"}},
		{"steps", "## 磁盘替换\n1. 停服务\n2. 换盘\n3. 启动\n", []string{"磁盘替换的步骤是怎样的？ => 1. 停服务|2. 换盘|3. 启动"}},
		{"a verb", "## 查看端口占用\n```\nss -lnt\n```\n", []string{"如何查看端口占用？ => ```|ss -lnt|```"}},
		{"English noun phrases", "# Go\n## Goroutines vs Threads\nGoroutines are cheaper.\n## Deployment Strategies\n- rolling\n- blue green\n- canary\n", []string{"What is the difference between Goroutines and Threads? => Goroutines are cheaper.", "What are Deployment Strategies? => - rolling|- blue green|- canary"}},
		{"a heading that names several things lists its sub-headings", "# 键值库\n## 常见的淘汰策略\n### LRU 淘汰最久未用的键\n按时间淘汰。\n### LFU 淘汰最少使用的键\n按次数淘汰。\n### TTL 淘汰快要过期的键\n按过期时间淘汰。\n", []string{
			"键值库常见的淘汰策略有哪些？ => - LRU 淘汰最久未用的键|- LFU 淘汰最少使用的键|- TTL 淘汰快要过期的键",
			"LRU 淘汰最久未用的键是怎样的？ => 按时间淘汰。", "LFU 淘汰最少使用的键是怎样的？ => 按次数淘汰。", "TTL 淘汰快要过期的键是怎样的？ => 按过期时间淘汰。"}},
		{"versions and dates are no questions", "## v1.2.3\nfixed a bug in the parser\n## 2024-01-02\nread about locks today\n", []string{}},
		{"licence and contributing are no questions", "## License\nMIT, see the file.\n## Contributing\nSend a patch please.\n", []string{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, brief(cardsOf(t, "a.md", tt.note))); diff != "" {
				t.Errorf("cards (-want +got):\n%s", diff)
			}
		})
	}
}

func TestExplicitMarks(t *testing.T) {
	tests := []struct {
		name string
		file string
		note string
		want []string
	}{
		{"details", "a.md", "<details>\n<summary>What is <code>fork</code>?</summary><br><b>\n\nIt makes a child.\n\n- [more](http://a.b)\n</b></details>\n", []string{"What is fork? => It makes a child."}},
		{"details on one line", "a.md", "<details><summary>什么是 inode？</summary>索引节点</details>\n", []string{"什么是 inode？ => 索引节点"}},
		{"a summary on several lines", "a.md", "<details>\n<summary>\nWhat is a pipe?\n</summary>\nIt joins two programs.\n</details>\n", []string{"What is a pipe? => It joins two programs."}},
		{"details without an answer", "a.md", "<details>\n<summary>Explain pipes</summary><br><b>\n</b></details>\n", []string{}},
		{"details that hide the answer of a heading", "a.md", "### What is a port?\n\n<details><summary>Answer</summary>\n\nA number.\n\n</details>\n", []string{"What is a port? => A number."}},
		{"Q and A", "a.md", "Q: What is DNS?\nA: Names to addresses.\nA tree of zones.\n\nQ: And ARP?\nA: Addresses to addresses.\n", []string{"What is DNS? => Names to addresses.|A tree of zones.", "And ARP? => Addresses to addresses."}},
		{"Q and A on one line", "a.md", "Q: 什么是端口 A: 一个编号\n", []string{"什么是端口 => 一个编号"}},
		{"bold Q and A", "a.md", "**Q:** What is DNS?\n\n**A:** Names.\n", []string{"What is DNS? => Names."}},
		{"问 and 答", "a.md", "问：什么是锁？\n答：保护数据。\n问：什么是死锁？\n答：互相等待。\n", []string{"什么是锁？ => 保护数据。", "什么是死锁？ => 互相等待。"}},
		{"题目 and 参考答案", "a.md", "题目：写出查看端口的命令\n参考答案：ss -lnt\n", []string{"写出查看端口的命令 => ss -lnt"}},
		{"a heading with Q and an answer with A", "a.md", "### Q: What is DNS?\n\nA: Names.\n\n### Q: What is ARP?\n\nA: MACs.\n", []string{"What is DNS? => Names.", "What is ARP? => MACs."}},
		{"Q::A", "a.md", "三次握手::建立连接\n\n端口 22 ::: SSH\n", []string{"什么是三次握手？ => 建立连接", "什么是端口 22？ => SSH", "What is this: “SSH”? => 端口 22"}},
		{"Q::A in Latin letters", "a.md", "What does RAM stand for::Random access memory\n", []string{"What does RAM stand for? => Random access memory"}},
		{"paths, addresses, properties and code are no marks", "a.md", strings.Join([]string{
			"tags:: a, b", "- id:: 65-aa", "Author:: Bob", "日期:: 2024-01-01", "use std::vec::Vec;", "call `a::b` here", "std::move moves a value",
			"fe80::1", "listen on ::1 now", "http://[::1]:80/x", "::: tip", ":::", "[due:: 2024-01-01]", "    a::b", "```", "x::y z", "```", "key: a::b::c", "so_keepalive=30s::10"}, "\n") + "\n", []string{}},
		{"a question mark between question and answer", "a.md", "什么是 VIP\n?\n虚拟地址，\n会漂移。\n\n别的文字\n", []string{"什么是 VIP？ => 虚拟地址，|会漂移。"}},
		{"two question marks", "a.md", "What is a VIP?\n??\nA virtual address.\n", []string{"What is a VIP? => A virtual address.", "What is this: “A virtual address”? => VIP"}},
		{"highlights are gaps", "a.md", "地球绕==太阳==转，月亮绕==地球==转\n", []string{"地球绕____转，月亮绕____转 => 太阳|地球"}},
		{"comparisons are no gaps", "a.md", "if a == b and c == d then stop\nrun `x==1 && y==2` now\nx==1 && y==2\n", []string{}},
		{"Anki gaps, a question a number", "a.md", "{{c1::Canberra::city}} is the capital of {{c2::Australia}}\n", []string{"____（city） is the capital of Australia => Canberra", "Canberra is the capital of ____ => Australia"}},
		{"an Anki export", "a.txt", "#separator:tab\n#html:true\nWhat is X?\tIt is <b>x</b><br>indeed\n\"a \"\"b\"\"\nc\"\tans&nbsp;2\n", []string{"What is X? => It is x|indeed", "a \"b\"|c => ans 2"}},
		{"a file of tabs", "a.tsv", "question\tanswer\n什么是锁？\t保护数据\n什么是键？\t名字\n", []string{"什么是锁？ => 保护数据", "什么是键？ => 名字"}},
		{"a comment forces a card", "a.md", "# A\n<!-- studybot: card 甲是什么？ -->\n甲是一。\n\n<!-- studybot: card 乙呢？ -->\n乙是二。\n# B\nx\n", []string{"甲是什么？ => 甲是一。", "乙呢？ => 乙是二。"}},
		{"a comment skips a section", "a.md", "# 什么是甲？\n甲是一。\n# 什么是乙？\n<!-- studybot: skip -->\n乙是二。\n## 什么是丙？\n丙是三。\n", []string{"什么是甲？ => 甲是一。"}},
		{"front matter skips a note", "a.md", "---\nstudybot: skip\n---\n# 什么是甲？\n甲是一。\n", []string{}},
		{"a comment sets the topic", "a.md", "# 笔记\n<!-- studybot: topic Redis -->\n## 优点\n- 很快\n- 很稳\n- 很小\n", []string{"Redis 的优点有哪些？ => - 很快|- 很稳|- 很小"}},
		{"a note whose name asks", "什么是锁.md", "锁保护共享数据。\n", []string{"什么是锁？ => 锁保护共享数据。"}},
		{"scheduling remarks are stripped", "a.md", "三次握手::建立连接 <!--SR:!2024-01-01,3,250-->\n", []string{"什么是三次握手？ => 建立连接"}},
		{"logseq blocks", "a.md", "- 什么是 CAP 定理 #card\n  card-last-interval:: 4\n  - 一致性\n  - 可用性\n- 日志\n  - 今天写了代码\n- 为什么要分区\n  - 数据太多\n", []string{"什么是 CAP 定理？ => - 一致性|- 可用性", "为什么要分区？ => - 数据太多"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, brief(cardsOf(t, tt.file, tt.note))); diff != "" {
				t.Errorf("cards (-want +got):\n%s", diff)
			}
		})
	}
}

func TestChoices(t *testing.T) {
	type choice struct {
		Question, Options, Answer string
	}
	tests := []struct {
		name, note string
		want       []choice
	}{
		{"boxes", "#### Q1. Which parameter is the status?\n\n- [ ] `$!`\n- [x] `$?`\n- [ ] `$$`\n\n**Explanation:** It is the second.\n",
			[]choice{{"Which parameter is the status?", "`$!` *`$?` `$$`", "B. `$?`\n**Explanation:** It is the second."}}},
		{"a list of tasks is no question", "## Todo\n\n- [x] buy milk\n- [ ] sell milk\n", nil},
		{"letters and an answer below", "1、查看进程的命令是（  ）\nA. ls\nB. ps\nC. cd\n答案：B\n解析：ps 列出进程。\n\n2、查看目录的命令是（  ）\nA. ls\nB. ps\n答案：A\n",
			[]choice{{"查看进程的命令是（ ）", "ls *ps cd", "B. ps\n解析：ps 列出进程。"}, {"查看目录的命令是（ ）", "*ls ps", "A. ls"}}},
		{"letters on one line and the answer in the stem", "1. TCP 端口的范围是（ C ）\nA、0-100  B、0-1000  C、0-65535\n", []choice{{"TCP 端口的范围是（ ）", "0-100 0-1000 *0-65535", "C. 0-65535"}}},
		{"several right ones", "3. 数据库有（多选）\n- A: MySQL\n- B: Redis\n- C: Nginx\n\n**参考答案：A，B**\n", []choice{{"数据库有（多选）", "*MySQL *Redis Nginx", "A. MySQL\nB. Redis"}}},
		{"an answer hidden under details, and code in the stem", "###### 1. What's the output?\n\n```js\nf()\n```\n\n- A: `1`\n- B: `2`\n\n<details><summary><b>Answer</b></summary>\n<p>\n\n#### Answer: B\n\nBecause.\n\n</p>\n</details>\n\n---\n",
			[]choice{{"What's the output?\n```js\nf()\n```", "`1` *`2`", "B. `2`\nBecause."}}},
		{"letters without an answer are no question", "1. 选一个\nA. 甲\nB. 乙\n\n下面的文字\n", nil},
		{"a paragraph that begins with a letter is no option", "A. Turing was born in London.\nB. Russell was not.\n", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []choice
			for _, c := range cardsOf(t, "a.md", tt.note) {
				if c.Kind != knowledge.Choice {
					continue
				}
				var opts []string
				for _, o := range c.Options {
					if o.Right {
						o.Text = "*" + o.Text
					}
					opts = append(opts, o.Text)
				}
				got = append(got, choice{c.Question, strings.Join(opts, " "), c.Answer})
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("choices (-want +got):\n%s", diff)
			}
		})
	}
}

func TestDoubts(t *testing.T) {
	n, err := note.Parse("a.md", []byte("## 什么是甲？\n略\n## 什么是乙？\n详见 other.md\n## 什么是丙？\n![x](a.png)\n"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	_, problems := Read(n)
	for _, p := range problems {
		got = append(got, p.String())
	}
	want := []string{
		`a.md:1: "什么是甲？" ` + unanswered,
		`a.md:3: "什么是乙？" ` + elsewhere,
		`a.md:5: "什么是丙？" ` + pictured,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("doubts (-want +got):\n%s", diff)
	}
}

func TestCardPlace(t *testing.T) {
	c := cardsOf(t, "d/a.md", "# Redis\n\n## 1.2 什么是主从复制？☆\n\n一份数据，\n多份拷贝。\n\n## B\nx\n")[0]
	want := knowledge.Card{ID: c.ID, File: "d/a.md", Title: "什么是主从复制？", TitleLine: 3, Path: []string{"Redis"}, Question: "什么是主从复制？",
		Kind: knowledge.Explain, Lines: []knowledge.Span{{Start: 5, End: 6}}, Answer: "一份数据，\n多份拷贝。", KeyPoints: c.KeyPoints, Flags: []knowledge.Flag{}, Score: c.Score}
	if diff := cmp.Diff(want, c); diff != "" {
		t.Errorf("card (-want +got):\n%s", diff)
	}
	if !c.Askable() || c.Score <= 0.5 || len(c.ID) != 12 {
		t.Errorf("askable %v, score %v, id %q", c.Askable(), c.Score, c.ID)
	}
}

func TestLongAnswersAreFlagged(t *testing.T) {
	c := cardsOf(t, "a.md", "## 什么是甲？\n"+strings.Repeat("甲是一个很长的故事。\n", 800))[0]
	if !slices.Contains(c.Flags, knowledge.TooLong) {
		t.Errorf("flags = %v, want too_long", c.Flags)
	}
}

// checkCards reports what must hold of the cards of every note.
func checkCards(t interface{ Fatalf(string, ...any) }, n knowledge.Note, cards []knowledge.Card) {
	seen := map[knowledge.ID]bool{}
	last := 0
	for _, c := range cards {
		switch {
		case seen[c.ID]:
			t.Fatalf("two cards have the ID %s", c.ID)
		case c.TitleLine < last:
			t.Fatalf("cards are not in order of line at %d", c.TitleLine)
		case strings.TrimSpace(c.Question) == "" || strings.TrimSpace(c.Answer) == "":
			t.Fatalf("card at %d asks %q and answers %q", c.TitleLine, c.Question, c.Answer)
		case c.Score < 0 || c.Score > 1:
			t.Fatalf("score %v", c.Score)
		case len(c.KeyPoints) > 8:
			t.Fatalf("%d key points", len(c.KeyPoints))
		case len(c.Lines) == 0:
			t.Fatalf("card at %d has no lines", c.TitleLine)
		}
		seen[c.ID] = true
		last = c.TitleLine
		for _, s := range c.Lines {
			if s.Start < 1 || s.End > len(n.Lines) || s.Start > s.End {
				t.Fatalf("card at %d has lines %v of %d", c.TitleLine, s, len(n.Lines))
			}
		}
	}
}

func TestCardsHold(t *testing.T) {
	line := rapid.SampledFrom([]string{"", "", "# A", "## 什么是甲？", "### 优点", "text", "文字。", "- a", "  - b", "- 为什么？", "1. x", "```", "```sh", "---", "**b**",
		"<details><summary>q?</summary>", "</details>", "Q: a", "A: b", "问：甲", "答：乙", "a::b", "甲 :: 乙", "?", "==x== and more", "{{c1::a}} b", "- [x] a", "- [ ] b", "A. x", "B. y", "答案：B", "<!-- studybot: card Q -->", "#separator:tab", "x\ty", "- [ ]", "- 甲 #card", "\t- b", "x :: y", "key:: value", "Q1. 甲？", "Q2. 乙？", "1. ### 丙？", "a A. x B. y C. z", "#### **出题人**：丁", "<details>", "<summary>", "- z", "</summary>", "> [!faq] q?", "> a", "- 甲？ >> 乙", "| 问题 | 答案 |", "|--|--|", "| 甲 | 乙 |", "**甲？** 乙", "**练习 1**：甲", "### 思考题 1", "<summary>查看答案</summary>", "::: details 答案", ":::", "??? success \"Answer\"", "    甲", "$CATEGORY: a", "::a::b{=c ~d}", "START", "Basic", "Back: b", "END", "【答案】对", "**选项：**", "### ✅ 正确答案：B", "甲。√", "Ａ．x　Ｂ．y", "- a (correct)", "甲:::乙", "??", "Ans: x", "## 第1题", "参考答案：", "<!--SR:!2024-01-01,3,250-->"})
	rapid.Check(t, func(t *rapid.T) {
		src := strings.Join(rapid.SliceOfN(line, 0, 80).Draw(t, "lines"), "\n")
		n, err := note.Parse("a.txt", []byte(src))
		if err != nil {
			t.Fatalf("%v", err)
		}
		cards, _ := Read(n)
		checkCards(t, n, cards)
	})
}

func FuzzCards(f *testing.F) {
	for _, s := range []string{"## 什么是甲？\n乙\n", "<details><summary>q</summary>a</details>", "Q: a\nA: b\n", "a :: b\n", "q\n?\na\n", "==x== and y\n", "{{c1::a::b}} c\n",
		"1. q?\n- [x] a\n- [ ] b\n", "1. q\nA. x\nB. y\n答案：B\n", "#separator:tab\na\t\"b\n", "- q #card\n  - a\n", "Q1. a?\nb\nQ2. c?\nd\n", "q? A. x B. y C. z\n答案：B\n", "<details><summary>q\n- r</summary>\n<details><summary>s</summary>a</details>\n", "<!-- studybot: card q -->\na\n", "> [!question] q?\n> a\n", "- q? >> a\n- r? >>>\n  - b\n", "| Q | A |\n|--|--|\n| a | `b|c` |\n", "**q?** a\n", "#flashcards\na:::b\n\nc\n??\nd\n", "---\nstudybot: topic x\n---\n# 优点\n- a\n",
		"**练习 1**：q\n\n<details>\n<summary>查看答案</summary>\na\n</details>\n", "1. q?\n2. r?\n\n::: details 答案\n1. a\n2. b\n:::\n", "::t::q{=a ~%50%b#c ~d}\n\n::u::v{T}\n", "START\nBasic\nq\nBack: a\nEND\n", "STARTI [Basic] q Back: a ENDI\n", "１．q（　）\nＡ．x　Ｂ．y\n【答案】Ｂ\n", "判断题\n1．q。√\n2．r。×\n", "q？\n\n??? success \"Answer\"\n    a\n", "{{< details \"why?\" >}}\na\n{{< /details >}}\n", "q?\n- a (correct)\n- b\n- c\n", "## 面试题\nq？\n## 面试题剖析\na\n", "q?;a\nr?;b\ns?;c\n", "#separator:tab\nid-1\tq\ta\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		n, err := note.Parse("a.txt", src)
		if err != nil {
			return
		}
		cards, _ := Read(n)
		checkCards(t, n, cards)
		if len(Merge(cards)) > len(cards) {
			t.Fatalf("merging made more cards")
		}
	})
}

func TestTeamNotes(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/notes/*.txt")
	if len(files) == 0 {
		if os.Getenv("CI") == "true" {
			t.Fatal("the shared notes are missing")
		}
		t.Skip("the shared notes are missing")
	}
	total := 0
	for _, f := range files {
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		n, err := note.Parse(filepath.Base(f), src)
		if err != nil {
			t.Fatal(err)
		}
		cards, _ := Read(n)
		checkCards(t, n, cards)
		total += len(cards)
	}
	if total < 150 {
		t.Errorf("%d cards, want 150 at least", total)
	}
}

// longNote returns a note of size times 1,000 sections.
func longNote(size int) string {
	unit := "## 第%d种缓存的特点\n\n" + strings.Repeat("缓存把常用的数据放在离处理器更近的地方，读的时候先看缓存，没有再看后面的存储，写的时候要想好两边怎样一致。\n\n", 3) +
		strings.Repeat("- 命中率：由容量和访问的规律决定\n- 淘汰：按时间或按次数\n", 2) + "\n```sh\n# look at thing %d\ncat /proc/meminfo | grep Cached\n```\n\n" +
		"### What is cache %d?\n\n" + strings.Repeat("It keeps what is read often close to the processor, so that most reads are fast. ", 4) + "\n\n"
	var src strings.Builder
	for i := range size * 500 {
		fmt.Fprintf(&src, unit, i, i, i)
	}
	return src.String()
}

func BenchmarkCards(b *testing.B) {
	for _, size := range []int{1, 2, 4} {
		text := []byte(longNote(size))
		b.Run(fmt.Sprintf("%dx", size), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				n, err := note.Parse("a.md", text)
				if err != nil {
					b.Fatal(err)
				}
				Read(n)
			}
		})
	}
}

// BenchmarkReadAll reads notes side by side, as the library does, without key points.
func BenchmarkReadAll(b *testing.B) {
	text := []byte(longNote(1))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			n, err := note.Parse("a.md", text)
			if err != nil {
				b.Error(err)
				return
			}
			read(n, func(_, _ string) []string { return nil })
		}
	})
}

// BenchmarkRead is BenchmarkCards without the key points, which package grade finds.
func BenchmarkRead(b *testing.B) {
	for _, size := range []int{1, 2, 4} {
		text := []byte(longNote(size))
		b.Run(fmt.Sprintf("%dx", size), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				n, err := note.Parse("a.md", text)
				if err != nil {
					b.Fatal(err)
				}
				read(n, func(_, _ string) []string { return nil })
			}
		})
	}
}
