package slack

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"studybot/bot/chat"
)

// How long what Slack says about a member or a channel is believed, and how long a failure to ask.
const (
	believeMember  = 5 * time.Minute
	believeChannel = time.Hour
	believeFailure = 20 * time.Second
	askPatience    = time.Second // a form has to be open 3 s after the button was pressed, and two things are asked for
)

// A profile is what is known of a member. The zero profile is of one of whom nothing is known.
type profile struct {
	name     string
	language string
	guest    bool // may look and answer, not administer: of another workspace, or let into some channels only
	admin    bool // of the workspace
}

// unsure is what is still believed of a member when Slack does not say it again.
func (p profile) unsure() profile {
	p.admin = false
	return p
}

// people remembers profiles, and who created which channel.
type people struct {
	mu       sync.Mutex
	members  map[chat.MemberID]believed[profile]
	creators map[chat.ChannelID]believed[string]
}

type believed[T any] struct {
	value T
	until time.Time
}

// introduce fills in what the bot is told about an event's member. What Slack does not say in time is left out: then
// nobody is an admin.
func (n *Network) introduce(ctx context.Context, ev *chat.Event) {
	p := n.profileOf(ctx, ev.Member.ID)
	ev.Member.Name = cmp.Or(p.name, ev.Member.Name, string(ev.Member.ID))
	ev.Language = p.language
	ev.Admin = n.runs(ctx, ev.Member.ID, ev.Channel, p)
}

// runs reports whether a member may run the bot in a channel.
func (n *Network) runs(ctx context.Context, m chat.MemberID, in chat.ChannelID, p profile) bool {
	switch {
	case p.guest || p == (profile{}):
		return false
	case p.admin || slices.Contains(n.cfg.Admins, m):
		return true
	case in == "" || strings.HasPrefix(string(in), "D"):
		return false
	}
	return n.creatorOf(ctx, in) == string(m)
}

func (n *Network) profileOf(ctx context.Context, m chat.MemberID) profile {
	return believe(&n.people.mu, &n.people.members, m, believeMember, profile.unsure, func() (profile, error) {
		ctx, cancel := context.WithTimeout(ctx, askPatience)
		defer cancel()
		var p profile
		err := n.call(ctx, "users.info", "", 0, func(ctx context.Context) error {
			u, err := n.api.GetUserInfoContext(ctx, string(m))
			if err == nil {
				p = n.profile(*u)
			}
			return err
		})
		n.logUnknown(err, "member", string(m))
		return p, err
	})
}

func (n *Network) profile(u slack.User) profile {
	language, _, _ := strings.Cut(strings.ToLower(u.Locale), "-")
	if language != "zh" && language != "en" {
		language = ""
	}
	stranger := u.IsStranger || n.team != "" && u.TeamID != "" && u.TeamID != n.team && !slices.Contains(u.Enterprise.Teams, n.team)
	return profile{
		name:     cmp.Or(u.Profile.DisplayName, u.RealName, u.Profile.RealName, u.Name, u.ID),
		language: language,
		guest:    u.IsRestricted || u.IsUltraRestricted || u.IsBot || stranger,
		admin:    u.IsAdmin || u.IsOwner || u.IsPrimaryOwner,
	}
}

func (n *Network) creatorOf(ctx context.Context, c chat.ChannelID) string {
	return believe(&n.people.mu, &n.people.creators, c, believeChannel, strings.Clone, func() (string, error) {
		ctx, cancel := context.WithTimeout(ctx, askPatience)
		defer cancel()
		creator := ""
		err := n.call(ctx, "conversations.info", "", 0, func(ctx context.Context) error {
			info, err := n.api.GetConversationInfoContext(ctx, &slack.GetConversationInfoInput{ChannelID: string(c)})
			if err == nil {
				creator = info.Creator
			}
			return err
		})
		n.logUnknown(err, "channel", string(c))
		return creator, err
	})
}

func (n *Network) logUnknown(err error, what, id string) {
	if err != nil {
		n.cfg.Log.Info("Slack does not say who that is", what, id, "err", err)
	}
}

// maxBelieved is how many are remembered of a kind; then all are asked for again.
const maxBelieved = 20000

// believe returns what is remembered of a key, or asks. Where asking fails it is, for a moment, what the old value is
// worth without confirmation.
func believe[K comparable, T any](mu *sync.Mutex, all *map[K]believed[T], key K, long time.Duration, unsure func(T) T, ask func() (T, error)) T {
	mu.Lock()
	b, ok := (*all)[key]
	mu.Unlock()
	if ok && time.Now().Before(b.until) {
		return b.value
	}
	value, err := ask()
	if err != nil {
		value, long = unsure(b.value), believeFailure
	}
	remember(mu, all, key, believed[T]{value, time.Now().Add(long)})
	return value
}

func remember[K comparable, T any](mu *sync.Mutex, all *map[K]believed[T], key K, b believed[T]) {
	mu.Lock()
	defer mu.Unlock()
	if *all == nil || len(*all) > maxBelieved {
		*all = map[K]believed[T]{}
	}
	(*all)[key] = b
}

// maxMeet is how many pages of members are asked for at the start. Of members beyond, each is asked for when it does
// something.
const maxMeet = 25

// meet learns who the members are, all at once: Slack lets ask for some hundred a minute one by one, and a question may
// be answered by more.
func (n *Network) meet(ctx context.Context) {
	page := n.api.GetUsersPaginated(slack.GetUsersOptionLimit(pageSize))
	for range maxMeet {
		err := n.call(ctx, "users.list", "", answerPatience, func(ctx context.Context) error {
			next, err := page.Next(ctx)
			if err == nil {
				page = next
			}
			return err
		})
		if err != nil {
			n.cfg.Log.Info("Slack does not list its members", "err", err)
			return
		}
		for _, u := range page.Users {
			remember(&n.people.mu, &n.people.members, chat.MemberID(u.ID), believed[profile]{n.profile(u), time.Now().Add(believeMember)})
		}
		if page.Cursor == "" {
			return
		}
	}
}
