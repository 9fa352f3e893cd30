package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"studybot/knowledge"
	"studybot/store"
)

type checkCmd struct {
	notesFlag
	dataFlag
	channelFlags
	logFlag
	slackFlags
	discordFlags
}

// errCheck means that something has to be put right before studybot can work.
var errCheck = errors.New("some settings have to be put right, see above")

// Run says what is configured, what is missing and what to do next. It changes nothing and
// prints no secret.
func (c checkCmd) Run(p program, all *cli) error {
	r := report{out: p.out}
	r.line("settings", settingsFile(all.Config), nil)
	language, err := c.checkNotes(p, &r)
	if err == nil {
		r.line("language", language, nil)
	}
	c.checkData(&r)
	c.checkSchedule(&r)
	c.checkSettings(&r)
	for _, s := range secrets {
		where, err := secretSource(s.name)
		if where != "" || err != nil {
			r.line(s.name, where, err)
		}
	}
	c.checkSlack(p, &r)
	c.checkDiscord(p, &r)
	if r.wrong {
		return errors.Join(errCheck, r.full)
	}
	r.print("\nAll is well. Run \"studybot\" to open the study channel in this terminal.\n")
	return r.full
}

func settingsFile(path string) string {
	if path == "" {
		return "none; name one with --config"
	}
	return path
}

func (c checkCmd) checkNotes(p program, r *report) (language string, err error) {
	where := c.Notes
	if where == "" {
		where = "the sample that comes with studybot; name your own folder with --notes"
	}
	l, closer, err := c.library(p, "", c.logger(p))
	if err != nil {
		r.line("notes", where, err)
		return "", err
	}
	defer closer.Close()
	cards := l.Cards()
	askable := 0
	for _, card := range cards {
		if card.Askable() {
			askable++
		}
	}
	r.line("notes", where, nil)
	r.line("", fmt.Sprintf("%d notes, %d passages, %d cards, %d of them asked by themselves", l.Notes(), l.Passages(), len(cards), askable), nil)
	if n := len(l.Problems()); n > 0 {
		r.line("", fmt.Sprintf("%d remarks on the notes; \"studybot cards --report\" lists them", n), nil)
	}
	if askable == 0 {
		r.line("", "", errors.New("no question of the day can be asked from these notes"))
	}
	return c.speaks(cards), nil
}

func (c checkCmd) speaks(cards []knowledge.Card) string {
	if c.Language == "auto" {
		return string(c.language(cards)) + ", by the notes"
	}
	return c.Language
}

func (c checkCmd) checkData(r *report) {
	dir, err := c.path()
	if err != nil {
		r.line("data", "", err)
		return
	}
	_, err = os.Stat(filepath.Join(dir, databaseFile))
	switch {
	case errors.Is(err, os.ErrNotExist):
		r.line("data", dir+", to be made at the first start", writable(dir))
	case err != nil:
		r.line("data", dir, err)
	default:
		db := filepath.Join(dir, databaseFile)
		err := store.Peek(db)
		if errors.Is(err, store.ErrLocked) {
			r.line("data", dir+", in use by a running studybot", nil)
			return
		}
		if err == nil && mayWrite(db, false) != nil {
			err = fmt.Errorf("%s cannot be written: give this user the right to, or choose another folder with --data", db)
		}
		r.line("data", dir, errors.Join(err, writable(dir)))
	}
}

// writable returns an error where dir, or the nearest folder above it that exists, cannot be
// written.
func writable(dir string) error {
	for {
		info, err := os.Stat(dir)
		if errors.Is(err, os.ErrNotExist) && filepath.Dir(dir) != dir {
			dir = filepath.Dir(dir)
			continue
		}
		switch {
		case err != nil:
			return err
		case !info.IsDir():
			return fmt.Errorf("%s is not a folder: choose another with --data", dir)
		}
		if mayWrite(dir, true) != nil {
			return fmt.Errorf("%s cannot be written: choose another folder with --data", dir)
		}
		return nil
	}
}

func (c checkCmd) checkSchedule(r *report) {
	s, _, err := c.schedule()
	if err != nil {
		r.line("schedule", "", err)
		return
	}
	now := time.Now()
	remind := ""
	if s.Reminder != nil {
		remind = fmt.Sprintf(", reminder %s", s.Reminder)
	}
	r.line("schedule", fmt.Sprintf("%s, post %s, reveal %s%s, in %s", s.Days, s.Post, s.Reveal, remind, describeZone(s.Zone, now)), nil)
	if keepsUTC(s.Zone, now) {
		r.line("", "hint: this machine keeps UTC; name the zone of the channel with --zone, such as Asia/Shanghai", nil)
	}
	if s.Calendar != nil {
		var err error
		if !s.Covered(s.Day(now)) {
			err = errors.New("this year's holidays are not known; add them to the file of --holidays, or get a newer studybot")
		}
		r.line("calendar", fmt.Sprintf("knows the holidays of %v", s.Calendar.Years()), err)
	}
}

// checkSettings says what was set in channels, which counts over what is configured.
func (c checkCmd) checkSettings(r *report) {
	dir, err := c.path()
	if err != nil {
		return // told by checkData
	}
	db := filepath.Join(dir, databaseFile)
	if _, err := os.Stat(db); err != nil {
		return
	}
	all, err := store.PeekSettings(db)
	if errors.Is(err, store.ErrLocked) {
		r.line("channels", "what was set in them with setup counts over this; ask the running studybot by /setup", nil)
		return
	}
	if err != nil {
		return // told by checkData
	}
	channels := slices.SortedFunc(maps.Keys(all), func(a, b store.Channel) int { return cmp.Compare(a.String(), b.String()) })
	for _, at := range channels {
		for _, s := range all[at] {
			r.line("channel", fmt.Sprintf("%s: %s, set there on %s, which counts over this", oneLine(at.String()), oneLine(s.String()), s.At.Format(time.DateOnly)), nil)
		}
	}
}

// A report prints what was checked, a line each.
type report struct {
	out   io.Writer
	wrong bool
	full  error // of the first write that failed
}

func (r *report) print(format string, args ...any) {
	if _, err := fmt.Fprintf(r.out, format, args...); r.full == nil {
		r.full = err
	}
}

// network prints what check says of a network, unless it could not even be opened. It waits for at most 10 s.
func (r *report) network(ctx context.Context, name string, opened error, check func(context.Context) (string, error)) {
	if opened != nil {
		r.line(name, "", opened)
		return
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	said, err := check(ctx)
	if err != nil {
		said = ""
	}
	r.line(name, said, err)
}

func (r *report) line(name, text string, err error) {
	mark := "ok "
	switch {
	case err != nil && text != "":
		text = fmt.Sprintf("%s: %v", text, err)
	case err != nil:
		text = err.Error()
	}
	if err != nil {
		mark, r.wrong = "BAD", true
	}
	r.print("%s  %-10s %s\n", mark, name, text)
}
