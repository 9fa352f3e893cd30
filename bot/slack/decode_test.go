package slack

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"studybot/bot/chat"
)

const specs = "../../../shared/specs"

// needSpecs skips the test where the reference material is absent; in CI it has to be there.
func needSpecs(t testing.TB) {
	t.Helper()
	if _, err := os.Stat(specs); err == nil {
		return
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s is absent", specs)
	}
	t.Skipf("%s is absent", specs)
}

func testDecoder() decoder {
	return decoder{self: "U222", commands: []chat.Usage{{Name: "me"}}, now: time.Now}
}

// Payloads that Slack has recorded are read, or left alone, and none makes the bot panic.
func TestRecordedPayloads(t *testing.T) {
	needSpecs(t)
	counts := map[string]int{}
	err := filepath.WalkDir(filepath.Join(specs, "slack-samples"), func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, ".json") && !strings.HasSuffix(path, ".form") {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		kind := strings.TrimPrefix(filepath.Ext(path), ".")
		switch {
		case strings.Contains(path, "socket-mode"):
			kind = "socket"
		case strings.Contains(path, "/events/"):
			kind = "event"
		}
		if n := decodeRecorded(t, path, kind, b); n > 0 {
			counts[kind] += n
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if counts["json"] < 20 || counts["form"] != 1 || counts["socket"] < 5 || counts["event"] < 2 {
		t.Errorf("read as something: %v", counts)
	}
}

// decodeRecorded decodes one recorded payload in every way that it may come, and counts those that asked for something.
func decodeRecorded(t *testing.T, path, kind string, b []byte) (n int) {
	t.Helper()
	count := func(kind string, payload []byte) {
		d, err := testDecoder().envelope(kind, payload)
		if err == nil && (d.key != "" || d.over != "") {
			n++
		}
		if err != nil && json.Valid(payload) && !strings.HasPrefix(err.Error(), errUnknown.Error()) && strings.Contains(err.Error(), "cannot unmarshal") && !strings.Contains(path, "java-json-logs") {
			t.Errorf("%s: %v", path, err)
		}
	}
	switch kind {
	case "form":
		kind, payload, err := parse("application/x-www-form-urlencoded", b)
		if err != nil {
			t.Errorf("%s: %v", path, err)
		}
		count(kind, payload)
	case "socket":
		var e struct {
			Type    string          `json:"type"`
			Payload json.RawMessage `json:"payload"`
		}
		if err := json.Unmarshal(b, &e); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		if len(e.Payload) > 0 {
			count(e.Type, e.Payload)
		}
	default:
		var first struct {
			Type  string          `json:"type"`
			Event json.RawMessage `json:"event"`
		}
		if json.Unmarshal(b, &first) != nil {
			return 0
		}
		if first.Event != nil || first.Type == "event_callback" {
			count("events_api", b)
		} else {
			count("interactive", b)
		}
	}
	return n
}

// The signature of Slack's own documentation, checked when it was made.
func TestSignatureVector(t *testing.T) {
	needSpecs(t)
	b, err := os.ReadFile(filepath.Join(specs, "slack-signature-vector.json"))
	if err != nil {
		t.Fatal(err)
	}
	var v struct {
		Secret    string `json:"signing_secret"`
		Timestamp string `json:"timestamp"`
		Body      string `json:"body"`
		Signature string `json:"signature"`
	}
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatal(err)
	}
	at, err := strconv.ParseInt(v.Timestamp, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name  string
		after time.Duration
		body  string
		want  string
	}{
		{"at its time", 0, v.Body, ""},
		{"just in time", 299 * time.Second, v.Body, ""},
		{"too late", 301 * time.Second, v.Body, "signature"},
		{"with another body", 0, v.Body + " ", "signature"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				time.Sleep(time.Until(time.Unix(at, 0).Add(tt.after)))
				g := gate{secret: v.Secret}
				h := http.Header{"X-Slack-Request-Timestamp": {v.Timestamp}, "X-Slack-Signature": {v.Signature}}
				err := g.check(h, []byte(tt.body))
				if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
					t.Errorf("check: %v, want %q", err, tt.want)
				}
				if tt.want == "" && g.check(h, []byte(tt.body)) != errReplay {
					t.Error("the same request passes twice")
				}
			})
		})
	}
}

func TestSpoken(t *testing.T) {
	tests := []struct{ name, said, want string }{
		{"words", "what is a pod", "what is a pod"},
		{"a mention of the bot", "<@U222> what is a pod", "what is a pod"},
		{"one with its name", "hey <@U222|studybot> pod", "hey  pod"},
		{"somebody else", "<@U9|ann> <@U8> said so", "@ann @U8 said so"},
		{"a channel, a group, everybody", "<#C1|study> <!subteam^S1|@team> <!here>", "#study @team @here"},
		{"links", "<https://k8s.io/docs|docs> <https://k8s.io> <mailto:a@b.c|a@b.c>", "docs https://k8s.io a@b.c"},
		{"signs", "a &lt; b &amp;lt; &gt; c", "a < b &lt; > c"},
		{"a mark that does not end", "a <@U222", "a @U222"},
		{"nothing", "<@U222>", ""},
	}
	for _, tt := range tests {
		if got := spoken(tt.said, "U222"); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func FuzzEnvelope(f *testing.F) {
	for _, s := range []string{
		`{"type":"event_callback","event_id":"E","event":{"type":"message","user":"U1","text":"<@U222> hi","ts":"1.1","channel":"C1","thread_ts":"1.0"}}`,
		`{"event":{"type":"app_home_opened","user":"U1","tab":"home"}}`, `{"event":{"type":"tokens_revoked","tokens":{"bot":["U"]}}}`,
		`{"user_id":"U1","channel_id":"D1","text":"top week","trigger_id":"1"}`,
		`{"type":"block_actions","user":{"id":"U1"},"container":{"is_ephemeral":true},"actions":[{"type":"button","action_id":"more0","value":"a\nb"}]}`,
		`{"type":"view_submission","user":{"id":"U1"},"view":{"callback_id":"form","private_metadata":"{\"action\":\"a\"}","state":{"values":{"x":{"value":{"value":null}}}}}}`,
		`{"type":"view_submission","user":null,"view":{"state":null}}`, `[]`, `null`, `"`, `{"event":{"type":"message","user":{}}}`,
	} {
		for _, kind := range []string{"events_api", "slash_commands", "interactive", "other"} {
			f.Add(kind, []byte(s))
		}
	}
	f.Fuzz(func(t *testing.T, kind string, payload []byte) {
		d, err := testDecoder().envelope(kind, payload)
		if err != nil {
			return
		}
		set := 0
		for _, is := range []bool{d.event.Command != nil, d.event.Press != nil, d.event.Submit != nil, d.event.Reply != nil, d.home, d.more != nil} {
			if is {
				set++
			}
		}
		if d.event.Member.ID != "" && d.key != "" && set != 1 {
			t.Errorf("%s %s: %d things at once: %+v", kind, payload, set, d)
		}
	})
}

func FuzzRequest(f *testing.F) {
	f.Add("application/json", []byte(`{"type":"url_verification","challenge":"x"}`))
	f.Add("application/x-www-form-urlencoded", []byte("payload="+url.QueryEscape(`{"type":"block_actions"}`)))
	f.Add("application/x-www-form-urlencoded; charset=utf-8", []byte("command=%2Fstudy&text=%e4%b8"))
	f.Fuzz(func(t *testing.T, contentType string, body []byte) {
		if kind, payload, err := parse(contentType, body); err == nil {
			_, _ = testDecoder().envelope(kind, payload)
		}
	})
}

func TestLackingScopes(t *testing.T) {
	if got := lacking("chat:write, commands,app_mentions:read,channels:history,channels:read,groups:history,groups:read,im:history,users:read"); len(got) != 1 || got[0] != "reactions:write" {
		t.Errorf("lacking: %q", got)
	}
	if got := lacking(strings.Join(scopes, ",") + ",more"); len(got) > 0 {
		t.Errorf("lacking: %q", got)
	}
}
