package card

import "testing"

// Cards as other programs write them.
func TestExports(t *testing.T) {
	tests := []struct {
		style, file string
		lines       []string
		want        []string
	}{
		{"GIFT of Moodle", "a.txt", []string{"// question: 0  name: Switch", "$CATEGORY: $course$/Wood", "", "// question: 1", "::Saws::Which saw cuts curves?{", "\t~rip saw", "\t=fret saw#Thin blade.", "}", "", "::2:: Pine\\=softwood {T}", "", "::3:: What drives a nail? {=hammer =mallet}", "",
			"::4::[html]<p>Which are glues?</p>{", "\t~%50%hide", "\t~%50%epoxy", "\t~%-100%sand", "}", "", "::5::A dozen is {=12} pieces.", "", "::6::Tell of planes.{}"},
			[]string{"Which saw cuts curves? => rip saw *fret saw => B. fret saw", "True or false: Pine=softwood => *True False => A. True", "What drives a nail? => => hammer|mallet", "Which are glues? => *hide *epoxy sand => A. hide|B. epoxy", "A dozen is ____ pieces. => => 12"}},
		{"blocks of fields", "a.md", []string{"TARGET DECK", "shop", "", "START", "Basic", "Front: What is a kerf?", "Back: The width of a cut.", "Tags: saw", "<!--ID: 17-->", "END", "", "```anki", "START", "Basic", "What is a burr?", "Back: ", "- a thin edge", "- left by a stone", "END", "```", "", "STARTI [Basic] 什么是榫？ Back: 凸出的接头 <!--ID: 3--> ENDI", "", "```", "START", "Basic", "shown only", "Back: x", "END", "```"},
			[]string{"What is a kerf? => => The width of a cut.", "What is a burr? => => - a thin edge|- left by a stone", "什么是榫？ => => 凸出的接头"}},
		{"fields with a semicolon between them", "a.txt", []string{"What is a jig?;It guides a tool", "什么是公差;允许的偏差", "\"Who checks; and when?\";The foreman"},
			[]string{"What is a jig? => => It guides a tool", "什么是公差 => => 允许的偏差", "Who checks; and when? => => The foreman"}},
		{"a number before the front", "a.txt", []string{"#separator:tab", "#html:true", "#tags column:4", "# exported from the shop", "w-001\tWhat is a dado?\tA groove across the grain\tjoint", "w-002\t半搭接\t两块各去一半\tjoint"},
			[]string{"What is a dado? => => A groove across the grain", "什么是半搭接？ => => 两块各去一半"}},
		{"fields with a head and options", "a.txt", []string{"题目\tA\tB\t答案", "哪个是鸟？\t鹰\t鱼\tA", "哪个会游？\t鹰\t鱼\tB"},
			[]string{"哪个是鸟？ => *鹰 鱼 => A. 鹰", "哪个会游？ => 鹰 *鱼 => B. 鱼"}},
		{"a table of data has no cards", "a.tsv", []string{"id\tname\tsize", "1\tbolt\t30", "2\tnut\t31"}, nil},
		{"a tag at a question in bold", "a.md", []string{"**Why oil a hinge?** #flashcard", "It squeaks less.", "", "- 什么是倒角 #flashcards", "    - 去掉尖边"},
			[]string{"Why oil a hinge? => => It squeaks less.", "什么是倒角？ => => - 去掉尖边"}},
		{"a name with colons in a question with a tag", "a.md", []string{"- Where does `Saw::` belong? #card", "  id:: 64-1", "\t- before the name", "-"},
			[]string{"Where does Saw:: belong? => => - before the name"}},
		{"marks in both directions", "a.md", []string{"- What is a vise? >> A clamp on a bench", "- 台虎钳 <> 固定在台上的夹具", "- 锉 >> 磨掉一层"},
			[]string{"What is a vise? => => A clamp on a bench", "什么是台虎钳？ => => 固定在台上的夹具", "什么是锉？ => => 磨掉一层"}},
		{"a task with a mark", "a.md", []string{"#flashcards/shop", "", "- [ ] 什么工具能划线::划针", "", "Press::<kbd>F5</kbd>"},
			[]string{"什么工具能划线？ => => 划针", "What is Press? => => <kbd>F5</kbd>"}},
	}
	for _, tt := range tests {
		t.Run(tt.style, func(t *testing.T) { checkShown(t, tt.file, tt.lines, tt.want) })
	}
}

func TestSaidOtherwise(t *testing.T) {
	tests := []struct {
		style, file string
		lines       []string
		want        []string
	}{
		{"a task and its answer in a quote", "a.md", []string{"**练习 2**：轴承为什么发热？", "", "> 参考答案：缺油，或者太紧。"}, []string{"轴承为什么发热？ => => 缺油，或者太紧。"}},
		{"a question under 面试题, its answer under 剖析", "a.md", []string{"## 面试题", "怎样让皮带不跑偏？", "", "## 面试官心理分析", "看你修过没有。", "", "## 面试题剖析", "先看轮是否平行。", "### 调整", "一点一点拧。"},
			[]string{"怎样让皮带不跑偏？ => => 先看轮是否平行。|### 调整|一点一点拧。", "什么是面试官心理分析？ => => 看你修过没有。"}},
		{"QUES and ANS", "a.md", []string{"**QUES 1:** Which belt was tried first?", "", "**ANS:** The flat one.", "", "**QUES 2:** Why did it slip?", "", "**ANS:** It was wet."},
			[]string{"Which belt was tried first? => => The flat one.", "Why did it slip? => => It was wet."}},
		{"a quoted bullet", "a.md", []string{"- \"Walk me through the shop.\"", "  **Ans:** Saws first, then benches."}, []string{"\"Walk me through the shop.\" => => Saws first, then benches."}},
		{"a question and its folded answer in a quote", "a.md", []string{"> **Q: Who greases the axle?**", ">", "> <details>", "> <summary>Show Answer</summary>", ">", "> The **driver**.", ">", "> </details>", "", "Some text."}, []string{"Who greases the axle? => => The **driver**."}},
		{"code between a heading and its answer", "a.md", []string{"## 面试题解析（一）", "常见的几道。", "### 1. 写出下面程序的输出。", "```go", "print(1)", "```", "考点：**输出**", "解答：", "打印 1。"},
			[]string{"写出下面程序的输出。|```go|print(1)|``` => => 打印 1。"}},
		{"Q: and A. without options", "a.md", []string{"Q: What holds a blade?", "A. A frame of steel."}, []string{"What holds a blade? => => A frame of steel."}},
		{"Q. over a heading", "a.md", []string{"Q. 锯为什么会卡？", "### 答案", "齿钝了。", "", "Q. 刨花为什么碎？", "### 答案", "逆着木纹。"}, []string{"锯为什么会卡？ => => 齿钝了。", "刨花为什么碎？ => => 逆着木纹。"}},
		{"a sign that asks", "a.md", []string{"❓ 怎样磨凿子？", "答：先粗后细。"}, []string{"怎样磨凿子？ => => 先粗后细。"}},
		{"a heading and an answer in a quote", "a.md", []string{"### 3. 为什么要上油？", "> 答：防锈。"}, []string{"为什么要上油？ => => 防锈。"}},
		{"a heading of the answer beside it", "a.md", []string{"### 3. 为什么要留缝？", "### 答案", "木头会胀。"}, []string{"为什么要留缝？ => => 木头会胀。"}},
		{"a table of cards below an answer", "a.md", []string{"问：为什么要上油？", "答：防锈。", "", "| 问题 | 答案 |", "|---|---|", "| 什么是公差？ | 允许的偏差 |"}, []string{"为什么要上油？ => => 防锈。", "什么是公差？ => => 允许的偏差"}},
		{"wide Q and A", "a.md", []string{"Ｑ：油多久换一次？", "Ａ：半年。"}, []string{"油多久换一次？ => => 半年。"}},
	}
	for _, tt := range tests {
		t.Run(tt.style, func(t *testing.T) { checkShown(t, tt.file, tt.lines, tt.want) })
	}
}

func TestAsksNothing(t *testing.T) {
	tests := map[string]string{
		"what changed in a version":      "# Changelog\n\n## [1.2.0] - 2024-03-01\n### Added\n- A handle that turns both ways\n\n## Changes in 1.1.3\n### Fixed\n- The lid closes again\n",
		"tasks that are done":            "## Work of the week\n\n- [x] Oil the lathe and the drill\n- [ ] Order twelve new belts\n",
		"minutes":                        "# 周会纪要 2024-03-05\n\nQ: 新锯什么时候到\nW: 下周\nL: 那就好\n",
		"a chat with times":              "Q: 谁动了台锯？\n[10:03] 李四: 我\n",
		"code by indentation":            "A card looks so:\n\n    Q: What is it?\n    A: A card\n",
		"a reference of an API":          "### client.turn(angle)\n\n- `angle` is a number of degrees that the table turns\n",
		"casts and operators":            "select now()::date;\nThe `::` operator and ::changed signals, \"::=\" too.\nUse %::z or %:::z for the zone.\n",
		"types of Haskell":               "map :: (a -> b) -> [a] -> [b]\nfold :: (a -> b -> b) -> b -> [a] -> b\nzip :: [a] -> [b] -> [(a, b)]\n",
		"a bullet broken at the margin":  "* When building for a small bench the vise and the stop must be set\n  before the top is planed.\n* Do not fix the top to the legs with glue, as the wood has to move in\n  summer and in winter.\n",
		"names of programs beside cards": "#flashcards\n\nUse Net::SSH here, and 用 serde_json::from_str 来读。\n用 Iterator::next 来取下一个。\nSee cv::Mat for more.\nhl-page:: 3\nDeadline:: 2024-09-01\n",
		"names of programs in sentences": "What Net::SSH does is simple.\n\nerror: cannot find cv::Mat in scope\n",
		"an answer that is not needed":   "## Why sweep the floor?\n\nNo answer needed\n",
	}
	for name, src := range tests {
		t.Run(name, func(t *testing.T) {
			if got := brief(cardsOf(t, "a.md", src)); len(got) > 0 {
				t.Errorf("cards = %q, want none", got)
			}
		})
	}
}
