// Command bench compares lookups by studybot with stock Bleve and SQLite FTS5: the same
// passages, the same questions, one run. Each system builds its index in a process of its
// own and answers from it in another, so that memory is that of one thing. See README.md.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// A job is what the flags ask for: a comparison, or one phase of one system.
type job struct {
	phase     string
	systems   string
	notes     string // folder; "" for generated ones
	gold      string // file; "" for titles as questions
	index     string
	generate  string // sizes of the generated folders
	questions int
	rounds    int
	seed      uint64
}

func run(ctx context.Context, args []string, out io.Writer) error {
	var j job
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.StringVar(&j.systems, "systems", systems, "what to compare")
	flags.StringVar(&j.notes, "notes", "", "folder of notes; without it notes are generated")
	flags.StringVar(&j.gold, "gold", "", "golden questions for --notes, as of studybot eval; without them titles are asked, for the time only")
	flags.StringVar(&j.generate, "generate", "15000", "how many sections to generate, most of them one passage; 15000,60000,240000 for three folders")
	flags.IntVar(&j.questions, "questions", 200, "how many questions to make where no gold is given")
	flags.IntVar(&j.rounds, "rounds", 5, "how often each question is timed, after it was asked once")
	flags.Uint64Var(&j.seed, "seed", 1, "what the generated notes come from")
	flags.StringVar(&j.phase, "phase", "", "build or ask: one phase of one system, as the comparison runs it; reports JSON")
	flags.StringVar(&j.index, "index", "", "folder of the index, for --phase")
	if err := flags.Parse(args); err != nil {
		return err
	}
	for _, name := range strings.Split(j.systems, ",") {
		if !slices.Contains(strings.Split(systems, ","), name) {
			return fmt.Errorf("--systems %s: there are %s", name, systems)
		}
	}
	switch {
	case flags.NArg() > 0:
		return fmt.Errorf("%s: flags only; see --help", flags.Arg(0))
	case j.questions < 1 || j.rounds < 1:
		return errors.New("--questions and --rounds are 1 or more")
	case j.gold != "" && j.notes == "":
		return errors.New("--gold needs --notes: the folder it speaks of")
	case j.phase == "":
		return j.compare(ctx, out)
	}
	r, err := j.measure()
	if err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(r)
}

// compare measures every system on every folder and prints a table.
func (j job) compare(ctx context.Context, out io.Writer) (err error) {
	sizes, err := j.sizes()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "studybot-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	fmt.Fprintln(out, header)
	if j.notes != "" {
		if j.gold == "" {
			j.gold = filepath.Join(dir, "titles.jsonl")
			if err := askTitles(j.notes, j.gold, j.questions); err != nil {
				return err
			}
		}
		return j.rows(ctx, out, dir)
	}
	for _, n := range sizes {
		name := strconv.Itoa(n)
		j.notes, j.gold = filepath.Join(dir, name), filepath.Join(dir, name+".jsonl")
		if err := generate(j.notes, j.gold, j.seed, n, j.questions); err != nil {
			return err
		}
		if err := j.rows(ctx, out, dir); err != nil {
			return err
		}
	}
	return nil
}

func (j job) sizes() (sizes []int, err error) {
	for _, s := range strings.Split(j.generate, ",") {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 {
			return nil, fmt.Errorf("--generate %s: write numbers with commas between them", j.generate)
		}
		sizes = append(sizes, n)
	}
	return sizes, nil
}

// rows measures every system on one folder; the indexes are in dir meanwhile.
func (j job) rows(ctx context.Context, out io.Writer, dir string) error {
	for _, name := range strings.Split(j.systems, ",") {
		j.systems, j.index = name, filepath.Join(dir, "index")
		var r report
		for _, j.phase = range []string{"build", "ask"} {
			if err := j.process(ctx, &r); err != nil {
				return fmt.Errorf("%s: %s: %w", name, j.phase, err)
			}
		}
		fmt.Fprintf(out, "| %s %s\n", name, r.cells())
		if err := os.RemoveAll(j.index); err != nil {
			return err
		}
	}
	return nil
}

// process does one phase in a process of its own and adds what it reports to r.
func (j job) process(ctx context.Context, r *report) error {
	exe, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, exe, "--phase", j.phase, "--systems", j.systems, "--notes", j.notes, "--gold", j.gold,
		"--index", j.index, "--rounds", strconv.Itoa(j.rounds))
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return err
	}
	return json.Unmarshal(out, r)
}
