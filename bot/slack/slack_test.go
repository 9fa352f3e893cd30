package slack_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"studybot/bot/chat"
	"studybot/bot/chat/chattest"
	"studybot/bot/slack"
	"studybot/bot/slack/slacktest"
)

func TestNetwork(t *testing.T) {
	chattest.TestNetwork(t, func(t *testing.T) chattest.Subject {
		s := slacktest.New(t)
		n := network(t, s, func(*slack.Config) {})
		return chattest.Subject{Network: n, Channel: slacktest.Channel, Shown: s.Shown, Pings: s.Notified}
	})
}

// commands are some of a bot's.
var commands = []chat.Usage{
	{Name: "ask", Param: &chat.Param{Name: "query", Required: true}},
	{Name: "question"}, {Name: "me"}, {Name: "why"}, {Name: "help"},
	{Name: "top", Param: &chat.Param{Name: "period", Choices: []string{"day", "week"}}},
	{Name: "answer", Param: &chat.Param{Name: "text"}}, {Name: "suggest", Param: &chat.Param{Name: "card"}},
	{Name: "setup", Admin: true},
}

// network is the network under test. Nothing that it logs may hold a secret.
func network(t testing.TB, s *slacktest.Server, change func(*slack.Config)) *slack.Network {
	t.Helper()
	log := &journal{}
	cfg := slack.Config{
		BotToken: slacktest.BotToken, AppToken: slacktest.AppToken, SigningSecret: slacktest.SigningSecret, APIURL: s.URL,
		Usages: commands, Log: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	change(&cfg)
	n, err := slack.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		wantNoSecrets(t, log.String())
		checkCalls(t, s.Calls(""))
		if t.Failed() {
			t.Log(log.String())
		}
	})
	return n
}

func wantNoSecrets(t testing.TB, text string) {
	t.Helper()
	for _, secret := range []string{slacktest.BotToken, slacktest.AppToken, slacktest.SigningSecret, "secret-ticket", "/respond/"} {
		if strings.Contains(text, secret) {
			t.Errorf("%q is told in\n%s", secret, text)
		}
	}
}

// A journal is a log that may be read while it is written.
type journal struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (j *journal) Write(b []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.buf.Write(b)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.buf.String()
}

// A brain is a handler that remembers what it heard.
type brain struct {
	answer func(chat.Event) (chat.Response, error) // nil says nothing

	mu    sync.Mutex
	heard []chat.Event
}

func (b *brain) handle(_ context.Context, ev chat.Event) (chat.Response, error) {
	b.mu.Lock()
	b.heard = append(b.heard, ev)
	b.mu.Unlock()
	if b.answer == nil {
		return chat.Response{}, nil
	}
	return b.answer(ev)
}

func (b *brain) events() []chat.Event {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]chat.Event(nil), b.heard...)
}

// await waits until n events were heard, and returns them.
func (b *brain) await(t testing.TB, n int) []chat.Event {
	t.Helper()
	slacktest.Await(t, "event", func() bool { return len(b.events()) >= n })
	return b.events()
}

// running runs a network on a double until the test ends. It returns how it ended.
func running(t testing.TB, s *slacktest.Server, b *brain, change func(*slack.Config)) (*slack.Network, <-chan error) {
	t.Helper()
	n := network(t, s, change)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	done := make(chan struct{})
	go func() { defer close(done); ended <- n.Run(ctx, b.handle) }()
	t.Cleanup(func() {
		cancel()
		select {
		case <-done:
		case <-time.After(5 * time.Second):
			t.Error("Run does not end")
		}
	})
	if s.Deliver == nil && !errors.Is(t.Context().Err(), context.Canceled) {
		slacktest.Await(t, "connection", func() bool { open, _ := s.Connections(); return open > 0 || len(ended) > 0 })
	}
	return n, ended
}

func same(*slack.Config) {}

func text(s string) chat.Message { return chat.Message{Blocks: []chat.Block{chat.Text(s)}} }

func privately(s string) func(chat.Event) (chat.Response, error) {
	return func(chat.Event) (chat.Response, error) {
		m := text(s)
		return chat.Response{Private: &m}, nil
	}
}

type config = slack.Config

func containsAll(s string, words ...string) bool {
	for _, w := range words {
		if !strings.Contains(s, w) {
			return false
		}
	}
	return true
}
