package slack_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"studybot/bot/chat"
	"studybot/bot/slack/slacktest"
)

// freeAddress is an address of this machine that nobody listens at.
func freeAddress(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// signed is a request as Slack makes it.
func signed(t testing.TB, address, contentType, body string, at time.Time, secret string) *http.Request {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	stamp := fmt.Sprint(at.Unix())
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "v0:%s:%s", stamp, body)
	r.Header.Set("Content-Type", contentType)
	r.Header.Set("X-Slack-Request-Timestamp", stamp)
	r.Header.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
	return r
}

func send(t testing.TB, r *http.Request) (status int, body string) {
	t.Helper()
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(b)
}

const (
	jsonType = "application/json"
	formType = "application/x-www-form-urlencoded"
)

// overHTTP runs a network in HTTP mode; what the double's members do comes as requests.
func overHTTP(t testing.TB, b *brain) (s *slacktest.Server, base string) {
	t.Helper()
	s = slacktest.New(t)
	address := freeAddress(t)
	base = "http://" + address
	s.Deliver = func(kind string, payload []byte) {
		path, contentType, body := "/slack/events", jsonType, string(payload)
		switch kind {
		case "interactive":
			path, contentType, body = "/slack/interactions", formType, url.Values{"payload": {body}}.Encode()
		case "slash_commands":
			path, contentType, body = "/slack/commands", formType, slacktest.Form(payload)
		}
		begun := time.Now()
		if status, _ := send(t, signed(t, base+path, contentType, body, time.Now(), slacktest.SigningSecret)); status != http.StatusOK {
			t.Errorf("%s: status %d", kind, status)
		}
		if d := time.Since(begun); d > 3*time.Second {
			t.Errorf("%s: acknowledged after %v", kind, d)
		}
	}
	running(t, s, b, func(c *config) { c.Listen, c.AppToken = address, "" })
	slacktest.Await(t, "listener", func() bool {
		conn, err := net.Dial("tcp", address)
		if err == nil {
			conn.Close()
		}
		return err == nil
	})
	return s, base
}

// Over HTTP the bot does the same as over Socket Mode.
func TestHTTP(t *testing.T) {
	b := &brain{answer: func(ev chat.Event) (chat.Response, error) {
		switch {
		case ev.Command != nil:
			m := text("command " + ev.Command.Name)
			m.Buttons = []chat.Button{{Action: "go", Label: "Go"}}
			return chat.Response{Private: &m}, nil
		case ev.Press != nil:
			return chat.Response{Form: &chat.Form{Action: "f", Title: "Form", Fields: []chat.Field{{Name: "x", Label: "X"}}}}, nil
		}
		return privately("form " + ev.Submit.Values["x"])(ev)
	}}
	s, _ := overHTTP(t, b)
	s.Slash(bob, ch, "me")
	s.Press(bob, s.AwaitMessage(t, "command me"), "Go")
	slacktest.Await(t, "form", func() bool { _, ok := s.Form(bob); return ok })
	s.Submit(bob, map[string]string{"x": "<&>"})
	s.AwaitMessage(t, "form <&>")
	s.Say(ann, ch, "<@"+slacktest.Bot+"> help", "")
	s.AwaitMessage(t, "command help")
	if n := len(b.events()); n != 4 {
		t.Errorf("heard %d events, want 4", n)
	}
}

// What Slack has not signed, or not lately, is refused; what it sends twice is taken once.
func TestSignedRequests(t *testing.T) {
	b := &brain{}
	_, base := overHTTP(t, b)
	now := time.Now()
	slash := url.Values{"command": {"/study"}, "text": {"me"}, "user_id": {bob}, "channel_id": {ch}}.Encode()
	events := base + "/slack/events"
	tests := []struct {
		name string
		req  *http.Request
		want int
	}{
		{"Slack asks whether the address is ours", signed(t, events, jsonType, `{"type":"url_verification","challenge":"c<h>a"}`, now, slacktest.SigningSecret), 200},
		{"the same without a signature", unsigned(signed(t, events, jsonType, `{"type":"url_verification","challenge":"x"}`, now, slacktest.SigningSecret)), 401},
		{"signed with another secret", signed(t, events, formType, slash, now, "another"), 401},
		{"signed six minutes ago", signed(t, events, formType, slash, now.Add(-6*time.Minute), slacktest.SigningSecret), 401},
		{"signed for six minutes from now", signed(t, events, formType, slash, now.Add(6*time.Minute), slacktest.SigningSecret), 401},
		{"signed four minutes ago", signed(t, events, formType, slash+"&trigger_id=1", now.Add(-4*time.Minute), slacktest.SigningSecret), 200},
		{"the same again", signed(t, events, formType, slash+"&trigger_id=1", now.Add(-4*time.Minute), slacktest.SigningSecret), 200},
		{"the same with the signature in capitals", capitals(signed(t, events, formType, slash+"&trigger_id=1", now.Add(-4*time.Minute), slacktest.SigningSecret)), 200},
		{"too long", signed(t, events, formType, "payload="+strings.Repeat("x", 1<<20), now, slacktest.SigningSecret), 413},
		{"no JSON", signed(t, events, jsonType, "{", now, slacktest.SigningSecret), 400},
		{"neither event nor command", signed(t, events, formType, "a=b", now, slacktest.SigningSecret), 400},
		{"Slack looks at the certificate", signed(t, events, formType, "ssl_check=1&token=x", now, slacktest.SigningSecret), 200},
		{"an unreadable payload is of no use a second time", signed(t, events, formType, "payload=%7B", now, slacktest.SigningSecret), 200},
		{"another path", signed(t, base+"/", formType, slash, now, slacktest.SigningSecret), 404},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			status, body := send(t, tt.req)
			if status != tt.want {
				t.Errorf("status %d, want %d: %s", status, tt.want, body)
			}
			if tt.req.ContentLength < 100 && strings.Contains(tt.name, "whether") && body != "c<h>a" {
				t.Errorf("challenge %q", body)
			}
		})
	}
	res, err := http.Get(events)
	if err != nil || res.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("GET: %v %v", res.StatusCode, err)
	}
	if n := len(b.await(t, 1)); n != 1 {
		t.Errorf("heard %d events, want 1", n)
	}
}

func unsigned(r *http.Request) *http.Request {
	r.Header.Del("X-Slack-Signature")
	return r
}

func capitals(r *http.Request) *http.Request {
	r.Header.Set("X-Slack-Signature", "v0="+string(bytes.ToUpper([]byte(r.Header.Get("X-Slack-Signature")[3:]))))
	return r
}
