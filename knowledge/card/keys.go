package card

import (
	"strconv"
	"strings"

	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

// A keyed answer is one of a key: a list of the answers to several questions by their
// numbers, at the end of a chapter or of a note.
type keyed struct {
	value    string // letters or a verdict, "" where the answer is a text
	text     string // the text, or what explains the value
	from, to int    // lines, from 0
}

// A keyBlock is a key, or the part of one whose numbers rise.
type keyBlock struct {
	line, end int // of the label or the first entry; the last line of the entries
	answers   map[int]keyed
}

const keyValue = `[A-Ha-h](?:[ ,，、]{0,2}[A-Ha-h])*|[√×✓✗✔✘]|对|错|正确|错误|[Tt]rue|[Ff]alse|TRUE|FALSE|T|F`

var (
	keyLabel   = pattern.New(`(?i)^(?:[#>*_【\s]|[一二三四五六七八九十]{1,2}[、.．])*(?:附[:：]?\s*)?(?:第\S{1,4}[章节课]\s*)?(?:(?:习题|试题|本章|本节|课后|练习题?|单选题|多选题|选择题|判断题|填空题|简答题|参考|标准|正确)*(?:答案|解答)(?:[及与和]?(?:解析|详解|解释))?|答案解析|answer keys?|answers)(?:[*_】\s]*)(?:[:：]\s*(.*)|$)`)
	keyRange   = pattern.New(`(\d{1,3})\s*[-—–~～至到]+\s*(\d{1,3})\s*题?[.、:：)）．]?\s*((?:[A-H√×对错TF][\s,，、]*){2,})`)
	keyPair    = pattern.New(`^[\s;；,，、。|]*(?:\*\*)?(?:第\s*|[Qq]\.?\s*)?[（(]?(\d{1,3})\s*题?(?:\*\*)?(?:[)）.、:：．|=–—\s-]\s*)+(?:\*\*\s*)?(?:[【\[]?(?:参考|正确|标准)?(?:答案|选项)[】\]]?\s*[:：]?\s*|(?i:(?:correct )?answers?)\s*[:：]\s*)?[（(【*` + "`" + `]*(` + keyValue + `)[)）】*` + "`" + `]*(?:[\s;；,，、。.:：|(（【]|$)`)
	keyText    = pattern.New(`^(?:\*\*)?(?:第\s*|[Qq]\.?\s*)?[（(]?(\d{1,3})\s*题?[)）.、:：．](?:\*\*)?\s*(\S.*)$`)
	textNumber = pattern.New(`(?:^|\s)(?:\*\*)?(?:第\s*|[Qq]\.?\s*)?[（(]?(\d{1,3})\s*题?[)）.、:：．](?:\*\*)?\s*`)
	hanPart    = pattern.New(`^(?:\*\*)?[一二三四五六七八九十]{1,2}\s*[、.．](?:\*\*)?\s*`)
	quizPart   = pattern.New(`^[#*_【\s]*(?:(?:[一二三四五六七八九十]{1,2}|[IVX]{1,4})\s*[、.．:：]\s*|[（(][一二三四五六七八九十]{1,2}[)）]\s*|第\S{1,3}(?:部分|大题)[、：:\s]*)?(?:(?:单项|多项|不定项|单|多|名词|案例|综合)*(?:选择?|判断|填空|简答|问答|论述|解释|分析|应用|计算|编程|操作|实操)题(?:型)?|名词解释|填空|简答)[*_】\s]*(?:[（(].*)?[:：]?\s*$`)
)

// isPart reports a line that names a part of an exam or a book: "二、判断题（每题 2 分）",
// "SECTION 2. WHEELS".
func isPart(s string) bool {
	return s != "" && strings.Contains("SPC", s[:1]) && bookPart.MatchString(s) || len(s) < 200 && hasAny(s, "题", "名词解释", "填空", "简答") && quizPart.MatchString(strings.TrimSpace(s))
}

var bookPart = pattern.New(`^(?:SECTION|PART|CHAPTER|Section|Part|Chapter) (?:\d{1,2}|[IVX]{1,4}|[A-F])(?:[.:：–—-]\s.{0,60})?$`)

// keys returns the answer in a key of each numbered line that has one, by line.
func (d *doc) keys() map[int]keyed {
	if d.keyOf != nil {
		return d.keyOf
	}
	d.keyOf = map[int]keyed{}
	blocks := d.keyBlocks()
	from := 0
	for len(blocks) > 0 {
		var asked [][2]int // line and number
		seq := []int{}     // of each, which run of rising numbers it is in
		run := 0
		for i := from; i < blocks[0].line; i++ {
			n := d.numberOf(i)
			if n == 0 || d.lines[i].Kind == note.Heading && keyLabel.MatchString(note.CleanTitle(d.lines[i].Text)) {
				continue // or "## 8. Answers"
			}
			if k := len(asked); k > 0 && n <= asked[k-1][1] {
				run++
			}
			asked, seq = append(asked, [2]int{i, n}), append(seq, run)
		}
		group := 1
		for group < len(blocks) && !d.numberedBetween(blocks[group-1].end+1, blocks[group].line) {
			group++
		}
		d.match(asked, seq, run+1, blocks[:group])
		from, blocks = blocks[group-1].end+1, blocks[group:]
	}
	return d.keyOf
}

// match gives the questions asked, of so many runs of rising numbers, their answers: run for
// run where there are as many blocks, or where the last runs have the numbers of the blocks,
// else where number and answer are unique.
func (d *doc) match(asked [][2]int, seq []int, runs int, blocks []keyBlock) {
	paired := runs == len(blocks) && share(asked, seq, blocks)
	if !paired {
		if at := aligned(asked, seq, blocks); at != nil {
			for k, q := range asked {
				if b := at[seq[k]]; b > 0 {
					d.keyOf[q[0]] = blocks[b-1].answers[q[1]]
				}
			}
			return
		}
	}
	seen, held, answers := map[int]int{}, map[int]int{}, map[int]keyed{}
	for _, q := range asked {
		seen[q[1]]++
	}
	for _, b := range blocks {
		for n, a := range b.answers {
			held[n]++
			answers[n] = a
		}
	}
	for k, q := range asked {
		n := q[1]
		if paired {
			if a, ok := blocks[seq[k]].answers[n]; ok {
				d.keyOf[q[0]] = a
			}
		} else if held[n] == 1 && seen[n] == 1 {
			d.keyOf[q[0]] = answers[n]
		}
	}
}

// listed returns the answer in a key to the question at line i.
func (d *doc) listed(i int) keyed {
	a, ok := d.keys()[i]
	if ok {
		d.take(a.from, a.to)
	}
	return a
}

// listedFor returns the answer in a key to the question whose stem begins at line i, which has
// its number, or the heading right above it: "### Q1".
func (d *doc) listedFor(i int) keyed {
	if _, ok := d.keys()[i]; ok {
		return d.listed(i)
	}
	for j := i - 1; j >= 0 && j > i-4; j-- {
		if d.lines[j].Kind != note.Blank {
			if d.lines[j].Kind == note.Heading && taskTitle.MatchString(note.CleanTitle(d.lines[j].Text)) || onlyCounts(d.lines[j].Text) {
				return d.listed(j)
			}
			break
		}
	}
	return keyed{}
}

// numberOf returns the number of a line that may be a question, 0 for none.
func (d *doc) numberOf(i int) int {
	l := d.lines[i]
	switch {
	case l.Ordered() && l.Indent == 0 && (strings.HasPrefix(l.Mark, "1") || l.Mark == "(1)"):
		return l.Number
	case l.Kind == note.Heading || l.Kind == note.Prose:
		if m := stemNumber.FindStringSubmatch(l.Text); m != nil {
			n, _ := strconv.Atoi(m[1])
			return n
		}
	}
	return 0
}

var stemNumber = pattern.New(`^(?:\*\*|__)?(?:[Qq](?:uestion)?\s*|题目?\s*|第\s*)?(\d{1,4})\s*题?\s*(?:[.、:：)）．。(（\s]|(?:\*\*|__)?$)`)

func (d *doc) numberedBetween(from, to int) bool {
	for i := from; i < to; i++ {
		if d.numberOf(i) > 0 {
			return true
		}
	}
	return false
}

// keyBlocks finds the keys of a note.
func (d *doc) keyBlocks() []keyBlock {
	var out []keyBlock
	for i := 0; i < len(d.lines); i++ {
		if d.code(i) || len(d.note.Lines[i]) > 4000 || !hasAny(d.note.Lines[i], "答", "nswer", "NSWER") {
			continue
		}
		label, fold := foldTitle(d.note.Lines[i])
		m := keyLabel.FindStringSubmatch(label)
		if m == nil {
			continue
		}
		blocks := d.keySections(i)
		if blocks == nil {
			blocks = d.readKey(i, strings.TrimLeft(m[1], "*_ "))
		}
		if fold {
			d.matchAbove(blocks)
			if len(blocks) > 0 {
				i = max(i, blocks[len(blocks)-1].end)
			}
			continue
		}
		n := 0
		for _, b := range blocks {
			n += len(b.answers)
		}
		if n < 2 {
			continue
		}
		out = append(out, blocks...)
		i = out[len(out)-1].end
	}
	return out
}

// cutPart takes what begins a part of a key off a line: all of "一、选择题", "二、" of "二、1.A 2.B".
func cutPart(s string) (rest string, ok bool) {
	if isPart(s) || isPart(strings.TrimLeft(s, "#* ")) {
		return "", true
	}
	rest = hanPart.ReplaceAllString(namedPart.ReplaceAllString(s, ""), "")
	return rest, rest != s && (rest == "" || splitKeys(rest, 0) != nil)
}

// namedPart begins the answers to a part of an exam: "**PART B:** 3-c".
var namedPart = pattern.New(`^(?:\*\*)?(?:(?i:part|section|unit) [A-Za-z0-9]{1,4}|(?i:bonus))\s*[:：](?:\*\*)?\s*`)

func newBlock(i int) keyBlock { return keyBlock{line: i, end: i, answers: map[int]keyed{}} }

// add adds the entries of line j and returns the number of the last.
func (b *keyBlock) add(entries []numberedKey, j int) (last int) {
	for _, e := range entries {
		e.from, e.to = j, j
		b.answers[e.number] = e.keyed
		last = e.number
	}
	b.end = j
	return last
}

// readKey reads the entries under the label at line i, with rest after it on its line.
func (d *doc) readKey(i int, rest string) []keyBlock {
	const long = 200 // lines of an answer
	out, last, blank := []keyBlock{newBlock(i)}, 0, false
	for j := i; j < len(d.lines) && j < out[len(out)-1].end+long; j++ {
		text := strings.TrimSpace(stripTags(d.note.Lines[j]))
		if bullet := strings.TrimLeft(text, "-*"); len(bullet) == len(text)-1 && strings.HasPrefix(bullet, " ") {
			text = bullet[1:]
		}
		if j == i {
			text = rest
		} else if closeDetails.MatchString(d.note.Lines[j]) || keyLabel.MatchString(text) || text == ":::" {
			return out
		}
		if last == 0 && j > i && hides(text) && strings.Contains(d.note.Lines[j], "<summary") {
			continue
		}
		if text == "" || d.lines[j].Kind == note.Rule || strings.HasPrefix(text, "<a ") && tagOnly.MatchString(text) {
			blank = blank || j > i
			continue
		}
		if rest, ok := cutPart(text); ok || d.groupsKeys(i, j) {
			if rest == text {
				rest = ""
			}
			if last > 0 {
				out, last = append(out, newBlock(j)), 0
			}
			if text = rest; text == "" {
				continue
			}
		}
		b := &out[len(out)-1]
		entries := splitKeys(text, last)
		if d.lines[j].Kind == note.Table && len(entries) == 0 {
			entries = d.keyColumns(j)
		}
		switch {
		case len(entries) > 0:
			if _, twice := b.answers[entries[0].number]; twice {
				out = append(out, newBlock(j))
				b = &out[len(out)-1]
			}
			last = b.add(entries, j)
		case d.lines[j].Kind == note.Table:
			continue // its head
		case j == i && weight(text) > 0:
			return nil
		case j == i:
		case last == 0, d.lines[j].Kind == note.Heading, blank && !d.lines[j].Ordered() && d.lines[j].Indent == 0 && !d.code(j) && !explains.MatchString(text):
			return out
		default:
			e := b.answers[last]
			if j-e.from > long {
				return out
			}
			e.text, e.to = strings.TrimSpace(e.text+"\n"+text), j
			b.answers[last], b.end = e, j
		}
		blank = false
	}
	return out
}

// keyColumns reads a row of a table with the answers to the numbers in a row above it.
func (d *doc) keyColumns(i int) []numberedKey {
	up := i - 1
	for up > 0 && tableRule.MatchString(d.lines[up].Text) {
		up--
	}
	if up < 0 || d.lines[up].Kind != note.Table {
		return nil
	}
	numbers, values := cells(d.lines[up].Text), cells(d.lines[i].Text)
	var out []numberedKey
	for k := range min(len(numbers), len(values)) {
		if n, err := strconv.Atoi(numbers[k]); err == nil && keyCell.MatchString(values[k]) {
			out = append(out, numberedKey{n, keyed{value: values[k]}})
		}
	}
	return out
}

var keyCell = pattern.New(`^(?:` + keyValue + `)$`)

var explains = pattern.New(`^[*_【>\s]*(?:答案|试题|官方)?(?:解析|解[释釋]|分析|[说說]明|[Ee]xplanation)`)

type numberedKey struct {
	number int
	keyed
}

// splitKeys reads a line of a key: "1.A 2.B", "1-5 ABCDA", "3. C, because …", "4. a text", in
// which the number goes on from last.
func splitKeys(s string, last int) []numberedKey {
	if m := keyRange.FindAllStringSubmatch(s, -1); m != nil {
		var out []numberedKey
		for _, g := range m {
			from, _ := strconv.Atoi(g[1])
			to, _ := strconv.Atoi(g[2])
			values := []rune(strings.NewReplacer(" ", "", ",", "", "，", "", "、", "").Replace(g[3]))
			if len(values) != to-from+1 {
				return nil
			}
			for k, v := range values {
				out = append(out, numberedKey{from + k, keyed{value: string(v)}})
			}
		}
		return out
	}
	var out []numberedKey
	rest := s
	for {
		m := keyPair.FindStringSubmatch(rest)
		if m == nil {
			break
		}
		n, _ := strconv.Atoi(m[1])
		out = append(out, numberedKey{n, keyed{value: m[2]}})
		rest = rest[len(m[0]):]
	}
	if len(out) > 1 && weight(rest) == 0 {
		return out
	}
	if len(out) == 1 && !listsVerdicts(s) {
		out[0].text = strings.Trim(keyDash.ReplaceAllString(strings.TrimLeft(rest, " .。,，;；、:：|"), ""), " |")
		if !strings.ContainsAny(out[0].text, "(（") {
			out[0].text = strings.TrimRight(out[0].text, ")）") // "B（because）"
		}
		return out
	}
	return splitTexts(s, last)
}
