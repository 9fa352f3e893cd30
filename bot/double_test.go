package bot

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"path/filepath"

	"studybot/bot/chat"
	"studybot/knowledge/library"
	"studybot/store"
)

// A double stands for a vendor's network: it holds what was posted, and fails as it is told.
type double struct {
	mu       sync.Mutex
	messages []posted
	fail     func(call string) fault // nil for never
	refuse   func(chat.ChannelID) bool
	deaf     bool
}

type posted struct {
	id      chat.MessageID
	to      chat.ChannelID
	key     chat.Key
	message chat.Message
	edited  bool
}

// A fault is how a call goes wrong.
type fault int

const (
	fine fault = iota
	lost       // nothing happened
	late       // it happened, but the answer was lost
)

var errNetwork = errors.New("connection reset")

func (d *double) Name() string                { return "double" }
func (d *double) Typed(command string) string { return "/study " + command }
func (d *double) Hears() bool                 { return !d.deaf }

func (d *double) fault(call string) fault {
	if d.fail == nil {
		return fine
	}
	return d.fail(call)
}

// Post does not look for the key, as most vendors do not.
func (d *double) Post(_ context.Context, to chat.ChannelID, m chat.Message, key chat.Key) (chat.MessageID, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.refuse != nil && d.refuse(to) {
		return "", chat.ErrRefused
	}
	f := d.fault("post")
	if f == lost {
		return "", errNetwork
	}
	id := chat.MessageID(fmt.Sprint("m", len(d.messages)+1))
	d.messages = append(d.messages, posted{id: id, to: to, key: key, message: m})
	if f == late {
		return "", chat.ErrUncertain
	}
	return id, nil
}

func (d *double) Find(_ context.Context, in chat.ChannelID, key chat.Key) (chat.MessageID, bool, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.fault("find") != fine {
		return "", false, errNetwork
	}
	for _, p := range d.messages {
		if p.to == in && p.key == key {
			return p.id, true, nil
		}
	}
	return "", false, nil
}

func (d *double) Edit(_ context.Context, in chat.ChannelID, id chat.MessageID, m chat.Message) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.fault("edit") != fine {
		return errNetwork
	}
	for i := range d.messages {
		if d.messages[i].to == in && d.messages[i].id == id {
			d.messages[i].message, d.messages[i].edited = m, true
			return nil
		}
	}
	return errors.New("no such message")
}

// perKey counts the messages posted with each key.
func (d *double) perKey() map[chat.Key]int {
	d.mu.Lock()
	defer d.mu.Unlock()
	n := map[chat.Key]int{}
	for _, p := range d.messages {
		n[p.key]++
	}
	return n
}

// titles are the titles of all messages, in order.
func (d *double) titles() (titles []string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, p := range d.messages {
		titles = append(titles, p.message.Title)
	}
	return titles
}

const notesForTests = `# Redis

## What is the difference between RDB and AOF?

- RDB writes a snapshot of the whole data set at intervals.
- AOF appends every write command to a log.
- RDB restarts faster, AOF loses less.

## Why is Redis single-threaded for commands?

- Commands work on memory, so the CPU is rarely the bottleneck.
- One thread needs no locks.
- I/O threads may still read and write sockets.

# nginx

## What does the master process of nginx do?

- It reads the configuration.
- It starts and watches the worker processes.
- It reopens log files on a signal.

# TCP

## Why does TCP need three steps to connect?

- Both sides have to learn that the other can send and receive.
- Both initial sequence numbers are confirmed.
- An old, delayed SYN does not open a connection.
`

var studyChannel = store.Channel{Network: "double", ID: "C1"}

// A world is a bot with real notes and a real store, on a double of a network.
type world struct {
	t       testing.TB
	dir     string
	network *double
	notes   *library.Library
	store   *store.Store
	bot     *Bot
	now     time.Time
}

func newWorld(t testing.TB) *world {
	t.Helper()
	notes, err := library.Open(t.Context(), library.Config{Notes: fstest.MapFS{"notes.md": {Data: []byte(notesForTests)}}})
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, dir: t.TempDir(), network: &double{}, notes: notes}
	t.Cleanup(func() {
		w.store.Close()
		notes.Close()
	})
	w.start()
	return w
}

// start starts the bot, or starts it again after a stop.
func (w *world) start() {
	w.t.Helper()
	if w.store != nil {
		if err := w.store.Close(); err != nil {
			w.t.Fatal(err)
		}
	}
	s, err := store.Open(filepath.Join(w.dir, "studybot.db"))
	if err != nil {
		w.t.Fatal(err)
	}
	w.store = s
	w.bot, err = New(Config{
		Notes: w.notes, Store: s, Networks: []chat.Network{w.network}, Language: English,
		Channels: []Channel{{Channel: studyChannel, Schedule: DefaultSchedule(nil), Language: English}},
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// load lets the bot take in channels that were added after its start.
func (w *world) load() {
	w.t.Helper()
	if err := w.bot.load(); err != nil {
		w.t.Fatal(err)
	}
}

// at sets the clock and lets what is due happen.
func (w *world) at(s string) {
	w.t.Helper()
	w.now = moment(w.t, s)
	if err := w.bot.Tick(w.t.Context(), w.now); err != nil {
		w.t.Fatalf("tick at %s: %v", s, err)
	}
}

func (w *world) event(member string) chat.Event {
	return chat.Event{Network: studyChannel.Network, Channel: studyChannel.ID, Member: chat.Member{ID: chat.MemberID(member), Name: member}, At: w.now}
}

func (w *world) handle(ev chat.Event) chat.Response {
	w.t.Helper()
	res, err := w.bot.Handle(w.t.Context(), ev)
	if err != nil {
		w.t.Fatal(err)
	}
	return res
}

func (w *world) command(member, name, args string) chat.Response {
	w.t.Helper()
	ev := w.event(member)
	ev.Command = &chat.Command{Name: name, Args: args}
	return w.handle(ev)
}

// admin is command for a member who runs the bot.
func (w *world) admin(name, args string) chat.Response {
	w.t.Helper()
	ev := w.event("boss")
	ev.Admin = true
	ev.Command = &chat.Command{Name: name, Args: args}
	return w.handle(ev)
}

func (w *world) press(member, action string) chat.Response {
	w.t.Helper()
	ev := w.event(member)
	ev.Press = &chat.Press{Action: action}
	return w.handle(ev)
}

func (w *world) open() store.Question {
	w.t.Helper()
	q, ok, err := w.store.OpenQuestion(studyChannel)
	if err != nil || !ok {
		w.t.Fatalf("no open question: %v", err)
	}
	return q
}
