package search

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/registry"

	"studybot/knowledge/text"
)

// analyze runs the analyzer as Bleve knows it.
func analyze(t testing.TB, src string) analysis.TokenStream {
	t.Helper()
	if err := register(); err != nil {
		t.Fatal(err)
	}
	a, err := registry.NewCache().AnalyzerNamed(analyzerName)
	if err != nil {
		t.Fatal(err)
	}
	return a.Analyze([]byte(src))
}

func TestOffsetsPointAtTheWord(t *testing.T) {
	src := "負載均衡：ＮＧＩＮＸ的 proxy_cache，TCP3次握手 -t ﬁle e\u0301t\u00e9"
	for _, tok := range analyze(t, src) {
		at := text.Normal(src[tok.Start:tok.End])
		term := strings.ToLower(string(tok.Term))
		if strings.Contains("三 三次", term) { // a digit that reads like a character
			continue
		}
		if !strings.Contains(at, strings.TrimPrefix(term, "-")) {
			t.Errorf("term %q: source at its offsets is %q", term, at)
		}
	}
}

func FuzzAnalyzer(f *testing.F) {
	for _, s := range []string{"三次握手", "a\xff\xfe", "--net=host -t", "㍿㎡①ｻﾞ", "e\u0301\u0301", "c++#", "3次\n\n握", "\x00\x01"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		toks := analyze(t, src)
		if len(toks) > 40*len(src)+40 {
			t.Fatalf("%d tokens for %d bytes", len(toks), len(src))
		}
		for _, tok := range toks {
			if tok.Start < 0 || tok.End > len(src) || tok.Start >= tok.End {
				t.Fatalf("offsets %d-%d of %d bytes", tok.Start, tok.End, len(src))
			}
			if len(tok.Term) == 0 || utf8.ValidString(src) && !utf8.Valid(tok.Term) {
				t.Fatalf("term %q", tok.Term)
			}
		}
	})
}
