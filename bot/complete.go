package bot

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"studybot/bot/chat"
	"studybot/knowledge"
)

// What networks show of a completion (https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-autocomplete).
const (
	maxChoices = 25
	maxChoice  = 100 // runes
)

// complete says how what the member is typing may go on: by questions, titles and topics of the notes that begin
// with it or hold it, and then by what a lookup finds. The embargo holds as for lookups.
func (r request) complete(ctx context.Context) (chat.Response, error) {
	typed := strings.Join(strings.Fields(r.Event.Complete.Text), " ")
	i := slices.IndexFunc(r.commands, func(c command) bool { return c.name == strings.ToLower(r.Event.Complete.Command) })
	if i < 0 || !r.commands[i].param.complete || utf8.RuneCountInString(typed) > maxQuery {
		return chat.Response{}, nil
	}
	choices := goOn(titles(r.Notes.Cards()), typed)
	if len(choices) < maxChoices && typed != "" {
		found, _, err := r.search(ctx, typed, true)
		if err != nil {
			return chat.Response{}, err
		}
		for _, h := range found.Hits {
			if title := shorten(h.Title, maxChoice); !slices.Contains(choices, title) {
				choices = append(choices, title)
			}
		}
	}
	return chat.Response{Choices: choices[:min(len(choices), maxChoices)]}, nil
}

// titles are what may be looked up by name: the topics and titles of cards. Where a title is the sentence that a
// gap was cut from, or holds the options, the question stands for it.
func titles(cards []knowledge.Card) (all []string) {
	for _, c := range cards {
		all = append(all, c.Path...)
		if c.Kind == knowledge.Cloze || c.Kind == knowledge.Choice {
			all = append(all, c.Question)
		} else {
			all = append(all, c.Title)
		}
	}
	return all
}

// goOn returns the titles that hold what was typed, whatever its case, each once: those that begin with it before
// those that have it at the beginning of a word, and these before the others; of equals the short ones first.
func goOn(titles []string, typed string) []string {
	typed = strings.ToLower(typed)
	ranks := map[string]int{}
	for _, t := range titles {
		t = strings.Join(strings.Fields(t), " ")
		if rank, ok := rankOf(strings.ToLower(t), typed); ok && t != "" {
			ranks[shorten(t, maxChoice)] = rank
		}
	}
	all := make([]string, 0, len(ranks))
	for t := range ranks {
		all = append(all, t)
	}
	slices.SortFunc(all, func(a, b string) int {
		return cmp.Or(cmp.Compare(ranks[a], ranks[b]), cmp.Compare(utf8.RuneCountInString(a), utf8.RuneCountInString(b)), cmp.Compare(a, b))
	})
	return all[:min(len(all), maxChoices)]
}

func rankOf(title, typed string) (rank int, ok bool) {
	switch {
	case strings.HasPrefix(title, typed):
		return 0, true
	case strings.Contains(title, " "+typed):
		return 1, true
	}
	return 2, strings.Contains(title, typed)
}
