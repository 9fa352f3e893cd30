package text

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseGlossary(t *testing.T) {
	tests := []struct {
		name, src string
		want      Glossary
		err       string // a part of it, "" for none
	}{
		{"a group a line", "容器编排 = orchestration, 编排\nVIP=虚拟地址\r\n", Glossary{{"容器编排", "orchestration", "编排"}, {"VIP", "虚拟地址"}}, ""},
		{"full-width marks", "灰度＝金丝雀，canary", Glossary{{"灰度", "金丝雀", "canary"}}, ""},
		{"blank lines and remarks", "# ours\n\nC# = c sharp # a language\n", Glossary{{"C#", "c sharp"}}, ""},
		{"a mark too many", "a = = b,", Glossary{{"a", "b"}}, ""},
		{"nothing", " \n", nil, ""},
		{"a term alone", "a = b\nonly =\n", nil, `line 2: "only" stands alone`},
		{"no term", "= ,\n", nil, "line 1: no term"},
		{"a sentence", "a = " + strings.Repeat("长", 61), nil, "line 1: a term has more than 60 characters"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := ParseGlossary(tt.src)
			if err == nil != (tt.err == "") || err != nil && !strings.Contains(err.Error(), tt.err) {
				t.Fatalf("error %v, want %q", err, tt.err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func FuzzParseGlossary(f *testing.F) {
	f.Add("容器编排 = orchestration, 编排\n# x\n=\n")
	f.Fuzz(func(t *testing.T, src string) {
		g, _ := ParseGlossary(src)
		for _, group := range g {
			if len(group) < 2 {
				t.Fatalf("a group of %d", len(group))
			}
		}
	})
}
