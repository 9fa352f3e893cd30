package slack

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

// ackWithin is how long an acknowledgement waits for its turn on the connection; after 3 s Slack has brought the
// envelope again.
const ackWithin = 2 * time.Second

// maxEnvelope is the largest envelope that is read, in bytes: a form that is sent holds its whole view, 250 kB.
const maxEnvelope = 2 << 20

// connect takes in envelopes over Socket Mode. The library connects again by itself; it gives up where the token is
// refused.
func (n *Network) connect(ctx context.Context, in inbox) error {
	client := socketmode.New(n.api, socketmode.OptionReadLimit(maxEnvelope), socketmode.OptionLog(log.New(io.Discard, "", 0)))
	ended := make(chan error, 1)
	go func() { ended <- client.RunContext(ctx) }()
	for {
		select {
		case ev := <-client.Events: // nothing here may block for long: pings and reconnects wait for it
			n.envelope(ctx, client, in, ev)
		case err := <-ended:
			if ctx.Err() != nil {
				return ctx.Err()
			}
			err = plain(err)
			n.noteFatal(err)
			return fmt.Errorf("slack: Socket Mode: %w", err)
		}
	}
}

func (n *Network) envelope(ctx context.Context, client *socketmode.Client, in inbox, ev socketmode.Event) {
	switch data := ev.Data.(type) {
	case *slack.ConnectionErrorEvent:
		n.noteFatal(data.ErrorObj)
		if ctx.Err() == nil {
			n.cfg.Log.Warn("no connection to Slack; trying again", "seconds", data.Backoff.Seconds(), "err", plain(data.ErrorObj))
		}
		return
	case *socketmode.ConnectedEvent:
		n.cfg.Log.Info("connected to Slack", "times", data.ConnectionCount+1)
		return
	case *socketmode.ErrorBadMessage: // of a kind that the library does not know: it has an envelope all the same
		var req socketmode.Request
		if json.Unmarshal(data.Message, &req) == nil {
			ev.Request = &req
		}
	}
	if req := ev.Request; req != nil && req.EnvelopeID != "" {
		n.acknowledge(ctx, client, in, *req)
	}
}

// acknowledge queues an envelope and acknowledges it; its answer is worked out meanwhile.
func (n *Network) acknowledge(ctx context.Context, client *socketmode.Client, in inbox, req socketmode.Request) {
	if !in.take(req.Type, req.Payload) {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, ackWithin)
	defer cancel()
	if err := client.AckCtx(ctx, req.EnvelopeID, nil); err != nil {
		n.cfg.Log.Info("an envelope was not acknowledged; Slack brings it again", "err", err)
	}
}
