package card

import (
	"strings"
	"testing"
)

// Titles of collections of questions, and what stands under them.
func TestCollectedHeadings(t *testing.T) {
	tests := []struct {
		style string
		lines []string
		want  []string
	}{
		{"questions under a question without a text", []string{"### 为什么木头会变形，怎么防止？", "#### 木头吸水后怎样变化？", "横着胀。", "#### 为什么要先晾干？", "水分稳定。"},
			[]string{"为什么木头会变形，怎么防止？ => => #### 木头吸水后怎样变化？|横着胀。|#### 为什么要先晾干？|水分稳定。", "木头吸水后怎样变化？ => => 横着胀。", "为什么要先晾干？ => => 水分稳定。"}},
		{"the same question below a chapter", []string{"## What is a lathe?", "", "**Q1. What is a lathe?**", "", "It turns the work.", "", "**Q2. What is a chuck?**", "", "It holds the work."},
			[]string{"What is a lathe? => => It turns the work.", "What is a chuck? => => It holds the work."}},
		{"what is asked of a thing, under the question for it", []string{"## 题目 2- 什么是胶合板？", "### 要点：", "几层薄板。", "### 优点是什么？", "不易裂开。"},
			[]string{"什么是胶合板？ => => ### 要点：|几层薄板。|### 优点是什么？|不易裂开。", "胶合板：优点是什么？ => => 不易裂开。"}},
		{"a question that leaves out its subject", []string{"# 车床 A2", "## 是什么？", "转动工件的机器。", "## 为什么常用？", "加工圆形的零件。"},
			[]string{"车床 A2 是什么？ => => 转动工件的机器。", "车床 A2 为什么常用？ => => 加工圆形的零件。"}},
		{"a task behind what is given", []string{"## 给定两块板 A，B，请找出较厚的一块", "", "用卡尺量。"},
			[]string{"给定两块板 A，B，请找出较厚的一块？ => => 用卡尺量。"}},
		{"a task in a heading, answered at once", []string{"## Build a box called `tray` that holds six chisels, of which the longest has a handle as wide as the lid of the box", "", "**solution:**", "", "Cut the sides first."},
			[]string{"Build a box called tray that holds six chisels, of which the longest has a handle as wide as the lid of the box => => Cut the sides first."}},
		{"a long question in bold", []string{"## Glue", "", "**Which glue holds when it is wet? And which of them would you take for a boat that lies in the sea all year?**", "", "Epoxy.", "", "**Which glue is old?**", "", "Bone glue."},
			[]string{"Which glue holds when it is wet? And which of them would you take for a boat that lies in the sea all year? => => Epoxy.", "Which glue is old? => => Bone glue."}},
		{"a label over the question", []string{"## 面试题", "", "为什么锉刀不能来回拉？", "", "齿会钝。"},
			[]string{"为什么锉刀不能来回拉？ => => 齿会钝。"}},
		{"the code that a question is for", []string{"#### 题目010：下面这段代码的执行结果是什么。", "", "```sh", "expr 2 + 3", "```", "", "结果是 5，因为 expr 做加法。"},
			[]string{"下面这段代码的执行结果是什么？|```sh|expr 2 + 3|``` => => 结果是 5，因为 expr 做加法。"}},
		{"code that nothing follows", []string{"## 如下函数怎么写？", "```sh", "add() { expr $1 + $2; }", "```"}, []string{"如下函数怎么写？ => => ```sh|add() { expr $1 + $2; }|```"}},
		{"a bullet that asks and answers", []string{"# 刨", "- 刨刀是什么：一块斜口的钢片，装在刨床里", "  - 要常磨", "- 怎么磨刨刀？", "  - 用油石"},
			[]string{"刨刀是什么？ => => 一块斜口的钢片，装在刨床里|- 要常磨", "怎么磨刨刀？ => => - 用油石"}},
		{"a line that leads to questions of their own", []string{"### 为什么要上油？", "", "防锈。", "", "- **细看：**", "  - 问：什么油好？", "    答：轻油。"},
			[]string{"为什么要上油？ => => 防锈。", "什么油好？ => => 轻油。"}},
		{"a quote that answers, and goes on", []string{"#### Q.1: 钉子为什么会弯?", "> **答**: 敲歪了。", "", "木头太硬也会。", "", "#### Q.2: 怎么取钉子?", "> **答**: 用羊角锤。"},
			[]string{"钉子为什么会弯? => => 敲歪了。||木头太硬也会。", "怎么取钉子? => => 用羊角锤。"}},
		{"a list of questions to come", []string{"### 木工基础", "- 锯有哪几种", "- 刨的结构", "- 什么时候用凿", "- 胶怎么选？"}, nil},
		{"callouts without answers", []string{"### 一面", "> [!question]- 锯有哪几种？", "", "> [!question]- 胶怎么选？"}, nil},
		{"a remark under the title of a note", []string{"# 木工大全", "> 写给新手。", "", "## 木工锯的常见种类", "- 手锯", "- 电锯", "- 线锯"}, []string{"木工锯的常见种类有哪些？ => => - 手锯|- 电锯|- 线锯"}},
		{"shelves", []string{"## Saw Notes", "- keep it dry, and oil the blade", "- sharpen twice a year", "## 刨子相关", "- 刨刀", "- 盖铁", "- 木楔"}, nil},
		{"a text that sends to another", []string{"## 锯路", "锯路讲起来很长，于是我单独写了一篇文章：[锯路详解](a.md)。"}, nil},
		{"a table of contents with dots", []string{"# The shop", "", "1 Saws ........ 3", "1.1 Blades ........ 4", "2 Glue ........ 9"}, nil},
		{"a text that sends back", []string{"### Why is a plane flat?", "It must not rock.", "", "[⬆ Back to Top](#top)"}, []string{"Why is a plane flat? => => It must not rock."}},
		{"questions that leave out what is done", []string{"# 木工手册", "## 燕尾榫（Dovetail）", "### 怎么做？", "先画线，再锯。", "### 为什么需要？", "抽屉要结实。"},
			[]string{"燕尾榫（Dovetail）怎么做？ => => 先画线，再锯。", "燕尾榫（Dovetail）为什么需要？ => => 抽屉要结实。"}},
		{"homework", []string{"### 1.（必做）做一个榫头；", "- 先画线，再慢慢锯", "- 用凿子修平，试着装一次", "### 2.（选做）做一个抽屉", "- 先做四个边，再做底板"}, nil},
		{"blocks of a site whose titles ask", []string{"## 题", "::: info 什么是榫头？", "", "> 凸出的一头。", ">", "> **为什么要削斜？**", ">", "> 好装进去。", "", ":::", "", ":::tip[为什么用胶？]", "更牢。", ":::", "", "::: tip 小提示", "戴眼镜。", ":::", ":::note[Why we sand]", "It is smooth.", ":::", "::: warning 用了胶吗？", "先擦净。", ":::"},
			[]string{"什么是榫头？ => => 凸出的一头。||**为什么要削斜？**||好装进去。", "为什么用胶？ => => 更牢。"}},
		{"titles of collections and of their ends", []string{"# 木工面试题深度解析", "都在这里了，慢慢看吧各位。", "## 本章小结", "多磨刀，多练习，不要着急。", "## Key Points And Mistakes", "Keep it sharp, keep it dry."}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.style, func(t *testing.T) { checkShown(t, "a.md", tt.lines, tt.want) })
	}
}

// What a template makes of a title and the shape of its text.
func TestTemplatesByShape(t *testing.T) {
	tests := []struct {
		style string
		lines []string
		want  string // the question
	}{
		{"things with names are no steps", []string{"# 车床 B3", "车床 B3 有三部分：", "", "1. **床身**：承重。", "2. **卡盘**：夹紧。", "3. **尾座**：顶住。"}, "车床 B3 有哪些要点？"},
		{"practices are no steps", []string{"# 车床 B3", "## 最佳实践", "1. 先夹紧。", "2. 再启动。", "3. 后进刀。"}, "车床 B3 的最佳实践有哪些？"},
		{"a number of great ones", []string{"# 木工三大难点", "- 变形", "- 开裂", "- 虫蛀"}, "木工有哪三大难点？"},
		{"a number behind a verb", []string{"# 车床 B3 新增两种进给方式", "- 自动", "- 手动"}, "车床 B3 新增哪两种进给方式？"},
		{"a task without something", []string{"# 不用尺子，找出两个孔的中点", "用绳子对折，再量一次。"}, "如何不用尺子，找出两个孔的中点？"},
		{"an example", []string{"## 榫头画线举例", "先画中线，再画两边，最后画肩。"}, "请举例说明榫头画线。"},
		{"a step with a number", []string{"# 木工", "## 第一步：安装车床 B3", "先放平，再用螺丝固定好。"}, "如何安装车床 B3？"},
		{"a step with a number, in English", []string{"# Shop", "## Step 2 — Install the lathe", "Put it down flat, and fix it with screws."}, "How do you install the lathe?"},
		{"requirements", []string{"# Shop", "## Requirements for a lathe", "A flat floor and a strong table."}, "What are the requirements for a lathe?"},
		{"how it came about", []string{"# 车床知识库", "## 发展历程", "| 年 | 事 |", "|---|---|", "| 1800 | 有了丝杠 |", "| 1950 | 有了数控 |"}, "车床的发展历程是怎样的？"},
		{"a kind of commands", []string{"# 车床命令", "## 进给类", "G1 走直线", "", "G2 走圆弧"}, "进给类命令有哪些？"},
		{"a wave at the end", []string{"## 面试官：锯条钝了，如何磨~", "用三角锉，每齿两下。"}, "锯条钝了，如何磨？"},
		{"about a difference", []string{"### 关于锯子与刨子的区别", "锯子断木，刨子刨平。"}, "锯子与刨子有什么区别？"},
		{"what goes wrong", []string{"## 常见问题", "### Q1：车床显示 500 错误", "- 是否接好电源", "- 是否按了急停"}, "车床显示 500 错误，怎么解决？"},
		{"what goes wrong, at the end of a title", []string{"## 常见问题", "### 砂光机没反应", "换保险丝，再接好电源。"}, "砂光机没反应，怎么解决？"},
		{"words in a fence", []string{"## 车床 B3 的进给", "```", "工件转动，刀具慢慢移动。", "```"}, "车床 B3 的进给是怎样的？"},
		{"how a thing works", []string{"## How A Lathe Works", "The work turns and the tool cuts."}, "How does A Lathe work?"},
		{"an example in English", []string{"## Dovetail joint examples", "A drawer has them at its corners."}, "Give an example of Dovetail joint."},
	}
	for _, tt := range tests {
		t.Run(tt.style, func(t *testing.T) {
			cards := cardsOf(t, "a.md", strings.Join(tt.lines, "\n")+"\n")
			if len(cards) != 1 || cards[0].Question != tt.want {
				t.Errorf("cards %q, want one that asks %q", shown(cards), tt.want)
			}
		})
	}
}
