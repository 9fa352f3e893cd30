package card

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"studybot/knowledge"
)

// shown writes cards as "question => options, the right ones with a star => answer".
func shown(cards []knowledge.Card) []string {
	var out []string
	for _, c := range cards {
		line := c.Question + " =>"
		for _, o := range c.Options {
			if line += " "; o.Right {
				line += "*"
			}
			line += o.Text
		}
		out = append(out, strings.ReplaceAll(line+" => "+c.Answer, "\n", "|"))
	}
	return out
}

func checkShown(t *testing.T, file string, lines, want []string) {
	t.Helper()
	if diff := cmp.Diff(want, shown(cardsOf(t, file, strings.Join(lines, "\n")+"\n"))); diff != "" {
		t.Errorf("cards (-want +got):\n%s", diff)
	}
}

// Answers in blocks that are folded away, whose question stands above them.
func TestFoldedAnswers(t *testing.T) {
	tests := []struct {
		style string
		lines []string
		want  []string
	}{
		{"a task with a number in bold", []string{"**练习 1**：把轴的转速减半。", "", "<details>", "<summary>查看答案</summary>", "", "用两倍齿数的从动轮。", "", "</details>"},
			[]string{"把轴的转速减半。 => => 用两倍齿数的从动轮。"}},
		{"a paragraph under a heading that counts", []string{"### 思考题 2", "皮带打滑时先查哪里？张力够吗？", "", "<details>", "<summary>点击查看答案</summary>", "先查张力。", "</details>"},
			[]string{"皮带打滑时先查哪里？张力够吗？ => => 先查张力。"}},
		{"a task that is the heading", []string{"### Exercise 3: Sharpen a plane iron", "", "??? success \"Solution\"", "    Hone it on a flat stone.", "", "    Strop it."},
			[]string{"Sharpen a plane iron => => Hone it on a flat stone.||Strop it."}},
		{"all on one line", []string{"**练习 4**：为什么先钻小孔？", "", "<details><summary>参考答案</summary><p>大钻头会跟着小孔走。</p></details>"},
			[]string{"为什么先钻小孔？ => => 大钻头会跟着小孔走。"}},
		{"one block for a list of questions", []string{"## 自检", "", "1. 锉刀往哪个方向用力？", "2. 锯条的齿朝哪边？", "", "<details>", "<summary>查看答案</summary>", "", "1. 向前推时。", "2. 朝前。", "", "</details>", "", "## 下一步"},
			[]string{"锉刀往哪个方向用力？ => => 向前推时。", "锯条的齿朝哪边？ => => 朝前。"}},
		{"one block for several choices", []string{"**1. 哪个量角度？**", "", "- A. 卡尺", "- B. 量角器", "", "**2. 哪个夹得紧？**", "", "- A. 台钳", "- B. 镊子", "", "::: details 答案", "1. **B**（有刻度盘）", "2. **A**", ":::"},
			[]string{"哪个量角度？ => 卡尺 *量角器 => B. 量角器|有刻度盘", "哪个夹得紧？ => *台钳 镊子 => A. 台钳"}},
		{"a block inside an item", []string{"1. 哪个最硬？", "", "   - A. 铝", "   - B. 钢", "", "   ::: details 查看答案", "   **B**", "", "   含碳。", "   :::", "", "2. 为什么要淬火？", "", "   ::: details 查看答案", "   让它更硬。", "   :::"},
			[]string{"哪个最硬？ => 铝 *钢 => B. 钢|含碳。", "为什么要淬火？ => => 让它更硬。"}},
		{"the words before an answer in a block", []string{"## Question 5", "**Topic:** Glue", "**Type:** Open-Ended", "", "When is hide glue the better choice?", "", "<details>", "<summary>Answer & Explanation</summary>", "", "**Answer:** When the joint must come apart again.", "", "</details>"},
			[]string{"When is hide glue the better choice? => => When the joint must come apart again."}},
		{"a block of Hugo with a question", []string{"{{< details \"Why wax a saw?\" >}}", "It runs easier.", "{{< /details >}}", "", "{{< details \"Expand\" >}}", "- nothing", "{{< /details >}}"},
			[]string{"Why wax a saw? => => It runs easier."}},
		{"a list in HTML", []string{"<details>", "  <summary>What keeps a chisel safe?</summary>", "  <ul>", "    <li>a guard</li>", "    <li>a rack</li>", "  </ul>", "</details>"},
			[]string{"What keeps a chisel safe? => => - a guard|- a rack"}},
		{"a block of other text asks nothing", []string{"The machine prints a line.", "", "<details>", "<summary>Output</summary>", "", "ok 3", "", "</details>"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.style, func(t *testing.T) { checkShown(t, "a.md", tt.lines, tt.want) })
	}
}

// Questions with options as public collections write them.
func TestCollectedChoices(t *testing.T) {
	tests := []struct {
		style, file string
		lines       []string
		want        []string
	}{
		{"the stem under a label, the options too", "a.md", []string{"## 第 3 题 🟢", "", "**类型：** 单选题  ", "", "### 题目", "", "哪个是硬木？", "", "**选项：**", "- A. 松", "- B. 橡", "", "<details>", "<summary>查看答案</summary>", "", "### ✅ 正确答案：B", "", "### 📖 解析", "", "橡是阔叶树。", "", "</details>"},
			[]string{"哪个是硬木？ => 松 *橡 => B. 橡|橡是阔叶树。"}},
		{"a scenario of two paragraphs", "a.md", []string{"### Question-4", "**Level**: easy", "", "A shop cuts many boards a day. The blade must last.", "", "Which blade is BEST?", "", "- [ ] steel", "- [x] carbide", "- [ ] bronze"},
			[]string{"A shop cuts many boards a day. The blade must last.|Which blade is BEST? => steel *carbide bronze => B. carbide"}},
		{"a tag around each question", "a.md", []string{"## Quiz", "", "<quiz>", "What is a mallet for?", "- [x] chisels", "- [ ] screws", "", "It is soft.", "</quiz>", "", "<quiz>", "What is an awl for?", "- [ ] glue", "- [x] marks", "</quiz>"},
			[]string{"What is a mallet for? => *chisels screws => A. chisels|It is soft.", "What is an awl for? => glue *marks => B. marks"}},
		{"the right one says so", "a.md", []string{"Which tool drills?", "", "- a brace", "  **(Correct)**", "- a plane", "- a rasp", "", "3. Which one is flat?", "   - a ball", "   - **a file** (correct)", "   - a rod"},
			[]string{"Which tool drills? => *a brace a plane a rasp => A. a brace", "Which one is flat? => a ball *a file a rod => B. a file"}},
		{"letters in boxes", "a.md", []string{"### Which order is right?", "", "- [ ] A: glue, then cut", "", "- [✓] B: cut, then glue"},
			[]string{"Which order is right? => glue, then cut *cut, then glue => B. cut, then glue"}},
		{"numbers in bold and a callout", "a.md", []string{"Which is true of oak ?", "", "- **1.** It is soft.", "- **2.** It is hard.", "", "> [!TIP]", "> **Correct answer: 2. It is hard.**"},
			[]string{"Which is true of oak ? => It is soft. *It is hard. => B. It is hard."}},
		{"wide letters", "a.txt", []string{"１．量长度用（　）。", "Ａ．尺　Ｂ．锤　Ｃ．锯", "【答案】Ａ", "２．属于木工的有（　）。", "Ａ．刨　Ｂ．凿", "Ｃ．焊枪", "【答案】ＡＢ"},
			[]string{"量长度用（ ）。 => *尺 锤 锯 => A. 尺", "属于木工的有（ ）。 => *刨 *凿 焊枪 => A. 刨|B. 凿"}},
		{"the answer at the end of the stem", "a.txt", []string{"1．榫头要插进 \tB。", "A．钉", "B．卯眼", "2、刨子的刀口朝哪：A", "A 下", "B 上"},
			[]string{"榫头要插进 => 钉 *卯眼 => B. 卯眼", "刨子的刀口朝哪 => *下 上 => A. 下"}},
		{"options that blank lines part", "a.md", []string{"4、哪个能磨刀？（）", "", "\tA 油石", "", "\tB 棉花", "", "\t答案：A 解析：硬。"},
			[]string{"哪个能磨刀？（） => *油石 棉花 => A. 油石|解析：硬。"}},
		{"the kind of question before its number", "a.txt", []string{"[单选题] 1. 胶要晾多久？", "A. 一天", "B. 一秒", "【答案】: A", "", "[判断题] 2. 湿木头可以直接上漆。", "【答案】: 错误"},
			[]string{"胶要晾多久？ => *一天 一秒 => A. 一天", "判断对错：湿木头可以直接上漆。 => 对 *错 => B. 错"}},
		{"statements without numbers", "a.txt", []string{"判断题", "锯条可以反着装。", "【答案】错", "", "木纹决定刨的方向。", "【答案】对", "", "填空题", "一打有 ____ 个。", "【答案】12"},
			[]string{"判断对错：锯条可以反着装。 => 对 *错 => B. 错", "判断对错：木纹决定刨的方向。 => *对 错 => A. 对", "一打有 ____ 个。 => => 12"}},
		{"verdicts behind statements", "a.txt", []string{"判断题：", "1．钉子比螺丝好拆。×", "2．胶合板有奇数层。√", "3. 凿子要磨成方口。（错）解析：要有斜面。"},
			[]string{"判断对错：钉子比螺丝好拆。 => 对 *错 => B. 错", "判断对错：胶合板有奇数层。 => *对 错 => A. 对", "判断对错：凿子要磨成方口。 => 对 *错 => B. 错|要有斜面。"}},
		{"a key with cues", "a.txt", []string{"1. 直角用什么画 A. 角尺 B. 圆规 C. 绳", "2. 下列是胶的有（）。A. 骨胶 B. 沙 C. 乳胶", "答案与解析", "1. 【答案】A", "【解析】两边垂直。", "2. 参考答案：AC"},
			[]string{"直角用什么画 => *角尺 圆规 绳 => A. 角尺|【解析】两边垂直。", "下列是胶的有（）。 => *骨胶 沙 *乳胶 => A. 骨胶|C. 乳胶"}},
		{"a key by parts", "a.md", []string{"### 1. What cuts? (2 points)", "", "a) saw  ", "b) glue", "", "### 2. What joins? (2 points)", "", "a) saw  ", "b) glue", "", "## Answer Key", "", "**PART A:** 1-a  ", "**PART B:** 2-b"},
			[]string{"What cuts? (2 points) => *saw glue => A. saw", "What joins? (2 points) => saw *glue => B. glue"}},
		{"a key in bold on one line", "a.md", []string{"1. Which one is soft?", "   A) pine", "   B) oak", "", "2. Which one sinks?", "   A) pine", "   B) iron", "", "**Answers:** 1. A, 2. B"},
			[]string{"Which one is soft? => *pine oak => A. pine", "Which one sinks? => pine *iron => B. iron"}},
		{"numbers under a number", "a.md", []string{"3. **A gross is how many?**", "   1. 12", "   2. 144", "", "   Answer: 2", "", "4) Which one glues? (Select one)", "a) tape  b) hide  c) nail", "", "**Ans: b**"},
			[]string{"A gross is how many? => 12 *144 => B. 144", "Which one glues? (Select one) => tape *hide nail => B. hide"}},
		{"line breaks of HTML", "a.md", []string{"<b>Question 5:</b> Which one is wood?<br>", "A. oak<br>", "B. tin<br>", "<b>Answer:</b> A"},
			[]string{"Which one is wood? => *oak tin => A. oak"}},
		{"tasks under links that ask", "a.md", []string{"# MOC", "", "- [[What is oak|oak]]", "- [ ] ask: why not?", "- [x] done"}, nil},
		{"tasks below questions with answers", "a.md", []string{"## Part", "**Why oil the saw?** It rusts.", "", "- [x] oil", "- [ ] rag", "", "## Next", "### What is a burr?", "", "A thin edge on steel.", "", "- [x] hone", "- [ ] strop"},
			[]string{"Why oil the saw? => => It rusts.", "What is a burr? => => A thin edge on steel.||- [x] hone|- [ ] strop"}},
		{"tasks below options", "a.md", []string{"**1. Which one is sharp?**", "", "- [ ] ball", "- [x] blade", "", "- [x] sweep the floor"}, []string{"Which one is sharp? => ball *blade => B. blade"}},
		{"a hint behind a stem in bold", "a.md", []string{"2. **Which one turns?** (Select one)", "", "   - [ ] post", "   - [x] wheel"}, []string{"Which one turns? (Select one) => post *wheel => B. wheel"}},
		{"a key in bullets", "a.md", []string{"1. Which one rolls?", "A. ball", "B. box", "2. Which one stands?", "A. ball", "B. box", "", "## Answers", "- 1. A", "- 2. B"},
			[]string{"Which one rolls? => *ball box => A. ball", "Which one stands? => ball *box => B. box"}},
		{"statements under headings", "a.md", []string{"## 判断题", "### 1. 铁比铝重。", "答案：T", "### 2. 木头不会收缩。", "<details><summary>答案</summary>", "", "×", "", "</details>"},
			[]string{"判断对错：铁比铝重。 => *对 错 => A. 对", "判断对错：木头不会收缩。 => 对 *错 => B. 错"}},
		{"letters with a semicolon", "a.txt", []string{"1. 哪些是金属？", "A. 铁", "B. 松", "C. 铜", "答案: A;C"}, []string{"哪些是金属？ => *铁 松 *铜 => A. 铁|C. 铜"}},
		{"a table of options", "a.md", []string{"| Question | A | B | Answer |", "|---|---|---|---|", "| Which cuts? | saw | glue | A |"},
			[]string{"Which cuts? => *saw glue => A. saw"}},
		{"a sentence under a label is no letter", "a.md", []string{"Which one planes?", "", "- [x] a plane", "- [ ] a nail", "", "**Explanation**", "", "A plane has a flat sole."},
			[]string{"Which one planes? => *a plane a nail => A. a plane|A plane has a flat sole."}},
	}
	for _, tt := range tests {
		t.Run(tt.style, func(t *testing.T) { checkShown(t, tt.file, tt.lines, tt.want) })
	}
}
