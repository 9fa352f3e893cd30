package terminal

import (
	"slices"
	"strings"
	"unicode"
)

// A line is the text that is being typed, and where the cursor is in it.
type line struct {
	text []rune
	pos  int // 0 to len(text)

	history []string // sent before, oldest first
	at      int      // index into history of what is shown; len(history) for what is new
	fresh   string   // what was new, while something of the history is shown
}

// set replaces the text, and puts the cursor at its end.
func (l *line) set(s string) {
	l.text = []rune(s)
	l.pos = len(l.text)
}

// take empties the line and returns what was in it, which goes into the history.
func (l *line) take() string {
	const most = 500 // lines of history
	s := string(l.text)
	if strings.TrimSpace(s) != "" && (len(l.history) == 0 || l.history[len(l.history)-1] != s) {
		l.history = append(l.history, s)
		l.history = l.history[max(len(l.history)-most, 0):]
	}
	l.drop()
	return s
}

// drop empties the line.
func (l *line) drop() {
	l.set("")
	l.at, l.fresh = len(l.history), ""
}

func (l *line) insert(r ...rune) {
	l.text = slices.Insert(l.text, l.pos, r...)
	l.pos += len(r)
}

// press does what an editing key does. Other keys do nothing.
func (l *line) press(k key) {
	switch k {
	case keyBackspace:
		l.cutTo(l.before())
	case keyDelete, keyEOF:
		l.cutTo(l.after())
	case keyCutWord:
		l.cutTo(l.wordBefore())
	case keyCutBefore:
		l.cutTo(0)
	case keyCutAfter:
		l.cutTo(len(l.text))
	case keyLeft:
		l.pos = l.before()
	case keyRight:
		l.pos = l.after()
	case keyWordLeft:
		l.pos = l.wordBefore()
	case keyWordRight:
		l.pos = l.wordAfter()
	case keyHome:
		l.pos = 0
	case keyEnd:
		l.pos = len(l.text)
	case keyUp:
		l.recall(l.at - 1)
	case keyDown:
		l.recall(l.at + 1)
	}
}

// recall shows a line of the history.
func (l *line) recall(i int) {
	if i < 0 || i > len(l.history) {
		return
	}
	if l.at == len(l.history) {
		l.fresh = string(l.text)
	}
	l.at = i
	if i == len(l.history) {
		l.set(l.fresh)
	} else {
		l.set(l.history[i])
	}
}

// cutTo deletes what is between the cursor and i.
func (l *line) cutTo(i int) {
	from, to := min(i, l.pos), max(i, l.pos)
	l.text = slices.Delete(l.text, from, to)
	l.pos = from
}

// before and after are the ends of the character at the cursor, with the marks that combine with it.
func (l *line) before() int {
	i := max(l.pos-1, 0)
	for i > 0 && combines(l.text[i]) {
		i--
	}
	return i
}

func (l *line) after() int {
	i := min(l.pos+1, len(l.text))
	for i < len(l.text) && combines(l.text[i]) {
		i++
	}
	return i
}

func combines(r rune) bool { return unicode.In(r, unicode.Mn, unicode.Me) }

func (l *line) wordBefore() int {
	i := l.pos
	for i > 0 && unicode.IsSpace(l.text[i-1]) {
		i--
	}
	for i > 0 && !unicode.IsSpace(l.text[i-1]) {
		i--
	}
	return i
}

func (l *line) wordAfter() int {
	i := l.pos
	for i < len(l.text) && unicode.IsSpace(l.text[i]) {
		i++
	}
	for i < len(l.text) && !unicode.IsSpace(l.text[i]) {
		i++
	}
	return i
}

// complete completes the command that the line begins with. If there are several, it goes as far
// as they agree and returns them.
func (l *line) complete(commands []string) []string {
	typed, ok := strings.CutPrefix(string(l.text[:l.pos]), "/")
	if !ok || strings.ContainsFunc(typed, unicode.IsSpace) {
		return nil
	}
	var fit []string
	for _, c := range commands {
		if strings.HasPrefix(c, strings.ToLower(typed)) {
			fit = append(fit, c)
		}
	}
	if len(fit) == 0 {
		return nil
	}
	common := fit[0]
	for _, c := range fit[1:] {
		for !strings.HasPrefix(c, common) {
			common = common[:len(common)-1]
		}
	}
	l.cutTo(0)
	l.insert([]rune("/" + strings.ToValidUTF8(common, ""))...)
	if len(fit) > 1 {
		return fit
	}
	if l.pos == len(l.text) {
		l.insert(' ')
	}
	return nil
}
