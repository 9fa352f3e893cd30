package bot

import (
	"testing"

	"studybot/bot/chat"
	"studybot/knowledge"
	"studybot/store"
)

// What acts on a question takes the only one that is open, else that of the deck that is named, and else asks which.
func TestWhichQuestionIsMeant(t *testing.T) {
	w := newWorld(t)
	w.now = moment(t, "2026-03-02T08:00:00Z")
	w.admin("setup", "topic=Redis")
	w.admin("setup", "deck=tcp topic=TCP post=10:00 reveal=17:00")
	w.admin("setup", "deck=web topic=nginx post=11:00 reveal=17:30")
	w.at("2026-03-02T09:00:00Z")
	own := w.open()
	w.at("2026-03-02T10:00:00Z")
	tcp := w.open()
	w.at("2026-03-02T10:01:00Z")

	for _, name := range []string{"skip", "void", "reveal", "correct"} {
		args := map[string]string{"skip": "too hard", "void": "too hard"}[name]
		res := w.admin(name, args)
		if res.Form != nil {
			t.Fatalf("%s opens a form for one of two", name)
		}
		wantIn(t, read(res.Private), "Which question?", own.Card.Question, tcp.Card.Question, "/study "+name+" deck=tcp", "/study "+name+" deck=")
	}
	for _, q := range []store.Question{own, tcp} {
		if q, err := w.store.Question(q.ID); err != nil || q.State != store.StateOpen {
			t.Fatalf("%s is %s: %v", q.ID, q.State, err)
		}
	}
	wantIn(t, read(w.admin("reveal", "nodeck").Private), `no deck "nodeck"`, "tcp", "web")
	wantIn(t, read(w.command("ada", "answer", "deck= a try").Private), "To “"+shorten(own.Card.Question, 80)+"”")
	wantIn(t, read(w.command("ada", "answer", "deck=web a try").Private), "Which question?", own.Card.Question, "/study answer deck=tcp a try")
	wantIn(t, read(w.admin("skip", "web no time").Private), "No question will be asked on 2026-03-02") // its own alone
	wantIn(t, read(w.admin("void", "tcp the note is wrong").Private), "withdrawn")
	if q, err := w.store.Question(tcp.ID); err != nil || q.State != store.StateVoid || q.Reason != "the note is wrong" {
		t.Errorf("withdrawn: %+v %v", q, err)
	}
	if q := w.open(); q.ID != own.ID {
		t.Errorf("open is %s", q.ID)
	}
	if form := w.admin("correct", "").Form; form == nil || form.Action != "correct "+string(own.ID) {
		t.Errorf("the only open question is not corrected: %+v", form)
	}
	w.at("2026-03-02T11:00:00Z")
	wantIn(t, read(w.admin("reveal", "").Private), "Done")
	wantIn(t, read(w.admin("void", "no").Private), "Which question?", own.Card.Question)
	wantIn(t, read(w.admin("void", "tcp no").Private), "no question that could be withdrawn")
	wantIn(t, read(w.admin("void", "deck= late").Private), "withdrawn")
	if q, err := w.store.Question(own.ID); err != nil || q.State != store.StateVoid {
		t.Errorf("%s is %s: %v", q.ID, q.State, err)
	}
}

// An answer after the reveals goes to the deck that is named, and says where it went.
func TestALateAnswerNamesItsDeck(t *testing.T) {
	w := newWorld(t)
	w.now = moment(t, "2026-03-02T08:00:00Z")
	w.admin("setup", "topic=Redis")
	w.admin("setup", "deck=tcp topic=TCP post=10:00 reveal=17:00")
	w.at("2026-03-02T09:00:00Z")
	own := w.open()
	w.at("2026-03-02T10:00:00Z")
	tcp := w.open()
	w.at("2026-03-02T17:00:00Z")
	wantIn(t, read(w.command("ada", "answer", "deck=tcp after its reveal").Private), "counts for taking part", tcp.Card.Question)
	w.at("2026-03-02T18:00:00Z")
	wantIn(t, read(w.command("bob", "answer", "deck=tcp after all").Private), "counts for taking part", tcp.Card.Question)
	wantIn(t, read(w.command("bob", "answer", "after all").Private), "counts for taking part", own.Card.Question)
	wantIn(t, read(w.command("bob", "why", "").Private), tcp.Card.Question, own.Card.Question)
	wantIn(t, read(w.command("bob", "answer", "deck=tcp once more").Private), "has been closed")
	wantIn(t, read(w.command("bob", "answer", "deck=nowhere a try").Private), `no deck "nowhere"`, "tcp")
	w.admin("void", "tcp the note is wrong")
	w.admin("void", "deck= the note is wrong")
	wantIn(t, read(w.command("bob", "answer", "a try").Private), "No question is open")
}

// Where all decks have names, one more question is asked of the one that is named.
func TestPostNamesItsDeck(t *testing.T) {
	w := newWorld(t)
	w.now = moment(t, "2026-03-02T08:00:00Z")
	w.admin("setup", "deck=tcp topic=TCP")
	w.admin("setup", "deck=web topic=nginx")
	w.admin("setup", "off")
	wantIn(t, read(w.admin("post", "").Private), "Which deck? /study post and one of: tcp, web")
	wantIn(t, read(w.admin("post", "deck=nowhere").Private), `no deck "nowhere"`)
	wantIn(t, read(w.admin("post", "deck=web").Private), "Done")
	if q := w.open(); q.Deck != "web" {
		t.Errorf("asked of %q", q.Deck)
	}
}

// In a channel of one deck no word of a reason is taken for a deck.
func TestReasonsAreNoDecks(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T09:00:00Z")
	q := w.open()
	ev := w.event("boss")
	ev.Admin, ev.Command = true, &chat.Command{Name: "void", Args: "redis is out"}
	wantIn(t, read(w.handle(ev).Private), "withdrawn")
	if q, _ = w.store.Question(q.ID); q.Reason != "redis is out" {
		t.Errorf("the reason is %q", q.Reason)
	}
}

// A deck that is asked no more is not asked about, unless it is named.
func TestAnOldDeckIsNotMeant(t *testing.T) {
	w := newWorld(t)
	w.now = moment(t, "2026-03-02T08:00:00Z")
	w.admin("setup", "deck=tcp topic=TCP post=10:00 reveal=17:00")
	for _, at := range []string{"2026-03-02T09:00:00Z", "2026-03-02T10:00:00Z", "2026-03-02T17:00:00Z", "2026-03-02T18:00:00Z"} {
		w.at(at)
	}
	wantIn(t, read(w.admin("void", "a reason").Private), "Which question?")
	w.admin("setup", "deck=tcp off")
	wantIn(t, read(w.admin("void", "a reason").Private), "withdrawn")
	wantIn(t, read(w.admin("void", "tcp a reason").Private), "withdrawn")
	if last, err := w.store.LastQuestions(studyChannel, 9); err != nil || len(last) != 2 || last[0].State != store.StateVoid || last[1].State != store.StateVoid {
		t.Errorf("%+v %v", last, err)
	}
}

// Who looks at the open questions sees the options of each: the buttons show letters.
func TestOptionsOfAnotherOpenQuestion(t *testing.T) {
	w := newWorld(t)
	w.now = moment(t, "2026-03-02T08:30:00Z")
	quiz := knowledge.Card{ID: "quiz", Kind: knowledge.Choice, Question: "Which port?", Answer: "B", Options: []knowledge.Option{{Text: "twenty-one"}, {Text: "eighty", Right: true}}}
	if _, err := w.store.Ask(store.Asking{Channel: studyChannel, Deck: "quiz", Day: "2026-03-02", Card: quiz, At: w.now}); err != nil {
		t.Fatal(err)
	}
	w.at("2026-03-02T09:00:00Z")
	wantIn(t, read(w.command("ada", "question", "").Private), w.open().Card.Question, "Which port?", "A. twenty-one", "B. eighty")
}
