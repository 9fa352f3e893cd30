package card

import (
	"html"
	"path"
	"regexp"
	"strconv"
	"strings"

	"studybot/knowledge"
	"studybot/knowledge/note"
)

// anki reads a text export of Anki: lines of fields, with "#separator:" and other
// headers; or a file of tab-separated lines. The first field asks, the second answers;
// the card is known by its guid, else by its first field.
func anki(d *doc) []draft {
	f, ok := d.fields()
	if !ok {
		return nil
	}
	var out []draft
	sheet := strings.EqualFold(path.Ext(d.note.File), ".csv")
	for i := f.start; i < len(d.note.Lines); {
		row, next := f.row(d.note.Lines, i)
		for sheet && next < len(d.note.Lines) && d.note.Lines[next] == "" {
			next++ // of a field with line ends, the note has the first line only
		}
		if dr, ok := f.draft(d, row, i, next-1); ok {
			out = append(out, dr...)
		}
		d.take(i, next-1)
		i = next
	}
	return out
}

// A fieldFile says how the fields of an export are laid out. Columns count from 0; -1 is none.
type fieldFile struct {
	sep               string
	start             int // first line of data
	html              bool
	guid, front, back int
	options           []int // columns of options A, B, C …
}

var separators = map[string]string{"tab": "\t", "comma": ",", "semicolon": ";", "space": " ", "pipe": "|", "colon": ":"}

// fields looks for the headers of an export, or for lines that all have the same tabs.
func (d *doc) fields() (fieldFile, bool) {
	f := fieldFile{sep: "\t", guid: -1}
	lines := d.note.Lines
	for f.start < len(lines) && strings.HasPrefix(lines[f.start], "# ") && d.tabbed() { // remarks of the program that wrote it
		f.start++
	}
	skip, headed, ok := f.headers(lines)
	if !ok {
		return f, false
	}
	for skip[f.front] {
		f.front++
	}
	next := func(col int) int {
		for col++; skip[col]; col++ {
			continue
		}
		return col
	}
	f.back = next(f.front)
	if !headed && !d.tabbed() {
		f.sep = ";"
		return f, d.semicolons()
	}
	if !headed && f.start < len(lines) {
		row, after := f.row(lines, f.start)
		if q, a, options := note.CardColumns(row); q >= 0 {
			f.front, f.back, f.options, f.start = q, a, options, after
			return f, true
		}
	}
	if ids, asking := f.identified(lines, f.back); ids {
		if !headed && !asking {
			return f, false // a table of data
		}
		if third := next(f.back); asking && f.guid < 0 && f.wide(lines, third) {
			f.guid, f.front, f.back = f.front, f.back, third
		}
	}
	return f, true
}

// headers reads the headers of an export, up to the first line of data. skip are the columns
// that are neither front nor back; headed reports a header that only an export has; it is not ok
// where a line is no header of an export.
func (f *fieldFile) headers(lines []string) (skip map[int]bool, headed, ok bool) {
	skip = map[int]bool{}
	for f.start < len(lines) && strings.HasPrefix(lines[f.start], "#") {
		if headed && strings.HasPrefix(lines[f.start], "# ") {
			f.start++
			continue
		}
		k, v, ok := strings.Cut(lines[f.start][1:], ":")
		if !ok || strings.HasPrefix(k, "#") || strings.Contains(k, "  ") {
			break
		}
		v = strings.TrimSpace(v)
		col, err := strconv.Atoi(v)
		switch strings.ToLower(strings.TrimSpace(k)) {
		case "separator":
			headed = true
			if s, known := separators[strings.ToLower(v)]; known {
				f.sep = s
			} else if v != "" {
				f.sep = v
			}
		case "html":
			headed, f.html = true, v == "true"
		case "guid column":
			f.guid = col - 1
			skip[col-1] = err == nil
		case "notetype column", "deck column", "tags column":
			skip[col-1] = err == nil
		case "deck", "notetype", "tags", "columns", "if matches":
		default:
			return skip, headed, false
		}
		f.start++
	}
	return skip, headed, true
}

var identifier = regexp.MustCompile(`^[\w.:-]*\d[\w.:-]*$`)

// identified reports whether the first field of each of the first records, but for the head of a
// table, is a number or the like, and whether what stands at col asks in one of them.
func (f fieldFile) identified(lines []string, col int) (ids, asking bool) {
	const sample = 20 // records
	ids = true
	for i, n := f.start, 0; i < len(lines) && n < sample; n++ {
		row, after := f.row(lines, i)
		if strings.TrimSpace(lines[i]) != "" {
			ids = ids && (identifier.MatchString(row[min(f.front, len(row)-1)]) || n == 0)
			asking = asking || col < len(row) && note.Asks(note.CleanTitle(row[col]))
		}
		i = after
	}
	return ids && f.start+1 < len(lines), asking
}

// wide reports whether the first record has a text in column col.
func (f fieldFile) wide(lines []string, col int) bool {
	if f.start >= len(lines) {
		return false
	}
	row, _ := f.row(lines, f.start)
	return col < len(row) && weight(row[col]) > 0
}

// semicolons reports whether all lines of a .txt are two fields with a semicolon between them, of
// which every third front asks at least.
func (d *doc) semicolons() bool {
	if strings.ToLower(path.Ext(d.note.File)) != ".txt" || len(d.note.Lines) < 3 || !strings.Contains(d.note.Lines[0], ";") {
		return false
	}
	f := fieldFile{sep: ";"}
	records, asking := 0, 0
	for i := 0; i < len(d.note.Lines); {
		if strings.TrimSpace(d.note.Lines[i]) == "" {
			i++
			continue
		}
		row, next := f.row(d.note.Lines, i)
		if len(row) != 2 || weight(row[0]) < 2 || weight(row[1]) < 1 {
			return false
		}
		if note.Asks(note.CleanTitle(row[0])) {
			asking++
		}
		records++
		i = next
	}
	return records >= 3 && asking*3 >= records
}

// tabbed reports whether all records have the same number of fields with tabs between, 2 to 5.
func (d *doc) tabbed() bool {
	ext := strings.ToLower(path.Ext(d.note.File))
	if ext != ".tsv" && ext != ".csv" && ext != ".txt" {
		return false
	}
	f := fieldFile{sep: "\t"}
	records, fields := 0, 0
	for i := 0; i < len(d.note.Lines); {
		s := d.note.Lines[i]
		if strings.TrimSpace(s) == "" || records == 0 && strings.HasPrefix(s, "#") {
			i++
			continue
		}
		if s[0] == '\t' || s[0] == ' ' || !strings.HasPrefix(s, `"`) && !strings.Contains(s, "\t") {
			return false
		}
		row, next := f.row(d.note.Lines, i)
		if fields == 0 {
			fields = len(row)
		}
		if records == 0 && fields > 5 {
			if q, _, _ := note.CardColumns(row); q < 0 {
				return false
			}
		}
		if len(row) != fields || fields < 2 || fields > 20 {
			return false
		}
		records++
		i = next
	}
	return records >= 2
}

// row reads the fields of the record at line i and the line after it: a quoted field may
// hold separators and line ends, and "" for a quotation mark.
func (f fieldFile) row(lines []string, i int) ([]string, int) {
	const most = 200 // lines of a record
	var row []string
	s, next := lines[i], i+1
	for {
		if !strings.HasPrefix(s, `"`) {
			field, rest, more := strings.Cut(s, f.sep)
			row = append(row, field)
			if !more {
				return row, next
			}
			s = rest
			continue
		}
		var b strings.Builder
		s = s[1:]
		for {
			q := strings.IndexByte(s, '"')
			if q < 0 {
				b.WriteString(s)
				if next >= len(lines) || next-i > most {
					return append(row, b.String()), next
				}
				b.WriteByte('\n')
				s = lines[next]
				next++
				continue
			}
			b.WriteString(s[:q])
			s = s[q+1:]
			if !strings.HasPrefix(s, `"`) {
				break
			}
			b.WriteByte('"')
			s = s[1:]
		}
		row = append(row, b.String())
		_, rest, more := strings.Cut(s, f.sep)
		if !more {
			return row, next
		}
		s = rest
	}
}

func (f fieldFile) draft(d *doc, row []string, first, last int) ([]draft, bool) {
	at := func(i int) string {
		if i < 0 || i >= len(row) {
			return ""
		}
		return fieldText(row[i], f.html)
	}
	q, a := at(f.front), at(f.back)
	for k, col := range f.options {
		if o := at(col); o != "" {
			q += "\n" + string(rune('A'+k)) + ". " + o
		}
	}
	if first == f.start && columnName.MatchString(q) && columnName.MatchString(a) {
		return nil, false
	}
	dr := draft{line: first + 1, section: -1, explicit: true, body: []knowledge.Span{{Start: first + 1, End: last + 1}}, answer: a}
	if strings.Contains(q, "{{c") {
		dr.kind = knowledge.Cloze
		out := ankiGaps(q, dr)
		return out, len(out) > 0
	}
	dr.title = note.CleanTitle(strings.SplitN(q, "\n", 2)[0])
	if weight(q) < 1 || dr.title == "" {
		return nil, false
	}
	if hollow(a) != "" {
		d.problem(first+1, dr.title, unanswered)
		return nil, false
	}
	if stem, opts, why, ok := fieldChoice(q, a); ok {
		dr.title, q, dr.options, dr.kind = note.CleanTitle(strings.SplitN(stem, "\n", 2)[0]), stem, opts, knowledge.Choice
		dr.answer, dr.question = strings.TrimSpace(strings.Join(rightOnes(opts), "\n")+"\n"+why), stem
	} else if verdict, why, _ := strings.Cut(a, "\n"); !note.Asks(dr.title) && !strings.Contains(q, "\n") && weight(dr.title) > 5 && (len(verdict) > 1) {
		if right, ok := verdicts[strings.ToLower(verdict)]; ok {
			dr.judgedAs(right, why)
		}
	}
	dr.key = q
	if g := at(f.guid); g != "" {
		dr.key = g
	}
	if dr.kind == "" && (strings.Contains(q, "\n") || note.Asks(dr.title)) {
		dr.question = q
	}
	return []draft{dr}, true
}

// fieldLetters is a back that begins with letters of options.
var fieldLetters = regexp.MustCompile(`^(?:(?i:答案|answer)\s*[:：]\s*)?([A-H](?:[\s,，、;；|]*[A-H])*)(?:[\s.。、:：)）,，]+((?s:.*)))?$`)

// fieldChoice reads a front with options below its stem, and a back that names the right ones.
func fieldChoice(q, a string) (stem string, opts []knowledge.Option, why string, ok bool) {
	stem, rest, _ := strings.Cut(q, "\n")
	for opts == nil {
		opts = fieldOptions(rest)
		if opts != nil || rest == "" {
			break
		}
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		stem += "\n" + line
	}
	if len(opts) < 2 {
		return "", nil, "", false
	}
	if m := fieldLetters.FindStringSubmatch(a); m != nil && setRight(opts, m[1]) {
		for _, o := range opts {
			if o.Right && o.Text == strings.TrimSpace(m[2]) {
				return stem, opts, "", true
			}
		}
		return stem, opts, m[2], true
	}
	first, why, _ := strings.Cut(a, "\n")
	for i := range opts {
		if opts[i].Text == strings.TrimSpace(first) {
			opts[i].Right, ok = true, true
		}
	}
	return stem, opts, why, ok
}

// fieldOptions reads a text that is all options, "A. x", each on a line or all on one.
func fieldOptions(s string) []knowledge.Option {
	if one := splitLetters(strings.TrimSpace(s)); len(one) > 1 && !strings.Contains(strings.TrimSpace(s), "\n") {
		return one
	}
	var opts []knowledge.Option
	for line := range strings.SplitSeq(strings.TrimSpace(s), "\n") {
		m := letterMark.FindStringSubmatch(strings.TrimSpace(line))
		if m == nil || int(m[1][0]&^0x20-'A') != len(opts) || m[2] == "" {
			return nil
		}
		opts = append(opts, knowledge.Option{Text: strings.TrimSpace(m[2])})
	}
	return opts
}

var columnName = regexp.MustCompile(`(?i)^(?:question|answer|front|back|term|definition|q|a|问题|题目|答案|正面|背面)$`)

var (
	lineTag  = regexp.MustCompile(`(?i)<br\s*/?>|</(?:div|p|li|tr)>`)
	itemTag  = regexp.MustCompile(`(?i)<li[^>]*>`)
	otherTag = regexp.MustCompile(`</?[a-zA-Z][^<>]*>`)
	sound    = regexp.MustCompile(`\[sound:[^\]]*\]`)
)

// fieldText returns the plain text of a field.
func fieldText(s string, markup bool) string {
	s = sound.ReplaceAllString(s, "")
	if markup || strings.Contains(s, "<br") || strings.Contains(s, "<div") {
		s = lineTag.ReplaceAllString(s, "\n")
		s = itemTag.ReplaceAllString(s, "- ")
		s = otherTag.ReplaceAllString(s, "")
		s = strings.ReplaceAll(html.UnescapeString(s), "\u00a0", " ")
	}
	return strings.TrimSpace(s)
}
