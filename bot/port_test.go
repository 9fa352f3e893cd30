package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"studybot/bot/chat"
	"studybot/knowledge"
	"studybot/knowledge/library"
	"studybot/store"
)

func TestUsages(t *testing.T) {
	byName := map[string]chat.Usage{}
	for _, u := range Usages() {
		byName[u.Name] = u
		helps := []map[string]string{u.Help}
		if u.Param != nil {
			helps = append(helps, u.Param.Help)
		}
		for _, help := range helps {
			for _, l := range []string{"en", "zh"} {
				if n := utf8.RuneCountInString(help[l]); n == 0 || n > 100 || strings.HasPrefix(help[l], "[") {
					t.Errorf("%s in %s: help of %d characters: %q", u.Name, l, n, help[l])
				}
			}
		}
	}
	if p := byName["ask"].Param; p == nil || p.Name != "query" || !p.Required || !p.Complete {
		t.Errorf("ask takes %+v", p)
	}
	if p := byName["top"].Param; p == nil || !slices.Contains(p.Choices, "week") {
		t.Errorf("top takes %+v", p)
	}
	if byName["me"].Param != nil || byName["me"].Admin || !byName["void"].Admin {
		t.Error("me takes nothing and is for everybody, void is for admins")
	}
}

func TestGoOn(t *testing.T) {
	titles := []string{"Pod 的生命周期", "什么是 pod？", "Docker", "如何排查 Pod 起不来", "etcd", "什么是 pod？", "podman 和 docker"}
	tests := []struct {
		typed string
		want  []string
	}{
		{"pod", []string{"Pod 的生命周期", "podman 和 docker", "什么是 pod？", "如何排查 Pod 起不来"}},
		{"什么", []string{"什么是 pod？"}},
		{"生命", []string{"Pod 的生命周期"}},
		{"kube", []string{}},
		{"", []string{"etcd", "Docker", "什么是 pod？", "Pod 的生命周期", "如何排查 Pod 起不来", "podman 和 docker"}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, goOn(titles, tt.typed)); diff != "" {
			t.Errorf("%q goes on as (-want +got):\n%s", tt.typed, diff)
		}
	}
	many := []string{strings.Repeat("长", 300)}
	for i := range 100 {
		many = append(many, fmt.Sprint("长 ", i))
	}
	got := goOn(many, "长")
	if len(got) != maxChoices || slices.ContainsFunc(got, func(s string) bool { return utf8.RuneCountInString(s) > maxChoice }) {
		t.Errorf("%d choices: %q", len(got), got)
	}
}

func TestComplete(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T09:00:00Z")
	complete := func(command, text string) []string {
		ev := w.event("ada")
		ev.Complete = &chat.Complete{Command: command, Text: text}
		return w.handle(ev).Choices
	}
	for _, text := range []string{"", "ngi", "master proc", strings.Repeat("x", 5000)} {
		if got := complete("me", text); got != nil {
			t.Errorf("me takes nothing, and goes on as %q", got)
		}
	}
	if got := complete("ask", "NGI"); len(got) == 0 || got[0] != "nginx" {
		t.Errorf("NGI goes on as %q", got)
	}
	if got := complete("ask", "master process"); len(got) == 0 || !strings.Contains(got[0], "master process") {
		t.Errorf("master process goes on as %q", got)
	}
	if got := complete("ask", "zzzz"); len(got) > 0 {
		t.Errorf("zzzz goes on as %q", got)
	}
}

func TestAskedAloud(t *testing.T) {
	w := newWorld(t)
	w.now = moment(t, "2026-03-02T08:00:00Z")
	aloud := func(query string) chat.Response {
		ev := w.event("ada")
		ev.Aloud, ev.Thread, ev.Language, ev.Command = true, "m7", "zh", &chat.Command{Name: "ask", Args: query}
		return w.handle(ev)
	}
	res := aloud("what does the nginx master process do")
	if res.Private != nil || res.Public == nil || res.Public.Thread != "m7" || strings.HasPrefix(res.Public.Buttons[0].Action, "share") {
		t.Fatalf("asked before the channel: %+v", res)
	}
	wantIn(t, read(res.Public), "in the notes", "It reads the configuration.") // in the channel's language
	w.at("2026-03-02T09:00:00Z")
	q := w.open()
	w.command("ada", "answer", "a try")
	point := strings.TrimPrefix(strings.Split(q.Card.Answer, "\n")[0], "- ")
	if text := read(aloud(q.Card.Question).Public); strings.Contains(text, point) || !strings.Contains(text, "kept back") {
		t.Errorf("the channel sees the answer because one member has answered:\n%s", text)
	}
	wantIn(t, read(aloud("zzzz").Public), "do not answer")
	wantIn(t, read(aloud("").Private), "想查什么")
}

func TestLanguageOfTheMember(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T09:00:00Z")
	ev := w.event("ada")
	ev.Language, ev.Command = "zh", &chat.Command{Name: "question"}
	wantIn(t, read(w.handle(ev).Private), "每日一题", w.open().Card.Question)
	ev.Language = "fr"
	wantIn(t, read(w.handle(ev).Private), "Question of the day")
	ev.Language, ev.Command, ev.Admin = "zh", &chat.Command{Name: "reveal"}, true
	wantIn(t, read(w.handle(ev).Private), "好了")
	if title := w.network.titles()[1]; !strings.HasPrefix(title, "Answer: ") {
		t.Errorf("the reveal speaks the admin's language: %q", title)
	}
}

func TestTaken(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T09:00:00Z")
	ev := w.event("ada")
	for text, want := range map[string]bool{"one thread needs no locks": true, "???": false} {
		ev.Reply = &chat.Reply{To: w.open().Message, Text: text}
		if got := w.handle(ev).Taken; got != want {
			t.Errorf("%q was taken: %v, want %v", text, got, want)
		}
	}
	if w.command("ada", "answer", "again").Taken {
		t.Error("a command is no message to be marked")
	}
}

func TestLinks(t *testing.T) {
	tests := []struct {
		links Links
		file  string
		want  string
	}{
		{"", "a.md", ""},
		{"https://git.example.com/n/blob/main/{file}#L{line}", "目录/a b#1.md", "https://git.example.com/n/blob/main/%E7%9B%AE%E5%BD%95/a%20b%231.md#L12"},
		{"https://git.example.com/n?f={file}", "x/a.md", "https://git.example.com/n?f=x/a.md"},
		{"https://git.example.com/n/", "x/a.md", "https://git.example.com/n/x/a.md#L12"},
		{"https://git.example.com/n", "x/A.PDF", "https://git.example.com/n/x/A.PDF#page=12"},
	}
	for _, tt := range tests {
		if err := tt.links.Check(); err != nil {
			t.Error(err)
		}
		if got := tt.links.of(tt.file, []knowledge.Span{{Start: 12, End: 14}, {Start: 20, End: 20}}); got != tt.want {
			t.Errorf("%s in %q: %s, want %s", tt.file, tt.links, got, tt.want)
		}
	}
	for _, bad := range []Links{"git.example.com", "javascript:alert(1)", "https://", "{file}", "http://a b/{file}"} {
		if bad.Check() == nil {
			t.Errorf("%q is taken for an address", bad)
		}
	}
}

func TestPassagesAreLinked(t *testing.T) {
	w := newWorld(t)
	w.bot.Links = "https://notes.example.com"
	w.load()
	w.at("2026-03-02T09:00:00Z")
	answered := w.command("ada", "answer", w.open().Card.Answer).Private
	looked := w.command("ada", "ask", "what does the nginx master process do").Private
	w.at("2026-03-02T18:00:00Z")
	for name, m := range map[string]*chat.Message{"a lookup": looked, "the feedback": answered, "the reveal": &w.network.messages[1].message} {
		if !slices.ContainsFunc(m.Blocks, func(b chat.Block) bool {
			p, ok := b.(chat.Passage)
			return ok && strings.HasPrefix(p.Link, "https://notes.example.com/notes.md#L")
		}) {
			t.Errorf("%s has no link: %+v", name, m.Blocks)
		}
	}
}

// In a direct message, and on a page of the member's own, the study channel's question is meant.
func TestDirectMessages(t *testing.T) {
	w := newWorld(t)
	w.bot.Channels = append(w.bot.Channels, Channel{Channel: store.Channel{Network: "double", ID: "C2"}, Schedule: DefaultSchedule(nil), Language: English})
	w.load()
	w.at("2026-03-02T09:00:00Z")
	direct := func(member, name, args string) chat.Response {
		ev := w.event(member)
		ev.Channel, ev.Direct, ev.Command = "D1", true, &chat.Command{Name: name, Args: args}
		return w.handle(ev)
	}
	second, _, err := w.store.OpenQuestion(store.Channel{Network: "double", ID: "C2"})
	if err != nil {
		t.Fatal(err)
	}
	w.command("ada", "answer", "a try")
	wantIn(t, read(direct("ada", "question", "").Private), w.open().Card.Question, "Your answer: a try")
	wantIn(t, read(direct("ada", "answer", w.open().Card.Answer).Private), "In your answer") // a second try
	ev := w.event("eve")
	ev.Channel, ev.Press = "", &chat.Press{Action: "answer " + string(second.ID)}
	form := w.handle(ev).Form
	if form == nil {
		t.Fatal("the button of a direct message opens no form")
	}
	ev.Press, ev.Submit = nil, &chat.Submit{Action: form.Action, Values: map[string]string{answerField: "of my own"}}
	w.handle(ev)
	if _, ok, err := w.store.ReplyOf(second.ID, "eve"); !ok || err != nil {
		t.Errorf("the answer from a direct message is lost: %v", err)
	}
	for _, name := range []string{"me", "why", "top", "review", "hide"} {
		if direct("eve", name, "").Private == nil {
			t.Errorf("%s says nothing", name)
		}
	}
	wantIn(t, read(direct("eve", "question", "").Private), second.Card.Question)
}

// BenchmarkComplete measures a letter typed, over the cards of a large folder.
func BenchmarkComplete(b *testing.B) {
	var text strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&text, "## 第 %d 个问题是什么？\n\n- 因为第一 %d 点很重要。\n- 因为第二 %d 点也重要。\n\n", i, i, i)
	}
	notes, err := library.Open(b.Context(), library.Config{Notes: fstest.MapFS{"a.md": {Data: []byte(text.String())}}})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { notes.Close() })
	w := newWorld(b)
	w.bot.Notes = notes
	ev := w.event("ada")
	ev.Complete = &chat.Complete{Command: "ask", Text: "第 2999"}
	b.ReportAllocs()
	for b.Loop() {
		if res, err := w.bot.Handle(context.Background(), ev); err != nil || len(res.Choices) == 0 {
			b.Fatal(res, err)
		}
	}
}
