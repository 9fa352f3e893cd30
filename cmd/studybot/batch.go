package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// maxLine is the longest line of a batch file, in bytes.
const maxLine = 16 << 20

// eachLine calls f with the lines of a file, "-" for standard input, numbered from 1. It returns
// when p is done even while it waits for a line.
func eachLine(p program, path string, f func(n int, line string) error) error {
	in := p.in
	if path != "-" {
		file, err := os.Open(path)
		if err != nil {
			return err
		}
		defer file.Close()
		in = file
	} else {
		path = "standard input"
	}
	ctx, stop := context.WithCancel(p)
	defer stop()
	lines, ended := make(chan string), make(chan error, 1)
	go func() { ended <- scan(ctx, in, lines) }()
	for n := 1; ; n++ {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case line := <-lines:
			if err := f(n, strings.TrimSuffix(line, "\r")); err != nil {
				return fmt.Errorf("%s:%d: %w", path, n, err)
			}
		case err := <-ended:
			switch {
			case errors.Is(err, bufio.ErrTooLong):
				return fmt.Errorf("%s:%d: a line is longer than %d MB", path, n, maxLine>>20)
			case err != nil:
				return fmt.Errorf("%s: %w", path, err)
			}
			return nil
		}
	}
}

// scan sends the lines of in, until ctx is done.
func scan(ctx context.Context, in io.Reader, lines chan<- string) error {
	s := bufio.NewScanner(in)
	s.Buffer(nil, maxLine)
	for s.Scan() {
		select {
		case lines <- s.Text():
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return s.Err()
}

// jsonLines returns an encoder of one line a value, which leaves <, > and & as they are.
func jsonLines(w io.Writer) *json.Encoder {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e
}
