package card

import "testing"

// What exam papers and quizzes that people publish look like, with the marks that were slips.
func TestPapers(t *testing.T) {
	tests := []struct {
		style, file string
		lines       []string
		want        []string
	}{
		{"parts and their keys, below a list that counts too", "a.md", []string{"1. 木头", "2. 铁", "", "### 一、选择题（每题 2 分）", "", "**1. 锯子用来（ ）**", "", "A. 切  ", "B. 粘  ", "", "**2. 胶水用来（ ）**", "", "A. 切  ", "B. 粘  ", "", "### 二、判断题", "", "**1. 铁会生锈。（ ）**", "", "**2. 木头会生锈。（ ）**", "", "### 三、填空题", "", "**1. 每尺 ______ 元，圆周率约为 ______。**", "", "**2. 两个真值是 ______ 和 ______。**", "", "### 四、操作题", "", "**1. 磨一把刀，要求：**", "- 先粗磨", "- 再细磨", "", "**2. 钉一个箱子。**", "", "---", "", "## 📋 答案与解析", "", "### 一、选择题", "", "1. **A** - 有齿", "", "2. **B** - 有粘性", "", "### 二、判断题", "", "1. **√** - 遇水氧化", "", "2. **×** - 不是铁", "", "### 三、填空题", "", "1. 3、3.14", "", "2. True、False", "", "### 四、操作题", "", "**1. 磨刀：**", "", "```", "hone", "```", "", "**2. 钉箱子：**", "", "```", "nail", "```", "", "## 小结", "", "完。"},
			[]string{"锯子用来（ ） => *切 粘 => A. 切|有齿", "胶水用来（ ） => 切 *粘 => B. 粘|有粘性", "判断对错：铁会生锈。 => *对 错 => A. 对|遇水氧化", "判断对错：木头会生锈。 => 对 *错 => B. 错|不是铁", "每尺 ______ 元，圆周率约为 ______。 => => 3、3.14", "两个真值是 ______ 和 ______。 => => True、False",
				"磨一把刀，要求：|- 先粗磨|- 再细磨 => => 磨刀：|```|hone|```", "钉一个箱子。 => => 钉箱子：|```|nail|```"}},
		{"a key of headings", "a.md", []string{"## 一、选择题", "", "### 第 1 题（ ）", "", "哪个会转？", "", "A. 轮子", "B. 桌子", "", "## 二、简答题", "", "### 第 2 题（ ）", "", "做一个箱子，要求：", "- 有盖", "", "---", "", "## 参考答案", "", "### 第 1 题", "", "::: details 查看答案", "**答案：A**", "", "它是圆的。", ":::", "", "### 第 2 题", "", "::: details 查看答案", "先锯板。", "", "1. 再钉", ":::", "", "---", "", "更新于去年"},
			[]string{"哪个会转？ => *轮子 桌子 => A. 轮子|它是圆的。", "做一个箱子，要求：|- 有盖 => => 先锯板。||1. 再钉"}},
		{"headings with titles over a key of headings", "a.md", []string{"## Question 1: Speed", "", "A wheel turns twice a second. How long does a turn take?", "", "## Question 2: Noise", "", "The saw screams. What is wrong?", "", "## Answer Key", "", "### Answer 1: Speed", "", "Half a second.", "", "### Answer 2: Noise", "", "**Fault**: it is dull.", "", "**Fix**: file it."},
			[]string{"Speed|A wheel turns twice a second. How long does a turn take? => => Half a second.", "Noise|The saw screams. What is wrong? => => **Fault**: it is dull.||**Fix**: file it."}},
		{"an explanation of several paragraphs up to the next number", "a.md", []string{"6.哪种胶（）耐水。", "", "A.白胶", "", "B.树脂胶", "", "【答案】B", "", "【解析】胶有两种。", "", "（1）白胶怕水。  ", "（2）树脂胶不怕。", "", "7.哪种木头最轻？", "", "A.轻木", "", "B.柚木", "", "【答案】A"},
			[]string{"哪种胶（）耐水。 => 白胶 *树脂胶 => B. 树脂胶|【解析】胶有两种。||（1）白胶怕水。|（2）树脂胶不怕。", "哪种木头最轻？ => *轻木 柚木 => A. 轻木"}},
		{"an explanation with code, up to the next heading", "a.md", []string{"## 缩放", "", "写出结果", "", "```js", "f(1)", "```", "", "A. 1", "B. 2", "", "正确答案：B", "解释：相当于", "", "```js", "1 + 1", "```", "", "## 取整", "", "下面哪个是整数？", "A. 1", "B. 1.5", "", "正确答案：A"},
			[]string{"写出结果|```js|f(1)|``` => 1 *2 => B. 2|解释：相当于||```js|1 + 1|```", "下面哪个是整数？ => *1 1.5 => A. 1"}},
		{"statements with circled numbers in a stem", "a.md", []string{"13.刨子能（）。", "", "①刨平；②锯断；③开槽", "", "A.①②", "", "B.①③", "", "【答案】B"}, []string{"刨子能（）。|①刨平；②锯断；③开槽 => ①② *①③ => B. ①③"}},
		{"a stem around its code", "a.md", []string{"如下代码：", "", "\tif (x) {", "\t}", "", "哪个对?", "", "\tA. 编译失败", "\tB. 通过", "答案：A"}, []string{"如下代码：|	if (x) {|	}||哪个对? => *编译失败 通过 => A. 编译失败"}},
		{"a line that counts the question", "a.md", []string{"1. **Question 2:**", "Which word imports?", "    A) `take`", "    B) `import`", "", "    **Correct answer: B) `import`**", "", "**题 B1**：哪张表最小？", "", "- A. 大表", "- B. 小表", "", "**答案：B**"},
			[]string{"Which word imports? => `take` *`import` => B. `import`", "哪张表最小？ => 大表 *小表 => B. 小表"}},
		{"how hard it is behind the number", "a.md", []string{"### Question 9 — Hard", "", "**A long saw is:**", "", "- A) slow", "- B) straight", "", "**Correct Answer: B**"}, []string{"A long saw is: => slow *straight => B. straight"}},
		{"options all in a fence", "a.md", []string{"哪些会响？", "", "```", "A. 锣", "B. 鼓", "C. 棉花", "```", "", "正确答案：A，B", "解析：要硬"}, []string{"哪些会响？ => *锣 *鼓 棉花 => A. 锣|B. 鼓|解析：要硬"}},
		{"a numbered list over a letter", "a.md", []string{"What is the area?", "", "1. $ab$", "2. $a+b$", "3. Neither", "", "Note:", "* CORRECT ANSWER: A", "* It is a product."}, []string{"What is the area? => *$ab$ $a+b$ Neither => A. $ab$|* It is a product."}},
		{"two rows of options with a blank line between them", "a.md", []string{"4、从 $k$ 到 $k+1$ 要乘( )", "", "A. $k$ B. $2k$", "", "C. $3k$ D. $4k$", "", "【难度】 $\\star$", "", "【答案】B"}, []string{"从 $k$ 到 $k+1$ 要乘( ) => $k$ *$2k$ $3k$ $4k$ => B. $2k$"}},
		{"options without points, in traditional letters", "a.md", []string{"10 .**Which ones float？**", "", "Options：", "A．cork  ", "B．oil  ", "C lead  ", "D ice", "", "正確答案 ： A，D", "", "解釋 ： 比較輕"}, []string{"Which ones float？ => *cork oil lead *ice => A. cork|D. ice|解釋 ： 比較輕"}},
		{"boxes with slips", "a.md", []string{"#### Q1. Which one glues?", "", "-[x] hide glue", "- [] sand", "- oil [ ]", "- [ ] wax"}, []string{"Which one glues? => *hide glue sand oil wax => A. hide glue"}},
		{"a question in the title of a container", "a.md", []string{"::: info 19. 哪个会沉（B）❌", "", "A. `木头`", "", "B. `铁`", "", "官方解析：【答案】B", "", "比水重。", "", "- A：轻", "", ":::", "", "下文"}, []string{"哪个会沉（ ） => `木头` *`铁` => B. `铁`|官方解析：【答案】B||比水重。||- A：轻"}},
		{"a bullet with a gap over boxes", "a.md", []string{"#### [单项选择题003]", "- 下列是硬木的为（　　）", "", "- [ ] A. 松木", "- [x] B. 橡木", "", "#### [单项选择题004]", "- 输出的结果是（　　）", "", "```python", "print(2)", "```", "", "- [x] A. 2", "- [ ] B. 3"}, []string{"下列是硬木的为（ ） => 松木 *橡木 => B. 橡木", "输出的结果是（ ）|```python|print(2)|``` => *2 3 => A. 2"}},
		{"a star before the right option", "a.md", []string{"1. What holds a board?", "*a) a vise", "b) a rasp", "", "1. True or false: oil dries at once", "a) True - in an hour", "*b) False - it takes days"}, []string{"What holds a board? => *a vise a rasp => A. a vise", "True or false: oil dries at once => True - in an hour *False - it takes days => B. False - it takes days"}},
		{"a statement over boxes", "a.md", []string{"### True or False: A dull saw is safe.", "", "- [ ] True", "- [x] False"}, []string{"True or False: A dull saw is safe. => True *False => B. False"}},
		{"the explanation under a heading of its own", "a.md", []string{"## 第36题", "", "最硬的是（ ）。", "", "选项：", "- A. 木", "- B. 钢", "", "答案：B", "", "### 解析", "<details>", "<summary>查看解析</summary>", "", "- 含碳", "", "</details>", "", "## 第37题", "", "最轻的是（ ）", "", "A. 木  ", "B. 钢  ", "", "<details>", "<summary>查看解析</summary>", "", "- 本题参考答案：A", "- 会浮", "", "</details>"},
			[]string{"最硬的是（ ）。 => 木 *钢 => B. 钢|- 含碳", "最轻的是（ ） => *木 钢 => A. 木|- 会浮"}},
		{"letters in the words of a folded answer", "a.md", []string{"1. 哪个写对了?", "", "   A: hand", "", "   B: hnad", "", "   <details>", "   <summary>答案</summary>", "   <ul>", "   <li>A选项正确</li>", "   </ul>", "   </details>", "", "2. 哪个会响?", "", "   A: 棉花", "", "   B: 锣", "", "   <details>", "   <summary>答案</summary>", "   <ul>", "   <li>选择B, 锣是铜的</li>", "   </ul>", "   </details>"}, []string{"哪个写对了? => *hand hnad => A. hand", "哪个会响? => 棉花 *锣 => B. 锣|锣是铜的"}},
		{"letters in backquotes in a folded key", "a.md", []string{"4. 先做哪步？", ">", "- a. 上胶", "- b. 画线", "", "---", "", "5. 哪些要戴手套？（多选）", ">", "- a. 打磨", "- b. 上漆", "", "<details>", "<summary>答案</summary>", "", "4. `b`", "5. `a`, b: 会沾手", "</details>"}, []string{"先做哪步？ => 上胶 *画线 => B. 画线", "哪些要戴手套？（多选） => *打磨 上漆 => A. 打磨|b: 会沾手"}},
		{"questions folded in a block that names them", "a.md", []string{"<details>", "<summary>自测题（点击展开）</summary>", "", "**Q1.** 刀钝了有什么影响？", "", "<details><summary>答案</summary>", "", "费力。", "", "</details>", "", "</details>"}, []string{"刀钝了有什么影响？ => => 费力。"}},
		{"options in a row with spaces of HTML, a small letter on the line of the summary", "a.md", []string{"**Q1.** The cut of a saw is its:", "", "(a) set &emsp; (b) kerf &emsp; (c) rake", "", "<details><summary><b>Answer</b></summary>**(b)** A slot.</details>"}, []string{"The cut of a saw is its: => set *kerf rake => B. kerf|A slot."}},
		{"the letter on the line that opens the block", "a.md", []string{":::quiz {correct=\"B\"}", "**1. 哪个更硬？**", "- A) 松木", "- B) 橡木", "", "> **解析**：年轮密。", ":::", "", "下文"}, []string{"哪个更硬？ => 松木 *橡木 => B. 橡木|**解析**：年轮密。"}},
		{"letter and reason on one line, and what each option is", "a.md", []string{"**3.（木工）** 哪句是错的？", "", "- (A) 木头会缩", "- (B) 木头不会缩", "", "**答案**：B **解析**：水分会跑掉。", "", "A 正确：见第一章。", "B 错误：同上。"}, []string{"（木工） 哪句是错的？ => 木头会缩 *木头不会缩 => B. 木头不会缩|**解析**：水分会跑掉。||A 正确：见第一章。|B 错误：同上。"}},
		{"a row of options and their answer in a list", "a.md", []string{"26. Which is a tool? (a) a board (b) a rasp (c) a nail — **Ans: (b)**", "27. Which is wood? (a) ash (b) iron (c) clay — **Ans: (a)**"}, []string{"Which is a tool? => a board *a rasp a nail => B. a rasp", "Which is wood? => *ash iron clay => A. ash"}},
		{"code between a question and its folded answer", "a.md", []string{"### Question 1: Smell", "**Q:** Look at this. What is wrong?", "", "```go", "f()", "```", "", "<details>", "<summary><b>Answer</b></summary>", "", "No error check.", "", "</details>"}, []string{"Look at this. What is wrong?|```go|f()|``` => => No error check."}},
		{"answers indented under the questions of the parts of a paper", "a.md", []string{"## 一、填空题", "", "1. 锯条有 ______ 和锯背。", "    - 锯齿", "", "## 二、判断题（正确的打√，错误的打×）", "", "1. 钢会生锈。（  ）", "    - 对", "", "2. 木头会生锈。（  ）", "    - 错，没有铁", "", "## 三、简答题", "", "1. 请说明两种接法。", "    - 榫接不用钉", "    - 钉接快"},
			[]string{"锯条有 ______ 和锯背。 => => 锯齿", "判断对错：钢会生锈。 => *对 错 => A. 对", "判断对错：木头会生锈。 => 对 *错 => B. 错|没有铁", "请说明两种接法。 => => - 榫接不用钉|- 钉接快"}},
		{"a list in a block that numbers it with letters", "a.md", []string{"#### 1. What is a kerf?", "", "<div class=\"upper-alpha\" markdown>", "1. A tooth", "2. A slot", "3. A handle", "</div>", "", "??? question \"Show Answer\"", "    The correct answer is **B**. The blade leaves it.", "", "    **Concept Tested:** Cuts", "", "---", "", "#### 2. What is a burr?", "", "<div class=\"upper-alpha\" markdown>", "1. A rough edge", "2. A wheel", "3. A glue", "</div>", "", "**Answer:** The correct answer is **A**. Filing leaves it."},
			[]string{"What is a kerf? => A tooth *A slot A handle => B. A slot|The blade leaves it.||**Concept Tested:** Cuts", "What is a burr? => *A rough edge A wheel A glue => A. A rough edge|Filing leaves it."}},
		{"the correct option, and a key of one question", "a.md", []string{"### **1. What cuts?**", "", "A) glue", "B) saw", "", "**Correct Option: B**", "", "---", "", "### Question 2", "Which one holds?", "", "*   A) vise", "*   B) oil", "", "---", "", "### Answer Key", "*   **Correct Option:** **A**", "", "---", "", "### Explanation", "It has jaws."}, []string{"What cuts? => glue *saw => B. saw", "Which one holds? => *vise oil => A. vise|It has jaws."}},
		{"a choice in a callout", "a.md", []string{"> [!question]", "> How many feet make a yard?", "> - (a) 2", "> - (b) 3", ">", "> *Solution:*", "> By definition.", "> **Correct Option: (b)**"}, []string{"How many feet make a yard? => 2 *3 => B. 3|By definition."}},
		{"what the readers of a dump voted for", "a.md", []string{"## Question #1", "", "Which tool cuts dough?", "", "- A. A scraper. **Most Voted**", "- B. A broom.", "", "**Suggested Answer:** *A* [🗳️](https://example.com/v)"}, []string{"Which tool cuts dough? => *A scraper. A broom. => A. A scraper."}},
		{"a dump with empty sections", "a.md", []string{"QUESTION 1", "Where does flour belong?", "", "A. In a dry room", "B. In a shed", "", "Correct Answer: A", "Section: (none)", "Explanation", "", "Explanation/Reference:", "Damp spoils it.", "", "QUESTION 2", "What cuts?", "", "A. Oil", "B. A saw", "", "Correct Answer: B", "Section: (none)"}, []string{"Where does flour belong? => *In a dry room In a shed => A. In a dry room|Damp spoils it.", "What cuts? => Oil *A saw => B. A saw"}},
		{"keys in German, Russian and Japanese", "a.md", []string{"1. Was klebt?", "", "A. Luft", "B. Leim", "", "**Richtige Antwort:** B", "", "2. Что режет?", "", "A. Пила", "B. Клей", "", "Правильный ответ: A", "", "## 問3", "", "木を切る道具はどれですか？", "", "A. のり", "B. のこぎり", "", "正解：B"}, []string{"Was klebt? => Luft *Leim => B. Leim", "Что режет? => *Пила Клей => A. Пила", "木を切る道具はどれですか？ => のり *のこぎり => B. のこぎり"}},
		{"a question in a tag", "a.md", []string{"【题目】哪个用来粘合？", "（A）锯子", "（B）胶水", "【答案】B", "【解析】会变硬", "---", "【题目】哪个不是木头？", "（A）花岗岩", "（B）松木", "【答案】A"}, []string{"哪个用来粘合？ => 锯子 *胶水 => B. 胶水|【解析】会变硬", "哪个不是木头？ => *花岗岩 松木 => A. 花岗岩"}},
		{"questions counted in another language", "a.md", []string{"#### Frage 3. Warum klemmt die Säge?", "", "Hinweis: das Holz ist nass.", "", "- [ ] Sie ist neu", "- [x] Das Holz quillt", "", "### Questão 4", "", "A madeira $\\{1, 2\\}$ molhada:", "", "- A) seca", "- B) incha", "", "**Resposta Correta:** B"}, []string{"Warum klemmt die Säge?|Hinweis: das Holz ist nass. => Sie ist neu *Das Holz quillt => B. Das Holz quillt", "A madeira $\\{1, 2\\}$ molhada: => seca *incha => B. incha"}},
		{"keys in Spanish and Portuguese", "a.md", []string{"**1. ¿Qué corta la masa?**", "", "a) Escoba", "b) Rasqueta", "", "**Respuesta correcta: b**", "", "2. Qual ferramenta varre?", "", "A. Vassoura", "B. Raspador", "", "Resposta: A"}, []string{"¿Qué corta la masa? => Escoba *Rasqueta => B. Rasqueta", "Qual ferramenta varre? => *Vassoura Raspador => A. Vassoura"}},
		{"a stem that is indented more than its options", "a.md", []string{"      3、与甲相等的是（B）。", "", "      A)乙     B)  丙      C)丁", "", "        4、与乙相等的是（A）。", "      A）甲     B）丙       C）丁"}, []string{"与甲相等的是（ ）。 => 乙 *丙 丁 => B. 丙", "与乙相等的是（ ）。 => *甲 丙 丁 => A. 甲"}},
	}
	for _, tt := range tests {
		t.Run(tt.style, func(t *testing.T) { checkShown(t, tt.file, tt.lines, tt.want) })
	}
}

// A paper without answers asks nothing.
func TestPapersAskNothing(t *testing.T) {
	tests := []struct {
		style string
		lines []string
	}{
		{"gaps that are not filled", []string{"### 二、填空题", "", "1. 三个特征是：轻、________、直、________。", "", "2. 用 `________` 锯断；用 `________` 粘合。", "", "### 三、判断题（正确的打“√”，错误的打“×”）", "", "1. （ ）铁会生锈。  ", "2. （ ）木头会生锈。  "}},
		{"a table of links", []string{"## Wood Path", "", "|Name|Task|Reply|", "|---|---|---|", "| First joint | [Task](a.md) | [Reply](b.md) |", "| First box | [Task](c.md) | [Reply](d.md) |", "| First chair | [Task](e.md) | [Reply](f.md) |"}},
		{"options without a key", []string{"22. 输出多少行？", "", "{{ select(22) }}", "", "- A. 3行", "- B. 4行", "", "---", "", "## 二、判断题（每题2分，共18分）", "", "26. 钢会生锈。", "", "- A. 正确", "- B. 错误"}},
	}
	for _, tt := range tests {
		t.Run(tt.style, func(t *testing.T) { checkShown(t, "a.md", tt.lines, nil) })
	}
}
