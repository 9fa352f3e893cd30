package main

import (
	"bufio"
	"errors"
	"fmt"

	"studybot/bot/chat"
	"studybot/knowledge/library"
)

type cardsCmd struct {
	notesFlag
	logFlag
	JSON   bool `name:"json" help:"Print JSON, one line a card."`
	Report bool `help:"Print what whoever looks after the notes wants to know: remarks on the notes, questions that are not asked, duplicates."`
}

func (c cardsCmd) Run(p program) error {
	if c.JSON && c.Report {
		return usageError{errors.New("give either --json or --report")}
	}
	l, closer, err := c.cards(p, c.logger(p))
	if err != nil {
		return err
	}
	defer closer.Close()
	err = written(p.out, func(out *bufio.Writer) error {
		switch {
		case c.JSON:
			enc := jsonLines(out)
			for _, card := range l.Cards() {
				if err := enc.Encode(card); err != nil {
					return err
				}
			}
		case c.Report:
			printReport(out, l)
		default:
			printCards(out, l)
		}
		return nil
	})
	if err != nil || c.JSON || c.Report {
		return err
	}
	for _, problem := range l.Problems() {
		fmt.Fprintf(p.err, "%s: %s\n", place(problem.File, line(problem.Line)), chat.Plain(problem.Text))
	}
	return nil
}

// printCards prints a line a card.
func printCards(out *bufio.Writer, l *library.Library) {
	askable := 0
	for _, card := range l.Cards() {
		flags := ""
		if card.Askable() {
			askable++
		} else {
			flags = fmt.Sprintf("  %v", card.Flags)
		}
		fmt.Fprintf(out, "%s  %s  (%s)%s\n", place(card.File, line(card.TitleLine)), oneLine(card.Question), card.Kind, flags)
	}
	fmt.Fprintf(out, "\n%s\n", counts(l, askable))
}
