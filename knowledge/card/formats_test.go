package card

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The ways in which public collections write one format, each with all its questions.
func TestFormats(t *testing.T) {
	tests := []struct {
		format, file, note string
		want               []string // question => answer
	}{
		{"Q: and A: in all spellings", "a.md", `Q: What is a gear?
A: A toothed wheel.

**Q:** What is a belt?
**A:** It carries force.

**Question:** What is a nut?

**Answer:** It holds a bolt.

### Q1: What is a cam?
**A1:** It lifts.

Q2. What is a rod?
A2. It pushes.

- Q: What is a pin?
- A: It keeps a place.

> Q: What is a key?
> A: It locks a wheel.

#### Q. What is a hub?
A. The middle of a wheel.

q: what is a rim?
a: the edge of a wheel.

Q3: What is a bolt? A: It has a thread.
`, []string{"What is a gear? => A toothed wheel.", "What is a belt? => It carries force.", "What is a nut? => It holds a bolt.", "What is a cam? => It lifts.", "What is a rod? => It pushes.",
			"What is a pin? => It keeps a place.", "What is a key? => It locks a wheel.", "What is a hub? => The middle of a wheel.", "what is a rim? => the edge of a wheel.", "What is a bolt? => It has a thread."}},
		{"问 and 答 in all spellings", "a.md", "问：什么是齿轮？\n答：带齿的轮子。\n\n**问：** 什么是皮带？\n**答：** 传力的带子。\n\n问题二：什么是螺母？\n回答：配螺栓用。\n\n【问】什么是销钉？\n【答】定位的。\n\n面试官：什么是凸轮？\n我：顶起推杆。\n\n**面试题 1：** 什么是轴？\n\n**参考答案：**\n\n传递转动。\n\n分两种。\n\n什么是轮毂？答：轮子的中心。\n",
			[]string{"什么是齿轮？ => 带齿的轮子。", "什么是皮带？ => 传力的带子。", "什么是螺母？ => 配螺栓用。", "什么是销钉？ => 定位的。", "什么是凸轮？ => 顶起推杆。", "什么是轴？ => 传递转动。||分两种。", "什么是轮毂？ => 轮子的中心。"}},
		{"numbered lines with the cue of an answer", "a.txt", "1. What is oil for?\nAns: It keeps parts apart.\n2. What is grease?\nAns: Thick oil.\nIt stays where it is.\n3. Define wear.\nAns. Loss by rubbing.\n\n4) Does it matter?\nAnswer: Yes, much.\n",
			[]string{"What is oil for? => It keeps parts apart.", "What is grease? => Thick oil.|It stays where it is.", "Define wear. => Loss by rubbing.", "Does it matter? => Yes, much."}},
		{"a cue for the question only", "a.md", "> **Q: What is a lever?**\n\nA bar on a point.\n\n> **Q: What is a wedge?**\n\nIt parts things.\n", []string{"What is a lever? => A bar on a point.", "What is a wedge? => It parts things."}},
		{"true or false", "a.md", "9、判断题：油比水重。（ × ）\n答案：错\n", []string{"判断对错：油比水重。 => B. 错"}},
		{"a heading that counts over its question", "a.md", "## 第1题\n\n什么是轴承？\n\n减小摩擦的零件。\n\n## Question 2\n\nWhat is a seal?\n\n### Answer\n\nIt keeps oil in.\n\n## 第3题\n\n### 题目\n\n简述润滑。\n\n### 参考答案\n\n加油。\n",
			[]string{"什么是轴承？ => 减小摩擦的零件。", "What is a seal? => It keeps oil in.", "简述润滑。 => 加油。"}},
		{"a question in bold before its answer", "a.md", "- **What is torque?** A turning force.\n- **What is slip?**: lost motion\n  - of belts\n\n**1) What is play?** Room between parts.\n",
			[]string{"What is torque? => A turning force.", "What is slip? => lost motion|- of belts", "What is play? => Room between parts."}},
		{"a table of questions and answers", "a.md", "| Question | Answer |\n| --- | --- |\n| What is a jack? | It lifts `a | b`. |\n| What is a vice? | |\n\n| 术语 | 解释 |\n|:--|:--|\n| 公差 | 允许的偏差 |\n",
			[]string{"What is a jack? => It lifts `a | b`.", "什么是公差？ => 允许的偏差"}},
		{"call-outs that ask", "a.md", "> [!question] What is a lathe?\n> It turns work.\n>\n> - slowly\n\n> [!faq]- And a mill?\n> > [!success] Answer\n> > It cuts.\n", []string{"What is a lathe? => It turns work.||- slowly", "And a mill? => It cuts."}},
		{"arrows of RemNote", "a.md", "- What is iron? >> A metal\n- Copper >> A red metal\n- What are alloys >>>\n    - brass\n    - steel\n- 锡 >> 软金属\n- echo a >> log.txt\n", []string{"What is iron? => A metal", "What is Copper? => A red metal", "What are alloys? => - brass|- steel", "什么是锡？ => 软金属"}},
		{"fronts that are phrases stay as they are", "a.md", "#flashcards\n\ncapital of the island::Port\nlist all files :: ls -a\n", []string{"capital of the island => Port", "list all files. => ls -a"}},
		{"a note of Obsidian known by its schedule only", "a.md", "Speed of sound::340 m/s\n<!--SR:!2024-01-01,3,250-->\n\nColour::Wave length\n", []string{"Speed of sound => 340 m/s", "What is Colour? => Wave length"}},
		{"blank lines around the mark, in a deck", "a.md", "#flashcards/x\n\nWhat is a fuse?\n\n?\n\nA thin wire.\n\ntext\n", []string{"What is a fuse? => A thin wire."}},
		{"reversed cards", "a.md", "#flashcards\n\n电压:::电势差\n\nWhat is a volt?\n??\nThe unit of voltage.\n", []string{"什么是电压？ => 电势差", "“电势差”指的是什么？ => 电压", "What is a volt? => The unit of voltage.", "What is this: “The unit of voltage”? => volt"}},
		{"gaps of Anki in a deck of Obsidian", "a.md", "#flashcards\n\nThe {{c1::coil}} moves in the {{c2::field}}.\n", []string{"The ____ moves in the field. => coil", "The coil moves in the ____. => field"}},
		{"Logseq with its own properties", "a.md", "title:: Machines\ntags:: x, y\n\n- # Parts\n  collapsed:: true\n\t- What is a spring? #card\n\t  card-last-score:: 5\n\t  id:: 636b9c1e-1111\n\t\t- It stores force\n\t- [[card]] How many turns?\n\t\t- Seven\n\t- query-table:: true\n\t- Diameter:: wide\n\t- wind up\n\t  :LOGBOOK:\n\t  CLOCK: [2022-11-09 Wed 12:00:00]\n\t  :END:\n",
			[]string{"What is a spring? => - It stores force", "How many turns? => - Seven"}},
		{"an outline of topics", "a.md", "- 泵\n\t- 离心泵的优缺点\n\t\t- 简单\n\t\t- 不自吸\n\t- 什么是汽蚀？\n\t\t- 气泡破裂\n- 阀\n\t- 截止阀和闸阀的区别\n\t\t- 阻力不同\n\t- 什么是背压？\n\t\t- 出口的压力\n- 今天\n\t- 买油\n",
			[]string{"离心泵的优缺点有哪些？ => - 简单|- 不自吸", "什么是汽蚀？ => - 气泡破裂", "截止阀和闸阀有什么区别？ => - 阻力不同", "什么是背压？ => - 出口的压力"}},
		{"quoted fields of several lines between tabs", "a.txt", "\"What is tar?\"\t\"black\nand thick\"\n\"What is pitch?\"\t\"harder\"\n", []string{"What is tar? => black|and thick", "What is pitch? => harder"}},
		{"summaries in every form", "a.md", "<details><summary>What is a weld?</summary>A joint.</details>\n\n<details>\n<summary>\nWhat is a rivet?\n</summary>\n\nA pin.\n\n</details>\n\n<details open>\n<summary><h3>What is glue?</h3></summary>\n<p>It sticks.</p>\n</details>\n\n<details>\n<summary><b>1. 什么是焊条？</b></summary>\n<br>\n\n焊接用的条。\n\n<details><summary>例子</summary>\n\n碳钢焊条\n\n</details>\n\n</details>\n",
			[]string{"What is a weld? => A joint.", "What is a rivet? => A pin.", "What is glue? => It sticks.", "什么是焊条？ => 焊接用的条。|||碳钢焊条"}},
		{"a summary over several questions, and one over a list of contents", "a.md", "<details>\n<summary>Tools</summary>\n\n#### What is a saw?\n\nIt cuts.\n\n#### What is a file?\n\nIt smooths.\n\n</details>\n\n<details>\n<summary>Table of contents</summary>\n\n- [a](#a)\n\n</details>\n\n<details><summary>See 9 translations</summary>\n\n- [x](x.md)\n\n</details>\n",
			[]string{"What is a saw? => It cuts.", "What is a file? => It smooths."}},
		{"questions whose answers are hidden", "a.md", "1. What is a plane?\n   <details>\n   <summary>Show answer</summary>\n\n   It shaves wood.\n\n   </details>\n\n2. What is a drill?\n   <details>\n   <summary>Click to see the answer</summary>\n\n   It makes holes.\n\n   </details>\n",
			[]string{"What is a plane? => It shaves wood.", "What is a drill? => It makes holes."}},
		{"links at the end of an answer, and the line that leads to them", "a.md", "<details>\n<summary>What is a clamp?</summary>\n\nIt holds.\n\nUseful resources:\n\n- [one](http://a.b)\n- [two](http://a.c)\n\n</details>\n", []string{"What is a clamp? => It holds."}},
		{"headings with numbers, links, and ways back to the top", "a.md", "# 50 tool questions and answers\n\n## Table of Contents\n\n| No. | Questions |\n| --- | --- |\n| 1 | [What is an anvil?](#a) |\n\n#### 3) What is an anvil?\n\nA block of iron.\n\n[[↑] Back to top](#top)\n\n##### Q4: How is it used?\n\nOne hits on it.\n\n### [5、什么是铁砧？](http://a.b/#5)\n\n一块铁。\n\n## Disclaimer\n\nNobody is to blame for what is said here.\n",
			[]string{"What is an anvil? => A block of iron.", "anvil: How is it used? => One hits on it.", "什么是铁砧？ => 一块铁。"}},
	}
	for _, tt := range tests {
		t.Run(tt.format, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, brief(cardsOf(t, tt.file, tt.note))); diff != "" {
				t.Errorf("cards (-want +got):\n%s", diff)
			}
		})
	}
}

// Lists of questions, paths and properties that are no cards.
func TestNotFormats(t *testing.T) {
	tests := map[string]string{
		"a list of the note's own headings": "# Book\n\n1. Pumps\n2. Valves\n\n## Pumps\n\n## Valves\n",
		"questions without answers":         "## 热身\n\n- 你学过什么？\n- 你想学什么？\n- 你怕什么？\n",
		"paths of Rust":                     "use std::{fs, io};\nuse std::io::*;\n\n## std::io::Read\n\nThe trait reads bytes from a source.\n",
		"properties in a list of Logseq":    "- x\n  id:: 636b9c1e-1111\n- query-table:: true\n- #card\n",
		"properties under a heading":        "## Book\nGenre:: Science fiction\nWritten by:: Ann Bell\nRating:: 5/5\n状态:: 已经读完了\nPages read:: 300 pages\n[Bought:: last year] (from:: a shop)\n",
		"a redirection of a shell":          "- echo a >> b.txt\n- cat c >> d\n- Settings >> General >> About\n- ls >> e\n",
	}
	for name, src := range tests {
		t.Run(name, func(t *testing.T) {
			if got := brief(cardsOf(t, "a.md", src)); len(got) > 0 {
				t.Errorf("cards = %q, want none", got)
			}
		})
	}
}

func TestChoiceFormats(t *testing.T) {
	tests := []struct{ form, note, want string }{ // question | options, the right ones with a star | answer
		{"A、 and the answer in the stem", "1、下面哪个是刀具？（ B ）\nA、钳子\nB、铣刀\nC、尺子\n", "下面哪个是刀具？（ ） | 钳子 *铣刀 尺子 | B. 铣刀"},
		{"two options a line and a key in brackets", "2．哪个能量长短（  ）。\nA．尺   B．锤\nC．锯   D．钉\n【答案】A\n【解析】尺有刻度。\n", "哪个能量长短（ ）。 | *尺 锤 锯 钉 | A. 尺⏎【解析】尺有刻度。"},
		{"(A) and several answers", "（4）下面属于金属的有？\n(A) 铁\n(B) 铜\n(C) 木\n答案：AB\n", "下面属于金属的有？ | *铁 *铜 木 | A. 铁⏎B. 铜"},
		{"A) and a quoted key", "**5. 哪个最硬？**\n\nA) 铝\nB) 钢\n\n> 答案：B\n>\n> 解析：含碳。\n", "哪个最硬？ | 铝 *钢 | B. 钢⏎解析：含碳。"},
		{"letters without a dot and a key in bold", "## 6. 有几个齿？\n\n- A 五\n- B 七\n\n**答案：** B\n", "有几个齿？ | 五 *七 | B. 七"},
		{"the reason on the line of the key", "### 第7题 哪个不是工具\n\n- A: 锤\n- B: 云\n\n**参考答案**：B。云不能用手拿。\n", "哪个不是工具 | 锤 *云 | B. 云⏎云不能用手拿。"},
		{"what a learner answered", "8. 哪些是木材？\nA. 松\nB. 杉\nC. 铁\n我的答案：A\n正确答案：A,B\n", "哪些是木材？ | *松 *杉 铁 | A. 松⏎B. 杉"},
		{"the key again with its option", "**Question 1:** Which one cuts?\n\na) tape\nb) saw\n\n**Answer:** b) saw\n", "Which one cuts? | tape *saw | B. saw"},
		{"the key in a block on one line", "2. Which one is round?\n   - A) box\n   - B) ball\n\n   <details><summary>Show Answer</summary>B</details>\n", "Which one is round? | box *ball | B. ball"},
		{"a heading in the block with the answer", "###### 1. What's the sum?\n\n```js\n1 + 1\n```\n\n- A: `1`\n- B: `2`\n\n<details><summary><b>Answer</b></summary>\n<p>\n\n#### Answer: B\n\nOne and one.\n\n</p>\n</details>\n", "What's the sum?⏎```js⏎1 + 1⏎``` | `1` *`2` | B. `2`⏎One and one."},
	}
	for _, tt := range tests {
		t.Run(tt.form, func(t *testing.T) {
			cards := cardsOf(t, "a.md", tt.note)
			if len(cards) != 1 {
				t.Fatalf("%d cards, want 1: %q", len(cards), brief(cards))
			}
			if diff := cmp.Diff(tt.want, strings.ReplaceAll(asChoice(cards[0]), "\n", "⏎")); diff != "" {
				t.Errorf("choice (-want +got):\n%s", diff)
			}
		})
	}
}
