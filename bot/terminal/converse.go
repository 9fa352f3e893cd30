package terminal

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"
)

// converse is Run on a terminal.
func (r *run) converse(ctx context.Context, e *editor) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	r.showPast()
	r.note(r.words().welcome, r.member)
	stop, err := e.start(r.cfg.In, r.prompt(), append(r.commandNames(), "as", "press", "cancel", "quit", "exit"))
	if err != nil {
		return err
	}
	defer stop()
	lines := make(chan typed, 16) // what is typed while the bot works
	go e.read(r.cfg.In, func(t typed) bool {
		select {
		case lines <- t:
			return true
		case <-ctx.Done():
			return false
		}
	})
	clock := time.NewTicker(tickEvery)
	defer clock.Stop()
	r.due(ctx, r.time())
	for !r.left {
		select {
		case <-ctx.Done():
			return nil
		case <-clock.C:
			r.due(ctx, r.time())
		case in := <-lines:
			if err := r.typed(ctx, e, in); err != nil {
				return err
			}
		}
	}
	return nil
}

// typed does what a line, or its end, asks for.
func (r *run) typed(ctx context.Context, e *editor, in typed) error {
	switch {
	case in.err == io.EOF:
		r.left = true
		return nil
	case errors.Is(in.err, interrupt{}):
		if r.forms[r.member] == nil {
			r.left = true
			return nil
		}
		r.cancel(ctx, r.member, "")
	case in.err != nil:
		return fmt.Errorf("terminal: %w", in.err)
	case len(in.line) > maxLine:
		r.note(r.words().tooLong, maxLine>>10)
	default:
		r.say(ctx, r.member, in.line)
	}
	e.ask(r.prompt(), r.proposal())
	return nil
}

// prompt names who speaks, or the field that he fills in.
func (r *run) prompt() string {
	if f := r.forms[r.member]; f != nil {
		w := r.words()
		return r.member + " · " + oneLine(f.field().Label) + w.open + w.interactivelyOut + w.close + "> "
	}
	return r.member + "> "
}

// proposal is what the field holds at first.
func (r *run) proposal() string {
	if f := r.forms[r.member]; f != nil && f.part == "" {
		return f.field().Value
	}
	return ""
}
