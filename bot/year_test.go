package bot

import (
	"strings"
	"testing"
	"time"

	"studybot/bot/calendar"
	"studybot/store"
)

// notices are what the channel was told that is no question, no reminder and no reveal.
func (w *world) notices() (all []string) {
	for _, m := range w.network.messages {
		if text := strings.TrimSpace(read(&m.message)); strings.HasPrefix(text, "No question on") {
			all = append(all, text)
		}
	}
	return all
}

// What was not asked in a pause was not missed, whenever the pause is ended; and who ends it is told what comes.
func TestAPauseIsNotMissed(t *testing.T) {
	tests := []struct{ name, resumed, told string }{
		{"before the hour", "2026-03-12T08:00:00Z", "next one: 09:00"},
		{"with time to answer", "2026-03-12T10:00:00Z", "Today's question comes in a moment"},
		{"too late for the day", "2026-03-12T17:30:00Z", "Friday 13 March, 09:00"},
		{"in the night", "2026-03-12T22:00:00Z", "Friday 13 March, 09:00"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			w.at("2026-03-02T09:00:00Z")
			w.at("2026-03-02T18:00:00Z")
			w.admin("pause", "2026-03-20")
			w.at("2026-03-11T09:00:00Z")
			w.now = moment(t, tt.resumed)
			wantIn(t, read(w.admin("resume", "").Private), tt.told)
			for i := range 5 {
				if err := w.bot.Tick(t.Context(), w.now.Add(time.Duration(i)*5*time.Second)); err != nil {
					t.Fatal(err)
				}
			}
			w.start()
			for end := moment(t, "2026-03-13T09:00:00Z"); w.now.Before(end); {
				if w.now = w.now.Add(time.Hour); w.bot.Tick(t.Context(), w.now) != nil {
					t.Fatalf("no tick at %s", w.now)
				}
			}
			if told := w.notices(); len(told) > 0 {
				t.Errorf("the channel is told %q", told)
			}
		})
	}
}

// Nobody is reminded of a question that was just asked, nor for an hour that was set after it had passed.
func TestNoReminderAtOnce(t *testing.T) {
	w := newWorld(t)
	w.now = moment(t, "2026-03-02T08:00:00Z")
	w.admin("setup", "reminder=16:30")
	w.at("2026-03-02T09:00:00Z")
	for _, m := range []string{"ada", "bob", "cyd"} {
		w.command(m, "answer", "a try")
	}
	w.at("2026-03-02T18:00:00Z")
	w.start()
	w.at("2026-03-03T16:45:00Z") // the bot was down
	w.at("2026-03-03T16:45:05Z")
	if n := w.reminders(); n != 0 {
		t.Errorf("%d reminders of a question that was asked late: %q", n, w.network.titles())
	}
	w.at("2026-03-03T18:00:00Z")
	w.admin("setup", "reminder=off")
	w.at("2026-03-04T09:00:00Z")
	w.now = moment(t, "2026-03-04T15:00:00Z")
	w.admin("setup", "reminder=12:00")
	w.at("2026-03-04T15:00:05Z")
	if n := w.reminders(); n != 0 {
		t.Errorf("%d reminders at an hour that had passed: %q", n, w.network.titles())
	}
}

// A clock that was set back asks nothing for a day of the past; one that was far ahead for a moment does not silence
// the bot.
func TestAClockSetBack(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-04T09:00:00Z")
	w.at("2026-03-04T18:00:00Z")
	for _, past := range []string{"2026-03-03T10:00:00Z", "2026-02-27T16:00:00Z", "2026-02-12T10:00:00Z"} {
		w.at(past)
	}
	if n := len(w.network.messages); n != 2 {
		t.Errorf("messages: %q", w.network.titles())
	}
	w.at("2036-03-04T09:00:00Z")
	w.admin("void", "the clock was wrong")
	w.at("2026-03-05T09:00:00Z")
	if q := w.open(); q.Day != "2026-03-05" {
		t.Errorf("asked for %s", q.Day)
	}
}

// A day worked to make up for a holiday is asked where the whole working week is; a deck of some days of the week keeps to them.
func TestMakeUpDays(t *testing.T) {
	for days, want := range map[string]bool{"mon-fri": true, "mon-sat": true, "mon,wed": false, "fri": false, "sat": true, "sun": false} {
		set, err := ParseWeekdays(days)
		if err != nil {
			t.Fatal(err)
		}
		s := Schedule{Days: set, Calendar: calendar.China()}
		if got := s.Works("2026-02-14"); got != want { // a Saturday
			t.Errorf("%s works on the Saturday: %v, want %v", days, got, want)
		}
	}
}

// The question says when it is revealed, also when that was changed since.
func TestTheRevealIsMoved(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T09:00:00Z")
	w.at("2026-03-02T09:00:05Z")
	w.now = moment(t, "2026-03-02T10:00:00Z")
	w.admin("setup", "reveal=20:00")
	w.at("2026-03-02T10:00:05Z")
	wantIn(t, read(&w.network.messages[0].message), "Reveal: 20:00")
	w.at("2026-03-02T18:00:00Z")
	if n := len(w.network.messages); n != 1 {
		t.Errorf("messages: %q", w.network.titles())
	}
}

// A freeze that is earned back is there at once.
func TestFreezeEarnedBack(t *testing.T) {
	w := newWorld(t)
	for _, day := range []string{"02", "03", "04"} {
		w.at("2026-03-" + day + "T09:00:00Z")
		if day == "02" {
			w.command("ada", "answer", "a try")
		}
		w.at("2026-03-" + day + "T18:00:00Z")
	}
	wantIn(t, read(w.command("ada", "me", "").Private), "Streak: 1 day", "0 of 2 freezes left")
	card := w.notes.Cards()[0].ID
	if err := w.store.Practise(studyChannel, "ada", store.Practice{Card: card, Day: "2026-03-04", Score: 1, At: w.now}); err != nil {
		t.Fatal(err)
	}
	if err := w.store.Practise(studyChannel, "ada", store.Practice{Card: card, Day: "2026-03-05", Score: 1, At: w.now}); err != nil {
		t.Fatal(err)
	}
	wantIn(t, read(w.command("ada", "me", "").Private), "Streak: 1 day", "2 of 2 freezes left")
}

// Where the reveal comes after midnight, the board of the day has what was revealed on it.
func TestTopOfTheDayOverMidnight(t *testing.T) {
	w := newWorld(t)
	w.now = moment(t, "2026-03-02T08:00:00Z")
	w.admin("setup", "post=18:00 reveal=09:00")
	w.at("2026-03-02T18:00:00Z")
	w.command("ada", "answer", "a try")
	wantIn(t, read(w.command("ada", "top", "day").Private), "No points yet")
	w.at("2026-03-03T09:00:00Z")
	wantIn(t, read(w.command("ada", "top", "day").Private), "1 ada 2 1 0")
	w.at("2026-03-04T09:00:00Z")
	wantIn(t, read(w.command("ada", "top", "day").Private), "No points yet")
}

// Of several days that were missed the channel is told once, and each of them is named in the audit list; days off, and
// those in a pause or before a setting, are none of them.
func TestSeveralDaysMissed(t *testing.T) {
	tests := []struct{ name, change, args, back, want string }{
		{"one", "", "", "2026-03-05T08:00:00Z", "No question on 2026-03-04: "},
		{"over a weekend", "", "", "2026-03-11T10:00:00Z", "No question on 2026-03-04 – 2026-03-10: "},
		{"the day itself, too", "", "", "2026-03-06T20:00:00Z", "No question on 2026-03-04 – 2026-03-06: "},
		{"a pause before", "pause", "2026-03-06", "2026-03-11T10:00:00Z", "No question on 2026-03-06 – 2026-03-10: "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			w.at("2026-03-03T09:00:00Z")
			w.at("2026-03-03T18:00:00Z")
			if tt.change != "" {
				w.admin(tt.change, tt.args)
			}
			w.start()
			w.at(tt.back)
			w.at(tt.back)
			w.start()
			w.at(tt.back)
			told := w.notices()
			if len(told) != 1 || !strings.HasPrefix(told[0], tt.want) {
				t.Errorf("the channel is told %q, want %q", told, tt.want)
			}
			day := strings.TrimSuffix(strings.TrimPrefix(tt.want, "No question on "), ": ")
			wantIn(t, read(w.admin("audit", "").Private), day)
			if _, err := w.store.Verify(t.TempDir()); err != nil {
				t.Error(err)
			}
		})
	}
}
