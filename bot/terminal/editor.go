package terminal

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/term"
)

// An editor keeps the line that is being typed at the bottom of a terminal, and shows text above it.
//
// It is our own because none of the libraries does all that a Chinese chat needs: x/term counts
// every character as one column, chzyer/readline 1.5.1 (of 2022) so counts the Chinese full stop
// and comma, peterh/liner 1.2.3 cannot print while it waits for a key, and reeflective/readline
// 1.3.0 (21,000 lines) is tied to the process's standard input and prints from other goroutines
// unguarded. From x/term it takes the raw mode and the size.
type editor struct {
	out    io.Writer
	size   func() (columns, rows int)
	colour bool

	mu       sync.Mutex
	reading  bool // the prompt is on the screen
	raw      bool // the terminal does not turn a line feed into a new line
	prompt   string
	commands []string
	line     line
	pasting  bool
	row      int // of the cursor, counted from the prompt's
}

func newEditor(out io.Writer, size func() (int, int), colour bool) *editor {
	return &editor{out: out, size: size, colour: colour}
}

// sizeOf asks for a terminal's size. What is none, or does not tell, is 80 by 24.
func sizeOf(out io.Writer) func() (int, int) {
	return func() (int, int) {
		if f, ok := out.(*os.File); ok {
			if w, h, err := term.GetSize(int(f.Fd())); err == nil && w > 0 && h > 0 {
				return w, h
			}
		}
		return 80, 24
	}
}

// start puts the terminal into raw mode and shows the prompt. The function it returns undoes that.
func (e *editor) start(in io.Reader, prompt string, commands []string) (stop func(), err error) {
	restore := func() {}
	f, isFile := in.(*os.File)
	e.mu.Lock()
	defer e.mu.Unlock()
	if isFile && term.IsTerminal(int(f.Fd())) {
		before, err := term.MakeRaw(int(f.Fd()))
		if err != nil {
			return nil, fmt.Errorf("terminal: %w", err)
		}
		restore = func() { _ = term.Restore(int(f.Fd()), before) }
		e.raw = true
	}
	e.reading, e.prompt, e.commands = true, prompt, commands
	e.write("\x1b[?2004h" + e.drawn()) // tell us what is pasted
	return func() {
		e.mu.Lock()
		defer e.mu.Unlock()
		e.write(e.erased() + "\x1b[?2004l")
		e.reading, e.raw = false, false
		restore()
	}, nil
}

// ask shows another prompt, and puts text into the line if it is empty.
func (e *editor) ask(prompt, text string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.prompt = prompt
	if len(e.line.text) == 0 {
		e.line.set(text)
	}
	e.write(e.erased() + e.drawn())
}

func (e *editor) show(text string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.write(e.erased() + text + e.drawn())
}

// columns leaves the last one free, so that no terminal wraps by itself.
func (e *editor) columns() int {
	w, _ := e.size()
	return max(w-1, 10)
}

// failed is always nil: a terminal that takes no text gives no keys either, and so ends the run.
func (e *editor) failed() error { return nil }

// An interrupt is Ctrl-C on an empty line.
type interrupt struct{}

func (interrupt) Error() string { return "interrupted" }

// read gives typed lines to send, until the input ends, somebody types Ctrl-D on an empty line, or
// send returns false. An interrupt is not the end.
func (e *editor) read(in io.Reader, send func(typed) bool) {
	var rest []byte
	chunk := make([]byte, 4096)
	for {
		n, err := in.Read(chunk)
		var done []typed
		rest, done = e.press(append(rest, chunk[:n]...))
		for _, t := range done {
			if !send(t) || t.err == io.EOF {
				return
			}
		}
		if err != nil {
			send(typed{err: err})
			return
		}
	}
}

// press takes in what was typed, and draws once for all of it. It returns the lines that are
// finished, and the bytes of a key that is not.
func (e *editor) press(b []byte) (rest []byte, done []typed) {
	e.mu.Lock()
	defer e.mu.Unlock()
	var out strings.Builder
	for {
		k, n := nextKey(b, e.pasting)
		if n == 0 {
			break
		}
		b = b[n:]
		if t, ok := e.key(k, &out); ok {
			done = append(done, t)
		}
	}
	out.WriteString(e.erased() + e.drawn())
	e.write(out.String())
	return append([]byte(nil), b...), done
}

// key does what one key does. It reports a line that is finished.
func (e *editor) key(k key, out *strings.Builder) (typed, bool) {
	empty := len(e.line.text) == 0
	switch {
	case k == keyPasteStart || k == keyPasteEnd:
		e.pasting = k == keyPasteStart
	case e.pasting && k == '\r':
		e.line.insert('\n')
	case k == keyEnter:
		out.WriteString(e.left())
		return typed{line: e.line.take()}, true
	case k == keyInterrupt && empty:
		return typed{err: interrupt{}}, true
	case k == keyInterrupt:
		out.WriteString(e.left())
		e.line.drop()
	case k == keyEOF && empty:
		return typed{err: io.EOF}, true
	case k == keyTab:
		if several := e.line.complete(e.commands); several != nil {
			choices := style{width: e.columns()}.wrap("/" + strings.Join(several, " /"))
			out.WriteString(e.erased() + strings.Join(choices, "\n") + "\n")
		}
	case k == keyClearScreen:
		out.WriteString("\x1b[H\x1b[2J")
		e.row = 0
	case k >= 0 && len(e.line.text) < maxLine+1:
		e.line.insert(rune(k))
	default:
		e.line.press(k)
	}
	return typed{}, false
}

// write sends text to the terminal, in one piece.
func (e *editor) write(text string) {
	if e.raw {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	_, _ = io.WriteString(e.out, text)
}

// erased takes the prompt and the line off the screen.
func (e *editor) erased() string {
	if !e.reading {
		return ""
	}
	up := ""
	if e.row > 0 {
		up = fmt.Sprintf("\x1b[%dA", e.row)
	}
	e.row = 0
	return up + "\r\x1b[J"
}

// drawn puts them there, with the cursor in its place.
func (e *editor) drawn() string {
	if !e.reading {
		return ""
	}
	w, h := e.size()
	rows, row, column := fold(e.prompt, e.line.text, e.line.pos, max(w, 4))
	if most := max(h-1, 1); len(rows) > most { // show what is around the cursor
		first := min(max(row-most/2, 0), len(rows)-most)
		rows, row = rows[first:first+most], row-first
	}
	e.row = row
	text := strings.Join(rows, "\r\n")
	if p, ok := strings.CutPrefix(text, e.prompt); ok {
		text = style{colour: e.colour}.set("1;32", e.prompt) + p
	}
	if up := len(rows) - 1 - row; up > 0 {
		text += fmt.Sprintf("\x1b[%dA", up)
	}
	text += "\r"
	if column > 0 {
		text += fmt.Sprintf("\x1b[%dC", column)
	}
	return text
}

// left leaves the line on the screen, and goes below it.
func (e *editor) left() string {
	e.line.pos = len(e.line.text)
	text := e.erased() + e.drawn() + "\n"
	e.row = 0
	return text
}

// fold lays out a line on rows of some columns, and says where its cursor is.
func fold(prompt string, text []rune, pos, columns int) (rows []string, row, column int) {
	var b strings.Builder
	used := 0
	put := func(r rune) {
		r, w := visible(r)
		if used+w > columns {
			rows, used = append(rows, b.String()), 0
			b.Reset()
		}
		b.WriteRune(r)
		used += w
	}
	for _, r := range prompt {
		put(r)
	}
	for i, r := range text {
		if _, w := visible(r); i == pos {
			row, column = len(rows), used
			if used+w > columns {
				row, column = row+1, 0
			}
		}
		put(r)
	}
	if pos >= len(text) {
		if used >= columns { // the cursor needs a place, too
			rows, used = append(rows, b.String()), 0
			b.Reset()
		}
		row, column = len(rows), used
	}
	return append(rows, b.String()), row, column
}

// visible is what stands for a character in the line that is being typed, and how wide it is.
func visible(r rune) (rune, int) {
	switch {
	case r == '\n':
		return '⏎', 1
	case r == '\t':
		return ' ', 1
	case unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r):
		return '\uFFFD', 1
	}
	return r, runeWidth(r)
}
