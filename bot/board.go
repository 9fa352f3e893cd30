package bot

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"studybot/bot/chat"
	"studybot/bot/recall"
	"studybot/knowledge"
	"studybot/store"
)

// Points of a question: some for taking part, the rest for the key points held. There is no
// prize for being first.
const (
	takingPoints  = 2
	qualityPoints = 8
)

// awards says what a question brings each member who replied.
func awards(replies []store.Reply) []store.Award {
	var as []store.Award
	for _, r := range replies {
		a := lateAward(r)
		if r.Late {
			as = append(as, a)
			continue
		}
		a.Quality = int(qualityPoints*r.Grade.Score + 0.5)
		a.Points += a.Quality
		a.Known = r.Grade.Band() == knowledge.Known
		as = append(as, a)
	}
	return as
}

// lateAward says what a reply after the reveal brings: the points for taking part.
func lateAward(r store.Reply) store.Award {
	return store.Award{Member: r.Member, Points: takingPoints, Taking: takingPoints}
}

// A period is a span of days that a board covers.
type period struct {
	title       func(*words) string
	first, last func(today store.Day) store.Day
}

const (
	firstDay store.Day = "0000-01-01"
	lastDay  store.Day = "9999-12-31"
)

var periods = map[string]period{
	"day":    {func(w *words) string { return w.topDay }, sameDay, sameDay},
	"week":   {func(w *words) string { return w.topWeek }, monday, sameDay},
	"month":  {func(w *words) string { return w.topMonth }, func(d store.Day) store.Day { return d[:8] + "01" }, sameDay},
	"30":     {func(w *words) string { return w.top30 }, func(d store.Day) store.Day { return addDays(d, -29) }, sameDay},
	"season": {func(w *words) string { return w.topSeason }, season, sameDay},
	"all":    {func(w *words) string { return w.topAll }, func(store.Day) store.Day { return firstDay }, func(store.Day) store.Day { return lastDay }},
}

// periodNames are the keys of periods, in the order in which they are shown.
var periodNames = []string{"day", "week", "month", "30", "season", "all"}

func sameDay(d store.Day) store.Day { return d }

// monday is the first day of d's week.
func monday(d store.Day) store.Day {
	return addDays(d, -(int(midday(d).Weekday())+6)%7)
}

// season is the first day of d's season, a quarter of the year.
func season(d store.Day) store.Day {
	t := midday(d)
	return store.Day(fmt.Sprintf("%04d-%02d-01", t.Year(), (int(t.Month())-1)/3*3+1))
}

// maxBoard is how many members a board shows.
const maxBoard = 10

// top shows the board of the day, the week (which is what it shows by itself), the month, or
// all time.
func (r request) top(_ context.Context, args string) (chat.Response, error) {
	name := cmp.Or(strings.ToLower(args), "week")
	p, ok := periods[name]
	if !ok {
		return sayf(r.words.topWhat, r.typed("top")), nil
	}
	today := r.channel.Schedule.Day(r.At)
	first := p.first(today)
	if name == "day" && r.channel.Schedule.RevealAfterMidnight() {
		first = addDays(first, -1) // its points came today
	}
	board, err := r.Store.Board(r.channel.Channel, first, p.last(today))
	if err != nil {
		return chat.Response{}, err
	}
	m := chat.Message{Title: p.title(r.words)}
	if len(board) == 0 {
		m.Blocks = append(m.Blocks, chat.Text(r.words.topEmpty))
	} else {
		m.Blocks = append(m.Blocks, r.words.table(board, r.Member.ID))
	}
	team, err := r.Store.TeamStreak(r.channel.Channel, "")
	if err != nil {
		return chat.Response{}, err
	}
	if team.Best > 0 {
		m.Blocks = append(m.Blocks, r.words.team(team))
	}
	if q, open, err := r.Store.OpenQuestion(r.channel.Channel); err != nil {
		return chat.Response{}, err
	} else if open {
		m.Context = r.words.count(r.words.notYetCounted, q.Replies)
	}
	return private(m), nil
}

// team is a team streak in words.
func (w *words) team(st store.TeamStreak) chat.Text {
	return chat.Text(fmt.Sprintf(w.teamStreak, w.count(w.days, st.Current), w.count(w.days, st.Best)))
}

// table shows the first of a board, and the member who asks for it wherever that is.
func (w *words) table(board []store.Standing, me chat.MemberID) chat.Table {
	t := chat.Table{Head: []string{"#", w.colName, w.colPoints, w.colAnswered, w.colKnown}}
	for i, s := range board {
		if i >= maxBoard && s.Member != me {
			continue
		}
		t.Rows = append(t.Rows, []string{
			strconv.Itoa(s.Rank), w.name(s.Name), strconv.Itoa(s.Points.Points), strconv.Itoa(s.Answered), strconv.Itoa(s.Known),
		})
	}
	return t
}

// historyDays is how many of a member's last answers the weak topics are drawn from.
const historyDays = 60

// me shows the member's own streak, points and weak topics.
func (r request) me(context.Context, string) (chat.Response, error) {
	c, me := r.channel.Channel, r.Member.ID
	streak, err := r.Store.Streak(c, me)
	if err != nil {
		return chat.Response{}, err
	}
	list := chat.List{Items: []chat.Item{
		{Text: fmt.Sprintf(r.words.streak, r.words.count(r.words.days, streak.Current), r.words.count(r.words.days, streak.Best)), Note: fmt.Sprintf(r.words.freezes, streak.Freezes, store.MaxFreezes)},
	}}
	today := r.channel.Schedule.Day(r.At)
	for _, name := range []string{"week", "month", "all"} {
		p := periods[name]
		text, err := r.standing(p.first(today), p.last(today))
		if err != nil {
			return chat.Response{}, err
		}
		list.Items = append(list.Items, chat.Item{Text: p.title(r.words) + r.words.colon + text})
	}
	history, err := r.Store.History(c, me, historyDays)
	if err != nil {
		return chat.Response{}, err
	}
	m := chat.Message{Title: fmt.Sprintf(r.words.meTitle, r.Member.Name), Blocks: []chat.Block{list}}
	if weak := weakTopics(history); len(weak.Items) > 0 {
		weak.Title = r.words.weak
		m.Blocks = append(m.Blocks, weak)
	}
	decided, err := r.decided()
	if len(decided.Items) > 0 {
		m.Blocks = append(m.Blocks, decided)
	}
	return private(m), err
}

// standing is the member's line of a board in words; one who hides has points and no place.
func (r request) standing(first, last store.Day) (string, error) {
	board, err := r.Store.Board(r.channel.Channel, first, last)
	if err != nil {
		return "", err
	}
	if i := slices.IndexFunc(board, func(s store.Standing) bool { return s.Member == r.Member.ID }); i >= 0 {
		s := board[i]
		return fmt.Sprintf(r.words.place, s.Points.Points, s.Rank, len(board), s.Answered, s.Known), nil
	}
	p, err := r.Store.PointsOf(r.channel.Channel, r.Member.ID, first, last)
	if p.Answered == 0 {
		return r.words.noPoints, err
	}
	return fmt.Sprintf(r.words.offBoard, p.Points, p.Answered, p.Known), err
}

// name is what a member is called; one whose data was deleted has no name any more.
func (w *words) name(s string) string { return cmp.Or(s, w.deletedMember) }

// weakTopics lists the topics that a member answered worst, below the band Known, at most three.
func weakTopics(history []store.Answered) chat.List {
	type mean struct {
		topic string
		sum   float64
		n     int
	}
	means := map[string]*mean{}
	for _, a := range history {
		if a.Question.State != store.StateClosed || a.Reply.Late {
			continue
		}
		name := recall.Topic(a.Question.Card)
		if means[name] == nil {
			means[name] = &mean{topic: name}
		}
		means[name].sum += a.Reply.Grade.Score
		means[name].n++
	}
	worst := slices.SortedFunc(maps.Values(means), func(a, b *mean) int {
		return cmp.Or(cmp.Compare(a.sum/float64(a.n), b.sum/float64(b.n)), cmp.Compare(a.topic, b.topic))
	})
	var list chat.List
	for _, m := range worst {
		score := m.sum / float64(m.n)
		if (knowledge.Grade{Score: score}).Band() == knowledge.Known || len(list.Items) == 3 {
			break
		}
		list.Items = append(list.Items, chat.Item{Mark: "·", Text: m.topic, Note: strconv.Itoa(percent(score)) + "%"})
	}
	return list
}

// when says a time as the channel's members read it: the hour alone on the day of now.
func (c Channel) when(t, now time.Time) string {
	local := t.In(c.Schedule.zone())
	clock := local.Format("15:04")
	if c.Schedule.Day(t) == c.Schedule.Day(now) {
		return clock
	}
	return c.Language.words().date(local)
}
