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
		{"an item of a checklist", "## 磁盘空间是否足够？\n用 df 看每个分区的用量，超过八成就报警。\n", []knowledge.Flag{knowledge.NeedsReview}},
		{"an English item of a checklist", "## Is there enough memory?\nLook at the free column, and raise an alarm below one gigabyte.\n", []knowledge.Flag{knowledge.NeedsReview}},
		{"a yes or no that is answered", "## 队列是否有足够的空间？\n没有，满了就丢弃新的消息。\n", nil},
		{"a yes or no about knowledge", "## 这种锁是可重入的吗，以读写锁为例？\n同一个线程再次加锁时只增加计数。\n", nil},
		{"how to find out whether", "## 如何判断服务是否正常运行？\n访问它的健康检查地址。\n", nil},
		{"a pronoun without its noun", "## 它和编码有什么区别？\n字符集是字的集合，编码是字的写法。\n", []knowledge.Flag{knowledge.NeedsReview}},
		{"work for a machine", "## 总结消息队列的原理，并搭建三个节点的集群\n先装软件包，再改配置文件，最后启动。\n", []knowledge.Flag{knowledge.NeedsReview}},
		{"a script to be written", "## 完成日志清理脚本\nfind 找出旧文件，再逐个删除。\n", []knowledge.Flag{knowledge.NeedsReview}},
		{"a field of a topic with a remark", "# Apache\n## 数据库\n程序通过驱动模块访问它们，驱动另外安装。\n", []knowledge.Flag{knowledge.NeedsReview}},
		{"a heading whose text tells a story", "## 磁盘的利用率\n这一条利用率稍微复杂，要看所有的文件系统。\n", nil},
		{"a short heading whose text tells a story", "## 磁盘利用率\n这一条稍微复杂，要看所有的文件系统。\n", []knowledge.Flag{knowledge.NeedsReview}},
		{"more code than anybody types", "## 怎样配置代理？\n写在主配置里：\n```\n" + strings.Repeat("x 1;\n", 31) + "```\n", []knowledge.Flag{knowledge.TooLong}},
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
		{"two deeds with a particle", "## 集群的安装与配置\n先装软件包，再改配置文件，最后启动。\n", "集群怎么安装与配置？", knowledge.Explain},
		{"a name and a question", "## 缓存 & 如何更新\n先写库，再删缓存。\n", "缓存：如何更新？", knowledge.Explain},
		{"a size", "## 数据库的容量\n单台存两亿行，再多就要分库。\n", "数据库的容量有多大？", knowledge.Explain},
		{"a duty of a program", "# Nginx\n## 访问控制\n按地址放行，其余拒绝。\n", "Nginx 的访问控制怎么做？", knowledge.Explain},
		{"a place is no circumstance", "## 在网关层面上的限流\n按地址计数，超过就拒绝。\n", "在网关层面上的限流是怎样的？", knowledge.Explain},
		{"how two things differ, without its mark", "## 进程和线程有什么区别\n前者有自己的地址空间。\n", "进程和线程有什么区别？", knowledge.Compare},
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

func TestPronouns(t *testing.T) {
	tests := []struct {
		name, note, want string
	}{
		{"a pronoun gives way to what the title above asks for", "## 什么是 GBK？\n一种编码。\n### 它和 UTF-8 有什么区别\n一个汉字的字节数不同。\n", "GBK 和 UTF-8 有什么区别？"},
		{"and to a name above it", "## 字符集\n字的集合，各有编号。\n### 它和编码有什么区别？\n编码是字的写法，字符集是字。\n", "字符集和编码有什么区别？"},
		{"a pronoun inside keeps its noun before it", "## GBK是什么？\n一种编码。\n### 为什么它更省空间？\n一个汉字只占两个字节。\n", "GBK：为什么它更省空间？"},
		{"an English pronoun keeps its noun before it", "## What is Raft?\nAn algorithm of agreement.\n### How does it elect a leader?\nEach node waits a random time, then asks for votes.\n", "Raft: How does it elect a leader?"},
		{"other words that hold the sign", "## 锁\n保护数据的手段之一。\n### 其他线程怎么知道锁已释放？\n它们在队列里等着被叫醒。\n", "其他线程怎么知道锁已释放？"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cards := cardsOf(t, "a.md", tt.note)
			got := cards[len(cards)-1]
			if got.Question != tt.want || !got.Askable() {
				t.Errorf("%q %v, want %q, askable", got.Question, got.Flags, tt.want)
			}
		})
	}
}

func TestDoubt(t *testing.T) {
	tests := []struct{ note, want string }{
		{"## 这段代码的输出是什么？\n先打印一，再打印二，最后换行。\n", "the question speaks of something that is not in it"},
		{"## 磁盘空间是否足够？\n用 df 看每个分区还剩多少，少于两成就清理。\n", "it asks for the state of a system, as a checklist does"},
		{"## 插入三条记录后删掉最后一条记录，再插入的这条记录编号是几？\n看表怎么记最大的编号，有的会重用。\n", ""},
		{"## 为什么 8% 这个数字重要？\n超过它，重试会让服务变慢。\n", ""},
		{"## What does it mean when a disk is busy?\nIts queue is never empty.\n", ""},
		{"Q: In this expression: `port=22`, what is the port?\nA: The number behind the sign.\n\nQ: Who reads it?\nA: The server.\n", ""},
		{"## 怎样看所有索引？\n用下面的命令：\n\nSHOW INDEX 和表的名字\n", ""},
		{"## 什么是死锁？\n两个线程互相等待对方的锁。\n", ""},
	}
	for _, tt := range tests {
		if got := Doubt(cardsOf(t, "a.md", tt.note)[0]); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.note, got, tt.want)
		}
	}
}
