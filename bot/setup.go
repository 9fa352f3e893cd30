package bot

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"studybot/bot/chat"
	"studybot/store"
)

// maxDecks is how many decks a channel may have.
const maxDecks = 10

// A change is what an admin wants to be set: values by the name of their setting, of a deck.
type change struct {
	deck   string
	onOff  string // "on", "off", or "" for as it was set; what was never set is on
	values map[string]string
}

// A refusal says, in the admin's language, why a change cannot be made.
type refusal string

func (r refusal) Error() string { return string(r) }

// setup shows the form of the channel's settings, or of a deck's, or changes what is given as "zone=Asia/Shanghai".
func (r request) setup(_ context.Context, args string) (chat.Response, error) {
	if r.apart() && !r.scheduled {
		return sayf(r.words.setupWhere, r.typed("setup")), nil
	}
	c, err := r.parseChange(args)
	if err != nil {
		return say(err.Error()), nil
	}
	if c.onOff == "" && len(c.values) == 0 {
		return r.setupForm(c.deck), nil
	}
	return r.change(c)
}

// parseChange reads settings as they are typed: name=value, in any order; a value goes on up to the next name. The
// words on and off stand for themselves.
func (r request) parseChange(args string) (change, error) {
	c := change{values: map[string]string{}}
	last := ""
	for _, word := range strings.Fields(strings.ReplaceAll(args, "＝", "=")) {
		name, value, isNew := strings.Cut(word, "=")
		name = strings.ToLower(name)
		switch {
		case isNew && name == "deck":
			c.deck, last = value, ""
		case isNew:
			if name == "tag" {
				name = "topic"
			}
			if !slices.ContainsFunc(settings(), func(s setting) bool { return s.name == name }) {
				return c, refusal(fmt.Sprintf(r.words.unknownSetting, shorten(name, 30), r.typed("setup")))
			}
			c.values[name], last = value, name
		case name == "on" || name == "off":
			c.onOff = name
		case last != "":
			c.values[last] += " " + word
		default:
			return c, refusal(fmt.Sprintf(r.words.unknownSetting, shorten(word, 30), r.typed("setup")))
		}
	}
	return c, nil
}

// unwiden writes the marks of a Chinese keyboard, and days in Chinese, as times and days are written.
var unwiden = strings.NewReplacer("星期", "", "周", "", "礼拜", "", "一", "mon", "二", "tue", "三", "wed", "四", "thu", "五", "fri", "六", "sat", "日", "sun", "天", "sun", "到", "-", "：", ":", "，", ",", "、", ",", "－", "-", "–", "-", "—", "-", "～", "-", "~", "-", "至", "-", "\u3000", " ").Replace

// settingsOf is what was set for a deck, and whether there is such a deck.
func (r request) settingsOf(deck string) (store.Settings, bool) {
	for _, c := range r.Bot.decks() {
		if c.Channel == r.channel.Channel && c.Deck.Name == deck {
			return c.set, true
		}
	}
	return store.Settings{Deck: deck}, false
}

// change makes a change, and says what is in force then.
func (r request) change(c change) (chat.Response, error) {
	r.acting.Lock()
	defer r.acting.Unlock()
	own, deck, err := r.changed(c)
	if err != nil {
		return say(err.Error()), nil
	}
	before, _ := r.settingsOf("")
	if c.deck != "" && own != before {
		own.Off = r.channel.off // as it is: this is about the deck
	}
	if c.deck == "" || own != before {
		if err := r.Store.Set(r.channel.Channel, own, string(r.Member.ID), r.At); err != nil {
			return chat.Response{}, err
		}
	}
	if c.deck != "" {
		if err := r.Store.Set(r.channel.Channel, deck, string(r.Member.ID), r.At); err != nil {
			return chat.Response{}, err
		}
	}
	if err := r.load(); err != nil {
		return chat.Response{}, err
	}
	return r.inForce()
}

// changed returns the settings of the channel's own deck and of the changed deck as they will be; an error is a refusal.
func (r request) changed(c change) (own, deck store.Settings, err error) {
	own, _ = r.settingsOf("")
	deck, there := r.settingsOf(c.deck)
	switch {
	case c.deck != "" && !isDeckName(c.deck):
		return own, deck, refusal(fmt.Sprintf(r.words.deckName, shorten(c.deck, 30)))
	case c.deck != "" && !there && c.onOff == "off":
		return own, deck, refusal(r.noDeck(c.deck))
	case c.deck != "" && !there && len(r.decksOf(r.channel.Channel)) >= maxDecks:
		return own, deck, refusal(fmt.Sprintf(r.words.tooManyDecks, maxDecks))
	}
	for _, line := range settings() {
		value, given := c.values[line.name]
		if !given {
			continue
		}
		to := &deck
		if line.whole || c.deck == "" {
			to = &own
		}
		if value = strings.TrimSpace(value); !line.verbatim {
			value = unwiden(value)
		}
		if value == "" {
			return own, deck, refusal(r.wrongValue(line, value))
		}
		*line.field(to) = value
	}
	if c.deck == "" {
		own.Off = c.onOff == "off" || c.onOff == "" && own.Off
		deck = own
	} else {
		deck.Off = c.onOff == "off" || c.onOff == "" && deck.Off
	}
	return own, deck, r.refuse(c, own, deck)
}

// refuse says why settings cannot be, nil where they can.
func (r request) refuse(c change, own, deck store.Settings) error {
	base := r.unset(r.channel.Channel)
	for _, configured := range r.Channels {
		if configured.Channel == base.Channel {
			base = configured
		}
	}
	will, wrong := base.with(own, r.calendars())
	if wrong == nil && c.deck != "" {
		will.Deck = Deck{Name: c.deck}
		will, wrong = will.with(deck, r.calendars())
	}
	if wrong != nil {
		in := cmp.Or(c.values[wrong.name], *wrong.field(&deck), *wrong.field(&own), wrong.show(base, r.calendars()))
		return refusal(r.wrongValue(*wrong, in))
	}
	if !deck.Off && will.Deck.askable(r.Notes.Cards()) == 0 && will.Deck != (Deck{}) {
		return refusal(fmt.Sprintf(r.words.emptyDeck, r.words.filter(will.Deck)))
	}
	return nil
}

// wrongValue names the setting and says what to write.
func (r request) wrongValue(line setting, value string) string {
	return fmt.Sprintf(r.words.wrongSetting, line.name, shorten(strings.TrimSpace(value), 40), line.wrong(r.words))
}

// inForce says what is set in the channel, where that comes from, and what comes next.
func (r request) inForce() (chat.Response, error) {
	r = r.in(r.channel.Channel)
	list := chat.List{}
	for _, c := range r.decksOf(r.channel.Channel) {
		list.Items = append(list.Items, chat.Item{Mark: "·", Text: r.describe(c), Note: r.comesFrom(c)})
	}
	s := r.channel.Schedule
	common := strings.Join([]string{s.zone().String(), "calendar=" + nameOf(s.Calendar, r.calendars()), "language=" + string(r.public.language), "threads=" + string(r.channel.Threads)}, " ")
	list.Items = append(list.Items, chat.Item{Mark: "·", Text: "zone=" + common, Note: r.comesFrom(r.channel)})
	text, err := r.comesNext()
	m := chat.Message{Title: r.words.setupTitle, Blocks: []chat.Block{list, chat.Text(text)}}
	if r.Barred {
		m.Blocks = append(m.Blocks, chat.Text(r.words.barred))
	}
	if n := r.networks[r.channel.Network]; n != nil && !n.Hears() && r.channel.Threads == ForAnswers {
		m.Blocks = append(m.Blocks, chat.Text(fmt.Sprintf(r.words.unheard, r.typed("answer"))))
	}
	return private(m), err
}

// comesNext says when the next question comes, and that it comes now where its hour is there already.
func (r request) comesNext() (string, error) {
	for _, c := range r.decksOf(r.channel.Channel) {
		today := c.Schedule.Day(r.At)
		taken, err := r.taken(c, today)
		if err != nil {
			return "", err
		}
		_, open, err := r.Store.OpenIn(c.Channel, c.Deck.Name)
		if err != nil {
			return "", err
		}
		if !taken && !open && c.Schedule.due(today, r.At) {
			return r.words.comesNow, nil
		}
	}
	return r.nextQuestion()
}

// describe is a deck as its settings are typed.
func (r request) describe(c Channel) string {
	parts := []string{}
	if c.Deck.Name != "" {
		parts = append(parts, "deck="+c.Deck.Name)
	}
	for _, line := range settings() {
		if v := line.show(c, r.calendars()); !line.whole && v != "" {
			parts = append(parts, line.name+"="+v)
		}
	}
	return strings.Join(parts, " ")
}

// comesFrom says who set a deck, or that it is as it is configured.
func (r request) comesFrom(c Channel) string {
	if c.set.At.IsZero() {
		return r.words.asConfigured
	}
	return fmt.Sprintf(r.words.setHere, string(c.Schedule.Day(c.set.At)))
}

// filter is which cards a deck holds, as it is typed; "" for all.
func (w *words) filter(d Deck) string {
	var parts []string
	if d.Folder != "" {
		parts = append(parts, "folder="+d.Folder)
	}
	if d.Topic != "" {
		parts = append(parts, "topic="+d.Topic)
	}
	return strings.Join(parts, " ")
}
