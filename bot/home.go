package bot

import (
	"time"

	"studybot/bot/chat"
	"studybot/store"
)

// apart reports whether the event came from no channel: what is answered there no other member sees.
func (r request) apart() bool { return r.Direct || r.Event.Channel == "" }

// meant is the channel that an event is about. Where it came from none, that is the member's study channel of the
// network: the only one there is; else the one where the member answered last; else the one whose question was
// asked last of those that are open.
func (b *Bot) meant(ev chat.Event) (store.Channel, error) {
	here := store.Channel{Network: ev.Network, ID: ev.Channel}
	if !ev.Direct && ev.Channel != "" {
		return here, nil
	}
	var candidates []store.Channel
	for _, c := range b.channels(ev.Network) {
		if len(b.decksOf(c)) > 0 {
			candidates = append(candidates, c)
		}
	}
	switch len(candidates) {
	case 0:
		return here, nil
	case 1:
		return candidates[0], nil
	}
	return b.nearest(candidates, here, ev.Member.ID)
}

// nearest is the candidate where the member answered last, else where a question was opened last, else other.
func (b *Bot) nearest(candidates []store.Channel, other store.Channel, m chat.MemberID) (store.Channel, error) {
	answered, opened := other, other
	var lastAnswer, lastOpen time.Time
	for _, c := range candidates {
		history, err := b.Store.History(c, m, 1)
		if err != nil {
			return other, err
		}
		if len(history) > 0 && history[0].Reply.At.After(lastAnswer) {
			answered, lastAnswer = c, history[0].Reply.At
		}
		q, open, err := b.Store.OpenQuestion(c)
		if err != nil {
			return other, err
		}
		if open && q.At.After(lastOpen) {
			opened, lastOpen = c, q.At
		}
	}
	if !lastAnswer.IsZero() {
		return answered, nil
	}
	return opened, nil
}

// about is the question that a button or a form names, and the request as one about it: of an event that came from
// no channel, in the question's own. It returns store.ErrUnknown where there is no such question in the channel.
func (r request) about(id store.QuestionID) (request, store.Question, error) {
	q, err := r.Store.Question(id)
	if err == nil && q.Channel != r.channel.Channel {
		if !r.apart() || q.Channel.Network != r.Network {
			return r, q, store.ErrUnknown
		}
		r = r.in(q.Channel)
	}
	return r, q, err
}
