package terminal

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"studybot/bot/chat"
)

func TestParseStep(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	at := func(s string) step {
		at, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return step{at: at.UTC()}
	}
	tests := []struct {
		name, line string
		want       step
		err        string
	}{
		{name: "a blank line is nothing", line: " \t"},
		{name: "a comment is nothing", line: "  # @2026-03-02T09:00"},
		{name: "a time is local", line: "@2026-03-02T09:00", want: at("2026-03-02T08:00:00Z")},
		{name: "in summer as well", line: "@2026-07-02T09:00", want: at("2026-07-02T07:00:00Z")},
		{name: "a time may have seconds", line: "@2026-03-02T09:00:30 ", want: at("2026-03-02T08:00:30Z")},
		{name: "a time may have an offset", line: "@2026-03-02T09:00+08:00", want: at("2026-03-02T01:00:00Z")},
		{name: "and both", line: "@2026-03-02T09:00:30Z", want: at("2026-03-02T09:00:30Z")},
		{name: "a day that is not", line: "@2026-02-29T09:00", err: "is no time"},
		{name: "an hour that is not", line: "@2026-02-28T24:00", err: "is no time"},
		{name: "a date alone is no time", line: "@2026-02-28", err: "is no time"},
		{name: "nor are words", line: "@everyone", err: "is no time"},
		{name: "nor is nothing", line: "@", err: "is no time"},
		{name: "a time that the summer skips", line: "@2026-03-29T02:30", err: "does not exist in Europe/Berlin"},
		{name: "an offset tells which of two", line: "@2026-10-25T02:30+02:00", want: at("2026-10-25T00:30:00Z")},
		{name: "the zero time", line: "@0001-01-01T00:00Z", err: "too early"},
		{name: "a member speaks", line: "m1: /ask 什么是pod", want: step{member: "m1", text: "/ask 什么是pod"}},
		{name: "a Chinese one", line: "小明:\t/top", want: step{member: "小明", text: "/top"}},
		{name: "all signs of a name", line: "a-b_c.9: x", want: step{member: "a-b_c.9", text: "x"}},
		{name: "a member says nothing", line: "m1:", want: step{member: "m1"}},
		{name: "no name, no member", line: "/top week", want: step{text: "/top week"}},
		{name: "an address is no member", line: "http://example.org", want: step{text: "http://example.org"}},
		{name: "a time of day is none", line: "12:30 lunch", want: step{text: "12:30 lunch"}},
		{name: "two words are none", line: "two words: x", want: step{text: "two words: x"}},
		{name: "a name of 33 is none", line: strings.Repeat("名", 33) + ": x", want: step{text: strings.Repeat("名", 33) + ": x"}},
		{name: "a name of 32 is one", line: strings.Repeat("名", 32) + ": x", want: step{member: strings.Repeat("名", 32), text: "x"}},
		{name: "a wide colon", line: "小明：/me", want: step{member: "小明", text: "/me"}},
		{name: "a wide colon and a space", line: "ann： 因为它快", want: step{member: "ann", text: "因为它快"}},
		{name: "a wide colon within talk", line: "注意：今天没有题", want: step{text: "注意：今天没有题"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := parseStep(tt.line, berlin)
			if tt.err != "" {
				if err == nil || !strings.Contains(err.Error(), tt.err) {
					t.Fatalf("got %v, want an error with %q", err, tt.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got, cmp.AllowUnexported(step{})); diff != "" {
				t.Errorf("step (-want +got):\n%s", diff)
			}
		})
	}
}

func TestParseCommand(t *testing.T) {
	tests := []struct{ text, name, args string }{
		{"/ask 什么是 pod", "ask", "什么是 pod"},
		{"/ask\u3000什么", "ask", "什么"},
		{"/Top", "top", ""},
		{"/排行 week", "排行", "week"},
		{"/", "", ""},
		{"/ ask", "", ""},
		{"/etc/hosts", "", ""},
		{"//", "", ""},
		{"ask", "", ""},
		{"", "", ""},
	}
	for _, tt := range tests {
		name, args, ok := parseCommand(tt.text)
		if name != tt.name || args != tt.args || ok != (tt.name != "") {
			t.Errorf("parseCommand(%q): got %q, %q, %v, want %q, %q", tt.text, name, args, ok, tt.name, tt.args)
		}
	}
}

func TestReadLine(t *testing.T) {
	full := strings.Repeat("a", maxLine)
	in := bufio.NewReader(strings.NewReader("one\r\n\n" + full + "\r\n" + full + "b\nthree\n" + full + full + full))
	for i, want := range []struct {
		line string
		err  error
	}{{"one", nil}, {"", nil}, {full, nil}, {"", errTooLong}, {"three", nil}, {"", errTooLong}, {"", io.EOF}, {"", io.EOF}} {
		line, err := readLine(in)
		if line != want.line || !errors.Is(err, want.err) {
			t.Errorf("line %d: got %d bytes, %v, want %d bytes, %v", i+1, len(line), err, len(want.line), want.err)
		}
	}
}

func FuzzParseStep(f *testing.F) {
	for _, s := range []string{"", "#", "@2026-03-02T09:00", "@2026-03-02T09:00+08:00", "m1: /ask x", ":", "@9999-12-31T23:59:59-12:00", "\xff: x"} {
		f.Add(s)
	}
	zone := time.FixedZone("UTC+8", 8*60*60)
	f.Fuzz(func(t *testing.T, line string) {
		s, err := parseStep(line, zone)
		if err != nil {
			if !strings.HasPrefix(strings.TrimSpace(line), "@") {
				t.Errorf("parseStep(%q): %v", line, err)
			}
			return
		}
		if s.member != "" && !isName(s.member) {
			t.Errorf("parseStep(%q): member %q", line, s.member)
		}
		if !s.at.IsZero() && (s.member != "" || s.text != "") {
			t.Errorf("parseStep(%q) = %+v: both a time and talk", line, s)
		}
		if name, _, ok := parseCommand(s.text); ok && name == "" {
			t.Errorf("parseCommand(%q): no name", s.text)
		}
	})
}

func FuzzReadTranscript(f *testing.F) {
	f.Add([]byte(`{"at":"2026-03-02T09:00:00Z","channel":"c","id":"1","key":"a","message":{"title":"one"}}` + "\n"))
	f.Add([]byte(`{"id":"2","message":{"blocks":[{"text":"t"},{"table":{"rows":[["a"]]}},{}]}}` + "\n" + `{"edits":"2"}` + "\n{"))
	f.Add([]byte("null\n[]\n\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		tr := &transcript{byID: map[place]int{}, byKey: map[place]int{}}
		size, torn, err := tr.read(bytes.NewReader(file))
		if err != nil {
			return
		}
		if size+torn != int64(len(file)) || bytes.IndexByte(file[size:], '\n') >= 0 && bytes.IndexByte(file[size:], '\n') != len(file[size:])-1 {
			t.Fatalf("%d whole bytes and %d torn ones of %d", size, torn, len(file))
		}
		again := &transcript{byID: map[place]int{}, byKey: map[place]int{}}
		if _, torn, err := again.read(bytes.NewReader(file[:size])); torn != 0 || err != nil || len(again.posts) != len(tr.posts) {
			t.Fatalf("what is whole is not the second time: %d bytes torn, %v", torn, err)
		}
		for _, p := range tr.posts {
			for _, line := range render(p.message, make([]int, len(p.message.Buttons)), style{colour: true, width: 20}) {
				if strings.Contains(line, "\n") || !utf8.ValidString(line) {
					t.Errorf("line %q", line)
				}
			}
		}
	})
}

func TestARecordHoldsTheWholeMessage(t *testing.T) {
	want := chat.Message{
		Title: "t", Context: "c", Thread: "7",
		Blocks: []chat.Block{
			chat.Text(""), chat.Text("<&>"),
			chat.Passage{Title: "p", Text: "x\ny", Marks: []string{"m"}, Source: "s", Link: "https://notes.example/s"},
			chat.List{Title: "l", Items: []chat.Item{{Mark: "✓", Text: "i", Note: "n"}}},
			chat.Table{Head: []string{"h"}, Rows: [][]string{{"r"}}},
			chat.Passage{}, chat.List{}, chat.Table{},
		},
		Buttons: []chat.Button{{Action: "a", Label: "b", Primary: true}},
	}
	b, err := json.Marshal(storedMessage(want))
	if err != nil {
		t.Fatal(err)
	}
	var s stored
	if err := json.Unmarshal(b, &s); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, s.message()); diff != "" {
		t.Errorf("message (-want +got):\n%s", diff)
	}
}

func TestATranscriptThatCannotBeWritten(t *testing.T) {
	tr, err := openTranscript(t.TempDir()+"/terminal.jsonl", nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := tr.file.Close(); err != nil { // the disk is gone
		t.Fatal(err)
	}
	if _, err := tr.post(time.Now(), "study", "a", chat.Message{}); !errors.Is(err, chat.ErrUncertain) {
		t.Errorf("post: got %v, want %v", err, chat.ErrUncertain)
	}
	if _, ok := tr.find("study", "a"); ok {
		t.Error("the message is found")
	}
	if _, err := tr.post(time.Now(), "study", "a", chat.Message{}); err == nil || !strings.Contains(err.Error(), "cannot be written any more") {
		t.Errorf("the next post: got %v", err)
	}
}
