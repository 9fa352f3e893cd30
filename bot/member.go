package bot

import (
	"context"
	"encoding/json"
	"strings"

	"studybot/bot/chat"
)

// hide takes the member off the boards, or puts him back; it also shows or deletes what is stored of him.
func (r request) hide(_ context.Context, args string) (chat.Response, error) {
	switch strings.ToLower(strings.Join(strings.Fields(args), " ")) {
	case "", "on":
		return sayf(r.words.hidden, r.typed("hide")), r.Store.Hide(r.channel.Channel, r.Member.ID, true, r.At)
	case "off":
		return say(r.words.unhidden), r.Store.Hide(r.channel.Channel, r.Member.ID, false, r.At)
	case "export":
		return r.export()
	case "delete":
		return sayf(r.words.deleteSure, r.typed("hide")), nil
	case "delete yes":
		return say(r.words.deleted), r.Store.Forget(r.Network, r.Member.ID, r.At)
	}
	return sayf(r.words.hideWhat, r.typed("hide")), nil
}

// export shows the member all entries of the ledger that he caused, as JSON.
func (r request) export() (chat.Response, error) {
	entries, err := r.Store.About(r.Network, r.Member.ID)
	if err != nil {
		return chat.Response{}, err
	}
	b, err := json.MarshalIndent(entries, "", "  ")
	if err != nil {
		return chat.Response{}, err
	}
	return private(chat.Message{Title: r.words.exportTitle, Blocks: []chat.Block{chat.Passage{Text: "```json\n" + string(b) + "\n```"}}}), nil
}
