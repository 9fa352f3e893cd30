package store

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"

	"studybot/bot/chat"
	"studybot/knowledge"
)

// together commits writes in one transaction, in order, and returns their errors.
func together(s *Store, writes ...func(*bbolt.Tx) (*Entry, error)) (errs []error) {
	var jobs []*job
	for _, w := range writes {
		jobs = append(jobs, &job{decide: w, done: make(chan struct{})})
	}
	s.commit(jobs)
	for _, j := range jobs {
		errs = append(errs, j.err)
	}
	return errs
}

func replying(s *Store, id QuestionID, r Reply) func(*bbolt.Tx) (*Entry, error) {
	return func(tx *bbolt.Tx) (*Entry, error) { return s.replied(tx, id, r, takingPart) }
}

func revealing(q Question) func(*bbolt.Tx) (*Entry, error) {
	return func(tx *bbolt.Tx) (*Entry, error) {
		q, err := openQuestion(tx, q.ID)
		return &Entry{At: q.At, What: WasRevealed, Channel: q.Channel, Question: q.ID}, err
	}
}

// unwritable is a post without a message's ID, which bbolt does not take as a key.
func unwritable(q Question) func(*bbolt.Tx) (*Entry, error) {
	return func(*bbolt.Tx) (*Entry, error) {
		return &Entry{At: q.At, What: WasPosted, Channel: q.Channel, Question: q.ID, Key: q.ID.PostKey()}, nil
	}
}

// Each write of a group sees what those before it did, and the ledger has them in the same order.
func TestOrderInAGroup(t *testing.T) {
	s := open(t)
	q := ask(t, s, 0)
	first := Reply{Member: "ada", Name: "Ada", Text: "one", At: monday}
	second := first
	second.Text, second.First = "two", "one"
	late := Reply{Member: "bob", Name: "Bob", Text: "three", At: monday}
	errs := together(s, replying(s, q.ID, first), replying(s, q.ID, first), replying(s, q.ID, second), revealing(q), replying(s, q.ID, second), replying(s, q.ID, late))
	for i, want := range []error{nil, ErrChanged, nil, nil, ErrClosed, nil} {
		if !errors.Is(errs[i], want) {
			t.Errorf("write %d: %v, want %v", i, errs[i], want)
		}
	}
	var got []string
	if err := s.Entries(1, func(e Entry) error {
		line := fmt.Sprint(e.Seq, " ", e.What)
		if e.Reply != nil {
			line += fmt.Sprint(" ", e.Reply.Text, " late ", e.Reply.Late)
		}
		got = append(got, line)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"2 replied one late false", "3 replied two late false", "4 revealed", "5 replied three late true"}, got); diff != "" {
		t.Errorf("ledger (-want +got):\n%s", diff)
	}
	if _, err := s.Verify(t.TempDir()); err != nil {
		t.Error(err)
	}
}

// What writes saw in a transaction that failed is forgotten: they decide again, by what is stored.
func TestAFailedGroupLeavesNothing(t *testing.T) {
	s := open(t)
	q := ask(t, s, 0)
	reveals := 0
	once := func(tx *bbolt.Tx) (*Entry, error) {
		if reveals++; reveals > 1 {
			return nil, ErrClosed
		}
		return revealing(q)(tx)
	}
	errs := together(s, once, replying(s, q.ID, Reply{Member: "ada", Text: "because", At: monday}), unwritable(q))
	if !errors.Is(errs[0], ErrClosed) || errs[1] != nil || errs[2] == nil {
		t.Errorf("errors: %v", errs)
	}
	r, ok, err := s.ReplyOf(q.ID, "ada")
	if err != nil || !ok || r.Late {
		t.Errorf("the reply to a question that was never revealed: %+v %v %v", r, ok, err)
	}
	if got, err := s.Question(q.ID); err != nil || got.State != StateOpen || got.Replies != 1 {
		t.Errorf("the question: %+v %v", got, err)
	}
	if n, err := s.Verify(t.TempDir()); err != nil || n != 2 {
		t.Errorf("%d entries: %v", n, err)
	}
}

// An entry that cannot be put into words of the ledger, which shows only when all are folded, fails alone.
func TestAnEntryThatIsNoJSON(t *testing.T) {
	s := open(t)
	q := ask(t, s, 0)
	never := Reply{Member: "bob", Text: "because", At: time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)}
	errs := together(s, replying(s, q.ID, Reply{Member: "ada", At: monday}), replying(s, q.ID, never), replying(s, q.ID, Reply{Member: "cyd", At: monday}))
	if errs[0] != nil || errs[1] == nil || errs[2] != nil {
		t.Errorf("errors: %v", errs)
	}
	rs, err := s.Replies(q.ID)
	if err != nil || len(rs) != 2 {
		t.Errorf("replies: %+v %v", rs, err)
	}
	if n, err := s.Verify(t.TempDir()); err != nil || n != 3 {
		t.Errorf("%d entries: %v", n, err)
	}
}

// The process is killed while 64 members answer at once, again and again: every reply that was acknowledged is
// there afterwards, and the folds are those of the ledger.
func TestKilledInAGroup(t *testing.T) {
	path := filepath.Join(t.TempDir(), "studybot.db")
	acknowledged := map[string]bool{}
	for run := range 10 {
		for _, member := range killed(t, path, run) {
			acknowledged[member] = true
		}
		s, err := Open(path)
		if err != nil {
			t.Fatal(err)
		}
		for member := range acknowledged {
			run, _, _ := strings.Cut(member, "-")
			q, open, err := s.OpenIn(study, run)
			if err != nil || !open {
				t.Fatalf("question %s: %v", run, err)
			}
			if _, ok, err := s.ReplyOf(q.ID, chat.MemberID(member)); err != nil || !ok {
				t.Errorf("the reply of %s is lost: %v", member, err)
			}
		}
		if _, err := s.Verify(t.TempDir()); err != nil {
			t.Error(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if len(acknowledged) == 0 {
		t.Error("no reply was acknowledged")
	}
}

// killed runs TestChild until a moment that nobody chose, and returns the members whose replies were acknowledged.
func killed(t *testing.T, path string, run int) (members []string) {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestChild$", "--", path, fmt.Sprint(run))
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	last := 1 + rand.IntN(2000)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		member, ok := strings.CutPrefix(lines.Text(), "ack ")
		if !ok {
			t.Errorf("the process says %q", lines.Text())
			continue
		}
		if members = append(members, member); len(members) == last {
			if err := child.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	_ = child.Wait() // killed
	return members
}

// TestChild is the process that TestKilledInAGroup kills. It prints each member whose reply is acknowledged.
func TestChild(t *testing.T) {
	if flag.NArg() != 2 {
		t.Skip("started by TestKilledInAGroup")
	}
	s, err := Open(flag.Arg(0))
	if err != nil {
		t.Fatal(err)
	}
	q, err := s.Ask(Asking{Channel: study, Deck: flag.Arg(1), Day: "2026-03-02", Card: knowledge.Card{ID: "c"}, At: monday})
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for n := range 64 {
		wg.Go(func() {
			for i := 0; ; i++ {
				r := Reply{Member: chat.MemberID(fmt.Sprintf("%s-%d-%d", flag.Arg(1), n, i)), Text: "because", At: monday}
				if _, err := s.Reply(q.ID, r, takingPart); err != nil {
					t.Error(err)
					return
				}
				fmt.Println("ack", r.Member)
			}
		})
	}
	wg.Wait()
}
