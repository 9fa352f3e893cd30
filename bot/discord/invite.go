package discord

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"
)

// Permissions are what the bot does in a channel, and all that its invitation asks for.
const Permissions = discordgo.PermissionViewChannel | // Find, and who answered
	discordgo.PermissionReadMessageHistory | // Find
	discordgo.PermissionSendMessages | // Post
	discordgo.PermissionEmbedLinks | // Post, whose messages are embeds
	discordgo.PermissionAddReactions | // the mark at an answer that was taken
	discordgo.PermissionCreatePublicThreads | // a thread below the question
	discordgo.PermissionSendMessagesInThreads // the reveal, in that thread

// Invite is the link by which the owner of a server invites the bot. It asks Discord for the application only where the
// token does not tell it.
func (n *Network) Invite(ctx context.Context) (string, error) {
	app := applicationOf(n.cfg.Token)
	if app == "" {
		var got struct {
			ID string `json:"id"`
		}
		if err := n.call(ctx, http.MethodGet, discordgo.EndpointOAuth2Application("@me"), nil, &got); err != nil {
			return "", fmt.Errorf("discord: application: %w", err)
		}
		app = got.ID
	}
	query := url.Values{"client_id": {app}, "scope": {"bot applications.commands"}, "permissions": {strconv.FormatInt(Permissions, 10)}}
	return "https://discord.com/oauth2/authorize?" + query.Encode(), nil
}

// Flags of an application that may read what is written in threads: in many servers, in few.
const (
	mayRead    = 1 << 18
	mayReadFew = 1 << 19
)

// Check asks Discord whether it takes the token, and says who the bot is. It returns an error that says what to do where
// the token is refused, an intent that the settings need is switched off, or commands go elsewhere.
func (n *Network) Check(ctx context.Context) (who string, err error) {
	var app struct {
		Name      string `json:"name"`
		Flags     int    `json:"flags"`
		Elsewhere string `json:"interactions_endpoint_url"`
	}
	err = n.call(ctx, http.MethodGet, discordgo.EndpointApplication("@me"), nil, &app)
	var r *refusal
	switch {
	case errors.As(err, &r) && r.status == http.StatusUnauthorized:
		return "", errors.New(fatal[4004])
	case err != nil:
		return "", fmt.Errorf("discord: application: %w", err)
	case n.cfg.Content && app.Flags&(mayRead|mayReadFew) == 0:
		return "", errors.New(fatal[4014])
	case app.Elsewhere != "":
		return "", errors.New("commands go elsewhere: empty Interactions Endpoint URL on the page General Information of the application")
	}
	return "the bot is " + app.Name, nil
}

// applicationOf reads the application's ID, which is no secret, out of the first part of a token; "" where it holds none.
func applicationOf(token string) string {
	first, _, _ := strings.Cut(token, ".")
	b, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(first, "="))
	if err != nil || len(b) < 15 || strings.Trim(string(b), "0123456789") != "" {
		return ""
	}
	return string(b)
}
