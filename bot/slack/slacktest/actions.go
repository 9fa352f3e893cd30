package slacktest

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// A View is a form that is open for a member.
type View struct {
	ID   string
	Raw  json.RawMessage
	User string
}

// triggerLife is how long a trigger opens a view, once (https://docs.slack.dev/interactivity/handling-user-interaction).
const triggerLife = 3 * time.Second

func (s *Server) trigger(user string) string {
	id := s.id("trigger-") + "." + user
	s.triggers[id] = time.Now()
	return id
}

func (s *Server) responseURL(channel, user, ts string) string {
	return fmt.Sprintf("%s/respond/%s/%s/%s", s.http.URL, channel, user, ts)
}

func (s *Server) openView(v url.Values) answer {
	id := v.Get("trigger_id")
	at, ok := s.triggers[id]
	delete(s.triggers, id)
	switch {
	case !ok:
		return failure("exchanged_trigger_id")
	case time.Since(at) > triggerLife:
		return failure("expired_trigger_id")
	}
	if err := CheckView([]byte(v.Get("view"))); err != nil {
		s.problem("views.open: %v in %s", err, v.Get("view"))
		return failure("invalid_arguments")
	}
	_, user, _ := strings.Cut(id, ".")
	view := &View{ID: s.id("V"), Raw: []byte(v.Get("view")), User: user}
	s.views[user] = view
	if s.Opened != nil {
		go s.Opened(*view)
	}
	s.shown = append(s.shown, ShownText("", viewBlocks(view.Raw)))
	return answer{"view": map[string]any{"id": view.ID}}
}

func viewBlocks(view json.RawMessage) json.RawMessage {
	var v struct {
		Blocks json.RawMessage `json:"blocks"`
	}
	_ = json.Unmarshal(view, &v) // checked before
	return v.Blocks
}

func (s *Server) publish(v url.Values) answer {
	if err := CheckView([]byte(v.Get("view"))); err != nil {
		s.problem("views.publish: %v in %s", err, v.Get("view"))
		return failure("invalid_arguments")
	}
	user := v.Get("user_id")
	if _, ok := s.users[user]; !ok {
		return failure("user_not_found")
	}
	s.pages[user] = []byte(v.Get("view"))
	s.show(nil, "", viewBlocks(s.pages[user]))
	return answer{"view": map[string]any{"id": "VHOME"}}
}

// Form is the form that is open for a member.
func (s *Server) Form(user string) (View, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, ok := s.views[user]
	if !ok {
		return View{}, false
	}
	return *v, true
}

// Slash types a slash command.
func (s *Server) Slash(user, channel, text string) string {
	s.mu.Lock()
	p := map[string]any{"token": "t", "team_id": Team, "channel_id": channel, "channel_name": "study", "user_id": user, "user_name": s.users[user].Name,
		"command": "/study", "text": text, "response_url": s.responseURL(channel, user, s.stamp()), "trigger_id": s.trigger(user), "api_app_id": "A0DOUBLE"}
	s.mu.Unlock()
	return s.Send("slash_commands", p)
}

// Say says something in a channel, in a thread where thread is not "", and returns the message's ID. A mention of the
// bot is brought twice, as Slack does.
func (s *Server) Say(user, channel, text, thread string) string {
	s.mu.Lock()
	m := &Message{Channel: channel, TS: s.stamp(), Thread: thread, User: user, Text: text}
	s.messages = append(s.messages, m)
	ev := map[string]any{"type": "message", "user": user, "text": text, "ts": m.TS, "channel": channel, "event_ts": m.TS, "team": Team, "channel_type": "channel",
		"client_msg_id": s.id("client-")}
	if strings.HasPrefix(channel, "D") {
		ev["channel_type"] = "im"
	}
	if thread != "" {
		ev["thread_ts"] = thread
		if parent := s.message(channel, thread); parent != nil {
			ev["parent_user_id"] = parent.User
		}
	}
	s.mu.Unlock()
	s.Event(ev)
	if strings.Contains(text, "<@"+Bot+">") && !strings.HasPrefix(channel, "D") {
		mention := map[string]any{}
		for k, v := range ev {
			mention[k] = v
		}
		mention["type"] = "app_mention"
		delete(mention, "channel_type")
		s.Event(mention)
	}
	return m.TS
}

// Event sends an event of the Events API.
func (s *Server) Event(ev map[string]any) string {
	s.mu.Lock()
	id := s.id("Ev")
	s.mu.Unlock()
	return s.Send("events_api", map[string]any{"token": "t", "team_id": Team, "api_app_id": "A0DOUBLE", "type": "event_callback", "event_id": id,
		"event_time": time.Now().Unix(), "event": ev, "authorizations": []any{map[string]any{"team_id": Team, "user_id": Bot, "is_bot": true}}})
}

// OpenHome opens the bot's page.
func (s *Server) OpenHome(user string) {
	s.Event(map[string]any{"type": "app_home_opened", "user": user, "channel": "D" + user, "tab": "home", "event_ts": "1.1"})
}

// A Button is one that a message or page shows.
type Button struct {
	ActionID string `json:"action_id"`
	Value    string `json:"value"`
	Text     struct {
		Text string `json:"text"`
	} `json:"text"`
}

// Buttons are those of blocks.
func Buttons(blocks json.RawMessage) (found []Button) {
	var bs []struct {
		Type     string   `json:"type"`
		Elements []Button `json:"elements"`
	}
	_ = json.Unmarshal(blocks, &bs) // other blocks have other elements, or none
	for _, b := range bs {
		if b.Type == "actions" {
			found = append(found, b.Elements...)
		}
	}
	return found
}

// Press presses the button of a message by its label, or by its value.
func (s *Server) Press(user string, m Message, label string) string {
	for _, b := range Buttons(m.Blocks) {
		if b.Text.Text == label || b.Value == label {
			s.mu.Lock()
			p := s.pressed(user, b)
			container := map[string]any{"type": "message", "message_ts": m.TS, "channel_id": m.Channel, "is_ephemeral": m.Only != ""}
			if m.Thread != "" {
				container["thread_ts"] = m.Thread
			}
			p["container"], p["channel"] = container, map[string]any{"id": m.Channel, "name": "study"}
			p["response_url"] = s.responseURL(m.Channel, user, m.TS)
			s.mu.Unlock()
			return s.Send("interactive", p)
		}
	}
	panic("no button " + label + " in " + string(m.Blocks))
}

// PressHome presses a button of the bot's page.
func (s *Server) PressHome(user, label string) {
	page, _ := s.Page(user)
	for _, b := range Buttons(viewBlocks(page)) {
		if b.Text.Text == label || b.Value == label {
			s.mu.Lock()
			p := s.pressed(user, b)
			p["container"], p["view"] = map[string]any{"type": "view", "view_id": "VHOME"}, map[string]any{"id": "VHOME", "type": "home"}
			s.mu.Unlock()
			s.Send("interactive", p)
			return
		}
	}
	panic("no button " + label + " in " + string(page))
}

func (s *Server) pressed(user string, b Button) map[string]any {
	return map[string]any{"type": "block_actions", "token": "t", "api_app_id": "A0DOUBLE", "team": map[string]any{"id": Team, "domain": "double"},
		"user": map[string]any{"id": user, "name": s.users[user].Name, "username": s.users[user].Name, "team_id": Team}, "trigger_id": s.trigger(user),
		"actions": []any{map[string]any{"type": "button", "action_id": b.ActionID, "block_id": "press", "value": b.Value, "action_ts": s.stamp()}}}
}

// Submit sends the form that is open for a member.
func (s *Server) Submit(user string, values map[string]string) string {
	s.mu.Lock()
	v := s.views[user]
	delete(s.views, user)
	var view map[string]any
	_ = json.Unmarshal(v.Raw, &view) // checked before
	state := map[string]any{}
	for field, value := range values {
		state[field] = map[string]any{"value": map[string]any{"type": "plain_text_input", "value": value}}
	}
	view["id"], view["hash"], view["state"], view["team_id"] = v.ID, s.id("hash"), map[string]any{"values": state}, Team
	p := map[string]any{"type": "view_submission", "token": "t", "api_app_id": "A0DOUBLE", "team": map[string]any{"id": Team, "domain": "double"},
		"user":       map[string]any{"id": user, "name": s.users[user].Name, "username": s.users[user].Name, "team_id": Team},
		"trigger_id": s.trigger(user), "view": view, "response_urls": []any{}}
	s.mu.Unlock()
	return s.Send("interactive", p)
}

// Talk puts a message into a channel without telling the bot.
func (s *Server) Talk(user, channel, text, thread string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.messages = append(s.messages, &Message{Channel: channel, TS: s.stamp(), Thread: thread, User: user, Text: text})
}

// Form is the payload of a slash command as HTTP brings it.
func Form(payload []byte) string {
	var fields map[string]string
	if err := json.Unmarshal(payload, &fields); err != nil {
		panic(err) // a mistake in a test
	}
	v := url.Values{}
	for name, value := range fields {
		v.Set(name, value)
	}
	return v.Encode()
}
