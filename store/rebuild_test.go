package store

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"studybot/bot/chat"
)

// Who reads while the folds are made again, as after a member's data was deleted, sees all of them or waits: an act
// that was done long ago is never pending again, and no board is half.
func TestReadingDuringARebuild(t *testing.T) {
	s := open(t)
	for n := range 3 {
		q := ask(t, s, n)
		if err := s.Posted(Act{Key: q.ID.PostKey(), Channel: study, Question: q.ID}, chat.MessageID("m-"+q.ID), q.At); err != nil {
			t.Fatal(err)
		}
		reply(t, s, q, "ada", .5)
		reveal(t, s, q)
		if err := s.Posted(Act{Key: q.ID.RevealKey(), Channel: study, Question: q.ID}, chat.MessageID("r-"+q.ID), q.At); err != nil {
			t.Fatal(err)
		}
	}
	want, err := s.Board(study, "", "9999")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error)
	go func() {
		var err error
		for n := 0; n < 30 && err == nil; n++ {
			err = s.Forget(study.Network, "nobody", monday)
		}
		done <- err
	}()
	for {
		select {
		case err := <-done:
			if err != nil {
				t.Fatal(err)
			}
			return
		case <-time.After(time.Millisecond):
		}
		acts, err := s.Pending()
		if err != nil || len(acts) > 0 {
			t.Errorf("pending: %+v %v", acts, err)
		}
		got, err := s.Board(study, "", "9999")
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Fatalf("the board while the folds are made (-want +got): %v\n%s", err, diff)
		}
	}
}
