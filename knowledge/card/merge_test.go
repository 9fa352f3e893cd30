package card

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"studybot/knowledge"
	"studybot/knowledge/note"
)

func TestMerge(t *testing.T) {
	long := "负载均衡器把请求分给后端服务器，后端坏了就摘掉，恢复了再加回来，客户端看不到变化。"
	tests := []struct {
		name string
		a, b string
		want int
	}{
		{"the same question and answer", "## 什么是死锁？\n互相等待。\n", "## 什么是死锁？\n互相等待。\n", 1},
		{"the same question, another answer", "## 负载均衡有什么作用？\n" + long, "## 负载均衡有什么作用？\n它分流量，也做健康检查。\n", 1},
		{"nearly the same question", "## 请简述负载均衡的主要作用是什么？\n" + long, "## 简述负载均衡的主要作用是什么\n" + long, 1},
		{"another Latin term", "## 什么是 LVS 的 NAT 模式？\n" + long, "## 什么是 LVS 的 TUN 模式？\n" + long, 2},
		{"another number", "## 负载均衡第 4 层的作用是什么？\n" + long, "## 负载均衡第 7 层的作用是什么？\n" + long, 2},
		{"the opposite question", "## 在后端服务器前面加一层负载均衡会带来什么优势？\n" + long, "## 在后端服务器前面加一层负载均衡会带来什么缺点？\n" + long, 2},
		{"another question", "## 什么是死锁？\n互相等待。\n", "## 什么是活锁？\n一直退让。\n", 2},
		{"a bare title over other answers", "# 甲库\n## 优点\n- 快得很\n- 很省钱\n", "# 乙库\n## 优点\n- 稳如山\n- 社区大\n", 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cards := append(cardsOf(t, "a.md", tt.a), cardsOf(t, "b.md", tt.b)...)
			got := Merge(cards)
			if len(got) != tt.want {
				t.Fatalf("%d cards, want %d: %v", len(got), tt.want, brief(got))
			}
			if tt.want == 1 && len(got[0].Also) != 1 {
				t.Errorf("also = %v, want one other place", got[0].Also)
			}
		})
	}
}

func TestMergeFlagsLabels(t *testing.T) {
	var cards []knowledge.Card
	for i, body := range []string{"先看日志再看监控", "缓存穿透与雪崩", "订单表拆分方案", "消息乱序的处理"} {
		cards = append(cards, cardsOf(t, fmt.Sprintf("%d.md", i), "## 特点\n- "+body+"\n- 第二件事"+body+"\n")...)
	}
	for _, c := range Merge(cards) {
		if !slices.Contains(c.Flags, knowledge.NeedsReview) {
			t.Errorf("card of %s has flags %v, want needs_review (%+v)", c.File, c.Flags, c)
		}
	}
}

func TestMergeDoesNotDependOnOrder(t *testing.T) {
	var cards []knowledge.Card
	for i := range 30 {
		cards = append(cards, cardsOf(t, fmt.Sprintf("%02d.md", i), fmt.Sprintf("# 题 %d\n## 什么是第 %d 种锁？\n它保护第 %d 类数据。\n## 什么是死锁？\n互相等待。\n", i%7, i%5, i%5))...)
	}
	want := Merge(cards)
	rapid.Check(t, func(t *rapid.T) {
		shuffled := rapid.Permutation(cards).Draw(t, "order")
		if diff := cmp.Diff(want, Merge(shuffled)); diff != "" {
			t.Fatalf("merged (-sorted +shuffled):\n%s", diff)
		}
	})
}

// page is a note that a test edits: questions and their answers.
type page struct {
	file  string
	cards [][2]string
}

func (p page) text(number bool) string {
	var b strings.Builder
	for i, c := range p.cards {
		if number {
			fmt.Fprintf(&b, "## %d. %s\n\n%s\n\n", i+1, c[0], c[1])
		} else {
			fmt.Fprintf(&b, "## %s\n\n%s\n\n", c[0], c[1])
		}
	}
	return b.String()
}

// Whatever an author does to a note, a question that still asks the same keeps its ID.
func TestIdentityFollowsEdits(t *testing.T) {
	subjects := []string{"死锁", "索引", "事务", "缓存", "分片", "复制", "握手", "挥手", "路由", "网桥", "容器", "镜像"}
	rapid.Check(t, func(t *rapid.T) {
		p := page{file: "a.md"}
		for i, s := range rapid.Permutation(subjects).Draw(t, "subjects") {
			p.cards = append(p.cards, [2]string{"什么是" + s + "，它解决什么问题？", fmt.Sprintf("%s用来处理第%d类问题，常见于%s系统，要注意%s的代价。", s, i, s, s)})
		}
		before := map[string]knowledge.ID{}
		old := cardsIn(t, p, false)
		for i, c := range old {
			before[p.cards[i][0]] = c.ID
		}
		reworded := map[string]string{}
		q := page{file: p.file, cards: slices.Clone(p.cards)}
		for i := range q.cards {
			switch rapid.IntRange(0, 3).Draw(t, "edit") {
			case 1:
				q.cards[i][1] += "后来又补充了一句。"
			case 2:
				to := strings.Replace(q.cards[i][0], "什么是", "请问什么是", 1)
				reworded[to] = q.cards[i][0]
				q.cards[i][0] = to
			}
		}
		if rapid.Bool().Draw(t, "rename") {
			q.file = "b/c.md"
		}
		if rapid.Bool().Draw(t, "shuffle") {
			q.cards = rapid.Permutation(q.cards).Draw(t, "order")
		}
		after := Identify(old, cardsIn(t, q, rapid.Bool().Draw(t, "number")))
		for i, c := range after {
			question := q.cards[i][0]
			if was, ok := reworded[question]; ok {
				question = was
			}
			if c.ID != before[question] {
				t.Fatalf("%q has ID %s, had %s", q.cards[i][0], c.ID, before[question])
			}
		}
	})
}

func cardsIn(t *rapid.T, p page, number bool) []knowledge.Card {
	n, err := parseNote(p.file, p.text(number))
	if err != nil {
		t.Fatalf("%v", err)
	}
	cards, _ := Read(n)
	return cards
}

func TestIdentifyKeepsStrangersApart(t *testing.T) {
	old := cardsOf(t, "a.md", "## 什么是 NAT 模式？\n改目标地址。\n")
	tests := []struct{ name, note string }{
		{"another question", "## 什么是死锁？\n互相等待。\n"},
		{"another term and another answer", "## 什么是 TUN 模式？\n再包一层报文。\n"},
	}
	for _, tt := range tests {
		got := Identify(old, cardsOf(t, "a.md", tt.note))
		if got[0].ID == old[0].ID {
			t.Errorf("%s: the new card took the old ID", tt.name)
		}
	}
}

func BenchmarkMerge(b *testing.B) {
	for _, size := range []int{1, 2, 4} {
		r := rand.New(rand.NewPCG(1, 2))
		var cards []knowledge.Card
		for i := range size * 2000 {
			q := fmt.Sprintf("什么是%c%c%c的第 %d 种用法？", rune(0x4e00+r.IntN(3000)), rune(0x4e00+r.IntN(3000)), rune(0x4e00+r.IntN(3000)), i%900)
			a := strings.Repeat(fmt.Sprintf("它%c着%c，", rune(0x4e00+r.IntN(3000)), rune(0x4e00+r.IntN(3000))), 12)
			cards = append(cards, knowledge.Card{ID: identity(q), File: fmt.Sprint(i % 50), TitleLine: i, Title: q, Question: q, Answer: a})
		}
		b.Run(fmt.Sprintf("%dx", size), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Merge(cards)
			}
		})
	}
}

func parseNote(file, text string) (knowledge.Note, error) { return note.Parse(file, []byte(text)) }
