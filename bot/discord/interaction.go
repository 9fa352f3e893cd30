package discord

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"studybot/bot/chat"
)

// An interaction is a command, a press, a form or an argument being typed, as far as it is needed. What Discord adds to
// it does no harm, nor does a component of an unknown type.
type interaction struct {
	ID      string         `json:"id"`
	App     string         `json:"application_id"`
	Type    int            `json:"type"`
	Token   string         `json:"token"`
	Guild   string         `json:"guild_id"`
	Channel string         `json:"channel_id"`
	In      *channelObject `json:"channel"`
	Member  *member        `json:"member"`          // in a server
	May     string         `json:"app_permissions"` // of the bot in the channel: a number
	User    *user          `json:"user"`            // in a direct message
	Locale  string         `json:"locale"`
	Message *message       `json:"message"` // whose button was pressed
	Data    struct {
		Name       string          `json:"name"`
		Action     string          `json:"custom_id"`
		Options    []argument      `json:"options"`
		Values     []string        `json:"values"` // of a menu
		Components json.RawMessage `json:"components"`
	} `json:"data"`
}

// answerable reports whether it says where an answer goes.
func (i interaction) answerable() bool {
	return isID(i.ID) && isID(i.App) && len(i.Token) <= maxToken && tokenForm.MatchString(i.Token) && (i.Channel == "" || isID(i.Channel))
}

// tokenForm is what the token of an interaction looks like, which stands in addresses.
var tokenForm = regexp.MustCompile(`^[\w.=-]+$`)

// maxToken is the longest token that is answered, in bytes; Discord's have some 200.
const maxToken = 1000

// isID reports whether s can be an ID of Discord's.
func isID(s string) bool { return snowflakeForm.MatchString(s) }

var snowflakeForm = regexp.MustCompile(`^[1-9][0-9]{0,18}$`)

// by is the ID of who did it, "" where it does not say.
func (i interaction) by() string {
	switch {
	case i.Member != nil && i.Member.User != nil:
		return i.Member.User.ID
	case i.User != nil:
		return i.User.ID
	}
	return ""
}

// Types of interactions.
const (
	typeCommand  = 2
	typePress    = 3
	typeComplete = 4
	typeSubmit   = 5
)

// An argument is an option as a member filled it in.
type argument struct {
	Name    string          `json:"name"`
	Value   json.RawMessage `json:"value"`
	Options []argument      `json:"options"`
	Focused bool            `json:"focused"`
}

// text is the argument's value as it was typed.
func (a argument) text() string {
	var s string
	if json.Unmarshal(a.Value, &s) == nil {
		return s
	}
	if v := string(a.Value); v != "null" {
		return v // a number, true or false
	}
	return ""
}

// event is what the bot is told of an interaction. ok is false for one of which it can be told nothing.
func (n *Network) event(i interaction, at time.Time) (ev chat.Event, ok bool) {
	who := i.User
	if i.Member != nil && i.Member.User != nil {
		who = i.Member.User
	}
	if who == nil || !isID(who.ID) {
		return ev, false
	}
	ev = chat.Event{
		Network: n.Name(), Channel: chat.ChannelID(i.Channel), Member: who.member(i.Member), Language: language(i.Locale),
		Admin: n.isAdmin(*who, i.Member), Direct: i.Guild == "", Barred: i.Guild != "" && barred(i.May), At: at,
	}
	here := place{channel: i.Channel}
	if i.In != nil && i.In.isThread() && isID(i.In.Parent) {
		here.thread = n.aboveThread(i.Channel)
		ev.Channel, ev.Thread = chat.ChannelID(i.In.Parent), chat.MessageID(here.thread)
	}
	switch i.Type {
	case typeCommand, typeComplete:
		if len(i.Data.Options) == 0 {
			return ev, false // of another set than ours
		}
		sub := i.Data.Options[0]
		if i.Type == typeComplete {
			ev.Complete = &chat.Complete{Command: sub.Name, Text: typing(sub.Options)}
			return ev, true
		}
		ev.Command = &chat.Command{Name: sub.Name, Args: args(sub.Options)}
	case typePress:
		ev.Press = &chat.Press{Action: i.Data.Action}
		if len(i.Data.Values) > 0 {
			ev.Press.Action = i.Data.Values[0]
		}
		if i.Message != nil {
			ev.Press.Message = here.id(i.Message.ID)
		}
	case typeSubmit:
		ev.Submit = &chat.Submit{Action: i.Data.Action, Values: values(i.Data.Components)}
	default:
		return ev, false
	}
	return ev, true
}

// isAdmin reports whether a user may manage the server where the interaction happened, or is named in the settings.
func (n *Network) isAdmin(u user, m *member) bool {
	if slices.Contains(n.cfg.Admins, u.ID) {
		return true
	}
	if m == nil {
		return false
	}
	p, err := strconv.ParseInt(m.Permissions, 10, 64)
	return err == nil && p&(discordgo.PermissionManageGuild|discordgo.PermissionAdministrator) != 0
}

// posting is what posting a question takes.
const posting = discordgo.PermissionViewChannel | discordgo.PermissionReadMessageHistory | discordgo.PermissionSendMessages | discordgo.PermissionEmbedLinks

// barred reports whether permissions, a number, lack one that posting takes. What is no number says nothing.
func barred(permissions string) bool {
	p, err := strconv.ParseInt(permissions, 10, 64)
	return err == nil && p&discordgo.PermissionAdministrator == 0 && p&posting != posting
}

// language is what somebody reads whose client has this locale.
func language(locale string) string {
	switch {
	case locale == "":
		return ""
	case strings.HasPrefix(locale, "zh"):
		return "zh"
	}
	return "en"
}

// args is what was typed behind a command.
func args(arguments []argument) string {
	var all []string
	for _, a := range arguments {
		all = append(all, a.text())
	}
	return strings.Join(all, " ")
}

// typing is the argument that is being typed.
func typing(arguments []argument) string {
	for _, a := range arguments {
		if a.Focused {
			return a.text()
		}
	}
	return ""
}

// values are what was filled in to a form, by the names of its fields.
func values(components json.RawMessage) map[string]string {
	var all any
	found := map[string]string{}
	if json.Unmarshal(components, &all) == nil {
		collect(all, found)
	}
	return found
}

// collect finds inputs wherever they stand: in a row, in a label, or in what Discord may put around them one day.
func collect(v any, into map[string]string) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			collect(e, into)
		}
	case map[string]any:
		if name, ok := v["custom_id"].(string); ok {
			if value, ok := v["value"].(string); ok {
				into[name] = value
			} else if chosen, ok := v["values"].([]any); ok && len(chosen) > 0 {
				into[name] = fmt.Sprint(chosen[0])
			}
		}
		collect(v["components"], into)
		collect(v["component"], into)
	}
}
