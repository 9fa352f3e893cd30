// Package slacktest is a double of Slack for tests: the Web API that the bot uses, Socket Mode, response_urls, and what
// members do. It keeps Slack's rules as documented, and misbehaves when told to. It knows nothing of the bot.
package slacktest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// What a bot under test is configured with.
const (
	BotToken      = "xoxb-double-bot-secret"
	AppToken      = "xapp-double-app-secret"
	SigningSecret = "double-signing-secret"
	Team          = "T0DOUBLE1"
	Bot           = "U0STUDYBOT"
	Channel       = "C0STUDY01"
)

// Scopes are those of the bot token.
const Scopes = "app_mentions:read,channels:history,channels:read,chat:write,commands,groups:history,groups:read,im:history,reactions:write,users:read"

// A User is a member of the workspace, or a guest of it.
type User struct {
	Name     string
	Locale   string
	Admin    bool
	Guest    bool
	Stranger bool
}

// A Message is what stands in a channel, or what one member was shown.
type Message struct {
	Channel  string
	TS       string
	Thread   string
	User     string // who said it
	Only     string // the only one who sees it; "" for everybody
	Text     string
	Blocks   json.RawMessage
	Metadata json.RawMessage
	Edits    int
	Marks    []string // reactions
	Open     bool     // said to the channel by response_url
}

// A Call is a request that the bot made.
type Call struct {
	Method string // "response_url" for one of these
	Values map[string]string
	At     time.Time
}

// A Server is a workspace. Its methods may be called from any goroutine.
type Server struct {
	URL        string        // of the Web API
	Pings      time.Duration // how often Slack pings
	Redelivery time.Duration // how long an envelope waits for its acknowledgement before it is sent again

	// Deliver, if set, takes what members do in the place of Socket Mode: the kind of envelope and its payload.
	Deliver func(kind string, payload []byte)

	// Opened and Whispered, if set, are called when a form opens for a member, and when one member alone is shown a
	// message. Set them before the bot runs.
	Opened    func(View)
	Whispered func(Message)

	http *httptest.Server
	done chan struct{}

	mu       sync.Mutex
	users    map[string]User
	creators map[string]string // by channel
	messages []*Message
	shown    []string // every text that was ever shown
	pings    []string // who was notified
	calls    []Call
	views    map[string]*View
	pages    map[string]json.RawMessage
	triggers map[string]time.Time
	faults   []fault
	clock    int64
	serial   int
	sockets  socketState
	problems []string
}

// New starts a workspace with a channel and two members, ann, who is an admin, and bob.
func New(t testing.TB) *Server {
	s := &Server{
		Pings: 500 * time.Millisecond, Redelivery: 3 * time.Second,
		done:     make(chan struct{}),
		users:    map[string]User{"U0ANN": {Name: "ann", Locale: "en-US", Admin: true}, "U0BOB": {Name: "bob", Locale: "zh-CN"}},
		creators: map[string]string{Channel: "U0CREATOR"},
		views:    map[string]*View{}, pages: map[string]json.RawMessage{}, triggers: map[string]time.Time{},
		clock: time.Now().UnixMicro(),
	}
	s.sockets.waiting = map[string]*envelope{}
	mux := http.NewServeMux()
	mux.HandleFunc("/api/{method}", s.serveMethod)
	mux.HandleFunc("/respond/{channel}/{user}/{ts}", s.serveResponse)
	mux.HandleFunc("/socket", s.serveSocket)
	s.http = httptest.NewServer(mux)
	s.URL = s.http.URL + "/api/"
	t.Cleanup(func() {
		close(s.done)
		s.closeSockets()
		s.http.CloseClientConnections()
		s.http.Close()
		s.mu.Lock()
		defer s.mu.Unlock()
		for _, p := range s.problems {
			t.Errorf("slack double: %s", p)
		}
	})
	return s
}

// AddUser lets a member in.
func (s *Server) AddUser(id string, u User) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.users[id] = u
}

// AddChannel makes a channel with the bot in it.
func (s *Server) AddChannel(id, creator string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.creators[id] = creator
}

// stamp is the next message's ID. The caller holds the lock.
func (s *Server) stamp() string {
	s.clock = max(s.clock+1, time.Now().UnixMicro())
	return fmt.Sprintf("%d.%06d", s.clock/1e6, s.clock%1e6)
}

func (s *Server) id(kind string) string {
	s.serial++
	return fmt.Sprintf("%s%d", kind, s.serial)
}

// show takes a message in as shown. The caller holds the lock.
func (s *Server) show(v url.Values, text string, blocks json.RawMessage) {
	s.shown = append(s.shown, ShownText(text, blocks))
	s.pings = append(s.pings, pingsOf(v, text, blocks)...)
}

// Shown is all that was ever shown to anybody.
func (s *Server) Shown() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.shown, "\n")
}

// Notified names whom messages have notified.
func (s *Server) Notified() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.pings)
}

// Messages are the messages for which keep is true, oldest first.
func (s *Server) Messages(keep func(Message) bool) (found []Message) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range s.messages {
		if keep(*m) {
			found = append(found, *m)
		}
	}
	return found
}

// Calls are the calls of a method, all for "".
func (s *Server) Calls(method string) (found []Call) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.calls {
		if method == "" || c.Method == method {
			found = append(found, c)
		}
	}
	return found
}

// Page is what a member's page of the bot shows.
func (s *Server) Page(user string) (json.RawMessage, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, ok := s.pages[user]
	return p, ok
}

// problem is something that Slack would have refused, or that no bot may do.
func (s *Server) problem(format string, args ...any) {
	const most = 1000 // bytes
	text := fmt.Sprintf(format, args...)
	s.problems = append(s.problems, text[:min(len(text), most)])
}

// Await waits until done is true, for ten seconds at most.
func Await(t testing.TB, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !done(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("no %s within 10 s", what)
		}
	}
}

// AwaitMessage waits for a message that shows text, and returns it.
func (s *Server) AwaitMessage(t testing.TB, text string) (found Message) {
	t.Helper()
	Await(t, "message with "+text, func() bool {
		ms := s.Messages(func(m Message) bool { return strings.Contains(ShownText(m.Text, m.Blocks), text) })
		if len(ms) > 0 {
			found = ms[len(ms)-1]
		}
		return len(ms) > 0
	})
	return found
}

// A fault is what goes wrong with the next calls of a method.
type fault struct {
	method string
	times  int
	how    Fault
}

// A Fault is how a call goes wrong.
type Fault struct {
	After     time.Duration // the answer comes that late
	Status    int           // of HTTP; 0 for none
	RetryIn   int           // seconds, with Status 429
	Code      string        // error code in an answer with HTTP status 200
	Lost      bool          // the connection breaks instead of an answer
	Done      bool          // what was asked for is done all the same
	Undecoded bool          // the answer is no JSON
}

// Fail makes the next calls of a method go wrong.
func (s *Server) Fail(method string, times int, how Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, fault{method, times, how})
}

// Heal makes nothing go wrong any more.
func (s *Server) Heal() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}

func (s *Server) nextFault(method string) (Fault, bool) {
	for i := range s.faults {
		if f := &s.faults[i]; f.method == method && f.times > 0 {
			f.times--
			return f.how, true
		}
	}
	return Fault{}, false
}
