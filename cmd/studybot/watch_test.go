package main

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// A new note, a changed one, a deleted one and one in a new folder are each noticed.
func TestWatch(t *testing.T) {
	dir := t.TempDir()
	changes := make(chan struct{}, 100)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		watch(ctx, dir, slog.New(slog.DiscardHandler), func() { changes <- struct{}{} })
	}()
	note := filepath.Join(dir, "a.md")
	write := func(path, text string) func() error {
		return func() error { return os.WriteFile(path, []byte(text), 0o600) }
	}
	steps := []func() error{
		write(note, "# A"),
		write(note, "# B"),
		func() error { return os.Remove(note) },
		func() error { return os.Mkdir(filepath.Join(dir, "sub"), 0o700) },
		write(filepath.Join(dir, "sub", "b.md"), "# B"),
	}
	for i, step := range steps {
		noticed := false
		for try := 0; !noticed; try++ { // the watcher may not have begun when the first step is done
			if err := step(); err != nil && try == 0 {
				t.Fatal(err)
			}
			select {
			case <-changes:
				noticed = true
			case <-time.After(5 * time.Second):
				if try == 5 {
					t.Fatalf("step %d was not noticed", i)
				}
			}
		}
	}
	cancel()
	<-done
}
