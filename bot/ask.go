package bot

import (
	"context"
	"fmt"
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
	// maxAction is the longest chat.Button.Action.
	maxAction = 100
)

// ask looks something up in the notes and shows it to the member alone.
func (r request) ask(ctx context.Context, query string) (chat.Response, error) {
	query = strings.Join(strings.Fields(query), " ")
	switch n := utf8.RuneCountInString(query); {
	case n == 0:
		return sayf(r.words.askWhat, r.typed("ask")), nil
	case n > maxQuery:
		return sayf(r.words.queryTooLong, n, maxQuery), nil
	}
	found, hidden, err := r.search(ctx, query, true)
	if err != nil {
		return chat.Response{}, err
	}
	if !found.Answered || len(found.Hits) == 0 {
		return private(r.nothing(query, found, hidden)), nil
	}
	m := chat.Message{Title: fmt.Sprintf(r.words.found, shorten(query, 60))}
	for i, h := range found.Hits {
		m.Blocks = append(m.Blocks, passage(h, i == 0))
	}
	if hidden {
		m.Context = fmt.Sprintf(r.words.embargo, r.typed("answer"))
	}
	if action := "share 1 " + query; len(action) <= maxAction && !r.Direct {
		m.Buttons = []chat.Button{{Action: action, Label: r.words.share}}
	}
	return private(m), nil
}

// search finds the best passages. While a question is open, its reference passage is hidden
// from the channel, and from members who have not answered it; hidden reports whether it was
// among the best.
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
		if len(kept) == maxHits {
			break
		}
		if overlaps(h, secret) {
			hidden = true
			continue
		}
		kept = append(kept, h)
	}
	found.Hits = kept
	return found, hidden, nil
}

// secret returns the places that hold the answer of the open question; for a member who has
// answered it there are none.
func (r request) secret(forMember bool) ([]knowledge.Source, error) {
	q, ok, err := r.Store.OpenQuestion(r.channel.Channel)
	if err != nil || !ok {
		return nil, err
	}
	if forMember {
		_, answered, err := r.Store.ReplyOf(q.ID, r.Member.ID)
		if err != nil || answered {
			return nil, err
		}
	}
	return append([]knowledge.Source{q.Card.Source()}, q.Card.Also...), nil
}

func overlaps(h search.Hit, places []knowledge.Source) bool {
	for _, p := range places {
		for _, l := range p.Lines {
			if p.File == h.File && l.Start <= h.Lines.End && h.Lines.Start <= l.End {
				return true
			}
		}
	}
	return false
}

// passage shows a hit: the first in full, the others by their best lines.
func passage(h search.Hit, full bool) chat.Passage {
	text := h.Snippet
	if full || text == "" {
		text = h.Text
	}
	return chat.Passage{Title: h.Title, Text: text, Marks: h.Marks, Source: source(h.File, []knowledge.Span{h.Lines}, h.Path)}
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
	return m
}

// share posts a hit that was shown to one member for the channel to see. The action says
// which query and which hit, so that the button works as long as its message exists.
func (r request) share(ctx context.Context, args string) (chat.Response, error) {
	which, query, _ := strings.Cut(args, " ")
	n, err := strconv.Atoi(which)
	if err != nil || n < 1 || n > maxHits {
		return say(r.words.staleButton), nil
	}
	found, hidden, err := r.search(ctx, query, false)
	if err != nil {
		return chat.Response{}, err
	}
	if hidden {
		return say(r.words.shareLater), nil
	}
	if len(found.Hits) < n {
		return say(r.words.notesChanged), nil
	}
	m := chat.Message{
		Title:  fmt.Sprintf(r.words.shared, r.Member.Name, shorten(query, 60)),
		Blocks: []chat.Block{passage(found.Hits[n-1], true)},
	}
	return chat.Response{Public: &m}, nil
}

func (r request) press(ctx context.Context) (chat.Response, error) {
	verb, args, _ := strings.Cut(r.Press.Action, " ")
	switch verb {
	case "share":
		return r.share(ctx, args)
	case "answer":
		return r.openForm(store.QuestionID(args))
	case "appeal":
		return r.appeal(store.QuestionID(args))
	case "had":
		return r.had(store.QuestionID(args))
	case "practise":
		return r.practiseForm(knowledge.ID(args))
	case "accept":
		return r.decide(args, true, "")
	case "decline":
		return r.declineForm(args)
	case "choose":
		id, letter, _ := strings.Cut(args, " ")
		return r.replyTo(store.QuestionID(id), letter)
	}
	return say(r.words.staleButton), nil
}
