package slack

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/slack-go/slack"

	"studybot/bot/chat"
)

// errReplay means that a request was seen before, to the letter.
var errReplay = errors.New("the request was seen before")

// A gate lets in what Slack has signed, within five minutes and once
// (https://docs.slack.dev/authentication/verifying-requests-from-slack).
type gate struct {
	secret string
	seen   chat.Recent[struct{}]
}

// check checks the signature of a request's raw body. It remembers some thousand signatures; what is sent again after
// so many is known by its payload.
func (g *gate) check(header http.Header, body []byte) error {
	v, err := slack.NewSecretsVerifier(header, g.secret)
	if err == nil {
		_, _ = v.Write(body) // into a hash: it cannot fail
		err = v.Ensure()
	}
	if err != nil {
		return fmt.Errorf("signature: %w", err)
	}
	if !g.seen.Put(strings.ToLower(header.Get("X-Slack-Signature")), struct{}{}) {
		return errReplay
	}
	return nil
}
