package grade_test

import (
	"strings"
	"testing"

	"studybot/knowledge"
	"studybot/knowledge/grade"
)

var (
	shorter = strings.NewReplacer("的", "", "了", "", "会", "", "就", "", "都", "", "也", "", "可以", "可", "并且", "且", " the ", " ", " a ", " ", " an ", " ", "The ", "", " is ", " ", " are ", " ")
	synonym = strings.NewReplacer("发送", "发", "返回", "回", "收到", "接到", "因此", "所以", "如果", "要是", "默认", "缺省", "使用", "用", "需要", "得", "不能", "没法", "每个", "各个", "例如", "比如", "多个", "好几个", "立即", "马上", "服务器", "服务端",
		"sends", "transmits", "because", "since", "must", "has to", "usually", "mostly", "default", "standard", "only", "just", "returns", "gives back")
	stops = strings.NewReplacer("。", "\n", "；", "\n", "，", " ", "：", " ", ". ", "\n", "; ", "\n", ", ", " ")
)

func half(points []string, odd int) string {
	var out []string
	for i, p := range points {
		if i%2 == odd || len(points) == 1 {
			out = append(out, p)
		}
	}
	return strings.Join(out, "；")
}

var honest = []struct {
	name string
	of   func(c knowledge.Card) string
	full bool
}{
	{"the reference", func(c knowledge.Card) string { return c.Answer }, true},
	{"its points", func(c knowledge.Card) string { return strings.Join(c.KeyPoints, "；") }, true},
	{"every second point", func(c knowledge.Card) string { return half(c.KeyPoints, 0) }, false},
	{"the other points", func(c knowledge.Card) string { return half(c.KeyPoints, 1) }, false},
	{"without particles", func(c knowledge.Card) string { return shorter.Replace(strings.Join(c.KeyPoints, "；")) }, true},
	{"with synonyms", func(c knowledge.Card) string { return synonym.Replace(strings.Join(c.KeyPoints, "；")) }, true},
	{"with synonyms, without particles", func(c knowledge.Card) string {
		return synonym.Replace(shorter.Replace(strings.Join(c.KeyPoints, "；")))
	}, true},
	{"without marks", func(c knowledge.Card) string { return stops.Replace(shorter.Replace(strings.Join(c.KeyPoints, "；"))) }, true},
	{"points in another order", func(c knowledge.Card) string { return strings.Join(mixed(c.KeyPoints), "。") }, true},
	{"without particles, in another order", func(c knowledge.Card) string { return shorter.Replace(strings.Join(mixed(c.KeyPoints), "，")) }, true},
}

func TestHonestAnswersKeepTheirScores(t *testing.T) {
	cards := append(sampleCards(t), realCards(t)...)
	for _, h := range honest {
		t.Run(h.name, func(t *testing.T) {
			sum, n := 0.0, 0.0
			for _, c := range prose(cards) {
				g := grade.Answer(c.Question, c.Answer, h.of(c))
				if h.full && g.Score < .75 {
					t.Errorf("%s: %.200q scores %.2f", c.Question, h.of(c), g.Score)
				}
				sum += g.Score
				n++
			}
			if sum/n < .65 {
				t.Errorf("in the mean %.2f", sum/n)
			}
		})
	}
}

// Answers as people type them on a phone: few words, arrows, no particles.
var terse = []struct {
	question, answer string
	atLeast          float64
}{
	{"三次握手的过程是怎样的？", "客户端 SYN → 服务端 SYN+ACK → 客户端 ACK，都 ESTABLISHED", .55},
	{"三次握手的过程是怎样的？", "SYN→SYN+ACK→ACK，防止历史连接", .28},
	{"三次握手的过程是怎样的？", "c发SYN进SYN_SENT；s回SYN+ACK进SYN_RECV；c回ACK进ESTABLISHED；s收到也ESTABLISHED，放accept队列", .9},
	{"TIME_WAIT 的作用是什么？", "最后ACK丢了能重发；等旧报文消失", .58},
	{"TCP 与 UDP 有什么区别？", "tcp要握手 可靠有确认重传 字节流；udp不建连接 不保证送达 保留边界", .55},
	{"OOM Killer 如何选择要杀掉的进程？", "内存swap用完触发，按占用打分，杀最高，oom_score_adj可调 -1000不杀", .55},
	{"聚簇索引和二级索引有什么区别？", "聚簇：叶子=整行，一表一个；二级：叶子=索引列+主键，要回表，覆盖索引不用", .35},
	{"What is the difference between the redirects 301, 302, 307 and 308?", "301/308 permanent, 302/307 temporary; 307/308 keep method+body, 301/302 POST→GET", .5},
	{"keepalived 的 VRRP 是怎样选主和切换的？", "同router_id一组，优先级高=MASTER拿VIP；每1s组播通告；BACKUP 3个间隔没收到→升MASTER，发免费ARP；默认抢占", .65},
	{"僵尸进程是怎么产生的，怎么清理？", "子退出父没wait→僵尸Z；占PID；kill -9没用；杀父进程，1号收养", .4},
}

func TestTerseAnswersAreNoBags(t *testing.T) {
	by := map[string]knowledge.Card{}
	for _, c := range sampleCards(t) {
		by[c.Question] = c
	}
	for _, a := range terse {
		c, ok := by[a.question]
		if !ok {
			t.Errorf("no card asks %q", a.question)
		}
		if g := grade.Answer(c.Question, c.Answer, a.answer); g.Score < a.atLeast {
			t.Errorf("%q scores %.2f, want %.2f at least", a.answer, g.Score, a.atLeast)
		}
	}
}
