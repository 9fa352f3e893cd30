package bot

import (
	"strings"
	"testing"

	"studybot/bot/chat"
)

// A message that was posted is shown again by its key, as it is by now; the answer never before its reveal, and nothing
// to another channel.
func TestShowAgain(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T09:00:00Z")
	q := w.open()
	wantIn(t, read(w.press("ann", chat.Show+string(q.ID.PostKey())).Private), q.Card.Question, "Reveal: 18:00")
	wantIn(t, read(w.press("ann", chat.Show+string(q.ID.RemindKey())).Private), q.Card.Question)
	wantIn(t, read(w.press("ann", chat.Show+string(q.ID.RevealKey())).Private), "is no more")
	w.at("2026-03-02T18:00:00Z")
	shown := w.press("ann", chat.Show+string(q.ID.RevealKey()))
	wantIn(t, read(shown.Private), q.Card.Answer, "Nobody answered")
	if shown.Private.Thread != "" {
		t.Error("what one member sees stands in the thread")
	}
	old := w.press("ann", chat.Show+string(q.ID.PostKey())).Private
	if wantIn(t, read(old), "Revealed."); len(old.Buttons) > 0 {
		t.Errorf("a closed question has buttons: %v", old.Buttons)
	}
	for _, key := range []string{"", "-", "x", "nothing-q", strings.Repeat("z", 500)} {
		wantIn(t, read(w.press("ann", chat.Show+key).Private), "is no more")
	}
	ev := w.event("eve")
	ev.Channel, ev.Press = "C2", &chat.Press{Action: chat.Show + string(q.ID.RevealKey())}
	wantIn(t, read(w.handle(ev).Private), "is no more")
}
