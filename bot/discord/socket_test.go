package discord

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/santhosh-tekuri/jsonschema/v6"
	xlanguage "golang.org/x/text/language"
	xmessage "golang.org/x/text/message"
)

// schemas are those of gateway frames: what a bot sends, and what it receives.
var schemas = sync.OnceValues(func() (map[string]*jsonschema.Schema, error) {
	all := map[string]*jsonschema.Schema{}
	for _, name := range []string{"Send", "Receive", "Ready", "InteractionCreate"} {
		b, err := os.ReadFile(specs + "schemas-generated/discord." + name + ".schema.json")
		if err != nil {
			return nil, err
		}
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
		if err != nil {
			return nil, err
		}
		c := jsonschema.NewCompiler()
		if err := c.AddResource(name+".json", doc); err != nil {
			return nil, err
		}
		if all[name], err = c.Compile(name + ".json"); err != nil {
			return nil, err
		}
	}
	return all, nil
})

// inSchema fails where a frame is none of Discord's.
func inSchema(t testing.TB, name string, b []byte) {
	t.Helper()
	all, err := schemas()
	switch {
	case os.IsNotExist(err) && os.Getenv("CI") != "true":
		return
	case err != nil:
		t.Error(err)
		return
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err == nil {
		err = all[name].Validate(v)
	}
	if err != nil {
		t.Errorf("no frame of Discord's (%s): %s\n%s", name, b, strings.Join(why(err), "\n"))
	}
}

// why are the reasons why a frame fits no schema, but not why it is no event of another kind.
func why(err error) (reasons []string) {
	e, ok := err.(*jsonschema.ValidationError)
	if !ok {
		return []string{fmt.Sprint(err)}
	}
	if len(e.Causes) == 0 {
		return []string{fmt.Sprintf("%v: %v", e.InstanceLocation, e.ErrorKind.LocalizedString(xmessage.NewPrinter(xlanguage.English)))}
	}
	for _, c := range e.Causes {
		rs := why(c)
		if len(c.Causes) == 0 || !slices.ContainsFunc(rs, func(r string) bool { return strings.HasPrefix(r, "[t]") || strings.HasPrefix(r, "[op]") }) {
			reasons = append(reasons, rs...)
		}
	}
	return reasons
}

// A line is one connection of the scripted gateway.
type line struct {
	t    testing.TB
	conn *websocket.Conn
	path string
	seq  int64

	writing sync.Mutex
}

// gatewayOf serves a script for each connection, the last one for all that follow, and makes it the double's gateway.
func (d *double) gatewayOf(scripts ...func(*line)) {
	d.t.Helper()
	_, _ = schemas() // read before the clocks run
	var mu sync.Mutex
	n := 0
	var open sync.WaitGroup
	up := websocket.Upgrader{}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, err := up.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer conn.Close()
		if r.URL.RawQuery != "v=10&encoding=json" {
			d.t.Errorf("asked the gateway for %s", r.URL.RawQuery)
		}
		mu.Lock()
		script := scripts[min(n, len(scripts)-1)]
		n++
		mu.Unlock()
		open.Add(1)
		defer open.Done()
		script(&line{t: d.t, conn: conn, path: r.URL.Path})
	}))
	d.t.Cleanup(func() { srv.CloseClientConnections(); srv.Close() })
	d.ws = "ws" + strings.TrimPrefix(srv.URL, "http")
}

// raw sends bytes as they are.
func (l *line) raw(b string) {
	l.writing.Lock()
	defer l.writing.Unlock()
	_ = l.conn.WriteMessage(websocket.TextMessage, []byte(b)) // the bot may have left
}

// say sends a frame that Discord could send.
func (l *line) say(f map[string]any) {
	b, err := json.Marshal(f)
	if err != nil {
		l.t.Error(err)
	}
	switch f["t"] {
	case "READY":
		inSchema(l.t, "Ready", b)
	case "INTERACTION_CREATE":
		d, _ := json.Marshal(f["d"])
		inSchema(l.t, "InteractionCreate", d)
	default:
		inSchema(l.t, "Receive", b)
	}
	l.raw(string(b))
}

func (l *line) hello(interval time.Duration) {
	l.say(map[string]any{"op": 10, "d": map[string]any{"heartbeat_interval": interval.Milliseconds()}, "s": nil, "t": nil})
}

func (l *line) dispatch(kind string, data any) {
	l.seq++
	f := map[string]any{"op": 0, "t": kind, "s": l.seq, "d": data}
	if data == nil {
		delete(f, "d")
	}
	l.say(f)
}

func (l *line) ready(session string) {
	l.dispatch("READY", map[string]any{
		"v": 10, "user": map[string]any{"id": testBot, "username": "studybot", "discriminator": "0000", "avatar": nil, "global_name": nil}, "guilds": []any{},
		"session_id": session, "resume_gateway_url": "ws://" + l.conn.LocalAddr().String() + "/resume", "application": map[string]any{"id": testBot, "flags": 0, "flags_new": "0"},
	})
}

func (l *line) ack() { l.say(map[string]any{"op": 11, "s": nil, "t": nil}) }

// next reads the next frame of the bot, apart from heartbeats, which it acknowledges. ok is false when the bot left.
func (l *line) next() (f frame, ok bool) {
	for {
		f, ok := l.any()
		if !ok || f.Op != opHeartbeat {
			return f, ok
		}
		l.ack()
	}
}

func (l *line) any() (f frame, ok bool) {
	_ = l.conn.SetReadDeadline(time.Now().Add(2 * time.Minute))
	_, b, err := l.conn.ReadMessage()
	if err != nil {
		return frame{}, false
	}
	inSchema(l.t, "Send", b)
	if err := json.Unmarshal(b, &f); err != nil {
		l.t.Error(err)
	}
	return f, true
}

// stay acknowledges heartbeats until the bot leaves.
func (l *line) stay() {
	for {
		if _, ok := l.next(); !ok {
			return
		}
	}
}

// close closes with a code.
func (l *line) close(code int) {
	_ = l.conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), time.Now().Add(time.Second))
	_, _, _ = l.conn.ReadMessage()
}

// begin goes as far as READY.
func (l *line) begin(session string) {
	l.hello(time.Minute)
	if f, ok := l.next(); ok && f.Op != opIdentify {
		l.t.Errorf("the bot began with operation %d, want IDENTIFY", f.Op)
	}
	l.ready(session)
}

// Payloads as Discord sends them.

type payload = map[string]any

func person(id string) payload {
	return payload{"id": id, "username": "u" + id, "discriminator": "0", "avatar": nil, "global_name": "User " + id[len(id)-1:], "public_flags": 0}
}

func interactionOf(id string, kind int, who string, data payload) payload {
	return payload{
		"id": id, "application_id": testBot, "type": kind, "token": "token-of-" + id, "version": 1, "guild_id": testServer, "channel_id": testChannel,
		"channel": payload{"id": testChannel, "type": 0, "guild_id": testServer, "name": "study", "permissions": "0", "position": 0},
		"guild":   payload{"id": testServer, "features": []any{}, "locale": "en-US"},
		"member": payload{"user": person(who), "nick": "Nick", "roles": []any{}, "joined_at": "2026-01-01T00:00:00.000000+00:00", "deaf": false, "mute": false, "flags": 0,
			"permissions": "2147483647", "avatar": nil, "premium_since": nil, "pending": false, "communication_disabled_until": nil},
		"locale": "zh-CN", "guild_locale": "en-US", "app_permissions": fmt.Sprint(Permissions), "entitlements": []any{}, "authorizing_integration_owners": payload{"0": testServer},
		"context": 0, "attachment_size_limit": 10485760, "data": data,
	}
}

func slash(id, who, name string, args ...string) payload {
	options := []any{}
	for _, a := range args {
		options = append(options, payload{"type": 3, "name": "text", "value": a})
	}
	return interactionOf(id, typeCommand, who, payload{"id": "500000000000000001", "type": 1, "name": "study",
		"options": []any{payload{"type": 1, "name": name, "options": options}}})
}

func typed(id, who, name, text string) payload {
	p := slash(id, who, name)
	p["type"] = typeComplete
	p["data"].(payload)["options"] = []any{payload{"type": 1, "name": name, "options": []any{payload{"type": 3, "name": "query", "value": text, "focused": true}}}}
	return p
}

func press(id, who, action string, on payload) payload {
	p := interactionOf(id, typePress, who, payload{"custom_id": action, "component_type": 2, "id": 2})
	p["message"] = on
	return p
}

func submit(id, who, action string, values map[string]string) payload {
	rows := []any{}
	for name, value := range values {
		rows = append(rows, payload{"type": 1, "id": 1, "components": []any{payload{"type": 4, "id": 2, "custom_id": name, "value": value}}})
	}
	return interactionOf(id, typeSubmit, who, payload{"custom_id": action, "components": rows})
}

// written is a message of a member.
func written(id, who, channel, text string) payload {
	return payload{
		"id": id, "channel_id": channel, "guild_id": testServer, "type": 0, "author": person(who), "content": text, "timestamp": "2026-01-01T00:00:00.000000+00:00",
		"edited_timestamp": nil, "tts": false, "mention_everyone": false, "mentions": []any{}, "mention_roles": []any{}, "attachments": []any{}, "embeds": []any{},
		"pinned": false, "flags": 0, "components": []any{},
		"member": payload{"nick": "Nick", "roles": []any{}, "joined_at": "2026-01-01T00:00:00.000000+00:00", "deaf": false, "mute": false, "flags": 0},
	}
}

func snowflake(i int) string { return fmt.Sprint(600000000000000000 + i) }
