package slack_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"studybot/bot/chat"
	"studybot/bot/slack/slacktest"
)

const (
	ann = "U0ANN"
	bob = "U0BOB"
	ch  = slacktest.Channel
)

var (
	memberAnn = chat.Member{ID: ann, Name: "ann"}
	memberBob = chat.Member{ID: bob, Name: "bob"}
)

// What a member does becomes an event.
func TestEvents(t *testing.T) {
	at := func(s string) string { return "<@" + slacktest.Bot + "> " + s }
	tests := []struct {
		name string
		does func(s *slacktest.Server)
		want chat.Event
	}{
		{"a command", func(s *slacktest.Server) { s.Slash(bob, ch, "top week") },
			chat.Event{Channel: ch, Member: memberBob, Language: "zh", Command: &chat.Command{Name: "top", Args: "week"}}},
		{"an admin's command", func(s *slacktest.Server) { s.Slash(ann, ch, "Help") },
			chat.Event{Channel: ch, Member: memberAnn, Language: "en", Admin: true, Command: &chat.Command{Name: "help"}}},
		{"bare text asks", func(s *slacktest.Server) { s.Slash(bob, ch, "什么是 pod") },
			chat.Event{Channel: ch, Member: memberBob, Language: "zh", Command: &chat.Command{Name: "ask", Args: "什么是 pod"}}},
		{"so does a question that begins as a command", func(s *slacktest.Server) { s.Slash(bob, ch, "why is the sky blue") },
			chat.Event{Channel: ch, Member: memberBob, Language: "zh", Command: &chat.Command{Name: "ask", Args: "why is the sky blue"}}},
		{"and one with a word that the command does not take", func(s *slacktest.Server) { s.Slash(bob, ch, "top 命令怎么用") },
			chat.Event{Channel: ch, Member: memberBob, Language: "zh", Command: &chat.Command{Name: "ask", Args: "top 命令怎么用"}}},
		{"nothing asks for help", func(s *slacktest.Server) { s.Slash(bob, ch, " ") },
			chat.Event{Channel: ch, Member: memberBob, Language: "zh", Command: &chat.Command{Name: "help"}}},
		{"signs are read as they were typed", func(s *slacktest.Server) { s.Slash(bob, ch, "ask a &lt; b &amp;&amp; c") },
			chat.Event{Channel: ch, Member: memberBob, Language: "zh", Command: &chat.Command{Name: "ask", Args: "a < b && c"}}},
		{"a command in a direct message", func(s *slacktest.Server) { s.Slash(bob, "D0BOB", "me") },
			chat.Event{Channel: "D0BOB", Member: memberBob, Language: "zh", Direct: true, Command: &chat.Command{Name: "me"}}},
		{"a direct message", func(s *slacktest.Server) { s.Say(bob, "D"+bob, "三次握手", "") },
			chat.Event{Channel: "D" + bob, Member: memberBob, Language: "zh", Direct: true, Command: &chat.Command{Name: "ask", Args: "三次握手"}}},
		{"a mention, with a link", func(s *slacktest.Server) { s.Say(bob, ch, at("what is <http://k8s.io|k8s.io> &amp; co"), "") },
			chat.Event{Channel: ch, Member: memberBob, Language: "zh", Aloud: true, Command: &chat.Command{Name: "ask", Args: "what is k8s.io & co"}}},
		{"a mention in somebody's thread", func(s *slacktest.Server) { s.Say(bob, ch, at("pod"), "1700000000.000100") },
			chat.Event{Channel: ch, Thread: "1700000000.000100", Member: memberBob, Language: "zh", Aloud: true, Command: &chat.Command{Name: "ask", Args: "pod"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := slacktest.New(t)
			b := &brain{}
			running(t, s, b, same)
			tt.does(s)
			got := b.await(t, 1)[0]
			slacktest.Await(t, "acknowledgement", func() bool { return s.Waiting() == 0 })
			if n := len(b.events()); n != 1 {
				t.Errorf("heard %d events", n)
			}
			if got.Aloud && got.Thread == "" {
				t.Error("a mention is to be answered in a thread")
			}
			tt.want.Network = "slack"
			ignore := cmpopts.IgnoreFields(chat.Event{}, "At")
			if tt.want.Thread == "" {
				ignore = cmpopts.IgnoreFields(chat.Event{}, "At", "Thread")
			}
			if diff := cmp.Diff(tt.want, got, ignore); diff != "" {
				t.Errorf("event (-want +got):\n%s", diff)
			}
			if got.At.IsZero() || got.At.Location().String() != "UTC" {
				t.Errorf("at %v", got.At)
			}
		})
	}
}

// What people say to one another the bot does not hear.
func TestNotHeard(t *testing.T) {
	s := slacktest.New(t)
	b := &brain{}
	n, _ := running(t, s, b, same)
	question, err := n.Post(t.Context(), ch, text("the question"), "q1")
	if err != nil {
		t.Fatal(err)
	}
	other := s.Say(ann, ch, "talk", "")
	s.Say(bob, ch, "more talk, @here", "")
	s.Say(bob, ch, "in a thread of people", other)
	s.Say(bob, ch, "<@"+slacktest.Bot+"2> you", "") // somebody whose ID begins like the bot's
	say := func(fields map[string]any) {
		ev := map[string]any{"type": "message", "user": bob, "text": "hi", "ts": "1700000001.000100", "channel": ch, "thread_ts": string(question), "parent_user_id": slacktest.Bot}
		for k, v := range fields {
			ev[k] = v
		}
		s.Event(ev)
	}
	say(map[string]any{"user": slacktest.Bot, "bot_id": "B0STUDYBOT"})
	say(map[string]any{"user": "", "bot_id": "B0OTHER", "subtype": "bot_message"})
	say(map[string]any{"subtype": "message_changed"})
	say(map[string]any{"subtype": "channel_join"})
	s.Event(map[string]any{"type": "reaction_added", "user": bob, "item": map[string]any{"type": "message"}})
	s.Event(map[string]any{"type": "app_home_opened", "user": bob, "tab": "messages"})
	s.Say(bob, ch, "this is my answer", string(question)) // is heard, after all of these
	got := b.await(t, 1)
	slacktest.Await(t, "acknowledgements", func() bool { return s.Waiting() == 0 })
	if len(got) != 1 || got[0].Reply == nil || got[0].Reply.Text != "this is my answer" || got[0].Reply.To != question {
		t.Errorf("heard %+v", got)
	}
	if calls := s.Calls("chat.postEphemeral"); len(calls) > 0 || len(s.Calls("chat.postMessage")) != 1 {
		t.Errorf("the bot spoke where nobody asked it")
	}
}

// A reply in the thread of a question is acknowledged by a mark, and its feedback is seen by its member alone.
func TestReply(t *testing.T) {
	s := slacktest.New(t)
	b := &brain{answer: func(chat.Event) (chat.Response, error) {
		m := text("You have it.")
		return chat.Response{Private: &m, Taken: true}, nil
	}}
	n, _ := running(t, s, b, same)
	question, err := n.Post(t.Context(), ch, text("the question"), "q1")
	if err != nil {
		t.Fatal(err)
	}
	reply := s.Say(bob, ch, "an answer", string(question))
	m := s.AwaitMessage(t, "You have it.")
	if m.Only != bob || m.Thread != string(question) || m.Channel != ch {
		t.Errorf("feedback: %+v", m)
	}
	slacktest.Await(t, "mark", func() bool {
		return len(s.Messages(func(m slacktest.Message) bool {
			return m.TS == reply && cmp.Equal(m.Marks, []string{"white_check_mark"})
		})) == 1
	})
}

// A button opens a form, the form is sent, and its feedback comes to its member.
func TestFormRoundTrip(t *testing.T) {
	s := slacktest.New(t)
	b := &brain{answer: func(ev chat.Event) (chat.Response, error) {
		if ev.Press != nil {
			return chat.Response{Form: &chat.Form{Action: "answer q7", Title: "Your answer to this question of the day", Fields: []chat.Field{
				{Name: "answer", Label: "CrashLoopBackOff 是什么意思", Value: "before", Long: true}, {Name: "reason", Label: "Why"}}}}, nil
		}
		m := text("thanks for " + ev.Submit.Values["answer"] + "/" + ev.Submit.Values["reason"])
		return chat.Response{Private: &m}, nil
	}}
	n, _ := running(t, s, b, same)
	q := text("the question")
	q.Buttons = []chat.Button{{Action: "answer q7", Label: "Answer", Primary: true}}
	id, err := n.Post(t.Context(), ch, q, "q7")
	if err != nil {
		t.Fatal(err)
	}
	s.Press(bob, s.Messages(func(m slacktest.Message) bool { return m.TS == string(id) })[0], "Answer")
	slacktest.Await(t, "form", func() bool { _, ok := s.Form(bob); return ok })
	s.Submit(bob, map[string]string{"answer": "因为 <b> & 退出", "reason": ""})
	m := s.AwaitMessage(t, "thanks for 因为 <b> & 退出/")
	if m.Only != bob || m.Channel != ch {
		t.Errorf("feedback: %+v", m)
	}
	want := []chat.Event{
		{Network: "slack", Channel: ch, Member: memberBob, Language: "zh", Press: &chat.Press{Action: "answer q7", Message: id}},
		{Network: "slack", Channel: ch, Member: memberBob, Language: "zh", Submit: &chat.Submit{Action: "answer q7", Values: map[string]string{"answer": "因为 <b> & 退出", "reason": ""}}},
	}
	if diff := cmp.Diff(want, b.events(), cmpopts.IgnoreFields(chat.Event{}, "At")); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
	if calls := s.Calls("chat.postEphemeral"); len(calls) > 0 {
		t.Error("the feedback goes by the button's response_url, which is limited least")
	}
}

// A form without a trigger, as in a direct message, is opened by a button.
func TestFormFromADirectMessage(t *testing.T) {
	s := slacktest.New(t)
	form := &chat.Form{Action: "suggest", Title: "A question", Fields: []chat.Field{{Name: "question", Label: "Question"}}}
	b := &brain{answer: func(chat.Event) (chat.Response, error) { return chat.Response{Form: form}, nil }}
	running(t, s, b, same)
	s.Say(bob, "D"+bob, "suggest", "")
	m := s.AwaitMessage(t, "点按钮填写")
	s.Press(bob, m, "A question")
	slacktest.Await(t, "form", func() bool { _, ok := s.Form(bob); return ok })
	if c := b.events()[1].Command; c == nil || c.Name != "suggest" {
		t.Errorf("the button gave %+v", b.events()[1])
	}
}

func TestAdmins(t *testing.T) {
	tests := []struct {
		name    string
		user    slacktest.User
		named   bool
		creator bool
		channel string
		want    bool
	}{
		{name: "a member is none", user: slacktest.User{Name: "m"}, channel: ch},
		{name: "an admin of the workspace is", user: slacktest.User{Name: "m", Admin: true}, channel: ch, want: true},
		{name: "the channel's creator is", user: slacktest.User{Name: "m"}, creator: true, channel: ch, want: true},
		{name: "but not elsewhere", user: slacktest.User{Name: "m"}, creator: true, channel: "C0OTHER"},
		{name: "nor in a direct message", user: slacktest.User{Name: "m"}, creator: true, channel: "DU0M"},
		{name: "who is named in the settings is", user: slacktest.User{Name: "m"}, named: true, channel: ch, want: true},
		{name: "everywhere", user: slacktest.User{Name: "m"}, named: true, channel: "DU0M", want: true},
		{name: "a guest never is", user: slacktest.User{Name: "m", Guest: true, Admin: true}, named: true, creator: true, channel: ch},
		{name: "a stranger of a shared channel never is", user: slacktest.User{Name: "m", Stranger: true, Admin: true}, named: true, creator: true, channel: ch},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := slacktest.New(t)
			s.AddUser("U0M", tt.user)
			s.AddChannel("C0OTHER", "U0ELSE")
			if tt.creator {
				s.AddChannel(ch, "U0M")
			}
			b := &brain{}
			running(t, s, b, func(c *config) {
				if tt.named {
					c.Admins = []chat.MemberID{"U0M"}
				}
			})
			m := slacktest.Message{Channel: tt.channel, TS: "1.1", Blocks: []byte(`[{"type":"actions","elements":[{"type":"button","action_id":"press0","value":"void","text":{"type":"plain_text","text":"x"}}]}]`)}
			s.Slash("U0M", tt.channel, "help")
			s.Press("U0M", m, "x")
			for i, ev := range b.await(t, 2) {
				if ev.Admin != tt.want {
					t.Errorf("event %d: admin %v, want %v", i, ev.Admin, tt.want)
				}
			}
		})
	}
}

// Who is not known is no admin, and is answered all the same.
func TestUnknownMember(t *testing.T) {
	s := slacktest.New(t)
	s.Fail("users.info", 1, slacktest.Fault{Status: 429, RetryIn: 30})
	s.Fail("users.list", 1, slacktest.Fault{Code: "missing_scope"})
	b := &brain{answer: privately("hello")}
	running(t, s, b, same)
	s.Slash(ann, ch, "help")
	s.AwaitMessage(t, "hello")
	want := chat.Event{Network: "slack", Channel: ch, Member: memberAnn, Command: &chat.Command{Name: "help"}}
	if diff := cmp.Diff(want, b.events()[0], cmpopts.IgnoreFields(chat.Event{}, "At")); diff != "" {
		t.Errorf("event (-want +got):\n%s", diff)
	}
}

// Who the members are is asked for at the start, so that a crowd is known.
func TestMeet(t *testing.T) {
	s := slacktest.New(t)
	for i := range 450 {
		s.AddUser(fmt.Sprintf("U1M%03d", i), slacktest.User{Name: fmt.Sprint("m", i), Locale: "zh-CN"})
	}
	b := &brain{}
	running(t, s, b, same)
	slacktest.Await(t, "all pages", func() bool { return len(s.Calls("users.list")) == 3 })
	time.Sleep(20 * time.Millisecond)
	for i := range 450 {
		s.Slash(fmt.Sprintf("U1M%03d", i), ch, "help")
	}
	for _, ev := range b.await(t, 450) {
		if ev.Language != "zh" || ev.Member.Name == "" {
			t.Fatalf("not known: %+v", ev)
		}
	}
	if n := len(s.Calls("users.info")); n > 0 {
		t.Errorf("%d members were asked for one by one", n)
	}
}

// The bot's page shows the question, the member's own streak and the board; who runs the bot finds the settings there.
func TestHome(t *testing.T) {
	s := slacktest.New(t)
	b := &brain{answer: func(ev chat.Event) (chat.Response, error) {
		m := chat.Message{Title: "title of " + ev.Command.Name + " " + ev.Command.Args, Blocks: []chat.Block{chat.Text("text")}, Buttons: []chat.Button{{Action: "a", Label: "Press " + ev.Command.Name}}}
		return chat.Response{Private: &m}, nil
	}}
	running(t, s, b, same)
	for _, user := range []string{ann, bob} {
		s.OpenHome(user)
		slacktest.Await(t, "page", func() bool { _, ok := s.Page(user); return ok })
	}
	page, _ := s.Page(ann)
	if shown := slacktest.ViewText(page); !containsAll(shown, "title of question", "title of me", "title of top week", "Press me", "Settings") {
		t.Errorf("ann's page shows\n%s", shown)
	}
	page, _ = s.Page(bob)
	if shown := slacktest.ViewText(page); containsAll(shown, "设置") {
		t.Errorf("bob's page shows\n%s", shown)
	}
	s.PressHome(ann, "Settings")
	slacktest.Await(t, "answer as a direct message", func() bool {
		return len(s.Messages(func(m slacktest.Message) bool { return m.Channel == ann })) == 1
	})
	setup := 0
	for _, ev := range b.events() {
		if ev.Channel != "" || ev.Admin != (ev.Member.ID == ann) {
			t.Errorf("asked in channel %q, as an admin: %v", ev.Channel, ev.Admin)
		}
		if ev.Command.Name == "setup" {
			setup++
		}
	}
	if setup != 1 {
		t.Errorf("%d times setup, want once", setup)
	}
}
