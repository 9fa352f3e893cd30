package card

import (
	"strings"
	"unicode/utf8"

	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

// flashcards finds the marks of Obsidian and Logseq: "Q::A", "Q:::A", and a line of "?" or
// "??" alone between a question and its answer.
func flashcards(d *doc) []draft {
	var out []draft
	d.props = d.properties()
	d.deck = false
	trust := d.trust()
	d.deck = d.deck || trust == deckTrust
	for i := range d.lines {
		if !d.free(i) || d.lines[i].Kind == note.Table || i > 0 && d.lines[i].Indent >= 4 && d.lines[i].Kind == note.Prose && d.lines[i-1].Kind == note.Blank {
			continue
		}
		s := d.lines[i].Text
		if s == "?" || s == "??" || s == "？" {
			if dr, from, to, ok := d.aboveBelow(i); ok {
				d.take(from, to)
				out = append(out, dr)
				if s == "??" {
					q, _ := d.answer(d.span(from, i-1))
					out = d.reversed(out, dr, q)
				}
			}
			continue
		}
		if !strings.Contains(s, "::") {
			continue
		}
		if d.props[i] {
			continue
		}
		if d.boxed(i) && trust == deckTrust {
			s = strings.TrimSpace(s[strings.IndexByte(s, ']')+1:])
		}
		q, a, ok := cutMark(s, trust)
		if !ok {
			continue
		}
		a = blockID.ReplaceAllString(a, "")
		if d.tags(i) {
			a = cardTag.ReplaceAllString(a, "")
		}
		if strings.Contains(a, "<li>") || strings.Contains(a, "<br") {
			a = fieldText(a, false)
		}
		end := d.inlineEnd(i)
		more, _ := d.answer(d.span(i+1, end))
		q = strings.TrimSpace(leadingTags.ReplaceAllString(q, ""))
		dr := draft{title: note.CleanTitle(q), line: i + 1, section: d.sectionAt(i), key: q, explicit: true,
			body: d.span(i, end), answer: strings.TrimSpace(a + "\n" + more)}
		if note.Asks(dr.title) {
			dr.question = asked(dr.title)
		}
		d.take(i, end)
		out = append(out, dr)
		if strings.Contains(withoutCode(s), ":::") {
			out = d.reversed(out, dr, q)
		}
	}
	return out
}

// askedInline reports a line "question :: answer" whose question asks.
func askedInline(s string) bool {
	if !strings.Contains(s, "::") {
		return false
	}
	q, a, _ := strings.Cut(withoutCode(s), "::")
	return weight(a) > 1 && note.Asks(note.CleanTitle(q))
}

// reversed adds to drafts the card that asks for the front of dr by its back, as the marks
// ":::" and "??" mean it, unless the front is a question or the back is more than a member
// reads at a glance.
func (d *doc) reversed(drafts []draft, dr draft, front string) []draft {
	const most = 120 // runes of a back that asks
	back := dr.answer
	if back == "" {
		back, _ = d.answer(dr.body)
	}
	front = strings.TrimSpace(strings.TrimLeft(front, "#>-*+ "))
	if thing := askedOf(note.CleanTitle(front)); thing != "" {
		front = article.ReplaceAllString(thing, "")
	}
	if n := utf8.RuneCountInString(back); n < 2 || n > most || weight(front) < 1 || note.Asks(note.CleanTitle(front)) || hollow(back) != "" {
		return drafts
	}
	first, _, several := strings.Cut(back, "\n")
	dr.title, dr.key, dr.answer, dr.kind = note.CleanTitle(first), back, front, ""
	switch {
	case note.Asks(dr.title):
		dr.question = back
	case several:
		dr.question = back + "\n" + reverseAsk("", front+back)
	default:
		dr.question = reverseAsk(dr.title, back)
	}
	if dr.title == "" {
		return drafts
	}
	return append(drafts, dr)
}

// reverseAsk asks, in a language, what a text stands for; where it is empty, it is shown above.
func reverseAsk(text, language string) string {
	text = strings.TrimRight(text, "。.")
	switch han := hasHan(language); {
	case han && text == "":
		return "以上说的是什么？"
	case han:
		return "“" + text + "”指的是什么？"
	case text == "":
		return "What is this?"
	}
	return "What is this: “" + text + "”?"
}

var (
	blockID     = pattern.New(`\s\^[A-Za-z0-9-]+$`)      // what a link of Obsidian leads to
	blockLine   = pattern.New(`^\^[A-Za-z0-9-]{4,}\s*$`) // the same, on a line of its own
	lineMark    = pattern.New(`^(?:#+\s+|>\s?|[-*+]\s+)+`)
	article     = pattern.New(`(?i)^(?:an?|the) `)
	flashTag    = pattern.New(`(?:^|\s|\[)#?flash-?cards?\b|#card\b|#闪卡|#卡片`)
	leadingTags = pattern.New(`^(?:#[\pL\d/_-]+\s+)+`)
)

// tags reports whether line i may hold a tag that speaks of cards.
func (d *doc) tags(i int) bool {
	s := d.note.Lines[i]
	return (strings.Contains(s, "#") || strings.Contains(s, "[[card]]") || strings.Contains(s, "[[Card]]")) && (strings.Contains(s, "ard") || strings.Contains(s, "卡"))
}

// inlineEnd returns the last line of an answer on the line of its question: sub-items of
// an item belong to it, and nothing else.
func (d *doc) inlineEnd(i int) int {
	end := i
	if d.lines[i].Kind != note.Item {
		return end
	}
	for j := i + 1; j < len(d.lines) && d.lines[j].Kind != note.Blank && d.lines[j].Indent > d.lines[i].Indent; j++ {
		if t := d.lines[j].Text; property(t) {
			continue
		}
		end = j
	}
	return end
}

// aboveBelow reads the question above and the answer below line i, up to blank lines.
func (d *doc) aboveBelow(i int) (draft, int, int, bool) {
	stop := func(j int) bool {
		k := d.lines[j].Kind
		if t := d.lines[j].Text; t == "?" || t == "??" || t == "+++" {
			return true
		}
		return k == note.Blank || k == note.Rule || d.taken[j]
	}
	const far = 300 // lines
	above, below := i, i
	if d.deck { // a blank line may stand on both sides
		for above > 0 && above > i-2 && d.lines[above-1].Kind == note.Blank {
			above--
		}
		for below+1 < len(d.lines) && below < i+2 && d.lines[below+1].Kind == note.Blank {
			below++
		}
	}
	from := above
	for from > 0 && from > i-far/10 && !stop(from-1) && d.lines[from-1].Kind != note.Heading {
		from--
	}
	for from < above && strings.HasPrefix(d.lines[from].Text, "#") && tagsAlone.MatchString(d.lines[from].Text) {
		from++
	}
	if from == above && above > 0 && d.lines[above-1].Kind == note.Heading {
		from--
	}
	to := below
	for to+1 < len(d.lines) && to < i+far && (!stop(to+1) || d.code(to+1)) && d.lines[to+1].Kind != note.Heading {
		to++
	}
	if from == above || to == below {
		return draft{}, 0, 0, false
	}
	q, _ := d.answer(d.span(from, i-1))
	q = strings.TrimSpace(lineMark.ReplaceAllString(q, ""))
	q = q[len(askCue.FindString(q)):]
	if weight(q) < 2 && !d.deck || weight(q) < 1 {
		return draft{}, 0, 0, false
	}
	first, _, _ := strings.Cut(q, "\n")
	dr := draft{title: note.CleanTitle(first), line: from + 1, section: d.sectionAt(from), key: q, explicit: true, body: d.span(i+1, to)}
	if a, _ := d.answer(dr.body); mayAnswer(a) {
		if cue := answerCue.FindString(a); cue != "" {
			dr.answer = a[len(cue):]
		}
	}
	switch {
	case strings.Contains(q, "\n"):
		dr.question = q
	case note.Asks(dr.title):
		dr.question = asked(dr.title)
	}
	return dr, from, to, true
}
