package bot

import (
	"context"
	"errors"
	"slices"
	"strconv"
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

// choose takes the card that the channel is asked next.
func (b *Bot) choose(c Channel, now time.Time) (recall.Choice, error) {
	cards, history, err := b.deck(c, now)
	if err != nil {
		return recall.Choice{}, err
	}
	choice, ok := recall.Choose(cards, history)
	if !ok {
		return choice, errNoCards
	}
	return choice, nil
}

// deck returns the channel's cards, and what its history says about the choice among them.
func (b *Bot) deck(c Channel, now time.Time) ([]knowledge.Card, recall.Channel, error) {
	today := c.Schedule.Day(now)
	h := recall.Channel{Day: string(today), Now: now, Uses: map[knowledge.ID]recall.Use{}}
	suggested, err := b.Store.Suggested(c.Channel)
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
		m := recall.Member{Memories: memories(as)}
		for _, a := range as {
			if a.Day > addDays(today, -activeDays) {
				m.Weight++
			}
		}
		if m.Weight > 0 {
			h.Members = append(h.Members, m)
		}
	}
	return slices.Concat(b.Notes.Cards(), suggested), h, nil
}

// memories are what a member's answers left of each card.
func memories(as []store.Answer) map[knowledge.ID]recall.Memory {
	ms := map[knowledge.ID]recall.Memory{}
	for _, a := range as {
		ms[a.Card] = ms[a.Card].Review(a.Score, a.At)
	}
	return ms
}

// maxPreview is how many days can be previewed.
const maxPreview = 31

// preview shows what the next days will be asked, if nobody answers until then.
func (r request) preview(_ context.Context, args string) (chat.Response, error) {
	n := 7
	if args != "" {
		var err error
		if n, err = strconv.Atoi(args); err != nil || n < 1 || n > maxPreview {
			return sayf(r.words.previewWhat, r.typed("preview"), maxPreview), nil
		}
	}
	cards, h, err := r.deck(r.channel, r.At)
	if err != nil {
		return chat.Response{}, err
	}
	days, err := r.nextDays(n)
	if err != nil {
		return chat.Response{}, err
	}
	list := chat.List{}
	for i, c := range recall.Preview(cards, h, days) {
		list.Items = append(list.Items, chat.Item{Mark: days[i], Text: shorten(c.Card.Question, 60), Note: c.Why})
	}
	if len(list.Items) == 0 {
		return say(r.words.noCards), nil
	}
	fresh := 0
	for _, c := range cards {
		if _, asked := h.Uses[c.ID]; c.Askable() && !asked {
			fresh++
		}
	}
	return private(chat.Message{Title: r.words.previewTitle, Blocks: []chat.Block{list}, Context: r.words.count(r.words.newCards, fresh)}), nil
}

// nextDays are the next n days that will have a question.
func (r request) nextDays(n int) (days []string, err error) {
	for at := r.At; len(days) < n; {
		at, err = r.channel.Schedule.upcoming(at, func(d store.Day) (bool, error) { return r.taken(r.channel.Channel, d) })
		if err != nil {
			return nil, err
		}
		days = append(days, string(r.channel.Schedule.Day(at)))
	}
	return days, nil
}

// dryAt is how many new cards are left when those who run the bot are warned.
const dryAt = 10

// warnDry logs that a channel is running out of new cards.
func (b *Bot) warnDry(c Channel) {
	uses, err := b.Store.Uses(c.Channel)
	if err != nil {
		return // told by what follows
	}
	fresh := 0
	for _, card := range b.Notes.Cards() {
		if _, asked := uses[card.ID]; card.Askable() && !asked {
			fresh++
		}
	}
	if fresh < dryAt {
		b.Log.Warn("few new cards are left; old ones come more often", "channel", c.String(), "left", fresh)
	}
}

// practice shows the card that the member is most likely to have forgotten, in private.
func (r request) practice(context.Context, string) (chat.Response, error) {
	answers, err := r.Store.Answers(r.channel.Channel)
	if err != nil {
		return chat.Response{}, err
	}
	open, _, err := r.Store.OpenQuestion(r.channel.Channel)
	if err != nil {
		return chat.Response{}, err
	}
	ms := memories(answers[r.Member.ID])
	var weakest *knowledge.Card
	least := 2.0
	for _, card := range r.Notes.Cards() {
		m, answered := ms[card.ID]
		if !answered || card.ID == open.Card.ID || m.Last.After(r.At.Add(-12*time.Hour)) {
			continue
		}
		if recalled, known := m.Retrievability(r.At); known && recalled < least {
			weakest, least = &card, recalled
		}
	}
	if weakest == nil {
		return say(r.words.nothingDue), nil
	}
	m := r.channel.bare(store.Question{Card: *weakest})
	m.Title = r.words.practice
	m.Buttons = []chat.Button{{Action: "practise " + string(weakest.ID), Label: r.words.answerButton, Primary: true}}
	return private(m), nil
}

// practiseForm asks for an answer in private.
func (r request) practiseForm(id knowledge.ID) (chat.Response, error) {
	card, ok := r.card(id)
	if !ok {
		return say(r.words.staleButton), nil
	}
	return chat.Response{Form: &chat.Form{Action: "practise " + string(id), Title: r.words.formTitle,
		Fields: []chat.Field{{Name: answerField, Label: shorten(card.Question, 45), Long: true}}}}, nil
}

// practise grades an answer given in private, for the member's own memory.
func (r request) practise(id knowledge.ID, text string) (chat.Response, error) {
	card, ok := r.card(id)
	if text = strings.TrimSpace(text); !ok || text == "" {
		return say(r.words.staleButton), nil
	}
	g := gradeReply(card, nil, text)
	day := r.channel.Schedule.Day(r.At)
	if err := r.Store.Practise(r.channel.Channel, r.Member.ID, store.Practice{Card: id, Day: day, Score: g.Score, At: r.At}); err != nil {
		return chat.Response{}, err
	}
	m := r.graded(card, g)
	m.Blocks = append(m.Blocks, chat.Passage{Text: r.words.clip(r.channel.reference(card), card)})
	return private(m), nil
}

func (r request) card(id knowledge.ID) (knowledge.Card, bool) {
	cards := r.Notes.Cards()
	i := slices.IndexFunc(cards, func(c knowledge.Card) bool { return c.ID == id })
	if i < 0 {
		return knowledge.Card{}, false
	}
	return cards[i], true
}

// had takes the member's word that an answer was known, whatever its grade: it counts for the
// member's own memory, not for points.
func (r request) had(id store.QuestionID) (chat.Response, error) {
	q, err := r.Store.Question(id)
	if errors.Is(err, store.ErrUnknown) {
		return say(r.words.staleButton), nil
	}
	if err != nil {
		return chat.Response{}, err
	}
	err = r.Store.Practise(r.channel.Channel, r.Member.ID, store.Practice{Card: q.Card.ID, Day: q.Day, Score: 1, At: r.At, Had: true})
	return say(r.words.hadIt), err
}
