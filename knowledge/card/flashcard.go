package card

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"studybot/knowledge"
	"studybot/knowledge/note"
)

// flashcards finds the marks of Obsidian and Logseq: "Q::A", "Q:::A", and a line of "?" or
// "??" alone between a question and its answer.
func flashcards(d *doc) []draft {
	var out []draft
	tagged := d.tagged()
	for i := range d.lines {
		if !d.free(i) || i > 0 && d.lines[i].Indent >= 4 && d.lines[i].Kind == note.Prose && d.lines[i-1].Kind == note.Blank {
			continue
		}
		s := d.lines[i].Text
		if s == "?" || s == "??" || s == "？" {
			if dr, from, to, ok := d.aboveBelow(i); ok {
				d.take(from, to)
				out = append(out, dr)
			}
			continue
		}
		if !strings.Contains(s, "::") {
			continue
		}
		q, a, ok := cutMark(s, tagged)
		if !ok {
			continue
		}
		end := d.inlineEnd(i)
		more, _ := d.answer(d.span(i+1, end))
		dr := draft{title: note.CleanTitle(q), line: i + 1, section: d.sectionAt(i), key: q, explicit: true,
			body: d.span(i, end), answer: strings.TrimSpace(a + "\n" + more)}
		if note.Asks(dr.title) {
			dr.question = asked(dr.title)
		}
		d.take(i, end)
		out = append(out, dr)
	}
	return out
}

var flashTag = regexp.MustCompile(`(?:^|\s|\[)#?flash-?cards?\b|#card\b|#闪卡|#卡片`)

// tagged reports whether the note says that it holds flashcards.
func (d *doc) tagged() bool {
	for i, l := range d.lines {
		if l.Kind == note.Front && strings.Contains(l.Text, "flashcard") || d.tags(i) && flashTag.MatchString(d.note.Lines[i]) {
			return true
		}
	}
	return false
}

// tags reports whether line i may hold a tag that speaks of cards.
func (d *doc) tags(i int) bool {
	s := d.note.Lines[i]
	return strings.Contains(s, "#") && (strings.Contains(s, "card") || strings.Contains(s, "卡"))
}

// inlineEnd returns the last line of an answer on the line of its question: sub-items of
// an item belong to it, and nothing else.
func (d *doc) inlineEnd(i int) int {
	end := i
	if d.lines[i].Kind != note.Item {
		return end
	}
	for j := i + 1; j < len(d.lines) && d.lines[j].Kind != note.Blank && d.lines[j].Indent > d.lines[i].Indent; j++ {
		if t := d.lines[j].Text; property(t) {
			continue
		}
		end = j
	}
	return end
}

// aboveBelow reads the question above and the answer below line i, up to blank lines.
func (d *doc) aboveBelow(i int) (draft, int, int, bool) {
	stop := func(j int) bool {
		k := d.lines[j].Kind
		return k == note.Blank || k == note.Rule || d.taken[j]
	}
	from := i
	for from > 0 && !stop(from-1) && d.lines[from-1].Kind != note.Heading {
		from--
	}
	if from == i && i > 0 && d.lines[i-1].Kind == note.Heading {
		from--
	}
	to := i
	for to+1 < len(d.lines) && (!stop(to+1) || d.code(to+1)) && d.lines[to+1].Kind != note.Heading {
		to++
	}
	if from == i || to == i {
		return draft{}, 0, 0, false
	}
	q, _ := d.answer(d.span(from, i-1))
	q = strings.TrimSpace(strings.TrimLeft(q, "#>-*+ "))
	if weight(q) < 2 {
		return draft{}, 0, 0, false
	}
	first, _, _ := strings.Cut(q, "\n")
	dr := draft{title: note.CleanTitle(first), line: from + 1, section: d.sectionAt(from), key: q, explicit: true, body: d.span(i+1, to)}
	if note.Asks(dr.title) || strings.Contains(q, "\n") {
		dr.question = q
	}
	return dr, from, to, true
}

var (
	namespaces = set(`std boost crate self super core fmt io os sys alloc chrono ranges tokio serde java kotlin Foo Bar Self Vec Option Result String HashMap Box Rc Arc Some Ok Err ActiveRecord Rails CGI`)
	propKeys   = set(`tags tag alias aliases title type status date created updated modified id uuid collapsed template author authors url source link links rating progress due
		priority category categories icon public exclude-from-graph-view background-color heading query logseq.order-list-type deck cssclass publish permalink draft lang language version project area
		标签 作者 状态 日期 类型 来源 别名 分类 时间 创建 更新 评分 优先级 链接 主题 关键词 备注`)
	inlineCode = regexp.MustCompile("`[^`]*`")
	plainWord  = regexp.MustCompile(`^[A-Za-z][\w.-]*$`)
	hexGroups  = regexp.MustCompile(`^[0-9a-fA-F:.%/\[\]]*::[0-9a-fA-F:.%/\[\]]*$`)
	valueOnly  = regexp.MustCompile(`^(?:#\S+|\[\[[^\]]*\]\]|https?://\S+|[\d\-/:.\s]+|true|false|yes|no|\S+@\S+|\d\S*)(?:[,，\s]+(?:#\S+|\[\[[^\]]*\]\]|https?://\S+))*$`)
)

// property reports a line "key:: value" of Logseq or Dataview.
func property(s string) bool {
	k, v, ok := strings.Cut(s, "::")
	return ok && plainWord.MatchString(k) && k == strings.ToLower(k) && (v == "" || v[0] == ' ')
}

// cutMark cuts "Q::A" or "Q:::A". It is no mark in code, a URL, a path of C++ or Rust, an
// IPv6 address or a property.
func cutMark(s string, tagged bool) (q, a string, ok bool) {
	masked := inlineCode.ReplaceAllStringFunc(s, func(c string) string { return strings.Repeat("x", len(c)) })
	if i := strings.Index(s, "<!--"); i >= 0 {
		s, masked = s[:i], masked[:min(i, len(masked))]
	}
	i := strings.Index(masked, "::")
	if i <= 0 || strings.HasPrefix(masked, ":::") {
		return "", "", false
	}
	width := 2
	if strings.HasPrefix(masked[i:], ":::") {
		width = 3
	}
	q, a = strings.TrimSpace(s[:i]), strings.TrimSpace(s[i+width:])
	if weight(q) < 1 || utf8.RuneCountInString(q) < 2 || weight(a) < 1 || strings.ContainsRune(q, '[') && strings.HasPrefix(q, "[") && !strings.Contains(q, "](") && !strings.Contains(q, "]]") {
		return "", "", false
	}
	if propertyLike(q, a, s[i+width:], tagged) || pathLike(masked, i, width, tagged) {
		return "", "", false
	}
	return q, a, true
}

// propertyLike reports "key:: value" where it is no flashcard: a known key, a single word
// with a value that is no text.
func propertyLike(q, a, raw string, tagged bool) bool {
	k := strings.ToLower(strings.Trim(q, "*_[( "))
	if propKeys[k] || valueOnly.MatchString(a) && plainWord.MatchString(q) {
		return true
	}
	if !plainWord.MatchString(q) || !strings.HasPrefix(raw, " ") {
		return false
	}
	if q == strings.ToLower(q) {
		return !tagged
	}
	return !tagged && weight(a) < 12
}

// pathLike reports whether the "::" at byte i stands between parts of a name or address.
func pathLike(s string, i, width int, tagged bool) bool {
	left, right := s[:i], s[i+width:]
	l := left[strings.LastIndexAny(left, " \t(（,，")+1:]
	r := right
	if j := strings.IndexAny(right, " \t)）,，"); j >= 0 {
		r = right[:j]
	}
	if l+r != "" && hexGroups.MatchString(l+"::"+r) {
		return true
	}
	lr, _ := utf8.DecodeLastRuneInString(left)
	rr, _ := utf8.DecodeRuneInString(right)
	if !ident(lr) && lr != '>' || !ident(rr) && rr != '<' && rr != '~' {
		return strings.Contains(left, "://")
	}
	switch {
	case strings.ContainsAny(l, "=<>&*/\\;") || strings.Contains(r, "::") || strings.ContainsAny(r, "(<;{!") || namespaces[l]:
		return true
	case unicode.IsDigit(lr) && unicode.IsDigit(rr):
		return true
	case tagged || note.Asks(note.CleanTitle(left)):
		return false
	}
	return len(strings.Fields(left)) < 3 || strings.HasSuffix(strings.TrimSpace(right), ".") && strings.Contains(right, " ")
}

func ident(r rune) bool {
	return r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_')
}

var (
	marked    = regexp.MustCompile(`==([^=\s](?:[^=]*[^=\s])?)==`)
	ankiCloze = regexp.MustCompile(`\{\{c(\d+)::(.*?)(?:::(.*?))?\}\}`)
)

// clozes finds "==x==" and "{{c1::x::hint}}": the question is the line with gaps. Each
// number of an Anki cloze is a question of its own; what is marked with == in one line is one.
func clozes(d *doc) []draft {
	var out []draft
	for i := range d.lines {
		if !d.free(i) {
			continue
		}
		s := d.lines[i].Text
		base := draft{line: i + 1, section: d.sectionAt(i), kind: knowledge.Cloze, explicit: true, body: d.span(i, i)}
		switch {
		case strings.Contains(s, "{{c"):
			out = append(out, ankiGaps(s, base)...)
		case strings.Contains(s, "=="):
			if dr, ok := markGaps(s, base); ok {
				out = append(out, dr)
			}
		default:
			continue
		}
	}
	return out
}

const gap = "____"

func ankiGaps(s string, dr draft) []draft {
	var out []draft
	seen := map[string]bool{}
	for _, m := range ankiCloze.FindAllStringSubmatch(s, -1) {
		if seen[m[1]] {
			continue
		}
		seen[m[1]] = true
		var answers []string
		q := ankiCloze.ReplaceAllStringFunc(s, func(c string) string {
			p := ankiCloze.FindStringSubmatch(c)
			if p[1] != m[1] {
				return p[2]
			}
			answers = append(answers, p[2])
			if p[3] != "" {
				return gap + "（" + p[3] + "）"
			}
			return gap
		})
		dr.title, dr.question, dr.answer = note.CleanTitle(ankiCloze.ReplaceAllString(s, "$2")), q, strings.Join(answers, "\n")
		dr.key = q
		if weight(q) > 0 && dr.title != "" {
			out = append(out, dr)
		}
	}
	return out
}

func markGaps(s string, dr draft) (draft, bool) {
	masked := inlineCode.ReplaceAllStringFunc(s, func(c string) string { return strings.Repeat("x", len(c)) })
	var q strings.Builder
	var answers []string
	last := 0
	for _, m := range marked.FindAllStringSubmatchIndex(masked, -1) {
		in := s[m[2]:m[3]]
		before, _ := utf8.DecodeLastRuneInString(s[:m[0]])
		after, _ := utf8.DecodeRuneInString(s[m[1]:])
		if strings.Contains(in, "&&") || strings.Contains(in, "||") || ident(before) && ident(after) || strings.Contains(s[:m[0]], "://") && !strings.Contains(s[:m[0]], " ") {
			continue
		}
		q.WriteString(s[last:m[0]] + gap)
		answers = append(answers, in)
		last = m[1]
	}
	q.WriteString(s[last:])
	rest := weight(strings.ReplaceAll(q.String(), gap, ""))
	if len(answers) == 0 || rest < 4 || note.CodeLike(inlineCode.ReplaceAllString(s, "")) && !hasHan(s) && !strings.Contains(s, " ==") {
		return draft{}, false
	}
	dr.title = note.CleanTitle(marked.ReplaceAllString(s, "$1"))
	dr.question, dr.answer, dr.key = q.String(), strings.Join(answers, "\n"), q.String()
	return dr, true
}
