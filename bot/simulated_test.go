package bot

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"studybot/bot/calendar"
	"studybot/bot/chat"
	"studybot/store"
)

// A plan is what a deck's schedule should be, kept apart from the bot: hours as they are said, and what became of days.
type plan struct {
	post, reveal int // minutes of the day
	days         string
	off          bool
	since        time.Time
	taken        map[string]bool
	last         string // of the days taken
}

// A simulated year drives a bot through whatever happens in a year, and holds each of its acts against the plans.
type simulated struct {
	*world
	rnd    *rand.Rand
	loc    *time.Location
	table  *calendar.Table
	plans  map[string]*plan
	until  string      // of the pause
	ticks  []time.Time // of late
	seq    uint64
	opened map[store.QuestionID]*course

	promised time.Time // when the next question is said to come; zero for not known
}

// A course is what became of a question.
type course struct {
	at          time.Time
	byPlan      bool // not by an admin
	deck, day   string
	extra, void bool
	revealed    bool
	replies     map[chat.MemberID]store.Reply
}

func (p *plan) take(day string) {
	p.taken[day] = true
	p.last = max(p.last, day)
}

func (s *simulated) works(p *plan, day time.Time) bool {
	week := map[string]string{"mon-fri": "Mon Tue Wed Thu Fri", "mon,wed": "Mon Wed", "fri-sun": "Fri Sat Sun", "mon-sun": "Mon Tue Wed Thu Fri Sat Sun"}[p.days]
	mark, _, _ := s.table.Of(day.Format(time.DateOnly))
	usual := strings.Contains(week, day.Format("Mon"))
	return mark != calendar.Off && (usual || mark == calendar.Working && strings.Contains(week, "Mon Tue Wed Thu Fri"))
}

// window is from when until when the question of a day may be asked, and when it is revealed.
func (s *simulated) window(p *plan, day time.Time) (from, to, end time.Time) {
	y, m, d := day.Date()
	from = time.Date(y, m, d, 0, p.post, 0, 0, s.loc)
	over := 0
	if p.reveal <= p.post {
		over = 1
	}
	end = time.Date(y, m, d+over, 0, p.reveal, 0, 0, s.loc)
	return from, end.Add(-min(time.Hour, end.Sub(from)/2)), end
}

// wanted is the day whose question a deck should be asked at now, "" for none.
func (s *simulated) wanted(p *plan, now time.Time) string {
	for back := 1; back >= 0 && !p.off; back-- {
		day := now.In(s.loc).AddDate(0, 0, -back)
		name := day.Format(time.DateOnly)
		from, to, _ := s.window(p, day)
		if s.works(p, day) && !p.taken[name] && name > p.last && name >= s.until && !now.Before(from) && !now.After(to) {
			return name
		}
	}
	return ""
}

func (s *simulated) tick() {
	s.t.Helper()
	want := map[string]string{}
	for deck, p := range s.plans {
		if q, open, err := s.store.OpenIn(studyChannel, deck); err != nil {
			s.t.Fatal(err)
		} else if !open || !s.now.Before(s.bot.deckOf(q).Schedule.closes(q)) {
			want[deck] = s.wanted(p, s.now)
		}
	}
	if err := s.bot.Tick(s.t.Context(), s.now); err != nil {
		s.t.Fatal(err)
	}
	s.ticks = append(s.ticks, s.now)
	asked := map[string]string{}
	for _, e := range s.news() {
		switch {
		case e.What == store.WasAsked:
			asked[e.Deck] = string(e.Day)
			s.kept(e)
		case e.What == store.WasSkipped && e.Key != "":
			s.missed(e)
		}
	}
	for deck := range s.plans {
		if asked[deck] != want[deck] {
			s.t.Fatalf("at %s the deck %q was asked for %q, want %q", s.now.In(s.loc), deck, asked[deck], want[deck])
		}
	}
}

// missed fails where a day was said to be missed that was not: the bot was there at the hour, or nothing was due.
func (s *simulated) missed(e store.Entry) {
	s.t.Helper()
	p := s.plans[e.Deck]
	day, _ := time.ParseInLocation(time.DateOnly, string(e.Day), s.loc)
	from, to, _ := s.window(p, day.Add(12*time.Hour))
	for _, at := range s.ticks {
		if !at.Before(from) && !at.After(to) {
			s.t.Fatalf("at %s %s of %q is said to be missed, but at %s it could be asked", s.now.In(s.loc), e.Day, e.Deck, at.In(s.loc))
		}
	}
	if !s.works(p, day.Add(12*time.Hour)) || string(e.Day) < s.until || from.Before(p.since) || p.off {
		s.t.Fatalf("at %s %s of %q is said to be missed, on which nothing was due", s.now.In(s.loc), e.Day, e.Deck)
	}
}

// inTime fails where a question that was asked by itself is not revealed at its hour.
func (s *simulated) inTime(e store.Entry, c *course) {
	s.t.Helper()
	p := s.plans[c.deck]
	if e.Actor != "" || !c.byPlan || !p.since.Before(c.at) {
		return
	}
	day, _ := time.ParseInLocation(time.DateOnly, c.day, s.loc)
	_, _, end := s.window(p, day.Add(12*time.Hour))
	if before := s.ticks[len(s.ticks)-2]; e.At.Before(end) || !before.Before(end) {
		s.t.Fatalf("the question of %s is revealed at %s, want %s", c.day, e.At.In(s.loc), end)
	}
}

// promise takes down when the next question is said to come.
func (s *simulated) promise() {
	s.t.Helper()
	r, err := s.bot.request(s.event("ada"))
	if err != nil {
		s.t.Fatal(err)
	}
	if s.promised = (time.Time{}); r.scheduled {
		if s.promised, err = r.soonest(); err != nil {
			s.t.Fatal(err)
		}
	}
}

// kept fails where a question comes at another time than was said.
func (s *simulated) kept(e store.Entry) {
	s.t.Helper()
	if s.promised.IsZero() {
		return
	}
	if before := s.ticks[len(s.ticks)-2]; e.At.Before(s.promised) || !before.Before(s.promised) {
		s.t.Fatalf("the question of %s comes at %s, but was said to come at %s", e.Day, e.At.In(s.loc), s.promised.In(s.loc))
	}
	s.promised = time.Time{}
}

// news are the entries since the last time, taken in.
func (s *simulated) news() (es []store.Entry) {
	s.t.Helper()
	if err := s.store.Entries(s.seq, func(e store.Entry) error {
		es = append(es, e)
		s.seq = e.Seq
		return nil
	}); err != nil {
		s.t.Fatal(err)
	}
	for _, e := range es {
		c := s.opened[e.Question]
		switch e.What {
		case store.WasAsked:
			s.opened[e.Question] = &course{at: e.At, byPlan: e.Actor == "", deck: e.Deck, day: string(e.Day), extra: e.Extra, replies: map[chat.MemberID]store.Reply{}}
			if p := s.plans[e.Deck]; !e.Extra {
				if p.taken[string(e.Day)] {
					s.t.Fatalf("%s of %q was asked twice", e.Day, e.Deck)
				}
				p.take(string(e.Day))
			}
		case store.WasSkipped:
			s.plans[e.Deck].take(string(e.Day))
		case store.WasReplied:
			c.replies[e.Reply.Member] = *e.Reply
		case store.WasRevealed:
			s.inTime(e, c)
			if c.revealed || c.void {
				s.t.Fatalf("%s was revealed twice, or when it was withdrawn", e.Question)
			}
			c.revealed = true
		case store.WasVoided:
			c.void = true
		}
	}
	return es
}

func (s *simulated) pick(all ...string) string { return all[s.rnd.IntN(len(all))] }

// happen lets one of the things happen that happen in a year.
func (s *simulated) happen() {
	s.t.Helper()
	deck := s.pick("", "db")
	p := s.plans[deck]
	set := func(args string) {
		if res := read(s.admin("setup", strings.TrimSpace("deck="+deck+" "+args)).Private); strings.Contains(res, "Nothing was changed") {
			s.t.Fatalf("setup %s: %s", args, res)
		}
		p.since = s.now
		if deck == "" {
			s.plans["db"].since = s.now
		}
	}
	switch s.rnd.IntN(12) {
	case 0:
		day := s.now.In(s.loc).AddDate(0, 0, 1+s.rnd.IntN(9)).Format(time.DateOnly)
		s.admin("pause", day)
		s.until = day
	case 1:
		s.admin("resume", "")
		s.until = ""
	case 2:
		s.admin("skip", "deck="+deck+" not today")
	case 3:
		s.admin("void", "deck="+deck+" the note was wrong")
	case 4:
		s.admin("post", "deck="+deck)
	case 5:
		s.admin("reveal", "deck="+deck)
	case 6, 7:
		p.post, p.reveal = 60*(6+s.rnd.IntN(8)), 60*(15+s.rnd.IntN(6))
		if s.rnd.IntN(3) == 0 {
			p.post, p.reveal = 60*(20+s.rnd.IntN(3))+30, 60*(6+s.rnd.IntN(4)) // over midnight
		}
		set(fmt.Sprintf("post=%02d:%02d reveal=%02d:00", p.post/60, p.post%60, p.reveal/60))
	case 8:
		p.days = s.pick("mon-fri", "mon,wed", "fri-sun", "mon-sun")
		set("days=" + p.days)
	case 9:
		p.off = !p.off
		set(map[bool]string{true: "off", false: "on"}[p.off])
	case 10:
		if s.rnd.IntN(2) == 0 {
			name := s.pick("Asia/Shanghai", "Europe/Berlin", "Australia/Lord_Howe", "America/Santiago", "America/New_York")
			s.loc = zone(s.t, name)
			deck = ""
			p = s.plans[""]
			set("zone=" + name)
		}
	case 11:
		s.command("ada", "review", "")
		if card := s.notes.Cards()[s.rnd.IntN(4)]; s.rnd.IntN(2) == 0 {
			ev := s.event(s.pick("ada", "bob"))
			ev.Submit = &chat.Submit{Action: "practise " + string(card.ID), Values: map[string]string{answerField: "a try"}}
			s.handle(ev)
		}
	}
	s.news()
}

func (s *simulated) answer() {
	answers := []string{"no idea", "One thread needs no locks.", "It reads the configuration and starts the worker processes.", "Both sides have to learn that the other can send and receive."}
	s.command(s.pick("ada", "ada", "ada", "bob", "bob", "cyd"), "answer", s.pick("", "deck= ", "deck=db ")+s.pick(answers...))
	s.news()
}

// A year of a channel with two decks: its questions come on their days and at their hours, once, whatever is set, paused or
// withdrawn and however long the bot is down; streaks, boards and why say what follows from the ledger.
func TestASimulatedYear(t *testing.T) {
	tables := map[string]*calendar.Table{"Asia/Shanghai": calendar.China(), "America/Santiago": nil} // where the clocks change at midnight
	for name, table := range tables {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			s := &simulated{world: w, rnd: rand.New(rand.NewPCG(uint64(len(name)), 7)), loc: zone(t, name), table: table, opened: map[store.QuestionID]*course{}, plans: map[string]*plan{
				"":   {post: 9 * 60, reveal: 18 * 60, days: "mon-fri", taken: map[string]bool{}},
				"db": {post: 14 * 60, reveal: 17 * 60, days: "mon,wed", taken: map[string]bool{}},
			}}
			w.now = moment(t, "2025-12-20T00:07:00Z")
			calendarName := map[bool]string{true: "none", false: "cn"}[table == nil]
			w.admin("setup", "zone="+name+" calendar="+calendarName)
			w.admin("setup", "deck=db topic=Redis post=14:00 reveal=17:00 days=mon,wed")
			s.plans[""].since, s.plans["db"].since = w.now, w.now
			for end := w.now.AddDate(1, 0, 20); w.now.Before(end); {
				w.now = w.now.Add(time.Duration(10+s.rnd.IntN(60)) * time.Minute)
				switch n := s.rnd.IntN(300); {
				case n < 3:
					s.happen()
					s.promised = time.Time{}
				case n < 30:
					s.answer()
				case n == 30:
					w.now = w.now.Add(time.Duration(1+s.rnd.IntN(80)) * time.Hour) // down
					w.start()
					s.promised = time.Time{}
				}
				if s.tick(); s.promised.IsZero() && s.rnd.IntN(5) == 0 {
					s.promise()
				}
				if len(s.ticks) > 2000 {
					s.ticks = s.ticks[1000:]
				}
			}
			s.check()
		})
	}
}
