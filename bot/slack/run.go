package slack

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/slack-go/slack"

	"studybot/bot/chat"
)

// lastAnswers is how long Run waits, when it is told to end, for answers under way.
const lastAnswers = 10 * time.Second

// Run brings the bot what members do, and members what it answers, until ctx is done; then it returns nil. It returns
// an error where Slack refuses the bot for good: a token is wrong or revoked, or the app was uninstalled. While Slack
// cannot be reached it tries again.
func (n *Network) Run(ctx context.Context, handle chat.Handler) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	failed := make(chan error, 1)
	go func() { failed <- n.run(ctx, handle) }()
	select {
	case err := <-failed:
		select {
		case why := <-n.fatal: // says it better
			return fmt.Errorf("slack: %w", why)
		default:
			return err
		}
	case err := <-n.fatal:
		cancel()
		<-failed
		return fmt.Errorf("slack: %w", err)
	}
}

func (n *Network) run(ctx context.Context, handle chat.Handler) error {
	self, err := n.hello(ctx)
	if err != nil {
		return err
	}
	go n.meet(ctx)
	handle = handling(handle)
	answers, stop := context.WithCancel(context.WithoutCancel(ctx)) // what was taken is answered
	defer stop()
	w := &work{queues: map[chat.MemberID][]delivery{}, serve: func(d delivery) {
		defer n.recovered(d.event)
		n.serve(answers, d, handle)
	}}
	in := inbox{network: n, decoder: decoder{self: self, commands: n.cfg.Usages, now: time.Now}, work: w}
	if n.cfg.Listen != "" {
		err = n.listen(ctx, in)
	} else {
		err = n.connect(ctx, in)
	}
	w.close(lastAnswers)
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return nil
	}
	return err
}

// hello asks Slack who the bot is, until it answers.
func (n *Network) hello(ctx context.Context) (self string, err error) {
	for wait := time.Second; ; wait = min(2*wait, time.Minute) {
		var who *slack.AuthTestResponse
		err := n.call(ctx, "auth.test", "", time.Minute, func(ctx context.Context) (err error) {
			who, err = n.api.AuthTestContext(ctx)
			return err
		})
		if err == nil {
			n.team = who.TeamID
			n.cfg.Log.Info("Slack knows the bot", "member", who.UserID, "team", who.TeamID)
			return who.UserID, nil
		}
		if _, over := dead[codeOf(err)]; over {
			<-ctx.Done() // Run ends, and says why
			return "", ctx.Err()
		}
		if ctx.Err() == nil {
			n.cfg.Log.Warn("Slack cannot be reached; trying again", "err", err)
		}
		if sleep(ctx, wait) != nil {
			return "", nil
		}
	}
}

// An inbox takes in payloads, whichever way they come.
type inbox struct {
	network *Network
	decoder decoder
	work    *work
}

// take takes in a payload, and reports whether it may be acknowledged: it is queued, known, or of no use.
func (in inbox) take(kind string, payload []byte) bool {
	n := in.network
	d, err := in.decoder.envelope(kind, payload)
	switch {
	case errors.Is(err, errUnknown):
		n.cfg.Log.Debug("Slack brought something that nobody asked for", "kind", kind)
		return true
	case err != nil:
		n.cfg.Log.Warn("Slack brought something unreadable", "err", err)
		return true
	case d.over != "":
		n.end(errors.New(d.over))
		return true
	case d.event.Member.ID == "":
		return true
	}
	if d.key != "" && !n.seen.Put(d.key, struct{}{}) {
		return true
	}
	if in.work.add(d) {
		return true
	}
	n.seen.Drop(d.key)
	n.cfg.Log.Warn("too much to do; left for Slack to bring again", "channel", d.event.Channel, "member", d.event.Member.ID)
	return false
}
