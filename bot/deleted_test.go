package bot

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"studybot/bot/chat"
	"studybot/knowledge"
	"studybot/store"
)

// What is left of a member who had everything deleted is points without a name, whatever is corrected later.
func TestCorrectAfterDelete(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T09:00:00Z")
	q := w.open()
	w.command("ada", "answer", q.Card.Answer)
	w.command("bob", "answer", "no idea")
	res := w.command("cyd", "answer", "umbrellas")
	w.press("cyd", res.Private.Buttons[0].Action) // an appeal
	w.at("2026-03-02T18:00:00Z")
	w.command("ada", "hide", "delete  YES")
	w.command("cyd", "hide", "delete yes")
	wantIn(t, read(w.admin("queue", "").Private), "Nothing waits")
	ev := w.event("boss")
	ev.Admin, ev.Submit = true, &chat.Submit{Action: "correct " + string(q.ID), Values: map[string]string{answerField: "Because of umbrellas in the rain.", reasonField: "it rains"}}
	wantIn(t, read(w.handle(ev).Private), "Corrected")
	top := read(w.command("bob", "top", "").Private)
	wantIn(t, top, "1 a deleted member 10 1 1", "2 bob 2 1 0")
	reveal := w.network.messages[1].message
	wantIn(t, read(&reveal), "3 members answered: a deleted member, a deleted member, bob", "knew it █ 1")
	if _, err := w.store.Verify(t.TempDir()); err != nil {
		t.Error(err)
	}
}

func TestHiddenMembersOwnPoints(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T09:00:00Z")
	w.command("ada", "answer", w.open().Card.Answer)
	w.at("2026-03-02T18:00:00Z")
	w.command("ada", "hide", "on")
	wantIn(t, read(w.command("ada", "me", "").Private), "This week: 10 points, not on the board (1 answered, 1 known)")
	wantIn(t, read(w.command("bob", "me", "").Private), "no points yet")
}

// Suggestions go with the member, but for those that were accepted: they are the channel's.
func TestSuggestionsAfterDelete(t *testing.T) {
	w := newWorld(t)
	w.now = moment(t, "2026-03-02T08:00:00Z")
	for _, text := range []string{"What is a zombie process? | It has ended, and its parent has not read its status.", "What is love? | Baby, do not hurt me.", "What is rain? | Water that falls from clouds."} {
		w.command("eve", "suggest", text)
	}
	queue := w.admin("queue", "").Private
	ev := w.event("boss")
	ev.Admin, ev.Press = true, &chat.Press{Action: queue.Buttons[0].Action}
	w.handle(ev)
	ev.Press, ev.Submit = nil, &chat.Submit{Action: queue.Buttons[3].Action, Values: map[string]string{reasonField: "not ours"}}
	w.handle(ev)
	w.command("eve", "hide", "delete yes")
	wantIn(t, read(w.admin("queue", "").Private), "Nothing waits")
	export := read(w.command("eve", "hide", "export").Private)
	if strings.Contains(export, "love") || strings.Contains(export, "rain") {
		t.Errorf("still stored: %s", export)
	}
	cards, err := w.store.Suggested(studyChannel)
	if err != nil || len(cards) != 1 || cards[0].Question != "What is a zombie process?" {
		t.Errorf("cards of the channel: %+v %v", cards, err)
	}
	if _, err := w.store.Verify(t.TempDir()); err != nil {
		t.Error(err)
	}
}

// Replies may be graded by different accepted answers: what was missed most is counted by point.
func TestMostMissedOfTwoReferences(t *testing.T) {
	graded := func(missed ...string) store.Reply {
		r := store.Reply{}
		for _, text := range missed {
			r.Grade.Points = append(r.Grade.Points, knowledge.Point{Text: text})
		}
		return r
	}
	got := mostMissed([]store.Reply{graded("forks", "no locks"), graded("no locks"), graded("", "memory")})
	want := []chat.Item{{Mark: "○", Text: "no locks", Note: "2"}, {Mark: "○", Text: "forks", Note: "1"}, {Mark: "○", Text: "memory", Note: "1"}}
	if diff := cmp.Diff(want, got.Items); diff != "" {
		t.Errorf("most missed (-want +got):\n%s", diff)
	}
}

// Where a member added to the first answer, the points are explained by both.
func TestWhyExplainsTheHalf(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T09:00:00Z")
	w.command("ada", "answer", "no idea")
	w.command("ada", "answer", w.open().Card.Answer)
	w.at("2026-03-02T18:00:00Z")
	wantIn(t, read(w.command("ada", "why", "").Private), "6 = 2 for taking part + 4 for 50%", "0% at first, 100% later; what was added counts half")
}
