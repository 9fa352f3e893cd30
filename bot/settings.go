package bot

import (
	"errors"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"studybot/bot/calendar"
	"studybot/store"
)

// A setting is one line of the table of what can be set in a channel.
type setting struct {
	name     string
	whole    bool // of the whole channel, not of a deck
	verbatim bool // a value has the marks of the notes, not those of times
	field    func(*store.Settings) *string
	show     func(Channel, map[string]*calendar.Table) string                           // as it is in force
	apply    func(c *Channel, value string, calendars map[string]*calendar.Table) error // the error is for nobody's eyes
	wrong    func(*words) string                                                        // what a value looks like
}

var errSetting = errors.New("not understood")

func settings() []setting {
	return []setting{
		{"zone", true, false, func(s *store.Settings) *string { return &s.Zone },
			func(c Channel, _ map[string]*calendar.Table) string { return c.Schedule.zone().String() },
			applyZone, func(w *words) string { return w.wrongZone }},
		{"post", false, false, func(s *store.Settings) *string { return &s.Post },
			func(c Channel, _ map[string]*calendar.Table) string { return c.Schedule.Post.String() },
			func(c *Channel, v string, _ map[string]*calendar.Table) (err error) {
				c.Schedule.Post, err = ParseClock(v)
				return err
			}, func(w *words) string { return w.wrongClock }},
		{"reveal", false, false, func(s *store.Settings) *string { return &s.Reveal },
			func(c Channel, _ map[string]*calendar.Table) string { return c.Schedule.Reveal.String() },
			func(c *Channel, v string, _ map[string]*calendar.Table) (err error) {
				c.Schedule.Reveal, err = ParseClock(v)
				return err
			}, func(w *words) string { return w.wrongClock }},
		{"reminder", false, false, func(s *store.Settings) *string { return &s.Reminder },
			func(c Channel, _ map[string]*calendar.Table) string { return c.Schedule.reminder() },
			applyReminder, func(w *words) string { return w.wrongReminder }},
		{"days", false, false, func(s *store.Settings) *string { return &s.Days },
			func(c Channel, _ map[string]*calendar.Table) string { return c.Schedule.Days.String() },
			func(c *Channel, v string, _ map[string]*calendar.Table) (err error) {
				c.Schedule.Days, err = ParseWeekdays(v)
				return err
			}, func(w *words) string { return w.wrongDays }},
		{"calendar", true, false, func(s *store.Settings) *string { return &s.Calendar },
			func(c Channel, cals map[string]*calendar.Table) string { return nameOf(c.Schedule.Calendar, cals) },
			applyCalendar, func(w *words) string { return w.wrongCalendar }},
		{"language", true, false, func(s *store.Settings) *string { return &s.Language },
			func(c Channel, _ map[string]*calendar.Table) string { return string(c.Language) },
			applyLanguage, func(w *words) string { return w.wrongLanguage }},
		{"threads", true, false, func(s *store.Settings) *string { return &s.Threads },
			func(c Channel, _ map[string]*calendar.Table) string { return string(c.Threads) },
			applyThreads, func(w *words) string { return w.wrongThreads }},
		{"folder", false, true, func(s *store.Settings) *string { return &s.Folder },
			func(c Channel, _ map[string]*calendar.Table) string { return c.Deck.Folder },
			func(c *Channel, v string, _ map[string]*calendar.Table) error { c.Deck.Folder = v; return nil },
			func(w *words) string { return w.wrongDeck }},
		{"topic", false, true, func(s *store.Settings) *string { return &s.Topic },
			func(c Channel, _ map[string]*calendar.Table) string { return c.Deck.Topic },
			func(c *Channel, v string, _ map[string]*calendar.Table) error { c.Deck.Topic = v; return nil },
			func(w *words) string { return w.wrongDeck }},
	}
}

// with is c as the settings have it. Where one is not understood it returns the first such, and that keeps its value.
func (c Channel) with(s store.Settings, calendars map[string]*calendar.Table) (Channel, *setting) {
	c.off = s.Off
	if s.At.After(c.since) {
		c.since = s.At
	}
	c.set = s
	var wrong *setting
	for _, line := range settings() {
		v := *line.field(&s)
		if v == "" {
			continue
		}
		changed := c
		if err := line.apply(&changed, v, calendars); err == nil {
			c = changed
		} else if wrong == nil {
			wrong = &line
		}
	}
	if wrong == nil && c.Schedule.Check() != nil {
		i := slices.IndexFunc(settings(), func(s setting) bool { return s.name == "reminder" })
		wrong = &settings()[i]
		c.Schedule.Reminder = nil
	}
	return c, wrong
}

func applyZone(c *Channel, v string, _ map[string]*calendar.Table) error {
	zone, err := time.LoadLocation(v)
	if err != nil || v == "Local" || v == "" {
		return errSetting
	}
	c.Schedule.Zone = zone
	return nil
}

func applyReminder(c *Channel, v string, _ map[string]*calendar.Table) error {
	if v == "off" {
		c.Schedule.Reminder = nil
		return nil
	}
	at, err := ParseClock(v)
	c.Schedule.Reminder = &at
	return err
}

func applyCalendar(c *Channel, v string, calendars map[string]*calendar.Table) error {
	table, ok := calendars[v]
	if !ok {
		return errSetting
	}
	c.Schedule.Calendar = table
	return nil
}

func nameOf(table *calendar.Table, calendars map[string]*calendar.Table) string {
	for name, t := range calendars {
		if t == table {
			return name
		}
	}
	return "none"
}

func applyLanguage(c *Channel, v string, _ map[string]*calendar.Table) error {
	c.Language = Language(v)
	if c.Language != English && c.Language != Chinese {
		return errSetting
	}
	return nil
}

// threadWords are what threads may be for.
var threadWords = []Threads{ForAnswers, ForTalk, NoThreads}

func applyThreads(c *Channel, v string, _ map[string]*calendar.Table) error {
	c.Threads = Threads(v)
	if !slices.Contains(threadWords, c.Threads) {
		return errSetting
	}
	return nil
}

// isDeckName reports whether a deck may have a name: letters, digits, - and _, at most 20 of them.
func isDeckName(s string) bool {
	return s != "" && utf8.RuneCountInString(s) <= 20 && strings.IndexFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '_'
	}) < 0
}
