package main

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"studybot/bot/slack/slacktest"
)

// Where Discord will not have the bot, that is said at once, Slack goes on, and the exit code says it at the end.
func TestOneNetworkRefuses(t *testing.T) {
	s := slacktest.New(t)
	refusing := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = io.WriteString(w, `{"message": "401: Unauthorized", "code": 0}`)
	}))
	t.Cleanup(refusing.Close)
	t.Setenv("SLACK_BOT_TOKEN", slacktest.BotToken)
	t.Setenv("SLACK_APP_TOKEN", slacktest.AppToken)
	t.Setenv("SLACK_API_URL", s.URL)
	t.Setenv("DISCORD_TOKEN", "MTAwMDAwMDAwMDAwMDAwMDAx.Gabcde.the-secret-part")
	t.Setenv("DISCORD_API_URL", refusing.URL)
	c := serveCmd{}
	c.Zone, c.Post, c.Reveal, c.Days, c.Language, c.Data = "Asia/Shanghai", "09:00", "18:00", "mon-fri", "zh", t.TempDir()
	c.LogLevel = slog.LevelError
	said := &buffer{}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	ended := make(chan error, 1)
	go func() { ended <- c.Run(program{ctx, strings.NewReader(""), io.Discard, said, said}) }()
	slacktest.Await(t, "refusal", func() bool { return strings.Contains(said.String(), "the other networks go on") })
	slacktest.Await(t, "connection", func() bool { open, _ := s.Connections(); return open > 0 })
	s.Slash("U0BOB", slacktest.Channel, "三次握手")
	s.AwaitMessage(t, "tcp.md")
	select {
	case err := <-ended:
		t.Fatalf("ended: %v", err)
	default:
	}
	cancel()
	err := <-ended
	var out bytes.Buffer
	if got := code(err, &out); got != exitFail || !strings.Contains(out.String(), "DISCORD_TOKEN") || strings.Contains(out.String()+said.String(), "the-secret-part") {
		t.Errorf("exit code %d: %s%s", got, &out, said)
	}
}
