package bot

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"studybot/bot/chat"
	"studybot/knowledge"
	"studybot/store"
)

// post is the question as the channel sees it.
func (c Channel) post(q store.Question) chat.Message {
	w := c.Language.words()
	m := c.bare(q)
	m.Open = c.Threads == ForAnswers
	end := c.when(c.Schedule.closes(q), q.At)
	m.Context = fmt.Sprintf(w.posted, end)
	if !oneRight(q) {
		m.Buttons = []chat.Button{{Action: "answer " + string(q.ID), Label: w.answerButton, Primary: true}}
		if _, ok := hinted(q); ok {
			m.Buttons = append(m.Buttons, chat.Button{Action: "hint " + string(q.ID), Label: w.hintButton})
		}
		return m
	}
	for i, o := range options(q) {
		m.Buttons = append(m.Buttons, chat.Button{Action: "choose " + string(q.ID) + " " + letter(i), Label: letter(i), Option: o})
	}
	return m
}

// letter names the option at i: A, B, C.
func letter(i int) string { return string(rune('A' + i)) }

// bare is the question without what may be done with it.
func (c Channel) bare(q store.Question) chat.Message {
	w := c.Language.words()
	title := w.ofTheDay
	if q.Extra {
		title = w.oneMore
	}
	if q.Deck != "" {
		title += " · " + q.Deck
	}
	if t := trail(q.Card); t != "" && !strings.EqualFold(t, q.Deck) {
		title += " · " + t
	}
	m := chat.Message{Title: title, Blocks: []chat.Block{chat.Text(q.Card.Question)}}
	var list chat.List
	for i, o := range options(q) {
		list.Items = append(list.Items, chat.Item{Mark: letter(i) + ".", Text: o})
	}
	if len(list.Items) > 0 {
		m.Blocks = append(m.Blocks, list)
	}
	if how := w.how(q); how != "" {
		m.Blocks = append(m.Blocks, chat.Text(how))
	}
	return m
}

// trail is where a card stands in its note, in short.
func trail(c knowledge.Card) string {
	if len(c.Path) == 0 {
		return strings.TrimSuffix(c.File[strings.LastIndexByte(c.File, '/')+1:], extension(c.File))
	}
	return shorten(strings.Join(c.Path[:min(2, len(c.Path))], " › "), 60)
}

func extension(file string) string {
	if i := strings.LastIndexByte(file, '.'); i > strings.LastIndexByte(file, '/') {
		return file[i:]
	}
	return ""
}

// leftOut says that days have no question because their hour was missed.
func (c Channel) leftOut(act store.Act) chat.Message {
	text := fmt.Sprintf(c.Language.words().leftOut, strings.TrimSpace(c.Deck.Name+" "+days(act.Since, act.Skipped)))
	return chat.Message{Blocks: []chat.Block{chat.Text(text)}}
}

// days names a day, and the first of several up to it where that is not "".
func days(since, last store.Day) string {
	if since == "" {
		return string(last)
	}
	return string(since) + " – " + string(last)
}

// retired is the question when nobody can answer it any more.
func (c Channel) retired(q store.Question) chat.Message {
	w := c.Language.words()
	m := c.bare(q)
	m.Context = w.count(w.wasRevealed, q.Replies)
	if q.State == store.StateVoid {
		m.Context = w.withdrawal(q)
	}
	return m
}

// withdrawal says that a question was withdrawn, and why.
func (w *words) withdrawal(q store.Question) string {
	if q.Reason == "" {
		return w.wasWithdrawn
	}
	return fmt.Sprintf(w.withdrawnFor, q.Reason)
}

// reveal is the reference answer with its source, and the tally.
func (c Channel) reveal(q store.Question, replies []store.Reply) chat.Message {
	w := c.Language.words()
	m := chat.Message{
		Title:  fmt.Sprintf(w.revealed, shorten(q.Card.Question, 120)),
		Blocks: []chat.Block{chat.Passage{Text: w.clip(reference(q), q.Card), Source: source(q.Card.File, q.Card.Lines, q.Card.Path), Link: c.links.of(q.Card.File, q.Card.Lines)}},
	}
	if c.Threads != NoThreads {
		m.Thread = q.Message
	}
	m.Blocks = append(m.Blocks, w.tally(replies))
	if missed := mostMissed(replies); len(missed.Items) > 0 {
		missed.Title = w.mostMissed
		for i, item := range missed.Items {
			missed.Items[i].Note = fmt.Sprintf(w.missedBy, item.Note, len(replies))
		}
		m.Blocks = append(m.Blocks, missed)
	}
	return m
}

// How much of an answer is shown: more than that nobody reads on a phone.
const (
	maxShown      = 1200 // runes
	maxShownLines = 30
)

// clip cuts an answer between two lines, and says where the rest stands.
func (w *words) clip(text string, card knowledge.Card) string {
	lines := strings.SplitAfter(text, "\n")
	runes, fence := 0, false
	for i, line := range lines {
		runes += utf8.RuneCountInString(line)
		if i > 0 && (runes > maxShown || i >= maxShownLines) {
			shown := strings.TrimRight(strings.Join(lines[:i], ""), "\n")
			if fence {
				shown += "\n```"
			}
			return shown + "\n" + fmt.Sprintf(w.more, source(card.File, card.Lines, nil))
		}
		if strings.HasPrefix(strings.TrimSpace(line), "```") {
			fence = !fence
		}
	}
	return text
}

// reference is the answer as it is revealed: of a choice or an order, the right one first.
func reference(q store.Question) string {
	return strings.TrimSpace(solution(q) + "\n\n" + q.Card.Answer)
}

// tally says who took part and how much they knew. Scores of single members stay private.
func (w *words) tally(replies []store.Reply) chat.Block {
	if len(replies) == 0 {
		return chat.Text(w.nobody)
	}
	var bands [3]int
	var names []string
	for _, r := range replies {
		bands[r.Grade.Band()]++
		names = append(names, w.name(r.Name))
	}
	slices.Sort(names)
	return chat.List{
		Title: w.count(w.tallyTitle, len(replies)) + w.colon + strings.Join(names, w.comma),
		Items: []chat.Item{
			{Mark: "●", Text: w.bandKnown, Note: bar(bands[knowledge.Known], len(replies))},
			{Mark: "◐", Text: w.bandPartly, Note: bar(bands[knowledge.Partly], len(replies))},
			{Mark: "○", Text: w.bandLittle, Note: bar(bands[knowledge.Little], len(replies))},
		},
	}
}

// bar draws n of all, at most ten cells wide, with the number.
func bar(n, all int) string {
	cells := n
	if all > 10 {
		cells = (n*10 + all - 1) / all
	}
	return strings.TrimSpace(strings.Repeat("█", cells) + " " + fmt.Sprint(n))
}

// mostMissed lists the key points that most replies missed, at most three, with the number in Note. Of a
// single reply it says nothing: that would be telling what one member wrote.
func mostMissed(replies []store.Reply) chat.List {
	if len(replies) < 2 {
		return chat.List{}
	}
	type miss struct {
		text string
		n    int
	}
	var misses []miss
	for _, r := range replies {
		for _, p := range r.Grade.Points {
			if p.Held || p.Text == "" { // "": of an answer that was deleted
				continue
			}
			i := slices.IndexFunc(misses, func(m miss) bool { return m.text == p.Text }) // not each is graded by the same answer
			if i < 0 {
				i, misses = len(misses), append(misses, miss{text: p.Text})
			}
			misses[i].n++
		}
	}
	slices.SortStableFunc(misses, func(a, b miss) int { return cmp.Compare(b.n, a.n) })
	var list chat.List
	for _, m := range misses[:min(3, len(misses))] {
		list.Items = append(list.Items, chat.Item{Mark: "○", Text: m.text, Note: fmt.Sprint(m.n)})
	}
	return list
}
