package note

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"studybot/knowledge"
)

// parseTable reads CSV and TSV. Line n of the note is the row that begins in line n of the
// file; a line break in a field is written <br>.
//
// Where the head of the table names a column of questions and one of answers, or there
// are two columns only, a row becomes an Anki card: question, tab, answer. Any other row
// becomes a row of a Markdown table.
func parseTable(name string, src []byte) (knowledge.Note, error) {
	text, err := Decode(src)
	if err != nil {
		return knowledge.Note{}, err
	}
	sep := separator(name, text)
	if strings.HasPrefix(text, "#") || extension(name) == ".tsv" && sep == '\t' && !strings.Contains(text, `"`) && !vocabulary(text) {
		return parse(name, src) // an Anki export is read as it is
	}
	rows, faults, err := readRows(text, sep)
	if err != nil {
		return knowledge.Note{}, err
	}
	n, err := parse(name, []byte(tableText(rows, string(sep))))
	for _, line := range faults {
		n.Problems = append(n.Problems, knowledge.Problem{File: name, Line: line, Text: "a quotation mark opens here and is closed very late: close it"})
	}
	return n, err
}

// A tableRow is a row and the line it begins in.
type tableRow struct {
	line   int
	fields []string
}

// readRows returns the rows of a table, and the lines of rows so long that a quotation
// mark must be missing.
func readRows(text string, separator rune) (rows []tableRow, faults []int, err error) {
	const long = 200 // lines of a row
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord, r.TrimLeadingSpace = separator, true, -1, separator != '\t' // as in: a, "b, c"
	for {
		fields, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, faults, nil
		}
		if err != nil {
			return nil, nil, fmt.Errorf("it cannot be understood as a table: %w", err)
		}
		line, _ := r.FieldPos(0)
		rows = append(rows, tableRow{line, fields})
		for _, f := range fields {
			if strings.Count(f, "\n") > long {
				faults = append(faults, line)
			}
		}
	}
}

// separator returns what stands between the fields: what is found most often in the
// first lines, outside of quotation marks; in a .tsv, tabs where there is one.
func separator(name, text string) rune {
	const sample = 4096
	if extension(name) == ".tsv" && (strings.Contains(text[:min(len(text), sample)], "\t") || !strings.Contains(text, ";")) {
		return '\t'
	}
	count := map[rune]int{}
	quoted := false
	for i, r := range text {
		if i > sample {
			break
		}
		if r == '"' {
			quoted = !quoted
		}
		if !quoted {
			count[r]++
		}
	}
	return slices.MaxFunc([]rune{',', ';', '\t'}, func(a, b rune) int { return cmp.Compare(count[a], count[b]) })
}

// tableText writes rows of fields with sep between them as lines.
func tableText(rows []tableRow, sep string) string {
	if len(rows) == 0 {
		return ""
	}
	question, answer, headed := cardColumns(rows)
	options, reason, reading := []int(nil), -1, -1
	switch {
	case headed:
		options, reason, reading = optionColumns(rows[0].fields), column(rows[0].fields, reasonHeads()), column(rows[0].fields, readingHeads())
	case question == 0 && mostlyPairs(rows):
		for i, row := range rows {
			if len(row.fields) > 2 { // the answer holds what separates fields
				rows[i].fields = []string{row.fields[0], strings.Join(row.fields[1:], sep)}
			}
		}
	}
	var b strings.Builder
	line := 1
	for i, row := range rows {
		for ; line < row.line; line++ {
			b.WriteByte('\n')
		}
		switch {
		case question < 0:
			b.WriteString("| " + strings.Join(oneLine(row.fields, "|", `\|`), " | ") + " |")
		case i == 0 && headed:
			b.WriteString("#separator:tab")
		case max(question, answer) < len(row.fields):
			fields := oneLine(row.fields, "\t", " ")
			asked, reply := fields[question], fields[answer]
			for k, c := range options {
				if c < len(fields) && fields[c] != "" {
					asked += fmt.Sprintf("<br>%c. %s", 'A'+k, fields[c])
				}
			}
			reply = byLetter(reply, fields, options)
			if reading >= 0 && reading != question && reading < len(fields) && reading != answer && fields[reading] != "" && fields[reading] != asked && reply != "" {
				reply = fields[reading] + "<br>" + reply
			}
			if reason >= 0 && reason < len(fields) && fields[reason] != "" && reply != "" {
				reply += "<br>" + fields[reason]
			}
			b.WriteString(quoted(asked) + "\t" + quoted(reply))
		default:
			b.WriteString(strings.Join(oneLine(row.fields, "\t", " "), " "))
		}
	}
	b.WriteByte('\n')
	return b.String()
}

// byLetter returns the letters of the options that a reply names by their numbers, "2" or
// "1,3", and any other reply as it is.
func byLetter(reply string, fields []string, options []int) string {
	numbers := strings.FieldsFunc(reply, func(r rune) bool { return strings.ContainsRune(" ,;，、；", r) })
	var out []string
	for _, s := range numbers {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 || n > len(options) || slices.ContainsFunc(options, func(c int) bool { return c < len(fields) && fields[c] == s }) {
			return reply
		}
		out = append(out, string(rune('A'+n-1)))
	}
	if len(out) == 0 {
		return reply
	}
	return strings.Join(out, ", ")
}

// cardColumns returns the columns that hold questions and answers, -1 where there are
// none, and whether the first row is the head of the table.
func cardColumns(rows []tableRow) (question, answer int, headed bool) {
	if question, answer, _ = CardColumns(rows[0].fields); question >= 0 {
		return question, answer, true
	}
	if mostlyPairs(rows) || asksFirst(rows) {
		return 0, 1, false
	}
	return -1, -1, false
}

// mostlyPairs reports rows of two fields; one in four may have more.
func mostlyPairs(rows []tableRow) bool {
	more := 0
	for _, row := range rows {
		if len(row.fields) < 2 {
			return false
		}
		if len(row.fields) > 2 {
			more++
		}
	}
	return more*4 <= len(rows)
}

// asksFirst reports rows of the same number of fields whose first field asks in half of them at
// least, and behind whose second field stands nothing but what says where a card is from: a text
// that other rows have too, an address, a number or a date.
func asksFirst(rows []tableRow) bool {
	const sample = 50 // rows
	asking, width := 0, len(rows[0].fields)
	for i, row := range rows {
		if len(row.fields) != width || width < 3 || i > sample && asking*4 < i {
			return false
		}
		if Asks(CleanTitle(row.fields[0])) {
			asking++
		}
	}
	if len(rows) < 3 || asking*2 < len(rows) {
		return false
	}
	for c := 2; c < width; c++ {
		values := map[string]bool{}
		for _, row := range rows {
			if v := row.fields[c]; !strings.Contains(v, "://") && strings.Trim(v, "0123456789-/:. ") != "" {
				values[v] = true
			}
		}
		if len(values)*2 > len(rows) {
			return false
		}
	}
	return true
}

// CardColumns returns the columns, from 0, of a table with such a head that hold questions or
// terms, their answers, and the options A, B, C … to choose from, nil for none; the first two
// are -1 where there are not both.
func CardColumns(head []string) (question, answer int, options []int) {
	head = slices.Clone(head)
	options = optionColumns(head)
	for _, c := range options {
		head[c] = ""
	}
	question, answer = column(head, questionHeads()), column(head, answerHeads())
	if answer < 0 {
		if answer = column(head, meaningHeads()); answer >= 0 && question < 0 {
			question = column(head, wordHeads())
		}
	}
	if question < 0 && answer >= 0 && slices.Contains(answerHeads()[:plainAnswers], strings.ToLower(strings.TrimSpace(head[answer]))) {
		question = column(head, []string{"name", "title", "名称", "标题"}) // what Notion calls the first column
	}
	if question < 0 || answer < 0 || question == answer {
		return -1, -1, nil
	}
	return question, answer, options
}

// optionColumns returns the columns of a table with such a head that hold options A, B, C …:
// "选项A", "Option B", "C"; nil where there are not two.
func optionColumns(head []string) []int {
	var out []int
	for c, s := range head {
		s = strings.ToLower(strings.TrimSpace(s))
		for _, word := range []string{"选项", "option", "choice", "答案", "answer"} {
			s = strings.TrimLeft(strings.TrimPrefix(s, word), " _-")
		}
		if k := len(out); s == string(rune('a'+k)) || s == string(rune('1'+k)) {
			out = append(out, c)
		}
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

func column(head, names []string) int {
	return slices.IndexFunc(head, func(s string) bool {
		return slices.Contains(names, strings.ToLower(strings.ReplaceAll(strings.TrimSpace(s), "_", " ")))
	})
}

func questionHeads() []string {
	return []string{"question", "questions", "question text", "stem", "front", "q", "prompt", "term", "问题", "题目", "题干", "题目内容", "试题", "问", "正面", "面试题", "术语", "名词"}
}

// plainAnswers is how many of the first answerHeads can be nothing but the head of answers.
const plainAnswers = 12

func answerHeads() []string {
	return []string{"answer", "answers", "correct answer", "correct answers", "right answer", "correct option", "back", "答案", "参考答案", "正确答案", "标准答案", "背面",
		"correct", "a", "response", "definition", "回答", "解答", "答", "解释", "定义", "说明"}
}

// wordHeads, readingHeads and meaningHeads are the heads of a list of words of a language.
func wordHeads() []string {
	return []string{"word", "words", "expression", "vocabulary", "vocab", "phrase", "kanji", "hanzi", "character", "simplified", "text", "单词", "词语", "词汇", "生词", "短语", "汉字"}
}

func readingHeads() []string {
	return []string{"reading", "pronunciation", "pinyin", "kana", "hiragana", "furigana", "romaji", "ipa", "phonetic", "读音", "拼音", "发音", "音标"}
}

func meaningHeads() []string {
	return []string{"meaning", "meanings", "translation", "gloss", "english", "chinese", "german", "french", "spanish", "释义", "意思", "含义", "翻译", "中文", "英文"}
}

// vocabulary reports a table with tabs whose head is that of a list of words.
func vocabulary(text string) bool {
	first, _, _ := strings.Cut(text, "\n")
	head := strings.Split(strings.TrimRight(first, "\r"), "\t")
	q, a, _ := CardColumns(head)
	return q >= 0 && a == column(head, meaningHeads())
}

func reasonHeads() []string {
	return []string{"explanation", "explanations", "rationale", "解析", "答案解析", "试题解析"}
}

// oneLine brings fields onto one line each, with old replaced by another.
func oneLine(fields []string, old, another string) []string {
	r := strings.NewReplacer("\n", "<br>", old, another)
	out := make([]string, len(fields))
	for i, f := range fields {
		out[i] = strings.TrimSpace(r.Replace(strings.TrimSpace(f)))
	}
	return out
}

// quoted returns a field so that a quotation mark at its beginning is one of its letters.
func quoted(s string) string {
	if !strings.HasPrefix(s, `"`) {
		return s
	}
	return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
}
