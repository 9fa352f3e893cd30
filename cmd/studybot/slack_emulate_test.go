package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"studybot/bot/slack/slacktest"
)

// The emulator's own channel and member, who is an admin.
const (
	emulatedChannel = "C000000001"
	emulatedAdmin   = "U000000001"
)

// An emulation is the program in HTTP mode on an emulator of Slack's Web API. What stands between them lifts the token
// into the header, where alone the emulator looks for it, keeps what is called, and takes what goes to response_urls.
type emulation struct {
	t       *testing.T
	slack   string // the emulator
	between *httptest.Server
	bot     string // the program's listener

	mu      sync.Mutex
	calls   map[string]int    // that were ok, by method
	refused []string          // that were not
	lose    map[string]int    // answers to be lost, by method
	told    []string          // private answers
	views   []json.RawMessage // opened
}

func TestSlackEmulate(t *testing.T) {
	base := os.Getenv("EMULATE_SLACK")
	if base == "" {
		t.Skip("EMULATE_SLACK is not set; .ci/slack starts the emulator")
	}
	e := &emulation{t: t, slack: base, calls: map[string]int{}, lose: map[string]int{}}
	e.between = httptest.NewServer(e)
	t.Cleanup(e.between.Close)
	e.serve()

	e.slash("post")
	question := e.await("question", func(m emulatedMessage) bool { return m.Metadata.Type == "studybot" && m.Thread == "" })
	if !bytes.Contains(question.Blocks, []byte("三次握手")) || question.Metadata.Payload["key"] == "" {
		t.Errorf("question: %s with %v", question.Blocks, question.Metadata)
	}
	e.press(question, slacktest.Buttons(question.Blocks)[0])
	e.awaitCall("views.open", 1)
	e.submit()
	e.awaitTold("SYN")

	reply := e.say("客户端再回 ACK", question.TS)
	e.awaitCall("reactions.add", 1)
	for _, m := range e.messages(question.TS) {
		if m.TS == reply && len(m.Reactions) != 1 {
			t.Errorf("the reply has the marks %v", m.Reactions)
		}
	}
	e.post("/slack/events", "application/json", `{"type":"event_callback","event_id":"home","event":{"type":"app_home_opened","user":"`+emulatedAdmin+`","tab":"home"}}`)
	e.awaitCall("views.publish", 1)

	e.mu.Lock()
	e.lose["chat.postMessage"] = 1 // the reveal is taken, and its answer lost
	e.mu.Unlock()
	e.slash("reveal")
	slacktest.Await(t, "reveal", func() bool { return e.keyed(question.TS) == 2 }) // the question itself is among them
	e.awaitCall("chat.update", 1)
	edited := e.await("question without buttons", func(m emulatedMessage) bool {
		return m.TS == question.TS && len(slacktest.Buttons(m.Blocks)) == 0
	})
	if edited.Metadata.Payload["key"] != question.Metadata.Payload["key"] {
		t.Errorf("the edit changed the key: %v", edited.Metadata)
	}
	time.Sleep(tickEvery + time.Second) // the bot may try again what it holds for undone
	if n := e.keyed(question.TS); n != 2 {
		t.Errorf("%d messages with keys, want the question and one reveal", n)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(e.refused) > 0 {
		t.Errorf("refused: %q", e.refused)
	}
}

// serve runs the program until the test ends.
func (e *emulation) serve() {
	t := e.t
	notes := t.TempDir()
	if err := os.WriteFile(notes+"/tcp.md", []byte("# TCP\n\n## 三次握手的过程是什么？\n\n- 客户端发送 SYN\n- 服务端回 SYN 和 ACK\n- 客户端再回 ACK\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	e.bot = "http://" + l.Addr().String()
	t.Setenv("SLACK_BOT_TOKEN", slacktest.BotToken)
	t.Setenv("SLACK_SIGNING_SECRET", slacktest.SigningSecret)
	t.Setenv("SLACK_API_URL", e.between.URL+"/api/")
	p := startAs(t, "studybot", "slack", "--mode", "http", "--listen", l.Addr().String(), "--slack.channels", emulatedChannel, "--notes", notes,
		"--data", t.TempDir(), "--post", "00:00", "--reveal", "00:00", "--days", "mon-sun", "--zone", "UTC")
	t.Cleanup(func() {
		if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
			t.Error(err)
		}
		p.end()
	})
	slacktest.Await(t, "listener", func() bool {
		conn, err := net.Dial("tcp", l.Addr().String())
		if err == nil {
			conn.Close()
		}
		return err == nil
	})
}

// ServeHTTP stands between the program and the emulator.
func (e *emulation) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	if r.URL.Path == "/respond" {
		e.mu.Lock()
		e.told = append(e.told, string(body))
		e.mu.Unlock()
		return
	}
	method := strings.TrimPrefix(r.URL.Path, "/api/")
	status, answer := e.call(method, r.Header.Get("Content-Type"), r.Header.Get("Authorization"), body)
	var ok struct {
		OK    bool
		Error string
		View  json.RawMessage
	}
	_ = json.Unmarshal(answer, &ok) // what is no JSON is not ok
	e.mu.Lock()
	if ok.OK {
		e.calls[method]++
	} else {
		e.refused = append(e.refused, method+": "+ok.Error)
	}
	if method == "views.open" {
		e.views = append(e.views, ok.View)
	}
	lost := e.lose[method] > 0
	e.lose[method]--
	e.mu.Unlock()
	if lost {
		status, answer = http.StatusBadGateway, nil
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(answer)
}

// call calls a method of the emulator, with the token in the header.
func (e *emulation) call(method, contentType, authorization string, body []byte) (int, []byte) {
	if form, err := url.ParseQuery(string(body)); err == nil && form.Get("token") != "" {
		authorization = "Bearer " + form.Get("token")
		form.Del("token")
		body = []byte(form.Encode())
	}
	r, err := http.NewRequest(http.MethodPost, e.slack+"/api/"+method, bytes.NewReader(body))
	if err != nil {
		e.t.Error(err)
		return http.StatusInternalServerError, nil
	}
	r.Header.Set("Content-Type", contentType)
	r.Header.Set("Authorization", authorization)
	r.Close = true // the emulator drops idle connections
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		e.t.Error(err)
		return http.StatusInternalServerError, nil
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		e.t.Error(err)
	}
	return res.StatusCode, answer
}

// ask calls a method for the test itself.
func (e *emulation) ask(method string, values url.Values, into any) {
	e.t.Helper()
	_, answer := e.call(method, "application/x-www-form-urlencoded", "Bearer "+slacktest.BotToken, []byte(values.Encode()))
	if err := json.Unmarshal(answer, into); err != nil {
		e.t.Fatalf("%s: %v in %s", method, err, answer)
	}
}

type emulatedMessage struct {
	TS       string
	Thread   string `json:"thread_ts"`
	Text     string
	Blocks   json.RawMessage
	Metadata struct {
		Type    string            `json:"event_type"`
		Payload map[string]string `json:"event_payload"`
	}
	Reactions []struct{ Name string }
}

// messages are the channel's, or a thread's.
func (e *emulation) messages(thread string) []emulatedMessage {
	var page struct{ Messages []emulatedMessage }
	v := url.Values{"channel": {emulatedChannel}, "include_all_metadata": {"true"}, "limit": {"100"}}
	if thread == "" {
		e.ask("conversations.history", v, &page)
	} else {
		v.Set("ts", thread)
		e.ask("conversations.replies", v, &page)
	}
	return page.Messages
}

// keyed is how many messages of a thread carry keys.
func (e *emulation) keyed(thread string) (n int) {
	for _, m := range e.messages(thread) {
		if m.Metadata.Payload["key"] != "" {
			n++
		}
	}
	return n
}

func (e *emulation) await(what string, is func(emulatedMessage) bool) (found emulatedMessage) {
	e.t.Helper()
	slacktest.Await(e.t, what, func() bool {
		for _, m := range e.messages("") {
			if is(m) {
				found = m
				return true
			}
		}
		return false
	})
	return found
}

func (e *emulation) awaitCall(method string, times int) {
	e.t.Helper()
	slacktest.Await(e.t, method, func() bool {
		e.mu.Lock()
		defer e.mu.Unlock()
		return e.calls[method] >= times
	})
}

func (e *emulation) awaitTold(text string) {
	e.t.Helper()
	slacktest.Await(e.t, "private answer", func() bool {
		e.mu.Lock()
		defer e.mu.Unlock()
		return strings.Contains(strings.Join(e.told, "\n"), text)
	})
}

// post sends the program a request as Slack signs it.
func (e *emulation) post(path, contentType, body string) {
	e.t.Helper()
	r, err := http.NewRequest(http.MethodPost, e.bot+path, strings.NewReader(body))
	if err != nil {
		e.t.Fatal(err)
	}
	stamp := fmt.Sprint(time.Now().Unix())
	mac := hmac.New(sha256.New, []byte(slacktest.SigningSecret))
	fmt.Fprintf(mac, "v0:%s:%s", stamp, body)
	r.Header.Set("Content-Type", contentType)
	r.Header.Set("X-Slack-Request-Timestamp", stamp)
	r.Header.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		e.t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusOK {
		e.t.Fatalf("%s: status %d", path, res.StatusCode)
	}
}

func (e *emulation) trigger() string {
	var answer struct {
		Trigger string `json:"trigger_id"`
	}
	e.ask("views.generateTriggerId", url.Values{"user_id": {emulatedAdmin}}, &answer)
	return answer.Trigger
}

func (e *emulation) slash(text string) {
	e.post("/slack/commands", "application/x-www-form-urlencoded", url.Values{"command": {"/study"}, "text": {text}, "user_id": {emulatedAdmin}, "user_name": {"admin"},
		"channel_id": {emulatedChannel}, "team_id": {"T000000001"}, "trigger_id": {e.trigger()}, "response_url": {e.between.URL + "/respond"}}.Encode())
}

func (e *emulation) interact(payload map[string]any) {
	payload["user"] = map[string]any{"id": emulatedAdmin, "name": "admin", "team_id": "T000000001"}
	payload["trigger_id"] = e.trigger()
	b, err := json.Marshal(payload)
	if err != nil {
		e.t.Fatal(err)
	}
	e.post("/slack/interactions", "application/x-www-form-urlencoded", url.Values{"payload": {string(b)}}.Encode())
}

func (e *emulation) press(m emulatedMessage, b slacktest.Button) {
	e.interact(map[string]any{"type": "block_actions", "response_url": e.between.URL + "/respond",
		"container": map[string]any{"type": "message", "message_ts": m.TS, "channel_id": emulatedChannel},
		"actions":   []any{map[string]any{"type": "button", "action_id": b.ActionID, "value": b.Value}}})
}

// submit sends the form that was opened last.
func (e *emulation) submit() {
	e.mu.Lock()
	raw := e.views[len(e.views)-1]
	e.mu.Unlock()
	var view map[string]any
	if err := json.Unmarshal(raw, &view); err != nil {
		e.t.Fatal(err)
	}
	view["state"] = map[string]any{"values": map[string]any{"answer": map[string]any{"value": map[string]any{"type": "plain_text_input", "value": "客户端发送 SYN"}}}}
	e.interact(map[string]any{"type": "view_submission", "view": view})
}

// say says something in a thread, by the emulator's own message.
func (e *emulation) say(text, thread string) string {
	var answer struct{ TS string }
	e.ask("chat.postMessage", url.Values{"channel": {emulatedChannel}, "text": {text}, "thread_ts": {thread}}, &answer)
	b, err := json.Marshal(map[string]any{"type": "event_callback", "event_id": "said", "event": map[string]any{"type": "message", "user": emulatedAdmin, "text": text,
		"ts": answer.TS, "thread_ts": thread, "channel": emulatedChannel, "channel_type": "channel"}})
	if err != nil {
		e.t.Fatal(err)
	}
	e.post("/slack/events", "application/json", string(b))
	return answer.TS
}
