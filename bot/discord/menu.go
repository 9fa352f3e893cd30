package discord

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"studybot/bot/chat"
)

// What a string select takes (https://discord.com/developers/docs/components/reference#string-select).
const (
	maxOptions = 25
	maxOption  = 100 // of its label, and of its description
)

// A menu is a string select of which one option is chosen. Each option's value is the action of its button, so that
// nothing needs to be remembered.
type menu struct {
	Kind    discordgo.ComponentType `json:"type"`
	Action  string                  `json:"custom_id"`
	Options []menuOption            `json:"options"`
}

type menuOption struct {
	Label       string `json:"label"`
	Value       string `json:"value"`
	Description string `json:"description,omitempty"`
}

// Type implements discordgo.MessageComponent.
func (m menu) Type() discordgo.ComponentType { return m.Kind }

// MarshalJSON implements discordgo.MessageComponent.
func (m menu) MarshalJSON() ([]byte, error) {
	type plain menu
	return json.Marshal(plain(m))
}

// choiceOf names the question whose option a button is, "" for none.
func choiceOf(b chat.Button) string {
	i := strings.LastIndexByte(b.Action, ' ')
	if b.Option == "" || i < 0 {
		return ""
	}
	return b.Action[:i]
}

// menuOf returns the options of a question as a menu. It returns false where buttons do: they stand in one row, and
// have room for their options.
func menuOf(choice string, buttons []chat.Button) (m menu, ok bool) {
	var options []chat.Button
	for _, b := range buttons {
		if choiceOf(b) == choice && !slices.ContainsFunc(options, func(o chat.Button) bool { return o.Action == b.Action }) {
			options = append(options, b)
		}
	}
	fits := func(b chat.Button) bool { return upTo(optionText(b), maxLabel) == len(optionText(b)) }
	m = menu{Kind: discordgo.SelectMenuComponent, Action: ours + choice}
	tooFew := len(options) <= rowButtons && !slices.ContainsFunc(options, func(b chat.Button) bool { return !fits(b) })
	if tooFew || len(options) > maxOptions || upTo(m.Action, maxAction) < len(m.Action) {
		return m, false
	}
	for _, b := range options {
		o := menuOption{Label: optionText(b), Value: b.Action}
		if n := upTo(o.Label, maxOption-1); upTo(o.Label, maxOption) < len(o.Label) {
			o.Label, o.Description = o.Label[:n]+"…", cut("…"+o.Label[n:], maxOption)
		}
		m.Options = append(m.Options, o)
	}
	return m, true
}

// optionText is an option on one line, behind its letter.
func optionText(b chat.Button) string {
	return joined(". ", oneLine(b.Label), oneLine(b.Option))
}

// maxRows is how many rows of components a message has.
const maxRows = 5

// rows lays out buttons; the options of a question that are many or long become a menu. Of two buttons that do the same
// the first is shown: Discord takes no two. Where there are too many rows the last one stays, which leads on.
func rows(buttons []chat.Button) []discordgo.MessageComponent {
	rows := []discordgo.MessageComponent{}
	var row []discordgo.MessageComponent
	end := func() {
		if len(row) > 0 {
			rows, row = append(rows, discordgo.ActionsRow{Components: row}), nil
		}
	}
	seen, menus := map[string]bool{}, map[string]bool{}
	for _, b := range buttons {
		b.Action = b.Action[:upTo(b.Action, maxAction)]
		if seen[b.Action] || b.Action == "" {
			continue
		}
		seen[b.Action] = true
		choice := choiceOf(b)
		if menus[choice] {
			continue
		}
		if m, ok := menuOf(choice, buttons); ok && choice != "" {
			menus[choice] = true
			end()
			row = append(row, m)
			end()
			continue
		}
		if row = append(row, buttonOf(b)); len(row) == rowButtons {
			end()
		}
	}
	end()
	if len(rows) > maxRows {
		rows = append(rows[:maxRows-1:maxRows-1], rows[len(rows)-1])
	}
	return rows
}

func buttonOf(b chat.Button) discordgo.Button {
	style := discordgo.SecondaryButton
	if b.Primary {
		style = discordgo.PrimaryButton
	}
	label := cut(oneLine(b.Label), maxLabel)
	if label == "" {
		label = "…"
	}
	return discordgo.Button{CustomID: b.Action, Label: label, Style: style}
}
