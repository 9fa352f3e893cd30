package card

import (
	"slices"
	"strings"

	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

// foldMark begins a block that a reader opens: `::: details `, `??? success "`, "> [!success]- ".
var foldMark = pattern.New(`^(?::{3,}\s*(?:details|spoiler)\s+|(?:\?\?\?\+?|!!!)\s+[\w-]+\s+"|>\s*\[!\w+\][-+]?\s*|\{\{[<%]\s*(?:details|expand|spoiler)\s+"?)`)

// invitation is what such a block says before it names what it hides.
var invitation = pattern.New(`^(?i:(?:click|show|view|see|reveal|expand|open|to|for|the|here|and)\s+|点击|点我|查看|展开|显示|看)+`)

// foldTitle returns the words of a line without tags, and whether the line opens a block that is
// folded away: then they are what the block hides, "答案" of "点击查看答案".
func foldTitle(s string) (title string, fold bool) {
	if fold = strings.Contains(s, "<summary"); fold {
		s = s[strings.Index(s, "<summary"):]
		s, _, _ = strings.Cut(s, "</summary")
	}
	t := strings.TrimSpace(stripTags(s))
	if !fold && opens(t) {
		if m := foldMark.FindString(t); m != "" {
			t, fold = strings.TrimRight(t[len(m):], "\"%}> "), true
		}
	}
	if !fold && strings.HasPrefix(t, "#") {
		t = strings.TrimLeftFunc(strings.TrimLeft(t, "# "), decorates)
	}
	if fold {
		t = invitation.ReplaceAllString(strings.TrimSpace(strings.TrimLeftFunc(t, decorates)), "")
	}
	return t, fold
}

// opensAnswer reports a line that opens a folded answer and says no more.
func opensAnswer(s string) bool {
	title, fold := foldTitle(s)
	return fold && answerName.MatchString(title)
}

// decorates reports a rune that no word begins with.
func decorates(r rune) bool { return r == ' ' || r == '*' || r > 0x2190 && r < 0x2e80 || r > 0x1f000 }

// matchAbove gives the numbered questions right above a folded key their answers, where there
// are as many, with the same numbers.
func (d *doc) matchAbove(blocks []keyBlock) {
	if len(blocks) != 1 || len(blocks[0].answers) < 2 {
		return
	}
	b := blocks[0]
	var asked []int
	for i := b.line - 1; i >= 0; i-- {
		n := d.numberOf(i)
		if n > 0 {
			asked = append(asked, i)
		}
		if len(asked) == len(b.answers) || n == 0 && (d.lines[i].Kind == note.Heading || closeDetails.MatchString(d.note.Lines[i])) {
			break
		}
	}
	slices.Reverse(asked)
	if len(asked) != len(b.answers) {
		return
	}
	for _, i := range asked {
		if _, ok := b.answers[d.numberOf(i)]; !ok {
			return
		}
	}
	for _, i := range asked {
		d.keyOf[i] = b.answers[d.numberOf(i)]
	}
}

// share reports whether each block answers a question of the run with its index.
func share(asked [][2]int, seq []int, blocks []keyBlock) bool {
	some := make([]bool, len(blocks))
	for k, q := range asked {
		if _, ok := blocks[seq[k]].answers[q[1]]; ok {
			some[seq[k]] = true
		}
	}
	return !slices.Contains(some, false)
}

// aligned returns, of each run of questions that has just the numbers of a block, one more than
// the index of the block: the last runs before the key, in the order of the blocks. It is nil
// where a block has none.
func aligned(asked [][2]int, seq []int, blocks []keyBlock) map[int]int {
	runs := map[int][]int{}
	for k, q := range asked {
		runs[seq[k]] = append(runs[seq[k]], q[1])
	}
	at, b := map[int]int{}, len(blocks)
	for run := len(runs) - 1; run >= 0 && b > 0; run-- {
		if blocks[b-1].numbers(runs[run]) {
			at[run] = b
			b--
		}
	}
	if b > 0 {
		return nil
	}
	return at
}

// numbers reports whether a block answers the questions of these numbers, and no other.
func (b keyBlock) numbers(ns []int) bool {
	return len(ns) == len(b.answers) && !slices.ContainsFunc(ns, func(n int) bool { _, ok := b.answers[n]; return !ok })
}
