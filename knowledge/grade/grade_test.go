package grade

import (
	"testing"

	"studybot/knowledge"
	"studybot/knowledge/text"
)

// A card of the tests: a question, its reference, and answers with the band of the score.
type graded struct {
	name      string
	question  string
	reference string
	answer    string
	min, max  float64
}

const (
	levels    = "- 读未提交：什么都不解决，可能出现脏读\n- 读已提交：解决脏读\n- 可重复读：解决脏读和不可重复读，是 InnoDB 的默认级别\n- 串行化：解决幻读，性能最差"
	levelsQ   = "MySQL 的四种隔离级别分别解决了什么问题？"
	codes     = "301 是永久重定向，浏览器会缓存；302 是临时重定向，浏览器不缓存，下次仍访问原地址。"
	codesQ    = "HTTP 状态码 301 和 302 有什么区别？"
	threads   = "A process has its own address space and resources. Threads of one process share its memory and are cheaper to create and switch. If one thread crashes, the whole process may die."
	threadsQ  = "What is the difference between a process and a thread?"
	brokers   = "1. 顺序写磁盘，避免随机 IO\n2. 零拷贝 sendfile，减少内核态与用户态的拷贝\n3. 批量发送和压缩\n4. 分区并行"
	brokersQ  = "Kafka 为什么快？"
	dataTypes = "- string\n- list\n- hash\n- set\n- zset"
	typesQ    = "Redis 支持哪些数据类型？"
	ports     = "```bash\nss -lntp | grep 8080\n# 或者\nlsof -i :8080\n```"
	cache     = "- `max-age` says for how many seconds a response is fresh, and it overrides `Expires`.\n- `no-store` forbids storing; `no-cache` allows storing but demands revalidation before each reuse.\n- A stale response is revalidated with `If-None-Match` or `If-Modified-Since`.\n- `Vary` lists the request headers that must match as well."
	cacheQ    = "How does a cache decide whether it may reuse a stored response?"
	steps     = "1. 检查配置\n2. 备份数据\n3. 停止旧服务\n4. 安装新版本\n5. 迁移数据库\n6. 启动新服务\n7. 观察日志\n8. 通知大家"
	stepsQ    = "发布经过哪些步骤？"
	portsQ    = "怎样查看端口 8080 被哪个进程占用？"
)

func TestAnswer(t *testing.T) {
	tests := []graded{
		{"a good answer in other words is known", levelsQ, levels, "读未提交会脏读；读已提交没有脏读；可重复读解决了不可重复读，InnoDB默认用它；串行化没有幻读但是性能最差", .8, 1},
		{"facts of one subject told of another are not known", levelsQ, levels, "读未提交解决脏读；读已提交解决不可重复读；可重复读解决幻读，不是默认级别；串行化性能最好", 0, .399},
		{"a bag of terms stays below the second band", levelsQ, levels, "脏读 幻读 不可重复读 InnoDB 串行化 可重复读 读已提交 默认", 0, .399},
		{"an English answer to a Chinese card is known", levelsQ, levels, "read committed prevents dirty reads, repeatable read is the InnoDB default and prevents non-repeatable reads, serializable prevents phantom reads but has the worst performance", .7, 1},
		{"a denied fact is not held", levelsQ, levels, "读已提交不能解决脏读", 0, .2},
		{"one of four points is little", levelsQ, levels, "串行化解决幻读，性能最差", .1, .399},
		{"swapped numbers are not known", codesQ, codes, "302永久跳转，会被浏览器缓存，301临时跳转，不缓存", 0, .399},
		{"the right numbers are known", codesQ, codes, "301永久跳转，会被浏览器缓存，302临时跳转，不缓存", .75, 1},
		{"an English answer to an English card is known", threadsQ, threads, "A process owns its address space; threads share the memory of their process, so creating and switching them is cheap, but a crash in a thread can kill the process.", .8, 1},
		{"two English subjects exchanged are not known", threadsQ, threads, "A thread has its own address space, processes share memory with each other and are cheaper to create.", 0, .399},
		{"a bag of English terms stays below the second band", threadsQ, threads, "process thread address space memory resources crash share switch create cheap", 0, .399},
		{"a Chinese answer to an English card is known", threadsQ, threads, "进程有独立的地址空间，线程共享进程的内存，创建和切换开销更小，一个线程崩溃可能导致整个进程退出", .7, 1},
		{"points in one line are known", brokersQ, brokers, "顺序写盘；用sendfile零拷贝；批量压缩；多分区并行", .8, 1},
		{"opposites are not known", brokersQ, brokers, "随机写磁盘，不用零拷贝，单分区串行", 0, .399},
		{"an answer about something else is nothing", brokersQ, brokers, "因为它是用Scala写的，全部放在内存里", 0, .15},
		{"a bare list answers a question for a list", typesQ, dataTypes, "zset、string、hash、list、set", .99, 1},
		{"names in Chinese answer a list in English", typesQ, dataTypes, "字符串、列表、哈希、集合、有序集合", .99, 1},
		{"a list with three wrong things is half known", typesQ, dataTypes, "string、list、map、tree、array", .4, .6},
		{"the first of two ways is enough", portsQ, ports, "ss -lntp | grep 8080", .99, 1},
		{"the second of two ways is enough", portsQ, ports, "用 lsof -i:8080 看", .75, 1},
		{"a command with other options is not known", portsQ, ports, "ss -u | grep 80", 0, .7},
		{"Traditional characters and full width read like others", brokersQ, brokers, "順序寫磁盤；用ＳＥＮＤＦＩＬＥ零拷貝；批量壓縮；分區並行", .8, 1},
		{"the question is no answer", codesQ, codes, codesQ, 0, 0},
		{"the question twice is no answer", codesQ, codes, codesQ + codesQ, 0, 0},
		{"no answer is nothing", codesQ, codes, "", 0, 0},
		{"marks alone are nothing", codesQ, codes, "。。。？！", 0, 0},
		{"short answers in English hold the core of long points", cacheQ, cache, "A stale response is revalidated; no-store forbids storing, max-age overrides Expires", .6, .95},
		{"a common word of another point is no other name", "Which networks are there?", "- bridge: a private address behind NAT, ports are published, most containers use it\n- host: the stack of the host, no port mapping\n- none: the default of jobs that must not talk", "bridge is the default with a private IP behind NAT", .25, .6},
		{"an English answer that denies is not known", cacheQ, cache, "no-store does not forbid storing; a stale response is never revalidated; max-age does not override Expires", 0, .35},
		{"who misses two of eight is not told that all is known", stepsQ, steps, "先检查配置；再备份数据；停止旧服务；安装新版本；迁移数据库；启动新服务", .75, .98},
		{"not to know is nothing", levelsQ, levels, "不知道", 0, 0},
		{"not to know, said at length, is nothing", levelsQ, levels, "抱歉，这道题我真的不太会，没学过，略", 0, 0},
		{"not to know in English is nothing", threadsQ, threads, "Sorry, I don't know the answer. No idea!", 0, 0},
		{"to pass is nothing", threadsQ, threads, "pass", 0, 0},
		{"not to know all is no loss", levelsQ, levels, "读未提交会脏读；读已提交没有脏读；可重复读解决了不可重复读，InnoDB默认用它；串行化没有幻读但是性能最差。别的不知道了", .8, 1},
		{"no may be the answer", "这样会丢数据吗？", "不会。数据先写日志再返回", "不会", .05, 1},
		{"without a reference nothing is known", codesQ, "", "301 是永久重定向", 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := Answer(tt.question, tt.reference, tt.answer)
			if g.Score < tt.min || g.Score > tt.max {
				t.Errorf("score %.2f, want %.2f to %.2f; points %+v", g.Score, tt.min, tt.max, g.Points)
			}
		})
	}
}

func TestAnswerShowsPointsAndEvidence(t *testing.T) {
	g := Answer(brokersQ, brokers, "首先是顺序写磁盘。别的我忘了")
	if len(g.Points) != 4 {
		t.Fatalf("points: %+v, want the 4 of the list", g.Points)
	}
	if p := g.Points[0]; !p.Held || p.Evidence != "首先是顺序写磁盘" {
		t.Errorf("first point %+v, want it held by 首先是顺序写磁盘", p)
	}
	for _, p := range g.Points[1:] {
		if p.Held || p.Evidence != "" {
			t.Errorf("point %+v, want it missed, without evidence", p)
		}
	}
	if g.Band() != knowledge.Little {
		t.Errorf("band %v of score %.2f, want little", g.Band(), g.Score)
	}
}

func TestWhoDoesNotKnowHoldsNothing(t *testing.T) {
	for _, a := range []string{"不知道", "不会", "不清楚，略", "没学过", "忘了", "这题我不太会……", "还没有看过这块，抱歉", "I don't know", "I don’t know.", "no idea", "Not sure, sorry.", "pass", "IDK", "Skip!"} {
		for _, c := range [][2]string{{levelsQ, levels}, {codesQ, codes}, {threadsQ, threads}, {"怎么办？", "没有空间时不清楚原因，不知道大小，就不会写入"}} {
			g := Answer(c[0], c[1], a)
			for _, p := range g.Points {
				if g.Score != 0 || p.Held {
					t.Errorf("%q to %s: score %.2f, point %+v; want nothing", a, c[0], g.Score, p)
				}
			}
		}
	}
}

func TestShortAnswerHoldsTheCoresOfLongPoints(t *testing.T) {
	g := Answer(cacheQ, cache, "A stale response is revalidated; no-store forbids storing, max-age overrides Expires")
	for i, want := range []bool{true, true, true, false} {
		if g.Points[i].Held != want {
			t.Errorf("point %+v, want held %v", g.Points[i], want)
		}
	}
}

func TestGraderTakesTheBestReference(t *testing.T) {
	question, answer := "怎样重启服务？", "kill 掉进程，守护程序会拉起来"
	first := "执行 systemctl restart"
	second := "kill 掉进程，由守护程序拉起"
	one := Grader{}.Answer(question, []string{first}, answer)
	both := Grader{}.Answer(question, []string{first, second}, answer)
	if one.Score >= .4 || both.Score < .75 {
		t.Errorf("scores %.2f and %.2f, want little, then known", one.Score, both.Score)
	}
	if none := (Grader{}).Answer(question, nil, answer); none.Score != 0 || none.Points != nil {
		t.Errorf("without references %+v, want nothing", none)
	}
}

func TestGlossaryCanBeExtended(t *testing.T) {
	question, reference, answer := "请求先到哪里？", "请求先到星门", "it hits stargate first"
	plain := Grader{}.Answer(question, []string{reference}, answer)
	ours := Grader{Glossary: NewGlossary(text.Glossary{{"星门", "stargate"}})}.Answer(question, []string{reference}, answer)
	if plain.Score >= .4 || ours.Score < .75 {
		t.Errorf("scores %.2f without the term and %.2f with it, want little, then known", plain.Score, ours.Score)
	}
}
