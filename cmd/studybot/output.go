package main

import (
	"bufio"
	"errors"
	"io"
	"strconv"
	"strings"

	"studybot/bot/chat"
	"studybot/knowledge"
)

// written calls do with a buffer before w, and returns its error or that of a write: output
// that did not arrive is a failure. A pipe that its reader closed, as head does, ends the program
// before, at once and without a word, as it ends others (SIGPIPE).
func written(w io.Writer, do func(out *bufio.Writer) error) error {
	out := bufio.NewWriter(w)
	err := do(out)
	if full := out.Flush(); full != nil && !errors.Is(err, full) {
		err = errors.Join(err, full)
	}
	return err
}

// oneLine makes text of the notes fit for a line.
func oneLine(s string) string { return strings.Join(strings.Fields(chat.Plain(s)), " ") }

// place says where lines of a file stand: "k8s.md:12-18,20", and of a PDF, whose lines are its
// pages, "k8s.pdf p. 3-4". It is the file alone where there are no lines.
func place(file string, lines ...knowledge.Span) string {
	var b strings.Builder
	for _, s := range lines {
		if s.Start == 0 {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.Itoa(s.Start))
		if s.End > s.Start {
			b.WriteString("-" + strconv.Itoa(s.End))
		}
	}
	name := oneLine(file)
	switch {
	case b.Len() == 0:
		return name
	case pages(file):
		return name + " p. " + b.String()
	}
	return name + ":" + b.String()
}

// line is a span of one line.
func line(n int) knowledge.Span { return knowledge.Span{Start: n, End: n} }

// pages reports whether the lines of a file are pages.
func pages(file string) bool {
	return len(file) >= 4 && strings.EqualFold(file[len(file)-4:], ".pdf")
}
