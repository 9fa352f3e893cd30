package discord

import "sync"

// serial lets what one member does be handled in its order, and what several do at the same time.
type serial struct {
	mu   sync.Mutex
	last map[string]*turn // of those for whom something is to be done
}

// A turn is the place of one thing in its member's order.
type turn struct {
	before <-chan struct{} // closed when it has come
	ended  chan struct{}
	end    func() // must be called when it has come, and may be more than once
}

// take takes the next turn of a member.
func (s *serial) take(member string) *turn {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.last == nil {
		s.last = map[string]*turn{}
	}
	t := &turn{ended: make(chan struct{})}
	if before := s.last[member]; before != nil {
		t.before = before.ended
	} else {
		first := make(chan struct{})
		close(first)
		t.before = first
	}
	s.last[member] = t
	t.end = sync.OnceFunc(func() {
		close(t.ended)
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.last[member] == t {
			delete(s.last, member)
		}
	})
	return t
}
