package bot

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"studybot/bot/calendar"
	"studybot/store"
)

// A Schedule says when a channel has its question of the day. Times are local to Zone.
type Schedule struct {
	Zone   *time.Location // nil means UTC
	Post   Clock
	Reveal Clock    // at or before Post means on the next day
	Days   Weekdays // the working days of a usual week

	Reminder *Clock // between Post and Reveal; nil for none

	Calendar *calendar.Table // holidays and make-up working days, which count over Days; nil for none
}

// DefaultSchedule posts at 09:00 and reveals at 18:00, Monday to Friday.
func DefaultSchedule(zone *time.Location) Schedule {
	return Schedule{Zone: zone, Post: Clock{9, 0}, Reveal: Clock{18, 0}, Days: mondayToFriday}
}

// A Clock is a time of day.
type Clock struct{ Hour, Minute int }

func (c Clock) String() string { return fmt.Sprintf("%02d:%02d", c.Hour, c.Minute) }

func (c Clock) minutes() int { return c.Hour*60 + c.Minute }

// ParseClock reads a time of day such as "09:00".
func ParseClock(s string) (Clock, error) {
	t, err := time.Parse("15:04", strings.TrimSpace(s))
	if err != nil {
		return Clock{}, fmt.Errorf("%q is no time of day: write it as 09:00", s)
	}
	return Clock{t.Hour(), t.Minute()}, nil
}

// Weekdays is a set of days of the week: bit 0 is Sunday.
type Weekdays uint8

const mondayToFriday Weekdays = 0b0111110

var weekdayNames = [7]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// Has reports whether d is in the set.
func (w Weekdays) Has(d time.Weekday) bool { return w&(1<<d) != 0 }

// String names the days from Monday on; three and more running as a range.
func (w Weekdays) String() string {
	var names []string
	for i := 0; i < 7; i++ {
		last := i
		for last < 7 && w.Has(time.Weekday((last+1)%7)) {
			last++
		}
		switch n := last - i; {
		case n >= 3:
			names = append(names, weekdayNames[(i+1)%7]+"-"+weekdayNames[last%7])
			i = last
		case n > 0:
			names = append(names, weekdayNames[(i+1)%7])
		}
	}
	return strings.Join(names, ",")
}

// ParseWeekdays reads names and ranges of days, such as "mon-fri" or "mon,wed,fri". At
// least one day must be named.
func ParseWeekdays(s string) (Weekdays, error) {
	var w Weekdays
	for part := range strings.SplitSeq(strings.ToLower(s), ",") {
		from, to, isRange := strings.Cut(strings.TrimSpace(part), "-")
		first, ok := weekday(from)
		last := first
		if isRange && ok {
			last, ok = weekday(to)
		}
		if !ok {
			return 0, fmt.Errorf("%q names no days: write them as mon-fri or mon,wed,fri", s)
		}
		for d := first; ; d = (d + 1) % 7 {
			w |= 1 << d
			if d == last {
				break
			}
		}
	}
	return w, nil
}

func weekday(s string) (time.Weekday, bool) {
	s = strings.TrimSpace(s)
	for i, name := range weekdayNames {
		if strings.HasPrefix(s, name) && strings.HasPrefix(strings.ToLower(time.Weekday(i).String()), s) {
			return time.Weekday(i), true
		}
	}
	return 0, false
}

// Check returns an error where the schedule has no working day, or a reminder that is not between post and reveal.
func (s Schedule) Check() error {
	if s.Days == 0 {
		return errors.New("no working day is set: write them as mon-fri")
	}
	if s.Reminder != nil {
		open := minutesAfter(s.Post, s.Reveal)
		if after := minutesAfter(s.Post, *s.Reminder); after == 0 || open > 0 && after >= open {
			return fmt.Errorf("the reminder at %s is not between %s and %s", s.Reminder, s.Post, s.Reveal)
		}
	}
	return nil
}

// minutesAfter is how long after a the clock shows b, below a day.
func minutesAfter(a, b Clock) int { return (b.minutes() - a.minutes() + 24*60) % (24 * 60) }

// reminder is when members are reminded, as people write it.
func (s Schedule) reminder() string {
	if s.Reminder == nil {
		return "off"
	}
	return s.Reminder.String()
}

func (s Schedule) zone() *time.Location {
	if s.Zone == nil {
		return time.UTC
	}
	return s.Zone
}

// Day is the channel's date at t.
func (s Schedule) Day(t time.Time) store.Day {
	return store.Day(t.In(s.zone()).Format(time.DateOnly))
}

// Works reports whether d is a working day. A day worked to make up for a holiday is one where all days from Monday to
// Friday are; a schedule of some days of the week keeps to these.
func (s Schedule) Works(d store.Day) bool {
	switch mark, _, _ := s.Calendar.Of(string(d)); mark {
	case calendar.Off:
		return false
	case calendar.Working:
		if s.Days&mondayToFriday == mondayToFriday {
			return true
		}
	}
	return s.Days.Has(midday(d).Weekday())
}

// Covered reports whether the calendar, where there is one, knows the year of d. Where it does not,
// every week counts as usual.
func (s Schedule) Covered(d store.Day) bool {
	if s.Calendar == nil {
		return true
	}
	_, _, covered := s.Calendar.Of(string(d))
	return covered
}

// PostAt is when the question of day d is due.
func (s Schedule) PostAt(d store.Day) time.Time { return s.at(d, s.Post) }

// RevealAt is when the question of day d is revealed. On a night when the clocks go forward over both
// moments it keeps its distance from PostAt.
func (s Schedule) RevealAt(d store.Day) time.Time {
	on := d
	if s.RevealAfterMidnight() {
		on = next(d)
	}
	post, reveal := s.PostAt(d), s.at(on, s.Reveal)
	if reveal.After(post) {
		return reveal
	}
	return post.Add(time.Duration(minutesAfter(s.Post, s.Reveal)) * time.Minute)
}

// RemindAt is when members are reminded of the question of day d, between PostAt and RevealAt; false where they are
// not. On a night when the clocks go forward over the moment it keeps its distance from PostAt, or is left out.
func (s Schedule) RemindAt(d store.Day) (at time.Time, ok bool) {
	if s.Reminder == nil {
		return at, false
	}
	on := d
	if s.Reminder.minutes() <= s.Post.minutes() {
		on = next(d)
	}
	post := s.PostAt(d)
	if at = s.at(on, *s.Reminder); !at.After(post) {
		at = post.Add(time.Duration(minutesAfter(s.Post, *s.Reminder)) * time.Minute)
	}
	return at, at.Before(s.RevealAt(d))
}

// RevealAfterMidnight reports whether a question is revealed on the day after it was posted.
func (s Schedule) RevealAfterMidnight() bool {
	return s.Reveal.minutes() <= s.Post.minutes()
}

// at is the moment of c on day d. Of an hour that comes twice in autumn, the first is taken;
// an hour that clocks skip in spring is counted as if they had not been changed yet, which they
// show as one hour later.
func (s Schedule) at(d store.Day, c Clock) time.Time {
	y, m, day := midday(d).Date()
	wall := time.Date(y, m, day, c.Hour, c.Minute, 0, 0, time.UTC)
	_, before := wall.Add(-24 * time.Hour).In(s.zone()).Zone()
	_, after := wall.Add(24 * time.Hour).In(s.zone()).Zone()
	first := wall.Add(-time.Duration(before) * time.Second).In(s.zone())
	second := wall.Add(-time.Duration(after) * time.Second).In(s.zone())
	if shows(first, c) || !shows(second, c) {
		return first
	}
	return second
}

func shows(t time.Time, c Clock) bool { return t.Hour() == c.Hour && t.Minute() == c.Minute }

// leastOpen is how long a question has to be open to be worth asking: an hour, or half of the
// time between post and reveal where that is less.
func (s Schedule) leastOpen(d store.Day) time.Duration {
	return min(time.Hour, s.RevealAt(d).Sub(s.PostAt(d))/2)
}

// closes is when a question is revealed: at its own day's reveal; one that was asked too late for that, an extra one
// or one whose zone or hours were changed since, when the next question of the day is due.
func (s Schedule) closes(q store.Question) time.Time {
	end := s.RevealAt(q.Day)
	if !end.Before(q.At.Add(s.leastOpen(q.Day))) {
		return end
	}
	for d := q.Day; ; d = next(d) {
		if at := s.PostAt(d); s.Works(d) && at.After(q.At) {
			return at
		}
	}
}

// due reports whether the question of day d is to be asked at now: from its hour, as long as
// there is time left to answer it.
func (s Schedule) due(d store.Day, now time.Time) bool {
	return s.Works(d) && !now.Before(s.PostAt(d)) && !now.After(s.RevealAt(d).Add(-s.leastOpen(d)))
}

// lately are the working days whose hour has come, of those that may still matter at now: the last
// one before today, and today.
func (s Schedule) lately(now time.Time) (days []store.Day) {
	today := s.Day(now)
	for d := addDays(today, -1); d > addDays(today, -15); d = addDays(d, -1) {
		if s.Works(d) {
			days = append(days, d)
			break
		}
	}
	if s.Works(today) && !now.Before(s.PostAt(today)) {
		days = append(days, today)
	}
	return days
}

// upcoming is when the next question of the day is due after now, for days that are not taken.
func (s Schedule) upcoming(now time.Time, taken func(store.Day) (bool, error)) (time.Time, error) {
	for d := s.Day(now); ; d = next(d) {
		at := s.PostAt(d)
		if !s.Works(d) || !at.After(now) {
			continue
		}
		is, err := taken(d)
		if err != nil || !is {
			return at, err
		}
	}
}

func midday(d store.Day) time.Time {
	t, _ := time.Parse(time.DateOnly, string(d)) // days come from Day
	return t.Add(12 * time.Hour)
}

func next(d store.Day) store.Day { return addDays(d, 1) }

func addDays(d store.Day, n int) store.Day {
	return store.Day(midday(d).AddDate(0, 0, n).Format(time.DateOnly))
}
