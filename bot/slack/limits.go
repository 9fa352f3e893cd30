package slack

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// limits keeps how long Slack wants to be left alone, by lane: a method, or a method in a channel
// (https://docs.slack.dev/apis/web-api/rate-limits). The zero limits hold nobody up.
type limits struct {
	mu    sync.Mutex
	until map[string]time.Time
}

// A busyError means that a lane is closed for longer than the caller would wait. Nothing was sent.
type busyError struct {
	lane  string
	until time.Time
}

func (e busyError) Error() string {
	return fmt.Sprintf("Slack limits %s until %s", e.lane, e.until.UTC().Format("15:04:05"))
}

// wait waits until the lane is open, at most for patience.
func (l *limits) wait(ctx context.Context, lane string, patience time.Duration) error {
	deadline := time.Now().Add(patience)
	for {
		l.mu.Lock()
		until := l.until[lane]
		l.mu.Unlock()
		now := time.Now()
		if !until.After(now) {
			return ctx.Err()
		}
		if until.After(deadline) {
			return busyError{lane, until}
		}
		if err := sleep(ctx, until.Sub(now)); err != nil {
			return err
		}
	}
}

// maxLanes is how many lanes are remembered.
const maxLanes = 5000

// hold closes a lane for d.
func (l *limits) hold(lane string, d time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.until == nil || len(l.until) > maxLanes {
		l.until = map[string]time.Time{} // at worst Slack says it once more
	}
	if until := time.Now().Add(d); until.After(l.until[lane]) {
		l.until[lane] = until
	}
}

// sleep waits for d or until ctx is done.
func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
