package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"studybot/bot"
	"studybot/bot/calendar"
	"studybot/bot/chat"
	"studybot/knowledge/library"
	"studybot/store"
)

// botFlags are those of every command that runs the bot.
type botFlags struct {
	notesFlag
	dataFlag
	channelFlags
	logFlag
}

// A living is what a bot needs to live: its data folder, its notes and what is configured.
type living struct {
	flags     botFlags
	dir       string
	log       *slog.Logger
	schedule  bot.Schedule
	calendars map[string]*calendar.Table
	language  bot.Language
	db        *store.Store
	notes     *library.Library
	closers   closers
}

// open opens the data folder and the notes; the caller closes what is returned. With logFile the log is a file of the
// data folder. Where the program is told to leave meanwhile, the error is context.Canceled.
func (f botFlags) open(p program, logToFile bool) (_ *living, err error) {
	l := &living{flags: f}
	if l.schedule, l.calendars, err = f.schedule(); err != nil {
		return nil, usageError{err}
	}
	if l.dir, err = f.dataFlag.make(); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			l.Close()
		}
	}()
	if logToFile {
		file, err := os.OpenFile(filepath.Join(l.dir, logFile), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			return nil, fmt.Errorf("log: %w", err)
		}
		l.closers = append(l.closers, file)
		p.log = file
	}
	l.log = f.logger(p)
	if l.db, err = store.Open(filepath.Join(l.dir, databaseFile)); err != nil { // first: it is the data folder's lock
		return nil, err
	}
	l.closers = append(closers{l.db}, l.closers...)
	notes, closer, err := f.library(p, filepath.Join(l.dir, indexFolder), l.log)
	if err != nil {
		return nil, err
	}
	l.notes, l.closers = notes, append(closers{closer}, l.closers...)
	l.language = f.language(notes.Cards())
	return l, nil
}

// Close closes all that was opened, the last first.
func (l *living) Close() error { return l.closers.Close() }

// bot makes a bot that speaks in networks, and asks the question of the day in channels.
func (l *living) bot(networks []chat.Network, channels []store.Channel) (*bot.Bot, error) {
	glossary, err := l.flags.glossary()
	if err != nil {
		return nil, err
	}
	cfg := bot.Config{
		Notes: l.notes, Store: l.db, Networks: networks, Language: l.language, Schedule: l.schedule, Calendars: l.calendars,
		Links: l.flags.links(), Glossary: glossary, Log: l.log,
	}
	for _, c := range channels {
		cfg.Channels = append(cfg.Channels, bot.Channel{Channel: c, Schedule: l.schedule, Language: l.language})
	}
	b, err := bot.New(cfg)
	if err == nil {
		warnYear(l.schedule, time.Now(), l.log)
	}
	return b, err
}

// read keeps the notes up to date until stop is called.
func (l *living) read(ctx context.Context) (r *reader, stop func()) {
	r = &reader{notes: l.notes, log: l.log}
	if l.flags.Notes == "" {
		return r, func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	watching := make(chan struct{})
	go func() {
		defer close(watching)
		watch(ctx, l.flags.Notes, l.log, func() { r.refresh(ctx) })
	}()
	return r, func() { cancel(); <-watching }
}
