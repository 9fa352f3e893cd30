package terminal

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
	"time"

	"studybot/bot/chat"
)

// paper is a screen that only scrolls: a pipe, a file. It is full, and takes no more, from the
// first write that fails.
type paper struct {
	mu   sync.Mutex
	w    io.Writer
	full error
}

func (p *paper) show(text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.full == nil {
		_, p.full = io.WriteString(p.w, text)
	}
}

func (p *paper) columns() int { return 0 }

func (p *paper) failed() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.full
}

// showPost shows a public message. what is "" for a new one.
func (t *Terminal) showPost(id chat.MessageID, m chat.Message, what string) {
	notes := []string{}
	if m.Thread != "" {
		notes = append(notes, t.words().inThread)
	}
	t.showMessage(id, m, "  ", append(notes, what))
}

// showWhisper shows a message that one member sees, with a bar at its side.
func (t *Terminal) showWhisper(id chat.MessageID, w whisper, what string) {
	t.showMessage(id, w.message, t.style().dim("│")+" ", []string{t.onlySeenBy(w.to), what})
}

func (t *Terminal) onlySeenBy(member string) string {
	if member == me {
		return t.words().onlyYou
	}
	return fmt.Sprintf(t.words().onlyOne, member)
}

func (t *Terminal) showMessage(id chat.MessageID, m chat.Message, bar string, notes []string) {
	st := t.style()
	head := st.bold("studybot")
	w := t.words()
	if n := join(notes, w.join); n != "" {
		head += st.dim(w.open + n + w.close)
	}
	if strings.HasPrefix(bar, " ") {
		head += w.colon
	} else {
		head = bar + head + w.colon
	}
	lines := render(m, t.buttons.number(id, m), st.narrower(2))
	t.screen.show(strings.Join(append([]string{head}, indent(lines, bar)...), "\n") + "\n\n")
}

// note shows a line of the terminal's own.
func (t *Terminal) note(format string, args ...any) {
	st := t.style()
	lines := st.wrap("(" + oneLine(fmt.Sprintf(format, args...)) + ")")
	t.screen.show(strings.Join(each(lines, st.dim), "\n") + "\n")
}

// showForm shows a line of a form, which one member sees.
func (t *Terminal) showForm(text, hint string) {
	st := t.style()
	lines := st.narrower(2).wrap(oneLine(text + hint))
	t.screen.show(strings.Join(indent(lines, st.dim("│")+" "), "\n") + "\n")
}

// showTime shows where the clock stands now.
func (t *Terminal) showTime(at time.Time) {
	t.screen.show(t.style().dim("── "+t.date(at)+" ──") + "\n")
}

func (t *Terminal) date(at time.Time) string {
	layout := "Mon 2006-01-02 15:04"
	if at.Second() != 0 {
		layout += ":05"
	}
	return at.In(t.cfg.Zone).Format(layout)
}

func (t *Terminal) style() style {
	return style{colour: t.cfg.Colour, width: t.screen.columns()}
}

// showPast shows the channel's last messages, as a chat client does when it is opened.
func (t *Terminal) showPast() {
	t.mu.Lock()
	defer t.mu.Unlock()
	const most = 5
	var past []posted
	for i := len(t.transcript.posts) - 1; i >= 0 && len(past) < most; i-- {
		if p := t.transcript.posts[i]; p.channel == t.cfg.Channel {
			past = append(past, p)
		}
	}
	for i := len(past) - 1; i >= 0; i-- {
		t.showTime(past[i].at)
		t.showPost(past[i].id, past[i].message, "")
	}
}

// buttons numbers the buttons that are shown, so that they can be pressed.
type buttons struct {
	all     []button
	numbers map[button]int   // 1, 2, …
	order   []chat.MessageID // that have buttons, as they were shown; the latest last
}

// A button is told apart by where it stands and what it does: an edit keeps its number.
type button struct {
	message chat.MessageID
	action  string
}

// number gives the message's buttons their numbers, and makes it the latest that has some.
func (b *buttons) number(id chat.MessageID, m chat.Message) []int {
	if b.numbers == nil {
		b.numbers = map[button]int{}
	}
	if len(m.Buttons) > 0 {
		b.order = append(b.order, id)
	}
	var numbers []int
	for _, x := range m.Buttons {
		key := button{id, x.Action}
		if b.numbers[key] == 0 {
			b.all = append(b.all, key)
			b.numbers[key] = len(b.all)
		}
		numbers = append(numbers, b.numbers[key])
	}
	return numbers
}

// press finds the button that member means by its number, or the latest that he sees by its label.
func (t *Terminal) press(member, which string) (chat.Press, bool) {
	if n, err := strconv.Atoi(which); err == nil {
		if n < 1 || n > len(t.buttons.all) {
			return chat.Press{}, false
		}
		b := t.buttons.all[n-1]
		return t.pressed(b.message, member, func(x chat.Button) bool { return x.Action == b.action })
	}
	labelled := func(x chat.Button) bool { return strings.EqualFold(oneLine(x.Label), which) }
	for i := len(t.buttons.order) - 1; i >= 0; i-- {
		if p, ok := t.pressed(t.buttons.order[i], member, labelled); ok {
			return p, true
		}
	}
	for i := len(t.transcript.posts) - 1; i >= 0; i-- {
		if p, ok := t.pressed(t.transcript.posts[i].id, member, labelled); ok {
			return p, true
		}
	}
	return chat.Press{}, false
}

// pressed returns the press of the button of a message that is the one, if member can see it.
func (t *Terminal) pressed(id chat.MessageID, member string, is func(chat.Button) bool) (chat.Press, bool) {
	m, ok := t.message(id, member)
	if !ok {
		return chat.Press{}, false
	}
	for _, b := range m.Buttons {
		if is(b) {
			return chat.Press{Action: b.Action, Message: id}, true
		}
	}
	return chat.Press{}, false
}
