// Package slack is Slack as a chat network: it translates and delivers, and decides nothing.
//
// What members do comes in over Socket Mode, or over HTTP where the bot has a public address. Both bring
// the same payloads, see decode.go; each is acknowledged first, then answered by a worker, in the order
// in which its member did things. What comes twice is answered once.
//
// What the bot says goes out as Block Kit. Text of notes, names and replies is put into rich text and
// plain text, where Slack reads no markup and so no mention; the little that is markup is escaped.
//
// A message that must not be posted twice carries its key in its metadata, by which it is found again.
package slack

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"studybot/bot/chat"
)

// Command is the slash command of the app's manifest.
const Command = "/study"

// Config says how to reach Slack.
type Config struct {
	BotToken string // xoxb-…

	AppToken      string // xapp-…, for Socket Mode
	SigningSecret string // for HTTP
	Listen        string // address of the HTTP listener, such as "127.0.0.1:3000"; "" means Socket Mode

	APIURL   string          // base of the Web API; "" means https://slack.com/api/
	Admins   []chat.MemberID // who may run the bot besides the workspace's admins and the channel's creator
	Usages   []chat.Usage    // the bot's commands; what begins with none of them is a lookup
	Language string          // spoken to members whose own is not known: "zh" or "en"; "" means "en"
	Log      *slog.Logger    // nil means log nothing
}

// A Network is a workspace of Slack. Its methods may be called at the same time.
type Network struct {
	cfg    Config
	api    *slack.Client
	base   string // of the Web API, with a slash at its end
	client *http.Client
	limits limits
	people people
	seen   chat.Recent[struct{}] // deliveries
	keys   chat.Recent[string]   // of messages that were posted, with their IDs
	team   string                // the workspace's ID; set before anything is taken in

	posting sync.Mutex // one post at a time
	fatal   chan error // why Run has to end; the first counts
}

// The Web API answers in much less; a lookup for a long thread may take some seconds.
const (
	callTimeout = 20 * time.Second
	maxConns    = 64 // to one host
)

// New returns a network, and an error where a setting is missing or cannot be right. It does not speak to
// Slack yet.
func New(cfg Config) (*Network, error) {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	cfg.Language = cmp.Or(cfg.Language, "en")
	if err := cfg.check(); err != nil {
		return nil, err
	}
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConnsPerHost, t.MaxConnsPerHost = maxConns, maxConns
	client := &http.Client{Transport: t, Timeout: callTimeout}
	base := strings.TrimSuffix(cmp.Or(cfg.APIURL, slack.APIURL), "/") + "/"
	api := slack.New(cfg.BotToken, slack.OptionHTTPClient(client), slack.OptionAppLevelToken(cfg.AppToken), slack.OptionAPIURL(base))
	return &Network{cfg: cfg, api: api, base: base, client: client, fatal: make(chan error, 1)}, nil
}

// check never puts a value into an error: it may be a secret in the wrong place.
func (c Config) check() error {
	var errs []error
	if !strings.HasPrefix(c.BotToken, "xoxb-") {
		errs = append(errs, errors.New("the bot token must begin with xoxb-: it stands under OAuth & Permissions of the app's pages"))
	}
	switch {
	case c.Listen == "" && !strings.HasPrefix(c.AppToken, "xapp-"):
		errs = append(errs, errors.New("the app-level token must begin with xapp-: make one with the scope connections:write under Basic Information"))
	case c.Listen != "" && c.SigningSecret == "":
		errs = append(errs, errors.New("no signing secret: it stands under Basic Information of the app's pages"))
	}
	if i := slices.IndexFunc(c.Admins, func(m chat.MemberID) bool { return !memberID(string(m)) }); i >= 0 {
		errs = append(errs, fmt.Errorf("%q is no member ID: copy it from the member's profile, it looks like U024BE7LH", c.Admins[i]))
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("slack: %w", err)
	}
	return nil
}

// memberID reports whether s looks like a member's ID: U or W, then capitals and digits.
func memberID(s string) bool {
	return len(s) > 1 && (s[0] == 'U' || s[0] == 'W') && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == ""
}

// Name is "slack".
func (n *Network) Name() string { return "slack" }

// Typed is the command behind the slash command: "/study ask".
func (n *Network) Typed(command string) string { return Command + " " + command }

// Hears is true: the manifest asks for what is said in channels.
func (n *Network) Hears() bool { return true }
