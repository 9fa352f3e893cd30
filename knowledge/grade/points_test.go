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
