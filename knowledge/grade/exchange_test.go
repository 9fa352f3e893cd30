package grade

import (
	"slices"
	"strings"
	"testing"
)

// Things that a reference tells apart, and answers that say of one what is true of another.
var exchanges = []struct{ name, question, reference, right, wrong string }{
	{"numbers name them", "日志级别 0、1、2 各记录什么？",
		"- level=0：只记录错误和告警\n- level=1：再加上每个请求的耗时和来源\n- level=2：连请求的正文也写下来，只在排查时打开",
		"0只记错误跟告警；1还会记请求的耗时、来源；2连正文都写下来，排查的时候才打开",
		"level=0连请求的正文也写下来，只在排查时打开；level=1只记录错误和告警；level=2记录每个请求的耗时和来源"},
	{"a number without a space", "RAID 0 和 RAID 6 有什么区别？",
		"- RAID 0：条带化，读写最快，没有冗余\n- RAID 6：双重校验，可以同时坏两块盘，写入最慢",
		"RAID0是条带化，读写最快但没有冗余；RAID6有双重校验，坏两块盘也行，写入最慢",
		"RAID6是条带化，读写最快但没有冗余；RAID0有双重校验，坏两块盘也行，写入最慢"},
	{"Latin words before one noun", "hash 分区和 range 分区有什么不同？",
		"hash 分区按散列值把数据打散，写入均匀，但是不适合范围查询。\nrange 分区按区间存放，适合范围查询，容易出现热点。",
		"hash按散列值打散，写得均匀，范围查询就不适合；range按区间放，范围查询合适，但容易有热点",
		"range分区按散列值把数据打散，写入均匀；hash分区按区间存放，容易出现热点"},
	{"a sentence that goes on", "冷备和热备有什么区别？",
		"冷备要先停库，再拷贝数据文件，步骤最少，恢复也简单；热备不停库，在线备份，要借助日志追平，对业务几乎没有影响。",
		"冷备得停库再拷贝数据文件，步骤最少恢复简单；热备不用停库，在线备份，靠日志追平，业务几乎没影响",
		"热备要先停库，再拷贝数据文件，恢复也简单；冷备不停库，在线备份，要借助日志追平，对业务几乎没有影响"},
	{"names cut short", "indexerQueue 和 mergerQueue 各放什么？",
		"- indexerQueue：放新写入的文档，后台线程随时取走\n- mergerQueue：放等待合并的段，夜里才处理",
		"indexer放新写入的文档，后台线程随时取走；merger放等着合并的段，夜里处理",
		"merger放新写入的文档，后台线程随时取走；indexer放等着合并的段，夜里处理"},
	{"each clause begins with the other", "push 模型和 pull 模型有什么区别？",
		"push 由被监控的程序主动上报，适合短任务。\npull 由监控端定时抓取，容易发现目标失联。",
		"push是程序自己主动上报，短任务适合；pull是监控端定时来抓取，目标失联容易发现",
		"pull由被监控的程序主动上报，适合短任务。push由监控端定时抓取，容易发现目标失联。"},
}

func TestWhatIsTrueOfAnotherIsNotKnown(t *testing.T) {
	for _, e := range exchanges {
		t.Run(e.name, func(t *testing.T) {
			if g := Answer(e.question, e.reference, e.right); g.Score < .75 {
				t.Errorf("right: %q scores %.2f, points %+v", e.right, g.Score, g.Points)
			}
			if g := Answer(e.question, e.reference, e.wrong); g.Score >= .4 {
				t.Errorf("wrong: %q scores %.2f, points %+v", e.wrong, g.Score, g.Points)
			}
		})
	}
}

// Facts of several points, one of them made wrong.
func TestAnotherNameOrNumberInItsPlaceLosesThePoint(t *testing.T) {
	const (
		chainQ  = "日志采集链路是怎样的？"
		chain   = "1. 采集器 filebeat 把日志推送到 kafka 缓冲\n2. 由 logstash 消费并解析字段\n3. 结果写入 elasticsearch 供查询"
		uploadQ = "网关的限制是怎样设置的？"
		upload  = "1. 上传的文件最大 20 MB\n2. 空闲的连接保留 75 秒\n3. 每个来源每秒最多 30 个请求"
	)
	tests := []struct {
		name, question, reference, answer string
		point                             int
		held                              bool
	}{
		{"the right name", chainQ, chain, "filebeat采集日志推送到kafka缓冲，logstash解析字段，最后写到elasticsearch供查询", 0, true},
		{"another name of the reference", chainQ, chain, "采集器把日志推送到 elasticsearch 缓冲", 0, false},
		{"the right number", uploadQ, upload, "上传的文件不能超过20MB", 0, true},
		{"a number that no point has", uploadQ, upload, "上传的文件不能超过500MB", 0, false},
		{"a number that no point has, in another clause", uploadQ, upload, "对上传的文件有限制，文件最大是64MB", 0, false},
		{"the same in another unit", uploadQ, upload, "空闲的连接保留 75000 ms", 1, true},
		{"no number", uploadQ, upload, "空闲的连接会保留一会儿", 1, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if g := Answer(tt.question, tt.reference, tt.answer); g.Points[tt.point].Held != tt.held {
				t.Errorf("held %v, want %v; score %.2f, points %+v", !tt.held, tt.held, g.Score, g.Points)
			}
		})
	}
}

func TestShortClausesAndCommandsAreNoTerms(t *testing.T) {
	tests := []graded{
		{"a chat of short clauses", "快照和备份有什么区别？", "- 快照：和原数据在同一块盘上，几秒钟就做完，盘坏了一起丢\n- 备份：放在另一台机器上，要拷贝全部数据，比较慢，盘坏了还能取回",
			"快照在同一块盘，几秒做完，盘坏就没了，只记差别；备份在别的机器，要全拷贝，慢一点，盘坏能取回，占地方", .75, 1},
		{"commands, one a line", "怎样新建一个用户并设置密码？", "1. 执行 useradd -m 用户名 创建用户和家目录\n2. 执行 passwd 用户名 设置密码\n3. 执行 id 用户名 确认",
			"useradd -m tom -s /bin/bash\npasswd tom --stdin\nid tom -u", .55, 1},
		{"a command without arguments among them", "怎样找出最忙的线程？", "1. uptime 看负载\n2. pidstat -t 1 找到最忙的线程号\n3. 用 gdb -p 进程号 看它的调用栈",
			"uptime\npidstat -t 1 5\ngdb -p 4711 -batch -ex bt", .55, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if g := Answer(tt.question, tt.reference, tt.answer); g.Score < tt.min || g.Score > tt.max {
				t.Errorf("score %.2f, want %.2f to %.2f; points %+v", g.Score, tt.min, tt.max, g.Points)
			}
		})
	}
}

func TestAListThatSaysSomethingIsNoBag(t *testing.T) {
	const (
		checksQ = "服务连不上数据库时怎样排查？"
		checks  = "先 ping 数据库主机看网络，再 telnet 3306 端口看能不能连上，然后 grep 错误日志找原因，show processlist 看连接数，最后用 df 看磁盘满没满。"
		goldQ   = "一次备份要检查哪几个方面？"
		gold    = "完整性、时效、可恢复性和保密：文件有没有缺，是不是最近的，能不能真的恢复，别人能不能读。"
		layersQ = "What does a package manager keep on a machine?"
		layers  = "It keeps a database of installed packages with their files and versions, a cache of downloaded archives, the list of repositories, and the keys that sign them."
	)
	tests := []graded{
		{"steps, each with its tool", checksQ, checks, "ping主机、telnet端口、grep日志、processlist看连接数、df看磁盘", .75, 1},
		{"their tools and things mixed up", checksQ, checks, "要注意磁盘、ping、连接数、日志、主机、processlist、端口、网络、原因等多个方面", 0, .399},
		{"a list of the reference in another order", goldQ, gold, "保密、可恢复性、时效、完整性", .5, 1},
		{"English clauses between commas", layersQ, layers, "A database of installed packages, including their files and versions, archives cached after download, the repository list, and signing keys", .75, 1},
		{"English terms between commas", layersQ, layers, "It involves keys, versions, cache, repositories, archives, files, database, packages, machine and so on.", 0, .399},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if g := Answer(tt.question, tt.reference, tt.answer); g.Score < tt.min || g.Score > tt.max {
				t.Errorf("score %.2f, want %.2f to %.2f; points %+v", g.Score, tt.min, tt.max, g.Points)
			}
		})
	}
}

func TestNamesAloneAreNotWhatTheyMean(t *testing.T) {
	const locks = "- 意向锁（INTENTION LOCK）：先在表上声明要锁哪些行\n- 间隙锁（GAP LOCK）：挡住别的事务往区间里插入\n- 记录锁（RECORD LOCK）：只锁一行索引记录"
	if g := Answer("InnoDB 有哪些锁，各做什么？", locks, "意向锁，间隙锁，记录锁"); g.Score > .4 {
		t.Errorf("score %.2f, points %+v", g.Score, g.Points)
	}
}

func TestABracketThatNeverClosesJoinsNothing(t *testing.T) {
	tests := []struct {
		name, text string
		want       int
	}{
		{"closed", "先（看一，看二）再说，走", 2},
		{"open", "先（看一，看二再说，走", 3},
		{"closed far away", "先（看一，" + strings.Repeat("看", farClose) + "）再说", 2},
	}
	for _, tt := range tests {
		if got := clauses(tt.text); len(got) != tt.want {
			t.Errorf("%s: %q, want %d clauses", tt.name, got, tt.want)
		}
	}
}

func TestEnglishAnswersToShortChinesePoints(t *testing.T) {
	tests := []struct{ name, question, point, answer string }{
		{"a numeral", "最多能坏几块盘？", "同时坏两块盘也不丢数据", "two disks may fail at the same time and no data is lost"},
		{"what is avoided", "怎样防止脑裂？", "脑裂不可避免，只能靠仲裁节点减少损失", "split brain can't be avoided, an arbiter node only reduces the loss"},
		{"a name in brackets left out", "谁能读这个文件？", "属主可读可写（rw-），其他人只读", "the owner can read and write, others read only"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if g := Answer(tt.question, tt.point, tt.answer); !holdsAll(g.Points) {
				t.Errorf("score %.2f, points %+v", g.Score, g.Points)
			}
		})
	}
}

func TestActorsAreWhoActs(t *testing.T) {
	tests := []struct {
		name   string
		points []string
		want   []string
	}{
		{"two who act", []string{"采集端压缩数据", "采集端发给网关", "网关校验签名", "网关落盘"}, []string{"采集端", "采集端", "网关", "网关"}},
		{"behind words that go on", []string{"首先采集端压缩数据", "然后采集端发给网关", "最后网关落盘"}, []string{"采集端", "采集端", "网关"}},
		{"verbs and pronouns are nobody", []string{"超过上限就丢弃", "超过时间就重试", "这个值默认是 3", "这个值可以改"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var ps []point
			for _, p := range tt.points {
				ps = append(ps, point{text: p})
			}
			if got := actors(ps); !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestGlossaryOfTheField(t *testing.T) {
	groups, both := 0, 0
	for line := range strings.Lines(builtin) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		groups++
		seen := map[string]bool{}
		for term := range strings.SplitSeq(line, ",") {
			if term != strings.TrimSpace(term) || term == "" || seen[term] || term != fold(term) {
				t.Errorf("%q: %q is empty, not folded or stands twice", line, term)
			}
			seen[term] = true
		}
		if len(seen) < 2 {
			t.Errorf("%q says one thing only once", line)
		}
		if hasHan(line) && strings.ContainsFunc(line, isLatin) {
			both++
		}
	}
	if groups < 900 || both < groups*9/10 {
		t.Errorf("%d groups, %d of them in both languages", groups, both)
	}
}
