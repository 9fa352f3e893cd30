package note

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// A docxStyle is a style of paragraphs.
type docxStyle struct {
	name    string // in lower case; Word keeps the names of its own styles in English
	basedOn string
	outline string
	list    string
}

// docxStyles are the styles of a document, by their IDs.
type docxStyles struct {
	byID map[string]docxStyle
	id   string // of the one that is being read
}

func (s *docxStyles) element(around []string, e xml.StartElement) {
	if s.byID == nil {
		s.byID = map[string]docxStyle{}
	}
	style := s.byID[s.id]
	switch e.Name.Local {
	case "style":
		s.id = attribute(e, "styleId")
		return
	case "name":
		style.name = strings.ToLower(value(e))
	case "basedOn":
		style.basedOn = value(e)
	case "outlineLvl":
		style.outline = value(e)
	case "numId":
		style.list = value(e)
	default:
		return
	}
	s.byID[s.id] = style
}

// find returns the first style, from id along those it is based on, that ok accepts.
func (s *docxStyles) find(id string, ok func(docxStyle) bool) (docxStyle, bool) {
	const longest = 16 // a chain of styles; a longer one is a circle
	for range longest {
		style, known := s.byID[id]
		if !known {
			break
		}
		if ok(style) {
			return style, true
		}
		id = style.basedOn
	}
	return docxStyle{}, false
}

// level returns the level of the heading that a paragraph is, 0 where it is none.
func (s *docxStyles) level(p *docxParagraph) int {
	outline := p.outline
	if outline == "" {
		style, _ := s.find(p.style, func(d docxStyle) bool {
			return d.outline != "" || strings.HasPrefix(d.name, "heading ")
		})
		outline = style.outline
		name := style.name
		if _, known := s.byID[p.style]; !known { // programs other than Word leave the styles out
			name = strings.Replace(strings.ToLower(p.style), "heading", "heading ", 1)
		}
		if n := small(strings.TrimPrefix(name, "heading ")); outline == "" && n > 0 {
			outline = strconv.Itoa(n - 1)
		}
	}
	if n, err := strconv.Atoi(outline); err == nil && 0 <= n && n < 9 { // 9 is body text
		return n + 1
	}
	return 0
}

// named reports whether the style, or one it is based on, is called one of names.
func (s *docxStyles) named(id string, names ...string) bool {
	_, ok := s.find(id, func(d docxStyle) bool {
		for _, name := range names {
			if strings.Contains(d.name, name) {
				return true
			}
		}
		return false
	})
	return ok
}

// isTitle reports whether the style is that of a document's title.
func (s *docxStyles) isTitle(id string) bool {
	_, ok := s.find(id, func(d docxStyle) bool { return d.name == "title" })
	return ok
}

// A docxLevel says how the items of one level of a list are numbered.
type docxLevel struct {
	format string // "bullet", "decimal", "chineseCounting" and others
	text   string // "%1." for the number of the first level and a dot
	start  int
}

// docxNumbers are the lists of a document.
type docxNumbers struct {
	levels map[string][9]docxLevel // by abstract list
	lists  map[string]string       // the abstract list of a list
	counts map[string]*[9]int      // how many items came, by abstract list
	id     string                  // of the one that is being read
	level  int
}

func (n *docxNumbers) element(around []string, e xml.StartElement) {
	if n.levels == nil {
		n.levels, n.lists, n.counts = map[string][9]docxLevel{}, map[string]string{}, map[string]*[9]int{}
	}
	levels := n.levels[n.id]
	level := &levels[n.level]
	switch e.Name.Local {
	case "abstractNum":
		n.id, n.level = "abstract "+attribute(e, "abstractNumId"), 0
	case "num":
		n.id, n.level = attribute(e, "numId"), 0
	case "abstractNumId":
		n.lists[n.id] = "abstract " + value(e)
	case "lvl", "lvlOverride":
		n.level = min(small(attribute(e, "ilvl")), len(levels)-1)
	case "startOverride": // a list that counts for itself
		abstract := n.lists[n.id]
		n.levels[n.id] = n.levels[abstract]
		n.lists[n.id] = n.id
	case "numFmt":
		level.format = value(e)
		n.levels[n.id] = levels
	case "lvlText":
		level.text = value(e)
		n.levels[n.id] = levels
	case "start":
		level.start = small(value(e))
		n.levels[n.id] = levels
	}
}

// marker returns what stands before the next item of a list, and counts it; "" where
// there is no such list.
func (n *docxNumbers) marker(list string, level int) string {
	id := n.lists[list]
	levels, ok := n.levels[id]
	if !ok {
		return ""
	}
	level = min(level, len(levels)-1)
	count := n.counts[id]
	if count == nil {
		count = new([9]int)
		n.counts[id] = count
	}
	count[level]++
	for deeper := level + 1; deeper < len(count); deeper++ {
		count[deeper] = 0
	}
	switch levels[level].format {
	case "bullet", "none", "":
		return "- "
	}
	text := levels[level].text
	for i := range levels {
		if mark := "%" + strconv.Itoa(i+1); strings.Contains(text, mark) {
			number := max(count[i], 1) + max(levels[i].start, 1) - 1
			text = strings.ReplaceAll(text, mark, numeral(levels[i].format, number))
		}
	}
	if text == "" {
		return "- "
	}
	return text + " "
}

// numeral writes a number as a list does.
func numeral(format string, n int) string {
	switch {
	case strings.HasPrefix(format, "chinese"), strings.HasPrefix(format, "japanese"), strings.HasPrefix(format, "ideograph"):
		return hanNumeral(n)
	case format == "upperLetter" && n <= 26:
		return string(rune('A' + n - 1))
	case format == "lowerLetter" && n <= 26:
		return string(rune('a' + n - 1))
	}
	return strconv.Itoa(n)
}

// hanNumeral writes 1..99 in Chinese.
func hanNumeral(n int) string {
	digits := []rune("零一二三四五六七八九")
	switch {
	case n < 1 || n > 99:
		return strconv.Itoa(n)
	case n < 10:
		return string(digits[n])
	}
	s := "十"
	if n >= 20 {
		s = string(digits[n/10]) + s
	}
	if n%10 > 0 {
		s += string(digits[n%10])
	}
	return s
}

// small returns the number that s says, 0 where it says none from 0 to 10,000.
func small(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > 10000 {
		return 0
	}
	return n
}

// monospaced reports whether a typeface is one that code is set in.
func monospaced(face string) bool {
	face = strings.ToLower(face)
	for _, name := range []string{"mono", "consol", "courier", "menlo", "monaco", "source code", "fira code", "cascadia"} {
		if strings.Contains(face, name) {
			return true
		}
	}
	return false
}
