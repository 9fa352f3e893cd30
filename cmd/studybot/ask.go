package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"studybot/bot/chat"
	"studybot/knowledge"
	"studybot/knowledge/library"
	"studybot/knowledge/search"
)

type askCmd struct {
	lookupFlags
	logFlag
	JSON    bool     `name:"json" help:"Print JSON, one line a query."`
	Hits    *int     `short:"n" help:"At most so many hits: 3 for reading, 10 in JSON." placeholder:"N"`
	Explain bool     `help:"Show which terms scored what."`
	Batch   string   `help:"Look up every line of a file (- for standard input), one JSON line each." placeholder:"FILE"`
	Query   []string `arg:"" optional:"" help:"What to look for."`
}

// hitJSON is a hit as --json prints it.
type hitJSON struct {
	File    string         `json:"file"`
	Lines   knowledge.Span `json:"lines"`
	Path    []string       `json:"path"`
	Title   string         `json:"title"`
	Snippet string         `json:"snippet"`
	Score   float64        `json:"score"`

	Also []knowledge.Source `json:"also,omitempty"`
}

type answerJSON struct {
	Query    string    `json:"query"`
	Answered bool      `json:"answered"`
	TookMS   float64   `json:"took_ms"`
	Hits     []hitJSON `json:"hits"`
	Nearest  []string  `json:"nearest,omitempty"`
}

func (c askCmd) Run(p program) error {
	query := strings.Join(c.Query, " ")
	switch {
	case c.Hits != nil && *c.Hits < 1:
		return usageError{fmt.Errorf("-n %d: give a number of hits above 0", *c.Hits)}
	case c.Explain && (c.JSON || c.Batch != ""):
		return usageError{errors.New("--explain is for reading: leave out --json and --batch")}
	case c.Batch != "" && query != "":
		return usageError{errors.New("give either a query or --batch")}
	case c.Batch == "" && strings.TrimSpace(query) == "":
		return usageError{errors.New("what to look for? For example: studybot ask 什么是 pod")}
	}
	l, closer, err := c.library(p, c.logger(p))
	if err != nil {
		return err
	}
	defer closer.Close()
	n := 3
	switch {
	case c.Hits != nil:
		n = *c.Hits
	case c.JSON || c.Batch != "":
		n = 10
	}
	return written(p.out, func(out *bufio.Writer) error {
		switch {
		case c.Batch != "":
			enc := jsonLines(out)
			return eachLine(p, c.Batch, func(_ int, line string) error { return lookUp(p, l, line, n, enc) })
		case c.JSON:
			return lookUp(p, l, query, n, jsonLines(out))
		case c.Explain:
			e, err := l.Explain(p, query, n)
			if err == nil {
				printExplanation(out, e)
			}
			return err
		}
		found, err := l.Search(p, query, n)
		if err == nil {
			printHits(out, found)
		}
		return err
	})
}

// dashHint says how to look up words that were taken for a flag; "" where that is not what went wrong.
func dashHint(args []string, err error) string {
	flag, unknown := strings.CutPrefix(err.Error(), "unknown flag ")
	if !unknown || len(args) == 0 || args[0] != "ask" {
		return ""
	}
	flag, _, _ = strings.Cut(flag, ",")
	isDash := func(arg string) bool { return strings.HasPrefix(arg, "-") }
	isLong := strings.HasPrefix(flag, "--") // of short ones several may stand together
	at := slices.IndexFunc(args, func(arg string) bool {
		return arg == flag || strings.HasPrefix(arg, flag) && (!isLong || arg[len(flag)] == '=')
	})
	if at < 0 || slices.IndexFunc(args, isDash) == at { // no flag of ours before it
		at = 1
	}
	return fmt.Sprintf("To look up words that begin with a dash, put -- before them: studybot ask -- %s\n", oneLine(strings.Join(args[at:], " ")))
}

func lookUp(p program, l *library.Library, query string, n int, enc *json.Encoder) error {
	begun := time.Now()
	found, err := l.Search(p, query, n)
	if err != nil {
		return err
	}
	a := answerJSON{Query: query, Answered: found.Answered, TookMS: float64(time.Since(begun).Microseconds()) / 1000, Hits: []hitJSON{}, Nearest: found.Nearest}
	for _, h := range found.Hits {
		a.Hits = append(a.Hits, hitJSON{h.File, h.Lines, append([]string{}, h.Path...), h.Title, h.Snippet, h.Score, h.Also})
	}
	return enc.Encode(a)
}

// printHits prints hits for reading: of each where it stands and under which headings, and its
// best lines below.
func printHits(out io.Writer, found search.Result) {
	if !found.Answered {
		fmt.Fprintln(out, "The notes do not answer this.")
		for _, title := range found.Nearest {
			fmt.Fprintln(out, "  near:", oneLine(title))
		}
		return
	}
	for i, h := range found.Hits {
		if i > 0 {
			fmt.Fprintln(out)
		}
		fmt.Fprintln(out, strings.TrimRight(place(h.File, h.Lines)+"  "+trail(h.Path, h.Title), " "))
		for line := range strings.SplitSeq(cmp.Or(h.Snippet, h.Text), "\n") {
			fmt.Fprintln(out, strings.TrimRight("  "+chat.Plain(line), " "))
		}
		for _, s := range h.Also {
			fmt.Fprintln(out, "  the same in", place(s.File, s.Lines[0]))
		}
	}
}

// trail is the way through the headings to a title.
func trail(path []string, title string) string {
	var steps []string
	for _, s := range append(slices.Clone(path), title) {
		if s = oneLine(s); s != "" && (len(steps) == 0 || steps[len(steps)-1] != s) {
			steps = append(steps, s)
		}
	}
	return strings.Join(steps, " › ")
}

// printExplanation prints which words were looked for, how much of the question each makes, and why the hits
// stand where they do.
func printExplanation(out io.Writer, e search.Explanation) {
	if len(e.Dropped) > 0 {
		fmt.Fprintf(out, "left out   %s\n", chat.Clean(strings.Join(e.Dropped, " ")))
	}
	for _, t := range e.Terms {
		fmt.Fprintf(out, "term       %-20s in %d passages, rarity %.2f, weight %.2f\n", chat.Clean(t.Text), t.Passages, t.Rarity, t.Weight)
	}
	for _, p := range e.Pieces {
		fmt.Fprintf(out, "piece      %-20s %.0f %% of the question\n", chat.Clean(p.Text), 100*p.Share)
	}
	for i, h := range e.Hits {
		fmt.Fprintf(out, "hit %-6d %.3f = BM25 %.2f, coverage %.2f, title %.2f, near %.2f  %s:%d-%d  %s\n", i+1, h.Rank, h.First,
			h.Coverage, h.InTitle, h.Near, chat.Clean(h.File), h.Lines[0].Start, h.Lines[0].End, chat.Clean(h.Title))
	}
	fmt.Fprintf(out, "answered   %v: one of the first five hits has to hold %.0f %% of the question\n", e.Answered, 100*e.Need)
}
