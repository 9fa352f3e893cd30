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
// that it answers, or the button pressed; where it answers none, the member is told what to do.
const maxMore = 500

// A part is a page of what came of a command or a press, which has no name, or "", where the message came of none.
type part struct {
	chat.Command
	press string // its action
	page  int
}

// again is what brings the message again, as the action of a button ends; "" for nothing.
func (p part) again() string {
	switch {
	case p.press != "":
		return " " + pressed + " " + p.press
	case p.Name != "":
		return " " + p.Name + " " + p.Args
	}
	return ""
}

// pressed stands before an action where else a command stands, of which it is none.
const pressed = "!"

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
	if full := action + of.again(); upTo(full, maxAction) == len(full) {
		action = full
	}
	return chat.Button{Action: action, Label: fmt.Sprintf("More · 更多 (%d/%d)", of.page+1, len(pages))}
}

// giving is a button that gives a command for whoever presses it.
func giving(c chat.Command, label string) chat.Button {
	action := strings.TrimSpace(ours + "give " + c.Name + " " + c.Args)
	if upTo(action, maxAction) < len(action) {
		action = ours + "give " + c.Name
	}
	return chat.Button{Action: action, Label: label, Primary: true}
}

// given is the command that a button gives.
func given(action string) (c chat.Command, ok bool) {
	rest, ok := strings.CutPrefix(action, ours+"give ")
	c.Name, c.Args, _ = strings.Cut(rest, " ")
	return c, ok
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
	if w.Name == pressed {
		w.Command, w.press = chat.Command{}, w.Args
	}
	return w, true
}

// find returns the pages that are wanted, nil where they are not remembered.
func (m *more) find(w wanted) []page {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.pages[w.id]
}

// page shows a page that is wanted, or says that it is gone. ok is false where what it came of can be done again.
func (n *Network) page(w wanted, language string) (out outgoing, ok bool) {
	if pages := n.more.find(w); w.page < len(pages) {
		return hidden(n.show(pages, nil, "", w.part)), true
	}
	return n.private(phrase(language).gone), w.again() == ""
}

// own takes in the press of a button: where the button is this package's own, ev becomes what it asks the bot for, or done
// says that out answers it.
func (n *Network) own(ev *chat.Event) (of part, out outgoing, done bool) {
	if c, ok := given(ev.Press.Action); ok {
		ev.Press, ev.Command = nil, &c
		return part{Command: c}, out, false
	}
	w, ok := wants(ev.Press.Action)
	if !ok {
		return part{press: ev.Press.Action}, out, false
	}
	if out, done = n.page(w, ev.Language); done {
		return of, out, true
	}
	if w.press != "" {
		ev.Press.Action = w.press
	} else {
		ev.Press, ev.Command = nil, &w.Command
	}
	return w.part, out, false
}
