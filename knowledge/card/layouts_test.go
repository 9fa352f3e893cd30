package card

import (
	"testing"
	"testing/fstest"

	"studybot/knowledge/note"
)

// Layouts of question banks, vaults and pages of questions that people publish.
func TestLayouts(t *testing.T) {
	tests := []struct {
		style, file string
		lines       []string
		want        []string
	}{
		{"options in a numbered list, the right one in bold", "a.md", []string{"1.   刨子用来 B。", "     1.   A、锯断", "     2.   **B、刨平**（解析：刃口斜着推）", "     3.   C、钻孔", "", "2.   锉刀的纹路是(　A　)。", "     1.   **A、斜的**", "     2.   B、圆的", "", "     ```", "     解析：斜纹好排屑。", "     ```"},
			[]string{"刨子用来 => 锯断 *刨平 钻孔 => B. 刨平", "锉刀的纹路是（ ）。 => *斜的 圆的 => A. 斜的"}},
		{"the answer behind the stem", "a.md", []string{"1. 哪种木头最硬？  **答案：B**", "   A 松木", "   B 橡木"}, []string{"哪种木头最硬？ => 松木 *橡木 => B. 橡木"}},
		{"the answer behind options on one line", "a.md", []string{"1. Which two hold wood? A) clamp B) rag C) vise. **Answer: A, C.** Both press."}, []string{"Which two hold wood? => *clamp rag *vise. => A. clamp|C. vise.|Both press."}},
		{"several right options with their texts", "a.md", []string{"1. Which are cheap?", "", "A. pine", "B. teak", "C. fir", "", "**Correct answer:** A. pine, C. fir"}, []string{"Which are cheap? => *pine teak *fir => A. pine|C. fir"}},
		{"empty boxes over an answer that is folded", "a.md", []string{"### 3. Which tool bores?", "", "- [ ] **A)** auger", "- [ ] **B)** rasp", "", "<details>", "<summary> 🔍 Reveal Answer</summary>", "", "#### **✅ Correct Answer: A**", "", "> It has a screw.", "</details>"}, []string{"Which tool bores? => *auger rasp => A. auger|It has a screw."}},
		{"a tick before the letter", "a.md", []string{"Which one glues?", "", "- **A.** sand", "- ✅ **B.** hide glue", "", "**Answer: B**"}, []string{"Which one glues? => sand *hide glue => B. hide glue"}},
		{"a title over a stem that ends in a remark", "a.md", []string{"## Q1. Uses of wax", "", "What does wax do? (Select TWO)", "", "- A. It shines", "- B. It burns wood", "- C. It seals", "", "**Answer: A, C**"}, []string{"What does wax do? (Select TWO) => *It shines It burns wood *It seals => A. It shines|C. It seals"}},
		{"a gap in brackets over boxes", "a.md", []string{"### A joint is glued when [...].", "", "- [ ] it is wet.", "- [x] it is dry.", "", "**[⬆ Back to Top](#toc)**"}, []string{"A joint is glued when [...]. => it is wet. *it is dry. => B. it is dry."}},
		{"headings that count over a key in a table", "a.md", []string{"### Q1", "", "Which one turns?", "", "a) lathe  ", "b) bench  ", "", "### Q2", "", "Which one stands?", "", "a) belt  ", "b) bench  ", "", "## 📝 Answers", "", "<details>", "<summary>Click to view</summary>", "", "| Q | A | Explanation |", "|---|---|---|", "| 1 | a | It spins |", "| 2 | b | It is heavy |", "", "</details>", "", "## 🔗 Navigation", "", "| Prev | Next |", "|---|---|", "| [a](a.md) | [b](b.md) |"},
			[]string{"Which one turns? => *lathe bench => A. lathe|It spins", "Which one stands? => belt *bench => B. bench|It is heavy"}},
		{"points and kinds behind and before a stem", "a.md", []string{"### 2. 【多选】哪些是硬木？（20分）", "", "- A. 橡木", "- B. 松木", "- C. 榉木", "", "> 答案：AC"}, []string{"哪些是硬木？ => *橡木 松木 *榉木 => A. 橡木|C. 榉木"}},
		{"escaped points", "a.md", []string{"1\\. 砂纸的号数越大，（ ）。", "", "A\\. 越粗", "B\\. 越细", "", "正确答案：B"}, []string{"砂纸的号数越大，（ ）。 => 越粗 *越细 => B. 越细"}},
		{"a question of a lesson in a bullet", "a.md", []string{"### 1.1 胶（⭐）", "", "- 举例", "", "  【例题】白胶的干燥时间约为（）", "", "  A  一天", "  B  一分钟", "", "  正确答案：A"}, []string{"【例题】白胶的干燥时间约为（） => *一天 一分钟 => A. 一天"}},
		{"options in a quote", "a.md", []string{"> **练习 3**：哪个用来量角？", ">", "> A. 卷尺", "> B. 角尺", ">", "> **答案**：B"}, []string{"哪个用来量角？ => 卷尺 *角尺 => B. 角尺"}},
		{"statements over folded verdicts", "a.md", []string{"## 判断题（√ / ×）", "", "**1.** 湿木头会缩。（　）", "", "<details><summary>答案与解析</summary>", "", "**答案：√（正确）**　水分会跑掉。", "", "</details>"}, []string{"判断对错：湿木头会缩。 => *对 错 => A. 对|水分会跑掉。"}},
		{"a task in bold over a folded answer", "a.md", []string{"**思考题 1(基础):** 为什么锯会发热?", "", "<details>", "<summary>【参考答案】</summary>", "", "摩擦。", "</details>"}, []string{"为什么锯会发热? => => 摩擦。"}},
		{"a place for one's own answer", "a.md", []string{"**Q1.** The blade is hot and the cut is black. What now?", "", "**Your answer:**", "", "<details>", "<summary>Show Answer</summary>", "<br>", "Slow down.", "</details>"}, []string{"The blade is hot and the cut is black. What now? => => Slow down."}},
		{"a summary that counts the task", "a.md", []string{"## 第 1 题", "", "算出三块板的总厚", "", "<details>", "    <summary>第 1 题的答案</summary>", "54 毫米", "</details>"}, []string{"算出三块板的总厚 => => 54 毫米"}},
		{"a task and its answer under labels in bold", "a.md", []string{"**题目 1** 简述榫头的做法。", "", "**参考答案**", "", "画线、锯肩、修整。"}, []string{"简述榫头的做法。 => => 画线、锯肩、修整。"}},
		{"hints between a question and its answer", "a.md", []string{"### Q2: 怎样修刃口？", "", "**难度**：⭐⭐", "", "**答题思路**：", "", "1. 先看缺口", "", "**标准答案**：", "", "先粗磨再细磨。"}, []string{"怎样修刃口？ => => 先粗磨再细磨。"}},
		{"a label in an answer", "a.md", []string{"**问题：铁和钢哪个硬？**", "", "**标准答案：**", "", "钢。", "", "**要点补充：**", "- 含碳", "", "**问题：铜呢？**", "", "**标准答案：**", "", "更软。"}, []string{"铁和钢哪个硬？ => => 钢。||**要点补充：**|- 含碳", "铜呢？ => => 更软。"}},
		{"a hidden number behind the label of an answer", "a.md", []string{"<details>", "<summary>问：谁来磨刀？</summary>", "", "#### 回答：<span style=\"display:none;\">1</span>", "", "用的人。", "</details>"}, []string{"谁来磨刀？ => => 用的人。"}},
		{"a title that asks what its first part asks", "a.md", []string{"# 怎样防止开裂？", "", "## 面试题", "", "怎样防止开裂？端头怎么处理？", "", "## 面试题剖析", "", "慢慢晾，封住端头。"}, []string{"怎样防止开裂？端头怎么处理？ => => 慢慢晾，封住端头。"}},
		{"questions in traditional letters", "a.md", []string{"1. **問題：刀片為什麼會鈍？**", "   - **答案**：磨損。"}, []string{"刀片為什麼會鈍？ => => 磨損。"}},
		{"cards with a rule of plus signs", "a.md", []string{"---", "tags: flashcards", "---", "", "What is a rabbet?", "?", "A step at an edge.", "+++", "", "What is a fillet?", "?", "A narrow strip."}, []string{"What is a rabbet? => => A step at an edge.", "What is a fillet? => => A narrow strip."}},
		{"the name of a deck, and what a plug-in noted", "a.md", []string{"TARGET DECK: Shop::Tools", "FILE TAGS: saw::rip", "", "Q: What does a fence do?", "A: It guides the cut.", "<!--ID: 1718-->", "", "Some text of the page."}, []string{"What does a fence do? => => It guides the cut."}},
		{"a heading with a tag in a section with one", "a.md", []string{"## What does oil do #card", "", "It keeps rust off.", "", "### 油石 #card-reverse", "", "磨刀的石头。"}, []string{"What does oil do? => => It keeps rust off.", "什么是油石？ => => 磨刀的石头。"}},
		{"a block of cards in percent signs", "a.md", []string{"%%ANKI", "Basic", "What is a bevel?", "Back: A sloped edge.", "Reference: The shop book.", "<!--ID: 17-->", "END%%"}, []string{"What is a bevel? => => A sloped edge."}},
		{"the answer that is expected", "a.md", []string{"### 1. Case", "**Question:**  ", "The belt slips. What do you check?", "", "**Expected Answer:**  ", "- Its tension.", "- Its pulleys."}, []string{"The belt slips. What do you check? => => - Its tension.|- Its pulleys."}},
		{"what an answer should touch", "a.md", []string{"**Q:** \"Should a shop have one bench?\"", "", "**Key Concepts:**", "- space", "", "**Expected Answer:**", "", "One that is heavy."}, []string{"\"Should a shop have one bench?\" => => One that is heavy."}},
		{"Q with a point in bold", "a.md", []string{"**Q. 停电了怎么办？**", "先关开关。"}, []string{"停电了怎么办？ => => 先关开关。"}},
		{"the kind before the number", "a.md", []string{"（多选）1. 下列属于金属的是：", "A、铁", "B、松", "C、铜", "正确答案：A、C"}, []string{"下列属于金属的是： => *铁 松 *铜 => A. 铁|C. 铜"}},
		{"a heading over options", "a.md", []string{"## Part A (1)", "", "Which wood is dark?", "", "## Options", "- [x] wenge", "- [ ] maple"}, []string{"Which wood is dark? => *wenge maple => A. wenge"}},
		{"a heading to complete among those that ask", "a.md", []string{"### Which one cuts?", "", "- [x] saw", "- [ ] glue", "", "### Which one holds?", "", "- [ ] oil", "- [x] vise", "", "### Which one shines?", "", "- [x] wax", "- [ ] sand", "", "### The board of a wide trunk will bend to", "", "- [x] the bark", "- [ ] the heart", "", "## Tasks", "", "- [x] sweep", "- [ ] oil"},
			[]string{"Which one cuts? => *saw glue => A. saw", "Which one holds? => oil *vise => B. vise", "Which one shines? => *wax sand => A. wax", "The board of a wide trunk will bend to => *the bark the heart => A. the bark"}},
		{"a link as the tag of a card", "a.md", []string{"- **How to stop the belt** [[Card]]", "  card-repeats:: 1", "  - Press the red knob."}, []string{"How to stop the belt? => => - Press the red knob."}},
	}
	for _, tt := range tests {
		t.Run(tt.style, func(t *testing.T) { checkShown(t, tt.file, tt.lines, tt.want) })
	}
}

func TestLayoutsAskNothing(t *testing.T) {
	tests := map[string]string{
		"letters of options that are not there": "15.关于胶的种类，下列说法哪些正确？\n答案：ABD\n解析：白胶怕水。\n",
		"a pattern":                             "Some patterns:\n\n^\\d+::\\w+$\n",
		"types and calls of programs":           "fold :: (a -> b) -> a -> b\nx :: Int\nTool.Map::lookup\n\n$user = User::find(1);\n",
		"why the other options are none":        "## Part\n\n**Why other answers are wrong:**\n- A) too soft\n- C) too wet\n",
		"a title over nothing but a tag":        "## What is a mallet?\n\n#tools/wood\n",
	}
	for name, src := range tests {
		t.Run(name, func(t *testing.T) {
			if got := brief(cardsOf(t, "a.md", src)); len(got) > 0 {
				t.Errorf("cards = %q, want none", got)
			}
		})
	}
}

// A row of a table goes on to the last line of its last field.
func TestRowOfSeveralLines(t *testing.T) {
	src := "Question,Answer\nWhat is a dowel?,\"A round pin;\nit holds a joint.\"\nWhat is a tenon?,A tongue.\n"
	n, err := note.Read(fstest.MapFS{"a.csv": {Data: []byte(src)}}, note.File{Name: "a.csv"})
	if err != nil {
		t.Fatal(err)
	}
	cards := Cards(n)
	if len(cards) != 2 {
		t.Fatalf("cards = %q, want 2", brief(cards))
	}
	if s := cards[0].Lines; len(s) != 1 || s[0].Start != 2 || s[0].End != 3 {
		t.Errorf("lines of the first card = %v, want 2 to 3", s)
	}
}
