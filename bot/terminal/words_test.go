package terminal_test

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"time"

	"studybot/bot/chat"
	"studybot/bot/terminal"
)

// run runs a script in a channel that speaks Chinese, with a bot that opens a form of one field, and returns what is
// shown and what was sent.
func runChinese(t *testing.T, script string) (shown string, sent []map[string]string) {
	t.Helper()
	out := new(buffer)
	net := open(t, terminal.Config{In: strings.NewReader(script), Out: out, Usages: []chat.Usage{{Name: "form"}, {Name: "hi"}}, Language: func() string { return "zh" }})
	handle := func(_ context.Context, ev chat.Event) (chat.Response, error) {
		switch {
		case ev.Submit != nil:
			sent = append(sent, ev.Submit.Values)
		case ev.Command.Name == "form":
			return chat.Response{Form: &chat.Form{Action: "f", Title: "你的回答", Fields: []chat.Field{{Name: "text", Label: "为什么？", Long: true}}}}, nil
		}
		return chat.Response{Private: &chat.Message{Title: "好"}}, nil
	}
	if err := net.Run(t.Context(), handle, func(context.Context, time.Time) error { return nil }); err != nil {
		t.Fatal(err)
	}
	return out.String(), sent
}

func TestChromeSpeaksTheChannelsLanguage(t *testing.T) {
	shown, _ := runChinese(t, "ann：/hi\n/hi\n/form\n/cancel\nhello\n/press 9\n/as 小 明\n@2026-03-02T09:00\n@2026-03-01T09:00\n")
	for _, want := range []string{
		"│ studybot（只有 ann 看得到）：", "│ studybot（只有你看得到）：", "│ 你的回答（you 的表单；/cancel 取消，什么都不填也算取消）", "（", "you 的表单已取消",
		"这是成员之间的聊天", "没有按钮 \"9\"", "不能作成员名", "时钟往回拨了",
	} {
		if !strings.Contains(shown, want) {
			t.Errorf("%q is missing in:\n%s", want, shown)
		}
	}
	for _, word := range []string{"sees this", "form for", "was set back"} {
		if strings.Contains(shown, word) {
			t.Errorf("%q is not Chinese in:\n%s", word, shown)
		}
	}
}

// A form that is left empty is dropped, and the next line is talk again.
func TestAnEmptyFormIsDropped(t *testing.T) {
	shown, sent := runChinese(t, "ann：/form\nann：\nann： 大家早上好\nann：/form\nann： 因为它快\n")
	if want := []map[string]string{{"text": "因为它快"}}; !reflect.DeepEqual(sent, want) {
		t.Errorf("sent %v, want %v; shown:\n%s", sent, want, shown)
	}
	if !strings.Contains(shown, "ann 的表单已取消") || !strings.Contains(shown, "成员之间的聊天") {
		t.Errorf("shown:\n%s", shown)
	}
}

// An edit of nothing but the last line, such as a count that rises, shows nothing; the message has it all the same.
func TestAnEditOfTheContextIsQuiet(t *testing.T) {
	out := new(buffer)
	net := open(t, terminal.Config{In: strings.NewReader(""), Out: out, Channel: "study"})
	m := chat.Message{Title: "每日一题", Blocks: []chat.Block{chat.Text("为什么？")}, Buttons: []chat.Button{{Action: "a", Label: "回答"}}, Context: "揭晓：18:00"}
	id, err := net.Post(t.Context(), "study", m, "q-1")
	if err != nil {
		t.Fatal(err)
	}
	before := out.String()
	m.Context = "揭晓：18:00。已有 3 人回答。"
	if err := net.Edit(t.Context(), "study", id, m); err != nil {
		t.Fatal(err)
	}
	if shown := strings.TrimPrefix(out.String(), before); shown != "" {
		t.Errorf("shown for a count:\n%s", shown)
	}
	m.Buttons, m.Context = nil, "已揭晓。"
	if err := net.Edit(t.Context(), "study", id, m); err != nil {
		t.Fatal(err)
	}
	if shown := strings.TrimPrefix(out.String(), before); !strings.Contains(shown, "edited") {
		t.Errorf("shown for a reveal:\n%s", shown)
	}
}
