package slack_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"studybot/bot/chat"
	"studybot/bot/slack"
	"studybot/bot/slack/slacktest"
)

// What is not acknowledged in time comes again; it is answered once.
func TestRedelivery(t *testing.T) {
	t.Parallel()
	s := slacktest.New(t)
	b := &brain{answer: privately("once")}
	running(t, s, b, same)
	s.DropAcks(2)
	s.Slash(bob, ch, "help")
	s.Say(bob, ch, "<@"+slacktest.Bot+"> help", "")
	b.await(t, 2)
	slacktest.Await(t, "second acknowledgement", func() bool { return s.Waiting() == 0 })
	time.Sleep(50 * time.Millisecond)
	if n := len(b.events()); n != 2 {
		t.Errorf("heard %d events, want 2", n)
	}
}

// Slack asks to connect again every few hours, and connections break; nothing is lost meanwhile.
func TestReconnect(t *testing.T) {
	for _, abrupt := range []bool{false, true} {
		t.Run(fmt.Sprint("abrupt=", abrupt), func(t *testing.T) {
			t.Parallel()
			s := slacktest.New(t)
			b := &brain{answer: privately("here")}
			running(t, s, b, same)
			for i := range 60 {
				if i == 20 {
					s.Disconnect(abrupt)
				}
				s.Slash(bob, ch, fmt.Sprint("ask ", i))
				time.Sleep(time.Millisecond)
			}
			b.await(t, 60)
			slacktest.Await(t, "acknowledgements", func() bool { return s.Waiting() == 0 })
			if _, ever := s.Connections(); ever < 2 {
				t.Errorf("%d connections", ever)
			}
			heard := map[string]int{}
			for _, ev := range b.events() {
				heard[ev.Command.Args]++
			}
			for i := range 60 {
				if heard[fmt.Sprint(i)] != 1 {
					t.Errorf("%d was heard %d times", i, heard[fmt.Sprint(i)])
				}
			}
		})
	}
}

// A slow answer does not hold up the acknowledgement, nor anybody else.
func TestAcknowledgedBeforeTheWork(t *testing.T) {
	t.Parallel()
	s := slacktest.New(t)
	slow := make(chan struct{})
	b := &brain{answer: func(ev chat.Event) (chat.Response, error) {
		if ev.Member.ID == bob {
			<-slow
		}
		m := text("to " + ev.Member.Name)
		return chat.Response{Private: &m}, nil
	}}
	running(t, s, b, same)
	s.Slash(bob, ch, "help")
	s.Slash(ann, ch, "help")
	s.AwaitMessage(t, "to ann")
	slacktest.Await(t, "acknowledgements", func() bool { return s.Waiting() == 0 })
	close(slow)
	s.AwaitMessage(t, "to bob")
}

// What one member does is answered in its order.
func TestOrder(t *testing.T) {
	t.Parallel()
	s := slacktest.New(t)
	b := &brain{answer: func(ev chat.Event) (chat.Response, error) {
		time.Sleep(time.Duration(len(ev.Command.Args)%3) * time.Millisecond)
		return chat.Response{}, nil
	}}
	running(t, s, b, same)
	for i := range 30 {
		s.Slash(bob, ch, "ask "+strings.Repeat("x", i+1))
		s.Slash(ann, ch, "ask "+strings.Repeat("x", i+1))
	}
	last := map[chat.MemberID]int{}
	for _, ev := range b.await(t, 60) {
		if n := len(ev.Command.Args); n != last[ev.Member.ID]+1 {
			t.Errorf("%s: %d after %d", ev.Member.ID, n, last[ev.Member.ID])
		}
		last[ev.Member.ID] = len(ev.Command.Args)
	}
}

// Envelopes that nobody knows are acknowledged too.
func TestUnknownEnvelopes(t *testing.T) {
	t.Parallel()
	s := slacktest.New(t)
	b := &brain{answer: privately("here")}
	running(t, s, b, same)
	s.Send("telepathy", map[string]any{"x": 1})
	s.Send("events_api", []int{1, 2})
	s.Send("interactive", "text")
	s.Send("interactive", map[string]any{"type": "block_suggestion", "user": map[string]any{"id": bob}})
	s.Send("slash_commands", map[string]any{"user_id": 7})
	s.SendRaw(map[string]any{"type": "weather"})
	s.SendRaw("no object")
	s.Slash(bob, ch, "help")
	s.AwaitMessage(t, "here")
	slacktest.Await(t, "acknowledgements", func() bool { return s.Waiting() == 0 })
}

// A handler that panics or fails is told to its member, and the others do not notice.
func TestFailures(t *testing.T) {
	t.Parallel()
	s := slacktest.New(t)
	b := &brain{answer: func(ev chat.Event) (chat.Response, error) {
		if ev.Command.Args == "panic" {
			panic("at the handler")
		}
		return chat.Response{}, errors.New("the disk is full")
	}}
	running(t, s, b, same)
	s.Slash(ann, ch, "ask panic")
	s.Slash(bob, ch, "ask disk")
	s.AwaitMessage(t, "没有成功")
	s.AwaitMessage(t, "That did not work")
	if strings.Contains(s.Shown(), "disk") {
		t.Errorf("the reason is the operator's: %s", s.Shown())
	}
}

// Where Slack limits a channel, an answer waits and comes.
func TestAnswersWaitForTheLimit(t *testing.T) {
	tests := []struct {
		name   string
		method string
		fault  slacktest.Fault
		does   func(s *slacktest.Server)
	}{
		{"429 at a response_url", "response_url", slacktest.Fault{Status: 429, RetryIn: 1}, func(s *slacktest.Server) { s.Slash(bob, ch, "help") }},
		{"429 in a channel", "chat.postMessage", slacktest.Fault{Status: 429, RetryIn: 1}, func(s *slacktest.Server) { s.Say(bob, "D"+bob, "help", "") }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := slacktest.New(t)
			b := &brain{answer: privately("patience")}
			running(t, s, b, same)
			s.Fail(tt.method, 2, tt.fault)
			begun := time.Now()
			tt.does(s)
			s.AwaitMessage(t, "patience")
			if d := time.Since(begun); d < 2*time.Second {
				t.Errorf("came after %v, want at least the 2 s that Slack asked for", d)
			}
			if n := len(s.Calls(tt.method)); n != 3 {
				t.Errorf("called %d times, want 3", n)
			}
		})
	}
}

// A post that is limited for long is left to the bot, and Slack is not asked again before its time.
func TestPostIsLimited(t *testing.T) {
	for name, fault := range map[string]slacktest.Fault{"429": {Status: 429, RetryIn: 30}, "200": {Code: "ratelimited"}, "429 without a time": {Status: 429}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := slacktest.New(t)
			s.AddChannel("C0OTHER", "U0ANN")
			n := network(t, s, same)
			s.Fail("chat.postMessage", 1, fault)
			for range 3 {
				_, err := n.Post(t.Context(), ch, text("question"), "q1")
				if err == nil || errors.Is(err, chat.ErrUncertain) || errors.Is(err, chat.ErrRefused) || !strings.Contains(err.Error(), "limits") {
					t.Fatalf("Post: %v, want that Slack limits it", err)
				}
			}
			if n := len(s.Calls("chat.postMessage")); n != 1 {
				t.Errorf("called %d times", n)
			}
			if _, err := n.Post(t.Context(), "C0OTHER", text("question"), "q2"); err != nil {
				t.Errorf("another channel is limited too: %v", err)
			}
		})
	}
}

// A post whose answer is lost is looked for, and never posted twice.
func TestLostAnswer(t *testing.T) {
	tests := []struct {
		name  string
		fault slacktest.Fault
		there bool
	}{
		{"taken, and the connection broke", slacktest.Fault{Lost: true, Done: true}, true},
		{"taken, and a gateway answered 502", slacktest.Fault{Status: 502, Done: true}, true},
		{"taken, and the answer was garbage", slacktest.Fault{Undecoded: true, Done: true}, true},
		{"taken, and Slack says that something broke", slacktest.Fault{Code: "fatal_error", Done: true}, true},
		{"not taken, and the connection broke", slacktest.Fault{Lost: true}, false},
		{"not taken, and 503", slacktest.Fault{Status: 503}, false},
	}
	for _, tt := range tests {
		for _, threaded := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, in a thread: %v", tt.name, threaded), func(t *testing.T) {
				t.Parallel()
				s := slacktest.New(t)
				n := network(t, s, same)
				m := text("reveal")
				if threaded {
					q, err := n.Post(t.Context(), ch, text("question"), "q1")
					if err != nil {
						t.Fatal(err)
					}
					m.Thread = q
				}
				s.Fail("chat.postMessage", 1, tt.fault)
				id, err := n.Post(t.Context(), ch, m, "r1")
				if tt.there && err != nil || !tt.there && !errors.Is(err, chat.ErrUncertain) {
					t.Fatalf("Post: %v %v", id, err)
				}
				again := network(t, s, same) // after a restart
				found, ok, err := again.Find(t.Context(), ch, "r1")
				if ok != tt.there || found != id || err != nil {
					t.Errorf("Find: %q %v %v, want %q %v", found, ok, err, id, tt.there)
				}
				if posts := s.Messages(func(m slacktest.Message) bool { return strings.Contains(m.Text, "reveal") }); len(posts) > 1 {
					t.Errorf("posted %d times", len(posts))
				}
			})
		}
	}
}

// An old message is found behind many others.
func TestFindFarBack(t *testing.T) {
	t.Parallel()
	s := slacktest.New(t)
	n := network(t, s, same)
	id, err := n.Post(t.Context(), ch, text("question"), "q1")
	if err != nil {
		t.Fatal(err)
	}
	m := text("reveal")
	m.Thread = id
	reveal, err := n.Post(t.Context(), ch, m, "r1")
	if err != nil {
		t.Fatal(err)
	}
	for i := range 700 {
		s.Talk(ann, ch, fmt.Sprint("talk ", i), map[bool]string{true: string(id)}[i%2 == 0])
	}
	again := network(t, s, same)
	for key, want := range map[chat.Key]chat.MessageID{"q1": id, "r1": reveal, "other": ""} {
		if got, ok, err := again.Find(t.Context(), ch, key); got != want || ok != (want != "") || err != nil {
			t.Errorf("Find %s: %q %v %v, want %q", key, got, ok, err, want)
		}
	}
}

func TestRefused(t *testing.T) {
	for _, code := range []string{"channel_not_found", "not_in_channel", "is_archived", "restricted_action"} {
		s := slacktest.New(t)
		n := network(t, s, same)
		s.Fail("chat.postMessage", 1, slacktest.Fault{Code: code})
		if _, err := n.Post(t.Context(), ch, text("question"), "q1"); !errors.Is(err, chat.ErrRefused) || errors.Is(err, chat.ErrUncertain) {
			t.Errorf("%s: %v, want ErrRefused", code, err)
		}
	}
}

// Where Slack cannot be reached, nothing was posted for sure.
func TestUnreachable(t *testing.T) {
	s := slacktest.New(t)
	n := network(t, s, func(c *config) { c.APIURL = "http://127.0.0.1:1/api" })
	if _, err := n.Post(t.Context(), ch, text("question"), "q1"); err == nil || errors.Is(err, chat.ErrUncertain) {
		t.Errorf("Post: %v, want an error that is certain", err)
	}
}

// A token that Slack refuses ends Run, with an error that says so and tells no token.
func TestRefusedTokens(t *testing.T) {
	tests := []struct {
		name string
		do   func(s *slacktest.Server, n *slack.Network)
		when func(s *slacktest.Server) // before it runs
		want string
	}{
		{name: "a wrong bot token", when: func(s *slacktest.Server) { s.Fail("auth.test", 1, slacktest.Fault{Code: "invalid_auth"}) }, want: "invalid_auth"},
		{name: "a wrong app-level token", when: func(s *slacktest.Server) {
			s.Fail("apps.connections.open", 1, slacktest.Fault{Code: "invalid_auth"})
		}, want: "invalid_auth"},
		{name: "an app-level token of another kind", when: func(s *slacktest.Server) {
			s.Fail("apps.connections.open", 1, slacktest.Fault{Code: "not_allowed_token_type"})
		}, want: "xapp-"},
		{name: "a revoked token, noticed on a post", do: func(s *slacktest.Server, n *slack.Network) {
			s.Fail("chat.postMessage", 1, slacktest.Fault{Code: "token_revoked"})
			_, _ = n.Post(context.Background(), ch, text("question"), "q1")
		}, want: "token_revoked"},
		{name: "a revoked token, told by Slack", do: func(s *slacktest.Server, _ *slack.Network) {
			s.Event(map[string]any{"type": "tokens_revoked", "tokens": map[string]any{"bot": []string{slacktest.Bot}}})
		}, want: "revoked"},
		{name: "an app that was uninstalled", do: func(s *slacktest.Server, _ *slack.Network) { s.Event(map[string]any{"type": "app_uninstalled"}) }, want: "uninstalled"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := slacktest.New(t)
			if tt.when != nil {
				tt.when(s)
			}
			n, ended := running(t, s, &brain{}, same)
			if tt.do != nil {
				tt.do(s, n)
			}
			select {
			case err := <-ended:
				if err == nil || !strings.Contains(err.Error(), tt.want) {
					t.Errorf("Run: %v, want %q", err, tt.want)
				} else {
					wantNoSecrets(t, err.Error())
				}
			case <-time.After(10 * time.Second):
				t.Error("Run goes on")
			}
		})
	}
}

// At the start Slack may be down; the bot tries again until it is there.
func TestSlackIsDownAtTheStart(t *testing.T) {
	t.Parallel()
	s := slacktest.New(t)
	s.Fail("auth.test", 1, slacktest.Fault{Status: 503})
	s.Fail("apps.connections.open", 1, slacktest.Fault{Lost: true})
	b := &brain{answer: privately("here")}
	running(t, s, b, same)
	s.Slash(bob, ch, "help")
	s.AwaitMessage(t, "here")
}

func TestCheck(t *testing.T) {
	tests := []struct {
		name   string
		method string
		code   string
		want   string
	}{
		{"all is well", "", "", "the bot is @studybot in the workspace double"},
		{"a wrong bot token", "auth.test", "invalid_auth", "the bot token is not taken"},
		{"a wrong app-level token", "apps.connections.open", "invalid_auth", "the app-level token is not taken"},
		{"a missing scope", "apps.connections.open", "missing_scope", "the app-level token is not taken"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := slacktest.New(t)
			if tt.method != "" {
				s.Fail(tt.method, 1, slacktest.Fault{Code: tt.code})
			}
			n := network(t, s, same)
			who, err := n.Check(t.Context())
			if got := fmt.Sprint(who, err); !strings.Contains(got, tt.want) {
				t.Errorf("check: %s, want %q", got, tt.want)
			} else {
				wantNoSecrets(t, got)
			}
		})
	}
}
