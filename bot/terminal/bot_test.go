package terminal_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"studybot/bot/chat"
	"studybot/bot/terminal"
)

// A bot answers everything with a message that shows a part of what a terminal can do.
type bot struct {
	net    *terminal.Terminal
	events []chat.Event
	ticks  []time.Time
}

var question = chat.Message{
	Title:   "Question of the day",
	Blocks:  []chat.Block{chat.Text("TCP 为什么要三次握手?")},
	Buttons: []chat.Button{{Action: "answer:q1", Label: "Answer", Primary: true}, {Action: "skip:q1", Label: "Skip"}},
	Context: "open until 18:00",
}

func (b *bot) tick(ctx context.Context, now time.Time) error {
	b.ticks = append(b.ticks, now)
	switch now.Format("15:04") {
	case "09:00":
		_, err := b.net.Post(ctx, "study", question, chat.Key("q-"+now.Format("20060102")))
		return err
	case "18:00":
		return b.reveal(ctx, now)
	case "13:13":
		return errors.New("no question left\nsecond line")
	}
	return nil
}

func (b *bot) reveal(ctx context.Context, now time.Time) error {
	id, ok, err := b.net.Find(ctx, "study", chat.Key("q-"+now.Format("20060102")))
	if err != nil || !ok {
		return fmt.Errorf("no question to reveal: %w", err)
	}
	closed := question
	closed.Buttons, closed.Context = nil, "closed"
	if err := b.net.Edit(ctx, "study", id, closed); err != nil {
		return err
	}
	_, err = b.net.Post(ctx, "study", chat.Message{Blocks: []chat.Block{chat.Text("两端都要确认对方能收能发。")}, Thread: id},
		chat.Key("r-"+now.Format("20060102")))
	return err
}

func (b *bot) handle(_ context.Context, e chat.Event) (chat.Response, error) {
	b.events = append(b.events, e)
	switch {
	case e.Command != nil:
		return b.command(*e.Command)
	case e.Press != nil:
		return b.press(*e.Press)
	case e.Submit != nil:
		return say(fmt.Sprintf("%s: text=%q sure=%q", e.Submit.Action, e.Submit.Values["text"], e.Submit.Values["sure"])), nil
	}
	return chat.Response{}, nil
}

func (b *bot) command(c chat.Command) (chat.Response, error) {
	switch c.Name {
	case "ask":
		return chat.Response{Private: &chat.Message{
			Title: "Pod",
			Blocks: []chat.Block{
				chat.Passage{Title: "什么是 Pod", Text: "Pod 是最小的调度单位。\n\n```sh\nkubectl get pod   # list\n```", Marks: []string{"pod"}, Source: "k8s.md:3-8"},
				chat.List{Title: "See also", Items: []chat.Item{{Mark: "1.", Text: "Deployment", Note: "k8s.md:20"}, {Mark: "10.", Text: "Service"}}},
			},
			Buttons: []chat.Button{{Action: "share", Label: "Share"}},
		}}, nil
	case "top":
		return chat.Response{Public: &chat.Message{Title: "Board", Blocks: []chat.Block{
			chat.Table{Head: []string{"member", "points"}, Rows: [][]string{{"小明", "9.5"}, {"m1", "10"}}}}}}, nil
	case "fail":
		return chat.Response{}, errors.New("the index is gone: \x1b[31mread only")
	case "say":
		return say(c.Args), nil
	case "silent":
		return chat.Response{}, nil
	}
	return say(fmt.Sprintf("no command %q (%q)", c.Name, c.Args)), nil
}

func (b *bot) press(p chat.Press) (chat.Response, error) {
	switch {
	case strings.HasPrefix(p.Action, "answer:"):
		return chat.Response{Form: &chat.Form{Action: "reply:" + p.Action[len("answer:"):], Title: "Your answer", Fields: []chat.Field{
			{Name: "text", Label: "Answer", Long: true},
			{Name: "sure", Label: "How sure?", Value: "half"},
		}}}, nil
	case p.Action == "share":
		return chat.Response{
			Public: &chat.Message{Blocks: []chat.Block{chat.Text("shared")}},
			Edit:   &chat.Edit{Message: p.Message, To: chat.Message{Blocks: []chat.Block{chat.Text("You shared this.")}}},
		}, nil
	}
	return say("pressed " + p.Action), nil
}

func say(text string) chat.Response {
	return chat.Response{Private: &chat.Message{Blocks: []chat.Block{chat.Text(text)}}}
}
