package grade

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

const (
	shake  = "1. 客户端发送 SYN，序号是 a，进入 SYN_SENT。\n2. 服务端回复 SYN+ACK，确认号是 a+1，进入 SYN_RECV。\n3. 客户端回复 ACK，进入 ESTABLISHED。\n4. 服务端收到以后也进入 ESTABLISHED，等待应用来取。"
	shakeQ = "建立连接经过哪些步骤？"
	links  = "| 对比 | 快照 | 备份 |\n|---|---|---|\n| 位置 | 与原数据在同一块磁盘上 | 放在另一台机器上 |\n| 速度 | 几秒钟就能做完 | 要复制所有数据 |\n| 磁盘损坏 | 一起丢失 | 可以从别处取回 |"
	linksQ = "快照和备份有什么区别？"
	knobs  = "- 打开 `net.pool_fast_reuse`，让新请求复用空闲的连接。\n- 不要打开 `net.pool_fast_drop`：它会丢掉网关后面的用户。\n- 扩大端口范围，缓解端口不够用。"
	knobsQ = "连接太多怎么办？"
)

func TestFairness(t *testing.T) {
	tests := []struct {
		name                string
		question, reference string
		better, worse       string
		atLeast, atMost     float64 // of the better and of the worse
	}{
		{"a flow is no bag of terms", shakeQ, shake,
			"客户端发送 SYN，服务端回复 SYN+ACK，客户端回复 ACK，握手完成", "SYN ACK SYN+ACK 客户端 服务端 ESTABLISHED SYN_RECV 队列", .75, .39},
		{"a flow in fewer characters is none either", shakeQ, shake,
			"客户端发 SYN，服务端回 SYN+ACK，客户端再回 ACK，连上了", "SYN，ACK，客户端，服务端，ESTABLISHED，SYN_SENT", .6, .39},
		{"an English flow is none either", shakeQ, shake,
			"client sends SYN, server replies SYN+ACK, client replies ACK", "client server SYN ACK sent received established", .6, .39},
		{"roles that are exchanged cost", shakeQ, shake,
			"客户端发送 SYN，服务端回复 SYN+ACK，客户端回复 ACK", "服务端发送 SYN，客户端回复 SYN+ACK，服务端回复 ACK", .75, .6},
		{"what is denied is worth less than what is affirmed", shakeQ, shake,
			"客户端发送 SYN，服务端回复 SYN+ACK，客户端回复 ACK，握手完成", "客户端不发送 SYN，服务端不回复 SYN+ACK，客户端不回复 ACK", .75, .39},
		{"two things compared and exchanged are not known", linksQ, links,
			"快照与原数据在同一块磁盘上，备份放在另一台机器上；快照几秒钟就能做完，备份要复制所有数据", "备份与原数据在同一块磁盘上，快照放在另一台机器上；备份几秒钟就能做完，快照要复制所有数据", .6, .3},
		{"identifiers exchanged lose their points", knobsQ, knobs,
			"打开 pool_fast_reuse 复用空闲的连接；不要打开 pool_fast_drop，它会丢掉网关后面的用户", "打开 pool_fast_drop 复用空闲的连接；不要打开 pool_fast_reuse，它会丢掉网关后面的用户", .6, .39},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			better, worse := Answer(tt.question, tt.reference, tt.better), Answer(tt.question, tt.reference, tt.worse)
			if better.Score < tt.atLeast || worse.Score > tt.atMost {
				t.Errorf("scores %.2f and %.2f, want %.2f at least and %.2f at most; points\n%+v\n%+v", better.Score, worse.Score, tt.atLeast, tt.atMost, better.Points, worse.Points)
			}
		})
	}
}

func TestHarmlessWordsCostLittle(t *testing.T) {
	flow := "客户端发送 SYN，服务端回复 SYN+ACK，客户端回复 ACK"
	plain := Answer(shakeQ, shake, flow).Score
	for _, more := range []string{"，连接建立", "，完成", "。好了", "，就这样", ", done"} {
		if got := Answer(shakeQ, shake, flow+more).Score; got < plain-.1 {
			t.Errorf("%q costs %.2f of %.2f", more, plain-got, plain)
		}
	}
}

func TestAClauseOfAPointWordForWordHoldsIt(t *testing.T) {
	g := Answer(cacheQ, cache, "no-store forbids storing")
	if !g.Points[1].Held || g.Score < .15 {
		t.Errorf("score %.2f, point %+v; want it held", g.Score, g.Points[1])
	}
	if g := Answer(cacheQ, cache, "it is not true that no-store forbids storing"); g.Points[1].Held {
		t.Errorf("denied, point %+v; want it missed", g.Points[1])
	}
	if g := Answer(cacheQ, cache, "whether it may reuse a stored response"); g.Score > .1 {
		t.Errorf("words of the question score %.2f", g.Score)
	}
}

func TestScoreAgreesWithTheTicks(t *testing.T) {
	cards := [][2]string{{levelsQ, levels}, {codesQ, codes}, {threadsQ, threads}, {brokersQ, brokers}, {shakeQ, shake}, {linksQ, links}, {stepsQ, steps}}
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(cards).Draw(t, "card")
		all := clauses(c[1])
		a := ""
		for _, s := range rapid.SliceOfN(rapid.SampledFrom(all), 0, len(all)).Draw(t, "clauses") {
			a += s + "，"
		}
		g := Answer(c[0], c[1], a)
		held := 0
		for _, p := range g.Points {
			if p.Held {
				held++
			}
		}
		share := float64(held) / float64(len(g.Points))
		if math.Abs(g.Score-share) > nearTicks+1e-9 || held < len(g.Points) && g.Score > notAll {
			t.Fatalf("score %v with %d of %d points held", g.Score, held, len(g.Points))
		}
	})
}
