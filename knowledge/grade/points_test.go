package grade

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestKeyPoints(t *testing.T) {
	tests := []struct {
		name, question, reference string
		want                      []string
	}{
		{"list items are points, without their marks", "为什么快？", "- **顺序**写磁盘\n* `sendfile` 零拷贝\n- [ ] 批量发送；",
			[]string{"顺序写磁盘", "sendfile 零拷贝", "批量发送"}},
		{"a name may say itself again in brackets", "有哪些锁？", "- 意向锁（INTENTION LOCKING MODE）：先在表上声明",
			[]string{"意向锁（INTENTION LOCKING MODE）：先在表上声明"}},
		{"sentences are points", "what is it?", "A log is appended to. Readers keep an offset! It is never changed.",
			[]string{"A log is appended to", "Readers keep an offset", "It is never changed"}},
		{"few long sentences are split at a clause", "怎样工作？", "客户端先把请求发给负载均衡器，负载均衡器按照权重选出一台后端服务器，后端服务器处理完再返回给客户端",
			[]string{"客户端先把请求发给负载均衡器", "负载均衡器按照权重选出一台后端服务器", "后端服务器处理完再返回给客户端"}},
		{"a condition stays with what follows from it", "怎样选？", "如果本地没有需要的镜像文件可用，则从远端的镜像仓库里面拉取一份新的",
			[]string{"如果本地没有需要的镜像文件可用，则从远端的镜像仓库里面拉取一份新的"}},
		{"what repeats the question is none", "Redis 有哪些数据类型？", "Redis 的数据类型有哪些\n- string\n- list",
			[]string{"string", "list"}},
		{"what only announces is none", "怎样安装？", "步骤如下：\n1. 下载安装包\n2. 解压到目录",
			[]string{"下载安装包", "解压到目录"}},
		{"a label names the long points below it", "各有什么特点？", "## 内存表\n- 数据放在内存里面，重启以后全部丢失\n## 磁盘表\n- 数据放在磁盘上面，重启以后仍然存在",
			[]string{"内存表：数据放在内存里面，重启以后全部丢失", "磁盘表：数据放在磁盘上面，重启以后仍然存在"}},
		{"a label and short things below it are one point", "有哪些组件？", "- 控制面\n  - etcd\n  - scheduler\n- 数据面\n  - kubelet\n  - kube-proxy",
			[]string{"控制面：etcd、scheduler", "数据面：kubelet、kube-proxy"}},
		{"lines of code are points, remarks too", "怎样看日志？", "```bash\n$ journalctl -u nginx -f\n# 持续输出新的日志\n```",
			[]string{"journalctl -u nginx -f", "持续输出新的日志"}},
		{"output of a transcript is none", "怎样看主机名？", "```\n[root@a ~]# hostname\nnode-1\n```", []string{"hostname"}},
		{"ends of blocks are none", "脚本怎么写？", "```sh\n#!/bin/sh\nfor i in 1 2; do\necho $i\ndone\n```", []string{"for i in 1 2; do", "echo $i"}},
		{"prose in a fence is prose", "有什么注意事项？", "```\n必须先停止服务。\n再删除数据目录。\n```", []string{"必须先停止服务", "再删除数据目录"}},
		{"a row of a table is a point", "端口是多少？", "| 服务 | 端口 |\n|---|---|\n| mysql | 3306 |", []string{"mysql: 3306"}},
		{"a fence that never closes", "怎样看？", "```\nls -l", []string{"ls -l"}},
		{"a list mark behind a comma goes too", "怎样看？", "，- 主节点", []string{"主节点"}},
		{"a row of a table is one point, whatever marks its cells have", "Which disks are there?", "| Disk | What it is | Use |\n|:--|---|--|\n| hdd | slow; cheap | archives `a|b` |\n| ssd | fast<br>dear | databases |",
			[]string{"hdd: slow; cheap; archives a|b", "ssd: fast; dear; databases"}},
		{"a comparison keeps what its columns are called", "快照和备份有什么区别？", "| | 快照 | 备份 |\n|--|--|--|\n| 位置 | 同一块盘 | 另一台机器 |\n| 速度 | 很快 | 较慢 |",
			[]string{"位置：快照 同一块盘；备份 另一台机器", "速度：快照 很快；备份 较慢"}},
		{"code below a list is an example", "怎样限制内存？", "- 启动时用 -m 指定上限\n- 超过上限的进程会被杀掉\n- 交换空间另外限制\n\n```sh\n# 在宿主机上\nrun -m 512m app\n```",
			[]string{"启动时用 -m 指定上限", "超过上限的进程会被杀掉", "交换空间另外限制"}},
		{"code that is announced is none", "怎样限制内存？", "- 先看现在用了多少\n- 再算出合适的上限\n- 留出一点余量\n- 然后执行：\n\n```sh\nrun -m 512m app\n```",
			[]string{"先看现在用了多少", "再算出合适的上限", "留出一点余量", "然后执行", "run -m 512m app"}},
		{"code below each step is none", "怎样安装？", "1. 下载，放到 /opt 下面\n```\nwget https://example.com/a.tgz\n```\n2. 解压，不要用 root\n```\ntar -xf a.tgz\n```\n3. 启动，看日志\n```\n./a -d\n```",
			[]string{"下载，放到 /opt 下面", "wget https://example.com/a.tgz", "解压，不要用 root", "tar -xf a.tgz", "启动，看日志", "./a -d"}},
		{"code and its remark are one point", "怎样配置？", "```\nworkers 4;  ## 一般等于核数\nproxy /a/;   # /b/c 转成 /a/c\n```", []string{"workers 4：一般等于核数", "proxy /a/：/b/c 转成 /a/c"}},
		{"a path in a remark keeps its slash", "怎样配置？", "```\n// /v2/users 转成 /users\n```", []string{"/v2/users 转成 /users"}},
		{"code that was taken out is none", "怎样配置？", "workers 4;\n#workers 8;\nlisten 80;\n#log off;", []string{"workers 4", "listen 80"}},
		{"<br> ends a line", "怎样重启？", "先通知所有正在使用这台机器的同事保存自己的工作并且退出登录<br>再停止服务<br/>最后重启",
			[]string{"先通知所有正在使用这台机器的同事保存自己的工作并且退出登录", "再停止服务", "最后重启"}},
		{"lines without full stops are things of their own", "两种写法有什么区别？", "两种写法都从左到右依次生效\na 1：标准输出先指向文件，标准错误再跟过去，所以两者最后都会进到文件里面去\na 2：标准错误先指向终端，之后才改标准输出，所以错误仍然会打在终端上面\n还可以简写",
			[]string{"两种写法都从左到右依次生效", "a 1：标准输出先指向文件，标准错误再跟过去，所以两者最后都会进到文件里面去", "a 2：标准错误先指向终端，之后才改标准输出，所以错误仍然会打在终端上面", "还可以简写"}},
		{"two halves of a sentence stay together", "What is a mount?", "- A bind mount shows a path of the host; it suits source code.\n- A volume is kept by the engine; it suits databases.\n- A tmpfs is kept in memory.",
			[]string{"A bind mount shows a path of the host; it suits source code", "A volume is kept by the engine; it suits databases", "A tmpfs is kept in memory"}},
		{"what a sentence lists is apart", "各监听什么端口？", "甲服务是 6443；乙服务是 2379；丙服务是 10250。", []string{"甲服务是 6443", "乙服务是 2379", "丙服务是 10250"}},
		{"what a name is given to stays with it", "怎样分级？", "- 由配置决定级别：两项都写并且相等，是甲级；全都没写，是乙级；其余是丙级\n- 甲级最后被淘汰\n- 乙级最先被淘汰",
			[]string{"由配置决定级别：两项都写并且相等，是甲级；全都没写，是乙级；其余是丙级", "甲级最后被淘汰", "乙级最先被淘汰"}},
		{"drawings are none", "数据怎么走？", "┌────┐\n│ 内核 │\n└────┘\n先到内核，再到程序", []string{"先到内核，再到程序"}},
		{"two opposite cases stay together", "怎样看负载？", "- 短期的值高于长期的值，说明正在上升；反过来说明正在回落\n- 与核数相比\n- 包括等待磁盘的进程",
			[]string{"短期的值高于长期的值，说明正在上升；反过来说明正在回落", "与核数相比", "包括等待磁盘的进程"}},
		{"backticks go, what stands in them stays", "How is it set?", "- `no-cache`, `max-age` and `s-maxage` are set by the server; `<b>` is not.\n- Use `run --rm **` or ``a`b``.\n- `run -a` keeps it",
			[]string{"no-cache, max-age and s-maxage are set by the server; <b> is not", "Use run --rm ** or a`b", "run -a keeps it"}},
		{"backticks of a shell stay", "怎样循环？", "```\nfor i in `seq 3`\n```", []string{"for i in `seq 3`"}},
		{"lines of a PDF go on, Chinese with nothing and Latin with a space", "心跳是怎样的？", "节点上的代理每隔十秒钟向控制面板报告一次自己的状态，如果过了四十秒都没有收到任何\n\n报告，这个节点就被标记。Then the controller moves all the pods\n\nof the node to other ones.",
			[]string{"节点上的代理每隔十秒钟向控制面板报告一次自己的状态", "如果过了四十秒都没有收到任何报告，这个节点就被标记", "Then the controller moves all the pods of the node to other ones"}},
		{"a paragraph without a full stop does not go on", "有哪些产品？", strings.Repeat("这是一个开源的工具，由社区维护，", 6) + "可以在多个主机上使用\n\n代理程序运行在每个节点上，把数据送到中心。",
			[]string{strings.Repeat("这是一个开源的工具，由社区维护，", 3) + "这是一个开源的工具", "由社区维护，" + strings.Repeat("这是一个开源的工具，由社区维护，", 2) + "可以在多个主机上使用", "代理程序运行在每个节点上，把数据送到中心"}},
		{"nothing", "怎样看？", "", nil},
		{"marks alone", "怎样看？", "***\n---\n>\n- \n", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, KeyPoints(tt.question, tt.reference)); diff != "" {
				t.Errorf("points (-want +got):\n%s", diff)
			}
		})
	}
}

func TestKeyPointsAreFewAndShort(t *testing.T) {
	var b strings.Builder
	for range 40 {
		b.WriteString("- 这一步先检查配置是否正确，再把文件复制到目标机器上，然后重启服务并且观察日志里面有没有错误，最后通知大家已经完成了这一次的变更操作")
		b.WriteString(strings.Repeat("啊", b.Len()%7))
		b.WriteString("\n")
	}
	ps := KeyPoints("怎样发布？", b.String())
	if len(ps) == 0 || len(ps) > maxPoints {
		t.Fatalf("%d points, want 1 to %d", len(ps), maxPoints)
	}
	for _, p := range ps {
		if width(p) > maxWidth {
			t.Errorf("point of width %d: %s", width(p), p)
		}
	}
}

func TestCutKeepsToItsWidth(t *testing.T) {
	for _, s := range []string{strings.Repeat("=", 300), strings.Repeat("长", 300), strings.Repeat("长a", 300), "x(" + strings.Repeat("y", 300), strings.Repeat("长句，", 100)} {
		for limit := 20; limit <= maxWidth; limit++ {
			if got := cut(s, limit); width(got) > limit || !strings.HasSuffix(got, "…") {
				t.Fatalf("cut to %d gives width %d: %s", limit, width(got), got)
			}
		}
	}
}
