package terminal_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"studybot/bot/chat"
	"studybot/bot/terminal"
)

// A line that names the bot is said to it before the channel; other talk is not.
func TestMentions(t *testing.T) {
	script := strings.Join([]string{
		"ann: @studybot 什么是 pod", "ann: what is a pod, @Studybot", "ann: @studybot: top week", "ann: @studybot", "ann: mail ann@studybot.example", "ann: 大家好",
	}, "\n")
	net := open(t, terminal.Config{In: strings.NewReader(script), Usages: []chat.Usage{{Name: "top", Param: &chat.Param{Choices: []string{"week"}}}}})
	var got []chat.Event
	if err := net.Run(t.Context(), func(_ context.Context, ev chat.Event) (chat.Response, error) {
		ev.At = time.Time{}
		got = append(got, ev)
		return chat.Response{}, nil
	}, nil); err != nil {
		t.Fatal(err)
	}
	var want []chat.Event
	for _, c := range []chat.Command{{Name: "ask", Args: "什么是 pod"}, {Name: "ask", Args: "what is a pod,"}, {Name: "top", Args: "week"}, {Name: "help"}} {
		want = append(want, chat.Event{Network: "terminal", Channel: "study", Member: chat.Member{ID: "ann", Name: "ann"}, Admin: true, Aloud: true, Command: &c})
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the bot is told (-want +got):\n%s", diff)
	}
}
