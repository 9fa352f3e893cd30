package bot

import (
	"context"
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
	if err := r.Store.Pause(r.channel.Channel, "", string(r.Member.ID), r.At); err != nil {
		return chat.Response{}, err
	}
	text, err := r.nextQuestion()
	return say(text), err
}
