package slack

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"studybot/bot/chat"
)

// maxWaiting is how many deliveries may wait for an answer. What comes beyond is not acknowledged, so that Slack
// brings it again.
const maxWaiting = 10000

// maxHandling is how many events the bot handles at a time: it is work for the processor.
const maxHandling = 8

// work answers deliveries: those of one member one after the other, those of others at the same time.
type work struct {
	serve func(delivery)

	mu      sync.Mutex
	queues  map[chat.MemberID][]delivery // of members who are being answered
	waiting int
	closed  bool
	all     sync.WaitGroup
}

// add takes a delivery, and reports whether there was room for it.
func (w *work) add(d delivery) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed || w.waiting >= maxWaiting {
		return false
	}
	w.waiting++
	m := d.event.Member.ID
	queue, busy := w.queues[m]
	w.queues[m] = append(queue, d)
	if !busy {
		w.all.Go(func() { w.answer(m) })
	}
	return true
}

// answer serves a member until nothing waits.
func (w *work) answer(m chat.MemberID) {
	for {
		w.mu.Lock()
		queue := w.queues[m]
		if len(queue) == 0 {
			delete(w.queues, m)
			w.mu.Unlock()
			return
		}
		d := queue[0]
		w.queues[m] = queue[1:]
		w.mu.Unlock()
		w.serve(d)
		w.mu.Lock()
		w.waiting--
		w.mu.Unlock()
	}
}

// close takes no more, and waits for what was taken, at most for d.
func (w *work) close(d time.Duration) {
	w.mu.Lock()
	w.closed = true
	w.mu.Unlock()
	done := make(chan struct{})
	go func() { w.all.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(d):
	}
}

// handling bounds how many events are handled at a time, and makes a panic an error.
func handling(handle chat.Handler) chat.Handler {
	slots := make(chan struct{}, maxHandling)
	return func(ctx context.Context, ev chat.Event) (_ chat.Response, err error) {
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
			return chat.Response{}, ctx.Err()
		}
		defer func() {
			<-slots
			if r := recover(); r != nil {
				err = fmt.Errorf("the handler panicked: %v\n%s", r, debug.Stack())
			}
		}()
		return handle(ctx, ev)
	}
}

// recovered keeps a panic while one answer is delivered from ending everything.
func (n *Network) recovered(ev chat.Event) {
	if r := recover(); r != nil {
		n.cfg.Log.Error("an event made the program panic", "channel", ev.Channel, "member", ev.Member.ID, "err", fmt.Sprint(r), "stack", string(debug.Stack()))
	}
}
