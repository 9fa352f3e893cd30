package bot

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"studybot/bot/chat"
	"studybot/store"
)

func TestWaits(t *testing.T) {
	at := moment(t, "2026-03-02T09:00:00Z")
	tests := []struct {
		name  string
		times int
		after time.Duration
		want  bool
	}{
		{"what did not fail", 0, 0, false},
		{"at once", 1, 0, true},
		{"short before its time", 1, 9 * time.Second, true},
		{"at its time", 1, 10 * time.Second, false},
		{"longer the second time", 2, 19 * time.Second, true},
		{"after a hundred times, not for ever", 100, 299 * time.Second, true},
		{"after a hundred times, five minutes", 100, 300 * time.Second, false},
		{"the clock was set back", 100, -time.Second, false},
	}
	for _, tt := range tests {
		if got := (failure{tt.times, at}).waits(at.Add(tt.after)); got != tt.want {
			t.Errorf("%s: waits %v, want %v", tt.name, got, tt.want)
		}
	}
}

// A channel whose network refuses everything is left alone for longer and longer, told of once when it begins and
// once when it ends, and does not hold up the others.
func TestOneChannelFails(t *testing.T) {
	w := newWorld(t)
	second := store.Channel{Network: "double", ID: "C2"}
	w.bot.Channels = append(w.bot.Channels, Channel{Channel: second, Schedule: DefaultSchedule(nil), Language: English})
	w.load()
	var log bytes.Buffer
	w.bot.Log = slog.New(slog.NewTextHandler(&log, nil))
	calls := 0
	w.network.refuse = func(to chat.ChannelID) bool {
		if to == studyChannel.ID {
			calls++
		}
		return to == studyChannel.ID
	}
	told := 0
	for at := moment(t, "2026-03-02T09:00:00Z"); at.Before(moment(t, "2026-03-02T10:00:00Z")); at = at.Add(5 * time.Second) {
		if err := w.bot.Tick(t.Context(), at); err != nil {
			told++
			wantIn(t, err.Error(), "double/C1", chat.ErrRefused.Error())
		}
	}
	if told != 1 || calls < 10 || calls > 50 {
		t.Errorf("told %d times, %d calls in an hour", told, calls)
	}
	if n := len(w.network.messages); n != 1 || w.network.messages[0].to != second.ID {
		t.Errorf("the other channel has %d messages", n)
	}
	w.network.refuse = nil
	w.at("2026-03-02T10:10:00Z")
	w.at("2026-03-02T10:10:05Z")
	if n := strings.Count(log.String(), "takes messages again"); n != 1 || len(w.network.messages) != 2 {
		t.Errorf("%d messages, logged:\n%s", len(w.network.messages), log.String())
	}
}

// Where the bot may not post, whoever runs it is told so: by setup where the network tells, else when a post is refused.
func TestBarred(t *testing.T) {
	w := newWorld(t)
	w.now = moment(t, "2026-03-02T08:00:00Z")
	const bar = "may not write in this channel"
	ev := w.event("boss")
	ev.Admin, ev.Command = true, &chat.Command{Name: "setup", Args: "language=en"}
	if told := read(w.handle(ev).Private); strings.Contains(told, bar) {
		t.Errorf("told where all is well: %s", told)
	}
	ev.Barred = true
	wantIn(t, read(w.handle(ev).Private), bar)

	w.network.refuse = func(chat.ChannelID) bool { return true }
	wantIn(t, read(w.admin("post", "").Private), bar)
	w.network.refuse = nil
	w.at("2026-03-02T08:10:00Z")
	if n := len(w.network.messages); n != 1 {
		t.Errorf("%d messages after the bot was let in, want the question", n)
	}
}

func TestCountIsKeptCurrent(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T09:00:00Z")
	edits := 0
	w.network.fail = func(call string) fault {
		if call == "edit" {
			edits++
		}
		return fine
	}
	context := func() string { return w.network.messages[0].message.Context }
	w.at("2026-03-02T09:01:00Z")
	if edits != 0 {
		t.Error("edited without a reply")
	}
	for i := range 7 {
		w.command(fmt.Sprint("m", i), "answer", "a try")
	}
	w.command("m1", "answer", "again")
	w.at("2026-03-02T09:02:00Z")
	wantIn(t, context(), "Reveal: 18:00", "7 members have answered.")
	w.command("m8", "answer", "a try")
	w.at("2026-03-02T09:02:04Z") // too early for one more
	w.at("2026-03-02T09:02:05Z")
	wantIn(t, context(), "8 members have answered.")
	w.at("2026-03-02T09:03:00Z")
	if edits != 2 || len(w.network.messages[0].message.Buttons) == 0 {
		t.Errorf("%d edits, want one for each change: %+v", edits, w.network.messages[0].message)
	}
	w.at("2026-03-02T18:00:00Z")
	w.command("late", "answer", "after it")
	w.at("2026-03-02T18:01:00Z")
	wantIn(t, context(), "Revealed. 8 members answered.")
}

func TestCountThatCannotBeShown(t *testing.T) {
	w := newWorld(t)
	var log bytes.Buffer
	w.bot.Log = slog.New(slog.NewTextHandler(&log, nil))
	w.at("2026-03-02T09:00:00Z")
	w.command("ada", "answer", "a try")
	w.network.fail = func(call string) fault {
		if call == "edit" {
			return lost
		}
		return fine
	}
	for i := range 100 {
		w.now = moment(t, "2026-03-02T09:01:00Z").Add(time.Duration(i) * 5 * time.Second)
		if err := w.bot.Tick(t.Context(), w.now); err != nil {
			t.Fatal(err)
		}
	}
	if n := strings.Count(log.String(), "old number of replies"); n != 1 {
		t.Errorf("logged %d times:\n%s", n, log.String())
	}
	w.network.fail = nil
	w.at("2026-03-02T10:00:00Z")
	wantIn(t, w.network.messages[0].message.Context, "1 member has answered.")
}

// Where the whole network is down, a Tick tries a few of its channels only, each of which may take long; in the end
// every channel gets its question.
func TestTheWholeNetworkIsDown(t *testing.T) {
	w := newWorld(t)
	const channels = 20
	for i := range channels {
		c := store.Channel{Network: "double", ID: chat.ChannelID(fmt.Sprint("D", i))}
		w.bot.Channels = append(w.bot.Channels, Channel{Channel: c, Schedule: DefaultSchedule(nil), Language: English})
	}
	w.load()
	calls := 0
	w.network.fail = func(string) fault { calls++; return lost }
	for at := moment(t, "2026-03-02T09:00:00Z"); at.Before(moment(t, "2026-03-02T09:10:00Z")); at = at.Add(5 * time.Second) {
		before := calls
		_ = w.bot.Tick(t.Context(), at)
		if calls > before+maxDown {
			t.Fatalf("%d calls in one Tick", calls-before)
		}
	}
	w.network.fail = nil
	for range 3 {
		w.at("2026-03-02T09:30:00Z")
	}
	if n := len(w.network.messages); n != channels+1 {
		t.Errorf("%d messages, want %d", n, channels+1)
	}
}
