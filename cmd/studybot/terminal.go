package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"studybot/bot"
	"studybot/bot/calendar"
	"studybot/bot/chat"
	"studybot/bot/terminal"
	"studybot/knowledge"
	"studybot/knowledge/library"
	"studybot/store"
)

// channelFlags say when and how a channel has its question of the day.
type channelFlags struct {
	Zone     string `help:"Time zone of the channel, such as Asia/Shanghai. Without it, this machine's." env:"STUDYBOT_ZONE" placeholder:"IANA"`
	Post     string `help:"When the question of the day is posted." env:"STUDYBOT_POST" default:"09:00" placeholder:"HH:MM"`
	Reveal   string `help:"When it is revealed." env:"STUDYBOT_REVEAL" default:"18:00" placeholder:"HH:MM"`
	Reminder string `help:"When members are reminded of the open question, once, if few have answered: off for never." env:"STUDYBOT_REMINDER" default:"off" placeholder:"HH:MM"`
	Days     string `help:"The working days." env:"STUDYBOT_DAYS" default:"mon-fri" placeholder:"mon-fri"`
	Calendar string `help:"Public holidays and make-up working days: cn for China, none for none." env:"STUDYBOT_CALENDAR" default:"none" enum:"none,cn"`
	Holidays string `help:"File of own holidays and working days, which count over the calendar." env:"STUDYBOT_HOLIDAYS" placeholder:"FILE"`
	Language string `help:"What the bot speaks: zh, en, or auto for the language of the notes." env:"STUDYBOT_LANGUAGE" default:"auto" enum:"auto,zh,en"`
	NotesURL string `help:"Where the notes can be read on the web, such as https://git.example.com/notes/blob/main/{file}#L{line}." env:"STUDYBOT_NOTES_URL" name:"notes.url" placeholder:"URL"`
}

// schedule reads the flags, and returns the calendars that channels may choose from, too.
func (f channelFlags) schedule() (s bot.Schedule, calendars map[string]*calendar.Table, err error) {
	if s.Zone, err = zone(f.Zone); err != nil {
		return s, nil, fmt.Errorf("zone: %w", err)
	}
	if s.Post, err = bot.ParseClock(f.Post); err != nil {
		return s, nil, fmt.Errorf("post: %w", err)
	}
	if s.Reveal, err = bot.ParseClock(f.Reveal); err != nil {
		return s, nil, fmt.Errorf("reveal: %w", err)
	}
	if f.Reminder != "off" && f.Reminder != "" {
		at, err := bot.ParseClock(f.Reminder)
		if err != nil {
			return s, nil, fmt.Errorf("reminder: %w", err)
		}
		s.Reminder = &at
	}
	if s.Days, err = bot.ParseWeekdays(f.Days); err != nil {
		return s, nil, fmt.Errorf("days: %w", err)
	}
	if calendars, err = f.calendars(); err != nil {
		return s, nil, fmt.Errorf("holidays: %w", err)
	}
	s.Calendar = calendars[f.Calendar]
	if err := s.Check(); err != nil {
		return s, nil, err
	}
	if err := f.links().Check(); err != nil {
		return s, nil, fmt.Errorf("notes.url: %w", err)
	}
	return s, calendars, nil
}

func (f channelFlags) links() bot.Links { return bot.Links(f.NotesURL) }

// calendars are those that a channel may choose from, each with the own file over it.
func (f channelFlags) calendars() (map[string]*calendar.Table, error) {
	tables := map[string]*calendar.Table{"none": nil, "cn": calendar.China()}
	if f.Holidays == "" {
		return tables, nil
	}
	file, err := os.Open(f.Holidays)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	own, err := calendar.Parse(f.Holidays, file)
	if err != nil {
		return nil, err
	}
	for name, table := range tables {
		tables[name] = table.With(own)
	}
	return tables, nil
}

// warnYear warns where the calendar does not know the year of t.
func warnYear(s bot.Schedule, t time.Time, log *slog.Logger) {
	if !s.Covered(s.Day(t)) {
		log.Warn("the calendar does not know this year's holidays; every week counts as usual", "year", t.In(s.Zone).Year(), "known", s.Calendar.Years())
	}
}

func zone(name string) (*time.Location, error) {
	if name == "" || name == "Local" {
		return time.Local, nil
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return nil, fmt.Errorf("there is no time zone %q: use an IANA name such as Asia/Shanghai or Europe/Berlin", name)
	}
	return loc, nil
}

// language is what the bot speaks, by the flag or by the notes.
func (f channelFlags) language(cards []knowledge.Card) bot.Language {
	if f.Language == "auto" || f.Language == "" {
		return bot.LanguageOf(cards)
	}
	return bot.Language(f.Language)
}

// dataFlag is where everything is kept.
type dataFlag struct {
	Data string `help:"Data folder: the database, the index and the transcript. Without it, studybot in the user's data folder." env:"STUDYBOT_DATA" placeholder:"DIR"`
}

// path returns the data folder (see the XDG Base Directory Specification for its default).
func (f dataFlag) path() (string, error) {
	if f.Data != "" {
		return f.Data, nil
	}
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "studybot"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("no data folder: %w; name one with --data", err)
	}
	return filepath.Join(home, ".local", "share", "studybot"), nil
}

// make returns the data folder, and makes it where it is missing.
func (f dataFlag) make() (string, error) {
	dir, err := f.path()
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("data folder: %w; choose another with --data", err)
	}
	return dir, nil
}

// Where things are in the data folder.
const (
	databaseFile   = "studybot.db"
	indexFolder    = "index"
	transcriptFile = "terminal.jsonl"
	logFile        = "studybot.log" // of a terminal; elsewhere stderr is the log
)

type terminalCmd struct{ botFlags }

// studyChannel is the terminal's only channel.
const studyChannel chat.ChannelID = "study"

func (c terminalCmd) Run(p program) (err error) {
	interactive := isTerminal(p.in) && isTerminal(p.out)
	l, err := c.open(p, interactive) // lines on stderr would run into the line being typed
	if errors.Is(err, context.Canceled) {
		return nil // told to leave before it began
	}
	if err != nil {
		return err
	}
	defer closeInto(&err, l.Close)
	var b *bot.Bot // made when the terminal is open; it speaks first
	at := store.Channel{Network: terminal.Name, ID: studyChannel}
	term, err := terminal.Open(terminal.Config{
		In: p.in, Out: p.out, Interactive: interactive, Colour: colours(p.out),
		Channel: studyChannel, Zone: l.schedule.Zone, Path: filepath.Join(l.dir, transcriptFile),
		Now: time.Now, Usages: bot.Usages(), Language: func() string { return string(b.LanguageIn(at)) }, Log: l.log,
	})
	if err != nil {
		return err
	}
	defer closeInto(&err, term.Close)
	b, err = l.bot([]chat.Network{term}, []store.Channel{at})
	if err != nil {
		return err
	}
	if interactive {
		text, err := b.Welcome(at, time.Now())
		if err != nil {
			return err
		}
		fmt.Fprintln(p.out, text)
	}
	sayLeftOut(p.err, l.notes.Problems())
	r, stop := l.read(p)
	defer stop()
	return term.Run(p, b.Handle, tick(b, r))
}

// sayLeftOut tells of whole files that could not be read. What is wrong within a note is for the report.
func sayLeftOut(out io.Writer, problems []knowledge.Problem) {
	left := 0
	for _, p := range problems {
		if p.Line == 0 {
			left++
		}
	}
	if left > 0 {
		fmt.Fprintf(out, "studybot: %d of the files are left out or doubtful; \"studybot cards --report\" names them\n", left)
	}
}

// A reader keeps the notes up to date, and says so when that begins to fail and when it works again.
type reader struct {
	notes   *library.Library
	log     *slog.Logger
	mu      sync.Mutex
	failing bool
}

func (r *reader) refresh(ctx context.Context) {
	change, err := r.notes.Refresh(ctx)
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case err != nil && !r.failing && ctx.Err() == nil:
		r.log.Warn("the notes cannot be read again; going on with what was read before", "err", err)
	case err == nil && r.failing:
		r.log.Warn("the notes can be read again")
	}
	r.failing = err != nil
	if !change.None() {
		r.log.Info("notes read again", "added", len(change.Added), "changed", len(change.Changed), "removed", len(change.Removed))
	}
}

// tick lets the bot do what is due, with the notes as they are now.
func tick(b *bot.Bot, notes *reader) func(context.Context, time.Time) error {
	return func(ctx context.Context, now time.Time) error {
		notes.refresh(ctx)
		return b.Tick(ctx, now)
	}
}

// colours reports whether colours are welcome (https://no-color.org).
func colours(out any) bool {
	return isTerminal(out) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

// closeInto closes, and makes its error the function's where there is none yet.
func closeInto(err *error, close func() error) {
	*err = errors.Join(*err, close())
}
