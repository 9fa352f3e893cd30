package bot

import (
	"context"
	"strings"
	"unicode/utf8"

	"studybot/bot/chat"
)

// A command is one line of the table that parsing, help and permission come from.
type command struct {
	name  string
	admin bool                // for whoever runs the bot
	usage func(*words) string // arguments, as help shows them
	help  func(*words) string // one line
	run   func(request, context.Context, string) (chat.Response, error)
}

func none(*words) string { return "" }

func commands() []command {
	return []command{
		{name: "ask", usage: func(w *words) string { return w.argQuery }, help: func(w *words) string { return w.helpAsk }, run: request.ask},
		{name: "question", usage: none, help: func(w *words) string { return w.helpQuestion }, run: request.question},
		{name: "answer", usage: func(w *words) string { return w.argText }, help: func(w *words) string { return w.helpAnswer }, run: request.reply},
		{name: "top", usage: func(*words) string { return "[day|week|month|30|season|all]" }, help: func(w *words) string { return w.helpTop }, run: request.top},
		{name: "me", usage: none, help: func(w *words) string { return w.helpMe }, run: request.me},
		{name: "why", usage: none, help: func(w *words) string { return w.helpWhy }, run: request.why},
		{name: "review", usage: none, help: func(w *words) string { return w.helpReview }, run: request.practice},
		{name: "suggest", usage: func(w *words) string { return w.argCard }, help: func(w *words) string { return w.helpSuggest }, run: request.suggest},
		{name: "hide", usage: func(*words) string { return "[on|off|export|delete]" }, help: func(w *words) string { return w.helpHide }, run: request.hide},
		{name: "help", usage: none, help: func(w *words) string { return w.helpHelp }, run: request.help},
		{name: "post", admin: true, usage: none, help: func(w *words) string { return w.helpPost }, run: request.post},
		{name: "reveal", admin: true, usage: none, help: func(w *words) string { return w.helpReveal }, run: request.reveal},
		{name: "skip", admin: true, usage: func(w *words) string { return w.argReason }, help: func(w *words) string { return w.helpSkip }, run: request.skip},
		{name: "pause", admin: true, usage: func(w *words) string { return w.argUntil }, help: func(w *words) string { return w.helpPause }, run: request.pause},
		{name: "resume", admin: true, usage: none, help: func(w *words) string { return w.helpResume }, run: request.resume},
		{name: "preview", admin: true, usage: func(*words) string { return "[7]" }, help: func(w *words) string { return w.helpPreview }, run: request.preview},
		{name: "queue", admin: true, usage: none, help: func(w *words) string { return w.helpQueue }, run: request.queue},
		{name: "void", admin: true, usage: func(w *words) string { return w.argReason }, help: func(w *words) string { return w.helpVoid }, run: request.void},
	}
}

// Commands returns the names of the commands, those that an admin alone may use last.
func Commands() (names []string) {
	for _, c := range commands() {
		names = append(names, c.name)
	}
	return names
}

func (r request) command(ctx context.Context) (chat.Response, error) {
	name := strings.ToLower(r.Command.Name)
	for _, c := range r.commands {
		if c.name != name {
			continue
		}
		if c.admin && !r.Admin {
			return sayf(r.words.adminsOnly, r.typed(name)), nil
		}
		return c.run(r, ctx, strings.TrimSpace(r.Command.Args))
	}
	return sayf(r.words.unknownCommand, shorten(name, 40), r.typed("help")), nil
}

func (r request) help(context.Context, string) (chat.Response, error) {
	list := chat.List{}
	for _, c := range r.commands {
		if c.admin && !r.Admin {
			continue
		}
		usage := strings.TrimSpace(r.typed(c.name) + " " + c.usage(r.words))
		list.Items = append(list.Items, chat.Item{Text: usage, Note: c.help(r.words)})
	}
	return private(chat.Message{Title: r.words.helpTitle, Blocks: []chat.Block{list}}), nil
}

// shorten cuts s to at most n runes; a cut is marked by an ellipsis.
func shorten(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	runes := []rune(s)
	return strings.TrimSpace(string(runes[:n-1])) + "…"
}
