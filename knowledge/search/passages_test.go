package search

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"studybot/knowledge"
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

// Whatever a note looks like: passages rise, never overlap, hold exactly their lines, and
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
			if want := strings.Join(n.Lines[p.Lines.Start-1:p.Lines.End], "\n"); p.Text != want {
				t.Fatalf("text %q, lines are %q", p.Text, want)
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
	f.Fuzz(func(t *testing.T, src string) { Passages(split("a.md", src)) })
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
