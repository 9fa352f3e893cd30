package grade

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var pieces = []string{"主节点", "从节点", "不", "会", "复制", "数据", "心跳", "Redis", "etcd", "10s", "301", "，", "。", "；", "\n", "- ", "1. ", "：", "**", "`", "的", "and ", "not ", "leader ", " ", "|", "```\n", "# ", "（", "）", "-v", "/etc/hosts"}

func anyText(label string) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 40).Draw(t, label), "")
	})
}

func TestScoreStaysInRange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q, r := anyText("question").Draw(t, "q"), anyText("reference").Draw(t, "r")
		a := rapid.OneOf(anyText("answer"), rapid.String()).Draw(t, "a")
		g := Answer(q, r, a)
		if g.Score < 0 || g.Score > 1 || g.Score != g.Score {
			t.Fatalf("score %v", g.Score)
		}
		if diff := cmp.Diff(g, Answer(q, r, a)); diff != "" {
			t.Fatalf("a second grade differs:\n%s", diff)
		}
		for _, p := range g.Points {
			said := strings.TrimSuffix(p.Evidence, "…")
			if p.Held != (said != "") || !strings.Contains(strings.Join(strings.Fields(tidy(a)), " "), said) {
				t.Fatalf("point %+v: evidence of %q", p, a)
			}
		}
	})
}

func TestReferenceIsAFullAnswer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q, r := anyText("question").Draw(t, "q"), anyText("reference").Draw(t, "r")
		if len(KeyPoints(q, r)) == 0 || echoes(q, r) {
			t.Skip("nothing to know")
		}
		g := Answer(q, r, r)
		if g.Score != 1 {
			t.Fatalf("score %v of the reference itself", g.Score)
		}
	})
}

func TestQuestionIsNoAnswer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q, r := anyText("question").Draw(t, "q"), anyText("reference").Draw(t, "r")
		if g := Answer(q, r, q); g.Score != 0 {
			t.Fatalf("score %v of the question", g.Score)
		}
	})
}

func TestSpaceCaseAndWidthDoNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom([][2]string{{levelsQ, levels}, {codesQ, codes}, {threadsQ, threads}, {brokersQ, brokers}}).Draw(t, "card")
		all := strings.FieldsFunc(c[1], func(r rune) bool { return strings.ContainsRune("\n。；.", r) })
		a := strings.Join(rapid.SliceOfN(rapid.SampledFrom(all), 1, 4).Draw(t, "sentences"), "；")
		want := Answer(c[0], c[1], a).Score
		for name, b := range map[string]string{
			"upper case": strings.ToUpper(a),
			"wide":       strings.Map(widen, a),
			"spaces":     "  " + strings.ReplaceAll(a, " ", "   ") + "\n\n",
		} {
			if got := Answer(c[0], c[1], b).Score; got != want {
				t.Fatalf("%s: score %v, want %v as of %q", name, got, want, a)
			}
		}
	})
}

func widen(r rune) rune {
	if r > ' ' && r < 0x7f && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
		return r - '!' + '！'
	}
	return r
}

func TestMoreOfTheReferenceNeverCosts(t *testing.T) {
	cards := [][2]string{{levelsQ, levels}, {codesQ, codes}, {threadsQ, threads}, {brokersQ, brokers}}
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(cards).Draw(t, "card")
		a := anyText("answer").Draw(t, "a")
		if g := Answer(c[0], c[1], a+"。\n"+c[1]); g.Score < .75 {
			t.Fatalf("score %v of %q and the whole reference", g.Score, a)
		}
	})
}

func TestPointsReadWellAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := anyText("question").Draw(t, "q")
		r := rapid.OneOf(anyText("reference"), rapid.String()).Draw(t, "r")
		ps := KeyPoints(q, r)
		if len(ps) > maxPoints {
			t.Fatalf("%d points", len(ps))
		}
		for _, p := range ps {
			if !says(p) || width(p) > maxWidth || strings.ContainsAny(p, "\n\r") || !utf8.ValidString(p) || strings.TrimSpace(p) != p {
				t.Fatalf("point %q", p)
			}
			if strings.HasPrefix(p, "```") || strings.HasSuffix(p, "；") || strings.HasPrefix(p, "- ") {
				t.Fatalf("point %q has marks", p)
			}
		}
	})
}

func FuzzAnswer(f *testing.F) {
	f.Add(levelsQ, levels, "读已提交解决脏读")
	f.Add("", "```\n", "\xff\xfe\x00")
	f.Add("a和b", "|a|b|\n- [x] {{c1::y}}", "不不不不①②-v --x")
	f.Add("", "x "+strings.Repeat("=", 300)+" -y", "x")
	f.Fuzz(func(t *testing.T, q, r, a string) {
		g := Answer(q, r, a)
		if g.Score < 0 || g.Score > 1 || g.Score != g.Score || len(g.Points) > maxPoints {
			t.Fatalf("grade %+v", g)
		}
		for _, p := range g.Points {
			said := strings.TrimSuffix(p.Evidence, "…")
			if p.Held != (said != "") || !strings.Contains(strings.Join(strings.Fields(tidy(a)), " "), said) {
				t.Fatalf("evidence %q of %q", p.Evidence, a)
			}
			if !utf8.ValidString(p.Text) || !utf8.ValidString(p.Evidence) || width(p.Text) > maxWidth {
				t.Fatalf("point %+v", p)
			}
		}
	})
}
