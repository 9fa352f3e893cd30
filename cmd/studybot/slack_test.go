package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"studybot/bot/slack/slacktest"
)

// A slackRun is the program's serve on a double of Slack.
type slackRun struct {
	double *slacktest.Server
	err    *buffer
	ended  chan error
	stop   func()
}

// A buffer may be read while it is written.
type buffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

// serveSlack serves a double until the test ends.
func serveSlack(t testing.TB, double *slacktest.Server, change func(*slackCmd)) *slackRun {
	t.Helper()
	t.Setenv("SLACK_BOT_TOKEN", slacktest.BotToken)
	t.Setenv("SLACK_APP_TOKEN", slacktest.AppToken)
	t.Setenv("SLACK_API_URL", double.URL)
	c := slackCmd{}
	c.Zone, c.Post, c.Reveal, c.Days, c.Language, c.Data = "Asia/Shanghai", "00:00", "00:00", "mon-sun", "zh", t.TempDir()
	c.LogLevel = slog.LevelInfo
	c.SlackChannels = []string{slacktest.Channel}
	if change != nil {
		change(&c)
	}
	r := &slackRun{double: double, err: &buffer{}, ended: make(chan error, 1)}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		r.ended <- c.Run(program{ctx, strings.NewReader(""), io.Discard, r.err, r.err})
	}()
	r.stop = func() { cancel(); <-done }
	t.Cleanup(func() {
		r.stop()
		if t.Failed() {
			t.Log(r.err)
		}
	})
	slacktest.Await(t, "connection", func() bool { open, _ := double.Connections(); return open > 0 || len(r.ended) > 0 })
	return r
}

// ask makes an admin ask a question, and returns its message. Where the day's has been asked already, that is it.
func (r *slackRun) ask(t testing.TB) slacktest.Message {
	t.Helper()
	r.double.Slash("U0ANN", slacktest.Channel, "post")
	var m slacktest.Message
	slacktest.Await(t, "question", func() bool {
		posts := r.double.Messages(func(m slacktest.Message) bool {
			return m.Only == "" && m.Thread == "" && len(slacktest.Buttons(m.Blocks)) > 0
		})
		if len(posts) > 0 {
			m = posts[0]
		}
		return len(posts) > 0
	})
	return m
}

// A day in Slack, with the real bot: a lookup and its sharing, the question, answers by form and in the thread, the
// board, the reveal.
func TestSlackDay(t *testing.T) {
	s := slacktest.New(t)
	r := serveSlack(t, s, nil)
	q := r.ask(t)

	s.Slash("U0BOB", slacktest.Channel, "三次握手")
	found := s.AwaitMessage(t, "tcp.md")
	if found.Only != "U0BOB" {
		t.Errorf("the lookup is seen by %q", found.Only)
	}

	answer := slacktest.Buttons(q.Blocks)[0].Text.Text
	s.Press("U0BOB", q, answer)
	slacktest.Await(t, "form or feedback", func() bool {
		_, open := s.Form("U0BOB")
		return open || strings.Contains(s.Shown(), "%")
	})
	if v, open := s.Form("U0BOB"); open {
		var view struct {
			Blocks []struct {
				ID string `json:"block_id"`
			} `json:"blocks"`
		}
		if err := json.Unmarshal(v.Raw, &view); err != nil {
			t.Fatal(err)
		}
		s.Submit("U0BOB", map[string]string{view.Blocks[0].ID: "客户端先发 SYN"})
	}
	said := s.Say("U0ANN", slacktest.Channel, "A", q.TS)
	slacktest.Await(t, "mark on the reply", func() bool {
		return len(s.Messages(func(m slacktest.Message) bool { return m.TS == said && len(m.Marks) == 1 })) == 1
	})
	s.Slash("U0BOB", slacktest.Channel, "me")
	s.AwaitMessage(t, "bob")
	s.OpenHome("U0BOB")
	slacktest.Await(t, "page", func() bool { _, ok := s.Page("U0BOB"); return ok })

	s.OpenHome("U0ANN")
	slacktest.Await(t, "page", func() bool { _, ok := s.Page("U0ANN"); return ok })
	s.PressHome("U0ANN", "Settings")
	slacktest.Await(t, "form of the settings", func() bool { _, ok := s.Form("U0ANN"); return ok })

	s.Slash("U0BOB", slacktest.Channel, "reveal") // he may not
	s.AwaitMessage(t, "管理")
	s.Slash("U0ANN", slacktest.Channel, "reveal")
	slacktest.Await(t, "reveal in the thread", func() bool {
		return len(s.Messages(func(m slacktest.Message) bool { return m.User == slacktest.Bot && m.Only == "" && m.Thread == q.TS })) == 1
	})
	slacktest.Await(t, "question without buttons", func() bool {
		return len(s.Messages(func(m slacktest.Message) bool {
			return m.TS == q.TS && m.Edits > 0 && len(slacktest.Buttons(m.Blocks)) == 0
		})) == 1
	})
	if p := s.Notified(); len(p) > 0 {
		t.Errorf("notified %q", p)
	}
}

// A token that Slack refuses ends the program with code 1 and says why, without the token.
func TestSlackRefused(t *testing.T) {
	s := slacktest.New(t)
	s.Fail("auth.test", 1, slacktest.Fault{Code: "token_revoked"})
	r := serveSlack(t, s, nil)
	err := <-r.ended
	var out bytes.Buffer
	if got := code(err, &out); got != exitFail || !strings.Contains(out.String(), "token_revoked") || strings.Contains(out.String(), "xoxb") {
		t.Errorf("exit code %d: %s", got, &out)
	}
}

// Members press Answer and submit, evenly within ten seconds. Reported are the times of acknowledgements and of
// feedback after a form was sent, in milliseconds.
func BenchmarkSlackMembers(b *testing.B) {
	for _, members := range []int{100, 1000} {
		b.Run(fmt.Sprint("members=", members), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				benchmarkMembers(b, members, 10*time.Second)
			}
		})
	}
}

func benchmarkMembers(b *testing.B, members int, within time.Duration) {
	s := slacktest.New(b)
	for i := range members {
		s.AddUser(userID(i), slacktest.User{Name: fmt.Sprint("member", i), Locale: "zh-CN"})
	}
	var mu sync.Mutex
	sent := map[string]time.Time{}
	var replies []time.Duration
	var done sync.WaitGroup
	done.Add(members)
	s.Opened = func(v slacktest.View) {
		mu.Lock()
		sent[v.User] = time.Now()
		mu.Unlock()
		s.Submit(v.User, map[string]string{"answer": "客户端先发 SYN，服务端回 SYN 和 ACK，客户端再回 ACK " + v.User})
	}
	s.Whispered = func(m slacktest.Message) {
		mu.Lock()
		defer mu.Unlock()
		if at, ok := sent[m.Only]; ok {
			replies = append(replies, time.Since(at))
			delete(sent, m.Only)
			done.Done()
		}
	}
	notes := b.TempDir()
	if err := os.WriteFile(filepath.Join(notes, "tcp.md"), []byte("# TCP\n\n## 三次握手的过程是什么？\n\n- 客户端发送 SYN\n- 服务端回 SYN 和 ACK\n- 客户端再回 ACK\n"), 0o600); err != nil {
		b.Fatal(err)
	}
	r := serveSlack(b, s, func(c *slackCmd) { c.Notes = notes })
	q := r.ask(b)
	label := slacktest.Buttons(q.Blocks)[0].Text.Text
	pace := time.NewTicker(within / time.Duration(members))
	defer pace.Stop()
	for i := range members {
		<-pace.C
		s.Press(userID(i), q, label)
	}
	if !waitFor(&done, time.Minute) {
		b.Fatalf("%d of %d members were answered", len(replies), members)
	}
	slacktest.Await(b, "acknowledgements", func() bool { return s.Waiting() == 0 })
	r.stop()
	acks := s.Acks()
	slices.Sort(acks)
	slices.Sort(replies)
	report := func(name string, d time.Duration) { b.ReportMetric(float64(d.Microseconds())/1000, name) }
	report("ack-p99-ms", acks[len(acks)*99/100])
	report("ack-max-ms", acks[len(acks)-1])
	report("reply-p50-ms", replies[len(replies)/2])
	report("reply-p99-ms", replies[len(replies)*99/100])
	b.ReportMetric(float64(members-len(replies)), "lost")
}

func userID(i int) string { return fmt.Sprintf("U0M%04d", i) }

func waitFor(wg *sync.WaitGroup, most time.Duration) bool {
	done := make(chan struct{})
	go func() { wg.Wait(); close(done) }()
	select {
	case <-done:
		return true
	case <-time.After(most):
		return false
	}
}

// The question shows by an edit how many have replied, and after a restart its old buttons still do what they say.
func TestSlackAfterARestart(t *testing.T) {
	s := slacktest.New(t)
	data := t.TempDir()
	same := func(c *slackCmd) { c.Data = data }
	r := serveSlack(t, s, same)
	q := r.ask(t)
	s.Slash("U0BOB", slacktest.Channel, "三次握手")
	found := s.AwaitMessage(t, "tcp.md")
	s.Say("U0ANN", slacktest.Channel, "A", q.TS)
	counted := func(n string) {
		t.Helper()
		slacktest.Await(t, n+" replies on the question", func() bool {
			return len(s.Messages(func(m slacktest.Message) bool {
				return m.TS == q.TS && m.Edits > 0 && strings.Contains(slacktest.ShownText(m.Text, m.Blocks), n+" 人回答")
			})) == 1
		})
	}
	counted("1")
	r.stop()

	serveSlack(t, s, same)
	s.Press("U0BOB", found, "分享")
	slacktest.Await(t, "what was shared", func() bool {
		return len(s.Messages(func(m slacktest.Message) bool {
			return m.Only == "" && strings.Contains(slacktest.ShownText(m.Text, m.Blocks), "tcp.md")
		})) == 1
	})
	s.Press("U0BOB", q, slacktest.Buttons(q.Blocks)[0].Text.Text)
	slacktest.Await(t, "form or feedback", func() bool {
		_, open := s.Form("U0BOB")
		return open || feedback(s, "U0BOB")()
	})
	if _, open := s.Form("U0BOB"); open {
		s.Submit("U0BOB", map[string]string{"answer": "客户端先发 SYN"})
	}
	counted("2")
}
