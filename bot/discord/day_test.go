package discord

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"studybot/bot"
	"studybot/bot/chat"
	"studybot/knowledge/library"
	"studybot/store"
)

// dayNotes are what the bot studies in these tests.
const dayNotes = "# Redis\n\n## RDB 和 AOF 有什么区别？\n\n- RDB 按间隔把整个数据集写成快照。\n- AOF 把每条写命令追加到日志。\n- RDB 恢复更快，AOF 丢得更少。\n\n" +
	"```bash\nredis-cli config set appendonly yes\n```\n\n## 为什么 Redis 处理命令是单线程的？\n\n- 命令在内存里执行，CPU 很少是瓶颈。\n- 一个线程不需要锁。\n\n" +
	"# nginx\n\n## nginx 的 master 进程做什么？\n\n- 读取配置。\n- 启动并监视 worker 进程。\n- 收到信号时重新打开日志文件。\n"

// openBot opens a real bot, with a store in dir, that speaks in n and asks in the double's channel.
func openBot(t testing.TB, dir string, n *Network) (*bot.Bot, *store.Store) {
	t.Helper()
	return openBotOn(t, dir, n, dayNotes)
}

// openBotOn is openBot with notes of one's own.
func openBotOn(t testing.TB, dir string, n *Network, text string) (*bot.Bot, *store.Store) {
	t.Helper()
	notes, err := library.Open(context.Background(), library.Config{Notes: fstest.MapFS{"notes.md": {Data: []byte(text)}}})
	if err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(filepath.Join(dir, "studybot.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close(); notes.Close() })
	b, err := bot.New(bot.Config{
		Notes: notes, Store: db, Networks: []chat.Network{n}, Language: bot.Chinese,
		Channels: []bot.Channel{{Channel: store.Channel{Network: n.Name(), ID: testChannel}, Schedule: bot.DefaultSchedule(nil), Language: bot.Chinese}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return b, db
}

func moment(t testing.TB, s string) time.Time {
	t.Helper()
	at, err := time.Parse("2006-01-02 15:04", s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// A day with the real bot: the question, an answer by the form, one by a command, the reveal, the board. What is shown is
// logged as a client shows it.
func TestDay(t *testing.T) {
	var b *bot.Bot
	now := moment(t, "2026-03-02 09:00")
	s := newStage(t, func(ctx context.Context, ev chat.Event) (chat.Response, error) {
		ev.At = now
		return b.Handle(ctx, ev)
	}, func(c *Config) { c.Usages = bot.Usages() })
	b, _ = openBot(t, t.TempDir(), s.n)
	tick := func() {
		t.Helper()
		if err := b.Tick(t.Context(), now); err != nil {
			t.Fatal(err)
		}
	}
	shown := func(what string, body payload) {
		for _, e := range body["embeds"].([]any) {
			t.Logf("%s:\n%s\n┃ %s\n┃ (%v)\n%v", what, body["content"], strings.ReplaceAll(e.(payload)["description"].(string), "\n", "\n┃ "), e.(payload)["footer"], body["components"])
		}
	}
	tick()
	question := s.held(testChannel)[0]
	shown("the question", question)
	action := question["components"].([]any)[0].(payload)["components"].([]any)[0].(payload)["custom_id"].(string)
	form := s.interact(t, press(snowflake(1), testUser, action, question))["data"].(payload)
	if form["custom_id"] == nil {
		t.Fatalf("no form: %v", form)
	}
	input := form["components"].([]any)[0].(payload)["components"].([]any)[0].(payload)
	told := s.interact(t, submit(snowflake(2), testUser, form["custom_id"].(string), map[string]string{input["custom_id"].(string): "写命令追加到日志，间隔快照，读取配置，一个线程不需要锁"}))
	shown("feedback", told["data"].(payload))
	for i, who := range []string{"400000000000000002", "400000000000000003"} {
		s.interact(t, slash(snowflake(10+i), who, "answer", "间隔快照，内存"))
	}
	now = moment(t, "2026-03-02 10:00")
	tick()
	shown("the question, answered by three", s.held(testChannel)[0])
	ask := s.interact(t, slash(snowflake(20), testUser, "ask", "RDB 快照"))["data"].(payload)
	shown("a lookup", ask)
	now = moment(t, "2026-03-02 18:00")
	tick()
	shown("the question, revealed", s.held(testChannel)[0])
	reveal := s.held(question["id"].(string))
	if len(reveal) != 1 {
		t.Fatalf("%d messages in the thread, want the reveal", len(reveal))
	}
	shown("the reveal", reveal[0])
	for i, name := range []string{"top", "me", "help", "why"} {
		shown(name, s.interact(t, slash(snowflake(30+i), testUser, name))["data"].(payload))
	}
	if board := seen(s.response(snowflake(30))["data"].(payload)); strings.Count(board, "Nick") != 3 {
		t.Errorf("the board:\n%s", board)
	}
	if n := len(s.held(testChannel)); n != 1 {
		t.Errorf("%d messages in the channel, want the question", n)
	}
	if p := s.pings(); len(p) > 0 {
		t.Errorf("pinged %q", p)
	}
}

// Every command of the bot, and what it takes, has a name in Chinese, and Discord takes the set.
func TestChineseNames(t *testing.T) {
	n, err := New(Config{Token: testToken, Usages: bot.Usages()})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range n.commands {
		names := map[string]bool{}
		for _, o := range c.Options {
			zh := o.Names["zh-CN"]
			if zh == "" || names[zh] || o.Descriptions["zh-CN"] == "" {
				t.Errorf("/%s %s is %q in Chinese: %q", c.Name, o.Name, zh, o.Descriptions["zh-CN"])
			}
			names[zh] = true
			for _, p := range o.Options {
				if p.Names["zh-CN"] == "" {
					t.Errorf("/%s %s %s has no name in Chinese", c.Name, o.Name, p.Name)
				}
				for _, choice := range p.Choices {
					if choice.Names["zh-CN"] == "" || choice.Names["zh-TW"] == "" {
						t.Errorf("/%s %s: %s has no name in Chinese", c.Name, o.Name, choice.Name)
					}
				}
			}
		}
	}
	d := newDouble(t)
	for range 2 { // what Discord returns is the same set
		if err := d.network(t, func(c *Config) { c.Usages = bot.Usages() }).register(t.Context(), testBot); err != nil {
			t.Error(err)
		}
	}
	if n := d.count("PUT", "/applications"); n != 1 {
		t.Errorf("registered %d times, want once", n)
	}
}
