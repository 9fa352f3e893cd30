package search

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// terms returns the terms that a text is indexed under, in order.
func terms(t testing.TB, src string) []string {
	t.Helper()
	var out []string
	for _, tok := range analyze(t, src) {
		out = append(out, string(tok.Term))
	}
	return out
}

func TestTerms(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"Han characters and their pairs", "三次握手", "三 三次 次 次握 握 握手 手"},
		{"a script border splits", "nginx优化", "nginx 优 优化 化"},
		{"a digit before Han reads like the character", "TCP3次", "tcp3 tcp 3 三 三次 次"},
		{"a digit of a longer number does not", "30次", "30 次"},
		{"Traditional reads like Simplified", "負載", "负 负载 载"},
		{"full width is plain", "ＮＧＩＮＸ", "nginx"},
		{"a line break inside a sentence does not part a pair", "基\n\n础", "基 基础 础"},
		{"a comma does", "基，础", "基 础"},
		{"a space does", "基 础", "基 础"},
		{"camel case whole and in parts", "NotReady", "notready not ready"},
		{"an acronym before a word", "OOMKilled", "oomkill oom kill"},
		{"the plural of an acronym", "IPs", "ip"},
		{"a name in small and large letters", "K8s", "k8s"},
		{"a directive in parts", "proxy_cache_path", "proxy_cache_path proxy cach path"},
		{"a header in parts", "Connection:keep-alive", "connection:keep-alive connection keep-alive keep aliv"},
		{"a version is one word", "nginx-1.26.1", "nginx-1.26.1 nginx 1.26.1"},
		{"an address and a port", "192.168.1.1:80", "192.168.1.1:80 192.168.1.1 80"},
		{"a path", "/etc/keepalived.conf", "etc/keepalived.conf etc keepalived.conf keepaliv conf"},
		{"a short option keeps its dash and case", "ipvsadm -A -t", "ipvsadm -A -t"},
		{"several short options", "netstat -natp", "netstat -natp natp"},
		{"a long option", "--net=host", "net=host net host"},
		{"an error message", "Unknown keyword 'virtual_server'", "unknown keyword virtual_server virtual server"},
		{"English endings", "mounted volumes configuring images", "mount volum configur imag"},
		{"names keep their ending", "redis status", "redis status"},
		{"a language with plus signs", "C++ 和 C#", "c++ 和 c#"},
		{"Japanese and Korean", "サーバ 한국", "サ サー ー ーバ バ 한 한국 국"},
		{"accents", "Cafe\u0301 café", "café café"},
		{"a very long word by its beginning", strings.Repeat("fa", 60), strings.Repeat("fa", 32)},
		{"only marks", "，。！ -- ***", ""},
		{"broken UTF-8", "a\xffb", "a b"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(strings.Fields(tt.want), terms(t, tt.in)); diff != "" && !(tt.want == "" && terms(t, tt.in) == nil) {
				t.Errorf("terms of %q (-want +got):\n%s", tt.in, diff)
			}
		})
	}
}
