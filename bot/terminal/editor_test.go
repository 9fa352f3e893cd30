package terminal

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// typist types into an editor that is on a vt.
type typist struct {
	*editor
	vt   *vt
	rest []byte
	done []typed
}

func newTypist(t testing.TB, columns, rows int) *typist {
	v := &vt{t: t, columns: columns}
	e := newEditor(v, func() (int, int) { return columns, rows }, true)
	if _, err := e.start(strings.NewReader(""), "you> ", []string{"ask", "answer", "me"}); err != nil {
		t.Fatal(err)
	}
	e.raw = true
	return &typist{editor: e, vt: v}
}

func (y *typist) types(s string) {
	var done []typed
	y.rest, done = y.press(append(y.rest, s...))
	y.done = append(y.done, done...)
}

const (
	left, right, up, down = "\x1b[D", "\x1b[C", "\x1b[A", "\x1b[B"
	home, end, del        = "\x1b[H", "\x1b[F", "\x1b[3~"
)

func TestEditing(t *testing.T) {
	tests := []struct {
		name string
		keys string
		want []typed
	}{
		{"a line is what was typed", "/ask 什么是 pod\r", []typed{{line: "/ask 什么是 pod"}}},
		{"a line feed ends it as well", "a\n\r", []typed{{line: "a"}, {}}},
		{"backspace takes the character before", "中文\x7f\x08本\r", []typed{{line: "本"}}},
		{"with the marks that combine with it", "e\u0301\x7fa\r", []typed{{line: "a"}}},
		{"delete takes the one after", "中文" + home + del + "\r", []typed{{line: "文"}}},
		{"so does Ctrl-D in a line", "ab\x01\x04\r", []typed{{line: "b"}}},
		{"Ctrl-D on an empty line ends the input", "\x04", []typed{{err: io.EOF}}},
		{"the cursor moves over whole characters", "你我" + left + "和\r", []typed{{line: "你和我"}}},
		{"and to both ends", "b" + home + "a" + end + "c\x01x\x05y\r", []typed{{line: "xabcy"}}},
		{"and not beyond", left + right + "a" + right + right + "b\r", []typed{{line: "ab"}}},
		{"it moves by words", "one two three\x1bb\x1b[1;5Dx\x1bfy\r", []typed{{line: "one xtwoy three"}}},
		{"Ctrl-W cuts a word, Ctrl-U and Ctrl-K the rest", "one two \x17x\r" + "abc" + left + "\x15\r" + "abc" + left + "\x0b\r",
			[]typed{{line: "one x"}, {line: "c"}, {line: "ab"}}},
		{"the arrows bring back what was sent", "one\rtwo\r" + up + up + "x\r", []typed{{line: "one"}, {line: "two"}, {line: "onex"}}},
		{"and then what was being typed", "one\rnew" + up + up + down + down + "!\r", []typed{{line: "one"}, {line: "new!"}}},
		{"the same line twice is one", "one\ra\ra\r" + up + up + "\r", []typed{{line: "one"}, {line: "a"}, {line: "a"}, {line: "one"}}},
		{"Ctrl-C drops the line, and on an empty one it interrupts", "abc\x03\x03d\r", []typed{{err: interrupt{}}, {line: "d"}}},
		{"tab completes a command", "/m\tx\r", []typed{{line: "/me x"}}},
		{"as far as it is certain", "/a\ts\tx\r", []typed{{line: "/ask x"}}},
		{"and nothing else", "/zz\t a\t/m\t\r", []typed{{line: "/zz a/m"}}},
		{"what is pasted is not sent", "/answer \x1b[200~one\rtwo\t3\x03\x1b[201~ end\r", []typed{{line: "/answer one\ntwo\t3\x03 end"}}},
		{"unknown keys do nothing", "a\x1b[99;99z\x1bOP\x1b[24~\x1bx\x00\x1a\x1b\x1b[Db\r", []typed{{line: "ba"}}},
		{"a sequence without an end is dropped", "\x1b[" + strings.Repeat("1", 30) + "a\r", []typed{{line: "a"}}},
		{"broken UTF-8 is a character", "\xffa\r", []typed{{line: "\uFFFDa"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			whole, bytewise := newTypist(t, 20, 100), newTypist(t, 20, 100)
			whole.types(tt.keys)
			for i := range len(tt.keys) {
				bytewise.types(tt.keys[i : i+1])
			}
			for _, y := range []*typist{whole, bytewise} {
				if diff := cmp.Diff(tt.want, y.done, cmp.AllowUnexported(typed{}), cmp.Comparer(func(a, b error) bool { return a == b })); diff != "" {
					t.Errorf("typed (-want +got):\n%s", diff)
				}
			}
		})
	}
}

func TestTabShowsTheChoices(t *testing.T) {
	y := newTypist(t, 40, 10)
	y.types("/a\t")
	if diff := cmp.Diff([]string{"/ask /answer", "you> /a"}, y.vt.lines()); diff != "" {
		t.Errorf("screen (-want +got):\n%s", diff)
	}
}

func TestAMessageComesWhileOneTypes(t *testing.T) {
	y := newTypist(t, 12, 10)
	y.types("/ask 什么是最小" + left)
	y.show("studybot:\n  问题\n\n")
	y.types("的")
	want := []string{"studybot:", "  问题", "", "you> /ask 什", "么是最的小"}
	if diff := cmp.Diff(want, y.vt.lines()); diff != "" {
		t.Errorf("screen (-want +got):\n%s", diff)
	}
	if y.vt.x != 8 || y.vt.y != 4 {
		t.Errorf("the cursor is at %d, %d, want 8, 4", y.vt.x, y.vt.y)
	}
	y.types("\r")
	y.ask("m1> ", "half")
	want = append(want, "m1> half")
	if diff := cmp.Diff(want, y.vt.lines()); diff != "" {
		t.Errorf("screen (-want +got):\n%s", diff)
	}
}

func TestALineHigherThanTheScreen(t *testing.T) {
	y := newTypist(t, 10, 4)
	y.types("\x1b[200~" + strings.Repeat("0123456789", 10) + "\x1b[201~")
	if got, want := text(y.vt.rows), "5678901234567890123456789"; got != want {
		t.Errorf("at the end: got %q, want %q", got, want)
	}
	y.types(home)
	if got, want := text(y.vt.rows), "you> 0123456789012345678901234"; got != want {
		t.Errorf("at the beginning: got %q, want %q", got, want)
	}
	y.types("\r")
	if len(y.done) != 1 || y.done[0].line != strings.Repeat("0123456789", 10) {
		t.Errorf("typed: %v", y.done)
	}
}

func TestControlCharactersInTheLineAreNotSentToTheTerminal(t *testing.T) {
	y := newTypist(t, 30, 10)
	y.types("\x1b[200~a\x07\u202eb\u009b2J\nc\td\x1b[201~")
	if diff := cmp.Diff([]string{"you> a\uFFFD\uFFFDb\uFFFD2J⏎c d"}, y.vt.lines()); diff != "" {
		t.Errorf("screen (-want +got):\n%s", diff)
	}
}

// Whatever is typed and shown, the screen has what was shown, then the prompt and the line, and the
// cursor in its place.
func TestTheScreenShowsTheLine(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		columns := rapid.IntRange(11, 40).Draw(rt, "columns")
		y := newTypist(t, columns, 1000)
		keys := rapid.SampledFrom([]string{"a", " ", "中", "，", "🎉", "/", "long words ", "三次握手。", left, right, home, end,
			"\x7f", del, "\x17", "\x15", "\x0b", up, down, "\r", "\x03", "\t", "show"})
		shown := 0
		for range rapid.IntRange(1, 40).Draw(rt, "keys") {
			k := keys.Draw(rt, "key")
			switch {
			case k == "show":
				shown++
				y.show(fmt.Sprintf("<%d>\n", shown))
			case k == "\x03" && len(y.line.text) == 0: // would leave
			default:
				y.types(k)
			}
			checkScreen(rt, y, shown)
		}
	})
}

func checkScreen(t *rapid.T, y *typist, shown int) {
	first := y.vt.y - y.row
	if got, want := text(y.vt.rows[first:]), "you> "+string(y.line.text); got != want {
		t.Fatalf("line: got %q, want %q", got, want)
	}
	before := text(y.vt.rows[first:y.vt.y])
	if y.vt.y < len(y.vt.rows) {
		row := y.vt.rows[y.vt.y]
		before += text([][]string{row[:min(y.vt.x, len(row))]})
	}
	if want := "you> " + string(y.line.text[:y.line.pos]); before != want {
		t.Fatalf("cursor after %q, want after %q", before, want)
	}
	if shown > 0 && !strings.Contains(text(y.vt.rows[:first]), fmt.Sprintf("<%d>", shown)) {
		t.Fatalf("message %d is not shown above the line:\n%s", shown, strings.Join(y.vt.lines(), "\n"))
	}
}

func FuzzKeys(f *testing.F) {
	for _, s := range []string{"", "a", "\x1b[A", "\x1b[200~\r\x1b[201~", "\x1b", "\x1b\x1b", "\x1b[1;5", "中\xe4", "\x1bO"} {
		f.Add([]byte(s), false)
	}
	f.Fuzz(func(t *testing.T, b []byte, pasting bool) {
		for len(b) > 0 {
			k, n := nextKey(b, pasting)
			if n > len(b) || k > 0 && n == 0 {
				t.Fatalf("nextKey(%q): key %d of %d bytes", b, k, n)
			}
			if n == 0 {
				if len(b) > 64 {
					t.Fatalf("nextKey(%q) waits for more", b)
				}
				return
			}
			b = b[n:]
		}
	})
}
