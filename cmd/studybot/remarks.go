package main

import (
	"bufio"
	"fmt"
	"strings"

	"studybot/knowledge"
	"studybot/knowledge/card"
	"studybot/knowledge/library"
)

// A remark is something about a line of a note; line 0 is the whole file.
type remark struct {
	file string
	line int
	text string
}

// printReport prints what whoever looks after the notes wants to know: remarks on the notes,
// the questions that are not asked by themselves, and those that stand in several places.
func printReport(out *bufio.Writer, l *library.Library) {
	var problems, flagged []remark
	for _, p := range l.Problems() {
		problems = append(problems, remark{p.File, p.Line, p.Text})
	}
	var merged []knowledge.Card
	askable := 0
	for _, c := range l.Cards() {
		if c.Askable() {
			askable++
		} else {
			flagged = append(flagged, remark{c.File, c.TitleLine, oneLine(c.Question) + " — " + reasons(c)})
		}
		if len(c.Also) > 0 {
			merged = append(merged, c)
		}
	}
	printRemarks(out, "Remarks on the notes", problems)
	printRemarks(out, "Questions that are not asked by themselves", flagged)
	fmt.Fprintf(out, "Questions that stand in several places: %d\n", len(merged))
	if len(merged) > 0 {
		fmt.Fprintln(out, "(each is asked once, by its first place; keep one, or say in the titles what differs)")
	}
	for _, c := range merged {
		fmt.Fprintf(out, "\n%s\n", oneLine(c.Question))
		for _, s := range append([]knowledge.Source{c.Source()}, c.Also...) {
			fmt.Fprintln(out, "  "+place(s.File, s.Lines...))
		}
	}
	fmt.Fprintf(out, "\n%s\n", counts(l, askable))
}

// printRemarks prints remarks below their files, of which each stands together.
func printRemarks(out *bufio.Writer, title string, remarks []remark) {
	fmt.Fprintf(out, "%s: %d\n", title, len(remarks))
	file := ""
	for _, r := range remarks {
		if r.file != file {
			file = r.file
			fmt.Fprintf(out, "\n%s\n", oneLine(file))
		}
		where := ""
		switch {
		case r.line > 0 && pages(file):
			where = fmt.Sprintf("p. %d  ", r.line)
		case r.line > 0:
			where = fmt.Sprintf("%d  ", r.line)
		}
		fmt.Fprintln(out, "  "+where+oneLine(r.text))
	}
	fmt.Fprintln(out)
}

// counts is the last line of what cards prints.
func counts(l *library.Library, askable int) string {
	return fmt.Sprintf("%d cards in %d notes, %d of them asked by themselves", len(l.Cards()), l.Notes(), askable)
}

// reasons says why a card is not asked by itself.
func reasons(c knowledge.Card) string {
	var why []string
	for _, f := range c.Flags {
		if doubt := card.Doubt(c); f == knowledge.NeedsReview && doubt != "" {
			why = append(why, doubt)
			continue
		}
		why = append(why, reason(f))
	}
	return strings.Join(why, "; ")
}

func reason(f knowledge.Flag) string {
	switch f {
	case knowledge.NoAnswer:
		return "the note holds the question only"
	case knowledge.NeedsReview:
		return "question or answer is doubtful"
	case knowledge.Duplicate:
		return "another question asks the same"
	case knowledge.TooLong:
		return "nobody would type so long an answer"
	case knowledge.ImageOnly:
		return "the answer is a picture"
	}
	return string(f)
}
