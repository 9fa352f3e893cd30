package grade

import "strings"

// Words that only string things together, words that carry no weight in a sentence, and
// words that tell what one thing has to do with another. Of Chinese they are single
// characters: those in compounds count too, in a reference as in an answer.
var (
	stringing = setOf("和 与 及 以 包 括 有 还 等 然 后 即 各 种 and or with also then have has etc plus")
	particles = setOf("的 了 是 也 都 就 着 a an the is are be it its")
	copulas   = setOf("是 is are be")
	relating  = runesOf("在过得之会可被把将为对并且从到由于则时不没无未非只再先才必须应要让使给向比更最越仍而但若如果因此" +
		"发收回进入等待处理查找存写读放取改变加减升降转传送做叫开关建删留占超丢保证负责决定指打限检生成创执行支持提供接认选拿看连跑走起停退恢复拷问答算分合用带管清修追跟经返拒绝")
	relatingLatin = setOf(`of to in on at by for as from into than so if when which what how does do did can will would should may must
		not no only each before after until while because via per under over never without
		send keep mean make take get run read write use hold say show need let tell ask wait return come go give put set find look stay start stop lose become allow contain`)
)

// relates reports whether a word tells what one thing has to do with another.
func relates(l lexeme, folded string) bool {
	if l.han() {
		for _, r := range l.key {
			return r < 0x10000 && relating[r>>6]&(1<<(r&63)) != 0
		}
	}
	w := folded[l.from:l.to]
	if relatingLatin[l.key] || relatingLatin[w] {
		return true
	}
	return len(w) > 4 && (strings.HasSuffix(w, "ed") || strings.HasSuffix(w, "ing") || strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us"))
}

// A wording is how a reference puts its words.
type wording struct {
	ids    map[string]uint32
	next   map[uint64]uint8 // from a word to one behind it, how far at least
	joins  float64          // the share of its words that relate others
	chance float64          // 0..1, how likely a Chinese text has its words by chance: of a long one most characters are everywhere
}

const (
	nearby     = 3   // who shortens a sentence leaves out a word or two between neighbours
	longChance = 200 // the size from which chance is 1
)

// wordingOf reads a reference, and its points as members read them.
func wordingOf(reference string, ps []point) wording {
	w := wording{ids: map[string]uint32{}, next: map[uint64]uint8{}}
	words := 0
	w.read(reference, &words)
	if hasHan(reference) {
		w.chance = min(1, float64(words)/longChance)
	}
	for _, p := range ps {
		w.read(p.String(), &words)
	}
	return w
}

// size is how much a word says of what a text is about.
func (l lexeme) size() int {
	if l.han() {
		return 1
	}
	return 2
}

func (w *wording) read(text string, size *int) {
	folded := fold(text)
	var last [nearby]uint32
	n, joins := 0, 0
	for _, l := range lexemes(folded) {
		*size += l.size()
		if stringing[l.key] {
			continue
		}
		id, ok := w.ids[l.key]
		if !ok {
			id = uint32(len(w.ids) + 1)
			w.ids[l.key] = id
		}
		for d, before := range last {
			if pair := uint64(before)<<32 | uint64(id); w.next[pair] == 0 || int(w.next[pair]) > d+1 {
				w.next[pair] = uint8(d + 1)
			}
		}
		copy(last[1:], last[:nearby-1])
		last[0] = id
		if !particles[l.key] {
			n++
			if relates(l, folded) {
				joins++
			}
		}
	}
	if w.joins == 0 && n > 0 {
		w.joins = float64(joins) / float64(n)
	}
}

// distance tells how far v stands behind u in the reference at least, 0 for never near.
func (w *wording) distance(u, v string) int {
	return int(w.next[uint64(w.ids[u])<<32|uint64(w.ids[v])])
}

// tells reports whether so many of the words of a clause relate others that it says something.
func (w *wording) tells(relating, words int) bool {
	return relating > 0 && float64(relating) >= 0.4*w.joins*float64(words)
}

// Between these lengths, in bytes, Latin words that stand together without a space are
// told apart.
const (
	shortGlued = 3
	longGlued  = 80
)

// lexemes reads the words of a folded answer; words of the reference that stand together
// without a space are told apart.
func (w *wording) lexemes(folded string) []lexeme {
	plain := lexemes(folded)
	out := make([]lexeme, 0, len(plain))
	for _, l := range plain {
		if l.han() || l.to-l.from < shortGlued || l.to-l.from > longGlued || w.ids[l.key] != 0 {
			out = append(out, l)
			continue
		}
		mark := len(out)
		for from := l.from; from < l.to; {
			end := l.to
			for end > from && w.ids[stem(folded[from:end])] == 0 {
				end--
			}
			if end == from {
				out = append(out[:mark], l)
				break
			}
			out = append(out, lexeme{stem(folded[from:end]), from, end})
			from = end
		}
	}
	return out
}
