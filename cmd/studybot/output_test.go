package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"studybot/knowledge"
)

func TestPlace(t *testing.T) {
	tests := []struct {
		name  string
		file  string
		lines []knowledge.Span
		want  string
	}{
		{"some lines", "k8s.md", []knowledge.Span{{Start: 12, End: 18}}, "k8s.md:12-18"},
		{"one line", "k8s.md", []knowledge.Span{{Start: 12, End: 12}}, "k8s.md:12"},
		{"lines in two places", "k8s.md", []knowledge.Span{{Start: 12, End: 18}, {Start: 20, End: 20}}, "k8s.md:12-18,20"},
		{"no lines", "k8s.md", nil, "k8s.md"},
		{"the whole file", "k8s.md", []knowledge.Span{{}}, "k8s.md"},
		{"a page", "a/Book.PDF", []knowledge.Span{{Start: 3, End: 3}}, "a/Book.PDF p. 3"},
		{"pages of a PDF in an archive", "x.zip/b.pdf", []knowledge.Span{{Start: 3, End: 4}}, "x.zip/b.pdf p. 3-4"},
		{"a name that would spoil the line", "a\n\tb.md", []knowledge.Span{{Start: 1, End: 2}}, "a b.md:1-2"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := place(tt.file, tt.lines...); got != tt.want {
				t.Errorf("place = %q, want %q", got, tt.want)
			}
		})
	}
}

// A full disk takes nothing.
type full struct{ err error }

func (f full) Write([]byte) (int, error) { return 0, f.err }

func TestWritten(t *testing.T) {
	errDisk, errElse := errors.New("no space left"), errors.New("something else")
	long := strings.Repeat("x", 1<<16)
	tests := []struct {
		name string
		to   io.Writer
		text string
		do   func(err error) error // makes the error of the work from that of the write
		want []error
	}{
		{"all is well", io.Discard, long, func(err error) error { return err }, nil},
		{"the rest cannot be written", full{errDisk}, "x", func(err error) error { return err }, []error{errDisk}},
		{"the work failed, too", full{errDisk}, "x", func(error) error { return errElse }, []error{errDisk, errElse}},
		{"the work failed for the same reason", full{errDisk}, long, func(err error) error { return fmt.Errorf("line 1: %w", err) }, []error{errDisk}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := written(tt.to, func(out *bufio.Writer) error {
				_, err := io.WriteString(out, tt.text)
				return tt.do(err)
			})
			if (err == nil) != (tt.want == nil) {
				t.Fatalf("written: %v", err)
			}
			for _, want := range tt.want {
				if !errors.Is(err, want) || strings.Count(err.Error(), want.Error()) != 1 {
					t.Errorf("written: %q, want %q in it once", err, want)
				}
			}
		})
	}
}
