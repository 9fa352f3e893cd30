package slacktest

import (
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"strings"
)

// ShownText is a message as a client shows it, without looks: its blocks, or its text where it has none.
func ShownText(text string, blocks json.RawMessage) string {
	var bs []map[string]any
	if json.Unmarshal(blocks, &bs) != nil || len(bs) == 0 {
		return unmarked(text)
	}
	var b strings.Builder
	for _, block := range bs {
		shownBlock(&b, block)
		b.WriteString("\n")
	}
	return b.String()
}

// shownBlock writes what a block shows, in order.
func shownBlock(b *strings.Builder, v any) {
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			shownBlock(b, x)
		}
	case map[string]any:
		kind, _ := v["type"].(string)
		switch s, isText := v["text"].(string); {
		case isText && kind == "mrkdwn":
			b.WriteString(unmarked(s))
		case isText:
			b.WriteString(s)
		case kind == "link":
			fmt.Fprint(b, v["url"])
		}
		for _, field := range []string{"label", "text", "elements", "element", "initial_value"} {
			if _, isText := v[field].(string); !isText {
				shownBlock(b, v[field])
			} else if field == "initial_value" {
				fmt.Fprint(b, v[field])
			}
		}
		switch kind {
		case "rich_text_section", "rich_text_preformatted", "rich_text_quote", "button", "input":
			b.WriteString("\n")
		}
	}
}

var link = regexp.MustCompile(`<([^>|]*)(?:\|([^>]*))?>`)

// unmarked is markup as a client shows it.
func unmarked(s string) string {
	s = link.ReplaceAllStringFunc(s, func(m string) string {
		parts := link.FindStringSubmatch(m)
		if parts[2] != "" {
			return parts[2]
		}
		return parts[1]
	})
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(s)
}

var (
	mention     = regexp.MustCompile(`<(?:!(?:channel|here|everyone|subteam)|@[UW])[^>]*>`)
	bareMention = regexp.MustCompile(`(?i)(?:^|[^\w])@(?:channel|here|everyone|group)\b`)
)

// pingsOf names whom a message would notify, by Slack's rules: mentions in markup; bare ones too where names are to be
// linked or the text is parsed in full, and in markup that is not verbatim; the elements of rich text that are mentions.
func pingsOf(v url.Values, text string, blocks json.RawMessage) (found []string) {
	found = append(found, mention.FindAllString(text, -1)...)
	if v.Get("link_names") == "true" || v.Get("link_names") == "1" || v.Has("channel") && v.Get("parse") != "none" {
		found = append(found, bareMention.FindAllString(text, -1)...)
	}
	var bs []any
	_ = json.Unmarshal(blocks, &bs) // there may be none
	walk(bs, func(o map[string]any) {
		s, _ := o["text"].(string)
		switch o["type"] {
		case "user", "usergroup", "broadcast", "channel":
			found = append(found, fmt.Sprint(o))
		case "mrkdwn":
			found = append(found, mention.FindAllString(s, -1)...)
			if o["verbatim"] != true {
				found = append(found, bareMention.FindAllString(s, -1)...)
			}
		}
	})
	return found
}

// ViewText is a form or a page as a client shows it.
func ViewText(view json.RawMessage) string {
	var v map[string]any
	_ = json.Unmarshal(view, &v) // checked before
	var b strings.Builder
	for _, field := range []string{"title", "blocks", "submit", "close"} {
		shownBlock(&b, v[field])
		b.WriteString("\n")
	}
	return b.String()
}

// Pings names whom a message would notify, posted as text and blocks that are not to be parsed further.
func Pings(text string, blocks json.RawMessage) []string {
	return pingsOf(url.Values{"channel": {"C"}, "parse": {"none"}}, text, blocks)
}
