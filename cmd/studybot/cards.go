package main

import (
	"bufio"
	"fmt"
	"strings"

	"studybot/bot/chat"
)

type cardsCmd struct {
	notesFlag
	logFlag
	JSON bool `name:"json" help:"Print JSON, one line a card."`
}

func (c cardsCmd) Run(p program) error {
	l, closer, err := c.library(p, "", c.logger(p))
	if err != nil {
		return err
	}
	defer closer.Close()
	out := bufio.NewWriter(p.out)
	defer out.Flush()
	if c.JSON {
		enc := jsonLines(out)
		for _, card := range l.Cards() {
			if err := enc.Encode(card); err != nil {
				return err
			}
		}
		return nil
	}
	askable := 0
	for _, card := range l.Cards() {
		flags := ""
		if card.Askable() {
			askable++
		} else {
			flags = fmt.Sprintf("  %v", card.Flags)
		}
		fmt.Fprintf(out, "%s:%d  %s  (%s)%s\n", card.File, card.TitleLine, chat.Plain(strings.ReplaceAll(card.Question, "\n", " ")), card.Kind, flags)
	}
	fmt.Fprintf(out, "\n%d cards in %d notes, %d of them asked by themselves\n", len(l.Cards()), l.Notes(), askable)
	for _, problem := range l.Problems() {
		fmt.Fprintln(p.err, chat.Plain(problem.String()))
	}
	return nil
}
