package bot

import (
	"strings"
	"testing"

	"studybot/bot/chat"
	"studybot/store"
)

// asks opens a question about a card in a channel.
func (w *world) asks(at store.Channel, like store.Question) store.Question {
	w.t.Helper()
	q, err := w.store.Ask(store.Asking{Channel: at, Day: w.bot.channelOf(at).Schedule.Day(w.now), Card: like.Card, Extra: true, At: w.now})
	if err != nil {
		w.t.Fatal(err)
	}
	if err := w.store.Posted(store.Act{Key: q.ID.PostKey(), Channel: at, Question: q.ID}, "m-"+chat.MessageID(q.ID), w.now); err != nil {
		w.t.Fatal(err)
	}
	return q
}

func (w *world) submit(member, action, text string) chat.Response {
	w.t.Helper()
	ev := w.event(member)
	ev.Submit = &chat.Submit{Action: action, Values: map[string]string{answerField: text, reasonField: "why not"}}
	return w.handle(ev)
}

// Practice shows the answer, so a card that was asked since is not practised before its question is answered,
// whether by a button of this morning or by a form that was open.
func TestPracticeKeepsTheEmbargo(t *testing.T) {
	other := store.Channel{Network: "double", ID: "C2"}
	for _, at := range []store.Channel{studyChannel, other} {
		w := newWorld(t)
		w.bot.Channels = append(w.bot.Channels, Channel{Channel: other, Schedule: DefaultSchedule(nil), Language: English})
		w.load()
		w.at("2026-03-02T09:00:00Z")
		asked := w.open()
		w.command("ada", "answer", "no idea")
		ev := w.event("ada") // she is a member of the other channel, too
		ev.Channel, ev.Command = other.ID, &chat.Command{Name: "answer", Args: "no idea"}
		w.handle(ev)
		w.at("2026-03-02T18:00:00Z")
		w.now = moment(t, "2026-03-03T08:30:00Z")
		button := w.command("ada", "review", "").Private.Buttons[0].Action
		if button != "practise "+string(asked.Card.ID) {
			t.Fatalf("practised is %s", button)
		}
		q := w.asks(at, asked)
		if res := w.press("ada", button); res.Form != nil || !strings.Contains(read(res.Private), "kept back") {
			t.Errorf("open in %s, the button opens the form: %+v", at, res)
		}
		if text := read(w.submit("ada", button, "no idea").Private); strings.Contains(text, asked.Card.KeyPoints[0]) {
			t.Errorf("open in %s, practice shows the answer:\n%s", at, text)
		}
		if text := read(w.command("ada", "review", "").Private); strings.Contains(text, asked.Card.Question) {
			t.Errorf("open in %s, the card is practised:\n%s", at, text)
		}
		ev = w.event("ada")
		ev.Channel, ev.Submit = at.ID, &chat.Submit{Action: "answer " + string(q.ID), Values: map[string]string{answerField: "no idea"}}
		w.handle(ev)
		if res := w.press("ada", button); res.Form == nil {
			t.Errorf("answered, and still kept back: %+v", res)
		}
	}
}

// Who belongs to two channels that are asked the same card learns nothing in the one for the other.
func TestOneCardInTwoChannels(t *testing.T) {
	other := store.Channel{Network: "double", ID: "C2"}
	w := newWorld(t)
	w.bot.Channels = append(w.bot.Channels, Channel{Channel: other, Schedule: DefaultSchedule(nil), Language: English})
	w.load()
	answer := func(at store.Channel) string {
		ev := w.event("ada")
		ev.Channel, ev.Command = at.ID, &chat.Command{Name: "answer", Args: "no idea"}
		return read(w.handle(ev).Private)
	}
	w.at("2026-03-02T09:00:00Z")
	answer(studyChannel)
	answer(other)
	w.at("2026-03-02T18:00:00Z")
	w.now = moment(t, "2026-03-03T08:00:00Z")
	q := w.asks(studyChannel, w.asks(other, store.Question{Card: w.bot.Notes.Cards()[0]}))
	if text := answer(other); strings.Contains(text, q.Card.KeyPoints[0]) {
		t.Errorf("told in one channel while it is open in the other:\n%s", text)
	}
	wantIn(t, answer(studyChannel), q.Card.KeyPoints[0])
}

// Forms and buttons of those who run the bot do nothing for others, however their action was come by.
func TestForgedActions(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T09:00:00Z")
	q := w.open()
	w.command("eve", "suggest", "What is love? | Baby, do not hurt me.")
	cases, err := w.store.Queue(studyChannel)
	if err != nil || len(cases) != 1 {
		t.Fatal(cases, err)
	}
	entries := func() (n int) {
		if err := w.store.Entries(0, func(store.Entry) error { n++; return nil }); err != nil {
			t.Fatal(err)
		}
		return n
	}
	before := entries()
	number := strings.TrimPrefix(w.admin("queue", "").Private.Buttons[0].Action, "accept ")
	for _, action := range []string{"correct " + string(q.ID), "setup", "setup db", "decline " + number, "accept " + number} {
		wantIn(t, read(w.submit("eve", "setup", "x").Private), "those who run the bot")
		if res := w.submit("eve", action, "forged"); res.Form != nil || res.Public != nil {
			t.Errorf("submit %s: %+v", action, res)
		}
		if res := w.press("eve", action); res.Form != nil || res.Public != nil {
			t.Errorf("press %s: %+v", action, res)
		}
	}
	for _, c := range commands() {
		if c.admin {
			wantIn(t, read(w.command("eve", c.name, "2").Private), "those who run the bot")
		}
	}
	if after := entries(); after != before {
		t.Errorf("%d entries, then %d", before, after)
	}
}

// What is pressed in a direct message is about the question's channel.
func TestHadInADirectMessage(t *testing.T) {
	w := newWorld(t)
	other := store.Channel{Network: "double", ID: "C2"}
	w.bot.Channels = append(w.bot.Channels, Channel{Channel: other, Schedule: DefaultSchedule(nil), Language: English})
	w.load()
	w.at("2026-03-02T09:00:00Z")
	w.command("ada", "answer", "no idea") // she belongs to C1
	second, _, err := w.store.OpenQuestion(other)
	if err != nil {
		t.Fatal(err)
	}
	ev := w.event("ada")
	ev.Channel, ev.Direct, ev.Press = "D1", true, &chat.Press{Action: "had " + string(second.ID)}
	w.handle(ev)
	if as, err := w.store.AnswersOf(other, "ada"); err != nil || len(as) != 1 {
		t.Errorf("answers in the question's channel: %+v %v", as, err)
	}
	ev.Channel, ev.Direct = studyChannel.ID, false
	wantIn(t, read(w.handle(ev).Private), "is no more")
}
