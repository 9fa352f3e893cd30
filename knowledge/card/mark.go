package card

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

// A trust says how much of what looks like "Q::A" in a note is one.
type trust int

const (
	noTrust    trust = iota // the note speaks of code: a name with "::" in it is a name
	fieldTrust              // most of what looks like one has the shape of a property, and is one
	someTrust               // nothing is known
	deckTrust               // it says that it holds cards, or is full of them
)

// trust looks for a tag that says that the note holds cards, for code with "::" in it, and
// else at how many of its lines look like cards.
func (d *doc) trust() trust {
	paths, marks, shaped, text, deck := 0, 0, 0, 0, false
	turns := 0 // lines "?"
	for i, l := range d.lines {
		s := d.note.Lines[i]
		if strings.Contains(s, ":: ") && blockProperty.MatchString(s) {
			return someTrust // Logseq: "key:: value" is a property there, and never a question
		}
		if l.Kind == note.Front && strings.Contains(l.Text, "flashcard") || d.tags(i) && flashTag.MatchString(s) || strings.Contains(s, "<!--SR:!") {
			deck = true
		}
		if l.Kind != note.Blank {
			text++
		}
		if s == "?" || s == "??" {
			turns++
			d.deck = d.deck || turns >= 3
		}
		k := strings.Index(s, "::")
		if k < 0 || l.Kind == note.Comment || l.Kind == note.Front {
			continue
		}
		switch left := s[strings.LastIndexAny(s[:k], " \t(")+1 : k]; {
		case d.code(i), namespaces[left], typeOf.MatchString(s), called.MatchString(s[k+2:]), strings.Count(s[:k], "`")%2 == 1, strings.Contains(s[k+2:], "::"):
			paths++
		case d.free(i) && !d.props[i]:
			if marks++; propertyShape(l.Text) {
				shaped++
			}
		}
	}
	switch {
	case deck:
		return deckTrust
	case paths > 0:
		return noTrust
	case shaped*2 > marks:
		return fieldTrust
	case marks >= 3 && marks*3 >= text:
		return deckTrust
	}
	return someTrust
}

// properties returns which lines "key:: value" stand where properties do: among the first
// lines of a note that are nothing else, or right under an item.
func (d *doc) properties() []bool {
	out := make([]bool, len(d.lines))
	under := -1 // indentation of the item that only properties followed so far, -1 for none
	first := 0  // lines of the note that are properties so far, -1 after another
	for i, l := range d.lines {
		shaped := strings.Contains(l.Text, "::") && propertyShape(l.Text)
		switch {
		case l.Kind == note.Item:
			known := shaped && propKeys[strings.ToLower(strings.SplitN(l.Text, "::", 2)[0])]
			out[i], under, first = known, l.Indent, d.endFirst(out, i, first)
		case l.Kind == note.Prose && shaped && under >= 0:
			out[i] = l.Indent > under
		case l.Kind == note.Prose && shaped && first >= 0:
			first++
		case l.Kind == note.Front:
		default:
			if l.Kind != note.Blank {
				first = min(first, 0) // a text that follows at once: they were cards
			}
			under, first = -1, d.endFirst(out, i, first)
		}
	}
	d.endFirst(out, len(d.lines), first)
	return out
}

// endFirst marks the n lines above line i as properties and returns -1.
func (d *doc) endFirst(out []bool, i, n int) int {
	for k := i - n; n > 0 && k < i; k++ {
		out[k] = true
	}
	return -1
}

// propertyShape reports "key:: value" and "two words:: value": a name, no question.
func propertyShape(s string) bool {
	k, v, ok := strings.Cut(s, "::")
	return ok && k != "" && (v == "" || v[0] == ' ') && k[len(k)-1] != ' ' && strings.Count(k, " ") <= 2 && utf8.RuneCountInString(k) <= 30 && !note.Asks(k)
}

var (
	namespaces = set(`std boost crate self super core fmt io os sys alloc chrono ranges tokio serde java kotlin Foo Bar Self Vec Option Result String HashMap Box Rc Arc Some Ok Err ActiveRecord Rails CGI`)
	propKeys   = set(`tags tag alias aliases title type status date created updated modified id uuid collapsed template author authors url source link links rating progress due
		priority category categories icon public exclude-from-graph-view background-color heading query logseq.order-list-type deck cssclass publish permalink draft lang language version project area
		标签 作者 状态 日期 类型 来源 别名 分类 时间 创建 更新 评分 优先级 链接 主题 关键词 备注 完成 上级 下级 父级 项目 进度 创建时间 更新时间 修改时间 下次复习 复习日期 截止日期
		deadline filters ls-type hl-page hl-color hl-stamp file file-path up down next prev previous same parent children related isbn pages genre summary description`)
	inlineCode = pattern.New("`[^`]*`")
	plainWord  = pattern.New(`^[A-Za-z][\w.-]*$`)
	hexGroups  = pattern.New(`^[0-9a-fA-F:.%/\[\]]*::[0-9a-fA-F:.%/\[\]]*$`)
	valueOnly  = pattern.New(`^(?:#\S+|\[\[[^\]]*\]\]|https?://\S+|[\d\-/:.\s]+|true|false|yes|no|\S+@\S+|\d\S*)(?:[,，\s]+(?:#\S+|\[\[[^\]]*\]\]|https?://\S+))*$`)
)

// blockProperty is what Logseq writes into a note by itself.
var blockProperty = pattern.New(`^\s*(?:- )?(?:collapsed:: (?:true|false)|id:: [0-9a-f]{6,8}-|card-[a-z]+(?:-[a-z]+)*:: |logseq\.[\w.-]+:: |query-[a-z]+:: )`)

// property reports a line "key:: value" of Logseq or Dataview, by its looks.
func property(s string) bool {
	k, v, ok := strings.Cut(s, "::")
	return ok && plainWord.MatchString(k) && k == strings.ToLower(k) && (v == "" || v[0] == ' ')
}

// cutMark cuts "Q::A" or "Q:::A". It is no mark in code, a URL, a path of C++ or Rust, an
// IPv6 address, a type or a property.
func cutMark(s string, t trust) (q, a string, ok bool) {
	masked := withoutCode(s)
	if i := strings.Index(s, "<!--"); i >= 0 {
		s, masked = s[:i], masked[:min(i, len(masked))]
	}
	if strings.Contains(masked, "{{c") { // "{{c1::x}}" is a gap
		masked = ankiCloze.ReplaceAllStringFunc(masked, func(c string) string { return strings.Repeat("x", len(c)) })
	}
	i := strings.Index(masked, " :: ") + 1 // a mark with spaces around it is one, whatever stands before it
	if i == 0 {
		i = strings.Index(masked, "::")
	}
	if i <= 0 || strings.HasPrefix(masked, ":::") || strings.HasSuffix(strings.TrimRight(masked[i+2:], "。.！!，,；; "), "::") {
		return "", "", false // a block, or "a text with ::words that stand out::"
	}
	width := 2
	if strings.HasPrefix(masked[i:], ":::") {
		width = 3
	}
	if open := strings.LastIndexByte(masked[:i], '('); open >= 0 && !strings.Contains(masked[open:i], ")") && strings.Contains(masked[i:], ")") {
		return "", "", false // in parentheses
	}
	q, a = strings.TrimSpace(s[:i]), strings.TrimSpace(s[i+width:])
	if weight(q) < 1 || utf8.RuneCountInString(q) < 2 || weight(a) < 1 && !inlineCode.MatchString(a) || strings.HasPrefix(q, "[") && !strings.Contains(q, "](") && !strings.Contains(q, "]]") {
		return "", "", false
	}
	if remark := strings.HasPrefix(a, "(") && strings.HasSuffix(a, ")"); remark && t != deckTrust && !note.Asks(q) {
		return "", "", false
	}
	if deckLine(q) || propertyLike(q, a, s[i+width:], s[i-1] == ' ', t) || width == 2 && (s[i+2:] == "" || s[i+2] != '`' || s[i-1] == '`') && pathLike(masked, i, t) || typeOf.MatchString(s) {
		return "", "", false
	}
	return q, a, true
}

// deckLine reports the left side of a line that names a deck or tags of it, "TARGET DECK: Net::DNS".
func deckLine(q string) bool {
	k, _, ok := strings.Cut(q, ": ")
	if !ok || len(k) > 20 {
		return false
	}
	switch strings.ToLower(strings.TrimLeft(k, "*_")) {
	case "target deck", "file tags", "deck", "decks", "tags", "tag":
		return true
	}
	return false
}

// called begins a call behind "::", "find(1)".
var called = pattern.New(`^\w+\(`)

// typeOf is what Haskell says of a function: "map :: (a -> b) -> [a] -> [b]".
var typeOf = pattern.New(`^[\w'().]+ :: .*(?:->|=>)`)

// propertyLike reports "key:: value" where it is no flashcard: a known key, a single word
// with a value that is no text.
func propertyLike(q, a, raw string, spaced bool, t trust) bool {
	k := strings.ToLower(strings.Trim(q, "*_[( "))
	if propKeys[k] || valueOnly.MatchString(a) && plainWord.MatchString(q) && t != deckTrust {
		return true
	}
	if (t == fieldTrust || t == noTrust) && !spaced && strings.HasPrefix(raw, " ") && strings.Count(q, " ") <= 2 && !note.Asks(q) {
		return true
	}
	if !plainWord.MatchString(q) || !strings.HasPrefix(raw, " ") {
		return false
	}
	if spaced && q != strings.ToLower(q) && strings.Contains(a, " ") {
		return false // "DNS :: names and addresses"
	}
	return t != deckTrust
}

// pathLike reports whether the "::" at byte i stands between parts of a name or address.
func pathLike(s string, i int, t trust) bool {
	left, right := s[:i], s[i+2:]
	l := left[strings.LastIndexAny(left, " \t(（,，")+1:]
	r := right
	if j := strings.IndexAny(right, " \t)）,，"); j >= 0 {
		r = right[:j]
	}
	if l, r := strings.Trim(l, `'"`), strings.Trim(r, `'".;:`); l+r != "" && hexGroups.MatchString(l+"::"+r) {
		return true
	}
	lr, _ := utf8.DecodeLastRuneInString(left)
	rr, _ := utf8.DecodeRuneInString(right)
	if strings.HasSuffix(strings.TrimSpace(left), "%") || rr == '=' || lr == ')' && castType.MatchString(right) && call.MatchString(left) || lr == ' ' && ident(rr) && t != deckTrust && !note.Asks(note.CleanTitle(left)) {
		return true // "%::z", "now()::date", "the ::changed signal"
	}
	if rr == '\\' && strings.Contains(l, `\`) {
		return true // of a regular expression
	}
	if rr == '<' && strings.Contains(right, "</") {
		return false // a text with tags
	}
	if !ident(lr) && lr != '>' || !ident(rr) && !strings.ContainsRune("<~{*", rr) {
		return strings.Contains(left, "://")
	}
	switch {
	case strings.ContainsAny(l, "=<>&*/\\;") || strings.Contains(r, "::") || strings.ContainsAny(r, "(<;{!*") || namespaces[l]:
		return true
	case unicode.IsDigit(lr) && unicode.IsDigit(rr):
		return true
	case strings.Contains(right, " ") && (leadIn.MatchString(left[:len(left)-len(l)]) || codeName(l) && codeName(r)):
		return true // "Use Net::SSH here"
	case t == deckTrust || strings.Count(left, " ")+2*strings.Count(left, "？") >= 2 && note.Asks(note.CleanTitle(left)) || hasHan(left) && note.Asks(note.CleanTitle(left)):
		return false
	case t == noTrust, codeName(l), codeName(r):
		return true
	}
	if len(strings.Fields(left)) < 3 || strings.HasSuffix(strings.TrimSpace(right), ".") && strings.Contains(right, " ") {
		return true
	}
	// "port of the store::5432" and "capital of France::Paris", but not "a call of
	// Shape::draw is virtual".
	begin, _ := utf8.DecodeRuneInString(l)
	if unicode.IsLower(rr) {
		return true
	}
	return unicode.IsUpper(begin) && strings.Contains(strings.TrimSpace(right), " ")
}

// call is a call at the end of a text, "now()".
var call = pattern.New(`\w\([^()]*\)$`)

// castType is what a value is cast to, in SQL.
var castType = pattern.New(`^[a-z]\w*\W*$`)

// leadIn is what stands before a name in running text, and says nothing to ask for.
var leadIn = pattern.New(`(?i)^(?:[^:：]*[:：] .*|(?:please )?(?:use|using|see|call|calling|with|via|by|import|prefer|the|a call of|cannot find|what|how)|请?(?:使用|调用|用|见|参考|通过|比如|例如|其中|和))\s*$`)

// codeName reports a name as programs have them: push_back, HashMap, a2b.
func codeName(s string) bool {
	for i, r := range s {
		if r == '_' || i > 0 && unicode.IsUpper(r) && strings.IndexFunc(s, unicode.IsLower) >= 0 {
			return true
		}
	}
	return false
}

func ident(r rune) bool {
	return r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_')
}
