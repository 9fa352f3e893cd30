package note

// A pdfCMap says what the codes of a font mean.
type pdfCMap struct {
	text map[uint32]string
	one  [256]bool // the codes that have one byte
}

const maxMapped = 1 << 17 // codes of a font

// newCMap reads a table of codes:
//
//	begincodespacerange <00> <7f> … endcodespacerange
//	beginbfchar <code> <text> … endbfchar
//	beginbfrange <first> <last> <text of first> … <first> <last> [<text> <text> …] … endbfrange
func newCMap(src []byte) *pdfCMap {
	m := &pdfCMap{text: map[uint32]string{}}
	lexer := pdfLexer{src: src, brackets: true}
	section, inList := "", false
	var args, list []string
	for token := lexer.next(); token.kind != pdfEnd; token = lexer.next() {
		switch {
		case token.kind == pdfWord && token.text == "[":
			list, inList = nil, true
		case token.kind == pdfWord && token.text == "]":
			m.list(args, list)
			args, inList = nil, false
		case token.kind == pdfWord:
			section, args, inList = token.text, nil, false
		case token.kind == pdfString && inList:
			list = append(list, token.text)
		case token.kind == pdfString:
			args = append(args, token.text)
			if m.take(section, args) {
				args = nil
			}
		}
	}
	return m
}

// take takes the arguments of an entry, and reports whether they were all.
func (m *pdfCMap) take(section string, args []string) bool {
	switch {
	case section == "begincodespacerange" && len(args) == 2:
		if len(args[0]) == 1 && len(args[1]) == 1 {
			for c := int(args[0][0]); c <= int(args[1][0]); c++ {
				m.one[c] = true
			}
		}
	case section == "beginbfchar" && len(args) == 2:
		m.put(codeOf(args[0]), fromUTF16BE(args[1]))
	case section == "beginbfrange" && len(args) == 3:
		m.span(codeOf(args[0]), codeOf(args[1]), []rune(fromUTF16BE(args[2])))
	default:
		return len(args) > 2
	}
	return true
}

func (m *pdfCMap) put(code uint32, text string) {
	if len(m.text) < maxMapped {
		m.text[code] = text
	}
}

// span gives the codes from first to last the text and those after it.
func (m *pdfCMap) span(first, last uint32, text []rune) {
	if len(text) == 0 || last < first || last-first >= 1<<16 {
		return
	}
	for i := range last - first + 1 {
		m.put(first+i, string(text))
		text[len(text)-1]++
	}
}

// list gives the codes from the first of args their texts.
func (m *pdfCMap) list(args, texts []string) {
	if len(args) < 2 {
		return
	}
	for i, text := range texts {
		m.put(codeOf(args[0])+uint32(i), fromUTF16BE(text))
	}
}

func codeOf(raw string) uint32 {
	code := uint32(0)
	for i := range min(len(raw), 4) {
		code = code<<8 | uint32(raw[i])
	}
	return code
}

func (m *pdfCMap) codeLength(raw string) int {
	if m.one[raw[0]] {
		return 1
	}
	return min(2, len(raw))
}
