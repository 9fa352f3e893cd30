package card

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"studybot/knowledge"
)

func TestFlags(t *testing.T) {
	tests := []struct {
		name, note string
		want       []knowledge.Flag
	}{
		{"a good question", "## 什么是死锁？\n两个线程互相等待对方的锁。\n", nil},
		{"a title without enough context", "## 主机宕机\n收到通知后先看带外管理口，再联系机房的同事。\n", []knowledge.Flag{knowledge.NeedsReview}},
		{"a short title that the text defines", "## 死锁\n死锁是两个线程互相等待对方的锁。\n", nil},
		{"an answer of one word", "## 默认的日志级别\n普通警告\n", []knowledge.Flag{knowledge.NeedsReview}},
		{"a flashcard may be short", "默认的日志级别::警告\n", nil},
		{"a question about what stands above it", "## 上题中的命令为什么会失败？\n因为没有权限，要用管理员来执行。\n", []knowledge.Flag{knowledge.NeedsReview}},
		{"a question that says it", "## How does it work?\nIt asks the root servers first and then goes down the tree.\n", []knowledge.Flag{knowledge.NeedsReview}},
		{"a question about a picture", "#### 1. What is shown?\n\n![x](a.png)\n\n- [x] a cat\n- [ ] a dog\n", []knowledge.Flag{knowledge.NeedsReview}},
		{"a question with its code", "#### 1. What does this command do?\n\n```\nls\n```\n\n- [x] lists files\n- [ ] removes files\n", nil},
		{"a long text", "## 什么是甲？\n" + strings.Repeat("甲是一个很长的故事。\n\n", 160), []knowledge.Flag{knowledge.TooLong}},
		{"a long listing", "## 如何写这个脚本的配置？\n```\n" + strings.Repeat("x = 1\n", 80) + "```\n", []knowledge.Flag{knowledge.TooLong, knowledge.NeedsReview}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cards := cardsOf(t, "a.md", tt.note)
			if len(cards) != 1 {
				t.Fatalf("%d cards, want 1", len(cards))
			}
			got := cards[0].Flags
			if len(got) == 0 {
				got = nil
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("flags of %q (-want +got):\n%s", cards[0].Question, diff)
			}
		})
	}
}

func TestQuestions(t *testing.T) {
	tests := []struct {
		name, note, want string
		kind             knowledge.Kind
	}{
		{"trouble", "## 网络不通的排查\n先看链路，再看路由。\n", "如何排查网络不通？", knowledge.Explain},
		{"two things", "## 流量控制与拥塞控制\n一个保护接收方，一个保护网络。\n", "流量控制与拥塞控制有什么区别？", knowledge.Explain},
		{"two names", "## Docker vs Podman\n前者有守护进程，后者没有。\n", "Docker 与 Podman 有什么区别？", knowledge.Compare},
		{"a thing and a deed are no two things", "## 集群安装与配置\n先装软件包，再改配置文件，最后启动。\n", "集群怎么安装与配置？", knowledge.Explain},
		{"a way to handle", "## 缓存雪崩的处理方法\n错开过期的时间。\n", "缓存雪崩怎么处理？", knowledge.Explain},
		{"English steps", "## Steps to troubleshoot DNS\nAsk the resolver, then ask the root.\n", "What are the steps to troubleshoot DNS?", knowledge.Steps},
		{"an English plural", "## Consumer groups\nA consumer group is a set of readers that share the work.\n", "What are consumer groups?", knowledge.Explain},
		{"an English name keeps its capital", "## Kafka topics\nA Kafka topic is a log that is cut into partitions.\n", "What are Kafka topics?", knowledge.Explain},
		{"a name that is also a word", "## Go modules\nThe go command reads a module, as every Go programmer knows.\n", "What are Go modules?", knowledge.Explain},
		{"an introduction", "## Introduction to Raft\nA leader keeps a log that the others copy.\n", "What is Raft?", knowledge.Explain},
		{"a name that ends in s", "## What Jenkins is\nIt runs jobs when code changes, and tells who broke them.\n", "What Jenkins is?", knowledge.Explain},
		{"how they differ", "## How do TCP and UDP differ?\nOne keeps order and repeats what is lost.\n", "How do TCP and UDP differ?", knowledge.Compare},
		{"a table and a sentence", "## 三种日志级别\n下表是 `level` 的取值。\n\n| 级别 | 含义 |\n| --- | --- |\n| info | 普通 |\n| warn | 警告 |\n", "有哪三种日志级别？", knowledge.List},
		{"bullets and a code block", "## 容器的常用参数\n- 端口\n- 名字\n- 卷\n- 网络\n- 重启\n\n```sh\ndocker run -d x\n```\n", "容器的常用参数有哪些？", knowledge.List},
		{"a command on one line", "## 如何查看监听的端口？\n`ss -lnt`\n", "如何查看监听的端口？", knowledge.Command},
		{"a sentence with a name in backquotes", "## How is the path found?\nThe `$PATH` variable lists the folders that are tried, one after the other.\n", "How is the path found?", knowledge.Explain},
		{"what a summary is about", "## 网络配置文件知识\n- 地址写在这里\n- 网关写在这里\n", "网络配置文件有哪些要点？", knowledge.Explain},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cards := cardsOf(t, "a.md", tt.note)
			if len(cards) != 1 {
				t.Fatalf("%d cards, want 1", len(cards))
			}
			if got := cards[0]; got.Question != tt.want || got.Kind != tt.kind {
				t.Errorf("%s: %q, want %s: %q", got.Kind, got.Question, tt.kind, tt.want)
			}
		})
	}
}

func TestDuplicates(t *testing.T) {
	a := cardsOf(t, "a.md", "## 什么是死锁？\n两个线程互相等待对方的锁。\n")
	b := cardsOf(t, "b.md", "# 锁\n\n## 什么是死锁？\n两个线程互相等待对方的锁。\n")
	var got []string
	for _, p := range Duplicates(Merge(append(a, b...))) {
		got = append(got, p.String())
	}
	want := []string{`a.md:1: "什么是死锁？" is asked again, in the same or nearly the same words, in b.md:4: keep one, or say what differs`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("duplicates (-want +got):\n%s", diff)
	}
}
