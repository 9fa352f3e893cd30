package discord

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"studybot/bot/chat"
	"studybot/bot/chat/chattest"
)

func TestNetwork(t *testing.T) {
	chattest.TestNetwork(t, func(t *testing.T) chattest.Subject {
		d := newDouble(t)
		n := d.network(t, nil)
		return chattest.Subject{Network: n, Channel: testChannel, Shown: d.shown, Pings: d.pings}
	})
}

// shown is what clients show of all that was sent.
func (d *double) shown() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var b strings.Builder
	for _, r := range d.requests {
		if (r.method == "POST" || r.method == "PATCH") && strings.Contains(r.path, "/messages") && !strings.HasSuffix(r.path, "/threads") {
			b.WriteString(seen(r.body))
		}
	}
	return b.String()
}

// seen is what a client shows of a message, in plain text.
func seen(body map[string]any) string {
	var b strings.Builder
	line := func(v any) {
		if s, ok := v.(string); ok {
			b.WriteString(unmarked(s) + "\n")
		}
	}
	line(body["content"])
	embeds, _ := body["embeds"].([]any)
	for _, e := range embeds {
		e := e.(map[string]any)
		line(e["title"])
		line(e["description"])
		if f, ok := e["footer"].(map[string]any); ok {
			b.WriteString(f["text"].(string) + "\n")
		}
	}
	rows, _ := body["components"].([]any)
	for _, row := range rows {
		buttons, _ := row.(map[string]any)["components"].([]any)
		for _, button := range buttons {
			shown := []any{button}
			if options, ok := button.(map[string]any)["options"].([]any); ok {
				shown = options
			}
			for _, s := range shown {
				b.WriteString("[" + s.(map[string]any)["label"].(string) + "] ")
			}
		}
	}
	return b.String() + "\n"
}

var (
	fences  = regexp.MustCompile("(?s)```[^\n]*\n(.*?)\n```")
	escaped = regexp.MustCompile("\\\\([^\\pL\\pN\\s])|\\*\\*|(?m:^-# )|`")
)

// unmarked takes Discord's marks out of a text, but not out of code.
func unmarked(s string) string {
	var b strings.Builder
	for s != "" {
		at := fences.FindStringSubmatchIndex(s)
		if at == nil {
			at = []int{len(s), len(s), len(s), len(s)}
		}
		b.WriteString(escaped.ReplaceAllString(s[:at[0]], "$1") + s[at[2]:at[3]])
		s = s[at[1]:]
	}
	return b.String()
}

var ping = regexp.MustCompile(`@everyone|@here|<@[!&]?\d+>`)

// pings are those whom the messages would notify: all who are named, unless allowed_mentions says nobody. What stands
// in an embed notifies nobody.
func (d *double) pings() (names []string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, r := range d.requests {
		body := r.body
		if data, ok := body["data"].(map[string]any); ok { // of an interaction
			body = data
		}
		if _, isMessage := body["embeds"]; !isMessage {
			continue
		}
		allowed, _ := json.Marshal(body["allowed_mentions"])
		if string(allowed) != `{"parse":[],"replied_user":false}` {
			names = append(names, r.method+" "+r.path+" allows "+string(allowed))
		}
		names = append(names, ping.FindAllString(string(r.raw), -1)...) // not even in an embed
	}
	return names
}

var _ chat.Network = (*Network)(nil)

// A key names a message of its channel, not one of another.
func TestKeyInAnotherChannel(t *testing.T) {
	d := newDouble(t)
	const other = "200000000000000077"
	d.channels[other] = &doubleChannel{}
	n := d.network(t, nil)
	a, err := n.Post(t.Context(), testChannel, *say("x"), "k1")
	if err != nil {
		t.Fatal(err)
	}
	if _, there, err := n.Find(t.Context(), other, "k1"); there || err != nil {
		t.Errorf("found in the other channel: %v", err)
	}
	b, err := n.Post(t.Context(), other, *say("x"), "k1")
	if err != nil || a == b {
		t.Errorf("got %q and %q: %v", a, b, err)
	}
}
