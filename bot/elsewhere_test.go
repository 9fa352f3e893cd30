package bot

import (
	"strings"
	"testing"

	"studybot/store"
)

func TestAnAnswerToAnotherQuestion(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T09:00:00Z")
	q := w.open()
	told := 0
	for _, other := range w.notes.Cards() {
		if feedback := read(w.command("m-"+string(other.ID), "answer", other.Answer).Private); strings.Contains(feedback, "reads like an answer to “"+other.Question) {
			told++
		} else if strings.Contains(feedback, "reads like") {
			t.Errorf("the answer to %q is said to be another's:\n%s", other.Question, feedback)
		}
	}
	if told < 2 {
		t.Errorf("%d of 3 answers to other questions were told so", told)
	}
	for _, text := range []string{q.Card.Answer, q.Card.KeyPoints[0], "no idea", "elephants never forget", "B", "a, c"} {
		if told := read(w.command("eve", "answer", text).Private); strings.Contains(told, "reads like") {
			t.Errorf("%q is said to answer something else:\n%s", text, told)
		}
	}
}

// What another channel is asked now is not named: the member may still have to answer it.
func TestAnotherOpenQuestionIsNotNamed(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T09:00:00Z")
	q := w.open()
	other := w.notes.Cards()[0]
	if other.ID == q.Card.ID {
		other = w.notes.Cards()[1]
	}
	second := Channel{Channel: store.Channel{Network: "double", ID: "C2"}, Schedule: DefaultSchedule(nil), Language: English}
	w.bot.Channels = append(w.bot.Channels, second)
	if _, err := w.store.Ask(store.Asking{Channel: second.Channel, Day: "2026-03-02", Card: other, At: w.now}); err != nil {
		t.Fatal(err)
	}
	if told := read(w.command("ada", "answer", other.Answer).Private); strings.Contains(told, "reads like") {
		t.Errorf("an open question is named:\n%s", told)
	}
}
