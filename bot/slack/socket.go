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

// A connection takes in envelopes over Socket Mode. The library connects again by itself.
type connection struct {
	*Network
	client *socketmode.Client
	in     inbox
	down   bool // as the log says
}

// connect runs until ctx is done. It returns an error where the app-level token is refused.
func (n *Network) connect(ctx context.Context, in inbox) error {
	client := socketmode.New(n.api, socketmode.OptionReadLimit(maxEnvelope), socketmode.OptionLog(log.New(io.Discard, "", 0)))
	c := &connection{Network: n, client: client, in: in}
	ended := make(chan error, 1)
	go func() { ended <- client.RunContext(ctx) }()
	for {
		select {
		case ev := <-client.Events: // nothing here may block for long: pings and reconnects wait for it
			c.take(ctx, ev)
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

// take acknowledges what has an envelope, and logs what becomes of the connection, once each time.
func (c *connection) take(ctx context.Context, ev socketmode.Event) {
	switch data := ev.Data.(type) {
	case *slack.ConnectionErrorEvent:
		c.noteFatal(data.ErrorObj)
		if !c.down && ctx.Err() == nil {
			c.cfg.Log.Warn("no connection to Slack; trying again until there is", "err", plain(data.ErrorObj))
			c.down = true
		}
		return
	case *socketmode.ConnectedEvent:
		if c.down {
			c.cfg.Log.Warn("connected to Slack again")
			c.down = false
		}
		return
	case *socketmode.ErrorBadMessage: // of a kind that the library does not know: it has an envelope all the same
		var req socketmode.Request
		if json.Unmarshal(data.Message, &req) == nil {
			ev.Request = &req
		}
	}
	if req := ev.Request; req != nil && req.EnvelopeID != "" {
		c.acknowledge(ctx, *req)
	}
}

// acknowledge queues an envelope and acknowledges it; its answer is worked out meanwhile.
func (c *connection) acknowledge(ctx context.Context, req socketmode.Request) {
	if !c.in.take(req.Type, req.Payload) {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, ackWithin)
	defer cancel()
	if err := c.client.AckCtx(ctx, req.EnvelopeID, nil); err != nil {
		c.cfg.Log.Info("an envelope was not acknowledged; Slack brings it again", "err", err)
	}
}
