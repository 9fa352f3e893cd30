package bot

import (
	"context"
	"fmt"
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
	param param               // what usage names, for networks
	run   func(request, context.Context, string) (chat.Response, error)
}

func none(*words) string { return "" }

func commands() []command {
	return []command{
		{name: "ask", usage: func(w *words) string { return w.argQuery }, help: func(w *words) string { return w.helpAsk }, param: param{name: "query", help: func(w *words) string { return w.paramQuery }, required: true, complete: true}, run: request.ask},
		{name: "question", usage: none, help: func(w *words) string { return w.helpQuestion }, run: request.question},
		{name: "answer", usage: func(w *words) string { return w.argText }, help: func(w *words) string { return w.helpAnswer }, param: param{name: "text", help: func(w *words) string { return w.paramText }}, run: request.reply},
		{name: "top", usage: func(*words) string { return "[" + strings.Join(periodNames, "|") + "]" }, help: func(w *words) string { return w.helpTop }, param: param{name: "period", help: func(w *words) string { return w.paramPeriod }, choices: periodNames}, run: request.top},
		{name: "me", usage: none, help: func(w *words) string { return w.helpMe }, run: request.me},
		{name: "why", usage: func(*words) string { return "[10]" }, help: func(w *words) string { return w.helpWhy }, param: param{name: "number", number: true, help: func(w *words) string { return w.paramEntries }}, run: request.why},
		{name: "review", usage: none, help: func(w *words) string { return w.helpReview }, run: request.practice},
		{name: "suggest", usage: func(w *words) string { return w.argCard }, help: func(w *words) string { return w.helpSuggest }, param: param{name: "card", help: func(w *words) string { return w.paramCard }}, run: request.suggest},
		{name: "hide", usage: func(*words) string { return "[on|off|export|delete]" }, help: func(w *words) string { return w.helpHide }, param: param{name: "what", help: func(w *words) string { return w.paramHide }, choices: []string{"on", "off", "export", "delete", "delete yes"}}, run: request.hide},
		{name: "help", usage: none, help: func(w *words) string { return w.helpHelp }, run: request.help},
		{name: "setup", admin: true, usage: func(w *words) string { return w.argSetup }, help: func(w *words) string { return w.helpSetup }, param: param{name: "settings", help: func(w *words) string { return w.paramSetup }}, run: request.setup},
		{name: "post", admin: true, usage: func(w *words) string { return w.argDeck }, help: func(w *words) string { return w.helpPost }, param: param{name: "deck", help: func(w *words) string { return w.paramDeck }}, run: request.post},
		{name: "reveal", admin: true, usage: func(w *words) string { return w.argDeck }, help: func(w *words) string { return w.helpReveal }, param: param{name: "deck", help: func(w *words) string { return w.paramDeck }}, run: request.reveal},
		{name: "skip", admin: true, usage: func(w *words) string { return w.argDeck + " " + w.argReason }, help: func(w *words) string { return w.helpSkip }, param: param{name: "reason", help: func(w *words) string { return w.paramReason }}, run: request.skip},
		{name: "pause", admin: true, usage: func(w *words) string { return w.argUntil }, help: func(w *words) string { return w.helpPause }, param: param{name: "until", help: func(w *words) string { return w.paramUntil }}, run: request.pause},
		{name: "resume", admin: true, usage: none, help: func(w *words) string { return w.helpResume }, run: request.resume},
		{name: "preview", admin: true, usage: func(*words) string { return "[7]" }, help: func(w *words) string { return w.helpPreview }, param: param{name: "number", number: true, help: func(w *words) string { return w.paramNumber }}, run: request.preview},
		{name: "reload", admin: true, usage: none, help: func(w *words) string { return w.helpReload }, run: request.reload},
		{name: "queue", admin: true, usage: none, help: func(w *words) string { return w.helpQueue }, run: request.queue},
		{name: "void", admin: true, usage: func(w *words) string { return w.argDeck + " " + w.argReason }, help: func(w *words) string { return w.helpVoid }, param: param{name: "reason", help: func(w *words) string { return w.paramReason }}, run: request.void},
		{name: "correct", admin: true, usage: func(w *words) string { return w.argDeck }, help: func(w *words) string { return w.helpCorrect }, param: param{name: "deck", help: func(w *words) string { return w.paramDeck }}, run: request.correct},
		{name: "audit", admin: true, usage: func(*words) string { return "[10]" }, help: func(w *words) string { return w.helpAudit }, param: param{name: "number", number: true, help: func(w *words) string { return w.paramEntries }}, run: request.audit},
	}
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
		res, err := c.run(r, ctx, strings.TrimSpace(r.Command.Args))
		if err == nil && c.admin {
			return r.in(r.channel.Channel).warn(name, res) // by the settings that it left
		}
		return res, err
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
	m := chat.Message{Title: r.words.helpTitle, Blocks: []chat.Block{list}}
	if r.Admin && r.scheduled {
		c, _ := r.named("")
		m.Context = fmt.Sprintf(r.words.inForce, r.describe(c), r.comesFrom(c))
	}
	return private(m), nil
}

// shorten cuts s to at most n runes; a cut is marked by an ellipsis.
func shorten(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	runes := []rune(s)
	return strings.TrimSpace(string(runes[:n-1])) + "…"
}
