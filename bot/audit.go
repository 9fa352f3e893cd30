package bot

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"studybot/bot/chat"
	"studybot/store"
)

// How many entries the audit list shows.
const (
	auditRows = 10
	maxAudit  = 50
)

// audit shows the last entries that changed scores or settings: when, what, by whom, why.
func (r request) audit(_ context.Context, args string) (chat.Response, error) {
	n, ok := number(args, auditRows, maxAudit)
	if !ok {
		return sayf(r.words.howMany, r.typed("audit"), maxAudit), nil
	}
	as, err := r.Store.Audit(r.channel.Channel, n)
	if err != nil {
		return chat.Response{}, err
	}
	if len(as) == 0 {
		return say(r.words.auditEmpty), nil
	}
	list := chat.List{}
	for _, a := range as {
		list.Items = append(list.Items, r.audited(a))
	}
	return private(chat.Message{Title: r.words.auditTitle, Blocks: []chat.Block{list}}), nil
}

// number reads how many of something are wanted: usual where nothing is said, false where it is not from 1 to most.
func number(args string, usual, most int) (n int, ok bool) {
	if args == "" {
		return usual, true
	}
	n, err := strconv.Atoi(args)
	return n, err == nil && n >= 1 && n <= most
}

// audited is an entry on two short lines: when and what; what it is about, by whom and why.
func (r request) audited(a store.Audited) chat.Item {
	var notes []string
	if text := subject(a); text != "" {
		notes = append(notes, shorten(text, 40))
	}
	if a.Settings != nil {
		notes = append(notes, a.Settings.String())
	}
	if a.Actor != "" && a.What != store.WasForgotten {
		who := a.Name
		if who == "" {
			who = a.Actor
		}
		notes = append(notes, fmt.Sprintf(r.words.auditBy, shorten(who, 40)))
	}
	switch {
	case a.Actor == "" && a.What == store.WasSkipped:
		notes = append(notes, r.words.missedHour)
	case a.Actor == "" && a.What == store.WasVoided:
		notes = append(notes, r.words.notInTime)
	case a.Reason != "":
		notes = append(notes, a.Reason)
	}
	return chat.Item{
		Mark: a.At.In(r.channel.Schedule.zone()).Format("2006-01-02 15:04"),
		Text: r.words.happened(a.Entry),
		Note: strings.Join(notes, " · "),
	}
}

// subject is what an audited entry is about: a question, a suggestion, a lookup; "" for none.
func subject(a store.Audited) string {
	switch {
	case a.Case != nil && a.Case.Card != nil:
		return a.Case.Card.Question
	case a.Case != nil && a.Case.Rating != nil:
		return a.Case.Rating.Query
	}
	return a.About.Card.Question
}

// How far back a member is told what was decided of the own suggestions and appeals, and how many.
const (
	decidedDays = 14
	maxDecided  = 3
)

// decided lists what was decided of late of what the member had put before those who run the bot.
func (r request) decided() (list chat.List, err error) {
	as, err := r.Store.Audit(r.channel.Channel, maxAudit)
	since := r.At.AddDate(0, 0, -decidedDays)
	for _, a := range as {
		if a.Case == nil || a.Case.Member != r.Member.ID || a.At.Before(since) || len(list.Items) == maxDecided {
			continue
		}
		text := r.words.happened(a.Entry)
		if a.Reason != "" {
			text += r.words.colon + a.Reason
		}
		list.Items = append(list.Items, chat.Item{Mark: "·", Text: shorten(subject(a), 60), Note: text})
	}
	list.Title = r.words.decided
	return list, err
}

// happened says in words what an audited entry did.
func (w *words) happened(e store.Entry) string {
	switch e.What {
	case store.WasVoided:
		return w.wasVoided
	case store.WasRegraded:
		return w.count(w.wasRegraded, len(e.Regrades))
	case store.WasCorrected:
		return w.count(w.wasCorrected, len(e.Regrades))
	case store.WasDecided:
		if e.Accepted {
			return w.wasAccepted
		}
		return w.wasDeclined
	case store.WasSkipped:
		return fmt.Sprintf(w.skipped, strings.TrimSpace(e.Deck+" "+days(e.Since, e.Day)))
	case store.WasPaused:
		switch e.Day {
		case "":
			return w.wasResumed
		case lastDay:
			return w.isPaused
		}
		return fmt.Sprintf(w.wasPausedUntil, string(e.Day))
	case store.WasSet:
		return w.wasSet
	case store.WasForgotten:
		return w.wasForgotten
	}
	return string(e.What)
}
