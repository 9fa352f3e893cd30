package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"studybot/bot/chat"
)

// Run hears what members do and hands it to handle, until ctx is done, and then returns nil. What was begun is finished
// before it returns, within some seconds. It returns an error where Discord will not have the bot: the token is wrong, or
// an intent is not allowed. Everything else is tried again, and logged.
//
// What one member does is handled in its order. An event that comes again is handled once.
func (n *Network) Run(ctx context.Context, handle chat.Handler) error {
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	r := &run{Network: n, ctx: work, ending: ctx.Done(), handle: handle}
	g := &gateway{
		address: n.gatewayAddress, token: n.cfg.Token, intents: n.intents(), heard: r.heard, wait: n.wait, log: n.cfg.Log,
	}
	err := g.run(ctx)
	if !r.ended(n.wait.end) {
		cancel()
		r.ended(n.wait.end)
	}
	return err
}

// intents are what is asked to be told: interactions come without, mentions and direct messages need theirs, and what
// people write elsewhere is read only where the settings say so.
func (n *Network) intents() discordgo.Intent {
	i := discordgo.IntentGuildMessages | discordgo.IntentDirectMessages
	if n.cfg.Content {
		i |= discordgo.IntentMessageContent
	}
	return i
}

// gatewayAddress asks where the gateway is. An error is errFatal where the token is wrong.
func (n *Network) gatewayAddress(ctx context.Context) (string, error) {
	var got struct {
		URL   string `json:"url"`
		Start *struct {
			Remaining int   `json:"remaining"`
			After     int64 `json:"reset_after"` // ms
		} `json:"session_start_limit"`
	}
	err := n.call(ctx, http.MethodGet, discordgo.EndpointGatewayBot, nil, &got)
	var r *refusal
	if errors.As(err, &r) && r.status == http.StatusUnauthorized {
		return "", fmt.Errorf("%w: %s", errFatal, fatal[4004])
	}
	if errors.As(err, &r) && r.status == http.StatusNotFound {
		err = n.call(ctx, http.MethodGet, discordgo.EndpointGateway, nil, &got)
	}
	if err != nil {
		return "", fmt.Errorf("the gateway's address: %w", err)
	}
	if got.Start != nil && got.Start.Remaining < 1 && got.Start.After > 0 {
		return "", fmt.Errorf("no more sessions today: Discord allows new ones in %s", time.Duration(got.Start.After)*time.Millisecond)
	}
	return got.URL, nil
}

// A run is what happens during Run.
type run struct {
	*Network
	ctx    context.Context // of the work, which outlives that of Run for a moment
	ending <-chan struct{} // closed when Run is to end
	handle chat.Handler

	members    serial
	seen       chat.Recent[struct{}]
	working    sync.WaitGroup
	registered sync.Mutex // held while commands are registered
	done       bool       // they are; guarded by registered
}

// heard has an event handled. It does not block.
func (r *run) heard(kind string, data json.RawMessage) {
	switch kind {
	case "READY":
		r.begin(kind, func() { r.ready(data) })
	case "INTERACTION_CREATE":
		var i interaction
		err := json.Unmarshal(data, &i) // what can be read of it is there, whatever the error
		switch {
		case !i.answerable():
			r.cfg.Log.Warn("an interaction cannot be read")
		case !r.seen.Put(i.ID, struct{}{}):
		case err != nil:
			r.cfg.Log.Warn("an interaction cannot be read", "channel", i.Channel)
			if i.Type != typeComplete {
				r.begin(kind, func() { r.first(r.ctx, i, respondMessage, r.private(phrase(language(i.Locale)).failed)) })
			}
		default:
			t := r.members.take(i.by())
			r.begin(kind, func() { r.interact(r.ctx, i, r.handle, t) })
		}
	case "MESSAGE_CREATE":
		var m message
		if json.Unmarshal(data, &m) != nil || !isID(m.ID) || !isID(m.Channel) || !r.seen.Put(m.ID, struct{}{}) {
			return
		}
		t := r.members.take(m.Author.ID)
		r.begin(kind, func() {
			defer t.end()
			<-t.before
			r.hear(r.ctx, m, r.handle)
		})
	}
}

// begin begins some work. A panic in it is logged.
func (r *run) begin(kind string, work func()) {
	r.working.Go(func() {
		defer func() {
			if p := recover(); p != nil {
				r.cfg.Log.Error("an event could not be handled", "event", kind, "err", fmt.Errorf("panic: %v", p))
			}
		}()
		work()
	})
}

// ready notes who we are, and registers the commands once a run.
func (r *run) ready(data json.RawMessage) {
	var ready struct {
		User        user `json:"user"`
		Application struct {
			ID string `json:"id"`
		} `json:"application"`
	}
	if json.Unmarshal(data, &ready) != nil || ready.User.ID == "" || ready.Application.ID == "" {
		r.cfg.Log.Warn("READY names no application")
		return
	}
	r.mu.Lock()
	r.me = ready.User.ID
	r.mu.Unlock()
	r.registered.Lock()
	defer r.registered.Unlock()
	if r.done {
		return
	}
	if r.done = r.registers(ready.Application.ID); r.done {
		r.cfg.Log.Info("connected to Discord", "member", ready.User.ID)
	}
}

// registers registers the commands, again and again until Discord takes or refuses them, or Run is to end. It reports
// whether they are registered.
func (r *run) registers(app string) bool {
	for wait := r.wait.again; ; wait = min(2*wait, r.wait.retry) {
		err := r.register(r.ctx, app)
		switch {
		case err == nil:
			return true
		case isRefused(err):
			r.cfg.Log.Error("members see no, or old, commands; restart to try again", "err", err)
			return false
		}
		r.cfg.Log.Warn("members see no, or old, commands; trying again", "in", wait.String(), "err", err)
		select {
		case <-r.ending:
			return false
		case <-time.After(wait):
		}
	}
}

// ended waits until what was begun is finished, and reports whether it is.
func (r *run) ended(most time.Duration) bool {
	done := make(chan struct{})
	go func() { r.working.Wait(); close(done) }()
	select {
	case <-done:
		return true
	case <-time.After(most):
		return false
	}
}
