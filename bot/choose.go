package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"studybot/bot/chat"
	"studybot/bot/recall"
	"studybot/knowledge"
	"studybot/store"
)

// errNoCards means that the notes hold nothing to ask.
var errNoCards = errors.New("no card in the notes can be asked: see studybot cards")

const (
	activeDays = 14 // who answered in so many days is active
	lookBack   = 10 // questions that the choice looks back on
)

// A choice is a card to be asked, and in what form.
type choice struct {
	recall.Choice
	Form *store.Form
}

// choose takes the card that the channel is asked next.
func (b *Bot) choose(at Channel, now time.Time) (choice, error) {
	cards, history, err := b.deck(at, now)
	if err != nil {
		return choice{}, err
	}
	open, err := b.Store.OpenQuestions(at.Channel)
	if err != nil {
		return choice{}, err
	}
	cards = slices.DeleteFunc(slices.Clone(cards), func(c knowledge.Card) bool { // asked in another deck
		return slices.ContainsFunc(open, func(q store.Question) bool { return q.Card.ID == c.ID })
	})
	c, ok := recall.Choose(cards, history)
	if !ok {
		return choice{}, errNoCards
	}
	return choice{c, formOf(c.Card, history.Uses[c.Card.ID].Times, cards)}, nil
}

// deck returns the channel's cards, and what its history says about the choice among them.
func (b *Bot) deck(c Channel, now time.Time) ([]knowledge.Card, recall.Channel, error) {
	today := c.Schedule.Day(now)
	h := recall.Channel{Day: string(today), Now: now, Uses: map[knowledge.ID]recall.Use{}}
	cards, err := b.cards(c.Channel)
	if err != nil {
		return nil, h, err
	}
	uses, err := b.Store.Uses(c.Channel)
	if err != nil {
		return nil, h, err
	}
	for id, u := range uses {
		h.Uses[id] = recall.Use{Last: string(u.Last), Times: u.Times}
	}
	last, err := b.Store.LastQuestions(c.Channel, lookBack)
	if err != nil {
		return nil, h, err
	}
	for _, q := range last {
		h.Recent = append(h.Recent, recall.Asked{Card: q.Card.ID, Topic: recall.Topic(q.Card), Review: q.Review})
	}
	answers, err := b.Store.Answers(c.Channel)
	if err != nil {
		return nil, h, err
	}
	for _, as := range answers {
		m := recall.Member{}
		for _, a := range as {
			if a.Day > addDays(today, -activeDays) {
				m.Weight++
			}
		}
		if m.Weight > 0 {
			m.Memories = memories(as)
			h.Members = append(h.Members, m)
		}
	}
	return c.Deck.of(cards), h, nil
}

// memories are what a member's answers left of each card.
func memories(as []store.Answer) map[knowledge.ID]recall.Memory {
	ms := map[knowledge.ID]recall.Memory{}
	for _, a := range as {
		ms[a.Card] = ms[a.Card].Review(a.Score, a.At)
	}
	return ms
}

// practice shows the card that the member is most likely to have forgotten, in private.
func (r request) practice(context.Context, string) (chat.Response, error) {
	answers, err := r.Store.AnswersOf(r.channel.Channel, r.Member.ID)
	if err != nil {
		return chat.Response{}, err
	}
	secret, err := r.secret(true)
	if err != nil {
		return chat.Response{}, err
	}
	cards, err := r.cards(r.channel.Channel)
	if err != nil {
		return chat.Response{}, err
	}
	ms := memories(answers)
	var weakest *knowledge.Card
	least := 2.0
	for _, card := range cards {
		m, answered := ms[card.ID]
		if !answered || isSecret(card, secret) || m.Last.After(r.At.Add(-12*time.Hour)) {
			continue
		}
		if recalled, known := m.Retrievability(r.At); known && recalled < least {
			weakest, least = &card, recalled
		}
	}
	if weakest == nil {
		return say(r.words.nothingDue), nil
	}
	m := r.channel.bare(asPractice(*weakest))
	m.Title = r.words.practice
	m.Buttons = []chat.Button{{Action: "practise " + string(weakest.ID), Label: r.words.answerButton, Primary: true}}
	return private(m), nil
}

// practiseForm asks for an answer in private.
func (r request) practiseForm(id knowledge.ID) (chat.Response, error) {
	card, why, err := r.practised(id)
	if why != "" || err != nil {
		return say(why), err
	}
	return chat.Response{Form: &chat.Form{Action: "practise " + string(id), Title: r.words.formTitle,
		Fields: []chat.Field{{Name: answerField, Label: shorten(card.Question, 45), Long: true}}}}, nil
}

// practise grades an answer given in private, for the member's own memory.
func (r request) practise(id knowledge.ID, text string) (chat.Response, error) {
	card, why, err := r.practised(id)
	if text = strings.TrimSpace(text); text == "" {
		why = cmp.Or(why, r.words.staleButton)
	}
	if why != "" || err != nil {
		return say(why), err
	}
	q := asPractice(card)
	if !fits(q, text) {
		return sayf(r.words.wrongForm, r.words.how(q)), nil
	}
	g := r.gradeText(q, text)
	day := r.channel.Schedule.Day(r.At)
	if err := r.Store.Practise(r.channel.Channel, r.Member.ID, store.Practice{Card: id, Day: day, Score: g.Score, At: r.At}); err != nil {
		return chat.Response{}, err
	}
	m := r.graded(card, g)
	m.Blocks = append(m.Blocks, chat.Passage{Text: r.words.clip(reference(q), card)})
	return private(m), nil
}

// practised is the card that a button of practice names; why says why there is none. A card that an open question
// asks is not shown before the member answered that.
func (r request) practised(id knowledge.ID) (card knowledge.Card, why string, err error) {
	cards, err := r.cards(r.channel.Channel)
	if err != nil {
		return card, "", err
	}
	i := slices.IndexFunc(cards, func(c knowledge.Card) bool { return c.ID == id })
	if i < 0 {
		return card, r.words.staleButton, nil
	}
	secret, err := r.secret(true)
	if isSecret(cards[i], secret) {
		why = fmt.Sprintf(r.words.embargo, r.typed("answer"))
	}
	return cards[i], why, err
}

// had takes the member's word that an answer was known, whatever its grade: it counts for the
// member's own memory, not for points.
func (r request) had(id store.QuestionID) (chat.Response, error) {
	r, q, err := r.about(id)
	if err != nil {
		return chat.Response{}, err
	}
	err = r.Store.Practise(r.channel.Channel, r.Member.ID, store.Practice{Card: q.Card.ID, Day: q.Day, Score: 1, At: r.At, Had: true})
	return say(r.words.hadIt), err
}
