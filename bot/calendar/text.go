package calendar

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

const example = `write lines as "2026-02-15..2026-02-23 off 春节", "2026-02-14 work 春节" or "year 2026"`

// Parse reads a calendar in the text format of the package, in UTF-8. An error begins with name
// and, where a line is wrong, its number, and says what is expected there.
func Parse(name string, r io.Reader) (*Table, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	p := parser{
		Table: &Table{years: map[int]bool{}, days: map[date]entry{}},
		lines: map[date]int{},
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff")) // some editors begin a file with it
	for line := range strings.Lines(string(text)) {
		p.n++
		if err := p.line(line); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, p.n, err)
		}
	}
	return p.Table, nil
}

type parser struct {
	*Table
	n     int          // the line
	lines map[date]int // where a day was marked first
}

func (p *parser) line(text string) error {
	if !utf8.ValidString(text) {
		return errors.New("the line is not UTF-8: save the file as UTF-8")
	}
	text, _, _ = strings.Cut(text, "#")
	words := strings.Fields(text)
	switch {
	case len(words) == 0:
		return nil
	case strings.EqualFold(words[0], "year"):
		return p.year(words[1:])
	case words[0][0] < '0' || words[0][0] > '9':
		return fmt.Errorf("a line begins with a day or the word year, not with %.40q: %s", words[0], example)
	}
	first, last, err := days(words[0])
	if err != nil {
		return err
	}
	if len(words) == 1 {
		return fmt.Errorf("%s is not said to be off or work: %s", words[0], example)
	}
	mark := slices.Index(markWords[:], strings.ToLower(words[1]))
	if mark < 0 {
		return fmt.Errorf("after the day comes off, work or usual, not %.40q, to which %q is nearest: %s",
			words[1], nearest(fmt.Sprintf("%.40s", strings.ToLower(words[1])), markWords[:]), example)
	}
	return p.mark(first, last, entry{Mark(mark), strings.Join(words[2:], " ")})
}

func (p *parser) year(words []string) error {
	if len(words) != 1 {
		return errors.New(`after the word year comes one year: write it as "year 2026"`)
	}
	at, err := time.Parse("2006", words[0])
	if err != nil {
		return fmt.Errorf(`%.40q is no year: write it as "year 2026"`, words[0])
	}
	p.years[at.Year()] = true
	return nil
}

// mark gives the days from first to last the entry e, but keeps their name if e has none.
func (p *parser) mark(first, last date, e entry) error {
	for day := first; day <= last; day++ {
		set := e
		if was, ok := p.days[day]; !ok {
			p.lines[day] = p.n
		} else if was.mark != e.mark {
			return fmt.Errorf("%v is %v here and %v in line %d: keep one of them", day, e.mark, was.mark, p.lines[day])
		} else if e.name == "" {
			set.name = was.name
		}
		p.days[day] = set
	}
	return nil
}

const daysAYear = 366 // the most that a range may have

// days reads a day or a range.
func days(s string) (first, last date, err error) {
	from, to, isRange := strings.Cut(s, "..")
	if !isRange {
		to = from
	}
	for _, day := range []string{from, to} {
		first = last
		if last, err = parseDate(day); err != nil {
			return 0, 0, fmt.Errorf("%.40q is no day: write one that exists as 2026-02-15, or a range as 2026-02-15..2026-02-23", day)
		}
	}
	switch {
	case last < first:
		return 0, 0, fmt.Errorf("%s runs backwards: write it as %s..%s", s, to, from)
	case last-first >= daysAYear:
		return 0, 0, fmt.Errorf("%s is longer than a year: write a line a holiday", s)
	}
	return first, last, nil
}

// nearest returns the word that the fewest edits lead to; of equals the first.
func nearest(s string, words []string) string {
	return slices.MinFunc(words, func(a, b string) int { return edits(s, a) - edits(s, b) })
}

// edits is the Levenshtein distance of a and b, in runes.
func edits(a, b string) int {
	to := []rune(b)
	row := make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	i := 0
	for _, r := range a {
		i++
		diagonal := row[0]
		row[0] = i
		for j, q := range to {
			cost := diagonal
			if r != q {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(to)]
}

// String writes t in the text format: Parse reads the same table from it.
func (t *Table) String() string {
	if t == nil {
		return ""
	}
	var b strings.Builder
	for _, year := range t.Years() {
		fmt.Fprintf(&b, "year %04d\n", year)
	}
	for days := slices.Sorted(maps.Keys(t.days)); len(days) > 0; {
		n, e := t.run(days), t.days[days[0]]
		span := days[0].String()
		if n > 1 {
			span += ".." + days[n-1].String()
		}
		fmt.Fprintln(&b, strings.TrimSpace(fmt.Sprint(span, " ", e.mark, " ", e.name)))
		days = days[n:]
	}
	return b.String()
}

// run is how many of the days, from the first, make one range of the text format.
func (t *Table) run(days []date) int {
	for n, day := range days {
		if day != days[0]+date(n) || n == daysAYear || t.days[day] != t.days[days[0]] {
			return n
		}
	}
	return len(days)
}
