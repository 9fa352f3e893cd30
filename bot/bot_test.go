package bot

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"studybot/bot/chat"
	"studybot/knowledge"
	"studybot/knowledge/search"
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
	if res := w.handle(ev); res != (chat.Response{}) {
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

func TestNoQuestionOnWeekends(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-07T10:00:00Z")
	w.at("2026-03-08T10:00:00Z")
	if titles := w.network.titles(); len(titles) > 0 {
		t.Errorf("on a weekend: %q", titles)
	}
	wantIn(t, read(w.command("ada", "question", "").Private), "Monday 9 March, 09:00")
}

func TestTheLastReplyCounts(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T09:00:00Z")
	w.command("ada", "answer", "no idea")
	w.command("ada", "answer", w.open().Card.Answer)
	w.command("bob", "answer", w.open().Card.Answer)
	w.command("bob", "answer", "no idea")
	w.at("2026-03-02T18:00:00Z")
	wantIn(t, read(w.command("ada", "top", "day").Private), "1 ada 10 1 1", "2 bob 2 1 0")
}

func TestPermissions(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T08:00:00Z")
	for _, name := range []string{"post", "reveal", "skip"} {
		wantIn(t, read(w.command("ada", name, "").Private), "those who run the bot")
	}
	if len(w.network.messages) != 0 {
		t.Error("a member posted")
	}
	if help := read(w.command("ada", "help", "").Private); strings.Contains(help, "/study skip") || !strings.Contains(help, "/study ask QUESTION") {
		t.Errorf("help of a member:\n%s", help)
	}
	wantIn(t, read(w.admin("help", "").Private), "/study skip [REASON]")
}

func TestPostRevealSkip(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T08:00:00Z")
	wantIn(t, read(w.admin("post", "").Private), "Done")
	wantIn(t, read(w.admin("post", "").Private), "A question is open")
	w.at("2026-03-02T09:00:00Z") // that was the question of the day
	wantIn(t, read(w.admin("reveal", "").Private), "Done")
	wantIn(t, read(w.admin("reveal", "").Private), "No question is open")
	wantIn(t, read(w.admin("skip", "").Private), "nothing to skip today")
	w.admin("post", "")
	wantIn(t, read(w.admin("skip", "a typo in it").Private), "withdrawn")
	w.at("2026-03-03T08:00:00Z")
	wantIn(t, read(w.admin("skip", "").Private), "No question will be asked on 2026-03-03")
	w.at("2026-03-03T09:00:00Z")
	w.at("2026-03-04T09:00:00Z")
	var kinds []string
	for _, title := range w.network.titles() {
		kind, _, _ := strings.Cut(title, " ")
		kinds = append(kinds, kind)
	}
	if diff := cmp.Diff([]string{"Question", "Answer:", "One", "Question"}, kinds); diff != "" {
		t.Errorf("messages (-want +got):\n%s", diff)
	}
	if got := w.network.messages[2].message.Context; !strings.HasPrefix(got, "Withdrawn") {
		t.Errorf("the withdrawn question says %q", got)
	}
}

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
}

func TestAsk(t *testing.T) {
	w := newWorld(t)
	w.now = moment(t, "2026-03-02T08:00:00Z")
	res := w.command("ada", "ask", "what does the nginx master process do")
	if res.Public != nil {
		t.Error("a lookup was shown to the channel")
	}
	wantIn(t, read(res.Private), "It reads the configuration.", "notes.md:", "nginx")
	if len(res.Private.Buttons) != 1 {
		t.Fatalf("buttons: %+v", res.Private.Buttons)
	}
	shared := w.press("ada", res.Private.Buttons[0].Action)
	wantIn(t, read(shared.Public), "ada shares", "It reads the configuration.")
	wantIn(t, read(w.command("ada", "ask", "  ").Private), "What are you looking for?")
	wantIn(t, read(w.command("ada", "ask", strings.Repeat("容", 10000)).Private), "10000 characters long", "500")
	wantIn(t, read(w.command("ada", "ask", "how to bake sourdough bread").Private), "The notes do not answer")
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

func TestRevealBeforeThePost(t *testing.T) {
	w := newWorld(t)
	w.network.fail = func(call string) fault {
		if call == "post" {
			return lost
		}
		return fine
	}
	w.now = moment(t, "2026-03-02T09:00:00Z")
	_ = w.bot.Tick(t.Context(), w.now)
	wantIn(t, read(w.admin("reveal", "").Private), "It is decided")
	w.network.fail = nil
	w.at("2026-03-02T09:05:00Z")
	w.at("2026-03-02T18:00:00Z")
	w.at("2026-03-03T09:00:00Z")
	var kinds []string
	for _, title := range w.network.titles() {
		kind, _, _ := strings.Cut(title, " ")
		kinds = append(kinds, kind)
	}
	if diff := cmp.Diff([]string{"Question", "Answer:", "Question"}, kinds); diff != "" {
		t.Errorf("messages (-want +got):\n%s", diff)
	}
}

func TestWithdrawnWhileUncertain(t *testing.T) {
	w := newWorld(t)
	w.network.fail = func(call string) fault {
		if call == "post" {
			return late
		}
		return fine
	}
	w.now = moment(t, "2026-03-02T09:00:00Z")
	_ = w.bot.Tick(t.Context(), w.now)
	wantIn(t, read(w.admin("skip", "not today").Private), "withdrawn")
	if m := w.network.messages[0]; len(m.message.Buttons) != 0 {
		t.Error("the withdrawn question still has its button")
	}
}

func TestPostWhereNothingIsScheduled(t *testing.T) {
	w := newWorld(t)
	w.now = moment(t, "2026-03-02T09:00:00Z")
	ev := w.event("boss")
	ev.Admin, ev.Channel, ev.Command = true, "C2", &chat.Command{Name: "post"}
	wantIn(t, read(w.handle(ev).Private), "no question of the day")
}

func TestOverMidnight(t *testing.T) {
	w := newWorld(t)
	w.bot.Channels[0].Schedule = Schedule{Post: Clock{22, 0}, Reveal: Clock{9, 0}, Days: mondayToFriday}
	w.at("2026-03-03T00:01:00Z") // Monday's question, two hours late
	if q := w.open(); q.Day != "2026-03-02" {
		t.Errorf("question of %s", q.Day)
	}
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
		"2026-03-02T08:00:00Z": "4 questions found in the notes. The next one comes at 09:00. Try /study ask and a few words, or /study help.",
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

// Whatever the network does with each call, and however often the bot is stopped between the
// calls, a day has one question and one reveal.
func TestOnceWhateverTheNetworkDoes(t *testing.T) {
	for plan := range 3 * 3 * 3 * 3 {
		t.Run(fmt.Sprint(plan), func(t *testing.T) {
			w := newWorld(t)
			faults := plan
			w.network.fail = func(call string) fault {
				if call == "edit" || faults == 0 {
					return fine
				}
				f := fault(faults % 3)
				faults /= 3
				return f
			}
			for at := moment(t, "2026-03-02T09:00:00Z"); at.Before(moment(t, "2026-03-02T20:00:00Z")); at = at.Add(30 * time.Minute) {
				_ = w.bot.Tick(t.Context(), at) // what fails is tried again
				w.start()
			}
			for key, n := range w.network.perKey() {
				if n != 1 {
					t.Errorf("%s was posted %d times", key, n)
				}
			}
			if titles := w.network.titles(); len(titles) != 2 {
				t.Errorf("messages: %q", titles)
			}
			if acts, err := w.store.Pending(); err != nil || len(acts) > 0 {
				t.Errorf("still pending: %v %v", acts, err)
			}
		})
	}
}

func TestAPostThatNeverWorks(t *testing.T) {
	w := newWorld(t)
	w.network.fail = func(string) fault { return lost }
	for at := moment(t, "2026-03-02T09:00:00Z"); at.Before(moment(t, "2026-03-02T20:00:00Z")); at = at.Add(time.Hour) {
		if err := w.bot.Tick(t.Context(), at); err == nil {
			t.Fatalf("no error at %s", at)
		}
	}
	w.network.fail = nil
	w.at("2026-03-02T20:00:00Z")
	if titles := w.network.titles(); len(titles) > 0 {
		t.Errorf("posted after the day's end: %q", titles)
	}
	w.at("2026-03-03T09:00:00Z")
	if titles := w.network.titles(); len(titles) != 1 {
		t.Errorf("on the next day: %q", titles)
	}
	if s, err := w.store.Streak(studyChannel, "ada"); err != nil || s.Current != 0 || s.Freezes != store.MaxFreezes {
		t.Errorf("streak: %+v %v", s, err)
	}
}

func TestDownOverTheReveal(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T09:00:00Z")
	w.command("ada", "answer", w.open().Card.Answer)
	w.start()
	w.at("2026-03-04T09:30:00Z") // two days later
	var kinds []string
	for _, title := range w.network.titles() {
		kind, _, _ := strings.Cut(title, " ")
		kinds = append(kinds, kind)
	}
	if diff := cmp.Diff([]string{"Question", "Answer:", "", "Question"}, kinds); diff != "" { // and the day between was left out
		t.Errorf("messages (-want +got):\n%s", diff)
	}
	wantIn(t, read(w.command("ada", "top", "week").Private), "1 ada 10 1 1")
}

func TestDownAtTheHour(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T20:00:00Z") // the first start: nobody misses a question
	w.at("2026-03-03T12:00:00Z") // late, but in time to be answered
	w.at("2026-03-03T18:00:00Z")
	w.start()
	w.network.fail = func(call string) fault {
		if call == "post" && len(w.network.messages) == 2 {
			return late
		}
		return fine
	}
	for _, at := range []string{"2026-03-04T17:30:00Z", "2026-03-04T17:31:00Z", "2026-03-04T17:32:00Z"} {
		_ = w.bot.Tick(t.Context(), moment(t, at)) // the first answer of the network is lost
		w.start()
	}
	if len(w.network.messages) != 3 {
		t.Fatalf("messages: %q", w.network.titles())
	}
	wantIn(t, read(&w.network.messages[2].message), "No question on 2026-03-04")
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
	wantIn(t, read(w.command("bob", "why", "").Private), "10 = 2 for taking part + 8 for 100%")
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

func TestPreviewSaysWhatComes(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T08:00:00Z")
	wantIn(t, read(w.admin("preview", "many").Private), "How many days?")
	text := read(w.admin("preview", "4").Private)
	wantIn(t, text, "4 cards were never asked")
	for d := range 4 {
		at := moment(t, "2026-03-02T09:00:00Z").AddDate(0, 0, d)
		if err := w.bot.Tick(t.Context(), at); err != nil {
			t.Fatal(err)
		}
		wantIn(t, text, at.Format(time.DateOnly)+" "+w.open().Card.Question)
	}
}

func TestPause(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T08:00:00Z")
	wantIn(t, read(w.admin("pause", "yesterday").Private), "Until when?")
	wantIn(t, read(w.admin("pause", "2026-03-02").Private), "Until when?")
	wantIn(t, read(w.admin("pause", "2026-03-05").Private), "Paused until 2026-03-05")
	wantIn(t, read(w.command("ada", "question", "").Private), "Thursday 5 March, 09:00")
	w.at("2026-03-04T09:00:00Z")
	w.at("2026-03-04T20:00:00Z")
	if n := len(w.network.messages); n != 0 {
		t.Fatalf("in the pause: %q", w.network.titles())
	}
	w.at("2026-03-05T09:00:00Z")
	w.admin("pause", "")
	w.at("2026-03-05T18:00:00Z") // the reveal comes all the same
	w.at("2026-03-06T09:00:00Z")
	if n := len(w.network.messages); n != 2 {
		t.Fatalf("messages: %q", w.network.titles())
	}
	wantIn(t, read(w.command("ada", "question", "").Private), "paused until further notice")
	wantIn(t, read(w.admin("resume", "").Private), "Monday 9 March, 09:00")
	w.at("2026-03-06T09:05:00Z")
	if n := len(w.network.messages); n != 3 {
		t.Fatalf("after the pause: %q", w.network.titles())
	}
}

func TestChoice(t *testing.T) {
	options := []knowledge.Option{{Text: "RDB", Right: true}, {Text: "AOF"}, {Text: "both", Right: true}}
	for answer, want := range map[string]float64{"AC": 1, "c, a": 1, "A": 0.5, "ABC": 0.5, "B": 0, "D": 0, "": 0} {
		if got := gradeReply(knowledge.Card{Kind: knowledge.Choice, Options: options}, nil, answer); got.Score != want {
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
