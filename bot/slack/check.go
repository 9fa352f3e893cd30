package slack

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"
)

// scopes are those of the manifest: what the bot token has to be allowed.
var scopes = []string{
	"app_mentions:read", "channels:history", "channels:read", "chat:write", "commands",
	"groups:history", "groups:read", "im:history", "reactions:write", "users:read",
}

// Check asks Slack whether it takes the tokens, and says who the bot is and where. It returns an error that says what to
// do where a token is refused, or lacks a scope.
func (n *Network) Check(ctx context.Context) (who string, err error) {
	var self *slack.AuthTestResponse
	err = n.call(ctx, "auth.test", "", 5*time.Second, func(ctx context.Context) (err error) {
		self, err = n.api.AuthTestContext(ctx)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("the bot token is not taken: %w", explained(err))
	}
	if lacks := lacking(self.Header.Get("X-OAuth-Scopes")); len(lacks) > 0 {
		return "", fmt.Errorf("the bot token lacks the scopes %s: paste the manifest again and reinstall the app", strings.Join(lacks, ", "))
	}
	if n.cfg.Listen == "" {
		err = n.call(ctx, "apps.connections.open", "", 5*time.Second, func(ctx context.Context) error {
			_, _, err := n.api.StartSocketModeContext(ctx)
			return err
		})
		if err != nil {
			return "", fmt.Errorf("the app-level token is not taken: %w", explained(err))
		}
	}
	return fmt.Sprintf("the bot is @%s in the workspace %s", self.User, self.Team), nil
}

// lacking are the scopes that a token lacks; given is what Slack says that it has, "" for nothing said.
func lacking(given string) (lacks []string) {
	if given == "" {
		return nil
	}
	has := strings.Split(strings.ReplaceAll(given, " ", ""), ",")
	for _, s := range scopes {
		if !slices.Contains(has, s) {
			lacks = append(lacks, s)
		}
	}
	return lacks
}

// explained adds to an error what its code means, where it is known.
func explained(err error) error {
	if why, ok := dead[codeOf(err)]; ok {
		return fmt.Errorf("%w: %s", err, why)
	}
	return err
}
