package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"studybot/bot/chat"
	"studybot/knowledge"
	"studybot/knowledge/search"
	"studybot/store"
)

// maxAction is the longest chat.Button.Action, in bytes.
const maxAction = 100

// lookupButtons are what can be done with a hit. An action says which query and which text, so that a button works
// as long as its message exists; a query too long for an action has none.
func (r request) lookupButtons(which, query string, share bool) (buttons []chat.Button) {
	all := []chat.Button{
		{Action: "share", Label: r.words.share},
		{Action: "more", Label: r.words.moreButton},
		{Action: "helped", Label: r.words.helpedButton},
		{Action: "missed", Label: r.words.missedButton},
	}
	if !share {
		all = all[1:]
	}
	for _, b := range all {
		b.Action += " " + which + " " + query
		if len(b.Action) <= maxAction {
			buttons = append(buttons, b)
		}
	}
	return buttons
}

// fingerprint tells a hit from others.
func fingerprint(h search.Hit) string {
	sum := sha256.Sum256([]byte(h.File + "\x00" + h.Text))
	return hex.EncodeToString(sum[:4])
}

// again finds the hit that a button was made for. Where the notes no longer give it, or it is hidden, ok is false
// and why says so.
func (r request) again(ctx context.Context, args string, forMember bool) (h search.Hit, query string, ok bool, why chat.Response, err error) {
	which, query, _ := strings.Cut(args, " ")
	found, hidden, err := r.search(ctx, query, forMember)
	if err != nil {
		return h, query, false, why, err
	}
	i := slices.IndexFunc(found.Hits, func(h search.Hit) bool { return fingerprint(h) == which })
	switch {
	case i < 0 && hidden && forMember:
		return h, query, false, sayf(r.words.embargo, r.typed("answer")), nil
	case i < 0 && hidden:
		return h, query, false, say(r.words.shareLater), nil
	case i < 0:
		return h, query, false, say(r.words.notesChanged), nil
	}
	return found.Hits[i], query, true, why, nil
}

// share posts a hit that was shown to one member for the channel to see.
func (r request) share(ctx context.Context, args string) (chat.Response, error) {
	h, query, ok, why, err := r.again(ctx, args, false)
	if err != nil || !ok {
		return why, err
	}
	return chat.Response{Public: &chat.Message{
		Title:  fmt.Sprintf(r.public.shared, r.Member.Name, shorten(query, 60)),
		Blocks: []chat.Block{r.passage(h, true)},
	}}, nil
}

// more shows all of a hit, and what stands before and after it in its note.
func (r request) more(ctx context.Context, args string) (chat.Response, error) {
	h, _, ok, why, err := r.again(ctx, args, true)
	if err != nil || !ok {
		return why, err
	}
	before, after, err := r.Notes.Around(ctx, h.Passage)
	if err != nil {
		return chat.Response{}, err
	}
	secret, err := r.secret(true)
	if err != nil {
		return chat.Response{}, err
	}
	m := chat.Message{Title: h.File}
	for _, p := range []*knowledge.Passage{before, &h.Passage, after} {
		if p == nil {
			continue
		}
		shown := search.Hit{Passage: *p}
		if slices.ContainsFunc(secret, func(c knowledge.Card) bool { return answers(shown, c) }) {
			m.Context = fmt.Sprintf(r.words.embargo, r.typed("answer"))
			continue
		}
		b := r.passage(shown, true)
		if p.Text == h.Text {
			b.Text, b.Marks = h.Text, h.Marks
		} else {
			b.Text = r.words.clip(p.Text, knowledge.Card{File: p.File, Lines: []knowledge.Span{p.Lines}})
		}
		m.Blocks = append(m.Blocks, b)
	}
	return private(m), nil
}

// rate takes a member's word whether a lookup helped. What did not is shown to those who run the bot.
func (r request) rate(ctx context.Context, args string, helpful bool) (chat.Response, error) {
	which, query, _ := strings.Cut(args, " ")
	rating := store.Rating{Query: query, Helpful: helpful}
	if which != "-" {
		h, _, ok, why, err := r.again(ctx, args, true)
		if err != nil || !ok {
			return why, err
		}
		rating.File, rating.Lines = h.File, h.Lines
	}
	err := r.Store.Rate(r.channel.Channel, r.Member, rating, r.At)
	switch {
	case errors.Is(err, store.ErrDecided):
		return say(r.words.appealWaits), nil
	case err != nil:
		return chat.Response{}, err
	case helpful:
		return say(r.words.helped), nil
	}
	return sayf(r.words.missedIt, r.typed("suggest")), nil
}
