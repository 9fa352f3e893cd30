package slack

import (
	"encoding/json"
	"fmt"

	"github.com/slack-go/slack"

	"studybot/bot/chat"
)

// Limits of forms (https://docs.slack.dev/reference/views,
// https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element).
const (
	maxFormTitle  = 24
	maxInput      = 3000
	maxInputLabel = 2000
	maxMetadata   = 3000
)

// modal is a form as a view of Slack. A text of several lines must not be left empty, a line may.
func modal(f chat.Form, from origin, w words) (slack.ModalViewRequest, error) {
	metadata, err := json.Marshal(from)
	if err == nil && len(metadata) > maxMetadata {
		from.URL = ""
		metadata, err = json.Marshal(from)
	}
	if err != nil {
		return slack.ModalViewRequest{}, fmt.Errorf("form %s: %w", f.Action, err)
	}
	view := slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: formCallback, PrivateMetadata: string(metadata),
		Title: plainText(label(f.Title, maxFormTitle)), Submit: plainText(w.send), Close: plainText(w.cancel),
	}
	for _, field := range f.Fields {
		input := slack.NewPlainTextInputBlockElement(nil, "value")
		input.Multiline, input.MaxLength = field.Long, maxInput
		if size(field.Value) <= maxInput { // half an answer would be sent as the whole
			input.InitialValue = field.Value
		}
		block := slack.NewInputBlock(field.Name, plainText(label(field.Label, maxInputLabel)), nil, input)
		block.Optional = !field.Long
		view.Blocks.BlockSet = append(view.Blocks.BlockSet, block)
	}
	return view, nil
}
