package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"studybot/bot/chat"
	"studybot/knowledge"
	"studybot/store"
)

// maxReply is what the longest input of a form holds, in runes
// (https://discord.com/developers/docs/components/reference#text-input).
const maxReply = 4000

// answerField is the name of the answer form's only field.
const answerField = "answer"

// question shows the open question, or says when the next one comes.
func (r request) question(context.Context, string) (chat.Response, error) {
	q, ok, err := r.Store.OpenQuestion(r.channel.Channel)
	if err != nil {
		return chat.Response{}, err
	}
	if !ok {
		text, err := r.nextQuestion()
		return say(text), err
	}
	m := r.deckOf(q).post(q)
	if reply, ok, err := r.Store.ReplyOf(q.ID, r.Member.ID); err != nil {
		return chat.Response{}, err
	} else if ok {
		m.Blocks = append(m.Blocks, chat.Text(fmt.Sprintf(r.words.yourAnswer, shorten(reply.Text, 300), percent(reply.Grade.Score))))
		m.Context = r.until(q)
	}
	m.Blocks = append(m.Blocks, chat.Text(r.words.count(r.words.replies, q.Replies)))
	return r.others(q, m)
}

// nextQuestion says when the next question of the day comes.
func (r request) nextQuestion() (string, error) {
	if !r.scheduled {
		return r.noSchedule(), nil
	}
	paused, err := r.Store.PausedUntil(r.channel.Channel)
	if err != nil {
		return "", err
	}
	if paused == lastDay {
		return r.words.isPaused, nil
	}
	at, err := r.soonest()
	if err != nil {
		return "", err
	}
	return fmt.Sprintf(r.words.nextQuestion, r.channel.when(at, r.At)), nil
}

func (r request) until(q store.Question) string {
	return fmt.Sprintf(r.words.until, r.channel.when(r.deckOf(q).Schedule.closes(q), r.At), r.typed("answer"))
}

// reply takes the member's answer to the open question, or opens a form for it. Where none is open,
// it is a late answer to the last one. Of several open questions the one asked last is meant, or that of "deck=redis".
func (r request) reply(ctx context.Context, text string) (chat.Response, error) {
	q, ok, err := r.Store.OpenQuestion(r.channel.Channel)
	deck, rest, named := deckOption(text)
	if err == nil && named {
		text = rest
		q, ok, err = r.Store.OpenIn(r.channel.Channel, deck)
	}
	if err != nil {
		return chat.Response{}, err
	}
	switch {
	case ok && text == "":
		return r.openForm(q.ID)
	case ok:
		res, err := r.replyTo(ctx, q.ID, text)
		return r.whichOne(q, res), err
	}
	return r.lateReply(ctx, aim{deck, named, text})
}

// lateReply takes an answer to the question that was revealed last, of the deck that is named or of any. Where there is
// none it says what can be answered, or when.
func (r request) lateReply(ctx context.Context, a aim) (chat.Response, error) {
	qs, err := r.lastOfDecks()
	if err != nil {
		return chat.Response{}, err
	}
	var last store.Question
	for _, q := range qs {
		if q.State == store.StateClosed && q.Revealed.After(last.Revealed) && (!a.named || q.Deck == a.deck) {
			last = q
		}
	}
	if last.ID == "" || a.rest == "" {
		if open := those(qs, isOpen); len(open) > 0 {
			return r.askWhich("answer", a.rest, open), nil
		}
		if _, there := r.named(a.deck); a.named && !there {
			return say(r.noDeck(a.deck)), nil
		}
		text, err := r.nextQuestion()
		return say(r.words.noneOpen + r.words.space + text), err
	}
	res, err := r.replyTo(ctx, last.ID, a.rest)
	if err == nil && len(qs) > 1 {
		res = r.toQuestion(last, res)
	}
	return res, err
}

func (r request) openForm(id store.QuestionID) (chat.Response, error) {
	r, q, err := r.about(id)
	if err != nil {
		return chat.Response{}, err
	}
	if q.State != store.StateOpen {
		return say(r.words.closed), nil
	}
	before, _, err := r.Store.ReplyOf(id, r.Member.ID)
	if err != nil {
		return chat.Response{}, err
	}
	return chat.Response{Form: &chat.Form{
		Action: "answer " + string(id),
		Title:  r.words.formTitle,
		Fields: []chat.Field{{Name: answerField, Label: shorten(q.Card.Question, 45), Value: before.Text, Long: true}},
	}}, nil
}

func (r request) submit(ctx context.Context) (chat.Response, error) {
	verb, args, _ := strings.Cut(r.Submit.Action, " ")
	switch verb {
	case "answer":
		return r.replyTo(ctx, store.QuestionID(args), r.Submit.Values[answerField])
	case "practise":
		return r.practise(knowledge.ID(args), r.Submit.Values[answerField])
	case "suggest":
		return r.suggestion(r.Submit.Values[questionField], r.Submit.Values[answerField])
	case "setup":
		return r.submitSetup(args, r.Submit.Values)
	case "correct":
		return r.correction(ctx, store.QuestionID(args), r.Submit.Values[answerField], r.Submit.Values[reasonField])
	case "decline":
		return r.decide(ctx, args, false, r.Submit.Values[reasonField])
	}
	return say(r.words.staleButton), nil
}

// threadReply takes a message in a question's thread as the member's answer, where threads are for that. Other messages
// are people talking.
func (r request) threadReply(ctx context.Context) (chat.Response, error) {
	q, ok, err := r.Store.QuestionOf(r.channel.Channel, r.Event.Reply.To)
	inThread := r.Event.Thread != "" // else it replies to the question's message itself
	if err != nil || !ok || q.State != store.StateOpen || inThread && r.channel.Threads != ForAnswers {
		return chat.Response{}, err
	}
	return r.replyTo(ctx, q.ID, r.Event.Reply.Text)
}

// replyTo grades an answer, stores it, and tells the member what it holds.
func (r request) replyTo(ctx context.Context, id store.QuestionID, text string) (chat.Response, error) {
	text = strings.TrimSpace(text)
	switch n := utf8.RuneCountInString(text); {
	case n == 0:
		return sayf(r.words.answerWhat, r.typed("answer")), nil
	case n > maxReply:
		return sayf(r.words.replyTooLong, n, maxReply), nil
	case strings.IndexFunc(text, isWord) < 0:
		return say(r.words.noWords), nil
	}
	r, q, err := r.about(id)
	if err != nil {
		return chat.Response{}, err
	}
	if !fits(q, text) {
		return sayf(r.words.wrongForm, r.words.how(q)), nil
	}
	reply, err := r.keep(q, text)
	if errors.Is(err, store.ErrClosed) {
		return say(r.words.closed), nil
	}
	if err != nil {
		return chat.Response{}, err
	}
	there := r // wherever it came from, the answer was given in the question's channel
	there.Direct, there.Event.Channel = false, q.Channel.ID
	secret, err := there.secret(true)
	if err != nil {
		return chat.Response{}, err
	}
	m := r.feedback(q, reply, isSecret(q.Card, secret))
	if other := r.elsewhere(ctx, q, reply); other != "" {
		m.Blocks = append(m.Blocks, chat.Text(fmt.Sprintf(r.words.readsLike, shorten(other, 80))))
	}
	res := private(m)
	res.Taken = r.Event.Reply != nil
	return res, nil
}

// isWord reports whether a character can be part of an answer in words.
func isWord(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }

// feedback shows what a reply brings: which key points it holds and which it misses. These are kept back where what is
// right is for the reveal, and where the same card is open in another channel of the member, unanswered.
func (r request) feedback(q store.Question, reply store.Reply, openElsewhere bool) chat.Message {
	if reply.Late {
		return chat.Message{Blocks: []chat.Block{chat.Text(fmt.Sprintf(r.words.late, takingPoints))}}
	}
	g := reply.Grade
	if openElsewhere || exact(q) && q.State == store.StateOpen {
		g.Points = nil
	}
	m := r.graded(q.Card, g)
	m.Context = r.until(q)
	if g.Score < 1 {
		m.Context = r.words.addedHalf + r.words.space + m.Context
	}
	if reply.Grade.Band() != knowledge.Known {
		m.Buttons = []chat.Button{
			{Action: "appeal " + string(q.ID), Label: r.words.appealButton},
			{Action: "had " + string(q.ID), Label: r.words.hadButton},
		}
	}
	return m
}

// graded shows which key points of a card an answer holds and which it misses.
func (r request) graded(card knowledge.Card, g knowledge.Grade) chat.Message {
	title := [...]string{knowledge.Little: r.words.little, knowledge.Partly: r.words.partly, knowledge.Known: r.words.known}[g.Band()]
	m := chat.Message{Title: fmt.Sprintf(title, percent(g.Score))}
	if percent(g.Score) == 0 {
		m.Title = r.words.noneHeld
	}
	var held, missed []chat.Item
	for _, p := range g.Points {
		if p.Held {
			held = append(held, chat.Item{Mark: "✓", Text: p.Text})
		} else {
			missed = append(missed, chat.Item{Mark: "○", Text: p.Text})
		}
	}
	for _, l := range []chat.List{{Title: r.words.held, Items: held}, {Title: r.words.missed, Items: missed}} {
		if len(l.Items) > 0 {
			m.Blocks = append(m.Blocks, l)
		}
	}
	m.Blocks = append(m.Blocks, r.noteAt(card))
	return m
}

// percent is a score of 0..1 as people read it.
func percent(score float64) int { return int(score*100 + 0.5) }
