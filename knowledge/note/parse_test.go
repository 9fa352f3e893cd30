package note

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"studybot/knowledge"
)

// outlineOf writes sections as lines such as "2 Title @3 4-6": level, title, line, body.
func outlineOf(n knowledge.Note) []string {
	out := []string{}
	for _, s := range n.Sections {
		line := fmt.Sprintf("%d %s @%d", s.Level, s.Title, s.TitleLine)
		for _, b := range s.Body {
			line += fmt.Sprintf(" %d-%d", b.Start, b.End)
		}
		out = append(out, line)
	}
	return out
}

func TestParseSections(t *testing.T) {
	tests := []struct {
		name string
		note string
		want []string
	}{
		{"a heading owns the text up to the next heading", "# A\none\ntwo\n## B\nthree\n", []string{"1 A @1 2-3", "2 B @4 5-5"}},
		{"text before the first heading has a section without a title", "intro\n\n# A\nx\n", []string{"0  @0 1-1", "1 A @3 4-4"}},
		{"a comment in a fence is no heading", "# A\n```sh\n# b\n```\n", []string{"1 A @1 2-4"}},
		{"a fence in a list hides its comments", "# A\n- run\n  ```sh\n  # b\n  ls\n  ```\n## C\nx\n", []string{"1 A @1 2-6", "2 C @7 8-8"}},
		{"a tilde fence holds backticks", "# A\n~~~\n```\n# b\n~~~\n# C\nx\n", []string{"1 A @1 2-5", "1 C @6 7-7"}},
		{"a longer fence holds a shorter one", "# A\n````md\n```\n# b\n```\n````\n# C\nx\n", []string{"1 A @1 2-6", "1 C @7 8-8"}},
		{"a fence in a fence of the same length", "# A\n```md\n```js\n# b\n```\n```\n# C\nx\n", []string{"1 A @1 2-6", "1 C @7 8-8"}},
		{"an open fence ends where a section begins", "# A\n```sh\n# b\nls\n\n## C\nx\n", []string{"1 A @1 2-4", "2 C @6 7-7"}},
		{"an open fence ends before the next one", "# A\n```sh\n# b\n\n## C\n```js\n# d\n```\n", []string{"1 A @1 2-3", "2 C @5 6-8"}},
		{"a closing line too many does not swallow the rest", "# A\n- ```sh\n  ls\n  ```\n  # load\n  # ls < x\n  ```\n\n## B\n```sh\nx\n```\n", []string{"1 A @1 2-7", "2 B @9 10-12"}},
		{"an empty heading does not take the next body", "## A\n\n## B\nx\n", []string{"2 A @1", "2 B @3 4-4"}},
		{"setext headings", "Title\n=====\nx\n\nSub\n---\ny\n", []string{"1 Title @1 3-3", "2 Sub @5 7-7"}},
		{"a rule under a paragraph is no heading", "one\ntwo\n---\nthree\n", []string{"0  @0 1-4"}},
		{"front matter is no section", "---\ntitle: T\n---\n# A\nx\n", []string{"1 A @4 5-5"}},
		{"a rule over a heading is no front matter", "---\n\n## A\n\nQ: x\nA: y\n\n---\nz\n", []string{"0  @0 1-1", "2 A @3 5-9"}},
		{"a rule at the start is no front matter", "---\n\nsome text\n\n---\n# A\nx\n", []string{"0  @0 1-5", "1 A @6 7-7"}},
		{"a commented heading is none", "# A\n<!--\n# b\n-->\nx\n", []string{"1 A @1 2-5"}},
		{"html headings count", "<h2 align=\"center\">A</h2>\nx\n", []string{"2 A @1 2-2"}},
		{"CRLF and BOM change nothing", "\ufeff# A\r\nx\r\n", []string{"1 A @1 2-2"}},
		{"a heading without a space in Chinese", "##标题\n正文\n", []string{"2 标题 @1 2-2"}},
		{"a hashtag and a shebang are no headings", "#tag\n#!/bin/sh\n#include <x>\n", []string{"0  @0 1-3"}},
		{"comments in a script without a fence are no headings", "apt update\n# install it\napt install x;\n", []string{"0  @0 1-3"}},
		{"levels may be skipped", "# A\n### B\nx\n## C\ny\n", []string{"1 A @1", "3 B @2 3-3", "2 C @4 5-5"}},
		{"numbered titles with text between them", "1. 总结 缓存\n缓存在内存里。\n- 快\n2. 总结 队列\n先进先出。\n3. 完成 脚本\n#!/bin/sh\nls\n",
			[]string{"1 总结 缓存 @1 2-3", "1 总结 队列 @4 5-5", "1 完成 脚本 @6 7-8"}},
		{"another style of numbers does not end a numbered title", "1. 总结 甲\n正文\n1.先\n2.后\n2. 总结 乙\n正文\n3. 总结 丙\n正文\n",
			[]string{"1 总结 甲 @1 2-4", "1 总结 乙 @5 6-6", "1 总结 丙 @7 8-8"}},
		{"a numbered list is no run of titles", "# A\n1. one\n2. two\n3. three\n", []string{"1 A @1 2-4"}},
		{"numbered questions are titles", "# A\n1. 什么是甲？\n   甲是一。\n2. 什么是乙？\n   乙是二。\n", []string{"1 A @1", "2 什么是甲？ @2 3-3", "2 什么是乙？ @4 5-5"}},
		{"bold alone is a title where there is no heading", "**甲**\none\n**乙**\ntwo\n", []string{"1 甲 @1 2-2", "1 乙 @3 4-4"}},
		{"【】 alone is a title where there is no heading", "【甲的用途】\none\n【乙的用途】\ntwo\n", []string{"1 甲的用途 @1 2-2", "1 乙的用途 @3 4-4"}},
		{"bold under a heading is a title only if it asks", "# A\n**注意**\none\n**为什么是甲？**\ntwo\n", []string{"1 A @1 2-3", "2 为什么是甲？ @4 5-5"}},
		{"bullets that ask and have an answer are titles", "# A\n- 什么是甲？\n  - 一\n- 什么是乙？\n  - 二\n", []string{"1 A @1", "2 什么是甲？ @2 3-3", "2 什么是乙？ @4 5-5"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n, err := Parse("a.md", []byte(tt.note))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, outlineOf(n)); diff != "" {
				t.Errorf("sections (-want +got):\n%s", diff)
			}
		})
	}
}

func TestParseOutline(t *testing.T) {
	n, err := Parse("a.md", []byte(strings.Join([]string{
		"- [one](#one)", "- [two](#two)", "", "## 缓存", "",
		"- 缓存有什么用？", "- 穿透", "  - 查不到的键", "  - 布隆过滤器", "- 雪崩", "  - 同时过期", "    - 随机时间",
		"- 一句话", "- 击穿", "  - 热点过期", "  - 互斥锁", "    - 超时", "",
	}, "\n")))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"0  @0 1-2", "2 缓存 @4 6-6 13-13", "3 穿透 @7 8-9", "3 雪崩 @10 11-12", "3 击穿 @14 15-17"}
	if diff := cmp.Diff(want, outlineOf(n)); diff != "" {
		t.Errorf("sections (-want +got):\n%s", diff)
	}
	if len(n.Problems) != 1 || n.Problems[0].Line != 6 {
		t.Errorf("problems = %v, want the question on line 6", n.Problems)
	}
}

func TestParseProblems(t *testing.T) {
	tests := []struct {
		name, note string
		want       []string
	}{
		{"an empty heading", "# A\n\n# B\nx\n", []string{`a.md:1: heading "A" is empty: write its text or remove it`}},
		{"a heading that asks and has no answer", "# 什么是甲？\n\n# B\nx\n", []string{`a.md:1: "什么是甲？" has no answer: write it under the question`}},
		{"a fence that stays open", "# A\n```\nx\n", []string{"a.md:2: a code fence is not closed: add the closing line"}},
		{"a good note", "# A\nx\n", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n, err := Parse("a.md", []byte(tt.note))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range n.Problems {
				got = append(got, p.String())
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

func TestParseNames(t *testing.T) {
	tests := []struct{ file, note, want string }{
		{"a.md", "---\ntitle: \"From front\"\n---\n# A\n", "From front"},
		{"a.md", "# A\nx\n", "A"},
		{"sub/03-网络.txt", "text\n", "03-网络"},
		{"7. 死锁.txt", "text\n", "死锁"},
	}
	for _, tt := range tests {
		n, err := Parse(tt.file, []byte(tt.note))
		if err != nil {
			t.Fatal(err)
		}
		if n.Title != tt.want {
			t.Errorf("title of %s = %q, want %q", tt.file, n.Title, tt.want)
		}
		sum := sha256.Sum256([]byte(tt.note))
		if n.Hash != hex.EncodeToString(sum[:]) {
			t.Errorf("hash of %s = %s", tt.file, n.Hash)
		}
	}
	if _, err := Parse("b.md", []byte{0, 1, 2, 0}); err == nil || !strings.Contains(err.Error(), "b.md") {
		t.Errorf("error of a binary file = %v, want one that names the file", err)
	}
}

func TestCleanTitle(t *testing.T) {
	tests := []struct{ in, want string }{
		{"1.2 **RDB** ☆☆", "RDB"},
		{"3. 台钳（Vise） [读台钳](https://a.example/3)", "台钳（Vise）"},
		{"What differs in [saws](a.md) and [files](b.md)", "What differs in saws and files"},
		{"3 次握手", "3 次握手"},
		{"7层负载", "7层负载"},
		{"Q12. What?", "What?"},
		{"Frage 12: Was?", "Was?"},
		{"Питання 3. Що?", "Що?"},
		{"Frage 3", "Frage 3"},
		{`The set $\{1, 2\}$ \*and\* $3\,4$`, `The set $\{1, 2\}$ *and* $3\,4$`},
		{"一、简介", "简介"},
		{"第3章 网络", "网络"},
		{"5. ⭐️ What?", "What?"},
		{"`std::move` and [links](http://x.y)", "std::move and links"},
		{"[[note|shown]] {#anchor}", "shown"},
		{"<font color=red>Red</font> &amp; more", "Red & more"},
		{"List<String> in Java", "List<String> in Java"},
		{"什么是 CAP #card", "什么是 CAP"},
		{"【面试】", "面试"},
		{"10.0.0.1 是什么", "10.0.0.1 是什么"},
		{"2FA", "2FA"},
	}
	for _, tt := range tests {
		if got := CleanTitle(tt.in); got != tt.want {
			t.Errorf("CleanTitle(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

// TestMayAsk holds the quick test against what it stands for.
func TestMayAsk(t *testing.T) {
	for _, s := range []string{"第3题：简述锁", "第一章 What is a lock", "二、请列出锁", "问：列举锁", "面试官问：列举锁", "问题3：请解释锁", "假设没有内存，说出锁的状态", "**简述**锁", "锁有几种", "1. 锁与信号量的区别"} {
		if Asks(CleanTitle(s)) && !MayAsk(s) {
			t.Errorf("MayAsk(%q) = false", s)
		}
	}
	if MayAsk("锁的种类，用法和缺点") {
		t.Error("a line that asks nothing may ask")
	}
}

func TestAsks(t *testing.T) {
	for _, s := range []string{"什么是锁", "锁是什么", "为什么需要锁", "锁和信号量的区别", "简述死锁", "How does a lock work", "What is a lock?", "Explain locks", "锁有几种", "有没有死锁吗", "如何检查锁是否释放", "假设锁没有释放，说出后果", "一句话解释锁的种类"} {
		if !Asks(s) {
			t.Errorf("Asks(%q) = false", s)
		}
	}
	for _, s := range []string{"锁", "锁的种类", "Locks", "List", "总结", "Is", "介绍", "几种锁", "检查锁是否释放", "一句话新闻", ""} {
		if Asks(s) {
			t.Errorf("Asks(%q) = true", s)
		}
	}
}

func TestScanItems(t *testing.T) {
	tests := []struct {
		in   string
		mark string
		n    int
		text string
	}{
		{"- a", "-", 0, "a"},
		{"* a", "-", 0, "a"},
		{"•a", "-", 0, "a"},
		{"1. a", "1. ", 1, "a"},
		{"12、甲", "1、", 12, "甲"},
		{"2) a", "1)", 2, "a"},
		{"（3）甲", "(1)", 3, "甲"},
		{"(二) 甲", "(一)", 2, "甲"},
		{"十二、甲", "一、", 12, "甲"},
		{"③ 甲", "①", 3, "甲"},
		{"第2步：甲", "第1步", 2, "第2步：甲"},
		{"1.在", "1.", 1, "在"},
	}
	for _, tt := range tests {
		l := Scan([]string{tt.in})[0]
		if l.Kind != Item || l.Mark != tt.mark || l.Number != tt.n || l.Text != tt.text {
			t.Errorf("Scan(%q) = %+v", tt.in, l)
		}
	}
	for _, s := range []string{"1.5 GB", "10.0.0.1", "3.2.1 x", "**bold**", "-flag", "--", "2021年", "一个", "第一次"} {
		if l := Scan([]string{s})[0]; l.Kind == Item {
			t.Errorf("Scan(%q) is an item: %+v", s, l)
		}
	}
}

// pages is a text as a PDF reader leaves it: blank lines between all lines, titles with
// two spaces at the end, which stand together before their texts.
func pages(lines ...string) string { return strings.Join(lines, "\n\n") + "\n" }

func TestParsePages(t *testing.T) {
	filler := []string{}
	for i := range 30 {
		filler = append(filler, fmt.Sprintf("这一行是第%d条没有标题的文字，讲的是别的东西。", i))
	}
	src := pages(append([]string{
		"消息队列的作用  ",
		"虚拟内存的好处  ",
		"丢失的标题  ",
		"消息队列让生产者和消费者互不等待，流量高的时候先存进队列里再慢慢处理，系统因此不会被突然的请求打垮，也",
		"不会丢失请求。",
		"虚拟内存给每个进程一个连续的地址空间，进程之间互相看不见，也可以使用比物理内存更大的空间。",
		"判断端口是否打开的脚本",
		"#!/bin/bash",
		"for p in 22 80; do",
		"nc -z host $p",
		"done",
		"2.1 时钟同步",
		"时钟同步使用网络时间协议。",
	}, filler...)...)
	n, err := Parse("p.txt", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, s := range n.Sections {
		for _, b := range s.Body {
			got[s.Title] += n.Lines[b.Start-1] + "…" + n.Lines[b.End-1]
		}
	}
	for title, want := range map[string]string{
		"消息队列的作用":     "不会丢失请求。",
		"虚拟内存的好处":     "更大的空间。",
		"判断端口是否打开的脚本": "done",
	} {
		if !strings.HasSuffix(got[title], want) {
			t.Errorf("body of %s = %q, want one that ends in %q", title, got[title], want)
		}
	}
	if _, ok := got["丢失的标题"]; ok {
		t.Errorf("a title without a text got one: %q", got["丢失的标题"])
	}
	if !strings.Contains(fmt.Sprint(n.Problems), "丢失的标题") {
		t.Errorf("problems = %v, want the lost title", n.Problems)
	}
}

func TestJoin(t *testing.T) {
	long := strings.Repeat("长", 45)
	lines := []string{long + "一", "", "二完。", "", "1、条目", "", "2、条目", "", strings.Repeat("word ", 18) + "end", "", "next", "", long + "，容-"}
	want := long + "一二完。\n1、条目\n2、条目\n" + strings.Repeat("word ", 18) + "end next\n" + long + "，容-"
	if diff := cmp.Diff(want, Pages{lines, fullWidth(lines)}.Join(1, len(lines))); diff != "" {
		t.Errorf("joined (-want +got):\n%s", diff)
	}
}

// checkNote reports what must hold of every note.
func checkNote(t interface{ Fatalf(string, ...any) }, n knowledge.Note) {
	owner := make([]int, len(n.Lines)+1)
	last := 0
	for i, s := range n.Sections {
		if s.Parent >= i || s.Parent < -1 {
			t.Fatalf("section %d has parent %d", i, s.Parent)
		}
		if s.TitleLine < last || s.TitleLine > len(n.Lines) {
			t.Fatalf("section %d has title line %d after %d", i, s.TitleLine, last)
		}
		last = s.TitleLine
		if s.Parent >= 0 && n.Sections[s.Parent].Level >= s.Level {
			t.Fatalf("section %d of level %d is in one of level %d", i, s.Level, n.Sections[s.Parent].Level)
		}
		for _, b := range s.Body {
			if b.Start < 1 || b.End > len(n.Lines) || b.Start > b.End {
				t.Fatalf("section %d has body %v of %d lines", i, b, len(n.Lines))
			}
			for l := b.Start; l <= b.End; l++ {
				if owner[l]++; owner[l] > 1 {
					t.Fatalf("line %d is in two sections", l)
				}
			}
		}
	}
}

func TestParseHolds(t *testing.T) {
	line := rapid.SampledFrom([]string{"", "", "# A", "## B", "### ", "text", "文字。", "- a", "  - b", "1. x", "2. y", "```", "```sh", "~~~", "---", "===", "**b**", "【c】", "标题  ",
		"<!--", "-->", "> q", "| a | b |", "什么是甲？", "- 什么是乙？", "    code", "\t- deep", "1.", "第一步 x", "#!/bin/sh"})
	rapid.Check(t, func(t *rapid.T) {
		src := strings.Join(rapid.SliceOfN(line, 0, 120).Draw(t, "lines"), "\n")
		n, err := Parse("a.md", []byte(src))
		if err != nil {
			t.Fatalf("%v", err)
		}
		checkNote(t, n)
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"# A\nx\n", "```\n# a\n", "- a\n  - b\n", "1. 甲\n乙\n2. 丙\n丁\n", pages("标题  ", "正文正文", "正文。"), "---\na: b\n---\n", "<!-- x\n# y", "\ufeff\r\n\r"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		n, err := Parse("a.md", src)
		if err != nil {
			return
		}
		checkNote(t, n)
		spread, err := Parse("a.txt", []byte(strings.ReplaceAll(string(src), "\n", "\n\n")))
		if err == nil {
			checkNote(t, spread)
		}
	})
}

// teamNotes returns the notes that the team lent for tests, and skips where they are not.
func teamNotes(t *testing.T) []string {
	t.Helper()
	files, _ := filepath.Glob("../../../shared/notes/*.txt")
	if len(files) == 0 {
		if os.Getenv("CI") == "true" {
			t.Fatal("the shared notes are missing")
		}
		t.Skip("the shared notes are missing")
	}
	return files
}

func TestTeamNotes(t *testing.T) {
	for _, f := range teamNotes(t) {
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		n, err := Parse(filepath.Base(f), src)
		if err != nil {
			t.Fatal(err)
		}
		checkNote(t, n)
		if len(n.Sections) < 8 {
			t.Errorf("%s has %d sections only", n.File, len(n.Sections))
		}
	}
}

func BenchmarkParse(b *testing.B) {
	unit := "# 标题一\n\n正文第一行，讲一些东西。\n正文第二行。\n\n- 条目一\n  - 子条目\n- 条目二\n\n```sh\n# comment\nls -l | wc\n```\n\n## What is it?\n\nIt is a thing of some length, and this is its text.\n\n"
	for _, size := range []int{1, 2, 4} {
		src := []byte(strings.Repeat(unit, size*4000))
		b.Run(fmt.Sprintf("%dx", size), func(b *testing.B) {
			b.SetBytes(int64(len(src)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Parse("a.md", src); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
