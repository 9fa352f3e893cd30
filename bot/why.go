package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"studybot/bot/chat"
	"studybot/store"
)

// How many questions why explains.
const (
	whyRows = 10
	maxWhy  = 50
)

// why tells the member where the points of the last questions came from.
func (r request) why(_ context.Context, args string) (chat.Response, error) {
	n, ok := number(args, whyRows, maxWhy)
	if !ok {
		return sayf(r.words.howMany, r.typed("why"), maxWhy), nil
	}
	history, err := r.Store.History(r.channel.Channel, r.Member.ID, n)
	if err != nil {
		return chat.Response{}, err
	}
	if len(history) == 0 {
		return say(r.words.whyNothing), nil
	}
	list := chat.List{}
	for _, a := range history {
		list.Items = append(list.Items, chat.Item{
			Mark: string(a.Question.Day),
			Text: shorten(a.Question.Card.Question, 60),
			Note: r.explain(a),
		})
	}
	return private(chat.Message{Title: r.words.whyTitle, Blocks: []chat.Block{list},
		Context: fmt.Sprintf(r.words.whyRule, takingPoints, qualityPoints) + r.words.space + r.words.addedHalf}), nil
}

// explain says what an answer brought, and why.
func (r request) explain(a store.Answered) string {
	w, held := r.words, 0
	for _, p := range a.Reply.Grade.Points {
		if p.Held {
			held++
		}
	}
	switch {
	case a.Question.State == store.StateOpen:
		return w.whyOpen
	case a.Question.State == store.StateVoid:
		return w.withdrawal(a.Question)
	case a.Reply.Late:
		return fmt.Sprintf(w.whyLate, a.Award.Points)
	}
	notes := []string{fmt.Sprintf(w.whyPoints, a.Award.Points, a.Award.Taking, a.Award.Quality, percent(a.Reply.Grade.Score), held, len(a.Reply.Grade.Points))}
	if a.Reply.First != "" {
		first, last := r.gradeText(a.Question, a.Reply.First).Score, r.gradeText(a.Question, a.Reply.Text).Score
		switch half := percent(first + (last-first)/2); {
		case last <= first:
		case half == percent(a.Reply.Grade.Score):
			notes = append(notes, fmt.Sprintf(w.whyHalf, percent(first), percent(last)))
		default: // it was graded by other words of the team, or by an older studybot
			notes = append(notes, w.addedHalf)
		}
	}
	if r.byAccepted(a) {
		notes = append(notes, w.whyAccepted)
	}
	if a.Question.Corrected != "" {
		notes = append(notes, fmt.Sprintf(w.correctedFor, a.Question.Corrected))
	}
	return strings.Join(notes, " · ")
}

// byAccepted reports whether an answer brought more because an appeal against its question's grades was accepted.
func (r request) byAccepted(a store.Answered) bool {
	without := a.Question
	without.References = nil
	return len(a.Question.References) > 0 && r.gradeText(without, a.Reply.Text).Score < r.gradeText(a.Question, a.Reply.Text).Score
}

// void withdraws the question that a deck was asked last, whether open or revealed, and takes back what it brought.
func (r request) void(ctx context.Context, args string) (chat.Response, error) {
	r.acting.Lock()
	defer r.acting.Unlock()
	qs, err := r.lastOfDecks()
	if err != nil {
		return chat.Response{}, err
	}
	a := r.aimed(args, qs)
	q, ok, which := r.one("void", a, qs)
	switch {
	case which.Private != nil:
		return which, nil
	case !ok || q.State == store.StateVoid:
		return say(r.words.nothingToVoid), nil
	}
	reason := oneLine(a.rest)
	if reason == "" {
		return sayf(r.words.voidWhy, r.typed("void"), shorten(q.Card.Question, 60)), nil
	}
	return r.withdraw(ctx, q, reason)
}

// withdraw voids a question and shows so in its message, and in its reveal.
func (r request) withdraw(ctx context.Context, q store.Question, reason string) (chat.Response, error) {
	q, err := r.settle(ctx, q)
	if err != nil {
		return chat.Response{}, err
	}
	switch err := r.Store.Void(q.ID, string(r.Member.ID), reason, r.At); {
	case errors.Is(err, store.ErrClosed):
		return say(r.words.nothingToVoid), nil
	case err != nil:
		return chat.Response{}, err
	}
	q.State, q.Reason = store.StateVoid, reason
	r.retire(ctx, q)
	return say(r.words.withdrawn), r.refresh(ctx, q.ID)
}

// oneLine is a reason as it is stored: on one line, and of bounded length.
func oneLine(s string) string { return shorten(strings.Join(strings.Fields(s), " "), 200) }
