package bot

import (
	"fmt"
	"slices"
	"strings"

	"studybot/bot/chat"
)

// Names of the fields of the form of settings; it has room for five.
const (
	zoneField     = "zone"
	timesField    = "times"
	daysField     = "days"
	languageField = "language"
	deckField     = "deck"
)

// formFields are the names of the form's fields, in order.
var formFields = []string{zoneField, timesField, daysField, languageField, deckField}

// setupForm shows what is in force for a deck, to be changed.
func (r request) setupForm(deck string) chat.Response {
	values := r.formValues(deck)
	labels := map[string]string{zoneField: r.words.zoneLabel, timesField: r.words.timesLabel, daysField: r.words.daysLabel,
		languageField: r.words.languageLabel, deckField: r.words.deckLabel}
	f := chat.Form{Action: strings.TrimSpace("setup " + deck), Title: r.words.setupForm}
	for _, name := range formFields {
		f.Fields = append(f.Fields, chat.Field{Name: name, Label: labels[name], Value: values[name]})
	}
	return chat.Response{Form: &f}
}

// formValues are the values of the form as it is shown: what is in force.
func (r request) formValues(deck string) map[string]string {
	c := r.in(r.channel.Channel).channel
	for _, d := range r.Bot.decks() {
		if d.Channel == c.Channel && d.Deck.Name == deck {
			c = d
		}
	}
	c.Deck.Name = deck
	s := c.Schedule
	times := s.Post.String() + "-" + s.Reveal.String()
	if s.Reminder != nil {
		times += " " + s.Reminder.String()
	}
	name := strings.TrimSpace(strings.Join([]string{c.Deck.Name, r.words.filter(c.Deck)}, " "))
	return map[string]string{
		zoneField: s.zone().String(), timesField: times, daysField: s.Days.String() + " " + nameOf(s.Calendar, r.calendars()),
		languageField: string(r.public.language) + " " + string(c.Threads), deckField: name,
	}
}

// submitSetup takes in the form of a deck: what was changed in it is set, and the deck is on.
func (r request) submitSetup(deck string, values map[string]string) (chat.Response, error) {
	if !r.Admin {
		return sayf(r.words.adminsOnly, r.typed("setup")), nil
	}
	before := r.formValues(deck)
	c := change{deck: deck, onOff: "on", values: map[string]string{}}
	for _, name := range formFields {
		now := strings.Join(strings.Fields(values[name]), " ")
		if now == before[name] {
			continue
		}
		if err := r.readField(&c, name, now); err != nil {
			return say(err.Error()), nil
		}
	}
	return r.change(c)
}

// readField reads a field of the form that was changed.
func (r request) readField(c *change, name, value string) error {
	switch name {
	case timesField:
		return r.readTimes(c, value)
	case daysField:
		var days []string
		for _, word := range strings.Fields(strings.ReplaceAll(unwiden(value), ",", " ")) {
			if _, ok := r.calendars()[word]; ok {
				c.values["calendar"] = word
			} else {
				days = append(days, word)
			}
		}
		c.values["days"] = strings.Join(days, ",")
	case languageField:
		var language []string
		for _, word := range strings.Fields(strings.ReplaceAll(unwiden(value), ",", " ")) {
			if slices.Contains(threadWords, Threads(word)) {
				c.values["threads"] = word
			} else {
				language = append(language, word)
			}
		}
		c.values["language"] = strings.Join(language, " ")
	case deckField:
		return r.readDeck(c, value)
	default:
		c.values[name] = value
	}
	return nil
}

// readTimes reads "09:00-18:00" and, behind it, the time of the reminder or none.
func (r request) readTimes(c *change, value string) error {
	words := strings.Fields(strings.NewReplacer(" - ", "-", ",", " ").Replace(unwiden(value)))
	wrong := refusal(fmt.Sprintf(r.words.wrongSetting, timesField, shorten(value, 40), r.words.wrongTimes))
	if len(words) == 0 || len(words) > 2 {
		return wrong
	}
	post, reveal, ok := strings.Cut(words[0], "-")
	if !ok {
		return wrong
	}
	c.values["post"], c.values["reveal"], c.values["reminder"] = post, reveal, "off"
	if len(words) == 2 {
		c.values["reminder"] = words[1]
	}
	return nil
}

// readDeck reads a deck's name and, behind it, its filter; "" is the channel's own.
func (r request) readDeck(c *change, value string) error {
	name, filter, _ := strings.Cut(strings.ReplaceAll(value, "＝", "="), " ")
	if strings.Contains(name, "=") {
		name, filter = "", value
	}
	parsed, err := r.parseChange(filter)
	if err != nil {
		return err
	}
	c.deck = name
	for setting, v := range parsed.values {
		c.values[setting] = v
	}
	if parsed.onOff != "" {
		c.onOff = parsed.onOff
	}
	return nil
}
