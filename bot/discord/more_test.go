package discord

import (
	"context"
	"strings"
	"testing"

	"studybot/bot/chat"
)

// nextPage is the action of the last button of a message, which leads on.
func nextPage(t *testing.T, m payload) string {
	t.Helper()
	rows := m["components"].([]any)
	if len(rows) == 0 {
		t.Fatalf("nothing leads on: %v", m)
	}
	last := rows[len(rows)-1].(payload)["components"].([]any)
	return last[len(last)-1].(payload)["custom_id"].(string)
}

// After a restart the pages of what came of a button, and of a message that was posted by its key, are made again. What
// a button said aloud is not said again.
func TestPagesAfterARestart(t *testing.T) {
	long := &chat.Message{Blocks: []chat.Block{chat.Text(strings.Repeat("A sentence of some words. ", 300) + "THE END.")}}
	on := written("800000000000000001", testBot, testChannel, "")
	tests := []struct {
		name  string
		first func(t *testing.T, s *stage) payload
		aloud bool
		want  string // what the bot is asked again
	}{
		{"of a button", func(t *testing.T, s *stage) payload {
			return s.interact(t, press(snowflake(1), testUser, "more ab12 什么是快照", on))["data"].(payload)
		}, false, "more ab12 什么是快照"},
		{"of a posted message", func(t *testing.T, s *stage) payload {
			if _, err := s.n.Post(t.Context(), testChannel, *long, "abcdefgh-1-r"); err != nil {
				t.Fatal(err)
			}
			return s.held(testChannel)[0]
		}, false, "show abcdefgh-1-r"},
		{"said aloud", func(t *testing.T, s *stage) payload {
			return s.interact(t, press(snowflake(1), testUser, "share ab12 什么是快照", on))["data"].(payload)
		}, true, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newStage(t, func(_ context.Context, ev chat.Event) (chat.Response, error) {
				if tt.aloud {
					return chat.Response{Public: long}, nil
				}
				return chat.Response{Private: long}, nil
			}, nil)
			action := nextPage(t, tt.first(t, s))
			before := len(s.told())
			s.n.more.pages = map[string][]page{} // as after a restart
			got := s.interact(t, press(snowflake(2), testUser, action, on))["data"].(payload)
			if tt.want == "" {
				if len(s.told()) > before || !strings.Contains(seen(got), "再按一次") || got["flags"] != float64(ephemeral) {
					t.Errorf("said: %s", seen(got))
				}
				return
			}
			told := s.told()[before:]
			if len(told) != 1 || told[0].Press == nil || told[0].Press.Action != tt.want {
				t.Errorf("the bot is asked %+v, want %q", told, tt.want)
			}
			if !strings.Contains(seen(got), "THE END.") || got["flags"] != float64(ephemeral) {
				t.Errorf("the second page is %s", seen(got))
			}
		})
	}
}
