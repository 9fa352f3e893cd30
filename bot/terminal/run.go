package terminal

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"studybot/bot/chat"
)

// tickEvery is how often a terminal lets happen what is due. Nothing in a day is timed more
// finely than to the minute.
const tickEvery = 5 * time.Second

// me is the member who speaks until /as names another.
const me = "you"

// Run reads until the input ends, somebody leaves, or ctx is done, and then returns nil. It
// hands to handle what members do, and calls tick with the time. It returns an error for a step
// of the script that sets an impossible time, which it names by its line, for input that
// cannot be read, and for the output of a script that cannot be written, at which it ends. A
// failed handle or tick is shown and logged, and the run goes on.
//
// A read that is under way when Run returns stays so until the input has something.
func (t *Terminal) Run(ctx context.Context, handle chat.Handler, tick func(context.Context, time.Time) error) error {
	if t.cfg.In == nil {
		return errors.New("terminal: no input: set Config.In")
	}
	r := &run{Terminal: t, handle: handle, tick: tick, member: me, forms: map[string]*filling{}}
	if e, ok := t.screen.(*editor); ok {
		return r.converse(ctx, e)
	}
	err := r.script(ctx)
	if full := t.screen.failed(); full != nil {
		err = errors.Join(err, fmt.Errorf("terminal: what is shown cannot be written: %w", full))
	}
	return err
}

// A run is what Run keeps while it goes on. It is used by one goroutine.
type run struct {
	*Terminal
	handle chat.Handler
	tick   func(context.Context, time.Time) error

	member string              // who speaks
	forms  map[string]*filling // open, by member
	ticked bool
	hinted bool
	left   bool
	failed string // the last failure of tick; it is not shown again and again
}

// typed is a line of input, or how the input ended.
type typed struct {
	line string
	err  error // errTooLong: there is more; any other: there is not
}

// script carries out the lines of a script.
func (r *run) script(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	lines := make(chan typed)
	go readLines(ctx, r.cfg.In, lines)
	for n := 1; !r.left && r.screen.failed() == nil; n++ {
		var in typed
		select {
		case <-ctx.Done():
			return nil
		case in = <-lines:
		}
		switch {
		case in.err == io.EOF:
			return nil
		case in.err == errTooLong:
			r.note(r.words().lineTooLong, n, maxLine>>10)
			continue
		case in.err != nil:
			return fmt.Errorf("terminal: script line %d: %w", n, in.err)
		}
		if n == 1 {
			in.line = strings.TrimPrefix(in.line, "\uFEFF")
		}
		s, err := parseStep(in.line, r.cfg.Zone)
		if err != nil {
			return fmt.Errorf("terminal: script line %d: %w", n, err)
		}
		r.step(ctx, s)
	}
	return nil
}

func readLines(ctx context.Context, in io.Reader, lines chan<- typed) {
	b := bufio.NewReader(in)
	for {
		line, err := readLine(b)
		select {
		case lines <- typed{line, err}:
		case <-ctx.Done():
			return
		}
		if err != nil && err != errTooLong {
			return
		}
	}
}

// step carries out one step of the script to its end.
func (r *run) step(ctx context.Context, s step) {
	switch {
	case s.empty():
	case !s.at.IsZero():
		r.setClock(s.at)
		r.due(ctx, s.at)
	default:
		member := s.member
		if member == "" {
			member = r.member
		}
		r.echo(member, s.text)
		if !r.ticked {
			r.due(ctx, r.time())
		}
		r.say(ctx, member, s.text)
	}
}

// setClock stops the clock at a time. The bot can bear a clock that goes back, but whoever wrote
// the script may not have meant it.
func (r *run) setClock(at time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.clock = at
	r.showTime(at)
	if at.Before(r.heard) {
		r.note(r.words().setBack, r.date(r.heard))
	}
}

// due lets happen what is due.
func (r *run) due(ctx context.Context, now time.Time) {
	r.ticked = true
	r.heardAt(now)
	if r.tick == nil {
		return
	}
	err := r.tick(ctx, now)
	if err == nil || ctx.Err() != nil {
		r.failed = ""
		return
	}
	if r.failed != err.Error() {
		r.sorry("tick failed", err)
	}
	if r.cfg.Interactive { // it will be called again in a moment
		r.failed = err.Error()
	}
}

// time is the time that the bot is told.
func (r *run) time() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.now()
}

func (r *run) heardAt(now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.heard = now
}

// echo shows what a member says, for there is no telling from a pipe.
func (r *run) echo(member, text string) {
	const most = 500 // characters
	text = oneLine(text)
	if rest := []rune(text); len(rest) > most {
		text = string(rest[:most]) + fmt.Sprintf("… (%d characters)", len(rest))
	}
	r.screen.show(strings.TrimSpace(r.style().accent(member+":")+" "+text) + "\n")
}

// sorry says that something failed, and logs it.
func (r *run) sorry(what string, err error, attrs ...any) {
	r.cfg.Log.Error(what, append(attrs, "err", err)...)
	const most = 200 // characters
	short, _, _ := strings.Cut(chat.Plain(err.Error()), "\n")
	if rest := []rune(short); len(rest) > most {
		short = string(rest[:most]) + "…"
	}
	r.screen.show(strings.Join(r.style().wrap(fmt.Sprintf(r.words().failed, short)), "\n") + "\n\n")
}
