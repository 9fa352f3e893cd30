package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"

	"studybot/bot"
	"studybot/bot/discord"
)

// discordFlags say how the bot behaves in Discord. The secret comes from the environment: DISCORD_TOKEN, or the file that
// DISCORD_TOKEN_FILE names; DISCORD_API_URL is the base of the REST API where that is elsewhere.
type discordFlags struct {
	DiscordContent  bool     `name:"discord.message_content" help:"In Discord, also take answers typed in a question's thread; needs the intent Message Content." env:"STUDYBOT_DISCORD_MESSAGE_CONTENT"`
	DiscordChannels []string `name:"discord.channels" help:"IDs of Discord channels with a question of the day; others begin by /study-admin setup." env:"STUDYBOT_DISCORD_CHANNELS" placeholder:"ID"`
	DiscordAdmins   []string `name:"discord.admins" help:"IDs of Discord users who may run the bot, besides those who may manage the server." env:"STUDYBOT_DISCORD_ADMINS" placeholder:"ID"`
}

// network is Discord, nil where its token is not set.
func (f discordFlags) network(_ string, log *slog.Logger) (*served, error) {
	n, err := f.open(log)
	if n == nil || err != nil {
		return nil, err
	}
	how := "Discord"
	if len(f.DiscordChannels) == 0 {
		how += "; in a channel, \"" + n.Typed("setup") + "\" begins the question of the day"
	}
	return &served{messenger: n, channels: f.DiscordChannels, how: how}, nil
}

func (f discordFlags) open(log *slog.Logger) (*discord.Network, error) {
	token, err := secret("DISCORD_TOKEN")
	if token == "" || err != nil {
		return nil, err
	}
	if err := errors.Join(areIDs("discord.channels", f.DiscordChannels), areIDs("discord.admins", f.DiscordAdmins)); err != nil {
		return nil, err
	}
	return discord.New(discord.Config{
		Token: token, API: os.Getenv("DISCORD_API_URL"), Usages: bot.Usages(), Content: f.DiscordContent,
		Admins: f.DiscordAdmins, Log: log,
	})
}

// areIDs returns an error where an ID that a setting names can be none.
func areIDs(setting string, ids []string) error {
	for _, id := range ids {
		if id == "" || strings.Trim(id, "0123456789") != "" {
			return fmt.Errorf("%s: %q is no ID: switch on Developer Mode in Discord (User Settings, Advanced), then right-click the channel or the user, and copy its ID", setting, id)
		}
	}
	return nil
}

// checkDiscord prints the link that invites the bot, and says whether Discord takes the token, and what to do next.
func (f discordFlags) checkDiscord(ctx context.Context, r *report) {
	n, err := f.open(nil)
	if n == nil && err == nil {
		return
	}
	r.network(ctx, "Discord", err, func(ctx context.Context) (string, error) {
		if link, err := n.Invite(ctx); err == nil {
			r.line("Discord", "invite the bot by "+link, nil)
		}
		who, err := n.Check(ctx)
		return who + "; start it with \"studybot serve\", and type \"" + n.Typed("setup") + "\" in a channel", err
	})
}

// discordCmd serves Discord alone.
type discordCmd struct {
	botFlags
	discordFlags
}

// Run serves until it is told to end, or Discord will not have the bot.
func (c discordCmd) Run(p program) error {
	return c.serve(p, func(language string, log *slog.Logger) ([]served, error) {
		n, err := c.network(language, log)
		if err == nil && n == nil {
			err = errors.New("no token of Discord is set: set DISCORD_TOKEN, or name a file that holds it as DISCORD_TOKEN_FILE; \"studybot check\" says what is missing")
		}
		if err != nil {
			return nil, err
		}
		return []served{*n}, nil
	})
}
