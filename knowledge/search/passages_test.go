package search

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"studybot/knowledge"
	"studybot/knowledge/card"
	"studybot/knowledge/note"
)

// places writes passages as "lines path > title", one each.
func places(ps []knowledge.Passage) []string {
	var out []string
	for _, p := range ps {
		out = append(out, fmt.Sprintf("%d-%d %s", p.Lines.Start, p.Lines.End, strings.Join(append(p.Path[:len(p.Path):len(p.Path)], p.Title), " > ")))
	}
	return out
}

// sentence is a line of about n characters.
func sentence(n int) string {
	return strings.Repeat("网卡收到数据包以后", n/9+1)[:3*n] + "。"
}

func TestPassages(t *testing.T) {
	long := sentence(200)
	tests := []struct {
		name string
		note string
		want []string
	}{
		{
			name: "a section is a passage",
			note: "# 网络\n## 握手\n先发 SYN，再回 SYN ACK。\n最后发 ACK。\n## 挥手\n先发 FIN。\n",
			want: []string{"3-4 网络 > 握手", "6-6 网络 > 挥手"},
		},
		{
			name: "a long section is cut where a paragraph ends",
			note: "# 长\n" + long + "\n" + long + "\n\n" + long + "\n" + long + "\n",
			want: []string{"2-3 长", "5-6 长"},
		},
		{
			name: "a code block stays whole",
			note: "# 配置\n" + sentence(450) + "\n```\n" + strings.Repeat("listen 80;\n\nserver_name a.example;\n", 8) + "```\n" + sentence(450) + "\n",
			want: []string{"2-2 配置", "3-28 配置", "29-29 配置"},
		},
		{
			name: "a table stays whole",
			note: "# 表\n" + sentence(450) + "\n\n| 参数 | 含义 |\n|---|---|\n" + strings.Repeat("| -t | 使用 TCP 协议的虚拟服务 |\n", 9) + "\n" + long + "\n",
			want: []string{"2-2 表", "4-16 表"},
		},
		{
			name: "a large outline is cut between its branches, under the title of the branch",
			note: "# 比较\n- Nginx\n  - 优点：" + sentence(150) + "\n  - 缺点：" + sentence(150) + "\n- LVS\n  - 优点：" + sentence(150) + "\n  - 缺点：" + sentence(150) + "\n",
			want: []string{"2-4 比较", "5-7 比较"},
		},
		{
			name: "what is cut inside a branch stands under the branch",
			note: "# 比较\n- Nginx\n  - 优点：" + sentence(420) + "\n  - 缺点：" + sentence(420) + "\n",
			want: []string{"2-3 比较", "4-4 比较 > Nginx"},
		},
		{
			name: "a line that announces stays with what it announces",
			note: "# 步骤\n" + sentence(300) + "\n检查以下几项：\n- 端口\n- 证书\n- " + sentence(250) + "\n",
			want: []string{"2-2 步骤", "3-6 步骤"},
		},
		{
			name: "a section without a body is found by its title",
			note: "# 空\n## 甲\n## 乙\n内容在这里。\n",
			want: []string{"2-2 空 > 甲", "4-4 空 > 乙"},
		},
		{
			name: "no heading at all",
			note: "磁盘满了先看 df -h，再用 du 找出大目录。\n",
			want: []string{"1-1 磁盘满了先看 df -h，再用 du 找出大目录"},
		},
		{
			name: "a table of contents and rules are no passages",
			note: "- [网络](#网络)\n- [存储](#存储)\n\n---\n# 网络\n网卡。\n",
			want: []string{"6-6 网络"},
		},
		{
			name: "a rule of a table without rows is no table",
			note: "正文一行，说明原因。\n|---|---|\n正文一行，说明原因。\n",
			want: []string{"1-3 正文一行，说明原因"},
		},
		{
			name: "comments are no passages",
			note: "<!-- 写给作者 -->\n# 甲\n内容在这里。\n<!--\n草稿\n-->\n",
			want: []string{"3-3 甲"},
		},
		{name: "nothing", note: "", want: nil},
		{name: "only marks", note: "***\n---\n，。\n", want: nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, places(Passages(split("a.md", tt.note)))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestATitleAloneAnswersNothing(t *testing.T) {
	tests := []struct {
		name, note string
		want       bool
	}{
		{"a title above sections", "值班手册\n\n# 磁盘\n看 df。\n", true},
		{"a sentence above sections", "值班的人先看这里。\n\n# 磁盘\n看 df。\n", false},
		{"all there is", "值班手册\n", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Passages(split("a.txt", tt.note))[0].Hollow; got != tt.want {
				t.Errorf("hollow is %v", got)
			}
		})
	}
}

func TestTagsAreNotShown(t *testing.T) {
	tests := []struct{ name, note, want string }{
		{"a folded block", "<details><summary>怎么回滚</summary>\n\n用上一个版本。\n</details>\n", "怎么回滚\n\n用上一个版本。"},
		{"emphasis and breaks", "先<b>停</b>止<br>再启动<!-- 旧 -->。\n", "先停止 再启动。"},
		{"code keeps its tags", "`<b>` 是粗体。\n```\n<p>\n```\n", "`<b>` 是粗体。\n```\n<p>\n```"},
		{"what only looks like one", "a<b 且 c>d，Map<String, List> 也是。\n", "a<b 且 c>d，Map<String, List> 也是。"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ps := Passages(split("a.md", tt.note))
			if len(ps) != 1 {
				t.Fatalf("%d passages, want one", len(ps))
			}
			if diff := cmp.Diff(tt.want, ps[0].Text); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestPassagesOfQuestionsInTheText(t *testing.T) {
	type passage struct{ Place, Text string }
	tests := []struct {
		name string
		file string
		note string
		want []passage
	}{
		{
			name: "Q and A",
			note: "# 网络\nQ: 为什么要三次握手？\nA: 防止旧的连接请求又到达。\n\nQ: 为什么挥手要四次？\nA: 两个方向分别关闭。\n",
			want: []passage{{"3-3 网络 > 为什么要三次握手？", "A: 防止旧的连接请求又到达。"}, {"6-6 网络 > 为什么挥手要四次？", "A: 两个方向分别关闭。"}},
		},
		{
			name: "folded blocks",
			note: "<details>\n<summary>什么是 Pod？</summary>\n\n最小的调度单位。\n</details>\n\n<details>\n<summary>什么是 Service？</summary>\n\n一组 Pod 的固定入口。\n</details>\n",
			want: []passage{{"4-4 什么是 Pod？", "最小的调度单位。"}, {"10-10 什么是 Service？", "一组 Pod 的固定入口。"}},
		},
		{
			name: "flash cards in a line",
			note: "# 存储\n什么是 inode？::记录文件属性和数据块位置的结构。\n什么是软链接？::存放目标路径的文件。\n",
			want: []passage{{"2-2 存储 > 什么是 inode？", "记录文件属性和数据块位置的结构。"}, {"3-3 存储 > 什么是软链接？", "存放目标路径的文件。"}},
		},
		{
			name: "an export of Anki",
			file: "deck.txt",
			note: "#separator:tab\n#html:true\n什么是 VIP？\t漂移的<b>虚拟</b>地址。<br>由 VRRP 选主。\n什么是脑裂？\t两台机器都以为自己是主。\n",
			want: []passage{{"3-3 什么是 VIP？", "漂移的虚拟地址。\n由 VRRP 选主。"}, {"4-4 什么是脑裂？", "两台机器都以为自己是主。"}},
		},
		{
			name: "what stands around a question is a passage of its own",
			note: "# 备份\n每天一次全量备份。\n\n问：备份怎么验证？\n答：每月恢复一次到测试机。\n## 监控\n看磁盘。\n",
			want: []passage{{"2-2 备份", "每天一次全量备份。"}, {"5-5 备份 > 备份怎么验证？", "答：每月恢复一次到测试机。"}, {"7-7 备份 > 监控", "看磁盘。"}},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file := "a.md"
			if tt.file != "" {
				file = tt.file
			}
			n, err := note.Parse(file, []byte(tt.note))
			if err != nil {
				t.Fatal(err)
			}
			ps := Passages(n, card.Cards(n)...)
			var got []passage
			for i, p := range places(ps) {
				got = append(got, passage{p, ps[i].Text})
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestBlankLinesOfAPageMeanNothing(t *testing.T) {
	var b strings.Builder
	for i := range 12 {
		if i == 6 {
			b.WriteString("二、主从切换\n\n")
		}
		b.WriteString("主库写入二进制日志之后通知从库来读取，从库的线程把内容写进中继日志里再重放一次\n\n")
	}
	ps := Passages(split("a.txt", b.String()))
	if len(ps) != 2 || !strings.HasPrefix(ps[1].Text, "二、主从切换") {
		t.Errorf("want a cut before the chapter alone, got %q", places(ps))
	}
}

func TestLinesThatNoSectionClaimsAreFound(t *testing.T) {
	n := knowledge.Note{
		File:  "a.md",
		Lines: []string{"前言一句话。", "# 甲", "甲的内容。", "没人要的一行。"},
		Sections: []knowledge.Section{
			{Title: "甲", TitleLine: 2, Level: 1, Parent: -1, Body: []knowledge.Span{{Start: 3, End: 3}}},
		},
	}
	text := ""
	for _, p := range Passages(n) {
		text += p.Text + "\n"
	}
	for _, want := range []string{"前言一句话", "甲的内容", "没人要的一行"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is in no passage", want)
		}
	}
}

func TestTitleOfTheFrontMatterIsInThePath(t *testing.T) {
	n := split("2024/a.md", "# 甲\n内容一句话。\n")
	n.Title = "上线手册"
	if diff := cmp.Diff([]string{"2-2 上线手册 > 甲"}, places(Passages(n))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, name := range []string{"a", "甲"} {
		n.Title = name
		if diff := cmp.Diff([]string{"2-2 甲"}, places(Passages(n))); diff != "" {
			t.Errorf("title %q (-want +got):\n%s", name, diff)
		}
	}
}

// speaking returns the lines that say anything.
func speaking(lines []string) []string {
	var out []string
	for _, l := range lines {
		if speaks(l) {
			out = append(out, l)
		}
	}
	return out
}

// Whatever a note looks like: passages rise, never overlap, hold what their lines say, and
// every line that says something is in one or is a title.
func TestPassagesCoverTheNote(t *testing.T) {
	line := rapid.SampledFrom([]string{
		"", "", "# 标题", "## 小节", "正文一行，说明原因。", "- 一级", "  - 二级", "    - 三级内容比较长一些", "1. 第一步", "2、第二步",
		"```", "~~~", "| a | b |", "|---|---|", "**注意**", "【第一次】", "说明如下：", "$ ls -l", "> 引用", "---", sentence(300), "a\xffb", "\t\t缩进",
	})
	rapid.Check(t, func(t *rapid.T) {
		src := strings.Join(rapid.SliceOfN(line, 0, 60).Draw(t, "lines"), "\n")
		n := split("a.md", src)
		covered := map[int]bool{}
		last := 0
		for _, p := range Passages(n) {
			if p.Lines.Start <= last || p.Lines.End < p.Lines.Start || p.Lines.End > len(n.Lines) {
				t.Fatalf("lines %v after %d", p.Lines, last)
			}
			last = p.Lines.End
			if lines := n.Lines[p.Lines.Start-1 : p.Lines.End]; !slices.Equal(speaking(strings.Split(p.Text, "\n")), speaking(lines)) {
				t.Fatalf("text %q, lines are %q", p.Text, lines)
			}
			if p.Title == "" && strings.Trim(p.Text, "`~| \t\n>") != "" && speaks(p.Text) {
				t.Fatalf("no title for %q", p.Text)
			}
			for l := p.Lines.Start; l <= p.Lines.End; l++ {
				covered[l] = true
			}
		}
		for _, s := range n.Sections {
			covered[s.TitleLine] = true
		}
		for i, l := range n.Lines {
			if speaks(l) && !covered[i+1] {
				t.Fatalf("line %d %q is in no passage", i+1, l)
			}
		}
	})
}

func FuzzPassages(f *testing.F) {
	f.Add("# a\n```\n- b\n  - c\n|x|\n")
	f.Add("一、\n\n二、\n\n1.\n(3)x\n\xff")
	f.Add("Q: a?\nA: b\n<details><summary>c</summary>d\n</details>\ne::f\n<!-- g\n-->\n- [x](#x)\n")
	f.Add("#separator:tab\na\tb\n")
	f.Fuzz(func(t *testing.T, src string) {
		n, err := note.Parse("a.txt", []byte(src))
		if err != nil {
			return
		}
		last := 0
		for _, p := range Passages(n, card.Cards(n)...) {
			if p.Lines.Start <= last || p.Lines.End < p.Lines.Start || p.Lines.End > len(n.Lines) || !speaks(p.Text) {
				t.Fatalf("passage %v %q after line %d", p.Lines, p.Text, last)
			}
			last = p.Lines.End
		}
	})
}

func BenchmarkPassages(b *testing.B) {
	var src strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&src, "- 第 %d 项\n  - %s\n", i, sentence(40))
	}
	n := split("a.md", src.String())
	b.SetBytes(int64(src.Len()))
	b.ReportAllocs()
	for b.Loop() {
		Passages(n)
	}
}

// A code block that is longer than a passage is opened and closed in each.
func TestALongCodeBlockStaysCode(t *testing.T) {
	for _, tt := range []struct{ name, before, opens string }{
		{"plain", "", "```nginx"},
		{"in a list", "  ", "- ```nginx"},
		{"quoted", "> ", "> ```nginx"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var b strings.Builder
			fmt.Fprintf(&b, "# 配置\n\n%s\n", tt.opens)
			for i := range 120 {
				fmt.Fprintf(&b, "%sproxy_set_header X-Header-%d $value_%d;\n", tt.before, i, i)
			}
			fmt.Fprintf(&b, "%s```\n\n后面的话不是代码。\n", tt.before)
			ps := Passages(split("a.md", b.String()))
			if len(ps) < 3 {
				t.Fatalf("%d passages, want several", len(ps))
			}
			for i, p := range ps {
				code := strings.Contains(p.Text, "proxy_set_header")
				if n := strings.Count(p.Text, "```"); code && n != 2 || !code && n != 0 {
					t.Errorf("passage %d has %d fences:\n%s", i, n, p.Text)
				}
				if code && !strings.Contains(strings.SplitN(p.Text, "\n", 2)[0], "```nginx") {
					t.Errorf("passage %d does not begin as code:\n%s", i, p.Text)
				}
			}
		})
	}
}
