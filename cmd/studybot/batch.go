package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// maxLine is the longest line of a batch file, in bytes.
const maxLine = 16 << 20

// eachLine calls f with the lines of a file, "-" for standard input, numbered from 1.
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
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxLine)
	n := 0
	for lines.Scan() {
		n++
		if err := p.Err(); err != nil {
			return err
		}
		if err := f(n, strings.TrimSuffix(lines.Text(), "\r")); err != nil {
			return fmt.Errorf("%s:%d: %w", path, n, err)
		}
	}
	if err := lines.Err(); errors.Is(err, bufio.ErrTooLong) {
		return fmt.Errorf("%s:%d: a line is longer than %d MB", path, n+1, maxLine>>20)
	} else if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// jsonLines returns an encoder of one line a value, which leaves <, > and & as they are.
func jsonLines(w io.Writer) *json.Encoder {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e
}
