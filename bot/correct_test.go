package bot

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"studybot/bot/chat"
	"studybot/knowledge"
	"studybot/store"
)

// sends presses a form's button with values for its fields, in order.
func (w *world) sends(ev chat.Event, form *chat.Form, values ...string) chat.Response {
	w.t.Helper()
	if form == nil {
		w.t.Fatal("no form was opened")
	}
	ev.Submit = &chat.Submit{Action: form.Action, Values: map[string]string{}}
	for i, v := range values {
		ev.Submit.Values[form.Fields[i].Name] = v
	}
	return w.handle(ev)
}

func (w *world) boss() chat.Event {
	ev := w.event("boss")
	ev.Admin = true
	return ev
}

// days lets days go by, from an evening on.
func (w *world) days(n int) {
	w.t.Helper()
	for range n {
		w.at(w.now.Add(15 * time.Hour).Format(time.RFC3339))
		w.at(w.now.Add(9 * time.Hour).Format(time.RFC3339))
	}
}

// What was accepted once is accepted when the card comes again.
func TestAcceptedForLaterQuestions(t *testing.T) {
	const reply = "because elephants never forget their umbrellas"
	w := newWorld(t)
	w.at("2026-03-02T09:00:00Z")
	q := w.open()
	w.press("ada", w.command("ada", "answer", reply).Private.Buttons[0].Action)
	w.at("2026-03-02T18:00:00Z")
	ev := w.boss()
	ev.Press = &chat.Press{Action: w.admin("queue", "").Private.Buttons[0].Action}
	w.handle(ev)
	w.days(9)
	qs, err := w.store.LastQuestions(studyChannel, 20)
	if err != nil {
		t.Fatal(err)
	}
	again := 0
	for _, later := range qs {
		if later.Card.ID == q.Card.ID && later.ID != q.ID {
			again++
			if g := w.bot.gradeText(later, reply); g.Score != 1 {
				t.Errorf("score %v when the card came again", g.Score)
			}
		}
	}
	if again == 0 {
		t.Error("the card did not come again")
	}
}

func TestCorrect(t *testing.T) {
	const truth, reason = "- Elephants guard the gate.\n- Penguins carry the letters.", "the note was mixed up"
	w := newWorld(t)
	w.at("2026-03-02T08:00:00Z")
	wantIn(t, read(w.admin("correct", "").Private), "no question whose answer could be corrected")
	w.at("2026-03-02T09:00:00Z")
	q := w.open()
	w.command("ada", "answer", truth)
	w.command("bob", "answer", q.Card.Answer)
	w.at("2026-03-02T18:00:00Z")
	w.command("cyd", "answer", truth) // late
	wantIn(t, read(w.command("ada", "top", "").Private), "1 bob 10 1 1", "2 ada 2 1 0", "2 cyd 2 1 0")

	wantIn(t, read(w.command("ada", "correct", "").Private), "those who run the bot")
	form := w.admin("correct", "").Form
	if form == nil || form.Fields[0].Value != q.Card.Answer {
		t.Fatalf("form: %+v, want it to hold the answer", form)
	}
	wantIn(t, read(w.sends(w.event("ada"), form, truth, reason).Private), "those who run the bot")
	for _, values := range [][]string{{truth, ""}, {"", reason}, {"…", reason}, {q.Card.Answer, reason}} {
		wantIn(t, read(w.sends(w.boss(), form, values...).Private), "Nothing was changed")
	}
	wantIn(t, read(w.sends(w.boss(), form, truth, reason).Private), "3 answers were graded again")

	wantIn(t, read(w.command("ada", "top", "").Private), "1 ada 10 1 1", "2 bob 2 1 0", "2 cyd 2 1 0") // a late answer brings no more
	reveal := w.network.messages[1]
	if !reveal.edited {
		t.Error("the reveal still shows the old answer")
	}
	wantIn(t, read(&reveal.message), "Elephants guard the gate", "corrected: "+reason, "2 members answered: ada, bob\n", "knew it █ 1") // whoever came late had seen it
	wantIn(t, read(w.admin("audit", "").Private), "2026-03-02 18:00", "reference corrected, 3 answers graded again", "by boss", reason)
	if _, err := w.store.Verify(t.TempDir()); err != nil {
		t.Error(err)
	}

	w.days(9) // until the card comes again
	again := 0
	qs, err := w.store.LastQuestions(studyChannel, 20)
	if err != nil {
		t.Fatal(err)
	}
	for _, last := range qs {
		if last.Card.ID == q.Card.ID && last.ID != q.ID {
			again++
			if diff := cmp.Diff(truth, last.Card.Answer); diff != "" {
				t.Errorf("answer of a later question (-corrected +asked):\n%s", diff)
			}
		}
	}
	if again == 0 {
		t.Error("the card did not come again")
	}
}

// A correction counts as long as the note's answer is the one that it was made for.
func TestCorrectedNote(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T09:00:00Z")
	q := w.open()
	w.sends(w.boss(), w.admin("correct", "").Form, "Elephants guard the gate.", "why not")
	answer := func() string {
		cards, err := w.bot.cards(studyChannel)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range cards {
			if c.ID == q.Card.ID {
				return c.Answer
			}
		}
		return ""
	}
	if got := answer(); got != "Elephants guard the gate." {
		t.Errorf("answer %q, want the corrected one", got)
	}
	w.bot.Notes = edited{w.notes, q.Card.ID}
	if got := answer(); got != "The note says something new." {
		t.Errorf("answer %q, want the note's", got)
	}
}

// edited is notes in which the answer of one card was changed.
type edited struct {
	Notes
	id knowledge.ID
}

func (e edited) Cards() (cards []knowledge.Card) {
	for _, c := range e.Notes.Cards() {
		if c.ID == e.id {
			c.Answer = "The note says something new."
		}
		cards = append(cards, c)
	}
	return cards
}

func TestCorrected(t *testing.T) {
	order := &store.Form{Ask: store.AskOrder, Options: []string{"x", "y", "z"}, Right: []int{2, 0, 1}}
	pick := &store.Form{Ask: store.AskPick, Options: []string{"x", "y", "z"}, Right: []int{1}}
	command := &store.Form{Ask: store.AskCommand, Command: "ss -lnt"}
	options := knowledge.Card{Kind: knowledge.Choice, Options: []knowledge.Option{{Text: "x", Right: true}, {Text: "y"}}}
	tests := []struct {
		name, now string
		q         store.Question
		answer    string
		ok        bool
	}{
		{"a text", "old", store.Question{Card: knowledge.Card{Question: "Why?", Answer: "old"}}, "because of rain", true},
		{"a text of no words", "old", store.Question{Card: knowledge.Card{Question: "Why?", Answer: "old"}}, "***", false},
		{"letters of a choice", "A", store.Question{Card: options}, "A, B", true},
		{"a letter that it has not", "A", store.Question{Card: options}, "C", false},
		{"words for letters", "A", store.Question{Card: options}, "the first", false},
		{"an order", "C A B", store.Question{Form: order}, "A B C", true},
		{"an order that lacks one", "C A B", store.Question{Form: order}, "A B", false},
		{"one of three", "B", store.Question{Form: pick}, "C", true},
		{"two of three", "B", store.Question{Form: pick}, "A C", false},
		{"a command", "ss -lnt", store.Question{Form: command, Card: knowledge.Card{Answer: "`ss -lnt`"}}, "ss -lntp", true},
		{"no command", "ss -lnt", store.Question{Form: command}, " ", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := right(tt.q); got != tt.now {
				t.Errorf("it is %q now, want %q", got, tt.now)
			}
			c, ok := corrected(tt.q, tt.answer)
			if ok != tt.ok {
				t.Fatalf("taken: %v, want %v", ok, tt.ok)
			}
			if c.Correction != nil {
				tt.q.Card = c.Correction.Card
			}
			if c.Form != nil {
				tt.q.Form = c.Form
			}
			if ok && strings.NewReplacer(",", "").Replace(tt.answer) != right(tt.q) {
				t.Errorf("then it is %q, want %q", right(tt.q), tt.answer)
			}
			if ok && (&Bot{}).gradeText(tt.q, tt.answer).Score != 1 {
				t.Errorf("the corrected answer scores %v", (&Bot{}).gradeText(tt.q, tt.answer).Score)
			}
		})
	}
}

// An export holds nothing of others, and a deletion leaves nothing of the member, whatever was graded again.
// The reveal of a choice that was corrected shows the letters that are right by now, and not the words for the old ones.
func TestCorrectedChoiceIsShown(t *testing.T) {
	old := knowledge.Card{Kind: knowledge.Choice, Answer: "x, because of the rain", Options: []knowledge.Option{{Text: "x", Right: true}, {Text: "y"}}}
	c, ok := corrected(store.Question{Card: old}, "B")
	if got := reference(store.Question{Card: c.Correction.Card}); !ok || got != "B. y" {
		t.Errorf("it shows %q", got)
	}
}

func TestExportAndDeleteAfterGradingAgain(t *testing.T) {
	const adas, adasFirst, bobs = "elephants guard the gate", "zebras do it", "penguins carry letters"
	w := newWorld(t)
	w.at("2026-03-02T09:00:00Z")
	w.command("ada", "answer", adasFirst)
	appeal := w.command("ada", "answer", adas).Private.Buttons[0].Action
	w.press("ada", appeal)
	w.command("bob", "answer", bobs)
	w.at("2026-03-02T18:00:00Z")
	ev := w.boss()
	ev.Press = &chat.Press{Action: w.admin("queue", "").Private.Buttons[0].Action}
	w.handle(ev) // accepts it
	w.sends(w.boss(), w.admin("correct", "").Form, "Penguins carry the letters.", "the note was mixed up")

	export := read(w.command("ada", "hide", "export").Private)
	wantIn(t, export, adas, adasFirst, `"corrected"`, `"awards"`)
	if strings.Contains(export, bobs) || strings.Contains(export, "bob") {
		t.Errorf("ada's export tells of bob:\n%s", export)
	}
	if export := read(w.admin("hide", "export").Private); strings.Contains(export, adasFirst) || strings.Contains(export, bobs) {
		t.Errorf("the export of who corrected holds the words of others:\n%s", export)
	}

	w.command("ada", "hide", "delete yes")
	if err := w.store.Entries(0, func(e store.Entry) error {
		if b, err := json.Marshal(e); err != nil || strings.Contains(string(b), "ada") || strings.Contains(string(b), adas) || strings.Contains(string(b), "zebras") {
			t.Errorf("still in the ledger: %s", b)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	wantIn(t, read(w.command("bob", "top", "").Private), "bob")
	wantIn(t, read(w.admin("audit", "").Private), "a member's data deleted", "reference corrected")
	if _, err := w.store.Verify(t.TempDir()); err != nil {
		t.Error(err)
	}
}
