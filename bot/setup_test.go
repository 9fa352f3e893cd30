package bot

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"studybot/bot/chat"
	"studybot/knowledge"
	"studybot/knowledge/library"
	"studybot/store"
)

// adminIn is a command of an admin in another channel.
func (w *world) adminIn(channel chat.ChannelID, name, args string) chat.Response {
	w.t.Helper()
	ev := w.event("boss")
	ev.Channel, ev.Admin, ev.Command = channel, true, &chat.Command{Name: name, Args: args}
	return w.handle(ev)
}

// submitSetup opens the form of settings, changes fields and sends it.
func (w *world) submitSetup(channel chat.ChannelID, args string, fields map[string]string) chat.Response {
	w.t.Helper()
	form := w.adminIn(channel, "setup", args).Form
	if form == nil {
		w.t.Fatal("no form opens")
	}
	values := map[string]string{}
	for _, f := range form.Fields {
		values[f.Name] = f.Value
	}
	for name, v := range fields {
		values[name] = v
	}
	ev := w.event("boss")
	ev.Channel, ev.Admin, ev.Submit = channel, true, &chat.Submit{Action: form.Action, Values: values}
	return w.handle(ev)
}

// A channel that is configured nowhere answers lookups, says how it gets a question of the day, and gets one by setup.
func TestAChannelBeginsBySetup(t *testing.T) {
	w := newWorld(t)
	w.now = moment(t, "2026-03-02T08:00:00Z")
	ask := w.event("ada")
	ask.Channel, ask.Command = "C9", &chat.Command{Name: "ask", Args: "what does the nginx master process do"}
	wantIn(t, read(w.handle(ask).Private), "It reads the configuration.")
	ask.Command = &chat.Command{Name: "question"}
	wantIn(t, read(w.handle(ask).Private), "no question of the day", "/study setup")
	ask.Command = &chat.Command{Name: "setup", Args: "zone=UTC"}
	wantIn(t, read(w.handle(ask).Private), "those who run the bot")
	wantIn(t, read(w.adminIn("C9", "post", "").Private), "/study setup")

	wantIn(t, read(w.submitSetup("C9", "", map[string]string{"zone": "Asia/Shanghai", "times": "09:30 - 18:30  17：00", "days": "mon-sat cn", "language": "zh"}).Private),
		"post=09:30 reveal=18:30 reminder=17:00 days=mon-sat", "zone=Asia/Shanghai calendar=cn language=zh", "2026-03-02 在这里设置", "马上就出")
	w.at("2026-03-03T01:30:00Z")
	var titles []string
	for _, m := range w.network.messages {
		if m.to == "C9" {
			titles = append(titles, m.message.Title)
		}
	}
	if len(titles) != 1 || !strings.HasPrefix(titles[0], "每日一题") {
		t.Errorf("messages of the new channel: %q", titles)
	}
	w.start() // what was set is there after a restart
	wantIn(t, read(w.adminIn("C9", "setup", "reveal=18:45").Private), "post=09:30 reveal=18:45 reminder=17:00")
	wantIn(t, read(w.adminIn("C9", "help", "").Private), "现行设置", "post=09:30", "在这里设置")
	wantIn(t, read(w.adminIn("C9", "setup", "off").Private), "没有设每日一题")
	w.at("2026-03-03T10:45:00Z") // what is open is revealed all the same
	w.at("2026-03-04T01:30:00Z")
	n := 0
	for _, m := range w.network.messages {
		if m.to == "C9" {
			n++
		}
	}
	if n != 2 {
		t.Errorf("%d messages, want a question and its reveal", n)
	}
	wantIn(t, read(w.adminIn("C9", "setup", "on").Private), "post=09:30")
}

func TestSetupRefuses(t *testing.T) {
	w := newWorld(t)
	w.now = moment(t, "2026-03-02T08:00:00Z")
	tests := []struct{ args, want string }{
		{"zone=Shanghai", "zone: “Shanghai” will not do. Write a name of the IANA list"},
		{"zone=Local", "zone: “Local”"},
		{"zone=", "zone: “”"},
		{"post=9", "post: “9” will not do. Write a time of day"},
		{"reveal=25:00", "reveal: “25:00”"},
		{"reminder=20:00", "reminder: “20:00” will not do. Write a time between"},
		{"reminder=09:00", "reminder: “09:00”"},
		{"days=always", "days: “always”"},
		{"calendar=xx", "calendar: “xx”"},
		{"language=fr", "language: “fr”"},
		{"colour=red", `no setting "colour"`},
		{"please", `no setting "please"`},
		{"deck=a/b post=14:00", "“a/b” is no name for a deck"},
		{"deck=kernel folder=nowhere/", "No question of the notes is in folder=nowhere/"},
		{"deck=kernel off", `no deck "kernel"`},
	}
	for _, tt := range tests {
		t.Run(tt.args, func(t *testing.T) { wantIn(t, read(w.admin("setup", tt.args).Private), tt.want) })
	}
	wantIn(t, read(w.submitSetup(studyChannel.ID, "", map[string]string{"times": "in the morning"}).Private), "times: “in the morning” will not do. Write post and reveal as 09:00-18:00")
	if sets, err := w.store.Settings(); err != nil || len(sets) > 0 {
		t.Errorf("something was set: %v %v", sets, err)
	}
	ev := w.event("ada")
	ev.Submit = &chat.Submit{Action: "setup", Values: map[string]string{"zone": "UTC"}}
	wantIn(t, read(w.handle(ev).Private), "those who run the bot")
}

func TestSetupForm(t *testing.T) {
	w := newWorld(t)
	w.now = moment(t, "2026-03-02T08:00:00Z")
	form := w.admin("setup", "").Form
	if form == nil || len(form.Fields) != 5 || utf8.RuneCountInString(form.Title) > 24 {
		t.Fatalf("form: %+v", form)
	}
	got := map[string]string{}
	for _, f := range form.Fields {
		got[f.Name] = f.Value
		if utf8.RuneCountInString(f.Label) > 45 {
			t.Errorf("the label %q is too long", f.Label)
		}
	}
	want := map[string]string{"zone": "UTC", "times": "09:00-18:00", "days": "mon-fri none", "language": "en answers", "deck": ""}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what is in force (-want +got):\n%s", diff)
	}
	w.submitSetup(studyChannel.ID, "", nil)
	if sets, _ := w.store.Settings(); !cmp.Equal(sets[studyChannel][0], store.Settings{By: "boss", At: w.now}) {
		t.Errorf("a form that was not changed sets %+v", sets)
	}
	wantIn(t, read(w.submitSetup(studyChannel.ID, "", map[string]string{"deck": "redis topic=Redis", "times": "14:00-16:00"}).Private),
		"deck=redis post=14:00 reveal=16:00 reminder=off days=mon-fri topic=Redis", "post=09:00 reveal=18:00")
	form = w.admin("setup", "deck=redis").Form
	if got := form.Fields[4].Value + " " + form.Fields[1].Value; got != "redis topic=Redis 14:00-16:00" || form.Action != "setup redis" {
		t.Errorf("the form of a deck has %q", got)
	}
}

// Configured values count where nothing was set, and again the ones of the latest start.
func TestSetOverConfigured(t *testing.T) {
	w := newWorld(t)
	w.now = moment(t, "2026-03-02T08:00:00Z")
	w.admin("setup", "post=10:00")
	w.bot.Channels[0].Schedule.Reveal = Clock{17, 0}
	w.load()
	c := w.bot.channelOf(studyChannel)
	if c.Schedule.Post != (Clock{10, 0}) || c.Schedule.Reveal != (Clock{17, 0}) {
		t.Errorf("in force: %s to %s", c.Schedule.Post, c.Schedule.Reveal)
	}
}

// Whatever zone the channel moves to, a day is asked once, and none is said to be missed because of it.
func TestZoneChangesAskNoDayTwice(t *testing.T) {
	zones := []string{"Asia/Shanghai", "America/Los_Angeles", "Pacific/Kiritimati", "Europe/Berlin", "Pacific/Pago_Pago"}
	w := newWorld(t)
	for i := range 24 * 10 {
		w.now = moment(t, "2026-03-02T08:00:00Z").Add(time.Duration(i) * time.Hour)
		if i%7 == 0 {
			w.admin("setup", "zone="+zones[i/7%len(zones)])
		}
		if err := w.bot.Tick(t.Context(), w.now); err != nil {
			t.Fatal(err)
		}
	}
	asked := map[store.Day]int{}
	if err := w.store.Entries(0, func(e store.Entry) error {
		if e.What == store.WasAsked {
			asked[e.Day]++
		}
		if e.What == store.WasSkipped && e.Key != "" {
			t.Errorf("%s is said to be missed", e.Day)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for d, n := range asked {
		if n != 1 {
			t.Errorf("%s was asked %d times", d, n)
		}
	}
	if len(asked) < 5 {
		t.Errorf("asked on %d days only", len(asked))
	}
}

func TestDeckHolds(t *testing.T) {
	card := knowledge.Card{File: "linux/内存.md", Title: "什么是 swap？", Path: []string{"Linux", "内存 管理"}}
	tests := []struct {
		deck Deck
		want bool
	}{
		{Deck{}, true},
		{Deck{Folder: "linux/"}, true},
		{Deck{Folder: "lin"}, true},
		{Deck{Folder: "nux/"}, false},
		{Deck{Topic: "管理"}, true},
		{Deck{Topic: "LINUX"}, true},
		{Deck{Topic: "swap"}, true},
		{Deck{Topic: "内存"}, true},
		{Deck{Topic: "网络"}, false},
		{Deck{Folder: "net/", Topic: "内存"}, false},
	}
	for _, tt := range tests {
		if got := tt.deck.Holds(card); got != tt.want {
			t.Errorf("%+v holds the card: %v, want %v", tt.deck, got, tt.want)
		}
	}
}

func TestTwoDecks(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T08:00:00Z")
	wantIn(t, read(w.admin("setup", "deck=db topic=Redis post=14:00 reveal=17:00 days=mon,wed").Private), "deck=db post=14:00 reveal=17:00 reminder=off days=mon,wed topic=Redis")
	w.at("2026-03-02T09:00:00Z")
	own := w.open()
	w.at("2026-03-02T14:00:00Z")
	db := w.open() // the newest
	if own.ID == db.ID || db.Deck != "db" || db.Card.Path[0] != "Redis" || own.Deck != "" {
		t.Fatalf("open: %s of %q, %s of %q", own.ID, own.Deck, db.ID, db.Deck)
	}
	wantIn(t, w.network.titles()[1], "Question of the day · db")
	shown := w.command("ada", "question", "").Private
	wantIn(t, read(shown), own.Card.Question, db.Card.Question)
	if len(shown.Buttons) != 2 && len(shown.Buttons) != 3 {
		t.Errorf("buttons: %+v", shown.Buttons)
	}
	wantIn(t, read(w.command("ada", "answer", "a try").Private), "To “"+shorten(db.Card.Question, 80)+"”")
	ev := w.event("bob")
	ev.Reply = &chat.Reply{To: own.Message, Text: "in its thread"}
	w.handle(ev)
	for _, want := range []struct {
		q      store.QuestionID
		member chat.MemberID
	}{{db.ID, "ada"}, {own.ID, "bob"}} {
		if _, ok, err := w.store.ReplyOf(want.q, want.member); !ok || err != nil {
			t.Errorf("the reply of %s went elsewhere: %v", want.member, err)
		}
	}
	for _, q := range []store.Question{own, db} { // the embargo holds for both
		wantIn(t, read(w.command("eve", "ask", q.Card.Question).Private), "kept back")
	}
	w.at("2026-03-02T17:00:00Z")
	if q := w.open(); q.ID != own.ID {
		t.Errorf("open after the deck's reveal: %s", q.ID)
	}
	w.at("2026-03-02T18:00:00Z")
	wantIn(t, read(w.command("ada", "me", "").Private), "Streak: 1 day") // one of them is enough
	wantIn(t, read(w.command("bob", "me", "").Private), "Streak: 1 day")
	wantIn(t, read(w.admin("preview", "14").Private), "2026-03-04 db: ", "2026-03-03 ")
	wantIn(t, read(w.admin("post", "db").Private), "Done")
	wantIn(t, read(w.admin("post", "nodb").Private), `no deck "nodb"`, "db")
	wantIn(t, read(w.admin("reveal", "db").Private), "Done")
	wantIn(t, read(w.admin("setup", "deck=db off").Private), "post=09:00")
	w.at("2026-03-04T09:00:00Z")
	w.at("2026-03-04T14:00:00Z")
	if q := w.open(); q.Deck != "" {
		t.Errorf("a deck that is off was asked: %s", q.ID)
	}
	if _, err := w.store.Verify(t.TempDir()); err != nil {
		t.Error(err)
	}
}

// reminders counts the reminders that were posted. Each has its button, and names nobody.
func (w *world) reminders() (n int) {
	w.t.Helper()
	for _, m := range w.network.messages {
		if strings.HasPrefix(m.message.Title, "Still open: ") {
			n++
			if strings.Contains(read(&m.message), "ada") || len(m.message.Buttons) == 0 {
				w.t.Errorf("the reminder names somebody, or has no button: %+v", m.message)
			}
		}
	}
	return n
}

func TestReminder(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T08:00:00Z")
	w.admin("setup", "reminder=16:30")
	day := func(d string, members ...string) {
		w.at(d + "T09:00:00Z")
		for _, m := range members {
			w.command(m, "answer", "a try")
		}
		w.at(d + "T16:29:00Z")
		before := w.reminders()
		w.at(d + "T16:30:00Z")
		w.at(d + "T16:31:00Z")
		if before != w.reminders() && w.now.Hour() != 16 {
			t.Error("reminded too early")
		}
	}
	day("2026-03-02") // nobody was active before
	if n := w.reminders(); n != 0 {
		t.Fatalf("%d reminders in a channel where nobody is active", n)
	}
	for _, m := range []string{"ada", "bob", "cyd", "dan"} {
		w.command(m, "answer", "a try")
	}
	w.at("2026-03-02T18:00:00Z")
	day("2026-03-03", "ada", "bob") // two of four are half
	if n := w.reminders(); n != 0 {
		t.Fatalf("%d reminders though half have answered", n)
	}
	w.at("2026-03-03T18:00:00Z")
	w.network.fail = func(call string) fault {
		if call == "post" && w.now.Hour() == 16 {
			return late
		}
		return fine
	}
	w.at("2026-03-04T09:00:00Z")
	w.command("ada", "answer", "a try")
	for _, at := range []string{"2026-03-04T16:30:00Z", "2026-03-04T16:31:00Z", "2026-03-04T16:40:00Z"} {
		w.now = moment(t, at)
		_ = w.bot.Tick(t.Context(), w.now) // the first answer of the network is lost
		w.start()
	}
	if n := w.reminders(); n != 1 {
		t.Fatalf("%d reminders, want one", n)
	}
	w.network.fail = nil
	ev := w.event("bob")
	ev.Reply = &chat.Reply{To: w.network.messages[len(w.network.messages)-1].id, Text: "under the reminder"}
	if !w.handle(ev).Taken {
		t.Error("a reply under the reminder was not taken")
	}
	w.at("2026-03-04T18:00:00Z")
	if acts, err := w.store.Pending(); err != nil || len(acts) > 0 {
		t.Errorf("pending: %v %v", acts, err)
	}
}

func TestReload(t *testing.T) {
	files := fstest.MapFS{"notes.md": {Data: []byte(notesForTests)}}
	notes, err := library.Open(t.Context(), library.Config{Notes: files})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { notes.Close() })
	w := newWorld(t)
	w.bot.Notes = notes
	w.now = moment(t, "2026-03-02T08:00:00Z")
	wantIn(t, read(w.admin("reload", "").Private), "Questions: 0 added, 0 changed, 0 removed", "4 questions now")
	files["more.md"] = &fstest.MapFile{Data: []byte("# Linux\n\n## What is a zombie process?\n\n- It has ended.\n- Its parent has not read its exit status.\n"), ModTime: w.now}
	files["bad.md"] = &fstest.MapFile{Data: []byte("\x00\x01\x02"), ModTime: w.now}
	wantIn(t, read(w.admin("reload", "").Private), "Notes: 1 added, 0 changed, 0 removed", "Questions: 1 added, 0 changed, 0 removed", "5 questions now", "bad.md")
	clear(files)
	wantIn(t, read(w.admin("reload", "").Private), "what was read before stays")
}

func TestWarningsToAdmins(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T08:00:00Z")
	wantIn(t, read(w.admin("pause", "2026-03-03").Private), "Few new questions are left (4)")
	if text := read(w.admin("resume", "").Private); strings.Contains(text, "Few new") {
		t.Errorf("warned twice in a week:\n%s", text)
	}
	wantIn(t, read(w.admin("queue", "").Private), "Few new questions are left (4)")
	if text := read(w.command("ada", "queue", "").Private); strings.Contains(text, "Few new") {
		t.Errorf("a member is warned:\n%s", text)
	}
	w.now = moment(t, "2040-03-12T08:00:00Z")
	if text := read(w.admin("setup", "calendar=cn").Private); !strings.Contains(text, "does not know the holidays of 2040") {
		t.Errorf("the year is not known, and nothing is said:\n%s", text)
	}
}
