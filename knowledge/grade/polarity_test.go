package grade

import (
	"slices"
	"testing"

	"studybot/knowledge"
)

// One fact, said in other words, and made wrong by one word.
var facts = []struct{ name, question, point, right, wrong string }{
	{"并非", "索引有什么代价？", "索引会拖慢写入，因为每次写入都要更新索引", "有索引写入就慢，每次写都得更新它", "索引并非会拖慢写入，每次写入也并非要更新索引"},
	{"不会", "进程退出后描述符怎样？", "进程退出时内核自动关闭它打开的文件描述符", "进程一退出，打开的描述符由内核自动关掉", "进程退出时内核不会自动关闭它打开的文件描述符"},
	{"无需", "怎样更换证书？", "更换证书之后需要重新加载配置", "换完证书要把配置重新加载一遍", "更换证书之后无需重新加载配置"},
	{"没有", "日志怎样落盘？", "事务提交时先把日志刷到磁盘", "提交事务的时候日志要先刷盘", "事务提交时没有把日志刷到磁盘"},
	{"禁止", "读副本能做什么？", "读副本可以处理查询请求，分担主库的压力", "查询请求可以发给读副本，主库压力就小了", "读副本禁止处理查询请求，不能分担主库的压力"},
	{"从不", "垃圾回收什么时候停顿？", "垃圾回收在标记阶段会暂停所有线程", "标记的时候 GC 要暂停所有线程", "垃圾回收在标记阶段从不暂停所有线程"},
	{"而不是, turned round", "计数器存在哪里？", "计数器存在内存里，不写磁盘", "计数器放内存里，磁盘不写", "计数器写磁盘，而不是存在内存里"},
	{"a denial in the clause before", "心跳做什么？", "心跳用来发现失效的节点并触发切换", "靠心跳发现节点失效，然后触发切换", "这种说法不对：心跳用来发现失效的节点并触发切换"},
	{"a denial in the clause behind", "心跳做什么？", "心跳用来发现失效的节点并触发切换", "靠心跳发现节点失效，然后触发切换", "说心跳用来发现失效的节点并触发切换，是错误的"},
	{"right and denied elsewhere", "缓存怎样更新？", "更新数据库之后删除缓存", "数据库更新完就删缓存", "更新数据库之后删除缓存。其实更新数据库之后不删除缓存"},
	{"不再", "会话过期后怎样？", "会话过期以后服务端要求重新登录", "会话一过期，服务端就让你重新登录", "会话过期以后服务端不再要求重新登录"},
	{"不必", "表结构变了怎么办？", "修改表结构时必须先备份数据", "改表结构前数据一定要先备份", "修改表结构时不必先备份数据"},
	{"a denial that is gone", "硬链接有什么限制？", "硬链接不能跨文件系统", "硬链接没法跨文件系统用", "硬链接能跨文件系统"},
	{"a denial that is gone, further off", "UDP 可靠吗？", "UDP 不保证数据按顺序到达", "UDP 不会保证数据有序到达", "UDP 保证数据按顺序到达"},
	{"not", "What does a replica do?", "A replica applies the log of the primary", "the replica applies the primary's log", "A replica does not apply the log of the primary"},
	{"never", "When does the collector pause?", "The collector pauses all threads while marking roots", "during root marking the collector pauses all threads", "The collector never pauses any threads while marking roots"},
	{"no longer", "What happens on expiry?", "An expired token is rejected by the gateway", "the gateway rejects a token that has expired", "An expired token is no longer rejected by the gateway"},
	{"without", "How is the file replaced?", "The file is replaced after syncing the directory", "sync the directory, after that the file is replaced", "The file is replaced without syncing the directory"},
	{"instead of", "Where are counters kept?", "Counters are kept in memory", "we keep the counters in memory", "Counters are kept on disk instead of in memory"},
	{"rather than", "What does the load balancer use?", "The balancer forwards packets by destination address", "the balancer uses destination addresses to forward packets", "The balancer forwards packets by port rather than destination address"},
	{"越多 越少", "副本数有什么影响？", "副本越多，读的吞吐越高", "副本多读吞吐就高", "副本越少，读的吞吐越高"},
	{"同步 异步", "复制怎样进行？", "主库把变更异步复制到从库", "变更由主库异步地复制给从库", "主库把变更同步复制到从库"},
	{"先 后", "写日志和写数据谁先谁后？", "先写日志，后写数据页", "日志先写，数据页后写", "先写数据页，后写日志"},
	{"永久 临时", "302 是什么？", "302 表示临时重定向，浏览器不缓存", "302 是临时的重定向，浏览器不会缓存它", "302 表示永久重定向，浏览器会缓存"},
	{"主 从", "谁接受写请求？", "写请求只能发给主节点", "只有主节点接受写请求", "写请求只能发给从节点"},
	{"增加 减少", "线程多了怎样？", "线程太多会增加上下文切换的开销", "线程一多，上下文切换开销就增加", "线程太多会减少上下文切换的开销"},
	{"开启 关闭", "压测之前做什么？", "压测之前要开启慢查询日志", "慢查询日志在压测前要打开", "压测之前要关闭慢查询日志"},
	{"上行 下行", "限速限哪里？", "家庭宽带的上行带宽远小于下行带宽", "家里宽带上行比下行小很多", "家庭宽带的下行带宽远小于上行带宽"},
	{"读 写", "共享锁允许什么？", "共享锁允许其他事务读这一行", "加了共享锁，别的事务还能读这行", "共享锁允许其他事务写这一行"},
	{"客户端 服务端", "谁先关闭？", "由客户端主动关闭连接并进入等待", "客户端主动关连接，然后等待", "由服务端主动关闭连接并进入等待"},
	{"before after", "When is the log written?", "The log is flushed before the commit returns", "flush the log before commit returns", "The log is flushed after the commit returns"},
	{"more less", "What does a larger block do?", "A larger block needs more memory per request", "bigger blocks take more memory for each request", "A larger block needs less memory per request"},
	{"sync async", "How does replication work?", "Replication to the standby is asynchronous", "the standby is replicated to asynchronously", "Replication to the standby is synchronous"},
	{"enable disable", "What to do with swap?", "Disable swap on every worker node", "swap must be disabled on each worker node", "Enable swap on every worker node"},
	{"client server", "Who starts the exchange?", "The client opens the session with a hello message", "a hello message from the client opens the session", "The server opens the session with a hello message"},
	{"primary replica", "Where do writes go?", "All writes go to the primary", "every write goes to the primary", "All writes go to the replica"},
	{"first last", "Which rule wins?", "The first matching rule wins", "whichever rule matches first wins", "The last matching rule wins"},
	{"a number", "多少副本？", "集群至少需要 3 个节点才能选主", "要选主至少得有 3 个节点", "集群至少需要 4 个节点才能选主"},
	{"a numeral", "握手几次？", "建立连接需要三次握手", "连接靠三次握手建立", "建立连接需要四次握手"},
	{"a unit", "心跳间隔？", "心跳的间隔是 500 ms", "每 500 ms 发一次心跳", "心跳的间隔是 500 s"},
	{"a unit without a space", "超时是多少？", "默认超时 30s，之后断开", "过了 30s 就断开，这是默认超时", "默认超时 30ms，之后断开"},
	{"one number of two", "端口怎样分配？", "控制连接用 2100 端口，数据连接用 2000 端口", "控制走 2100 端口，数据走 2000 端口", "控制连接用 2100 端口，数据连接用 2050 端口"},
	{"two numbers exchanged", "端口怎样分配？", "控制连接用 2100 端口，数据连接用 2000 端口", "控制走 2100 端口，数据走 2000 端口", "控制连接用 2000 端口，数据连接用 2100 端口"},
	{"a value's meaning", "level 的取值？", "level=0 表示不等待确认", "level=0 就是不等确认", "level=1 表示不等待确认"},
	{"English numbers", "How long is a lease?", "A lease lasts 10 seconds and is renewed every 3 seconds", "leases last 10 seconds, renewal every 3 seconds", "A lease lasts 3 seconds and is renewed every 10 seconds"},
	{"per cent", "阈值是多少？", "使用率超过 80% 时开始淘汰", "用到 80% 以上就开始淘汰", "使用率超过 60% 时开始淘汰"},
	{"roles of a long exchange", "解析怎样进行？", "主机向本地服务器发递归查询，本地服务器向根服务器发迭代查询", "主机到本地服务器是递归，本地服务器到根是迭代", "主机向本地服务器发迭代查询，本地服务器向根服务器发递归查询"},
}

func TestAFactMadeWrongLosesItsPoint(t *testing.T) {
	for _, f := range facts {
		t.Run(f.name, func(t *testing.T) {
			if g := Answer(f.question, f.point, f.right); !holdsAll(g.Points) {
				t.Errorf("right: %q against %q scores %.2f", f.right, f.point, g.Score)
			}
			if g := Answer(f.question, f.point, f.wrong); holdsAll(g.Points) {
				t.Errorf("wrong: %q against %q scores %.2f", f.wrong, f.point, g.Score)
			}
		})
	}
}

// Answers whose denials, opposites and numbers are as right as the reference.
var rights = []struct{ name, question, point, answer string }{
	{"twice denied", "写日志必须吗？", "提交之前必须写日志", "提交之前不能不写日志"},
	{"不是不", "缓存可以过期吗？", "缓存里的数据可以过期", "缓存里的数据不是不可以过期"},
	{"not A but B", "日志存在哪里？", "日志存在磁盘上", "日志不是存在内存里，而是存在磁盘上"},
	{"B, not A", "日志存在哪里？", "日志存在磁盘上", "日志存在磁盘上，而不是内存里"},
	{"not A but B, in English", "Where is the log kept?", "The log is kept on disk", "the log is not kept in memory but on disk"},
	{"instead of the wrong one", "Where is the log kept?", "The log is kept on disk", "the log is kept on disk instead of in memory"},
	{"the point denies", "硬链接能跨文件系统吗？", "硬链接不能跨越文件系统，也不能指向目录", "不能跨越文件系统，目录也不行，不能指向"},
	{"the point denies, not A but B", "复制是怎样的？", "复制不是同步的，而是异步的", "复制是异步的"},
	{"both sides", "TCP 和 UDP 有什么区别？", "TCP 有连接，UDP 无连接", "TCP 有连接，UDP 无连接"},
	{"both sides, in another order", "TCP 和 UDP 有什么区别？", "TCP 有连接，UDP 无连接", "UDP 没有连接，TCP 是有连接的"},
	{"both sides for contrast", "复制是怎样的？", "复制默认是异步的", "复制默认是异步的，要同步得自己配置"},
	{"a number left out", "心跳的间隔？", "每 3 秒发送一次心跳，连续丢失就判定节点失效", "定时发送心跳，连续丢失就判定节点失效"},
	{"a number more", "心跳的间隔？", "每 3 秒发送一次心跳", "每 3 秒发送一次心跳，一分钟 20 次"},
	{"a unit in Chinese", "超时是多少？", "默认超时 30s，之后断开", "默认超时 30 秒，之后断开"},
	{"a unit converted", "超时是多少？", "默认超时 1s，之后断开", "默认超时 1000 ms，之后断开"},
	{"a numeral in figures", "握手几次？", "建立连接需要三次握手", "建立连接需要 3 次握手"},
	{"numbered by the writer", "怎样恢复？", "停止服务，恢复 2 份备份，再启动服务", "1. 停止服务 2. 恢复 2 份备份 3. 再启动服务"},
	{"something else denied beside it", "删除缓存的时机？", "更新数据库之后删除缓存", "更新数据库之后删除缓存，不要更新缓存"},
	{"denied of another", "谁接受写请求？", "主节点接受写请求", "主节点接受写请求，从节点不接受"},
	{"if it were not so", "心跳做什么？", "心跳用来发现失效的节点并触发切换", "心跳用来发现失效的节点并触发切换，没有心跳就不知道谁挂了"},
	{"without, of the reason", "Why flush the log?", "The log is flushed before the commit returns", "the log is flushed before the commit returns, without this data may be lost"},
	{"wrong opinions named", "切换怎样触发？", "心跳丢失会触发主从切换", "心跳丢失会触发主从切换，请求出错不会"},
	{"right of one thing, the other side of another", "索引有什么影响？", "索引加快查询", "索引加快查询，但减慢写入"},
	{"a passive", "谁关闭连接？", "客户端主动关闭连接", "连接是由客户端主动关闭的，服务端被动关闭"},
}

func TestDenialsAndOppositesThatAreRightCostNothing(t *testing.T) {
	for _, f := range rights {
		t.Run(f.name, func(t *testing.T) {
			if g := Answer(f.question, f.point, f.answer); !holdsAll(g.Points) {
				t.Errorf("%q against %q scores %.2f", f.answer, f.point, g.Score)
			}
		})
	}
}

func holdsAll(ps []knowledge.Point) bool {
	return !slices.ContainsFunc(ps, func(p knowledge.Point) bool { return !p.Held })
}

func TestAMarkEndsADenial(t *testing.T) {
	if g := Answer("301 和 302 有什么区别？", "301 是永久重定向，302 是临时重定向", "不（。\n301 是永久重定向，302 是临时重定向"); !holdsAll(g.Points) {
		t.Errorf("scores %.2f, points %+v", g.Score, g.Points)
	}
}
