package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"studybot/bot/chat"
	"studybot/store"
)

// A messenger is a chat network that brings events while it runs. Run returns nil when ctx is done, and an error where
// the network will not have the bot.
type messenger interface {
	chat.Network
	Run(ctx context.Context, handle chat.Handler) error
}

// A served network is one that the settings name.
type served struct {
	messenger
	channels []string // with a question of the day by configuration; others begin by setup
	how      string   // in a few words, for whoever starts it
}

// serveCmd serves every network whose tokens are set. A network is added by its flags and a line of networks.
type serveCmd struct {
	botFlags
	slackFlags
	discordFlags
}

func (c serveCmd) networks(language string, log *slog.Logger) (all []served, err error) {
	for _, open := range []func(string, *slog.Logger) (*served, error){c.slackFlags.network, c.discordFlags.network} {
		n, err := open(language, log)
		if err != nil {
			return nil, err
		}
		if n != nil {
			all = append(all, *n)
		}
	}
	if len(all) == 0 {
		return nil, errors.New("no network is configured: set SLACK_BOT_TOKEN and SLACK_APP_TOKEN, or DISCORD_TOKEN; \"studybot check\" says what is missing")
	}
	return all, nil
}

// Run serves until it is told to end, or no network will have the bot.
func (c serveCmd) Run(p program) error { return c.botFlags.serve(p, c.networks) }

// serve runs a bot in the networks that open opens.
func (f botFlags) serve(p program, open func(language string, log *slog.Logger) ([]served, error)) (err error) {
	if _, err := open("", slog.New(slog.DiscardHandler)); err != nil {
		return usageError{err} // before the notes are read
	}
	l, err := f.open(p, false)
	if errors.Is(err, context.Canceled) {
		return nil // told to leave before it began
	}
	if err != nil {
		return err
	}
	defer closeInto(&err, l.Close)
	all, err := open(string(l.language), l.log)
	if err != nil {
		return usageError{err}
	}
	var networks []chat.Network
	var channels []store.Channel
	for _, n := range all {
		networks = append(networks, n.messenger)
		for _, id := range n.channels {
			channels = append(channels, store.Channel{Network: n.Name(), ID: chat.ChannelID(id)})
		}
		fmt.Fprintf(p.err, "studybot: serving %s\n", n.how)
	}
	b, err := l.bot(networks, channels)
	if err != nil {
		return err
	}
	sayLeftOut(p.err, l.notes.Problems())
	r, stop := l.read(p)
	defer stop()
	ctx, cancel := context.WithCancel(p)
	ticking := make(chan struct{})
	go func() { defer close(ticking); tickAlong(ctx, tick(b, r), l.log) }()
	err = runAll(ctx, all, b.Handle, p.err)
	cancel()
	<-ticking
	return err
}

// runAll runs networks until ctx is done, or none is left. One that will not have the bot is said at once, and again at
// the end by the error; the others go on without it.
func runAll(ctx context.Context, all []served, handle chat.Handler, out io.Writer) error {
	errs := make([]error, len(all))
	var running sync.WaitGroup
	var left atomic.Int64
	left.Store(int64(len(all)))
	for i, n := range all {
		running.Go(func() {
			errs[i] = n.Run(ctx, handle)
			if left.Add(-1) > 0 && errs[i] != nil {
				fmt.Fprintf(out, "studybot: %v; the other networks go on\n", errs[i])
			}
		})
	}
	running.Wait()
	return errors.Join(errs...)
}

// tickEvery is how often what is due is looked for.
const tickEvery = 5 * time.Second

// tickAlong calls tick until ctx is done. What fails is logged and tried again.
func tickAlong(ctx context.Context, tick func(context.Context, time.Time) error, log *slog.Logger) {
	last := ""
	for timer := time.NewTicker(tickEvery); ; {
		err := tick(ctx, time.Now())
		text := ""
		if err != nil && ctx.Err() == nil {
			text = err.Error()
		}
		if text != "" && text != last { // not every five seconds
			log.Error("not everything that is due could be done; trying again", "err", text)
		}
		last = text
		select {
		case <-timer.C:
		case <-ctx.Done():
			return
		}
	}
}

// secret is what the variable NAME holds, or the file that NAME_FILE names; "" for neither.
func secret(name string) (string, error) {
	if v := os.Getenv(name); v != "" {
		return strings.TrimSpace(v), nil
	}
	path := os.Getenv(name + "_FILE")
	if path == "" {
		return "", nil
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("%s_FILE: %w", name, err)
	}
	v := strings.TrimSpace(string(b))
	if v == "" {
		return "", fmt.Errorf("%s_FILE: %s is empty", name, path)
	}
	return v, nil
}
