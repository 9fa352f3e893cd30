package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"studybot/bot/chat"
)

// defaultAPI is the version that the official description of the API is of.
const defaultAPI = "https://discord.com/api/v10"

var version = regexp.MustCompile(`/v\d+$`)

// parseBase reads the base of the REST API. Without a version, /v10 is meant, and without any path, /api/v10.
func parseBase(api string) (*url.URL, error) {
	if api == "" {
		api = defaultAPI
	}
	u, err := url.Parse(api)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.RawQuery != "" || u.User != nil {
		return nil, errors.New("the address of the API must look like " + defaultAPI)
	}
	switch u.Path = strings.TrimRight(u.Path, "/"); {
	case u.Path == "":
		u.Path = "/api/v10"
	case !version.MatchString(u.Path):
		u.Path += "/v10"
	}
	return u, nil
}

// A refusal is an answer that says no: what was asked for was not done.
type refusal struct {
	status int
	code   int // Discord's, see https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
	text   string
}

func (r *refusal) Error() string {
	return strings.TrimSpace(fmt.Sprintf("Discord says %d %s (code %d)", r.status, r.text, r.code))
}

// Codes of refusals.
const (
	unknownChannel     = 10003
	unknownMessage     = 10008
	unknownInteraction = 10062
	missingAccess      = 50001
	closedDM           = 50007
	missingPermission  = 50013
	alreadyAnswered    = 40060
	notText            = 50008
	threadArchived     = 50083
	threadExists       = 160004
)

func hasCode(err error, codes ...int) bool {
	var r *refusal
	if !errors.As(err, &r) {
		return false
	}
	for _, c := range codes {
		if r.code == c {
			return true
		}
	}
	return false
}

// isRefused reports whether what was asked for was certainly not done.
func isRefused(err error) bool {
	var r *refusal
	return errors.As(err, &r)
}

// isTooLate reports whether an interaction cannot be answered any more.
func isTooLate(err error) bool { return hasCode(err, unknownInteraction) }

// patience is how long a call takes at the most whose caller sets no limit, its waits for a rate limit included: the bot
// tries again later, and others wait for it.
const patience = 30 * time.Second

// call sends a request with a JSON body, nil for none, and reads the answer into out, nil for none. An error is a
// *refusal where Discord said no, and holds no address: addresses of interactions hold their tokens.
func (n *Network) call(ctx context.Context, method, address string, body, out any) error {
	if _, ok := ctx.Deadline(); !ok {
		var cancel func()
		ctx, cancel = context.WithTimeout(ctx, patience)
		defer cancel()
	}
	var b []byte
	if body != nil {
		var err error
		if b, err = json.Marshal(body); err != nil {
			return err
		}
	}
	bucket := new(discordgo.Bucket) // of its own: the waits are the transport's
	bucket.Lock()
	answer, err := n.session.RequestWithLockedBucket(method, address, "application/json", b, bucket, 0, discordgo.WithContext(ctx))
	if err != nil {
		return withoutAddress(err)
	}
	if out != nil {
		if err := json.Unmarshal(answer, out); err != nil {
			return fmt.Errorf("unreadable answer: %w", err)
		}
	}
	return nil
}

// withoutAddress makes an error of discordgo one that may be logged.
func withoutAddress(err error) error {
	var rest *discordgo.RESTError
	var limit *discordgo.RateLimitError
	var addressed *url.Error
	switch {
	case errors.As(err, &rest):
		if rest.Response.StatusCode >= 500 {
			return fmt.Errorf("HTTP %d", rest.Response.StatusCode)
		}
		r := &refusal{status: rest.Response.StatusCode, text: http.StatusText(rest.Response.StatusCode)}
		if rest.Message != nil {
			r.code, r.text = rest.Message.Code, rest.Message.Message
		}
		return r
	case errors.As(err, &limit):
		return &refusal{status: http.StatusTooManyRequests, text: "rate limit"}
	case errors.Is(err, discordgo.ErrUnauthorized):
		return &refusal{status: http.StatusUnauthorized, text: "Unauthorized"}
	case errors.As(err, &addressed):
		return addressed.Err
	case strings.Contains(err.Error(), "HTTP 502"):
		return errors.New("HTTP 502")
	}
	return err
}

// explained is an error of what was certainly not done, with what to do about it.
func explained(err error) error {
	if hasCode(err, notText) {
		return fmt.Errorf("%w: %w: begin in a channel where members write, not in a forum", chat.ErrRefused, err)
	}
	if hasCode(err, unknownChannel, missingAccess, missingPermission) {
		return fmt.Errorf("%w: %w: invite the bot to the channel, by the link that \"studybot check\" prints", chat.ErrRefused, err)
	}
	return err
}

// afterPost is the error of a post: chat.ErrUncertain unless Discord said no, or was not asked.
func afterPost(ctx context.Context, err error) error {
	if err == nil || isRefused(err) || errors.Is(err, errNotSent) {
		return explained(err)
	}
	return fmt.Errorf("%w: %w", chat.ErrUncertain, errors.Join(err, ctx.Err()))
}

// errNotSent means that a request had to wait for longer than its context lasts.
var errNotSent = errors.New("not sent")

// A transport sends requests to the API that is configured, and keeps its rate limits: it waits, as long as the
// request's context lasts, until the limit of the request's route is over
// (https://discord.com/developers/docs/topics/rate-limits). A request that is refused for its rate was not
// done, and is sent again.
type transport struct {
	base *url.URL
	next http.RoundTripper

	mu     sync.Mutex
	routes map[string]time.Time // until when a route may not be used; "" for all
}

// RoundTrip implements http.RoundTripper.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	route := routeOf(req)
	for try := 0; ; try++ {
		if err := t.await(req.Context(), route); err != nil {
			return nil, err
		}
		resp, err := t.once(req)
		if err != nil {
			return nil, err
		}
		limited := t.note(route, resp)
		for key := range resp.Header { // discordgo would sleep on them
			if strings.HasPrefix(key, "X-Ratelimit-") {
				resp.Header.Del(key)
			}
		}
		if !limited || try == 4 {
			return resp, nil
		}
		if req.Body != nil {
			if req.Body, err = req.GetBody(); err != nil {
				return nil, err
			}
		}
	}
}

// maxWait is how long one request may take, its answer included; maxAnswer is the longest answer, in bytes.
const (
	maxWait   = 20 * time.Second
	maxAnswer = 16 << 20
)

// once sends a request, and reads the answer whole.
func (t *transport) once(req *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(req.Context(), maxWait)
	defer cancel()
	resp, err := t.next.RoundTrip(t.directed(req.WithContext(ctx)))
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(b))
	return resp, nil
}

// directed is the request as it is sent.
func (t *transport) directed(req *http.Request) *http.Request {
	path := strings.TrimPrefix(req.URL.EscapedPath(), "/api/v"+discordgo.APIVersion)
	to := *t.base
	to.Path, to.RawPath = t.base.Path+path, ""
	if plain, err := url.PathUnescape(path); err == nil && plain != path {
		to.Path, to.RawPath = t.base.Path+plain, t.base.Path+path
	}
	to.RawQuery = req.URL.RawQuery
	r := req.Clone(req.Context())
	r.URL, r.Host = &to, to.Host
	return r
}

// routeOf names what has a rate limit of its own: the method and the path without the IDs that do not count.
func routeOf(req *http.Request) string {
	parts := strings.Split(strings.TrimPrefix(req.URL.Path, "/api/v"+discordgo.APIVersion+"/"), "/")
	for i := 2; i < len(parts); i++ {
		if !(parts[0] == "webhooks" && i == 2) && strings.Trim(parts[i], "0123456789") == "" {
			parts[i] = "*"
		}
	}
	return req.Method + " " + strings.Join(parts, "/")
}

// firstResponse is what the routes of first responses to interactions begin with. The limit of all routes is none of theirs.
const firstResponse = http.MethodPost + " interactions/"

// await waits until a route, and all routes, may be used.
func (t *transport) await(ctx context.Context, route string) error {
	for {
		t.mu.Lock()
		wait := time.Until(t.routes[route])
		if !strings.HasPrefix(route, firstResponse) {
			wait = max(wait, time.Until(t.routes[""]))
		}
		t.mu.Unlock()
		if wait <= 0 {
			return nil
		}
		if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < wait {
			return fmt.Errorf("%w: the rate limit lasts %s longer", errNotSent, wait.Round(time.Millisecond))
		}
		select {
		case <-ctx.Done():
			return errors.Join(errNotSent, ctx.Err())
		case <-time.After(wait):
		}
	}
}

// note keeps what an answer says of limits, and reports whether the request was refused for its rate.
func (t *transport) note(route string, resp *http.Response) bool {
	limited := resp.StatusCode == http.StatusTooManyRequests
	wait := seconds(resp.Header.Get("X-RateLimit-Reset-After"))
	if limited {
		var body struct {
			After  float64 `json:"retry_after"`
			Global bool    `json:"global"`
		}
		b, _ := io.ReadAll(resp.Body) // read before: it cannot fail
		resp.Body = io.NopCloser(bytes.NewReader(b))
		_ = json.Unmarshal(b, &body) // what cannot be read says nothing
		wait = max(wait, seconds(resp.Header.Get("Retry-After")), seconds(strconv.FormatFloat(body.After, 'f', -1, 64)), 100*time.Millisecond)
		if body.Global || resp.Header.Get("X-RateLimit-Global") != "" {
			route = ""
		}
	}
	if !limited && resp.Header.Get("X-RateLimit-Remaining") != "0" {
		return false
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.routes) > 1000 {
		for r, until := range t.routes {
			if time.Until(until) <= 0 {
				delete(t.routes, r)
			}
		}
	}
	t.routes[route] = time.Now().Add(min(wait, time.Hour))
	return limited
}

// seconds reads a number of seconds; what is none is 0.
func seconds(s string) time.Duration {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || !(f > 0) {
		return 0
	}
	return time.Duration(min(f, 3600) * float64(time.Second))
}
