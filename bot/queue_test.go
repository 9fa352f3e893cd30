package bot

import (
	"encoding/json"
	"strings"
	"testing"

	"studybot/bot/chat"
	"studybot/store"
)

func TestVoidAndWhy(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T09:00:00Z")
	wantIn(t, read(w.command("ada", "why", "").Private), "not answered a question here yet")
	w.command("ada", "answer", w.open().Card.Answer)
	wantIn(t, read(w.command("ada", "why", "").Private), "2026-03-02", "still open")
	w.at("2026-03-02T18:00:00Z")
	w.command("bob", "answer", "late")
	wantIn(t, read(w.command("ada", "why", "").Private), "10 = 2 for taking part + 8 for 100%")
	wantIn(t, read(w.command("bob", "why", "").Private), "2 for taking part, after the reveal")
	wantIn(t, read(w.admin("void", "").Private), "give a reason")
	wantIn(t, read(w.admin("void", "the note was wrong").Private), "withdrawn")
	wantIn(t, read(w.admin("void", "again").Private), "no question that could be withdrawn")
	wantIn(t, read(w.command("ada", "top", "all").Private), "No points yet")
	wantIn(t, read(&w.network.messages[0].message), "Withdrawn (the note was wrong)")
	wantIn(t, read(&w.network.messages[1].message), "Answer:", "Withdrawn (the note was wrong)")
	wantIn(t, read(w.command("ada", "why", "").Private), "2026-03-02", "Withdrawn (the note was wrong)")
}

func TestAppeal(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T09:00:00Z")
	const reply = "because elephants never forget their umbrellas"
	res := w.command("ada", "answer", reply)
	wantIn(t, read(res.Private), "None of the key points yet")
	appeal := res.Private.Buttons[0].Action
	wantIn(t, read(w.press("bob", appeal).Private), "is no more") // bob has not answered
	wantIn(t, read(w.press("ada", appeal).Private), "will look at it")
	wantIn(t, read(w.press("ada", appeal).Private), "waits already")
	w.command("bob", "answer", reply)
	if text := read(w.admin("queue", "").Private); strings.Contains(text, reply) {
		t.Errorf("before the reveal an admin reads:\n%s", text)
	}
	w.at("2026-03-02T18:00:00Z")
	wantIn(t, read(w.command("ada", "top", "").Private), "1 ada 2 1 0")
	queue := w.admin("queue", "")
	wantIn(t, read(queue.Private), "ada", reply)
	accept := queue.Private.Buttons[0].Action
	wantIn(t, read(w.press("ada", accept).Private), "those who run the bot")
	ev := w.event("boss")
	ev.Admin, ev.Press = true, &chat.Press{Action: accept}
	wantIn(t, read(w.handle(ev).Private), "Done")
	wantIn(t, read(w.handle(ev).Private), "is no more")
	wantIn(t, read(w.command("ada", "top", "").Private), "1 ada 10 1 1", "1 bob 10 1 1")
	wantIn(t, read(w.command("bob", "why", "").Private), "10 = 2 for taking part + 8 for 100%", "accepted on appeal")
	wantIn(t, read(w.command("ada", "me", "").Private), "What was decided", "accepted")
	if told := read(w.command("bob", "me", "").Private); strings.Contains(told, "What was decided") {
		t.Errorf("bob is told of ada's appeal:\n%s", told)
	}
	wantIn(t, read(w.admin("queue", "").Private), "Nothing waits")
	if _, err := w.store.Verify(t.TempDir()); err != nil {
		t.Error(err)
	}
}

func TestSuggest(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T08:00:00Z")
	wantIn(t, read(w.command("ada", "suggest", "only a question?").Private), "Question | answer")
	if form := w.command("ada", "suggest", "").Form; form == nil || len(form.Fields) != 2 {
		t.Errorf("form: %+v", form)
	}
	w.command("ada", "suggest", "What is a zombie process? | It has ended, and its parent has not read its exit status yet.")
	w.command("eve", "suggest", "What is love? | Baby, do not hurt me.")
	queue := w.admin("queue", "").Private
	wantIn(t, read(queue), "What is a zombie process?", "What is love?")
	ev := w.event("boss")
	ev.Admin, ev.Press = true, &chat.Press{Action: queue.Buttons[0].Action}
	w.handle(ev)
	ev.Press = &chat.Press{Action: queue.Buttons[3].Action}
	form := w.handle(ev).Form
	ev.Press, ev.Submit = nil, &chat.Submit{Action: form.Action, Values: map[string]string{reasonField: "not our field"}}
	wantIn(t, read(w.handle(ev).Private), "Done")
	wantIn(t, read(w.command("ada", "me", "").Private), "What was decided", "What is a zombie process?", "accepted")
	wantIn(t, read(w.command("eve", "me", "").Private), "What is love?", "declined", "not our field")
	wantIn(t, read(w.admin("audit", "").Private), "accepted What is a zombie process?", "declined What is love?", "not our field")
	asked := map[string]bool{}
	for d := range 7 {
		at := moment(t, "2026-03-02T09:00:00Z").AddDate(0, 0, d)
		if err := w.bot.Tick(t.Context(), at); err != nil {
			t.Fatal(err)
		}
		if q, ok, err := w.store.OpenQuestion(studyChannel); err == nil && ok {
			asked[q.Card.Question] = true
		}
	}
	if !asked["What is a zombie process?"] || asked["What is love?"] {
		t.Errorf("asked: %v", asked)
	}
}

func TestHideExportDelete(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T09:00:00Z")
	w.command("ada", "answer", "my very own words")
	w.command("bob", "answer", "others")
	w.at("2026-03-02T18:00:00Z")
	w.command("ada", "hide", "")
	if board := read(w.command("bob", "top", "").Private); strings.Contains(board, "ada") {
		t.Errorf("hidden, and on the board:\n%s", board)
	}
	w.command("ada", "hide", "off")
	wantIn(t, read(w.command("bob", "top", "").Private), "ada")
	wantIn(t, read(w.command("ada", "hide", "export").Private), "my very own words", "replied")
	if text := read(w.command("bob", "hide", "export").Private); strings.Contains(text, "very own") {
		t.Errorf("bob's export holds ada's words:\n%s", text)
	}
	wantIn(t, read(w.command("ada", "hide", "delete").Private), "delete yes")
	wantIn(t, read(w.command("ada", "hide", "delete yes").Private), "deleted")
	if err := w.store.Entries(0, func(e store.Entry) error {
		if b, err := json.Marshal(e); err != nil || strings.Contains(string(b), "ada") || strings.Contains(string(b), "very own") {
			t.Errorf("still in the ledger: %s", b)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	wantIn(t, read(w.command("bob", "top", "").Private), "bob 2 1 0")
	wantIn(t, read(w.command("ada", "me", "").Private), "Streak: 0 days")
	if _, err := w.store.Verify(t.TempDir()); err != nil {
		t.Error(err)
	}
}

func TestReviewInPrivate(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T09:00:00Z")
	wantIn(t, read(w.command("ada", "review", "").Private), "Nothing to review")
	w.command("ada", "answer", "no idea")
	q := w.open()
	w.at("2026-03-02T18:00:00Z")
	w.at("2026-03-03T09:00:00Z")
	res := w.command("ada", "review", "")
	wantIn(t, read(res.Private), q.Card.Question)
	form := w.press("ada", res.Private.Buttons[0].Action).Form
	ev := w.event("ada")
	ev.Submit = &chat.Submit{Action: form.Action, Values: map[string]string{answerField: q.Card.Answer}}
	wantIn(t, read(w.handle(ev).Private), "You have it: 100%", q.Card.Answer)
	wantIn(t, read(w.command("ada", "review", "").Private), "Nothing to review")
	wantIn(t, read(w.command("ada", "top", "all").Private), "1 ada 2 1 0") // no points for it
}
