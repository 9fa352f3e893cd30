package card

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"studybot/knowledge"
)

// formOf returns the offer of a form, and whether there is one.
func formOf(offers []Offer, f Form) (Offer, bool) {
	i := slices.IndexFunc(offers, func(o Offer) bool { return o.Form == f })
	if i < 0 {
		return Offer{}, false
	}
	return offers[i], true
}

func TestOfferPick(t *testing.T) {
	cards := cardsOf(t, "a.md", strings.Join([]string{"# 负载均衡", "## 轮询算法", "依次把请求分给每台服务器。", "## 最少连接算法", "把请求分给连接数最小的那台。", "## 源地址哈希算法", "同一个客户总是去同一台机器。", "# 别处", "## 缓存淘汰算法", "内存满时删掉最久没有用的键。"}, "\n"))
	if len(cards) != 4 {
		t.Fatalf("%d cards, want 4", len(cards))
	}
	o, ok := formOf(Offers(cards[0], Siblings(cards[0], cards)), Pick)
	if !ok {
		t.Fatal("no multiple choice among three siblings")
	}
	if len(o.Options) != 3 || len(o.Right) != 1 || !strings.Contains(o.Options[o.Right[0]], "依次") {
		t.Errorf("offer = %+v, want the own point right among three", o)
	}
	for _, s := range o.Options {
		if strings.Contains(s, "内存") {
			t.Errorf("%q is from another title", s)
		}
	}
	if o, ok := formOf(Offers(cards[3], Siblings(cards[3], cards)), Pick); ok {
		t.Errorf("a card without siblings offers %+v", o)
	}
	if o, ok := formOf(Offers(cards[0], cards[3:]), Pick); ok {
		t.Errorf("cards from elsewhere make the choice %+v", o)
	}
}

func TestOfferForms(t *testing.T) {
	tests := []struct {
		name, note string
		form       Form
		want       []string // answer, or the steps in their order; nil for no such offer
	}{
		{"steps are put in order", "## 更换磁盘的步骤\n1. 停止服务；\n2. 拔出旧盘\n3. 插入新盘\n4. 重建阵列\n", Order, []string{"停止服务", "拔出旧盘", "插入新盘", "重建阵列"}},
		{"steps that tell their place are not", "## 更换磁盘的步骤\n1. 首先停止服务\n2. 然后换盘\n3. 最后启动服务\n", Order, nil},
		{"a list is not in order", "## 锁的种类\n- 乐观锁\n- 悲观锁\n- 自旋锁\n", Order, nil},
		{"a command is named", "## 如何查看监听的端口？\n```sh\nss -lnt\n```\n", Name, []string{"ss -lnt"}},
		{"a command in backquotes is named", "## How do you list hidden files?\n`ls -la`\n", Name, []string{"ls -la"}},
		{"a command that the question names is not", "## ss 命令如何查看端口？\n```sh\nss -lnt\n```\n", Name, nil},
		{"two commands are not", "## 如何查看端口？\n```sh\nss -lnt\nnetstat -lnt\n```\n", Name, nil},
		{"bold words are gaps", "## 什么是事务？\n事务有**原子性**、**隔离性**等四个特性，要么全做要么不做。\n", Gaps, []string{"原子性", "隔离性"}},
		{"Latin terms are gaps", "## 主从怎样同步？\n从库用 IO 线程读取主库的 binLog 并写入中继日志。\n", Gaps, []string{"IO", "binLog"}},
		{"what the question says is no gap", "## 什么是 VIP？\nVIP 是一个会在两台机器之间漂移的地址。\n", Gaps, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cards := cardsOf(t, "a.md", tt.note)
			if len(cards) != 1 {
				t.Fatalf("%d cards, want 1", len(cards))
			}
			o, ok := formOf(Offers(cards[0], nil), tt.form)
			if ok != (tt.want != nil) {
				t.Fatalf("offer %v (kind %s), want %v", ok, cards[0].Kind, tt.want != nil)
			}
			got := o.Answer
			for _, i := range o.Right {
				got = append(got, o.Options[i])
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("answer (-want +got):\n%s", diff)
			}
			if tt.form == Order && ok && slices.IsSorted(o.Right) {
				t.Errorf("the steps are shown in their right order")
			}
		})
	}
}

func TestOffersHold(t *testing.T) {
	word := rapid.SampledFrom([]string{"锁", "缓存", "IO", "TCP", "**快**", "`ls -l`", "停止服务", "a b c d e f", "。", "1. x"})
	rapid.Check(t, func(t *rapid.T) {
		make := func(id string) knowledge.Card {
			lines := rapid.SliceOfN(word, 1, 12).Draw(t, "lines")
			return knowledge.Card{ID: knowledge.ID(id), Question: "什么是甲？", Title: "甲", Path: []string{"A"}, Answer: strings.Join(lines, "\n"), KeyPoints: lines,
				Kind: rapid.SampledFrom([]knowledge.Kind{knowledge.List, knowledge.Steps, knowledge.Command, knowledge.Explain}).Draw(t, "kind")}
		}
		c := make("a")
		siblings := []knowledge.Card{make("b"), c, make("c"), make("d")}
		offers := Offers(c, siblings)
		slices.Reverse(siblings)
		if diff := cmp.Diff(offers, Offers(c, siblings)); diff != "" {
			t.Fatalf("the order of siblings counts (-before +after):\n%s", diff)
		}
		for _, o := range offers {
			for _, r := range o.Right {
				if r < 0 || r >= len(o.Options) {
					t.Fatalf("%+v points at no option", o)
				}
			}
			if o.Form == Gaps && strings.Count(o.Prompt, gap) != len(o.Answer) {
				t.Fatalf("%+v has other gaps than answers", o)
			}
		}
	})
}

func TestOffersAreWithheld(t *testing.T) {
	tests := []struct {
		name, note string
		want       []Form // of the first card
	}{
		{"a point of a card that asks something else is no distractor", "# 泵\n## 什么是泵？\n泵是把液体送到高处的机器。\n## 泵为什么发热？\n轴承缺油时摩擦变大。\n## 泵怎么保养？\n每月检查一次油位和密封。\n", nil},
		{"true siblings ask the same of another thing", "# 零件\n## 什么是齿轮？\n用齿传递转动的轮子。\n## 什么是皮带？\n靠摩擦传力的软带子。\n## 什么是链条？\n一节一节连起来的铁环。\n", []Form{Pick}},
		{"ways to find a fault have no one order", "## 怎么排查漏水？\n1. 看接头\n2. 看阀门\n3. 看管道\n", nil},
		{"a process has one", "## 换油的过程是怎样的？\n1. 放出旧油\n2. 换掉滤芯\n3. 加入新油\n", []Form{Order}},
		{"a gap that the rest of the sentence tells", "## 密封为什么漏？\n这里的 ORING 老化以后，oring 就压不住油了。\n", nil},
		{"a gap that it does not tell", "## 密封为什么漏？\n老化的 ORING 变硬以后就压不住油了。\n", []Form{Gaps}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cards := cardsOf(t, "a.md", tt.note)
			var got []Form
			for _, o := range Offers(cards[0], Siblings(cards[0], cards)) {
				got = append(got, o.Form)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("offers (-want +got):\n%s", diff)
			}
		})
	}
}
