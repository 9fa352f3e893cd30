package slack_test

import (
	"strings"
	"testing"

	"studybot/bot/chat"
	"studybot/bot/slack/slacktest"
)

// What has no words is shown all the same: Slack takes no empty label.
func TestEmptyLabels(t *testing.T) {
	s := slacktest.New(t)
	b := &brain{answer: func(chat.Event) (chat.Response, error) {
		return chat.Response{Form: &chat.Form{Action: "f", Title: "\u200e", Fields: []chat.Field{{Name: "a", Label: " "}}}}, nil
	}}
	n, _ := running(t, s, b, same)
	m := chat.Message{Buttons: []chat.Button{{Action: "a"}, {Action: "b", Label: "\n"}}}
	if _, err := n.Post(t.Context(), ch, m, "q1"); err != nil {
		t.Errorf("Post: %v", err)
	}
	s.Slash(ann, ch, "answer")
	slacktest.Await(t, "form", func() bool { _, ok := s.Form(ann); return ok })
}

// What is to stand below a message that somebody deleted stands in the channel.
func TestThreadOfADeletedMessage(t *testing.T) {
	s := slacktest.New(t)
	n := network(t, s, same)
	s.Fail("chat.postMessage", 1, slacktest.Fault{Code: "thread_not_found"})
	m := text("the reveal")
	m.Thread = "1700000000.000100"
	id, err := n.Post(t.Context(), ch, m, "r1")
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Messages(func(m slacktest.Message) bool { return m.TS == string(id) && m.Thread == "" }); len(got) != 1 {
		t.Errorf("posted:\n%s", s.Shown())
	}
}

// A form whose trigger has passed is told to its member.
func TestFormTooLate(t *testing.T) {
	t.Parallel()
	s := slacktest.New(t)
	s.Fail("views.open", 1, slacktest.Fault{Code: "expired_trigger_id"})
	b := &brain{answer: func(chat.Event) (chat.Response, error) {
		return chat.Response{Form: &chat.Form{Action: "a", Title: "t", Fields: []chat.Field{{Name: "x", Label: "X"}}}}, nil
	}}
	running(t, s, b, same)
	s.Slash(ann, ch, "answer")
	s.AwaitMessage(t, "press again")
}

// An answer finds its way when the response_url does not take it, and when the member is not in the channel.
func TestWaysOfAnswering(t *testing.T) {
	t.Parallel()
	s := slacktest.New(t)
	b := &brain{answer: privately("private")}
	running(t, s, b, same)
	s.Fail("response_url", 1, slacktest.Fault{Status: 404})
	s.Slash(bob, ch, "help")
	if m := s.AwaitMessage(t, "private"); m.Only != bob || m.Channel != ch {
		t.Errorf("without a response_url: %+v", m)
	}
	s.Fail("response_url", 1, slacktest.Fault{Status: 404})
	s.Fail("chat.postEphemeral", 1, slacktest.Fault{Code: "user_not_in_channel"})
	s.Slash(bob, ch, "help")
	slacktest.Await(t, "direct message", func() bool {
		return len(s.Messages(func(m slacktest.Message) bool { return m.Channel == bob })) == 1
	})
}

// What is for the channel is said there; where the bot is no member, it is the command's answer.
func TestPublic(t *testing.T) {
	t.Parallel()
	s := slacktest.New(t)
	b := &brain{answer: func(chat.Event) (chat.Response, error) { m := text("shared"); return chat.Response{Public: &m}, nil }}
	running(t, s, b, same)
	s.Slash(bob, ch, "help")
	if m := s.AwaitMessage(t, "shared"); m.Only != "" || m.Channel != ch || m.Open {
		t.Errorf("in the channel: %+v", m)
	}
	s.Slash(bob, "C0ALIEN", "help")
	slacktest.Await(t, "answer to all", func() bool {
		return len(s.Messages(func(m slacktest.Message) bool { return m.Channel == "C0ALIEN" && m.Open })) == 1
	})
}

// A message that its member alone sees is edited by its own button.
func TestEditOfAWhisper(t *testing.T) {
	t.Parallel()
	s := slacktest.New(t)
	b := &brain{answer: func(ev chat.Event) (chat.Response, error) {
		if ev.Press != nil {
			return chat.Response{Edit: &chat.Edit{Message: ev.Press.Message, To: text("after")}}, nil
		}
		m := text("before")
		m.Buttons = []chat.Button{{Action: "go", Label: "Go"}}
		return chat.Response{Private: &m}, nil
	}}
	running(t, s, b, same)
	s.Slash(bob, ch, "help")
	s.Press(bob, s.AwaitMessage(t, "before"), "Go")
	if m := s.AwaitMessage(t, "after"); m.Edits != 1 || m.Only != bob {
		t.Errorf("edited: %+v", m)
	}
	if n := len(s.Calls("chat.update")); n != 0 {
		t.Errorf("chat.update was called %d times; it cannot edit such a message", n)
	}
}

// The rest of a long passage is one click away, for the member alone.
func TestMoreButton(t *testing.T) {
	t.Parallel()
	s := slacktest.New(t)
	b := &brain{answer: func(chat.Event) (chat.Response, error) {
		m := chat.Message{Blocks: []chat.Block{chat.Passage{Text: strings.Repeat("一句话说完。", 600) + "这是结尾。", Source: "a.md:1-700"}}}
		return chat.Response{Private: &m}, nil
	}}
	running(t, s, b, func(c *config) { c.Language = "zh" })
	s.Slash(bob, ch, "help")
	m := s.AwaitMessage(t, "一句话说完")
	if strings.Contains(slacktest.ShownText(m.Text, m.Blocks), "这是结尾") {
		t.Fatal("the passage is not cut")
	}
	s.Press(bob, m, "接着看")
	if rest := s.AwaitMessage(t, "这是结尾"); rest.Only != bob || !strings.Contains(slacktest.ShownText(rest.Text, rest.Blocks), "a.md:1-700") {
		t.Errorf("the rest: %+v", rest)
	}
	if n := len(b.events()); n != 1 {
		t.Errorf("the bot heard %d events; the button is the network's own", n)
	}
}
