package bot

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"studybot/bot/calendar"
	"studybot/store"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func TestPostAt(t *testing.T) {
	tests := []struct {
		name, zone string
		post       Clock
		day        store.Day
		want       string // UTC
	}{
		{"Shanghai has no summer time", "Asia/Shanghai", Clock{9, 0}, "2026-07-01", "2026-07-01T01:00:00Z"},
		{"Berlin in winter", "Europe/Berlin", Clock{9, 0}, "2026-03-28", "2026-03-28T08:00:00Z"},
		{"Berlin on the day the clocks go forward", "Europe/Berlin", Clock{9, 0}, "2026-03-29", "2026-03-29T07:00:00Z"},
		{"an hour that does not exist is one later", "Europe/Berlin", Clock{2, 30}, "2026-03-29", "2026-03-29T01:30:00Z"},
		{"of an hour that comes twice the first is taken", "Europe/Berlin", Clock{2, 30}, "2026-10-25", "2026-10-25T00:30:00Z"},
		{"New York in autumn", "America/New_York", Clock{1, 30}, "2026-11-01", "2026-11-01T05:30:00Z"},
		{"a leap day", "UTC", Clock{9, 0}, "2028-02-29", "2028-02-29T09:00:00Z"},
		{"a half-hour zone that changes by half an hour", "Australia/Lord_Howe", Clock{9, 0}, "2026-10-04", "2026-10-03T22:00:00Z"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := Schedule{Zone: zone(t, tt.zone), Post: tt.post, Reveal: Clock{23, 0}, Days: mondayToFriday}
			if got := s.PostAt(tt.day).UTC().Format(time.RFC3339); got != tt.want {
				t.Errorf("PostAt: %s, want %s", got, tt.want)
			}
		})
	}
}

func TestRemindAt(t *testing.T) {
	tests := []struct {
		name, zone           string
		post, remind, reveal Clock
		day                  store.Day
		want                 string // UTC; "" for not at all
	}{
		{"in the afternoon", "UTC", Clock{9, 0}, Clock{16, 30}, Clock{18, 0}, "2026-03-02", "2026-03-02T16:30:00Z"},
		{"on the next morning", "UTC", Clock{18, 0}, Clock{8, 0}, Clock{9, 0}, "2026-03-02", "2026-03-03T08:00:00Z"},
		{"in the evening before it", "UTC", Clock{18, 0}, Clock{22, 0}, Clock{9, 0}, "2026-03-02", "2026-03-02T22:00:00Z"},
		{"a leap day", "UTC", Clock{18, 0}, Clock{8, 0}, Clock{9, 0}, "2028-02-28", "2028-02-29T08:00:00Z"},
		{"in an hour that does not exist, one later", "Europe/Berlin", Clock{1, 0}, Clock{2, 30}, Clock{9, 0}, "2026-03-29", "2026-03-29T01:30:00Z"},
		{"in an hour that comes twice, the first time", "Europe/Berlin", Clock{1, 0}, Clock{2, 30}, Clock{9, 0}, "2026-10-25", "2026-10-25T00:30:00Z"},
		{"the clocks go forward over it and the reveal", "Europe/Berlin", Clock{1, 30}, Clock{2, 30}, Clock{3, 0}, "2026-03-29", ""},
		{"the clocks go forward over the post", "Europe/Berlin", Clock{2, 0}, Clock{3, 0}, Clock{9, 0}, "2026-03-29", "2026-03-29T02:00:00Z"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := Schedule{Zone: zone(t, tt.zone), Post: tt.post, Reveal: tt.reveal, Reminder: &tt.remind, Days: 127}
			if err := s.Check(); err != nil {
				t.Fatal(err)
			}
			at, ok := s.RemindAt(tt.day)
			got := at.UTC().Format(time.RFC3339)
			if ok != (tt.want != "") || ok && got != tt.want {
				t.Errorf("RemindAt: %s %v, want %s", got, ok, tt.want)
			}
			if ok && (!at.After(s.PostAt(tt.day)) || !at.Before(s.RevealAt(tt.day))) {
				t.Errorf("%s is not between post and reveal", got)
			}
		})
	}
	if _, ok := DefaultSchedule(nil).RemindAt("2026-03-02"); ok {
		t.Error("reminds by itself")
	}
	for _, c := range []Clock{{9, 0}, {18, 0}, {20, 0}, {8, 59}} {
		s := DefaultSchedule(nil)
		s.Reminder = &c
		if s.Check() == nil {
			t.Errorf("a reminder at %s is taken between 09:00 and 18:00", c)
		}
	}
}

func TestCloses(t *testing.T) {
	overNight := Schedule{Post: Clock{18, 0}, Reveal: Clock{9, 0}, Days: mondayToFriday}
	early := Schedule{Post: Clock{0, 15}, Reveal: Clock{9, 0}, Days: mondayToFriday}
	const own, extra = false, true
	tests := []struct {
		name     string
		schedule Schedule
		day      store.Day
		extra    bool
		asked    string
		want     string
	}{
		{"at its own reveal", DefaultSchedule(nil), "2026-03-02", own, "2026-03-02T09:00:00Z", "2026-03-02T18:00:00Z"},
		{"asked early, at its own reveal", DefaultSchedule(nil), "2026-03-02", own, "2026-03-02T07:00:00Z", "2026-03-02T18:00:00Z"},
		{"an extra one, at the day's reveal", DefaultSchedule(nil), "2026-03-02", extra, "2026-03-02T12:00:00Z", "2026-03-02T18:00:00Z"},
		{"asked after the reveal, when the next one is due", DefaultSchedule(nil), "2026-03-02", extra, "2026-03-02T20:00:00Z", "2026-03-03T09:00:00Z"},
		{"asked on Friday night, when Monday's is due", DefaultSchedule(nil), "2026-03-06", extra, "2026-03-06T20:00:00Z", "2026-03-09T09:00:00Z"},
		{"asked short before the next is due, then all the same", early, "2026-03-01", extra, "2026-03-01T23:40:00Z", "2026-03-02T00:15:00Z"},
		{"revealed on the next morning", overNight, "2026-03-02", own, "2026-03-02T18:00:00Z", "2026-03-03T09:00:00Z"},
		{"Friday's revealed on Saturday", overNight, "2026-03-06", own, "2026-03-06T18:00:00Z", "2026-03-07T09:00:00Z"},
		{"half an hour in all", Schedule{Post: Clock{9, 0}, Reveal: Clock{9, 30}, Days: mondayToFriday}, "2026-03-02", own, "2026-03-02T09:00:00Z", "2026-03-02T09:30:00Z"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q := store.Question{Day: tt.day, Extra: tt.extra, At: moment(t, tt.asked)}
			if got := tt.schedule.closes(q).UTC().Format(time.RFC3339); got != tt.want {
				t.Errorf("closes: %s, want %s", got, tt.want)
			}
		})
	}
}

// On the night when the clocks go forward the question is asked all the same.
func TestDueInTheSpringGap(t *testing.T) {
	for _, clocks := range [][2]Clock{{{2, 30}, {3, 0}}, {{2, 30}, {3, 30}}, {{2, 0}, {3, 0}}, {{2, 15}, {2, 45}}} {
		s := Schedule{Zone: zone(t, "Europe/Berlin"), Post: clocks[0], Reveal: clocks[1], Days: 127}
		at := s.PostAt("2026-03-29")
		if !s.due("2026-03-29", at) || !s.RevealAt("2026-03-29").After(at) {
			t.Errorf("%s to %s: due at %s is %v, revealed at %s", clocks[0], clocks[1], at, s.due("2026-03-29", at), s.RevealAt("2026-03-29"))
		}
	}
}

func moment(t testing.TB, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestDue(t *testing.T) {
	tests := []struct {
		name, at string
		want     bool
	}{
		{"before the hour", "2026-03-02T08:59:59Z", false},
		{"at the hour", "2026-03-02T09:00:00Z", true},
		{"late, with time left to answer", "2026-03-02T17:00:00Z", true},
		{"too late to be worth it", "2026-03-02T17:00:01Z", false},
		{"on Saturday", "2026-03-07T10:00:00Z", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := DefaultSchedule(nil)
			at := moment(t, tt.at)
			if got := s.due(s.Day(at), at); got != tt.want {
				t.Errorf("due: %v, want %v", got, tt.want)
			}
		})
	}
}

func TestWorks(t *testing.T) {
	s := DefaultSchedule(zone(t, "Asia/Shanghai"))
	s.Calendar = calendar.China()
	for d, want := range map[store.Day]bool{
		"2026-02-16": false, // Monday, in the Spring Festival
		"2026-02-14": true,  // Saturday, worked for it
		"2026-03-02": true,
		"2026-03-07": false,
	} {
		if got := s.Works(d); got != want {
			t.Errorf("%s works: %v, want %v", d, got, want)
		}
	}
	if !s.Covered("2026-03-02") || s.Covered("2035-03-02") {
		t.Error("2026 is in the table, 2035 is not")
	}
}

func TestParseWeekdays(t *testing.T) {
	tests := []struct{ in, want string }{
		{"mon-fri", "mon-fri"},
		{"Mon-Fri", "mon-fri"},
		{"fri-mon", "mon,fri-sun"},
		{"sun", "sun"},
		{"monday, wednesday", "mon,wed"},
		{"sat,sun", "sat,sun"},
		{"mon-sun", "mon-sun"},
		{"tue-mon", "mon-sun"},
		{"mon,wed-thu,sat", "mon,wed,thu,sat"},
		{"mon-tue,thu-sun", "mon,tue,thu-sun"},
		{"", "error"},
		{"mon-", "error"},
		{"mon-funday", "error"},
		{"mo", "error"},
	}
	for _, tt := range tests {
		got, err := ParseWeekdays(tt.in)
		if s := got.String(); err == nil && s != tt.want || err != nil && tt.want != "error" {
			t.Errorf("ParseWeekdays(%q): %v %v, want %s", tt.in, got, err, tt.want)
		}
	}
}

func TestParseClock(t *testing.T) {
	for in, want := range map[string]string{"09:00": "09:00", "9:05": "09:05", "23:59": "23:59", "24:00": "error", "9": "error", "": "error", "09:60": "error"} {
		got, err := ParseClock(in)
		if err == nil && got.String() != want || err != nil && want != "error" {
			t.Errorf("ParseClock(%q): %v %v, want %s", in, got, err, want)
		}
	}
}

// An extra question closes some time after it was asked, and when the next question of the day is due at the latest.
func TestClosesAlways(t *testing.T) {
	zones := []string{"UTC", "Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"}
	rapid.Check(t, func(rt *rapid.T) {
		s := Schedule{
			Zone:   zone(t, rapid.SampledFrom(zones).Draw(rt, "zone")),
			Post:   Clock{rapid.IntRange(0, 23).Draw(rt, "hour"), rapid.IntRange(0, 59).Draw(rt, "minute")},
			Reveal: Clock{rapid.IntRange(0, 23).Draw(rt, "reveal"), 0},
			Days:   Weekdays(rapid.IntRange(1, 127).Draw(rt, "days")),
		}
		now := time.Unix(rapid.Int64Range(1.7e9, 1.9e9).Draw(rt, "now"), 0).UTC()
		end := s.closes(store.Question{Day: s.Day(now), Extra: true, At: now})
		next, err := s.upcoming(now, func(store.Day) (bool, error) { return false, nil })
		if err != nil || !next.After(now) || !s.Works(s.Day(next)) && s.Zone != time.UTC && shows(next, s.Post) {
			rt.Fatalf("after %s, the next is due at %s: %v", now, next, err)
		}
		if !end.After(now) || end.After(next) && end != s.RevealAt(s.Day(now)) {
			rt.Fatalf("asked at %s, closes at %s, the next is due at %s", now, end, next)
		}
	})
}

func TestWeekStartsOnMonday(t *testing.T) {
	got := map[store.Day]store.Day{}
	want := map[store.Day]store.Day{
		"2026-03-02": "2026-03-02", "2026-03-04": "2026-03-02", "2026-03-08": "2026-03-02", "2026-03-09": "2026-03-09",
		"2026-01-01": "2025-12-29",
	}
	for d := range want {
		got[d] = monday(d)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("first days of weeks (-want +got):\n%s", diff)
	}
}

func TestDaysInChinese(t *testing.T) {
	for in, want := range map[string]string{"周一至周五": "mon-fri", "周一到周五": "mon-fri", "星期一、星期三": "mon,wed", "周六，周日": "sat,sun", "mon－fri": "mon-fri"} {
		got, err := ParseWeekdays(unwiden(in))
		if err != nil || got.String() != want {
			t.Errorf("%s is read as %s, %v, want %s", in, got, err, want)
		}
	}
}
