package discord

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"

	"studybot/bot/chat"
)

// The commands that members type. Who may see a command is decided for whole commands, not for what stands below
// them, so whoever runs the bot has one of his own.
const (
	memberCommand = "study"
	adminCommand  = "study-admin"
)

// A command is an application command, and what stands below it
// (https://discord.com/developers/docs/interactions/application-commands#application-command-object).
type command struct {
	Type         int               `json:"type"`
	Name         string            `json:"name"`
	Names        map[string]string `json:"name_localizations,omitempty"`
	Description  string            `json:"description"`
	Descriptions map[string]string `json:"description_localizations,omitempty"`
	Permissions  *bits             `json:"default_member_permissions"` // nil means everybody
	Contexts     []int             `json:"contexts"`
	Options      []option          `json:"options"`
}

// bits are permissions. They are sent as a number, and come back as one that is written as text.
type bits int64

// UnmarshalJSON reads either.
func (b *bits) UnmarshalJSON(raw []byte) error {
	n, err := strconv.ParseInt(strings.Trim(string(raw), `"`), 10, 64)
	*b = bits(n)
	return err
}

type option struct {
	Type         int               `json:"type"`
	Name         string            `json:"name"`
	Names        map[string]string `json:"name_localizations,omitempty"`
	Description  string            `json:"description"`
	Descriptions map[string]string `json:"description_localizations,omitempty"`
	Required     bool              `json:"required,omitempty"`
	Least        *float64          `json:"min_value,omitempty"` // of a number
	Autocomplete bool              `json:"autocomplete,omitempty"`
	Choices      []choice          `json:"choices,omitempty"`
	Options      []option          `json:"options,omitempty"`
}

type choice struct {
	Name  string            `json:"name"`
	Names map[string]string `json:"name_localizations,omitempty"`
	Value string            `json:"value"`
}

// Types of commands and options, and contexts of commands.
const (
	slashCommand = 1
	subCommand   = 1
	textOption   = 3
	numberOption = 4 // whole

	inServer = 0
	inDM     = 1
)

// What Discord takes.
const (
	maxSubCommands = 25
	maxChoices     = 25
	maxDescription = 100
	maxWord        = 32 // characters
)

var nameForm = regexp.MustCompile(`^[-_\p{Ll}\p{Lo}\p{N}]+$`)

// isName reports whether Discord takes s as the name of a command or an option, in one script.
func isName(s string) bool { return nameForm.MatchString(s) && utf8.RuneCountInString(s) <= maxWord }

// chineseNames are the names of commands and of what they take as members read them whose Discord speaks Chinese. The
// English ones work for them as well.
var chineseNames = map[string]string{
	"ask": "查", "question": "题目", "answer": "回答", "top": "榜", "me": "我", "why": "为什么", "review": "复习",
	"suggest": "推荐", "hide": "隐私", "help": "帮助", "setup": "设置", "post": "出题", "reveal": "揭晓", "skip": "跳过",
	"pause": "暂停", "resume": "恢复", "preview": "预告", "reload": "重读", "queue": "待办", "void": "作废", "correct": "更正",
	"audit": "记录",

	"query": "内容", "text": "内容", "period": "时间", "card": "题目和答案", "what": "选择", "settings": "设置", "deck": "题库",
	"reason": "原因", "until": "到哪天", "number": "数量",
}

// chineseChoices are the choices of what commands take, likewise.
var chineseChoices = map[string]string{
	"day": "今天", "week": "本周", "month": "本月", "30": "近 30 天", "season": "本赛季", "all": "总榜",
	"on": "不上榜", "off": "重新上榜", "export": "查看我的数据", "delete": "删除我的数据", "delete yes": "删除我的数据（确定）",
}

// inChinese are the locales of Discord that are Chinese.
var inChinese = []string{"zh-CN", "zh-TW"}

func localized(zh string) map[string]string {
	if zh == "" {
		return nil
	}
	m := map[string]string{}
	for _, l := range inChinese {
		m[l] = zh
	}
	return m
}

// commandSet makes the commands that members see. It returns an error for what Discord would refuse.
func commandSet(usages []chat.Usage) ([]command, error) {
	manage := bits(discordgo.PermissionManageGuild)
	set := []command{
		{Type: slashCommand, Name: memberCommand, Description: "Study with the team's notes", Descriptions: localized("和团队的笔记一起学习"), Contexts: []int{inServer, inDM}},
		{Type: slashCommand, Name: adminCommand, Description: "For whoever runs the study channel", Descriptions: localized("学习频道的管理"), Contexts: []int{inServer}, Permissions: &manage},
	}
	for _, u := range usages {
		o, err := optionOf(u)
		if err != nil {
			return nil, fmt.Errorf("command %s: %w", u.Name, err)
		}
		i := 0
		if u.Admin {
			i = 1
		}
		set[i].Options = append(set[i].Options, o)
		if len(set[i].Options) > maxSubCommands {
			return nil, fmt.Errorf("command %s: /%s has more than %d commands", u.Name, set[i].Name, maxSubCommands)
		}
	}
	return slices.DeleteFunc(set, func(c command) bool { return len(c.Options) == 0 }), nil
}

func optionOf(u chat.Usage) (option, error) {
	o := option{
		Type: subCommand, Name: u.Name, Names: localized(chineseNames[u.Name]),
		Description: describe(u.Help["en"], u.Name), Descriptions: localized(cut(oneLine(u.Help["zh"]), maxDescription)),
	}
	if !isName(u.Name) {
		return o, fmt.Errorf("%q is no name of a command in Discord", u.Name)
	}
	p := u.Param
	if p == nil {
		return o, nil
	}
	if !isName(p.Name) || len(p.Choices) > maxChoices {
		return o, fmt.Errorf("it takes %q with %d choices, which Discord does not", p.Name, len(p.Choices))
	}
	param := option{
		Type: textOption, Name: p.Name, Names: localized(chineseNames[p.Name]), Required: p.Required,
		Description: describe(p.Help["en"], p.Name), Descriptions: localized(cut(oneLine(p.Help["zh"]), maxDescription)),
		Autocomplete: p.Complete && len(p.Choices) == 0,
	}
	if p.Number {
		least := 1.0
		param.Type, param.Least = numberOption, &least
	}
	for _, c := range p.Choices {
		param.Choices = append(param.Choices, choice{Name: c, Names: localized(chineseChoices[c]), Value: c})
	}
	o.Options = []option{param}
	return o, nil
}

// describe is a description, which Discord takes only where it says something.
func describe(help, name string) string {
	return cmp.Or(cut(oneLine(help), maxDescription), name)
}

// register makes the commands of the application those of this network, if they are others.
func (n *Network) register(ctx context.Context, app string) error {
	address := discordgo.EndpointApplicationGlobalCommands(app)
	var now []command
	err := n.call(ctx, http.MethodGet, address+"?with_localizations=true", nil, &now)
	if err != nil && !isRefused(err) {
		return fmt.Errorf("discord: commands: %w", err)
	}
	if err == nil && sameSet(now, n.commands) {
		return nil
	}
	if err := n.call(ctx, http.MethodPut, address, n.commands, nil); err != nil {
		return fmt.Errorf("discord: commands: %w", err)
	}
	n.cfg.Log.Info("commands registered", "commands", len(n.commands))
	return nil
}

// sameSet reports whether two sets hold the same commands, in whatever order.
func sameSet(a, b []command) bool {
	return reflect.DeepEqual(sorted(a), sorted(b))
}

// sorted is a copy in which what is empty is nil.
func sorted(set []command) []command {
	set = slices.Clone(set)
	slices.SortFunc(set, func(a, b command) int { return cmp.Compare(a.Name, b.Name) })
	for i := range set {
		c := &set[i]
		c.Names, c.Descriptions, c.Options = orNil(c.Names), orNil(c.Descriptions), tidied(c.Options)
		c.Contexts = slices.Sorted(slices.Values(c.Contexts))
	}
	return set
}

func tidied(options []option) (all []option) {
	for _, o := range options {
		o.Names, o.Descriptions, o.Options = orNil(o.Names), orNil(o.Descriptions), tidied(o.Options)
		o.Choices = slices.Clone(o.Choices)
		for i := range o.Choices {
			o.Choices[i].Names = orNil(o.Choices[i].Names)
		}
		if len(o.Choices) == 0 {
			o.Choices = nil
		}
		all = append(all, o)
	}
	return all
}

func orNil(m map[string]string) map[string]string {
	if len(m) == 0 {
		return nil
	}
	return m
}
