package bot

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"studybot/bot/chat"
	"studybot/knowledge"
	"studybot/knowledge/search"
	"studybot/store"
)

const (
	maxQuery = 500 // runes
	maxHits  = 3
	nearBest = 0.5 // of the best hit's score: what is farther off is not shown
)

// ask looks something up in the notes and shows it to the member alone; to the channel where it was asked before it.
func (r request) ask(ctx context.Context, query string) (chat.Response, error) {
	query = strings.Join(strings.Fields(query), " ")
	switch n := utf8.RuneCountInString(query); {
	case n == 0:
		return sayf(r.words.askWhat, r.typed("ask")), nil
	case n > maxQuery:
		return sayf(r.words.queryTooLong, n, maxQuery), nil
	}
	aloud := r.Aloud && !r.apart()
	found, hidden, err := r.search(ctx, query, !aloud)
	if err != nil {
		return chat.Response{}, err
	}
	show := private
	if aloud {
		r.words = r.public
		show = r.inThread
	}
	if !found.Answered || len(found.Hits) == 0 {
		return show(r.nothing(query, found, hidden)), nil
	}
	m := chat.Message{Title: fmt.Sprintf(r.words.found, shorten(query, 60))}
	for i, h := range found.Hits {
		m.Blocks = append(m.Blocks, r.passage(h, i == 0))
	}
	if hidden {
		m.Context = fmt.Sprintf(r.words.embargo, r.typed("answer"))
	}
	m.Buttons = r.lookupButtons(fingerprint(found.Hits[0]), query, !aloud && !r.apart())
	return show(m), nil
}

// inThread is a response that the channel sees, where it was asked.
func (r request) inThread(m chat.Message) chat.Response {
	m.Thread = r.Event.Thread
	return chat.Response{Public: &m}
}

// search finds the best passages. While a question is open, what answers it is hidden from the channel, and
// from members who have not answered it; hidden reports whether it was among the best.
func (r request) search(ctx context.Context, query string, forMember bool) (found search.Result, hidden bool, err error) {
	found, err = r.Notes.Search(ctx, query, maxHits+2)
	if err != nil {
		return found, false, err
	}
	secret, err := r.secret(forMember)
	if err != nil {
		return found, false, err
	}
	kept := found.Hits[:0:0]
	for _, h := range found.Hits {
		if len(kept) == maxHits || h.Score < nearBest*found.Hits[0].Score {
			break
		}
		if slices.ContainsFunc(secret, func(c knowledge.Card) bool { return answers(h, c) }) {
			hidden = true
			continue
		}
		kept = append(kept, h)
	}
	found.Hits = kept
	return found, hidden, nil
}

// secret returns the cards of the open questions whose answers the member, or the channel, is not to see yet:
// this channel's, and, where the member has answered before or asks in private, the other channels'.
func (r request) secret(forMember bool) (cards []knowledge.Card, err error) {
	now := r.Notes.Cards()
	var open []store.Question
	for _, c := range r.channels(r.Network) {
		qs, err := r.Store.OpenQuestions(c)
		if err != nil {
			return nil, err
		}
		open = append(open, qs...)
	}
	for _, q := range open {
		concerned, err := r.concerns(q.Channel, q, forMember)
		if err != nil {
			return nil, err
		}
		if !concerned {
			continue
		}
		cards = append(cards, q.Card)
		if i := slices.IndexFunc(now, func(c knowledge.Card) bool { return c.ID == q.Card.ID }); i >= 0 {
			cards = append(cards, now[i]) // where it stands since the note was edited
		}
	}
	return cards, nil
}

// concerns reports whether an open question's answer is to be kept from the event's member, or channel.
func (r request) concerns(c store.Channel, q store.Question, forMember bool) (bool, error) {
	if !forMember {
		return true, nil
	}
	_, answered, err := r.Store.ReplyOf(q.ID, r.Member.ID)
	if err != nil || answered {
		return false, err
	}
	if c == r.channel.Channel || r.apart() {
		return true, nil
	}
	history, err := r.Store.History(c, r.Member.ID, 1)
	return len(history) > 0, err
}

// answers reports whether a hit shows the answer of a card: it stands in the same lines, or in the same words.
func answers(h search.Hit, c knowledge.Card) bool {
	for _, p := range append([]knowledge.Source{c.Source()}, c.Also...) {
		for _, l := range p.Lines {
			if p.File == h.File && l.Start <= h.Lines.End && h.Lines.Start <= l.End {
				return true
			}
		}
	}
	same, all := 0, 0
	for line := range strings.SplitSeq(c.Answer, "\n") {
		if line = strings.TrimSpace(line); utf8.RuneCountInString(line) < 8 {
			continue
		}
		all++
		if strings.Contains(h.Text, line) {
			same++
		}
	}
	return same > 0 && 2*same >= all
}

// passage shows a hit: the first in full where that is not too long, the others by their best lines.
func (b *Bot) passage(h search.Hit, full bool) chat.Passage {
	text := h.Snippet
	if text == "" || full && utf8.RuneCountInString(h.Text) <= maxShown && strings.Count(h.Text, "\n") < maxShownLines {
		text = h.Text
	}
	lines := []knowledge.Span{h.Lines}
	return chat.Passage{Title: h.Title, Text: text, Marks: h.Marks, Source: source(h.File, lines, h.Path), Link: b.Links.of(h.File, lines)}
}

// source names a place in the notes: "redis.md:12-18 · Redis › Persistence".
func source(file string, lines []knowledge.Span, path []string) string {
	var b strings.Builder
	b.WriteString(file)
	for i, l := range lines {
		b.WriteByte(":,"[min(i, 1)])
		b.WriteString(strconv.Itoa(l.Start))
		if l.End > l.Start {
			fmt.Fprintf(&b, "-%d", l.End)
		}
	}
	if len(path) > 0 {
		b.WriteString(" · " + strings.Join(path, " › "))
	}
	return b.String()
}

// nothing says that the notes hold no good answer, and what is near.
func (r request) nothing(query string, found search.Result, hidden bool) chat.Message {
	m := chat.Message{Title: fmt.Sprintf(r.words.notFound, shorten(query, 60))}
	if hidden {
		m.Title = ""
		m.Blocks = append(m.Blocks, chat.Text(fmt.Sprintf(r.words.embargo, r.typed("answer"))))
		return m
	}
	near := chat.List{Title: r.words.nearest}
	for _, title := range found.Nearest {
		near.Items = append(near.Items, chat.Item{Mark: "·", Text: title})
	}
	if len(near.Items) > 0 {
		m.Blocks = append(m.Blocks, near)
	}
	if action := "missed - " + query; len(action) <= maxAction {
		m.Buttons = []chat.Button{{Action: action, Label: r.words.tellKeepers}}
	}
	return m
}

func (r request) press(ctx context.Context) (chat.Response, error) {
	if key, ok := strings.CutPrefix(r.Press.Action, chat.Show); ok {
		return r.showAgain(chat.Key(key))
	}
	verb, args, _ := strings.Cut(r.Press.Action, " ")
	switch verb {
	case "share":
		return r.share(ctx, args)
	case "more":
		return r.more(ctx, args)
	case "helped", "missed":
		return r.rate(ctx, args, verb == "helped")
	case "answer":
		return r.openForm(store.QuestionID(args))
	case "hint":
		return r.hint(store.QuestionID(args))
	case "appeal":
		return r.appeal(store.QuestionID(args))
	case "had":
		return r.had(store.QuestionID(args))
	case "practise":
		return r.practiseForm(knowledge.ID(args))
	case "accept":
		return r.decide(ctx, args, true, "")
	case "decline":
		return r.declineForm(args)
	case "choose":
		id, letter, _ := strings.Cut(args, " ")
		return r.replyTo(ctx, store.QuestionID(id), letter)
	}
	return say(r.words.staleButton), nil
}
