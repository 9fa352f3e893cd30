package bot

import (
	"context"
	"fmt"

	"studybot/bot/chat"
	"studybot/knowledge"
)

// maxProblems is how many problems of the notes are shown.
const maxProblems = 10

// reload reads the notes again, and says what changed in the cards and what is wrong with the notes.
func (r request) reload(ctx context.Context, _ string) (chat.Response, error) {
	before := r.Notes.Cards()
	notes, err := r.Notes.Refresh(ctx)
	if err != nil {
		return sayf(r.words.notReloaded, err), nil
	}
	cards := r.Notes.Cards()
	added, changed, removed := compareCards(before, cards)
	m := chat.Message{Title: r.words.reloaded, Blocks: []chat.Block{chat.List{Items: []chat.Item{
		{Mark: "·", Text: fmt.Sprintf(r.words.reloadedNotes, len(notes.Added), len(notes.Changed), len(notes.Removed))},
		{Mark: "·", Text: fmt.Sprintf(r.words.reloadedCards, added, changed, removed)},
		{Mark: "·", Text: fmt.Sprintf(r.words.cardsNow, len(cards), Deck{}.askable(cards))},
	}}}}
	if problems := r.Notes.Problems(); len(problems) > 0 {
		list := chat.List{Title: r.words.count(r.words.problems, len(problems))}
		for _, p := range problems[:min(maxProblems, len(problems))] {
			list.Items = append(list.Items, chat.Item{Mark: "!", Text: p.String()})
		}
		m.Blocks = append(m.Blocks, list)
	}
	return private(m), nil
}

// compareCards counts the cards that are new, that ask or answer something else, and that are gone.
func compareCards(before, after []knowledge.Card) (added, changed, removed int) {
	was := make(map[knowledge.ID]knowledge.Card, len(before))
	for _, c := range before {
		was[c.ID] = c
	}
	for _, c := range after {
		old, ok := was[c.ID]
		switch {
		case !ok:
			added++
		case old.Question != c.Question || old.Answer != c.Answer:
			changed++
		}
		delete(was, c.ID)
	}
	return added, changed, len(was)
}
