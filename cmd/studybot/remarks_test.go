package main

import (
	"bufio"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"studybot/knowledge"
	"studybot/knowledge/library"
)

// shown returns what print writes.
func shown(t *testing.T, print func(*bufio.Writer)) string {
	t.Helper()
	var b strings.Builder
	if err := written(&b, func(out *bufio.Writer) error { print(out); return nil }); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestRemarksStandBelowTheirFiles(t *testing.T) {
	got := shown(t, func(out *bufio.Writer) {
		printRemarks(out, "Remarks", []remark{
			{"a.md", 0, "the file is empty"},
			{"b\n.md", 3, "a \"title\"\nof two lines"},
			{"b\n.md", 12, "again"},
			{"book.pdf", 3, "this page holds a picture"},
		})
	})
	want := `Remarks: 4

a.md
  the file is empty

b .md
  3  a "title" of two lines
  12  again

book.pdf
  p. 3  this page holds a picture

`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("remarks (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff("Remarks: 0\n\n", shown(t, func(out *bufio.Writer) { printRemarks(out, "Remarks", nil) })); diff != "" {
		t.Errorf("no remarks (-want +got):\n%s", diff)
	}
}

func TestReportTellsWhatIsNotAsked(t *testing.T) {
	long := "# TCP\n\n## Why does TCP shake hands?\n\n" + strings.Repeat("Both ends have to learn that the other one can send and receive.\n", 200)
	l, err := library.Open(t.Context(), library.Config{Notes: fstest.MapFS{"tcp.md": {Data: []byte(long)}}})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	got := shown(t, func(out *bufio.Writer) { printReport(out, l) })
	for _, want := range []string{
		"Questions that are not asked by themselves: 1\n\ntcp.md\n  3  Why does TCP shake hands? — nobody would type so long an answer\n",
		"\n1 cards in 1 notes, 0 of them asked by themselves\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the report is\n%s\nwant %q in it", got, want)
		}
	}
}

func TestReasons(t *testing.T) {
	all := []knowledge.Flag{knowledge.NoAnswer, knowledge.NeedsReview, knowledge.Duplicate, knowledge.TooLong, knowledge.ImageOnly}
	for _, f := range all {
		if got := reasons(knowledge.Card{Question: "What is a lock?", Flags: []knowledge.Flag{f}}); got == "" || strings.Contains(got, string(f)) {
			t.Errorf("the reason of %s is %q; want words", f, got)
		}
	}
	if got := reasons(knowledge.Card{Flags: []knowledge.Flag{"new_flag", knowledge.ImageOnly}}); got != "new_flag; the answer is a picture" {
		t.Errorf("reasons = %q", got)
	}
}
