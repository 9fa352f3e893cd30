package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"
)

// What the words of generated notes are made of.
const (
	chinese = "服务 配置 端口 容器 网络 节点 请求 连接 文件 命令 日志 镜像 集群 数据 缓存 线程 进程 内存 磁盘 证书 路由 转发 代理 负载 监控 告警 备份 恢复 主机 索引 事务 分区 消息 队列 部署 发布"
	english = "server port container network node request connection file command log image cluster data cache thread process memory disk route proxy monitor backup host index message queue deploy"

	// The first are the commonest.
	characters = "中大国时用生作地分对成会可主发年动同工产种面方定行学法民得经十三进等部度家电力里水化高自二理起小物现实加量都两体制机当使点从业本去性好应开合外天政四日社义事平形相全表间样关各重新线内数正心反明看原利比质气第向命变条结意建月公无系军很情者最立代想通提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往"
	syllables  = "ka ser vi net mo ro den tra con ple ma nu fi lo ber gra po ti sen do ru mi ex tor pa ve li zo qui har"
)

// vocabulary returns how many words a language has in n passages: about 20,000 in 15,000,
// and as its root beyond (Heaps 1978).
func vocabulary(n int) int { return 1000 + int(155*math.Sqrt(float64(n))) }

// alphabet returns Han characters: the commonest, in their order, and every seventh of
// Unicode's block, which stand for all the rare ones.
func alphabet() []rune {
	chars := []rune(characters)
	for r := '一'; r < 0x9FA0; r += 7 {
		chars = append(chars, r)
	}
	return chars
}

// A generator writes notes that mean nothing and look, to a search engine, like notes:
// a few words come very often, most rarely, and a section is about a few of the latter.
type generator struct {
	*rand.Rand
	zh, en []string // by how often they come
	rank   *rand.Zipf
}

func newGenerator(seed uint64, words int) *generator {
	rng := rand.New(rand.NewPCG(seed, 1))
	g := &generator{rng, strings.Fields(chinese), strings.Fields(english), rand.NewZipf(rng, 1.1, 8, uint64(words-1))}
	chars, parts, names := alphabet(), strings.Fields(syllables), strings.Fields(english)
	char := rand.NewZipf(rng, 1.6, 60, uint64(len(chars)-1))
	han := func() string {
		w := []rune{chars[char.Uint64()], chars[char.Uint64()], chars[char.Uint64()]}
		return string(w[:2+rng.IntN(5)/4])
	}
	latin := func() (w string) {
		for range 2 + rng.IntN(3) {
			w += parts[rng.IntN(len(parts))]
		}
		switch rng.IntN(8) {
		case 0:
			return w + "_" + names[rng.IntN(len(names))]
		case 1:
			return "--" + w + "-" + names[rng.IntN(len(names))]
		case 2:
			return fmt.Sprintf("10.%d.%d.%d", rng.IntN(4), rng.IntN(250), rng.IntN(250))
		}
		return w
	}
	g.zh, g.en = fill(g.zh, words, han), fill(g.en, words, latin)
	return g
}

// fill makes new words until there are n.
func fill(words []string, n int, next func() string) []string {
	known := map[string]bool{}
	for len(words) < n {
		if w := next(); !known[w] {
			known[w] = true
			words = append(words, w)
		}
	}
	return words
}

// generate writes a folder of notes of n sections, five Chinese notes for one
// in English, and golden questions: each asks for two rare words of one section. The same
// seed and sizes write the same bytes.
func generate(notes, gold string, seed uint64, n, questions int) error {
	const perNote = 16
	if err := os.MkdirAll(notes, 0o700); err != nil {
		return err
	}
	g, every := newGenerator(seed, vocabulary(n)), max(1, n/questions)
	var asked bytes.Buffer
	for made := 0; made < n; {
		file, first := fmt.Sprintf("note%05d.md", made/perNote), 2
		l := g.language()
		text := "# " + l.word() + "\n"
		for range min(perNote, n-made) {
			section, question := l.section()
			last := first + strings.Count(section, "\n") - 1
			if made%every == 0 && made/every < questions {
				q := map[string]any{"q": question, "style": "generated", "file": file, "gold": [][2]int{{first, last}}}
				if err := json.NewEncoder(&asked).Encode(q); err != nil {
					return err
				}
			}
			text += section
			first = last + 1
			made++
		}
		if err := os.WriteFile(filepath.Join(notes, file), []byte(text), 0o600); err != nil {
			return err
		}
	}
	return os.WriteFile(gold, asked.Bytes(), 0o600)
}

// A language is what a note is written in.
type language struct {
	*generator
	english        bool
	particle, stop string
	forms          []string // of questions
}

func (g *generator) language() language {
	if g.IntN(6) == 0 {
		return language{g, true, "of the", ".\n", []string{"%s %s", "what is the %s of %s", "how does %s change %s", "why does %s need %s"}}
	}
	return language{g, false, "的", "。\n", []string{"%s %s", "什么是%s的%s", "%s如何影响%s", "为什么%s需要%s"}}
}

// word returns a word of the language as often as it comes; one in eight of a Chinese note is English.
func (l language) word() string {
	if l.english || l.IntN(8) == 0 {
		return l.en[l.rank.Uint64()]
	}
	return l.zh[l.rank.Uint64()]
}

func (l language) rare() string {
	i := len(l.zh)/20 + l.IntN(len(l.zh)-len(l.zh)/20)
	if l.english || l.IntN(3) == 0 {
		return l.en[i]
	}
	return l.zh[i]
}

// section writes a heading with one of three rare words, sentences with one of them each,
// and a question for two of them.
func (l language) section() (text, question string) {
	own := []string{l.rare(), l.rare(), l.rare()}
	text = "## " + join([]string{own[0], l.word()}) + "\n"
	for i := range 4 + l.IntN(7) {
		words := make([]string, 6+l.IntN(8))
		for k := range words {
			words[k] = l.word()
		}
		words[l.IntN(len(words))] = own[i%len(own)]
		text += join(slices.Insert(words, len(words)/2, l.particle)) + l.stop
	}
	if l.IntN(3) == 0 {
		text += "```sh\n"
		for range 1 + l.IntN(6) {
			text += fmt.Sprintf("%s %s=%d\n", l.en[l.rank.Uint64()], l.en[l.rank.Uint64()], l.IntN(60_000))
		}
		text += "```\n"
	}
	i := l.Perm(len(own))
	return text, fmt.Sprintf(l.forms[l.IntN(len(l.forms))], own[i[0]], own[i[1]])
}

// join sets a space between two Latin words, and none beside a Chinese one.
func join(words []string) (text string) {
	latin := func(b byte) bool { return b < utf8.RuneSelf }
	for _, w := range words {
		if text != "" && latin(text[len(text)-1]) && latin(w[0]) {
			text += " "
		}
		text += w
	}
	return text
}
