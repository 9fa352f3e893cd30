package search

import (
	"context"
	"fmt"
	"hash/fnv"
	"strings"
	"testing"

	"studybot/knowledge"
)

// split reads a note the plain way: lines that begin with # are titles. It is no reader
// for real notes, but one that does not depend on another package.
func split(file, src string) knowledge.Note {
	n := knowledge.Note{File: file, Hash: hashOf(src), Lines: strings.Split(src, "\n")}
	n.Sections = []knowledge.Section{{Parent: -1}}
	for i, l := range n.Lines {
		level := len(l) - len(strings.TrimLeft(l, "#"))
		last := &n.Sections[len(n.Sections)-1]
		if level == 0 || !strings.HasPrefix(l[level:], " ") {
			if k := len(last.Body); k > 0 && last.Body[k-1].End == i {
				last.Body[k-1].End = i + 1
			} else {
				last.Body = append(last.Body, knowledge.Span{Start: i + 1, End: i + 1})
			}
			continue
		}
		s := knowledge.Section{Title: strings.TrimSpace(l[level:]), TitleLine: i + 1, Level: level, Parent: -1}
		for p := len(n.Sections) - 1; p > 0; p-- {
			if n.Sections[p].Level < level {
				s.Parent = p
				s.Path = append(append([]string{}, n.Sections[p].Path...), n.Sections[p].Title)
				break
			}
		}
		n.Sections = append(n.Sections, s)
	}
	return n
}

func hashOf(s string) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(s))
	return fmt.Sprintf("%x", h.Sum64())
}

func doc(file, src string) Doc {
	n := split(file, src)
	return Doc{File: file, Hash: n.Hash, Passages: Passages(n)}
}

// open opens an index that the test closes.
func open(t testing.TB, cfg Config) *Index {
	t.Helper()
	x, err := Open(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	return x
}

func update(t testing.TB, x *Index, changed []Doc, removed ...string) {
	t.Helper()
	if err := x.Update(context.Background(), changed, removed, nil); err != nil {
		t.Fatal(err)
	}
}

func ask(t testing.TB, x *Index, query string) Result {
	t.Helper()
	r, err := x.Search(context.Background(), query, 5)
	if err != nil {
		t.Fatalf("Search(%q): %v", query, err)
	}
	return r
}

// best returns the title of the best hit, "" for none.
func best(t testing.TB, x *Index, query string) string {
	t.Helper()
	r := ask(t, x, query)
	if len(r.Hits) == 0 {
		return ""
	}
	return r.Hits[0].Title
}

// notes are a small team's notes, our own.
var notes = map[string]string{
	"net.md": `# 网络
## 三次握手
客户端先发送 SYN 报文，进入 SYN_SENT；服务端回应 SYN+ACK，进入 SYN_RCVD；
客户端再发送 ACK，双方都进入 ESTABLISHED，连接建立完成。
## 四次挥手
主动关闭的一方发送 FIN，对方先确认，等数据发完再发送自己的 FIN，最后一方等待 2MSL 后关闭。
## 端口占用
用 ss -lntp 查看监听的端口和进程号，旧系统用 netstat -lntp。
报错 bind: address already in use 表示端口已经被占用。
## 容器网络
容器网络接口（CNI）是给容器分配地址的标准，插件有 flannel 和 calico。
`,
	"web.md": `# Web 服务
## nginx 反向代理
在 location 里写 proxy_pass http://backend; 请求就转发给 upstream 里的后端服务器。
缓存用 proxy_cache_path /data/cache levels=1:2 keys_zone=hot:10m 打开。
## keepalived 主备
两台机器用 VRRP 选主，虚拟地址漂移到优先级高的一台；主机恢复以后默认会抢占。
## docker 数据卷
容器删除以后数据会丢失，用 docker run -v data:/var/lib/mysql 挂载命名卷就能保留。
--net=host 让容器直接使用宿主机的网络。
`,
	"db.md": `# 数据库
## Redis 持久化
RDB 定期保存快照，恢复快但可能丢最近的数据；AOF 记录每条写命令，更安全，文件更大。
## MySQL 备份
mysqldump -u root -p --all-databases > all.sql 导出全部数据库，--single-transaction 保证一致。
## Kafka 为什么快
顺序写磁盘，零拷贝发送，批量压缩；一个主题分成多个分区，消费者组并行读取。
`,
}

func team(t testing.TB) *Index {
	t.Helper()
	x := open(t, Config{})
	var docs []Doc
	for _, f := range sortedKeys(notes) {
		docs = append(docs, doc(f, notes[f]))
	}
	update(t, x, docs)
	return x
}
