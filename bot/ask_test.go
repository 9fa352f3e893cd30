package bot

import (
	"strings"
	"testing"

	"studybot/bot/chat"
	"studybot/knowledge"
	"studybot/knowledge/search"
)

func TestAsk(t *testing.T) {
	w := newWorld(t)
	w.now = moment(t, "2026-03-02T08:00:00Z")
	res := w.command("ada", "ask", "what does the nginx master process do")
	if res.Public != nil {
		t.Error("a lookup was shown to the channel")
	}
	wantIn(t, read(res.Private), "It reads the configuration.", "notes.md:", "nginx")
	if len(res.Private.Buttons) != 4 {
		t.Fatalf("buttons: %+v", res.Private.Buttons)
	}
	shared := w.press("ada", res.Private.Buttons[0].Action)
	wantIn(t, read(shared.Public), "ada shares", "It reads the configuration.")
	wantIn(t, read(w.command("ada", "ask", "  ").Private), "What are you looking for?")
	wantIn(t, read(w.command("ada", "ask", strings.Repeat("容", 10000)).Private), "10000 characters long", "500")
	wantIn(t, read(w.command("ada", "ask", "how to bake sourdough bread").Private), "The notes do not answer")
}

func TestMoreOfAHit(t *testing.T) {
	w := newWorld(t)
	w.now = moment(t, "2026-03-02T08:00:00Z")
	more := w.press("ada", pressOf(t, w.command("ada", "ask", "what does the nginx master process do"), "more").Action)
	if more.Public != nil || len(more.Private.Blocks) < 2 {
		t.Errorf("more of the hit: %+v", more)
	}
	wantIn(t, read(more.Private), "It reads the configuration.")
}

// While a question is open, its answer is no neighbour of a hit either.
func TestMoreKeepsTheEmbargo(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T09:00:00Z")
	q := w.open()
	point := strings.TrimPrefix(strings.Split(q.Card.Answer, "\n")[0], "- ")
	for _, c := range w.bot.Notes.Cards() {
		for _, b := range buttonsOf(w.command("ada", "ask", c.Question)) {
			if strings.HasPrefix(b.Action, "more ") {
				if got := read(w.press("ada", b.Action).Private); strings.Contains(got, point) {
					t.Errorf("more of %q shows the answer:\n%s", c.Question, got)
				}
			}
		}
	}
}

func TestRateALookup(t *testing.T) {
	w := newWorld(t)
	w.now = moment(t, "2026-03-02T08:00:00Z")
	res := w.command("ada", "ask", "what does the nginx master process do")
	wantIn(t, read(w.press("ada", pressOf(t, res, "helped").Action).Private), "noted")
	wantIn(t, read(w.press("bob", pressOf(t, res, "missed").Action).Private), "will see what you looked for")
	wantIn(t, read(w.press("bob", pressOf(t, res, "missed").Action).Private), english.appealWaits)
	res = w.command("cyd", "ask", "how to bake sourdough bread")
	w.press("cyd", pressOf(t, res, "missed").Action)

	queue := w.admin("queue", "")
	wantIn(t, read(queue.Private), "bob looked for “what does the nginx master process do”", "notes.md:", "cyd looked for “how to bake sourdough bread”", "nothing good enough")
	ev := w.event("boss")
	ev.Admin, ev.Press = true, &chat.Press{Action: queue.Private.Buttons[0].Action}
	wantIn(t, read(w.handle(ev).Private), "Done")
	wantIn(t, read(w.admin("queue", "").Private), "cyd looked")
	w.command("cyd", "hide", "delete yes")
	if got := read(w.admin("queue", "").Private); strings.Contains(got, "sourdough") {
		t.Errorf("what a member looked for outlives its deletion:\n%s", got)
	}
	if _, err := w.store.Verify(w.dir); err != nil {
		t.Error(err)
	}
}

func buttonsOf(res chat.Response) []chat.Button {
	if res.Private == nil {
		return nil
	}
	return res.Private.Buttons
}

// pressOf is the button of a private message whose action begins with a verb.
func pressOf(t *testing.T, res chat.Response, verb string) chat.Button {
	t.Helper()
	for _, b := range buttonsOf(res) {
		if strings.HasPrefix(b.Action, verb+" ") {
			return b
		}
	}
	t.Fatalf("no button %s: %+v", verb, buttonsOf(res))
	return chat.Button{}
}

// The answer of the open question stays hidden in private messages, in other channels, after the note was
// edited, and where another note says the same.
func TestEmbargo(t *testing.T) {
	card := knowledge.Card{File: "a.md", Lines: []knowledge.Span{{Start: 5, End: 7}}, Answer: "- the first reason of all\n- the second reason of all", Also: []knowledge.Source{{File: "b.md", Lines: []knowledge.Span{{Start: 1, End: 2}}}}}
	tests := []struct {
		name string
		hit  knowledge.Passage
		want bool
	}{
		{"its lines", knowledge.Passage{File: "a.md", Lines: knowledge.Span{Start: 7, End: 9}}, true},
		{"beside its lines", knowledge.Passage{File: "a.md", Lines: knowledge.Span{Start: 8, End: 9}}, false},
		{"the lines of its twin", knowledge.Passage{File: "b.md", Lines: knowledge.Span{Start: 1, End: 9}}, true},
		{"its words elsewhere", knowledge.Passage{File: "c.md", Text: "# X\n- the first reason of all\n- something"}, true},
		{"other words", knowledge.Passage{File: "c.md", Text: "no reason at all"}, false},
	}
	for _, tt := range tests {
		if got := answers(search.Hit{Passage: tt.hit}, card); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
	w := newWorld(t)
	w.at("2026-03-02T09:00:00Z")
	q := w.open()
	ev := w.event("ada")
	ev.Channel, ev.Direct, ev.Command = "D1", true, &chat.Command{Name: "ask", Args: q.Card.Question}
	wantIn(t, read(w.handle(ev).Private), "kept back")
}

func TestClip(t *testing.T) {
	card := knowledge.Card{File: "a.md", Lines: []knowledge.Span{{Start: 1, End: 90}}}
	long := "```sh\n" + strings.Repeat("echo\n", 80) + "```"
	got := english.clip(long, card)
	wantIn(t, got, "… more in a.md:1-90")
	if strings.Count(got, "```")%2 != 0 || strings.Count(got, "\n") > maxShownLines+2 {
		t.Errorf("clipped to:\n%s", got)
	}
	if got := english.clip("short", card); got != "short" {
		t.Errorf("clipped %q", got)
	}
}

func TestOpenQuestionIsNotLookedUp(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T09:00:00Z")
	q := w.open()
	point := strings.TrimPrefix(strings.Split(q.Card.Answer, "\n")[0], "- ")
	res := w.command("ada", "ask", q.Card.Question)
	if strings.Contains(read(res.Private), point) {
		t.Errorf("the answer is shown before the reply:\n%s", read(res.Private))
	}
	wantIn(t, read(res.Private), "kept back until you have answered it")
	w.command("ada", "answer", "a try")
	res = w.command("ada", "ask", q.Card.Question)
	wantIn(t, read(res.Private), point)
	shared := w.press("ada", res.Private.Buttons[0].Action)
	if shared.Public != nil {
		t.Errorf("the answer was shared with those who have not answered:\n%s", read(shared.Public))
	}
	wantIn(t, read(shared.Private), "after the reveal")
}
