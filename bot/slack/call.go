package slack

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"studybot/bot/chat"
)

// defaultHold is how long a lane is closed when Slack limits it and does not say for how long.
const defaultHold = 10 * time.Second

// call does one call of a method. Where Slack limits the lane (a method, or a method and a channel) it waits and
// calls again, for at most patience in all: a limited call was not carried out. No other failure is tried again here.
func (n *Network) call(ctx context.Context, method string, channel chat.ChannelID, patience time.Duration, do func(context.Context) error) error {
	lane := strings.TrimSpace(method + " " + string(channel))
	deadline := time.Now().Add(patience)
	for {
		if err := n.limits.wait(ctx, lane, time.Until(deadline)); err != nil {
			return fmt.Errorf("%s: %w", method, err)
		}
		err := plain(do(ctx))
		if err == nil {
			return nil
		}
		hold, limited := limitedFor(err)
		if !limited {
			n.noteFatal(err)
			return fmt.Errorf("%s: %w", method, err)
		}
		n.cfg.Log.Info("limited by Slack", "method", method, "channel", channel, "seconds", hold.Seconds())
		n.limits.hold(lane, hold)
	}
}

// limitedFor reports whether a call was limited, and for how long the next has to wait.
func limitedFor(err error) (time.Duration, bool) {
	if limited, ok := errors.AsType[*slack.RateLimitedError](err); ok {
		return max(limited.RetryAfter, time.Second), true
	}
	if status, ok := errors.AsType[slack.StatusCodeError](err); ok && status.Code == http.StatusTooManyRequests {
		return defaultHold, true
	}
	code := codeOf(err)
	return defaultHold, code == "ratelimited" || code == "rate_limited" || code == "message_limit_exceeded"
}

// codeOf is the error code in a reply of Slack, "" where there was none.
func codeOf(err error) string {
	if reply, ok := errors.AsType[slack.SlackErrorResponse](err); ok {
		return reply.Err
	}
	return ""
}

// plain takes the address off an error of net/http: a response_url and the address of a web socket are secrets.
func plain(err error) error {
	if u, ok := errors.AsType[*url.Error](err); ok {
		return u.Err
	}
	if reply, ok := errors.AsType[slack.SlackErrorResponse](err); ok && reply.Err == "missing_scope" {
		return fmt.Errorf("%w: the app needs the scope %s: paste its manifest again and reinstall it", reply, reply.Needed)
	}
	return err
}

// dead are the codes after which no call can succeed.
var dead = map[string]string{
	"invalid_auth":            "the token is not valid",
	"not_authed":              "there is no token",
	"account_inactive":        "the app was removed from the workspace",
	"token_revoked":           "the token was revoked",
	"token_expired":           "the token has expired",
	"not_allowed_token_type":  "the token is of another kind: the bot token begins with xoxb-, the app-level token with xapp-",
	"team_access_not_granted": "the workspace has not granted access to the app",
}

// noteFatal ends Run where err says that the bot is no longer welcome.
func (n *Network) noteFatal(err error) {
	if why, ok := dead[codeOf(err)]; ok {
		n.end(fmt.Errorf("refused by Slack (%s): %s", codeOf(err), why))
	}
}

// end makes Run end with err.
func (n *Network) end(err error) {
	select {
	case n.fatal <- err:
	default: // it ends already
	}
}

// refusals are the codes of a message that was not posted and will not be as things are.
var refusals = []string{
	"channel_not_found", "not_in_channel", "is_archived", "restricted_action", "restricted_action_read_only_channel",
	"restricted_action_thread_only_channel", "restricted_action_non_threadable_channel", "restricted_action_thread_locked",
	"messages_tab_disabled", "user_not_in_channel", "cannot_dm_bot", "no_permission", "ekm_access_denied",
}

func refused(err error) bool { return slices.Contains(refusals, codeOf(err)) }

// uncertain reports whether a call that failed may have been carried out all the same: its answer was lost, or says
// that something broke half-way.
func uncertain(err error) bool {
	if code := codeOf(err); code != "" {
		return slices.Contains([]string{"fatal_error", "internal_error", "request_timeout", "service_unavailable"}, code)
	}
	if status, ok := errors.AsType[slack.StatusCodeError](err); ok {
		return status.Code >= 500
	}
	if op, ok := errors.AsType[*net.OpError](err); ok && op.Op == "dial" {
		return false
	}
	if _, ok := errors.AsType[*net.DNSError](err); ok {
		return false
	}
	_, busy := errors.AsType[busyError](err)
	_, limited := errors.AsType[*slack.RateLimitedError](err)
	return !busy && !limited
}
