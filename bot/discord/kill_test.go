package discord

import (
	"bufio"
	"context"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"studybot/bot"
	"studybot/bot/chat"
	"studybot/store"
)

// childName is how this test's program is called to be a bot.
const childName = "studybot-discord"

func TestMain(m *testing.M) {
	if filepath.Base(os.Args[0]) == childName {
		if err := child(os.Args[1], os.Args[2]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// child is a bot in Discord at api, with its data in dir. It takes "clock TIME" and "tick TIME" a line, and prints each
// when it is done.
func child(dir, api string) error {
	n, err := New(Config{Token: testToken, API: api, Usages: bot.Usages()})
	if err != nil {
		return err
	}
	n.wait = quick
	n.wait.connect = 10 * time.Second
	t := &childT{}
	defer t.done()
	b, _ := openBot(t, dir, n)
	var mu sync.Mutex
	var now time.Time
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	ended := make(chan error, 1)
	go func() {
		ended <- n.Run(ctx, func(ctx context.Context, ev chat.Event) (chat.Response, error) {
			mu.Lock()
			ev.At = now
			mu.Unlock()
			return b.Handle(ctx, ev)
		})
	}()
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); fmt.Println("done", lines.Text()) {
		verb, at, _ := strings.Cut(lines.Text(), " ")
		to, err := time.Parse(time.RFC3339, at)
		if err != nil {
			return err
		}
		mu.Lock()
		now = to
		mu.Unlock()
		if verb == "tick" {
			for i := range 4 { // as the clock runs
				_ = b.Tick(ctx, to.Add(time.Duration(i)*5*time.Second)) // what fails is tried again by a later one
			}
		}
	}
	cancel()
	return <-ended
}

// childT is as much of a test as openBot needs.
type childT struct {
	testing.TB
	cleanup []func()
}

func (t *childT) Helper()           {}
func (t *childT) Fatal(args ...any) { fmt.Fprintln(os.Stderr, args...); os.Exit(1) }
func (t *childT) Cleanup(f func())  { t.cleanup = append(t.cleanup, f) }
func (t *childT) done() {
	for _, f := range slices.Backward(t.cleanup) {
		f()
	}
}

// A process is the child.
type process struct {
	t   *testing.T
	cmd *exec.Cmd
	in  io.WriteCloser

	mu  sync.Mutex
	out strings.Builder
	eof chan struct{}
}

func (p *process) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.out.Write(b)
}

func startChild(t *testing.T, dir, api string) *process {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, dir, api)
	cmd.Args[0] = childName
	cmd.Stderr = os.Stderr
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
	go func() { defer close(p.eof); _, _ = io.Copy(p, out) }()
	return p
}

func (p *process) say(line string) {
	p.t.Helper()
	if _, err := io.WriteString(p.in, line+"\n"); err != nil {
		p.t.Fatal(err)
	}
}

func (p *process) await(line string) {
	p.t.Helper()
	within(p.t, line, func() bool {
		p.mu.Lock()
		defer p.mu.Unlock()
		return strings.Contains(p.out.String(), "done "+line+"\n")
	})
}

// kill ends the child as a power cut would.
func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	<-p.eof
	_ = p.cmd.Wait() // it was killed
}

// A day on an unreliable line is killed at each of its steps, as soon as the step is given and as soon as it is done. In
// the end there is one question and one reveal, and every answer that Discord was told of is in the ledger.
func TestKilledAtEveryStep(t *testing.T) {
	day := []string{
		"tick 2026-03-02T09:00:00Z", "tick 2026-03-02T09:01:00Z", "400000000000000002 快照", "400000000000000003 日志", "400000000000000002 锁",
		"tick 2026-03-02T18:00:00Z", "tick 2026-03-02T18:01:00Z",
	}
	for k := range day {
		for _, wait := range []bool{true, false} {
			t.Run(fmt.Sprintf("step=%d,done=%v", k+1, wait), func(t *testing.T) {
				t.Parallel()
				w := newKillWorld(t, fmt.Sprint(k, wait))
				p := startChild(t, w.dir, w.URL)
				for i, step := range day[:k+1] {
					w.do(p, i, step, i < k || wait)
				}
				if !wait {
					time.Sleep(time.Duration(3*k) * time.Millisecond) // anywhere in its work
				}
				p.kill()
				w.lines.Lock()
				w.current = nil
				w.lines.Unlock()
				p = startChild(t, w.dir, w.URL)
				for _, step := range day[:k+1] {
					if strings.HasPrefix(step, "tick") {
						p.say("clock" + step[4:])
					}
				}
				for i, step := range day[k:] { // the step that was cut off comes again, as another event
					w.do(p, 100+i, step, true)
				}
				for i := range 30 {
					line := fmt.Sprintf("tick 2026-03-02T18:%02d:00Z", 30+i)
					p.say(line)
					p.await(line)
				}
				p.in.Close()
				<-p.eof
				if err := p.cmd.Wait(); err != nil {
					t.Errorf("the end: %v", err)
				}
				w.check()
			})
		}
	}
}

type killWorld struct {
	*double
	t   *testing.T
	dir string

	lines   sync.Mutex
	current *line
}

func newKillWorld(t *testing.T, seed string) *killWorld {
	w := &killWorld{double: newDouble(t), t: t, dir: t.TempDir()}
	w.gatewayOf(func(l *line) {
		l.begin("s")
		w.lines.Lock()
		w.current = l
		w.lines.Unlock()
		l.stay()
		w.lines.Lock()
		defer w.lines.Unlock()
		if w.current == l {
			w.current = nil
		}
	})
	n := 0
	luck := func(at string, r request) int { // of requests that post, edit or read, one in sixteen is lost, and of one in sixteen the answer
		if !strings.HasPrefix(r.path, "/channels") {
			return 0
		}
		n++
		h := fnv.New32()
		fmt.Fprint(h, seed, at, n)
		return []int{502, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}[h.Sum32()%16]
	}
	w.fault = func(r request) int { return luck("before", r) }
	w.after = func(r request) int { return luck("after", r) }
	return w
}

// do does a step: a line of the child's, or the answer of a member.
func (w *killWorld) do(p *process, i int, step string, wait bool) {
	w.t.Helper()
	if strings.HasPrefix(step, "tick") {
		p.say(step)
		if wait {
			p.await(step)
		}
		return
	}
	who, text, _ := strings.Cut(step, " ")
	within(w.t, "a connection", func() bool { w.lines.Lock(); defer w.lines.Unlock(); return w.current != nil })
	w.lines.Lock()
	w.current.dispatch("INTERACTION_CREATE", slash(snowflake(i), who, "answer", text))
	w.lines.Unlock()
	if wait {
		within(w.t, "a response", func() bool { return w.response(snowflake(i)) != nil })
	}
}

func (w *killWorld) check() {
	t := w.t
	t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	keys := map[chat.Key]int{}
	for _, c := range w.channels {
		for _, m := range c.messages {
			var got message
			for _, e := range m["embeds"].([]any) {
				address, _ := e.(payload)["url"].(string)
				got.Embeds = append(got.Embeds, embed{URL: address})
			}
			keys[got.key()]++
		}
	}
	questions, reveals := 0, 0
	for key, n := range keys {
		switch {
		case strings.HasSuffix(string(key), "-q"):
			questions += n
		case strings.HasSuffix(string(key), "-r"):
			reveals += n
		}
	}
	if questions != 1 || reveals != 1 || len(keys) != 2 {
		t.Errorf("posted %v, want one question and one reveal", keys)
	}
	db, err := store.Open(filepath.Join(w.dir, "studybot.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	replied := map[string]bool{}
	if err := db.Entries(0, func(e store.Entry) error {
		if e.What == store.WasReplied {
			replied[string(e.Reply.Member)+" "+e.Reply.Text] = true
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for id, r := range w.first {
		data, _ := r.body["data"].(payload)
		if text := seen(data); strings.Contains(text, "%") && len(replied) == 0 {
			t.Errorf("%s was acknowledged and is lost: %s", id, text)
		}
	}
	for _, want := range []string{"400000000000000003 日志", "400000000000000002 锁"} {
		if !replied[want] {
			t.Errorf("acknowledged and lost: %s (there are %v)", want, replied)
		}
	}
	if acts, err := db.Pending(); err != nil || len(acts) > 0 {
		t.Errorf("still pending: %v %v", acts, err)
	}
	if _, err := db.Verify(w.dir); err != nil {
		t.Error(err)
	}
}
