package bot

import (
	"errors"
	"time"

	"studybot/bot/chat"
	"studybot/store"
)

// errUndelivered means that something was decided and recorded, and its message will be posted as soon as
// the network takes it.
var errUndelivered = errors.New("not posted yet")

// A failure is something that a network did not do when it was tried last.
type failure struct {
	times int // running
	last  time.Time
}

// How long a network is left alone after it failed: twice as long each time, up to the longest.
const (
	shortestWait = 10 * time.Second
	longestWait  = 5 * time.Minute
)

// waits reports whether it is too early to try again. A clock that was set back does not make it wait longer.
func (f failure) waits(now time.Time) bool {
	wait := min(shortestWait<<min(max(f.times-1, 0), 8), longestWait)
	return f.times > 0 && !now.Before(f.last) && now.Before(f.last.Add(wait))
}

// maxDown is how many channels of a network may fail in one Tick before the others are left to the next: where the
// whole network is down, each may take as long as the network waits for an answer.
const maxDown = 3

// down reports whether a network has failed so often in this Tick that it is left alone until the next.
func (b *Bot) down(network string) bool { return b.downs[network] >= maxDown }

// fell takes in that a call to a network failed in this Tick, unless it is about one channel only.
func (b *Bot) fell(network string, err error) {
	if !errors.Is(err, chat.ErrRefused) {
		b.downs[network]++
	}
}

func (f failure) again(now time.Time) failure { return failure{f.times + 1, now} }

// failed takes in that a channel's network did not take a message. It returns err where that begins, and nil where
// it was told before.
func (b *Bot) failed(c store.Channel, err error, now time.Time) error {
	before := b.failing[c]
	b.failing[c] = before.again(now)
	if before.times > 0 {
		return nil
	}
	return err
}

// worked takes in that a channel's network takes messages.
func (b *Bot) worked(c store.Channel) {
	if b.failing[c].times > 0 {
		b.Log.Warn("the network takes messages again", "channel", c.String())
	}
	delete(b.failing, c)
}

// undelivered says that what an admin decided is not posted yet, and logs it where that is new.
func (r request) undelivered(err error) chat.Response {
	if err := r.failed(r.channel.Channel, err, r.At); err != nil {
		r.Log.Warn("not posted yet", "channel", r.channel.String(), "err", err)
	}
	if errors.Is(err, chat.ErrRefused) {
		return say(r.words.barred)
	}
	return say(r.words.undelivered)
}
