package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"studybot/bot/slack/slacktest"
	"studybot/store"
)

// A day in Slack is killed at each of its steps, while Slack loses answers. In the end there is one question and one
// reveal, and each answer that its member saw taken is in the ledger.
func TestSlackKilled(t *testing.T) {
	rounds := 4
	if testing.Short() {
		rounds = 1
	}
	notes := t.TempDir()
	text := "# TCP\n\n## 三次握手的过程是什么？\n\n- 客户端发送 SYN\n- 服务端回 SYN 和 ACK\n- 客户端再回 ACK\n"
	if err := os.WriteFile(filepath.Join(notes, "tcp.md"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for round := range rounds {
		t.Run(fmt.Sprint("round=", round), func(t *testing.T) {
			t.Parallel()
			killedDay(t, notes, round)
		})
	}
}

func killedDay(t *testing.T, notes string, round int) {
	s := slacktest.New(t)
	s.Redelivery = 300 * time.Millisecond
	env := []string{"SLACK_BOT_TOKEN=" + slacktest.BotToken, "SLACK_APP_TOKEN=" + slacktest.AppToken, "SLACK_API_URL=" + s.URL}
	data := t.TempDir()
	begin := func() *process {
		_, before := s.Connections()
		p := startWith(t, env, "studybot", "slack", "--data", data, "--notes", notes, "--slack.channels", slacktest.Channel, "--language", "zh",
			"--zone", "UTC", "--post", "00:00", "--reveal", "00:00", "--days", "mon-sun", "--log-level", "error")
		slacktest.Await(t, "connection", func() bool { _, now := s.Connections(); return now > before })
		return p
	}
	steps := []func() (done func() bool){
		func() func() bool {
			s.Slash("U0ANN", slacktest.Channel, "post")
			return func() bool { _, ok := openQuestion(s); return ok }
		},
		func() func() bool {
			s.Slash("U0BOB", slacktest.Channel, "answer 客户端发送 SYN")
			return feedback(s, "U0BOB")
		},
		func() func() bool {
			s.Slash("U0ANN", slacktest.Channel, "answer 服务端回 SYN")
			return feedback(s, "U0ANN")
		},
		func() func() bool {
			s.Slash("U0ANN", slacktest.Channel, "reveal")
			return func() bool { return reveals(s) > 0 }
		},
	}
	for i, step := range steps {
		p := begin()
		switch (round + i) % 3 {
		case 1:
			s.Fail("chat.postMessage", 1, slacktest.Fault{Lost: true, Done: true})
		case 2:
			s.Fail("chat.postMessage", 1, slacktest.Fault{Status: 502})
		}
		done := step()
		time.Sleep(time.Duration(round*13%40) * time.Millisecond) // anywhere in its work
		p.kill()
		p = begin()
		for again := 0; !settled(s, done); again++ { // what was lost with it the member does again
			if again == 4 {
				t.Fatalf("step %d does not get done:\n%s", i+1, s.Shown())
			}
			done = step()
		}
		p.kill()
	}
	s.Heal()
	p := begin()
	time.Sleep(1500 * time.Millisecond) // what is still pending is done by the first tick
	p.kill()
	checkKilledDay(t, s, data)
}

// settled waits until what was sent is acknowledged, and reports whether a step is done by then or soon after.
func settled(s *slacktest.Server, done func() bool) bool {
	for deadline := time.Now().Add(tickEvery + time.Second); (s.Waiting() > 0 || !done()) && time.Now().Before(deadline); {
		time.Sleep(5 * time.Millisecond)
	}
	return done()
}

// openQuestion is the question, as long as it has buttons.
func openQuestion(s *slacktest.Server) (slacktest.Message, bool) {
	for _, m := range s.Messages(func(m slacktest.Message) bool { return m.Only == "" && m.Thread == "" }) {
		if len(slacktest.Buttons(m.Blocks)) > 0 {
			return m, true
		}
	}
	return slacktest.Message{}, false
}

// feedback reports whether a member has seen the feedback to an answer.
func feedback(s *slacktest.Server, user string) func() bool {
	return func() bool {
		return len(s.Messages(func(m slacktest.Message) bool { return isFeedback(m) && m.Only == user })) > 0
	}
}

func isFeedback(m slacktest.Message) bool {
	return strings.Contains(slacktest.ShownText(m.Text, m.Blocks), "%")
}

func reveals(s *slacktest.Server) int {
	return len(s.Messages(func(m slacktest.Message) bool { return m.Only == "" && m.Thread != "" && m.User == slacktest.Bot }))
}

func checkKilledDay(t *testing.T, s *slacktest.Server, data string) {
	t.Helper()
	keys := map[string]int{}
	for _, m := range s.Messages(func(m slacktest.Message) bool { return len(m.Metadata) > 0 }) {
		var meta struct {
			Payload struct{ Key string } `json:"event_payload"`
		}
		if err := json.Unmarshal(m.Metadata, &meta); err != nil {
			t.Fatal(err)
		}
		keys[meta.Payload.Key]++
	}
	for key, n := range keys {
		if n != 1 {
			t.Errorf("%s was posted %d times", key, n)
		}
	}
	if n := reveals(s); n != 1 {
		t.Errorf("%d reveals", n)
	}
	db, err := store.Open(filepath.Join(data, databaseFile))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	revealed, replied := 0, map[string]bool{}
	err = db.Entries(0, func(e store.Entry) error {
		switch e.What {
		case store.WasRevealed:
			revealed++
		case store.WasReplied:
			replied[string(e.Reply.Member)] = true
		}
		return nil
	})
	if err != nil || revealed != 1 {
		t.Errorf("%d reveals in the ledger: %v", revealed, err)
	}
	for _, m := range s.Messages(isFeedback) {
		if m.Only != "" && !replied[m.Only] {
			t.Errorf("%s saw an answer taken that is not in the ledger", m.Only)
		}
	}
	if acts, err := db.Pending(); err != nil || len(acts) > 0 {
		t.Errorf("still pending: %v %v", acts, err)
	}
}
