package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"time"

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
	return discord.New(discord.Config{
		Token: token, API: os.Getenv("DISCORD_API_URL"), Usages: bot.Usages(), Content: f.DiscordContent,
		Admins: f.DiscordAdmins, Log: log,
	})
}

// discordInvite is the link that invites the bot to a server, "" where no token of Discord is set.
func discordInvite(ctx context.Context) (string, error) {
	n, err := discordFlags{}.open(nil)
	if n == nil || err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	return n.Invite(ctx)
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
