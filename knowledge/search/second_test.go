package search

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"studybot/knowledge"
)

func TestATitleDoesNotStandForTheRestOfTheQuestion(t *testing.T) {
	x := open(t, Config{})
	docs := []Doc{
		doc("a.md", "# memcached\n各机之间互不通信，由客户端按键的散列值决定写到哪一台，过期的键在读到时才删除。\n"),
		doc("b.md", "# 会话\n会话可以写进 memcached，心跳断了的那一台先摘掉。\n"),
	}
	for i := range 20 {
		docs = append(docs, doc(fmt.Sprintf("c%d.md", i), fmt.Sprintf("# 现场%d\n第%d台的磁盘和内存都没有告警。\n", i, i)))
	}
	for i := range 9 {
		docs = append(docs, doc(fmt.Sprintf("d%d.md", i), fmt.Sprintf("# 网络%d\n第%d台的心跳正常。\n", i, i)))
	}
	update(t, x, docs)
	for _, q := range []string{"memcached 心跳", "心跳如何影响 memcached", "什么是 memcached 的心跳"} {
		if got := best(t, x, q); got != "会话" {
			t.Errorf("best of %q is %q, though another passage holds all of it", q, got)
		}
	}
}

func TestASectionBeginsWithWhatItIsAbout(t *testing.T) {
	x := open(t, Config{})
	texts := []string{"心跳隔三秒发一次，收不到回应就再等一轮。", "心跳丢了要查网络；心跳太密，对方忙不过来。"}
	d := Doc{File: "a.md", Hash: "1"}
	for i, s := range texts {
		d.Passages = append(d.Passages, knowledge.Passage{Lines: knowledge.Span{Start: i + 1, End: i + 1}, Title: "备忘", Text: s, Later: i})
	}
	update(t, x, []Doc{d})
	if got := ask(t, x, "心跳").Hits[0].Text; got != texts[0] {
		t.Errorf("the best is %q, want the beginning of the section", got)
	}
}

func TestPairsThatAreNoWord(t *testing.T) {
	x := open(t, Config{})
	var docs []Doc
	for i, s := range []string{"基础设施", "基础架构", "管理软件", "管理用户", "软件仓库", "操作记录", "操作步骤", "基础软件说明", "软件包", "整理", "合作"} {
		docs = append(docs, doc(fmt.Sprintf("%d.md", i), s+"。\n"))
	}
	update(t, x, docs)
	tests := []struct {
		query string
		want  []string
	}{
		{"基础软件", []string{"础软"}},
		{"软件管理操作", []string{"件管", "理操"}},
		{"基础", nil},
		{"软件 操作", nil},
	}
	for _, tt := range tests {
		var got []string
		err := x.look(context.Background(), tt.query, 1, func(m *spotter, _ []found) {
			for i, u := range m.q.units {
				if m.q.straddles(i) {
					got = append(got, keyOf(m.q.atoms[u.from:u.to]))
				}
			}
		})
		slices.Sort(got)
		if diff := cmp.Diff(tt.want, got); diff != "" || err != nil {
			t.Errorf("pairs of %q that are no word (-want +got):\n%s%v", tt.query, diff, err)
		}
	}
}

func TestANumberForANameIsNoWord(t *testing.T) {
	x := open(t, Config{})
	update(t, x, []Doc{
		doc("notes/1998.md", "会话超时以后要重新登录，令牌存在浏览器里。\n"),
		doc("notes/12.md", "会话超时的缺省值从 1998 年的版本起是半小时。\n"),
	})
	if r := ask(t, x, "1998"); len(r.Hits) != 1 || r.Hits[0].File != "notes/12.md" {
		t.Errorf("found %+v", r.Hits)
	}
}
