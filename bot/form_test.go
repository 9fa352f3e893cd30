package bot

import (
	"strings"
	"testing"
	"testing/fstest"

	"studybot/knowledge"
	"studybot/knowledge/library"
	"studybot/store"
)

// cardsOf are the cards of a note.
func cardsOf(t *testing.T, note string) []knowledge.Card {
	t.Helper()
	notes, err := library.Open(t.Context(), library.Config{Notes: fstest.MapFS{"a.md": {Data: []byte(note)}}, CardsOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer notes.Close()
	return notes.Cards()
}

const (
	stepsNote   = "## 更换磁盘的步骤\n1. 停止服务\n2. 拔出旧盘\n3. 插入新盘\n4. 重建阵列\n"
	commandNote = "## 如何查看监听的端口？\n```sh\nss -lnt\n```\n"
	pickNote    = "# 负载均衡\n## 轮询算法\n依次把请求分给每台服务器。\n## 最少连接算法\n把请求分给连接数最小的那台。\n## 源地址哈希算法\n同一个客户总是去同一台机器。\n"
	gapsNote    = "## 什么是事务？\n事务有**原子性**、**隔离性**等四个特性，要么全做要么不做。\n"
)

func TestFormOf(t *testing.T) {
	tests := []struct {
		name, note string
		times      int
		want       store.Ask // "" for in one's own words
	}{
		{"a command is always asked to the letter", commandNote, 0, store.AskCommand},
		{"steps are asked in one's own words at first", stepsNote, 0, ""},
		{"and at the second review", stepsNote, 2, ""},
		{"at the third they are put in order", stepsNote, 3, store.AskOrder},
		{"at the sixth too", stepsNote, 6, store.AskOrder},
		{"a card among others is picked at the third review", pickNote, 3, store.AskPick},
		{"a card of its own is not", gapsNote, 3, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cards := cardsOf(t, tt.note)
			f := formOf(cards[0], tt.times, cards)
			if f == nil {
				f = &store.Form{}
			}
			if f.Ask != tt.want {
				t.Errorf("asked as %q, want %q", f.Ask, tt.want)
			}
		})
	}
}

// asked opens a question of a card in a form, as the bot does.
func (w *world) asked(card knowledge.Card, form *store.Form) store.Question {
	w.t.Helper()
	_, err := w.store.Ask(store.Asking{Channel: studyChannel, Day: "2026-03-02", Card: card, Form: form, At: w.now})
	if err != nil {
		w.t.Fatal(err)
	}
	if err := w.bot.Tick(w.t.Context(), w.now); err != nil { // posts it
		w.t.Fatal(err)
	}
	return w.open()
}

func TestForms(t *testing.T) {
	tests := []struct {
		name, note    string
		times         int
		misfit, right string // "" for the letters of the right order
		wrong         string
		how           string
	}{
		{"a command", commandNote, 0, "用 ss 命令查看", "$ ss  -lnt", "ss -lnu", "Type the command"},
		{"steps", stepsNote, 3, "A B", "", "wrong order", "all letters, A to D"},
		{"one of three", pickNote, 3, "依次", "", "wrong letter", "one letter, A to C"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			w.now = moment(t, "2026-03-02T09:00:00Z")
			cards := cardsOf(t, tt.note)
			q := w.asked(cards[0], formOf(cards[0], tt.times, cards))
			post := w.network.messages[0].message
			wantIn(t, read(&post), tt.how)
			if tt.right == "" {
				tt.right, tt.wrong = right(q), wrongLetters(q)
			}
			wantIn(t, read(w.command("ada", "answer", tt.misfit).Private), "nothing was changed", tt.how)
			if rs, err := w.store.Replies(q.ID); err != nil || len(rs) > 0 {
				t.Errorf("an answer in another form was taken: %v %v", rs, err)
			}
			told := read(w.command("bob", "answer", tt.wrong).Private)
			if strings.Contains(told, cards[0].KeyPoints[0]) {
				t.Errorf("the right answer is told before the reveal:\n%s", told)
			}
			wantIn(t, read(w.command("ada", "answer", tt.right).Private), "You have it: 100%")
			w.at("2026-03-02T18:00:00Z")
			wantIn(t, read(w.command("ada", "top", "").Private), "1 ada 10 1 1")
			reveal := w.network.messages[1].message
			wantIn(t, read(&reveal), cards[0].Answer)
			if _, err := w.store.Verify(t.TempDir()); err != nil {
				t.Error(err)
			}
		})
	}
}

// wrongLetters is another answer of the question's form than the right one.
func wrongLetters(q store.Question) string {
	if q.Form.Ask == store.AskOrder {
		letters := strings.Fields(orderOf(*q.Form))
		letters[0], letters[len(letters)-1] = letters[len(letters)-1], letters[0]
		return strings.Join(letters, "")
	}
	return letter((q.Form.Right[0] + 1) % len(q.Form.Options))
}

func TestPickButtons(t *testing.T) {
	w := newWorld(t)
	w.now = moment(t, "2026-03-02T09:00:00Z")
	cards := cardsOf(t, pickNote)
	q := w.asked(cards[0], formOf(cards[0], 3, cards))
	buttons := w.network.messages[0].message.Buttons
	if len(buttons) != 3 {
		t.Fatalf("buttons: %+v, want one an option", buttons)
	}
	w.press("ada", buttons[q.Form.Right[0]].Action)
	w.at("2026-03-02T18:00:00Z")
	wantIn(t, read(w.command("ada", "top", "").Private), "1 ada 10 1 1")
}

func TestHint(t *testing.T) {
	w := newWorld(t)
	w.now = moment(t, "2026-03-02T09:00:00Z")
	w.asked(cardsOf(t, gapsNote)[0], nil)
	buttons := w.network.messages[0].message.Buttons
	if len(buttons) != 2 {
		t.Fatalf("buttons: %+v, want an answer and a hint", buttons)
	}
	hint := w.press("ada", buttons[1].Action)
	if wantIn(t, read(hint.Private), "____"); strings.Contains(read(hint.Private), "原子性") || hint.Public != nil {
		t.Errorf("hint: %+v", hint)
	}
	if n := w.open().Replies; n > 0 {
		t.Errorf("%d replies after a hint", n)
	}
	w.at("2026-03-02T18:00:00Z")
	wantIn(t, read(w.press("ada", buttons[1].Action).Private), "closed")
	wantIn(t, read(w.press("ada", "hint nothing").Private), "is no more")
}

// What is added after the missed points were shown counts half, however often.
func TestAddedAfterTheFeedback(t *testing.T) {
	w := newWorld(t)
	w.at("2026-03-02T09:00:00Z")
	q := w.open()
	wantIn(t, read(w.command("ada", "answer", q.Card.KeyPoints[0]).Private), "counts half")
	first := (&Bot{}).gradeText(q, q.Card.KeyPoints[0]).Score
	for range 3 {
		w.command("ada", "answer", q.Card.Answer)
	}
	reply, _, err := w.store.ReplyOf(q.ID, "ada")
	if want := first + (1-first)/2; err != nil || reply.Grade.Score != want {
		t.Errorf("score %v, want %v, half of what was added to %v: %v", reply.Grade.Score, want, first, err)
	}
	w.command("bob", "answer", q.Card.Answer)
	w.command("bob", "answer", q.Card.KeyPoints[0])
	if reply, _, _ := w.store.ReplyOf(q.ID, "bob"); reply.Grade.Score != first {
		t.Errorf("score %v after points were taken out, want %v", reply.Grade.Score, first)
	}
	w.at("2026-03-02T18:00:00Z")
	wantIn(t, read(w.command("ada", "why", "").Private), "counts half")
	export := read(w.command("ada", "hide", "export").Private)
	wantIn(t, export, `"first"`)
}
