// Package terminal is a chat network of one channel: a terminal, or a script on a pipe.
//
// It needs no account and no set-up, and it drives the bot in tests. Whoever sits there speaks
// as any member he names and may do everything.
//
// # The script
//
// What does not come from a terminal is a script, one step a line:
//
//	# a comment, as a blank line, is passed over
//	@2026-03-02T09:00         sets the clock and lets what is due happen
//	m1: /ask 什么是 pod         the member m1 says something; m1：/ask will do as well
//	/top week                 so does the member who spoke as /as names him, "you" at first
//
// The time after @ is local to Config.Zone unless it ends in an offset (Z, +08:00), and may have
// seconds. Where the clocks are put back and a time is there twice, an offset says which. From then on time stands still; before the first @ it is the real one. A step is
// done to its end before the next one begins. An @ that is no time ends the script.
//
// # What members say
//
// A line that begins with a slash and a word is a command of the bot, except for these:
//
//	/as NAME       go on as another member: letters, digits, - _ . and 32 of them at most
//	/press BUTTON  press a button by its number, or the latest with that label; the number alone will do
//	/cancel        drop the form that is open
//	/quit, /exit   leave
//
// A line that names @studybot is said to the bot before the channel: a lookup, or a command without its slash.
//
// Anything else is talk among people, which the bot does not hear. While a form is open for a
// member, his next lines are its fields, one a line; in a long field, a \ at the end of a line
// continues it on the next. Commands can still be given in between: a slash and a word is one,
// known or not, and a value that begins so is sent by a second slash, //word. A line of a script
// that is a name and a colon alone leaves the field as it is. A form that would be sent with all its
// fields empty is dropped.
package terminal

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"reflect"
	"sync"
	"time"

	"studybot/bot/chat"
)

// Config says where a terminal reads and writes, and how it looks.
type Config struct {
	In          io.Reader
	Out         io.Writer
	Interactive bool // In and Out are a terminal: line editing, wrapped text; if not, a script
	Colour      bool // Out understands colours

	Channel  chat.ChannelID
	Language func() string  // of what the terminal says itself: "zh", else English; nil means English
	Zone     *time.Location // of the times read and shown; nil means UTC
	Path     string         // file of what was posted (see Open); "" keeps it in memory

	Now    func() time.Time // the real clock; nil means time.Now
	Usages []chat.Usage     // the bot's commands
	Log    *slog.Logger     // nil means log nothing
}

// A Terminal is a chat network. Its methods may be called at the same time.
type Terminal struct {
	cfg    Config
	screen screen

	mu         sync.Mutex // guards what follows, and keeps the screen in the transcript's order
	transcript *transcript
	whispers   map[chat.MessageID]whisper // those that have, or had, a button
	whispered  int
	buttons    buttons
	clock      time.Time // as the script set it; zero for the real one
	heard      time.Time // the latest time that the bot was told
}

// A whisper is a message that one member saw. It is not remembered beyond the run.
type whisper struct {
	to      string
	message chat.Message
}

// A screen shows text above the line that is being typed, if there is one. Its methods may be
// called at the same time.
type screen interface {
	show(text string) // whole lines
	columns() int     // where to wrap; 0 for never
	failed() error    // why text could not be shown
}

// Open reads what the channel's file remembers. The file holds one JSON line for each message
// posted or edited; a last line that a crash cut off is dropped, any other that cannot be read
// is an error that names it.
func Open(cfg Config) (*Terminal, error) {
	if cfg.Out == nil {
		return nil, errors.New("terminal: no output: set Config.Out")
	}
	if cfg.Zone == nil {
		cfg.Zone = time.UTC
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	tr, err := openTranscript(cfg.Path, cfg.Log)
	if err != nil {
		return nil, fmt.Errorf("terminal: %w", err)
	}
	t := &Terminal{cfg: cfg, transcript: tr, whispers: map[chat.MessageID]whisper{}}
	t.screen = &paper{w: cfg.Out}
	if cfg.Interactive {
		t.screen = newEditor(cfg.Out, sizeOf(cfg.Out), cfg.Colour)
	}
	return t, nil
}

// Close closes the transcript. Nothing can be posted afterwards.
func (t *Terminal) Close() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.transcript.close()
}

// Name is the network's name.
const Name = "terminal"

// Name is the constant Name.
func (t *Terminal) Name() string { return Name }

// Typed is the command behind a slash.
func (t *Terminal) Typed(command string) string { return "/" + command }

// Hears is true; there are no threads to write in.
func (t *Terminal) Hears() bool { return true }

// Post shows m, and has it on disk before it returns. The key must be one that every network
// can keep, see chat.Key.
func (t *Terminal) Post(ctx context.Context, to chat.ChannelID, m chat.Message, key chat.Key) (chat.MessageID, error) {
	if err := errors.Join(ctx.Err(), checkKey(key), t.checkChannel(to)); err != nil {
		return "", fmt.Errorf("terminal: post %q: %w", key, err)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if id, ok := t.transcript.find(to, key); ok {
		return id, nil
	}
	id, err := t.post(m, key)
	if err != nil {
		return "", fmt.Errorf("terminal: post %q: %w", key, err)
	}
	return id, nil
}

// Find looks in the transcript.
func (t *Terminal) Find(_ context.Context, in chat.ChannelID, key chat.Key) (chat.MessageID, bool, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	id, ok := t.transcript.find(in, key)
	return id, ok, nil
}

// Edit shows the message's new text, unless nothing but its Context changed. The transcript keeps the old one, too.
func (t *Terminal) Edit(ctx context.Context, in chat.ChannelID, id chat.MessageID, m chat.Message) error {
	if err := errors.Join(ctx.Err(), t.checkChannel(in)); err != nil {
		return fmt.Errorf("terminal: edit message %s: %w", id, err)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if err := t.edit(id, m); err != nil {
		return fmt.Errorf("terminal: edit message %s: %w", id, err)
	}
	return nil
}

func (t *Terminal) checkChannel(id chat.ChannelID) error {
	if id != t.cfg.Channel {
		return fmt.Errorf("no channel %q here, only %q", id, t.cfg.Channel)
	}
	return nil
}

func checkKey(key chat.Key) error {
	if key == "" || len(key) > 25 {
		return fmt.Errorf("the key has %d bytes, want 1 to 25", len(key))
	}
	for _, c := range []byte(key) {
		if !(c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-') {
			return fmt.Errorf("the key holds %q, want letters, digits and -", c)
		}
	}
	return nil
}

// post records a message, then shows it. key is "" for the answer to an event.
func (t *Terminal) post(m chat.Message, key chat.Key) (chat.MessageID, error) {
	id, err := t.transcript.post(t.now(), t.cfg.Channel, key, m)
	if err != nil {
		return "", err
	}
	t.showPost(id, m, "")
	return id, nil
}

// whisper shows a message to one member.
func (t *Terminal) whisper(to string, m chat.Message) {
	t.whispered++
	id := chat.MessageID(fmt.Sprintf("w%d", t.whispered))
	if len(m.Buttons) > 0 {
		t.whispers[id] = whisper{to, m}
	}
	t.showWhisper(id, whisper{to, m}, "")
}

func (t *Terminal) edit(id chat.MessageID, m chat.Message) error {
	if w, ok := t.whispers[id]; ok {
		w.message = m
		t.whispers[id] = w
		t.showWhisper(id, w, t.words().edited)
		return nil
	}
	before, _ := t.transcript.message(t.cfg.Channel, id)
	if err := t.transcript.edit(t.now(), t.cfg.Channel, id, m); err != nil {
		return err
	}
	if !sameButContext(before, m) {
		t.showPost(id, m, t.words().edited)
	}
	return nil
}

// sameButContext reports whether two messages differ in their last line at most: on paper and in a terminal that
// is not worth the whole message again.
func sameButContext(a, b chat.Message) bool {
	a.Context, b.Context = "", ""
	return reflect.DeepEqual(storedMessage(a), storedMessage(b))
}

// message returns a message as it is now, if member may see it.
func (t *Terminal) message(id chat.MessageID, member string) (chat.Message, bool) {
	if w, ok := t.whispers[id]; ok {
		return w.message, w.to == member
	}
	return t.transcript.message(t.cfg.Channel, id)
}

// now is the script's time, or else the real one.
func (t *Terminal) now() time.Time {
	if !t.clock.IsZero() {
		return t.clock
	}
	return t.cfg.Now().UTC()
}
