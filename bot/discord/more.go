package discord

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"studybot/bot/chat"
)

// ours is what the action of a button of this package begins with, which no button of the bot does.
const ours = "~"

// more holds the pages of long messages, until there are too many.
type more struct {
	mu    sync.Mutex
	pages map[string][]page // by what they say
}

// maxMore is how many long messages are remembered. Of a forgotten one, or after a restart, the command is given again
// that it answers; where it answers none, the member is told to ask again.
const maxMore = 500

// A part is a page of the answer to a command, which has no name where the message answers none.
type part struct {
	chat.Command
	page int
}

// button shows a page. What the message answers stands in its action, where there is room for it.
func (m *more) button(pages []page, of part) chat.Button {
	h := sha256.New()
	for _, p := range pages {
		fmt.Fprintf(h, "%s\x00%s\x00", p.title, p.text)
	}
	id := hex.EncodeToString(h.Sum(nil)[:6])
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.pages) >= maxMore {
		clear(m.pages)
	}
	m.pages[id] = pages
	action := fmt.Sprintf("%smore %d %s", ours, of.page, id)
	if full := action + " " + of.Name + " " + of.Args; of.Name != "" && upTo(full, maxAction) == len(full) {
		action = full
	}
	return chat.Button{Action: action, Label: fmt.Sprintf("More · 更多 (%d/%d)", of.page+1, len(pages))}
}

// A wanted is a page that somebody wants to see.
type wanted struct {
	part
	id string
}

// wants reads the action of a button of this package.
func wants(action string) (w wanted, ok bool) {
	words := strings.SplitN(action, " ", 5)
	if words[0] != ours+"more" || len(words) < 3 {
		return wanted{}, false
	}
	page, err := strconv.Atoi(words[1])
	if err != nil || page < 1 {
		return wanted{}, false
	}
	w.id, w.page = words[2], page
	if len(words) > 3 {
		w.Name = words[3]
	}
	if len(words) > 4 {
		w.Args = words[4]
	}
	return w, true
}

// find returns the pages that are wanted, nil where they are not remembered.
func (m *more) find(w wanted) []page {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.pages[w.id]
}

// page shows a page that is wanted, or says that it is gone. ok is false where the command it answers can be given again.
func (n *Network) page(w wanted, language string) (out outgoing, ok bool) {
	if pages := n.more.find(w); w.page < len(pages) {
		return hidden(n.show(pages, nil, "", w.part)), true
	}
	return n.private(phrase(language).gone), w.Name == ""
}
