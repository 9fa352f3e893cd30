package chat

import "sync"

// A Recent remembers the latest few thousand keys, each with a value: what came already, what was posted. The zero
// Recent is empty. Its methods may be called at the same time.
type Recent[V any] struct {
	mu       sync.Mutex
	new, old map[string]V
}

// generation is how many keys are forgotten at a time.
const generation = 5000

// Get returns the value of a key that was put not too long ago.
func (r *Recent[V]) Get(key string) (v V, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if v, ok = r.new[key]; !ok {
		v, ok = r.old[key]
	}
	return v, ok
}

// Put remembers a key and reports whether it is new.
func (r *Recent[V]) Put(key string, v V) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, isNew := r.new[key]
	_, isOld := r.old[key]
	if r.new == nil || len(r.new) >= generation {
		r.old, r.new = r.new, make(map[string]V, generation)
	}
	r.new[key] = v
	return !isNew && !isOld
}

// Drop forgets a key.
func (r *Recent[V]) Drop(key string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.new, key)
	delete(r.old, key)
}
