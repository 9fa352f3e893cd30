package search

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"studybot/knowledge/text"
)

func TestSearchFinds(t *testing.T) {
	x := team(t)
	tests := []struct{ name, query, want string }{
		{"the title", "三次握手", "三次握手"},
		{"a whole question", "三次握手的过程是怎样的？", "三次握手"},
		{"a digit for a character", "3次握手", "三次握手"},
		{"Traditional characters", "四次揮手", "四次挥手"},
		{"Taiwan's words", "資料庫備份", "MySQL 备份"},
		{"an English question about a Chinese note", "how does the three-way handshake work", "三次握手"},
		{"an English term", "reverse proxy", "nginx 反向代理"},
		{"two letters swapped", "ngnix 反向代理", "nginx 反向代理"},
		{"a letter missing", "keepalivd 主备", "keepalived 主备"},
		{"a word in two pieces", "my sql dump", "MySQL 备份"},
		{"a wrong character of one sound", "三次握首", "三次握手"},
		{"an error message", "bind: address already in use", "端口占用"},
		{"a command with an option", "ss -lntp", "端口占用"},
		{"a long option", "--net=host", "docker 数据卷"},
		{"a directive", "proxy_cache_path levels=1:2", "nginx 反向代理"},
		{"a part of a directive", "proxy cache", "nginx 反向代理"},
		{"a pair of terms that the notes explain", "CNI 插件", "容器网络"},
		{"full width", "ＲＥＤＩＳ　持久化", "Redis 持久化"},
		{"other words for it", "容器删掉以后怎么保住数据", "docker 数据卷"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := best(t, x, tt.query); got != tt.want {
				t.Errorf("best of %q is %q, want %q", tt.query, got, tt.want)
			}
			if r := ask(t, x, tt.query); !r.Answered {
				t.Errorf("%q is not answered", tt.query)
			}
		})
	}
}

func TestSearchRefuses(t *testing.T) {
	x := team(t)
	for _, q := range []string{
		"helm 怎么回滚到上一个版本",
		"prometheus alert rules",
		"公司年假有几天",
		"kafka 怎么接入 prometheus 监控告警",
		"什么是区块链",
		"今天天气怎么样",
		"how to bake bread",
		"PostgreSQL 的 vacuum 是什么",
		"myDocker 怎么付款", // a name that has a word of the notes in it
	} {
		r := ask(t, x, q)
		if r.Answered {
			t.Errorf("%q is answered with %q", q, r.Hits[0].Title)
		}
		if len(r.Hits) > 0 && len(r.Nearest) == 0 {
			t.Errorf("%q: hits, but no title is near", q)
		}
		if len(r.Nearest) > 3 {
			t.Errorf("%q: %d titles", q, len(r.Nearest))
		}
	}
}

func TestSearchTakesAnything(t *testing.T) {
	x := team(t)
	long := strings.Repeat("三次握手 nginx proxy_cache_path ", 400)
	tests := []struct {
		name, query string
		answered    bool
	}{
		{"nothing", "", false},
		{"spaces", " \t\n　", false},
		{"marks only", "？！，。...", false},
		{"question words only", "什么是", false},
		{"English question words only", "what is the", false},
		{"control characters", "\x00\x01\x1b[31m", false},
		{"query syntax", `+"~^:(`, false},
		{"syntax around a word", `+"三次握手"~ AND (`, true},
		{"broken UTF-8", "三次\xff\xfe握手", true},
		{"ten thousand characters", long, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := ask(t, x, tt.query)
			if r.Answered != tt.answered {
				t.Errorf("answered %v, want %v", r.Answered, tt.answered)
			}
		})
	}
	if _, err := x.Search(context.Background(), "nginx", 0); err != nil {
		t.Errorf("no hits wanted: %v", err)
	}
	if _, err := x.Search(context.Background(), "握", 5); err != nil {
		t.Errorf("one character: %v", err)
	}
}

func TestEmptyIndexAnswersNothing(t *testing.T) {
	x := open(t, Config{})
	r := ask(t, x, "三次握手")
	if diff := cmp.Diff(Result{}, r); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestHitSaysWhereAndWhy(t *testing.T) {
	x := team(t)
	h := ask(t, x, "容器删除以后怎么保留数据").Hits[0]
	if h.File != "web.md" || h.Lines.Start != 8 || h.Lines.End != 9 {
		t.Errorf("at %s:%d-%d", h.File, h.Lines.Start, h.Lines.End)
	}
	if diff := cmp.Diff([]string{"Web 服务"}, h.Path); diff != "" {
		t.Errorf("path (-want +got):\n%s", diff)
	}
	if want := strings.Join(strings.Split(notes["web.md"], "\n")[7:9], "\n"); h.Text != want || h.Snippet != want {
		t.Errorf("text %q, snippet %q", h.Text, h.Snippet)
	}
	if h.Score <= 0.5 || h.Score > 1 {
		t.Errorf("score %v", h.Score)
	}
	for _, want := range []string{"容器删除以后", "数据", "保留"} {
		if !slices.ContainsFunc(h.Marks, func(m string) bool { return strings.Contains(m, want) }) {
			t.Errorf("marks %q do not hold %q", h.Marks, want)
		}
	}
	for _, m := range h.Marks {
		if !strings.Contains(h.Text, m) {
			t.Errorf("mark %q is not in the text", m)
		}
	}
}

func TestPassagesThatSayTheSameAreShownOnce(t *testing.T) {
	x := open(t, Config{})
	text := "## 主从复制\n主库把更新写进二进制日志，从库的 IO 线程读取以后写进中继日志，SQL 线程再重放到自己的数据里，延迟一般在一秒以内。\n"
	update(t, x, []Doc{
		doc("a.md", text),
		doc("b.md", "# 摘抄\n"+text),
		doc("c.md", strings.ReplaceAll(text, "IO 线程", "10.0.0.9 上的 IO 线程")),
	})
	r := ask(t, x, "主从复制 中继日志")
	if len(r.Hits) != 2 {
		t.Fatalf("%d hits, want 2: the same text twice, and another that names a machine", len(r.Hits))
	}
	also := append(r.Hits[0].Also, r.Hits[1].Also...)
	if len(also) != 1 || also[0].Lines[0].Start != 3 && also[0].Lines[0].Start != 2 {
		t.Errorf("also %+v", also)
	}
}

func TestOneSectionDoesNotCrowdOutOthers(t *testing.T) {
	long := "# 日志轮转\n"
	for i := range 6 {
		long += fmt.Sprintf("第 %d 台机器的日志轮转由 logrotate 完成，%s\n\n", i+1, sentence(300+i))
	}
	x := open(t, Config{})
	update(t, x, []Doc{doc("a.md", long), doc("b.md", "# 磁盘\n日志轮转以后旧文件仍被占用，空间不会释放。\n"), doc("c.md", "# 监控\n日志轮转失败要告警。\n")})
	files := map[string]int{}
	for _, h := range ask(t, x, "日志轮转 logrotate").Hits[:4] {
		files[h.File]++
	}
	if diff := cmp.Diff(map[string]int{"a.md": 2, "b.md": 1, "c.md": 1}, files); diff != "" {
		t.Errorf("files of the first four hits (-want +got):\n%s", diff)
	}
}

func TestSameQuestionSameAnswer(t *testing.T) {
	docs := newCorpus(3).docs(400)
	x, y := open(t, Config{}), open(t, Config{})
	update(t, x, docs)
	for _, d := range slices.Backward(docs) { // one by one, the other way round
		update(t, y, []Doc{d})
	}
	for _, q := range newCorpus(3).questions(40) {
		if diff := cmp.Diff(ask(t, x, q), ask(t, y, q)); diff != "" {
			t.Fatalf("%q: two indexes of the same notes differ:\n%s", q, diff)
		}
	}
}

func TestGlossaryIsGiven(t *testing.T) {
	x := open(t, Config{Glossary: text.Glossary{{"鸡窝", "三次握手"}}})
	update(t, x, []Doc{doc("net.md", notes["net.md"]), doc("db.md", notes["db.md"])})
	if got := best(t, x, "鸡窝"); got != "三次握手" {
		t.Errorf("best is %q", got)
	}
	if got := best(t, x, "three-way handshake"); got != "三次握手" {
		t.Errorf("the built-in glossary is gone: best is %q", got)
	}
}

func TestEmptySectionAnswersNothing(t *testing.T) {
	x := open(t, Config{})
	update(t, x, []Doc{
		doc("a.md", "# 缓存\n## 淘汰策略\n## 过期删除\n惰性删除在读到的时候才删，定期删除每秒抽查十次。\n"),
		doc("b.md", "# 内存\n内存满了以后的淘汰方式由策略决定，例如 allkeys-lru。\n"),
	})
	r := ask(t, x, "淘汰策略")
	if len(r.Hits) != 2 || r.Hits[0].Title != "内存" {
		t.Fatalf("hits %+v", r.Hits)
	}
	if r := ask(t, x, "过期淘汰策略"); r.Hits[0].Passage.Hollow {
		t.Errorf("a heading alone is the best: %+v", r.Hits[0])
	}
	alone := open(t, Config{})
	update(t, alone, []Doc{doc("a.md", "# 缓存\n## 淘汰策略\n## 穿透\n查不到的键每次都打到数据库。\n")})
	if ask(t, alone, "淘汰策略").Answered {
		t.Error("a heading alone is called an answer")
	}
}

func TestQuestionWordsAreTakenOff(t *testing.T) {
	x := team(t)
	tests := []struct{ name, query, want string }{
		{"at both ends", "什么是三次握手的过程呢", "什 么 是 的 呢"},
		{"of an English question", "what is the persistence of redis", "what is the of"},
		{"none when nothing else is there", "什么是", ""},
		{"none out of another word", "文件描述符 目的地址 解释器", ""},
		{"none of a command's name in capitals", "FROM 和 AS 指令", ""},
		{"no small word of a command", "docker run for 容器", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e, err := x.Explain(context.Background(), tt.query, 3)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(e.Dropped, " "); got != tt.want {
				t.Errorf("of %q: %q, want %q", tt.query, got, tt.want)
			}
		})
	}
}

func TestExplainAgreesWithSearch(t *testing.T) {
	x := team(t)
	for _, q := range []string{"三次握手的过程", "ngnix 反向代理", "helm 怎么回滚", "reverse proxy"} {
		e, err := x.Explain(context.Background(), q, 3)
		if err != nil {
			t.Fatal(err)
		}
		r := ask(t, x, q)
		if e.Answered != r.Answered || len(e.Hits) == 0 {
			t.Fatalf("%q: explained %v with %d hits, answered %v", q, e.Answered, len(e.Hits), r.Answered)
		}
		share := 0.0
		for _, p := range e.Pieces {
			share += p.Share
		}
		if share < 0.999 || share > 1.001 {
			t.Errorf("%q: the pieces make %v of the question", q, share)
		}
		for i, h := range e.Hits {
			if h.Title != r.Hits[i].Title || h.Coverage != r.Hits[i].Score {
				t.Errorf("%q: hit %d is %q in one and %q in the other", q, i, h.Title, r.Hits[i].Title)
			}
			if len(h.Holds) != len(e.Pieces) {
				t.Errorf("%q: %d pieces, %d held", q, len(e.Pieces), len(h.Holds))
			}
		}
	}
}

func TestSearchStopsWithItsContext(t *testing.T) {
	x := team(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := x.Search(ctx, "三次握手", 5); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled", err)
	}
}

// FuzzSearch asks anything and counts what it costs: however long and strange, a question
// looks up a bounded number of terms.
func FuzzSearch(f *testing.F) {
	for _, q := range []string{"三次握手", `+"~^:(`, "\xff\x00", "a-b-c-d-e-f", strings.Repeat("握a", 3000), "docekr 容器", "ngnix"} {
		f.Add(q)
	}
	x := team(f)
	f.Fuzz(func(t *testing.T, query string) {
		r, err := x.Search(context.Background(), query, 3)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range r.Hits {
			if h.Score < 0 || h.Score > 1+1e-9 {
				t.Fatalf("score %v", h.Score)
			}
		}
		c := &counting{}
		x.view.Load().ask(query, c)
		if c.lookups > 5000 {
			t.Fatalf("%d look-ups for %d bytes", c.lookups, len(query))
		}
	})
}

type counting struct{ lookups int }

func (c *counting) count(string) int { c.lookups++; return 1 }
func (c *counting) total() int       { return 100 }
