package terminal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/sys/unix"
	"golang.org/x/term"

	"studybot/bot/chat"
)

// openPTY returns the two ends of a terminal of 40 columns: the person's and the program's.
func openPTY(t *testing.T) (person, program *os.File) {
	t.Helper()
	fd, err := unix.Open("/dev/ptmx", unix.O_RDWR|unix.O_NOCTTY|unix.O_CLOEXEC, 0)
	if err != nil && os.Getenv("CI") == "true" {
		t.Fatalf("no pseudo-terminals here: %v", err)
	}
	if err != nil {
		t.Skipf("no pseudo-terminals here: %v", err)
	}
	person = os.NewFile(uintptr(fd), "ptmx")
	t.Cleanup(func() { person.Close() })
	n, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	err = errors.Join(err, unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0), unix.IoctlSetWinsize(fd, unix.TIOCSWINSZ, &unix.Winsize{Col: 40, Row: 24}))
	if err != nil {
		t.Fatal(err)
	}
	program, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	return person, program
}

// A desk is a person at a terminal that runs the bot.
type desk struct {
	t       *testing.T
	net     *Terminal
	person  *os.File
	program *os.File
	before  *term.State
	done    chan error

	mu     sync.Mutex
	screen *vt
	events []chat.Event
}

func sit(t *testing.T, ctx context.Context, path string) *desk {
	person, program := openPTY(t)
	before, err := term.GetState(int(program.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, person: person, program: program, before: before, done: make(chan error, 1), screen: &vt{t: t, columns: 40}}
	go func() {
		b := make([]byte, 1024)
		for {
			n, err := person.Read(b)
			d.mu.Lock()
			_, _ = d.screen.Write(b[:n])
			d.mu.Unlock()
			if err != nil {
				return
			}
		}
	}()
	net, err := Open(Config{In: program, Out: program, Interactive: true, Colour: true, Channel: "study", Path: path, Usages: []chat.Usage{{Name: "say"}, {Name: "form"}}})
	if err != nil {
		t.Fatal(err)
	}
	d.net = net
	go func() {
		d.done <- net.Run(ctx, d.handle, func(ctx context.Context, _ time.Time) error {
			_, err := net.Post(ctx, "study", chat.Message{Title: "今天的问题"}, "q-1")
			return err
		})
	}()
	d.sees("you> ")
	return d
}

func (d *desk) handle(_ context.Context, e chat.Event) (chat.Response, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.events = append(d.events, e)
	switch {
	case e.Command != nil && e.Command.Name == "form":
		return chat.Response{Form: &chat.Form{Action: "f", Title: "回答", Fields: []chat.Field{{Name: "a", Label: "Answer", Value: "三次"}}}}, nil
	case e.Submit != nil:
		return chat.Response{Private: &chat.Message{Title: "got " + e.Submit.Values["a"]}}, nil
	}
	return chat.Response{Private: &chat.Message{Title: "said " + e.Command.Args}}, nil
}

func (d *desk) types(s string) {
	if _, err := d.person.WriteString(s); err != nil {
		d.t.Fatal(err)
	}
}

// sees waits until the last lines of the screen are these.
func (d *desk) sees(lines ...string) {
	d.t.Helper()
	want := strings.Join(lines, "\n")
	var got string
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(2 * time.Millisecond) {
		d.mu.Lock()
		got = strings.Join(d.screen.lines(), "\n")
		d.mu.Unlock()
		if got = strings.TrimRight(got, "\n "); strings.HasSuffix(got, strings.TrimRight(want, " ")) {
			return
		}
	}
	d.t.Fatalf("the screen does not end in\n%s\nbut is\n%s", want, got)
}

func (d *desk) leaves() {
	d.t.Helper()
	select {
	case err := <-d.done:
		if err != nil {
			d.t.Errorf("Run: %v", err)
		}
	case <-time.After(10 * time.Second):
		d.t.Fatal("Run does not return")
	}
	after, err := term.GetState(int(d.program.Fd()))
	if err != nil {
		d.t.Fatal(err)
	}
	if *d.before != *after {
		d.t.Errorf("the terminal is not as it was: %v, was %v", *after, *d.before)
	}
	if err := d.net.Close(); err != nil {
		d.t.Errorf("Close: %v", err)
	}
}

func TestOnATerminal(t *testing.T) {
	path := t.TempDir() + "/terminal.jsonl"
	d := sit(t, t.Context(), path)
	d.sees("studybot:", "  今天的问题", "", "you> ")
	d.types("/sa\t你好，")
	d.sees("you> /say 你好，")
	if _, err := d.net.Post(t.Context(), "study", chat.Message{Title: "公布答案"}, "r-1"); err != nil {
		t.Fatal(err)
	}
	d.sees("studybot:", "  公布答案", "", "you> /say 你好，")
	d.types("世界\r")
	d.sees("you> /say 你好，世界", "│ studybot (only you see this):", "│ said 你好，世界", "", "you> ")
	d.types("/as 小明\r/form\r")
	d.sees("│ Answer", "小明 · Answer (Ctrl-C drops it)> 三次")
	d.types("握手\r")
	d.sees("│ got 三次握手", "", "小明> ")
	d.types("/form\r")
	d.sees("小明 · Answer (Ctrl-C drops it)> 三次")
	d.types("\x03\x03")
	d.sees("(the form of 小明 was dropped)", "小明> ")
	d.types("\x04")
	d.leaves()
	again := sit(t, t.Context(), path)
	again.sees("  今天的问题", "", "── "+d.today()+" ──", "studybot:", "  公布答案", "",
		`(you speak as "you"; /help lists the`, "commands, /as NAME goes on as another", "member, Ctrl-D leaves)", "you> ")
	again.types("\x03")
	again.leaves()
}

// today is when the last message was posted.
func (d *desk) today() string {
	posts := d.net.transcript.posts
	return d.net.date(posts[len(posts)-1].at)
}

func TestTheContextEndsATerminal(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	d := sit(t, ctx, "")
	cancel()
	d.leaves()
}
