package card

import (
	"strings"

	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

// container begins a block of a site generator whose title may be a question: "::: info 3. …".
var container = pattern.New(`^:{3,}\s*[a-z]+\s+`)

// containerEnd returns the line that closes the container whose title line i is, -1 for none.
func (d *doc) containerEnd(i int) int {
	const far = 120 // lines
	if !container.MatchString(d.lines[i].Text) && d.attribute(i) == "" {
		return -1
	}
	for j := i + 1; j < len(d.lines) && j < i+far; j++ {
		if strings.HasPrefix(d.lines[j].Text, ":::") && !d.code(j) {
			return j
		}
	}
	return -1
}

// A bound is where the explanation of a question ends at the latest.
type bound uint8

const (
	atBlank   bound = iota // a blank line, but not the first
	atNumber               // the question with the next number
	atHeading              // the next heading
)

// bound returns where the explanation ends of the question with its stem at line stem, whose
// options and answer end at line last.
func (d *doc) bound(stem, last int) bound {
	const far = 80 // lines of an explanation
	if d.lines[stem].Kind == note.Heading {
		return atHeading
	}
	if n := d.numberOf(stem); n > 0 && !strings.HasPrefix(d.lines[stem].Mark, "(") {
		for j := last + 1; j < len(d.lines) && j < last+far; j++ {
			if d.lines[j].Kind == note.Heading {
				return atNumber
			} else if d.numberOf(j) == n+1 {
				return atNumber
			}
		}
		return atBlank
	}
	above := stem - 1
	for above > 0 && d.lines[above].Kind == note.Blank {
		above--
	}
	if above >= 0 && d.lines[above].Kind == note.Heading {
		return atHeading
	}
	return atBlank
}

// explained returns the last line of the explanation that follows line i: to the end of
// the block that hides it, else up to the next heading, rule or question, and where that has
// no mark of its own up to the next blank line but one.
func (d *doc) explained(i int, until bound) int {
	if end := d.hiddenEnd(i); end >= 0 {
		return end
	}
	headed := until != atBlank
	end, above := i, i // above is the end before the last blank line
	for j := i + 1; j < len(d.lines); j++ {
		l := d.lines[j]
		if _, gap := d.gapOptions(j); gap != nil {
			return above
		}
		switch {
		case (l.Kind == note.Heading || l.Kind == note.Rule) && end <= i && d.explainsAt(j):
			continue // "### 解析"
		case d.boxed(j) && !headed:
			return above
		case l.Kind == note.Heading, d.taken[j], d.boxed(j), l.Kind == note.Rule, isPart(d.note.Lines[j]), tagAlone(l),
			l.Kind == note.Prose && numbered.MatchString(l.Text), until != atHeading && d.counted(j, until):
			return end
		case l.Kind == note.Blank && j > i+1 && d.optionsBelow(j) && !d.tellsWrong(d.nextText(j)):
			return above
		case l.Kind == note.Blank && j > i+1 && !headed && !answerLabel(d.note.Lines[j-1]):
			return end
		case l.Kind == note.Blank:
			above = end
			continue
		}
		if c, t, ok := d.letter(j); ok && c == 'A' && !d.code(j) && !judges.MatchString(t) && !d.tellsWrong(j) {
			return above // what stands above it asks
		}
		if mayAsk(l.Text) && d.cue(j, askCue) != "" {
			return end
		}
		end = j
	}
	return end
}

// explainsAt reports whether the heading at line i, or below the rule there, names an explanation.
func (d *doc) explainsAt(i int) bool {
	if d.lines[i].Kind == note.Rule {
		i = max(i, d.nextText(i))
	}
	return d.lines[i].Kind == note.Heading && explains.MatchString(d.lines[i].Text)
}

// judges begins what an explanation says of an option: "A 正确：…".
var judges = pattern.New(`^(?:选?项)?\s*(?:不?正确|错误|[对错](?:[，,。:：]|$)|(?i:is |- )?(?i:in)?correct\b|(?i:is )?wrong\b)`)

// tellsWrong reports whether the text above line i says that what is wrong with the other options
// follows: "**Why the others are incorrect:**".
func (d *doc) tellsWrong(i int) bool {
	for i--; i >= 0 && d.lines[i].Kind == note.Blank; i-- {
		continue
	}
	return i >= 0 && d.announcing(i) && othersWrong.MatchString(d.lines[i].Text)
}

var othersWrong = pattern.New(`(?i)^[*_>#\s]*(?:why\b.*|(?:the )?(?:other|incorrect|wrong) (?:options?|answers?|choices?).*|distractors?.*|(?:其他|其它|其余|错误|干扰)选?项.{0,12})[:：][*_]*$`)

// counted reports a numbered item that may be the next question.
func (d *doc) counted(i int, until bound) bool {
	l := d.lines[i]
	return l.Ordered() && l.Indent == 0 && l.Mark != circled && (until == atBlank || !strings.HasPrefix(l.Mark, "("))
}

// optionsBelow reports whether options begin below line i, with at most some code before them.
func (d *doc) optionsBelow(i int) bool {
	const far = 30 // lines
	for j := i + 1; j < len(d.lines) && j < i+far; j++ {
		if d.lines[j].Kind == note.Blank || d.code(j) {
			continue
		}
		if d.lines[j].Kind == note.Heading {
			return false
		}
		c, _, ok := d.letter(j)
		_, opts := d.gapOptions(j)
		return ok && c == 'A' || d.boxed(j) || opts != nil
	}
	return false
}

// hiddenEnd returns the line that closes the <details> around line i, or right below it;
// -1 for none.
func (d *doc) hiddenEnd(i int) int {
	const near = 10 // lines
	from := -1
	for j := min(i+2, len(d.lines)-1); j >= 0 && j > i-near; j-- {
		if j <= i && strings.Contains(d.note.Lines[j], "</details") {
			break
		}
		if strings.Contains(d.note.Lines[j], "<details") {
			from = j
			break
		}
	}
	if from < 0 {
		return -1
	}
	return d.detailsEnd(from)
}
