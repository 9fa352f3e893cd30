package bot

import (
	"context"
	"errors"
	"time"

	"studybot/bot/chat"
	"studybot/store"
)

// maxPause is how many days a pause has an end; a longer one is until resume.
const maxPause = 5 * 366

// pause leaves out all questions of the day until a date, or until resume.
func (r request) pause(_ context.Context, until string) (chat.Response, error) {
	before := lastDay
	if until != "" {
		if _, err := time.Parse(time.DateOnly, until); err != nil || store.Day(until) <= r.channel.Schedule.Day(r.At) {
			return sayf(r.words.pauseWhat, r.typed("pause")), nil
		}
		if store.Day(until) < addDays(r.channel.Schedule.Day(r.At), maxPause) {
			before = store.Day(until)
		}
	}
	if err := r.Store.Pause(r.channel.Channel, before, string(r.Member.ID), r.At); err != nil {
		return chat.Response{}, err
	}
	if before == lastDay {
		return sayf(r.words.paused, r.typed("resume")), nil
	}
	return sayf(r.words.pausedUntil, until, r.typed("resume")), nil
}

// resume ends a pause.
func (r request) resume(context.Context, string) (chat.Response, error) {
	r.acting.Lock()
	defer r.acting.Unlock()
	if err := r.leaveOutPaused(); err != nil {
		return chat.Response{}, err
	}
	if err := r.Store.Pause(r.channel.Channel, "", string(r.Member.ID), r.At); err != nil {
		return chat.Response{}, err
	}
	text, err := r.comesNext()
	return say(text), err
}

// leaveOutPaused records of the last days of a pause that they have no question: without it they would be taken for
// missed when it ends.
func (r request) leaveOutPaused() error {
	until, err := r.Store.PausedUntil(r.channel.Channel)
	if err != nil {
		return err
	}
	for _, c := range r.decksOf(r.channel.Channel) {
		for _, d := range c.Schedule.lately(r.At) {
			if d >= until || c.Schedule.due(d, r.At) {
				continue
			}
			_, err := r.Store.Skip(store.Skipping{Channel: c.Channel, Deck: c.Deck.Name, Day: d, Actor: string(r.Member.ID), Reason: r.public.inPause, At: r.At})
			if err != nil && !errors.Is(err, store.ErrDayTaken) {
				return err
			}
		}
	}
	return nil
}
