package discord

import (
	"net/url"
	"strings"

	"github.com/bwmarrin/discordgo"

	"studybot/bot/chat"
)

// An outgoing is a message as Discord takes it, new or in place of another. All its fields are sent, so that an edit
// leaves nothing of the old one.
type outgoing struct {
	Content    string                       `json:"content"`
	Embeds     []*discordgo.MessageEmbed    `json:"embeds"`
	Components []discordgo.MessageComponent `json:"components"`
	Mentions   mentions                     `json:"allowed_mentions"`

	Flags        int        `json:"flags,omitempty"`
	Nonce        string     `json:"nonce,omitempty"` // at most 25 characters
	EnforceNonce bool       `json:"enforce_nonce,omitempty"`
	Reference    *reference `json:"message_reference,omitempty"`
}

// ephemeral is the flag of messages that one member sees.
const ephemeral = 1 << 6

// mentions is whom a message may ping: nobody, whatever it says.
type mentions struct{}

// MarshalJSON writes an empty list: without one, all who are named are pinged.
func (mentions) MarshalJSON() ([]byte, error) {
	return []byte(`{"parse":[],"replied_user":false}`), nil
}

// A reference makes a message the reply to another.
type reference struct {
	Message string `json:"message_id"`
	Lenient bool   `json:"fail_if_not_exists"` // false: where the other is gone, a message of its own
}

// marker is what the address of an embed begins with that holds a key.
const marker = "https://discord.com/#studybot="

func markerOf(key chat.Key) string {
	if key == "" {
		return ""
	}
	return marker + url.QueryEscape(string(key))
}

// What follows is read from Discord: what is needed, and nothing else, so that what Discord adds or changes
// elsewhere does no harm.

type user struct {
	ID     string `json:"id"`
	Name   string `json:"username"`
	Global string `json:"global_name"`
	Bot    bool   `json:"bot"`
}

type member struct {
	User        *user  `json:"user"`
	Nick        string `json:"nick"`
	Permissions string `json:"permissions"` // a number
}

// member is a user as the channel knows it.
func (u user) member(m *member) chat.Member {
	name := u.Name
	if u.Global != "" {
		name = u.Global
	}
	if m != nil && m.Nick != "" {
		name = m.Nick
	}
	return chat.Member{ID: chat.MemberID(u.ID), Name: name}
}

type channelObject struct {
	ID     string `json:"id"`
	Type   int    `json:"type"`
	Parent string `json:"parent_id"`
}

// isThread reports whether a channel is a thread, of whichever kind.
func (c channelObject) isThread() bool { return c.Type >= 10 && c.Type <= 12 }

type message struct {
	ID         string         `json:"id"`
	Channel    string         `json:"channel_id"`
	Guild      string         `json:"guild_id"`
	Type       int            `json:"type"`
	Flags      int            `json:"flags"`
	Content    string         `json:"content"`
	WebhookID  string         `json:"webhook_id"`
	Author     user           `json:"author"`
	Member     *member        `json:"member"`
	Thread     *channelObject `json:"thread"`
	Embeds     []embed        `json:"embeds"`
	Referenced *referenced    `json:"referenced_message"`
}

type referenced struct {
	ID     string `json:"id"`
	Author user   `json:"author"`
}

type embed struct {
	URL string `json:"url"`
}

// key is the key that a message was posted with, "" for none.
func (m message) key() chat.Key {
	for _, e := range m.Embeds {
		if escaped, ok := strings.CutPrefix(e.URL, marker); ok {
			if key, err := url.QueryUnescape(escaped); err == nil {
				return chat.Key(key)
			}
		}
	}
	return ""
}
