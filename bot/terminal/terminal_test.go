package terminal_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"studybot/bot/chat"
	"studybot/bot/chat/chattest"
	"studybot/bot/terminal"
)

// A buffer may be written and read at the same time.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

func open(t *testing.T, cfg terminal.Config) *terminal.Terminal {
	t.Helper()
	if cfg.Out == nil {
		cfg.Out = new(buffer)
	}
	cfg.Channel = "study"
	net, err := terminal.Open(cfg)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	t.Cleanup(func() {
		if err := net.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return net
}

func words(s string) chat.Message { return chat.Message{Blocks: []chat.Block{chat.Text(s)}} }

func TestNetwork(t *testing.T) {
	mention := regexp.MustCompile(`(?i)@(everyone|here|channel|group)|<[!@#]`)
	for _, in := range []string{"memory", "a file"} {
		t.Run("in "+in, func(t *testing.T) {
			chattest.TestNetwork(t, func(t *testing.T) chattest.Subject {
				out, path := new(buffer), ""
				if in == "a file" {
					path = filepath.Join(t.TempDir(), "terminal.jsonl")
				}
				return chattest.Subject{
					Network: open(t, terminal.Config{Out: out, Path: path}),
					Channel: "study",
					Shown:   out.String,
					Pings:   func() []string { return mention.FindAllString(out.String(), -1) },
				}
			})
		})
	}
}

func TestPostRefusesKeysThatOtherNetworksCannotKeep(t *testing.T) {
	net := open(t, terminal.Config{})
	for _, key := range []chat.Key{"", "a b", "问", chat.Key(strings.Repeat("a", 26))} {
		if _, err := net.Post(t.Context(), "study", words("hi"), key); err == nil {
			t.Errorf("Post with key %q: no error", key)
		}
	}
}

func TestTheTranscriptIsRemembered(t *testing.T) {
	path := filepath.Join(t.TempDir(), "terminal.jsonl")
	before := open(t, terminal.Config{Path: path})
	first, err := before.Post(t.Context(), "study", question, "first")
	if err != nil {
		t.Fatal(err)
	}
	if err := before.Edit(t.Context(), "study", first, words("已经结束")); err != nil {
		t.Fatal(err)
	}
	if err := before.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := before.Post(t.Context(), "study", words("late"), "late"); err == nil {
		t.Error("Post after Close: no error")
	}

	out := new(buffer)
	after := open(t, terminal.Config{Path: path, Out: out})
	if id, ok, err := after.Find(t.Context(), "study", "first"); id != first || !ok || err != nil {
		t.Errorf("Find after reopening: got %q, %v, %v, want %q", id, ok, err, first)
	}
	if id, err := after.Post(t.Context(), "study", question, "first"); id != first || err != nil {
		t.Errorf("Post after reopening: got %q, %v, want %q", id, err, first)
	}
	if out.String() != "" {
		t.Errorf("shown again:\n%s", out)
	}
	if id, err := after.Post(t.Context(), "study", question, "second"); id == first || err != nil {
		t.Errorf("Post with another key: got %q, %v", id, err)
	}
	if err := after.Edit(t.Context(), "study", first, words("edited later")); err != nil {
		t.Errorf("Edit after reopening: %v", err)
	}
}

func TestOpenATranscript(t *testing.T) {
	const (
		one  = `{"at":"2026-03-02T09:00:00Z","channel":"study","id":"1","key":"a","message":{"title":"one"}}` + "\n"
		two  = `{"at":"2026-03-03T09:00:00Z","channel":"study","id":"2","key":"b","message":{"blocks":[{"text":"two"}]}}` + "\n"
		edit = `{"at":"2026-03-03T10:00:00Z","channel":"study","edits":"1","message":{"title":"uno"}}` + "\n"
	)
	tests := []struct {
		name string
		file string
		left string // of the file
		err  string
	}{
		{name: "an empty one is fine"},
		{name: "whole lines stay", file: one + two + edit, left: one + two + edit},
		{name: "fields of a later version are passed over", file: strings.Replace(one, `"id"`, `"mood":1,"id"`, 1), left: strings.Replace(one, `"id"`, `"mood":1,"id"`, 1)},
		{name: "a last line without its end is dropped", file: one + two[:20], left: one},
		{name: "even if it lacks the line feed only", file: one + two[:len(two)-1], left: one},
		{name: "and if it is the only one", file: one[:10], left: ""},
		{name: "a last line of zeros is dropped", file: one + "\x00\x00\x00\x00", left: one},
		{name: "a last line that lost its beginning is dropped", file: one + "\x00\x00" + two[9:], left: one},
		{name: "a damaged line in the middle is an error", file: one + "{\n" + two, err: "line 2 is damaged"},
		{name: "so is an empty one", file: "\n" + one, err: "line 1 is damaged"},
		{name: "so is a second message with an ID", file: one + one, err: `lost: message ID "1"`},
		{name: "or with a key", file: one + strings.Replace(one, `"id":"1"`, `"id":"2"`, 1), err: `lost: a second message with key "a"`},
		{name: "so is an edit of nothing", file: edit, err: `lost: no message "1" to edit`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "terminal.jsonl")
			if err := os.WriteFile(path, []byte(tt.file), 0o600); err != nil {
				t.Fatal(err)
			}
			var log bytes.Buffer
			net, err := terminal.Open(terminal.Config{Out: new(buffer), Channel: "study", Path: path, Log: slog.New(slog.NewTextHandler(&log, nil))})
			if tt.err != "" {
				if err == nil || !strings.Contains(err.Error(), tt.err) || !strings.Contains(err.Error(), path) {
					t.Fatalf("Open: got %v, want an error with %q and the file's name", err, tt.err)
				}
				if !strings.Contains(err.Error(), "move the file away") {
					t.Errorf("Open: %v; want what to do", err)
				}
				return
			}
			if err != nil {
				t.Fatalf("Open: %v", err)
			}
			if tt.left != tt.file != strings.Contains(log.String(), "dropped the torn last line") {
				t.Errorf("logged: %q", log.String())
			}
			if _, err := net.Post(t.Context(), "study", words("next"), "next"); err != nil {
				t.Errorf("Post: %v", err)
			}
			if err := net.Close(); err != nil {
				t.Errorf("Close: %v", err)
			}
			got, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasPrefix(string(got), tt.left) || bytes.Count(got, []byte("\n")) != strings.Count(tt.left, "\n")+1 {
				t.Errorf("file: got %q, want %q and one line", got, tt.left)
			}
		})
	}
}

func TestADamagedTranscriptIsNamedInFull(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	if err := os.WriteFile("terminal.jsonl", []byte("{}\n{}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	full, err := filepath.Abs("terminal.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := terminal.Open(terminal.Config{Out: new(buffer), Path: "terminal.jsonl"}); err == nil || !strings.Contains(err.Error(), full) {
		t.Errorf("Open: %v; want %s", err, full)
	}
}

func TestOpenSaysWhatIsWrong(t *testing.T) {
	dir := t.TempDir()
	if _, err := terminal.Open(terminal.Config{Out: new(buffer), Path: dir}); err == nil || !strings.Contains(err.Error(), dir) {
		t.Errorf("Open of a folder: got %v, want an error with its name", err)
	}
	if _, err := terminal.Open(terminal.Config{}); err == nil {
		t.Error("Open without output: no error")
	}
}

func TestWhatTheBotHears(t *testing.T) {
	now := time.Date(2026, 3, 2, 7, 30, 0, 0, time.UTC)
	net := open(t, terminal.Config{
		In:  strings.NewReader("m1: /ASK\t什么是 pod  \n@2026-03-02T09:00\n小明: /top\n/as m.2\n/me\n"),
		Now: func() time.Time { return now },
	})
	b := &bot{net: net}
	if err := net.Run(t.Context(), b.handle, b.tick); err != nil {
		t.Fatalf("Run: %v", err)
	}
	nine := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	if diff := cmp.Diff([]time.Time{now, nine}, b.ticks); diff != "" {
		t.Errorf("ticks (-want +got):\n%s", diff)
	}
	event := func(member string, at time.Time, name, args string) chat.Event {
		return chat.Event{Network: "terminal", Channel: "study", Member: chat.Member{ID: chat.MemberID(member), Name: member},
			Admin: true, At: at, Command: &chat.Command{Name: name, Args: args}}
	}
	want := []chat.Event{event("m1", now, "ask", "什么是 pod"), event("小明", nine, "top", ""), event("m.2", nine, "me", "")}
	if diff := cmp.Diff(want, b.events); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	in, _, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	ctx, cancel := context.WithCancel(t.Context())
	net := open(t, terminal.Config{In: in})
	done := make(chan error)
	go func() { done <- net.Run(ctx, (&bot{net: net}).handle, nil) }()
	cancel()
	if err := <-done; err != nil {
		t.Errorf("Run: %v", err)
	}
}

// A fullDisk takes some bytes and no more.
type fullDisk struct {
	left   int
	writes int // that failed
}

var errFull = errors.New("no space left on device")

func (d *fullDisk) Write(p []byte) (int, error) {
	n := min(len(p), d.left)
	if d.left -= n; n < len(p) {
		d.writes++
		return n, errFull
	}
	return n, nil
}

func TestRunEndsWhenItsOutputCannotBeWritten(t *testing.T) {
	for _, room := range []int{0, 40, 200} {
		disk := &fullDisk{left: room}
		net := open(t, terminal.Config{Out: disk, In: strings.NewReader(strings.Repeat("/say something of some length\n", 50))})
		b := &bot{net: net}
		if err := net.Run(t.Context(), b.handle, nil); !errors.Is(err, errFull) {
			t.Errorf("room for %d bytes: Run = %v; want %v", room, err, errFull)
		}
		if disk.writes != 1 || len(b.events) > room/20+1 {
			t.Errorf("room for %d bytes: %d writes failed, the bot heard %d events", room, disk.writes, len(b.events))
		}
	}
}

// What is posted from elsewhere while a script runs is shown whole, between what the script shows.
func TestPostsDuringARun(t *testing.T) {
	const n = 200
	var out strings.Builder // not safe by itself
	net := open(t, terminal.Config{Out: &out, In: strings.NewReader(strings.Repeat("m1: talk\nm1: /press\n", n))})
	var posts sync.WaitGroup
	posts.Go(func() {
		for i := range n {
			if _, err := net.Post(t.Context(), "study", words("posted"), chat.Key(fmt.Sprint("k-", i))); err != nil {
				t.Error(err)
			}
		}
	})
	if err := net.Run(t.Context(), (&bot{net: net}).handle, nil); err != nil {
		t.Error(err)
	}
	posts.Wait()
	for text, want := range map[string]int{"studybot:\n  posted\n\n": n, "m1: talk\n": n, "(which button? /press NUMBER or /press LABEL)\n": n} {
		if got := strings.Count(out.String(), text); got != want {
			t.Errorf("%q is shown %d times, want %d", text, got, want)
		}
	}
}

func TestALineThatIsTooLongIsPassedOver(t *testing.T) {
	out := new(buffer)
	longest := "/say " + strings.Repeat("x", 64<<10-len("/say "))
	net := open(t, terminal.Config{Out: out, In: strings.NewReader(longest + "\n" + longest + "x\n/say next")})
	b := &bot{net: net}
	if err := net.Run(t.Context(), b.handle, b.tick); err != nil {
		t.Fatalf("Run: %v", err)
	}
	if len(b.events) != 2 || len(b.events[0].Command.Args) != 64<<10-len("/say ") || b.events[1].Command.Args != "next" {
		t.Errorf("got %d events, want the longest line and the one after the longer", len(b.events))
	}
	if want := "(line 2: longer than 64 KB: passed over)\n"; !strings.Contains(out.String(), want) {
		t.Errorf("%q is not shown", want)
	}
}

func TestBadTextReachesTheBotAsTyped(t *testing.T) {
	out := new(buffer)
	net := open(t, terminal.Config{Out: out, In: strings.NewReader("/say a\x1b[31mb\xff\x00 @everyone\n")})
	b := &bot{net: net}
	if err := net.Run(t.Context(), b.handle, b.tick); err != nil {
		t.Fatalf("Run: %v", err)
	}
	if got, want := b.events[0].Command.Args, "a\x1b[31mb\xff\x00 @everyone"; got != want {
		t.Errorf("the bot got %q, want %q", got, want)
	}
	want := "you: /say ab\uFFFD @\u200Beveryone\n│ studybot (only you see this):\n│ ab\uFFFD @\u200Beveryone\n\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("shown (-want +got):\n%s", diff)
	}
}
