package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"time"
)

// maxBody is the largest request that is read.
const maxBody = 1 << 20

// Paths are where Slack sends events, pressed buttons and sent forms, and slash commands. Each takes any of them.
var Paths = []string{"/slack/events", "/slack/interactions", "/slack/commands"}

// listen takes in requests over HTTP until ctx is done. TLS is for a proxy in front.
func (n *Network) listen(ctx context.Context, in inbox) error {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", n.cfg.Listen)
	if err != nil {
		return fmt.Errorf("slack: %w", err)
	}
	server := &http.Server{
		Handler: n.routes(in), ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: 10 * time.Second,
		IdleTimeout: time.Minute, MaxHeaderBytes: 64 << 10,
	}
	n.cfg.Log.Info("listening for Slack", "address", l.Addr().String())
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	select {
	case err := <-ended:
		return fmt.Errorf("slack: %w", err)
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastAnswers)
	defer cancel()
	return errors.Join(ctx.Err(), server.Shutdown(last))
}

func (n *Network) routes(in inbox) http.Handler {
	g := &gate{secret: n.cfg.SigningSecret}
	mux := http.NewServeMux()
	for _, path := range Paths {
		mux.HandleFunc("POST "+path, func(w http.ResponseWriter, r *http.Request) { n.request(w, r, g, in) })
	}
	return mux
}

// request answers at once; the work is done later.
func (n *Network) request(w http.ResponseWriter, r *http.Request, g *gate, in inbox) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		http.Error(w, "too long", http.StatusRequestEntityTooLarge)
		return
	}
	switch err := g.check(r.Header, body); {
	case errors.Is(err, errReplay):
		w.WriteHeader(http.StatusOK) // it was taken in
		return
	case err != nil:
		n.cfg.Log.Warn("a request that Slack has not signed", "err", err)
		http.Error(w, "not signed", http.StatusUnauthorized)
		return
	}
	kind, payload, err := parse(r.Header.Get("Content-Type"), body)
	switch {
	case err != nil:
		http.Error(w, "unreadable", http.StatusBadRequest)
	case kind == "url_verification":
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = w.Write(payload) // Slack asks again
	case kind == "ssl_check" || in.take(kind, payload):
		w.WriteHeader(http.StatusOK)
	default:
		http.Error(w, "too busy", http.StatusServiceUnavailable)
	}
}

// parse says what a request brings, as an envelope of Socket Mode would; of url_verification, the challenge.
func parse(contentType string, body []byte) (kind string, payload []byte, err error) {
	if media, _, _ := mime.ParseMediaType(contentType); media == "application/json" {
		var first struct {
			Type      string `json:"type"`
			Challenge string `json:"challenge"`
		}
		if err := json.Unmarshal(body, &first); err != nil {
			return "", nil, err
		}
		if first.Type == "url_verification" {
			return first.Type, []byte(first.Challenge), nil
		}
		return "events_api", body, nil
	}
	form, err := url.ParseQuery(string(body))
	switch {
	case err != nil:
		return "", nil, err
	case form.Get("ssl_check") != "":
		return "ssl_check", nil, nil
	case form.Has("payload"):
		return "interactive", []byte(form.Get("payload")), nil
	case form.Has("command"):
		return "slash_commands", slashPayload(form), nil
	}
	return "", nil, errors.New("neither an event nor a command")
}

// slashPayload is a slash command as Socket Mode brings it.
func slashPayload(form url.Values) []byte {
	fields := map[string]string{}
	for name := range form {
		fields[name] = form.Get(name)
	}
	payload, _ := json.Marshal(fields) // a map of strings always can be
	return payload
}
