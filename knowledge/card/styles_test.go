package card

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Notes in the styles that people write in, and the questions that a good editor would
// find in them.
func TestStyles(t *testing.T) {
	tests := []struct {
		style string
		file  string
		lines []string
		want  []string
	}{
		{"a Chinese interview collection with stars, numbers and a table of contents", "java.md", []string{
			"# Java 面试题", "", "- [一、基础](#一基础)", "  - [1. 什么是自动装箱](#1-什么是自动装箱)", "", "## 一、基础", "",
			"### 1. 什么是自动装箱？☆☆☆", "", "基本类型变成包装类型。", "", "### 2. == 和 equals 的区别 ⭐️", "", "一个比地址，一个比内容。", "",
			"### 3. 重载与重写", "", "- 重载：同名不同参数", "- 重写：子类改父类的方法", "", "## 二、集合", "", "### 4. HashMap 的底层结构", "", "数组加链表加红黑树。", "",
			"## 参考", "", "- [文档](http://a.b)"},
			[]string{"什么是自动装箱？", "== 和 equals 有什么区别？", "重载与重写有什么区别？", "HashMap 的底层结构是怎样的？"}},
		{"an exam paper with answers under labels", "exam.md", []string{
			"# 单元测试", "", "## 第1题", "", "### 题目", "写一个求和函数", "", "### 参考答案", "循环相加即可。", "", "## 简述垃圾回收", "", "### 参考答案", "", "回收不再使用的内存。"},
			[]string{"写一个求和函数", "简述垃圾回收。"}},
		{"questions in numbered lines", "net.txt", []string{
			"1. 什么是滑动窗口？", "发送方可以连续发送的范围。", "", "2. 拥塞控制有哪些算法？", "慢启动、拥塞避免、快重传、快恢复。", "", "3. 为什么要四次挥手？", "两个方向要分别关闭。"},
			[]string{"什么是滑动窗口？", "拥塞控制有哪些算法？", "为什么要四次挥手？"}},
		{"questions in bullets", "qa.md", []string{
			"# Shell", "", "- 如何查看磁盘？", "  - df -h", "- 如何查看内存？", "  - free -m", "- 如何查看所有进程？", "- 今天学了很多"},
			[]string{"如何查看磁盘？", "如何查看内存？"}},
		{"an English README with hidden answers", "README.md", []string{
			"# Ops questions", "", "[![build](http://a.b/c.svg)](http://a.b)", "", "## Contents", "", "- [Linux](#linux)", "- [DNS](#dns)", "", "## Linux", "",
			"<details>", "<summary>What does <code>ls -l</code> show?</summary><br><b>", "", "Files with their details.", "", "```", "$ ls -l", "# comment", "```", "</b></details>", "",
			"<details>", "<summary>True or False? A fork shares memory</summary><br><b>", "", "False.", "</b></details>", "", "## License", "", "MIT, as the file says."},
			[]string{"What does ls -l show?", "True or False? A fork shares memory"}},
		{"notes on C++", "cpp.md", []string{
			"# C++", "", "## 智能指针的种类", "", "- std::unique_ptr：独占", "- std::shared_ptr：共享", "- std::weak_ptr：旁观", "",
			"调用 std::make_unique<T>() 创建；std::move 转移所有权。", "", "Foo::bar() 是静态成员", "", "```cpp", "a == b;", "std::vector<int> v;", "```"},
			[]string{"智能指针的种类有哪些？"}},
		{"notes on Rust in English", "rust.md", []string{
			"# Rust", "", "## Ownership", "", "Each value has one owner. Use std::mem::swap to exchange two.", "", "use std::collections::HashMap;", "", "Vec::new makes an empty one.", "",
			"## How do lifetimes work?", "", "They bound references: `&'a T`. See also std::rc::Rc."},
			[]string{"What is Rust Ownership?", "How do lifetimes work?"}},
		{"a configuration in YAML", "conf.md", []string{
			"---", "tags: [k8s]", "date: 2024-01-01", "---", "", "## Deployment 的清单", "", "```yaml", "# replicas", "spec:", "  replicas: 3", "  host: \"[::1]:80\"", "```", "", "listen: fe80::1", "mode:: fast"},
			[]string{"Deployment 的清单是怎样的？"}},
		{"an Obsidian note with properties, call-outs and links", "ob.md", []string{
			"---", "aliases: [x]", "---", "", "up:: [[Index]]", "status:: done", "", "## 什么是 [[CAP]] 定理？", "", "> [!note] 定义", "> 一致、可用、分区容错三选二。", "", "^block-id", "", "## 相关", "", "- [[BASE]]", "- [[Paxos|帕克索斯]]"},
			[]string{"什么是 CAP 定理？"}},
		{"an Obsidian note with cards", "cards.md", []string{
			"#flashcards/os", "", "进程:::正在运行的程序", "", "内核态与用户态的边界::系统调用", "", "分页的好处", "?", "- 没有外部碎片", "- 便于共享", "", "死锁要有==互斥==、==占有且等待==、不可剥夺和循环等待"},
			[]string{"什么是进程？", "“正在运行的程序”指的是什么？", "内核态与用户态的边界是怎样的？", "分页的好处有哪些？", "死锁要有____、____、不可剥夺和循环等待"}},
		{"a Logseq journal", "2024_01_01.md", []string{
			"- TODO call Bob", "- DONE write report", "  id:: 65a0", "- meeting", "  - talked about locks", "- 什么是乐观锁 #card", "  card-repeats:: 3", "  - 提交时再检查版本"},
			[]string{"什么是乐观锁？"}},
		{"homework in plain text with a script", "hw.txt", []string{
			"1. 总结 Redis 持久化", "RDB 是快照，AOF 是日志。", "- RDB：恢复快", "- AOF：丢得少", "2. 完成备份脚本", "#!/bin/bash", "# copy all", "cp -r /data /backup", "echo done", "3. 总结主从复制", "先全量，再增量。"},
			[]string{"总结 Redis 持久化。", "完成备份脚本。", "总结主从复制。"}},
		{"a quiz with letters in several forms", "quiz.md", []string{
			"# 选择题", "", "1. 哪个是传输层协议？", "A. IP", "B. TCP", "C. ARP", "", "答案：B", "", "2. 下列属于应用层的有（ABC）", "A、HTTP", "B、DNS", "C、SSH", "D、IP", "",
			"**3. 关于 UDP，正确的是**", "", "- A. 面向连接", "- B. 无连接", "", "<details><summary>查看答案</summary>", "", "答案：B", "</details>"},
			[]string{"哪个是传输层协议？", "下列属于应用层的有（ ）", "关于 UDP，正确的是"}},
		{"a change log and a list of links", "CHANGELOG.md", []string{
			"# Changelog", "", "## 1.2.0 - 2024-01-02", "", "- fixed the parser", "- added a flag", "", "## Resources", "", "- [one](http://a.b) - a good read", "- [two](http://a.c)", "", "### 2024年1月2日", "", "今天读了三章书，很累。"},
			[]string{}},
		{"a note in bold and brackets without headings", "bold.txt", []string{
			"**什么是零拷贝**", "数据不经过用户态。", "", "**写时复制的过程**", "先共享，写的时候再复制一份。", "", "【内存屏障的作用】", "防止指令重排。"},
			[]string{"什么是零拷贝？", "写时复制的过程是怎样的？", "内存屏障的作用是什么？"}},
		{"a glossary", "terms.txt", []string{"SLA\t服务等级协议", "SLO\t服务等级目标", "MTTR\t平均恢复时间"}, []string{"什么是 SLA？", "什么是 SLO？", "什么是 MTTR？"}},
		{"a document of Windows with a byte order mark", "win.md", []string{"\ufeff## 什么是注册表？\r", "\r", "保存设置的数据库。\r"}, []string{"什么是注册表？"}},
	}
	for _, tt := range tests {
		t.Run(tt.style, func(t *testing.T) {
			got := []string{}
			for _, c := range cardsOf(t, tt.file, strings.Join(tt.lines, "\n")+"\n") {
				got = append(got, c.Question)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("questions (-want +got):\n%s", diff)
			}
		})
	}
}
