package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/url"
	"runtime"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
)

// A gateway holds the connection by which Discord tells what happens
// (https://discord.com/developers/docs/events/gateway). It is used by one goroutine.
type gateway struct {
	address func(context.Context) (string, error) // of a new session
	token   string
	intents discordgo.Intent
	heard   func(kind string, data json.RawMessage) // must not block
	wait    timing
	log     *slog.Logger

	session string // "" for none that can be resumed
	resume  string // where it is
	seq     int64
	steady  bool // READY or RESUMED came over the last connection
}

// Operations.
const (
	opDispatch  = 0
	opHeartbeat = 1
	opIdentify  = 2
	opResume    = 6
	opReconnect = 7
	opInvalid   = 9
	opHello     = 10
	opAck       = 11
)

type frame struct {
	Op   int             `json:"op"`
	Data json.RawMessage `json:"d"`
	Seq  *int64          `json:"s,omitempty"`
	Kind string          `json:"t,omitempty"`
}

// fatal are the codes with which Discord closes for good.
var fatal = map[int]string{
	4004: "Discord does not know the token: copy it anew from the page Bot of the application, and set DISCORD_TOKEN",
	4010: "Discord refuses the shard",
	4011: "the bot is in more servers than one connection may serve",
	4012: "Discord does not know this version of the gateway any more: get a newer studybot",
	4013: "Discord does not know an intent that was asked for: get a newer studybot",
	4014: "Discord refuses an intent: switch on Message Content Intent on the page Bot of the application, or leave out discord.message_content",
}

// errFatal means that no new attempt can succeed.
var errFatal = errors.New("the gateway is closed for good")

// run connects, again and again, until ctx is done, and then returns nil, or until Discord says that it is of no use.
func (g *gateway) run(ctx context.Context) error {
	wait := g.wait.again
	for {
		g.steady = false
		err := g.connect(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if errors.Is(err, errFatal) {
			return fmt.Errorf("discord: %w", err)
		}
		level := slog.LevelWarn
		if g.steady { // connections end now and then
			wait, level = g.wait.again, slog.LevelInfo
		}
		pause := wait/2 + rand.N(wait/2+1)
		g.log.Log(ctx, level, "no connection to Discord; trying again", "in", pause.Round(time.Millisecond).String(), "resume", g.session != "", "err", err)
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(pause):
		}
		wait = min(2*wait, g.wait.retry)
	}
}

// connect holds one connection to its end, which is an error.
func (g *gateway) connect(ctx context.Context) error {
	conn, err := g.dial(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	conn.SetReadLimit(maxAnswer)
	frames, broken, stop := make(chan frame), make(chan error, 1), make(chan struct{})
	defer close(stop)
	go func() { broken <- read(conn, frames, stop, g.log) }()

	hello, err := g.await(ctx, frames, broken, opHello)
	if err != nil {
		g.resume = "" // next time where all begin
		return g.left(conn, fmt.Errorf("no HELLO: %w", err))
	}
	var h struct {
		Interval int64 `json:"heartbeat_interval"` // ms
	}
	if err := json.Unmarshal(hello.Data, &h); err != nil || h.Interval < 1 {
		return g.left(conn, errors.New("HELLO without an interval of heartbeats"))
	}
	interval := time.Duration(min(h.Interval, 600_000)) * time.Millisecond
	if err := g.introduce(conn); err != nil {
		return err
	}
	return g.left(conn, g.listen(ctx, conn, frames, broken, interval))
}

// dial connects to where the session is, or to a new one.
func (g *gateway) dial(ctx context.Context) (*websocket.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, g.wait.connect)
	defer cancel()
	to := g.resume
	if g.session == "" || to == "" {
		var err error
		if to, err = g.address(ctx); err != nil {
			return nil, err
		}
	}
	u, err := url.Parse(to)
	if err != nil || u.Scheme != "wss" && u.Scheme != "ws" {
		return nil, errors.New("the gateway has no address")
	}
	u.RawQuery = "v=10&encoding=json"
	dialer := websocket.Dialer{Proxy: http.ProxyFromEnvironment, HandshakeTimeout: g.wait.connect}
	conn, resp, err := dialer.DialContext(ctx, u.String(), nil)
	if resp != nil && resp.Body != nil {
		resp.Body.Close()
	}
	if err != nil {
		g.resume = "" // next time where all begin
		return nil, fmt.Errorf("gateway: %w", err)
	}
	return conn, nil
}

// read sends the frames of a connection until it breaks, or stop is closed. What cannot be read as a frame is dropped.
func read(conn *websocket.Conn, frames chan<- frame, stop <-chan struct{}, log *slog.Logger) error {
	for {
		_, b, err := conn.ReadMessage()
		if err != nil {
			return err
		}
		var f frame
		f.Op = -1
		if err := json.Unmarshal(b, &f); err != nil || f.Op < 0 {
			log.Warn("a frame of the gateway cannot be read", "bytes", len(b))
			continue
		}
		select {
		case frames <- f:
		case <-stop:
			return io.EOF
		}
	}
}

// await waits for the first frame of a kind; others are passed over.
func (g *gateway) await(ctx context.Context, frames <-chan frame, broken <-chan error, op int) (frame, error) {
	late := time.NewTimer(g.wait.connect)
	defer late.Stop()
	for {
		select {
		case f := <-frames:
			if f.Op == op {
				return f, nil
			}
		case err := <-broken:
			return frame{}, err
		case <-late.C:
			return frame{}, fmt.Errorf("nothing for %s", g.wait.connect)
		case <-ctx.Done():
			return frame{}, ctx.Err()
		}
	}
}

type identity struct {
	Token      string            `json:"token"`
	Intents    discordgo.Intent  `json:"intents"`
	Properties map[string]string `json:"properties"`
}

type resumption struct {
	Token   string `json:"token"`
	Session string `json:"session_id"`
	Seq     int64  `json:"seq"`
}

// introduce says who we are, or which session goes on.
func (g *gateway) introduce(conn *websocket.Conn) error {
	if g.session != "" {
		return g.send(conn, opResume, resumption{g.token, g.session, g.seq})
	}
	g.seq = 0
	return g.send(conn, opIdentify, identity{g.token, g.intents, map[string]string{"os": runtime.GOOS, "browser": "studybot", "device": "studybot"}})
}

func (g *gateway) send(conn *websocket.Conn, op int, data any) error {
	b, err := json.Marshal(data)
	if err != nil {
		return err
	}
	_ = conn.SetWriteDeadline(time.Now().Add(g.wait.connect)) // of our own connection: cannot fail
	if err := conn.WriteJSON(frame{Op: op, Data: b}); err != nil {
		return fmt.Errorf("gateway: %w", err)
	}
	return nil
}

func (g *gateway) beat(conn *websocket.Conn) error {
	if g.seq == 0 {
		return g.send(conn, opHeartbeat, nil)
	}
	return g.send(conn, opHeartbeat, g.seq)
}

// listen hears what happens. It ends when the connection breaks, when Discord says so, when a heartbeat is not
// acknowledged before the next one is due, and when the session does not begin, or go on, in time: the next one is new.
func (g *gateway) listen(ctx context.Context, conn *websocket.Conn, frames <-chan frame, broken <-chan error, interval time.Duration) error {
	beat := time.NewTimer(rand.N(interval))
	defer beat.Stop()
	ready := time.NewTimer(g.wait.connect)
	defer ready.Stop()
	acked := true
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case err := <-broken:
			return err
		case <-ready.C:
			if !g.steady {
				g.forget()
				return fmt.Errorf("no READY for %s", g.wait.connect)
			}
		case <-beat.C:
			if !acked {
				return errors.New("a heartbeat was not acknowledged")
			}
			if err := g.beat(conn); err != nil {
				return err
			}
			acked = false
			beat.Reset(interval)
		case f := <-frames:
			if f.Op == opAck {
				acked = true
			} else if err := g.take(conn, f); err != nil {
				return err
			}
		}
	}
}

// take does what a frame asks for. An error ends the connection.
func (g *gateway) take(conn *websocket.Conn, f frame) error {
	switch f.Op {
	case opDispatch:
		if f.Seq != nil && *f.Seq > g.seq {
			g.seq = *f.Seq
		}
		g.dispatch(f)
	case opHeartbeat:
		return g.beat(conn)
	case opReconnect:
		return errors.New("a new connection is asked for")
	case opInvalid:
		var resumable bool
		if json.Unmarshal(f.Data, &resumable) != nil || !resumable {
			g.forget()
		}
		return errors.New("the session is not known any more")
	}
	return nil
}

func (g *gateway) dispatch(f frame) {
	switch f.Kind {
	case "READY":
		var r struct {
			Session string `json:"session_id"`
			Resume  string `json:"resume_gateway_url"`
		}
		if err := json.Unmarshal(f.Data, &r); err != nil || r.Session == "" {
			g.log.Warn("READY cannot be read")
			return
		}
		g.session, g.resume, g.steady = r.Session, r.Resume, true
	case "RESUMED":
		g.steady = true
	}
	g.heard(f.Kind, f.Data)
}

func (g *gateway) forget() { g.session, g.resume, g.seq = "", "", 0 }

// left closes a connection for a reason, and makes of the reason what the next attempt has to know. A session that is to
// be resumed is closed with a code that keeps it.
func (g *gateway) left(conn *websocket.Conn, why error) error {
	code := 4000
	if errors.Is(why, context.Canceled) {
		code = websocket.CloseNormalClosure
	}
	deadline := time.Now().Add(time.Second)
	_ = conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), deadline) // it may be closed already
	var closed *websocket.CloseError
	if !errors.As(why, &closed) {
		return why
	}
	if text, ok := fatal[closed.Code]; ok {
		return fmt.Errorf("%w: %s (close code %d)", errFatal, text, closed.Code)
	}
	switch closed.Code {
	case 4003, 4007, 4009: // the session is over
		g.forget()
	}
	return fmt.Errorf("gateway: closed with code %d", closed.Code)
}
