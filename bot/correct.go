package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"studybot/bot/chat"
	"studybot/knowledge"
	"studybot/knowledge/grade"
	"studybot/store"
)

// correct opens a form with the reference answer of the question that a deck was asked last.
func (r request) correct(_ context.Context, args string) (chat.Response, error) {
	qs, err := r.lastOfDecks()
	if err != nil {
		return chat.Response{}, err
	}
	a := r.aimed(args, qs)
	if a.rest != "" {
		return say(r.noDeck(a.rest)), nil
	}
	q, ok, which := r.one("correct", a, qs)
	switch {
	case which.Private != nil:
		return which, nil
	case !ok || q.State == store.StateVoid:
		return say(r.words.nothingToCorrect), nil
	}
	now := right(q)
	if utf8.RuneCountInString(now) > maxReply {
		now = "" // a part of it would be taken for all
	}
	return chat.Response{Form: &chat.Form{
		Action: "correct " + string(q.ID),
		Title:  r.words.correctForm,
		Fields: []chat.Field{
			{Name: answerField, Label: shorten(q.Card.Question, 45), Value: now, Long: true},
			{Name: reasonField, Label: r.words.correctReason},
		},
	}}, nil
}

// right is the reference of a question as an admin corrects it: letters, a command, or the card's answer.
func right(q store.Question) string {
	switch {
	case q.Form != nil && q.Form.Ask == store.AskCommand:
		return q.Form.Command
	case q.Form != nil && q.Form.Ask == store.AskOrder:
		return orderOf(*q.Form)
	case len(choices(q)) == 0:
		return q.Card.Answer
	}
	var letters []string
	for i, o := range choices(q) {
		if o.Right {
			letters = append(letters, letter(i))
		}
	}
	return strings.Join(letters, " ")
}

// correction puts another reference answer in the place of a question's and grades all replies again.
func (r request) correction(ctx context.Context, id store.QuestionID, answer, reason string) (chat.Response, error) {
	if !r.Admin {
		return sayf(r.words.adminsOnly, r.typed("correct")), nil
	}
	r.acting.Lock()
	defer r.acting.Unlock()
	r, q, err := r.about(id)
	if err != nil {
		return chat.Response{}, err
	}
	answer, reason = strings.TrimSpace(answer), oneLine(reason)
	if n := utf8.RuneCountInString(answer); n > maxReply {
		return sayf(r.words.replyTooLong, n, maxReply), nil
	}
	c, ok := corrected(q, answer)
	if !ok || reason == "" || answer == right(q) {
		return sayf(r.words.correctWhat, r.typed("correct")), nil
	}
	if c.Correction != nil {
		if c.Correction.Note, err = r.answerInNotes(q); err != nil {
			return chat.Response{}, err
		}
	}
	c.Question, c.Actor, c.Reason, c.At = q.ID, string(r.Member.ID), reason, r.At
	err = r.Store.Correct(c, r.regrading())
	if errors.Is(err, store.ErrClosed) {
		return say(r.words.closed), nil
	}
	if err != nil {
		return chat.Response{}, err
	}
	return say(r.words.count(r.words.corrected, q.Replies)), r.refresh(ctx, q.ID)
}

// corrected says how an answer corrects a question; false where it does not fit the question's form.
func corrected(q store.Question, answer string) (c store.Correcting, ok bool) {
	card := q.Card
	switch {
	case q.Form != nil && q.Form.Ask == store.AskOrder:
		f := *q.Form
		f.Right = lettersIn(answer)
		return store.Correcting{Form: &f}, grade.Orders(len(f.Options), answer) && len(f.Right) == len(f.Options)
	case q.Form != nil && q.Form.Ask == store.AskPick:
		f := *q.Form
		f.Right = lettersIn(answer)
		return store.Correcting{Form: &f}, len(f.Right) == 1 && f.Right[0] < len(f.Options)
	case q.Form != nil && q.Form.Ask == store.AskCommand:
		f := *q.Form
		f.Command = strings.Join(strings.Fields(answer), " ")
		card.Answer = strings.Replace(card.Answer, q.Form.Command, f.Command, 1)
		card.KeyPoints = grade.KeyPoints(card.Question, card.Answer)
		return store.Correcting{Form: &f, Correction: &store.Correction{Card: card}}, f.Command != ""
	case len(choices(q)) > 0:
		at := lettersIn(answer)
		card.Options = slices.Clone(card.Options)
		var right []string // in place of the note's words, which speak for the old ones
		for i := range card.Options {
			o := &card.Options[i]
			if o.Right = slices.Contains(at, i); o.Right {
				right = append(right, letter(i)+". "+o.Text)
			}
		}
		card.Answer = strings.Join(right, "\n")
		ok = len(at) > 0 && slices.Max(at) < len(card.Options)
	default:
		card.Answer, card.KeyPoints = answer, grade.KeyPoints(card.Question, answer)
		ok = len(card.KeyPoints) > 0
	}
	return store.Correcting{Correction: &store.Correction{Card: card}}, ok
}

// lettersIn reads letters of options, "A C" or "a,c", as their places; nil where there is anything else.
func lettersIn(s string) (at []int) {
	for _, c := range strings.ToUpper(s) {
		switch {
		case c >= 'A' && c <= 'Z' && !slices.Contains(at, int(c-'A')):
			at = append(at, int(c-'A'))
		case !strings.ContainsRune(" \t\n,，、>→-", c):
			return nil
		}
	}
	return at
}

// refresh shows a question's reveal as its replies are graded by now. That it cannot be shown is logged and no
// more: the grades are in the store.
func (b *Bot) refresh(ctx context.Context, id store.QuestionID) error {
	q, err := b.Store.Question(id)
	if err != nil || q.RevealMessage == "" || b.networks[q.Channel.Network] == nil {
		return err
	}
	m, err := b.revealMessage(q)
	if err != nil {
		return err
	}
	if err := b.networks[q.Channel.Network].Edit(ctx, q.Channel.ID, q.RevealMessage, m); err != nil {
		b.Log.Warn("reveal still shows what was corrected", "channel", q.Channel.String(), "question", q.ID, "err", err)
	}
	return nil
}

// revealMessage is the reveal of a question, as its replies are graded by now; one that was withdrawn since says so.
func (b *Bot) revealMessage(q store.Question) (chat.Message, error) {
	replies, err := b.Store.Replies(q.ID)
	if err != nil {
		return chat.Message{}, err
	}
	c := b.deckOf(q)
	replies = slices.DeleteFunc(replies, func(r store.Reply) bool { return r.Late }) // they came after it
	m := c.reveal(q, replies)
	team, err := b.Store.TeamStreak(q.Channel, q.Day)
	if err != nil {
		return chat.Message{}, err
	}
	if team.Current > 1 && team.Today {
		m.Blocks = append(m.Blocks, c.Language.words().team(team))
	}
	if q.State == store.StateVoid {
		m.Blocks = append([]chat.Block{chat.Text(c.Language.words().withdrawal(q))}, m.Blocks...)
	}
	if q.Corrected != "" {
		m.Context = fmt.Sprintf(c.Language.words().correctedFor, q.Corrected)
	}
	return m, nil
}

// cards are the cards that a channel may be asked: those of the notes and those that were suggested and accepted,
// with the corrections made for the answers that they have now.
func (b *Bot) cards(c store.Channel) ([]knowledge.Card, error) {
	suggested, err := b.Store.Suggested(c)
	if err != nil {
		return nil, err
	}
	corrections, err := b.Store.Corrections(c)
	if err != nil {
		return nil, err
	}
	cards := slices.Concat(b.Notes.Cards(), suggested)
	for i, card := range cards {
		if x, ok := corrections[card.ID]; ok && x.Note == answerMark(card) {
			cards[i].Answer, cards[i].KeyPoints, cards[i].Options = x.Card.Answer, x.Card.KeyPoints, x.Card.Options
		}
	}
	return cards, nil
}

// answerInNotes names the answer that the card of a question has in the notes by now; "" where the card is no more.
func (b *Bot) answerInNotes(q store.Question) (string, error) {
	suggested, err := b.Store.Suggested(q.Channel)
	if err != nil {
		return "", err
	}
	for _, c := range slices.Concat(b.Notes.Cards(), suggested) {
		if c.ID == q.Card.ID {
			return answerMark(c), nil
		}
	}
	return "", nil
}

// answerMark names what counts as right for a card, so that a change of it is seen.
func answerMark(c knowledge.Card) string {
	h := sha256.New()
	fmt.Fprintf(h, "%q", c.Answer)
	for _, o := range c.Options {
		fmt.Fprintf(h, " %q %v", o.Text, o.Right)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}
