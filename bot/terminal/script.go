package terminal

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// maxLine is the longest line that is read, in bytes.
const maxLine = 64 << 10

// A step is a line of the script: nothing, a time, or what a member says.
type step struct {
	at     time.Time // zero if it sets no time
	member string    // "" for the current one
	text   string    // "" with a member: he says nothing
}

func (s step) empty() bool { return s == step{} }

// parseStep reads a line of the script. The only error is an @ that is no time of zone.
func parseStep(line string, zone *time.Location) (step, error) {
	line = strings.TrimSpace(line)
	switch {
	case line == "" || line[0] == '#':
		return step{}, nil
	case line[0] == '@':
		at, err := parseTime(line[1:], zone)
		return step{at: at}, err
	}
	if name, text, ok := strings.Cut(line, ":"); ok && isName(name) && (text == "" || startsWithSpace(text)) {
		return step{member: name, text: strings.TrimSpace(text)}, nil
	}
	if name, text, ok := strings.Cut(line, "："); ok && isName(name) && (text == "" || startsWithSpace(text) || text[0] == '/') {
		return step{member: name, text: strings.TrimSpace(text)}, nil
	}
	return step{text: line}, nil
}

func startsWithSpace(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsSpace(r)
}

// parseTime reads a time of zone, or with an offset. The result is in UTC, and not zero.
func parseTime(s string, zone *time.Location) (time.Time, error) {
	for _, layout := range []string{"2006-01-02T15:04Z07:00", time.RFC3339} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC(), notZero(t, s)
		}
	}
	for _, layout := range []string{"2006-01-02T15:04", "2006-01-02T15:04:05"} {
		t, err := time.ParseInLocation(layout, s, zone)
		if err != nil {
			continue
		}
		if written, _ := time.Parse(layout, s); !sameWallClock(t, written) {
			return time.Time{}, fmt.Errorf("@%s does not exist in %s: the clocks are put forward over it", s, zone)
		}
		return t.UTC(), notZero(t, s)
	}
	return time.Time{}, fmt.Errorf("@%s is no time: want one like @2026-03-02T09:00, seconds and an offset may follow", s)
}

func sameWallClock(a, b time.Time) bool {
	return a.Format(time.DateTime) == b.Format(time.DateTime)
}

func notZero(t time.Time, s string) error {
	if t.IsZero() {
		return fmt.Errorf("@%s is too early", s)
	}
	return nil
}

// isName reports whether s may name a member.
func isName(s string) bool {
	if s == "" || utf8.RuneCountInString(s) > 32 {
		return false
	}
	for _, r := range s {
		if !(unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-_.", r)) {
			return false
		}
	}
	return true
}

// parseCommand reads "/name args". Text that is none, such as "/etc/hosts", is no command.
func parseCommand(text string) (name, args string, ok bool) {
	rest, ok := strings.CutPrefix(text, "/")
	if !ok {
		return "", "", false
	}
	name = rest
	if i := strings.IndexFunc(rest, unicode.IsSpace); i >= 0 {
		name, args = rest[:i], strings.TrimSpace(rest[i:])
	}
	if !isName(name) {
		return "", "", false
	}
	return strings.ToLower(name), args, true
}

var errTooLong = fmt.Errorf("longer than %d KB: passed over", maxLine>>10)

// readLine returns the next line without its end, or errTooLong, and then the line after it.
func readLine(r *bufio.Reader) (string, error) {
	var line []byte
	tooLong := false
	for {
		part, err := r.ReadSlice('\n')
		tooLong = tooLong || len(line)+len(part) > maxLine+len("\r\n")
		if !tooLong {
			line = append(line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err == io.EOF && len(line) == 0 && !tooLong:
			return "", io.EOF
		case err != nil && err != io.EOF:
			return "", err
		}
		s := strings.TrimSuffix(strings.TrimSuffix(string(line), "\n"), "\r")
		if tooLong || len(s) > maxLine {
			return "", errTooLong
		}
		return s, nil
	}
}
