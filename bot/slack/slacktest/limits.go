package slacktest

import (
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf16"
)

// Limits by the type of an object and its field, in UTF-16 units (https://docs.slack.dev/reference/block-kit).
var limits = map[string]map[string]int{
	"header":           {"text.text": 150, "block_id": 255},
	"section":          {"text.text": 3000, "block_id": 255},
	"button":           {"text.text": 75, "action_id": 255, "value": 2000, "accessibility_label": 75},
	"input":            {"label.text": 2000, "hint.text": 2000, "block_id": 255},
	"plain_text_input": {"action_id": 255, "initial_value": 3000, "placeholder.text": 150},
	"actions":          {"block_id": 255},
	"context":          {"block_id": 255},
	"rich_text":        {"block_id": 255},
	"modal":            {"title.text": 24, "submit.text": 24, "close.text": 24, "private_metadata": 3000, "callback_id": 255},
	"home":             {"private_metadata": 3000, "callback_id": 255},
	"plain_text":       {"text": 3000},
	"mrkdwn":           {"text": 3000},
}

// counts limit how many elements an object has.
var counts = map[string]int{"actions": 25, "context": 10}

const (
	maxBlocks     = 50
	maxViewBlocks = 100
	maxView       = 250_000 // bytes
	maxRichText   = 3000    // of one rich_text block; Slack names no limit, that of a section is kept
	maxText       = 40_000
)

// CheckMessage returns an error where a message breaks a limit.
func CheckMessage(text string, blocks []byte) error {
	if length(text) > maxText {
		return fmt.Errorf("the text has %d characters", length(text))
	}
	if len(blocks) == 0 || string(blocks) == "null" {
		if text == "" {
			return errors.New("neither text nor blocks")
		}
		return nil
	}
	return checkBlocks(blocks, maxBlocks)
}

// CheckView returns an error where a view breaks a limit.
func CheckView(view []byte) error {
	if len(view) > maxView {
		return fmt.Errorf("the view has %d bytes", len(view))
	}
	var v map[string]any
	if err := json.Unmarshal(view, &v); err != nil {
		return err
	}
	if v["type"] == "modal" && (v["title"] == nil || v["submit"] == nil) {
		return errors.New("a modal with inputs needs a title and a submit")
	}
	own := map[string]any{}
	for k, x := range v {
		if k != "blocks" {
			own[k] = x
		}
	}
	blocks, err := json.Marshal(v["blocks"])
	return errors.Join(checkObject(own), err, checkBlocks(blocks, maxViewBlocks))
}

func checkBlocks(raw []byte, most int) error {
	var blocks []map[string]any
	if err := json.Unmarshal(raw, &blocks); err != nil {
		return err
	}
	if len(blocks) == 0 || len(blocks) > most {
		return fmt.Errorf("%d blocks", len(blocks))
	}
	ids, actions := map[any]bool{}, map[any]bool{}
	var errs []error
	for _, b := range blocks {
		if id := b["block_id"]; id != nil {
			if ids[id] {
				errs = append(errs, fmt.Errorf("block_id %v is there twice", id))
			}
			ids[id] = true
		}
		walk(b, func(o map[string]any) {
			errs = append(errs, checkObject(o))
			if id := o["action_id"]; id != nil && o["type"] == "button" {
				key := fmt.Sprint(b["block_id"], id)
				if actions[key] {
					errs = append(errs, fmt.Errorf("action_id %v is there twice", id))
				}
				actions[key] = true
			}
		})
		if b["type"] == "rich_text" {
			n := 0
			walk(b, func(o map[string]any) {
				if s, ok := o["text"].(string); ok {
					n += length(s)
				}
			})
			if n > maxRichText || n == 0 {
				errs = append(errs, fmt.Errorf("rich text of %d characters", n))
			}
		}
	}
	return errors.Join(errs...)
}

func checkObject(o map[string]any) error {
	kind, _ := o["type"].(string)
	for path, most := range limits[kind] {
		if s, ok := at(o, path); ok && length(s) > most {
			return fmt.Errorf("%s of a %s has %d characters, at most %d are allowed", path, kind, length(s), most)
		}
	}
	if s, ok := o["text"].(string); ok && s == "" {
		return fmt.Errorf("a %s with an empty text", kind)
	}
	if es, ok := o["elements"].([]any); ok {
		if most := counts[kind]; len(es) == 0 || most > 0 && len(es) > most {
			return fmt.Errorf("a %s of %d elements", kind, len(es))
		}
	}
	return nil
}

func at(o map[string]any, path string) (string, bool) {
	for i := range len(path) {
		if path[i] == '.' {
			inner, _ := o[path[:i]].(map[string]any)
			return at(inner, path[i+1:])
		}
	}
	s, ok := o[path].(string)
	return s, ok
}

// walk visits all objects in v.
func walk(v any, visit func(map[string]any)) {
	switch v := v.(type) {
	case map[string]any:
		visit(v)
		for _, x := range v {
			walk(x, visit)
		}
	case []any:
		for _, x := range v {
			walk(x, visit)
		}
	}
}

func length(s string) int { return len(utf16.Encode([]rune(s))) }
