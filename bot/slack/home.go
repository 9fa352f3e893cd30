package slack

import (
	"context"

	"github.com/slack-go/slack"

	"studybot/bot/chat"
)

// pageCommands are what the bot's page shows, as its member would be answered.
var pageCommands = []chat.Command{{Name: "question"}, {Name: "me"}, {Name: "top", Args: "week"}}

// setupCommand is behind the button that admins see on the page.
const setupCommand = "setup"

// showHome shows the member the bot's page.
func (n *Network) showHome(ctx context.Context, who chat.Event, handle chat.Handler) error {
	ev := chat.Event{Network: who.Network, Member: who.Member, Language: who.Language, At: who.At}
	ev.Admin = n.runs(ctx, ev.Member.ID, "", n.profileOf(ctx, ev.Member.ID))
	var messages []chat.Message
	for _, c := range pageCommands {
		ev.Command = &c
		res, err := handle(ctx, ev)
		if err != nil {
			return err
		}
		if res.Private != nil {
			messages = append(messages, *res.Private)
		}
	}
	view := home(messages, ev.Admin && n.knows(setupCommand), n.words(ev.Language))
	return n.call(ctx, "views.publish", chat.ChannelID(ev.Member.ID), answerPatience, func(ctx context.Context) error {
		_, err := n.api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: string(ev.Member.ID), View: view})
		return err
	})
}

// knows reports whether the bot has a command of that name.
func (n *Network) knows(command string) bool {
	for _, u := range n.cfg.Usages {
		if u.Name == command {
			return true
		}
	}
	return false
}

// home is the bot's page: messages below one another, and the button of whoever runs the bot.
func home(messages []chat.Message, admin bool, w words) slack.HomeTabViewRequest {
	var all []slack.Block
	if len(messages) == 0 {
		all = append(all, note(plainText(w.nobody)))
	}
	for i, m := range messages {
		if i > 0 {
			all = append(all, slack.NewDividerBlock())
		}
		all = append(all, apart(blocks(m, maxViewBlocks/(len(pageCommands)+1), w.more), i)...)
	}
	if admin {
		button := slack.NewButtonBlockElement(actionCommand, setupCommand, plainText(w.settings))
		all = append(all, slack.NewDividerBlock(), slack.NewActionBlock("settings", button))
	}
	return slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: all}}
}

// apart gives the actions of a message block IDs of their own: they must be unique in a view.
func apart(bs []slack.Block, i int) []slack.Block {
	for _, b := range bs {
		if a, ok := b.(*slack.ActionBlock); ok {
			a.BlockID += string(rune('a' + i))
		}
	}
	return bs
}
