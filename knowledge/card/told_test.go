package card

import (
	"strings"
	"testing"
)

// Titles of what is told of work, or of a document, and titles that are topics.
func TestTold(t *testing.T) {
	tests := []struct {
		style string
		lines []string
		want  string // the question that is asked by itself, "" for none
	}{
		{"a name that its text never mentions", []string{"## Key strengths", "1. Every drawer is covered", "2. A plan of each bench"}, ""},
		{"a name that its text says, but for half of it", []string{"## Shop announcements", "* Ann: the shop is closed on Monday."}, ""},
		{"a name that its text says", []string{"## Dowel joints", "A dowel joint is held by a round pin in two holes."}, "What are dowel joints?"},
		{"a name in Chinese that its text does not say", []string{"# 车床 B3", "## 薄壁夹紧", "软爪包住整个工件，受力均匀。"}, "什么是车床 B3 的薄壁夹紧？"},
		{"two parts of a sentence", []string{"## 车床的开关，最后启动主轴", "先合总闸，再按绿键，最后等两秒。"}, ""},
		{"a list under a name in Chinese", []string{"## 木工锯的挑选", "- 齿距", "- 硬度", "- 手感"}, "木工锯的挑选有哪些要点？"},
		{"a part of a sentence", []string{"# 车床", "## 更容易夹紧", "三爪同时向内，夹紧只转一把钥匙。"}, ""},
		{"what a text leaves out", []string{"## 本系列不包含", "为了简短，本系列不包含下面的内容。", "- 上漆", "- 雕花", "- 修理"}, ""},
		{"a rhyme", []string{"## 磨刀的口诀", "先粗后细，先平后斜，磨刀不误砍柴。"}, ""},
		{"the name of a part of a report", []string{"## 断刀的排查过程记录", "断刀以后先看夹头，再看转速，记录在表里。"}, ""},
		{"what happened", []string{"# 车床停机", "## 根因", "主轴的轴承磨损，启动电流太大。"}, ""},
		{"a step that is counted", []string{"# 换皮带", "## 排查步骤 2：确认张力", "用手指压皮带，确认张力是否够。"}, ""},
		{"a label before many titles", []string{"### Requirement: 夹具必须归位", "归位以后系统点亮绿灯。", "### Requirement: 夹具必须清洁", "每天下班前清洁一次夹具。", "### Requirement: 夹具必须登记", "登记编号和领用人。"}, ""},
		{"minutes", []string{"# Shop meeting 2024-03-05", "## Present", "* Ann Lee", "* Bob Ray", "## Shop floor", "* The shop floor is to be painted, and the shop stays closed."}, ""},
		{"a bullet that asks in minutes", []string{"# Shop meeting 2024-03-05", "## Floor", "* Should the shop floor be painted?", "  * Bob will ask for a price."}, ""},
		{"an issue of a weekly", []string{"# 木工周刊：第 12 期", "## 本周的话题", "这周的话题是胶，胶的种类有很多。"}, ""},
		{"boxes and a rule", []string{"## 交班", "- [ ] 关电源", "- [ ] 扫木屑", "", "---", "", "## 附录二"}, ""},
		{"links with a word on each", []string{"## 刨子的资源大全", "- [刨台](https://a.example/1)：木工的论坛", "- [刨花](https://a.example/2)：视频站点"}, ""},
		{"a pointer to another note", []string{"## 榫卯入门", "[→ 开始](./1.md)", "", "榫卯是两块木头相接的方法。"}, ""},
		{"a sentence that sends to a text", []string{"## 手锯和电锯的区别", "推荐：[手锯与电锯](https://a.example/saw)"}, ""},
		{"a file of a program", []string{"## feed_rate.py", "The file feed_rate.py sets how fast the tool moves."}, ""},
		{"what goes wrong in English", []string{"## Troubleshooting", "### Belt not moving", "Check its tension, then the pulley."}, "How do you fix this: Belt not moving?"},
		{"a message", []string{"## Help", "### `lathe: command not found`", "Add the folder of the program to the path."}, "How do you fix this: lathe: command not found?"},
		{"an order that checks", []string{"# 车床 B3", "## 检查夹头是否松动", "用扳手轻轻拧一下，能动就是松了。"}, "如何检查夹头是否松动？"},
		{"a number that others share", []string{"# Shop", "## 1 saw和file", "- saw：断开", "- file：磨平", "## 2 胶水种类", "- 白胶", "- 皮胶", "- 环氧"}, "saw和file 有什么区别？"},
		{"a noun that begins as a verb", []string{"# 车床 B3", "## 启动速度", "启动很慢，主轴要转两圈才到转速。"}, "什么是车床 B3 的启动速度？"},
		{"a noun of a maker", []string{"## 编译器对循环做的优化", "循环变量放在寄存器里，少读一次内存。"}, "编译器对循环做了哪些优化？"},
		{"things and their difference", []string{"### 常见胶水及区别", "白胶便宜，环氧胶防水。"}, "常见胶水有哪些，有什么区别？"},
		{"a problem", []string{"## 薄板翘曲问题", "两面同时上漆，翘曲就小。"}, "薄板翘曲问题怎么解决？"},
		{"what is to be understood", []string{"## 理解顺锯与横锯", "顺锯沿着木纹，横锯断开木纹。"}, "顺锯与横锯有什么区别？"},
		{"something made by a means", []string{"## 用两块板实现夹具", "一块固定，一块用楔子推。"}, "如何用两块板实现夹具？"},
		{"what one can do with it", []string{"# 车床 B3", "## 可以干什么", "车圆、钻孔、切断。"}, "车床 B3 可以干什么？"},
		{"a noun with a verb before it", []string{"# 车床 B3", "## 配置项说明", "| 项 | 值 |", "|---|---|", "| 转速 | 配置项一 |"}, ""},
		{"a noun with a verb before it, in order", []string{"## 配置优先级", "1. 命令行", "2. 环境变量", "3. 文件"}, "配置优先级是怎样的？"},
		{"where a thing lies", []string{"# 车床 B3", "## 配置文件位置", "配置文件在主轴箱的卡里。"}, ""},
		{"what is the matter, counted as a question", []string{"## 常见问题", "### Q2：开机后一直显示「等待」", "原因是门没有关好。"}, "开机后一直显示「等待」，怎么解决？"},
		{"what a project is", []string{"# 车床 B3 简介", "本项目用两台电机带动一根主轴，启动很快。"}, ""},
		{"lists that begin again are no steps", []string{"## 开裂的木板", "原因:", "", "1. 太干", "2. 太薄", "", "办法:", "", "1. 封端", "2. 加湿", "3. 晾晒"}, "开裂的木板是怎样的？"},
	}
	for _, tt := range tests {
		t.Run(tt.style, func(t *testing.T) {
			got := ""
			for _, c := range cardsOf(t, "a.md", strings.Join(tt.lines, "\n")+"\n") {
				if c.Askable() {
					got = c.Question
					break
				}
			}
			if got != tt.want {
				t.Errorf("asks %q, want %q", got, tt.want)
			}
		})
	}
}

// Questions of bullets, and answers behind an arrow.
func TestBulletQuestions(t *testing.T) {
	tests := []struct {
		style string
		lines []string
		want  []string
	}{
		{"answers behind arrows", []string{":::danger 追问", "- 为什么先钻小孔？→ 大钻头会跟着走", "- 什么是定心钻？→ 很短的钻头", "- 怎么退屑？→ 常常提起来", ":::"},
			[]string{"为什么先钻小孔？ => => 大钻头会跟着走", "什么是定心钻？ => => 很短的钻头", "怎么退屑？ => => 常常提起来"}},
		{"an answer in brackets", []string{"- **What is a jig?** (Answer: A guide for the tool; it saves time)."}, []string{"What is a jig? => => A guide for the tool; it saves time"}},
		{"who asks", []string{"**面试官追问：为什么要倒角？**", "", "**回答**：", "", "免得割手。"}, []string{"为什么要倒角？ => => 免得割手。"}},
		{"a long question of a bullet", []string{"- **Why should you keep a second blade beside the machine, rather than sharpen the first one at night?**", "", "    - It saves the time of all who wait."},
			[]string{"Why should you keep a second blade beside the machine, rather than sharpen the first one at night? => => - It saves the time of all who wait."}},
		{"a link back in tags", []string{"## Q. Why is a mallet wide?", "", "It hits without looking.", "", "<div align=\"right\">", "    <b><a href=\"#toc\">↥ back to top</a></b>", "</div>"},
			[]string{"Why is a mallet wide? => => It hits without looking."}},
		{"a label with a colon over the question", []string{"### 面试题：", "", "请描述燕尾榫的用处？", "", "- 抽屉的角"}, []string{"请描述燕尾榫的用处？ => => - 抽屉的角"}},
	}
	for _, tt := range tests {
		t.Run(tt.style, func(t *testing.T) { checkShown(t, "a.md", tt.lines, tt.want) })
	}
}
