package grade_test

import (
	"cmp"
	"fmt"
	"hash/crc32"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"studybot/knowledge"
	"studybot/knowledge/grade"
	"studybot/knowledge/library"
	"studybot/knowledge/sample"
)

// A band is what a score of an answer may be.
type band struct{ min, max float64 }

var (
	full    = band{.75, 1}  // all of it, in other words
	partial = band{.2, .74} // some points
	wrong   = band{0, .39}  // the right words, but other facts
	nothing = band{0, .2}   // nothing of the card
	stuffed = band{0, .4}   // terms without what they do
)

// unseen are wrong answers that comparing of words takes for better ones: subjects exchanged in long answers, numbers that the
// question has, and a denial in words of the own. They must not become worse.
var unseen = band{0, .8}

// The cards of the embedded notes, answered as members do.
var sampleAnswers = map[string][]struct {
	what   string
	answer string
	want   band
}{
	"递归查询和迭代查询有什么区别？": {
		{"in other words", "递归就是客户端只问一次，服务器帮你一路查到最后给结果；迭代是服务器只告诉你它知道的、下一步去问哪个，自己接着问。客户端到递归解析器用递归，递归解析器去问根、顶级域和权威用迭代。根和权威一般不开递归，怕被拿来做放大攻击", full},
		{"in English", "With a recursive query the client asks once and the other side finds the final result. With an iterative query the server only answers what it knows and says whom to ask next, and the asker goes on. Clients send recursive queries to the resolver; the resolver sends iterative queries to root, TLD and authoritative servers, which usually offer no recursion to avoid amplification attacks", band{.5, 1}},
		{"one side of two", "递归查询是客户端只问一次，由对方查到最终结果返回", partial},
		{"the sides exchanged", "迭代查询：客户端只问一次，由对方负责查到最终结果再返回。递归查询：对方只回答自己知道的，给出下一步该问谁，由提问的一方继续去问。客户端对递归解析器发的是迭代查询，递归解析器对根、顶级域和权威服务器发的是递归查询", unseen},
		{"terms", "递归 迭代 客户端 递归解析器 根服务器 顶级域 权威服务器 放大攻击 最终结果", stuffed},
		{"the question", "递归查询和迭代查询有什么区别？", nothing},
		{"another card's", "A 记录是域名对应的 IPv4 地址，CNAME 是别名，MX 是收邮件的服务器", nothing},
	},
	"LVS 的 NAT、DR、TUN 三种模式有什么区别？": {
		{"in other words", "NAT：调度器把目的 IP、端口改掉，来回流量都过调度器，RS 网关要指到调度器，能做端口映射。DR：只改目的 MAC，RS 直接回客户端，调度器和 RS 得在同一个二层，改不了端口。TUN：把 IP 包再封一层发给 RS，RS 直接回给客户端，可以跨网段但要支持 IPIP。DR 和 TUN 的 RS 要配 VIP 并抑制 ARP。性能 DR 最好，NAT 的调度器容易成瓶颈", full},
		{"two modes exchanged", "DR：调度器改写目的 IP 和端口，请求和响应都经过调度器，RS 的默认网关指向调度器。NAT：调度器只改目的 MAC 地址，响应由 RS 直接发给客户端，要在同一个二层网络", wrong},
		{"one mode", "DR 模式调度器只改目的 MAC 地址，响应由 RS 直接发给客户端，所以要在同一个二层网络", partial},
		{"terms", "NAT DR TUN 调度器 目的IP 端口 MAC地址 RS 默认网关 二层网络 IPIP 隧道 VIP ARP 性能 瓶颈", stuffed},
		{"denied", "NAT 的响应不经过调度器，DR 的响应不由 RS 直接发给客户端，TUN 的 RS 不能跨网段，DR 性能最差", wrong},
	},
	"What do 502, 503 and 504 from a reverse proxy tell you?": {
		{"in other words", "502 means the upstream reset or refused the connection, or sent an invalid response. 503 is overload, maintenance or rate limiting, maybe with Retry-After. 504: the backend was too slow and did not answer in time. Look at the proxy's error log first for the backend and the reason, then check the backend is running and listening and compare response time with timeouts", full},
		{"in Chinese", "502 是后端拒绝或重置了连接，或者响应无效；503 是过载、维护或限流，Retry-After 会说什么时候再来；504 是后端没有及时响应，超时了。先看代理的错误日志，再检查后端是否在运行和监听，把响应时间和代理的超时比较", band{.6, 1}},
		{"the codes exchanged", "504 Bad Gateway: the backend refused or reset the connection, or its response was invalid. 502: the backend did not accept the connection or did not answer in time. 503 Service Unavailable: the certificate has expired", wrong},
		{"one code", "504: the backend did not answer in time", partial},
		{"another card's", "301 and 308 are permanent; 302 and 307 are temporary, and after a 301 most clients turn a POST into a GET", nothing},
	},
	"What is the difference between the redirects 301, 302, 307 and 308?": {
		{"in other words", "301/308 are permanent and 302/307 temporary. With 301 and 302 clients usually change POST to GET, while 307 and 308 keep method and body. Permanent ones are cached, so a wrong 301 is hard to undo", full},
		{"permanent and temporary exchanged", "302 and 307 are permanent; 301 and 308 are temporary. After a 307 or 308 most clients turn a POST into a GET; 301 and 302 keep the method and the body", wrong},
		{"terms", "301 302 307 308 permanent temporary POST GET method body cached headers redirect", stuffed},
		{"in Chinese", "301 和 308 是永久的，302 和 307 是临时的；301、302 之后多数客户端会把 POST 变成 GET，307、308 保持方法和请求体；永久重定向会被缓存，写错的 301 很难收回", band{.6, 1}},
		{"one point", "301 是永久重定向，302 是临时重定向", band{0, .74}},
	},
	"keepalived 的 VRRP 是怎样选主和切换的？": {
		{"in other words", "同一个 virtual_router_id 的节点是一组，优先级高的当 MASTER 拿着 VIP。MASTER 默认每秒发一次组播通告到 224.0.0.18，协议号 112。BACKUP 三个间隔左右没收到就自己升 MASTER 接管 VIP，并发免费 ARP 让交换机更新 MAC。原来的 MASTER 回来默认抢占，要不抢就都写 BACKUP 加 nopreempt。可以用 vrrp_script 检查 nginx，失败了降优先级触发切换", full},
		{"roles exchanged", "priority 低的成为 MASTER，BACKUP 每隔 1 秒发送通告，MASTER 3 个间隔收不到通告就升为 BACKUP，接管 VIP", wrong},
		{"numbers changed", "MASTER 每隔 10 秒发送通告，默认组播地址是 239.1.1.1，IP 协议号 51。BACKUP 大约 9 个间隔收不到通告就升为 MASTER", band{0, .5}},
		{"in English", "Nodes with the same virtual_router_id form a group; the one with the highest priority becomes MASTER and holds the VIP. The MASTER sends advertisements every advert_int, one second by default, to multicast 224.0.0.18, protocol 112. A BACKUP that misses about 3 of them becomes MASTER and takes over the VIP, and sends gratuitous ARP so that switches update the MAC", band{.4, 1}},
		{"not known", "没用过，不清楚", nothing},
	},
	"聚簇索引和二级索引有什么区别？": {
		{"in other words", "聚簇索引叶子上就是整行，表按主键组织，一张表只能有一个；没主键就拿第一个非空唯一索引，再没有就用隐藏的 row ID。二级索引叶子存的是索引列加主键，查别的列要先拿主键再去聚簇索引查一遍，叫回表；列都在二级索引里就是覆盖索引，不用回表。主键要短、最好递增", full},
		{"the sides exchanged", "二级索引的叶子节点存整行数据，一张表只有一个；聚簇索引的叶子节点存索引列和主键值，用聚簇索引查其他列要回表", wrong},
		{"denied", "聚簇索引的叶子节点不存整行数据，二级索引的叶子节点不存主键值，查其他列不用回表", band{0, .5}},
		{"one point", "二级索引查其他列需要先找到主键，再去聚簇索引查一次，也就是回表", partial},
		{"terms", "聚簇索引，二级索引，叶子节点，主键，整行数据，回表，覆盖索引，row ID，页分裂，递增", stuffed},
	},
	"redo log、undo log 和 binlog 各有什么用，有什么区别？": {
		{"in other words", "redo log 是 InnoDB 引擎的物理日志，先写日志后写页，循环写，崩溃恢复靠它，保证持久性。undo log 存改之前的版本，回滚和 MVCC 用。binlog 在 Server 层，所有引擎都有，追加写，主从复制和按时间点恢复用。提交是两阶段：redo prepare，写 binlog，redo commit，两边一致。双 1 配置每次提交都刷盘最安全", full},
		{"two logs exchanged", "binlog 是 InnoDB 的物理日志，循环写，用于崩溃恢复；redo log 属于 Server 层，追加写，用于主从复制和按时间点恢复；undo log 保证持久性", band{0, .5}},
		{"one fact wrong", "redo log 是 InnoDB 的物理日志，先写日志再写数据页，循环写，用于崩溃恢复。undo log 保存修改前的版本，用于回滚和 MVCC。binlog 属于存储引擎层，覆盖写，用于事务回滚。提交时 redo log 先 prepare，再写 binlog，最后 redo log commit", band{.2, .95}},
		{"one log", "undo log 用来回滚和做 MVCC，存的是修改前的版本", partial},
	},
	"僵尸进程是怎么产生的，怎么清理？": {
		{"in other words", "子进程退了，内核留着它的 PID 和退出码等父进程 wait，没 wait 之前就是 Z 状态的僵尸。父进程不 wait 就一直在。它不吃内存和 CPU，但占 PID，多了会把 PID 用光。kill -9 没用，因为已经死了。要修父进程让它处理 SIGCHLD 回收，或者把父进程干掉，让 1 号进程收养回收。容器里可以 docker run --init", full},
		{"in English", "When a child exits the kernel keeps its PID and exit status until the parent reads it with wait(); until then it is a zombie in state Z. If the parent never calls wait, the zombie stays. It uses hardly any memory or CPU but holds a PID. kill -9 does not work because it has already exited. Fix the parent so that it handles SIGCHLD, or end the parent so that PID 1 adopts and reaps it. In containers use docker run --init", band{.45, 1}},
		{"roles exchanged", "父进程退出后，子进程一直不调用 wait()，父进程就变成僵尸", band{0, .45}},
		{"denied", "僵尸会占用大量内存和 CPU，但不占 PID；kill -9 对僵尸有效，可以直接杀掉", wrong},
		{"one point", "父进程没有调用 wait() 回收子进程的退出状态", partial},
	},
	"How do topics, partitions and offsets fit together?": {
		{"in other words", "Topics are divided into partitions, each an append-only log. Each record gets an offset that is unique inside its partition only, so ordering holds per partition and not over the whole topic. The same key goes to the same partition while the partition count is unchanged. A partition has a leader taking writes and followers copying it. You can add partitions but never reduce them", full},
		{"facts turned round", "An offset is unique across the topic, so order is kept across a topic, not within a partition. The number of partitions can be lowered but never raised. Followers take the writes and the leader copies them", wrong},
		{"terms", "topic partition offset record key leader follower log order append-only disk unique writes", stuffed},
		{"in Chinese", "一个 topic 分成多个 partition，每个 partition 是磁盘上只追加的日志；offset 只在 partition 内唯一；顺序只在分区内保证；相同 key 的消息进同一个分区；每个分区有一个 leader 负责写，follower 复制；分区数只能增加不能减少", band{.5, 1}},
	},
	"OOM Killer 如何选择要杀掉的进程？": {
		{"in other words", "内存和 swap 都没了又回收不到就触发，cgroup 超过自己的上限也会。内核按占用内存给每个进程打分，占得越多分越高，先杀最高分的。可以用 /proc/PID/oom_score_adj 调，-1000 到 1000，-1000 是永不杀。cgroup 超限只在这个 cgroup 里选。dmesg -T 搜 Killed process 看杀了谁", full},
		{"denied", "占用内存越少分数越高，先杀分数最低的；oom_score_adj 为 1000 表示永远不杀；cgroup 超限时不会触发", unseen},
		{"numbers changed", "/proc/<PID>/oom_score_adj 可以调整分数，范围 -17 到 15，-17 表示永远不杀", band{0, .39}},
		{"terms", "OOM Killer 内存 swap cgroup 打分 RSS 页表 oom_score_adj -1000 1000 dmesg journalctl Killed process", stuffed},
	},
}

func TestSampleAnswers(t *testing.T) {
	notes, err := library.Open(t.Context(), library.Config{Notes: sample.FS(), CardsOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer notes.Close()
	cards := map[string]knowledge.Card{}
	for _, c := range notes.Cards() {
		cards[c.Question] = c
	}
	for question, answers := range sampleAnswers {
		card, ok := cards[question]
		if !ok {
			t.Errorf("no card asks %q", question)
		}
		for _, a := range answers {
			t.Run(question+"/"+a.what, func(t *testing.T) {
				g := grade.Answer(card.Question, card.Answer, a.answer)
				if g.Score < a.want.min || g.Score > a.want.max {
					t.Errorf("score %.2f, want %.2f to %.2f", g.Score, a.want.min, a.want.max)
					for _, p := range g.Points {
						t.Logf("  %v %s | %s", p.Held, p.Text, p.Evidence)
					}
				}
			})
		}
	}
}

// Of every card: its own points are a full answer, the same words in another order are at most a part of one, and
// points that say the opposite are less than the points.
func TestWordsAreNoAnswer(t *testing.T) {
	notes, err := library.Open(t.Context(), library.Config{Notes: sample.FS(), CardsOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer notes.Close()
	n, mixed, denied := 0.0, 0.0, 0.0
	for _, c := range notes.Cards() {
		if !c.Askable() || len(c.Options) > 0 || len(c.KeyPoints) < 4 {
			continue
		}
		points := strings.Join(c.KeyPoints, "；")
		if g := grade.Answer(c.Question, c.Answer, points); g.Score < .95 {
			t.Errorf("%s: its points score %.2f", c.Question, g.Score)
		}
		n++
		mixed += grade.Answer(c.Question, c.Answer, scrambled(points)).Score
		denied += grade.Answer(c.Question, c.Answer, deny(c.KeyPoints)).Score
	}
	if n < 50 || mixed/n > .25 || denied/n > .7 {
		t.Errorf("%.0f cards: their words in another order score %.2f in the mean, their points denied %.2f", n, mixed/n, denied/n)
	}
}

// scrambled is every word of a text once, in another order.
func scrambled(s string) string {
	words := term.FindAllString(s, -1)
	slices.SortFunc(words, func(a, b string) int {
		x, y := crc32.ChecksumIEEE([]byte(a)), crc32.ChecksumIEEE([]byte(b))
		return cmp.Or(cmp.Compare(x, y), cmp.Compare(a, b))
	})
	return strings.Join(slices.Compact(words), " ")
}

var (
	term = regexp.MustCompile(`[A-Za-z_][A-Za-z0-9_./-]*|[0-9]+|\p{Han}{2,4}`)
	verb = regexp.MustCompile(`是|会|能|可以|\b(?:is|are|does|can|may|has|have|keeps?|sends?|runs?)\b`)
)

// deny puts a negation into each point.
func deny(points []string) string {
	var out []string
	for _, p := range points {
		at := verb.FindStringIndex(p)
		switch {
		case at == nil && strings.ContainsFunc(p, func(r rune) bool { return unicode.Is(unicode.Han, r) }):
			p = "不" + p
		case at == nil:
			p = "It is not true that " + p
		case p[at[0]] < utf8.RuneSelf:
			p = p[:at[1]] + " not" + p[at[1]:]
		default:
			p = p[:at[0]] + "不" + p[at[0]:]
		}
		out = append(out, p)
	}
	return strings.Join(out, "；")
}

// BenchmarkLongReply grades the longest reply that a form takes, 4,000 characters, to a card of 8 points.
func BenchmarkLongReply(b *testing.B) {
	var reference, reply strings.Builder
	for i := range 8 {
		fmt.Fprintf(&reference, "- 第 %d 步：调度器把请求转发给后端服务器，端口是 %d，响应由后端直接返回给客户端\n", i, 8000+i)
	}
	for n := 0; utf8.RuneCountInString(reply.String()) < 4000; n++ {
		fmt.Fprintf(&reply, "调度器收到请求以后转给第 %d 台后端，后端处理完了不经过调度器直接回给客户端，端口不变。", n)
	}
	text := string([]rune(reply.String())[:4000])
	b.ReportAllocs()
	for b.Loop() {
		grade.Answer("负载均衡是怎样转发请求的？", reference.String(), text)
	}
}
