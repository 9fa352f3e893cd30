package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"studybot/store"
)

// A process is the real program on a script that is still being written.
type process struct {
	t   *testing.T
	cmd *exec.Cmd
	in  io.WriteCloser

	mu  sync.Mutex
	out bytes.Buffer
	eof chan struct{}
}

func start(t *testing.T, data string) *process {
	t.Helper()
	return startAs(t, "studybot", "terminal", "--data", data, "--zone", "Asia/Shanghai", "--language", "zh")
}

// startAs starts one of the programs that TestMain knows.
func startAs(t *testing.T, name string, args ...string) *process {
	t.Helper()
	return startWith(t, nil, name, args...)
}

// startWith is startAs with more in the environment.
func startWith(t *testing.T, env []string, name string, args ...string) *process {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, args...)
	cmd.Args[0] = name // by which TestMain runs the program
	cmd.Stderr = os.Stderr
	cmd.Env = append(os.Environ(), env...)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p := &process{t: t, cmd: cmd, in: in, eof: make(chan struct{})}
	go func() {
		defer close(p.eof)
		_, _ = io.Copy(p, out)
	}()
	return p
}

func (p *process) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.out.Write(b)
}

func (p *process) output() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.out.String()
}

func (p *process) say(line string) {
	p.t.Helper()
	if _, err := io.WriteString(p.in, line+"\n"); err != nil {
		p.t.Fatal(err)
	}
}

// await waits until the output holds text so many times. It fails when the program ends before, or hangs.
func (p *process) await(text string, times int) {
	p.t.Helper()
	deadline := time.After(time.Minute)
	for ended := false; strings.Count(p.output(), text) < times; {
		if ended {
			p.t.Fatalf("the program ended without %q:\n%s", text, p.output())
		}
		select {
		case <-p.eof:
			ended = true
		case <-deadline:
			p.t.Fatalf("no %q within a minute:\n%s", text, p.output())
		case <-time.After(time.Millisecond):
		}
	}
}

// kill ends the program as a power cut would, and returns what it printed.
func (p *process) kill() string {
	p.t.Helper()
	if err := p.cmd.Process.Kill(); err != nil {
		p.t.Fatal(err)
	}
	<-p.eof
	_ = p.cmd.Wait() // it was killed
	return p.output()
}

// end lets the program come to its end.
func (p *process) end() string {
	p.t.Helper()
	p.in.Close()
	<-p.eof
	if err := p.cmd.Wait(); err != nil {
		p.t.Fatalf("%v:\n%s", err, p.output())
	}
	return p.output()
}

// A day is killed at each of its steps, both as soon as the step is given and as soon as the member has seen
// its result. Nothing is asked or revealed twice, and no answer is lost that was acknowledged.
func TestKilledAtEveryStep(t *testing.T) {
	day := []struct {
		line  string
		seen  string
		times int
	}{
		{"@2026-03-02T09:00", "每日一题", 1},
		{"ann: /answer 甲", "只有 ann 看得到", 1},
		{"bob: /answer 乙", "只有 bob 看得到", 1},
		{"ann: /answer 丙", "只有 ann 看得到", 2},
		{"@2026-03-02T18:00", "揭晓：", 1},
		{"cyd: /top", "只有 cyd 看得到", 1},
	}
	for k := range day {
		for _, wait := range []bool{true, false} {
			t.Run(fmt.Sprintf("step=%d,seen=%v", k+1, wait), func(t *testing.T) {
				t.Parallel()
				data := t.TempDir()
				p := start(t, data)
				for i, step := range day[:k+1] {
					p.say(step.line)
					if i < k || wait {
						p.await(step.seen, step.times)
					}
				}
				before := p.kill()
				last := k < 3 || strings.Count(before, day[3].seen) == day[3].times // ann's last answer was taken, or is still to be given

				p = start(t, data)
				clock := day[0].line
				for _, step := range day[:k+1] {
					if strings.HasPrefix(step.line, "@") {
						clock = step.line
					}
				}
				p.say(clock)
				for _, step := range day[k+1:] {
					p.say(step.line)
				}
				after := p.end()
				checkDay(t, data, before, after)
				if last {
					checkCounts(t, data, "ann", "丙")
				}
			})
		}
	}
}

// transcriptKey finds the keys that the transcript remembers.
var transcriptKey = regexp.MustCompile(`"key":"([^"]*-[qr])"`)

func checkDay(t *testing.T, data, before, after string) {
	t.Helper()
	transcript, err := os.ReadFile(filepath.Join(data, transcriptFile))
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, m := range transcriptKey.FindAllStringSubmatch(string(transcript), -1) {
		keys = append(keys, m[1])
	}
	slices.Sort(keys)
	if len(keys) != 2 || !strings.HasSuffix(keys[0], "-q") || !strings.HasSuffix(keys[1], "-r") {
		t.Errorf("posted: %q, want one question and one reveal", keys)
	}
	p := start(t, data)
	p.say("@2026-03-02T19:00")
	p.say("ann: /top all")
	board := p.end()
	for _, member := range []string{"ann", "bob"} {
		acknowledged := strings.Contains(before+after, "只有 "+member+" 看得到")
		if acknowledged && !regexp.MustCompile(`(?m)^\W*\d+ +`+member+` `).MatchString(board) {
			t.Errorf("%s answered, and is not on the board:\n%s", member, board)
		}
	}
}

// checkCounts checks that the member's reply that counts has this text: it is the last one of the
// ledger before the reveal, and the one that stands.
func checkCounts(t *testing.T, data, member, text string) {
	t.Helper()
	db, err := store.Open(filepath.Join(data, databaseFile))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	last, revealed := store.Entry{}, false
	err = db.Entries(0, func(e store.Entry) error {
		switch {
		case e.What == store.WasRevealed:
			revealed = true
		case e.What == store.WasReplied && string(e.Reply.Member) == member && !revealed:
			last = e
		}
		return nil
	})
	if err != nil || !revealed || last.Reply == nil || last.Reply.Text != text {
		t.Fatalf("%s's last reply before the reveal is %+v, want %s (revealed: %v, %v)", member, last.Reply, text, revealed, err)
	}
	counts, ok, err := db.ReplyOf(last.Question, last.Reply.Member)
	if err != nil || !ok || counts.Text != text {
		t.Errorf("the reply of %s that counts is %q, want %q: %v", member, counts.Text, text, err)
	}
}
