package bot

import (
	"strings"

	"studybot/bot/chat"
	"studybot/store"
)

// showAgain shows one member a message that was posted with a key, as it is by now: a question, its reminder or its reveal.
func (r request) showAgain(key chat.Key) (chat.Response, error) {
	i := max(strings.LastIndexByte(string(key), '-'), 0)
	r, q, err := r.about(store.QuestionID(key[:i]))
	if err != nil {
		return chat.Response{}, err
	}
	c := r.Bot.deckOf(q) // in the channel's language, as it was posted
	m := c.retired(q)
	switch {
	case key == q.ID.RevealKey() && q.State == store.StateClosed:
		if m, err = r.revealMessage(q); err != nil {
			return chat.Response{}, err
		}
	case key == q.ID.RevealKey():
		return say(r.words.staleButton), nil
	case q.State == store.StateOpen:
		m = c.post(q)
	}
	m.Thread = ""
	return private(m), nil
}
