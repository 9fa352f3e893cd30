package card

import (
	"strings"

	"studybot/knowledge"
	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

// cardTag is the tag that makes a question of the line it stands in, in Logseq and in some
// plug-ins of Obsidian. "#flashcards/net" names a deck and is no such tag.
var cardTag = pattern.New(`(^|\s|[？?。！!])(?:#?\[\[[Cc]ard\]\]|#card(?:-reverse)?|#flashcard|#闪卡|#卡片)(\s|$)`)

// tagged finds questions that a tag marks: "- question #card" with the answer in the items
// under it, "## question #card" with the text of its section, and a line, quoted or not, with
// the text right below it.
func tagged(d *doc) []draft {
	var out []draft
	var spans []knowledge.Span // of cards and their answers, in which other cards may stand
	for i, l := range d.lines {
		if d.taken[i] || !d.tags(i) || l.Kind != note.Item && l.Kind != note.Prose && l.Kind != note.Quote && l.Kind != note.Heading || !d.asksByTag(i) {
			continue
		}
		if l.Kind != note.Item && !cardTag.MatchString(l.Text[strings.LastIndexAny(l.Text, " \t")+1:]) {
			continue
		}
		q := strings.TrimSpace(strings.TrimSuffix(cardTag.ReplaceAllString(l.Text, " "), deckTag))
		if weight(note.CleanTitle(q)) < 2 || strings.Contains(withoutCode(q), "::") || gapped(q) {
			continue
		}
		from, end := i+1, d.taggedEnd(i)
		for from <= end && l.Kind == note.Item && d.lines[from].Kind == note.Prose && d.lines[from].Indent > l.Indent {
			if t := d.lines[from].Text; !property(t) && !propertyShape(t) {
				q += "\n" + t
			}
			from++
		}
		dr := draft{title: note.CleanTitle(strings.SplitN(q, "\n", 2)[0]), line: i + 1, section: d.sectionAt(i), key: q, explicit: true, body: d.span(from, end)}
		if len(dr.body) == 0 {
			d.problem(i+1, dr.title, unanswered)
			continue
		}
		if strings.Contains(q, "\n") {
			dr.question = q
		}
		if l.Kind == note.Quote {
			dr.answer = d.unquoted(from, end)
		}
		spans = append(spans, knowledge.Span{Start: i, End: end})
		out = append(out, dr)
	}
	for _, s := range spans {
		d.take(s.Start, s.End)
	}
	return out
}

// deckTag at the end of an item with a text under it makes a question of the item.
const deckTag = " #flashcards"

func (d *doc) asksByTag(i int) bool {
	l := d.lines[i]
	return l.Kind == note.Item && strings.HasSuffix(l.Text, deckTag) && i+1 < len(d.lines) && d.lines[i+1].Indent > l.Indent || cardTag.MatchString(l.Text)
}

// taggedEnd returns the last line of the answer to the question at line i.
func (d *doc) taggedEnd(i int) int {
	l := d.lines[i]
	if l.Kind == note.Item {
		end, _ := d.below(i)
		return end
	}
	end := i
	for j := i + 1; j < len(d.lines) && !d.taken[j]; j++ {
		switch k := d.lines[j].Kind; {
		case l.Kind == note.Quote && !d.quoted(j):
			return end
		case k == note.Heading && (l.Kind == note.Prose || d.lines[j].Level <= l.Level || d.tags(j) && d.asksByTag(j)), k == note.Blank && l.Kind == note.Prose:
			return end
		case (k == note.Item && d.lines[j].Indent == 0 || k == note.Prose || k == note.Quote) && d.tags(j) && d.asksByTag(j):
			return end
		case k != note.Blank:
			end = j
		}
	}
	return end
}

// gapped reports whether a text has marks of a cloze.
func gapped(s string) bool {
	return strings.Contains(s, "{{c") || marked.MatchString(s)
}
