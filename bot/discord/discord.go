// Package discord is the chat network Discord: servers with channels and threads, and direct messages.
//
// Run holds the gateway and hands to the bot what members do: commands below /study, buttons, forms, mentions
// of the bot, direct messages, and answers in the thread below a question. It decides nothing. Post, Find and
// Edit need no gateway.
//
// # Posted once
//
// A message that is posted with a key carries it twice: as its nonce, by which Discord itself
// drops a repetition for a few minutes, and in the address of its embed, which a client does not show where
// an embed has no title, and which stays when the message is edited. Where it is unknown whether a message was
// taken, the channel is read and the address looked for; nothing is sent a second time on a guess.
//
// # What is not taken from discordgo
//
// Its types, addresses and REST session are used. Its gateway is not: it waits for ever for a HELLO,
// notices a dead connection after five missed acks, tries again after close codes that say not to, and ends
// the program on frames such as null. Its waits for rate limits do not end with the context, so ours stand below its session.
package discord

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"studybot/bot/chat"
)

// Config says how to reach Discord, and what members find there.
type Config struct {
	Token  string       // of the bot; a secret, which stands in no log and no error
	API    string       // base of the REST API; "" means https://discord.com/api/v10
	Usages []chat.Usage // the commands, as members type them below /study and /study-admin

	Content bool     // also read answers typed in threads: needs the privileged intent Message Content
	Admins  []string // IDs of users who may use the commands of whoever runs the bot, besides those who may manage the server

	Transport http.RoundTripper // under all REST requests; nil means http.DefaultTransport
	Log       *slog.Logger      // nil means log nothing
}

// A Network is Discord as one bot sees it. Its methods may be called from any goroutine.
type Network struct {
	cfg      Config
	session  *discordgo.Session // REST only
	commands []command
	wait     timing

	posting chan struct{}               // holds one token while something is posted: one post at a time
	posts   chat.Recent[chat.MessageID] // by channel and key
	keys    chat.Recent[chat.Key]       // of messages, "" for none
	opened  chat.Recent[struct{}]       // messages whose threads were opened, or are refused
	parents chat.Recent[string]         // the channels of threads, "" for what is no thread
	more    more

	mu      sync.Mutex
	me      string // the bot's user, "" until it is known
	threads threads
}

// timing is how long things may take.
type timing struct {
	answer  time.Duration // a handler, before an interaction is deferred: Discord waits 3 s for the first response
	first   time.Duration // an attempt to give the first response
	token   time.Duration // an interaction in all: its token lives 15 minutes
	connect time.Duration // each of: the connection, HELLO, READY
	again   time.Duration // before the second connection, doubled up to retry
	retry   time.Duration
	end     time.Duration // handlers at work when Run is told to end
}

var usual = timing{
	answer: 1800 * time.Millisecond, first: 1500 * time.Millisecond, token: 14*time.Minute + 30*time.Second, connect: 20 * time.Second,
	again: 2 * time.Second, retry: 2 * time.Minute, end: 5 * time.Second,
}

// New returns a network. It connects to nothing. It returns an error for a token or an address that can be none, and
// for commands that Discord would refuse.
func New(cfg Config) (*Network, error) {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	cfg.Token = strings.TrimPrefix(strings.TrimSpace(cfg.Token), "Bot ")
	if cfg.Token == "" || strings.ContainsFunc(cfg.Token, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return nil, errors.New("discord: this is no bot token: copy it anew from the page Bot of the application at https://discord.com/developers")
	}
	base, err := parseBase(cfg.API)
	if err != nil {
		return nil, fmt.Errorf("discord: %w", err)
	}
	commands, err := commandSet(cfg.Usages)
	if err != nil {
		return nil, fmt.Errorf("discord: %w", err)
	}
	s, err := discordgo.New("Bot " + cfg.Token)
	if err != nil {
		return nil, errors.New("discord: no session")
	}
	next := cfg.Transport
	if next == nil {
		next = http.DefaultTransport
	}
	s.Client = &http.Client{Transport: &transport{base: base, next: next, routes: map[string]time.Time{}}}
	s.MaxRestRetries, s.ShouldRetryOnRateLimit = 0, false
	return &Network{
		cfg: cfg, session: s, commands: commands, wait: usual, posting: make(chan struct{}, 1),
		threads: threads{}, more: more{pages: map[string][]page{}},
	}, nil
}

// Name is "discord".
func (n *Network) Name() string { return "discord" }

// Typed is the command below /study, or below /study-admin where it is for whoever runs the bot.
func (n *Network) Typed(name string) string {
	for _, u := range n.cfg.Usages {
		if u.Name == name && u.Admin {
			return "/" + adminCommand + " " + name
		}
	}
	return "/" + memberCommand + " " + name
}

// Hears reports whether the text of messages in threads may be read.
func (n *Network) Hears() bool { return n.cfg.Content }

// myself is the bot's user ID.
func (n *Network) myself(ctx context.Context) (string, error) {
	n.mu.Lock()
	me := n.me
	n.mu.Unlock()
	if me != "" {
		return me, nil
	}
	var u user
	if err := n.call(ctx, http.MethodGet, discordgo.EndpointUser("@me"), nil, &u); err != nil {
		return "", err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.me = cmp.Or(n.me, u.ID)
	return n.me, nil
}
