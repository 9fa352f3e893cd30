package library

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"studybot/knowledge"
	"studybot/knowledge/note"
)

// Refresh looks through the folder and takes in what changed: files whose size or time
// differs are read, and of these, notes whose bytes differ are indexed again. Lookups and
// Cards go on meanwhile, with the former cards until Refresh returns.
//
// What the file system fails to give, such as a folder that this user may not list or a
// file on a bad disk, is a Problem, and its notes stay as they were; what does not exist
// any more is forgotten. On an error, such as a folder of notes that is gone or holds no
// note any more, the library goes on with all that it had. Two calls at the same time take
// turns.
func (l *Library) Refresh(ctx context.Context) (Change, error) {
	select {
	case l.turn <- struct{}{}:
		defer func() { <-l.turn }()
	case <-ctx.Done():
		return Change{}, ctx.Err()
	}
	old := l.now.Load()
	found, err := note.List(ctx, l.cfg.Notes)
	if err != nil {
		return Change{}, fmt.Errorf("refresh: %w", err)
	}
	files := make(map[string]file, len(found.Files))
	var todo []note.File
	for _, f := range found.Files {
		if was, ok := old.files[f.Name]; ok && was.unchanged(f) {
			files[f.Name] = was
		} else {
			todo = append(todo, f)
		}
	}
	read, err := l.readAll(ctx, todo)
	if err != nil {
		return Change{}, fmt.Errorf("refresh: %w", err)
	}
	maps.Copy(files, read)
	return l.take(ctx, old, files, append(found.Problems, keep(files, old.files, found.Unread)...))
}

// take makes files what the library knows.
func (l *Library) take(ctx context.Context, old *state, files map[string]file, problems []knowledge.Problem) (Change, error) {
	next := newState(files, problems, old.known)
	if next.notes == 0 {
		return Change{}, noNotes(next.problems)
	}
	hashes := next.hashes()
	var gone []string
	for name := range l.index.Files() {
		if _, ok := hashes[name]; !ok {
			gone = append(gone, name)
		}
	}
	slices.Sort(gone)
	if len(gone) > 0 {
		if err := l.index.Update(ctx, nil, gone, nil); err != nil {
			return Change{}, fmt.Errorf("refresh: %w", err)
		}
	}
	change := diff(old.hashes(), hashes)
	l.now.Store(next)
	if !change.None() {
		l.saveCards(next.known)
		l.cfg.Log.Info("notes read", "notes", next.notes, "cards", len(next.cards), "passages", l.index.Len(),
			"added", len(change.Added), "changed", len(change.Changed), "removed", len(change.Removed), "problems", len(next.problems))
	}
	return change, nil
}
