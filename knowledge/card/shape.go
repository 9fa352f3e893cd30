package card

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"studybot/knowledge"
	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

// A shape is what an answer looks like.
type shape struct {
	ordered int // top items with numbers
	bullets int // top items without
	labels  int // lines such as 【第一次握手】… or "名字：…"
	prose   int // lines of running text
	code    int // lines of code
	rows    int // of tables
	items   []string
	script  bool
	lists   int    // numbered lists: items with the number 1
	inOrder bool   // two items or paragraphs begin 第一…, 第二…
	first   string // the first line of prose
	text    string // all of the answer
	words   int    // runes of running text and items, without code
	lines   int    // with text, of any kind
}

func (r *room) shapeOf(answer string) shape {
	r.raw = slices.AppendSeq(r.raw[:0], strings.SplitSeq(answer, "\n"))
	r.answer = note.AppendScan(r.answer[:0], r.raw)
	s := shaped(answer, r.answer)
	clear(r.answer) // keep no hold on the text
	clear(r.raw)
	return s
}

// shaped returns the shape of an answer of these lines.
func shaped(answer string, ls []note.Line) shape {
	s := shape{text: answer}
	top := 1 << 30
	for _, l := range ls {
		if l.Kind == note.Item {
			top = min(top, l.Indent)
		}
	}
	nth, glued := 0, 0
	for _, l := range ls {
		if l.Kind != note.Code && isNth(l.Text) {
			nth++
		}
		if l.Kind != note.Blank {
			s.lines++
		}
		if l.Kind != note.Code && l.Kind != note.Fence {
			s.words += runes(l.Text)
		}
		switch l.Kind {
		case note.Item:
			if l.Indent > top+1 {
				continue
			}
			if l.Ordered() {
				s.ordered++
				if l.Number == 1 {
					s.lists++
				}
			} else {
				s.bullets++
			}
			if len(s.items) < 12 {
				s.items = append(s.items, l.Text)
			}
		case note.Prose, note.Quote, note.Heading:
			if codeLine(l.Text) {
				s.code++
				s.script = s.script || strings.HasPrefix(l.Text, "#!")
				continue
			}
			s.prose++
			if startsWithNumber(l.Text, glued+1) { // "1重启", without a dot
				glued++
			}
			if s.first == "" {
				s.first = l.Text
			}
			if strings.HasPrefix(l.Text, "【") {
				s.labels++
			}
		case note.Code:
			s.code++
			s.script = s.script || strings.HasPrefix(l.Text, "#!")
		case note.Table:
			s.rows++
		}
	}
	s.inOrder = nth >= 2 || glued >= 3
	return s
}

// isNth reports a text that begins 第一, 第2 …, up to four, in brackets or not.
func isNth(s string) bool {
	for _, open := range []string{"【", "（", "("} {
		if in, ok := strings.CutPrefix(s, open); ok {
			s = in
			break
		}
	}
	nth, ok := strings.CutPrefix(s, "第")
	return ok && nth != "" && strings.ContainsRune("一二三四1234", firstRune(nth))
}

// startsWithNumber reports whether the first two digits of a text, or its one, are n.
func startsWithNumber(s string, n int) bool {
	end := 0
	for end < min(len(s), 2) && s[end] >= '0' && s[end] <= '9' {
		end++
	}
	return end > 0 && s[:end] == strconv.Itoa(n)
}

func (s shape) steps() bool { return s.ordered >= 3 && s.ordered >= s.bullets && s.lists < 2 }

// codeLine reports whether a line of running text is one of a script or terminal: a
// sentence with a name in backquotes or a sign in it is none.
func codeLine(t string) bool {
	if !note.CodeLike(t) {
		return false
	}
	plain := t
	if strings.Contains(t, "`") {
		plain = strings.TrimSpace(inlineCode.ReplaceAllString(t, ""))
	}
	if plain == "" {
		return true
	}
	if len(plain) < len(t) && weight(plain) > 0 {
		return false
	}
	first, rest, _ := strings.Cut(t, " ")
	r := []rune(first)
	return len(r) < 2 || !unicode.IsUpper(r[0]) || !unicode.IsLower(r[1]) || strings.Count(rest, " ") < 1
}

// oneLiner is an answer that is a command, with a word or two around it.
var oneLiner = pattern.New("^(?:\\S+[ :：]){0,3}?`([^`\n]+)`(?: \\S+)?[.。]?$")

// kind says what an answer of this shape under a title is.
func (s shape) kind(title string) knowledge.Kind {
	t := lower(title)
	items := s.bullets + s.ordered
	switch {
	case hasAny(t, "区别", "对比", "优缺点", "差异", " vs ", "vs.", "differ", "compare", "比较", "不同") || hasAny(t, "优点") && hasAny(t, "缺点"):
		return knowledge.Compare
	case s.script || hasAny(t, "脚本", "script") && s.code > 0:
		return knowledge.Script
	case hasAny(t, "步骤", "过程", "流程", "steps", "process") && !hasAny(t, "processes") || (s.steps() || s.inOrder) && !hasAny(t, "哪些", "几种", "有什么"):
		return knowledge.Steps
	case items >= 3 && items >= s.code/4 || s.rows >= 3 && s.code <= s.rows || s.labels >= 3:
		return knowledge.List
	case s.code > 0 && s.code >= 2*(s.prose+items):
		if hasAny(t, "配置", "config") || s.code > 12 {
			return knowledge.Config
		}
		return knowledge.Command
	case s.lines == 1 && s.command():
		return knowledge.Command
	case items >= 3 || s.rows >= 4:
		return knowledge.List
	}
	return knowledge.Explain
}

// command reports whether the answer is a command of a shell on one line.
func (s shape) command() bool {
	t := strings.TrimSpace(strings.TrimLeft(s.text, "-*• "))
	if m := oneLiner.FindStringSubmatch(t); m != nil {
		return strings.Contains(m[1], " ") || note.CodeLike(m[1]+" -") && len(m[1])*2 >= len(t)
	}
	return codeLine(t)
}

func hasAny(s string, subs ...string) bool {
	for _, x := range subs {
		if strings.Contains(s, x) {
			return true
		}
	}
	return false
}

// lower is strings.ToLower, which is slow for Chinese.
func lower(s string) string {
	for i := range len(s) {
		if c := s[i]; c >= 'A' && c <= 'Z' || c >= 0xC0 && (c < 0xE3 || c > 0xE9) { // U+3000 to U+9FFF have no case
			return strings.ToLower(s)
		}
	}
	return s
}

func hasHan(s string) bool {
	for _, r := range s {
		if r >= 0x4e00 && r <= 0x9fff || r >= 0x2e80 && unicode.Is(unicode.Han, r) {
			return true
		}
	}
	return false
}
