package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"studybot/bot"
	"studybot/bot/chat"
	"studybot/knowledge/library"
	"studybot/store"
)

// A vendor stands for a vendor's network as seen over an unreliable line: what it has taken lies in a file, as
// at the vendor's. By a plan that a seed decides, it answers late, loses its answer, or loses the call.
type vendor struct {
	path  string
	seed  string
	calls int
}

type vendorMessage struct {
	ID   chat.MessageID
	Key  chat.Key
	Edit bool
}

func (v *vendor) Name() string                { return "vendor" }
func (v *vendor) Typed(command string) string { return "/" + command }
func (v *vendor) Hears() bool                 { return true }

var errLine = errors.New("connection reset by peer")

// luck is what happens to the next call: 0 loses it, 1 loses its answer, 2 delays it, else nothing. It is
// decided by what the vendor holds, so that a restart does not repeat the same luck.
func (v *vendor) luck(held int) int {
	v.calls++
	h := fnv.New32()
	fmt.Fprintln(h, v.seed, v.calls, held, os.Getpid())
	n := int(h.Sum32() % 8)
	if n == 2 {
		time.Sleep(3 * time.Millisecond)
	}
	return n
}

func (v *vendor) held() (ms []vendorMessage, err error) {
	f, err := os.Open(v.path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var m vendorMessage
		if json.Unmarshal(lines.Bytes(), &m) == nil { // a torn line was never taken
			ms = append(ms, m)
		}
	}
	return ms, nil
}

func (v *vendor) take(m vendorMessage) error {
	b, err := json.Marshal(m)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(v.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(f, "\n%s\n", b)
	return errors.Join(err, f.Close())
}

// Post takes every message it is given: the vendor knows no keys.
func (v *vendor) Post(_ context.Context, _ chat.ChannelID, _ chat.Message, key chat.Key) (chat.MessageID, error) {
	ms, err := v.held()
	if err != nil {
		return "", err
	}
	luck := v.luck(len(ms))
	if luck == 0 {
		return "", errLine
	}
	m := vendorMessage{ID: chat.MessageID(fmt.Sprint("m", len(ms)+1)), Key: key}
	if err := v.take(m); err != nil {
		return "", err
	}
	if luck == 1 {
		return "", chat.ErrUncertain
	}
	return m.ID, nil
}

func (v *vendor) Find(_ context.Context, _ chat.ChannelID, key chat.Key) (chat.MessageID, bool, error) {
	ms, err := v.held()
	if err != nil || v.luck(len(ms)) <= 1 {
		return "", false, errors.Join(err, errLine)
	}
	for _, m := range ms {
		if m.Key == key {
			return m.ID, true, nil
		}
	}
	return "", false, nil
}

func (v *vendor) Edit(_ context.Context, _ chat.ChannelID, id chat.MessageID, _ chat.Message) error {
	return v.take(vendorMessage{ID: id, Edit: true})
}

// vendorMain is a bot on that network. It takes "tick TIME", "reply TIME MEMBER TEXT" and "setup TIME ADMIN SETTINGS" a
// line, and prints "done LINE" when a line is done, "refused LINE" when a reply was not taken.
func vendorMain() {
	if err := vendorRun(os.Args[1], os.Args[2], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(exitFail)
	}
}

func vendorRun(dir, seed string, in io.Reader, out io.Writer) error {
	const text = "# A\n\n## Why is the sky blue?\n\n- Air scatters short waves more.\n\n## Why is grass green?\n\n- Chlorophyll takes red and blue.\n"
	notes, err := library.Open(context.Background(), library.Config{Notes: fstest.MapFS{"notes.md": {Data: []byte(text)}}})
	if err != nil {
		return err
	}
	db, err := store.Open(filepath.Join(dir, databaseFile))
	if err != nil {
		return err
	}
	at := store.Channel{Network: "vendor", ID: "C"}
	schedule := bot.DefaultSchedule(nil)
	schedule.Reminder = &bot.Clock{Hour: 16, Minute: 30}
	b, err := bot.New(bot.Config{
		Notes: notes, Store: db, Networks: []chat.Network{&vendor{path: filepath.Join(dir, "vendor.jsonl"), seed: seed}}, Language: bot.English,
		Channels: []bot.Channel{{Channel: at, Schedule: schedule, Language: bot.English}},
	})
	if err != nil {
		return err
	}
	for lines := bufio.NewScanner(in); lines.Scan(); {
		words := strings.SplitN(lines.Text(), " ", 4)
		now, err := time.Parse(time.RFC3339, words[1])
		if err != nil {
			return err
		}
		if words[0] == "tick" {
			_ = b.Tick(context.Background(), now) // what fails is tried again by a later one
		} else {
			ev := chat.Event{Network: at.Network, Channel: at.ID, Member: chat.Member{ID: chat.MemberID(words[2]), Name: words[2]}, At: now}
			ev.Command = &chat.Command{Name: "answer", Args: words[3]}
			if words[0] == "setup" {
				ev.Command.Name, ev.Admin = "setup", true
			}
			res, err := b.Handle(context.Background(), ev)
			if err != nil || res.Private == nil || res.Private.Title == "" {
				fmt.Fprintln(out, "refused", lines.Text()) // not acknowledged
				continue
			}
		}
		fmt.Fprintln(out, "done", lines.Text())
	}
	return nil
}

// A day of two decks on an unreliable network, after one that made five members active, is killed at every step, again
// and again. In the end each deck has one question a day, which is posted and revealed or was too late for that, and
// one reminder at most, and each reply that was acknowledged is in the ledger.
func TestKilledOnAnUnreliableNetwork(t *testing.T) {
	day := []string{
		"tick 2026-03-02T09:00:00Z", "tick 2026-03-02T09:00:05Z", "tick 2026-03-02T09:00:10Z",
		"reply 2026-03-02T10:00:00Z ann waves", "reply 2026-03-02T10:01:00Z bob red", "reply 2026-03-02T10:02:00Z ann blue",
		"tick 2026-03-02T10:03:00Z", "tick 2026-03-02T16:30:00Z", "tick 2026-03-02T16:30:05Z",
		"tick 2026-03-02T18:00:00Z", "tick 2026-03-02T18:00:05Z", "tick 2026-03-02T18:00:10Z",
	}
	rounds := 24
	if testing.Short() {
		rounds = 2
	}
	for round := range rounds {
		t.Run(fmt.Sprint("round=", round), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			printed := ""
			before := startAs(t, "studybot-vendor", dir, fmt.Sprint(round))
			before.say("setup 2026-02-27T08:00:00Z boss topic=sky")
			before.say("setup 2026-02-27T08:00:01Z boss deck=green topic=grass")
			for minute := range 30 {
				before.say("tick " + time.Date(2026, 2, 27, 9, 2*minute, 0, 0, time.UTC).Format(time.RFC3339))
			}
			for _, m := range []string{"ann", "bob", "cyd", "dan", "eve"} {
				before.say("reply 2026-02-27T11:00:00Z " + m + " waves")
			}
			for minute := range 20 {
				before.say("tick " + time.Date(2026, 2, 27, 18, 5*minute, 0, 0, time.UTC).Format(time.RFC3339))
			}
			printed += before.end()
			for step, line := range day { // killed once at each step: before it is done, or right after
				p := startAs(t, "studybot-vendor", dir, fmt.Sprint(round))
				p.say(line)
				if (round+step)%2 == 0 {
					p.await(" "+line, 1)
				} else if (round+step)%3 != 0 {
					time.Sleep(time.Duration(round%7) * time.Millisecond) // anywhere in its work
				}
				printed += p.kill()
			}
			p := startAs(t, "studybot-vendor", dir, fmt.Sprint(round))
			for i := range 30 { // what fails is left alone for a while
				p.say("tick " + time.Date(2026, 3, 2, 18, 30+5*i, 0, 0, time.UTC).Format(time.RFC3339))
			}
			p.end()
			checkVendor(t, dir, printed)
		})
	}
}

func checkVendor(t *testing.T, dir, printed string) {
	t.Helper()
	ms, err := (&vendor{path: filepath.Join(dir, "vendor.jsonl")}).held()
	if err != nil {
		t.Fatal(err)
	}
	posts := map[chat.Key]int{}
	for _, m := range ms {
		if !m.Edit {
			posts[m.Key]++
		}
	}
	for key, n := range posts {
		if n != 1 {
			t.Errorf("%s was posted %d times", key, n)
		}
	}
	db, err := store.Open(filepath.Join(dir, databaseFile))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	checkLedger(t, db, posts, printed)
	if acts, err := db.Pending(); err != nil || len(acts) > 0 {
		t.Errorf("still pending: %v %v", acts, err)
	}
	if _, err := db.Verify(dir); err != nil {
		t.Error(err)
	}
}

// checkLedger holds the ledger against what was posted and what was acknowledged.
func checkLedger(t *testing.T, db *store.Store, posts map[chat.Key]int, printed string) {
	t.Helper()
	asked, reminded := map[string]int{}, map[store.QuestionID]int{}
	replied := map[string]bool{}
	err := db.Entries(0, func(e store.Entry) error {
		switch e.What {
		case store.WasAsked:
			asked[string(e.Day)+e.Deck]++
			reminded[e.Question] += 0
		case store.WasReminded:
			reminded[e.Question]++
		case store.WasReplied:
			replied[string(e.Reply.Member)+" "+e.Reply.Text] = true
		}
		return nil
	})
	if diff := cmp.Diff(map[string]int{"2026-02-27": 1, "2026-02-27green": 1, "2026-03-02": 1, "2026-03-02green": 1}, asked); diff != "" || err != nil {
		t.Errorf("questions of each day and deck (-want +got): %v\n%s", err, diff)
	}
	for id, n := range reminded {
		q, err := db.Question(id)
		if err != nil || n > 1 {
			t.Errorf("%s was reminded of %d times: %v", id, n, err)
		}
		shown, told := posts[id.PostKey()], posts[id.RevealKey()]
		if closed := q.State == store.StateClosed; closed != (shown == 1 && told == 1) || !closed && (q.State != store.StateVoid || told > 0) {
			t.Errorf("%s is %s, posted %d times and revealed %d times", id, q.State, shown, told)
		}
	}
	for line := range strings.Lines(printed) {
		if words := strings.Fields(line); len(words) == 5 && words[0] == "done" && words[1] == "reply" && !replied[words[3]+" "+words[4]] {
			t.Errorf("acknowledged and lost: %s", line)
		}
	}
}
