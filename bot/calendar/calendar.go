// Package calendar knows which days are off and which weekend days are worked.
//
// A calendar is a text of one holiday a line, easy to write by hand:
//
//	# a comment, to the end of the line
//	year 2026
//	2026-02-14 work 春节
//	2026-02-15..2026-02-23 off 春节
//	2026-02-28 usual
//
// A line that begins with year states that the year is covered: all its holidays are known.
// Every other line begins with a day or a range of days, both ends included, and says that
// they are off, that they are worked whatever the day of the week (work), or that they are as
// the day of the week has it (usual), which is how one calendar takes back what another says.
// The name of the holiday may follow. Of two lines that name the same day, the later gives the
// name. A marked day does not make its year covered, so a few days off of one's own
// do not hide that the public holidays of the year are missing.
package calendar

import (
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
)

// A Mark says how a day differs from what its day of the week has it be.
type Mark int

const (
	Usual   Mark = iota // as the day of the week has it
	Off                 // not worked
	Working             // worked, though it may be on a weekend
)

// String is the word of the text format.
func (m Mark) String() string {
	if m < 0 || int(m) >= len(markWords) {
		return fmt.Sprintf("Mark(%d)", int(m))
	}
	return markWords[m]
}

var markWords = [...]string{Usual: "usual", Off: "off", Working: "work"}

// A Table says, for the years it covers, which days are off and which weekend days are worked.
// It does not change once made. A nil Table covers nothing, and all its days are Usual.
type Table struct {
	years map[int]bool
	days  map[date]entry
}

// A date is a day, counted from 1970-01-01.
type date int

func parseDate(s string) (date, error) {
	at, err := time.Parse(time.DateOnly, s)
	return date(at.Unix() / secondsADay), err
}

func (d date) time() time.Time { return time.Unix(int64(d)*secondsADay, 0).UTC() }

func (d date) String() string { return d.time().Format(time.DateOnly) }

const secondsADay = 24 * 60 * 60

type entry struct {
	mark Mark
	name string
}

//go:embed china.txt
var chinaText string

var china = sync.OnceValue(func() *Table {
	t, err := Parse("china.txt", strings.NewReader(chinaText))
	if err != nil {
		panic(err) // the text is part of the program
	}
	return t
})

// China is the calendar of the public holidays of mainland China and the weekend days worked to
// make up for them (调休), as the yearly notices of the General Office of the State Council set
// them. china.txt names the notices.
func China() *Table { return china() }

// With is t with the days that over marks taken from over. It covers the years of both.
func (t *Table) With(over *Table) *Table {
	both := &Table{years: map[int]bool{}, days: map[date]entry{}}
	for _, from := range []*Table{t, over} {
		if from != nil {
			maps.Copy(both.years, from.years)
			maps.Copy(both.days, from.days)
		}
	}
	return both
}

// Of returns the mark of a day, written as 2006-01-02, and the name of its holiday, "" if it has
// none. It reports whether the day's year is covered; where it is not, a mark is still to be
// kept, but a day without one may be a holiday all the same. What is no day is Usual and not
// covered.
func (t *Table) Of(day string) (m Mark, name string, covered bool) {
	d, err := parseDate(day)
	if t == nil || err != nil {
		return Usual, "", false
	}
	e := t.days[d]
	return e.mark, e.name, t.years[d.time().Year()]
}

// Years are the years that t covers, in order.
func (t *Table) Years() []int {
	if t == nil {
		return nil
	}
	return slices.Sorted(maps.Keys(t.years))
}
