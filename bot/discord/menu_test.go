package discord

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"studybot/bot"
	"studybot/bot/chat"
	"studybot/store"
)

// choosing are the buttons of a question with so many options, which stand behind their letters.
func choosing(id string, options ...string) (buttons []chat.Button) {
	for i, o := range options {
		l := string(rune('A' + i))
		buttons = append(buttons, chat.Button{Action: "choose " + id + " " + l, Label: l, Option: o})
	}
	return buttons
}

func numbered(n int) (options []string) {
	for i := range n {
		options = append(options, fmt.Sprint("选项 ", i))
	}
	return options
}

// layout is what rows of components hold: labels of buttons, and of menus their options.
func layout(m payload) (rows []string) {
	for _, row := range m["components"].([]any) {
		var cells []string
		for _, c := range row.(payload)["components"].([]any) {
			c := c.(payload)
			if c["type"] == float64(2) {
				cells = append(cells, c["label"].(string))
				continue
			}
			for _, o := range c["options"].([]any) {
				cells = append(cells, "▾"+o.(payload)["label"].(string))
			}
		}
		rows = append(rows, strings.Join(cells, " "))
	}
	return rows
}

// Options are buttons where they are few and short, else a menu; what stands beside them stays.
func TestOptions(t *testing.T) {
	long := strings.Repeat("很长的选项", 30)
	more := chat.Button{Action: "answer q9", Label: "Answer", Primary: true}
	tests := []struct {
		name    string
		buttons []chat.Button
		want    []string
	}{
		{"few and short", choosing("q1", "RDB", "AOF"), []string{"A B"}},
		{"five", choosing("q1", numbered(5)...), []string{"A B C D E"}},
		{"more than five", choosing("q1", numbered(6)...), []string{strings.Join(lettered(numbered(6)), " ")}},
		{"as many as a menu takes", choosing("q1", numbered(25)...), []string{strings.Join(lettered(numbered(25)), " ")}},
		{"one is long", choosing("q1", "short", long), []string{"▾A. short ▾B. " + string([]rune(long)[:96]) + "…"}},
		{"two questions and a button", slices.Concat(choosing("q1", "x", "y"), choosing("q2", numbered(6)...), []chat.Button{more}),
			[]string{"A B", strings.Join(lettered(numbered(6)), " "), "Answer"}},
		{"the same twice", slices.Concat(choosing("q1", numbered(6)...), choosing("q1", numbered(6)...)), []string{strings.Join(lettered(numbered(6)), " ")}},
		{"more rows than there are", slices.Concat(choosing("q1", numbered(6)...), choosing("q2", numbered(6)...), choosing("q3", numbered(6)...), choosing("q4", numbered(6)...), choosing("q5", numbered(6)...), []chat.Button{more}),
			[]string{strings.Join(lettered(numbered(6)), " "), strings.Join(lettered(numbered(6)), " "), strings.Join(lettered(numbered(6)), " "), strings.Join(lettered(numbered(6)), " "), "Answer"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := newDouble(t)
			m := *say("the question")
			m.Buttons = tt.buttons
			if _, err := d.network(t, nil).Post(t.Context(), testChannel, m, "k1"); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, layout(d.held(testChannel)[0])); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
		})
	}
}

// lettered are options as a menu shows them.
func lettered(options []string) (all []string) {
	for i, o := range options {
		all = append(all, fmt.Sprintf("▾%c. %s", 'A'+i, o))
	}
	return all
}

// A long option goes on in its description.
func TestLongOption(t *testing.T) {
	d := newDouble(t)
	m := *say("the question")
	m.Buttons = choosing("q1", "a", strings.Repeat("甲", 150), strings.Repeat("乙", 500))
	if _, err := d.network(t, nil).Post(t.Context(), testChannel, m, "k1"); err != nil {
		t.Fatal(err)
	}
	options := d.held(testChannel)[0]["components"].([]any)[0].(payload)["components"].([]any)[0].(payload)["options"].([]any)
	got := map[string]any{}
	for _, o := range options {
		got[o.(payload)["value"].(string)] = o.(payload)["description"]
	}
	want := map[string]any{"choose q1 A": nil, "choose q1 B": "…" + strings.Repeat("甲", 54), "choose q1 C": "…" + strings.Repeat("乙", 98) + "…"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("descriptions (-want +got):\n%s", diff)
	}
}

// What is chosen in a menu reaches the bot as the press of that option's button, whichever process showed the menu.
func TestChosenInAMenu(t *testing.T) {
	s := newStage(t, answering(chat.Response{Private: say("x")}), nil)
	m := *say("the question")
	m.Buttons = choosing("q1", numbered(7)...)
	id, err := s.n.Post(t.Context(), testChannel, m, "k1")
	if err != nil {
		t.Fatal(err)
	}
	held := s.held(testChannel)[0]
	chosen := held["components"].([]any)[0].(payload)["components"].([]any)[0].(payload)
	p := press(snowflake(1), testUser, chosen["custom_id"].(string), held)
	data := p["data"].(payload)
	data["component_type"], data["values"] = 3, []any{chosen["options"].([]any)[2].(payload)["value"]}
	s.interact(t, p)
	want := &chat.Press{Action: "choose q1 C", Message: id}
	if diff := cmp.Diff(want, s.told()[0].Press); diff != "" {
		t.Errorf("the press (-want +got):\n%s", diff)
	}
}

// A choice of seven is asked, answered from its menu, and answered anew from the same message after a restart.
func TestAQuestionWithAMenu(t *testing.T) {
	const text = "# HTTP\n\n## 下列哪个状态码表示资源被永久移动？\n\nA. 200\nB. 204\nC. 301\nD. 302\nE. 404\nF. 500\nG. 503\n\n答案：C\n"
	dir, now := t.TempDir(), moment(t, "2026-03-02 09:00")
	var b *bot.Bot
	s := newStage(t, func(ctx context.Context, ev chat.Event) (chat.Response, error) {
		ev.At = now
		return b.Handle(ctx, ev)
	}, func(c *Config) { c.Usages = bot.Usages() })
	b, db := openBotOn(t, dir, s.n, text)
	if err := b.Tick(t.Context(), now); err != nil {
		t.Fatal(err)
	}
	question := s.held(testChannel)[0]
	if rows := layout(question); len(rows) != 1 || strings.Count(rows[0], "▾") != 7 {
		t.Fatalf("the question has %q", rows)
	}
	menu := question["components"].([]any)[0].(payload)["components"].([]any)[0].(payload)
	choose := func(id, at int) payload {
		p := press(snowflake(id), testUser, menu["custom_id"].(string), question)
		data := p["data"].(payload)
		data["component_type"], data["values"] = 3, []any{menu["options"].([]any)[at].(payload)["value"]}
		return s.interact(t, p)["data"].(payload)
	}
	if told := choose(1, 0); told["flags"] != float64(ephemeral) {
		t.Errorf("told to everybody: %s", seen(told))
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	b, db = openBotOn(t, dir, s.n, text)
	choose(2, 2)
	q, _, err := db.QuestionOf(store.Channel{Network: "discord", ID: testChannel}, chat.MessageID(question["id"].(string)))
	if err != nil {
		t.Fatal(err)
	}
	if r, ok, err := db.ReplyOf(q.ID, testUser); !ok || r.Text != "C" || err != nil {
		t.Errorf("the reply is %+v: %v", r, err)
	}
}
