package card

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Banks of exam questions: keys at the end, verdicts, ticks.
func TestBanks(t *testing.T) {
	tests := []struct {
		style, file string
		lines       []string
		want        []string // question => options, the right ones with a star => answer
	}{
		{"a key at the end", "a.txt", []string{"1. 哪个是金属？", "A. 木", "B. 铁", "2. 哪些会浮？（  ）", "A. 冰  B. 石  C. 油", "", "参考答案", "1.B  2.AC"},
			[]string{"哪个是金属？ => 木 *铁 => B. 铁", "哪些会浮？（ ） => *冰 石 *油 => A. 冰|C. 油"}},
		{"a key of ranges for every chapter", "a.md", []string{"# One", "1. Which is wood?", "   A. oak", "   B. tin", "2. Which is tin?", "   A. oak", "   B. tin", "", "答案：1-2 AB", "",
			"# Two", "1. Which is red?", "   A. sky", "   B. rust", "2. Which is blue?", "   A. sky", "   B. rust", "", "答案：1-2：B A"},
			[]string{"Which is wood? => *oak tin => A. oak", "Which is tin? => oak *tin => B. tin", "Which is red? => sky *rust => B. rust", "Which is blue? => *sky rust => A. sky"}},
		{"a key with parts, verdicts and texts", "a.md", []string{"## 选择题", "1. 轮子的中心是", "A. 毂", "B. 辋", "2. 轮子的边是", "A. 毂", "B. 辋", "## 判断题", "1. 油比水轻。（ ）", "2. 铁会浮在水上。（ ）", "## 简答题", "1. 什么是轴？", "2. 简述润滑。",
			"## 参考答案", "### 选择题", "1. A", "2. B", "### 判断题", "1. √", "2. ×，铁更重。", "### 简答题", "1. 传递转动的零件。", "2. 加油。"},
			[]string{"轮子的中心是 => *毂 辋 => A. 毂", "轮子的边是 => 毂 *辋 => B. 辋", "判断对错：油比水轻。 => *对 错 => A. 对", "判断对错：铁会浮在水上。 => 对 *错 => B. 错|铁更重。", "什么是轴？ => => 传递转动的零件。", "简述润滑。 => => 加油。"}},
		{"a key in a table", "a.md", []string{"**1.** Which cuts?", "A. saw", "B. nail", "", "**2.** Which joins?", "A. saw", "B. nail", "", "## Answer Key", "", "| No. | Answer |", "|---|---|", "| 1 | A |", "| 2 | B |"},
			[]string{"Which cuts? => *saw nail => A. saw", "Which joins? => saw *nail => B. nail"}},
		{"a key with a line for every part", "a.txt", []string{"一、选择题", "1.会浮的是(  )。", "A.冰  B.石", "2.会沉的是", "A.冰", "B.石", "二、填空题", "1.轮的中心叫________。", "2.车有________和________。", "参考答案：", "一、1.A 2.B", "二、1.毂 2.轮、轴"},
			[]string{"会浮的是( )。 => *冰 石 => A. 冰", "会沉的是 => 冰 *石 => B. 石", "轮的中心叫________。 => => 毂", "车有________和________。 => => 轮、轴"}},
		{"verdicts in the statements", "a.txt", []string{"判断题", "（√）1. 齿轮可以变速。", "2. 皮带不会打滑。（×）"},
			[]string{"判断对错：齿轮可以变速。 => *对 错 => A. 对", "判断对错：皮带不会打滑。 => 对 *错 => B. 错"}},
		{"a list of tasks that are done", "a.txt", []string{"1. 安装水泵和管道（√）", "2. 检查所有的阀门（√）"}, nil},
		{"ticks and bold at the right option", "a.md", []string{"1. Which is oak?", "- A. tree ✅", "- B. bird", "", "2. Which is wren?", "a) tree", "b) bird (correct)"},
			[]string{"Which is oak? => *tree bird => A. tree", "Which is wren? => tree *bird => B. bird"}},
		{"options with numbers", "a.md", []string{"#### 1. What is printed?", "- 1: one", "- 2: two", "", "##### Answer: 2", "", "It adds."},
			[]string{"What is printed? => one *two => B. two|It adds."}},
		{"question, options and answer on one line", "a.txt", []string{"1. 以下哪个是鸟？ A. 鹰 B. 鱼 C. 马 【答案：A】", "2. Which swims?", "(a) hawk   (b) carp   (c) mare", "Ans: (b)"},
			[]string{"以下哪个是鸟？ => *鹰 鱼 马 => A. 鹰", "Which swims? => hawk *carp mare => B. carp"}},
		{"the next question under an explanation", "a.txt", []string{"Which is a tool?", "A. axe", "B. elm", "ANSWER: A", "", "Which is a tree?", "A. axe", "B. elm", "ANSWER: B"},
			[]string{"Which is a tool? => *axe elm => A. axe", "Which is a tree? => axe *elm => B. elm"}},
		{"a field with options", "a.tsv", []string{"Which is a metal?<br>A. tin<br>B. elm\tA", "铁比水轻很多倍\t错", "What is a nail?\tIt joins"},
			[]string{"Which is a metal? => *tin elm => A. tin", "判断对错：铁比水轻很多倍 => 对 *错 => B. 错", "What is a nail? => => It joins"}},
	}
	for _, tt := range tests {
		t.Run(tt.style, func(t *testing.T) {
			var got []string
			for _, c := range cardsOf(t, tt.file, strings.Join(tt.lines, "\n")+"\n") {
				line := c.Question + " =>"
				for _, o := range c.Options {
					if line += " "; o.Right {
						line += "*"
					}
					line += o.Text
				}
				got = append(got, line+" => "+strings.ReplaceAll(c.Answer, "\n", "|"))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("cards (-want +got):\n%s", diff)
			}
		})
	}
}

// Where a question begins and its answer ends, in notes written by hand.
func TestAnswerEnds(t *testing.T) {
	tests := []struct {
		style, file string
		lines       []string
		want        []string // question => answer
	}{
		{"a question and its answer on one line", "a.txt", []string{"什么是轴？答：传递转动。", "什么是毂? 答: 轮子的中心。", "【题目】轮有几种？【答案】两种"},
			[]string{"什么是轴？ => 传递转动。", "什么是毂? => 轮子的中心。", "轮有几种？ => 两种"}},
		{"cues in tags, with dashes, after a picture", "a.md", []string{"<b>Q: What is a hub?</b>", "<br>", "A: The middle.", "", "Q - What is a rim?", "A - The edge.", "", "👉 问：什么是轴？", "👉 答：传递转动。"},
			[]string{"What is a hub? => The middle.", "What is a rim? => The edge.", "什么是轴？ => 传递转动。"}},
		{"a part of an exam ends an answer", "a.txt", []string{"1、轮有____种。", "答案：两", "二、简答题（每题 5 分）", "2、什么是轴？", "答：传递转动。"},
			[]string{"轮有____种。 => 两", "什么是轴？ => 传递转动。"}},
		{"a question in bold ends an answer", "a.md", []string{"**Question:** What is an axle?", "**Answer:** A shaft.", "", "**What is a hub?**", "", "The middle."},
			[]string{"What is an axle? => A shaft.", "What is a hub? => The middle."}},
		{"cues with numbers, and lines broken at the margin", "a.txt", []string{"Q.1 What is the purpose of a very long", "    axle under a cart?", "", "A.1 It carries", "    the load.", "", "SECTION 2. WHEELS", "", "Q.2 What is a spoke?", "A.2 A rod."},
			[]string{"What is the purpose of a very long axle under a cart? => It carries|the load.", "What is a spoke? => A rod."}},
		{"letters in brackets, and a number with its word", "a.txt", []string{"[Q] What is a hub?", "[A] The middle.", "", "第1题：什么是轴？", "答：传递转动。"},
			[]string{"What is a hub? => The middle.", "什么是轴？ => 传递转动。"}},
		{"lines that belong to the question", "a.md", []string{"**1、请说明下面的零件？**", "毂", "轴", "答：", "毂在中心，轴在毂里。", "", "**2、什么是辋？**", "轮子的边。"},
			[]string{"请说明下面的零件？|毂|轴 => 毂在中心，轴在毂里。", "什么是辋？ => 轮子的边。"}},
		{"answers under headings of their own", "a.md", []string{"## Question 1", "What is a hub?", "## Answer 1", "The middle.", "# 题目二", "什么是轴？", "# 答案二", "传递转动。"},
			[]string{"What is a hub? => The middle.", "什么是轴？ => 传递转动。"}},
		{"a heading in a block that hides the answer", "a.md", []string{"### What is a hub?", "<details>", "<summary>View answer</summary>", "", "The middle.", "", "#### Good to hear", "It turns.", "</details>"},
			[]string{"What is a hub? => The middle.|#### Good to hear|It turns."}},
		{"a line of a log", "a.txt", []string{"2024-01-01 10:00:01 why: timeout? A: retry", "", "什么是轴？答：传递转动。", "", "又一段。"}, []string{"什么是轴？ => 传递转动。"}},
		{"credits before an answer", "a.md", []string{"## 什么是轴？", "", "难度：易", "标签：轮", "", "**参考答案：**", "", "传递转动。"}, []string{"什么是轴？ => 传递转动。"}},
		{"a task with its answer under a label", "a.md", []string{"## 第一题 换轮", "", "把坏轮换成新轮。", "", "**答案：**", "", "先顶起来，再拧下螺母。"},
			[]string{"换轮||把坏轮换成新轮。 => 先顶起来，再拧下螺母。"}},
		{"what a page and a site print around it", "a.md", []string{"## 什么是轴？", "传递转动。", "第 3 页", "{% endraw %}"}, []string{"什么是轴？ => 传递转动。"}},
		{"equality signs in a title", "a.md", []string{"## == 和 === 的区别", "后者还比较类型，前者会先转换。"}, []string{"== 和 === 有什么区别？ => 后者还比较类型，前者会先转换。"}},
		{"numbers in other styles under numbers", "a.md", []string{"# 轮", "一、基础", "（一）什么是轴", "传递转动。", "（二）如何润滑", "加油。", "二、进阶", "（一）什么是差速", "两轮转得不同。", "（二）如何换轮", "先顶起来。"},
			[]string{"什么是轴？ => 传递转动。", "如何润滑？ => 加油。", "什么是差速？ => 两轮转得不同。", "如何换轮？ => 先顶起来。"}},
		{"wide digits", "a.txt", []string{"１．什么是轴？", "传递转动。", "２．什么是毂？", "轮子的中心。"}, []string{"什么是轴？ => 传递转动。", "什么是毂？ => 轮子的中心。"}},
	}
	for _, tt := range tests {
		t.Run(tt.style, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, brief(cardsOf(t, tt.file, strings.Join(tt.lines, "\n")+"\n"))); diff != "" {
				t.Errorf("cards (-want +got):\n%s", diff)
			}
		})
	}
}
