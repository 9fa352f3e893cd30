package bot

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"studybot/bot/chat"
	"studybot/knowledge"
	"studybot/store"
)

// read is a message as plain text, a line a part.
func read(m *chat.Message) string {
	if m == nil {
		return ""
	}
	lines := []string{m.Title}
	for _, b := range m.Blocks {
		switch b := b.(type) {
		case chat.Text:
			lines = append(lines, string(b))
		case chat.Passage:
			lines = append(lines, b.Title, b.Text, b.Source)
		case chat.List:
			lines = append(lines, b.Title)
			for _, i := range b.Items {
				lines = append(lines, strings.TrimSpace(i.Mark+" "+i.Text+" "+i.Note))
			}
		case chat.Table:
			for _, row := range b.Rows {
				lines = append(lines, strings.Join(row, " "))
			}
		}
	}
	return strings.Join(append(lines, m.Context), "\n")
}

func wantIn(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(text, p) {
			t.Errorf("%q is missing in:\n%s", p, text)
		}
	}
}

func TestADay(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T08:00:00Z")
	if n := len(w.network.messages); n != 0 {
		t.Fatalf("%d messages before the hour", n)
	}
	w.at("2026-03-02T09:00:00Z")
	w.at("2026-03-02T09:00:05Z")
	if len(w.network.messages) != 1 {
		t.Fatalf("messages at the hour: %q", w.network.titles())
	}
	question := w.network.messages[0].message
	q := w.open()
	wantIn(t, read(&question), "Question of the day", q.Card.Question, "Reveal: 18:00")

	form := w.press("ada", question.Buttons[0].Action)
	if form.Form == nil {
		t.Fatalf("the button opens no form: %+v", form)
	}
	ev := w.event("ada")
	ev.Submit = &chat.Submit{Action: form.Form.Action, Values: map[string]string{form.Form.Fields[0].Name: q.Card.Answer}}
	wantIn(t, read(w.handle(ev).Private), "You have it: 100%", "✓", "Notes: notes.md:")
	wantIn(t, read(w.command("bob", "answer", "no idea, sorry").Private), "None of the key points yet", "○")

	ev = w.event("cyd")
	ev.Reply = &chat.Reply{To: q.Message, Text: q.Card.KeyPoints[0]}
	if ev.Reply.To = w.open().Message; w.handle(ev).Private == nil {
		t.Error("a reply in the thread is not answered")
	}
	ev.Reply.To = "m99"
	if res := w.handle(ev); !reflect.ValueOf(res).IsZero() {
		t.Errorf("a reply elsewhere is answered: %+v", res)
	}

	w.at("2026-03-02T18:00:00Z")
	w.at("2026-03-02T18:00:05Z")
	if diff := cmp.Diff([]string{question.Title, "Answer: " + q.Card.Question}, w.network.titles()); diff != "" {
		t.Fatalf("messages of the day (-want +got):\n%s", diff)
	}
	reveal := w.network.messages[1].message
	if reveal.Thread != w.network.messages[0].id {
		t.Error("the reveal does not stand under the question")
	}
	wantIn(t, read(&reveal), q.Card.Answer, "3 members answered: ada, bob, cyd", "knew it █ 1", "Most missed")
	if m := w.network.messages[0]; !m.edited || len(m.message.Buttons) > 0 {
		t.Error("the question still has its button")
	}
	wantIn(t, read(w.command("dan", "answer", "").Private), "No question is open", "Tuesday 3 March, 09:00")
	wantIn(t, read(w.command("dan", "answer", "too late").Private), "counts for taking part: 2 points")
	wantIn(t, read(w.command("ada", "answer", "better").Private), "closed")
	wantIn(t, read(w.press("dan", question.Buttons[0].Action).Private), "closed")
	wantIn(t, read(w.command("ada", "top", "").Private), "This week", "1 ada 10 1 1")
	wantIn(t, read(w.command("ada", "me", "").Private), "Streak: 1 day, best 1 day", "10 points, place 1 of 4")
	wantIn(t, read(w.command("bob", "me", "").Private), "Worth another look")
}

func TestTheLastReplyCounts(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T09:00:00Z")
	w.command("ada", "answer", "no idea")
	w.command("ada", "answer", w.open().Card.Answer)
	w.command("bob", "answer", w.open().Card.Answer)
	w.command("bob", "answer", "no idea")
	w.at("2026-03-02T18:00:00Z")
	// What ada added after she had seen the missed points counts half.
	wantIn(t, read(w.command("ada", "top", "day").Private), "1 ada 6 1 0", "2 bob 2 1 0")
}

func TestPermissions(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T08:00:00Z")
	for _, name := range []string{"post", "reveal", "skip", "setup", "reload"} {
		wantIn(t, read(w.command("ada", name, "").Private), "those who run the bot")
	}
	if len(w.network.messages) != 0 {
		t.Error("a member posted")
	}
	if help := read(w.command("ada", "help", "").Private); strings.Contains(help, "/study skip") || !strings.Contains(help, "/study ask QUESTION") {
		t.Errorf("help of a member:\n%s", help)
	}
	wantIn(t, read(w.admin("help", "").Private), "/study skip [DECK] [REASON]")
}

func TestBadInput(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T09:00:00Z")
	tests := []struct{ name, args, want string }{
		{"nonsense", "", `I do not know "nonsense"`},
		{strings.Repeat("x", 5000), "", "I do not know"},
		{"top", "year", "Which board?"},
		{"answer", strings.Repeat("长", 10000), "10000 characters long; an answer may have 4000. Nothing was changed."},
	}
	for _, tt := range tests {
		wantIn(t, read(w.command("ada", tt.name, tt.args).Private), tt.want)
	}
	for _, action := range []string{"", "answer", "answer nothing", "choose", "choose x y z", "share", "share 9 x", "share 1", "had", "had x", "appeal x", "practise x", "accept 1", "decline", "\x00", strings.Repeat("z", 1000)} {
		if res := w.press("ada", action); res.Private == nil || res.Public != nil {
			t.Errorf("press %q: %+v", action, res)
		}
	}
	if rs, err := w.store.Replies(w.open().ID); err != nil || len(rs) != 0 {
		t.Errorf("replies were stored: %v %v", rs, err)
	}
	if _, err := w.bot.Handle(t.Context(), chat.Event{}); err == nil {
		t.Error("an empty event is no error")
	}
}

func TestWelcome(t *testing.T) {
	for at, want := range map[string]string{
		"2026-03-02T08:00:00Z": "4 questions found in the notes. The next one: 09:00. Try /study ask and a few words, or /study help.",
		"2026-03-02T09:00:00Z": "4 questions found in the notes. One is open: /study question shows it. Try /study ask and a few words, or /study help.",
	} {
		w := newWorld(t)
		w.at(at)
		if got, err := w.bot.Welcome(studyChannel, w.now); err != nil || got != want {
			t.Errorf("at %s: %q %v", at, got, err)
		}
	}
}

func TestAnotherChannelsQuestion(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T09:00:00Z")
	ev := w.event("eve")
	ev.Channel = "C2"
	ev.Submit = &chat.Submit{Action: "answer " + string(w.open().ID), Values: map[string]string{answerField: "hello"}}
	wantIn(t, read(w.handle(ev).Private), "is no more")
	if rs, _ := w.store.Replies(w.open().ID); len(rs) > 0 {
		t.Error("a reply from another channel was taken")
	}
}

func TestChoice(t *testing.T) {
	options := []knowledge.Option{{Text: "RDB", Right: true}, {Text: "AOF"}, {Text: "both", Right: true}}
	for answer, want := range map[string]float64{"AC": 1, "c, a": 1, "A": 0.5, "ABC": 0.5, "B": 0, "D": 0, "": 0} {
		q := store.Question{Card: knowledge.Card{Kind: knowledge.Choice, Options: options}}
		if got := (&Bot{}).gradeText(q, answer); got.Score != want {
			t.Errorf("%q scores %v, want %v", answer, got.Score, want)
		}
	}
	c := Channel{Channel: studyChannel, Schedule: DefaultSchedule(nil), Language: English}
	card := knowledge.Card{Kind: knowledge.Choice, Question: "Which?", Options: options[:2]}
	q := store.Question{ID: "q1", Day: "2026-03-02", At: moment(t, "2026-03-02T09:00:00Z"), Card: card}
	var actions []string
	for _, b := range c.post(q).Buttons {
		actions = append(actions, b.Action)
	}
	if diff := cmp.Diff([]string{"choose q1 A", "choose q1 B"}, actions); diff != "" {
		t.Errorf("buttons (-want +got):\n%s", diff)
	}
	wantIn(t, read(ptr(c.post(q))), "A. RDB", "B. AOF")
}

func ptr[T any](v T) *T { return &v }

func TestNew(t *testing.T) {
	w := newWorld(t)
	good := Channel{Channel: studyChannel, Schedule: DefaultSchedule(nil)}
	lazy := good
	lazy.Schedule.Days = 0
	lost := good
	lost.Network = "nowhere"
	for name, channels := range map[string][]Channel{"no such network": {lost}, "no working day": {lazy}, "configured twice": {good, good}} {
		_, err := New(Config{Notes: w.notes, Store: w.store, Networks: []chat.Network{w.network}, Channels: channels})
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTallyIsSorted(t *testing.T) {
	replies := []store.Reply{{Name: "zoe"}, {Name: "ada"}}
	title := english.tally(replies).(chat.List).Title
	if names := strings.Split(strings.TrimPrefix(title, "2 members answered: "), ", "); !slices.IsSorted(names) {
		t.Errorf("tally: %q", title)
	}
}
