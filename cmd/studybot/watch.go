package main

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
)

// How long a folder must be quiet before it is read again, and how long a busy one may put it off.
const (
	watchQuiet = 300 * time.Millisecond
	watchMost  = 1500 * time.Millisecond
)

// watch calls changed when something in dir, or in a folder below it, has changed, until ctx is done.
// What cannot be watched is logged: a change there is noticed a little later, by the next tick.
func watch(ctx context.Context, dir string, log *slog.Logger, changed func()) {
	w, err := fsnotify.NewWatcher()
	if err == nil {
		err = watchBelow(w, dir)
	}
	if err != nil {
		log.Info("the notes folder cannot be watched; changes are noticed a little later", "err", err)
	}
	if w == nil {
		return
	}
	defer w.Close()
	var quiet, most <-chan time.Time
	for {
		select {
		case <-ctx.Done():
			return
		case ev, ok := <-w.Events:
			if !ok {
				return
			}
			if ev.Has(fsnotify.Create) {
				_ = watchBelow(w, ev.Name) // a file, or gone again: nothing to watch
			}
			quiet = time.After(watchQuiet)
			if most == nil {
				most = time.After(watchMost)
			}
		case err := <-w.Errors: // events were lost: look for oneself
			log.Info("watching the notes folder", "err", err)
			quiet = time.After(watchQuiet)
		case <-quiet:
			quiet, most = nil, nil
			changed()
		case <-most:
			quiet, most = nil, nil
			changed()
		}
	}
}

// watchBelow watches dir and the folders in it.
func watchBelow(w *fsnotify.Watcher, dir string) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return nil // told by the reading of the notes
		}
		if name := d.Name(); path != dir && len(name) > 1 && name[0] == '.' {
			return filepath.SkipDir
		}
		if err := w.Add(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	})
}
