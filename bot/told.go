package bot

import (
	"sync"

	"studybot/store"
)

// A told remembers who was told something in which week.
type told struct {
	mu    sync.Mutex
	weeks map[string]store.Day
}

// first reports whether who is to be told in a week, and was not yet.
func (t *told) first(who string, week store.Day) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.weeks[who] == week {
		return false
	}
	if t.weeks == nil {
		t.weeks = map[string]store.Day{}
	}
	t.weeks[who] = week
	return true
}
