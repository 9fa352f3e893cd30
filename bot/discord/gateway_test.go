package discord

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"studybot/bot/chat"
)

// running runs a network until the test ends it, and returns what Run returned.
func running(t *testing.T, n *Network, handle chat.Handler) (end func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- n.Run(ctx, handle) }()
	end = sync.OnceValue(func() error {
		cancel()
		select {
		case err := <-ended:
			return err
		case <-time.After(20 * time.Second):
			t.Error("Run did not end")
			return nil
		}
	})
	t.Cleanup(func() { _ = end() })
	return end
}

// within waits until something holds.
func within(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !holds(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("not within 10 s: %s", what)
		}
	}
}

func silent(context.Context, chat.Event) (chat.Response, error) { return chat.Response{}, nil }

// A gatewayFault is what goes wrong with a connection.
type gatewayFault struct {
	name   string
	fault  func(*line)
	resume bool // what the next connection begins with
}

func gatewayFaults() []gatewayFault {
	const beats = 25 * time.Millisecond
	begun := func(l *line) {
		l.begin("s1")
	}
	return []gatewayFault{
		{"no HELLO", func(l *line) { l.stay() }, false},
		{"another frame than HELLO, and then nothing", func(l *line) { l.ack(); l.stay() }, false},
		{"a HELLO without an interval", func(l *line) { l.raw(`{"op":10,"d":{}}`); l.stay() }, false},
		{"a HELLO with a senseless interval", func(l *line) { l.raw(`{"op":10,"d":{"heartbeat_interval":-5}}`); l.stay() }, false},
		{"no READY", func(l *line) { l.hello(time.Minute); l.stay() }, false},
		{"a READY that is none", func(l *line) {
			l.hello(time.Minute)
			_, _ = l.next()
			l.raw(`{"op":0,"t":"READY","s":1,"d":[]}`)
			l.stay()
		}, false},
		{"no acks", func(l *line) {
			l.hello(beats)
			_, _ = l.any()
			l.ready("s1")
			for {
				if _, ok := l.any(); !ok {
					return
				}
			}
		}, true},
		{"op 7", func(l *line) { begun(l); l.say(payload{"op": 7, "s": nil, "t": nil}); l.stay() }, true},
		{"op 9, resumable", func(l *line) { begun(l); l.say(payload{"op": 9, "d": true, "s": nil, "t": nil}); l.stay() }, true},
		{"op 9, not resumable", func(l *line) { begun(l); l.say(payload{"op": 9, "d": false, "s": nil, "t": nil}); l.stay() }, false},
		{"op 9 instead of READY", func(l *line) {
			l.hello(time.Minute)
			_, _ = l.next()
			l.say(payload{"op": 9, "d": false, "s": nil, "t": nil})
			l.stay()
		}, false},
		{"the line breaks", func(l *line) { begun(l) }, true},
		{"close code 4000", func(l *line) { begun(l); l.close(4000) }, true},
		{"close code 4008, too fast", func(l *line) { begun(l); l.close(4008) }, true},
		{"close code 4009, timed out", func(l *line) { begun(l); l.close(4009) }, false},
		{"close code 4007, wrong seq", func(l *line) { begun(l); l.close(4007) }, false},
		{"close code 1001, going away", func(l *line) { begun(l); l.close(1001) }, true},
	}
}

// Every fault of a connection leads to a new one, over which the bot is told of what members do; a session that Discord
// still knows is resumed.
func TestFaultsOfTheGateway(t *testing.T) {
	for _, tt := range gatewayFaults() {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := newDouble(t)
			var first frame
			d.gatewayOf(tt.fault, func(l *line) {
				l.hello(time.Minute)
				var ok bool
				if first, ok = l.next(); !ok {
					return
				}
				if first.Op == opResume {
					if l.path != "/resume" {
						t.Errorf("resumed at %s, want at resume_gateway_url", l.path)
					}
					l.seq = 1
					l.dispatch("RESUMED", nil)
				} else {
					l.ready("s2")
				}
				l.dispatch("INTERACTION_CREATE", slash(snowflake(1), testUser, "me"))
				l.stay()
			})
			n := d.network(t, nil)
			end := running(t, n, silent)
			within(t, "an answer over the second connection", func() bool { return d.response(snowflake(1)) != nil })
			if err := end(); err != nil {
				t.Errorf("Run: %v", err)
			}
			want := opIdentify
			if tt.resume {
				want = opResume
			}
			if first.Op != want {
				t.Fatalf("the second connection began with operation %d, want %d: %s", first.Op, want, first.Data)
			}
			if tt.resume {
				var r resumption
				if err := json.Unmarshal(first.Data, &r); err != nil || r != (resumption{testToken, "s1", 1}) {
					t.Errorf("resumed %+v %v", r, err)
				}
			}
		})
	}
}

// A session that cannot be resumed is given up, step by step: where the address for it is silent, it is resumed where all
// begin, and where that brings no answer, a new one begins.
func TestResumeThatLeadsNowhere(t *testing.T) {
	d := newDouble(t)
	began := make(chan string, 10)
	note := func(l *line, what string) {
		began <- what + " at " + cmp.Or(strings.Trim(l.path, "/"), "the beginning")
	}
	d.gatewayOf(
		func(l *line) { l.begin("s1"); l.close(4000) },
		func(l *line) { note(l, "no HELLO"); l.stay() },
		func(l *line) {
			l.hello(time.Minute)
			f, _ := l.next()
			note(l, fmt.Sprintf("operation %d", f.Op))
			l.stay()
		},
		func(l *line) { note(l, "again"); l.begin("s2"); l.stay() },
	)
	end := running(t, d.network(t, nil), silent)
	for _, want := range []string{"no HELLO at resume", "operation 6 at the beginning", "again at the beginning"} {
		select {
		case got := <-began:
			if got != want {
				t.Errorf("%q, want %q", got, want)
			}
		case <-time.After(10 * time.Second):
			t.Fatalf("not within 10 s: %s", want)
		}
	}
	if err := end(); err != nil {
		t.Errorf("Run: %v", err)
	}
}

// Heartbeats come at the interval that HELLO names, and say what was heard last.
func TestHeartbeats(t *testing.T) {
	d := newDouble(t)
	var beats []string
	done := make(chan struct{})
	end := sync.OnceFunc(func() { close(done) })
	d.gatewayOf(func(l *line) {
		l.hello(30 * time.Millisecond)
		for len(beats) < 3 {
			f, ok := l.any()
			if !ok {
				break
			}
			switch f.Op {
			case opIdentify:
				l.ready("s1")
			case opHeartbeat:
				beats = append(beats, string(f.Data))
				l.ack()
			}
		}
		end()
		l.stay()
	})
	running(t, d.network(t, nil), silent)
	<-done
	if beats[len(beats)-1] != "1" {
		t.Errorf("heartbeats with %q, want the last with 1", beats)
	}
}

// response is the first response to an interaction, nil while there is none.
func (d *double) response(id string) payload {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.first[id].body
}

// Where Discord will not have the bot, Run says why, and what to do, and ends.
func TestClosedForGood(t *testing.T) {
	for code, want := range map[int]string{
		4004: "DISCORD_TOKEN", 4010: "shard", 4011: "servers", 4012: "version", 4013: "intent", 4014: "discord.message_content",
	} {
		d := newDouble(t)
		d.gatewayOf(func(l *line) { l.hello(time.Minute); _, _ = l.next(); l.close(code) })
		err := d.network(t, nil).Run(t.Context(), silent)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("close code %d: got %v, want an error with %q", code, err, want)
		}
	}
	d := newDouble(t)
	d.fault = func(r request) int { return 401 }
	if err := d.network(t, nil).Run(t.Context(), silent); err == nil || !strings.Contains(err.Error(), "DISCORD_TOKEN") {
		t.Errorf("a token that REST refuses: got %v", err)
	}
}

// A payload that nobody expects does no harm: what comes after it is handled, over the same connection.
func TestMalformedPayloads(t *testing.T) {
	d := newDouble(t)
	connections := 0
	var identified frame
	d.gatewayOf(func(l *line) {
		connections++
		l.hello(time.Minute)
		identified, _ = l.next()
		l.ready("s1")
		for _, raw := range malformed {
			l.raw(raw)
		}
		l.say(payload{"op": 1, "s": nil, "t": nil})
		if f, ok := l.any(); !ok || f.Op != opHeartbeat {
			t.Errorf("got operation %d, want a heartbeat", f.Op)
		}
		l.dispatch("INTERACTION_CREATE", slash(snowflake(1), testUser, "me"))
		l.dispatch("INTERACTION_CREATE", slash(snowflake(1), testUser, "me")) // once more
		l.stay()
	})
	var log bytes.Buffer
	n := d.network(t, func(c *Config) {
		c.Content = true
		c.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	handled := make(chan chat.Event, 100)
	end := running(t, n, func(_ context.Context, ev chat.Event) (chat.Response, error) {
		handled <- ev
		panic("a handler's own fault")
	})
	within(t, "an answer", func() bool { return d.response(snowflake(1)) != nil })
	if err := end(); err != nil {
		t.Error(err)
	}
	times := 0
	close(handled)
	for ev := range handled {
		if ev.Command != nil && ev.Command.Name == "me" {
			times++
		}
	}
	if connections != 1 || times != 1 {
		t.Errorf("%d connections, and the command was handled %d times; want 1 and 1", connections, times)
	}
	if got := seen(d.response(snowflake(1))["data"].(payload)); !strings.Contains(got, "出了点问题") {
		t.Errorf("the member was told %q", got)
	}
	if strings.Contains(log.String(), "secret") || strings.Contains(log.String(), "token-of") {
		t.Errorf("a token stands in the log:\n%s", log.String())
	}
	var i identity
	if err := json.Unmarshal(identified.Data, &i); err != nil || i.Intents != discordgo.IntentGuildMessages|discordgo.IntentDirectMessages|discordgo.IntentMessageContent {
		t.Errorf("identified with intents %d: %v", i.Intents, err)
	}
}

// malformed is what comes in place of frames and events.
var malformed = []string{
	"", "null", "[]", "{}", `"op"`, "{", `{"op":"ten"}`, `{"op":99,"d":null}`, `{"op":0}`, `{"op":0,"t":null,"s":null,"d":null}`, `{"op":0,"t":"READY","s":2,"d":null}`,
	`{"op":0,"t":"NEW_EVENT","s":2,"d":{"x":1}}`, `{"op":0,"t":"INTERACTION_CREATE","s":2,"d":null}`, `{"op":0,"t":"INTERACTION_CREATE","s":2,"d":{"id":"61","application_id":"100000000000000001","token":"t","type":2}}`,
	`{"op":0,"t":"INTERACTION_CREATE","s":2,"d":{"id":"62","application_id":"100000000000000001","token":"t","type":2,"data":{"options":[{}]},"user":{"id":"1"}}}`,
	`{"op":0,"t":"INTERACTION_CREATE","s":2,"d":{"id":"63","application_id":"100000000000000001","token":"t","type":5,"data":{"custom_id":"a","components":[{"type":18,"component":{"type":4,"custom_id":"x","value":"v"}}]},"user":{"id":"1"}}}`,
	`{"op":0,"t":"INTERACTION_CREATE","s":2,"d":{"id":"64","application_id":"100000000000000001","token":"t","type":5,"data":null,"user":{"id":"1"}}}`,
	`{"op":0,"t":"INTERACTION_CREATE","s":2,"d":{"id":"65","application_id":"100000000000000001","token":"t","type":3,"data":{"custom_id":"~more 99 x ask"},"user":{"id":"1"}}}`,
	`{"op":0,"t":"INTERACTION_CREATE","s":2,"d":{"id":"66","application_id":"100000000000000001","token":"t","type":3,"data":7,"user":{"id":"1"}}}`,
	`{"op":0,"t":"INTERACTION_CREATE","s":2,"d":{"id":"67","application_id":"100000000000000001","token":"t","type":3,"message":{"components":[{"type":999}]},"data":{"custom_id":"x","component_type":999},"member":{"user":{"id":"1"},"permissions":"many"}}}`,
	`{"op":0,"t":"INTERACTION_CREATE","s":2,"d":{"id":"68","application_id":"100000000000000001","token":"t","type":77,"user":{"id":"1"}}}`, `{"op":0,"t":"MESSAGE_CREATE","s":2,"d":{"id":7}}`,
	`{"op":0,"t":"MESSAGE_CREATE","s":2,"d":{"id":"71","channel_id":"300000000000000009","content":"<@100000000000000001> x","author":{"id":"1"}}}`,
	`{"op":0,"t":"MESSAGE_CREATE","s":2,"d":{"id":"72"}}`, `{"op":11}`, `{"op":10,"d":{"heartbeat_interval":1}}`,
}

// FuzzPayloads lets a network take whatever comes: it neither panics nor hangs, and what it sends is what Discord takes.
func FuzzPayloads(f *testing.F) {
	for _, m := range malformed {
		f.Add([]byte(m))
	}
	for _, p := range []payload{
		slash(snowflake(1), testUser, "ask", "什么是 pod"), typed(snowflake(2), testUser, "ask", "po"), press(snowflake(3), testUser, "answer q1", written(snowflake(9), testBot, testChannel, "")),
		submit(snowflake(4), testUser, "answer q1", map[string]string{"answer": "text"}),
	} {
		b, err := json.Marshal(payload{"op": 0, "t": "INTERACTION_CREATE", "s": 1, "d": p})
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	for _, sample := range samples(f) {
		for _, kind := range []string{"INTERACTION_CREATE", "MESSAGE_CREATE"} {
			f.Add(fmt.Appendf(nil, `{"op":0,"t":%q,"s":1,"d":%s}`, kind, sample))
		}
	}
	b, _ := json.Marshal(payload{"op": 0, "t": "MESSAGE_CREATE", "s": 1, "d": written(snowflake(5), testUser, testChannel, "<@"+testBot+"> what?")})
	f.Add(b)
	d := newDouble(f)
	f.Fuzz(func(t *testing.T, b []byte) {
		n := d.network(t, func(c *Config) { c.Content = true })
		n.me = testBot
		r := &run{Network: n, ctx: t.Context(), handle: func(_ context.Context, ev chat.Event) (chat.Response, error) {
			m := chat.Message{Title: ev.Member.Name, Blocks: []chat.Block{chat.Text(ev.Channel)}}
			if ev.Command != nil {
				m.Blocks = append(m.Blocks, chat.Passage{Title: ev.Command.Name, Text: ev.Command.Args, Source: ev.Command.Args})
			}
			return chat.Response{Private: &m, Public: &m}, nil
		}}
		g := &gateway{heard: r.heard, wait: quick, log: n.cfg.Log}
		var fr frame
		if json.Unmarshal(b, &fr) != nil || fr.Op != opDispatch {
			return
		}
		g.dispatch(fr)
		if !r.ended(5 * time.Second) {
			t.Errorf("it hangs on %s", b)
		}
	})
}

// samples are the examples of Discord's documentation, where they are at hand; of those of interactions, with what they
// leave out.
func samples(t testing.TB) (all [][]byte) {
	t.Helper()
	files, err := filepath.Glob(specs + "discord-samples/api-docs/*.json")
	if err == nil && len(files) == 0 && os.Getenv("CI") == "true" {
		err = errors.New("no samples")
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var sample payload
		if json.Unmarshal(b, &sample) != nil {
			continue // a list, or a fragment
		}
		left := payload{"id": snowflake(1), "application_id": testBot, "token": "t", "channel_id": testChannel, "user": person(testUser)}
		for key, value := range left {
			if sample[key] == nil {
				sample[key] = value
			}
		}
		if b, err = json.Marshal(sample); err == nil {
			all = append(all, b)
		}
	}
	return all
}
