package card

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"studybot/knowledge"
	"studybot/knowledge/note"
)

var digits = regexp.MustCompile(`^\d{1,2}`)

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
	inOrder bool   // two items or paragraphs begin 第一…, 第二…
	first   string // the first line of prose
	runes   int
}

func shapeOf(answer string) shape {
	raw := strings.Split(answer, "\n")
	ls := note.Scan(raw)
	var s shape
	top := 1 << 30
	for _, l := range ls {
		if l.Kind == note.Item {
			top = min(top, l.Indent)
		}
	}
	nth, glued := 0, 0
	for _, l := range ls {
		if ordinals.MatchString(l.Text) && l.Kind != note.Code {
			nth++
		}
		s.runes += len(l.Text) / 2
		switch l.Kind {
		case note.Item:
			if l.Indent > top+1 {
				continue
			}
			if l.Ordered() {
				s.ordered++
			} else {
				s.bullets++
			}
			if len(s.items) < 12 {
				s.items = append(s.items, l.Text)
			}
		case note.Prose, note.Quote, note.Heading:
			if note.CodeLike(l.Text) {
				s.code++
				s.script = s.script || strings.HasPrefix(l.Text, "#!")
				continue
			}
			s.prose++
			if digits.FindString(l.Text) == strconv.Itoa(glued+1) { // "1重启", without a dot
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

func (s shape) steps() bool { return s.ordered >= 3 && s.ordered >= s.bullets }

// kind says what an answer of this shape under a title is.
func (s shape) kind(title string) knowledge.Kind {
	t := strings.ToLower(title)
	switch {
	case hasAny(t, "区别", "对比", "优缺点", "差异", " vs ", "vs.", "difference", "compare", "比较", "不同") || hasAny(t, "优点") && hasAny(t, "缺点"):
		return knowledge.Compare
	case s.script || hasAny(t, "脚本", "script") && s.code > 0:
		return knowledge.Script
	case hasAny(t, "步骤", "过程", "流程", "steps", "process") || (s.steps() || s.inOrder) && !hasAny(t, "哪些", "几种", "有什么"):
		return knowledge.Steps
	case s.code > 0 && s.code >= 2*(s.prose+s.bullets+s.ordered):
		if hasAny(t, "配置", "config") || s.code > 12 {
			return knowledge.Config
		}
		return knowledge.Command
	case s.bullets+s.ordered >= 3 || s.rows >= 4 || s.labels >= 3:
		return knowledge.List
	}
	return knowledge.Explain
}

func hasAny(s string, subs ...string) bool {
	for _, x := range subs {
		if strings.Contains(s, x) {
			return true
		}
	}
	return false
}

func hasHan(s string) bool {
	for _, r := range s {
		if r >= 0x2e80 && unicode.Is(unicode.Han, r) {
			return true
		}
	}
	return false
}
