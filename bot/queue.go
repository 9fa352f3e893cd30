package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"studybot/bot/chat"
	"studybot/knowledge"
	"studybot/knowledge/grade"
	"studybot/store"
)

// Names of the fields of the suggestion's form, and of the reason's.
const (
	questionField = "question"
	reasonField   = "reason"
)

// suggest takes a card that a member proposes, as "question | answer" or by a form.
func (r request) suggest(_ context.Context, text string) (chat.Response, error) {
	if text == "" {
		return chat.Response{Form: &chat.Form{Action: "suggest", Title: r.words.suggestForm, Fields: []chat.Field{
			{Name: questionField, Label: r.words.suggestQuestion},
			{Name: answerField, Label: r.words.suggestAnswer, Long: true},
		}}}, nil
	}
	q, a, _ := strings.Cut(text, "|")
	return r.suggestion(q, a)
}

func (r request) suggestion(q, a string) (chat.Response, error) {
	q, a = oneLine(q), strings.TrimSpace(a)
	if n := utf8.RuneCountInString(a); n > maxReply {
		return sayf(r.words.replyTooLong, n, maxReply), nil
	}
	points := grade.KeyPoints(q, a)
	if q == "" || len(points) == 0 {
		return sayf(r.words.suggestWhat, r.typed("suggest")), nil
	}
	card := knowledge.Card{
		File: r.words.suggestedBy, Title: q, Path: []string{}, Question: q, Kind: knowledge.Explain, Lines: []knowledge.Span{},
		Answer: a, KeyPoints: points, Flags: []knowledge.Flag{}, Score: 1,
	}
	if err := r.Store.Suggest(r.channel.Channel, r.Member, card, r.At); err != nil {
		return chat.Response{}, err
	}
	return sayf(r.words.suggested, r.typed("me")), nil
}

// appeal asks the admins to look at a reply again.
func (r request) appeal(id store.QuestionID) (chat.Response, error) {
	r, _, err := r.about(id)
	if err != nil {
		return chat.Response{}, err
	}
	switch err := r.Store.Appeal(id, r.Member.ID, r.Member.Name, r.At); {
	case errors.Is(err, store.ErrDecided):
		return say(r.words.appealWaits), nil
	case err != nil:
		return chat.Response{}, err
	}
	return sayf(r.words.appealed, r.typed("me")), nil
}

// maxQueue is how many cases are shown at a time.
const maxQueue = 3

// queue shows the cases that wait for a decision.
func (r request) queue(context.Context, string) (chat.Response, error) {
	cases, err := r.cases()
	if err != nil {
		return chat.Response{}, err
	}
	if len(cases) == 0 {
		return say(r.words.queueEmpty), nil
	}
	m := chat.Message{Title: r.words.count(r.words.queueTitle, len(cases))}
	for i, c := range cases[:min(maxQueue, len(cases))] {
		p, err := r.show(c)
		if err != nil {
			return chat.Response{}, err
		}
		p.Title = fmt.Sprintf("%d. %s", i+1, p.Title)
		m.Blocks = append(m.Blocks, p)
		n := strconv.FormatUint(c.Number, 10)
		m.Buttons = append(m.Buttons,
			chat.Button{Action: "accept " + n, Label: fmt.Sprintf(r.words.accept, i+1), Primary: true},
			chat.Button{Action: "decline " + n, Label: fmt.Sprintf(r.words.decline, i+1)})
	}
	return private(m), nil
}

// cases are what waits for a decision. An appeal waits for the reveal first: nobody sees another's answer before.
func (r request) cases() ([]store.Case, error) {
	open, err := r.Store.OpenQuestions(r.channel.Channel)
	if err != nil {
		return nil, err
	}
	cases, err := r.Store.Queue(r.channel.Channel)
	return slices.DeleteFunc(cases, func(c store.Case) bool {
		return slices.ContainsFunc(open, func(q store.Question) bool { return q.ID == c.Question })
	}), err
}

// show is a case as an admin judges it.
func (r request) show(c store.Case) (chat.Passage, error) {
	if c.Card != nil {
		return chat.Passage{Title: fmt.Sprintf(r.words.suggestionOf, c.Name, c.Card.Question), Text: c.Card.Answer}, nil
	}
	if c.Rating != nil {
		p := chat.Passage{Title: fmt.Sprintf(r.words.lookupOf, c.Name, shorten(c.Rating.Query, 80)), Text: r.words.foundNothing}
		if c.Rating.File != "" {
			p.Text, p.Source = r.words.foundThis, source(c.Rating.File, []knowledge.Span{c.Rating.Lines}, nil)
		}
		return p, nil
	}
	q, err := r.Store.Question(c.Question)
	if err != nil {
		return chat.Passage{}, err
	}
	reply, _, err := r.Store.ReplyOf(c.Question, c.Member)
	return chat.Passage{
		Title:  fmt.Sprintf(r.words.appealOf, c.Name, shorten(q.Card.Question, 80), percent(reply.Grade.Score)),
		Text:   reply.Text,
		Source: source(q.Card.File, q.Card.Lines, nil),
	}, err
}

// decide accepts or declines a case. An accepted appeal makes the reply one more reference, by which
// everybody's reply is graded again.
func (r request) decide(ctx context.Context, args string, accepted bool, reason string) (chat.Response, error) {
	if !r.Admin {
		return sayf(r.words.adminsOnly, r.typed("queue")), nil
	}
	n, err := strconv.ParseUint(args, 10, 64)
	if err != nil {
		return say(r.words.staleButton), nil
	}
	r.acting.Lock()
	defer r.acting.Unlock()
	cases, err := r.cases()
	if err != nil {
		return chat.Response{}, err
	}
	i := slices.IndexFunc(cases, func(c store.Case) bool { return c.Number == n })
	if i < 0 {
		return say(r.words.staleButton), nil
	}
	if accepted && cases[i].Question != "" { // first: after a crash between the two the case still waits
		if err := r.accept(ctx, cases[i]); err != nil && !errors.Is(err, store.ErrClosed) { // withdrawn since: nothing to grade
			return chat.Response{}, err
		}
	}
	if _, err := r.Store.Decide(r.channel.Channel, n, accepted, string(r.Member.ID), oneLine(reason), r.At); err != nil {
		return chat.Response{}, err
	}
	return say(r.words.done), nil
}

func (r request) accept(ctx context.Context, c store.Case) error {
	q, err := r.Store.Question(c.Question)
	if err != nil {
		return err
	}
	reply, _, err := r.Store.ReplyOf(c.Question, c.Member)
	if err != nil {
		return err
	}
	if slices.Contains(q.References, reply.Text) {
		return nil
	}
	if err := r.Store.Regrade(q.ID, append(q.References, reply.Text), string(r.Member.ID), "", r.At, r.regrading()); err != nil {
		return err
	}
	return r.refresh(ctx, q.ID)
}

// declineForm asks for the reason.
func (r request) declineForm(n string) (chat.Response, error) {
	if !r.Admin {
		return sayf(r.words.adminsOnly, r.typed("queue")), nil
	}
	return chat.Response{Form: &chat.Form{Action: "decline " + n, Title: r.words.declineForm,
		Fields: []chat.Field{{Name: reasonField, Label: r.words.declineReason}}}}, nil
}

// regrading grades stored replies by what counts as right for their question by now.
func (b *Bot) regrading() store.Regrading {
	return store.Regrading{Grade: b.gradeReply, Award: awards}
}
