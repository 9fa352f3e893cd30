package bot

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"studybot/knowledge"
	"studybot/knowledge/grade"
	"studybot/store"
)

// gradeText grades an answer to a question in the form in which it was asked. In one's own words it is held
// against the card's answer and against others that were accepted for it; the best counts.
func (b *Bot) gradeText(q store.Question, text string) knowledge.Grade {
	switch {
	case q.Form != nil && q.Form.Ask == store.AskCommand:
		return bestOf(q, func(ref string) knowledge.Grade {
			if ref == q.Card.Answer {
				ref = q.Form.Command
			}
			return grade.Command(ref, text)
		})
	case q.Form != nil && q.Form.Ask == store.AskOrder:
		return accepting(q, text, gradeOrder(*q.Form, text))
	case len(choices(q)) > 0:
		return accepting(q, text, grade.Choice(choices(q), text))
	case q.Card.Kind == knowledge.Cloze:
		return bestOf(q, func(ref string) knowledge.Grade { return grade.Gaps(ref, text) })
	}
	return b.grader.Answer(q.Card.Question, append([]string{q.Card.Answer}, q.References...), text)
}

// accepting is a grade of letters, or 1 where the same letters were accepted besides the right ones.
func accepting(q store.Question, text string, g knowledge.Grade) knowledge.Grade {
	at := lettersIn(text)
	if at != nil && slices.ContainsFunc(q.References, func(ref string) bool { return slices.Equal(lettersIn(ref), at) }) {
		g.Score = 1
	}
	return g
}

// gradeReply grades a reply. What a member added after the missed points were shown counts half: else
// whoever copies them would score as well as who knew them.
func (b *Bot) gradeReply(q store.Question, r store.Reply) knowledge.Grade {
	g := b.gradeText(q, r.Text)
	if r.First == "" {
		return g
	}
	if first := b.gradeText(q, r.First).Score; g.Score > first {
		g.Score = first + (g.Score-first)/2
	}
	return g
}

// choices are the options of a question of which some are right; none where it is asked in another way.
func choices(q store.Question) []knowledge.Option {
	if q.Form == nil {
		if q.Card.Kind == knowledge.Choice {
			return q.Card.Options
		}
		return nil
	}
	if q.Form.Ask != store.AskPick {
		return nil
	}
	var options []knowledge.Option
	for i, o := range q.Form.Options {
		options = append(options, knowledge.Option{Text: o, Right: len(q.Form.Right) > 0 && i == q.Form.Right[0]})
	}
	return options
}

// gradeOrder says of each step whether it stands in its place.
func gradeOrder(f store.Form, text string) knowledge.Grade {
	g := grade.Order(orderOf(f), text)
	for i := range g.Points {
		g.Points[i].Text = letter(f.Right[i]) + ". " + f.Options[f.Right[i]]
		if g.Points[i].Held {
			g.Points[i].Evidence = letter(f.Right[i])
		}
	}
	return g
}

// orderOf is the right order in letters: "C A B".
func orderOf(f store.Form) string {
	var order []string
	for _, i := range f.Right {
		order = append(order, letter(i))
	}
	return strings.Join(order, " ")
}

// bestOf is the best grade by all answers that are accepted for a question; of equal ones that by the card's own.
func bestOf(q store.Question, by func(reference string) knowledge.Grade) knowledge.Grade {
	best := by(q.Card.Answer)
	for _, ref := range q.References {
		if g := by(ref); g.Score > best.Score {
			best = g
		}
	}
	return best
}

// keep grades an answer and stores it. Where the reference is corrected meanwhile, or the member answers twice at
// once, it is graded again.
func (r request) keep(q store.Question, text string) (store.Reply, error) {
	for {
		before, answered, err := r.Store.ReplyOf(q.ID, r.Member.ID)
		if err != nil {
			return before, err
		}
		reply := store.Reply{Member: r.Member.ID, Name: r.Member.Name, Text: text, At: r.At, Rule: q.Rule}
		if answered {
			reply.First = cmp.Or(before.First, before.Text)
		}
		reply.Grade = r.gradeReply(q, reply)
		if reply, err = r.Store.Reply(q.ID, reply, lateAward); !errors.Is(err, store.ErrChanged) {
			return reply, err
		}
		if q, err = r.Store.Question(q.ID); err != nil {
			return reply, err
		}
	}
}
