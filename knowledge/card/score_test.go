package card

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"studybot/knowledge"
)

// TestScores holds pairs of notes of one card each: the first is asked before the second.
func TestScores(t *testing.T) {
	const points = "- 先写日志再写数据\n- 崩溃以后按日志重做\n- 定期把日志截短\n"
	tests := []struct {
		name, before, after string
	}{
		{"points in words before commands", "## 如何恢复数据？\n" + points, "## 如何恢复数据？\n```\nmount /dev/sdb1 /mnt\ncp -a /mnt/a /srv\numount /mnt\n```\n"},
		{"a question before a bare title", "## 什么是预写日志？\n" + points, "## 预写日志的实现原理\n" + points},
		{"a plain wording before a vague one", "## 预写日志的作用\n" + points, "## 预写日志的实现原理\n" + points},
		{"a few sentences before a page", "## 什么是预写日志？\n" + points, "## 什么是预写日志？\n" + points + strings.Repeat("日志写在另一块盘上。\n", 70)},
		{"three points before one", "## 什么是预写日志？\n" + points, "## 什么是预写日志？\n先写日志。\n"},
		{"a general question before one with an example's address", "## 如何限制某个地址的访问？\n" + points, "## 如何限制 10.1.2.3 的访问？\n" + points},
		{"a question before one with an aside", "## 如何到达外部网络？\n" + points, "## 如何到达外部网络（比如某个网站）？\n" + points},
		{"a question before one of yes or no without either", "## 为什么日志要先写？\n" + points, "## 日志要先写吗？\n" + points},
		{"a named topic before none", "## 什么是 WAL 日志？\n" + points, "## 什么是预写日志？\n" + points},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, b := cardsOf(t, "a.md", tt.before), cardsOf(t, "a.md", tt.after)
			if len(a) != 1 || len(b) != 1 {
				t.Fatalf("%d and %d cards, want 1 and 1", len(a), len(b))
			}
			if a[0].Score <= b[0].Score {
				t.Errorf("%q has %v, %q has %v", a[0].Question, a[0].Score, b[0].Question, b[0].Score)
			}
		})
	}
}

func TestPointed(t *testing.T) {
	words := []string{"先查路由表", "再问网关的硬件地址", "最后逐跳转发"}
	with := func(more ...string) []string { return append(more, words...) }
	tests := []struct {
		name         string
		points, want []string
	}{
		{"a prompt is dropped", with("ping example.org"), words},
		{"an aside is dropped", with("先不讨论域名的解析", "细节后面再说"), words},
		{"a rhetorical question is dropped", with("那怎么找到网关呢？"), words},
		{"an announced example is dropped", with("以下示例，在同一个集群里"), words},
		{"a name stays", with("Netfilter"), with("Netfilter")},
		{"where little else is said, all stay", []string{"先不讨论解析", "再问网关"}, []string{"先不讨论解析", "再问网关"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, pointed(tt.points, knowledge.Explain, "怎样到达另一个网络？")); diff != "" {
				t.Errorf("points (-want +got):\n%s", diff)
			}
		})
	}
}

func TestUntitled(t *testing.T) {
	tests := []struct {
		name, answer, title, want string
	}{
		{"a bold title and a colon", "**什么是锁**：保护数据。\n再说一点。", "什么是锁", "保护数据。\n再说一点。"},
		{"the colon inside the bold", "**什么是锁：**保护数据。", "什么是锁", "保护数据。"},
		{"a Latin colon", "WAL: a log that is written first", "WAL", "a log that is written first"},
		{"a sentence that begins with the title", "锁保护数据。", "锁", "锁保护数据。"},
		{"nothing after the colon on its line", "锁：\n保护数据。", "锁", "锁：\n保护数据。"},
		{"no title", "：保护数据。", "", "：保护数据。"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := untitled(tt.answer, tt.title); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestJSONHoldsNoNull(t *testing.T) {
	notes := map[string]string{
		"a.md":  "什么是锁？\n\n# 什么是键\n名字。\n\n默认的级别::警告\n\n#### 1. Which?\n\n- [x] a cat\n- [ ] a dog\n",
		"b.tsv": "question\tanswer\n什么是锁？\t保护数据\n",
		"c.md":  "- 地球绕==太阳==转\n\nQ: What is DNS?\nA: Names.\n",
	}
	var cards []knowledge.Card
	for file, src := range notes {
		cards = append(cards, cardsOf(t, file, src)...)
	}
	for _, c := range Identify(nil, Merge(cards)) {
		b, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(b), ":null") {
			t.Errorf("null in %s", b)
		}
	}
}
