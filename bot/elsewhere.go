package bot

import (
	"context"
	"slices"
	"unicode/utf8"

	"studybot/knowledge"
	"studybot/store"
)

// When a reply is said to read like an answer to another card: it holds that card so well, and better by so much
// than its own, of which it holds little.
const (
	elsewhereFrom   = 0.6
	elsewhereBetter = 0.4
	elsewhereHits   = 5 // passages that are looked at
)

// elsewhere returns the question of a card which a reply that holds little of its own answers clearly better; ""
// for none. It tells nothing of the open questions' answers.
func (r request) elsewhere(ctx context.Context, q store.Question, reply store.Reply) string {
	own := reply.Grade.Score
	if exact(q) || reply.Grade.Band() != knowledge.Little || lettersIn(reply.Text) != nil { // letters choose in any card
		return ""
	}
	query := reply.Text
	if utf8.RuneCountInString(query) > maxQuery {
		query = string([]rune(query)[:maxQuery])
	}
	found, err := r.Notes.Search(ctx, query, elsewhereHits)
	if err != nil {
		r.Log.Warn("cannot look for what a reply answers", "channel", q.Channel.String(), "question", q.ID, "err", err)
		return ""
	}
	secret, err := r.secret(false)
	if err != nil {
		r.Log.Warn("cannot look for what a reply answers", "channel", q.Channel.String(), "question", q.ID, "err", err)
		return ""
	}
	best, title := max(elsewhereFrom, own+elsewhereBetter), ""
	for _, c := range r.Notes.Cards() {
		if !c.Askable() || c.ID == q.Card.ID || sharesAnswer(c, q.Card) || isSecret(c, secret) {
			continue
		}
		for _, h := range found.Hits {
			if !standsIn(c, knowledge.Source{File: h.File, Lines: []knowledge.Span{h.Lines}}) {
				continue
			}
			if s := r.gradeText(store.Question{Card: c}, reply.Text).Score; s >= best {
				best, title = s, c.Question
			}
			break
		}
	}
	return title
}

// isSecret reports whether a card's answer is that of one of the secret cards.
func isSecret(c knowledge.Card, secret []knowledge.Card) bool {
	return slices.ContainsFunc(secret, func(s knowledge.Card) bool { return s.ID == c.ID || sharesAnswer(c, s) })
}

// sharesAnswer reports whether the answers of two cards stand in the same lines.
func sharesAnswer(a, b knowledge.Card) bool {
	return standsIn(a, b.Source()) || slices.ContainsFunc(b.Also, func(s knowledge.Source) bool { return standsIn(a, s) })
}

// standsIn reports whether a line of a card's answer is among those of a source.
func standsIn(c knowledge.Card, at knowledge.Source) bool {
	return slices.ContainsFunc(append([]knowledge.Source{c.Source()}, c.Also...), func(own knowledge.Source) bool {
		return own.File == at.File && slices.ContainsFunc(own.Lines, func(l knowledge.Span) bool {
			return slices.ContainsFunc(at.Lines, func(m knowledge.Span) bool { return l.Start <= m.End && m.Start <= l.End })
		})
	})
}
