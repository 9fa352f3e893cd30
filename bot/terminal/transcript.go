package terminal

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"studybot/bot/chat"
)

// A transcript is what was posted, oldest first: in a file that is only ever appended to, or in
// memory.
type transcript struct {
	file   *os.File // nil: in memory
	size   int64    // of the file's whole lines
	closed error    // why nothing can be added any more

	posts []posted
	byID  map[place]int // index into posts; place.name is the message's ID
	byKey map[place]int // place.name is the message's key
	last  int           // the highest message ID
}

// A place is a name in a channel.
type place struct {
	channel chat.ChannelID
	name    string
}

// A posted message is shown as it was last edited.
type posted struct {
	id      chat.MessageID
	at      time.Time // when it was posted first
	channel chat.ChannelID
	message chat.Message
}

func openTranscript(path string, log *slog.Logger) (*transcript, error) {
	t := &transcript{byID: map[place]int{}, byKey: map[place]int{}}
	if path == "" {
		return t, nil
	}
	if abs, err := filepath.Abs(path); err == nil {
		path = abs // so that it can be found by what an error says
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open transcript: %w", err)
	}
	if err := t.load(f, path, log); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	t.file = f
	return t, nil
}

// load reads the file, cuts off a torn last line, and makes sure that the file itself survives.
func (t *transcript) load(f *os.File, path string, log *slog.Logger) error {
	size, torn, err := t.read(f)
	if err != nil {
		return fmt.Errorf("transcript %s: %w", path, err)
	}
	if torn > 0 {
		log.Warn("dropped the torn last line of the transcript", "file", path, "bytes", torn)
		if err := f.Truncate(size); err != nil {
			return fmt.Errorf("transcript %s: drop its torn last line: %w", path, err)
		}
	}
	t.size = size
	if size == 0 {
		if dir, err := os.Open(filepath.Dir(path)); err == nil {
			_ = dir.Sync() // the new file's name; not every system can do it
			_ = dir.Close()
		}
	}
	return nil
}

// read takes in all records of r. It returns the bytes of whole lines, and those of a torn last line.
func (t *transcript) read(r io.Reader) (size, torn int64, err error) {
	in := bufio.NewReader(r)
	for n := 1; ; n++ {
		line, err := in.ReadBytes('\n')
		if err != nil && err != io.EOF {
			return 0, 0, err
		}
		if len(line) == 0 {
			return size, 0, nil
		}
		var rec record
		if bad := json.Unmarshal(line, &rec); err == io.EOF || bad != nil {
			if _, more := in.Peek(1); more == io.EOF { // the last line: its write did not come to an end
				return size, int64(len(line)), nil
			}
			return 0, 0, damaged(n, bad)
		}
		if err := t.apply(rec); err != nil {
			return 0, 0, damaged(n, err)
		}
		size += int64(len(line))
	}
}

func damaged(line int, err error) error {
	return fmt.Errorf("line %d is damaged; move the file away and start again, only what was shown is lost: %w", line, err)
}

// apply takes in what a record says.
func (t *transcript) apply(rec record) error {
	if rec.Edits != "" {
		i, ok := t.byID[place{rec.Channel, string(rec.Edits)}]
		if !ok || rec.ID != "" {
			return fmt.Errorf("no message %q to edit", rec.Edits)
		}
		t.posts[i].message = rec.Message.message()
		return nil
	}
	n, err := strconv.Atoi(string(rec.ID))
	if err != nil || n <= t.last {
		return fmt.Errorf("message ID %q: want a number above %d", rec.ID, t.last)
	}
	if rec.Key != "" {
		if _, ok := t.find(rec.Channel, rec.Key); ok {
			return fmt.Errorf("a second message with key %q", rec.Key)
		}
		t.byKey[place{rec.Channel, string(rec.Key)}] = len(t.posts)
	}
	t.byID[place{rec.Channel, string(rec.ID)}] = len(t.posts)
	t.posts = append(t.posts, posted{rec.ID, rec.At, rec.Channel, rec.Message.message()})
	t.last = n
	return nil
}

// post adds a message and returns its ID.
func (t *transcript) post(at time.Time, to chat.ChannelID, key chat.Key, m chat.Message) (chat.MessageID, error) {
	id := chat.MessageID(strconv.Itoa(t.last + 1))
	return id, t.add(record{At: at, Channel: to, ID: id, Key: key, Message: storedMessage(m)})
}

// edit replaces a message that is there.
func (t *transcript) edit(at time.Time, in chat.ChannelID, id chat.MessageID, m chat.Message) error {
	if _, ok := t.message(in, id); !ok {
		return errors.New("no such message")
	}
	return t.add(record{At: at, Channel: in, Edits: id, Message: storedMessage(m)})
}

func (t *transcript) find(in chat.ChannelID, key chat.Key) (chat.MessageID, bool) {
	i, ok := t.byKey[place{in, string(key)}]
	if !ok {
		return "", false
	}
	return t.posts[i].id, true
}

func (t *transcript) message(in chat.ChannelID, id chat.MessageID) (chat.Message, bool) {
	i, ok := t.byID[place{in, string(id)}]
	if !ok {
		return chat.Message{}, false
	}
	return t.posts[i].message, true
}

// add makes a record permanent, then takes it in.
func (t *transcript) add(rec record) error {
	if t.closed != nil {
		return t.closed
	}
	if t.file != nil {
		if err := t.write(rec); err != nil {
			return err
		}
	}
	return t.apply(rec)
}

// write appends a line and flushes it to the disk. A line that failed is taken back; if that
// fails as well, nobody knows what the file holds, and nothing is written to it any more.
func (t *transcript) write(rec record) error {
	var line bytes.Buffer
	enc := json.NewEncoder(&line) // ends in a line feed, and has none inside
	enc.SetEscapeHTML(false)
	if err := enc.Encode(rec); err != nil {
		return err
	}
	_, err := t.file.Write(line.Bytes())
	if err == nil {
		err = t.file.Sync()
	}
	if err == nil {
		t.size += int64(line.Len())
		return nil
	}
	if undo := errors.Join(t.file.Truncate(t.size), t.file.Sync()); undo != nil {
		t.closed = fmt.Errorf("transcript %s cannot be written any more: %w", t.file.Name(), undo)
		return errors.Join(chat.ErrUncertain, err)
	}
	return err
}

func (t *transcript) close() error {
	if t.closed == nil {
		t.closed = errors.New("the terminal is closed")
	}
	if t.file == nil {
		return nil
	}
	f := t.file
	t.file = nil
	return f.Close()
}
