package discord

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"studybot/bot/chat"
)

// Mentions and direct messages ask; a message in a thread, or one that replies to the bot, may be an answer. What
// people say among themselves is not handed on.
func TestMessages(t *testing.T) {
	const threadID = "700000000000000001"
	who := chat.Member{ID: testUser, Name: "Nick"}
	base := chat.Event{Network: "discord", Channel: testChannel, Member: who}
	message := func(channel, text string, change func(payload)) payload {
		m := written(snowflake(1), testUser, channel, text)
		if change != nil {
			change(m)
		}
		return m
	}
	toBot := func(m payload) {
		ref := written("800000000000000001", testBot, testChannel, "the question")
		m["type"], m["referenced_message"], m["message_reference"] = 19, ref, payload{"message_id": "800000000000000001", "channel_id": testChannel, "type": 0}
	}
	tests := []struct {
		name    string
		in      payload
		content bool // the intent
		want    *chat.Event
	}{
		{"a mention", message(testChannel, "<@"+testBot+"> 什么是 pod", nil), false,
			&chat.Event{Network: base.Network, Channel: testChannel, Member: who, Aloud: true, Command: &chat.Command{Name: "ask", Args: "什么是 pod"}}},
		{"a mention in a thread that is read", message(threadID, "what is <@!"+testBot+"> a pod", nil), true,
			&chat.Event{Network: base.Network, Channel: testChannel, Thread: threadID, Member: who, Aloud: true, Command: &chat.Command{Name: "ask", Args: "what is   a pod"}}},
		{"a direct message", message(testChannel, "什么是 pod", func(m payload) { delete(m, "guild_id"); delete(m, "member") }), false,
			&chat.Event{Network: base.Network, Channel: testChannel, Member: chat.Member{ID: testUser, Name: "User 1"}, Direct: true, Command: &chat.Command{Name: "ask", Args: "什么是 pod"}}},
		{"an answer in a thread", message(threadID, "because", nil), true,
			&chat.Event{Network: base.Network, Channel: testChannel, Thread: threadID, Member: who, Reply: &chat.Reply{To: threadID, Text: "because"}}},
		{"an answer in a thread that may not be read", message(threadID, "", nil), false, nil},
		{"a reply to the question", message(testChannel, "because", toBot), false,
			&chat.Event{Network: base.Network, Channel: testChannel, Member: who, Reply: &chat.Reply{To: "800000000000000001", Text: "because"}}},
		{"talk in the channel", message(testChannel, "hello", nil), true, nil},
		{"a mention of somebody else", message(testChannel, "<@400000000000000009> hello", nil), false, nil},
		{"another bot", message(testChannel, "<@"+testBot+"> hello", func(m payload) { m["author"].(payload)["bot"] = true }), true, nil},
		{"a webhook", message(testChannel, "<@"+testBot+"> hello", func(m payload) { m["webhook_id"] = "900000000000000001" }), true, nil},
		{"a member who joined", message(testChannel, "<@"+testBot+">", func(m payload) { m["type"] = 7 }), true, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, answering(chat.Response{}), func(c *Config) { c.Content = tt.content })
			s.double.mu.Lock()
			s.channels[threadID] = &doubleChannel{parent: testChannel}
			s.double.mu.Unlock()
			s.send("MESSAGE_CREATE", tt.in)
			s.send("MESSAGE_CREATE", tt.in) // once more
			s.interact(t, slash(snowflake(2), testUser, "me"))
			within(t, "the command", func() bool { evs := s.told(); return len(evs) > 0 && evs[len(evs)-1].Command != nil })
			var want []chat.Event
			if tt.want != nil {
				want = append(want, *tt.want)
			}
			got := s.told()
			if diff := cmp.Diff(want, got[:len(got)-1:len(got)-1]); diff != "" && !(want == nil && len(got) == 1) {
				t.Errorf("events (-want +got):\n%s", diff)
			}
		})
	}
}

// A direct message, and what stands behind a mention, may be a command.
func TestSpokenCommands(t *testing.T) {
	tests := []struct {
		text   string
		direct bool
		want   chat.Command
	}{
		{"Top  week", true, chat.Command{Name: "top", Args: "week"}},
		{"me", true, chat.Command{Name: "me"}},
		{"me and my pod", true, chat.Command{Name: "ask", Args: "me and my pod"}},
		{"post mortem", true, chat.Command{Name: "ask", Args: "post mortem"}},
		{"<@" + testBot + "> me", false, chat.Command{Name: "me"}},
		{"<@" + testBot + ">", false, chat.Command{Name: "help"}},
	}
	s := newStage(t, answering(chat.Response{}), nil)
	for i, tt := range tests {
		m := written(snowflake(2*i), testUser, testChannel, tt.text)
		if tt.direct {
			delete(m, "guild_id")
			delete(m, "member")
		}
		s.send("MESSAGE_CREATE", m)
		s.interact(t, slash(snowflake(2*i+1), testUser, "answer"))
		ev := s.told()[2*i]
		if ev.Direct != tt.direct || ev.Aloud == tt.direct {
			t.Errorf("%q: direct %v, aloud %v", tt.text, ev.Direct, ev.Aloud)
		}
		if diff := cmp.Diff(&tt.want, ev.Command); diff != "" {
			t.Errorf("%q (-want +got):\n%s", tt.text, diff)
		}
	}
}

// An answer in a thread that was taken has a mark, and what it brings is told to its author alone.
func TestTaken(t *testing.T) {
	const threadID = "700000000000000001"
	for _, closed := range []bool{false, true} {
		s := newStage(t, answering(chat.Response{Taken: true, Private: say("two of three")}), func(c *Config) { c.Content = true })
		s.double.mu.Lock()
		s.channels[threadID] = &doubleChannel{parent: testChannel}
		d := s.double
		if closed {
			s.fault = func(r request) int {
				if r.path == "/users/@me/channels" {
					return 403
				}
				return 0
			}
		}
		s.double.mu.Unlock()
		s.double.mu.Lock()
		s.channels[threadID].messages = append(s.channels[threadID].messages, payload{"id": snowflake(1)})
		s.double.mu.Unlock()
		s.send("MESSAGE_CREATE", written(snowflake(1), testUser, threadID, "because"))
		within(t, "the mark", func() bool {
			return s.count("PUT", "/channels/"+threadID+"/messages/"+snowflake(1)+"/reactions/✅/@me") == 1
		})
		if closed {
			within(t, "an attempt", func() bool { return s.count("POST", "/users/@me/channels") == 1 })
			time.Sleep(20 * time.Millisecond)
			if shown := d.shown(); strings.Contains(shown, "two of three") {
				t.Errorf("shown to others:\n%s", shown)
			}
			continue
		}
		within(t, "a direct message", func() bool {
			d.mu.Lock()
			defer d.mu.Unlock()
			return d.dms[testUser] != "" && len(d.channels[d.dms[testUser]].messages) == 1
		})
		if n := len(d.held(testChannel)) + len(d.held(threadID)); n != 1 {
			t.Errorf("%d messages where others read, want the member's own", n)
		}
	}
}

// What the bot says aloud is a reply to the mention, which pings nobody.
func TestAloud(t *testing.T) {
	s := newStage(t, answering(chat.Response{Public: say("a pod is")}), nil)
	s.send("MESSAGE_CREATE", written(snowflake(1), testUser, testChannel, "<@"+testBot+"> what is a pod"))
	within(t, "an answer", func() bool { return len(s.held(testChannel)) == 1 })
	if p := s.pings(); len(p) > 0 {
		t.Errorf("pinged %q", p)
	}
	s.double.mu.Lock()
	defer s.double.mu.Unlock()
	last := s.requests[len(s.requests)-1]
	if diff := cmp.Diff(payload{"message_id": snowflake(1), "fail_if_not_exists": false}, last.body["message_reference"]); diff != "" {
		t.Errorf("reference (-want +got):\n%s", diff)
	}
}

// Where messages in threads are not read, a mention below the open question is an answer, and elsewhere a lookup; one
// that names a command is that.
func TestMentionInAThread(t *testing.T) {
	const threadID = "700000000000000001"
	tests := []struct {
		name, text string
		open       bool
		want       []string
	}{
		{"below the open question", "because", true, []string{"reply because"}},
		{"below another message", "what is a pod", false, []string{"reply what is a pod", "ask what is a pod"}},
		{"a lookup by its name", "ask a pod", true, []string{"ask a pod"}},
		{"a command", "top week", true, []string{"top week"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newStage(t, func(_ context.Context, ev chat.Event) (chat.Response, error) {
				if ev.Reply != nil && tt.open {
					return chat.Response{Taken: true}, nil
				}
				return chat.Response{}, nil
			}, nil)
			s.double.mu.Lock()
			s.channels[threadID] = &doubleChannel{parent: testChannel, messages: []map[string]any{{"id": snowflake(1)}}}
			s.double.mu.Unlock()
			s.send("MESSAGE_CREATE", written(snowflake(1), testUser, threadID, "<@"+testBot+"> "+tt.text))
			s.interact(t, slash(snowflake(2), testUser, "me"))
			within(t, "the command", func() bool { evs := s.told(); return len(evs) > 0 && evs[len(evs)-1].Language != "" })
			var got []string
			for _, ev := range s.told() {
				if ev.Reply != nil {
					got = append(got, "reply "+ev.Reply.Text)
				} else if ev.Language == "" {
					got = append(got, ev.Command.Name+" "+ev.Command.Args)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("the bot is told (-want +got):\n%s", diff)
			}
		})
	}
}

// A command that opens a form opens it behind a button where it was only said.
func TestFormOfASpokenCommand(t *testing.T) {
	form := &chat.Form{Action: "answer q1", Title: "Your answer", Fields: []chat.Field{{Name: "a", Label: "Why?", Long: true}}}
	s := newStage(t, answering(chat.Response{Form: form}), nil)
	for i, text := range []string{"answer", "<@" + testBot + "> answer"} {
		m := written(snowflake(10*i), testUser, testChannel, text)
		if i == 0 {
			delete(m, "guild_id")
			delete(m, "member")
		}
		s.send("MESSAGE_CREATE", m)
		within(t, "a button", func() bool { return len(s.held(testChannel)) == i+1 })
		shown := s.held(testChannel)[i]
		if diff := cmp.Diff([]string{"Your answer"}, layout(shown)); diff != "" {
			t.Fatalf("shown (-want +got):\n%s", diff)
		}
		got := s.interact(t, press(snowflake(10*i+1), testUser, nextPage(t, shown), shown))
		if got["type"] != float64(respondForm) || got["data"].(payload)["custom_id"] != form.Action {
			t.Errorf("the button gives %v", got)
		}
		if told := s.told(); !cmp.Equal(told[len(told)-1].Command, &chat.Command{Name: "answer"}) {
			t.Errorf("the bot is told %+v", told[len(told)-1])
		}
	}
}
