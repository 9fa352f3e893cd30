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

// Notes as a team writes them: a few kilobytes an answer, of lists, sentences and code.
func BenchmarkKeyPointsOfNotes(b *testing.B) {
	part := "## 主从复制\n\n1. 从节点连上主节点，发送 **PSYNC**，带上自己的复制编号和偏移量。\n2. 主节点决定全量还是增量：积压缓冲区里还有就只发增量，否则先生成快照，再发快照之后的写命令。\n\n- 默认端口是 6379，`repl-backlog-size` 默认 1mb\n- 网络断开以后会自动重连；重连之前从节点仍然可以回答读请求\n\n```bash\nredis-cli -p 6380 replicaof 10.0.0.1 6379  # 指定主节点\n```\n\nReplication is asynchronous: a write may be lost if the primary fails before it was sent.\n"
	for _, n := range []int{1, 2, 4} {
		text := strings.Repeat(part, n)
		b.Run(fmt.Sprintf("%dx", n), func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				KeyPoints("主从复制怎样工作？", text)
			}
		})
	}
}
