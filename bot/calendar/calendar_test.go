package calendar

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// A fact is what Of says of a day.
type fact struct {
	Mark    Mark
	Name    string
	Covered bool
}

func of(t *Table, day string) fact {
	m, name, covered := t.Of(day)
	return fact{m, name, covered}
}

func table(t *testing.T, text string) *Table {
	t.Helper()
	got, err := Parse("test.txt", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestChina(t *testing.T) {
	tests := []struct {
		name string
		day  string
		want fact
	}{
		{"a holiday on a weekday", "2026-02-16", fact{Off, "春节", true}},
		{"the first day of a range", "2025-10-01", fact{Off, "国庆节、中秋节", true}},
		{"the last day of a range", "2025-10-08", fact{Off, "国庆节、中秋节", true}},
		{"the day after a range", "2025-10-09", fact{Usual, "", true}},
		{"a Saturday worked to make up", "2026-02-14", fact{Working, "春节", true}},
		{"a plain Saturday", "2026-03-14", fact{Usual, "", true}},
		{"the leap day", "2024-02-29", fact{Usual, "", true}},
		{"a year before the table", "2023-10-01", fact{}},
		{"a year after the table", "2100-10-01", fact{}},
		{"a day that does not exist", "2026-02-30", fact{}},
		{"a day written another way", "2026-2-16", fact{}},
		{"nothing", "", fact{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, of(China(), tt.day)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.day, diff)
			}
		})
	}
}

func TestChinaWorksOnWeekendsOnly(t *testing.T) {
	for day, e := range China().days {
		at := day.time()
		weekend := at.Weekday() == time.Saturday || at.Weekday() == time.Sunday
		if e.mark == Working && !weekend {
			t.Errorf("%v is a %v and is marked as work", day, at.Weekday())
		}
		if e.mark == Usual || e.name == "" || !China().years[at.Year()] {
			t.Errorf("%v is %+v, want a named holiday of a covered year", day, e)
		}
	}
}

// The facts that were collected from the notices, one file a year.
func TestChinaAgreesWithTheNotices(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/specs/holiday-cn/*.json")
	if len(files) == 0 {
		if os.Getenv("CI") == "true" {
			t.Fatal("the shared facts about holidays are missing")
		}
		t.Skip("the shared facts about holidays are missing")
	}
	var years []int
	want := map[string]fact{}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		var facts struct {
			Year int
			Days []struct {
				Name, Date string
				IsOffDay   bool
			}
		}
		if err := json.Unmarshal(b, &facts); err != nil {
			t.Fatal(err)
		}
		years = append(years, facts.Year)
		for _, d := range facts.Days {
			want[d.Date] = fact{Working, d.Name, true}
			if d.IsOffDay {
				want[d.Date] = fact{Off, d.Name, true}
			}
		}
	}
	if diff := cmp.Diff(years, China().Years()); diff != "" {
		t.Fatalf("years (-want +got):\n%s", diff)
	}
	first := time.Date(years[0], 1, 1, 0, 0, 0, 0, time.UTC)
	for at := first; at.Year() <= years[len(years)-1]; at = at.AddDate(0, 0, 1) {
		day := at.Format(time.DateOnly)
		usual := fact{Usual, "", true}
		if w, ok := want[day]; ok {
			usual = w
		}
		if got := of(China(), day); got != usual {
			t.Errorf("%s is %+v, want %+v", day, got, usual)
		}
	}
}

func TestWith(t *testing.T) {
	base := "year 2026\n2026-05-01..2026-05-03 off Labour Day\n2026-05-09 work Labour Day\n"
	over := "year 2027\n2026-05-02 work\n2026-05-09 usual\n2026-06-01 off Founders' Day\n2027-01-01 off\n2028-01-01 off New Year\n"
	tests := []struct {
		name string
		day  string
		want fact
	}{
		{"a day that only the first marks stays", "2026-05-01", fact{Off, "Labour Day", true}},
		{"a day that both mark is the second's, with its name", "2026-05-02", fact{Working, "", true}},
		{"a mark can be taken back", "2026-05-09", fact{Usual, "", true}},
		{"a day is added to a covered year", "2026-06-01", fact{Off, "Founders' Day", true}},
		{"a year is added", "2027-01-01", fact{Off, "", true}},
		{"a plain day of the added year", "2027-01-02", fact{Usual, "", true}},
		{"a marked day does not cover its year", "2028-01-01", fact{Off, "New Year", false}},
	}
	first, second := table(t, base), table(t, over)
	both := first.With(second)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, of(both, tt.day)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.day, diff)
			}
		})
	}
	if diff := cmp.Diff([]int{2026, 2027}, both.Years()); diff != "" {
		t.Errorf("years (-want +got):\n%s", diff)
	}
	if !same(first, table(t, base)) || !same(second, table(t, over)) {
		t.Error("With changed one of its tables")
	}
}

func TestNoTable(t *testing.T) {
	var none *Table
	for _, empty := range []*Table{none, {}, none.With(nil)} {
		if got := of(empty, "2026-02-16"); got != (fact{}) {
			t.Errorf("2026-02-16 is %+v, want a usual day that is not covered", got)
		}
		if empty.Years() != nil || empty.String() != "" {
			t.Errorf("covers %v and prints %q, want nothing", empty.Years(), empty)
		}
		if !same(empty.With(China()), China()) || !same(China().With(empty), China()) {
			t.Error("with China it is not China")
		}
	}
}

func BenchmarkOf(b *testing.B) {
	b.ReportAllocs()
	c := China()
	for b.Loop() {
		c.Of("2026-02-16")
	}
}

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse("china.txt", strings.NewReader(chinaText)); err != nil {
			b.Fatal(err)
		}
	}
}
