package card

import (
	"strconv"
	"strings"

	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

// keyTitle is the heading of an entry of a key, over the answer: "第 3 题", "Answer 3: ports".
var keyTitle = pattern.New(`(?i)^(?:第\s*|(?:answer|solution|question|problem|exercise|题目?|问题|练习|答案|[qa])\s*[-#.]?\s*)?(\d{1,3})\s*[题问]?\s*(?:[.、:：)）(（\s—–-]|$)`)

// keySections reads the key under the heading at line i whose entries are headings too; nil for
// none.
func (d *doc) keySections(i int) []keyBlock {
	if d.lines[i].Kind != note.Heading {
		return nil
	}
	b, last := newBlock(i), 0
	level, ruled := 0, false // of the entries; below a rule
	for j := i + 1; j < len(d.lines); j++ {
		l := d.lines[j]
		switch {
		case l.Kind == note.Blank, l.Kind == note.Rule:
			ruled = ruled || l.Kind == note.Rule
			continue
		case l.Kind == note.Heading && (last == 0 || l.Level <= level):
			m := keyTitle.FindStringSubmatch(strings.TrimLeft(l.Text, "*_ "))
			if m == nil || l.Level <= d.lines[i].Level {
				return d.valued(b)
			}
			level = l.Level
			last, _ = strconv.Atoi(m[1])
			if _, twice := b.answers[last]; twice {
				return d.valued(b)
			}
			b.answers[last], ruled = keyed{from: j, to: j}, false
		case last == 0:
			return nil
		case ruled: // what follows the last answer
			return d.valued(b)
		default:
			e := b.answers[last]
			e.to, b.end = j, j
			b.answers[last] = e
		}
	}
	return d.valued(b)
}

// groupsKeys reports a heading at line j, below that of the key at line i, right over entries: "###
// Chapter 2".
func (d *doc) groupsKeys(i, j int) bool {
	if d.lines[i].Kind != note.Heading || d.lines[j].Kind != note.Heading || d.lines[j].Level <= d.lines[i].Level {
		return false
	}
	next := d.nextText(j)
	return next > 0 && d.lines[next].Kind != note.Heading && splitKeys(strings.TrimSpace(stripTags(d.note.Lines[next])), 0) != nil
}

// valued fills in the texts of a key whose entries are headings, and their letters or verdicts.
func (d *doc) valued(b keyBlock) []keyBlock {
	for n, e := range b.answers {
		text, _ := d.answer(d.span(e.from+1, e.to))
		first, rest, _ := strings.Cut(text, "\n")
		if m := keyLine.FindStringSubmatch(first); m != nil {
			e.value, text = m[1], afterKey(first, nil)+"\n"+rest
		} else if m := lone(first); m != nil {
			e.value, text = first[m[2]:m[3]], rest
		}
		e.text = strings.TrimSpace(text)
		b.answers[n] = e
	}
	if len(b.answers) < 2 {
		return nil
	}
	return []keyBlock{b}
}

// keyedText returns the question of line i whose answer is in a key, and its last line: a heading
// with what stands below it, or a line with the list or the code that it announces.
func (d *doc) keyedText(i int) (question string, end int) {
	title := note.CleanTitle(escapedGap.ReplaceAllString(d.lines[i].Text, gap))
	if d.lines[i].Kind != note.Heading {
		if !d.announcing(i) && !strings.HasSuffix(strings.TrimRight(d.lines[i].Text, "* _"), "：") {
			return title, i
		}
		for end = i; end+1 < len(d.lines) && (d.lines[end+1].Kind == note.Item && !d.lines[end+1].Ordered() || d.code(end+1)); {
			end++
		}
	} else {
		for end = i; end+1 < len(d.lines) && d.lines[end+1].Kind != note.Heading && d.lines[end+1].Kind != note.Rule && !d.taken[end+1] && end < i+longLines; {
			end++
		}
	}
	more, _ := d.answer(d.span(i+1, end))
	if more == "" {
		return title, i
	}
	if taskTitle.MatchString(title) {
		return more, end
	}
	return title + "\n" + more, end
}
