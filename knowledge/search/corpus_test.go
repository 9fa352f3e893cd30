package search

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"studybot/knowledge"
)

// A corpus makes passages of words that come as often as words do: a few very often,
// most rarely. The same seed makes the same passages.
type corpus struct {
	rng   *rand.Rand
	zipf  *rand.Zipf
	words []string
}

func newCorpus(seed uint64) *corpus {
	const chars = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严"
	var (
		c  = &corpus{rng: rand.New(rand.NewPCG(seed, 7))}
		rs = []rune(chars)
	)
	latin := []string{"nginx", "docker", "redis", "kubelet", "proxy_pass", "worker_processes", "10.0.0.%d", "--net=host", "systemctl", "eth%d", "NotReady", "TCP", "v1.%d.0"}
	for i := range 6000 {
		if i%9 == 4 {
			w := latin[c.rng.IntN(len(latin))]
			if strings.Contains(w, "%d") {
				w = fmt.Sprintf(w, c.rng.IntN(200))
			} else if i > 300 {
				w += string(rune('a'+c.rng.IntN(26))) + string(rune('a'+c.rng.IntN(26)))
			}
			c.words = append(c.words, " "+w+" ")
			continue
		}
		n := 1 + min(c.rng.IntN(3), 2)
		w := ""
		for range n {
			w += string(rs[c.rng.IntN(len(rs))])
		}
		c.words = append(c.words, w)
	}
	c.zipf = rand.NewZipf(c.rng, 1.1, 8, uint64(len(c.words)-1))
	return c
}

func (c *corpus) text(words int) string {
	var b strings.Builder
	for i := range words {
		b.WriteString(c.words[c.zipf.Uint64()])
		switch {
		case i%23 == 22:
			b.WriteString("。\n")
		case i%7 == 6:
			b.WriteString("，")
		}
	}
	return b.String()
}

// docs makes files of 16 passages each, n passages in all.
func (c *corpus) docs(n int) []Doc {
	var out []Doc
	for f := 0; len(out)*16 < n; f++ {
		d := Doc{File: fmt.Sprintf("note%05d.md", f), Hash: fmt.Sprint(f)}
		for p := 0; p < 16 && f*16+p < n; p++ {
			d.Passages = append(d.Passages, knowledge.Passage{
				File:  d.File,
				Lines: knowledge.Span{Start: p*10 + 1, End: p*10 + 9},
				Path:  []string{c.text(3)},
				Title: c.text(3),
				Text:  c.text(40 + c.rng.IntN(90)),
			})
		}
		out = append(out, d)
	}
	return out
}

// questions makes questions of the same words: a frequent one, the others as rare as
// what people ask about is.
func (c *corpus) questions(n int) []string {
	var out []string
	for range n {
		q := c.words[c.zipf.Uint64()]
		for range 2 + c.rng.IntN(4) {
			q += c.words[min(50+int(c.zipf.Uint64()), len(c.words)-1)]
		}
		out = append(out, strings.TrimSpace(q)+"是什么")
	}
	return out
}
