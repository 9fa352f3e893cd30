package note

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestHTML(t *testing.T) {
	tests := []struct {
		name, page string
		want       []string
	}{
		{"headings and paragraphs", "<h1>LVS</h1><h2 id=a>什么是 <em>DR</em>？</h2><p>一种\n模式。<p>Second\nparagraph.", []string{"# LVS", "", "## 什么是 DR？", "", "一种模式。", "", "Second paragraph."}},
		{"text that nobody reads is left out", "<head><style>p{}</style></head><nav>Home</nav><script>x()</script><p>text</p><!-- no -->", []string{"text"}},
		{"a list with letters", "<ol type=A><li>one</li><li>two</li></ol><footer>of the page</footer>", []string{"A. one", "B. two"}},
		{"lists in lists", "<ul><li>one<ol start=3><li>three</li><li>four</ol></li><li><p>two</p></ul>", []string{"- one", "  3. three", "  4. four", "- two"}},
		{"code keeps its lines and names its language", "<pre><code class='hljs language-go'>if a &lt; b {\n\treturn\n}\n</code></pre>", []string{"```go", "if a < b {", "\treturn", "}", "```"}},
		{"code that holds a fence", "<pre>```\nx\n```</pre>", []string{"````", "```", "x", "```", "````"}},
		{"code that is coloured", "<pre><span>a</span> <span>b</span><br>c</pre>", []string{"```", "a b", "c", "```"}},
		{"words of code and bold", "<p>run<code>ls  -l</code> <b>now</b> !</p>", []string{"run`ls -l` **now** !"}},
		{"a table of data", "<table><tr><th>port<th>use<tr><td>80<td>a|b</table>", []string{"| port | use |", "| --- | --- |", `| 80 | a\|b |`}},
		{"a table that lays out the page", "<table><tr><td><ul><li>one</ul><td><p>two</p></table>", []string{"- one", "", "two"}},
		{"details", "<details><summary>什么是<b>端口</b>？</summary><p>一个数。</p></details>", []string{"<details>", "<summary>什么是**端口**？</summary>", "", "一个数。", "", "</details>"}},
		{"a quote", "<blockquote><p>one</p><p>two</p></blockquote>", []string{"> one", "", "> two"}},
		{"line breaks", "a<br>b<div>c</div>d", []string{"a", "b", "c", "d"}},
		{"pictures", "<p><img src='a b.png' alt='图 1'><img src='data:image/png;base64,AAAA'>", []string{"![图 1](a%20b.png) ![]()"}},
		{"boxes that are ticked", "<ul><li><input type=checkbox checked> yes<li><input type=checkbox> no</ul>", []string{"- [x] yes", "- [ ] no"}},
		{"questions of a definition list", "<dl><dt>What is a pod?<dd>A group of containers.</dl>", []string{"**What is a pod?**", "", "A group of containers."}},
		{"a button that opens an answer", "<div><button class='accordion'>What is a pod?</button><div><p>Containers.</p></div></div><button>Send</button>", []string{"**What is a pod?**", "", "Containers."}},
		{"a button in a heading", "<h2><button data-bs-toggle=collapse>What is a pod?</button></h2><p>Containers.</p>", []string{"## What is a pod?", "", "Containers."}},
		{"a question by its class", "<div class='faq-question'>什么是端口？</div><div class='faq-answer'>一个数。</div>", []string{"**什么是端口？**", "", "一个数。"}},
		{"a root's prompt is no heading", "<p># yum install</p>", []string{"`# yum install`"}},
		{"entities and hard spaces", "<p>a&nbsp;&amp;&nbsp;b &lt;c&gt;</p>", []string{"a & b <c>"}},
		{"a heading without text is left out", "<h2><a name=x></a></h2><p>text</p>", []string{"text"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n, err := read("a.html", []byte(tt.page))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, n.Lines); diff != "" {
				t.Errorf("lines (-want +got):\n%s", diff)
			}
		})
	}
}

func TestHTMLTitle(t *testing.T) {
	tests := []struct{ name, page, want string }{
		{"of its heading", "<title>Site</title><h1>Page</h1>", "Page"},
		{"of its head", "<title>The\n  site</title><p>text", "The site"},
		{"of its file", "<p>text", "a"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n, err := read("a.htm", []byte(tt.page))
			if err != nil {
				t.Fatal(err)
			}
			if n.Title != tt.want {
				t.Errorf("title = %q, want %q", n.Title, tt.want)
			}
		})
	}
}

func TestHTMLInGB18030(t *testing.T) {
	n, err := read("a.html", gb(t, "<meta charset=gb2312><h1>端口</h1><p>一个数。"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"# 端口", "", "一个数。"}, n.Lines); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
}

func FuzzHTML(f *testing.F) {
	f.Add("<h1>a</h1><ul><li>b<ol><li>c</ul><table><tr><td>d<td>e</table><pre>f</pre>")
	f.Add("<details><summary><table><td><h1>x</details><dl><dt><b>q<dd>a")
	f.Add(strings.Repeat("<b><div><li>", 50))
	f.Fuzz(func(t *testing.T, page string) {
		if _, err := read("a.html", []byte(page)); err != nil && strings.Contains(err.Error(), "reader failed") {
			t.Error(err)
		}
	})
}

func BenchmarkHTML(b *testing.B) {
	const section = "<h2>What is a <b>pod</b>?</h2><p>A group of containers.</p><ul><li>one<li>two</ul><table><tr><td>a<td>b</table>\n"
	for _, times := range []int{1000, 2000, 4000} {
		b.Run(fmt.Sprint(times), func(b *testing.B) {
			src := []byte(strings.Repeat(section, times))
			b.SetBytes(int64(len(src)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := read("a.html", src); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
