package bot

import (
	"cmp"

	"studybot/bot/chat"
)

// A param is what a command takes, as networks show it that know the arguments of commands.
type param struct {
	name     string              // lower case
	help     func(*words) string // one line
	required bool                //
	number   bool                // it is a number
	choices  []string            // what it may be; nil for any text
	complete bool                // Complete events are answered for it
}

// Usages describes the commands to networks, those of whoever runs the bot last.
func Usages() (usages []chat.Usage) {
	for _, c := range commands() {
		u := chat.Usage{Name: c.name, Admin: c.admin, Help: inAll(c.help)}
		if c.usage(&english) != "" {
			p := c.param
			u.Param = &chat.Param{Name: cmp.Or(p.name, "text"), Help: inAll(p.help), Required: p.required, Number: p.number, Choices: p.choices, Complete: p.complete}
		}
		usages = append(usages, u)
	}
	return usages
}

// inAll is a phrase in every language.
func inAll(phrase func(*words) string) map[string]string {
	return map[string]string{string(English): phrase(&english), string(Chinese): phrase(&chinese)}
}
