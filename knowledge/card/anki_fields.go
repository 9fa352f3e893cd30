package card

import (
	"path"
	"strconv"
	"strings"

	"studybot/knowledge/note"
	"studybot/knowledge/pattern"
)

// A fieldFile says how the fields of an export are laid out. Columns count from 0; -1 is none.
type fieldFile struct {
	sep               string
	start             int // first line of data
	html              bool
	guid, front, back int
	options           []int // columns of options A, B, C …
	numbers           bool  // the back is the number of an option
	first             int   // the number of the first option
}

var separators = map[string]string{"tab": "\t", "comma": ",", "semicolon": ";", "space": " ", "pipe": "|", "colon": ":"}

// fields looks for the headers of an export, or for lines that all have the same tabs.
func (d *doc) fields() (fieldFile, bool) {
	f := fieldFile{sep: "\t", guid: -1}
	lines := d.note.Lines
	tabbed := d.tabbed()
	for tabbed && f.start < len(lines) && strings.HasPrefix(lines[f.start], "# ") { // remarks of the program that wrote it
		f.start++
	}
	skip, headed, ok := f.headers(lines)
	if !ok {
		return f, false
	}
	f.sides(skip)
	if !headed && !tabbed {
		f.sep = ";"
		return f, d.semicolons()
	}
	if !headed && f.start < len(lines) {
		row, data := f.row(lines, f.start)
		if q, a, options := note.CardColumns(row); q >= 0 {
			f.front, f.back, f.options, f.start = q, a, options, data
			return f, true
		}
	}
	if first, ok := f.numbered(lines); ok && !headed {
		f.numbers, f.first = true, first
		return f, true
	}
	if ids, asking := f.identified(lines, f.back); ids {
		if !headed && !asking {
			return f, false // a table of data
		}
		if third := after(f.back, skip); asking && f.guid < 0 && f.wide(lines, third) {
			f.guid, f.front, f.back = f.front, f.back, third
		}
	}
	return f, true
}

// sides sets the columns of front and back: the first two that the headers do not name.
func (f *fieldFile) sides(skip map[int]bool) {
	f.front = after(-1, skip)
	f.back = after(f.front, skip)
}

// after returns the first column behind col that is not skipped.
func after(col int, skip map[int]bool) int {
	for col++; skip[col]; col++ {
		continue
	}
	return col
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

var identifier = pattern.New(`^[\w.:-]*\d[\w.:-]*$`)

// identified reports whether the first field of each of the first records, but for the head of a
// table, is a number or the like, and whether what stands at col asks in one of them.
func (f fieldFile) identified(lines []string, col int) (ids, asking bool) {
	const sample = 20 // records
	ids = true
	for i, n := f.start, 0; i < len(lines) && n < sample; n++ {
		row, next := f.row(lines, i)
		if strings.TrimSpace(lines[i]) != "" {
			ids = ids && (identifier.MatchString(row[min(f.front, len(row)-1)]) || n == 0)
			asking = asking || col < len(row) && note.Asks(note.CleanTitle(row[col]))
		}
		i = next
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
// which every third front asks at least; or three, of which the third names one of a few tags and
// every sixth front asks.
func (d *doc) semicolons() bool {
	if strings.ToLower(path.Ext(d.note.File)) != ".txt" || len(d.note.Lines) < 3 || !strings.Contains(d.note.Lines[0], ";") {
		return false
	}
	f := fieldFile{sep: ";"}
	records, fields, asking, tags := 0, 0, 0, map[string]bool{}
	for i := 0; i < len(d.note.Lines); {
		if strings.TrimSpace(d.note.Lines[i]) == "" {
			i++
			continue
		}
		row, next := f.row(d.note.Lines, i)
		if fields == 0 {
			fields = len(row)
		}
		if len(row) != fields || fields < 2 || fields > 3 || weight(row[0]) < 2 || weight(row[1]) < 1 {
			return false
		}
		if note.Asks(note.CleanTitle(row[0])) {
			asking++
		}
		if records++; fields == 3 {
			tags[strings.TrimSpace(row[2])] = true
		}
		i = next
	}
	return records >= 3 && (fields == 2 && asking*3 >= records || fields == 3 && asking*6 >= records && len(tags)*3 <= records)
}

// tabbed reports whether all records have the same number of fields with tabs between, 2 to 5,
// or more where the head of a table or a number of an option says what they are. Among questions
// there may be some without a second field.
func (d *doc) tabbed() bool {
	ext := strings.ToLower(path.Ext(d.note.File))
	if ext != ".tsv" && ext != ".csv" && ext != ".txt" {
		return false
	}
	f := fieldFile{sep: "\t"}
	records, bare, asking, fields := 0, 0, 0, 0
	for i := 0; i < len(d.note.Lines); {
		s := d.note.Lines[i]
		if strings.TrimSpace(s) == "" || records+bare == 0 && strings.HasPrefix(s, "#") {
			i++
			continue
		}
		row, next := f.row(d.note.Lines, i)
		if s[0] == '\t' || s[0] == ' ' {
			return false
		}
		if len(row) == 1 || bare > 0 || records == 0 {
			if note.Asks(note.CleanTitle(row[0])) {
				asking++
			}
		}
		if len(row) == 1 {
			if bare++; bare > 3 && asking*2 < bare {
				return false
			}
			i = next
			continue
		}
		if fields == 0 {
			fields = len(row)
			if q, _, _ := note.CardColumns(row); fields > 5 && q < 0 && !numbersOption(row) {
				return false
			}
		}
		for len(row) > fields && row[len(row)-1] == "" { // tabs at its end
			row = row[:len(row)-1]
		}
		if len(row) != fields || fields > 20 {
			return false
		}
		records++
		i = next
	}
	if bare > 0 {
		return records >= 3 && fields == 2 && asking*2 >= bare
	}
	return records >= 2 || records == 1 && asking == 1
}

// numbersOption reports a record of a question, the number of the right option, counted from 0
// or 1, and two options or more.
func numbersOption(row []string) bool {
	if len(row) < 4 || weight(row[0]) < 2 {
		return false
	}
	n, err := strconv.Atoi(row[1])
	return err == nil && n >= 0 && n <= len(row)-2
}

// numbered reports whether all records number an option, and the number of the first: 0 where it
// is ever named, else 1.
func (f fieldFile) numbered(lines []string) (first int, ok bool) {
	first = 1
	for i := f.start; i < len(lines); {
		if strings.TrimSpace(lines[i]) == "" {
			i++
			continue
		}
		row, next := f.row(lines, i)
		if !numbersOption(row) {
			return 0, false
		}
		if row[1] == "0" {
			first = 0
		}
		i = next
	}
	return first, f.start < len(lines)
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
