package card

import (
	"strings"
	"testing"

	"studybot/knowledge/note"
)

// How collections mark the right options and answers.
func TestMarks(t *testing.T) {
	tests := []struct {
		mark  string
		lines []string
		want  []string
	}{
		{"a letter between signs of a formula", []string{"1. 最硬的木头是（   $B$  ）", "  A、松", "  B、橡", "2. 砂纸用来（$A$）。", "  A、打磨", "  B、上胶"},
			[]string{"最硬的木头是（ ） => 松 *橡 => B. 橡", "砂纸用来（ ）。 => *打磨 上胶 => A. 打磨"}},
		{"verdicts in letters", []string{"#### 判断题", "1. 湿木头容易开裂变形 （  $T$  ）", "2. 所有胶都怕水泡 ($F$)"},
			[]string{"判断对错：湿木头容易开裂变形 => *对 错 => A. 对", "判断对错：所有胶都怕水泡 => 对 *错 => B. 错"}},
		{"a colour", []string{"### 3. 哪把刀刨平？（）", "", "<font color=red>A. 刨子</font>", "", "B. 锉刀", "", "### 4. 哪把刀锯断？（）", "- A. 凿子", "- <span style=\"color:red\">B. 锯</span>"},
			[]string{"哪把刀刨平？（） => *刨子 锉刀 => A. 刨子", "哪把刀锯断？（） => 凿子 *锯 => B. 锯"}},
		{"a statement over boxes", []string{"3. 骨胶遇水会软", "", "- [√] 正确", "- [ ] 错误"}, []string{"骨胶遇水会软 => *正确 错误 => A. 正确"}},
		{"a colour behind the letter", []string{"2. 哪种胶怕水？", "A. 环氧胶", "B. <font color=\"red\">骨胶</font>", "C. 氯丁胶"}, []string{"哪种胶怕水？ => 环氧胶 *骨胶 氯丁胶 => B. 骨胶"}},
		{"a colour in a table", []string{"### 1. 哪些是硬木:", "|编号|选项|", "|:-|:-|", "|<font color=\"red\">A</font>|<font color=\"red\">橡木</font>|", "|B|松木|", "|<font color=\"red\">C</font>|<font color=\"red\">榉木</font>|"},
			[]string{"哪些是硬木: => *橡木 松木 *榉木 => A. 橡木|C. 榉木"}},
		{"an arrow", []string{"### Question 1:", "", "Which one holds? <br>", "-><b> A: </b> vise <br>", " <b> B: </b> rag <br>"}, []string{"Which one holds? => *vise rag => A. vise"}},
		{"italics", []string{"**1. Which one cuts?**", "A) wax", "B) saw", "*Answer*: B"}, []string{"Which one cuts? => wax *saw => B. saw"}},
		{"a word before each letter of a key, by chapters", []string{"### Question 1", "Which one turns?", "", "A) lathe  ", "B) bench  ", "", "---", "", "### Question 2", "Which ones stand?", "", "A) belt  ", "B) bench  ", "C) rack  ", "", "---", "", "## ✅ Answer Key", "<a id=\"key\"></a>", "", "### Chapter 1 (Question 1)", "", "**1. Answer: A** - lathe", "*Explanation:* It has a motor.", "", "### Chapter 2 (Question 2)", "", "**2. Answer: B, C** - both"},
			[]string{"Which one turns? => *lathe bench => A. lathe|lathe|*Explanation:* It has a motor.", "Which ones stand? => belt *bench *rack => B. bench|C. rack|both"}},
		{"a key under a heading with a number", []string{"## 7. 练习", "", "**1. 哪个硬？**", "", "A. 松", "B. 橡", "", "**2. 哪个软？**", "", "A. 松", "B. 橡", "", "### 填空题", "", "**3.** 锯末可以 **____**。", "", "**4.** 刨子刨出 **____**。", "", "## 8. 答案", "", "### 选择题答案", "", "| 题号 | 答案 | 解析 |", "|---|---|---|", "| 1 | **B** | 它重 |", "| 2 | **A** | 它轻 |", "", "### 填空题答案", "", "**3.** **烧火**（很干）", "", "**4.** **刨花**"},
			[]string{"哪个硬？ => 松 *橡 => B. 橡|它重", "哪个软？ => *松 橡 => A. 松|它轻", "锯末可以 ____。 => => **烧火**（很干）", "刨子刨出 ____。 => => **刨花**"}},
		{"a label over the stem", []string{"### Q1: 胶", "", "**类型**：选择题", "", "**题目**：", "哪种胶最快？", "", "A. 白胶", "B. 快干胶", "", "**正确答案**：B", "", "---", "", "### Q2: 工序", "", "**题目**：", "排列下面的步骤：", "", "A. 上漆", "B. 打磨", "", "**正确顺序**：B → A"},
			[]string{"哪种胶最快？ => 白胶 *快干胶 => B. 快干胶", "排列下面的步骤：||A. 上漆|B. 打磨 => => B → A"}},
		{"a label before the stem", []string{"#### 题目1：", "", "**题目描述**：The shop is cold.", "You heat the glue.", "Solution: You use a stove.", "Does it help?", "", "**选项**：", "A. Yes", "B. No", "", "**正确答案**：A"}, []string{"The shop is cold.|You heat the glue.|Solution: You use a stove.|Does it help? => *Yes No => A. Yes"}},
		{"a label of a stem below other text", []string{"Hard ones", "Question: Which is true?", "", "A) Wax is hard.", "B) Steel is hard.", "Correct Answer: B", "", "Question: What does this print?", "", "python", "print(1)", "A) 1", "B) 2", "Correct Answer: A"},
			[]string{"Which is true? => Wax is hard. *Steel is hard. => B. Steel is hard.", "What does this print?|python|print(1) => *1 2 => A. 1"}},
		{"the kind of question in a heading that asks", []string{"### Q1 [选择题] 胶和漆的区别", "", "哪一个能粘住木头？", "", "A. 胶", "B. 漆", "", "- **正确答案**：A", "- **评分要点**：选对即可"}, []string{"哪一个能粘住木头？ => *胶 漆 => A. 胶"}},
		{"a part and a number", []string{"## Part D", "", "**D1.** The oak is:", "(a) hard (b) soft (c) green", "**Ans: (a)** — It is dense.", "", "**D2.** The pine is:", "(a) hard (b) soft (c) green", "**Ans: (b)** — It is light."},
			[]string{"The oak is: => *hard soft green => A. hard|— It is dense.", "The pine is: => hard *soft green => B. soft|— It is light."}},
		{"a heading in a folded answer, and the letter again", []string{"Which one dries first?", "", "- A. oil", "- B. shellac", "", "<details><summary><b>Answer</b></summary>", "", "#### Answer: B", "**The correct answer is B** because alcohol leaves the film in minutes.", "", "</details>"},
			[]string{"Which one dries first? => oil *shellac => B. shellac|**The correct answer is B** because alcohol leaves the film in minutes."}},
		{"what is wrong with the others", []string{"### Question:", "Which one glues?", "", "A. sand", "B. hide", "", "### Correct Answer: B", "", "### Explanation:", "It melts.", "", "**Why other options are incorrect:**", "- **A. sand** - It cuts.", "", "## Next"}, []string{"Which one glues? => sand *hide => B. hide|It melts.||**Why other options are incorrect:**|- **A. sand** - It cuts."}},
		{"a long program over a folded answer", append(append([]string{"2021-4-1", "", "这段程序对吗？", "", "```go"}, strings.Split(strings.Repeat("saw()\n", 20)+"```", "\n")...), "", "<details>", "<summary>答案</summary>", "", "不对。", "", "</details>"), []string{"这段程序对吗？||```go|" + strings.Repeat("saw()|", 20) + "``` => => 不对。"}},
		{"boxes under a number", []string{"**Q7.** Wool is also known as:", "", "- [x] A) hair", "- [ ] B) grass", "", "Question 8: Wax is:", "", "- [ ] hard", "- [x] soft"}, []string{"Wool is also known as: => *hair grass => A. hair", "Wax is: => hard *soft => B. soft"}},
		{"answers under the questions of a quiz", []string{"### Quiz 1", "", "1. Many planks together form a:", "    - Floor", "2. Glue never dries in a shop without any air", "    - False", "3. Wax is always soft in summer", "    - True", "    - False"}, []string{"Many planks together form a: => => Floor", "True or false: Glue never dries in a shop without any air => True *False => B. False"}},
		{"a fence under a gap", []string{"### 1.A plane has _______ irons.", "```", "2", "```", "### 2.A saw is ____ in", "```", "x = ____", "```"}, []string{"A plane has _______ irons. => => 2"}},
		{"a folded answer in Japanese", []string{"**問1** 鉋は何をする道具ですか？", "", "<details>", "<summary>▶ 問1 の解答を見る</summary>", "", "木を平らにする。", "", "</details>"}, []string{"問1 鉋は何をする道具ですか？ => => 木を平らにする。"}},
	}
	for _, tt := range tests {
		t.Run(tt.mark, func(t *testing.T) { checkShown(t, "a.md", tt.lines, tt.want) })
	}
}

// A question whose options stand without an answer is named, and not asked.
func TestOptionsWithoutAnswer(t *testing.T) {
	tests := map[string]string{
		"a gap":          "1. 刨子用来（）木头。\n   - A. 锯\n   - B. 刨\n   - C. 粘\n\n2. 锉刀（）。\n   - A. 硬\n   - B. 软\n   - C. 湿\n",
		"of the options": "### Part\n\n3. **Tools Question**\n   Which of the following cuts?\n   A. a saw\n   B. a rag\n   C. a broom\n",
	}
	for name, src := range tests {
		t.Run(name, func(t *testing.T) {
			n, err := note.Parse("a.md", []byte(src))
			if err != nil {
				t.Fatal(err)
			}
			cards, problems := Read(n)
			if len(cards) > 0 {
				t.Errorf("cards = %q, want none", brief(cards))
			}
			if len(problems) == 0 || !strings.Contains(problems[0].Text, "has options and no answer") {
				t.Errorf("problems = %v, want that an answer is missing", problems)
			}
		})
	}
}
