package grade

import (
	"fmt"
	"strings"
	"testing"
)

// Time should grow with the length of each text, not faster.
func BenchmarkAnswer(b *testing.B) {
	reference := strings.Repeat("- 主节点把写操作记到日志里，从节点连上来以后先做一次全量同步，再持续接收增量。\n", 100)
	answer := strings.Repeat("主节点先写日志，从节点全量同步一次；之后只收增量，不会再传整个文件。", 40)
	unbroken := strings.Repeat("不主节点日志", 600)
	cases := []struct{ name, reference, answer string }{
		{"reference", reference, answer[:600]}, {"answer", reference[:1200], answer}, {"unbroken", reference[:1200], unbroken},
	}
	for _, c := range cases {
		for _, n := range []int{1, 2, 4} {
			r, a := c.reference, c.answer
			if c.name == "reference" {
				r = strings.Repeat(r, n)
			} else {
				a = strings.Repeat(a, n)
			}
			b.Run(fmt.Sprintf("%s/%dx", c.name, n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					Answer("主从复制怎样工作？", r, a)
				}
			})
		}
	}
}

func BenchmarkKeyPoints(b *testing.B) {
	shapes := map[string]string{
		"lists":    "- 主节点把写操作记到日志里，从节点再来拉取。\n  - 先做一次全量同步\n",
		"unbroken": "主节点日志",
		"fences":   "```\n$ ls -l\n```\n",
		"marks":    "**[<!--{{",
		"brackets": "（（[",
	}
	for name, s := range shapes {
		for _, n := range []int{1, 2, 4} {
			text := strings.Repeat(s, n*12000/len(s))
			b.Run(fmt.Sprintf("%s/%dx", name, n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					KeyPoints("主从复制怎样工作？", text)
				}
			})
		}
	}
}
