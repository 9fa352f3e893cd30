package discord

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/google/go-cmp/cmp"

	"studybot/bot/chat"
)

// A stage is a network at work, whose handler the test writes.
type stage struct {
	*double
	n    *Network
	line chan payload // what Discord sends
	end  func() error

	mu     sync.Mutex
	events []chat.Event
}

// newStage runs a network until the test ends.
func newStage(t *testing.T, handle chat.Handler, change func(*Config)) *stage {
	t.Helper()
	s := &stage{double: newDouble(t), line: make(chan payload)}
	s.gatewayOf(func(l *line) {
		l.begin("s1")
		go l.stay()
		for f := range s.line {
			l.dispatch(f["kind"].(string), f["data"])
		}
	})
	s.n = s.network(t, change)
	s.end = running(t, s.n, func(ctx context.Context, ev chat.Event) (chat.Response, error) {
		s.mu.Lock()
		s.events = append(s.events, ev)
		s.mu.Unlock()
		return handle(ctx, ev)
	})
	within(t, "the commands", func() bool { return s.count("PUT", "/applications") == 1 })
	t.Cleanup(func() { close(s.line) })
	return s
}

func (s *stage) send(kind string, data payload) {
	s.line <- payload{"kind": kind, "data": data}
}

// interact sends an interaction and returns the first response.
func (s *stage) interact(t *testing.T, p payload) payload {
	t.Helper()
	s.send("INTERACTION_CREATE", p)
	id := p["id"].(string)
	within(t, "a response", func() bool { return s.response(id) != nil })
	return s.response(id)
}

// told is what the bot was told, without the times.
func (s *stage) told() []chat.Event {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []chat.Event
	for _, ev := range s.events {
		ev.At = time.Time{}
		all = append(all, ev)
	}
	return all
}

func say(text string) *chat.Message {
	return &chat.Message{Blocks: []chat.Block{chat.Text(text)}}
}

func answering(res chat.Response) chat.Handler {
	return func(context.Context, chat.Event) (chat.Response, error) { return res, nil }
}

// What members do reaches the bot as an event, whatever it came from.
func TestEvents(t *testing.T) {
	base := chat.Event{Network: "discord", Channel: testChannel, Member: chat.Member{ID: testUser, Name: "Nick"}, Language: "zh", Admin: true}
	with := func(change func(*chat.Event)) chat.Event { ev := base; change(&ev); return ev }
	notAdmin := slash(snowflake(1), testUser, "me")
	notAdmin["member"].(payload)["permissions"] = "2048"
	forged, forgedForm := press(snowflake(1), testUser, "void", written("800000000000000001", testBot, testChannel, "")), submit(snowflake(1), testUser, "setup", nil)
	for _, p := range []payload{forged, forgedForm} {
		p["member"].(payload)["permissions"] = "2048"
	}
	inThread := slash(snowflake(1), testUser, "me")
	inThread["channel_id"] = "700000000000000001"
	inThread["channel"] = payload{"id": "700000000000000001", "type": 11, "parent_id": testChannel, "guild_id": testServer, "name": "t", "permissions": "0"}
	direct := slash(snowflake(1), testUser, "me")
	direct["user"] = direct["member"].(payload)["user"]
	delete(direct, "member")
	delete(direct, "guild_id")
	delete(direct, "guild")
	direct["context"], direct["locale"] = 1, "de"
	numbered30 := slash(snowflake(1), testUser, "why", "30")
	numbered30["data"].(payload)["options"].([]any)[0].(payload)["options"] = []any{payload{"type": numberOption, "name": "number", "value": 30}}
	on := written("800000000000000001", testBot, testChannel, "")
	barred, administrator := slash(snowflake(1), testUser, "me"), slash(snowflake(1), testUser, "me")
	barred["app_permissions"], administrator["app_permissions"] = fmt.Sprint(Permissions&^discordgo.PermissionEmbedLinks), "8"
	tests := []struct {
		name string
		in   payload
		want chat.Event
	}{
		{"a command", slash(snowflake(1), testUser, "ask", "什么是 pod"), with(func(ev *chat.Event) { ev.Command = &chat.Command{Name: "ask", Args: "什么是 pod"} })},
		{"a command with a number", numbered30, with(func(ev *chat.Event) { ev.Command = &chat.Command{Name: "why", Args: "30"} })},
		{"a command of somebody who may not manage the server", notAdmin, with(func(ev *chat.Event) { ev.Admin, ev.Command = false, &chat.Command{Name: "me"} })},
		{"nor press as an admin", forged, with(func(ev *chat.Event) {
			ev.Admin, ev.Press = false, &chat.Press{Action: "void", Message: "800000000000000001"}
		})},
		{"nor send a form as one", forgedForm, with(func(ev *chat.Event) {
			ev.Admin, ev.Submit = false, &chat.Submit{Action: "setup", Values: map[string]string{}}
		})},
		{"a command where the bot may not post", barred, with(func(ev *chat.Event) { ev.Barred, ev.Command = true, &chat.Command{Name: "me"} })},
		{"a command where the bot may do all", administrator, with(func(ev *chat.Event) { ev.Command = &chat.Command{Name: "me"} })},
		{"a command in a thread", inThread, with(func(ev *chat.Event) { ev.Thread, ev.Command = "700000000000000001", &chat.Command{Name: "me"} })},
		{"a command in a direct message", direct, with(func(ev *chat.Event) {
			ev.Direct, ev.Admin, ev.Language, ev.Command, ev.Member.Name = true, false, "en", &chat.Command{Name: "me"}, "User 1"
		})},
		{"an argument being typed", typed(snowflake(1), testUser, "ask", "po"), with(func(ev *chat.Event) { ev.Complete = &chat.Complete{Command: "ask", Text: "po"} })},
		{"a button", press(snowflake(1), testUser, "answer q1", on), with(func(ev *chat.Event) { ev.Press = &chat.Press{Action: "answer q1", Message: "800000000000000001"} })},
		{"a form", submit(snowflake(1), testUser, "answer q1", map[string]string{"a": "x", "b": ""}), with(func(ev *chat.Event) {
			ev.Submit = &chat.Submit{Action: "answer q1", Values: map[string]string{"a": "x", "b": ""}}
		})},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, answering(chat.Response{Private: say("x")}), nil)
			s.interact(t, tt.in)
			if diff := cmp.Diff([]chat.Event{tt.want}, s.told()); diff != "" {
				t.Errorf("events (-want +got):\n%s", diff)
			}
		})
	}
}

// A form with labels, which other libraries fail on, is read as well.
func TestFormWithLabels(t *testing.T) {
	p := submit(snowflake(1), testUser, "answer q1", nil)
	p["data"].(payload)["components"] = []any{
		payload{"type": 18, "id": 1, "component": payload{"type": 4, "id": 2, "custom_id": "a", "value": "x"}},
		payload{"type": 18, "id": 3, "component": payload{"type": 3, "id": 4, "custom_id": "b", "values": []any{"y"}}},
	}
	s := newStage(t, answering(chat.Response{Private: say("x")}), nil)
	s.interact(t, p)
	if diff := cmp.Diff(map[string]string{"a": "x", "b": "y"}, s.told()[0].Submit.Values); diff != "" {
		t.Errorf("values (-want +got):\n%s", diff)
	}
}

// What the bot answers is shown as it says: to the member alone, to the channel, as a form, in place of a message.
func TestResponses(t *testing.T) {
	on := written("800000000000000001", testBot, testChannel, "")
	on["author"] = author(testBot, true)
	on["embeds"] = []any{payload{"type": "rich", "url": markerOf("k1"), "description": "x"}}
	command, pressed := slash(snowflake(1), testUser, "me"), press(snowflake(1), testUser, "x", on)
	tests := []struct {
		name string
		in   payload
		res  chat.Response
		kind float64
		want string // shown by the first response
		then string // method and end of the path of what follows
	}{
		{"private", command, chat.Response{Private: say("for you")}, respondMessage, "for you", ""},
		{"public", command, chat.Response{Public: say("for all")}, respondMessage, "for all", ""},
		{"public and private", command, chat.Response{Public: say("for all"), Private: say("for you")}, respondMessage, "for all", "POST webhooks"},
		{"an edit of the message with the button", pressed, chat.Response{Edit: &chat.Edit{Message: "800000000000000001", To: *say("new")}}, respondEdit, "new", ""},
		{"nothing, to a button", pressed, chat.Response{}, respondNothing, "", ""},
		{"nothing, to a command", command, chat.Response{}, respondMessage, "好了", ""},
		{"a form", command, chat.Response{Form: &chat.Form{Action: "f", Title: "T", Fields: []chat.Field{{Name: "a", Label: "L", Value: "v", Long: true}}}}, respondForm, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, answering(tt.res), nil)
			got := s.interact(t, tt.in)
			data, _ := got["data"].(payload)
			if got["type"] != tt.kind || !strings.Contains(seen(data), tt.want) {
				t.Errorf("got a response of type %v that shows %q, want type %v and %q", got["type"], seen(data), tt.kind, tt.want)
			}
			private := data["flags"] == float64(ephemeral)
			if want := tt.want != "" && tt.res.Public == nil && tt.res.Edit == nil; private != want {
				t.Errorf("hidden: %v, want %v", private, want)
			}
			if tt.name == "an edit of the message with the button" && data["embeds"].([]any)[0].(payload)["url"] != markerOf("k1") {
				t.Error("the edit lost the message's key")
			}
			if tt.kind == respondForm && data["custom_id"] != "f" {
				t.Errorf("the form is %v", data)
			}
			if tt.then != "" {
				within(t, "a second message", func() bool { return s.count("POST", "/webhooks") == 1 })
			}
		})
	}
}

// A handler that takes long is announced in time, and its answer follows. A handler that fails is told to the member.
func TestSlowHandlers(t *testing.T) {
	slow := func(res chat.Response, err error) chat.Handler {
		return func(context.Context, chat.Event) (chat.Response, error) {
			time.Sleep(quick.answer * 3 / 2)
			return res, err
		}
	}
	tests := []struct {
		name   string
		handle chat.Handler
		want   string // in place of the announcement
		public string
	}{
		{"private", slow(chat.Response{Private: say("for you")}, nil), "for you", ""},
		{"public", slow(chat.Response{Public: say("for all")}, nil), "好了", "for all"},
		{"a form", slow(chat.Response{Form: &chat.Form{Action: "f", Title: "T"}}, nil), "再试一次", ""},
		{"a failure", slow(chat.Response{}, errors.New("no")), "稍后再试", ""},
		{"nothing", slow(chat.Response{}, nil), "好了", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, tt.handle, nil)
			got := s.interact(t, slash(snowflake(1), testUser, "me"))
			if got["type"] != float64(respondLater) || got["data"].(payload)["flags"] != float64(ephemeral) {
				t.Errorf("the first response is %v, want an announcement to the member", got)
			}
			later := func() (texts []string) {
				s.double.mu.Lock()
				defer s.double.mu.Unlock()
				for _, r := range s.later["token-of-"+snowflake(1)] {
					texts = append(texts, r.method+" "+seen(r.body))
				}
				return texts
			}
			n := 1
			if tt.public != "" {
				n = 2
			}
			within(t, "the answer", func() bool { return len(later()) == n })
			if texts := later(); !strings.Contains(texts[0], tt.want) || !strings.HasPrefix(texts[0], "PATCH") || tt.public != "" && !strings.Contains(texts[1], tt.public) {
				t.Errorf("got %q, want %q and %q", texts, tt.want, tt.public)
			}
		})
	}
}

// A first response that Discord may or may not have taken is given once more, and stands once.
func TestFirstResponseOnABadLine(t *testing.T) {
	for _, status := range []int{502, -1} {
		s := newStage(t, answering(chat.Response{Private: say("x")}), nil)
		times := 0
		s.double.mu.Lock()
		s.after = func(r request) int {
			if strings.HasPrefix(r.path, "/interactions") {
				if times++; times == 1 {
					return status
				}
			}
			return 0
		}
		s.double.mu.Unlock()
		s.interact(t, slash(snowflake(1), testUser, "me"))
		within(t, "a second attempt", func() bool { return s.count("POST", "/interactions") == 2 })
	}
}

// The events of one member are handled in their order, those of several at the same time.
func TestOrder(t *testing.T) {
	var mu sync.Mutex
	var order []string
	block := make(chan struct{})
	s := newStage(t, func(_ context.Context, ev chat.Event) (chat.Response, error) {
		if ev.Member.ID == testUser && ev.Command.Args == "0" {
			<-block
		}
		mu.Lock()
		defer mu.Unlock()
		order = append(order, ev.Command.Args)
		return chat.Response{Private: say("x")}, nil
	}, nil)
	const n = 20
	for i := range n {
		s.send("INTERACTION_CREATE", slash(snowflake(i), testUser, "answer", string(rune('0'+i))))
	}
	other := slash(snowflake(99), "400000000000000002", "answer", "other")
	s.interact(t, other)
	close(block)
	within(t, "all", func() bool { mu.Lock(); defer mu.Unlock(); return len(order) == n+1 })
	if order[0] != "other" {
		t.Errorf("another member waited: %q", order)
	}
	for i := range n {
		if order[i+1] != string(rune('0'+i)) {
			t.Fatalf("out of order: %q", order)
		}
	}
}

// What a member types meanwhile, and the pages that he turns, do not let the next overtake what is being done.
func TestOrderAroundCompletion(t *testing.T) {
	var mu sync.Mutex
	var order []string
	block := make(chan struct{})
	s := newStage(t, func(_ context.Context, ev chat.Event) (chat.Response, error) {
		if ev.Complete != nil {
			return chat.Response{}, nil
		}
		if ev.Command.Args == "first" {
			<-block
		}
		mu.Lock()
		defer mu.Unlock()
		order = append(order, ev.Command.Args)
		return chat.Response{Private: say("x")}, nil
	}, nil)
	s.send("INTERACTION_CREATE", slash(snowflake(1), testUser, "answer", "first"))
	s.interact(t, typed(snowflake(2), testUser, "ask", "po"))
	s.send("INTERACTION_CREATE", slash(snowflake(3), testUser, "answer", "second"))
	s.interact(t, slash(snowflake(3), testUser, "answer", "second")) // deferred: it waits for its turn
	close(block)
	within(t, "both", func() bool { mu.Lock(); defer mu.Unlock(); return len(order) == 2 })
	if order[0] != "first" {
		t.Errorf("out of order: %q", order)
	}
}

// An argument is completed in time, by at most 25 choices of at most 100 characters.
func TestCompletion(t *testing.T) {
	many := []string{strings.Repeat("长", 150), ""}
	for range 40 {
		many = append(many, "choice")
	}
	s := newStage(t, answering(chat.Response{Choices: many}), nil)
	got := s.interact(t, typed(snowflake(1), testUser, "ask", "po"))
	choices := got["data"].(payload)["choices"].([]any)
	if got["type"] != float64(respondChoices) || len(choices) != 25 || utf16Length(choices[0].(payload)["name"].(string)) != 100 {
		t.Errorf("got type %v and %d choices: %v", got["type"], len(choices), choices[0])
	}
	slow := newStage(t, func(ctx context.Context, _ chat.Event) (chat.Response, error) {
		<-ctx.Done()
		return chat.Response{}, ctx.Err()
	}, nil)
	if got := slow.interact(t, typed(snowflake(1), testUser, "ask", "po")); got["type"] != float64(respondChoices) {
		t.Errorf("got %v, want no choices", got)
	}
}

// A long answer is continued by a button, also when the bot was restarted meanwhile.
func TestMore(t *testing.T) {
	question := strings.Repeat("什么是快照，它有什么用？", 5) // more bytes than an action may have characters
	long := &chat.Message{Title: "Long", Blocks: []chat.Block{chat.Text(strings.Repeat("A sentence of some words. ", 600) + "THE END.")}}
	handle := answering(chat.Response{Private: long})
	s := newStage(t, handle, nil)
	got := s.interact(t, slash(snowflake(1), testUser, "ask", question))
	all := ""
	for i := 2; ; i++ {
		data := got["data"].(payload)
		if data["flags"] != float64(ephemeral) {
			t.Error("a page is shown to everybody")
		}
		all += seen(data)
		rows := data["components"].([]any)
		if len(rows) == 0 {
			break
		}
		action := rows[0].(payload)["components"].([]any)[0].(payload)["custom_id"].(string)
		if i == 3 {
			s.n.more.pages = map[string][]page{} // as after a restart
		}
		got = s.interact(t, press(snowflake(i), testUser, action, written("800000000000000001", testBot, testChannel, "")))
	}
	if n := strings.Count(all, "A sentence of some words."); n != 600 || !strings.Contains(all, "THE END.") {
		t.Errorf("%d of 600 sentences, the end: %v", n, strings.Contains(all, "THE END."))
	}
	if asked := s.told(); len(asked) != 2 || asked[1].Command == nil || asked[1].Command.Args != question {
		t.Errorf("the bot was asked %d times", len(asked))
	}
	gone := s.interact(t, press(snowflake(90), testUser, "~more 1 abcdef", written("800000000000000001", testBot, testChannel, "")))
	if !strings.Contains(seen(gone["data"].(payload)), "重新输入命令") {
		t.Errorf("of a forgotten page is said %v", gone)
	}
}
