package slacktest

import (
	"encoding/json"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// maxTries is how often an envelope is sent.
const maxTries = 4

type socketState struct {
	open    []*socket
	waiting map[string]*envelope // not acknowledged
	queued  []*envelope          // while nobody was connected
	acks    []time.Duration
	dropped int // acknowledgements yet to be overheard
	opened  int
}

type socket struct {
	conn *websocket.Conn
	mu   sync.Mutex // of writing
}

func (c *socket) write(v any) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	_ = c.conn.SetWriteDeadline(time.Now().Add(5 * time.Second))
	return c.conn.WriteJSON(v)
}

type envelope struct {
	id      string
	kind    string
	payload json.RawMessage
	sent    time.Time
	tries   int
}

func (e *envelope) frame() map[string]any {
	return map[string]any{"envelope_id": e.id, "type": e.kind, "payload": e.payload, "accepts_response_payload": e.kind != "events_api",
		"retry_attempt": e.tries - 1, "retry_reason": map[bool]string{true: "timeout"}[e.tries > 1]}
}

// serveSocket is Socket Mode: hello, pings, envelopes.
func (s *Server) serveSocket(w http.ResponseWriter, r *http.Request) {
	up := websocket.Upgrader{CheckOrigin: func(r *http.Request) bool { return r.Header.Get("Origin") == "https://api.slack.com" }}
	conn, err := up.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	c := &socket{conn: conn}
	if c.write(map[string]any{"type": "hello", "num_connections": 1, "connection_info": map[string]any{"app_id": "A0DOUBLE"}}) != nil {
		return
	}
	s.mu.Lock()
	s.sockets.open = append(s.sockets.open, c)
	s.sockets.opened++
	queued := s.sockets.queued
	s.sockets.queued = nil
	s.mu.Unlock()
	for _, e := range queued {
		s.push(e)
	}
	go s.ping(c)
	for {
		var ack struct {
			EnvelopeID string `json:"envelope_id"`
		}
		if err := conn.ReadJSON(&ack); err != nil {
			s.forget(c)
			return
		}
		s.acknowledged(ack.EnvelopeID)
	}
}

func (s *Server) ping(c *socket) {
	for {
		select {
		case <-time.After(s.Pings):
		case <-s.done:
			return
		}
		c.mu.Lock()
		err := c.conn.WriteControl(websocket.PingMessage, []byte("ping"), time.Now().Add(time.Second))
		c.mu.Unlock()
		if err != nil {
			return
		}
	}
}

func (s *Server) forget(c *socket) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sockets.open = slices.DeleteFunc(s.sockets.open, func(o *socket) bool { return o == c })
	c.conn.Close()
}

func (s *Server) acknowledged(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.sockets.dropped > 0 {
		s.sockets.dropped--
		return
	}
	if e := s.sockets.waiting[id]; e != nil {
		s.sockets.acks = append(s.sockets.acks, time.Since(e.sent))
		delete(s.sockets.waiting, id)
	}
}

// push sends an envelope to the newest connection, and again until it is acknowledged.
func (s *Server) push(e *envelope) {
	s.mu.Lock()
	if len(s.sockets.open) == 0 {
		s.sockets.queued = append(s.sockets.queued, e)
		s.mu.Unlock()
		return
	}
	c := s.sockets.open[len(s.sockets.open)-1]
	s.sockets.waiting[e.id] = e
	e.sent, e.tries = time.Now(), e.tries+1
	frame := e.frame()
	s.mu.Unlock()
	if c.write(frame) != nil {
		s.forget(c)
	}
	time.AfterFunc(s.Redelivery, func() {
		s.mu.Lock()
		_, waits := s.sockets.waiting[e.id]
		over := e.tries >= maxTries
		s.mu.Unlock()
		select {
		case <-s.done:
		default:
			if waits && !over {
				s.push(e)
			}
		}
	})
}

// Send sends an envelope, and returns its ID.
func (s *Server) Send(kind string, payload any) string {
	raw, err := json.Marshal(payload)
	if err != nil {
		panic(err) // a mistake in a test
	}
	if s.Deliver != nil {
		s.Deliver(kind, raw)
		return ""
	}
	s.mu.Lock()
	id := s.id("envelope-")
	s.mu.Unlock()
	s.push(&envelope{id: id, kind: kind, payload: raw})
	return id
}

// SendRaw sends a frame as it is.
func (s *Server) SendRaw(frame any) {
	s.mu.Lock()
	open := slices.Clone(s.sockets.open)
	s.mu.Unlock()
	for _, c := range open {
		_ = c.write(frame)
	}
}

// DropAcks makes the next acknowledgements get lost.
func (s *Server) DropAcks(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sockets.dropped = n
}

// Waiting is how many envelopes are not acknowledged.
func (s *Server) Waiting() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.sockets.waiting) + len(s.sockets.queued)
}

// Acks are the times that acknowledgements took.
func (s *Server) Acks() []time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.sockets.acks)
}

// Connections is how many connections are open, and how many were ever opened.
func (s *Server) Connections() (open, ever int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.sockets.open), s.sockets.opened
}

// Disconnect asks the bot to connect again, as Slack does every few hours; it closes the connections itself when
// abrupt.
func (s *Server) Disconnect(abrupt bool) {
	if abrupt {
		s.closeSockets()
		return
	}
	s.SendRaw(map[string]any{"type": "disconnect", "reason": "refresh_requested", "debug_info": map[string]any{"host": "double"}})
}

func (s *Server) closeSockets() {
	s.mu.Lock()
	open := s.sockets.open
	s.sockets.open = nil
	s.mu.Unlock()
	for _, c := range open {
		c.conn.Close()
	}
}
