package discord

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf16"

	"studybot/bot/chat"
)

const (
	testToken   = "MTAwMDAwMDAwMDAwMDAwMDAx.Gabcde.the-secret-part-of-it"
	testBot     = "100000000000000001" // also the application
	testServer  = "200000000000000001"
	testChannel = "300000000000000001"
	testUser    = "400000000000000001"
)

// A double stands for Discord's REST API on an unreliable line.
type double struct {
	*httptest.Server
	t testing.TB

	mu        sync.Mutex
	next      int64
	channels  map[string]*doubleChannel
	commands  json.RawMessage
	flags     int    // of the application
	elsewhere string // its address for interactions
	requests  []request
	first     map[string]request // responses to interactions, by ID
	later     map[string][]request
	dms       map[string]string            // channels of members
	fault     func(request) (status int)   // before a request is done: 0 does it
	after     func(request) (status int)   // when it was done: 0 says so; -1 breaks the line
	head      map[string]map[string]string // headers of answers, by route
	ws        string
}

type doubleChannel struct {
	parent   string
	archived bool // a thread that was put away: nothing in it can be edited
	messages []map[string]any
}

type request struct {
	method, path string
	body         map[string]any
	raw          []byte
}

func newDouble(t testing.TB) *double {
	t.Helper()
	d := &double{
		t: t, channels: map[string]*doubleChannel{testChannel: {}}, commands: json.RawMessage("[]"),
		first: map[string]request{}, later: map[string][]request{}, dms: map[string]string{}, head: map[string]map[string]string{},
	}
	d.next = (time.Now().UnixMilli() - 1420070400000) << 22
	d.Server = httptest.NewServer(d)
	t.Cleanup(d.Close)
	return d
}

// network is a Network on the double, judged by the oracle.
func (d *double) network(t testing.TB, change func(*Config)) *Network {
	t.Helper()
	cfg := Config{Token: testToken, API: d.URL, Usages: testUsages, Transport: judged(t, http.DefaultTransport)}
	if change != nil {
		change(&cfg)
	}
	n, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	n.wait = quick
	return n
}

var quick = timing{
	answer: time.Second, first: 5 * time.Second, token: 5 * time.Second, connect: 300 * time.Millisecond, again: 20 * time.Millisecond, retry: 40 * time.Millisecond,
	end: 2 * time.Second,
}

var testUsages = []chat.Usage{
	{Name: "ask", Help: map[string]string{"en": "Look something up", "zh": "查找"}, Param: &chat.Param{Name: "query", Help: map[string]string{"en": "What", "zh": "什么"}, Required: true, Complete: true}},
	{Name: "answer", Help: map[string]string{"en": "Answer"}, Param: &chat.Param{Name: "text", Help: map[string]string{"en": "Text"}}},
	{Name: "top", Help: map[string]string{"en": "The board"}, Param: &chat.Param{Name: "period", Help: map[string]string{"en": "Which"}, Choices: []string{"week", "month"}}},
	{Name: "me", Help: map[string]string{"en": "My streak"}},
	{Name: "post", Admin: true, Help: map[string]string{"en": "Ask now", "zh": "现在出题"}},
}

func utf16Length(s string) int { return len(utf16.Encode([]rune(s))) }

func (d *double) id() string {
	d.next++
	return strconv.FormatInt(d.next, 10)
}

func (d *double) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	raw, _ := io.ReadAll(req.Body)
	r := request{method: req.Method, path: strings.TrimPrefix(req.URL.Path, "/api/v10"), raw: raw}
	_ = json.Unmarshal(raw, &r.body)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.requests = append(d.requests, r)
	for key, value := range d.head[r.method+" "+r.path] {
		w.Header().Set(key, value)
	}
	if d.fault != nil {
		if status := d.fault(r); status != 0 {
			d.fail(w, status)
			return
		}
	}
	status, answer := d.do(r, req)
	if d.after != nil {
		if s := d.after(r); s != 0 {
			d.fail(w, s)
			return
		}
	}
	if answer == nil {
		w.WriteHeader(status)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(answer)
}

func (d *double) fail(w http.ResponseWriter, status int) {
	if status == -1 {
		if conn, _, err := w.(http.Hijacker).Hijack(); err == nil {
			conn.Close()
		}
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if status == http.StatusTooManyRequests {
		_, _ = io.WriteString(w, `{"message":"You are being rate limited.","retry_after":0.05,"global":false}`)
		return
	}
	_, _ = io.WriteString(w, `{"message":"no","code":0}`)
}

type refused struct {
	Message string `json:"message"`
	Code    int    `json:"code"`
}

// do does a request.
func (d *double) do(r request, req *http.Request) (int, any) {
	p := strings.Split(strings.Trim(r.path, "/"), "/")
	switch {
	case p[0] == "gateway":
		return 200, map[string]any{"url": d.ws, "shards": 1, "session_start_limit": map[string]any{"total": 1000, "remaining": 999, "reset_after": 1000, "max_concurrency": 1}}
	case r.path == "/users/@me":
		return 200, map[string]any{"id": testBot, "username": "studybot", "discriminator": "0000", "avatar": nil, "public_flags": 0, "flags": 0, "global_name": nil,
			"primary_guild": nil, "mfa_enabled": false, "locale": "en-US", "bot": true}
	case r.path == "/applications/@me":
		return 200, d.applicationJSON()
	case r.path == "/users/@me/channels":
		member := fmt.Sprint(r.body["recipient_id"])
		if d.dms[member] == "" {
			d.dms[member] = d.id()
			d.channels[d.dms[member]] = &doubleChannel{}
		}
		return 200, map[string]any{"id": d.dms[member], "type": 1, "flags": 0, "recipients": []any{author(member, false)}}
	case p[0] == "applications" && p[len(p)-1] == "commands":
		return d.doCommands(r)
	case p[0] == "interactions":
		if _, ok := d.first[p[1]]; ok {
			return 400, refused{"Interaction has already been acknowledged.", alreadyAnswered}
		}
		d.first[p[1]] = r
		return 204, nil
	case p[0] == "webhooks":
		d.later[p[2]] = append(d.later[p[2]], r)
		if r.method == http.MethodDelete {
			return 204, nil
		}
		return 200, d.newMessage("300000000000000001", r.body)
	case p[0] == "channels" && d.channels[p[1]] == nil:
		return 404, refused{"Unknown Channel", unknownChannel}
	case p[0] == "channels" && len(p) == 2:
		if archived, ok := r.body["archived"].(bool); ok {
			d.channels[p[1]].archived = archived
		}
		return 200, d.channelJSON(p[1])
	case p[0] == "channels" && len(p) == 3:
		return d.doMessages(r, p[1], req)
	case p[0] == "channels":
		return d.doMessage(r, p)
	}
	return 404, refused{"404: Not Found", 0}
}

func (d *double) doCommands(r request) (int, any) {
	if r.method == http.MethodGet {
		return 200, d.commands
	}
	var all []map[string]any
	_ = json.Unmarshal(r.raw, &all)
	for _, c := range all {
		c["id"], c["application_id"], c["version"] = d.id(), testBot, d.id()
		if p, ok := c["default_member_permissions"].(float64); ok {
			c["default_member_permissions"] = strconv.Itoa(int(p))
		}
		c["dm_permission"], c["nsfw"], c["integration_types"] = true, false, []int{0}
	}
	d.commands, _ = json.Marshal(all)
	return 200, d.commands
}

func (d *double) doMessages(r request, channel string, req *http.Request) (int, any) {
	c := d.channels[channel]
	if r.method == http.MethodPost {
		for _, m := range c.messages {
			if r.body["enforce_nonce"] == true && m["nonce"] != nil && m["nonce"] == r.body["nonce"] {
				return 200, m
			}
		}
		m := d.newMessage(channel, r.body)
		c.messages = append(c.messages, m)
		return 200, m
	}
	limit, _ := strconv.Atoi(req.URL.Query().Get("limit"))
	before := req.URL.Query().Get("before")
	list := []map[string]any{}
	for _, m := range slices.Backward(c.messages) {
		if id := m["id"].(string); (before == "" || len(id) < len(before) || len(id) == len(before) && id < before) && len(list) < limit {
			list = append(list, m)
		}
	}
	return 200, list
}

func (d *double) doMessage(r request, p []string) (int, any) {
	i := slices.IndexFunc(d.channels[p[1]].messages, func(m map[string]any) bool { return m["id"] == p[3] })
	if i < 0 {
		return 404, refused{"Unknown Message", unknownMessage}
	}
	m := d.channels[p[1]].messages[i]
	switch {
	case len(p) > 4 && p[4] == "threads":
		if m["thread"] != nil {
			return 400, refused{"A thread has already been created for this message", threadExists}
		}
		d.channels[p[3]] = &doubleChannel{parent: p[1]}
		m["thread"] = d.channelJSON(p[3])
		return 201, m["thread"]
	case len(p) > 4:
		return 204, nil
	case r.method == http.MethodPatch && d.channels[p[1]].archived:
		return 400, refused{"Thread is archived", threadArchived}
	case r.method == http.MethodPatch:
		for _, key := range []string{"content", "embeds", "components"} {
			if r.body[key] != nil {
				m[key] = r.body[key]
			}
		}
		complete(m)
	}
	return 200, m
}

func (d *double) channelJSON(id string) map[string]any {
	if parent := d.channels[id].parent; parent != "" {
		return map[string]any{"id": id, "type": 11, "flags": 0, "guild_id": testServer, "name": "a thread", "parent_id": parent, "owner_id": testBot,
			"message_count": 0, "member_count": 1, "total_message_sent": 0,
			"thread_metadata": map[string]any{"archived": false, "archive_timestamp": "2026-01-01T00:00:00.000000+00:00", "auto_archive_duration": 4320, "locked": false}}
	}
	return map[string]any{"id": id, "type": 0, "flags": 0, "guild_id": testServer, "name": "study", "position": 0, "permission_overwrites": []any{}}
}

func (d *double) applicationJSON() map[string]any {
	a := map[string]any{"id": testBot, "name": "studybot", "icon": nil, "description": "", "type": nil, "verify_key": "00", "flags": d.flags, "flags_new": strconv.Itoa(d.flags),
		"redirect_uris": []any{}, "interactions_endpoint_url": nil, "role_connections_verification_url": nil, "owner": author(testUser, false), "approximate_guild_count": 1,
		"approximate_user_install_count": 0, "approximate_user_authorization_count": 0, "explicit_content_filter": 0, "team": nil, "eligible_oauth2_scopes": []any{}}
	if d.elsewhere != "" {
		a["interactions_endpoint_url"] = d.elsewhere
	}
	return a
}

func author(id string, bot bool) map[string]any {
	return map[string]any{"id": id, "username": "u" + id, "discriminator": "0000", "avatar": nil, "public_flags": 0, "flags": 0, "global_name": nil, "primary_guild": nil, "bot": bot}
}

// newMessage is a message of the bot as Discord returns it.
func (d *double) newMessage(channel string, body map[string]any) map[string]any {
	m := map[string]any{
		"id": d.id(), "channel_id": channel, "type": 0, "author": author(testBot, true), "timestamp": "2026-01-01T00:00:00.000000+00:00", "edited_timestamp": nil,
		"attachments": []any{}, "mentions": []any{}, "mention_roles": []any{}, "mention_everyone": false, "tts": false, "pinned": false, "flags": 0,
		"content": "", "embeds": []any{}, "components": []any{},
	}
	for _, key := range []string{"content", "embeds", "components", "nonce"} {
		if body[key] != nil {
			m[key] = body[key]
		}
	}
	complete(m)
	return m
}

// complete adds what Discord adds to embeds and components.
func complete(m map[string]any) {
	embeds, _ := m["embeds"].([]any)
	for _, e := range embeds {
		e.(map[string]any)["type"] = "rich"
	}
	id := 0
	var number func(v any)
	number = func(v any) {
		list, _ := v.([]any)
		for _, c := range list {
			id++
			c := c.(map[string]any)
			if c["id"] = id; c["type"] == 3.0 {
				c["min_values"], c["max_values"] = 1, 1
			}
			number(c["components"])
		}
	}
	number(m["components"])
}

// count returns how many requests there were of a kind.
func (d *double) count(method, prefix string) (n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, r := range d.requests {
		if r.method == method && strings.HasPrefix(r.path, prefix) {
			n++
		}
	}
	return n
}

// missing reports whether no commands are registered.
func (d *double) missing() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return string(d.commands) == "[]"
}

// held are the messages of a channel.
func (d *double) held(channel string) []map[string]any {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.channels[channel] == nil {
		return nil
	}
	return slices.Clone(d.channels[channel].messages)
}
