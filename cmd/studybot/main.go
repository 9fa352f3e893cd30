// Command studybot is the chat bot of a team's study channel.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	_ "time/tzdata" // zones on machines without them

	"github.com/alecthomas/kong"
)

// Exit codes.
const (
	exitOK    = 0
	exitFail  = 1 // it could not be done
	exitUsage = 2 // it was asked for in the wrong way
)

const description = `The bot of a team's study channel: reads the team's notes, answers lookups with the passage and its source line, asks one question a day, tallies the replies and keeps the board.

Without a command it opens a study channel in this terminal. Settings come from flags, else from the environment, else from the YAML file of --config.`

// A cli is what can be typed.
type cli struct {
	Config string `help:"Settings file (YAML); its keys are the names of the flags." env:"STUDYBOT_CONFIG" placeholder:"FILE"`

	Terminal terminalCmd `cmd:"" default:"withargs" help:"Open a study channel in this terminal, or run a script from a pipe (the default)."`
	Serve    serveCmd    `cmd:"" help:"Serve every chat network whose tokens are set."`
	Slack    slackCmd    `cmd:"" help:"Serve Slack alone."`
	Discord  discordCmd  `cmd:"" help:"Serve Discord alone."`
	Ask      askCmd      `cmd:"" help:"Look something up in the notes."`
	Cards    cardsCmd    `cmd:"" help:"List the questions found in the notes."`
	Grade    gradeCmd    `cmd:"" help:"Grade answers against reference answers."`
	Eval     evalCmd     `cmd:"" help:"Measure lookups by golden questions of your own."`
	Check    checkCmd    `cmd:"" help:"Say what is configured, what is missing and what to do next."`
	Verify   verifyCmd   `cmd:"" help:"Replay the ledger and compare it with the boards, streaks and histories."`
	Ledger   ledgerCmd   `cmd:"" help:"Print the ledger: all that happened, by whom, when and why."`
	Version  versionCmd  `cmd:"" help:"Print the version."`
}

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// A program is what commands run with.
type program struct {
	context.Context
	in       io.Reader
	out, err io.Writer
	log      io.Writer
}

// usageError is a mistake in how a command was given.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

// run runs the program and returns its exit code. An interrupt ends it as it should end; a second
// one ends it at once.
func run(args []string, in io.Reader, out, errOut io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	dropEmpty(os.Environ())
	var c cli
	exited := -1
	parser, err := kong.New(&c, kong.Name("studybot"), kong.Description(description),
		kong.Writers(out, errOut), kong.Exit(func(code int) { exited = code; panic(errExit) }),
		kong.WithBeforeResolve(loadConfig), kong.ConfigureHelp(kong.HelpOptions{Compact: true, FlagsLast: true}))
	if err != nil {
		fmt.Fprintln(errOut, "studybot:", err)
		return exitFail
	}
	kctx, err := parse(parser, args)
	switch {
	case exited >= 0: // --help
		return exited
	case err != nil:
		fmt.Fprintf(errOut, "studybot: %v\n%sRun \"studybot --help\" for what can be typed.\n", err, dashHint(args, err))
		return exitUsage
	}
	kctx.Bind(program{ctx, in, out, errOut, errOut})
	return code(kctx.Run(), errOut)
}

// dropEmpty unsets our variables that are set to nothing, so that they mean nothing.
func dropEmpty(environ []string) {
	for _, env := range environ {
		if name, value, _ := strings.Cut(env, "="); value == "" && strings.HasPrefix(name, "STUDYBOT_") {
			os.Unsetenv(name)
		}
	}
}

var errExit = errors.New("exit")

// parse is parser.Parse, in which --help ends the parsing.
func parse(parser *kong.Kong, args []string) (kctx *kong.Context, err error) {
	defer func() {
		if r := recover(); r != nil && r != any(errExit) {
			panic(r)
		}
	}()
	return parser.Parse(args)
}

// code prints an error and returns the exit code that says so. An interrupt is a failure: what was
// asked for was not done. The terminal, which runs until it is told to end, returns none for it.
func code(err error, errOut io.Writer) int {
	var usage usageError
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(errOut, "studybot: interrupted")
		return exitFail
	case errors.As(err, &usage):
		fmt.Fprintf(errOut, "studybot: %v\nRun \"studybot --help\" for what can be typed.\n", err)
		return exitUsage
	}
	fmt.Fprintln(errOut, "studybot:", err)
	return exitFail
}
