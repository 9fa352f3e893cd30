package terminal

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"studybot/bot/chat"
)

// A command of the terminal's own.
type command func(r *run, ctx context.Context, member, args string)

func ownCommand(name string) (command, bool) {
	switch name {
	case "as":
		return (*run).as, true
	case "press":
		return (*run).pressButton, true
	case "cancel":
		return (*run).cancel, true
	case "quit", "exit":
		return (*run).quit, true
	}
	return nil, false
}

// say does what follows from a line that a member typed.
func (r *run) say(ctx context.Context, member, text string) {
	name, args, isCommand := parseCommand(strings.TrimSpace(text))
	own, isOwn := ownCommand(name)
	form := r.forms[member]
	switch {
	case isCommand && isOwn:
		own(r, ctx, member, args)
	case isCommand:
		r.event(ctx, member, chat.Event{Command: &chat.Command{Name: name, Args: args}})
		if form != nil && r.forms[member] == form && !slices.Contains(r.commandNames(), name) {
			r.note(r.words().stillOpen, member, name)
		}
	case form != nil:
		r.fill(ctx, member, form, unslash(text))
	case isButton(text):
		r.pressButton(ctx, member, strings.Trim(strings.TrimSpace(text), "[]"))
	case mention.MatchString(text):
		said := chat.Spoken(r.cfg.Usages, mention.ReplaceAllString(text, " "))
		r.event(ctx, member, chat.Event{Aloud: true, Command: said})
	case strings.TrimSpace(text) != "" && !r.hinted:
		r.hinted = true
		r.note("%s", r.words().talk)
	}
}

// mention names the bot.
var mention = regexp.MustCompile(`(?i)(?:^|\s)@studybot(?:[\s:：,，]+|$)`)

// commandNames are the bot's commands, without slash.
func (t *Terminal) commandNames() (names []string) {
	for _, u := range t.cfg.Usages {
		names = append(names, u.Name)
	}
	return names
}

// isButton reports whether text is a button's number as it is shown, with or without its brackets.
func isButton(text string) bool {
	text = strings.TrimSpace(text)
	text = strings.TrimSuffix(strings.TrimPrefix(text, "["), "]")
	return text != "" && len(text) < 6 && strings.Trim(text, "0123456789") == ""
}

// unslash takes one slash off text that begins with two or more and a word, by which a value
// begins with a slash and is no command.
func unslash(text string) string {
	if !strings.HasPrefix(text, "//") {
		return text
	}
	if _, _, ok := parseCommand("/" + strings.TrimLeft(text, "/")); !ok {
		return text
	}
	return text[1:]
}

func (r *run) as(_ context.Context, member, args string) {
	switch {
	case args == "":
		r.note(r.words().speaks, member)
	case !isName(args):
		r.note(r.words().noName, cut(args, 40))
	default:
		r.member = args
	}
}

func (r *run) quit(context.Context, string, string) { r.left = true }

func (r *run) pressButton(ctx context.Context, member, args string) {
	r.mu.Lock()
	p, ok := r.press(member, args)
	r.mu.Unlock()
	switch {
	case args == "":
		r.note("%s", r.words().noWhich)
	case !ok:
		r.note(r.words().noButton, cut(args, 40), member)
	default:
		r.event(ctx, member, chat.Event{Press: &p})
	}
}

// event hands to the bot what member did, and shows what comes of it.
func (r *run) event(ctx context.Context, member string, e chat.Event) {
	e.Network, e.Channel, e.Admin = r.Name(), r.cfg.Channel, true
	e.Member = chat.Member{ID: chat.MemberID(member), Name: member}
	e.At = r.time()
	r.heardAt(e.At)
	resp, err := r.handle(ctx, e)
	if err == nil {
		err = r.respond(member, resp)
	}
	if err != nil && ctx.Err() == nil {
		r.sorry("event failed", err, "channel", r.cfg.Channel, "member", member)
	}
}

// respond shows an answer: what everybody sees first.
func (r *run) respond(member string, resp chat.Response) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	var failed error
	if resp.Public != nil {
		_, failed = r.post(*resp.Public, "")
	}
	if resp.Edit != nil {
		failed = errors.Join(failed, r.edit(resp.Edit.Message, resp.Edit.To))
	}
	if resp.Private != nil {
		r.whisper(member, *resp.Private)
	}
	if resp.Form != nil {
		r.open(member, *resp.Form)
	}
	return failed
}

// A filling is a form that is being filled in.
type filling struct {
	form   chat.Form
	values map[string]string
	next   int    // index of the field that comes next
	part   string // of a long field: the lines before this one
}

func (f *filling) field() chat.Field { return f.form.Fields[f.next] }

// open shows a form to member. One without fields cannot be filled in, and does nothing.
func (r *run) open(member string, form chat.Form) {
	if len(form.Fields) == 0 {
		return
	}
	r.forms[member] = &filling{form: form, values: map[string]string{}}
	w := r.words()
	r.showForm(form.Title, w.open+fmt.Sprintf(w.form, member)+w.close)
	r.askField(member)
}

// askField says what the next line of member will be.
func (r *run) askField(member string) {
	f := r.forms[member].field()
	hint := ""
	if f.Long {
		hint = r.words().open + r.words().long + r.words().close
	}
	if f.Value != "" && !r.cfg.Interactive {
		hint += " [" + cut(f.Value, 200) + "]"
	}
	r.showForm(f.Label, hint)
}

// fill takes a line as the value of the form's next field, and sends a form that is full.
func (r *run) fill(ctx context.Context, member string, f *filling, text string) {
	field := f.field()
	if head, more := strings.CutSuffix(text, `\`); more && field.Long && len(f.part) < maxLine {
		f.part += head + "\n"
		return
	}
	value := f.part + text
	if value == "" && !r.cfg.Interactive { // on a terminal the value stands in the line, to be changed or deleted
		value = field.Value
	}
	f.values[field.Name], f.part = value, ""
	if f.next++; f.next < len(f.form.Fields) {
		r.askField(member)
		return
	}
	if !slices.ContainsFunc(f.form.Fields, func(x chat.Field) bool { return strings.TrimSpace(f.values[x.Name]) != "" }) {
		r.cancel(ctx, member, "") // nothing was meant
		return
	}
	delete(r.forms, member)
	r.event(ctx, member, chat.Event{Submit: &chat.Submit{Action: f.form.Action, Values: f.values}})
}

func (r *run) cancel(_ context.Context, member, _ string) {
	if r.forms[member] == nil {
		r.note(r.words().noForm, member)
		return
	}
	delete(r.forms, member)
	r.note(r.words().dropped, member)
}

// cut shortens s to n characters.
func cut(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}
