package note

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Titles that bear no heading mark, as collections of questions write them.
func TestPlainTitles(t *testing.T) {
	tests := []struct {
		name  string
		lines []string
		want  []string
	}{
		{"a question that is numbered under one that asks", []string{"## What is glue?", "", "**Q1. What is hide glue?**", "", "It is hot.", "", "**Q2. What is epoxy?**", "", "Two parts."},
			[]string{"2 What is glue? @1", "3 What is hide glue? @3 5-5", "3 What is epoxy? @7 9-9"}},
		{"few of many numbered questions have an answer", []string{"# 木工", "1. 什么是榫头", "   凸出来的一头。", "", "2. 什么是卯眼？", "   凿出来的孔。", "3. 怎么开榫", "4. 怎么磨刨刀", "5. 什么是燕尾榫", "6. "},
			[]string{"1 木工 @1 10-10", "2 什么是榫头 @2 3-3", "2 什么是卯眼？ @5 6-6", "2 怎么开榫 @7", "2 怎么磨刨刀 @8", "2 什么是燕尾榫 @9"}},
		{"a list of questions that goes on", []string{"11. 什么是锉刀？", "", "    磨金属。", "", "12. 什么是刨子？", "", "    刨平。", "", "13. 什么是凿子？", "", "    开孔。"},
			[]string{"1 什么是锉刀？ @1 3-3", "1 什么是刨子？ @5 7-7", "1 什么是凿子？ @9 11-11"}},
		{"steps that go on are no titles", []string{"4. 锯开木板", "", "   慢。", "", "5. 刨平", "", "   快。", "", "6. 上胶", "", "   少。"}, []string{"0  @0 1-11"}},
		{"a tag of a question, up to a ruler", []string{"# 锯", "", "**【面试题】- 锯条的齿距**", "", "每寸的齿数。", "", "- **【面试题】为什么锯条会夹住？**", "", "锯路太窄。", "", "---", "", "另一段。"},
			[]string{"1 锯 @1 11-13", "2 锯条的齿距 @3 5-5", "2 为什么锯条会夹住？ @7 9-9"}},
		{"a bracket without a tag is none", []string{"# 锯", "", "- 【注意】戴眼镜", "", "慢慢锯。"}, []string{"1 锯 @1 3-5"}},
		{"a question in bold in a quote", []string{"# 胶", "胶有很多种。", "", "> **为什么要夹紧？**", ">", "> 胶层要薄。", "", "最后晾干。"},
			[]string{"1 胶 @1 2-2 8-8", "2 为什么要夹紧？ @4 5-6"}},
		{"bullets of a quote that ask", []string{"# 漆", "> - 什么是底漆？", ">   先上的漆。", "> - 为什么要打磨？", ">   去掉毛刺。", "", "完。"},
			[]string{"1 漆 @1 7-7", "2 什么是底漆？ @2 3-3", "2 为什么要打磨？ @4 5-5"}},
		{"questions with nothing but a blank line below", []string{"What is a shim?", "", "A thin piece.", "What is a jig?", "", "A guide.", "What is a dowel?", "", "A round pin."},
			[]string{"1 What is a shim? @1 3-3", "1 What is a jig? @4 6-6", "1 What is a dowel? @7 9-9"}},
		{"questions asked in passing", []string{"A long story begins here.", "", "It goes on.", "", "And on.", "", "Why is that?", "", "Because.", "", "Who knows?", "", "Nobody.", "", "Is it so?", "", "It is."}, []string{"0  @0 1-17"}},
		{"bullets that name beside bullets that ask", []string{"# 钻头", "- 什么是麻花钻？", "", "  有螺旋槽。", "", "- 麻花钻的优点：", "", "  1. 排屑", "  2. 便宜"},
			[]string{"1 钻头 @1", "2 什么是麻花钻？ @2 4-4", "2 麻花钻的优点 @6 8-9"}},
		{"one bullet that asks with a mark", []string{"# 漆", "- 刷两遍", "- 为什么要等它干透？", "", "  湿漆会起皱。"}, []string{"1 漆 @1 2-2", "2 为什么要等它干透？ @3 5-5"}},
		{"one bullet that asks over items", []string{"# 漆", "- 刷两遍", "- 什么是头道漆", "  - 最先上的漆", "- 晾干"}, []string{"1 漆 @1 2-2 5-5", "2 什么是头道漆 @3 4-4"}},
		{"a sentence that mentions a question", []string{"# 漆", "- 刷两遍", "- 先看木头，算出哪些面要上漆，再刷", "  - 正面"}, []string{"1 漆 @1 2-4"}},
		{"questions under a bullet that asks", []string{"- 刨和锉有什么区别？", "", "  - 一个切，一个磨。", "", "  - 刨是什么？", "", "    - 切下薄片的刀。", "", "  - 锉是什么？", "", "    - 有齿的钢条。", "", "  - 怎么磨刨刀？", "", "    - 用油石。"},
			[]string{"1 刨和锉有什么区别？ @1 3-3", "2 刨是什么？ @5 7-7", "2 锉是什么？ @9 11-11", "2 怎么磨刨刀？ @13 15-15"}},
		{"bare numbers that rise", []string{"# 锯", "## 1 saw和file", "甲。", "## 2 glue和nail", "乙。", "## 3 way joint", "丙。"},
			[]string{"1 锯 @1", "2 saw和file @2 3-3", "2 glue和nail @4 5-5", "2 way joint @6 7-7"}},
		{"a bare number that counts", []string{"# 3 way joint", "甲。", "# 5 axis mill", "乙。"}, []string{"1 3 way joint @1 2-2", "1 5 axis mill @3 4-4"}},
		{"bullets that name only", []string{"# 钻头的优缺点", "- 麻花钻的优点", "  - 排屑", "- 麻花钻的缺点", "  - 烫"}, []string{"1 钻头的优缺点 @1 2-5"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n, err := Parse("a.md", []byte(strings.Join(tt.lines, "\n")))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, outlineOf(n)); diff != "" {
				t.Errorf("sections (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCleanTitleOfQuestions(t *testing.T) {
	for in, want := range map[string]string{
		"【面试题】榫头的种类":             "榫头的种类",
		"**榫头的种类**【重点，面试题】":      "榫头的种类",
		"1.2.3. 【问题】 榫头有几种":      "榫头有几种",
		"题目007: 写出开榫的步骤":         "写出开榫的步骤",
		"题目 02- 什么是榫头？":          "什么是榫头？",
		"Question8 - Joints":     "Joints",
		"Part 3 — Joints":        "Joints",
		"-榫头与卯眼":                 "榫头与卯眼",
		"-h prints help":         "-h prints help",
		"7-bit ASCII":            "7-bit ASCII",
		"【第一层】":                  "第一层",
		"2024-01-02 (a release)": "2024-01-02 (a release)",
	} {
		if got := CleanTitle(in); got != want {
			t.Errorf("CleanTitle(%q) = %q, want %q", in, got, want)
		}
	}
}
