package search

import (
	"math"
	"strings"
	"testing"

	"github.com/blevesearch/bleve/v2/analysis"
	index "github.com/blevesearch/bleve_index_api"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestWordsAreCountedAsATextFieldOfBleveCountsThem(t *testing.T) {
	must(t, register())
	analyzer := newMapping().AnalyzerNamed(analyzerName)
	for _, text := range []string{"", "nginx 反向代理，nginx 负载均衡", "TCP3次握手：三次握手 net.core.somaxconn --net=host", strings.Repeat("日志 log ", 400)} {
		f := &wordsOf{text: []byte(text), analyzer: analyzer}
		f.Analyze()
		tokens := analyzer.Analyze([]byte(text))
		want, got := map[string]int{}, map[string]int{}
		for term, tf := range analysis.TokenFrequency(tokens, nil, index.IndexField) {
			want[term] = tf.Frequency()
		}
		for term, tf := range f.AnalyzedTokenFrequencies() {
			got[term] = tf.Frequency()
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%.20q (-bleve +ours):\n%s", text, diff)
		}
	}
}

func TestLevelsKeepALengthToFourPercent(t *testing.T) {
	for length := 16; length < 12_000; length++ {
		got := lengthOf(levelOf(length))
		if math.Abs(got/float64(length)-1) > 0.04 {
			t.Fatalf("%d terms are kept as %.0f", length, got)
		}
	}
	for _, length := range []int{0, 1, 1 << 30} {
		if l := levelOf(length); l < 1 || l >= levels {
			t.Errorf("%d terms: level %d", length, l)
		}
	}
}

func TestPackedTextIsUnpacked(t *testing.T) {
	for _, s := range []string{"", "nginx", "三次握手：“SYN”→ACK。", "한국어 ひらがな ＡＢＣ 𠀀 é", strings.Repeat("握手\n", 500)} {
		if got := unpack(pack(nil, s)); got != s {
			t.Errorf("%q became %q", s, got)
		}
	}
	if n := len(pack(nil, "三次握手，四次挥手。")); n != 20 {
		t.Errorf("ten characters take %d bytes", n)
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		if got := unpack(pack(nil, s)); got != s {
			t.Fatalf("%q became %q", s, got)
		}
	})
}

func FuzzUnpack(f *testing.F) {
	f.Add([]byte{0xFF})
	f.Add([]byte{0x94})
	f.Fuzz(func(t *testing.T, b []byte) { _ = unpack(b) })
}

func TestATypoIsRepairedByTheWordThatMoreNotesHold(t *testing.T) {
	v := vocabulary{{'n', 5}: "nginaningxnginx"}
	counts := map[string]int{"ngina": 1, "nginx": 40, "ningx": 3}
	got := v.near("ngins", func(w string) int { return counts[w] })
	want := []repair{{"nginx", 1, 40}, {"ngina", 1, 1}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(repair{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
