package search

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"studybot/knowledge"
	"studybot/knowledge/text"
)

func TestStem(t *testing.T) {
	same := [][]string{
		{"volume", "volumes"},
		{"configure", "configured", "configuring", "configures"},
		{"mapped", "mapping"},
		{"policy", "policies"},
		{"process", "processes"},
		{"keepalive", "keepalived"},
		{"virtualize", "virtualization"},
	}
	for _, words := range same {
		for _, w := range words {
			if stem(w) != stem(words[0]) {
				t.Errorf("stem(%q) = %q, of %q it is %q", w, stem(w), words[0], stem(words[0]))
			}
		}
	}
	for _, w := range []string{"redis", "status", "class", "nginx", "etcd", "k8s", "eth0s", "ps", "容器"} {
		if stem(w) != w {
			t.Errorf("stem(%q) = %q", w, stem(w))
		}
	}
}

func TestSlips(t *testing.T) {
	tests := []struct {
		a, b string
		want int
	}{
		{"nginx", "nginx", 0},
		{"ngnix", "nginx", 1},
		{"docekr", "docker", 1},
		{"kafak", "kafka", 1},
		{"keepalvied", "keepalived", 1},
		{"ipvadm", "ipvsadm", 1},
		{"kuberntes", "kubernetes", 1},
		{"dockerflie", "dockerfile", 1},
		{"mysqldunb", "mysqldump", 2},
		{"redis", "nginx", 3},
	}
	for _, tt := range tests {
		if got := slips(tt.a, tt.b, 2); got != tt.want {
			t.Errorf("slips(%q, %q) = %d, want %d", tt.a, tt.b, got, tt.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[a-d]{1,20}`)
		a, b := word.Draw(t, "a"), word.Draw(t, "b")
		if min(slips(a, b, 3), 4) != min(slips(b, a, 3), 4) {
			t.Fatalf("slips of %q and %q depend on the order", a, b)
		}
		if (slips(a, b, 3) == 0) != (a == b) {
			t.Fatalf("slips(%q, %q) = %d", a, b, slips(a, b, 3))
		}
	})
}

func TestMinePairs(t *testing.T) {
	src := `用的是容器网络接口（CNI），还有地址解析协议(Address Resolution Protocol)。
NAT（网络地址转换）在网关上做；nginx（推荐）和 squid（推荐）是代理（例子）。
写时复制（Copy-on-Write）很省内存；数据库（MySQL）里有表。`
	want := [][2]string{
		{"写时复制", "Copy-on-Write"},
		{"地址解析协议", "Address Resolution Protocol"},
		{"容器网络接口", "CNI"},
		{"网络地址转换", "NAT"},
	}
	if diff := cmp.Diff(want, minePairs([]knowledge.Passage{{Text: src}})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	got := agreed([][2]string{{"第三方", "FAIR"}, {"第三方", "HASH"}, {"网络地址转换", "NAT"}})
	if diff := cmp.Diff(text.Glossary{{"网络地址转换", "NAT"}}, got); diff != "" {
		t.Errorf("agreed (-want +got):\n%s", diff)
	}
}

func TestBuiltinGlossary(t *testing.T) {
	g := builtin()
	if len(g) < 300 {
		t.Errorf("%d groups", len(g))
	}
	for _, group := range g {
		for i, term := range group {
			if slices.Contains(group[:i], term) {
				t.Errorf("%q twice in one group", term)
			}
			if len(atomsOf(nil, []byte(term))) == 0 {
				t.Errorf("%q has no word", term)
			}
		}
	}
}

func TestSnippet(t *testing.T) {
	x := open(t, Config{})
	filler := strings.Repeat("这一行说的是别的事情，和问题没有关系，只是为了把段落写得很长很长。\n", 14)
	link := strings.Repeat("零拷贝之外还有很多技术可以用来提高吞吐，", 20)
	tests := []struct {
		name, text, query string
		want, not         []string
	}{
		{
			name: "the lines that answer", text: filler + "零拷贝用 sendfile 直接把页缓存发给网卡。\n" + filler,
			query: "零拷贝 sendfile", want: []string{"零拷贝用 sendfile 直接把页缓存发给网卡。"},
		},
		{
			name: "a code block is opened and closed", text: filler + "```nginx\nsendfile on;\ntcp_nopush on;\n" + strings.Repeat("gzip_types text/css application/json application/xml image/svg;\n", 12) + "```\n" + filler,
			query: "sendfile tcp_nopush", want: []string{"sendfile on;", "```"},
		},
		{
			name: "a link is not cut", text: link + "见[零拷贝的文档](https://example.org/" + strings.Repeat("zero", 40) + ")。" + link,
			query: "零拷贝的文档", want: []string{"](https://example.org/" + strings.Repeat("zero", 40) + ")"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := knowledge.Passage{File: "a.md", Lines: knowledge.Span{Start: 1, End: 99}, Title: "性能", Text: tt.text}
			update(t, x, []Doc{{File: "a.md", Hash: tt.name, Passages: []knowledge.Passage{p}}})
			s := ask(t, x, tt.query).Hits[0].Snippet
			if n := len([]rune(s)); n > 2*snippetSize || n == 0 {
				t.Errorf("%d characters", n)
			}
			for _, want := range tt.want {
				if !strings.Contains(s, want) {
					t.Errorf("%q does not hold %q", s, want)
				}
			}
			if strings.Count(s, "```")%2 != 0 {
				t.Errorf("a code block is left open: %q", s)
			}
		})
	}
}

func TestDecodeReadsWhatEncodeWrites(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := knowledge.Passage{
			File:  rapid.String().Draw(t, "file"),
			Lines: knowledge.Span{Start: rapid.IntRange(0, 1<<30).Draw(t, "start"), End: rapid.IntRange(0, 1<<30).Draw(t, "end")},
			Path:  rapid.SliceOf(rapid.String()).Draw(t, "path"),
			Title: rapid.String().Draw(t, "title"),
			Text:  rapid.String().Draw(t, "text"),

			Later:  rapid.IntRange(0, 1000).Draw(t, "later"),
			Hollow: rapid.Bool().Draw(t, "hollow"),
		}
		if len(p.Path) == 0 {
			p.Path = nil
		}
		want := record{p, takeImprint(newScanner(nil), p.Text).sketch()}
		got, err := decode(want.encode())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(record{})); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	})
}

func FuzzDecode(f *testing.F) {
	f.Add(record{passage: knowledge.Passage{File: "a", Path: []string{"b"}, Text: "c"}}.encode())
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, b []byte) { _, _ = decode(b) })
}
