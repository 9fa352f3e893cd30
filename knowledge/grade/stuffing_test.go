package grade_test

import (
	"cmp"
	"hash/crc32"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"studybot/knowledge"
	"studybot/knowledge/grade"
	"studybot/knowledge/library"
	"studybot/knowledge/sample"
)

// What joins the things of a sentence: without it what is left of a text is its terms.
var (
	joining = regexp.MustCompile(`的|了|是|在|和|与|或|及|等|也|都|就|而|着|过|会|可以|能|有|被|把|将|为|对|从|到|由|则|时|后|前|不|没|无|只|再|先|才|必须|需要|应|要|让|使|用|给|向|比|更|` +
		`发送|发|收|回复|返回|进入|等待|处理|查|找|存|写|读|放|取|改|变|加|减|升|降|转|传|送|做|叫|开|关|建|删|留|占|超|丢|保证|负责|决定|表示|指定|打开|限制|检查|生成|创建|执行|支持|提供|看|问|分给|拉起|崩溃|启动|退出|管理|清理|恢复|连上|运行|带上|修|用于|依次|按|分到|落到|缓解|误伤|通告|维护|保护|确认|拒绝|重传|遍历|拷贝|删除|选`)
	latinJoining = regexp.MustCompile(`(?i)\b(?:a|an|the|of|to|in|on|at|by|for|and|or|is|are|be|it|its|this|that|with|as|from|into|then|than|so|if|when|which|what|how|does|do|can|will|should|may|has|have|not|no|only|each|all|` +
		`\w+(?:ed|ing)|sends?|keeps?|means?|makes?|takes?|gets?|runs?|reads?|writes?|uses?|holds?|says?|shows?|needs?|lets?|tells?|asks?|waits?|returns?)\b`)
	latinWord = regexp.MustCompile(`[A-Za-z_][A-Za-z0-9_./+:-]*|[0-9]+`)
	chopped   = regexp.MustCompile(`[A-Za-z_][A-Za-z0-9_./-]*|[0-9]+|\p{Han}{2,4}`)
	phrase    = regexp.MustCompile(`[A-Za-z_][A-Za-z0-9_./+:-]*|[0-9]+|\p{Han}{2,8}`)
)

func mixed(words []string) []string {
	words = slices.Clone(words)
	slices.SortFunc(words, func(a, b string) int {
		return cmp.Or(cmp.Compare(crc32.ChecksumIEEE([]byte(a)), crc32.ChecksumIEEE([]byte(b))), cmp.Compare(a, b))
	})
	return slices.Compact(words)
}

// afterArticle finds what in English is hardly ever a verb.
var afterArticle = regexp.MustCompile(`\b(?:[Aa]|[Aa]n|[Tt]he|of|in|on|by|for|from|per|its|with|[Ee]ach|every|no|own|same)\s+([A-Za-z][A-Za-z0-9_./-]*)|\b([A-Z]{2,}|[a-z]+[._][a-z._]+)\b`)

func nouns(s string) []string {
	if !hasHan(s) {
		var out []string
		for _, m := range afterArticle.FindAllStringSubmatch(s, -1) {
			if w := strings.TrimSpace(latinJoining.ReplaceAllString(m[1]+m[2], "")); w != "" {
				out = append(out, w)
			}
		}
		return out
	}
	s = latinJoining.ReplaceAllString(joining.ReplaceAllString(s, "，"), ",")
	return phrase.FindAllString(s, -1)
}

// latinTerms are the Latin words of a text, of an English one those between the words that join.
func latinTerms(s string) []string {
	if !hasHan(s) {
		return nouns(s)
	}
	return latinWord.FindAllString(latinJoining.ReplaceAllString(s, ","), -1)
}

// A filler joins terms and says nothing of them.
func filled(words []string) string {
	fillers := []string{"和", "有", "，包括", "以及", "，然后"}
	if !hasHan(strings.Join(words, "")) {
		fillers = []string{" and ", " with ", ", then ", " also ", " or "}
	}
	var b strings.Builder
	for i, w := range words {
		if i > 0 {
			b.WriteString(fillers[i%len(fillers)])
		}
		b.WriteString(w)
	}
	return b.String()
}

// fluent lists words in a sentence that says nothing of them.
func fluent(words []string, before, after, beforeLatin, afterLatin string) string {
	if !hasHan(strings.Join(words, "")) {
		return beforeLatin + strings.Join(words, ", ") + afterLatin
	}
	return before + strings.Join(words, "、") + after
}

var bags = []struct {
	name string
	of   func(text string) string
}{
	{"words mixed, with spaces", func(s string) string { return strings.Join(mixed(chopped.FindAllString(s, -1)), " ") }},
	{"words mixed, with commas", func(s string) string { return strings.Join(mixed(chopped.FindAllString(s, -1)), "，") }},
	{"words mixed, with list marks", func(s string) string { return strings.Join(mixed(chopped.FindAllString(s, -1)), "、") }},
	{"words mixed and glued", func(s string) string { return strings.Join(mixed(chopped.FindAllString(s, -1)), "") }},
	{"words mixed, with fillers", func(s string) string {
		return filled(mixed(chopped.FindAllString(s, -1)))
	}},
	{"pieces of sentences mixed and glued", func(s string) string { return strings.Join(mixed(phrase.FindAllString(s, -1)), "") }},
	{"Latin terms in order", func(s string) string { return strings.Join(latinTerms(s), " ") }},
	{"Latin terms mixed", func(s string) string { return strings.Join(mixed(latinTerms(s)), "、") }},
	{"noun phrases in order", func(s string) string { return strings.Join(nouns(s), " ") }},
	{"noun phrases in order, with commas", func(s string) string { return strings.Join(nouns(s), "，") }},
	{"noun phrases in order, with stops", func(s string) string { return strings.Join(nouns(s), "。") }},
	{"noun phrases in order, glued", func(s string) string { return strings.Join(nouns(s), "") }},
	{"noun phrases in order, with fillers", func(s string) string { return filled(nouns(s)) }},
	{"noun phrases mixed", func(s string) string { return strings.Join(mixed(nouns(s)), " ") }},
	{"noun phrases mixed and glued", func(s string) string { return strings.Join(mixed(nouns(s)), "") }},
	{"noun phrases mixed, with fillers", func(s string) string { return filled(mixed(nouns(s))) }},
	{"noun phrases mixed, in a fluent sentence", func(s string) string {
		return fluent(mixed(nouns(s)), "这个问题涉及", "等多个方面，要结合实际来看", "This involves ", ", which all work together.")
	}},
	{"noun phrases in order, in a fluent sentence", func(s string) string {
		return fluent(nouns(s), "它和", "都有密切的关系", "It is about ", " in general.")
	}},
	{"noun phrases mixed, in fluent sentences of six", func(s string) string {
		var b strings.Builder
		for some := range slices.Chunk(mixed(nouns(s)), 6) {
			b.WriteString(fluent(some, "其中", "是很重要的概念。", "Important terms are ", ". "))
		}
		return b.String()
	}},
	{"key terms again and again", func(s string) string {
		all := nouns(s)
		all = all[:min(len(all), 6)]
		return strings.Repeat(strings.Join(all, " ")+" ", 6)
	}},
	{"all terms twice", func(s string) string {
		all := mixed(nouns(s))
		return strings.Join(append(all, all...), "，")
	}},
}

// prose keeps the cards that are answered in words: of a list of names or a command the terms are the answer.
func prose(cards []knowledge.Card) []knowledge.Card {
	return slices.DeleteFunc(slices.Clone(cards), func(c knowledge.Card) bool { return !inWords(c.Answer) })
}

func sampleCards(t *testing.T) []knowledge.Card { return cardsOf(t, sample.FS()) }

// realCards are those of the real notes, none where these are not there.
func realCards(t *testing.T) []knowledge.Card {
	const folder = "../../../shared/notes"
	if _, err := os.Stat(folder); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		return nil
	}
	return cardsOf(t, os.DirFS(folder))
}

func cardsOf(t *testing.T, folder fs.FS) []knowledge.Card {
	t.Helper()
	notes, err := library.Open(t.Context(), library.Config{Notes: folder, CardsOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer notes.Close()
	return slices.DeleteFunc(slices.Clone(notes.Cards()), func(c knowledge.Card) bool {
		return !c.Askable() || len(c.Options) > 0 || c.Kind == knowledge.Command || c.Kind == knowledge.Cloze
	})
}

// inWords reports whether an answer is no command, no table of values and no list of names.
func inWords(s string) bool {
	if !hasHan(s) {
		return true
	}
	all := utf8.RuneCountInString(strings.Join(word.FindAllString(s, -1), ""))
	names := utf8.RuneCountInString(strings.Join(nouns(s), ""))
	return 5*len(strings.Join(latinWord.FindAllString(s, -1), "")) < 2*all && 4*names < 3*all && all > 60
}

var word = regexp.MustCompile(`[\p{Han}A-Za-z0-9]+`)

// shared counts the words of a text that another has.
func shared(text, of string) (n int) {
	for _, w := range term.FindAllString(text, -1) {
		if strings.Contains(of, w) {
			n++
		}
	}
	return n
}

func hasHan(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// However the terms of a reference are strung together, they are no answer. Of the sample
// none is; of notes in any style a few cards are little more than their terms.
func TestBagsOfTermsAreNoAnswer(t *testing.T) {
	own, all := prose(sampleCards(t)), prose(realCards(t))
	for _, bag := range bags {
		t.Run(bag.name, func(t *testing.T) {
			for _, c := range over(own, bag.of) {
				t.Errorf("%s: %.200q scores more than .40", c.Question, bag.of(c.Answer))
			}
			if n := len(over(all, bag.of)); n > len(all)/20 {
				t.Errorf("%d of %d real cards are answered with more than .40", n, len(all))
			}
		})
	}
}

// over returns the cards that a bag of their terms answers with more than .40.
func over(cards []knowledge.Card, bag func(string) string) (out []knowledge.Card) {
	for _, c := range cards {
		text := bag(c.Answer)
		if shared(text, c.Answer) < 8 {
			continue // a short answer, not a bag
		}
		if grade.Answer(c.Question, c.Answer, text).Score > .4 {
			out = append(out, c)
		}
	}
	return out
}

// To name what several points speak of says none of them; with what one of them alone says, it is held.
func TestASharedWordHoldsNoPoint(t *testing.T) {
	const handshake = "1. 客户端发送 SYN，进入 SYN_SENT。\n2. 服务端回复 SYN+ACK，进入 SYN_RCVD。\n3. 客户端回复 ACK，双方进入 ESTABLISHED。"
	const producer = "- 生产者设置 acks=all。\n- 生产者开启重试。\n- 消费者处理完再提交位移。"
	const memory = "- 进程用管道、消息队列、共享内存。\n- 线程直接读写共享内存，要加锁。"
	for _, tt := range []struct {
		question, reference, answer string
		least, most                 float64
	}{
		{"TCP 三次握手的步骤？", handshake, "客户端", 0, 0.3},
		{"TCP 三次握手的步骤？", handshake, "客户端回复", 0, 0.3},
		{"TCP 三次握手的步骤？", handshake, "客户端发 SYN，服务端回 SYN+ACK，客户端回 ACK", 0.6, 1},
		{"消息怎么保证不丢？", producer, "生产者", 0, 0.3},
		{"消息怎么保证不丢？", producer, "生产者开重试，acks 设成 all", 0.5, 1},
		{"进程和线程怎么通信？", memory, "共享内存", 0, 0.3},
		{"进程和线程怎么通信？", memory, "进程用管道和共享内存", 0.4, 1},
	} {
		if got := grade.Answer(tt.question, tt.reference, tt.answer).Score; got < tt.least || got > tt.most {
			t.Errorf("%q scores %.2f, want %.2f to %.2f", tt.answer, got, tt.least, tt.most)
		}
	}
}
