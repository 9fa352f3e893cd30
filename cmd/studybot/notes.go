package main

import (
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"runtime/debug"
	"time"

	"golang.org/x/term"

	"studybot/knowledge/library"
	"studybot/knowledge/note"
	"studybot/knowledge/sample"
	"studybot/knowledge/text"
)

// notesFlag is what commands that read notes have in common.
type notesFlag struct {
	Notes string `help:"Folder of notes. Without it, notes that come with studybot are used." env:"STUDYBOT_NOTES" placeholder:"DIR"`

	glossaryFlag
}

// glossaryFlag names words of the team.
type glossaryFlag struct {
	Glossary string `help:"File of words of your team that mean the same, a group a line: 容器编排 = orchestration, 编排." env:"STUDYBOT_GLOSSARY" placeholder:"FILE"`
}

// logFlag sets how much is logged.
type logFlag struct {
	LogLevel slog.Level `help:"Least level that is logged: debug, info, warn or error." env:"STUDYBOT_LOG_LEVEL" default:"warn"`
}

func (f logFlag) logger(p program) *slog.Logger {
	return slog.New(slog.NewTextHandler(p.log, &slog.HandlerOptions{Level: f.LogLevel}))
}

// folder opens the notes.
func (f notesFlag) folder() (fs.FS, io.Closer, error) {
	if f.Notes == "" {
		return sample.FS(), io.NopCloser(nil), nil
	}
	folder, err := note.OpenFolder(f.Notes)
	if err != nil {
		return nil, nil, err
	}
	return folder, folder, nil
}

// glossary reads the words of the team, none without a file.
func (f glossaryFlag) glossary() (text.Glossary, error) {
	if f.Glossary == "" {
		return nil, nil
	}
	b, err := os.ReadFile(f.Glossary)
	if err != nil {
		return nil, fmt.Errorf("glossary: %w", err)
	}
	src, err := note.Decode(b)
	if err != nil {
		return nil, fmt.Errorf("glossary %s: %w", f.Glossary, err)
	}
	g, err := text.ParseGlossary(src)
	if err != nil {
		return nil, fmt.Errorf("glossary %s: %w", f.Glossary, err)
	}
	return g, nil
}

// lookupFlags are for commands that look things up and leave.
type lookupFlags struct {
	notesFlag
	Index string `help:"Folder to keep the index in, so that the next run begins at once. Without it, notes are indexed in memory each time." placeholder:"DIR"`
}

// lookupGC is how much garbage, in percent of what is in use, commands that look things up let gather.
// A lookup makes little: a small heap spares a third of it.
const lookupGC = 25

// library reads the notes for lookups only.
func (f lookupFlags) library(p program, log *slog.Logger) (*library.Library, io.Closer, error) {
	defer debug.SetGCPercent(lookupGC) // reading notes is quicker without
	return f.open(p, library.Config{Index: f.Index, LookupsOnly: true, Log: log})
}

// library reads the notes and brings the index up to date; index "" keeps it in memory.
func (f notesFlag) library(p program, index string, log *slog.Logger) (*library.Library, io.Closer, error) {
	return f.open(p, library.Config{Index: index, Log: log})
}

// cards reads the notes for their cards only.
func (f notesFlag) cards(p program, log *slog.Logger) (*library.Library, io.Closer, error) {
	return f.open(p, library.Config{CardsOnly: true, Log: log})
}

// open opens a library of the notes.
func (f notesFlag) open(p program, cfg library.Config) (*library.Library, io.Closer, error) {
	glossary, err := f.glossary()
	if err != nil {
		return nil, nil, err
	}
	notes, folder, err := f.folder()
	if err != nil {
		return nil, nil, err
	}
	show := newProgress(p.err)
	cfg.Notes, cfg.Glossary, cfg.Progress = notes, glossary, show.update
	l, err := library.Open(p, cfg)
	show.end()
	if err != nil {
		folder.Close()
		if f.Notes != "" {
			err = fmt.Errorf("notes in %s: %w", f.Notes, err)
		}
		return nil, nil, err
	}
	if !cfg.CardsOnly {
		debug.FreeOSMemory() // reading notes takes much of it, waiting for questions little
	}
	return l, closers{l, folder}, nil
}

type closers []io.Closer

// Close closes all, and returns the first error.
func (cs closers) Close() (err error) {
	for _, c := range cs {
		if e := c.Close(); err == nil {
			err = e
		}
	}
	return err
}

// A progress shows how far long work has come, on a terminal only, and only when it takes long.
type progress struct {
	out   io.Writer
	begun time.Time
	last  time.Time
	shown bool
}

const (
	progressAfter = 300 * time.Millisecond
	progressEvery = 100 * time.Millisecond
)

func newProgress(out io.Writer) *progress {
	if !isTerminal(out) {
		out = nil
	}
	return &progress{out: out, begun: time.Now()}
}

func (p *progress) update(stage string, done, total int) {
	now := time.Now()
	if p.out == nil || now.Sub(p.begun) < progressAfter || now.Sub(p.last) < progressEvery {
		return
	}
	p.last, p.shown = now, true
	fmt.Fprintf(p.out, "\r\x1b[K%s %d/%d", stage, done, total)
}

func (p *progress) end() {
	if p.shown {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
}

func isTerminal(v any) bool {
	f, ok := v.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
