package grade

import (
	"testing"

	"studybot/knowledge"
)

func TestChoice(t *testing.T) {
	options := []knowledge.Option{{Text: "TCP", Right: true}, {Text: "UDP"}, {Text: "面向连接", Right: true}, {Text: "无连接"}}
	tests := []struct {
		name, answer string
		want         float64
	}{
		{"all right letters", "A,C", 1},
		{"without a separator", "ac", 1},
		{"in a sentence", "选A和C", 1},
		{"full width", "Ａ、Ｃ", 1},
		{"one of two", "C", .5},
		{"the text of an option", "面向连接", .5},
		{"a right and a wrong one", "A B", 0},
		{"every letter", "ABCD", 0},
		{"a letter that no option has", "Z", 0},
		{"a word is no choice", "dad", 0},
		{"nothing", "", 0},
		{"what is denied is not chosen", "不是 B，是 A 和 C", 1},
		{"what is ruled out is not chosen", "排除 B，选 C", .5},
		{"what is denied in English is not chosen", "not B but C", .5},
		{"the texts of several options", "面向连接和 TCP", 1},
		{"the texts of a right and a wrong one", "TCP、UDP", 0},
		{"lower case between words that join", "a and c", 1},
		{"a letter in a sentence", "I think it is C", .5},
		{"an article is no letter", "a process that has exited", 0},
		{"nor is a word of letters in a sentence", "what a bad day", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := Choice(options, tt.answer)
			for _, p := range g.Points {
				if g.Score == 0 && (p.Held || p.Evidence != "") {
					t.Errorf("point %+v is held, but the score is 0", p)
				}
			}
			if g.Score != tt.want || len(g.Points) != 2 {
				t.Errorf("grade %+v, want score %v and 2 points", g, tt.want)
			}
		})
	}
}

func TestOrder(t *testing.T) {
	tests := []struct {
		name, right, answer string
		want                float64
	}{
		{"the right order", "CABD", "c, a, b, d", 1},
		{"arrows between", "123", "1 → 2 → 3", 1},
		{"backwards", "ABC", "CBA", 0},
		{"two neighbours exchanged", "ABC", "BAC", 1.0 / 3},
		{"one left out", "ABCD", "ABC", 0},
		{"nothing", "ABC", "", 0},
		{"nothing to order", "", "ABC", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if g := Order(tt.right, tt.answer); g.Score < tt.want-1e-9 || g.Score > tt.want+1e-9 {
				t.Errorf("score %v, want %v", g.Score, tt.want)
			}
		})
	}
}

func TestCloze(t *testing.T) {
	tests := []struct {
		name, reference, answer string
		want                    float64
	}{
		{"the same word", "kube-proxy", "kube-proxy", 1},
		{"case, width and marks do not matter", "`kube-proxy`", " Kube-Proxy。", 1},
		{"Traditional characters", "负载均衡", "負載均衡", 1},
		{"another word", "kube-proxy", "kubelet", 0},
		{"more than the word", "kube-proxy", "kube-proxy kubelet", 0},
		{"nothing", "kube-proxy", "", 0},
		{"no reference", "", "", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if g := Cloze(tt.reference, tt.answer); g.Score != tt.want {
				t.Errorf("grade %+v, want score %v", g, tt.want)
			}
		})
	}
}

func TestGaps(t *testing.T) {
	tests := []struct {
		name, reference, answer string
		want                    float64
	}{
		{"one gap", "etcd", "etcd", 1},
		{"each in its place", "原子性\n隔离性", "原子性，隔离性", 1},
		{"on lines", "SYN\nACK", "syn\nack", 1},
		{"with a space between", "SYN\nACK", "SYN ACK", 1},
		{"exchanged", "SYN\nACK", "ACK, SYN", 0},
		{"one of two", "SYN\nACK", "ACK", .5},
		{"one right, one wrong", "SYN\nACK", "SYN, FIN", .5},
		{"phrases", "kube proxy\nnode port", "kube proxy, node port", 1},
		{"nothing", "SYN\nACK", "", 0},
		{"no reference", "", "SYN", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if g := Gaps(tt.reference, tt.answer); g.Score != tt.want {
				t.Errorf("grade %+v, want score %v", g, tt.want)
			}
		})
	}
}
