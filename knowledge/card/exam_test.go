package card

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What sheets for an exam hold, and notes of several formats.
func TestExamSheets(t *testing.T) {
	tests := []struct {
		form, note string
		want       []string // question => answer
	}{
		{"terms, with numbers or in bold", "# 机械复习\n\n## 一、名词解释\n\n**公差**：允许的偏差。\n\n2. 模数：齿距除以 π，\n单位是毫米。\n\n## 二、简答题\n\n1. 什么是轴？\n\n   传递转动的零件。\n\n2. 为什么要润滑？\n\n   减小磨损。\n",
			[]string{"什么是公差？ => 允许的偏差。", "什么是模数？ => 齿距除以 π，|单位是毫米。", "什么是轴？ => 传递转动的零件。", "为什么要润滑？ => 减小磨损。"}},
		{"gaps that are filled in", "三、填空题（每空 1 分）\n\n1. 钢是铁和<u>碳</u>的合金。\n2. 齿轮的作用是传递（ 转动 ）和力。\n3. 车床的英文是 __lathe__。\n",
			[]string{"钢是铁和____的合金。 => 碳", "齿轮的作用是传递____和力。 => 转动", "车床的英文是 ____。 => lathe"}},
		{"a verdict behind the number", "## 判断题\n\n1. （ ✗ ）铜比铁更容易生锈。\n   解析：铜的氧化层致密。\n2. （√）铝的密度比钢小。\n",
			[]string{"判断对错：铜比铁更容易生锈。 => B. 错|解析：铜的氧化层致密。", "判断对错：铝的密度比钢小。 => A. 对"}},
		{"a list with the numbers of the questions in an answer", "1. 什么是焊接？\n答：把金属连在一起。\n1. 加热\n2. 加压\n\n2. 什么是铆接？\n答：用铆钉连接。\n",
			[]string{"什么是焊接？ => 把金属连在一起。|1. 加热|2. 加压", "什么是铆接？ => 用铆钉连接。"}},
		{"flashcards after an answer with a cue", "**Q：什么是销？**\n\nA：定位的零件。\n\n分两种。\n\n什么是键？ :: 连接轴和轮的零件\n",
			[]string{"什么是销？ => 定位的零件。||分两种。", "什么是键？ => 连接轴和轮的零件"}},
		{"cues in brackets, in italics, with numbers", "[问] 什么是凸轮？\n[答] 顶起推杆的零件。\n\n*Q:* What is a cam?\n*A:* It lifts.\n\n第 3 题：什么是棘轮？\n解：只能单向转的轮。\n\nQ#4 What is a pawl?\nAns. It stops a wheel.\n",
			[]string{"什么是凸轮？ => 顶起推杆的零件。", "What is a cam? => It lifts.", "什么是棘轮？ => 只能单向转的轮。", "What is a pawl? => It stops a wheel."}},
		{"a question after a question", "Q：什么是锤？\nA：敲的工具。\n\n> 追问：锤头用什么做？\n> 答：钢。\n", []string{"什么是锤？ => 敲的工具。", "锤头用什么做？ => 钢。"}},
		{"blocks of MkDocs", "??? question \"What is a gauge?\"\n\n    It measures.\n\n    - a depth\n\n???+ note \"How is it read?\"\n    From the side.\n\n!!! note \"Where next?\"\n    On.\n",
			[]string{"What is a gauge? => It measures.||- a depth", "How is it read? => From the side."}},
		{"bold numbered titles among questions", "# 工具\n\n**1. 什么是锉？**\n\n磨平的工具。\n\n**2. 钳子的四个部分**\n\n- 钳口\n- 钳柄\n\n**3. 什么是锯？**\n\n切断的工具。\n",
			[]string{"什么是锉？ => 磨平的工具。", "钳子有哪四个部分？ => - 钳口|- 钳柄", "什么是锯？ => 切断的工具。"}},
		{"bullets that ask over paragraphs", "- 什么是台钳？\n    \n    夹住工件的工具。\n    \n- 什么是卡尺？\n    \n    - 量内径\n    - 量外径\n    \n- 什么是塞尺？\n    \n    量缝隙的薄片。\n    \n- 什么是角尺？\n    \n    - 量直角\n    - 画线\n    \n- 为什么要倒角？\n    \n    - 去毛刺\n    - 好装配\n",
			[]string{"什么是台钳？ => 夹住工件的工具。", "什么是卡尺？ => - 量内径|- 量外径", "什么是塞尺？ => 量缝隙的薄片。", "什么是角尺？ => - 量直角|- 画线", "为什么要倒角？ => - 去毛刺|- 好装配"}},
		{"lists of definitions", "**What is a vice?**\n: It holds work.\n\nShim\n: A thin piece that fills a gap.\n: It can be bent.\n", []string{"What is a vice? => It holds work.", "What is Shim? => A thin piece that fills a gap.| It can be bent."}},
		{"a remark behind a question", "# 工具\n\n## 1、刨子的用途是什么？（高频）\n\n刨平木料。\n", []string{"刨子的用途是什么？ => 刨平木料。"}},
		{"what is above and below an article", "# 机床整理\n\nCreated: May 2, 2023\nTags: tools\n\n**什么是车床？**\n\n工件转动的机床。\n\n---\n\n点赞收藏不迷路！\n\n编辑于 2023-05-06\n",
			[]string{"什么是车床？ => 工件转动的机床。"}},
	}
	for _, tt := range tests {
		t.Run(tt.form, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, brief(cardsOf(t, "a.md", tt.note))); diff != "" {
				t.Errorf("cards (-want +got):\n%s", diff)
			}
		})
	}
}

func TestChoicesInARow(t *testing.T) {
	tests := []struct {
		form, note string
		want       []string // question | options, the right ones with a star | answer
	}{
		{"options behind the number of the gap", "●哪种材料最软？（1）\n（1）A．钢　B．铅　C．铜\n【答案】B\n\n●能量长短的是（2）。\n(2) A. 尺   B. 锤   C. 锯\n答案：A\n",
			[]string{"哪种材料最软？（ ） | 钢 *铅 铜 | B. 铅", "能量长短的是（ ）。 | *尺 锤 锯 | A. 尺"}},
		{"several gaps in one text", "●先用（5）画线，再用（6）切断。\n（5）A.划针  B.锤  C.锉\n（6）A.尺  B.锤  C.锯\n【答案】A C\n",
			[]string{"先用（5）画线，再用（6）切断。⏎（5）？ | *划针 锤 锉 | A. 划针", "先用（5）画线，再用（6）切断。⏎（6）？ | 尺 锤 *锯 | C. 锯"}},
		{"stems without numbers", "哪个最硬？\n\nA. 铝\nB. 钢\n\n答案：B\n\n哪个最轻？\n\nA. 铝\nB. 钢\n\n答案：A\n\n铝比钢轻。\n",
			[]string{"哪个最硬？ | 铝 *钢 | B. 钢", "哪个最轻？ | *铝 钢 | A. 铝⏎铝比钢轻。"}},
		{"a line that counts, a stem, and code without a fence", "QUESTION 1\nWhat is shown?\n\nprint(1)\n\nA. 0\nB. 1\n\nCorrect Answer: B\n",
			[]string{"What is shown?⏎print(1) | 0 *1 | B. 1"}},
		{"a key of pairs with dashes", "1) Which one cuts?\n   a) tape\n   b) saw\n\n2) Which one holds?\n   a) vice\n   b) rule\n\nAnswer Key\n1-b, 2-a\n",
			[]string{"Which one cuts? | tape *saw | B. saw", "Which one holds? | *vice rule | A. vice"}},
	}
	for _, tt := range tests {
		t.Run(tt.form, func(t *testing.T) {
			var got []string
			for _, c := range cardsOf(t, "a.txt", tt.note) {
				got = append(got, strings.ReplaceAll(asChoice(c), "\n", "⏎"))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("choices (-want +got):\n%s", diff)
			}
		})
	}
}
