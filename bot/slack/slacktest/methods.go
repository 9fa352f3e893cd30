package slacktest

import (
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// answer is what a method answers; error is "" for ok.
type answer map[string]any

func failure(code string) answer { return answer{"ok": false, "error": code} }

// serveMethod answers a call of the Web API.
func (s *Server) serveMethod(w http.ResponseWriter, r *http.Request) {
	method := r.PathValue("method")
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	v, token := arguments(r, body)
	s.mu.Lock()
	s.calls = append(s.calls, Call{Method: method, Values: flat(v), At: time.Now()})
	how, faulty := s.nextFault(method)
	var a answer
	if !faulty || how.Done || how == (Fault{After: how.After}) {
		a = s.call(method, v, token)
	}
	s.mu.Unlock()
	if faulty {
		s.fail(w, how, a)
		return
	}
	reply(w, a)
}

func arguments(r *http.Request, body []byte) (v url.Values, token string) {
	token = strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		v = url.Values{}
		var fields map[string]json.RawMessage
		if json.Unmarshal(body, &fields) == nil {
			for name, raw := range fields {
				var text string
				if json.Unmarshal(raw, &text) != nil {
					text = string(raw)
				}
				v.Set(name, text)
			}
		}
		return v, token
	}
	v, _ = url.ParseQuery(string(body)) // what cannot be parsed is missing
	if t := v.Get("token"); t != "" {
		token = t
		v.Del("token")
	}
	return v, token
}

func flat(v url.Values) map[string]string {
	m := map[string]string{}
	for name := range v {
		m[name] = v.Get(name)
	}
	return m
}

func reply(w http.ResponseWriter, a answer) {
	if _, ok := a["ok"]; !ok {
		a["ok"] = true
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("X-OAuth-Scopes", Scopes)
	_ = json.NewEncoder(w).Encode(a)
}

// fail answers as the fault says.
func (s *Server) fail(w http.ResponseWriter, how Fault, a answer) {
	select {
	case <-time.After(how.After):
	case <-s.done:
	}
	switch {
	case how.Lost:
		if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
			conn.Close()
		}
	case how.Status != 0:
		if how.RetryIn > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(how.RetryIn))
		}
		w.WriteHeader(how.Status)
	case how.Undecoded:
		_, _ = io.WriteString(w, "<html>")
	case how.Code != "":
		reply(w, failure(how.Code))
	default:
		reply(w, a)
	}
}

// call carries a method out. The caller holds the lock.
func (s *Server) call(method string, v url.Values, token string) answer {
	want := BotToken
	if method == "apps.connections.open" {
		want = AppToken
	}
	if token != want {
		return failure("invalid_auth")
	}
	switch method {
	case "auth.test":
		return answer{"user_id": Bot, "team_id": Team, "user": "studybot", "team": "double", "bot_id": "B0STUDYBOT"}
	case "apps.connections.open":
		return answer{"url": "ws" + strings.TrimPrefix(s.http.URL, "http") + "/socket?ticket=secret-ticket"}
	case "chat.postMessage":
		return s.postMessage(v)
	case "chat.postEphemeral":
		return s.postEphemeral(v)
	case "chat.update":
		return s.update(v)
	case "conversations.history", "conversations.replies":
		return s.history(v)
	case "conversations.info":
		creator, ok := s.creators[v.Get("channel")]
		if !ok {
			return failure("channel_not_found")
		}
		return answer{"channel": map[string]any{"id": v.Get("channel"), "creator": creator, "is_channel": true}}
	case "users.info":
		return s.userInfo(v.Get("user"))
	case "users.list":
		return s.userList(v)
	case "views.open":
		return s.openView(v)
	case "views.publish":
		return s.publish(v)
	case "reactions.add":
		return s.react(v)
	}
	s.problem("unknown method %s", method)
	return failure("unknown_method")
}

func (s *Server) userInfo(id string) answer {
	u, ok := s.users[id]
	if !ok {
		return failure("user_not_found")
	}
	return answer{"user": u.described(id)}
}

// userList is a page of the members, by their IDs.
func (s *Server) userList(v url.Values) answer {
	ids := slices.Sorted(maps.Keys(s.users))
	limit, _ := strconv.Atoi(v.Get("limit"))
	from, _ := strconv.Atoi(v.Get("cursor"))
	to, next := min(from+max(limit, 1), len(ids)), ""
	if to < len(ids) {
		next = strconv.Itoa(to)
	}
	members := []any{}
	for _, id := range ids[min(from, to):to] {
		members = append(members, s.users[id].described(id))
	}
	return answer{"members": members, "response_metadata": map[string]any{"next_cursor": next}}
}

func (u User) described(id string) map[string]any {
	team := Team
	if u.Stranger {
		team = "T0ELSEWHERE"
	}
	return map[string]any{"id": id, "team_id": team, "name": u.Name, "locale": u.Locale, "is_admin": u.Admin,
		"is_restricted": u.Guest, "is_stranger": u.Stranger, "profile": map[string]any{"display_name": u.Name, "real_name": u.Name}}
}

// open reports whether the bot may post there: its channels, and direct messages with members.
func (s *Server) open(channel string) bool {
	_, ok := s.creators[channel]
	_, member := s.users[strings.TrimPrefix(channel, "D")]
	return ok || member
}

func (s *Server) checked(v url.Values) string {
	if err := CheckMessage(v.Get("text"), []byte(v.Get("blocks"))); err != nil {
		s.problem("%v in %s", err, v.Get("blocks"))
		return "invalid_blocks"
	}
	return ""
}

func (s *Server) postMessage(v url.Values) answer {
	channel := v.Get("channel")
	if !s.open(channel) {
		return failure("channel_not_found")
	}
	if code := s.checked(v); code != "" {
		return failure(code)
	}
	m := &Message{Channel: channel, TS: s.stamp(), Thread: v.Get("thread_ts"), User: Bot, Text: v.Get("text"), Blocks: []byte(v.Get("blocks")), Metadata: []byte(v.Get("metadata"))}
	s.messages = append(s.messages, m)
	s.show(v, m.Text, m.Blocks)
	return answer{"channel": channel, "ts": m.TS, "message": map[string]any{"text": m.Text, "ts": m.TS}}
}

func (s *Server) postEphemeral(v url.Values) answer {
	channel, user := v.Get("channel"), v.Get("user")
	if _, ok := s.users[user]; !ok {
		return failure("user_not_in_channel")
	}
	if !s.open(channel) {
		return failure("channel_not_found")
	}
	if code := s.checked(v); code != "" {
		return failure(code)
	}
	m := &Message{Channel: channel, TS: s.stamp(), Thread: v.Get("thread_ts"), User: Bot, Only: user, Text: v.Get("text"), Blocks: []byte(v.Get("blocks"))}
	s.whisper(v, m)
	return answer{"message_ts": m.TS}
}

// whisper takes in a message that one member is shown, or all by response_url.
func (s *Server) whisper(v url.Values, m *Message) {
	s.messages = append(s.messages, m)
	s.show(v, m.Text, m.Blocks)
	if s.Whispered != nil && m.Only != "" {
		go s.Whispered(*m)
	}
}

func (s *Server) message(channel, ts string) *Message {
	for _, m := range s.messages {
		if m.Channel == channel && m.TS == ts && m.Only == "" {
			return m
		}
	}
	return nil
}

func (s *Server) update(v url.Values) answer {
	m := s.message(v.Get("channel"), v.Get("ts"))
	switch {
	case m == nil:
		return failure("message_not_found")
	case m.User != Bot:
		return failure("cant_update_message")
	}
	if code := s.checked(v); code != "" {
		return failure(code)
	}
	m.Text, m.Blocks = v.Get("text"), []byte(v.Get("blocks"))
	if v.Has("metadata") {
		m.Metadata = []byte(v.Get("metadata"))
	}
	m.Edits++
	s.show(v, m.Text, m.Blocks)
	return answer{"channel": m.Channel, "ts": m.TS, "text": m.Text}
}

// history is the channel's, newest first, or a thread's, oldest first, its parent included.
func (s *Server) history(v url.Values) answer {
	channel, thread := v.Get("channel"), v.Get("ts")
	if !s.open(channel) {
		return failure("channel_not_found")
	}
	limit, _ := strconv.Atoi(v.Get("limit"))
	if limit <= 0 || limit > 999 {
		limit = 100
	}
	var found []map[string]any
	for _, m := range s.messages {
		if m.Channel != channel || m.Only != "" || thread == "" && m.Thread != "" || thread != "" && m.Thread != thread && m.TS != thread {
			continue
		}
		found = append(found, s.seen(m, v.Get("include_all_metadata") == "1" || v.Get("include_all_metadata") == "true"))
	}
	if thread == "" {
		slices.Reverse(found)
	}
	from, _ := strconv.Atoi(v.Get("cursor"))
	from = min(from, len(found))
	to := min(from+limit, len(found))
	next := ""
	if to < len(found) {
		next = strconv.Itoa(to)
	}
	return answer{"messages": found[from:to], "has_more": next != "", "response_metadata": map[string]any{"next_cursor": next}}
}

// seen is a message as history shows it.
func (s *Server) seen(m *Message, metadata bool) map[string]any {
	h := map[string]any{"type": "message", "user": m.User, "ts": m.TS, "text": m.Text}
	if m.Thread != "" {
		h["thread_ts"] = m.Thread
	}
	if len(m.Blocks) > 0 {
		h["blocks"] = m.Blocks
	}
	if metadata && len(m.Metadata) > 0 {
		h["metadata"] = m.Metadata
	}
	replies := 0
	for _, o := range s.messages {
		if o.Thread == m.TS && o.Channel == m.Channel && o.Only == "" {
			replies++
		}
	}
	if replies > 0 {
		h["reply_count"] = replies
	}
	return h
}

func (s *Server) react(v url.Values) answer {
	m := s.message(v.Get("channel"), v.Get("timestamp"))
	switch {
	case m == nil:
		return failure("message_not_found")
	case slices.Contains(m.Marks, v.Get("name")):
		return failure("already_reacted")
	}
	m.Marks = append(m.Marks, v.Get("name"))
	return answer{}
}

// serveResponse takes what is posted to a response_url.
func (s *Server) serveResponse(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	s.mu.Lock()
	s.calls = append(s.calls, Call{Method: "response_url", Values: map[string]string{"body": string(body)}, At: time.Now()})
	how, faulty := s.nextFault("response_url")
	s.mu.Unlock()
	if faulty {
		s.fail(w, how, nil)
		return
	}
	s.respond(r.PathValue("channel"), r.PathValue("user"), r.PathValue("ts"), body)
}

func (s *Server) respond(channel, user, ts string, body []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var m struct {
		Text            string          `json:"text"`
		Blocks          json.RawMessage `json:"blocks"`
		ResponseType    string          `json:"response_type"`
		ReplaceOriginal bool            `json:"replace_original"`
		Thread          string          `json:"thread_ts"`
	}
	if err := json.Unmarshal(body, &m); err != nil {
		s.problem("response_url: %v", err)
	}
	if err := CheckMessage(m.Text, m.Blocks); err != nil {
		s.problem("response_url: %v in %s", err, m.Blocks)
	}
	if m.ReplaceOriginal {
		s.show(nil, m.Text, m.Blocks)
		for _, old := range s.messages {
			if old.Channel == channel && old.TS == ts {
				old.Text, old.Blocks = m.Text, m.Blocks
				old.Edits++
			}
		}
		return
	}
	only := user
	if m.ResponseType == "in_channel" {
		only = ""
	}
	s.whisper(nil, &Message{Channel: channel, TS: s.stamp(), Thread: m.Thread, User: Bot, Only: only, Text: m.Text, Blocks: m.Blocks, Open: only == ""})
}
