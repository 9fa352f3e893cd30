package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"

	"studybot/bot"
	"studybot/bot/chat"
	"studybot/bot/slack"
)

// slackFlags say how Slack is reached. The secrets come from the environment: SLACK_BOT_TOKEN, SLACK_APP_TOKEN and
// SLACK_SIGNING_SECRET, or files that these names with _FILE behind name; SLACK_API_URL is the Web API of a workspace
// that is elsewhere, such as GovSlack.
type slackFlags struct {
	SlackMode     string   `name:"slack.mode" help:"How Slack brings events: socket needs no public address, http a proxy with TLS in front." env:"STUDYBOT_SLACK_MODE" default:"socket" enum:"socket,http" aliases:"mode"`
	SlackListen   string   `name:"slack.listen" help:"In the mode http, the address of the listener." env:"STUDYBOT_SLACK_LISTEN" default:"127.0.0.1:3000" placeholder:"HOST:PORT" aliases:"listen"`
	SlackChannels []string `name:"slack.channels" help:"IDs of Slack channels with a question of the day; others begin by /study setup." env:"STUDYBOT_SLACK_CHANNELS" placeholder:"ID"`
	SlackAdmins   []string `name:"slack.admins" help:"IDs of Slack members who may run the bot, besides the workspace's admins and the channel's creator." env:"STUDYBOT_SLACK_ADMINS" placeholder:"ID"`
}

// slackSecrets are the tokens, by the modes that need them.
func (f slackFlags) slackSecrets() []string {
	if f.SlackMode == "http" {
		return []string{"SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"}
	}
	return []string{"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"}
}

// whence says where a secret of Slack comes from, in the pages of the app at https://api.slack.com/apps.
var whence = map[string]string{
	"SLACK_BOT_TOKEN":      "OAuth & Permissions, Bot User OAuth Token",
	"SLACK_APP_TOKEN":      "Basic Information, App-Level Tokens, with the scope connections:write",
	"SLACK_SIGNING_SECRET": "Basic Information, Signing Secret",
}

// open makes the network, nil where no secret of it is set.
func (f slackFlags) open(language string, log *slog.Logger) (*slack.Network, error) {
	set := map[string]string{}
	var missing []error
	for _, name := range f.slackSecrets() {
		value, err := secret(name)
		if err != nil {
			return nil, err
		}
		if set[name] = value; value == "" {
			missing = append(missing, fmt.Errorf("%s is not set: copy it from the app's pages (%s)", name, whence[name]))
		}
	}
	switch {
	case len(missing) == len(f.slackSecrets()):
		return nil, nil
	case len(missing) > 0:
		return nil, errors.Join(missing...)
	}
	cfg := slack.Config{
		BotToken: set["SLACK_BOT_TOKEN"], AppToken: set["SLACK_APP_TOKEN"], SigningSecret: set["SLACK_SIGNING_SECRET"],
		APIURL: os.Getenv("SLACK_API_URL"), Usages: bot.Usages(), Language: language, Log: log,
	}
	for _, id := range f.SlackAdmins {
		cfg.Admins = append(cfg.Admins, chat.MemberID(id))
	}
	if f.SlackMode == "http" {
		cfg.Listen = f.SlackListen
	}
	return slack.New(cfg)
}

// network is Slack, nil where no secret of it is set.
func (f slackFlags) network(language string, log *slog.Logger) (*served, error) {
	n, err := f.open(language, log)
	if n == nil || err != nil {
		return nil, err
	}
	how := "Slack over Socket Mode"
	if f.SlackMode == "http" {
		how = fmt.Sprintf("Slack over HTTP at %s, paths %s", f.SlackListen, strings.Join(slack.Paths, ", "))
	}
	if len(f.SlackChannels) == 0 {
		how += "; in a channel, \"" + n.Typed("setup") + "\" begins the question of the day"
	}
	return &served{messenger: n, channels: f.SlackChannels, how: how}, nil
}

// checkSlack says whether Slack takes the tokens that are set, and what to do next.
func (f slackFlags) checkSlack(ctx context.Context, r *report) {
	n, err := f.open("", nil)
	if n == nil && err == nil {
		return
	}
	r.network(ctx, "Slack", err, func(ctx context.Context) (string, error) {
		who, err := n.Check(ctx)
		return who + "; start it with \"studybot serve\", invite it to a channel with /invite, and type \"" + n.Typed("setup") + "\" there", err
	})
}

// slackCmd serves Slack alone.
type slackCmd struct {
	botFlags
	slackFlags
}

// Run serves until it is told to end, or Slack will not have the bot.
func (c slackCmd) Run(p program) error {
	return c.serve(p, func(language string, log *slog.Logger) ([]served, error) {
		n, err := c.network(language, log)
		if err == nil && n == nil {
			err = errors.New("no token of Slack is set: set " + strings.Join(c.slackSecrets(), " and ") + "; \"studybot check\" says where they come from")
		}
		if err != nil {
			return nil, err
		}
		return []served{*n}, nil
	})
}
