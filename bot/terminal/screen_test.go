package terminal

import (
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// A vt is as much of a terminal as the editor uses. It scrolls without an end.
type vt struct {
	t       testing.TB
	columns int
	rows    [][]string // cells; "" was never written to, "→" is the right half of a wide one
	x, y    int
	partial string // of an escape sequence or a character
}

func (v *vt) Write(p []byte) (int, error) {
	s := v.partial + string(p)
	v.partial = ""
	for s != "" {
		switch {
		case s[0] == '\x1b':
			i := strings.IndexFunc(s[1:], func(r rune) bool { return r >= '@' && r <= '~' && r != '[' })
			if i < 0 {
				v.partial = s
				return len(p), nil
			}
			v.escape(s[1:i+1], s[i+1])
			s = s[i+2:]
		case s[0] == '\r':
			v.x, s = 0, s[1:]
		case s[0] == '\n':
			v.y, s = v.y+1, s[1:]
		default:
			if !utf8.FullRuneInString(s) {
				v.partial = s
				return len(p), nil
			}
			r, n := utf8.DecodeRuneInString(s)
			v.put(r)
			s = s[n:]
		}
	}
	return len(p), nil
}

func (v *vt) escape(params string, final byte) {
	params = strings.TrimPrefix(params, "[")
	n, _ := strconv.Atoi(params)
	switch final {
	case 'A':
		v.y -= n
		if v.y < 0 {
			v.t.Errorf("the cursor went above the screen")
			v.y = 0
		}
	case 'C':
		v.x = min(v.x+n, v.columns-1)
	case 'J':
		if params == "2" {
			v.rows = nil
			return
		}
		v.row()
		v.rows = v.rows[:v.y+1]
		v.rows[v.y] = v.rows[v.y][:min(v.x, len(v.rows[v.y]))]
	case 'H':
		v.x, v.y = 0, 0
	case 'm', 'h', 'l':
	default:
		v.t.Errorf("unknown sequence %q %c", params, final)
	}
}

// row makes the cursor's row be there.
func (v *vt) row() {
	for len(v.rows) <= v.y {
		v.rows = append(v.rows, nil)
	}
}

func (v *vt) put(r rune) {
	v.row()
	w := runeWidth(r)
	if w == 0 {
		if v.x > 0 {
			v.rows[v.y][v.x-1] += string(r)
		}
		return
	}
	if v.x+w > v.columns {
		v.t.Errorf("%q does not fit into row %d", r, v.y)
		return
	}
	for len(v.rows[v.y]) < v.x+w {
		v.rows[v.y] = append(v.rows[v.y], "")
	}
	v.rows[v.y][v.x] = string(r)
	if w == 2 {
		v.rows[v.y][v.x+1] = "→"
	}
	v.x += w
}

// text is what the rows from one on hold, without line breaks.
func text(rows [][]string) string {
	var b strings.Builder
	for _, row := range rows {
		b.WriteString(strings.ReplaceAll(strings.Join(row, ""), "→", ""))
	}
	return b.String()
}

// lines are the rows as one sees them.
func (v *vt) lines() []string {
	var lines []string
	for _, row := range v.rows {
		lines = append(lines, strings.TrimRight(text([][]string{row}), " "))
	}
	return lines
}
