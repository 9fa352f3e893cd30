package chat

import (
	"slices"
	"strconv"
	"strings"
)

// Spoken is what a line means that was said to the bot without a command: in a direct message, behind a mention. The first
// word is the command where there is one of that name and all that follows is what it takes, which for a command of whoever
// runs the bot is no free text: "skip lists" is no order. Any other line is a lookup, and nothing asks for help.
func Spoken(usages []Usage, line string) *Command {
	return command(usages, line, func(u Usage) bool { return !u.Admin })
}

// Given is Spoken of what was given as a command, where one stands for all: "/study skip lists" is an order.
func Given(usages []Usage, line string) *Command {
	return command(usages, line, func(Usage) bool { return true })
}

// command reads a line; free says of which commands free text is taken.
func command(usages []Usage, line string, free func(Usage) bool) *Command {
	line = strings.TrimSpace(line)
	if line == "" {
		return &Command{Name: "help"}
	}
	name, rest := line, ""
	if i := strings.IndexAny(line, " \t\n\u3000"); i >= 0 {
		name, rest = line[:i], strings.TrimSpace(line[i:])
	}
	name = strings.ToLower(name)
	i := slices.IndexFunc(usages, func(u Usage) bool { return u.Name == name })
	if i < 0 || rest != "" && !takes(usages[i].Param, rest, free(usages[i])) {
		return &Command{Name: "ask", Args: line}
	}
	return &Command{Name: name, Args: rest}
}

// takes reports whether text is something that a command takes.
func takes(p *Param, text string, free bool) bool {
	switch {
	case p == nil:
		return false
	case p.Number:
		_, err := strconv.ParseUint(text, 10, 32)
		return err == nil
	case p.Choices != nil:
		return slices.Contains(p.Choices, strings.ToLower(strings.Join(strings.Fields(text), " ")))
	}
	return free
}
