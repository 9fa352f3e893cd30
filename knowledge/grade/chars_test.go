package grade

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"studybot/knowledge/text"
)

var marksAndWords = []string{"*", "**", "~~", "==", "`", "``", "a", "字", " ", "(", ")", "$", "、", "。", "，", "Ａ", "後", "É", "ﬁ", "\u3000", "1", "12", "2.", "3.1 ", "（一）", "一、", "Step 1", "步骤2", "第三步，", "x=1", "……", "－", "〔", "～", "é", "e\u0301"}

func lineOf(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(marksAndWords), 0, 12).Draw(t, "pieces"), "")
}

func TestFoldIsNormal(t *testing.T) {
	for r := rune(1); r < 0x11000; r++ {
		if s := "a" + string(r) + "字"; fold(s) != text.Normal(s) {
			t.Fatalf("fold(%q) = %q, want %q", s, fold(s), text.Normal(s))
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		if s := lineOf(t) + rapid.String().Draw(t, "more"); fold(s) != text.Normal(s) {
			t.Fatalf("fold(%q) = %q, want %q", s, fold(s), text.Normal(s))
		}
	})
}

// What is read by hand for speed, as a regular expression says it.
var (
	emphasisWants = regexp.MustCompile(`(\*\*|~~|==)([^\s*~=](?:[^\n*]*?[^\s*~=])?)(\*\*|~~|==)`)
	spanWants     = regexp.MustCompile("``[^\n]+?``|`[^`\n]+`")
	digitsWant    = regexp.MustCompile(`^\d{1,2}(?:[、）)]|\s{1,4}\p{Han}|[.．](?:\s|\p{L}|$)|[.．]\d{1,2}\s)`)
)

func TestMarksAreReadAsTheirExpressionsSay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := lineOf(t)
		want := emphasisWants.ReplaceAllStringFunc(s, func(m string) string {
			if m[:2] != m[len(m)-2:] || m[:2] == "==" && strings.ContainsAny(m, "()$") {
				return m
			}
			return m[2 : len(m)-2]
		})
		if got := unstress(s); got != want {
			t.Fatalf("unstress(%q) = %q, want %q", s, got, want)
		}
		by := func(m string) string { return "<" + m + ">" }
		if got, want := withSpans(s, by), spanWants.ReplaceAllStringFunc(s, by); got != want {
			t.Fatalf("withSpans(%q) = %q, want %q", s, got, want)
		}
		if s = tidy(s); s != "" && isDigit(s[0]) {
			end := -1
			if loc := digitsWant.FindStringIndex(s); loc != nil {
				end = loc[1]
			}
			if got := numberEnd(s); got != end {
				t.Fatalf("numberEnd(%q) = %d, want %d", s, got, end)
			}
		}
	})
}

func TestWidth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, want := lineOf(t)+rapid.String().Draw(t, "more"), 0
		for _, r := range s {
			if want++; r >= 0x1100 {
				want++
			}
		}
		if got := width(s); got != want {
			t.Fatalf("width(%q) = %d, want %d", s, got, want)
		}
		if n := rapid.IntRange(0, 50).Draw(t, "n"); wider(s, n) != (want > n) {
			t.Fatalf("wider(%q, %d) = %v, its width is %d", s, n, wider(s, n), want)
		}
	})
}

func TestWordBagIsASet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, want := newWordBag(), map[string]bool{}
		for _, w := range rapid.SliceOfN(rapid.StringN(0, 2, -1), 0, 300).Draw(t, "words") {
			if b.add(w) == want[w] {
				t.Fatalf("add(%q) with %d words", w, len(want))
			}
			want[w] = true
		}
		for w := range want {
			if !b.has(w) {
				t.Fatalf("%q is missing", w)
			}
		}
		if b.reset(); b.has("a") || !b.add("a") {
			t.Fatal("not empty after reset")
		}
	})
}
