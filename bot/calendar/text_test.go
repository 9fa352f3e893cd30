package calendar

import (
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func same(a, b *Table) bool {
	return maps.Equal(a.years, b.years) && maps.Equal(a.days, b.days)
}

func TestParse(t *testing.T) {
	tests := []struct {
		name string
		text string
		want string // as printed
	}{
		{"an empty file covers nothing", "", ""},
		{"comments and empty lines say nothing", "# mine\n\n  # more\n", ""},
		{"a comment ends a line", "2026-05-01 off Labour Day # and rest\n", "2026-05-01 off Labour Day\n"},
		{"the last line needs no end", "year 2027", "year 2027\n"},
		{"a name is optional", "2026-05-01 off", "2026-05-01 off\n"},
		{"white space is free, the wide space too", "\t2026-05-01\u3000off   Labour\tDay \r\n", "2026-05-01 off Labour Day\n"},
		{"a byte order mark is skipped", "\ufeffyear 2027\n", "year 2027\n"},
		{"words may have capitals", "Year 2027\n2027-05-01 OFF", "year 2027\n2027-05-01 off\n"},
		{"a year may be said twice", "year 2027\nyear 2027", "year 2027\n"},
		{"years and days are put in order", "2027-01-01 off\nyear 2028\n2026-01-01 off\nyear 2026",
			"year 2026\nyear 2028\n2026-01-01 off\n2027-01-01 off\n"},
		{"days in a row become a range", "2026-05-02 off A\n2026-05-01 off A\n2026-05-03 off A", "2026-05-01..2026-05-03 off A\n"},
		{"a range of one day is a day", "2026-05-01..2026-05-01 off", "2026-05-01 off\n"},
		{"a range may pass New Year", "2026-12-30..2027-01-02 off", "2026-12-30..2027-01-02 off\n"},
		{"a range may pass a leap day", "2028-02-28..2028-03-01 off", "2028-02-28..2028-03-01 off\n"},
		{"a range may be a leap year long", "2028-01-01..2028-12-31 off", "2028-01-01..2028-12-31 off\n"},
		{"more days than a year are two ranges", "2028-01-01..2028-12-31 off\n2029-01-01..2029-01-02 off",
			"2028-01-01..2028-12-31 off\n2029-01-01..2029-01-02 off\n"},
		{"the later of two names stays", "2026-10-01..2026-10-03 off National Day\n2026-10-02 off Moon",
			"2026-10-01 off National Day\n2026-10-02 off Moon\n2026-10-03 off National Day\n"},
		{"no name takes no name away", "2026-10-01 off National Day\n2026-10-01 off", "2026-10-01 off National Day\n"},
		{"the three marks", "2026-05-01 off\n2026-05-02 work\n2026-05-03 usual", "2026-05-01 off\n2026-05-02 work\n2026-05-03 usual\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, table(t, tt.text).String()); diff != "" {
				t.Errorf("printed (-want +got):\n%s", diff)
			}
		})
	}
}

func TestParseErrors(t *testing.T) {
	tests := []struct {
		name string
		text string
		want string // how the error begins
	}{
		{"a day that does not exist", "2026-02-29 off", `mine.txt:1: "2026-02-29" is no day: write one that exists as 2026-02-15`},
		{"the line is counted over comments", "# a\n\n2026-13-01 off", `mine.txt:3: "2026-13-01" is no day`},
		{"a day without zeros", "2026-2-5 off", `mine.txt:1: "2026-2-5" is no day`},
		{"half a range", "2026-02-15.. off", `mine.txt:1: "" is no day`},
		{"a range with three dots", "2026-02-15...2026-02-16 off", `mine.txt:1: ".2026-02-16" is no day`},
		{"a reversed range", "2026-02-23..2026-02-15 off", "mine.txt:1: 2026-02-23..2026-02-15 runs backwards: write it as 2026-02-15..2026-02-23"},
		{"a range over a year", "2026-02-15..2027-02-16 off", "mine.txt:1: 2026-02-15..2027-02-16 is longer than a year"},
		{"a day both off and work", "2026-02-14 work\n\n2026-02-10..2026-02-20 off", "mine.txt:3: 2026-02-14 is off here and work in line 1: keep one"},
		{"a mark taken back in the same file", "2026-02-14 work\n2026-02-14 usual", "mine.txt:2: 2026-02-14 is usual here and work in line 1: keep one"},
		{"a day without a mark", "2026-02-14", "mine.txt:1: 2026-02-14 is not said to be off or work: write lines as "},
		{"a misspelt mark", "2026-02-14 wrok 春节", `mine.txt:1: after the day comes off, work or usual, not "wrok", to which "work" is nearest`},
		{"a mark that stops short", "2026-02-14 usua", `mine.txt:1: after the day comes off, work or usual, not "usua", to which "usual" is nearest`},
		{"a misspelt year", "yaer 2027", `mine.txt:1: a line begins with a day or the word year, not with "yaer": write lines as `},
		{"a mark before the day", "off 2026-02-14", `mine.txt:1: a line begins with a day or the word year, not with "off"`},
		{"a year that is none", "year 27", `mine.txt:1: "27" is no year: write it as "year 2026"`},
		{"no year", "year", "mine.txt:1: after the word year comes one year"},
		{"two years", "year 2026 2027", "mine.txt:1: after the word year comes one year"},
		{"another encoding", "year 2026\n2026-02-14 work \xb4\xba\xbd\xda", "mine.txt:2: the line is not UTF-8: save the file as UTF-8"},
		{"a long word is cut", "2026-02-14 " + strings.Repeat("x", 1e6), `mine.txt:1: after the day comes off, work or usual, not "` + strings.Repeat("x", 40) + `", to`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse("mine.txt", strings.NewReader(tt.text))
			if err == nil || !strings.HasPrefix(err.Error(), tt.want) {
				t.Errorf("error %v\nwant   %s…", err, tt.want)
			}
		})
	}
}

func TestParseTellsOfAFailedRead(t *testing.T) {
	broken := errors.New("disk gone")
	if _, err := Parse("mine.txt", iotest.ErrReader(broken)); !errors.Is(err, broken) || !strings.HasPrefix(err.Error(), "mine.txt: ") {
		t.Errorf("error %v, want mine.txt: %v", err, broken)
	}
}

func TestMarksAreNamed(t *testing.T) {
	if got, want := fmt.Sprint(Usual, Off, Working, Mark(7), Mark(-1)), "usual off work Mark(7) Mark(-1)"; got != want {
		t.Errorf("marks print as %q, want %q", got, want)
	}
}

func drawTable(rt *rapid.T, label string) *Table {
	t := &Table{years: map[int]bool{}, days: map[date]entry{}}
	for _, year := range rapid.SliceOfN(rapid.IntRange(0, 9999), 0, 4).Draw(rt, label+" years") {
		t.years[year] = true
	}
	for range rapid.IntRange(0, 5).Draw(rt, label+" ranges") {
		day := date(rapid.IntRange(-500, 1000).Draw(rt, "first"))
		e := entry{
			mark: rapid.SampledFrom([]Mark{Usual, Off, Working}).Draw(rt, "mark"),
			name: rapid.SampledFrom([]string{"", "春节", "Labour Day", "off", "国庆节、中秋节", "year 2026"}).Draw(rt, "name"),
		}
		for range rapid.SampledFrom([]int{1, 2, 9, 365, 366, 367, 400}).Draw(rt, "length") {
			t.days[day] = e
			day++
		}
	}
	return t
}

func TestParseOfPrintIsTheSame(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		want := drawTable(rt, "table")
		got, err := Parse("printed", strings.NewReader(want.String()))
		if err != nil || !same(want, got) {
			rt.Fatalf("error %v of\n%v\nread as\n%v", err, want, got)
		}
	})
}

func TestWithTakesEveryDayFromTheLastThatMarksIt(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		base, over := drawTable(rt, "base"), drawTable(rt, "over")
		day := date(rapid.IntRange(-600, 1500).Draw(rt, "day"))
		key := day.String()
		from := base
		if _, ok := over.days[day]; ok {
			from = over
		}
		want := of(from, key)
		want.Covered = base.years[day.time().Year()] || over.years[day.time().Year()]
		if got := of(base.With(over), key); got != want {
			rt.Fatalf("%s is %+v, want %+v", key, got, want)
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add(chinaText)
	f.Add("year 2027\n2026-05-01..2026-05-03 off A # b\n2026-05-02 off\n2026-05-09 usual B\n")
	f.Add("\ufeffyear 0000\r\n9999-12-31 off\u3000\xff\n")
	f.Add("2026-02-23..2026-02-15 off\n2026-02-14 wrok\nyaer 2027")
	f.Fuzz(func(t *testing.T, text string) {
		got, err := Parse("fuzz", strings.NewReader(text))
		if err != nil {
			if !strings.HasPrefix(err.Error(), "fuzz:") {
				t.Errorf("the error names no line: %v", err)
			}
			return
		}
		again, err := Parse("printed", strings.NewReader(got.String()))
		if err != nil || !same(got, again) {
			t.Errorf("error %v of\n%v\nread as\n%v", err, got, again)
		}
		for day, e := range got.days {
			want := fact{e.mark, e.name, got.years[day.time().Year()]}
			if is := of(got, day.String()); is != want {
				t.Errorf("%v is %+v, want %+v", day, is, want)
			}
		}
	})
}
