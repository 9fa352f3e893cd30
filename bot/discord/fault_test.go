package discord

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"studybot/bot/chat"
)

func isPost(r request) bool {
	return r.method == http.MethodPost && strings.HasSuffix(r.path, "/messages")
}

// Whatever becomes of a post, there is one message: what is uncertain is looked for, and not sent again on a guess.
func TestPostOnABadLine(t *testing.T) {
	tests := []struct {
		name          string
		fault, after  func(request) int
		first, second error // of two calls with the key
		posts         int   // in all
	}{
		{"502 after it was taken", nil, once(isPost, 502), nil, nil, 1},
		{"the line breaks after it was taken", nil, once(isPost, -1), nil, nil, 1},
		{"502 before it was taken", once(isPost, 502), nil, chat.ErrUncertain, nil, 2},
		{"500 before it was taken", once(isPost, 500), nil, chat.ErrUncertain, nil, 2},
		{"the line breaks before it was taken", once(isPost, -1), nil, chat.ErrUncertain, nil, 2},
		{"too fast", once(isPost, 429), nil, nil, nil, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := newDouble(t)
			d.fault, d.after = tt.fault, tt.after
			n := d.network(t, nil)
			_, err := n.Post(t.Context(), testChannel, *say("x"), "k1")
			if !errors.Is(err, tt.first) {
				t.Errorf("first Post: got %v, want %v", err, tt.first)
			}
			id, err := n.Post(t.Context(), testChannel, *say("x"), "k1")
			if !errors.Is(err, tt.second) {
				t.Errorf("second Post: got %v, want %v", err, tt.second)
			}
			held := d.held(testChannel)
			if len(held) != 1 || held[0]["id"] != string(id) {
				t.Errorf("the channel holds %d messages, want one, %s", len(held), id)
			}
			if got := d.count("POST", "/channels/"+testChannel+"/messages"); got != tt.posts {
				t.Errorf("posted %d times, want %d", got, tt.posts)
			}
		})
	}
}

// once does something to the first request of a kind.
func once(kind func(request) bool, status int) func(request) int {
	done := false
	return func(r request) int {
		if done || !kind(r) {
			return 0
		}
		done = true
		return status
	}
}

// A message is found by its key after a restart, however much was said meanwhile, in the channel or in a thread; and a
// key is not found in what somebody else wrote.
func TestFindAfterARestart(t *testing.T) {
	d := newDouble(t)
	n := d.network(t, nil)
	id, err := n.Post(t.Context(), testChannel, *say("the question"), "k1")
	if err != nil {
		t.Fatal(err)
	}
	reveal := *say("the reveal")
	reveal.Thread = id
	below, err := n.Post(t.Context(), testChannel, reveal, "k2")
	if err != nil || !strings.HasPrefix(string(below), string(id)+"/") {
		t.Fatalf("the reveal is %s: %v", below, err)
	}
	d.mu.Lock()
	forged := d.newMessage(testChannel, payload{"embeds": []any{payload{"url": markerOf("k3")}}})
	forged["author"] = author(testUser, false)
	d.channels[testChannel].messages = append(d.channels[testChannel].messages, forged)
	for range 350 {
		d.channels[testChannel].messages = append(d.channels[testChannel].messages, d.newMessage(testChannel, payload{"content": "talk"}))
	}
	d.mu.Unlock()
	n = d.network(t, nil)
	for key, want := range map[chat.Key]chat.MessageID{"k1": id, "k2": below, "k3": "", "k": ""} {
		got, ok, err := n.Find(t.Context(), testChannel, key)
		if err != nil || got != want || ok != (want != "") {
			t.Errorf("Find %s: got %q, %v, %v, want %q", key, got, ok, err, want)
		}
	}
	if err := n.Edit(t.Context(), testChannel, below, *say("the reveal, corrected")); err != nil {
		t.Error(err)
	}
	if got, ok, err := d.network(t, nil).Find(t.Context(), testChannel, "k2"); !ok || got != below || err != nil {
		t.Errorf("after an edit: got %q %v %v", got, ok, err)
	}
}

// A channel that is gone, or that the bot may not write in, refuses; that is no reason to look for the message.
func TestRefused(t *testing.T) {
	d := newDouble(t)
	n := d.network(t, nil)
	if _, err := n.Post(t.Context(), "309", *say("x"), "k1"); !errors.Is(err, chat.ErrRefused) {
		t.Errorf("an unknown channel: got %v, want ErrRefused", err)
	}
	for _, code := range []int{unknownChannel, missingAccess, missingPermission, notText} {
		if err := explained(&refusal{status: 403, code: code}); !errors.Is(err, chat.ErrRefused) {
			t.Errorf("code %d: got %v, want ErrRefused", code, err)
		}
	}
}

// The limits of Discord's rates are waited for as long as the context lasts, without being asked twice.
func TestRates(t *testing.T) {
	d := newDouble(t)
	route := "PATCH /channels/" + testChannel + "/messages/"
	n := d.network(t, nil)
	id, err := n.Post(t.Context(), testChannel, *say("x"), "k1")
	if err != nil {
		t.Fatal(err)
	}
	d.mu.Lock()
	d.head[route+string(id)] = map[string]string{"X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": "0.2", "X-RateLimit-Limit": "5"}
	d.mu.Unlock()
	begun := time.Now()
	for range 3 {
		if err := n.Edit(t.Context(), testChannel, id, *say("y")); err != nil {
			t.Fatal(err)
		}
	}
	if took := time.Since(begun); took < 400*time.Millisecond {
		t.Errorf("three edits took %s, want two waits of 0.2 s", took)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	before := d.count("PATCH", "/")
	if err := n.Edit(ctx, testChannel, id, *say("z")); !errors.Is(err, errNotSent) {
		t.Errorf("a context that ends before the limit: got %v", err)
	}
	if d.count("PATCH", "/") != before {
		t.Error("sent in spite of the limit")
	}
	if _, _, err := n.Find(t.Context(), testChannel, "k1"); err != nil {
		t.Errorf("another route: %v", err)
	}
}

// What is limited for long is not waited for: others wait behind it, and the bot tries again.
func TestLongLimit(t *testing.T) {
	d := newDouble(t)
	d.head["POST /channels/"+testChannel+"/messages"] = map[string]string{"Retry-After": "3000"}
	d.fault = func(r request) int {
		if r.method == "POST" {
			return http.StatusTooManyRequests
		}
		return 0
	}
	n := d.network(t, nil)
	_, err := n.Post(t.Context(), testChannel, *say("x"), "k1")
	if !errors.Is(err, errNotSent) || errors.Is(err, chat.ErrUncertain) {
		t.Errorf("got %v, want that it was not sent", err)
	}
	if _, _, err := n.Find(t.Context(), testChannel, "k1"); err != nil {
		t.Errorf("another route: %v", err)
	}
}

// A limit of all routes does not hold up first responses, which it does not count.
func TestLimitOfAllRoutes(t *testing.T) {
	s := newStage(t, answering(chat.Response{Private: say("x")}), nil)
	s.double.mu.Lock()
	s.head["POST /channels/"+testChannel+"/messages"] = map[string]string{"Retry-After": "3000", "X-RateLimit-Global": "true"}
	s.fault = func(r request) int {
		if r.method == "POST" && strings.HasPrefix(r.path, "/channels/") {
			return http.StatusTooManyRequests
		}
		return 0
	}
	s.double.mu.Unlock()
	if _, err := s.n.Post(t.Context(), testChannel, *say("x"), "k1"); !errors.Is(err, errNotSent) {
		t.Fatalf("got %v, want that it was not sent", err)
	}
	if _, _, err := s.n.Find(t.Context(), testChannel, "k1"); !errors.Is(err, errNotSent) {
		t.Errorf("another route: got %v, want that it was not sent", err)
	}
	s.interact(t, slash(snowflake(1), testUser, "me", ""))
}

// No token stands in an error or in the log, whatever goes wrong.
func TestNoTokenIsTold(t *testing.T) {
	var log bytes.Buffer
	d := newDouble(t)
	n := d.network(t, func(c *Config) {
		c.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	var errs []error
	for _, status := range []int{-1, 401, 429, 502} {
		d.mu.Lock()
		d.fault = func(request) int { return status }
		d.mu.Unlock()
		_, err := n.Post(t.Context(), testChannel, *say("x"), chat.Key(fmt.Sprint("k", status)))
		_, _, findErr := n.Find(t.Context(), testChannel, "k1")
		errs = append(errs, err, findErr, n.Edit(t.Context(), testChannel, "1", *say("x")), n.register(t.Context(), testBot))
		n.first(t.Context(), interaction{ID: "1", App: testBot, Token: "token-of-1"}, respondNothing, nil)
		n.follow(t.Context(), interaction{ID: "1", App: testBot, Token: "token-of-1"}, outgoing{})
	}
	d.CloseClientConnections()
	d.Close()
	_, err := n.Post(t.Context(), testChannel, *say("x"), "gone")
	errs = append(errs, err)
	for _, err := range errs {
		if err == nil {
			t.Error("no error")
		}
	}
	told := log.String() + fmt.Sprintf("%v %+v %#v", errs, errs, errs)
	for _, s := range []string{testToken, "the-secret-part", "token-of-1"} {
		if strings.Contains(told, s) {
			t.Errorf("%s is told:\n%s", s, told)
		}
	}
	if !strings.Contains(log.String(), "not delivered") {
		t.Errorf("the log says nothing:\n%s", log.String())
	}
	_, err = New(Config{Token: "bad\ntoken the-secret"})
	if err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("a token that is none: %v", err)
	}
}

// The base of the API may leave out its version.
func TestBase(t *testing.T) {
	for in, want := range map[string]string{
		"": defaultAPI, "http://127.0.0.1:9": "http://127.0.0.1:9/api/v10", "http://127.0.0.1:9/api": "http://127.0.0.1:9/api/v10",
		"https://x.example/api/v9/": "https://x.example/api/v9", "https://x.example/proxy": "https://x.example/proxy/v10",
	} {
		u, err := parseBase(in)
		if err != nil || u.String() != want {
			t.Errorf("%q: got %v, %v, want %s", in, u, err, want)
		}
	}
	for _, in := range []string{"discord.com", "ftp://x", "https://", "https://u:p@x", "https://x?y=1", ":"} {
		if u, err := parseBase(in); err == nil {
			t.Errorf("%q: got %s, want an error", in, u)
		}
	}
}

// Commands are registered when they changed, and not otherwise.
func TestRegister(t *testing.T) {
	d := newDouble(t)
	for range 3 {
		if err := d.network(t, nil).register(t.Context(), testBot); err != nil {
			t.Fatal(err)
		}
	}
	if n := d.count("PUT", "/applications"); n != 1 {
		t.Errorf("%d times, want once", n)
	}
	n := d.network(t, func(c *Config) { c.Usages = c.Usages[:2] })
	if err := n.register(t.Context(), testBot); err != nil || d.count("PUT", "/applications") != 2 {
		t.Errorf("other commands were not registered: %v", err)
	}
}

// Where Discord cannot be reached for a moment, commands are registered a moment later, over the same connection.
func TestRegisterOnABadLine(t *testing.T) {
	for _, method := range []string{"GET", "PUT"} {
		d := newDouble(t)
		d.gatewayOf(func(l *line) { l.begin("s1"); l.stay() })
		failures := 0
		d.fault = func(r request) int {
			if r.method != method || !strings.HasPrefix(r.path, "/applications/") || failures == 2 {
				return 0
			}
			failures++
			return http.StatusBadGateway
		}
		end := running(t, d.network(t, nil), silent)
		within(t, "the commands after a failed "+method, func() bool { return d.count("PUT", "/applications") > 0 && !d.missing() })
		if err := end(); err != nil {
			t.Errorf("Run: %v", err)
		}
	}
}

// What Discord would refuse is told at the start.
func TestCommandSet(t *testing.T) {
	many := make([]chat.Usage, 26)
	for i := range many {
		many[i] = chat.Usage{Name: fmt.Sprint("c", i)}
	}
	for name, usages := range map[string][]chat.Usage{
		"too many": many, "a name in capitals": {{Name: "Ask"}}, "a name with a blank": {{Name: "a b"}},
		"too many choices": {{Name: "a", Param: &chat.Param{Name: "p", Choices: make([]string, 26)}}},
	} {
		if _, err := New(Config{Token: testToken, Usages: usages}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	set, err := commandSet(testUsages)
	if err != nil || len(set) != 2 {
		t.Fatal(len(set), err)
	}
	study, admin := set[0], set[1]
	if study.Permissions != nil || admin.Permissions == nil || *admin.Permissions != 32 || len(admin.Contexts) != 1 {
		t.Errorf("permissions: %v and %v", study.Permissions, admin.Permissions)
	}
	if ask := study.Options[0]; ask.Names["zh-CN"] != "查" || ask.Names["zh-TW"] != "查" || ask.Descriptions["zh-CN"] != "查找" || !ask.Options[0].Autocomplete || !ask.Options[0].Required {
		t.Errorf("ask: %+v", ask)
	}
	if n, _ := New(Config{Token: testToken, Usages: testUsages}); n.Typed("ask") != "/study ask" || n.Typed("post") != "/study-admin post" {
		t.Errorf("typed: %s, %s", n.Typed("ask"), n.Typed("post"))
	}
}

// The invitation asks for the permissions that are used, each of which has a name here, and for no other.
func TestInvite(t *testing.T) {
	d := newDouble(t)
	link, err := d.network(t, nil).Invite(t.Context())
	want := "https://discord.com/oauth2/authorize?client_id=" + testBot + "&permissions=309237730368&scope=bot+applications.commands"
	if err != nil || link != want {
		t.Errorf("got %s, %v, want %s", link, err, want)
	}
	if n := d.count("GET", "/"); n != 0 {
		t.Errorf("%d requests for what the token tells", n)
	}
	used := int64(1<<6 | 1<<10 | 1<<11 | 1<<14 | 1<<16 | 1<<35 | 1<<38)
	if Permissions != used {
		t.Errorf("permissions %d, want %d", Permissions, used)
	}
	if app := applicationOf("fake-bot-token"); app != "" {
		t.Errorf("read %s out of a token that holds nothing", app)
	}
}

// Check says whether Discord takes the token, and whether the intent is there that the settings need.
func TestCheck(t *testing.T) {
	const content, limited = 1 << 18, 1 << 19
	for _, tt := range []struct {
		name    string
		content bool // as it is set
		flags   int
		address string // to which Discord sends interactions
		status  int
		want    string
	}{
		{"a token", false, 0, "", 0, "the bot is studybot"},
		{"a token of a bot that may read messages", true, content, "", 0, "the bot is studybot"},
		{"of one in few servers", true, limited, "", 0, "the bot is studybot"},
		{"of one that may not", true, 0, "", 0, "Message Content Intent"},
		{"commands go elsewhere", false, 0, "https://bot.example.com/", 0, "Interactions Endpoint URL"},
		{"a token that was reset", false, 0, "", 401, "does not know the token"},
		{"Discord is down", false, 0, "", 502, "HTTP 502"},
	} {
		d := newDouble(t)
		d.flags, d.elsewhere = tt.flags, tt.address
		d.fault = func(request) int { return tt.status }
		got, err := d.network(t, func(c *Config) { c.Content = tt.content }).Check(t.Context())
		if err != nil {
			got = err.Error()
		}
		if !strings.Contains(got, tt.want) || strings.Contains(got, "the-secret-part") {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
